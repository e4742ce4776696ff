"""The register of what is told upward (情况反馈, 平台使用意见建议): noted, told, answered, given out by period."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Change, FieldFault
from desktop.domain.errors import ClerkError
from desktop.domain.feedback import KIND_WORDS, FeedbackDraft, FeedbackKind, FeedbackRow, feedback_faults
from desktop.domain.ledger_table import LedgerTable
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.typed_text import clean_text
from desktop.exchange.tables_workbook import write_tables_workbook
from desktop.models.database import Database
from desktop.models.report_upward import Feedback
from desktop.services.audit import changed_fields, flattened, record_event
from desktop.services.file_writing import written_file
from desktop.services.filing_keys import storable
from desktop.services.once import row_of_act
from desktop.services.station import Station
from desktop.services.touched import FEEDBACK

_CHANGED = frozenset({Change.PARTIES})
_WRITERS = (Right.REGISTER, Right.PATROL_FEEDBACK, Right.DECIDE_EXCEPTIONS)
_COLUMNS = ("类别", "发现日期", "情况或者意见", "反馈对象", "反馈日期", "答复", "答复日期", "状态", "记录人")
_WIDTHS = (18, 14, 70, 24, 14, 50, 14, 10, 12)


class FeedbackService:
    """Keeps the register.  Who does not see the whole ledger sees their own entries."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database, self._station = database, station

    def faults(self, draft: FeedbackDraft) -> tuple[FieldFault, ...]:
        """Say what is wrong with a typed feedback."""
        return feedback_faults(draft, self._station.today())

    def all(
        self, first: date | None = None, last: date | None = None, kind: FeedbackKind | None = None
    ) -> tuple[FeedbackRow, ...]:
        """List the feedback noticed within a period (both days included), the last first, numbers covered."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return _rows(session, first, last, kind)

    def of(self, feedback_id: int) -> FeedbackDraft:
        """Give one feedback as it was typed, to go on with it; raises ``ClerkError``: not_permitted, no_such_entry."""
        self._station.actor.require(*_WRITERS)
        with self._database.reading() as session:
            return _draft(_stored(session, feedback_id))

    def note(self, draft: FeedbackDraft, *, act_id: str) -> int:
        """Note a feedback and give its id; the same ``act_id`` twice counts once.

        Raises ``ClerkError``: not_permitted, feedback_unfit (``field``, ``why``), act_id_used, database_locked.
        """
        self._station.actor.require(*_WRITERS)
        self._refuse(draft)
        with self._database.writing() as session:
            done = row_of_act(session, Feedback, act_id)
            if done is not None:
                return done.id
            office, actor = self._station.office, self._station.actor
            row = Feedback(
                act_id=act_id,
                noted_at=self._station.now(),
                noted_by=storable(actor.name or (office.clerk_name if office else "")),
                noted_by_id=actor.account_id,
            )
            _fill(row, draft)
            session.add(row)
            session.flush()
            self._record(session, row, before=None)
            return row.id

    def change(self, feedback_id: int, draft: FeedbackDraft) -> frozenset[Change]:
        """Go on with a feedback: told to whom and when, what was replied; gives nothing when nothing changed.

        Raises ``ClerkError``: not_permitted, no_such_entry, feedback_unfit (``field``, ``why``), database_locked.
        """
        self._station.actor.require(*_WRITERS)
        self._refuse(draft)
        with self._database.writing() as session:
            row = _stored(session, feedback_id)
            before = _draft(row)
            _fill(row, draft)
            if _draft(row) == before:
                return frozenset()
            self._record(session, row, before=before)
        return _CHANGED

    def export(
        self, file: Path, first: date | None = None, last: date | None = None, kind: FeedbackKind | None = None
    ) -> int:
        """Write the feedback of a period as .xlsx, numbers covered and on record; gives how many there are.

        Raises ``ClerkError``: not_permitted, period_reversed, cannot_save_file, disk_full, database_locked.
        """
        self._station.actor.require(Right.EXPORT)
        if first is not None and last is not None and last < first:
            raise ClerkError("period_reversed")
        rows = self.all(first, last, kind)
        asked = f"{first or '起始'} 至 {last or '今天'}"
        table = LedgerTable(
            title=KIND_WORDS[kind] if kind else "情况反馈",
            headers=_COLUMNS,
            widths=_WIDTHS,
            rows=tuple(_texts(row) for row in rows),
        )
        office = self._station.office
        note = (
            ("单位", f"{office.street_name} {office.station_name}" if office else ""),
            ("期间", asked),
            ("导出时间", f"{self._station.now().astimezone():%Y-%m-%d %H:%M}"),
        )
        with written_file(file) as fresh:
            write_tables_workbook(fresh, (table,), note)
            with self._database.writing() as session:
                summary = f"导出情况反馈 {len(rows)} 条（{asked}）"
                record_event(session, self._station, act="feedback_out", summary=summary)
        return len(rows)

    def _refuse(self, draft: FeedbackDraft) -> None:
        fault = next(iter(self.faults(draft)), None)
        if fault is not None:
            raise ClerkError("feedback_unfit", field=fault.field, why=fault.message)

    def _record(self, session: Session, row: Feedback, *, before: FeedbackDraft | None) -> None:
        said = KIND_WORDS[FeedbackKind(row.kind)]
        record_event(
            session,
            self._station,
            act="feedback",
            summary=f"{'更改' if before else '记'}{said}",
            changes=changed_fields(_plain(before) if before else {}, _plain(_draft(row))),
            touched=[(FEEDBACK, row.id)],
        )


def _rows(
    session: Session, first: date | None, last: date | None, kind: FeedbackKind | None
) -> tuple[FeedbackRow, ...]:
    asked = select(Feedback).order_by(Feedback.noticed_on.desc(), Feedback.id.desc())
    if first is not None:
        asked = asked.where(Feedback.noticed_on >= first)
    if last is not None:
        asked = asked.where(Feedback.noticed_on <= last)
    if kind is not None:
        asked = asked.where(Feedback.kind == kind.value)
    return tuple(
        FeedbackRow(
            id=row.id,
            kind=FeedbackKind(row.kind),
            noticed_on=row.noticed_on,
            content=cover_numbers(row.content),
            told_to=cover_numbers(row.told_to),
            told_on=row.told_on,
            reply=cover_numbers(row.reply),
            replied_on=row.replied_on,
            noted_at=row.noted_at,
            noted_by=row.noted_by,
        )
        for row in session.scalars(asked)
    )


def _stored(session: Session, feedback_id: int) -> Feedback:
    row = session.get(Feedback, feedback_id)
    if row is None:
        raise ClerkError("no_such_entry", entry_id=feedback_id)
    return row


def _fill(row: Feedback, draft: FeedbackDraft) -> None:
    assert draft.noticed_on is not None
    row.kind, row.noticed_on = draft.kind.value, draft.noticed_on
    row.content, row.told_to = clean_text(draft.content), clean_text(draft.told_to)
    row.told_on, row.reply, row.replied_on = draft.told_on, clean_text(draft.reply), draft.replied_on


def _draft(row: Feedback) -> FeedbackDraft:
    return FeedbackDraft(
        kind=FeedbackKind(row.kind),
        noticed_on=row.noticed_on,
        content=row.content,
        told_to=row.told_to,
        told_on=row.told_on,
        reply=row.reply,
        replied_on=row.replied_on,
    )


def _plain(draft: FeedbackDraft) -> dict[str, object]:
    # What the trail keeps is read by auditors: numbers of persons are covered there.
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(draft).items()}
    return flattened({name: cover_numbers(each) if isinstance(each, str) else each for name, each in plain.items()})


def _texts(row: FeedbackRow) -> tuple[str, ...]:
    return (
        KIND_WORDS[row.kind],
        row.noticed_on.isoformat(),
        row.content,
        row.told_to,
        row.told_on.isoformat() if row.told_on else "",
        row.reply,
        row.replied_on.isoformat() if row.replied_on else "",
        row.state,
        row.noted_by,
    )
