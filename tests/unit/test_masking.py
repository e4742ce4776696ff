"""Masks for lists and for what is posted on site: what stays visible, and that it is never more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.checked import compact
from desktop.domain.masking import mask_certificate, mask_id, mask_name, mask_phone

pytestmark = pytest.mark.requirement("LG-10-3b", "LG-P1")

TYPED = st.text("0123456789XT", max_size=40)
NAMES = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=12)


def visible(masked: str) -> int:
    """Count the characters that a mask leaves to be read."""
    return sum(char not in "*＊" for char in masked)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("11010519491231002X", "110***********002X"),
        ("１１０１０５１９４９１２３１００２ｘ", "110***********002X"),
        ("91350100M000100Y43", "913***********0Y43"),
        ("1101051949123", "**********123"),
        ("AB123456", "*****456"),
        ("12", "*2"),
        ("1", "*"),
        ("", ""),
    ],
)
def test_an_identity_number_shows_three_and_four(number: str, masked: str) -> None:
    assert mask_id(number) == masked


def test_an_office_may_let_the_area_of_an_identity_number_be_seen() -> None:
    assert mask_id("11010519491231002X", shows_area=True) == "110105********002X"


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("138 0000 1234", "138****1234"),
        ("13800001234", "138****1234"),
        ("0755-28000000", "075*****0000"),
        ("28001234", "****1234"),
        ("123", "**3"),
        ("", ""),
    ],
)
def test_a_phone_number_shows_three_and_four(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("T11010519491231002X", "T110***********002X"),
        ("t11010519491231002x", "T110***********002X"),
        ("粤A11010519491231002X", "**110***********002X"),
        ("晋A012008000001", "**********0001"),
        ("8001", "**01"),
    ],
)
def test_a_certificate_number_never_betrays_the_identity_number_in_it(number: str, masked: str) -> None:
    assert mask_certificate(number) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张＊"),
        ("张某某", "张＊＊"),
        ("欧阳某某", "欧阳＊＊"),
        ("欧阳某", "欧＊＊"),
        ("欧阳", "欧＊"),
        ("吴铭某某", "吴＊＊＊"),
        ("张𬭎", "张＊"),
        ("𠮷某", "𠮷＊"),
        ("阿卜杜拉·某某", "阿＊＊＊·＊＊"),
        ("葛\U000e0100某", "葛\U000e0100＊"),
        ("张", "＊"),
        ("", ""),
    ],
)
def test_a_posted_name_shows_the_family_name_only(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(text=TYPED)
def test_a_masked_number_shows_at_most_seven_and_keeps_its_length(text: str) -> None:
    for mask in (mask_id, mask_phone, mask_certificate):
        masked = mask(text)
        assert len(masked) == len(compact(text))
        assert visible(masked) <= 8
    assert visible(mask_id(text)) <= 7
    assert visible(mask_phone(text)) <= 7


@given(text=TYPED)
def test_a_short_number_shows_at_most_half(text: str) -> None:
    if len(text) < 11:
        assert visible(mask_id(text)) * 2 <= len(text)
        assert visible(mask_phone(text)) * 2 <= len(text)


@given(digits=st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True), head=st.sampled_from(["", "T", "粤", "NO"]))
def test_the_birth_date_in_a_number_is_never_shown(digits: str, head: str) -> None:
    for masked in (mask_id(digits), mask_certificate(head + digits), mask_phone(digits)):
        assert digits[4:14] not in masked
        assert "*" * 10 in masked


@given(name=NAMES)
def test_a_masked_name_keeps_its_length_and_hides_at_least_half(name: str) -> None:
    masked = mask_name(name)
    assert len(masked) == len(name)
    assert visible(masked) * 2 <= max(len(name), 0)
    assert visible(masked) <= 2
