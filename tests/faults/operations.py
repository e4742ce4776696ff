"""What the program is doing when a fault strikes; each says what it was told is done."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from openpyxl import Workbook
from PIL import Image

from desktop.domain.acts import Act, DecisionRequest, Status
from desktop.domain.found_site import FoundSiteDraft
from desktop.domain.hazard import HazardDraft, HazardRequest
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.life_acts import CloseOutRequest, WasteRecord
from desktop.domain.patrol import PatrolLevel, PatrolRequest, PatrolResult
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import Place
from desktop.services.desk import Desk
from tests import factories
from tests.faults.exchange import export_package, take_old_ledger, take_package

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


def _visit(desk: Desk, dice: random.Random) -> dict[str, Any]:
    """Record a visit with a hazard and its notice: visit, hazard, notice and both numbers, or nothing."""
    under_way = desk.ledger.ids(LedgerCriteria(status=Status.REGISTERED))
    if not under_way:
        return {}
    site, on, act_id = SiteRef(filing_id=dice.choice(under_way)), date.today(), str(dice.random())
    visit = PatrolRequest(
        act_id=f"{act_id}/visit",
        visited_on=on,
        patrollers=("许安",),
        organisation="坪安社区工作站",
        level=PatrolLevel.COMMUNITY,
        site=site,
    )
    hazard = HazardDraft(finding="below_safety_standard", description="临边没有防护", due_on=on)
    request = HazardRequest(act_id=act_id, site=site, hazards=(hazard,), found_on=on)
    visit = replace(visit, result=PatrolResult.FINDINGS)
    return {"number": desk.hazards.record_visit(visit, request).numbers[0]}


def _find_site(desk: Desk, dice: random.Random) -> dict[str, Any]:
    draft = FoundSiteDraft(
        community="坪安社区", place=f"坪安路{_word(dice)}", work="阳台加装护栏", found_on=date.today(), found_by="许安"
    )
    return {"number": desk.found_sites.record(draft, act_id=str(dice.random())).number}


def _apply_closeout(desk: Desk, dice: random.Random) -> dict[str, Any]:
    under_way = desk.ledger.ids(LedgerCriteria(status=Status.REGISTERED))
    if not under_way:
        return {}
    today = date.today()
    request = CloseOutRequest(
        act_id=str(dice.random()),
        filing_id=dice.choice(under_way),
        completed_on=today,
        applied_on=today,
        applicant="业主",
        waste=WasteRecord(is_none=True),
    )
    return {"number": desk.life.apply_closeout(request).number}


OPERATIONS: Final[tuple[tuple[str, Operation], ...]] = (
    ("register", _register),
    ("register", _register),
    ("print", _reprint),
    ("back up", _back_up),
    ("import", _take_in_people),
    ("attach", _attach),
    ("visit", _visit),
    ("find a site", _find_site),
    ("close", _apply_closeout),
    ("export", export_package),
    ("take a package", take_package),
    ("take an old ledger", take_old_ledger),
)
