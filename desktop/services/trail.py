"""Reading the audit trail: search, one event whole with numbers of persons covered, export; for auditors only."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from desktop.domain.access import Right
from desktop.domain.covered_text import covered_text, covered_value
from desktop.domain.errors import ClerkError
from desktop.domain.progress import SILENT, Progress
from desktop.domain.trail import TrailChange, TrailCriteria, TrailEvent, TrailRow, plain_text
from desktop.exchange.trail_workbook import TrailLine, TrailNote, write_trail_workbook
from desktop.models.database import Database
from desktop.models.durable import move_durably, sync_file
from desktop.models.record import AuditEvent
from desktop.queries.trail import (
    Span,
    event_rows,
    find_events,
    link_of,
    paper_titles,
    people_and_acts,
    stored_event,
    user_name_of,
)
from desktop.services.audit import record_event
from desktop.services.station import Station
from desktop.services.wording import SUBJECT_WORDS, act_word, field_word

_PAGE: Final = 500
_ASKED_WORDS: Final = {
    "text": "查找",
    "who": "人员",
    "act": "事项",
    "number": "编号",
    "first": "起",
    "last": "止",
}


class TrailService:
    """What an auditor asks of the trail.  The filings themselves stay closed: an event holds their number as text."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database = database
        self._station = station

    def ids(self, criteria: TrailCriteria) -> tuple[int, ...]:
        """Give the ids of the events asked for, the newest first; raises ``ClerkError("not_permitted")``."""
        self._station.actor.require(Right.AUDIT)
        with self._database.reading(is_whole=True) as session:
            return find_events(session, criteria, _span(criteria))

    def page(self, ids: Sequence[int]) -> tuple[TrailRow, ...]:
        """Give the rows of some events in the order of their ids."""
        self._station.actor.require(Right.AUDIT)
        with self._database.reading(is_whole=True) as session:
            return tuple(_covered(row) for row in event_rows(session, ids))

    def event(self, event_id: int) -> TrailEvent:
        """Give one event whole; raises ``ClerkError("no_such_event")``."""
        self._station.actor.require(Right.AUDIT)
        with self._database.reading(is_whole=True) as session:
            event = stored_event(session, event_id)
            return TrailEvent(
                row=_covered(event_rows(session, [event_id])[0]),
                reason=covered_text(event.reason),
                account=user_name_of(session, event.account_id),
                papers=paper_titles(session, event.paper_ids),
                changes=tuple(_changes(event)),
                subjects=_subjects(event.touched),
                mac=link_of(session, event_id),
            )

    def people_and_acts(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give who ever did something, and which acts are on record, to choose from."""
        self._station.actor.require(Right.AUDIT)
        with self._database.reading(is_whole=True) as session:
            return people_and_acts(session)

    def export(self, criteria: TrailCriteria, file: Path, progress: Progress = SILENT) -> int:
        """Write the events found into a workbook, numbers of persons covered, and record that; gives how many.

        Raises ``ClerkError``: not_permitted, cannot_save_file, disk_full; ``Cancelled``, and then there is neither
        file nor record.
        """
        self._station.actor.require(Right.AUDIT)
        asked = _asked(criteria)
        passing = file.with_name(f".{file.name}.part")
        try:
            count = self._write(passing, criteria, asked, progress)
            with self._database.writing(is_whole=True) as session:
                summary = f"导出审计记录 {count} 条（{asked or '全部'}）"
                record_event(session, self._station, act="trail_exported", summary=summary)
                sync_file(passing)
                move_durably(passing, file)
        except OSError as error:
            code = "disk_full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "cannot_save_file"
            raise ClerkError(code, path=str(file.parent), why=error.strerror or "") from error
        finally:
            passing.unlink(missing_ok=True)
        return count

    def _write(self, file: Path, criteria: TrailCriteria, asked: str, progress: Progress) -> int:
        ids = self.ids(criteria)
        actor = self._station.actor
        note = TrailNote(asked=asked or "全部", by=actor.name, at=self._station.now(), count=len(ids))
        return write_trail_workbook(file, self._lines(ids, progress), note)

    def _lines(self, ids: Sequence[int], progress: Progress) -> Iterator[TrailLine]:
        for start in range(0, len(ids), _PAGE):
            progress.step(start, len(ids))
            with self._database.reading(is_whole=True) as session:
                part = ids[start : start + _PAGE]
                for row in event_rows(session, part):
                    event = stored_event(session, row.id)
                    yield TrailLine(
                        row=_covered(row),
                        act=act_word(row.act),
                        reason=covered_text(event.reason),
                        changes="\n".join(f"{c.field}：{c.before} → {c.after}" for c in _changes(event)),
                        mac=link_of(session, row.id),
                    )
        progress.step(len(ids), len(ids))


def _span(criteria: TrailCriteria) -> Span:
    first = datetime.combine(criteria.first, time.min).astimezone() if criteria.first else None
    end = datetime.combine(criteria.last + timedelta(days=1), time.min).astimezone() if criteria.last else None
    return first, end


def _covered(row: TrailRow) -> TrailRow:
    return replace(row, summary=covered_text(row.summary))


def _changes(event: AuditEvent) -> Iterator[TrailChange]:
    for field, before, after in event.changes:
        yield TrailChange(field=field_word(field), before=_value(field, before), after=_value(field, after))


def _value(field: str, value: Any) -> str:
    return covered_value(field, plain_text(value))


def _subjects(touched: Sequence[Any]) -> tuple[str, ...]:
    if len(touched) > _PAGE:
        return (f"{len(touched)} 项",)
    return tuple(f"{SUBJECT_WORDS.get(kind, kind)} {key}" for kind, key, _fingerprint in touched)


def _asked(criteria: TrailCriteria) -> str:
    parts = []
    for field in fields(criteria):
        value = getattr(criteria, field.name)
        if value:
            shown = act_word(value) if field.name == "act" else covered_text(str(value))
            parts.append(f"{_ASKED_WORDS[field.name]} {shown}")
    return "；".join(parts)
