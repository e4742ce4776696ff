"""Reports and definitions as plain data, and the fingerprint over them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.measure import Breakdown, Figure
from desktop.domain.period import PeriodKind, parse_period, period_of
from desktop.domain.report import Report, ReportKind
from desktop.domain.report_comparison import changes_between
from desktop.domain.report_json import (
    definition_from_plain,
    definition_to_plain,
    fingerprint_of_report,
    report_from_plain,
    report_to_plain,
    sealed,
)
from desktop.domain.report_kinds import HEADINGS, USUAL_PERIOD, standard_definition
from tests.unit.invented_report import invented_report


def _through_json(plain: object) -> dict[str, object]:
    read: dict[str, object] = json.loads(json.dumps(plain))
    return read


def _with_one_more(report: Report) -> Report:
    """Give the report with one cell counted one higher."""
    table = report.tables[0]
    row = table.rows[0]
    figures = (Figure((row.figures[0].value or 0) + 1), *row.figures[1:])
    rows = (replace(row, figures=figures), *table.rows[1:])
    return replace(report, tables=(replace(table, rows=rows), *report.tables[1:]))


@pytest.mark.requirement("LG-21-2d")
def test_a_report_is_read_back_as_it_was_written() -> None:
    report = sealed(replace(invented_report(), texts={"情况说明": "本月平稳。"}))
    assert report_from_plain(_through_json(report_to_plain(report))) == report


@pytest.mark.parametrize("code", ["2026-03-02", "2026-W12", "2026-03", "2026-Q1", "2026-H2", "2026"])
def test_every_length_of_period_is_read_back(code: str) -> None:
    period = parse_period(code)
    assert period is not None
    report = replace(invented_report(), period=period)
    assert report_from_plain(_through_json(report_to_plain(report))).period == period


def test_a_span_of_a_whole_month_stays_a_span() -> None:
    span = replace(period_of(PeriodKind.MONTH, date(2026, 3, 1)), kind=PeriodKind.SPAN)
    report = replace(invented_report(), period=span)
    assert report_from_plain(_through_json(report_to_plain(report))).period.kind is PeriodKind.SPAN


@pytest.mark.parametrize("kind", ReportKind)
@pytest.mark.parametrize("length", PeriodKind)
def test_every_standard_definition_is_read_back(kind: ReportKind, length: PeriodKind) -> None:
    definition = replace(standard_definition(kind, length), within=((Breakdown.COMMUNITY, "坪安社区"),))
    assert definition_from_plain(_through_json(definition_to_plain(definition))) == definition


@pytest.mark.parametrize("kind", ReportKind)
def test_the_tables_of_a_standard_report_have_keys_of_their_own(kind: ReportKind) -> None:
    keys = [spec.key for spec in standard_definition(kind, USUAL_PERIOD[kind]).tables]
    assert len(keys) == len(set(keys))


@pytest.mark.requirement("HL-0")
def test_the_implementation_report_has_the_headings_of_its_kind() -> None:
    said = [heading.partition("、")[2] for heading in HEADINGS[ReportKind.IMPLEMENTATION]]
    assert said == ["实施情况", "效益分析", "群众接受程度", "主要经验、教训、影响", "修订必要性"]


@pytest.mark.requirement("SJ-0")
def test_the_circular_has_the_headings_of_its_kind() -> None:
    said = HEADINGS[ReportKind.CIRCULAR]
    assert said == ("组织情况", "自评情况", "实地评价情况", "抽查项目情况", "下一步工作要求")


def test_the_fingerprint_follows_every_figure() -> None:
    report = invented_report()
    assert fingerprint_of_report(_with_one_more(report)) != fingerprint_of_report(report)


def test_the_fingerprint_follows_the_scope() -> None:
    report = invented_report()
    assert fingerprint_of_report(replace(report, scope="坪安社区")) != fingerprint_of_report(report)


def test_what_the_manager_writes_leaves_the_fingerprint_alone() -> None:
    report = invented_report()
    assert fingerprint_of_report(replace(report, texts={"情况说明": "补充"})) == fingerprint_of_report(report)


def test_a_comparison_names_the_figure_that_differs_and_no_other() -> None:
    then = invented_report()
    (change,) = changes_between(then, _with_one_more(then))
    table = then.tables[0]
    assert (change.table, change.row, change.column) == (
        table.spec.title,
        table.rows[0].member.label,
        table.columns[0].label,
    )
    assert change.now.value == (change.then.value or 0) + 1


def test_a_comparison_does_not_mind_the_order_of_rows() -> None:
    then = invented_report()
    turned = tuple(replace(table, rows=tuple(reversed(table.rows))) for table in then.tables)
    assert changes_between(then, replace(then, tables=turned)) == ()


def test_a_row_that_is_gone_is_a_change() -> None:
    then = invented_report()
    table = next(table for table in then.tables if table.spec.by is not None and len(table.rows) > 1)
    fewer = replace(table, rows=table.rows[1:])
    now = replace(then, tables=tuple(fewer if each is table else each for each in then.tables))
    changed = changes_between(then, now)
    assert {change.row for change in changed} == {table.rows[0].member.label}
    assert all(change.now.value is None for change in changed)
