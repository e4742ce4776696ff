"""What is wrong or doubtful in typed data, field by field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.domain.acts import FieldFault
from desktop.domain.pack_rules import Deadlines
from desktop.domain.typed_faults import party_document, typed_faults
from desktop.domain.walk_in import Certificate, IdKind, Party, PartyKind, Place, SiteManager, WalkIn
from tests.factories import (
    FILED_ON,
    OTHER_PERSON_ID,
    PERSON_ID,
    company,
    contractor,
    minor_facts,
    person,
    walk_in,
    worker,
)

# As in the rules of the place the sentences are taken from.
TERMS = Deadlines(validity_months=6, validity_article="第二十五条", extension_window_days=15)


def faults(matter: WalkIn, kind: str = "small_work", *, high_risk: bool = False) -> dict[str, FieldFault]:
    return {f.field: f for f in typed_faults(matter, today=FILED_ON, kind=kind, high_risk=high_risk, terms=TERMS)}


def test_a_well_typed_matter_has_no_fault() -> None:
    assert faults(walk_in(), high_risk=True) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"project_name": "  "}, "project_name", id="name-of-spaces"),
        pytest.param({"place": Place()}, "place.community", id="community"),
        pytest.param({"owner": company("")}, "owner.name", id="owner"),
        pytest.param({"contractor": contractor(party=company(""))}, "contractor.party.name", id="contractor"),
        pytest.param({"agent": person("")}, "agent.name", id="agent"),
        pytest.param({"property_owner": person("")}, "property_owner.name", id="property-owner"),
        pytest.param({"workers": (worker(""),)}, "workers.0.name", id="worker"),
    ],
)
@pytest.mark.requirement("LG-27-3a")
def test_what_every_registration_needs_is_asked_for(changes: dict[str, Any], field: str) -> None:
    found = faults(walk_in(**changes))
    assert list(found) == [field]
    assert found[field].blocking
    assert found[field].code == "missing"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"planned_start_on": None}, "planned_start_on", marks=pytest.mark.requirement("LG-28-La")),
        pytest.param(
            {"place": Place()}, "place.community", marks=pytest.mark.requirement("LG-28-Lb"), id="place.community"
        ),
        pytest.param(
            {"contractor": contractor(party=company(""))},
            "contractor.party.name",
            marks=pytest.mark.requirement("LG-28-Lc"),
            id="hired",
        ),
        pytest.param({"content": ""}, "content", marks=pytest.mark.requirement("LG-28-Le")),
    ],
)
def test_a_minor_operation_needs_time_place_hired_and_content(changes: dict[str, Any], field: str) -> None:
    matter = walk_in(minor_facts(), **changes)
    assert field in faults(matter, "minor_operation")


@pytest.mark.requirement("LG-28-La", "LG-28-Le")
def test_a_small_work_needs_neither_a_start_nor_a_content() -> None:
    assert faults(walk_in(planned_start_on=None, planned_end_on=None, content="")) == {}


@pytest.mark.requirement("LG-45-1a")
@pytest.mark.parametrize(("kind", "word"), [("small_work", "建设单位"), ("minor_operation", "业主")])
def test_the_owner_is_named_as_the_kind_names_him(kind: str, word: str) -> None:
    assert word in faults(walk_in(minor_facts(), owner=company("")), kind)["owner.name"].message


@pytest.mark.requirement("LG-32-2", "LG-13-4")
@pytest.mark.parametrize("field", ["owner_safety_manager", "contractor_safety_manager"])
def test_a_high_risk_work_needs_a_safety_manager_on_both_sides(field: str) -> None:
    changes: dict[str, Any] = {field: SiteManager()}
    matter = walk_in(**changes)
    assert faults(matter) == {}
    found = faults(matter, high_risk=True)
    assert list(found) == [f"{field}.name"]
    assert "第三十二条(二)" in found[f"{field}.name"].message


@pytest.mark.requirement("LG-28-2.1", "LG-28-2a", "LG-45-1a")
@pytest.mark.parametrize(
    ("party", "valid"),
    [
        pytest.param(person(), True, id="person"),
        pytest.param(person(id_number=PERSON_ID.lower()), True, id="small-x"),
        pytest.param(person(id_number=PERSON_ID[:-1] + "1"), False, id="wrong-check-digit"),
        pytest.param(person(id_number="11010519490231002X"), False, id="no-such-birthday"),
        pytest.param(company(), True, id="company"),
        pytest.param(company(id_number="91350100M000100Y44"), False, id="wrong-check-symbol"),
        pytest.param(person(id_kind=IdKind.PASSPORT, id_number="E00000000"), True, id="passport-has-no-check"),
        pytest.param(person(id_number=""), True, id="nothing-typed-yet"),
    ],
)
def test_a_number_is_checked_by_its_kind(party: Party, valid: bool) -> None:
    found = faults(walk_in(owner=party))
    assert list(found) == ([] if valid else ["owner.id_number"])
    assert all(fault.code == "id_invalid" and fault.message for fault in found.values())


@pytest.mark.requirement("LG-28-2.1", "LG-45-2")
@pytest.mark.parametrize("path", ["owner", "agent", "property_owner", "designer", "supervisor"])
def test_every_party_is_checked(path: str) -> None:
    broken = person(id_number="123", phone="12")
    changes: dict[str, Any] = {path: broken}
    matter = walk_in(**changes)
    assert {f"{path}.id_number", f"{path}.phone"} <= set(faults(matter))


@pytest.mark.requirement("LG-28-2.1")
def test_phones_of_people_on_site_are_checked() -> None:
    matter = walk_in(owner_safety_manager=SiteManager(name="林知远", phone="139"))
    assert list(faults(matter)) == ["owner_safety_manager.phone"]


@pytest.mark.requirement("LG-13-6", "LG-11-2a")
def test_a_doubtful_certificate_number_may_stand() -> None:
    other = Certificate(kind="高处作业", number=f"T{OTHER_PERSON_ID}", valid_to=date(2028, 1, 1))
    found = faults(walk_in(workers=(worker(), worker("何平二", certificate=other))))
    assert list(found) == ["workers.1.certificate.number"]
    assert not found["workers.1.certificate.number"].blocking


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        pytest.param(date(2026, 3, 9), date(2026, 3, 8), "ends_before_start", id="backwards"),
        pytest.param(date(2026, 3, 9), date(2026, 3, 9), None, id="one-day"),
        pytest.param(date(2026, 3, 9), date(2026, 9, 9), None, id="exactly-six-months"),
        pytest.param(date(2026, 3, 9), date(2026, 9, 10), "longer_than_validity", id="a-day-longer"),
    ],
)
@pytest.mark.requirement("LG-25-2b", "LG-9-1")
def test_the_planned_days_must_make_sense(start: date, end: date, code: str | None) -> None:
    found = faults(walk_in(planned_start_on=start, planned_end_on=end))
    assert [fault.code for fault in found.values()] == ([code] if code else [])
    assert all(fault.blocking is (code == "ends_before_start") for fault in found.values())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param(
            {"contractor": contractor(qualification=Certificate(valid_to=date(2026, 6, 29)))},
            "contractor.qualification.valid_to",
            marks=pytest.mark.requirement("LG-28-6a"),
            id="qualification",
        ),
        pytest.param(
            {"contractor": contractor(safety_licence=Certificate(valid_to=date(2026, 6, 29)))},
            "contractor.safety_licence.valid_to",
            marks=pytest.mark.requirement("LG-28-6b"),
            id="licence",
        ),
        pytest.param(
            {"workers": (worker(certificate=Certificate(valid_to=date(2026, 6, 29))),)},
            "workers.0.certificate.valid_to",
            marks=pytest.mark.requirement("LG-13-6"),
            id="worker",
        ),
    ],
)
def test_a_certificate_that_lapses_during_the_work_is_pointed_out(changes: dict[str, Any], field: str) -> None:
    found = faults(walk_in(planned_end_on=date(2026, 6, 30), **changes))
    assert list(found) == [field]
    assert not found[field].blocking
    assert faults(walk_in(planned_end_on=date(2026, 6, 29), **changes)) == {}


@pytest.mark.requirement("LG-45-2")
@pytest.mark.parametrize(
    ("kind", "document"),
    [
        (PartyKind.PERSON, IdKind.RESIDENT_ID),
        (PartyKind.ORGANISATION, IdKind.CREDIT_CODE),
        (PartyKind.PARTNERSHIP, IdKind.CREDIT_CODE),
        (PartyKind.SOLE_TRADER, IdKind.CREDIT_CODE),
    ],
)
def test_each_kind_of_party_has_its_document(kind: PartyKind, document: IdKind) -> None:
    assert party_document(kind) is document


@pytest.mark.parametrize(
    ("kind", "number", "says"),
    [
        (IdKind.PASSPORT, "护照在家里", "5 至 20 位字母和数字"),
        (IdKind.HK_MACAO_PERMIT, "H1", "5 至 20 位字母和数字"),
        (IdKind.FOREIGN_RESIDENT_ID, PERSON_ID, "以 9 开头"),
        (IdKind.RESIDENT_ID, PERSON_ID[:-1], "现有 17 位"),
    ],
)
@pytest.mark.requirement("LG-28-2.1")
def test_every_kind_of_document_is_checked_by_its_own_rule(kind: IdKind, number: str, says: str) -> None:
    found = faults(walk_in(owner=person(id_kind=kind, id_number=number)))
    assert list(found) == ["owner.id_number"]
    assert found["owner.id_number"].blocking
    assert says in found["owner.id_number"].message


@pytest.mark.parametrize("number", ["E00000000", "H00000000", "00000000"])
@pytest.mark.requirement("LG-28-Lc")
def test_a_worker_with_a_passport_or_a_travel_permit_is_not_refused(number: str) -> None:
    certificate = Certificate(kind="高处作业", number=f"T{number}", valid_to=date(2028, 1, 1))
    assert faults(walk_in(workers=(worker(id_number=number, certificate=certificate),))) == {}


@pytest.mark.requirement("LG-13-6")
def test_a_certificate_of_somebody_else_with_a_passport_is_doubted() -> None:
    certificate = Certificate(kind="高处作业", number="TE00000001")
    found = faults(walk_in(workers=(worker(id_number="E00000000", certificate=certificate),)))
    assert list(found) == ["workers.0.certificate.number"]
    assert not found["workers.0.certificate.number"].blocking


def _of_the_street(community: str, known: tuple[str, ...]) -> dict[str, FieldFault]:
    matter = walk_in(place=Place(community=community, estate="坪安路18号"))
    found = typed_faults(matter, today=FILED_ON, kind="small_work", high_risk=False, terms=TERMS, communities=known)
    return {fault.field: fault for fault in found}


@pytest.mark.requirement("LG-25-1")
def test_a_community_of_another_street_is_doubted_and_told_where_to_go() -> None:
    fault = _of_the_street("远山社区", ("坪安社区", "新禾社区"))["place.community"]
    assert not fault.blocking
    assert "不在本街道（受理点）社区名单" in fault.message
    assert "属地街道办理（第二十五条）" in fault.message


@pytest.mark.parametrize(
    ("community", "known"),
    [("坪安社区", ("坪安社区",)), (" 坪安 ", ("坪安社区",)), ("坪安社区", ("坪安",)), ("远山社区", ())],
)
@pytest.mark.requirement("LG-25-1")
def test_a_community_of_the_street_is_not_doubted_nor_any_where_no_list_is_kept(
    community: str, known: tuple[str, ...]
) -> None:
    assert "place.community" not in _of_the_street(community, known)


def test_two_names_under_one_number_are_doubted() -> None:
    matter = walk_in(contractor=contractor(party=company("深圳市匠新装饰工程有限公司")))
    found = typed_faults(matter, today=FILED_ON, kind="small_work", high_risk=False, terms=TERMS)
    assert [(fault.field, fault.blocking) for fault in found if fault.code == "same_number"] == [
        ("contractor.party.id_number", False)
    ]


def _longer_than(terms: Deadlines) -> str:
    matter = walk_in(planned_start_on=date(2026, 3, 9), planned_end_on=date(2026, 7, 9))
    found = typed_faults(matter, today=FILED_ON, kind="small_work", high_risk=False, terms=terms)
    return next((fault.message for fault in found if fault.code == "longer_than_validity"), "")


def test_a_works_time_is_held_against_the_validity_of_the_rules() -> None:
    told = _longer_than(Deadlines(validity_months=3, validity_article="五2", extension_window_days=10))
    assert told == "计划工期超过登记有效期（3个月，五2），到期前10日内应申请延期。"
    assert _longer_than(Deadlines(validity_months=3)) == "计划工期超过登记有效期（3个月），到期前应申请延期。"
    assert not _longer_than(Deadlines(validity_months=4))


def test_rules_without_a_validity_doubt_no_works_time() -> None:
    assert not _longer_than(Deadlines())
