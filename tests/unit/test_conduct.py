"""Whom a bad record is about, and when it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.acts import Act, AllowedAct
from desktop.domain.conduct import (
    BadRecordDraft,
    ConductWarning,
    Ground,
    MeasureDraft,
    PartyRecord,
    conduct_of,
    in_force,
    measure_faults,
    record_faults,
    with_conduct,
)
from desktop.domain.walk_in import IdKind, Party, PartyKind
from tests.factories import COMPANY_CODE, FILED_ON, OTHER_COMPANY_CODE, OTHER_PERSON_ID, PERSON_ID

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
pytestmark = pytest.mark.requirement("YC-4f")


def record(**changes: Any) -> PartyRecord:
    """A record of a company, in force without an end."""
    made = PartyRecord(
        record_id=1,
        firm_id=1,
        name="深圳市匠新装饰工程有限公司",
        id_kind=IdKind.CREDIT_CODE,
        id_number=COMPANY_CODE,
        ground=Ground.OVERDUE,
        since=date(2026, 1, 1),
        until=None,
        decided_by="坪安街道办事处",
        document="坪安街〔2026〕1号",
    )
    return replace(made, **changes)


def unit(name: str = "深圳市匠新装饰工程有限公司", number: str = "", kind: IdKind = IdKind.CREDIT_CODE) -> Party:
    """A contractor as typed."""
    party_kind = PartyKind.PERSON if kind is IdKind.RESIDENT_ID else PartyKind.ORGANISATION
    return Party(kind=party_kind, name=name, id_kind=kind, id_number=number)


def person_record(**changes: Any) -> PartyRecord:
    """A record of a craftsman."""
    return record(name="何平", id_kind=IdKind.RESIDENT_ID, id_number=PERSON_ID, **changes)


@pytest.mark.parametrize(
    ("party", "held", "found"),
    [
        (unit(number=COMPANY_CODE), record(), True),
        (unit(number=f" {COMPANY_CODE.lower()} "), record(), True),
        (unit("别的名称", COMPANY_CODE), record(), True),
        (unit(), record(), False),
        (unit("深圳市 匠新装饰工程有限公司"), record(), False),
        (unit(number=OTHER_COMPANY_CODE), record(), False),
        (unit("深圳市匠心装饰工程有限公司"), record(), None),
        (unit(""), record(), None),
        (unit("", ""), record(name="", id_number=""), None),
        (unit("何平", PERSON_ID, IdKind.RESIDENT_ID), person_record(), True),
        (unit("何平", "", IdKind.RESIDENT_ID), person_record(), False),
        (unit("何平", OTHER_PERSON_ID, IdKind.RESIDENT_ID), person_record(), None),
        (unit("何平", "E12345678", IdKind.PASSPORT), person_record(), False),
    ],
)
def test_a_number_is_certain_a_name_a_doubt_and_two_persons_are_two(
    party: Party, held: PartyRecord, found: bool | None
) -> None:
    warning = conduct_of(party, [held], FILED_ON)
    assert (warning.is_certain if warning else None) is found


@given(day=DAYS, since=DAYS, until=st.none() | DAYS, lifted_on=st.none() | DAYS)
def test_a_term_counts_on_its_first_and_last_day_and_not_on_the_day_of_lifting(
    day: date, since: date, until: date | None, lifted_on: date | None
) -> None:
    counted = {since + timedelta(days=n) for n in range(((until or date(2100, 1, 1)) - since).days + 1)}
    expected = day in counted and (lifted_on is None or day < lifted_on)
    assert in_force(day, since=since, until=until, lifted_on=lifted_on) is expected


@given(day=DAYS, terms=st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=4))
def test_only_records_in_force_warn_and_all_of_them_do(day: date, terms: list[tuple[date, date | None]]) -> None:
    records = [record(record_id=place, since=since, until=until) for place, (since, until) in enumerate(terms)]
    warning = conduct_of(unit(number=COMPANY_CODE), records, day)
    assert [one.record_id for one in (warning.records if warning else ())] == [
        one.record_id for one in records if one.is_in_force(day)
    ]


def test_a_match_by_number_silences_the_doubt_about_a_namesake() -> None:
    namesake = record(record_id=2, id_number=OTHER_COMPANY_CODE)
    warning = conduct_of(unit(number=COMPANY_CODE), [namesake, record()], FILED_ON)
    assert warning is not None
    assert [one.record_id for one in warning.records] == [1]


def test_the_warning_says_ground_term_body_and_document() -> None:
    said = ConductWarning(records=(record(until=date(2026, 12, 31)),), is_certain=True).text
    for word in ("逾期不整改", "2026-01-01 至 2026-12-31", "坪安街道办事处", "坪安街〔2026〕1号"):
        assert word in said
    assert COMPANY_CODE not in said


@pytest.mark.parametrize("act", list(Act))
def test_only_acceptance_needs_the_reason(act: Act) -> None:
    warning = ConductWarning(records=(record(),), is_certain=True)
    allowed = with_conduct(AllowedAct(act=act, allowed=True, needs_reason=False, why=""), warning)
    assert allowed.needs_reason is (act is Act.ACCEPT)
    assert ("负责人" in allowed.why) is (act is Act.ACCEPT)


def test_what_the_rules_close_stays_closed_for_its_own_reason() -> None:
    closed = AllowedAct(act=Act.ACCEPT, allowed=False, needs_reason=False, why="还有 3 项材料未核对。")
    assert with_conduct(closed, ConductWarning(records=(record(),), is_certain=True)) == closed


def draft(**changes: Any) -> BadRecordDraft:
    """A bad record that can be entered."""
    made = BadRecordDraft(
        firm_id=1, decided_on=FILED_ON, since=FILED_ON, document="坪安街〔2026〕1号", decided_by="坪安街道办事处"
    )
    return replace(made, **changes)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"until": FILED_ON}, []),
        ({"until": FILED_ON - timedelta(days=1)}, ["until"]),
        ({"decided_on": FILED_ON + timedelta(days=1)}, ["decided_on"]),
        ({"decided_on": None, "since": None, "document": " ", "decided_by": ""},
         ["decided_on", "since", "document", "decided_by"]),
        ({"remark": "长" * 201}, ["remark"]),
    ],
)  # fmt: skip
def test_a_bad_record_needs_day_term_document_and_who_decided(changes: dict[str, Any], fields: list[str]) -> None:
    assert [fault.field for fault in record_faults(draft(**changes), FILED_ON)] == fields


@pytest.mark.requirement("LG-41-4", "HL-1.4b")
@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"taken_on": FILED_ON, "taken_by": "坪安街道办事处"}, []),
        ({}, ["taken_on", "taken_by"]),
        ({"taken_on": FILED_ON + timedelta(days=1), "taken_by": "坪安街道办事处"}, ["taken_on"]),
    ],
)
def test_a_measure_needs_a_day_that_has_come_and_who_took_it(changes: dict[str, Any], fields: list[str]) -> None:
    assert [fault.field for fault in measure_faults(MeasureDraft(firm_id=1, **changes), FILED_ON)] == fields
