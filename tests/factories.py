"""Records with valid defaults for the tests; every name, number and phone is invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from desktop.domain.acts import Office, StationKind
from desktop.domain.fact_reading import read_facts
from desktop.domain.facts import Facts, FactValue
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import (
    Certificate,
    Contractor,
    IdKind,
    MaterialCheck,
    Party,
    PartyKind,
    Place,
    SiteManager,
    Verdict,
    WalkIn,
    Worker,
)
from desktop.services.passwords import Effort

# Numbers with right check symbols; nobody's.
PERSON_ID = "11010519491231002X"
OTHER_PERSON_ID = "440524188001010014"
COMPANY_CODE = "91350100M000100Y43"
OTHER_COMPANY_CODE = "91440300MA0003500K"
FILED_ON = date(2026, 3, 2)
# Hashes of passwords that cost next to nothing.
LIGHT = Effort(rounds=1, memory_kib=8, threads=1)


def small_work_facts(**changes: FactValue) -> Facts:
    """Facts of an ordinary shop decoration, below both limits, every asked question answered no."""
    answers: dict[str, FactValue] = {
        "kind": "small_work",
        "category": "nonresidential_decoration",
        "place_kind": "shop",
        "contract_amount_yuan": Decimal(300000),
        "floor_area_m2": Decimal(120),
    }
    return Facts({**answers, **changes})


def minor_facts(**changes: FactValue) -> Facts:
    """Facts of an ordinary signboard job in a public area."""
    answers: dict[str, FactValue] = {
        "kind": "minor_operation",
        "category": "signboard",
        "in_public_area": True,
    }
    return Facts({**answers, **changes})


def declared(**facts: Any) -> Facts:
    """Facts as the command line reads them; a small work below both limits unless said otherwise."""
    plain: dict[str, Any] = {
        "kind": "small_work",
        "category": "nonresidential_decoration",
        "contract_amount_yuan": 300000,
        "floor_area_m2": 120,
    }
    return read_facts({**plain, **facts})


def person(name: str = "陈小满", **changes: Any) -> Party:
    """A natural person."""
    values: dict[str, Any] = {
        "kind": PartyKind.PERSON,
        "name": name,
        "id_kind": IdKind.RESIDENT_ID,
        "id_number": PERSON_ID,
        "contact_name": name,
        "phone": "13800002719",
    }
    return Party(**{**values, **changes})


def company(name: str = "深圳市和顺餐饮管理有限公司", **changes: Any) -> Party:
    """A company."""
    values: dict[str, Any] = {
        "kind": PartyKind.ORGANISATION,
        "name": name,
        "id_kind": IdKind.CREDIT_CODE,
        "id_number": COMPANY_CODE,
        "contact_name": "林知远",
        "phone": "13800003344",
    }
    return Party(**{**values, **changes})


def contractor(**changes: Any) -> Contractor:
    """A qualified company with certificates that outlast the work."""
    values: dict[str, Any] = {
        "party": company("深圳市匠新装饰工程有限公司", id_number=OTHER_COMPANY_CODE),
        "qualification": Certificate(
            kind="建筑装修装饰工程专业承包", number="D3440000000", grade="二级", valid_to=date(2028, 5, 31)
        ),
        "safety_licence": Certificate(kind="安全生产许可证", number="（粤）JZ安许证字0000", valid_to=date(2028, 5, 31)),
        "project_manager": SiteManager(name="周望", phone="13800005566"),
    }
    return Contractor(**{**values, **changes})


def worker(name: str = "何平", **changes: Any) -> Worker:
    """A worker with a special-operation certificate."""
    certificate = Certificate(kind="高处作业", number=f"T{PERSON_ID}", valid_to=date(2028, 1, 1))
    return Worker(**{"name": name, "trade": "安装工", "id_number": PERSON_ID, "certificate": certificate, **changes})


def walk_in(facts: Facts | None = None, **changes: Any) -> WalkIn:
    """A complete matter without any verdict on its papers."""
    values: dict[str, Any] = {
        "facts": facts if facts is not None else small_work_facts(),
        "project_name": "坪安路18号一层商铺装修",
        "content": "店铺室内装修、灯具和桌椅安装",
        "place": Place(community="坪安社区", grid="03", estate="坪安路18号", building="A栋", room="101"),
        "owner": company(),
        "contractor": contractor(),
        "owner_safety_manager": SiteManager(name="林知远", phone="13800003344"),
        "contractor_safety_manager": SiteManager(name="许安", phone="13800007788"),
        "workers": (worker(),),
        "planned_start_on": date(2026, 3, 9),
        "planned_end_on": date(2026, 6, 30),
        "funding": "social",
        "waste_site": "坪安建筑废弃物综合利用场",
    }
    return WalkIn(**{**values, **changes})


def in_order(matter: WalkIn, codes: tuple[str, ...]) -> WalkIn:
    """The same matter with some papers judged in order."""
    for code in codes:
        matter = matter.with_check(MaterialCheck(code=code, verdict=Verdict.IN_ORDER))
    return matter


def all_in_order(matter: WalkIn, pack: PolicyPack) -> WalkIn:
    """The same matter with every paper of the pack judged in order."""
    return in_order(matter, tuple(rule.code for rule in pack.materials))


def office(**changes: Any) -> Office:
    """The window of an invented street office."""
    values: dict[str, Any] = {
        "street_name": "坪安街道办事处",
        "station_name": "坪安街道办事处",
        "station_kind": StationKind.STREET_OFFICE,
        "code": "PA",
        "window": "受理窗口2",
        "clerk_name": "林晓",
        "phone": "0755-00001234",
        "address": "坪安路1号一楼",
        "hours": "工作日 9:00–12:00，14:00–18:00",
        "enforcement_body": "坪安街道综合行政执法队",
        "pack_id": "longgang",
        "communities": ("坪安社区", "新禾社区"),
    }
    return Office(**{**values, **changes})
