"""What happened to a filing (一件一档的经过): the acts on it, and what was seen and asked on its site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.domain.bodies import TransferKind
from desktop.domain.hazard import STATE_WORDS as HAZARD_WORDS
from desktop.domain.hazard import HazardState
from desktop.domain.ledger import TimelineEntry
from desktop.domain.patrol_kinds import PatrolKind, PatrolResult
from desktop.domain.transfer import KIND_WORDS, TransferState
from desktop.domain.transfer import STATE_WORDS as TRANSFER_WORDS
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.models.record import AuditEvent
from desktop.models.transfer import Transfer
from desktop.queries.whole_site import on_whole_site

MOST_OF_A_KIND: Final = 50
# Told by the line of the matter itself, which says too what became of it.
_TOLD_BY_ROWS: Final = frozenset({"transfer"})
Row = TypeVar("Row", Hazard, Patrol, Transfer)


def timeline_of(session: Session, filing_id: int) -> tuple[TimelineEntry, ...]:
    """Give the acts on a filing with visits, hazards and matters handed on of its site, in the order of their entry.

    The site is the same before and after it came to be registered.
    Of visits, hazards and matters the last ``MOST_OF_A_KIND`` are told, those before them are counted.
    """
    entries = (
        *_visits(session, filing_id),
        *_hazards(session, filing_id),
        *_handed_on(session, filing_id),
        *_acts(session, filing_id),
    )
    return tuple(sorted(entries, key=lambda entry: entry.at))


def _acts(session: Session, filing_id: int) -> Iterator[TimelineEntry]:
    asked = select(AuditEvent).where(AuditEvent.filing_id == filing_id, AuditEvent.act.not_in(_TOLD_BY_ROWS))
    for event in session.scalars(asked.order_by(AuditEvent.id)):
        yield TimelineEntry(
            at=event.at,
            who=event.who,
            station=event.station,
            act=event.act,
            summary=event.summary,
            reason=event.reason,
            paper_ids=tuple(event.paper_ids),
        )


def _visits(session: Session, filing_id: int) -> Iterator[TimelineEntry]:
    rows, before = _last(session, Patrol, Patrol.visited_on, filing_id)
    for row in rows:
        number = f"平台编号 {row.platform_number}" if row.platform_number else f"巡查记录 {row.id} 号"
        said = f"{row.visited_on} {PatrolKind(row.kind).label}：{PatrolResult(row.result).label}，{number}"
        yield _line("patrol", said, at=row.recorded_at, who=row.recorded_by)
    if before:
        yield _line("patrol", f"更早的巡查 {before} 次，见巡查台账", at=min(row.recorded_at for row in rows))


def _hazards(session: Session, filing_id: int) -> Iterator[TimelineEntry]:
    rows, before = _last(session, Hazard, Hazard.found_on, filing_id)
    for row in rows:
        state = HAZARD_WORDS[HazardState(row.state)] + (f"（{row.cleared_on}）" if row.cleared_on else "")
        yield _line("hazard", f"{row.found_on} 发现隐患 {row.number}：{state}", at=row.found_at)
    if before:
        yield _line("hazard", f"更早的隐患 {before} 条，见隐患台账", at=min(row.found_at for row in rows))


def _handed_on(session: Session, filing_id: int) -> Iterator[TimelineEntry]:
    rows, before = _last(session, Transfer, Transfer.sent_on, filing_id)
    for row in rows:
        came = "，".join(part for part in (str(row.replied_on or ""), row.result, row.penalty) if part)
        state = TRANSFER_WORDS[TransferState(row.state)] + (f"：{came}" if came else "")
        said = f"{KIND_WORDS[TransferKind(row.kind)]} {row.number}，送{row.to_body}（{row.sent_on}），{state}"
        papers = () if row.document_id is None else (row.document_id,)
        yield _line("transfer", said, at=row.sent_at, who=row.sent_by, papers=papers)
    if before:
        yield _line("transfer", f"更早的移交 {before} 件，见移交台账", at=min(row.sent_at for row in rows))


def _last(
    session: Session, entity: type[Row], day: InstrumentedAttribute[object], filing_id: int
) -> tuple[list[Row], int]:
    """Give the rows of the latest days, and how many there are before them."""
    key = entity.__mapper__.primary_key[0]
    of_site = on_whole_site(session, entity, filing_id)
    newest = select(entity).where(of_site).order_by(day.desc(), key.desc()).limit(MOST_OF_A_KIND)
    rows = list(session.scalars(newest))
    if len(rows) < MOST_OF_A_KIND:
        return rows, 0
    count = session.scalar(select(func.count(key)).where(of_site)) or 0
    return rows, count - len(rows)


def _line(act: str, summary: str, *, at: datetime, who: str = "", papers: tuple[int, ...] = ()) -> TimelineEntry:
    return TimelineEntry(at=at, who=who, station="", act=act, summary=summary, reason="", paper_ids=papers)
