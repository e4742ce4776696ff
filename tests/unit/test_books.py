"""Registers beside the ledger: what each holds, how typed and sheet values are read, what must fit together."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.book import BookKind, BookValue, FieldType
from desktop.domain.book_reading import heading_words, is_in_wan, read_entry
from desktop.domain.book_values import from_plain, shown, to_plain, typed
from desktop.domain.books import BOOKS
from desktop.domain.insured import InsuranceLack, Policy, lack_of
from desktop.domain.sheet_grid import CellTrouble, CellValue

TODAY = date(2026, 3, 2)
ACCIDENT: dict[str, CellValue] = {
    "happened_on": "2026-02-11",
    "works": "零星作业",
    "type": "高坠",
    "is_registered": "否",
    "dead": "0",
    "injured": "1人",
    "state": "已上报",
    "summary": "绳索磨断，从二层坠落。",
}


def faults_of(book: BookKind, /, **cells: CellValue) -> dict[str, str]:
    read = read_entry(BOOKS[book], cells, TODAY)
    return {fault.field: fault.message for fault in read.faults}


def test_every_register_has_one_day_columns_that_exist_and_headings_of_its_own() -> None:
    assert set(BOOKS) == set(BookKind)
    for spec in BOOKS.values():
        assert [field.is_day for field in spec.fields].count(True) == 1, spec.title
        assert spec.day.is_required
        assert spec.title.endswith("登记簿")
        keys = [field.key for field in spec.fields]
        assert len(set(keys)) == len(keys)
        assert "community" in keys, "scopes are drawn by it"
        for key in spec.columns:
            spec.spec_of(key)
        firsts = [words[0] for words in heading_words(spec).values()]
        assert len(set(firsts)) == len(firsts), f"{spec.title}: two columns of one heading"
        for field in spec.fields:
            assert bool(field.choices) == (field.type in (FieldType.CHOICE, FieldType.SEVERAL)), field.key


@pytest.mark.requirement("LG-21-9", "LG-41-3")
def test_an_accident_is_read_with_its_numbers_and_words() -> None:
    read = read_entry(BOOKS[BookKind.ACCIDENT], {**ACCIDENT, "loss": "3.5万元"}, TODAY)
    assert read.faults == ()
    assert read.values == {
        "happened_on": date(2026, 2, 11),
        "works": "minor_operation",
        "type": "fall",
        "is_registered": False,
        "dead": 0,
        "injured": 1,
        "loss": Decimal(35000),
        "state": "reported",
        "summary": "绳索磨断，从二层坠落。",
    }


@pytest.mark.requirement("LG-21-9", "LG-18-6", "LG-41-3")
def test_a_closed_accident_needs_its_result_or_the_report_of_the_investigation() -> None:
    assert set(faults_of(BookKind.ACCIDENT, **{**ACCIDENT, "state": "已结案"})) == {"result"}
    assert not faults_of(BookKind.ACCIDENT, **{**ACCIDENT, "state": "已结案", "report_document": "区应急〔2026〕3号"})
    assert not faults_of(BookKind.ACCIDENT, **{**ACCIDENT, "state": "已结案", "result": "责令整改"})


def test_all_faults_are_told_at_once_each_at_its_field() -> None:
    found = faults_of(
        BookKind.ACCIDENT,
        **{**ACCIDENT, "happened_on": "2026-03-03", "works": "大工程", "injured": "一人", "summary": ""},
    )
    assert set(found) == {"happened_on", "works", "injured", "summary"}
    assert "晚于今天" in found["happened_on"]
    assert "可填：小型工程、零星作业" in found["works"]
    assert found["summary"] == "请填写经过和原因"


@pytest.mark.parametrize(
    ("kind", "cells", "field"),
    [
        (BookKind.SURVEY, {"asked": "10", "aware": "11"}, "aware"),
        (BookKind.SURVEY, {"asked": "10", "satisfied": "12"}, "satisfied"),
        (BookKind.INSURANCE, {"valid_from": "2026-05-01", "valid_to": "2026-04-30"}, "valid_to"),
        (BookKind.CLAIM, {"reported_on": "2026-02-02", "paid_on": "2026-02-01"}, "paid_on"),
        (BookKind.CLAIM, {"state": "已预付"}, "advanced"),
        (BookKind.CLAIM, {"state": "已赔付", "paid": "5000"}, "paid_on"),
        (BookKind.LIBRARY, {"state": "已废止"}, "withdrawn_on"),
        (BookKind.FUND, {"year": "26"}, "year"),
        (BookKind.ACTIVITY, {"kind": "媒体宣传"}, "channel"),
        (BookKind.SUPERVISION, {"happened_on": "2026-02-02", "done_on": "2026-02-01"}, "done_on"),
        (BookKind.ACCIDENT_TOTAL, {"first_on": "2026-01-01", "last_on": "2025-12-31"}, "last_on"),
        (BookKind.ACCIDENT, {"is_registered": "否", "filing": "PA-DJ-2026-000001"}, "is_registered"),
        (BookKind.SERVICE, {}, "filing"),
    ],
)
def test_what_cannot_be_together_is_said_at_the_field_to_put_right(
    kind: BookKind, cells: dict[str, CellValue], field: str
) -> None:
    assert field in faults_of(kind, **cells)


def test_numbers_of_people_are_refused_and_those_of_papers_are_not() -> None:
    found = faults_of(BookKind.ACCIDENT, **{**ACCIDENT, "summary": "伤者电话 13800008866"})
    assert "请删去" in found["summary"]
    assert "document_number" not in faults_of(BookKind.LIBRARY, document_number="13800008866")


def test_cells_of_a_sheet_are_read_by_what_they_are() -> None:
    morning = datetime(2026, 1, 5, 9)  # noqa: DTZ001 - a cell of Excel knows no zone
    cells: dict[str, CellValue] = {"year_from": morning, "year": 2026.0, "amount": 695.5}
    read = read_entry(BOOKS[BookKind.FUND], cells, TODAY, in_wan=frozenset({"amount"}))
    assert (read.values["year_from"], read.values["year"]) == (date(2026, 1, 5), 2026)
    assert read.values["amount"] == Decimal(6955000)
    assert "公式" in faults_of(BookKind.FUND, amount=CellTrouble.FORMULA_ERROR)["amount"]
    amount = BOOKS[BookKind.FUND].spec_of("amount")
    assert is_in_wan(amount, "金额（万元）")
    assert not is_in_wan(amount, "金额（元）")


@pytest.mark.requirement("LG-15-1")
def test_several_subjects_of_a_rule_document_are_kept_in_one_order() -> None:
    read = read_entry(BOOKS[BookKind.LIBRARY], {"subjects": "资金，排摸、巡查"}, TODAY)
    assert read.values["subjects"] == ("survey", "patrol", "money")
    assert "审批" in faults_of(BookKind.LIBRARY, subjects="排摸、放假")["subjects"]


@given(st.decimals(0, 10**9, places=2), st.integers(0, 10**8), st.dates(date(2000, 1, 1), TODAY))
def test_stored_values_come_back_and_can_be_typed_again(amount: Decimal, year: int, day: date) -> None:
    spec = BOOKS[BookKind.FUND]
    values: dict[str, BookValue] = {"amount": amount, "year": year, "year_from": day, "purpose": "排查"}
    back = from_plain(spec, to_plain(values))
    assert back == values
    again = read_entry(spec, {key: typed(spec.spec_of(key), value) for key, value in back.items()}, TODAY)
    assert {key: again.values.get(key) for key in ("amount", "year_from", "purpose")} == {
        key: values[key] for key in ("amount", "year_from", "purpose")
    }


def test_values_are_shown_in_words() -> None:
    spec = BOOKS[BookKind.ACCIDENT]
    assert shown(spec.spec_of("type"), "fall") == "高处坠落"
    assert shown(spec.spec_of("is_registered"), False) == "否"
    assert shown(spec.spec_of("loss"), Decimal(35000)) == "35,000.00"
    assert shown(spec.spec_of("dead"), 0) == "0", "zero is a number, not nothing"
    assert shown(spec.spec_of("loss"), None) == ""


@pytest.mark.requirement("LG-13-10a")
@pytest.mark.parametrize(
    ("policies", "lack"),
    [
        ([], InsuranceLack.MISSING),
        ([("工伤保险", date(2027, 1, 1))], InsuranceLack.MISSING),
        ([("安全生产责任保险", date(2026, 3, 1))], InsuranceLack.LAPSED),
        ([("安全生产责任保险", date(2026, 3, 2))], InsuranceLack.LAPSES_EARLY),
        ([("安全生产责任保险", date(2026, 6, 1))], None),
        ([("安全生产责任保险", None)], InsuranceLack.NO_END),
        ([("安全生产责任保险", date(2026, 3, 1)), ("liability", date(2026, 6, 30))], None),
    ],
)
def test_a_small_work_is_insured_to_its_end(
    policies: list[tuple[str, date | None]], lack: InsuranceLack | None
) -> None:
    held = [Policy(kind=kind, valid_from=None, valid_to=until) for kind, until in policies]
    assert lack_of(held, ends_on=date(2026, 6, 1), today=TODAY) is lack
