"""The command line judges by the packs of 松江 and 湖里: boundary cases through a process of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.integration.test_command_line import answer, written

DAY = ("--on", "2026-03-02")
DECORATION: dict[str, Any] = {"kind": "small_work", "category": "nonresidential_decoration", "provided_materials": []}


@pytest.mark.requirement("SJ-1b", "Q-SJ")
def test_decoration_by_both_limits_that_exclude_their_number(tmp_path: Path) -> None:
    sizes = [(999999, 299.99), (1000000, 299.99), (999999, 300), (1000000, 300)]
    batch = [
        {"id": place, "facts": DECORATION | {"investment_yuan": amount, "floor_area_m2": area}}
        for place, (amount, area) in enumerate(sizes)
    ]
    found = answer("assess", "--policy", "songjiang", written(tmp_path, batch), *DAY)
    outcomes = [each["assessment"]["outcome"] for each in found]
    assert outcomes == ["register", *["above_limit_permit_required"] * 3]
    assert found[0]["assessment"]["pack_version"] == "2025-evaluation"


@pytest.mark.requirement("Q-HL", "HL-1.1")
def test_limits_that_no_document_gives_are_named_until_they_are_given(tmp_path: Path) -> None:
    work = DECORATION | {"contract_amount_yuan": 100000, "investment_yuan": 100000, "floor_area_m2": 100}
    filled = work | {"config": {"limit_amount_yuan": 300000, "limit_area_m2": 300}}
    batch = [{"id": 1, "facts": work}, {"id": 2, "facts": filled}]
    bare, given = (each["assessment"] for each in answer("assess", "--policy", "huli", written(tmp_path, batch), *DAY))
    assert bare["outcome"] == "undetermined"
    assert {"limit_amount_yuan", "limit_area_m2", "limit_relation"} <= set(bare["missing_settings"])
    assert (given["outcome"], given["missing_settings"]) == ("register", [])
