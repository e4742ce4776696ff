"""What is asked of the life of a registration, what it would bring, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.domain.acts import Change, IssuedPaper
from desktop.domain.assessment_result import Assessment
from desktop.domain.deadlines import ExtensionResult
from desktop.domain.pack import PolicyPack
from desktop.domain.registration_life import CompletionSource, LifeAct, LifeState, Registration
from desktop.domain.walk_in import WalkIn

LIFE_CHANGES = frozenset({Change.FILINGS, Change.PAPERS})  # what an act with a paper touches


class ChangeKind(StrEnum):
    """What a change of the registration is about; each value is stored."""

    PERSONS = "persons"  # 施工（作业）人员、负责人
    CONTRACTOR = "contractor"  # 生产经营单位
    OWNER = "owner"  # 建设单位（业主）
    SCOPE = "scope"  # 内容、规模、范围
    PERIOD = "period"  # 工期
    OTHER = "other"


class ChangeSource(StrEnum):
    """Why a registration is changed; each value is stored."""

    APPLICATION = "application"  # 申请
    PATROL = "patrol"  # 巡查发现不符


class CloseOutKind(StrEnum):
    """How a registration comes to its end; each value is stored."""

    COMPLETED = "completed"  # 完工
    LAPSED = "lapsed"  # 逾期失联


class CloseOutState(StrEnum):
    """How an application for close-out stands; each value is stored."""

    AWAITING_CHECK = "awaiting_check"  # 待现场核实
    VERIFIED = "verified"  # 核实完工
    NOT_COMPLETE = "not_complete"  # 核实未完工


class NeedProof(StrEnum):
    """By what a need of the close-out is met."""

    WASTE = "waste"  # the record of waste
    CHECK = "check"  # the check on site
    PAPER = "paper"  # a paper, ticked by who saw it


class DeliveryManner(StrEnum):
    """How a decision reached its addressee; each value is stored."""

    IN_PERSON = "in_person"  # 直接送达
    LEFT = "left"  # 留置送达
    MAIL = "mail"  # 邮寄送达
    ELECTRONIC = "electronic"  # 电子送达
    PUBLIC_NOTICE = "public_notice"  # 公告送达


OTHER_GROUND = "other"  # the open “等” of the rules


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRequest:
    """One application for extension, taken in today; ``months`` None is the pack's length, less is allowed."""

    act_id: str
    filing_id: int
    reason: str
    months: int | None = None
    exception_reason: str = ""  # the manager's, for a late or a further one


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionAhead:
    """What an extension applied for today would bring; both days of the window are inside it.

    ``last`` is the end as printed; ``in_time_until`` is later where that end is a rest day.
    """

    timing: ExtensionResult
    first: date
    last: date
    in_time_until: date
    months: int
    valid_before: date
    valid_until: date
    used: int  # extensions it has had
    most: int
    article: str
    exceptions: tuple[str, ...] = ()  # why only the manager can grant it: "late", "used_up"
    is_past: bool = False  # the new end would be over already: only a new registration helps


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequest:
    """One change: the matter whole as it becomes, with a verdict on every paper that is newly needed."""

    act_id: str
    filing_id: int
    kind: ChangeKind
    source: ChangeSource
    reason: str
    walk_in: WalkIn


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field that differs, with what it held before and after; numbers of persons as they were given."""

    path: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededMaterial:
    """A paper that the change makes necessary."""

    code: str
    label: str
    article: str
    cure: str
    is_outstanding: bool = False  # asked for by an earlier change and still to be brought


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAhead:
    """What a change would bring: fields, assessments before and after, and only the papers still to be brought."""

    fields: tuple[ChangedField, ...]
    before: Assessment
    after: Assessment
    needed: tuple[NeededMaterial, ...]
    no_longer_needed: tuple[str, ...]
    raises_class: bool  # high-risk from now on
    lowers_class: bool
    moves_point: bool  # from now on of another acceptance point
    site_check_by: date | None  # of works that become high-risk
    obstacle: str = ""  # code of the trouble that forbids it; empty for none


@dataclass(frozen=True, slots=True, kw_only=True)
class WasteRecord:
    """Where the waste of the work went; with ``is_none`` there was none (无)."""

    is_none: bool = False
    kind: str = ""
    amount: str = ""
    hauler: str = ""
    site: str = ""
    taken_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOutNeed:
    """One thing that the close-out needs, by what it is proved, and whether it is there."""

    text: str
    article: str
    proof: NeedProof
    is_there: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionRequest:
    """A notice that the work is finished, by its owner or found on patrol."""

    act_id: str
    filing_id: int
    completed_on: date
    source: CompletionSource
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOutRequest:
    """One application for close-out; ``settled`` are the texts of the needs whose papers were seen."""

    act_id: str
    filing_id: int
    completed_on: date
    applied_on: date
    applicant: str
    waste: WasteRecord | None = None
    settled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOutAhead:
    """What an application would mean: until when it was due, and by how many working days it is late.

    ``apply_by`` is None where the rules set no period: then nothing is late.
    """

    apply_by: date | None
    is_provisional: bool
    days_late: int  # working days; 0 when on time
    needs: tuple[CloseOutNeed, ...]
    needs_waste: bool
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteVerification:
    """The check on site of one application; a failed one sends the work back to being registered."""

    act_id: str
    filing_id: int
    is_complete: bool
    checked_on: date
    text: str
    patrol_id: int | None = None
    settled: tuple[str, ...] = ()  # papers seen on site
    exception_reason: str = ""  # the manager's, with hazards or transfers still open


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseRequest:
    """The manager closes a registration whose owner is not to be found, after a patrol looked (逾期失联)."""

    act_id: str
    filing_id: int
    patrol_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMatters:
    """What is still open on a site: numbers of hazards and of transfers."""

    hazards: tuple[str, ...] = ()
    transfers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.hazards or self.transfers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One ground on which a registration is revoked; some only after rectification was asked for and refused."""

    code: str
    label: str
    article: str
    needs_refusal: bool = False
    first_article: str = ""  # under which rectification is offered first


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationRequest:
    """One revocation; ``ground_text`` is asked for where the ground is none of the four."""

    act_id: str
    filing_id: int
    ground: str
    facts: str
    evidence: str
    ground_text: str = ""
    has_refused: bool = False  # rectification was asked for, and refused or not done in time


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How the notice of revocation reached the owner."""

    filing_id: int
    delivered_on: date
    manner: DeliveryManner
    receiver: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeDone:
    """What came of an act: its number and its papers."""

    filing_id: int
    number: str
    papers: tuple[IssuedPaper, ...]
    changes: frozenset[Change] = LIFE_CHANGES


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEntry:
    """One act of the past as the tab lists it, the newest first."""

    act: LifeAct
    number: str
    on: date
    who: str
    at: datetime
    lines: tuple[tuple[str, str], ...]
    document_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeDue:
    """One thing that is due or possible: what, until when, and by which article."""

    text: str
    by: date | None
    article: str
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolRef:
    """One visit to the site, as it is picked from a list."""

    id: int
    visited_on: date
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeFile:
    """Everything about the life of one registration on a day."""

    registration: Registration
    state: LifeState
    due: tuple[LifeDue, ...]
    entries: tuple[LifeEntry, ...]
    open_matters: OpenMatters
    may: frozenset[LifeAct]  # for who is at work
    may_except: bool  # grant what needs an exception
    pack: PolicyPack  # it lives by; those at work where its own version is not here
    awaiting: CloseOutAwaiting | None = None
    in_time_until: date | None = None  # until when its end still counts as in time: later where that is a rest day
    is_extension_left: bool = True  # without an exception
    is_delivered: bool | None = None  # the notice of revocation; None where there is none
    follows: str = ""  # number of the registration it takes the place of
    followed_by: str = ""
    patrols: tuple[PatrolRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOutAwaiting:
    """The application that waits for the check on site."""

    number: str
    completed_on: date | None
    applied_on: date
    is_late: bool | None
    needs: tuple[CloseOutNeed, ...]
    waste: WasteRecord | None = None
