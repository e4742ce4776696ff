"""Numbers of registrations and notices: as printed, as typed, as looked up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.acts import Act
from desktop.domain.register_number import (
    SERIES_OF_ACT,
    RegisterNumber,
    Series,
    format_number,
    is_office_code,
    parse_number,
)

pytestmark = pytest.mark.requirement("LG-27-3b1", "LG-20-3")

NUMBERS = st.builds(
    RegisterNumber,
    office_code=st.from_regex(r"[A-Z0-9]{1,12}", fullmatch=True),
    series=st.sampled_from(Series),
    year=st.integers(1000, 9999),
    serial=st.integers(1, 10**12),
)


def number_of(serial: int) -> str:
    """Give the registration number of a serial."""
    return format_number(office_code="PA", series=Series.REGISTRATION, year=2026, serial=serial)


@pytest.mark.parametrize(
    ("serial", "number"),
    [
        (1, "PA-DJ-2026-000001"),
        (123, "PA-DJ-2026-000123"),
        (999_999, "PA-DJ-2026-999999"),
        (1_000_000, "PA-DJ-2026-1000000"),
        (12_345_678, "PA-DJ-2026-12345678"),
    ],
)
def test_a_serial_has_six_digits_and_grows_past_them(serial: int, number: str) -> None:
    assert number_of(serial) == number


@given(number=NUMBERS)
def test_a_printed_number_is_read_back_whole(number: RegisterNumber) -> None:
    printed = format_number(
        office_code=number.office_code, series=number.series, year=number.year, serial=number.serial
    )
    assert parse_number(printed) == number
    assert parse_number(printed.lower()) == number
    assert parse_number(f" {printed.lower()} ") == number


@pytest.mark.parametrize(
    "typed",
    [
        "pa-dj-2026-000123",
        "PA-DJ-2026-123",
        "ＰＡ－ＤＪ－２０２６－０００１２３",
        "PA—DJ–2026－000123",
        " PA - DJ - 2026 - 000123\n",
        "PADJ2026000123",
        "\u202dPA-DJ-2026-000123\u202c",
    ],
)
def test_a_number_is_found_however_it_is_typed(typed: str) -> None:
    assert str(parse_number(typed)) == "PA-DJ-2026-000123"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "PA-DJ-2026",
        "PA-ZZ-2026-000123",
        "PA-DJ-26-000123",
        "PA-DJ-2026-000000",
        "PA-DJ-0000-000001",
        "DJ-2026-000123",
        "平安-DJ-2026-000123",
        "PA-DJ-2026-000123-1",
        "PADJ2026123",
        "PA-DJ-２٠26-000123",
        "1" * 10_000,
    ],
)
def test_what_is_no_number_is_not_taken_for_one(typed: str) -> None:
    assert parse_number(typed) is None


@given(text=st.text(max_size=40))
def test_no_text_breaks_the_look_up(text: str) -> None:
    number = parse_number(text)
    assert number is None or parse_number(str(number)) == number


@pytest.mark.parametrize(
    ("office_code", "year", "serial"),
    [
        ("pa", 2026, 1),
        ("", 2026, 1),
        ("PA-1", 2026, 1),
        ("平安", 2026, 1),
        ("A" * 13, 2026, 1),
        ("PA", 26, 1),
        ("PA", 2026, 0),
    ],
)
def test_impossible_parts_are_refused(office_code: str, year: int, serial: int) -> None:
    with pytest.raises(ValueError):
        format_number(office_code=office_code, series=Series.REGISTRATION, year=year, serial=serial)


@pytest.mark.parametrize(
    ("code", "is_good"), [("PA", True), ("LG01", True), ("pa", False), ("A B", False), ("Ａ", False)]
)
def test_only_capital_letters_and_digits_head_a_number(code: str, is_good: bool) -> None:
    assert is_office_code(code) is is_good


def test_every_act_has_a_series_of_its_own() -> None:
    assert set(SERIES_OF_ACT) == set(Act)
    assert len(set(SERIES_OF_ACT.values())) == len(Act)


@pytest.mark.parametrize(
    ("act", "letters"),
    [
        (Act.ACCEPT, "DJ"),
        (Act.ONE_TIME_NOTICE, "GZ"),
        (Act.INFORM_PERMIT, "XK"),
        (Act.MUST_NOT_START, "JZ"),
        (Act.NOT_APPLICABLE, "BS"),
        (Act.TO_STREET_OFFICE, "ZB"),
    ],
)
def test_each_act_takes_its_number_from_its_series(act: Act, letters: str) -> None:
    assert SERIES_OF_ACT[act].value == letters


@pytest.mark.requirement("LG-8-1")
def test_every_series_has_a_chinese_name_that_claims_no_licence() -> None:
    assert all(series.label for series in Series)
    named = [series.label for series in Series if series is not Series.PERMIT_NOTICE]
    assert not [label for label in named if any(word in label for word in ("许可", "批准", "审批"))]
