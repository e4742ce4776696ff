"""Making the tables of a report out of what was counted: one question for each source and breakdown, ratios divided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Protocol

from sqlalchemy.orm import Session

from desktop.domain.measure import Breakdown, Figure, Measure, Member, Number
from desktop.domain.measures import MEASURES
from desktop.domain.period import Period
from desktop.domain.progress import SILENT, Progress
from desktop.domain.report import ReportTable, TableRow, TableSpec
from desktop.queries.statistics.tally import ALL_COUNTS, Passes, tally

Within = tuple[tuple[Breakdown, str], ...]
Parted = tuple[Breakdown | None, Breakdown | None]
Cells = Mapping[tuple[str, str], Mapping[str, Number]]


class Words(Protocol):
    """Orders the members of breakdowns and names them."""

    def ordered(self, by: Breakdown, codes: Iterable[str], period: Period) -> Sequence[str]:
        """Give the codes found in their order, with those that stand in a table without a row."""

    def names(self, by: Breakdown, codes: Collection[str]) -> Mapping[str, str]:
        """Give the word for each code."""


NOW: Final = "now"
BEFORE: Final = "before"
YEAR_BEFORE: Final = "year_before"
REST: Final = "rest"
REST_LABEL: Final = "其他"
_UNKNOWN: Final = Figure(None)
_NOTHING: Final[Mapping[str, Number]] = {}
_EXACT: Final = Decimal("0.000001")  # of a ratio as kept: what is printed has fewer places


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """One period as it is counted: whose rows, as known at which moment.

    ``until`` is the day that is counted up to: what stands at the end of a period that has not ended stands then.
    """

    session: Session
    period: Period
    until: date
    within: Within = ()
    known_by: datetime | None = None
    words: Words
    progress: Progress = SILENT
    _counted: dict[tuple[Period, Parted], Cells] = field(default_factory=dict)

    def tables(self, specs: Sequence[TableSpec]) -> tuple[ReportTable, ...]:
        """Give the tables with their figures; a measure that this version does not know is left out.

        Raises ``Cancelled``.
        """
        wanted = self._wanted(specs)
        passes = self._passes(wanted)
        for done, ((period, parted), keys) in enumerate(wanted.items()):
            self.progress.step(done, len(wanted))
            self._counted[period, parted] = self._count(keys, period, parted, passes)
        return tuple(self._table(spec) for spec in specs if known_measures(spec))

    def _wanted(self, specs: Sequence[TableSpec]) -> dict[tuple[Period, Parted], dict[str, None]]:
        """Say what is counted over which period and parted how: each measure once."""
        wanted: defaultdict[tuple[Period, Parted], dict[str, None]] = defaultdict(dict)
        for spec in specs:
            keys = dict.fromkeys(counted_keys(known_measures(spec)))
            across = spec.across if spec.by is not None else None
            for parted in dict.fromkeys(((spec.by, across), (None, across))):
                wanted[self.period, parted].update(keys)
            if spec.by is None:
                for period in self.period.compared()[1:]:
                    wanted[period, (None, None)].update(keys)
        return dict(wanted)

    def _passes(self, wanted: Mapping[tuple[Period, Parted], Iterable[str]]) -> Passes | None:
        """Let breakdowns of the same rows be read together, where all rows are counted as they stand now."""
        if self.within or self.known_by is not None:
            return None
        return Passes((clipped(period, self.until), parted, keys) for (period, parted), keys in wanted.items())

    def _count(self, keys: Iterable[str], period: Period, parted: Parted, passes: Passes | None) -> Cells:
        by, across = parted
        able = [key for key in keys if self._is_able(key, parted)]
        if not able:
            return {}
        return tally(
            self.session,
            able,
            clipped(period, self.until),
            by=by,
            across=across,
            within=self.within,
            known_by=self.known_by,
            passes=passes,
        )

    def _is_able(self, key: str, parted: Parted) -> bool:
        asked = [*(one for one in parted if one is not None), *(by for by, _code in self.within)]
        return key in ALL_COUNTS and all(ALL_COUNTS[key].can_be_parted(one) for one in asked)

    def _table(self, spec: TableSpec) -> ReportTable:
        if spec.by is None:
            return self._summary(spec)
        return self._across(spec) if spec.across is not None else self._parted(spec)

    def _summary(self, spec: TableSpec) -> ReportTable:
        """Give the table of measures now, before and, where that is another period, a year before."""
        periods = tuple(zip((NOW, BEFORE, YEAR_BEFORE), self.period.compared(), strict=False))
        rows = tuple(
            TableRow(
                member=Member(key, MEASURES[key].label),
                figures=tuple(self._figure(key, period, (None, None), ("", "")) for _code, period in periods),
            )
            for key in known_measures(spec)
        )
        return ReportTable(spec=spec, columns=tuple(Member(code, each.label) for code, each in periods), rows=rows)

    def _parted(self, spec: TableSpec) -> ReportTable:
        assert spec.by is not None
        keys, parted = known_measures(spec), (spec.by, None)
        codes = self._ordered(spec.by, [row for row, _column in self._counted[self.period, parted]])
        rows = [(code, tuple(self._figure(key, self.period, parted, (code, "")) for key in keys)) for code in codes]
        return ReportTable(
            spec=spec,
            columns=tuple(Member(key, MEASURES[key].label) for key in keys),
            rows=self._rows(spec, rows, [MEASURES[key] for key in keys]),
            total=tuple(self._figure(key, self.period, (None, None), ("", ""), total_of=parted) for key in keys),
        )

    def _across(self, spec: TableSpec) -> ReportTable:
        assert spec.by is not None
        assert spec.across is not None
        key, parted, below = known_measures(spec)[0], (spec.by, spec.across), (None, spec.across)
        cells, sums = self._counted[self.period, parted], self._counted[self.period, below]
        across = self._ordered(spec.across, [column for _row, column in (*cells, *sums)])
        names = self.words.names(spec.across, across)
        rows = [
            (code, tuple(self._figure(key, self.period, parted, (code, column)) for column in across))
            for code in self._ordered(spec.by, [row for row, _column in cells])
        ]
        return ReportTable(
            spec=spec,
            columns=tuple(Member(code, names[code]) for code in across),
            rows=self._rows(spec, rows, [MEASURES[key]] * len(across)),
            total=tuple(self._figure(key, self.period, below, ("", column), total_of=parted) for column in across),
        )

    def _ordered(self, by: Breakdown, codes: Iterable[str]) -> Sequence[str]:
        return self.words.ordered(by, codes, clipped(self.period, self.until))

    def _rows(
        self, spec: TableSpec, rows: Sequence[tuple[str, tuple[Figure, ...]]], measures: Sequence[Measure]
    ) -> tuple[TableRow, ...]:
        """Put rows in order, cut them where the table is to be short, and name what is left."""
        assert spec.by is not None
        if spec.by not in ORDERED:
            # What is not filled in comes last, however much it is; the order of words decides between equals.
            rows = sorted(rows, key=lambda row: (not row[0], [-(each.value or 0) for each in row[1]]))
        shown, cut = rows[: spec.most], rows[len(rows[: spec.most]) :]
        names = self.words.names(spec.by, [code for code, _figures in shown])
        named = [TableRow(member=Member(code, names[code]), figures=figures) for code, figures in shown]
        if cut:
            figures = tuple(
                _together(measure, [row[1][place] for row in cut]) for place, measure in enumerate(measures)
            )
            rest = Member(REST, f"{REST_LABEL}（{len(cut)} 项）")
            named.append(TableRow(member=rest, figures=figures, is_rest=True))
        return tuple(named)

    def _figure(
        self, key: str, period: Period, parted: Parted, codes: tuple[str, str], *, total_of: Parted | None = None
    ) -> Figure:
        """Give one cell; ``total_of`` is how the rows above a total are parted: what they cannot say it does not."""
        measure = MEASURES[key]
        if not all(self._is_able(each, total_of or parted) for each in counted_keys((key,))):
            return _UNKNOWN
        if (period, parted) not in self._counted:
            raise KeyError(parted)
        cell = self._counted[period, parted].get(codes, _NOTHING)
        if not measure.is_ratio:
            return Figure(cell.get(key, 0))
        return quotient(measure, cell.get(measure.numerator, 0), cell.get(measure.denominator, 0))


def clipped(period: Period, until: date) -> Period:
    """Give a period up to a day where it has not ended by then."""
    return replace(period, last_on=min(period.last_on, max(until, period.first_on)))


def quotient(measure: Measure, numerator: Number, denominator: Number) -> Figure:
    """Divide; nothing to divide by makes the value unknown, not zero."""
    if not denominator:
        return Figure(None, numerator, denominator)
    value = (Decimal(numerator) * measure.scale / Decimal(denominator)).quantize(_EXACT)
    return Figure(value, numerator, denominator)


def known_measures(spec: TableSpec) -> tuple[str, ...]:
    """Give the measures of a table that this version of the program knows."""
    return tuple(key for key in spec.measures if key in MEASURES)


def counted_keys(keys: Iterable[str]) -> Iterator[str]:
    """Give what has to be counted for some measures: themselves, or the two parts of a ratio."""
    for key in keys:
        measure = MEASURES[key]
        yield from (measure.numerator, measure.denominator) if measure.is_ratio else (key,)


def measures_of(specs: Iterable[TableSpec]) -> dict[str, Measure]:
    """Give the definitions of all measures in some tables, and of what their ratios are made of."""
    keys = [key for spec in specs for key in known_measures(spec)]
    return {key: MEASURES[key] for key in dict.fromkeys((*keys, *counted_keys(keys))) if key in MEASURES}


# What has an order of its own stands in it; the others stand by their first figure, the largest first.
ORDERED: Final = frozenset(
    {
        Breakdown.MONTH,
        Breakdown.YEAR,
        Breakdown.RISK,
        Breakdown.KIND,
        Breakdown.HAZARD_LEVEL,
        Breakdown.PATROL_LEVEL,
        Breakdown.WORKS_AND_TYPE,
    }
)


def _together(measure: Measure, figures: Sequence[Figure]) -> Figure:
    if measure.is_ratio:
        numerators = [each.numerator for each in figures if each.numerator is not None]
        denominators = [each.denominator for each in figures if each.denominator is not None]
        return quotient(measure, sum(numerators), sum(denominators)) if denominators else _UNKNOWN
    values = [each.value for each in figures if each.value is not None]
    return Figure(sum(values)) if values else _UNKNOWN
