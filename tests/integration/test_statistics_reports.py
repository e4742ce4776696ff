"""Reports counted by the desk: what they show, how far they reach, and as of which moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from desktop.domain.access import Grant, Role
from desktop.domain.acts import Act
from desktop.domain.errors import ClerkError
from desktop.domain.measure import Breakdown, Figure, Member, RowsAsked
from desktop.domain.measures import MEASURES
from desktop.domain.period import PeriodKind, parse_period, period_of
from desktop.domain.progress import Cancelled
from desktop.domain.report import ChartKind, Report, ReportDefinition, ReportKind, ReportTable, TableSpec
from desktop.domain.walk_in import ONLINE, WalkIn
from desktop.queries.statistics.tally import ALL_COUNTS
from desktop.services.desk import Desk
from tests import factories
from tests.integration.at_work import person, work_as
from tests.integration.conftest import Clock, Decide

MARCH = period_of(PeriodKind.MONTH, factories.FILED_ON)
YEAR = period_of(PeriodKind.YEAR, factories.FILED_ON)
_NOBODY_HERE = "新禾社区"
_HERE = "坪安社区"


def one_table(*measures: str, **more: Any) -> ReportDefinition:
    """A report of one table."""
    spec = TableSpec(key="one", title="一张表", measures=measures, **more)
    return ReportDefinition(kind=ReportKind.PERIOD, name="测试表", period_kind=PeriodKind.MONTH, tables=(spec,))


def shown(table: ReportTable) -> dict[str, tuple[Any, ...]]:
    """The figures of a table by the code of the row."""
    return {row.member.code: tuple(figure.value for figure in row.figures) for row in table.rows}


def at(walk_in: WalkIn, community: str) -> WalkIn:
    """The matter in another community."""
    return replace(walk_in, place=replace(walk_in.place, community=community))


@pytest.mark.requirement("LG-21-2d")
def test_a_period_is_shown_beside_the_one_before_and_the_year_before(
    desk: Desk, clock: Clock, complete: WalkIn, decide: Decide
) -> None:
    for day, count in ((date(2025, 3, 10), 2), (date(2026, 3, 10), 1)):
        clock.day = day
        for _ in range(count):
            decide(complete)
    (table,) = desk.statistics.report(one_table("registered"), MARCH).tables
    assert shown(table) == {"registered": (1, 0, 2)}
    assert [column.label for column in table.columns] == ["2026年3月", "2026年2月", "2025年3月"]


@pytest.mark.requirement("LG-21-2d")
def test_a_year_stands_beside_the_year_before_once(desk: Desk, clock: Clock, complete: WalkIn, decide: Decide) -> None:
    for day, count in ((date(2025, 3, 10), 2), (date(2026, 3, 10), 1)):
        clock.day = day
        for _ in range(count):
            decide(complete)
    (table,) = desk.statistics.report(one_table("registered"), YEAR).tables
    assert shown(table) == {"registered": (1, 2)}
    assert [column.label for column in table.columns] == ["2026年", "2025年"]


@pytest.mark.requirement("LG-21-2d", "JS-2.4b")
def test_a_table_by_community_lists_those_without_a_row_too(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    decide(complete)
    (table,) = desk.statistics.report(one_table("registered", by=Breakdown.COMMUNITY), MARCH).tables
    assert shown(table) == {_HERE: (1,), _NOBODY_HERE: (0,)}
    assert [figure.value for figure in table.total] == [1]


@pytest.mark.requirement("LG-21-2d", "LG-26-1")
def test_what_was_filed_online_is_counted_apart_from_the_window(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    for facts in (complete.facts, complete.facts.with_facts(filing_channel=ONLINE)):
        decide(replace(complete, facts=facts))
    (table,) = desk.statistics.report(one_table("registered", by=Breakdown.CHANNEL), MARCH).tables
    assert shown(table) == {"online": (1,), "window": (1,)}


def test_a_ratio_of_nothing_is_unknown_and_not_zero(desk: Desk) -> None:
    report = desk.statistics.report(one_table("second_notice_rate"), MARCH)
    assert report.tables[0].rows[0].figures[0] == Figure(None, 0, 0)
    assert any(note.startswith("“—”") for note in report.notes)


def test_what_a_measure_cannot_be_parted_by_stays_unknown(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    decide(complete)
    (table,) = desk.statistics.report(one_table("registered", "visits", by=Breakdown.OUTCOME), MARCH).tables
    assert shown(table)[Act.ACCEPT.value] == (None, 1)
    assert table.total[0].value is None


def test_a_table_is_cut_after_its_most_rows_and_the_rest_stands_together(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    for place, count in enumerate((3, 2, 1)):
        for _ in range(count):
            decide(at(complete, f"{place}号社区"))
    definition = one_table("registered", by=Breakdown.COMMUNITY, most=1)
    (table,) = desk.statistics.report(definition, MARCH).tables
    first, rest = table.rows
    assert (first.member.label, first.figures[0].value) == ("0号社区", 3)
    assert (rest.is_rest, rest.figures[0].value) == (True, 3)


def test_a_cross_table_counts_each_of_its_columns_in_all(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    decide(complete)
    decide(at(complete, _NOBODY_HERE))
    definition = one_table("registered", by=Breakdown.COMMUNITY, across=Breakdown.KIND)
    (table,) = desk.statistics.report(definition, MARCH).tables
    assert [column.code for column in table.columns] == ["small_work", "minor_operation"]
    assert shown(table) == {_HERE: (1, 0), _NOBODY_HERE: (1, 0)}
    assert [figure.value for figure in table.total] == [2, 0]


def test_what_stands_at_the_end_of_an_unfinished_period_stands_today(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    decide(complete)  # runs out within the year
    report = desk.statistics.report(one_table("in_progress", "overdue_open"), YEAR)
    assert shown(report.tables[0])["overdue_open"][0] == 0
    assert any("本期尚未结束" in note for note in report.notes)


def test_a_report_as_of_an_earlier_moment_does_not_know_what_came_later(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    decide(complete)
    first = desk.statistics.report(one_table("registered"), MARCH)
    decide(complete)
    again = desk.statistics.report(one_table("registered"), MARCH, as_of=first.as_of)
    assert again.tables == first.tables
    assert shown(desk.statistics.report(one_table("registered"), MARCH).tables[0])["registered"][0] == 2


def test_a_moment_that_has_not_come_is_refused(desk: Desk, clock: Clock) -> None:
    with pytest.raises(ClerkError, match="as_of_in_future"):
        desk.statistics.report(one_table("registered"), MARCH, as_of=clock.moment + timedelta(days=1))


@pytest.mark.requirement("LG-21-2d")
def test_a_report_counts_within_the_areas_of_its_maker_and_says_so(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    decide(complete)
    decide(at(complete, _NOBODY_HERE))
    work_as(desk, person(11, "社区统计", Role.PATROLLER, areas=frozenset({_HERE})))
    report = desk.statistics.report(one_table("registered", by=Breakdown.COMMUNITY), MARCH)
    assert shown(report.tables[0]) == {_HERE: (1,)}
    assert report.scope == f"社区：{_HERE}"
    work_as(desk, person(12, "分管", Role.MANAGER))
    assert desk.statistics.report(one_table("registered"), MARCH).scope == "全部社区、全部行业"


def test_a_grant_that_sees_but_makes_no_statistics_adds_nothing(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    decide(complete)
    decide(at(complete, _NOBODY_HERE))
    here = Grant(role=Role.PATROLLER, areas=frozenset({_HERE}))
    sees_all = Grant(role=Role.DISTRICT_GOVERNMENT_USER)
    work_as(desk, replace(person(13, "兼职"), grants=(here, sees_all)))
    assert shown(desk.statistics.report(one_table("registered"), MARCH).tables[0])["registered"][0] == 1


def test_who_may_not_make_statistics_counts_nothing(desk: Desk) -> None:
    work_as(desk, person(14, "管账", Role.ADMINISTRATOR))
    asks: tuple[Callable[[], object], ...] = (
        lambda: desk.statistics.report(one_table("registered"), MARCH),
        lambda: desk.statistics.rows(RowsAsked(measure="registered", period=MARCH)),
        lambda: desk.statistics.dashboard(MARCH),
        desk.statistics.issued,
        desk.statistics.definitions,
    )
    for ask in asks:
        with pytest.raises(ClerkError, match="not_permitted"):
            ask()


@pytest.mark.requirement("LG-22-2c")
def test_a_report_of_one_community_counts_no_other(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    decide(complete)
    decide(at(complete, _NOBODY_HERE))
    standard = desk.statistics.standard(ReportKind.COMMUNITY, PeriodKind.MONTH)
    report = desk.statistics.report(replace(standard, within=((Breakdown.COMMUNITY, _HERE),)), MARCH)
    summary = next(table for table in report.tables if table.spec.key == "summary_registration")
    assert shown(summary)["registered"][0] == 1
    assert report.scope.endswith(f"只计社区：{_HERE}")


@pytest.mark.requirement("SJ-3n", "SJ-3d2")
def test_a_report_warns_of_sources_of_money_of_which_nothing_is_registered(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    definition = one_table("registered", by=Breakdown.FUNDING)

    def warnings() -> list[str]:
        return [note for note in desk.statistics.report(definition, MARCH).notes if "漏管" in note]

    assert warnings() == []
    for funding in ("government", "collective"):
        decide(replace(complete, funding=funding))
    assert warnings() == ["统计期内没有登记过社会投资的工程（作业），请核对是否漏管。"]
    decide(replace(complete, funding="social"))
    assert warnings() == []


def test_a_report_names_the_pack_by_which_its_filings_were_judged(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    assert desk.statistics.report(one_table("registered"), MARCH).packs == ()
    decide(complete)
    (pack,) = desk.statistics.report(one_table("registered"), MARCH).packs
    assert (pack.pack_id, pack.version) == (desk.intake.pack().id, desk.intake.pack().version)


def test_every_figure_of_a_report_opens_as_many_rows_as_it_counts(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    for community in (_HERE, _HERE, _NOBODY_HERE):
        decide(at(complete, community))
    definition = one_table("registered", "in_progress", by=Breakdown.COMMUNITY)
    (table,) = desk.statistics.report(definition, MARCH).tables
    for row in table.rows:
        for column, figure in zip(table.columns, row.figures, strict=True):
            within = ((Breakdown.COMMUNITY, row.member.code),)
            rows = desk.statistics.rows(RowsAsked(measure=column.code, period=MARCH, within=within))
            assert (rows.total, len(rows.rows)) == (figure.value, figure.value)
            assert {each.community for each in rows.rows} <= {row.member.code}


def test_rows_of_a_ratio_are_those_of_its_numerator(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    decide(complete)
    ratio = MEASURES["acceptance_in_time_rate"]
    of_ratio = desk.statistics.rows(RowsAsked(measure=ratio.key, period=YEAR))
    assert of_ratio == desk.statistics.rows(RowsAsked(measure=ratio.numerator, period=YEAR))


def test_rows_that_nothing_counts_are_refused(desk: Desk) -> None:
    for asked in (
        RowsAsked(measure="no such measure", period=MARCH),
        RowsAsked(measure="registered", period=MARCH, within=((Breakdown.OUTCOME, "accept"),)),
    ):
        with pytest.raises(ClerkError, match="no_such_measure"):
            desk.statistics.rows(asked)


def test_a_measure_of_a_newer_program_is_left_out(desk: Desk) -> None:
    report = desk.statistics.report(one_table("registered", "of_tomorrow"), MARCH)
    assert report.definition.tables[0].measures == ("registered",)
    with pytest.raises(ClerkError, match="report_empty"):
        desk.statistics.report(one_table("of_tomorrow"), MARCH)


def test_counting_stops_when_it_is_no_longer_wanted(desk: Desk) -> None:
    class Stopping:
        def step(self, done: int, total: int) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        desk.statistics.report(one_table("registered"), MARCH, progress=Stopping())


@pytest.mark.requirement("LG-21-2d", "LG-14-4", "LG-43", "JS-4.2", "JS-N1", "HL-0", "SJ-0")
@pytest.mark.parametrize("kind", ReportKind)
def test_every_standard_report_is_counted_whole(desk: Desk, complete: WalkIn, decide: Decide, kind: ReportKind) -> None:
    decide(complete)
    length = PeriodKind.YEAR
    definition = desk.statistics.standard(kind, length)
    report = desk.statistics.report(definition, YEAR)
    assert report.definition.tables == definition.tables  # no measure that nobody defines
    assert {key for spec in definition.tables for key in spec.measures} <= set(report.measures)
    for spec in definition.tables:
        for by in (spec.by, spec.across):
            if by is not None:
                assert _able(spec, by), f"{spec.key} cannot be parted by {by}"


def _able(spec: TableSpec, by: Breakdown) -> bool:
    counted = [(MEASURES[key].numerator or key, MEASURES[key].denominator or key) for key in spec.measures]
    return all(ALL_COUNTS[key].can_be_parted(by) for pair in counted for key in pair)


@pytest.mark.requirement("LG-21-2d")
@pytest.mark.parametrize(
    "code", ["2026-03-02", "2026-W10", "2026-03", "2026-Q1", "2026-H1", "2026", "2026-02-20..2026-03-05"]
)
def test_a_report_is_made_over_any_length_of_period(desk: Desk, complete: WalkIn, decide: Decide, code: str) -> None:
    decide(complete)
    period = parse_period(code)
    assert period is not None
    report = desk.statistics.report(desk.statistics.standard(ReportKind.PERIOD, period.kind), period)
    assert _registered(report) == 1


def _registered(report: Report) -> object:
    summary = next(table for table in report.tables if table.spec.key == "summary_registration")
    return shown(summary)["registered"][0]


def test_charts_stand_only_where_there_is_more_than_one_thing_to_draw() -> None:
    from desktop.domain.report_kinds import standard_definition

    for kind in ReportKind:
        for spec in standard_definition(kind, PeriodKind.YEAR).tables:
            assert spec.chart is ChartKind.NONE or spec.by is not None


def test_the_offices_own_point_stands_under_its_name(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    decide(complete)
    office = desk.office.office()
    assert office is not None
    (table,) = desk.statistics.report(one_table("registered", by=Breakdown.STATION), MARCH).tables
    assert [row.member for row in table.rows] == [Member(office.code, office.station_name)]
