"""An invented district: names, places and companies by the thousand, the same at every run; nobody's."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

# Works registered (纳管) in the reference ledger, and filings that came to something else beside them.
REGISTERED = 20_213
FILINGS = REGISTERED + 7_219
FIRST_DAY = date(2023, 1, 3)
DAYS = 3 * 365
_SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕施张孔曹严金魏陶姜"
_GIVEN = "安平和顺明远志新望晓清禾川木林青云石泉月宁若初景行知微"
_WORDS = ("和顺", "匠新", "禾川", "青石", "知远", "明泉", "云望", "安行", "景初", "木林", "新禾", "石泉")
_TRADES = ("装饰工程", "建筑安装", "餐饮管理", "物业服务", "机电设备", "广告标识", "清洁服务", "园林绿化")
_COMMUNITIES = tuple(f"{name}社区" for name in ("坪安", "新禾", "青泉", "石林", "云川", "明木", "和宁", "景望"))
_ESTATES = ("坪安路", "新禾花园", "青泉工业园", "石林街", "云川商业城", "明木小区", "和宁巷", "景望大厦")
DEPARTMENTS = (
    "区住房建设部门",
    "区城市管理部门",
    "区应急管理部门",
    "区教育部门",
    "区卫生健康部门",
    "区交通运输部门",
    "区工业和信息化部门",
    "区文化广电旅游体育部门",
)
_CATEGORIES = (
    ("small_work", "nonresidential_decoration"),
    ("small_work", "residential_decoration"),
    ("small_work", "house_repair_reinforcement"),
    ("minor_operation", "signboard"),
    ("minor_operation", "facility_install_maintain_remove"),
    ("minor_operation", "facade_high_work"),
)
_REGISTERED = "registered"
_OTHER_STATUSES = ("awaiting_correction", "refused_permit", "transferred", "not_applicable", "redirected")
_FUNDINGS = ("social",) * 12 + ("collective",) * 3 + ("government", "")


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented filing in plain words."""

    serial: int
    filed_on: date
    kind: str
    category: str
    status: str
    high_risk: bool
    community: str
    estate: str
    room: str
    project: str
    owner: str
    contractor: str
    phone: str
    id_number: str
    serial_of_year: int
    departments: tuple[str, ...]
    grid: str = ""
    funding: str = ""


def registered_of(count: int) -> int:
    """Say how many of so many filings were registered."""
    return count * REGISTERED // FILINGS


def filings(count: int = FILINGS) -> Iterator[Invented]:
    """Invent filings over three years, from a fixed seed."""
    dice, trades, years, parts = random.Random(20_213), random.Random(12), Counter[int](), random.Random(3)
    others = set(random.Random(5).sample(range(1, count + 1), count - registered_of(count)))
    for serial in range(1, count + 1):
        kind, category = dice.choice(_CATEGORIES)
        place = dice.randrange(len(_ESTATES))
        room = f"{dice.randint(1, 40)}栋{dice.randint(1, 32)}{dice.randint(1, 8):02d}"
        owner = dice.choice(_SURNAMES) + "".join(dice.choices(_GIVEN, k=2))
        filed_on = FIRST_DAY + timedelta(days=serial * DAYS // count)
        years[filed_on.year] += 1
        yield Invented(
            serial=serial,
            filed_on=filed_on,
            kind=kind,
            category=category,
            status=dice.choice(_OTHER_STATUSES) if serial in others else _REGISTERED,
            high_risk=kind == "small_work" and dice.random() < 0.08,
            community=_COMMUNITIES[place],
            estate=_ESTATES[place],
            room=room,
            project=f"{_ESTATES[place]}{room}{dice.choice(_WORDS)}装修",
            owner=owner,
            contractor=f"深圳市{dice.choice(_WORDS)}{dice.choice(_WORDS)}{dice.choice(_TRADES)}有限公司",
            phone=f"1380000{dice.randint(0, 9999):04d}",
            id_number=f"44030719{dice.randint(60, 99)}0101{dice.randint(0, 9999):04d}",
            serial_of_year=years[filed_on.year],
            departments=tuple(trades.sample(DEPARTMENTS, k=trades.choice((1, 1, 2)))),
            grid=f"{parts.randint(1, 12):02d}",
            funding=parts.choice(_FUNDINGS),
        )
