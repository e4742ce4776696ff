"""Writing into the registers: a new entry, one put right by a later form, one withdrawn; nothing is ever deleted."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.acts import FieldFault
from desktop.domain.book import BookDraft, BookKind, BookSpec
from desktop.domain.book_reading import read_entry
from desktop.domain.books import BOOKS
from desktop.domain.errors import ClerkError
from desktop.models.book_entry import BookEntry
from desktop.models.filing import Filing
from desktop.queries.books import book_forms, standing_entry
from desktop.services.audit import changed_fields, record_event
from desktop.services.book_attachments import go_along
from desktop.services.book_base import WRITERS, BookBase, BookWritten, plain_of, unfit
from desktop.services.book_places import PlacedEntry
from desktop.services.filing_keys import storable
from desktop.services.firms import needed_reason
from desktop.services.once import row_of_act
from desktop.services.touched import BOOK_ENTRY

_PUT_RIGHT: Final = "更正"


class BookKeeping(BookBase):
    """Each act counts once by its act id."""

    def faults(self, draft: BookDraft) -> tuple[FieldFault, ...]:
        """Say all that is wrong with what is typed, each at its field; raises ``ClerkError("not_permitted")``."""
        self._station.actor.require(*WRITERS[draft.kind])
        with self._database.reading() as session:
            return self._read(session, draft)[1]

    def write(self, draft: BookDraft, *, act_id: str) -> BookWritten:
        """Write a new entry under the next number.

        Raises ``ClerkError``: not_permitted, outside_scope, book_unfit (field, why), act_id_used, office_not_set_up,
        database_locked, disk_full, read_only.
        """
        self._station.actor.require(*WRITERS[draft.kind])
        spec = BOOKS[draft.kind]
        with self._database.writing() as session:
            done = row_of_act(session, BookEntry, act_id, {"kind": draft.kind.value, "version": 1})
            if done is not None:
                return _written(session, done)
            entry = self._fit(session, draft)
            number = self._new_number(session)
            form = self._add(session, spec, entry, act_id=act_id, uid=act_id, version=1, number=number)
            record_event(
                session,
                self._station,
                act="book_written",
                summary=f"{spec.title}：{form.number}",
                changes=changed_fields({}, plain_of(form)),
                touched=[(BOOK_ENTRY, form.id)],
            )
            return _written(session, form)

    def put_right(self, uid: str, draft: BookDraft, *, version: int, act_id: str) -> BookWritten:
        """Put an entry right by a later form of it; the former form stays in the record.

        ``version`` is the form that was seen.  Raises as ``write``, and ``ClerkError``: no_such_entry, book_changed.
        """
        self._station.actor.require(*WRITERS[draft.kind])
        spec = BOOKS[draft.kind]
        with self._database.writing() as session:
            done = row_of_act(session, BookEntry, act_id, {"uid": uid, "kind": draft.kind.value})
            if done is not None:
                return _written(session, done)
            before = self._standing(session, uid, version)
            if before.kind != draft.kind.value:
                raise ClerkError("no_such_entry", entry_id=uid)
            entry = self._fit(session, draft)
            self._end(before, _PUT_RIGHT)
            of_form = {"uid": uid, "version": before.version + 1, "number": before.number}
            form = self._add(session, spec, entry, act_id=act_id, import_id=before.import_id, **of_form)
            record_event(
                session,
                self._station,
                act="book_put_right",
                summary=f"更正{spec.title}：{form.number}",
                changes=changed_fields(plain_of(before), plain_of(form)),
                touched=[(BOOK_ENTRY, before.id), (BOOK_ENTRY, form.id), *go_along(session, before, form)],
            )
            return _written(session, form)

    def withdraw(self, uid: str, reason: str, *, version: int) -> BookWritten:
        """Withdraw an entry that should not have been written; it no longer counts and stays in the record.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_entry, book_changed, reason_required.
        """
        with self._database.writing() as session:
            entry = self._standing(session, uid, version)
            why = needed_reason(reason)
            self._end(entry, why)
            entry.is_withdrawn = True
            record_event(
                session,
                self._station,
                act="book_withdrawn",
                summary=f"撤销{BOOKS[_kind(entry)].title}记录：{entry.number}",
                reason=why,
                touched=[(BOOK_ENTRY, entry.id)],
            )
            return _written(session, entry)

    def _standing(self, session: Session, uid: str, version: int) -> BookEntry:
        entry = standing_entry(session, uid)
        if entry is None:
            raise ClerkError("no_such_entry", entry_id=uid)
        self._require_area(_kind(entry), entry.community)
        if (
            entry.filing_id is not None
            and session.scalar(select(Filing.id).where(Filing.id == entry.filing_id)) is None
        ):
            # Of a trade that is not the own one: its number would be lost when the entry is written anew.
            raise ClerkError("outside_scope", user=self._station.actor.user_name, community=entry.community)
        if entry.version != version:
            raise ClerkError("book_changed", number=entry.number, by=entry.recorded_by)
        return entry

    def _end(self, entry: BookEntry, reason: str) -> None:
        entry.ended_at, entry.end_reason = self._station.now(), storable(reason)

    def _fit(self, session: Session, draft: BookDraft) -> PlacedEntry:
        entry, faults = self._read(session, draft)
        if faults:
            raise unfit(faults[0])
        self._require_area(draft.kind, entry.community)
        return entry

    def _read(self, session: Session, draft: BookDraft) -> tuple[PlacedEntry, tuple[FieldFault, ...]]:
        spec: BookSpec = BOOKS[draft.kind]
        read = read_entry(spec, dict(draft.texts), self._station.today())
        entry, faults = self._placed(session, spec, read)
        order = {field.key: place for place, field in enumerate(spec.fields)}
        return entry, tuple(sorted(faults, key=lambda fault: order[fault.field]))


def _kind(entry: BookEntry) -> BookKind:
    return BookKind(entry.kind)


def _written(session: Session, form: BookEntry) -> BookWritten:
    return BookWritten(row=next(row for row in book_forms(session, form.uid) if row.id == form.id))
