"""The life of one registration as it is stored: its acts, what waits, what is still open on its site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.acts import Status
from desktop.domain.closing_out import WASTE_FIELDS
from desktop.domain.hazard import OPEN_STATES
from desktop.domain.life_acts import (
    ChangeKind,
    ChangeSource,
    CloseOutAwaiting,
    CloseOutKind,
    CloseOutNeed,
    CloseOutState,
    DeliveryManner,
    LifeEntry,
    NeedProof,
    OpenMatters,
    PatrolRef,
    WasteRecord,
)
from desktop.domain.life_words import (
    CHANGE_KIND_WORDS,
    CHANGE_SOURCE_WORDS,
    CLOSEOUT_KIND_WORDS,
    CLOSEOUT_STATE_WORDS,
    DELIVERY_WORDS,
    waste_words,
)
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.registration_life import LifeAct, Registration
from desktop.domain.revoking import GROUND_WORDS
from desktop.models.base import Base
from desktop.models.filing import Filing
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.models.registration_life import CloseOut, Extension, RegistrationChange, Revocation
from desktop.models.transfer import Transfer
from desktop.queries.filing_file import extensions_of
from desktop.queries.whole_site import on_whole_site

Row = TypeVar("Row", bound=Base)
_MOST_PATROLS = 12
_OPEN = tuple(state.value for state in OPEN_STATES)


def registration_of(session: Session, filing: Filing) -> Registration:
    """Give the days of a registration from which its state follows."""
    return Registration(
        number=filing.registration_number or filing.number,
        status=Status(filing.status),
        accepted_on=filing.accepted_on,
        valid_until=filing.valid_until,
        extension_first=filing.extension_first,
        completed_on=filing.completed_on,
        closed_on=filing.closed_on,
        revoked_on=filing.revoked_on,
        escalated_on=filing.escalated_on,
        stopped_on=filing.stopped_on,
        extensions=extensions_of(session, filing.id),
    )


def open_matters(session: Session, filing_id: int) -> OpenMatters:
    """Give the numbers of hazards not cleared and of transfers without a reply, from before the registration too."""
    hazards = select(Hazard.number).where(on_whole_site(session, Hazard, filing_id), Hazard.state.in_(_OPEN))
    of_site = on_whole_site(session, Transfer, filing_id)
    transfers = select(Transfer.number).where(of_site, Transfer.replied_on.is_(None))
    return OpenMatters(
        hazards=tuple(session.scalars(hazards.order_by(Hazard.id))),
        transfers=tuple(session.scalars(transfers.order_by(Transfer.id))),
    )


def last_closeout(session: Session, filing_id: int) -> CloseOut | None:
    """Give the application for close-out that was made last, None where there was none."""
    of_filing = select(CloseOut).where(CloseOut.filing_id == filing_id)
    return session.scalars(of_filing.order_by(CloseOut.id.desc()).limit(1)).first()


def revocation_of(session: Session, filing_id: int) -> Revocation | None:
    """Give the revocation of a registration, None where it was not revoked."""
    return session.scalars(select(Revocation).where(Revocation.filing_id == filing_id)).first()


def patrols_of(session: Session, filing_id: int) -> tuple[PatrolRef, ...]:
    """Give the latest visits to a site, the newest first."""
    rows = select(Patrol).where(Patrol.filing_id == filing_id)
    newest = rows.order_by(Patrol.visited_on.desc(), Patrol.id.desc()).limit(_MOST_PATROLS)
    return tuple(
        PatrolRef(id=row.id, visited_on=row.visited_on, who="、".join(row.patrollers))
        for row in session.scalars(newest)
    )


def awaiting_of(row: CloseOut) -> CloseOutAwaiting:
    """Give an application as the check on site sees it."""
    return CloseOutAwaiting(
        number=row.number,
        completed_on=row.completed_on,
        applied_on=row.applied_on,
        is_late=row.is_late,
        needs=needs_of(row),
        waste=waste_of(row),
    )


def needs_of(row: CloseOut) -> tuple[CloseOutNeed, ...]:
    """Read the needs of an application."""
    return tuple(
        CloseOutNeed(
            text=need["text"], article=need["article"], proof=NeedProof(need["proof"]), is_there=need["is_there"]
        )
        for need in row.needs
    )


def waste_of(row: CloseOut) -> WasteRecord | None:
    """Read the record of waste of an application, None where none was asked for."""
    waste: dict[str, Any] = row.waste
    if not waste:
        return None
    taken = waste.get("taken_on")
    return WasteRecord(
        is_none=bool(waste.get("is_none")),
        taken_on=date.fromisoformat(taken) if taken else None,
        **{name: str(waste.get(name, "")) for name in WASTE_FIELDS},
    )


def entries_of(session: Session, filing_id: int) -> tuple[LifeEntry, ...]:
    """List the acts of the life of a registration, the newest first, numbers of persons covered."""
    found = (
        *(_extension(row) for row in _rows(session, Extension, filing_id)),
        *(_change(row) for row in _rows(session, RegistrationChange, filing_id)),
        *(_closeout(row) for row in _rows(session, CloseOut, filing_id)),
        *(_revocation(row) for row in _rows(session, Revocation, filing_id)),
    )
    return tuple(sorted(found, key=lambda entry: entry.at, reverse=True))


def _rows(session: Session, entity: type[Row], filing_id: int) -> Iterator[Row]:
    column = entity.__mapper__.columns["filing_id"]
    yield from session.scalars(select(entity).where(column == filing_id))


def _extension(row: Extension) -> LifeEntry:
    return LifeEntry(
        act=LifeAct.EXTEND,
        number=row.number,
        on=row.applied_on,
        who=row.done_by,
        at=row.done_at,
        lines=_said(
            ("有效期", f"由 {row.valid_before} 延至 {row.valid_until}（{row.months} 个月）"),
            ("理由", row.reason),
            ("例外理由", row.exception_reason),
        ),
        document_id=row.document_id,
    )


def _change(row: RegistrationChange) -> LifeEntry:
    what = f"{CHANGE_KIND_WORDS[ChangeKind(row.kind)]}（{CHANGE_SOURCE_WORDS[ChangeSource(row.source)]}）"
    fields = ((label, f"{before or '无'} → {after or '无'}") for _path, label, before, after in row.fields)
    return LifeEntry(
        act=LifeAct.CHANGE,
        number=row.number,
        on=row.changed_on,
        who=row.done_by,
        at=row.done_at,
        lines=_said(("变更", what), ("理由", row.reason), *fields),
        document_id=row.document_id,
    )


def _completed(row: CloseOut, late: str) -> str:
    if row.completed_on is None:
        return ""
    return f"{row.completed_on}　{row.apply_by} 前申报，{late}" if row.apply_by else f"{row.completed_on}"


def _closeout(row: CloseOut) -> LifeEntry:
    kind, state = CloseOutKind(row.kind), CloseOutState(row.state)
    is_lapse = kind is CloseOutKind.LAPSED
    late = {True: "超过期限", False: "按期", None: ""}[row.is_late]
    return LifeEntry(
        act=LifeAct.CLOSE_LAPSED if is_lapse else LifeAct.APPLY_CLOSEOUT,
        number=row.number,
        on=row.applied_on,
        who=row.done_by,
        at=row.done_at,
        lines=_said(
            (local("注销"), f"{CLOSEOUT_KIND_WORDS[kind]}　{CLOSEOUT_STATE_WORDS[state]}"),
            ("完工日期", _completed(row, late)),
            ("废弃物", waste_words(waste_of(row)) if not is_lapse else ""),
            ("核实", " ".join(str(part) for part in (row.checked_on, row.checked_by, row.check_text) if part)),
            ("例外理由", row.exception_reason),
        ),
        document_id=row.document_id,
    )


def _revocation(row: Revocation) -> LifeEntry:
    delivered = ""
    if row.delivered_on is not None:
        manner = DELIVERY_WORDS[DeliveryManner(row.delivery)]
        delivered = " ".join(part for part in (f"{row.delivered_on} {manner}", row.receiver, row.delivery_note) if part)
    return LifeEntry(
        act=LifeAct.REVOKE,
        number=row.number,
        on=row.decided_on,
        who=row.decided_by,
        at=row.done_at,
        lines=_said(
            ("理由", GROUND_WORDS.get(row.ground, row.ground) + in_brackets(row.article)),
            ("事实", row.facts),
            ("证据", row.evidence),
            ("送达", delivered or "尚未送达"),
        ),
        document_id=row.document_id,
    )


def _said(*lines: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, cover_numbers(text)) for label, text in lines if text)
