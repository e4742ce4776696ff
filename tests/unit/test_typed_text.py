"""Reading of typed text, amounts, areas and days."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.typed_text import (
    AmountUnit,
    clean_text,
    parse_amount_wan_or_yuan,
    parse_area,
    parse_day,
    text_fault,
)

TODAY = date(2026, 3, 2)
names = pytest.mark.requirement("LG-28-2.1", "LG-28-T")
amounts = pytest.mark.requirement("LG-2-0a")
days = pytest.mark.requirement("LG-9-1")


@names
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  张  三  ", "张 三"),
        ("张\u3000三", "张 三"),
        ("福安苑\r\n\t3栋", "福安苑 3栋"),
        ("\u202e张三\u202c", "张三"),
        ("张\u200b\ufeff三\u00ad", "张三"),
        ("张\x00\x07三", "张三"),
        ("cafe\u0301", "café"),
        ("李昇", "李昇"),
        ("䶮㛃𬭎𠮷\U00030000\U00031350", "䶮㛃𬭎𠮷\U00030000\U00031350"),
        ("\ufa19\U0002f81a", "\ufa19\U0002f81a"),
        ("葛\U000e0100", "葛\U000e0100"),
        ("\ue78d", "\ue78d"),
        ("Ａ座（二期）", "Ａ座（二期）"),
        ("阿卜杜拉·某某", "阿卜杜拉·某某"),
        ("\u3164\u2800", ""),
        ("坏\ud83d字\ufffe", "坏字"),
        ("=1+2", "=1+2"),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_is_dropped_and_what_can_is_kept(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@names
@given(text=st.text(st.characters(codec=None)))
def test_clean_text_is_clean_already(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    cleaned.encode("utf-8")
    assert not [char for char in cleaned if unicodedata.category(char) in ("Cc", "Cf", "Cs")]


@names
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("张\x00三", "控制字符（U+0000）"),
        ("张\x1b[31m", "控制字符（U+001B）"),
        ("\u202e张三", "右向左标记"),
        ("张\u200b三", "看不见的字符（U+200B）"),
        ("\u3164", "看不见的字符"),
        ("张\ud83d", "残缺的字符"),
        ("张三😀", "表情符号"),
        ("一" * 101, "现有 101 个字，最多 100 个字"),
        ("x" * 10_000, "现有 10000 个字"),
    ],
)
def test_a_text_that_cannot_stand_says_why(text: str, says: str) -> None:
    assert says in text_fault(text, longest=100)


@names
@pytest.mark.parametrize("text", ["", "张三", "一" * 100, "\U00030000" * 100, "第一行\n第二行\t", '=HYPERLINK("x")'])
def test_a_text_that_can_stand_has_no_fault(text: str) -> None:
    assert text_fault(text, longest=100) == ""


@names
@given(text=st.text(max_size=50))
def test_a_text_without_a_fault_loses_no_visible_character(text: str) -> None:
    if not text_fault(text, longest=50):
        kept = unicodedata.normalize("NFD", clean_text(text).replace(" ", ""))
        assert kept == unicodedata.normalize("NFD", "".join(text.split()))


@amounts
@pytest.mark.parametrize(
    ("typed", "unit", "yuan"),
    [
        ("1000000", AmountUnit.YUAN, "1000000"),
        ("100", AmountUnit.WAN_YUAN, "1000000"),
        ("100.0001", AmountUnit.WAN_YUAN, "1000001"),
        ("0.0001", AmountUnit.WAN_YUAN, "1"),
        (".5", AmountUnit.WAN_YUAN, "5000"),
        ("12.50000", AmountUnit.WAN_YUAN, "125000"),
        ("1234.56", AmountUnit.YUAN, "1234.56"),
        ("1,234,567.8", AmountUnit.YUAN, "1234567.8"),
        ("１，２３４．５０", AmountUnit.YUAN, "1234.5"),
        ("1 000 000", AmountUnit.YUAN, "1000000"),
        ("12。5", AmountUnit.WAN_YUAN, "125000"),
        ("￥3000元", AmountUnit.WAN_YUAN, "3000"),
        ("人民币12.5万元整", AmountUnit.YUAN, "125000"),
        ("12 万", AmountUnit.YUAN, "120000"),
        ("0", AmountUnit.YUAN, "0"),
        ("007", AmountUnit.YUAN, "7"),
        ("1000000000000", AmountUnit.YUAN, "1000000000000"),
    ],
)
def test_an_amount_is_read_exactly(typed: str, unit: AmountUnit, yuan: str) -> None:
    read = parse_amount_wan_or_yuan(typed, unit)
    assert (read.valid, str(read.value), read.why) == (True, yuan, "")


@amounts
@pytest.mark.parametrize(
    ("typed", "unit", "says"),
    [
        ("", AmountUnit.YUAN, "未填写金额"),
        ("元", AmountUnit.YUAN, "未填写金额"),
        ("-5", AmountUnit.YUAN, "不能是负数"),
        ("－5", AmountUnit.YUAN, "不能是负数"),
        ("−5", AmountUnit.WAN_YUAN, "不能是负数"),
        ("1.234", AmountUnit.YUAN, "最多 2 位小数"),
        ("1.23456", AmountUnit.WAN_YUAN, "请改用元填写"),
        ("1000000000000.01", AmountUnit.YUAN, "超过一万亿元"),
        ("100000001", AmountUnit.WAN_YUAN, "超过一万亿元"),
        ("9" * 40, AmountUnit.WAN_YUAN, "超过一万亿元"),
        ("9" * 10_000, AmountUnit.YUAN, "过长"),
        ("1e5", AmountUnit.YUAN, "“E”"),
        ("十万", AmountUnit.YUAN, "请只填阿拉伯数字"),
        ("12,34", AmountUnit.YUAN, "逗号"),
        ("100 20", AmountUnit.YUAN, "空格"),
        ("1.2.3", AmountUnit.YUAN, "两个小数点"),
        (".", AmountUnit.YUAN, "位置不对"),
        ("=1+1", AmountUnit.YUAN, "“=”"),
        ("٣", AmountUnit.YUAN, "阿拉伯数字"),
        ("NaN", AmountUnit.YUAN, "“N”"),
        ("Infinity", AmountUnit.YUAN, "“I”"),
    ],
)
def test_an_amount_that_cannot_stand_says_why(typed: str, unit: AmountUnit, says: str) -> None:
    read = parse_amount_wan_or_yuan(typed, unit)
    assert (read.valid, read.value) == (False, None)
    assert says in read.why


@amounts
@given(cents=st.integers(0, 10**14))
def test_every_amount_in_yuan_is_read_back(cents: int) -> None:
    yuan = Decimal(cents).scaleb(-2)
    for typed in (f"{yuan:f}", f"{yuan:,f}", f"￥{yuan:,.2f}元"):
        assert parse_amount_wan_or_yuan(typed, AmountUnit.YUAN).value == yuan


@amounts
@given(yuan=st.integers(0, 10**12))
def test_yuan_and_ten_thousands_of_yuan_say_the_same(yuan: int) -> None:
    in_wan = f"{Decimal(yuan).scaleb(-4):f}"
    assert parse_amount_wan_or_yuan(in_wan, AmountUnit.WAN_YUAN).value == yuan


@amounts
@pytest.mark.parametrize(
    ("typed", "area"),
    [
        ("500", "500"),
        ("120.55", "120.55"),
        ("80 ㎡", "80"),
        ("80m2", "80"),
        ("80 m²", "80"),
        ("80平方米", "80"),
        ("0", "0"),
    ],
)
def test_an_area_is_read_in_square_metres(typed: str, area: str) -> None:
    assert str(parse_area(typed).value) == area


@amounts
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "未填写面积"),
        ("-3", "不能是负数"),
        ("12.345", "最多 2 位小数"),
        ("100000000.01", "一亿平方米"),
        ("三百", "“三”"),
        ("5亩", "“亩”"),
        ("1" * 10_000, "过长"),
    ],
)
def test_an_area_that_cannot_stand_says_why(typed: str, says: str) -> None:
    read = parse_area(typed)
    assert not read.valid
    assert says in read.why


@days
@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-02",
        "2026-3-2",
        "2026.3.2",
        "2026/3/2",
        "20260302",
        "2026年3月2日",
        "2026 年 3 月 2 号",
        "２０２６－０３－０２",
        "2026。3。2",
        "3-2",
        "03.02",
        "3/2",
        "3月2日",
        "3月2",
        " 2026-03-02\n",
    ],
)
def test_a_day_is_read_however_it_is_written(typed: str) -> None:
    assert parse_day(typed, TODAY).value == TODAY


@days
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "未填写日期"),
        ("2026-02-30", "2026 年 2 月只有 28 日"),
        ("2-29", "2026 年 2 月只有 28 日"),
        ("2026-13-01", "没有 13 月"),
        ("20261301", "没有 13 月"),
        ("0000-01-01", "没有 0 年"),
        ("1026-03-02", "不合常理"),
        ("3026-03-02", "不合常理"),
        ("2026-03", "请写成 2026-03-02"),
        ("260302", "请写成 2026-03-02"),
        ("明天", "请写成 2026-03-02"),
        ("2026-W10-1", "请写成 2026-03-02"),
        ("٢٠٢٦-٠٣-٠٢", "请写成 2026-03-02"),
        ("9" * 10_000, "请写成 2026-03-02"),
    ],
)
def test_a_day_that_cannot_stand_says_why(typed: str, says: str) -> None:
    read = parse_day(typed, TODAY)
    assert not read.valid
    assert says in read.why


@days
def test_a_certificate_may_be_good_for_ever() -> None:
    assert parse_day("9999-12-31", TODAY).value == date(9999, 12, 31)


@days
@given(day=st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    forms = (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
    )
    assert {parse_day(form, TODAY).value for form in forms} == {day}


@names
@given(text=st.text(st.characters(codec=None), max_size=60))
def test_no_typed_text_makes_a_reader_fail_with_an_error(text: str) -> None:
    reads = (
        parse_amount_wan_or_yuan(text, AmountUnit.YUAN),
        parse_amount_wan_or_yuan(text, AmountUnit.WAN_YUAN),
        parse_area(text),
        parse_day(text, TODAY),
    )
    for read in reads:
        assert read.valid != bool(read.why)
        read.why.encode("utf-8")
