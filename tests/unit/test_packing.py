"""What is settled by acknowledged packages, how old what waits is, and what a masked record still shows."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.package import RecordKind
from desktop.domain.packing import AgeBand, age_band, settled_event
from desktop.domain.walk_in_json import walk_in_to_plain
from desktop.services.record_masking import covered_value, is_left_out
from desktop.services.record_shape import SHAPES, TableShape
from tests import factories

ON = date(2026, 3, 12)
PHONE, COVERED_PHONE = "13800002719", "138****2719"


@pytest.mark.parametrize(
    ("since", "band"),
    [
        (date(2026, 3, 13), AgeBand.TODAY),
        (date(2026, 3, 12), AgeBand.TODAY),
        (date(2026, 3, 11), AgeBand.WEEK),
        (date(2026, 3, 5), AgeBand.WEEK),
        (date(2026, 3, 4), AgeBand.MONTH),
        (date(2026, 2, 10), AgeBand.MONTH),
        (date(2026, 2, 9), AgeBand.OLDER),
    ],
)
def test_what_waits_is_as_old_as_its_first_change(since: date, band: AgeBand) -> None:
    assert age_band(since, ON) is band


@pytest.mark.parametrize(
    ("ranges", "settled"),
    [
        ([], 0),
        ([(0, 10)], 10),
        ([(0, 10), (10, 20)], 20),
        ([(10, 20)], 0),
        ([(0, 10), (12, 20)], 10),
        ([(12, 20), (0, 30)], 30),
        ([(0, 30), (5, 10)], 30),
    ],
)
@pytest.mark.requirement("LG-14-3")
def test_only_packages_that_join_on_settle_events(ranges: list[tuple[int, int]], settled: int) -> None:
    assert settled_event(ranges) == settled


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: (min(pair), max(pair)))))
def test_every_settled_event_lies_in_a_package(ranges: list[tuple[int, int]]) -> None:
    settled = settled_event(ranges)
    assert all(any(after < event <= up_to for after, up_to in ranges) for event in range(1, settled + 1))


def shape(kind: RecordKind, table: str) -> TableShape:
    return next(each for each in SHAPES[kind] if each.table.name == table)


def stored(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def test_telephones_are_covered_by_the_name_of_their_column_and_in_texts() -> None:
    report = shape(RecordKind.REPORT, "public_report")
    assert covered_value(report, "reporter_phone", PHONE) == COVERED_PHONE
    assert covered_value(report, "content", f"请回电{PHONE}") == f"请回电{COVERED_PHONE}"


def test_numbers_of_cases_and_ids_of_acts_stay_even_when_they_look_like_telephones() -> None:
    report = shape(RecordKind.REPORT, "public_report")
    assert covered_value(report, "act_id", f"a-{PHONE}") == f"a-{PHONE}"
    assert covered_value(report, "number", PHONE) == PHONE


def test_the_details_of_a_visit_are_covered_by_their_names() -> None:
    patrol = shape(RecordKind.PATROL, "patrol")
    details = stored({"managers": [{"name": "陈小满", "phone": PHONE, "certificate": factories.PERSON_ID}]})
    (manager,) = json.loads(covered_value(patrol, "details", details))["managers"]
    assert manager == {"name": "陈小满", "phone": COVERED_PHONE, "certificate": "110***********002X"}


def test_a_matter_before_and_after_a_change_is_covered_as_the_matter_is() -> None:
    change = shape(RecordKind.FILING, "registration_change")
    matter = stored(walk_in_to_plain(factories.walk_in()))
    for name in ("before", "after"):
        covered = covered_value(change, name, matter)
        assert json.loads(covered)["owner"]["name"] == json.loads(matter)["owner"]["name"]
        assert PHONE not in covered
        assert factories.PERSON_ID not in covered


def test_changed_fields_are_covered_by_their_path() -> None:
    change = shape(RecordKind.FILING, "registration_change")
    fields = stored(
        [
            ["owner.id_number", "证件号码", factories.PERSON_ID, ""],
            ["workers", "作业人员", "王五 电工 E12345678", ""],
            ["project_name", "名称", "甲", "乙"],
        ]
    )
    assert json.loads(covered_value(change, "fields", fields)) == [
        ["owner.id_number", "证件号码", "110***********002X", ""],
        ["workers", "作业人员", "（已遮盖）", ""],
        ["project_name", "名称", "甲", "乙"],
    ]


def test_a_masked_record_holds_no_paper_no_scan_and_no_order() -> None:
    left_out = {each.table.name for shapes in SHAPES.values() for each in shapes if is_left_out(each)}
    assert left_out == {"issued_document", "reprint", "attachment", "enforcement_order"}
