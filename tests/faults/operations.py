"""What the program is doing when a fault strikes; each says what it was told is done."""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from openpyxl import Workbook
from PIL import Image

from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.walk_in import Place
from desktop.services.desk import Desk
from tests import factories

_LISTED: Final = 40

Operation = Callable[[Desk, random.Random], dict[str, Any]]


def register_one(desk: Desk, act_id: str, act: Act = Act.ACCEPT, reason: str = "") -> dict[str, Any]:
    """Decide one complete matter; gives what the program then said."""
    # A place of its own: works at one place would rightly be suspected of being one work in parts.
    place = Place(community="坪安社区", estate=f"坪安路{act_id}号")
    typed = factories.walk_in(project_name=f"装修 {act_id}", place=place, owner=factories.person(f"业主{act_id}"))
    matter = factories.all_in_order(typed, desk.intake.pack())
    request = DecisionRequest(act_id=act_id, act=act, walk_in=matter, reason=reason, signed=True)
    return {"act_id": act_id, "number": desk.intake.decide(request).number}


def _register(desk: Desk, dice: random.Random) -> dict[str, Any]:
    act, reason = dice.choice([(Act.ACCEPT, ""), (Act.NOT_APPLICABLE, "当场撤回")])
    return register_one(desk, str(dice.random()), act, reason)


def _reprint(desk: Desk, dice: random.Random) -> dict[str, Any]:
    ids = desk.ledger.ids(LedgerCriteria())
    if ids:
        papers = desk.ledger.file(dice.choice(ids)).papers
        desk.issuing.reprint(dice.choice(papers).id, act_id=str(dice.random()))
    return {}


def _back_up(desk: Desk, _dice: random.Random) -> dict[str, Any]:
    return {"backup": desk.backups.make().brief.folder.name}


def _word(dice: random.Random) -> str:
    return "".join(dice.choice("东南西北春夏秋冬山水云石") for _ in range(8))


def _take_in_people(desk: Desk, dice: random.Random) -> dict[str, Any]:
    """Take in a list of persons in one go: all of it or nothing."""
    unit = f"{_word(dice)}街道"
    names = [_word(dice) for _ in range(_LISTED)]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "list.xlsx"
        workbook = Workbook()
        sheet = workbook.active
        assert sheet is not None
        sheet.title = "附件1"
        sheet.append(["县市区、乡镇（街道）安全管控人员及管理权限汇总表"])
        sheet.append(["所属县市区", "西山县", "系统后台管理员 姓名/电话", "高原 13800000009"])
        sheet.append(["乡镇（街道）", "分管领导姓名电话", "负责人姓名电话", "巡查人员姓名电话", "角色"])
        sheet.append([unit, "", "", "、".join(f"{name} 13800000001" for name in names), "区级政府用户"])
        workbook.save(file)
        desk.person_lists.take_in(file)
    return {"people": names}


def _attach(desk: Desk, dice: random.Random) -> dict[str, Any]:
    ids = desk.ledger.ids(LedgerCriteria())
    if not ids:
        return {}
    picture = BytesIO()
    Image.frombytes("RGB", (32, 32), dice.randbytes(32 * 32 * 3)).save(picture, "PNG")
    added = desk.attachments.add(dice.choice(ids), picture.getvalue(), act_id=str(dice.random()), material="28-1")
    return {"attachment": added.id}


OPERATIONS: Final[tuple[tuple[str, Operation], ...]] = (
    ("register", _register),
    ("register", _register),
    ("print", _reprint),
    ("back up", _back_up),
    ("import", _take_in_people),
    ("attach", _attach),
)
