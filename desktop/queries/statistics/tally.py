"""Counting: measures over a period, parted by up to two breakdowns, and the rows behind one figure are found alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, case, func, literal, select
from sqlalchemy.orm import Session

from desktop.domain.measure import Breakdown, Number
from desktop.domain.period import Period
from desktop.queries.statistics.book_counts import BOOK_COUNTS
from desktop.queries.statistics.counter_counts import COUNTER_COUNTS
from desktop.queries.statistics.deadline_counts import DEADLINE_COUNTS
from desktop.queries.statistics.enforcement_counts import ENFORCEMENT_COUNTS
from desktop.queries.statistics.found_counts import FOUND_COUNTS
from desktop.queries.statistics.hazard_counts import HAZARD_COUNTS
from desktop.queries.statistics.insurance_counts import INSURANCE_COUNTS
from desktop.queries.statistics.key_list_counts import KEY_LIST_COUNTS
from desktop.queries.statistics.patrol_counts import PATROL_COUNTS
from desktop.queries.statistics.quality_counts import QUALITY_COUNTS
from desktop.queries.statistics.registration_counts import REGISTRATION_COUNTS
from desktop.queries.statistics.source import Count, Joined

Within = Sequence[tuple[Breakdown, str]]
Cells = Mapping[tuple[str, str], Mapping[str, Number]]
_Place = tuple[Period, int, int]
_WORTH_A_PASS: Final = 3  # questions: telling rows apart by everything costs about as much as two of them

ALL_COUNTS: Final[Mapping[str, Count]] = MappingProxyType(
    {
        **REGISTRATION_COUNTS,
        **KEY_LIST_COUNTS,
        **COUNTER_COUNTS,
        **DEADLINE_COUNTS,
        **FOUND_COUNTS,
        **PATROL_COUNTS,
        **HAZARD_COUNTS,
        **ENFORCEMENT_COUNTS,
        **BOOK_COUNTS,
        **INSURANCE_COUNTS,
        **QUALITY_COUNTS,
    }
)


@dataclass(frozen=True, slots=True)
class _Together:
    """Counts that one statement answers: of one source, one window of days and the same tables."""

    counts: tuple[tuple[str, Count], ...]

    @property
    def first(self) -> Count:
        return self.counts[0][1]


class Passes:
    """Rows told apart by several breakdowns at once, read when first asked for, while one report is made."""

    def __init__(self, asked: Iterable[tuple[Period, Iterable[Breakdown | None], Iterable[str]]]) -> None:
        """Take up what will be asked: which measures over which period, parted how; few questions share nothing."""
        self._keys: defaultdict[_Place, dict[str, Count]] = defaultdict(dict)
        self._rows: dict[_Place, tuple[list[Breakdown], Sequence[Row[Any]]]] = {}
        questions: Counter[_Place] = Counter()
        for period, parted, keys in asked:
            by = [one for one in parted if one is not None]
            rolled = {key: count for key in keys if (count := ALL_COUNTS.get(key)) and count.is_rolled_up(*by)}
            for key, count in rolled.items():
                self._keys[_place(count, period)][key] = count
            questions.update({_place(count, period) for count in rolled.values()})
        self._worth_it = {place for place, often in questions.items() if often >= _WORTH_A_PASS}

    def rows(
        self, session: Session, together: _Together, period: Period, by: Breakdown | None, across: Breakdown | None
    ) -> Iterator[tuple[Any, ...]] | None:
        """Give the rows of a question as ``_statement`` would, None where they are not rolled up."""
        place = _place(together.first, period)
        keys, parted = self._keys.get(place, {}), [one for one in (by, across) if one is not None]
        if place not in self._worth_it or not all(
            key in keys and count.is_rolled_up(*parted) for key, count in together.counts
        ):
            return None
        if place not in self._rows:
            self._rows[place] = self._read(session, _Together(tuple(keys.items())), period)
        columns, rows = self._rows[place]
        return _rolled_up(
            rows,
            heads=[None if one is None else columns.index(one) for one in (by, across)],
            values=[len(columns) + list(keys).index(key) for key, _count in together.counts],
        )

    @staticmethod
    def _read(session: Session, together: _Together, period: Period) -> tuple[list[Breakdown], Sequence[Row[Any]]]:
        first = together.first
        one_pass = first.source.one_pass
        assert one_pass is not None
        columns = tuple(one_pass.columns.values())
        asked: Select[Any] = select(*columns, *(_column(count) for _key, count in together.counts))
        asked = asked.where(one_pass.within(period), first.when(period)).group_by(*columns)
        return list(one_pass.columns), session.execute(first.source.joined(asked)).all()


def _place(count: Count, period: Period) -> _Place:
    """Tell what is read together: rows of one source and one window of days."""
    return period, id(count.source), id(count.when)


def _rolled_up(
    rows: Sequence[Row[Any]], *, heads: Sequence[int | None], values: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    sums: defaultdict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * len(values))
    for row in rows:
        added = sums[tuple("" if head is None else row[head] for head in heads)]
        for place, value in enumerate(values):
            added[place] += row[value]
    return ((*codes, *added) for codes, added in sums.items())


def tally(
    session: Session,
    measures: Sequence[str],
    period: Period,
    *,
    by: Breakdown | None = None,
    across: Breakdown | None = None,
    within: Within = (),
    known_by: datetime | None = None,
    passes: Passes | None = None,
) -> Cells:
    """Count measures that are no ratios: by the codes of the members of ``by`` and ``across``, "" where not asked.

    Members of which nothing is counted are left out; without breakdown there is always the one cell.  ``known_by``
    counts what the ledger knew at that moment.  Of a period that is not over ask for its days up to the moment, so
    that no term still running and no validity still to end is held against anybody.

    Raises ``KeyError`` for a measure not known, or one that cannot be parted so.
    """
    found: defaultdict[tuple[str, str], dict[str, Number]] = defaultdict(dict)
    counts, parted = [(key, ALL_COUNTS[key]) for key in measures], (by, across, *(one for one, _ in within))
    for together in _grouped(counts, parted, is_past=known_by is not None):
        rows = None if passes is None else passes.rows(session, together, period, by, across)
        if rows is None:
            rows = iter(session.execute(_statement(together, period, by, across, within, known_by)))
        for row in rows:
            cell = found[row[0], row[1]]
            for (key, count), value in zip(together.counts, row[2:], strict=True):
                cell[key] = _number(value, count)
    cells = {codes: {key: cell.get(key, 0) for key in measures} for codes, cell in found.items()}
    is_parted = by is not None or across is not None
    return {codes: cell for codes, cell in cells.items() if not is_parted or any(cell.values())}


def rows_asked(
    count: Count,
    columns: Sequence[Any],
    period: Period,
    *,
    within: Within,
    known_by: datetime | None,
    more: Sequence[Joined] = (),
) -> Select[Any]:
    """Ask for columns of the rows that a measure counts; ``more`` joins what the columns need."""
    parted = [by for by, _code in within]
    statement = count.joined_for(select(*columns), *parted, known_by=known_by, more=more)
    return statement.where(count.counted, *_conditions(count, period, within, known_by))


def _statement(
    together: _Together,
    period: Period,
    by: Breakdown | None,
    across: Breakdown | None,
    within: Within,
    known_by: datetime | None,
) -> Select[Any]:
    first = together.first
    parted = [one for one in (by, across) if one is not None]
    members = [None if one is None else first.member(one) for one in (by, across)]
    heads = [literal("") if member is None else member for member in members]
    columns = [_column(count) for _key, count in together.counts]
    statement: Select[Any] = select(*heads, *columns).where(*_conditions(first, period, within, known_by))
    statement = first.joined_for(statement, *parted, *(one for one, _code in within), known_by=known_by)
    return statement.group_by(*(member for member in members if member is not None))


def _conditions(
    count: Count, period: Period, within: Within, known_by: datetime | None
) -> Iterator[ColumnElement[bool]]:
    yield count.falls(period, known_by)
    for by, code in within:
        yield count.member(by) == code


def _column(count: Count) -> ColumnElement[Any]:
    """Add up what a row adds, where it is one of those counted."""
    if count.distinct is not None:
        value = count.distinct if count.only is None else case((count.only, count.distinct))
        return func.count(value.distinct())
    if count.amount is None:
        return func.count() if count.only is None else func.count(case((count.only, 1)))
    amount = count.amount if count.only is None else case((count.only, count.amount))
    return func.coalesce(func.sum(amount), 0)


def _number(value: Any, count: Count) -> Number:
    return Decimal(value) / count.parts if count.parts != 1 else int(value)


def _grouped(
    counts: Sequence[tuple[str, Count]], parted: Sequence[Breakdown | None], *, is_past: bool
) -> Iterator[_Together]:
    """Put together what one statement answers; ``is_past`` is of what was known at a moment."""
    groups: defaultdict[tuple[Any, ...], list[tuple[str, Count]]] = defaultdict(list)
    for key, count in dict(counts).items():
        # Months are those of the day that is counted, so that counts of other days stand apart.
        days = tuple(str(count.event_day) for by in parted if by in (Breakdown.MONTH, Breakdown.YEAR))
        parts = [id(count.source), id(count.when), id(count.joined)]
        if is_past:
            parts += [id(count.known_when), id(count.known_joined)]
        groups[(*parts, *days)].append((key, count))
    for some in groups.values():
        yield _Together(tuple(some))
