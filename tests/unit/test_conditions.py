"""The condition language: three-valued, and it names what it misses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.conditions import All, Always, AnyOf, Compare, Condition, Not, evaluate, facts_of
from desktop.domain.facts import NOT_APPLICABLE, UNKNOWN, Facts

YES = Compare("hoisting", "is", True)
NO = Compare("confined_space", "is", True)
OPEN = Compare("earthwork", "is", True)
FACTS = Facts({"hoisting": True, "confined_space": False, "earthwork": UNKNOWN})
LIMITS = {"limit": Decimal(500)}


def holds(condition: Condition, facts: Facts = FACTS) -> bool | None:
    return evaluate(condition, facts, LIMITS).holds


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param(All((YES, YES)), True, id="all-yes-yes"),
        pytest.param(All((YES, NO)), False, id="all-yes-no"),
        pytest.param(All((YES, OPEN)), None, id="all-yes-open"),
        pytest.param(All((NO, OPEN)), False, id="all-no-open"),
        pytest.param(AnyOf((NO, NO)), False, id="any-no-no"),
        pytest.param(AnyOf((YES, OPEN)), True, id="any-yes-open"),
        pytest.param(AnyOf((NO, OPEN)), None, id="any-no-open"),
        pytest.param(Not(YES), False, id="not-yes"),
        pytest.param(Not(NO), True, id="not-no"),
        pytest.param(Not(OPEN), None, id="not-open"),
        pytest.param(Always(), True, id="always"),
    ],
)
def test_joined_conditions_follow_three_valued_logic(condition: Condition, expected: bool | None) -> None:
    assert holds(condition) is expected


@pytest.mark.parametrize(
    ("condition", "missing"),
    [
        pytest.param(All((YES, OPEN)), {"earthwork"}, id="open-and-needed"),
        pytest.param(AnyOf((NO, Not(OPEN))), {"earthwork"}, id="open-inside-not"),
        pytest.param(All((NO, OPEN)), set(), id="open-but-settled"),
        pytest.param(AnyOf((YES, OPEN)), set(), id="open-but-held"),
    ],
)
def test_an_open_answer_names_only_what_would_decide_it(condition: Condition, missing: set[str]) -> None:
    assert evaluate(condition, FACTS, LIMITS).missing == missing


@pytest.mark.parametrize(
    ("op", "below", "at", "above"),
    [
        ("at_least", False, True, True),
        ("more_than", False, False, True),
        ("at_most", True, True, False),
        ("less_than", True, False, False),
    ],
)
def test_a_number_is_compared_with_a_parameter(op: str, below: bool, at: bool, above: bool) -> None:
    condition = Compare("floor_area_m2", op, parameter="limit")
    found = [holds(condition, Facts({"floor_area_m2": Decimal(n)})) for n in ("499.99", "500", "500.01")]
    assert found == [below, at, above]


@pytest.mark.requirement("LG-2-9")
def test_the_configuration_of_a_matter_overrides_the_parameter() -> None:
    facts = Facts({"floor_area_m2": Decimal(600)}, {"limit": Decimal(700)})
    assert holds(Compare("floor_area_m2", "at_most", parameter="limit"), facts) is True


@pytest.mark.parametrize(
    ("facts", "if_not_applicable", "expected"),
    [
        pytest.param({}, False, None, id="absent-is-unknown"),
        pytest.param({"floor_area_m2": UNKNOWN}, True, None, id="null-is-unknown"),
        pytest.param({"floor_area_m2": NOT_APPLICABLE}, False, False, id="does-not-apply-no"),
        pytest.param({"floor_area_m2": NOT_APPLICABLE}, True, True, id="does-not-apply-yes"),
        pytest.param({"floor_area_m2": NOT_APPLICABLE}, None, None, id="does-not-apply-open"),
        pytest.param({"floor_area_m2": Decimal(0)}, None, True, id="zero-is-a-number"),
    ],
)
@pytest.mark.requirement("LG-2-0a")
def test_blank_zero_and_not_applicable_are_three_things(
    facts: dict[str, Any], if_not_applicable: bool | None, expected: bool | None
) -> None:
    condition = Compare("floor_area_m2", "at_most", parameter="limit", if_not_applicable=if_not_applicable)
    assert holds(condition, Facts(facts)) is expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({}, False, id="nobody-asked"),
        pytest.param({"in_public_area": False}, True, id="denied"),
        pytest.param({"in_public_area": True}, False, id="said-yes"),
        pytest.param({"in_public_area": UNKNOWN}, None, id="said-unknown"),
    ],
)
def test_denied_is_not_the_same_as_never_asked(facts: dict[str, Any], expected: bool | None) -> None:
    assert holds(Compare("in_public_area", "stated_as", False), Facts(facts)) is expected


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        pytest.param(Compare("category", "one_of", ("a", "b")), {"category": "b"}, True, id="one-of"),
        pytest.param(Compare("category", "one_of", ("a", "b")), {"category": "c"}, False, id="none-of"),
        pytest.param(Compare("illegal_acts", "not_empty"), {"illegal_acts": ("add_storey",)}, True, id="filled"),
        pytest.param(Compare("illegal_acts", "not_empty"), {"illegal_acts": ()}, False, id="empty"),
        pytest.param(
            Compare("special_operations", "includes_any", ("welding",)),
            {"special_operations": ("high_work", "welding")},
            True,
            id="includes",
        ),
        pytest.param(Compare("crowded_place", "is", True), {"crowded_place": "幼儿园"}, True, id="text-is-yes"),
        pytest.param(Compare("crowded_place", "is", True), {"crowded_place": ""}, False, id="empty-text-is-no"),
    ],
)
def test_words_and_lists_are_compared(condition: Compare, facts: dict[str, Any], expected: bool) -> None:
    assert holds(condition, Facts(facts)) is expected


@pytest.mark.requirement("LG-28-6a")
@pytest.mark.parametrize(("day", "expected"), [(1, True), (2, False), (3, False)])
def test_a_last_valid_day_is_compared_with_the_filing_day(day: int, expected: bool) -> None:
    facts = Facts({"qualification_valid_to": date(2026, 3, day), "filed_on": date(2026, 3, 2)})
    assert holds(Compare("qualification_valid_to", "before_filing"), facts) is expected


def test_a_condition_names_every_fact_it_looks_at() -> None:
    assert facts_of(All((YES, AnyOf((NO, Not(OPEN))), Always()))) == {"hoisting", "confined_space", "earthwork"}
