"""The requirement rows are whole; each is proved, or says what it waits for or why it is beyond the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trace import main, marks_of, report, requirement_rows

TESTS = Path(__file__).resolve().parents[1]


def test_every_requirement_row_stands_once() -> None:
    names = [row["id"] for row in requirement_rows()]

    assert len(names) == len(set(names)) == 466


def test_every_row_of_every_group_has_a_test_or_says_what_it_waits_for(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    groups, items = [*"ABCDEFGHIJKLMNOPQR"], request.session.items
    is_whole_run = {item.path for item in items} >= set(TESTS.rglob("test_*.py"))

    status = report(groups, marks_of(items)) if is_whole_run else main(groups)

    assert status == 0, capsys.readouterr().out


def test_every_row_of_statistics_and_of_training_insurance_and_accidents_is_to_be_proved() -> None:
    assert [row["id"] for row in requirement_rows() if row["group"] in "NO" and row["later"]] == []
    assert [row["id"] for row in requirement_rows() if row["later"].endswith("statistics")] == []


def test_every_row_beyond_software_says_why() -> None:
    beyond = [row for row in requirement_rows() if row["group"] == "R" and row["class"] == "out"]

    assert len(beyond) == 11
    assert [row["id"] for row in beyond if not row["later"].startswith("out: ")] == []


def test_no_row_of_the_configuration_waits_for_later_work() -> None:
    assert [row["id"] for row in requirement_rows() if row["group"] == "Q" and row["later"]] == []
    assert {row["group"] for row in requirement_rows()} == {*"ABCDEFGHIJKLMNOPQR"}
