"""What the harness begins with: a station that sends, a street that takes, and a good file of every kind."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any, Final

from openpyxl import Workbook

from desktop.domain.acts import StationKind
from desktop.domain.known_station import StationRole
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.package import Acknowledgement, Outcome, PackageKind, RecordKind, StationCard
from desktop.domain.station_json import acknowledgement_plain, card_plain
from desktop.exchange.signing import Signer, new_keys
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.faults.operations import OPERATIONS, register_one
from tests.fuzz.package_cases import PackagePattern
from tests.old_ledgers import HEADINGS, lines, messy_sheet

_PURPOSE: Final = "按月上报街道"
_OF_A_KIND: Final = 3
_PATROLS: Final = ("登记编号", "巡查日期", "时间", "巡查层级", "巡查单位", "巡查人员", "结果", "社区", "道路")
_PLATFORM: Final = ("平台编号", "登记编号", "工程名称", "建设单位", "类别", "所属社区", "工程地址", "录入日期")
_SERVICES: Final = ("序号", "保险公司", "保单号码", "项目名称", "地址", "服务时间", "服务内容", "发现问题")
_PEOPLE: Final = ("乡镇（街道）", "分管领导姓名电话", "负责人姓名电话", "巡查人员姓名电话", "角色")
Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPattern:
    """A good sheet for one of the imports, as a workbook and as text."""

    target: str
    workbook: bytes
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Closed ledgers of streets to be copied, and the patterns of the files."""

    streets: tuple[Path, ...]  # one that has taken nothing yet, one that has taken the good package
    package: PackagePattern
    sheets: tuple[SheetPattern, ...]
    answer: dict[str, Any]
    answerer: Signer
    card: dict[str, Any]


def prepared(folder: Path, *, is_little: bool) -> Ground:
    """Make everything once; what runs later copies it.  A little ground has a filing of each sort and one visit."""
    station, street = _opened(folder / "station"), _opened(folder / "full", code="JD")
    _fill_a_little(station) if is_little else station.office.add_samples()
    above = new_keys()
    above_card = StationCard(name="区级", code="QJ", sign_public=above.sign_public, seal_public=above.seal_public)
    _know(street, station.station_keys.own_card(), StationRole.BELOW)
    _know(street, above_card, StationRole.ABOVE)
    good = folder / "good.swpkg"
    station.packing.make(PackageKind.ALL, good, act_id="good", whole=True, purpose=_PURPOSE, attachments=True)
    receiver = street.station_keys.own_card()
    pattern = PackagePattern(good, signer=station.station_keys.signer(), receiver=receiver)
    street.close()
    empty = copytree(folder / "full", folder / "empty")
    street = _opened(folder / "full", code="JD")
    street.receiving.take(good, act_id="good")
    sent = street.packing.make(
        PackageKind.ALL, folder / "up.swpkg", act_id="up", whole=True, purpose=_PURPOSE, attachments=False
    )
    ids = street.ledger.ids(LedgerCriteria())
    numbers = [row.number for row in street.ledger.page(ids)]
    card = card_plain(station.station_keys.own_card())
    station.close()
    street.close()
    pattern.records = _few(pattern.records)
    return Ground(
        streets=(empty, folder / "full"),
        package=pattern,
        sheets=_sheets(folder, numbers),
        answer=acknowledgement_plain(
            Acknowledgement(
                package_id=sent.package_id,
                receiver=above_card,
                received_at=datetime(2026, 3, 9, 1, 0, tzinfo=UTC),
                outcome={Outcome.NEW: sent.count},
                not_taken=(),
            )
        ),
        answerer=Signer(above.sign_private),
        card=card,
    )


def _opened(folder: Path, code: str = "PA01") -> Desk:
    desk = open_desk(folder, effort=factories.LIGHT)
    if desk.office.office() is None:
        changes = {"code": code, "station_name": f"{code}登记点", "station_kind": StationKind.STREET_OFFICE}
        desk.office.set_up(factories.office(**changes))
    return desk


def _fill_a_little(desk: Desk) -> None:
    operations, dice = dict(OPERATIONS), random.Random(1)
    register_one(desk, "one")
    register_one(desk, "other")
    for name in ("visit", "find a site", "attach"):
        operations[name](desk, dice)


def _know(desk: Desk, card: StationCard, role: StationRole) -> None:
    desk.station_keys.confirm(card, role=role, typed_fingerprint=card.fingerprint, act_id=role.value)


def _few(records: dict[RecordKind, list[Any]]) -> dict[RecordKind, list[Any]]:
    """Keep a few records of each kind and every one they refer to."""
    by_uid = {row["uid"]: row for rows in records.values() for row in rows}
    wanted = [row["uid"] for rows in records.values() for row in rows[:_OF_A_KIND]]
    kept = set[str]()
    while wanted:
        uid = wanted.pop()
        if uid in kept:
            continue
        kept.add(uid)
        texts = str(by_uid[uid]["rows"])
        wanted += [other for other in by_uid if other not in kept and other in texts]
    few = {kind: [row for row in rows if row["uid"] in kept] for kind, rows in records.items()}
    return {kind: rows for kind, rows in few.items() if rows}


def _sheets(folder: Path, numbers: Sequence[str]) -> tuple[SheetPattern, ...]:
    first, second, *_ = numbers
    old = [HEADINGS, *lines(6)]
    messy = messy_sheet(folder / "messy.xlsx").read_bytes()
    patrols = [
        _PATROLS,
        *(
            [number, "2026-03-02", "09:30", "社区", "坪安社区工作站", "何巡、罗旁", "", "", ""]
            for number in (first, second)
        ),
    ]
    platform = [
        ("深圳市限额以下小型工程和零星作业登记纳管平台",),
        _PLATFORM,
        (
            "LG-NG-2026-000123",
            first,
            "坪安里12号铺装修",
            "陈小满",
            "限额以下小型工程",
            "坪安社区",
            "坪安里12号",
            "2026-03-01",
        ),
        ("LG-NG-2026-000124", "", "坪安路20号招牌", "何秋", "零星作业", "坪安社区", "坪安路20号", "2026-03-03"),
    ]
    services = [
        ("安全生产责任保险事故预防服务清单",),
        _SERVICES,
        (
            1,
            "鹏安财产保险",
            "ABX2026000077",
            "商铺装修",
            "坪安里12号",
            "2026-02-26 09:30",
            "现场隐患排查",
            "用电不规范",
        ),
        (2, "鹏安财产保险", "ABX2026000078", "招牌", "坪安路20号", "2026-02-27", "安全培训", ""),
    ]
    people = [
        ("县市区、乡镇（街道）安全管控人员及管理权限汇总表",),
        ("所属县市区", "西山县", "系统后台管理员 姓名/电话", "高原 13800000009"),
        _PEOPLE,
        ("坪安街道", "陈小满 13800000001", "周望 13800000002", "林河 13800000003、方圆 13800000004", "区级政府用户"),
    ]
    return (
        _pattern("old", old, "台账"),
        SheetPattern(target="old", workbook=messy, text=_text(old)),
        _pattern("patrols", patrols, "巡查"),
        _pattern("platform", platform, "清单"),
        _pattern("services", services, "清单"),
        _pattern("people", people, "附件1"),
    )


def _pattern(target: str, rows: Rows, title: str) -> SheetPattern:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return SheetPattern(target=target, workbook=written.getvalue(), text=_text(rows))


def _text(rows: Rows) -> str:
    return "\r\n".join(",".join(str(cell) for cell in row) for row in rows) + "\r\n"
