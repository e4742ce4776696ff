"""The plain form of a walk-in loses nothing and is read strictly."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import FaultyInput
from desktop.domain.facts import FACT_SPECS, NOT_APPLICABLE, UNKNOWN, Facts, Visit
from desktop.domain.walk_in import (
    Certificate,
    Contractor,
    Correction,
    IdKind,
    Insurance,
    MaterialCheck,
    PaperForm,
    Party,
    PartyKind,
    Place,
    SiteManager,
    Verdict,
    WalkIn,
    Worker,
)
from desktop.domain.walk_in_json import party_from_plain, party_to_plain, walk_in_from_plain, walk_in_to_plain
from tests import factories

_TEXT = st.text(max_size=30)
_DAY = st.none() | st.dates()
_NUMBER = st.decimals(allow_nan=False, allow_infinity=False)
_VISIT = st.builds(Visit, _DAY, st.none() | st.lists(_TEXT, max_size=3).map(tuple), st.booleans())
_FACT = (
    st.booleans()
    | _TEXT
    | _NUMBER
    | st.dates()
    | st.lists(_TEXT, max_size=3).map(tuple)
    | st.lists(_VISIT, min_size=1, max_size=2).map(tuple)
    | st.sampled_from([UNKNOWN, NOT_APPLICABLE])
)
_FACTS = st.builds(
    Facts,
    st.dictionaries(st.sampled_from(sorted(FACT_SPECS)), _FACT, max_size=6),
    st.dictionaries(_TEXT, _NUMBER, max_size=2),
)
_PARTY = st.builds(
    Party, kind=st.sampled_from(PartyKind), name=_TEXT, id_kind=st.sampled_from(IdKind), id_number=_TEXT, phone=_TEXT
)
_CERTIFICATE = st.builds(Certificate, kind=_TEXT, number=_TEXT, grade=_TEXT, valid_to=_DAY, review_on=_DAY)
_MANAGER = st.builds(SiteManager, name=_TEXT, phone=_TEXT, certificate=_CERTIFICATE)
_CHECK = st.builds(
    MaterialCheck,
    code=_TEXT,
    verdict=st.sampled_from(Verdict),
    form=st.none() | st.sampled_from(PaperForm),
    copies=st.integers(0, 99),
    pages=st.none() | st.integers(0, 99),
    valid_to=_DAY,
    remark=_TEXT,
)
_WALK_IN = st.builds(
    WalkIn,
    facts=_FACTS,
    project_name=_TEXT,
    place=st.builds(Place, community=_TEXT, room=_TEXT),
    owner=_PARTY,
    agent=st.none() | _PARTY,
    contractor=st.builds(Contractor, party=_PARTY, qualification=_CERTIFICATE, project_manager=_MANAGER),
    workers=st.lists(st.builds(Worker, name=_TEXT, certificate=_CERTIFICATE), max_size=2).map(tuple),
    planned_start_on=_DAY,
    insurances=st.lists(st.builds(Insurance, kind=_TEXT, valid_to=_DAY), max_size=2).map(tuple),
    materials=st.lists(_CHECK, max_size=3).map(tuple),
    corrections=st.lists(st.builds(Correction, item=_TEXT, asked=_TEXT), max_size=2).map(tuple),
)


@given(_WALK_IN)
def test_a_walk_in_comes_back_from_json_as_it_was(walk_in: WalkIn) -> None:
    stored = json.dumps(walk_in_to_plain(walk_in))
    assert walk_in_from_plain(json.loads(stored)) == walk_in


def test_unknown_and_not_applicable_and_zero_stay_three_things() -> None:
    facts = Facts({"floor_area_m2": NOT_APPLICABLE, "contract_amount_yuan": UNKNOWN, "investment_yuan": Decimal("0")})
    back = walk_in_from_plain(walk_in_to_plain(WalkIn(facts=facts))).facts
    assert back["floor_area_m2"] is NOT_APPLICABLE
    assert back["contract_amount_yuan"] is UNKNOWN
    assert back["investment_yuan"] == 0
    assert not back.is_stated("building_area_m2")


def test_an_amount_keeps_its_decimals() -> None:
    facts = Facts({"contract_amount_yuan": Decimal("999999.9000")})
    back = walk_in_from_plain(walk_in_to_plain(WalkIn(facts=facts)))
    assert str(back.contract_amount_yuan) == "999999.9000"


def test_every_fault_is_named_with_its_path() -> None:
    plain = walk_in_to_plain(factories.walk_in())
    plain["colour"] = "red"
    plain["planned_start_on"] = "2026-02-30"
    plain["owner"] = {"name": 5, "kind": "king"}
    plain["workers"] = [{"name": "何平", "age": 30}]
    plain["materials"] = [{"verdict": "in_order", "copies": True}]
    plain["facts"] = {"stated": {"no_such_fact": True, "floor_area_m2": {"number": "many"}}, "config": {}}
    with pytest.raises(FaultyInput) as caught:
        walk_in_from_plain(plain)
    assert {fault.where for fault in caught.value.faults} == {
        "walk_in.colour",
        "walk_in.planned_start_on",
        "walk_in.owner.name",
        "walk_in.owner.kind",
        "walk_in.workers.0.age",
        "walk_in.materials.0.copies",
        "walk_in.materials.0.code",
        "walk_in.facts.no_such_fact",
        "walk_in.facts.floor_area_m2",
    }


@pytest.mark.parametrize("plain", [None, 5, [], "text", {"facts": None}, {"owner": None}, {"facts": {"stated": 1}}])
def test_a_thing_that_is_no_walk_in_is_refused(plain: object) -> None:
    with pytest.raises(FaultyInput):
        walk_in_from_plain(plain)


def test_what_is_left_out_has_its_default() -> None:
    assert walk_in_from_plain({"project_name": "围墙"}) == WalkIn(project_name="围墙")


def test_a_contractor_comes_back_with_its_certificates() -> None:
    contractor = replace(factories.contractor(), qualification=Certificate(kind="甲", valid_to=date(2027, 1, 1)))
    assert party_from_plain(Contractor, party_to_plain(contractor)) == contractor
