"""Hazards as lists and pages show them: rows, steps, criteria, counts, and the checks that escalations ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.acts import IssuedPaper
from desktop.domain.hazard import (
    OPEN_STATES,
    ChainStage,
    HazardLevel,
    HazardState,
    Measure,
    Responsible,
    StepKind,
)
from desktop.domain.site import SiteRef


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardRow:
    """One hazard as lists show it.  ``report_by`` is the calendar day by whose end enforcement must know."""

    id: int
    number: str
    site: SiteRef
    site_number: str
    project_name: str
    place: str
    community: str
    patrol_id: int | None
    report_id: int | None
    finding: str
    entry: str
    group: str
    description: str
    spot: str
    level: HazardLevel
    responsible: Responsible
    responsible_name: str
    measures: tuple[Measure, ...]
    state: HazardState
    is_on_the_spot: bool
    found_on: date
    due_on: date | None
    report_by: date | None
    reported_on: date | None
    feedback_on: date | None
    cleared_on: date | None
    refused_on: date | None
    stopped_on: date | None
    resumed_on: date | None
    escalated_on: date | None
    supervised_level: str
    supervised_on: date | None
    days_open: int  # calendar days from finding to clearing, or to today
    is_overdue: bool  # past its term and not put right
    is_report_overdue: bool  # enforcement was to know by an earlier day

    @property
    def is_open(self) -> bool:
        """Say whether it is not cleared yet."""
        return self.state in OPEN_STATES

    @property
    def is_stopped(self) -> bool:
        """Say whether work was told to stop for it and not yet to go on."""
        return self.stopped_on is not None and self.resumed_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardStepRow:
    """One step as the hazard's page shows it."""

    id: int
    kind: StepKind
    on: date
    text: str
    due_on: date | None
    patrol_id: int | None
    paper: IssuedPaper | None
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardFile:
    """One hazard with its steps, papers, the days of its chain, and what may be done next."""

    row: HazardRow
    steps: tuple[HazardStepRow, ...]
    papers: tuple[IssuedPaper, ...]
    chain: tuple[tuple[ChainStage, date], ...]
    next_steps: frozenset[StepKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardCriteria:
    """What hazards are asked for; None and empty ask for all."""

    text: str = ""  # any part of number, description, spot, responsible party, or the number of a site or a notice
    community: str | None = None
    states: frozenset[HazardState] = frozenset()
    is_open: bool | None = None
    is_overdue: bool = False
    awaits_report: bool = False  # enforcement must know and does not yet
    level: HazardLevel | None = None
    finding: str | None = None
    group: str | None = None
    responsible: Responsible | None = None
    first: date | None = None  # found from this day
    last: date | None = None  # to this day
    is_supervised: bool | None = None
    site: SiteRef | None = None
    patrol_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardCounts:
    """The counts above a list; of open ones unless the name says otherwise.  Chain days are of cleared ones."""

    total: int
    open: int
    overdue: int
    awaiting_recheck: int
    refused: int
    major: int
    awaiting_report: int
    cleared: int
    mean_days_to_clear: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationCheck:
    """The first check that an escalation asks for: the site, since when, by when; ``done_on`` when it took place."""

    filing_id: int
    number: str
    project_name: str
    place: str
    community: str
    escalated_on: date
    due_on: date | None  # none where the rules set no period
    is_provisional: bool  # the calendar of that year is not known yet
    article: str
    done_on: date | None
