"""What the tab reads of a register at once, off the GUI thread: its entries, and what in it wants attention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.book import BookKind, BookRow, BookSpec
from desktop.domain.books import BookCriteria
from desktop.domain.errors import ClerkError
from desktop.domain.insured import InsuranceWarning
from desktop.domain.local_rules import local
from desktop.services.books import BookService


@dataclass(frozen=True, slots=True, kw_only=True)
class BookReading:
    """One register as read; ``note`` stands above the list."""

    spec: BookSpec
    rows: tuple[BookRow, ...]
    note: str = ""
    warnings: tuple[InsuranceWarning, ...] = ()


def read_book(books: BookService, spec: BookSpec, criteria: BookCriteria, today: date) -> BookReading:
    """Read one register; raises ``ClerkError``: not_permitted."""
    rows = books.all(spec.kind, criteria)
    if spec.kind is BookKind.ACTIVITY:
        held = books.training_year(today.year)
        mark = "●" if held.is_held else "▲"
        return BookReading(spec=spec, rows=rows, note=f"{mark} {held.words}")
    if spec.kind is BookKind.INSURANCE:
        warnings = _warnings(books)
        note = (
            local(f"▲ {len(warnings)} 件在建小型工程没有安责险或者将断保。")
            if warnings
            else local("● 在建小型工程都有安责险。")
        )
        return BookReading(spec=spec, rows=rows, note=note, warnings=warnings)
    return BookReading(spec=spec, rows=rows)


def _warnings(books: BookService) -> tuple[InsuranceWarning, ...]:
    try:
        return books.insurance_warnings()
    except ClerkError as error:
        if error.code != "not_permitted":
            raise
        return ()  # who keeps registers without seeing filings is not told of them
