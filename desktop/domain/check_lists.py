"""What a patrol looks at: check lists by kind and risk of the works, and the dictionary of hazards, from the pack."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.conditions import Condition, Parameters, evaluate
from desktop.domain.facts import Facts
from desktop.domain.patrol_kinds import PatrolKind


class CheckGroup(StrEnum):
    """The groups of checks; each value is stored with a hazard."""

    SAFETY = "safety"  # 安全生产
    FIRE = "fire"  # 消防安全
    CIVILITY = "civility"  # 文明施工
    QUALITY = "quality"  # 工程质量
    PAPERS = "papers"  # 管理资料

    @property
    def label(self) -> str:
        """Give the Chinese name of the group, as packs and sheets write it."""
        return _GROUPS[self]


_GROUPS = {
    CheckGroup.SAFETY: "安全生产",
    CheckGroup.FIRE: "消防安全",
    CheckGroup.CIVILITY: "文明施工",
    CheckGroup.QUALITY: "工程质量",
    CheckGroup.PAPERS: "管理资料",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckItem:
    """One thing to look at; ``finding`` is what its failing suggests, ``entry`` how the dictionary words it.

    ``when`` leaves out what certainly does not concern a site; while a fact is unknown the item is asked.
    """

    code: str
    label: str
    group: CheckGroup
    article: str
    finding: str
    entry: str = ""
    help: str = ""
    when: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckList:
    """A list that is gone through on a visit.

    ``patrol_kinds`` empty fits every kind of visit, ``kinds`` empty every kind of works; ``is_high_risk`` None fits
    whatever the risk.  The first list of the pack that fits is taken.
    """

    code: str
    label: str
    kinds: tuple[str, ...] = ()
    patrol_kinds: tuple[PatrolKind, ...] = ()
    is_high_risk: bool | None = None
    items: tuple[CheckItem, ...]

    def item(self, code: str) -> CheckItem | None:
        """Find an item by its code."""
        return next((item for item in self.items if item.code == code), None)

    def items_for(self, facts: Facts, parameters: Parameters) -> tuple[CheckItem, ...]:
        """Give the items that may concern a site with these facts; all of them while nothing is declared of it."""
        if not facts.stated:
            return self.items
        return tuple(item for item in self.items if evaluate(item.when, facts, parameters).holds is not False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardEntry:
    """One hazard of the dictionary: its words, and what finding it is; ``is_major`` presets the level."""

    code: str
    label: str
    group: CheckGroup
    topic: str  # 高处作业、脚手架, 临时用电 …
    finding: str
    measure: str = ""  # what to ask of the contractor
    is_major: bool = False
