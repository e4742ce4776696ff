"""Registers as sheets: taken in whole or not at all, written out to be filled in or kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import FieldFault
from desktop.domain.book import BookKind, BookSpec
from desktop.domain.book_reading import heading_words, is_in_wan, read_entry
from desktop.domain.book_sheet import BookSheetPlan, BookSheetRow, BooksTaken
from desktop.domain.book_values import to_plain
from desktop.domain.books import BOOKS, BookCriteria
from desktop.domain.errors import ClerkError
from desktop.domain.headed_list import FoundList, filled_lines, proposed
from desktop.domain.progress import SILENT, Progress
from desktop.domain.search_keys import normalise
from desktop.domain.sheet_grid import CellValue, text_of
from desktop.domain.sheet_layout import skipped_as
from desktop.domain.typed_text import clean_text
from desktop.exchange.book_sheet import BookLine, write_book_sheet
from desktop.models.book_entry import BookEntry
from desktop.models.gate import SeenBy, see_as
from desktop.models.sheet_import import ImportedRow, SheetImport
from desktop.queries.books import book_rows
from desktop.services.audit import record_event
from desktop.services.book_base import CHANGED, WRITERS, BookBase
from desktop.services.book_places import PlacedEntry
from desktop.services.file_writing import written_file
from desktop.services.foreign_lists import found_list
from desktop.services.once import row_of_act
from desktop.services.review_steps import name_at_work
from desktop.services.touched import BOOK_ENTRY, fingerprints_from

MOST_ROWS: Final = 5000
_EACH: Final = 100  # rows between two steps of progress
_ALL: Final = BookCriteria()


class BookSheets(BookBase):
    """A sheet that was taken in doubles nothing when it is taken in again."""

    def plan_sheet(self, kind: BookKind, file: Path, *, progress: Progress = SILENT) -> BookSheetPlan:
        """Read a sheet and say what is wrong with each row, without writing anything.

        Raises ``Cancelled``, ``ClerkError``: not_permitted, no_list_headings (``missing``, ``headings``),
        sheet_too_many_rows, those of ``read_grid``.
        """
        return self._plan(kind, file, progress)[0]

    def take_sheet(
        self, kind: BookKind, file: Path, *, sha256: str, act_id: str, progress: Progress = SILENT
    ) -> BooksTaken:
        """Take in every row that is not there yet in one transaction; ``sha256`` is that of the file that was shown.

        Raises as ``plan_sheet``, and ``ClerkError``: file_changed, book_sheet_faulty (count, line, why), act_id_used,
        office_not_set_up, database_locked, disk_full, read_only.
        """
        plan, entries = self._plan(kind, file, progress)
        if plan.sha256 != sha256:
            raise ClerkError("file_changed", name=file.name)
        if plan.faulty:
            first = plan.faulty[0]
            raise ClerkError("book_sheet_faulty", count=len(plan.faulty), line=first.line, why=first.faults[0].message)
        with self._database.writing() as session:
            done = row_of_act(session, SheetImport, act_id, {"purpose": _purpose(kind)})
            if done is not None:
                return BooksTaken(taken=done.rows_taken, known=done.rows_known, changes=frozenset())
            return self._take(session, plan, entries, act_id=act_id, progress=progress)

    def template(self, kind: BookKind, file: Path) -> None:
        """Write the empty sheet of a register; raises ``ClerkError``: not_permitted, cannot_save_file, disk_full."""
        self._station.actor.require(*WRITERS[kind])
        office = self._station.office
        with written_file(file) as fresh:
            write_book_sheet(fresh, BOOKS[kind], communities=office.communities if office is not None else ())

    def save_sheet(self, kind: BookKind, file: Path, criteria: BookCriteria = _ALL) -> int:
        """Write the entries that stand into a file, put that on record, and give how many there were.

        Only what may be seen and taken out goes into it.  Raises ``ClerkError``: not_permitted, cannot_save_file,
        disk_full, database_locked.
        """
        for right in (Right.SEE, Right.EXPORT):
            self._station.actor.require(right)
        actor, spec = self._station.actor, BOOKS[kind]
        grants = tuple(grant for grant in actor.grants if grant.rights.issuperset((Right.SEE, Right.EXPORT)))
        with self._database.reading() as session:
            see_as(session, SeenBy(grants, actor.account_id, sees_trail=False))
            rows = book_rows(session, kind, criteria)
        said = (
            ("导出人", name_at_work(self._station)),
            ("导出时间", f"{self._station.now().astimezone():%Y-%m-%d %H:%M}"),
            ("条数", str(len(rows))),
        )
        with written_file(file) as fresh:
            write_book_sheet(fresh, spec, [BookLine(number=row.number, values=row.values) for row in rows], said=said)
            with self._database.writing() as session:
                record_event(session, self._station, act="books_out", summary=f"导出{spec.title} {len(rows)} 条")
        return len(rows)

    def _plan(
        self, kind: BookKind, file: Path, progress: Progress
    ) -> tuple[BookSheetPlan, tuple[tuple[PlacedEntry, str], ...]]:
        """Give the plan, and of each row the entry with the key by which it is known."""
        self._station.actor.require(*WRITERS[kind])
        spec, words = BOOKS[kind], heading_words(BOOKS[kind])
        needed = tuple(field.label for field in spec.fields if field.is_required)
        found, sha256 = found_list(file, words, needed=needed, progress=progress)
        mapped = proposed(found.headings, words)
        missing = tuple(field.label for field in spec.fields if field.is_required and field.key not in mapped)
        headings = tuple(text for text in found.headings if text)
        if missing:
            raise ClerkError("no_list_headings", missing=missing, headings=headings)
        lines = list(filled_lines(_without_totals(found), mapped))
        if len(lines) > MOST_ROWS:
            raise ClerkError("sheet_too_many_rows", most=MOST_ROWS)
        in_wan = frozenset(field.key for field in spec.fields if is_in_wan(field, mapped.get(field.key, "")))
        rows: list[BookSheetRow] = []
        entries: list[tuple[PlacedEntry, str]] = []
        with self._database.reading() as session:
            known = _known(session, kind)
            for place, (line, cells) in enumerate(lines):
                if place % _EACH == 0:
                    progress.step(place, len(lines))
                entry, faults = self._judged(session, spec, cells, in_wan)
                key = _key(kind, entry)
                texts = {field: text_of(cell) for field, cell in cells.items()}
                rows.append(BookSheetRow(line=line, texts=texts, faults=faults, is_known=key in known))
                entries.append((entry, key))
                if not faults:
                    known.add(key)
        plan = BookSheetPlan(
            kind=kind,
            file_name=file.name,
            sha256=sha256,
            sheet=found.sheet,
            mapped=mapped,
            unused=tuple(text for text in headings if text not in mapped.values()),
            rows=tuple(rows),
        )
        return plan, tuple(entries)

    def _judged(
        self, session: Session, spec: BookSpec, cells: Mapping[str, CellValue], in_wan: frozenset[str]
    ) -> tuple[PlacedEntry, tuple[FieldFault, ...]]:
        read = read_entry(spec, cells, self._station.today(), in_wan=in_wan)
        entry, faults = self._placed(session, spec, read)
        if not faults and not self._reaches(spec.kind, entry.community):
            where = f"“{entry.community}”" if entry.community else "全街道的记录"
            faults = (FieldFault(field="community", code="outside_scope", message=f"{where}不在本人的范围内"),)
        return entry, faults

    def _take(
        self,
        session: Session,
        plan: BookSheetPlan,
        entries: tuple[tuple[PlacedEntry, str], ...],
        *,
        act_id: str,
        progress: Progress,
    ) -> BooksTaken:
        spec, made = BOOKS[plan.kind], self._import(session, plan, act_id)
        first: int | None = None
        # Looked at again under the lock: another window may have taken the same sheet in meanwhile.
        known = _known(session, plan.kind)
        for place, (row, (entry, key)) in enumerate(zip(plan.rows, entries, strict=True)):
            if place % _EACH == 0:
                progress.step(place, len(plan.rows))
            if key in known:
                continue
            known.add(key)
            uid = f"{act_id}/{row.line}"
            of_form = {"uid": uid, "version": 1, "number": self._new_number(session)}
            form = self._add(session, spec, entry, act_id=uid, import_id=made.id, **of_form)
            first = first or form.id
            session.add(_imported(made, plan, row, form.id, key))
            made.rows_taken += 1
        made.rows_known = len(plan.rows) - made.rows_taken
        session.flush()
        hashed = () if first is None else fingerprints_from(session, BOOK_ENTRY, first)
        record_event(
            session,
            self._station,
            act="books_in",
            summary=f"导入{spec.title} {made.rows_taken} 条",
            changes=[("file_sha256", None, plan.sha256)],
            hashed=[(BOOK_ENTRY, key, fingerprint) for key, fingerprint in hashed],
        )
        return BooksTaken(taken=made.rows_taken, known=made.rows_known, changes=CHANGED)

    def _import(self, session: Session, plan: BookSheetPlan, act_id: str) -> SheetImport:
        made = SheetImport(
            act_id=act_id,
            purpose=_purpose(plan.kind),
            file_name=clean_text(plan.file_name),
            file_sha256=plan.sha256,
            mapping=dict(plan.mapped),
            rows_read=len(plan.rows),
            rows_taken=0,
            rows_known=0,
            rows_refused=0,
            imported_at=self._station.now(),
            imported_by=name_at_work(self._station),
            imported_by_id=self._station.actor.account_id,
        )
        session.add(made)
        session.flush()
        return made


def _imported(made: SheetImport, plan: BookSheetPlan, row: BookSheetRow, entry_id: int, key: str) -> ImportedRow:
    return ImportedRow(
        import_id=made.id,
        purpose=_purpose(plan.kind),
        row_key=key,
        row_number=row.line,
        subject=BOOK_ENTRY,
        subject_id=entry_id,
        kept={},
    )


def _purpose(kind: BookKind) -> str:
    return f"book:{kind.value}"


def _without_totals(found: FoundList) -> FoundList:
    """Empty the lines that are no entries: totals, titles, signatures, headings repeated on each page."""
    heads = tuple(normalise(heading) for heading in found.headings)
    lines = tuple(() if skipped_as(cells, heads) is not None else cells for cells in found.lines)
    return replace(found, lines=lines)


def _known(session: Session, kind: BookKind) -> set[str]:
    """Give the keys of what stands in the register, and of what a sheet brought that was put right since."""
    standing = select(BookEntry).where(BookEntry.kind == kind.value, BookEntry.ended_at.is_(None))
    known = {_key_of(kind, _told(entry)) for entry in session.scalars(standing)}
    return known | set(session.scalars(select(ImportedRow.row_key).where(ImportedRow.purpose == _purpose(kind))))


def _told(entry: BookEntry) -> dict[str, Any]:
    return {
        "values": entry.values,
        "community": entry.community,
        "organisation": entry.organisation,
        "filing_id": entry.filing_id,
    }


def _key(kind: BookKind, entry: PlacedEntry) -> str:
    told = {
        "values": to_plain(entry.values),
        "community": entry.community,
        "organisation": entry.organisation,
        "filing_id": entry.filing_id,
    }
    return _key_of(kind, told)


def _key_of(kind: BookKind, told: Mapping[str, Any]) -> str:
    plain = json.dumps([kind.value, told], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()
