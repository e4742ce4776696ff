"""What the registers print, and what in them wants attention: insurance that lacks, training of the year, firms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.papers.book_papers import book_list, typical_case
from desktop.domain.access import Right
from desktop.domain.book import BookKind, BookRow
from desktop.domain.books import BOOKS, BookCriteria
from desktop.domain.errors import ClerkError
from desktop.domain.insured import InsuranceWarning
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.training_year import TrainingYear
from desktop.models.filing import Filing
from desktop.queries.books import attendances, book_forms, book_rows
from desktop.queries.filing_file import stored_filing
from desktop.queries.insured import insurance_warnings
from desktop.services.area_ledger import LONGEST_PAPER
from desktop.services.book_base import READERS, BookBase
from desktop.services.firms import firm_of

_TRAINING: Final = "training"
_DISTRICT: Final = "district"


class BookPapers(BookBase):
    """Nothing here writes."""

    def list_pdf(self, kind: BookKind, criteria: BookCriteria) -> bytes:
        """Give a register as a list for paper.

        Raises ``ClerkError``: not_permitted, list_too_long (count, most), office_not_set_up, missing_characters.
        """
        self._station.actor.require(*READERS)
        with self._database.reading() as session:
            rows = book_rows(session, kind, criteria, limit=LONGEST_PAPER + 1)
        if len(rows) > LONGEST_PAPER:
            raise ClerkError("list_too_long", count=f"超过 {LONGEST_PAPER}", most=LONGEST_PAPER)
        office, on = self._station.known_office(), self._station.today()
        return self._press.plain(book_list(BOOKS[kind], rows, said=_said(criteria), office=office, on=on))

    def case_pdf(self, uid: str) -> bytes:
        """Give a typical case as a summary that names nobody.

        Raises ``ClerkError``: not_permitted, no_such_entry, office_not_set_up, missing_characters.
        """
        self._station.actor.require(*READERS)
        with self._database.reading() as session:
            row = next((form for form in book_forms(session, uid) if form.ended_at is None), None)
            if row is None or row.kind is not BookKind.TYPICAL_CASE:
                raise ClerkError("no_such_entry", entry_id=uid)
            works = self._works(session, row)
        office, on = self._station.known_office(), self._station.today()
        return self._press.plain(typical_case(row, BOOKS[row.kind], works=works, office=office, on=on))

    def insurance_warnings(self) -> tuple[InsuranceWarning, ...]:
        """List the small works under way without 安责险, or with one that ends before them."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return tuple(map(_covered, insurance_warnings(session, self._station.today())))

    def insurance_of(self, filing_id: int) -> InsuranceWarning | None:
        """Give what is wanting in the insurance of one work, None when nothing is.

        Raises ``ClerkError``: not_permitted, no_such_filing.
        """
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            stored_filing(session, filing_id)
            found = insurance_warnings(session, self._station.today(), filing_id=filing_id)
            return next(map(_covered, found), None)

    def training_year(self, year: int) -> TrainingYear:
        """Say whether the district held its training in a year."""
        self._station.actor.require(*READERS)
        asked = BookCriteria(first_on=date(year, 1, 1), last_on=date(year, 12, 31))
        with self._database.reading() as session:
            rows = book_rows(session, BookKind.ACTIVITY, asked)
        held = [row for row in rows if (row.values.get("kind"), row.values.get("level")) == (_TRAINING, _DISTRICT)]
        persons = [count for row in held if isinstance(count := row.values.get("persons"), int)]
        last_on = max((row.happened_on for row in held), default=None)
        return TrainingYear(year=year, trainings=len(held), persons=sum(persons), last_on=last_on)

    def attendances(self, firm_id: int) -> tuple[BookRow, ...]:
        """List the trainings a firm or craftsman attended; raises ``ClerkError``: no_such_firm."""
        self._station.actor.require(*READERS)
        with self._database.reading() as session:
            return attendances(session, firm_id, firm_of(session, firm_id).name)

    def _works(self, session: Session, row: BookRow) -> str:
        if row.filing_id is None:
            return ""
        found = session.execute(select(Filing.kind, Filing.category_label).where(Filing.id == row.filing_id)).first()
        if found is None:
            return ""
        kind, category = found
        words = (self._station.pack().label_of("kind", kind) if kind else "", category)
        return "：".join(word for word in words if word)


def _said(criteria: BookCriteria) -> str:
    first, last = criteria.first_on, criteria.last_on
    period = (
        f"{first.isoformat() if first else '最早'} 至 {last.isoformat() if last else '最近'}" if first or last else ""
    )
    text = f"查找“{criteria.text}”" if criteria.text else ""
    return "，".join(part for part in (period, criteria.community or "", text) if part) or "全部"


def _covered(warning: InsuranceWarning) -> InsuranceWarning:
    return replace(warning, project_name=cover_numbers(warning.project_name), place=cover_numbers(warning.place))
