"""Identity numbers, credit codes and certificate numbers: vectors of the standards, and every slip of one key."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.domain.checked import NumberFault, compact
from desktop.domain.identifiers import (
    CREDIT_ALPHABET,
    RESIDENT_CHECKS,
    RESIDENT_WEIGHTS,
    age_on,
    birth_date,
    check_certificate_number,
    check_credit_code,
    check_identity,
    check_resident_id,
    check_t_number,
)
from desktop.domain.walk_in import IdKind

TODAY = date(2026, 3, 2)
WORKER = "11010519491231002X"

resident = pytest.mark.requirement("LG-28-2.1", "LG-28-2a", "LG-45-1a")
credit = pytest.mark.requirement("LG-28-2.1", "LG-45-1a", "LG-45-2")
certificate = pytest.mark.requirement("LG-11-2a", "LG-13-6", "LG-28-Ld")


def resident_id(body: str) -> str:
    """Give a 17-digit body its check symbol by the standard's formula."""
    total = sum(int(digit) * weight for digit, weight in zip(body, RESIDENT_WEIGHTS, strict=True))
    return body + RESIDENT_CHECKS[total % 11]


def credit_code(body: str) -> str:
    """Give a 17-symbol body its check symbol by GB 32100, reckoned the long way."""
    total = sum(CREDIT_ALPHABET.index(char) * (3**place % 31) for place, char in enumerate(body))
    return body + CREDIT_ALPHABET[(31 - total % 31) % 31]


RESIDENT_IDS = st.builds(
    lambda area, born, serial: resident_id(f"{area:06}{born:%Y%m%d}{serial:03}"),
    st.integers(110000, 830000),
    st.dates(date(1920, 1, 1), date(2025, 12, 31)),
    st.integers(0, 999),
)
CREDIT_CODES = st.text(CREDIT_ALPHABET, min_size=17, max_size=17).map(credit_code)


@resident
@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002X ",
        "1101 0519-4912-3100-2X",
        "\u200e11010519491231002X\u202c",
        "440524188001010014",
        "34052419800101001X",
        resident_id("81000019900101001"),
        resident_id("82000019900101001"),
        resident_id("83000019900101001"),
        resident_id("51022919720229001"),
    ],
)
def test_resident_numbers_of_the_standard_are_valid(text: str) -> None:
    checked = check_resident_id(text, TODAY)
    assert checked.valid, checked.why
    assert checked.normalised == compact(text)
    assert len(checked.normalised) == 18


@resident
@pytest.mark.parametrize(
    ("text", "fault", "says"),
    [
        ("", NumberFault.EMPTY, "未填写"),
        ("   ", NumberFault.EMPTY, "未填写"),
        ("110105491231002", NumberFault.OUTDATED, "15 位"),
        ("1101051949123100", NumberFault.LENGTH, "现有 16 位"),
        ("110105194912310021X", NumberFault.LENGTH, "现有 19 位"),
        ("110105194912310021", NumberFault.CHECK_SYMBOL, "第 18 位应为 X"),
        ("430602199002301234", NumberFault.BIRTH_DATE, "2 月只有 28 日"),
        ("110101190002290011", NumberFault.BIRTH_DATE, "1900 年 2 月只有 28 日"),
        (resident_id("11010519901331002"), NumberFault.BIRTH_DATE, "没有 13 月"),
        (resident_id("11010520270101002"), NumberFault.BIRTH_IN_FUTURE, "晚于今天"),
        (resident_id("11010517000101002"), NumberFault.BIRTH_TOO_OLD, "过早"),
        ("X1010519491231002X", NumberFault.CHARACTER, "第 1 位“X”应为数字"),
        ("11010519491231002Y", NumberFault.CHARACTER, "数字或 X"),
        ("1101051949123100²X", NumberFault.CHARACTER, "第 17 位"),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", NumberFault.CHARACTER, "第 1 位"),
        ("1" * 10_000, NumberFault.LENGTH, "现有 10000 位"),
    ],
)
def test_resident_numbers_that_cannot_stand_say_why(text: str, fault: NumberFault, says: str) -> None:
    checked = check_resident_id(text, TODAY)
    assert (checked.valid, checked.code) == (False, fault)
    assert says in checked.why


@resident
def test_a_birth_today_is_not_in_the_future() -> None:
    assert check_resident_id(resident_id("11010520260302001"), TODAY).valid


@resident
@given(number=RESIDENT_IDS)
def test_every_number_built_by_the_standard_is_valid(number: str) -> None:
    assert check_resident_id(number, TODAY).valid


@resident
@given(number=RESIDENT_IDS, place=st.integers(0, 17), digit=st.sampled_from("0123456789X"))
def test_one_wrong_symbol_in_a_resident_number_is_always_found(number: str, place: int, digit: str) -> None:
    assume(number[place] != digit)
    assert not check_resident_id(number[:place] + digit + number[place + 1 :], TODAY).valid


