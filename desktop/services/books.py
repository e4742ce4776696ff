"""The registers beside the ledger (登记簿): lists, entries, sheets in and out, papers, and what wants attention."""

from __future__ import annotations

from typing import Final

from desktop.domain.book import BookKind, BookRow, BookSpec
from desktop.domain.books import BOOKS, BookCriteria
from desktop.domain.errors import ClerkError
from desktop.queries.books import book_forms, book_rows, standing_row
from desktop.services.book_base import READERS
from desktop.services.book_keeping import BookKeeping
from desktop.services.book_papers import BookPapers
from desktop.services.book_sheets import BookSheets

MOST_SHOWN: Final = 5000
_ALL: Final = BookCriteria()


class BookService(BookKeeping, BookSheets, BookPapers):
    """One register is like another: what differs stands in its ``BookSpec``."""

    def specs(self) -> tuple[BookSpec, ...]:
        """Give the registers in the order in which they are offered."""
        return tuple(BOOKS.values())

    def all(self, kind: BookKind, criteria: BookCriteria = _ALL) -> tuple[BookRow, ...]:
        """List the entries of a register that stand, the last first, at most ``MOST_SHOWN``."""
        self._station.actor.require(*READERS)
        with self._database.reading() as session:
            return tuple(book_rows(session, kind, criteria, limit=MOST_SHOWN))

    def entry(self, entry_id: int) -> BookRow:
        """Give the form of an entry that stands, by the id of any of its forms.

        Raises ``ClerkError``: not_permitted, no_such_entry.
        """
        self._station.actor.require(*READERS)
        with self._database.reading() as session:
            row = standing_row(session, entry_id)
        if row is None:
            raise ClerkError("no_such_entry", entry_id=entry_id)
        return row

    def forms(self, uid: str) -> tuple[BookRow, ...]:
        """Give all forms of an entry, the last first; raises ``ClerkError``: not_permitted, no_such_entry."""
        self._station.actor.require(*READERS)
        with self._database.reading() as session:
            forms = book_forms(session, uid)
        if not forms:
            raise ClerkError("no_such_entry", entry_id=uid)
        return forms
