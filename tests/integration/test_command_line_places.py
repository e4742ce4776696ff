"""``assess --policy`` for the places whose documents leave the limits open: what is wanting is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.integration.test_command_line import answer, written

SETTINGS = ["limit_amount_yuan", "limit_area_m2", "limit_by_investment", "limit_inclusive", "limit_relation"]
FILLED = {
    "limit_amount_yuan": 300000,
    "limit_area_m2": 300,
    "limit_by_investment": 1,
    "limit_inclusive": 1,
    "limit_relation": 1,
}
WORK: dict[str, Any] = {
    "kind": "small_work",
    "contract_amount_yuan": 200000,
    "investment_yuan": 200000,
    "floor_area_m2": 500,
    "provided_materials": [],
}


@pytest.mark.requirement("Q-JS", "Q-YC")
@pytest.mark.parametrize(
    ("policy", "category", "also_open"),
    [
        pytest.param("junshan", "other_small_work", ["key_classes"], id="junshan"),
        pytest.param("yichang", "small_scattered_work", [], id="yichang"),
    ],
)
def test_unfilled_limits_are_named_and_filled_ones_decide(
    tmp_path: Path, policy: str, category: str, also_open: list[str]
) -> None:
    work = WORK | {"category": category}
    batch = [{"id": 1, "facts": work}, {"id": 2, "facts": work | {"config": FILLED}}]
    found = answer("assess", written(tmp_path, batch), "--policy", policy, "--on", "2026-05-06")
    unfilled, filled = (entry["assessment"] for entry in found)
    assert (unfilled["outcome"], unfilled["missing_settings"]) == ("undetermined", [*also_open, *SETTINGS])
    assert (filled["outcome"], filled["missing_settings"]) == ("register", also_open)
    assert filled["pack_id"] == policy
