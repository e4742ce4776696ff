"""Conditions as the text one edits: written and read back they are the same, also over several lines."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.rule_text import read_value, value_text

QUOTED = re.compile(r'("(?:[^"\\]|\\.)*")')
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
NAMES = st.sampled_from(("contract_amount_yuan", "category", "hot_work", "事实", "a b", "x.y", ""))
NUMBERS = st.integers(0, 10**9).map(str)
COMPARED = st.one_of(
    st.fixed_dictionaries({"fact": NAMES, "at_least": NUMBERS}),
    st.fixed_dictionaries({"fact": NAMES, "is": WORDS}),
    st.fixed_dictionaries({"fact": NAMES, "one_of": st.lists(WORDS, min_size=1, max_size=4)}),
    st.fixed_dictionaries({"fact": NAMES}, optional={"if_not_applicable": st.booleans()}),
    st.fixed_dictionaries({"ref": NAMES}),
    st.fixed_dictionaries({"setting": NAMES, "is": NUMBERS}),
)
CONDITIONS = st.recursive(
    COMPARED,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, max_size=4)}),
        st.fixed_dictionaries({"any": st.lists(inner, max_size=4)}),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=12,
)
VALUES = st.recursive(
    st.one_of(WORDS, st.booleans(), st.integers(-(10**12), 10**12), st.dates(date(1, 1, 1))),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=12,
)


@pytest.mark.requirement("Q-1")
@given(CONDITIONS)
def test_a_condition_written_and_read_back_is_the_same_tree(condition: dict[str, Any]) -> None:
    assert read_value(value_text(condition)) == condition


@pytest.mark.requirement("Q-1")
@given(VALUES)
def test_any_other_value_written_and_read_back_is_the_same(value: Any) -> None:
    assert read_value(value_text(value)) == value


@pytest.mark.requirement("Q-1")
@given(CONDITIONS)
def test_a_condition_may_be_broken_over_lines_wherever_two_words_meet(condition: dict[str, Any]) -> None:
    parts = QUOTED.split(value_text(condition))
    parts[::2] = [between.replace(" ", "\n\t ") for between in parts[::2]]
    assert read_value(f"\n  {''.join(parts)}\n") == condition


@pytest.mark.requirement("Q-1")
def test_a_long_list_of_conditions_is_written_part_by_part() -> None:
    parts = [{"fact": f"fact_number_{number}", "is": "yes"} for number in range(4)]

    lines = value_text({"all": parts}).splitlines()

    assert lines[0] == "{ all = ["
    assert lines[1] == '    { fact = "fact_number_0", is = "yes" },'
    assert lines[-1] == "] }"
    assert len(lines) == 6


@pytest.mark.requirement("Q-1")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ('{ fact = "hot_work"', "还缺内容"),
        ("{ fact = hot_work }", "第 10 个字附近不对"),
        ("true\nother = 1", "附近不对"),
        ("", "不"),
        ("[" * 5000, "还"),
    ],
)
def test_what_is_no_value_yet_is_refused_saying_where(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as refused:
        read_value(typed)

    assert not isinstance(refused.value, tomllib.TOMLDecodeError)
    assert "column" not in str(refused.value)
