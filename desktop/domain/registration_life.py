"""The life of a registration after acceptance: one state machine, and how it stands on a day.

What is stored is ``Status`` and a few days; expiring, overdue and the like are computed, never stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from desktop.domain.access import Right
from desktop.domain.acts import UNDER_WAY, Status
from desktop.domain.errors import ClerkError
from desktop.domain.expiry import expired_before
from desktop.domain.pack import PolicyPack
from desktop.domain.workdays import WorkdayCalendar

EXPIRING_DAYS: Final = "expiring_notice_days"


class LifeAct(StrEnum):
    """What can be done with a registration after it was accepted."""

    EXTEND = "extend"  # 延期
    CHANGE = "change"  # 变更
    NOTE_COMPLETION = "note_completion"  # 记完工
    WITHDRAW_COMPLETION = "withdraw_completion"  # 撤回完工：记错了
    APPLY_CLOSEOUT = "apply_closeout"  # 申报注销
    VERIFY_CLOSEOUT = "verify_closeout"  # 现场核实
    CLOSE_LAPSED = "close_lapsed"  # 逾期失联注销
    REVOKE = "revoke"  # 撤销
    DELIVER = "deliver"  # 送达
    BEGIN_AGAIN = "begin_again"  # 重新登记


class LifeState(StrEnum):
    """How a registration stands on a day; computed."""

    NOT_REGISTERED = "not_registered"  # 未登记：没有受理，或者还没有
    UNDER_WAY = "under_way"  # 在建
    EXPIRING = "expiring"  # 即将到期
    EXTENDABLE = "extendable"  # 可申请延期
    OVERDUE = "overdue"  # 逾期未延期未注销
    COMPLETED = "completed"  # 已完工未注销
    AWAITING_CLOSEOUT = "awaiting_closeout"  # 待注销核实
    CLOSED = "closed"  # 已注销
    REVOKED = "revoked"  # 已撤销


class CompletionSource(StrEnum):
    """Who says that a work is finished."""

    OWNER = "owner"  # 建设单位（业主）告知
    PATROL = "patrol"  # 巡查发现现场已完工未注销


# From which stored states an act may be done; everything else is read-only.
ACTS_OF_LIFE: Final[Mapping[LifeAct, frozenset[Status]]] = {
    LifeAct.EXTEND: frozenset({Status.REGISTERED}),
    LifeAct.CHANGE: frozenset({Status.REGISTERED}),
    LifeAct.NOTE_COMPLETION: frozenset({Status.REGISTERED}),
    LifeAct.WITHDRAW_COMPLETION: frozenset({Status.REGISTERED}),
    LifeAct.APPLY_CLOSEOUT: frozenset({Status.REGISTERED}),
    LifeAct.VERIFY_CLOSEOUT: frozenset({Status.AWAITING_CLOSEOUT}),
    LifeAct.CLOSE_LAPSED: UNDER_WAY,
    LifeAct.REVOKE: UNDER_WAY,
    LifeAct.DELIVER: frozenset({Status.REVOKED}),
    LifeAct.BEGIN_AGAIN: frozenset({Status.REGISTERED, Status.CLOSED, Status.REVOKED}),
}
# Where an act leads; what is not named leaves the state as it is.
STATUS_AFTER_LIFE: Final[Mapping[LifeAct, Status]] = {
    LifeAct.APPLY_CLOSEOUT: Status.AWAITING_CLOSEOUT,
    LifeAct.VERIFY_CLOSEOUT: Status.CLOSED,
    LifeAct.CLOSE_LAPSED: Status.CLOSED,
    LifeAct.REVOKE: Status.REVOKED,
}
# What a stored status alone says of how a registration stands.
_STORED: Final[Mapping[Status, LifeState]] = {
    Status.REVOKED: LifeState.REVOKED,
    Status.CLOSED: LifeState.CLOSED,
    Status.AWAITING_CLOSEOUT: LifeState.AWAITING_CLOSEOUT,
}
# A work that the check on site finds unfinished goes on as registered.
STATUS_AFTER_FAILED_CHECK: Final = Status.REGISTERED
# Any of these rights entitles to an act.
RIGHTS_OF_LIFE: Final[Mapping[LifeAct, tuple[Right, ...]]] = {
    LifeAct.EXTEND: (Right.REGISTER, Right.DECIDE_EXCEPTIONS),
    LifeAct.CHANGE: (Right.REGISTER,),
    LifeAct.NOTE_COMPLETION: (Right.REGISTER, Right.PATROL_FEEDBACK),
    LifeAct.WITHDRAW_COMPLETION: (Right.REGISTER, Right.PATROL_FEEDBACK),
    LifeAct.APPLY_CLOSEOUT: (Right.REGISTER,),
    LifeAct.VERIFY_CLOSEOUT: (Right.PATROL_FEEDBACK,),
    LifeAct.CLOSE_LAPSED: (Right.DECIDE_EXCEPTIONS,),
    LifeAct.REVOKE: (Right.DECIDE_EXCEPTIONS,),
    LifeAct.DELIVER: (Right.REGISTER, Right.PATROL_FEEDBACK, Right.DECIDE_EXCEPTIONS),
    LifeAct.BEGIN_AGAIN: (Right.REGISTER,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """The days of a registration from which its state follows; ``extensions`` counts those it has had."""

    number: str
    status: Status
    accepted_on: date | None = None
    valid_until: date | None = None
    extension_first: date | None = None
    completed_on: date | None = None
    closed_on: date | None = None
    revoked_on: date | None = None
    escalated_on: date | None = None
    stopped_on: date | None = None
    extensions: int = 0

    @property
    def is_stopped(self) -> bool:
        """Say whether the work was told to stop and not yet to go on (停工)."""
        return self.status in UNDER_WAY and self.stopped_on is not None

    @property
    def is_escalated(self) -> bool:
        """Say whether it is managed as high-risk since an escalation (提级)."""
        return self.escalated_on is not None

    @property
    def is_over(self) -> bool:
        """Say whether nothing of it changes any more (已注销、已撤销)."""
        return self.status in (Status.CLOSED, Status.REVOKED)

    def days_left(self, on: date) -> int | None:
        """Give the days until the last valid day, negative once it is past; None where there is no such day."""
        return None if self.valid_until is None else (self.valid_until - on).days


def life_state(registration: Registration, on: date, *, pack: PolicyPack, calendar: WorkdayCalendar) -> LifeState:
    """Say how a registration stands on a day; the last valid day still counts as valid.

    Where that is a rest day, it is not overdue before the next working day is over (``domain.expiry``).
    """
    if registration.status in _STORED:
        return _STORED[registration.status]
    if registration.status is not Status.REGISTERED:
        return LifeState.NOT_REGISTERED
    if registration.completed_on is not None:
        return LifeState.COMPLETED
    return _by_the_days(registration, on, pack, calendar)


def _by_the_days(registration: Registration, on: date, pack: PolicyPack, calendar: WorkdayCalendar) -> LifeState:
    last, first = registration.valid_until, registration.extension_first
    if last is None:
        return LifeState.UNDER_WAY
    if last < expired_before(on, pack=pack, calendar=calendar):
        return LifeState.OVERDUE
    if first is not None and on >= first and registration.extensions < extension_count(pack):
        return LifeState.EXTENDABLE
    return LifeState.EXPIRING if on >= last - timedelta(days=expiring_days(pack)) else LifeState.UNDER_WAY


def extension_count(pack: PolicyPack) -> int:
    """Give how often a registration can be extended without an exception; once where the pack names no number."""
    known = pack.number("extension_count")
    return 1 if known is None else int(known)


def extension_months(pack: PolicyPack) -> int:
    """Give the most months of one extension; 0 where the rules know no extension."""
    known = pack.number("extension_months")
    if not knows_extension(pack):
        return 0
    return (pack.deadlines.validity_months or 0) if known is None else int(known)


def expiring_days(pack: PolicyPack) -> int:
    """Give how many days before its end a registration counts as expiring."""
    known = pack.number(EXPIRING_DAYS)
    return (pack.deadlines.extension_window_days or 0) if known is None else int(known)


def knows_extension(pack: PolicyPack) -> bool:
    """Say whether the rules know an extension: a registration that ends, and a time to ask for more."""
    return pack.deadlines.validity_months is not None and pack.deadlines.extension_window_days is not None


def may_be_done(act: LifeAct, registration: Registration) -> bool:
    """Say whether the state machine lets an act be done; a finished work is closed out, not extended."""
    is_finished = registration.completed_on is not None
    only_if = {LifeAct.EXTEND: not is_finished, LifeAct.WITHDRAW_COMPLETION: is_finished}
    return registration.status in ACTS_OF_LIFE[act] and only_if.get(act, True)


def require_in_life(act: LifeAct, registration: Registration) -> None:
    """Raise ``ClerkError`` where the state machine does not let an act be done.

    not_extendable (``state``, ``completed_on``) names why a registration is not extended; not_in_this_state for others.
    """
    if may_be_done(act, registration):
        return
    if act is LifeAct.EXTEND and (over := _over_for_extending(registration)) is not None:
        raise ClerkError(
            "not_extendable", number=registration.number, state=over, completed_on=registration.completed_on
        )
    raise ClerkError("not_in_this_state", number=registration.number, status=registration.status, act=act)


def _over_for_extending(registration: Registration) -> LifeState | None:
    """Give the state in which a work needs no extension any more, None where it never was registered."""
    if registration.status is Status.REGISTERED and registration.completed_on is not None:
        return LifeState.COMPLETED
    return _STORED.get(registration.status)