@resident
@given(number=RESIDENT_IDS, place=st.integers(0, 16))
def test_two_neighbours_exchanged_in_a_resident_number_are_always_found(number: str, place: int) -> None:
    assume(number[place] != number[place + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert not check_resident_id(swapped, TODAY).valid


@resident
@given(text=st.text())
def test_no_text_makes_a_check_fail_with_an_error(text: str) -> None:
    checks = [
        check_resident_id(text, TODAY),
        check_credit_code(text),
        check_t_number(text, text, TODAY),
        check_certificate_number(text, text, TODAY),
        *(check_identity(kind, text, TODAY) for kind in IdKind),
    ]
    assert all(checked.why for checked in checks)


@resident
def test_a_number_that_begins_with_nine_is_checked_by_its_symbol_without_a_birth_date() -> None:
    number = resident_id("91000019901399001")
    assert check_resident_id(number, TODAY).valid
    assert check_identity(IdKind.FOREIGN_RESIDENT_ID, number, TODAY).valid
    assert birth_date(number) is None


@resident
def test_the_old_card_of_foreign_residents_still_passes() -> None:
    assert check_identity(IdKind.FOREIGN_RESIDENT_ID, "abc123456789012", TODAY).valid


@resident
def test_a_foreign_residents_number_must_begin_with_nine() -> None:
    assert check_identity(IdKind.FOREIGN_RESIDENT_ID, WORKER, TODAY).code is NumberFault.PREFIX


@resident
@pytest.mark.parametrize(
    ("day", "age"),
    [(date(2008, 3, 1), 17), (date(2008, 3, 2), 18), (date(1990, 3, 1), None)],
)
def test_the_age_is_full_years_on_the_day(day: date, age: int | None) -> None:
    assert age_on(resident_id("11010519900302001"), day) == age


@credit
@pytest.mark.parametrize(
    "text",
    [
        "91350100M000100Y43",
        "91350100m000100y43",
        "９１３５０１００Ｍ０００１００Ｙ４３",
        "9144030071526726XG",
        "91330100799655058B",
        "92430602MA4L0000Y0",
        credit_code("N2440307MA5FABCD1"),
        credit_code("Y1100000MB0123456"),
        "91350100-M000100Y4-3",
    ],
)
def test_credit_codes_of_the_standard_are_valid(text: str) -> None:
    checked = check_credit_code(text)
    assert checked.valid, checked.why
    assert checked.normalised == compact(text)


@credit
@pytest.mark.parametrize(
    ("text", "fault", "says"),
    [
        ("", NumberFault.EMPTY, "未填写"),
        ("91350100M000100Y4", NumberFault.LENGTH, "现有 17 位"),
        ("91350100M000100Y4Z", NumberFault.CHARACTER, "不使用 I、O、Z、S、V"),
        ("91350100M000100Y44", NumberFault.CHECK_SYMBOL, "第 18 位应为 3"),
        ("9I350100M000100Y43", NumberFault.CHARACTER, "数字 1"),
        ("91350100MOOO100Y43", NumberFault.CHARACTER, "数字 0"),
        ("9243060VMA4L0000Y0", NumberFault.CHARACTER, "字母 U"),
        ("92430602MA4L0000YV", NumberFault.CHARACTER, "按前 17 位应为 0"),
        ("91350100M000100Y4Z", NumberFault.CHARACTER, "按前 17 位应为 3"),
        ("91350100M000100Y4?", NumberFault.CHARACTER, "按前 17 位应为 3"),
        ("深圳市某某装饰有限公司统一代码十八位", NumberFault.CHARACTER, "“深”"),
    ],
)
def test_credit_codes_that_cannot_stand_say_why(text: str, fault: NumberFault, says: str) -> None:
    checked = check_credit_code(text)
    assert (checked.valid, checked.code) == (False, fault)
    assert says in checked.why


@credit
@given(code=CREDIT_CODES)
def test_every_code_built_by_the_standard_is_valid(code: str) -> None:
    assert check_credit_code(code).valid


@credit
@given(code=CREDIT_CODES, place=st.integers(0, 17), symbol=st.sampled_from(CREDIT_ALPHABET))
def test_one_wrong_symbol_in_a_credit_code_is_always_found(code: str, place: int, symbol: str) -> None:
    assume(code[place] != symbol)
    assert not check_credit_code(code[:place] + symbol + code[place + 1 :]).valid


@certificate
@pytest.mark.parametrize("text", [f"T{WORKER}", f"t{WORKER.lower()}", f" Ｔ {WORKER}"])
def test_a_t_number_of_the_worker_is_valid(text: str) -> None:
    assert check_t_number(text, WORKER, TODAY).valid


@certificate
def test_a_t_number_of_somebody_else_is_found_and_does_not_block() -> None:
    checked = check_t_number("T34052419800101001X", WORKER, TODAY)
    assert checked.code is NumberFault.HOLDER
    assert not checked.is_blocking


@certificate
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", NumberFault.EMPTY),
        (WORKER, NumberFault.PREFIX),
        ("T110105194912310021", NumberFault.CHECK_SYMBOL),
        ("T1101051949123100", NumberFault.LENGTH),
    ],
)
def test_a_t_number_that_cannot_stand_blocks(text: str, fault: NumberFault) -> None:
    checked = check_t_number(text, WORKER, TODAY)
    assert checked.code is fault
    assert checked.is_blocking


@certificate
@pytest.mark.parametrize("text", ["晋A012008000001", "建安C(2021)0001234", "TS-4403-12345"])
def test_other_certificates_are_taken_as_typed(text: str) -> None:
    assert check_certificate_number(text, WORKER, TODAY).valid


@certificate
def test_an_odd_certificate_number_asks_for_a_second_look_only() -> None:
    checked = check_certificate_number("!!!", WORKER, TODAY)
    assert checked.code is NumberFault.FORM
    assert not checked.is_blocking


@resident
@pytest.mark.parametrize(
    ("kind", "text", "is_valid"),
    [
        (IdKind.RESIDENT_ID, WORKER, True),
        (IdKind.CREDIT_CODE, WORKER, False),
        (IdKind.CREDIT_CODE, "91350100M000100Y43", True),
        (IdKind.OTHER, "某某证字第一号", True),
        (IdKind.OTHER, "", False),
    ],
)
def test_the_kind_of_document_decides_which_check_is_made(kind: IdKind, text: str, is_valid: bool) -> None:
    assert check_identity(kind, text, TODAY).valid is is_valid
