"""A report as a workbook: the same figures as numbers, live charts of the right cells, definitions, print setup."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from desktop.domain.measure import Figure, Member
from desktop.domain.report import ReportTable
from desktop.exchange.report_sheet import FIRST_ROW, HEAD_ROW, NOTHING, UNKNOWN
from desktop.exchange.report_sheet_names import sheet_names
from desktop.exchange.report_workbook import COVER, DEFINITIONS, RATIOS, TEXTS, write_report
from tests.unit.invented_report import MEASURES, invented_report

SHEETS = ["主要指标", "按社区", "首查及时率走势", "社区×隐患类别", "隐患构成", "按社区 (2)"]
HEADINGS = 1  # openpyxl counts lines from 1


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the invented report; it is only read."""
    made = tmp_path_factory.mktemp("report") / "report.xlsx"
    write_report(made, invented_report(), number="PA-TJ-2026-000001")
    return made


def values(file: Path, name: str) -> list[list[Any]]:
    """Give what a sheet shows, formulas by the value kept with them."""
    return [list(row) for row in load_workbook(file, data_only=True)[name].iter_rows(values_only=True)]


def formulas(file: Path, name: str) -> list[list[Any]]:
    return [list(row) for row in load_workbook(file)[name].iter_rows(values_only=True)]


def figures_of(table: ReportTable) -> list[list[float | str]]:
    rows: list[tuple[Figure, ...]] = [row.figures for row in table.rows]
    rows += [table.total] if table.total else []
    return [[UNKNOWN if one.value is None else float(one.value) for one in row] for row in rows]


def references(file: Path, name: str) -> list[tuple[str, str, str]]:
    """Give of each series of the sheet's one chart where its name, names of categories and values stand."""
    [chart] = load_workbook(file)[name]._charts  # type: ignore[attr-defined]
    return [(each.tx.strRef.f, each.cat.strRef.f, each.val.numRef.f) for each in chart.series]


@pytest.mark.requirement("LG-21-2d")
def test_the_workbook_holds_every_figure_of_the_report_as_a_number(file: Path) -> None:
    report = invented_report()
    for name, table in zip(SHEETS, report.tables, strict=True):
        first = 2 if table.spec.by is None else 1
        lines = values(file, name)[FIRST_ROW:]
        shown = figures_of(table)
        assert [line[first : first + len(table.columns)] for line in lines[: len(shown)]] == shown
        assert [line[0] for line in lines[: len(table.rows)]] == [row.member.label or "未填" for row in table.rows]


def test_an_unknown_figure_is_a_dash_and_zero_is_zero(file: Path) -> None:
    [here, _there, nowhere] = values(file, "按社区")[FIRST_ROW : FIRST_ROW + 3]
    assert here[2] == 0
    assert nowhere[3] == UNKNOWN


def test_each_column_of_measures_states_its_unit_and_has_the_places_of_its_measure(file: Path) -> None:
    sheet = load_workbook(file)["按社区"]
    assert [cell.value for cell in sheet[HEAD_ROW + HEADINGS][:4]] == [
        "社区",
        "登记（件）",
        "整改隐患（处）",
        "首查及时率（%）",
    ]
    assert [sheet.cell(FIRST_ROW + 1, at).number_format for at in (2, 4)] == ["#,##0", "#,##0.0"]
    assert load_workbook(file)["主要指标"].cell(FIRST_ROW + 5, 3).number_format == "#,##0.00"


@pytest.mark.requirement("LG-21-2d")
def test_the_comparison_with_the_periods_before_stands_as_formulas_over_the_figures(file: Path) -> None:
    registered, stock, _cleared, rate, funds = formulas(file, "主要指标")[FIRST_ROW : FIRST_ROW + 5]
    assert registered[5] == '=IF(AND(ISNUMBER(C5),ISNUMBER(D5)),C5-D5,"—")'
    assert rate[6] == UNKNOWN
    registered, stock, _cleared, rate, funds = values(file, "主要指标")[FIRST_ROW : FIRST_ROW + 5]
    assert registered[5:9] == [6, 25, 30, UNKNOWN]  # nothing to divide by a year before
    assert stock[5:9] == [0, 0, UNKNOWN, UNKNOWN]
    assert rate[5] == 25
    assert funds[5] == pytest.approx(869_999.5)


