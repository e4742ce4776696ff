"""Telephone numbers as people say them at a counter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.checked import NumberFault
from desktop.domain.phones import check_phone

pytestmark = pytest.mark.requirement("LG-28-2.1", "LG-32-2")


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("13800001234", "13800001234"),
        ("138 0000 1234", "13800001234"),
        ("138-0000-1234", "13800001234"),
        ("１３８００００１２３４", "13800001234"),
        ("+86 138 0000 1234", "13800001234"),
        ("0086-13800001234", "13800001234"),
        ("0755-28000000", "0755-28000000"),
        ("(0755) 2800 0000", "0755-28000000"),
        ("075528000000转801", "0755-28000000-801"),
        ("0755-28000000-801", "0755-28000000-801"),
        ("+86 755 28000000", "0755-28000000"),
        ("010-62000000", "010-62000000"),
        ("28000000", "28000000"),
        ("400-800-0000", "4008000000"),
        ("+852 2800 0000", "+85228000000"),
        ("00852 2800 0000", "+85228000000"),
        ("\u202d13800001234\u202c", "13800001234"),
    ],
)
def test_a_number_is_stored_in_one_form_however_it_is_written(text: str, normalised: str) -> None:
    checked = check_phone(text)
    assert (checked.valid, checked.normalised) == (True, normalised)


@pytest.mark.parametrize(
    ("text", "fault", "says"),
    [
        ("", NumberFault.EMPTY, "未填写"),
        (" 　", NumberFault.EMPTY, "未填写"),
        ("1380000123", NumberFault.LENGTH, "现有 10 位"),
        ("138000012345", NumberFault.LENGTH, "现有 12 位"),
        ("12800001234", NumberFault.PREFIX, "第 2 位"),
        ("0755-280000", NumberFault.LENGTH, "区号 0755 之后应为 7 或 8 位号码，现有 6 位"),
        ("0755-00001234", NumberFault.FORM, "区号 0755 之后的号码不会以 0 开头"),
        ("0755-12345678", NumberFault.FORM, "不会以 1 开头"),
        ("0123-4567890", NumberFault.PREFIX, "没有以 012 开头的区号"),
        ("13800001234、13900001234", NumberFault.CHARACTER, "只填一个号码"),
        ("电话同上", NumberFault.CHARACTER, "“电”"),
        ("99", NumberFault.LENGTH, "位数不对"),
        ("1" * 10_000, NumberFault.LENGTH, "过长"),
    ],
)
def test_a_number_that_cannot_stand_says_why(text: str, fault: NumberFault, says: str) -> None:
    checked = check_phone(text)
    assert (checked.valid, checked.code) == (False, fault)
    assert says in checked.why


@given(digits=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_every_mobile_number_is_valid(digits: str) -> None:
    assert check_phone(digits).normalised == digits
    assert check_phone(f"{digits[:3]} {digits[3:7]} {digits[7:]}").normalised == digits


@given(text=st.text())
def test_what_was_normalised_once_stays_as_it_is(text: str) -> None:
    first = check_phone(text)
    assert first.why
    if first.valid:
        assert check_phone(first.normalised) == first
