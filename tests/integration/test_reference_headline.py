"""The reference ledger, built small: the figures that 湖里 published come from its rows, by our own statistics."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import headline
from benchmarks.invented import REGISTERED, registered_of
from benchmarks.reference_ledger import OFFICE, fill
from benchmarks.reference_life import CLEARED, FULL, LAST_DAY, PATROLS, Scale
from benchmarks.reference_papers import Pattern
from benchmarks.tenfold import TABLES, multiply
from desktop.domain.measure import Breakdown, Figure, Number, RowsAsked
from desktop.domain.period import PeriodKind
from desktop.domain.report import ReportKind
from desktop.services.desk import Desk, open_desk

SMALL = Scale(filings=274, patrols=1_500, hazards=40, cleared=33, found_sites=8, transfers=4)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Build a small reference ledger; its registers are whole, as they are not scaled."""
    desk = open_desk(tmp_path_factory.mktemp("reference"), today=lambda: LAST_DAY)
    fill(desk, desk.database, Pattern.of(OFFICE), SMALL)
    yield desk
    desk.close()


@pytest.mark.requirement("HL-2d")
def test_the_full_reference_ledger_is_of_the_size_that_was_published() -> None:
    assert (registered_of(FULL.filings), FULL.patrols, FULL.cleared) == (20_213, 469_009, 2_690)
    assert (REGISTERED, PATROLS, CLEARED) == (20_213, 469_009, 2_690)


@pytest.mark.requirement("HL-2d")
def test_works_registered_patrols_and_hazards_cleared_are_counted_since_a_chosen_day(reference: Desk) -> None:
    counted = headline.totals(reference)
    assert counted["registered"] == registered_of(SMALL.filings)
    assert counted["patrols"] == SMALL.patrols
    assert counted["hazards_cleared"] == SMALL.cleared


@pytest.mark.requirement("HL-2c", "HL-2f")
def test_persons_trained_and_leaflets_are_those_published(reference: Desk) -> None:
    counted = headline.totals(reference)
    assert (counted["trained_persons"], counted["copies"]) == (1_100, 3_000)


@pytest.mark.requirement("HL-2b")
def test_the_money_of_each_year_is_that_published(reference: Desk) -> None:
    assert headline.funds(reference) == {"2023": 6_950_000, "2024": 7_820_000}


@pytest.mark.requirement("HL-4c", "HL-2e")
def test_accidents_by_year_works_and_type_are_those_published(reference: Desk) -> None:
    assert headline.accidents(reference) == {
        ("2023", "small_work", "fall"): 4,
        ("2023", "small_work", "machinery"): 1,
        ("2024", "small_work", "fall"): 2,
        ("2024", "minor_operation", "fall"): 6,
    }


@pytest.mark.requirement("HL-4c")
def test_the_implementation_report_has_the_published_table_of_accidents_in_one(reference: Desk) -> None:
    definition = reference.statistics.standard(ReportKind.IMPLEMENTATION, PeriodKind.SPAN)
    report = reference.statistics.report(definition, headline.SINCE_ISSUE)
    table = next(table for table in report.tables if table.spec.key == "accidents_by_works_and_type")
    years = [column.label for column in table.columns]

    def told(figures: tuple[Figure, ...]) -> dict[str, Number]:
        return {year: figure.value for year, figure in zip(years, figures, strict=True) if figure.value}

    assert {row.member.label: told(row.figures) for row in table.rows} == {
        "小型工程　高处坠落": {"2023年": 4, "2024年": 2},
        "小型工程　机械伤害": {"2023年": 1},
        "零星作业　高处坠落": {"2024年": 6},
    }
    assert told(table.total) == {"2023年": 5, "2024年": 8}
    falls = ((Breakdown.WORKS_AND_TYPE, "minor_operation/fall"), (Breakdown.YEAR, "2024"))
    rows = reference.statistics.rows(RowsAsked(measure="accidents", period=headline.SINCE_ISSUE, within=falls))
    assert rows.total == 6


def test_a_report_of_the_reference_counted_again_as_of_its_own_moment_is_the_same(reference: Desk) -> None:
    definition = reference.statistics.standard(ReportKind.PERIOD, PeriodKind.YEAR)
    made = reference.statistics.report(definition, headline.year_of(2024))
    again = reference.statistics.report(definition, made.period, as_of=made.as_of)
    assert again.fingerprint == made.fingerprint


def test_a_ledger_of_three_times_the_rows_still_hangs_together(reference: Desk, tmp_path: Path) -> None:
    file = tmp_path / "scratch.sqlite3"
    reference.database.copy_to(file)

    def sizes() -> dict[str, int]:
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}

    before = sizes()
    multiply(file, 3)
    assert sizes() == {table: count * 3 for table, count in before.items()}
    with closing(sqlite3.connect(file)) as connection:
        of_one = "SELECT funding, grid, office_code FROM filing WHERE id = ?"
        assert connection.execute(of_one, (1,)).fetchone() == connection.execute(of_one, (1 + 274 * 2,)).fetchone()