@pytest.mark.requirement("LG-21-2d")
def test_a_year_has_one_column_of_the_year_before_and_its_changes(tmp_path: Path) -> None:
    report = invented_report()
    overview = report.tables[0]
    of_year = replace(
        overview,
        columns=(Member("now", "2026年"), Member("before", "2025年")),
        rows=tuple(replace(row, figures=row.figures[:2]) for row in overview.rows),
    )
    write_report(tmp_path / "year.xlsx", replace(report, tables=(of_year, *report.tables[1:])))
    heads, registered = values(tmp_path / "year.xlsx", "主要指标")[FIRST_ROW - 1 : FIRST_ROW + 1]
    assert heads[:6] == ["指标", "单位", "2026年", "2025年", "同比增减", "同比±%"]
    assert registered[2:6] == [30, 24, 6, 25]
    assert not any(heads[6:])


def test_charts_draw_the_cells_of_their_table(file: Path) -> None:
    assert references(file, "主要指标") == [
        (f"主要指标!${letter}$4", "主要指标!$A$5:$A$6", f"主要指标!${letter}$5:${letter}$6") for letter in "CDE"
    ]  # 处 and % and 元 stand on another scale
    assert references(file, "按社区") == [("按社区!$B$4", "按社区!$A$5:$A$8", "按社区!$B$5:$B$8")]
    shares = references(file, "隐患构成")
    assert [each[2] for each in shares] == [f"隐患构成!${letter}$5:${letter}$7" for letter in "BCD"]


def test_a_chart_keeps_a_copy_of_what_it_draws_for_viewers_that_do_not_reckon(file: Path) -> None:
    [chart] = load_workbook(file)["按社区"]._charts  # type: ignore[attr-defined]
    [series] = chart.series
    assert [float(point.v) for point in series.val.numRef.numCache.pt] == [20, 8, 2, 0]


def test_a_line_has_a_gap_where_the_figure_is_unknown(file: Path) -> None:
    [(name, _categories, drawn)] = references(file, "首查及时率走势")
    assert name == "首查及时率走势!$B$4"
    column = drawn.split("$")[1]
    sheet = load_workbook(file)["首查及时率走势"]
    assert sheet[f"{column}6"].value == "=IF(ISNUMBER(B6),B6,NA())"
    shown = load_workbook(file, data_only=True)["首查及时率走势"]
    assert [shown[f"{column}{line}"].value for line in (5, 6, 7)] == [50, "#N/A", 75]
    assert column not in str(sheet.print_area)
    [chart] = sheet._charts  # type: ignore[attr-defined]
    assert chart.display_blanks == "span"


def test_a_heat_table_is_shaded_by_its_values_without_the_total(file: Path) -> None:
    sheet = load_workbook(file)["社区×隐患类别"]
    [area] = sheet.conditional_formatting
    assert str(area.sqref) == "B5:D7"
    assert not sheet._charts  # type: ignore[attr-defined]


@pytest.mark.requirement("LG-N1", "LG-21-2d")
def test_the_definitions_state_numerator_denominator_cut_off_source_and_value_asked_for(file: Path) -> None:
    rows = {row[0]: row for row in values(file, DEFINITIONS)[1:]}
    assert len(rows) == len(MEASURES)
    rate = rows["首查及时率"]
    assert rate[4:] == ["按时首查", "应首查", None, 100, "第三十二条(一)"]
    assert rows["在建"][2] == "期末（存量）"
    assert rows["登记"][3] == "登记：期间内的件数。"


def test_every_ratio_can_be_reckoned_again_from_its_two_parts(file: Path) -> None:
    rows = values(file, RATIOS)[1:]
    assert rows[0][:8] == ["主要指标", "首查及时率", "2026年3月", "首查及时率", 3, 4, 75, "%"]
    assert formulas(file, RATIOS)[1][6] == '=IF(N(F2)=0,"—",E2/F2*100)'
    assert [row[6] for row in rows if row[5] == 0] == [UNKNOWN] * 6
    assert all(row[6] == pytest.approx(row[4] / row[5] * 100) for row in rows if row[5])


def test_the_cover_says_what_is_needed_to_defend_the_figures_and_leads_to_every_sheet(file: Path) -> None:
    sheet = load_workbook(file)[COVER]
    said = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=3, max_row=11)}
    assert said["编号"] == "PA-TJ-2026-000001"
    assert said["统计期间"] == "2026年3月（2026-03-01 至 2026-03-31）"
    assert said["统计范围"] == "全部社区"
    assert said["适用规则版本"] == "龙岗办法（longgang 2025-draft）"
    assert said["数据指纹"] == "ab" * 32
    assert said["说明"] == "上年同期无数据。"
    links = [cell.hyperlink.location for [cell] in sheet.iter_rows(min_col=2, max_col=2) if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in (*SHEETS, RATIOS, DEFINITIONS)]


