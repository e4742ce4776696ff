"""Every fact a rule of the shipped pack looks at comes from somewhere: a question, the form, or another rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest

from desktop.domain.assess import assess
from desktop.domain.conditions import All, Always, AnyOf, Compare, Condition, Not, facts_of
from desktop.domain.facts import DERIVED_SPECS
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import Certificate, WalkIn, decisive_facts
from desktop.domain.workdays import WorkdayCalendar
from tests.factories import FILED_ON, contractor, walk_in, worker

# The groups of the form that are no questions of the pack write these.
_SET_BY_THE_FORM = frozenset(
    {"kind", "category", "contract_amount_yuan", "floor_area_m2", "owner_kind", "property_ownership"}
)

_EXCEPTIONS: Mapping[str, str] = {
    "crowded_place_hot_work": "said in one by the files of the command line; the form asks place and hot work apart",
    "hot_work_tools_zh": "tools named in the files of the command line; the form asks for hot work itself",
    "no_contract": "word of the command line's files for what the form asks as self_performed",
    "refuses_rectification": "known on patrol after registration, which is no part of the counter's form",
}


def conditions(value: object) -> Iterator[Condition]:
    """Every condition of the pack, whatever rule it stands in."""
    if isinstance(value, All | AnyOf | Not | Compare | Always):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from conditions(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from conditions(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from conditions(item)


def facts_at_the_window() -> frozenset[str]:
    """What follows from parties, papers and dates of a fully typed matter."""
    return frozenset(decisive_facts(walk_in(), filed_on=FILED_ON, channel="walk_in_street_office").stated)


@pytest.mark.requirement("LG-G1", "LG-3-0", "LG-5-0", "LG-27-3a")
def test_every_fact_of_a_condition_is_asked_set_or_derived(pack: PolicyPack) -> None:
    looked_at = {fact for condition in conditions(pack) for fact in facts_of(condition)}
    asked = {question.fact for question in pack.questions}
    known = asked | _SET_BY_THE_FORM | facts_at_the_window() | set(DERIVED_SPECS)
    assert looked_at - known == set(_EXCEPTIONS)
    assert len(looked_at) > 40


@pytest.mark.parametrize(
    ("fact", "day"),
    [("planned_start_on", date(2026, 3, 9)), ("qualification_valid_to", date(2028, 5, 31))],
)
def test_a_day_that_nobody_typed_is_not_stated(fact: str, day: date) -> None:
    assert decisive_facts(walk_in(), filed_on=FILED_ON, channel="online")[fact] == day
    assert fact not in decisive_facts(WalkIn(), filed_on=FILED_ON, channel="online").stated


@pytest.mark.requirement("LG-9-1")
def test_a_start_before_the_filing_day_is_said_to_be_late(pack: PolicyPack, calendar: WorkdayCalendar) -> None:
    def reminders(start: date) -> str:
        matter = replace(walk_in(), planned_start_on=start)
        facts = decisive_facts(matter, filed_on=FILED_ON, channel="walk_in_street_office")
        return "".join(assess(facts, pack, calendar).reminders)

    assert "未登记先开工" in reminders(date(2026, 3, 1))
    assert "未登记先开工" not in reminders(FILED_ON)


@pytest.mark.requirement("LG-13-6")
def test_the_certificate_that_lapses_first_decides() -> None:
    late, early = Certificate(valid_to=date(2028, 1, 1)), Certificate(valid_to=date(2026, 4, 1))
    matter = walk_in(workers=(worker(certificate=late), worker(certificate=early)), contractor=contractor())
    facts = decisive_facts(matter, filed_on=FILED_ON, channel="online")
    assert facts["special_cert_valid_to"] == date(2026, 4, 1)
