"""The acts a clerk can do with a matter, what each needs, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.domain.assessment_result import Assessment
from desktop.domain.one_time_notice import Deficiency
from desktop.domain.walk_in import WalkIn


class Act(StrEnum):
    """The six outcomes at the counter, plus advice; each value is stored."""

    ACCEPT = "accept"  # 受理并打印
    ONE_TIME_NOTICE = "one_time_notice"  # 一次性告知
    INFORM_PERMIT = "inform_permit"  # 告知办理施工许可
    MUST_NOT_START = "must_not_start"  # 告知不得开工并转执法
    NOT_APPLICABLE = "not_applicable"  # 不适用
    TO_STREET_OFFICE = "to_street_office"  # 转街道办理
    SUBMIT_FOR_REVIEW = "submit_for_review"  # 送审：受理前须经审核的


class Status(StrEnum):
    """The stored states of a filing; overdue is computed, never stored."""

    AWAITING_CORRECTION = "awaiting_correction"  # 待补正
    REGISTERED = "registered"  # 已登记
    REFUSED_PERMIT = "refused_permit"  # 不予受理（应办施工许可）
    TRANSFERRED = "transferred"  # 已移交
    NOT_APPLICABLE = "not_applicable"  # 不适用
    REDIRECTED = "redirected"  # 已转街道
    AWAITING_REVIEW = "awaiting_review"  # 待审核
    RETURNED = "returned"  # 审核退回
    AWAITING_CLOSEOUT = "awaiting_closeout"  # 待注销核实
    CLOSED = "closed"  # 已注销
    REVOKED = "revoked"  # 已撤销


STATUS_AFTER = {
    Act.ACCEPT: Status.REGISTERED,
    Act.ONE_TIME_NOTICE: Status.AWAITING_CORRECTION,
    Act.INFORM_PERMIT: Status.REFUSED_PERMIT,
    Act.MUST_NOT_START: Status.TRANSFERRED,
    Act.NOT_APPLICABLE: Status.NOT_APPLICABLE,
    Act.TO_STREET_OFFICE: Status.REDIRECTED,
    Act.SUBMIT_FOR_REVIEW: Status.AWAITING_REVIEW,
}
# What a reviewer sends back is no outcome of the counter: the clerk puts it right and decides again.
STATUS_AFTER_RETURN = Status.RETURNED


# Which acts may be done with a filing as it stands; None is the matter that has no number yet.
ACTS_FROM: Mapping[Status | None, frozenset[Act]] = {
    None: frozenset(Act),
    Status.AWAITING_CORRECTION: frozenset(Act),
    Status.RETURNED: frozenset(Act),
    # Only the reviewer goes on with it.
    Status.AWAITING_REVIEW: frozenset({Act.ACCEPT}),
    # Decided for this window; what is wrong with it is put right by a new matter.
    Status.REGISTERED: frozenset(),
    Status.REFUSED_PERMIT: frozenset(),
    Status.TRANSFERRED: frozenset(),
    Status.NOT_APPLICABLE: frozenset(),
    Status.REDIRECTED: frozenset(),
    Status.AWAITING_CLOSEOUT: frozenset(),
    Status.CLOSED: frozenset(),
    Status.REVOKED: frozenset(),
}
# Stored states of works under way: they are patrolled, changed, extended and closed.
UNDER_WAY = frozenset({Status.REGISTERED, Status.AWAITING_CLOSEOUT})
# Stored states whose next visit the clerk opens.
OPEN_TO_THE_CLERK = frozenset({Status.AWAITING_CORRECTION, Status.RETURNED})


class Change(StrEnum):
    """What kinds of thing an act touched, so that other pages know whether to refresh."""

    FILINGS = "filings"
    PAPERS = "papers"
    DRAFTS = "drafts"
    PARTIES = "parties"
    SETTINGS = "settings"
    CALENDAR = "calendar"
    ON_SITE = "on_site"  # patrols, hazards, works found unregistered, transfers, public reports
    BOOKS = "books"  # registers beside the ledger


class StationKind(StrEnum):
    """Kinds of acceptance point."""

    STREET_OFFICE = "street_office"  # 街道办事处
    COMMUNITY_STATION = "community_station"  # 社区工作站
    PROPERTY_COMPANY = "property_company"  # 物业服务企业


CHANNEL_OF = {
    StationKind.STREET_OFFICE: "walk_in_street_office",
    StationKind.COMMUNITY_STATION: "walk_in_community",
    StationKind.PROPERTY_COMPANY: "walk_in_property",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who accepts: as set at first start and printed on every paper.  ``code`` heads the numbers (A–Z, 0–9)."""

    street_name: str
    station_name: str
    station_kind: StationKind
    code: str
    window: str = ""
    clerk_name: str = ""
    phone: str = ""
    address: str = ""
    hours: str = ""
    enforcement_body: str = ""
    street_office_address: str = ""
    street_office_phone: str = ""
    pack_id: str = ""
    communities: tuple[str, ...] = ()
    sub_areas: tuple[str, ...] = ()  # 片区; the form asks for one only where there are any
    videos: tuple[str, ...] = ()  # titles of the warning films shown at the window


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialLine:
    """One line of the materials list as the window shows it."""

    code: str
    label: str
    article: str
    help: str
    required: bool
    undetermined: bool
    problem: str  # the rule's own objection, e.g. expired on the filing day; empty when there is none
    settled: bool  # on a second visit: told earlier as in order and facts unchanged, so not asked again


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedAct:
    """One act with whether it is allowed now; ``why`` says in words why not, or what overriding means."""

    act: Act
    allowed: bool
    needs_reason: bool  # possible only with a reason that stays visible (override)
    why: str
    primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFault:
    """One typed value that cannot stand or deserves a second look: the field's path and a code for the wording."""

    field: str  # e.g. "owner.id_number", "facts.contract_amount_yuan", "workers.0.certificate.number"
    code: str
    message: str
    blocking: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the page shows while the clerk types; made without touching the database."""

    assessment: Assessment
    lines: tuple[MaterialLine, ...]
    acts: tuple[AllowedAct, ...]
    deficiencies: tuple[Deficiency, ...]
    unjudged: tuple[str, ...]  # codes of required materials without a verdict
    invalid: tuple[FieldFault, ...]  # typed values that cannot stand


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunFrom:
    """What a new matter was begun from, at most one of them: the form of the next person is begun from nothing."""

    follows_id: int | None = None  # the registration that a new one takes the place of
    found_site_id: int | None = None  # the work found unregistered that comes to be registered


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRequest:
    """One decision of the clerk.  ``act_id`` is made by the client, so that repeating the call is harmless."""

    act_id: str
    act: Act
    walk_in: WalkIn
    reason: str = ""
    filing_id: int | None = None  # set on a second visit
    draft_id: str | None = None
    signed: bool = False  # truth statement and commitment signed at the window
    video_watched: bool = False
    video: str = ""  # which of the office's warning films
    follows_id: int | None = None  # as in ``BegunFrom``, of the first visit
    found_site_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPaper:
    """One issued paper as the lists show it."""

    id: int
    filing_id: int | None  # none of a paper about a site without registration, a draw or a list
    code: str
    title: str
    number: str
    issued_at: datetime
    pages: int | None
    sha256: str
    reprints: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What came of a decision."""

    filing_id: int
    number: str  # registration or notice number shown large
    act: Act
    status: Status
    papers: tuple[IssuedPaper, ...]
    changes: frozenset[Change]


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarFiling:
    """A filing that resembles the one being typed, and why it is shown."""

    filing_id: int
    number: str
    project_name: str
    place: str
    owner_name: str
    contractor_name: str
    status: Status
    filed_on: date
    why: str  # "address" | "owner" | "contractor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An unfinished form, as kept from second to second."""

    id: str
    saved_at: datetime
    walk_in: WalkIn
    filing_id: int | None
    begun_from: BegunFrom = BegunFrom()