def test_tables_stay_readable_on_screen_and_on_paper(file: Path) -> None:
    sheet = load_workbook(file)["主要指标"]
    assert sheet.freeze_panes == "C5"
    assert sheet.print_title_rows == "$4:$4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    setup = sheet.sheet_properties.pageSetUpPr
    assert setup is not None
    assert setup.fitToPage


def test_what_somebody_typed_stays_text(tmp_path: Path) -> None:
    made = tmp_path / "report.xlsx"
    write_report(made, invented_report(office="=1+1", texts={"分析": "=HYPERLINK(1)\n第二段", "空": ""}))
    book = load_workbook(made)
    assert [row[0].value for row in book[TEXTS].iter_rows()] == ["分析", "=HYPERLINK(1)", "第二段"]
    assert book[TEXTS]["A2"].data_type == "s"
    assert book[COVER]["B4"].data_type == "s"


def test_a_report_that_was_not_issued_says_so(tmp_path: Path) -> None:
    made = tmp_path / "report.xlsx"
    write_report(made, invented_report())
    assert load_workbook(made)[COVER]["B3"].value == "未编号（未出具）"
    assert TEXTS not in load_workbook(made).sheetnames


@pytest.mark.requirement("HL-2b")
def test_money_keeps_its_cents(file: Path) -> None:
    row = values(file, "主要指标")[FIRST_ROW + 4]
    assert [Decimal(str(row[at])) for at in (2, 3)] == [Decimal(7_820_000), Decimal("6950000.5")]


def test_no_figure_is_wider_than_its_column(file: Path) -> None:
    sheet = load_workbook(file)["主要指标"]
    assert sheet.column_dimensions["C"].width > len("7,820,000.00")
    assert sheet.column_dimensions["F"].width > len("+869,999.50")


def test_long_names_stand_beside_lying_bars(tmp_path: Path) -> None:
    report = invented_report()
    table = report.tables[1]
    rows = tuple(
        replace(row, member=replace(row.member, label="房屋修缮加固、装饰装修和附属设施工程")) for row in table.rows
    )
    write_report(tmp_path / "r.xlsx", replace(report, tables=(table, replace(table, rows=rows))))
    book = load_workbook(tmp_path / "r.xlsx")
    kinds = [book[name]._charts[0].barDir for name in ("按社区", "按社区 (2)")]  # type: ignore[attr-defined]
    assert kinds == ["col", "bar"]


def test_every_table_leads_back_to_the_cover(file: Path) -> None:
    book = load_workbook(file)
    for name in SHEETS:
        [link] = [cell.hyperlink.location for cell in book[name][1] if cell.hyperlink]
        assert link == f"'{COVER}'!A1"


def test_names_of_sheets_are_short_allowed_and_different() -> None:
    long = "各社区登记、巡查、隐患整改和移送情况汇总表（按受理点和主管部门）"
    names = sheet_names([long, long, "甲/乙", "History", "", "'引号'", "口径"], taken=["口径"])
    assert names == [long[:31], f"{long[:27]} (2)", "甲／乙", "表 History", "表", "引号", "口径 (2)"]
    assert all(len(name) <= 31 for name in names)


def test_tables_without_rows_or_columns_say_so(tmp_path: Path) -> None:
    made, report = tmp_path / "report.xlsx", invented_report()
    overview, shares = report.tables[0], report.tables[4]
    empty = (replace(shares, rows=(), columns=(), total=()), replace(shares, rows=()), replace(overview, rows=()))
    write_report(made, replace(report, tables=empty))
    book = load_workbook(made)
    assert [book[name].cell(FIRST_ROW + 1, 1).value for name in book.sheetnames[1:4]] == [NOTHING] * 3
    assert not any(book[name]._charts for name in book.sheetnames[1:4])  # type: ignore[attr-defined]


def test_what_goes_wrong_while_writing_is_told_as_it_was(tmp_path: Path) -> None:
    report = invented_report()
    broken = replace(report.tables[0], rows=report.tables[1].rows, columns=report.tables[0].columns[:1])
    with pytest.raises(ValueError, match="zip"):
        write_report(tmp_path / "report.xlsx", replace(report, tables=(broken,)))
    assert not list(tmp_path.iterdir())
