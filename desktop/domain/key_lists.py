"""The lists of works that are looked after more closely (清单化管理): by risk, by place, by whose property it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from desktop.domain.acts import Status
from desktop.domain.facts import Facts
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import article, cited, local
from desktop.domain.pack import PolicyPack

# The places that the pack itself counts as crowded.
CROWDED_PLACES: Final = frozenset({"kindergarten", "mall", "farm_market"})
# How the company of a community's joint stock is called; a 股份有限公司 may be any company and is none of them.
JOINT_STOCK_NAMES: Final = ("股份合作公司", "股份公司")


class KeyList(StrEnum):
    """The lists."""

    HIGH_RISK = "high_risk"  # 高风险、参照、提级
    CROWDED = "crowded"  # 人员密集场所
    KEY_SUPERVISION = "key_supervision"  # 重点监管
    INSULATION = "insulation"  # 保温材料
    HOT_WORK = "hot_work"  # 人员密集场所动火
    JOINT_STOCK = "joint_stock"  # 社区股份公司物业


LIST_TITLES: Final[Mapping[KeyList, str]] = LocalCatalogue(
    {
        KeyList.HIGH_RISK: "高风险工程清单",
        KeyList.CROWDED: "人员密集场所工程清单",
        KeyList.KEY_SUPERVISION: "重点监管工程清单",
        KeyList.INSULATION: "涉及保温材料工程清单",
        KeyList.HOT_WORK: "人员密集场所动火工程清单",
        KeyList.JOINT_STOCK: "社区股份公司物业内工程清单",
    },
    local,
)


def _basis(kind: KeyList) -> str:
    found = article(f"key_list_{kind.value}")
    if kind is KeyList.JOINT_STOCK:
        return "，".join(filter(None, (found, "按单位名称识别")))
    return found or _WITHOUT_ARTICLE.get(kind, "")


_WITHOUT_ARTICLE: Final = {
    KeyList.INSULATION: "本市未规定，供清单管理",
    KeyList.HOT_WORK: "本市未规定，供清单管理",
}
LIST_ARTICLES: Final[Mapping[KeyList, str]] = LocalCatalogue({kind: kind for kind in KeyList}, _basis)
KEY_SUPERVISION_WORD: Final = "重点监管"
NO_KEY_SUPERVISION: Final = (
    "现行规则包没有“重点监管”这一类，或者文件没有列出种类、规则包没有收入（未核实），补入规则包以前本清单为空。"
)


def lists_of(pack: PolicyPack) -> tuple[KeyList, ...]:
    """Name the lists that mean something under the rules: that of high-risk works only where they are told apart."""
    return tuple(each for each in KeyList if each is not KeyList.HIGH_RISK or pack.tells_risk_apart)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyListRow:
    """One work of a list, with why it stands there; numbers of persons covered."""

    filing_id: int
    number: str
    project_name: str
    place: str
    community: str
    category_label: str
    owner_name: str
    contractor_name: str
    why: str
    status: Status
    accepted_on: date | None
    valid_until: date | None
    site_check_by: date | None
    last_patrol_on: date | None
    open_hazards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyListSheet:
    """One list whole; ``note`` says why it is empty where that is no matter of chance."""

    kind: KeyList
    rows: tuple[KeyListRow, ...]
    as_of: date
    note: str = ""

    @property
    def title(self) -> str:
        """Give the name of the list."""
        return LIST_TITLES[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionCount:
    """How many small works under way must be, or of their own will are, under supervision (监理)."""

    works: int
    required: int
    voluntary: int


def high_risk_why(assessment: Mapping[str, Any], *, is_high_risk: bool, escalated_on: date | None) -> str:
    """Say why a work is managed as high-risk: items of the list, 参照, 提级."""
    return "；".join(_high_risk_parts(assessment, is_high_risk=is_high_risk, escalated_on=escalated_on))


def crowded_why(facts: Facts, place_words: Mapping[str, str]) -> str:
    """Say why a work lies in a crowded place, empty when it does not; ``place_words`` names the kinds of place."""
    stated, kind = facts["crowded_place"], facts.text("place_kind") or ""
    if isinstance(stated, str) and stated:
        return place_words.get(stated, stated)
    if stated is True:
        return place_words.get(kind, "人员密集场所")
    return place_words.get(kind, kind) if kind in CROWDED_PLACES else ""


def hot_work_why(facts: Facts, place_words: Mapping[str, str]) -> str:
    """Say why a work is hot work in a crowded place, empty when it is none; a stated answer is final."""
    if facts.is_stated("crowded_place_hot_work"):
        return "人员密集场所动火" if facts["crowded_place_hot_work"] is True else ""
    does_hot_work = facts["hot_work"] is True or bool(facts.texts("hot_work_tools_zh"))
    where = crowded_why(facts, place_words) if does_hot_work else ""
    return f"{where}，动火" if where else ""


def joint_stock_company(names: Iterable[str]) -> str:
    """Give the first of some names that is a community's joint-stock company, empty for none."""
    return next((name for name in names if any(word in name for word in JOINT_STOCK_NAMES)), "")


def _high_risk_parts(assessment: Mapping[str, Any], *, is_high_risk: bool, escalated_on: date | None) -> Iterator[str]:
    items = assessment.get("high_risk_items")
    if isinstance(items, list) and items and assessment.get("article4_item") is None:
        where = article("high_risk_items") or local("高风险情形")
        yield f"{where}{'、'.join(f'({_in_chinese(item)})' for item in items)}"
    elif is_high_risk:
        as_high_risk = local("参照高风险管理") + cited("managed_as_high_risk")
        yield as_high_risk if assessment.get("article4_item") is not None else local("高风险")
    if escalated_on is not None:
        yield f"提级（{'，'.join(filter(None, (article('escalation'), escalated_on.isoformat())))}）"


def _in_chinese(item: object) -> str:
    place = item if isinstance(item, int) else 0
    return "一二三四五六七八九十"[place - 1] if 1 <= place <= 10 else str(item)
