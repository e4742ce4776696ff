"""Rows are written straight into a workbook: every reader finds texts, days and numbers as they were meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from desktop.domain.errors import ClerkError
from desktop.domain.standing_ledger import ORDINAL, Cell, CellKind, SheetColumn
from desktop.exchange import sheet_rows
from desktop.exchange.fit_text import fit
from desktop.exchange.layout_book import write_layout_book
from desktop.exchange.sheet_csv import Part, write_csv
from desktop.exchange.sheet_layout import SheetLayout

COLUMNS = (
    SheetColumn("序号", ORDINAL, 7, CellKind.NUMBER),
    SheetColumn("名称", "name", 30),
    SheetColumn("日期", "on", 12, CellKind.DATE),
    SheetColumn("金额（元）", "amount", 14, CellKind.MONEY, is_total=True),
)
# A character of Extension B, which needs four bytes in UTF-8 and two units in UTF-16.
RARE = "𠮷田𡈽木"


def layout(name: str = "台账", columns: tuple[SheetColumn, ...] = COLUMNS) -> SheetLayout:
    return SheetLayout(
        name=name, title="样例台账", unit="样例街道办事处", said="期间：2026年1月1日至2026年3月31日", columns=columns
    )


def written(file: Path, rows: list[tuple[Cell, ...]]) -> Any:
    write_layout_book(file, [(layout(), rows)], lambda counts: [("行数", str(sum(counts)))])
    return load_workbook(file)


def moment(day: date) -> datetime:
    """Give a day as openpyxl reads one."""
    return datetime.combine(day, datetime.min.time())


def row_of(text: str) -> tuple[Cell, ...]:
    return (1, text, date(2026, 3, 2), Decimal("1234.50"))


@pytest.mark.requirement("LG-22-2a")
def test_title_unit_and_period_stand_above_the_headings_and_the_totals_below_the_rows(tmp_path: Path) -> None:
    rows: list[tuple[Cell, ...]] = [(1, "甲", date(2026, 1, 5), Decimal("10.10")), (2, "乙", None, Decimal("0.20"))]
    sheet = written(tmp_path / "a.xlsx", rows)["台账"]
    said = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert said == [
        ["样例台账"],
        ["编制单位：样例街道办事处　　期间：2026年1月1日至2026年3月31日"],
        ["序号", "名称", "日期", "金额（元）"],
        [1, "甲", moment(date(2026, 1, 5)), 10.1],
        [2, "乙", 0.2],
        [2, 10.3],
    ]
    assert sheet["A6"].number_format == '"共 "0" 条"'
    assert (sheet["C4"].number_format, sheet["D4"].number_format) == ("yyyy-mm-dd", "#,##0.00")
    assert sheet["B4"].border.left.style == "thin"


@pytest.mark.requirement("LG-22-2a")
def test_the_sheet_is_set_up_to_be_read_and_printed(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", [row_of("甲")])["台账"]
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == "A3:D4"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$3"
    assert "第 &P 页，共 &N 页" in str(sheet.oddFooter.center.text)
    assert sheet.print_area.endswith("$A$1:$D$5")
    assert sheet.column_dimensions["B"].width == pytest.approx(30, abs=1)


def test_many_columns_take_the_larger_paper() -> None:
    wide = tuple(SheetColumn(f"列{place}", f"c{place}", 20) for place in range(12))
    assert (layout().paper, layout(columns=wide).paper) == (9, 8)
    assert (layout(columns=wide).pages_across, layout(columns=wide * 2).pages_across) == (1, 2)


def test_a_row_is_high_enough_for_its_longest_text(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", [row_of("短"), row_of("长" * 40)])["台账"]
    assert (sheet.row_dimensions[4].height, sheet.row_dimensions[5].height) == (None, 42)


@pytest.mark.requirement("LG-P1")
@pytest.mark.parametrize("text", ["=1+1", "+8613800000000", "-甲", "@SUM(A1)", '=HYPERLINK("x")', "\t=1", "00123"])
def test_what_looks_like_a_formula_stays_a_text_everywhere(tmp_path: Path, text: str) -> None:
    cell = written(tmp_path / "a.xlsx", [row_of(text)])["台账"]["B4"]
    assert (cell.data_type, cell.value) == ("s", fit(text))
    write_csv(tmp_path / "a.csv", [("台账", ["名称"], [(text,)])])
    line = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert not line.strip('"').startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize("text", [RARE, "甲<乙>&丙\"丁'", "  前后空格  ", "第一行\n第二行", "😀"])
def test_rare_and_awkward_characters_come_back_as_they_were(tmp_path: Path, text: str) -> None:
    assert written(tmp_path / "a.xlsx", [row_of(text)])["台账"]["B4"].value == text


def test_a_text_that_excel_would_read_as_an_escape_is_escaped_as_excel_does(tmp_path: Path) -> None:
    written(tmp_path / "a.xlsx", [row_of("_x0041_")])
    with ZipFile(tmp_path / "a.xlsx") as book:
        assert ">_x005F_x0041_</t>" in book.read("xl/worksheets/sheet1.xml").decode()


@given(text=st.text(st.characters(exclude_categories=()), min_size=1, max_size=40))
def test_whatever_somebody_typed_the_book_opens_and_holds_what_a_cell_can(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.mktemp("typed") / "a.xlsx"
    value = written(file, [row_of(text), row_of("后")])["台账"]["B4"].value
    wanted = fit(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    assert value == wanted


def test_days_are_days_and_only_those_no_number_stands_for_are_texts(tmp_path: Path) -> None:
    days = [date(1900, 2, 28), date(1900, 3, 1), date(2026, 12, 31), date(9999, 12, 31)]
    rows: list[tuple[Cell, ...]] = [(place, "甲", day, None) for place, day in enumerate(days)]
    sheet = written(tmp_path / "a.xlsx", rows)["台账"]
    assert [sheet.cell(row, 3).value for row in range(4, 8)] == [
        "1900-02-28",
        *map(moment, days[1:]),
    ]


def test_a_ledger_without_a_row_still_has_its_layout_and_a_total_of_nought(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", [])["台账"]
    assert [sheet["A3"].value, sheet["A4"].value, sheet["A5"].value, sheet["D5"].value] == ["序号", None, 0, 0]


def test_several_sheets_keep_their_own_words_formats_and_totals(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    other = (SheetColumn("项目", "item", 20), SheetColumn("次数", "count", 8, CellKind.NUMBER, is_total=True))
    sheets: list[tuple[SheetLayout, list[tuple[Cell, ...]]]] = [
        (layout("一"), [row_of("甲"), row_of("甲")]),
        (layout("二", other), [("乙", 3), ("丙", 4)]),
        (layout("三"), []),
    ]
    assert write_layout_book(file, sheets, lambda counts: [("行数", str(sum(counts)))]) == (2, 2, 0)
    book = load_workbook(file)
    assert book.sheetnames == ["一", "二", "三", "说明"]
    assert [cell.value for cell in book["二"][3]] == ["项目", "次数"]
    assert [cell.value for cell in book["二"][6]] == [2, 7]
    assert book["一"]["D6"].value == 2469
    assert book["说明"]["B1"].value == "4"


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_rows, "MOST_ROWS", 500)
    with pytest.raises(ClerkError, match="list_too_long"):
        written(tmp_path / "a.xlsx", [row_of("甲")] * 801)


def test_rows_are_asked_for_as_they_are_written_and_never_kept(tmp_path: Path) -> None:
    alive = 0

    class Watched(tuple):  # type: ignore[type-arg]  # a row that says when it goes
        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    most = 0

    def rows() -> Iterator[tuple[Cell, ...]]:
        nonlocal alive, most
        for _ in range(5_000):
            alive += 1
            most = max(most, alive)
            yield Watched(row_of("甲"))

    write_layout_book(tmp_path / "a.xlsx", [(layout(), rows())], lambda _counts: [])
    assert most <= 3


def test_a_csv_says_that_it_is_utf_8_and_names_its_parts(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    parts: list[Part] = [
        ("一", ["名称", "日期"], [(RARE, date(2026, 3, 2))]),
        ("二", ["金额"], [(Decimal("0.10"),), (None,)]),
    ]
    assert write_csv(file, parts) == 3
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert file.read_text(encoding="utf-8-sig").split("\n") == [
        "一",
        "名称,日期",
        f"{RARE},2026-03-02",
        "",
        "二",
        "金额",
        "0.10",
        '""',
        "",
    ]
