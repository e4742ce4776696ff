"""The values a column of a record may hold are those the pages can show."""

from __future__ import annotations

import pytest

from desktop.domain.hazard import Measure, Responsible
from desktop.domain.sampling import InspectionResult
from desktop.services.known_values import known_values, listed_values


def test_who_has_to_put_a_hazard_right_is_always_said() -> None:
    assert known_values("hazard", "responsible") == frozenset(each.value for each in Responsible)


def test_a_drawn_filing_has_a_result_of_the_list_or_none_yet() -> None:
    assert known_values("drawn_filing", "result") == frozenset(("", *(each.value for each in InspectionResult)))


@pytest.mark.parametrize(("table", "column"), [("hazard", "description"), ("filing", "number")])
def test_what_is_typed_freely_is_not_listed(table: str, column: str) -> None:
    assert known_values(table, column) is None


def test_the_measures_of_a_hazard_are_those_of_the_list() -> None:
    assert listed_values("hazard", "measures") == frozenset(each.value for each in Measure)
    assert listed_values("hazard", "description") is None
