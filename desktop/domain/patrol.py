"""Patrols and site checks: what is entered, and how it reads back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from desktop.domain.acts import Change
from desktop.domain.patrol_details import PatrolDetails
from desktop.domain.patrol_kinds import CheckVerdict, PatrolKind, PatrolLevel, PatrolResult, PatrolSource
from desktop.domain.patrol_plan import PatrolPlan, PlanClass, PlanRule, due_on
from desktop.domain.site import SiteRef

__all__ = [
    "LONGEST_NAME",
    "LONGEST_PLACE",
    "LONGEST_REMARK",
    "MOST_PATROLLERS",
    "NEEDS_SITE",
    "CheckAnswer",
    "CheckVerdict",
    "CommunityMonth",
    "DueVisit",
    "LastEntry",
    "PatrolCriteria",
    "PatrolKind",
    "PatrolLevel",
    "PatrolRequest",
    "PatrolResult",
    "PatrolRow",
    "PatrolSite",
    "PatrolSource",
    "PatrolTotal",
    "Recorded",
    "SitesByCode",
    "SuggestedFinding",
]

# Kinds that make no sense without a registered work or one found unregistered.
NEEDS_SITE: Final = frozenset({PatrolKind.FIRST_CHECK, PatrolKind.RECHECK, PatrolKind.CLOSEOUT_CHECK})
# What is said of the people who went, of the road, of the remark.
LONGEST_NAME: Final = 40
LONGEST_PLACE: Final = 120
LONGEST_REMARK: Final = 500
MOST_PATROLLERS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswer:
    """One item of the check list that was not simply in order."""

    item: str
    verdict: CheckVerdict
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolRequest:
    """One visit as entered.  ``act_id`` is made by the client, so that repeating the call is harmless.

    Without a site ``road`` says where (a road, an estate) and ``community`` of which community; with one the community
    is the site's own.  ``visited_time`` is "09:30" or empty.
    """

    act_id: str
    visited_on: date
    patrollers: tuple[str, ...]
    level: PatrolLevel
    site: SiteRef = field(default_factory=SiteRef)
    kind: PatrolKind = PatrolKind.REGULAR
    result: PatrolResult = PatrolResult.IN_ORDER
    visited_time: str = ""
    organisation: str = ""
    community: str = ""
    grid: str = ""
    road: str = ""
    check_list: str = ""
    answers: tuple[CheckAnswer, ...] = ()
    details: PatrolDetails | None = None
    remark: str = ""
    gave_publicity: bool = False
    source: PatrolSource = PatrolSource.TYPED
    draw_id: int | None = None
    report_id: int | None = None
    campaign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedFinding:
    """A finding that a failed item suggests, to be taken over as a hazard."""

    finding: str  # code of the pack's findings
    item: str  # code of the check item
    label: str  # of the item
    group: str  # code of the group of checks
    article: str
    entry: str = ""  # code in the dictionary of hazards, empty for none


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What came of recording a patrol; ``is_first_check`` when it answers the three days of the first check."""

    patrol_id: int
    is_first_check: bool
    suggestions: tuple[SuggestedFinding, ...]
    changes: frozenset[Change]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolRow:
    """One patrol as the lists and ledgers show it; of a site its number, name and place, else the road."""

    id: int
    ref: SiteRef
    number: str
    project_name: str
    place: str
    community: str
    kind: PatrolKind
    result: PatrolResult
    visited_on: date
    visited_time: str
    patrollers: tuple[str, ...]
    organisation: str
    level: PatrolLevel
    grid: str
    check_list: str
    answers: tuple[CheckAnswer, ...]
    details: PatrolDetails | None
    remark: str
    gave_publicity: bool
    source: PatrolSource
    campaign: str
    draw_id: int | None
    report_id: int | None
    hazards: int  # recorded from this visit
    platform_number: str
    recorded_at: datetime
    recorded_by: str

    @property
    def failed(self) -> int:
        """Count the items that failed."""
        return sum(answer.verdict is CheckVerdict.FAILED for answer in self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolSite:
    """A site as it is chosen for a visit: enough to know it by, and when somebody was there last."""

    ref: SiteRef
    number: str
    project_name: str
    place: str
    community: str
    grid: str
    kind: str
    owner_name: str
    contractor_name: str
    is_managed_as_high_risk: bool
    valid_until: date | None
    is_expired: bool  # past its end, and past the working day after an end on a rest day
    status: str  # value of ``Status``; empty for a work found unregistered
    last_visited_on: date | None
    last_result: PatrolResult | None
    open_hazards: int
    check_list: str  # code of the pack's list that fits it
    awaits_first_check: bool
    plan_class: PlanClass | None = None  # None when no visit to it is planned any more
    patrolled_from: date | None = None  # the day its visits are counted from

    def next_visit_on(self, plan: PatrolPlan) -> date | None:
        """Give the day of the next visit by the frequencies in force, None when none is planned."""
        if self.plan_class is None or self.patrolled_from is None:
            return None
        rule = plan.get(self.plan_class, PlanRule())
        return due_on(rule, last=self.last_visited_on, begins=self.patrolled_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class SitesByCode:
    """What a scanned or typed code led to; ``is_exact`` when it named one site and no other."""

    sites: tuple[PatrolSite, ...]
    is_exact: bool
    is_cut: bool = False  # there are more than are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolCriteria:
    """What patrols are asked for; None and empty ask for all."""

    community: str | None = None
    first: date | None = None
    last: date | None = None
    kind: PatrolKind | None = None
    level: PatrolLevel | None = None
    result: PatrolResult | None = None
    patroller: str = ""  # any part of a name
    organisation: str = ""  # any part of it
    campaign: str | None = None
    awaits_platform: bool | None = None
    is_descending: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolTotal:
    """How many patrols of one month and level, and how many of them found something."""

    month: str  # "2026-03"
    level: PatrolLevel
    count: int
    with_findings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LastEntry:
    """What the next entry begins with: as the same person entered it last."""

    patrollers: tuple[str, ...] = ()
    organisation: str = ""
    level: PatrolLevel = PatrolLevel.COMMUNITY
    grid: str = ""
    kind: PatrolKind = PatrolKind.REGULAR


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityMonth:
    """One month of the community's ledger: what came in, was patrolled, found and ended."""

    month: str
    registered: int
    patrols: int
    hazards: int
    hazards_open: int
    closed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueVisit:
    """A site whose next planned visit is on ``due_on``; overdue is computed by whoever knows the day."""

    ref: SiteRef
    number: str
    project_name: str
    place: str
    community: str
    grid: str
    plan_class: PlanClass
    last_visited_on: date | None
    due_on: date
    article: str
    is_unverified: bool
