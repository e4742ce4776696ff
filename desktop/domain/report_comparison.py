"""Two countings of one report held against each other, cell by cell; words and order do not matter.  Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.measure import Figure
from desktop.domain.report import FigureChange, Report, ReportTable

TOTAL: Final = "合计"
_ABSENT: Final = Figure(None)
_PLACE = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class _Cell:
    """One figure with the words of where it stands."""

    table: str
    row: str
    column: str
    figure: Figure


def changes_between(then: Report, now: Report) -> tuple[FigureChange, ...]:
    """Give every figure that differs, in the order of the report; one that only one of them has is unknown there."""
    before, after = _cells(then), _cells(now)
    return tuple(_changes(before, after))


def _changes(before: Mapping[_PLACE, _Cell], after: Mapping[_PLACE, _Cell]) -> Iterator[FigureChange]:
    for place in dict.fromkeys((*before, *after)):
        old, new = before.get(place), after.get(place)
        said = old or new
        then, now = old.figure if old else _ABSENT, new.figure if new else _ABSENT
        if said is not None and then != now and not _is_nothing(then, now):
            yield FigureChange(table=said.table, row=said.row, column=said.column, then=then, now=now)


def _is_nothing(then: Figure, now: Figure) -> bool:
    """Say whether a row with a zero on one side has only no row on the other."""
    return (then.value or 0) == (now.value or 0) == 0 and _ABSENT in (then, now)


def _cells(report: Report) -> dict[_PLACE, _Cell]:
    return {place: cell for number, table in enumerate(report.tables) for place, cell in _of_table(number, table)}


def _of_table(number: int, table: ReportTable) -> Iterator[tuple[_PLACE, _Cell]]:
    title = table.spec.title
    for row in table.rows:
        # What is cut stands under one word, however many they are.
        label = "其他" if row.is_rest else row.member.label
        for column, figure in zip(table.columns, row.figures, strict=True):
            place = (number, f"{row.is_rest}{row.member.code}", column.code)
            yield place, _Cell(title, label, column.label, figure)
    for column, figure in zip(table.columns, table.total, strict=False):
        yield (number, TOTAL, column.code), _Cell(title, TOTAL, column.label, figure)
