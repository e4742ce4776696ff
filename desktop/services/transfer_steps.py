"""The steps of a matter handed on, as the other body answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.transfer import (
    MOVE_WORDS,
    STATE_AFTER,
    Penalty,
    TransferMove,
    TransferState,
    TransferStepDraft,
)
from desktop.domain.transfer_faults import step_faults
from desktop.domain.typed_text import clean_text
from desktop.models.transfer import Transfer, TransferStep
from desktop.services.audit import FieldChange, record_event
from desktop.services.once import row_of_act
from desktop.services.reach import require_for_row
from desktop.services.review_steps import name_at_work
from desktop.services.station import Station
from desktop.services.touched import TRANSFER


def take_step(session: Session, station: Station, transfer_id: int, draft: TransferStepDraft) -> None:
    """Enter one step in the open transaction; nothing when its ``act_id`` was entered before.  Raises as ``step``."""
    sent = session.get(Transfer, transfer_id)
    if sent is None:
        raise ClerkError("no_such_transfer", transfer_id=transfer_id)
    require_for_row(session, station.actor, Right.PATROL_FEEDBACK, sent)
    told = {"transfer_id": transfer_id, "on": draft.on, **_told(draft)}
    if row_of_act(session, TransferStep, draft.act_id, told) is not None:
        return
    if sent.state == TransferState.REPLIED.value:
        raise ClerkError("transfer_replied", number=sent.number)
    fault = next(iter(step_faults(draft, sent_on=sent.sent_on, on=station.today())), None)
    if fault is not None:
        raise ClerkError("transfer_unfit", field=fault.field, why=fault.message)
    assert draft.on is not None
    changes = _advance(sent, draft, draft.on)
    session.add(_step(sent, draft, station, draft.on))
    record_event(
        session,
        station,
        act="transfer_step",
        summary=f"{sent.number}：{MOVE_WORDS[draft.move]}",
        changes=changes,
        touched=[(TRANSFER, sent.id)],
    )


def _advance(sent: Transfer, draft: TransferStepDraft, on: date) -> tuple[FieldChange, ...]:
    """Put the matter where the step leads it; a reminder leaves it where it is."""
    before = sent.state
    sent.state = _state_after(TransferState(before), draft.move).value
    if draft.move is not TransferMove.REMINDED and sent.received_on is None:
        sent.received_on = on
    if draft.move is TransferMove.JOINT_REMOVAL:
        sent.is_joint = True
    if draft.move is TransferMove.REPLIED:
        sent.replied_on, sent.result = on, clean_text(draft.text)
        sent.penalty = draft.penalty.text if draft.penalty is not None else ""
    return (("state", before, sent.state),) if sent.state != before else ()


def _state_after(before: TransferState, move: TransferMove) -> TransferState:
    """Give the later of the two states: what was said to be in progress is not merely received again."""
    after = STATE_AFTER.get(move, before)
    order = tuple(TransferState)
    return max(before, after, key=order.index)


def _step(sent: Transfer, draft: TransferStepDraft, station: Station, on: date) -> TransferStep:
    return TransferStep(
        transfer_id=sent.id,
        act_id=draft.act_id,
        on=on,
        **_told(draft),
        done_at=station.now(),
        done_by=name_at_work(station),
        done_by_id=station.actor.account_id,
    )


def _told(draft: TransferStepDraft) -> dict[str, Any]:
    """Give what a step says as it is kept."""
    details: dict[str, object] = {}
    if draft.penalty is not None:
        details["penalty"] = _penalty_plain(draft.penalty)
    for name, lines in (("documents", draft.documents), ("bodies", draft.bodies)):
        if kept := [line for line in map(clean_text, lines) if line]:
            details[name] = kept
    said = {"who": clean_text(draft.who), "text": clean_text(draft.text)}
    return {"state": draft.move.value, **said, "details": details}


def _penalty_plain(penalty: Penalty) -> dict[str, str | None]:
    return {
        "kind": penalty.kind.value,
        "amount_yuan": None if penalty.amount_yuan is None else str(penalty.amount_yuan),
        "document": clean_text(penalty.document),
        "decided_on": penalty.decided_on.isoformat() if penalty.decided_on else None,
    }
