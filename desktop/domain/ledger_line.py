"""One line of an exported ledger: the row of the list with what a station's own lists are asked for besides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from desktop.domain.ledger import LedgerRow
from desktop.domain.masked_walk_in import cover_numbers, masked
from desktop.domain.walk_in import WalkIn


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """A filing as a table of others takes it, covered or whole as the walk-in in it is."""

    row: LedgerRow
    walk_in: WalkIn
    registration_number: str | None
    accepted_on: date | None
    acceptance_point: str
    platform_number: str
    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportNote:
    """What a table says of itself: when, by whom, what was asked for, and whether it shows numbers whole."""

    at: datetime
    station: str
    who: str
    asked: tuple[str, ...]
    is_whole: bool
    purpose: str


def covered_row(row: LedgerRow) -> LedgerRow:
    """Cover what somebody typed of numbers into the texts of a list."""
    return replace(
        row,
        project_name=cover_numbers(row.project_name),
        place=cover_numbers(row.place),
        owner_name=cover_numbers(row.owner_name),
        contractor_name=cover_numbers(row.contractor_name),
    )


def covered_line(line: LedgerLine, *, shows_area: bool) -> LedgerLine:
    """Give a line with everything personal covered."""
    return replace(line, row=covered_row(line.row), walk_in=masked(line.walk_in, shows_area=shows_area))
