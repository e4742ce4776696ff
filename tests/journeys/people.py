"""What people bring to the counter, told in fields and keys; every name, number and phone is invented."""

from __future__ import annotations

from typing import Final

Steps = tuple[tuple[str, str], ...]

PERSON_ID: Final = "11010519491231002X"
OTHER_ID: Final = "440307198808080023"
COMPANY_CODE: Final = "91350100M000100Y43"

NO_RISKS: Final[Steps] = (
    ("facts.construction_permit_obtained", "{Ctrl+0}"),
    ("facts.illegal_acts", "{Ctrl+0}"),
    ("facts.structural_change", "{Ctrl+0}"),
    ("facts.property_managed", "{Ctrl+0}"),
)
BUILDER: Final[Steps] = (
    ("contractor.party.name", "深圳市匠新装饰工程有限公司"),
    ("contractor.party.id_number", COMPANY_CODE),
    ("contractor.party.phone", "13800006612"),
    ("contractor.qualification.kind", "建筑装修装饰工程专业承包"),
    ("contractor.qualification.number", "D3440000000"),
    ("contractor.qualification.valid_to", "2029-5-31"),
    ("contractor.safety_licence.number", "JZ0000"),
    ("contractor.safety_licence.valid_to", "2029-5-31"),
)


def shop(
    *, name: str = "坪安路18号一层商铺装修", estate: str = "坪安路18号", amount: str = "30", area: str = "120"
) -> Steps:
    """The decoration of a shop, below both limits, from the first field to the questions."""
    return (
        ("facts.kind", "1"),
        ("facts.category", "非住宅{Enter}"),
        ("project_name", name),
        ("content", "店内吊顶和墙面"),
        ("place.community", "坪安{Enter}"),
        ("place.estate", estate),
        ("facts.contract_amount_yuan", amount),
        ("facts.floor_area_m2", area),
        ("facts.place_kind", "商铺{Enter}"),
    )


def owner_company(name: str = "深圳市和顺餐饮管理有限公司", phone: str = "13800003344") -> Steps:
    """A company that has the work done."""
    return (("owner.name", name), ("owner.id_number", COMPANY_CODE), ("owner.phone", phone))


def owner_person(name: str = "陈小满", phone: str = "13800002719") -> Steps:
    """A person who has the work done."""
    return (
        ("owner.name", name),
        ("owner.kind", "自然人{Enter}"),
        ("owner.id_number", PERSON_ID),
        ("owner.phone", phone),
    )


def ordinary_shop() -> Steps:
    """A whole small work that the rules let pass, papers aside."""
    return (*shop(), *NO_RISKS, *owner_company(), *BUILDER)


def signboard(name: str = "新禾街5号门楣招牌更换", estate: str = "新禾街5号") -> Steps:
    """A signboard over a public street: a minor operation."""
    return (
        ("facts.kind", "2"),
        ("facts.category", "门楣{Enter}"),
        ("project_name", name),
        ("content", "拆旧招牌，装新招牌"),
        ("place.community", "新禾{Enter}"),
        ("place.estate", estate),
        ("facts.place_kind", "商铺{Enter}"),
        ("facts.in_public_area", "Y"),
        ("facts.temporary_building", "{Ctrl+0}"),
        ("facts.illegal_acts", "{Ctrl+0}"),
        ("facts.hot_work", "{Ctrl+0}"),
        ("facts.property_managed", "{Ctrl+0}"),
        *owner_person(),
        ("contractor.party.name", "深圳市云望广告标识有限公司"),
        ("contractor.party.phone", "13800006612"),
        ("workers.0.name", "何平"),
        ("planned_start_on", "2026-3-9"),
    )
