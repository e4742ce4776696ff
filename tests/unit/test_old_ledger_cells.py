"""Cells of old ledgers: many forms of the same thing, faults with their cure, and nothing made up."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.old_ledger_cells import (
    read_amount,
    read_area,
    read_day,
    read_flag,
    read_identity,
    read_period,
    read_phone,
    read_text,
)
from desktop.domain.sheet_grid import CellTrouble, CellValue, column_letters
from desktop.domain.typed_text import AmountUnit
from desktop.domain.walk_in import IdKind
from tests.factories import COMPANY_CODE, PERSON_ID

DAY = date(2025, 3, 1)
_CELLS = st.one_of(
    st.none(), st.text(), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times()
)


@pytest.mark.parametrize(
    "cell",
    [
        "2025-3-1",
        "2025/3/1",
        "2025.3.1",
        "2025.03.01.",
        "2025年3月1日",
        "2025年3月1号",
        "20250301",
        20250301,
        45717,
        45717.5,
        "45717",
        "２０２５．３．１",
        "2025 年 3 月 1 日",
        "2025-03-01 10:20:00",
        "2025年3月1日 星期六",
        "二〇二五年三月一日",
        datetime(2025, 3, 1, 8, 30),  # noqa: DTZ001
        date(2025, 3, 1),
    ],
)
def test_one_day_in_its_many_forms(cell: CellValue) -> None:
    assert read_day(cell).value == DAY


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("3月1日", "没有写年份"),
        ("3.1", "没有写年份"),
        (3.15, "没有写年份"),
        ("25.3.1", "只有两位"),
        ("2025年3月", "没有写到哪一天"),
        ("2025.3", "没有写到哪一天"),
        ("2025-2-30", "没有这一天"),
        ("去年", "看不懂"),
        (time(8, 0), "不是日期"),
        ("1025-03-01", "不合常理"),
        (CellTrouble.UNCOMPUTED, "保存一次"),
    ],
)
def test_a_day_that_is_not_whole_is_a_fault_with_its_cure(cell: CellValue, why: str) -> None:
    read = read_day(cell)
    assert read.value is None
    assert why in read.fault


@pytest.mark.parametrize("cell", [None, "", " ", "/", "-", "——", "无", "暂无", "未知", "不详"])
def test_nothing_is_no_day_and_no_fault(cell: CellValue) -> None:
    assert read_day(cell) == read_day(None)


@pytest.mark.parametrize(
    "text", ["2025.3.1-2025.5.31", "2025年3月1日至2025年5月31日", "2025-03-01～2025-05-31", "20250301-20250531"]
)
def test_a_period_gives_both_its_days(text: str) -> None:
    first, last = read_period(text)
    assert (first.value, last.value) == (DAY, date(2025, 5, 31))


@pytest.mark.parametrize("text", ["三个月", "2025-3-1", "2025.5.31-2025.3.1"])
def test_what_is_no_period_is_a_fault(text: str) -> None:
    assert read_period(text)[0].fault


@pytest.mark.parametrize(
    ("cell", "unit", "yuan"),
    [
        (35.5, AmountUnit.WAN_YUAN, "355000"),
        ("35.5", AmountUnit.WAN_YUAN, "355000"),
        ("35.5万", AmountUnit.YUAN, "355000"),
        ("12.5万元", AmountUnit.YUAN, "125000"),
        ("8000元", AmountUnit.WAN_YUAN, "8000"),
        ("８，０００元", AmountUnit.WAN_YUAN, "8000"),
        ("￥1,234,567.89", AmountUnit.YUAN, "1234567.89"),
        (0, AmountUnit.YUAN, "0"),
        (12.345678, AmountUnit.WAN_YUAN, "123456.78"),
        ("300000元整", AmountUnit.YUAN, "300000"),
    ],
)
def test_money_is_read_exactly_in_yuan(cell: CellValue, unit: AmountUnit, yuan: str) -> None:
    assert read_amount(cell, unit).value == Decimal(yuan)


@pytest.mark.parametrize("cell", ["约30万", "1,2", "-5", -5, "三万", "30-40万", True, date(2025, 3, 1)])
def test_money_that_is_no_number_is_a_fault(cell: CellValue) -> None:
    read = read_amount(cell, AmountUnit.YUAN)
    assert read.value is None
    assert read.fault


def test_parts_of_a_cent_are_rounded_with_a_word_and_odd_amounts_are_doubted() -> None:
    assert read_amount(1.23456789, AmountUnit.WAN_YUAN).warning
    assert "单位" in read_amount(3, AmountUnit.YUAN).warning
    assert "单位" in read_amount(300000, AmountUnit.WAN_YUAN).warning


@pytest.mark.parametrize(
    ("cell", "area"), [("80㎡", "80"), ("80.5平方米", "80.5"), (12.3456, "12.35"), ("１２０", "120")]
)
def test_areas_are_read_in_square_metres(cell: CellValue, area: str) -> None:
    assert read_area(cell).value == Decimal(area)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        *[(word, True) for word in ("是", "√", "高风险", True)],
        *[(word, False) for word in ("否", "一般", "无", False)],
        *[(word, None) for word in (None, "未知", "/", "待核")],
    ],
)
def test_unknown_is_neither_yes_nor_no(cell: CellValue, said: bool | None) -> None:
    read = read_flag(cell)
    assert (read.value, read.fault) == (said, "")


def test_a_word_that_is_no_answer_is_a_fault() -> None:
    assert read_flag("大概").fault


def test_numbers_of_persons_and_firms_are_told_apart_and_doubtful_ones_kept() -> None:
    assert read_identity(PERSON_ID).value == (IdKind.RESIDENT_ID, PERSON_ID)
    assert read_identity(COMPANY_CODE.lower()).value == (IdKind.CREDIT_CODE, COMPANY_CODE)
    doubtful = read_identity("110105194912310021")
    assert doubtful.value == (IdKind.RESIDENT_ID, "110105194912310021")
    assert doubtful.warning


@pytest.mark.parametrize("cell", [1.10105194912310e17, 110105194912310020])
def test_a_number_that_excel_cut_short_is_a_fault(cell: CellValue) -> None:
    assert "末几位已丢失" in read_identity(cell).fault


def test_a_phone_of_odd_form_is_kept_with_a_doubt() -> None:
    assert read_phone(13800002719).value == "13800002719"
    assert read_phone("１３８ ００００ ２７１９").value == "13800002719"
    odd = read_phone("138")
    assert (odd.value, bool(odd.warning)) == ("138", True)


def test_texts_keep_rare_characters_and_long_ones_are_faults() -> None:
    assert read_text("王㛃𠮷  \n路").value == "王㛃𠮷 路"
    assert read_text("长" * 501).fault


@given(_CELLS)
def test_no_cell_makes_a_reader_stumble_and_a_fault_never_has_a_value(cell: CellValue) -> None:
    for read in (
        read_day(cell),
        *read_period(cell),
        read_amount(cell, AmountUnit.WAN_YUAN),
        read_area(cell),
        read_flag(cell),
        read_phone(cell),
        read_identity(cell),
        read_text(cell),
    ):
        assert read.value is None or not read.fault


@given(st.dates(min_value=date(1980, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_is_read_again_however_it_is_written(day: date) -> None:
    forms = (
        f"{day:%Y%m%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
    )
    assert {read_day(form).value for form in (*forms, (day - date(1899, 12, 30)).days)} == {day}


@given(st.decimals(min_value=0, max_value=10**8, places=2))
def test_every_amount_in_yuan_is_read_exactly(amount: Decimal) -> None:
    assert read_amount(f"{amount:,f}", AmountUnit.YUAN).value == amount


def test_columns_are_named_as_excel_names_them() -> None:
    assert [column_letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
