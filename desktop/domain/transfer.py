"""Handing a matter to another body and following it to the reply."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from desktop.domain.acts import IssuedPaper
from desktop.domain.bodies import PowerQuestion, TransferBody
from desktop.domain.bodies import TransferKind as TransferKind  # named here too, with the other closed lists
from desktop.domain.site import SiteRef


class TransferState(StrEnum):
    """How far a matter is with the other body; each value is stored, overdue is computed."""

    SENT = "sent"  # 已移交
    RECEIVED = "received"  # 已接收
    IN_PROGRESS = "in_progress"  # 处理中
    REPLIED = "replied"  # 已反馈


class TransferMove(StrEnum):
    """One step of a matter handed on; each value is stored."""

    RECEIVED = "received"  # 对方已接收
    IN_PROGRESS = "in_progress"  # 对方处理中
    REMINDED = "reminded"  # 催办
    JOINT_REMOVAL = "joint_removal"  # 会同强制排险
    REPLIED = "replied"  # 对方反馈


class PenaltyKind(StrEnum):
    """Kinds of penalty as the other body replies; typed, never decided here."""

    NONE = "none"  # 不予处罚
    WARNING = "warning"  # 警告、通报批评
    FINE = "fine"  # 罚款
    CONFISCATION = "confiscation"  # 没收
    SUSPENSION = "suspension"  # 责令停产停业、暂扣资质
    REVOKED_LICENCE = "revoked_licence"  # 吊销资质、许可证件
    OTHER = "other"  # 其他


STATE_AFTER: Final = {
    TransferMove.RECEIVED: TransferState.RECEIVED,
    TransferMove.IN_PROGRESS: TransferState.IN_PROGRESS,
    TransferMove.JOINT_REMOVAL: TransferState.IN_PROGRESS,
    TransferMove.REPLIED: TransferState.REPLIED,
}
KIND_WORDS: Final = {
    TransferKind.TRANSFER: "移交单",
    TransferKind.REPORT: "上报单",
    TransferKind.LETTER: "函告函",
}
STATE_WORDS: Final = {
    TransferState.SENT: "已移交",
    TransferState.RECEIVED: "已接收",
    TransferState.IN_PROGRESS: "处理中",
    TransferState.REPLIED: "已反馈",
}
MOVE_WORDS: Final = {
    TransferMove.RECEIVED: "对方已接收",
    TransferMove.IN_PROGRESS: "对方处理中",
    TransferMove.REMINDED: "催办",
    TransferMove.JOINT_REMOVAL: "会同强制排险",
    TransferMove.REPLIED: "对方反馈",
}
PENALTY_WORDS: Final = {
    PenaltyKind.NONE: "不予处罚",
    PenaltyKind.WARNING: "警告、通报批评",
    PenaltyKind.FINE: "罚款",
    PenaltyKind.CONFISCATION: "没收",
    PenaltyKind.SUSPENSION: "责令停产停业、暂扣资质",
    PenaltyKind.REVOKED_LICENCE: "吊销资质、许可证件",
    PenaltyKind.OTHER: "其他处罚",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferMatter:
    """What is to be handed on: about which site, hazard or report, which violation, and whether it is persisted in.

    ``is_within_power`` answers the question of power (是否属授权范围): None while nobody answered it.
    """

    site: SiteRef = field(default_factory=SiteRef)
    hazard_id: int | None = None
    report_id: int | None = None
    violation: str = ""  # code of the pack's transfers
    finding: str = ""  # code of the pack's findings
    is_refused: bool = True
    is_within_power: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferProposal:
    """What the rules propose: which letter to whom, on which article, and who else could be chosen.

    ``bodies`` are in the order of how well they fit; ``question`` stands where the answer would change the body.
    """

    kind: TransferKind
    to_body: str
    route: str
    article: str
    is_same_day: bool
    bodies: tuple[TransferBody, ...]
    question: PowerQuestion | None
    is_within_power: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRequest:
    """One letter as filled in.  ``act_id`` is made by the client, so that repeating the call is harmless."""

    act_id: str = ""
    site: SiteRef = field(default_factory=SiteRef)
    hazard_id: int | None = None
    report_id: int | None = None
    kind: TransferKind = TransferKind.TRANSFER
    to_body: str = ""
    route: str = ""
    article: str = ""
    violation: str = ""
    facts: str = ""
    measures: str = ""  # what was done before, such as stopping the work
    evidence: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()  # free and several: other law may apply
    request: str = ""
    is_same_day: bool = False
    reply_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty:
    """The penalty of another body as its reply states it; the amount in yuan."""

    kind: PenaltyKind
    amount_yuan: Decimal | None = None
    document: str = ""
    decided_on: date | None = None

    @property
    def text(self) -> str:
        """Say it in one line."""
        amount = "" if self.amount_yuan is None else f"{self.amount_yuan:f}元"
        return "，".join(part for part in (f"{PENALTY_WORDS[self.kind]}{amount}", self.document) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferStepDraft:
    """One step as typed; ``who`` is the person of the other body, ``bodies`` who took part in a joint removal."""

    act_id: str
    move: TransferMove
    on: date | None = None
    who: str = ""
    text: str = ""
    penalty: Penalty | None = None
    documents: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferStepRow:
    """One step of the history."""

    move: TransferMove
    on: date
    who: str
    text: str
    penalty: Penalty | None
    documents: tuple[str, ...]
    bodies: tuple[str, ...]
    done_at: datetime
    done_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferCriteria:
    """What to look for; ``is_overdue`` counts from ``as_of``, the day of today where it is None."""

    text: str = ""
    state: TransferState | None = None
    kind: TransferKind | None = None
    to_body: str | None = None
    community: str | None = None
    site: SiteRef | None = None
    hazard_id: int | None = None
    sent_from: date | None = None
    sent_to: date | None = None
    is_open: bool | None = None
    is_overdue: bool | None = None
    as_of: date | None = None
    limit: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRow:
    """One matter handed on, as the register lists it: number, from, to, day, term, state, result."""

    id: int
    number: str
    kind: TransferKind
    site: SiteRef
    site_number: str
    site_name: str
    place: str
    community: str
    hazard_id: int | None
    report_id: int | None
    to_body: str
    route: str
    article: str
    violation: str
    is_same_day: bool
    sent_on: date
    sent_by: str
    reply_by: date | None
    state: TransferState
    received_on: date | None
    replied_on: date | None
    result: str
    penalty: str
    is_joint: bool

    def is_overdue(self, on: date) -> bool:
        """Say whether the reply was due before a day and has not come."""
        return self.state is not TransferState.REPLIED and self.reply_by is not None and self.reply_by < on


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferFile:
    """The whole of one matter handed on."""

    row: TransferRow
    facts: str
    evidence: tuple[str, ...]
    grounds: tuple[str, ...]
    steps: tuple[TransferStepRow, ...]
    papers: tuple[IssuedPaper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of sending."""

    transfer_id: int
    number: str
    paper_id: int
