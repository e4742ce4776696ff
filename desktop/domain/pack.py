"""The shape of a policy pack: one jurisdiction's rules as data, whole and checked.

The core knows no pack by name.  Every rule carries its article and the sentence of why; what the
documents leave open is a parameter marked ``unverified`` (未核实).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from desktop.domain.bodies import PowerQuestion, TransferBody
from desktop.domain.check_lists import CheckList, HazardEntry
from desktop.domain.conditions import Condition
from desktop.domain.departments import Department
from desktop.domain.local_rules import LocalRules
from desktop.domain.order import OrderClause
from desktop.domain.patrol_plan import PatrolPlan
from desktop.domain.platform_template import PlatformTemplate
from desktop.domain.street_rules import MARK


class Standing(StrEnum):
    """The legal standing of the document a pack implements."""

    IN_FORCE = "现行"
    TRIAL = "试行"
    DRAFT = "征求意见"
    EXPIRED = "失效"


class Outcome(StrEnum):
    """What a matter is."""

    REGISTER = "register"
    PERMIT_REQUIRED = "above_limit_permit_required"
    TREAT_AS_HIGH_RISK = "treat_as_high_risk_above_limit"
    NOT_APPLICABLE = "not_applicable"
    PROHIBITED = "prohibited_transfer"
    NEEDS_REVIEW = "needs_review"


class IntakeResult(StrEnum):
    """What the clerk does now."""

    ACCEPT = "accept"
    ONE_TIME_NOTICE = "one_time_notice"
    REDIRECT = "redirect"
    INFORM_PERMIT = "refuse_inform_permit"
    TRANSFER = "refuse_and_transfer"
    NOT_APPLICABLE = "not_applicable"
    REFER = "refer"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWord:
    """What one value of a coded number means: 1 一项在限额以内即可."""

    value: Decimal
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A number of the pack; ``unverified`` marks a setting the documents do not state.

    Without a value it is a gap: nothing is decided by it until the office fills it in.  ``why`` says what the documents
    leave out; ``proposal`` is a likely value of public material with its source, offered as 未核实 and never used.
    """

    value: Decimal | None
    label: str
    article: str
    unverified: bool = False
    why: str = ""
    proposal: Decimal | None = None
    proposal_source: str = ""
    words: tuple[NumberWord, ...] = ()

    @property
    def is_gap(self) -> bool:
        """Say whether the number still has to be filled in."""
        return self.value is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListProposal:
    """One class that an open list may hold by public material, offered as 未核实 and never used."""

    label: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenList:
    """A list that the documents name and do not give (the six classes of a measure that is not at hand).

    Until the office has filled it in, what is not on the list for certain is undetermined.  ``fact`` is the fact whose
    closed list the classes become; ``known`` says how many classes the documents speak of, 0 where they do not.
    """

    code: str
    label: str
    article: str
    why: str
    fact: str
    known: int = 0
    proposals: tuple[ListProposal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category of works; ``asks`` names the facts that only this category needs."""

    code: str
    kind: str
    label: str
    article: str
    asks: tuple[str, ...] = ()
    null_area_does_not_apply: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a closed list with its Chinese word."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of the form behind one fact: its group, whom it concerns, and the help beside it."""

    fact: str
    group: str
    label: str
    article: str
    kinds: tuple[str, ...]
    when: Condition
    help: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A rule that ends the ordinary course: an exclusion, a prohibition or a limit of scope."""

    code: str
    outcome: Outcome
    intake: IntakeResult
    article: str
    because: str
    when: Condition
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HighRiskItem:
    """One item of the high-risk list."""

    item: int
    article: str
    label: str
    because: str
    when: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class AboveLimitKind:
    """A kind of above-limit project that is registered all the same, managed as high-risk."""

    code: str
    item: int
    article: str
    label: str
    when: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentRule:
    """Who leads (or, with ``lead`` false, stands beside) when the condition holds; first lead wins."""

    department: str
    article: str
    when: Condition
    lead: bool
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialRule:
    """A material: required when the one condition holds, optional when the other does.

    ``is_information`` marks what is only stated and registered, such as the time of work, and is no paper.
    """

    code: str
    article: str
    label: str
    cure: str
    kinds: tuple[str, ...]
    required: Condition
    optional: Condition
    expired: Condition
    unusable: Condition
    expired_because: str = ""
    unusable_because: str = ""
    help: str = ""
    is_information: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A sentence said to the clerk and printed on the receipt when the condition holds."""

    article: str
    text: str
    when: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What follows from a finding after registration, as the rules list it."""

    code: str
    article: str
    actions: tuple[str, ...] = ()
    if_refused: str | None = None
    if_not_rectified: str | None = None
    report_to: str | None = None
    transfer_to: str | None = None
    status_change: str | None = None
    managed_as_high_risk: bool = False
    when: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """Periods of the pack: months and days are of the calendar, ``…_working_days`` skip rest days.

    None where the document sets no such period: then nothing is counted and nothing is overdue.
    """

    validity_months: int | None = None
    validity_article: str = ""
    extension_window_days: int | None = None
    extension_article: str = ""
    feedback_working_days: int | None = None
    feedback_article: str = ""
    on_the_spot_channels: tuple[str, ...] = ()  # filings that are answered at once
    site_check_working_days: int | None = None
    site_check_article: str = ""
    closeout_working_days: int | None = None
    closeout_article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterRule:
    """Who takes a matter in.  ``channels`` are the filing channels that may, none named means every one.

    ``redirect_because`` is said where the matter came to another counter.  A rule that is ``told_at_counter`` rests on
    what the applicant says there: it decides nothing in the assessment, and sending on by it needs the clerk's reason.
    """

    point: str
    article: str
    because: str
    redirect_because: str = ""
    channels: tuple[str, ...] = ()
    kinds: tuple[str, ...]
    told_at_counter: bool = False
    when: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The tests of scope of one kind: within the limits or not, and the sentences for both."""

    kind: str
    article: str
    within: Condition
    because_within: str
    because_above: str
    permit_article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty or prohibition as printed, with its article; ``when`` says whom it concerns.

    ``code`` names the answer that belongs to it on papers with answers (``patrol_details.POINTS``).
    """

    text: str
    article: str
    when: Condition
    code: str = ""


_GAPS_NAMED: Final = 2
# What may stand in braces in the wording of papers; it is filled in when a paper is composed.
PAPER_PLACES: Final = frozenset(
    {"owner", "contractor", "kind", "hotlines", "enforcement", "street", "station", "phone", "hours", "address"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTexts:
    """The wording of one printed paper: its title, its opening, its numbered duties and its closing.

    The texts may hold the ``{places}`` of ``PAPER_PLACES``.
    """

    code: str
    title: str
    opening: str = ""
    duties: tuple[Duty, ...] = ()
    closing: str = ""
    signatures: tuple[str, ...] = ()
    basis: str = ""  # the article by which the wording is so, where a document of the street says so


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
