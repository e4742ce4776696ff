"""How one measure is counted: rows of which source, which of them fall into a period, and what they can be parted by.

A source names its tables, a count what of them is counted.  Joins that only one breakdown, the list of rows or the
moment of knowing needs are made only where they are asked for, so that the usual figure is read from one index.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, literal, true
from sqlalchemy.orm import InstrumentedAttribute

from desktop.domain.measure import Breakdown, RowKind
from desktop.domain.period import Period

Column = ColumnElement[Any] | InstrumentedAttribute[Any]
Joined = Callable[[Select[Any]], Select[Any]]
When = Callable[[Period], ColumnElement[bool]]
KnownWhen = Callable[[Period, datetime], ColumnElement[bool]]

_LONG: Final = {Breakdown.MONTH: 7, Breakdown.YEAR: 4}  # characters of an ISO day


def unjoined(statement: Select[Any]) -> Select[Any]:
    """Add nothing to a statement."""
    return statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a list shows of one row; ``joined`` adds what these columns need beyond the source's own tables."""

    number: Column
    title: Column
    place: Column
    community: Column
    filing_id: Column = field(default_factory=lambda: literal(None))
    note: Column = field(default_factory=lambda: literal(""))
    joined: Joined = unjoined


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePass:
    """How rows are told apart by several breakdowns at once: by columns in the order of an index, none of them NULL.

    ``within`` says which part of the index a period lies in.
    """

    columns: Mapping[Breakdown, Column]
    within: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The rows that some measures count.

    ``joined`` names the tables: ``statement.select_from(Patrol)``.  ``members`` are the codes by which rows are
    parted, never NULL (see ``code``); those that need a table more have their join in ``member_joins``, the same
    function for the same join, so that it is made once.  A breakdown
    may give one row several members: the row then stands in each.  ``on`` is the day of the event, ``known_at`` the
    moment at which this ledger came to know of it, with the join it needs; a row whose moment is NULL was always known.
    ``done_at`` is the moment at which it was recorded wherever that was, so that what a package brought can be told
    from it.  ``opens`` is what a row of the list opens, where that is not the row itself.  ``word`` names a row for
    people.  ``one_pass`` is how a report of several breakdowns reads the rows once for all of them, where that is less
    work.
    """

    row_kind: RowKind
    joined: Joined
    id: Column
    on: Column
    known_at: Column
    shown: Shown
    word: str
    members: Mapping[Breakdown, Column] = field(default_factory=lambda: MappingProxyType({}))
    member_joins: Mapping[Breakdown, Joined] = field(default_factory=lambda: MappingProxyType({}))
    known_joined: Joined = unjoined
    done_at: Column | None = None
    opens: Column | None = None
    one_pass: OnePass | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Count:
    """One measure: which rows fall into a period, or stand at its last day, and what each adds.

    Counts of one source that share ``when`` (the same function) are asked for in one statement, so ``only`` says what
    sets this one apart.  ``amount`` is summed, in parts of ``parts`` (100 for yuan kept in cents); rows are counted
    where it is None, different values where ``distinct`` is given.  ``day`` is the day that puts a row into a month;
    None stands for the source's ``on``, and ``is_stock`` figures have none.  ``known_when`` takes the place of ``when``
    where the figure is asked for as known at a moment and that is more than a moment of the source: a stock, whose
    rows may since have left it, or a later event on the same row.
    """

    source: Source
    when: When
    only: ColumnElement[bool] | None = None
    amount: Column | None = None
    parts: int = 1
    distinct: Column | None = None
    day: Column | None = None
    is_stock: bool = False
    joined: Joined = unjoined
    known_when: KnownWhen | None = None
    known_joined: Joined | None = None

    def can_be_parted(self, by: Breakdown) -> bool:
        """Say whether the rows can be parted so."""
        return by in self.source.members or (by in _LONG and not self.is_stock)

    def member(self, by: Breakdown) -> Column:
        """Give the code by which a row is parted; raises ``KeyError`` where the source does not know it."""
        if by in self.source.members:
            return self.source.members[by]
        if not self.can_be_parted(by):
            raise KeyError(by)
        return func.substr(cast(self.event_day, String), 1, _LONG[by])

    def is_rolled_up(self, *parted: Breakdown) -> bool:
        """Say whether the figures of these breakdowns add up from those of the source's one pass."""
        one_pass = self.source.one_pass
        if one_pass is None or self.distinct is not None or self.joined is not unjoined or not parted:
            return False
        return all(by in one_pass.columns for by in parted)

    @property
    def event_day(self) -> Column:
        """Give the day of the event that is counted."""
        return self.source.on if self.day is None else self.day

    def falls(self, period: Period, known_by: datetime | None) -> ColumnElement[bool]:
        """Say which rows fall into a period, as known at a moment or now."""
        if known_by is None:
            return self.when(period)
        if self.known_when is not None:
            return self.known_when(period, known_by)
        return and_(self.when(period), known(self.source.known_at, known_by))

    def joined_for(
        self, statement: Select[Any], *parted: Breakdown, known_by: datetime | None, more: Sequence[Joined] = ()
    ) -> Select[Any]:
        """Name the tables that the question needs, each join once."""
        joins = [self.source.joined, self.joined, *(self.source.member_joins.get(by, unjoined) for by in parted), *more]
        if known_by is not None:
            joins.append(self.known_joined or self.source.known_joined)
        for join in dict.fromkeys(joins):
            statement = join(statement)
        return statement

    @property
    def counted(self) -> ColumnElement[bool]:
        """Give what holds for the rows counted, whatever the period."""
        return true() if self.only is None else self.only


def known(known_at: Column, known_by: datetime) -> ColumnElement[bool]:
    """Say that something was known at a moment; what has no moment always was."""
    return func.coalesce(known_at <= known_by, true())


def code(column: Column) -> ColumnElement[str]:
    """Give a column as a member's code: empty for what is not filled in."""
    return func.coalesce(column, "")


def in_period(day: Column) -> When:
    """Say that an event's day lies in the period; keep the function for all counts of this day."""
    return lambda period: day.between(period.first_on, period.last_on)


def at_end(day: Column) -> When:
    """Say that something had happened by the last day of the period."""
    return lambda period: day <= period.last_on
