"""Reading declared facts: every fault at once, and what a silent key means."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.errors import FaultyInput
from desktop.domain.fact_reading import read_facts
from desktop.domain.facts import NOT_APPLICABLE, UNKNOWN, Facts, Visit


@pytest.mark.parametrize(
    ("key", "meaning"),
    [
        pytest.param("hoisting", False, id="flag-is-false"),
        pytest.param("agent", False, id="agent-is-false"),
        pytest.param("applicant_is_owner", True, id="applicant-is-owner"),
        pytest.param("completion_accepted", True, id="completion-accepted"),
        pytest.param("property_ownership", "legal", id="ownership-legal"),
        pytest.param("contract_amount_yuan", UNKNOWN, id="amount-unknown"),
        pytest.param("floor_area_m2", UNKNOWN, id="area-unknown"),
        pytest.param("excavation_depth_m", NOT_APPLICABLE, id="measure-irrelevant"),
        pytest.param("provided_materials", UNKNOWN, id="papers-not-said"),
    ],
)
def test_an_absent_key_has_its_meaning(key: str, meaning: object) -> None:
    assert read_facts({})[key] == meaning
    assert read_facts({key: None})[key] is UNKNOWN


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("contract_amount_yuan", 1000000, Decimal(1000000)),
        ("contract_amount_yuan", 0.1, Decimal("0.1")),
        ("contract_amount_yuan", Decimal("1000000.0001"), Decimal("1000000.0001")),
        ("floor_area_m2", "not_applicable", NOT_APPLICABLE),
        ("filed_on", "2026-03-02", date(2026, 3, 2)),
        ("qualification_valid_to", "9999-12-31", date(9999, 12, 31)),
        ("illegal_acts", ["add_storey"], ("add_storey",)),
        ("crowded_place", "幼儿园", "幼儿园"),
        ("closed_management_place", "none", False),
        ("decision_document", "", UNKNOWN),
    ],
)
def test_a_value_is_read_exactly(key: str, raw: object, value: object) -> None:
    assert read_facts({key: raw})[key] == value


BAD: list[tuple[str, Any, str]] = [
    ("wrong_key", 1, "unknown key"),
    ("kind", "small", "must be one of"),
    ("hoisting", "yes", "must be true or false"),
    ("hoisting", 1, "must be true or false"),
    ("contract_amount_yuan", -1, "must not be negative"),
    ("contract_amount_yuan", "-0.01", "must not be negative"),
    ("contract_amount_yuan", True, "must be a number"),
    ("contract_amount_yuan", "一百万", "is not a number"),
    ("contract_amount_yuan", "NaN", "finite"),
    ("contract_amount_yuan", "Infinity", "finite"),
    ("contract_amount_yuan", Decimal("1e999999"), "too large"),
    ("contract_amount_yuan", Decimal("1e-999999"), "too many decimals"),
    ("contract_amount_yuan", [1], "must be a number"),
    ("filed_on", "2026-02-30", "is not a date"),
    ("filed_on", "2026-W10-1", "YYYY-MM-DD"),
    ("filed_on", "20260302", "YYYY-MM-DD"),
    ("filed_on", "2026/03/02", "YYYY-MM-DD"),
    ("filed_on", "２０２６-03-02", "YYYY-MM-DD"),
    ("filed_on", 20260302, "must be a date"),
    ("accepted_on", "9999-12-31", "no likely day"),
    ("filed_on", "0001-01-01", "no likely day"),
    ("category", 3, "must be a text"),
    ("illegal_acts", {"a": 1}, "must be a list"),
    ("illegal_acts", [1], "must be a list"),
    ("visits", "yesterday", "must be a list of visits"),
    ("visits", [{"on": "2026-13-01"}], "a visit's day"),
    ("visits", [{"on": "9999-12-31"}], "no likely day"),
    ("planned_start_on", "9999-12-31", "no likely day"),
    ("visits", [{"notice_items": "28-1"}], "list of material codes"),
    ("visits", [{"facts_changed": "yes"}], "facts_changed"),
    ("config", 3, "must be an object"),
    ("config", {"limit_amount_yuan": -1}, "must not be negative"),
]


@pytest.mark.parametrize(("key", "raw", "sentence"), [pytest.param(*row, id=f"{row[0]}={row[1]!r:.20}") for row in BAD])
def test_a_bad_value_is_refused_with_its_key(key: str, raw: object, sentence: str) -> None:
    with pytest.raises(FaultyInput) as caught:
        read_facts({key: raw}, where="file.json")
    (fault,) = caught.value.faults
    assert fault.where.startswith(f"file.json.{key}")
    assert sentence in fault.what


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(FaultyInput) as caught:
        read_facts({"a": 1, "hoisting": 1, "filed_on": "x", "contract_amount_yuan": -5, "kind": "small_work"})
    assert [fault.where for fault in caught.value.faults] == [
        "facts.a",
        "facts.hoisting",
        "facts.filed_on",
        "facts.contract_amount_yuan",
    ]


@pytest.mark.parametrize("raw", [None, [], "x", 3])
def test_facts_are_an_object(raw: object) -> None:
    with pytest.raises(FaultyInput):
        read_facts(raw)


def test_declared_numbers_are_numbers_while_stored_ones_may_be_text() -> None:
    assert read_facts({"floor_area_m2": "120.50"}).number("floor_area_m2") == Decimal("120.50")
    with pytest.raises(FaultyInput, match="not a text"):
        read_facts({"floor_area_m2": "120.50"}, numbers_may_be_text=False)
    assert read_facts({"floor_area_m2": "not_applicable"}, numbers_may_be_text=False).number("floor_area_m2") is None


@pytest.mark.requirement("LG-27-3c4")
def test_a_visit_keeps_its_day_and_what_was_named() -> None:
    facts = read_facts({"visits": [{"on": "2026-03-02", "notice": {"items": ["28-4"]}, "facts_changed": True}]})
    assert facts["visits"] == (Visit(date(2026, 3, 2), ("28-4",), True),)


def test_flags_are_three_valued() -> None:
    facts = Facts({"hoisting": UNKNOWN, "crowded_place": NOT_APPLICABLE, "confined_space": True})
    assert [facts.flag(key) for key in ("hoisting", "crowded_place", "confined_space", "earthwork")] == [
        None,
        False,
        True,
        False,
    ]


def test_facts_change_by_making_new_ones() -> None:
    before = read_facts({"hoisting": False})
    assert before.with_facts(hoisting=True).flag("hoisting") is True
    assert before.flag("hoisting") is False
