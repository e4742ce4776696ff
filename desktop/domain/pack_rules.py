"""The rules of a pack, each with its article and the sentence of why; what the documents leave open is marked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from desktop.domain.conditions import Condition


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
