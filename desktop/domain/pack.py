"""A policy pack: one jurisdiction's rules in one version as data, whole and checked.

The core knows no pack by name.  Every rule carries its article and the sentence of why; what the
documents leave open is a parameter marked ``unverified`` (未核实), or a gap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from desktop.domain.bodies import PowerQuestion, TransferBody
from desktop.domain.check_lists import CheckList, HazardEntry
from desktop.domain.conditions import Condition
from desktop.domain.departments import Department
from desktop.domain.local_rules import LocalRules
from desktop.domain.order import OrderClause
from desktop.domain.pack_rules import (
    AboveLimitKind,
    Category,
    Choice,
    CounterRule,
    Deadlines,
    DepartmentRule,
    FollowUp,
    HighRiskItem,
    MaterialRule,
    OpenList,
    PaperTexts,
    Parameter,
    Question,
    Reminder,
    Scope,
    Standing,
    Stop,
)
from desktop.domain.patrol_plan import PatrolPlan
from desktop.domain.platform_template import PlatformTemplate
from desktop.domain.street_rules import MARK

_GAPS_NAMED: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPack:
    """One jurisdiction's rules in one version."""

    id: str
    version: str
    title: str
    document_number: str
    standing: Standing
    effective_from: date | None
    effective_to: date | None
    effective_note: str
    interpreted_by: str
    legal_nature: str
    legal_nature_article: str
    hotlines: tuple[str, ...]
    labels: Mapping[str, str]
    local_rules: LocalRules
    parameters: Mapping[str, Parameter]
    choices: Mapping[str, tuple[Choice, ...]]
    categories: tuple[Category, ...]
    questions: tuple[Question, ...]
    scopes: tuple[Scope, ...]
    stops: tuple[Stop, ...]
    above_limit_kinds: tuple[AboveLimitKind, ...]
    high_risk: tuple[HighRiskItem, ...]
    supervision: Condition | None  # None where the document asks for no supervision
    supervision_article: str
    supervision_because: str
    counter_article: str
    notice_article: str
    departments: tuple[DepartmentRule, ...]
    materials: tuple[MaterialRule, ...]
    reminders: tuple[Reminder, ...]
    findings: tuple[FollowUp, ...]
    revocations: tuple[FollowUp, ...]
    transfers: tuple[FollowUp, ...]
    closeout_needs: tuple[Reminder, ...]
    deadlines: Deadlines
    papers: Mapping[str, PaperTexts] = field(default_factory=dict)
    order_clauses: tuple[OrderClause, ...] = ()
    check_lists: tuple[CheckList, ...] = ()
    hazard_entries: tuple[HazardEntry, ...] = ()
    finding_labels: Mapping[str, str] = field(default_factory=dict)
    patrol_plan: PatrolPlan = field(default_factory=dict)
    street_documents: tuple[str, ...] = ()  # titles of the street's own rules within
    bodies: tuple[TransferBody, ...] = ()
    power_question: PowerQuestion | None = None
    open_lists: tuple[OpenList, ...] = ()
    counters: tuple[CounterRule, ...] = ()
    platform_template: PlatformTemplate | None = None
    guiding_departments: tuple[Department, ...] = ()
    unreadable: str = ""  # said instead of judging: this stands in for a version that does not read

    _numbers: Mapping[str, Decimal] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbers = {name: known.value for name, known in self.parameters.items() if known.value is not None}
        object.__setattr__(self, "_numbers", numbers)

    def article(self, key: str) -> str:
        """Give the article behind a key of ``ARTICLE_KEYS``; empty where the document has none."""
        return self.local_rules.articles.get(key, "")

    @property
    def limits_by_investment(self) -> bool:
        """Say whether the limit of the amount is one of the investment; without one it is that of the contract."""
        return self._numbers.get("limit_by_investment") == 1

    @property
    def tells_risk_apart(self) -> bool:
        """Say whether the document speaks of works of higher risk at all."""
        return bool(self.high_risk or self.open_lists or self.above_limit_kinds)

    def numbers(self) -> Mapping[str, Decimal]:
        """Give the pack's parameters as plain numbers; gaps are not among them."""
        return self._numbers

    def number(self, name: str) -> Decimal | None:
        """Give one parameter; None for a gap and for one the pack does not have."""
        known = self.parameters.get(name)
        return None if known is None else known.value

    def gaps(self) -> tuple[str, ...]:
        """Name the parameters and open lists that still have to be filled in."""
        return (
            *(name for name, parameter in self.parameters.items() if parameter.is_gap),
            *(opened.code for opened in self.open_lists),
        )

    def gap_label(self, name: str) -> str:
        """Say what a gap is called; the name itself when the pack does not know it."""
        parameter = self.parameters.get(name)
        if parameter is not None:
            return parameter.label
        return next((opened.label for opened in self.open_lists if opened.code == name), name)

    def kinds(self) -> tuple[str, ...]:
        """Name the kinds of matter that the pack has categories of, in the order of its scopes."""
        own = {category.kind for category in self.categories}
        return tuple(scope.kind for scope in self.scopes if scope.kind in own)

    def category(self, code: str | None) -> Category | None:
        """Find a category by its code."""
        return next((category for category in self.categories if category.code == code), None)

    def material(self, code: str) -> MaterialRule:
        """Find a material by its code; raises ``KeyError`` for one the pack does not know."""
        for rule in self.materials:
            if rule.code == code:
                return rule
        raise KeyError(code)

    def finding_label(self, code: str) -> str:
        """Give the Chinese word for a finding of a patrol, or the code itself."""
        return self.finding_labels.get(code, code)

    def hazard_entry(self, code: str) -> HazardEntry | None:
        """Find an entry of the dictionary of hazards by its code."""
        return next((entry for entry in self.hazard_entries if entry.code == code), None)

    def label_of(self, fact: str, code: str) -> str:
        """Give the Chinese word for a value of a closed list, or the value itself."""
        return next((choice.label for choice in self.choices.get(fact, ()) if choice.code == code), code)

    def standing_on(self, day: date) -> Standing:
        """Give the standing on a day: what has lapsed is expired, whatever it was."""
        if self.effective_to is not None and self.effective_to < day:
            return Standing.EXPIRED
        return self.standing

    def banner_on(self, day: date) -> str:
        """Give the sentence shown while the pack is not plain law in force on a day; empty when it is."""
        if self.standing is not Standing.EXPIRED and self.standing_on(day) is Standing.EXPIRED:
            lapsed = f"有效期已于 {self.effective_to} 届满，请核对有无新的文件，并更换规则"
            return f"{self.title}：{Standing.EXPIRED.value}，{lapsed}"
        # Law without a day from which it is in force is known at second hand: its note says from what.
        is_dated_law = self.standing is Standing.IN_FORCE and self.effective_from is not None
        notes = [] if is_dated_law else [self.standing.value, self.effective_note or "文件没有写明施行日期"]
        # A blank form has no day yet: it bears the least one.
        if self.effective_from is not None and date.min < day < self.effective_from:
            notes.append(f"自 {self.effective_from} 起施行，尚未施行")
        return f"{self.title}：{'，'.join(note for note in notes if note)}" if notes else ""

    def basis_on(self, day: date) -> str:
        """Give what the papers of a day name as their basis: the document with its standing, and the street's own."""
        own = f"；{MARK}：{'、'.join(self.street_documents)}" if self.street_documents else ""
        return f"依据：{self.banner_on(day) or self.title}{own}"

    def notice_on(self, day: date) -> str:
        """Give the sentence for the window: the banner, and what the office has to fill in; empty when neither."""
        if self.unreadable:
            return self.unreadable
        gaps = [self.gap_label(name) for name in self.gaps()]
        named = "、".join(gaps[:_GAPS_NAMED]) + ("等" if len(gaps) > _GAPS_NAMED else "")
        told = f"文件没有写明、有待补齐的有 {len(gaps)} 项（{named}），补齐以前不据以判定；请在“设置”的“规则”中补齐"
        banner = self.banner_on(day)
        if not gaps:
            return banner
        return f"{banner}。{told}" if banner else f"{self.title}：{told}"
