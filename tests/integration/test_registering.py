"""A paper filing from a file is decided by the same rules as at the window."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.ledger import LedgerCriteria
from desktop.services.desk import Desk, open_desk
from desktop.services.registering import register_file
from tests import factories


@pytest.fixture
def plain(desk: Desk) -> dict[str, Any]:
    """A complete paper filing as a file states it."""
    return {
        "facts": {
            "kind": "small_work",
            "category": "nonresidential_decoration",
            "contract_amount_yuan": Decimal("300000.50"),
            "floor_area_m2": 120,
        },
        "project_name": "坪安路18号商铺装修",
        "place": {"community": "坪安社区", "estate": "坪安路18号"},
        "owner": {"kind": "person", "name": "陈小满", "id_kind": "resident_id", "id_number": factories.PERSON_ID},
        "contractor": {"party": {"name": "深圳市匠新装饰工程有限公司", "id_number": factories.COMPANY_CODE}},
        "materials": [{"code": rule.code, "verdict": "in_order"} for rule in desk.intake.pack().materials],
    }


def test_a_complete_filing_is_accepted_and_its_papers_lie_in_the_folder(
    desk: Desk, plain: dict[str, Any], tmp_path: Path
) -> None:
    result: Any = register_file(plain, desk=desk, out=tmp_path / "out")
    assert (result["number"], result["act"], result["status"]) == ("PA-DJ-2026-000001", "accept", "registered")
    papers: Any = result["papers"]
    assert {file.name for file in (tmp_path / "out").iterdir()} == {paper["file"] for paper in papers}
    assert result["assessment"] == desk.ledger.file(1).assessment
    assert str(desk.ledger.file(1).walk_in.contract_amount_yuan) == "300000.50"


def test_without_an_act_the_assessment_says_which(desk: Desk, plain: dict[str, Any], tmp_path: Path) -> None:
    plain["materials"][0]["verdict"] = "missing"
    notice = register_file(plain, desk=desk, out=tmp_path)
    assert (notice["act"], notice["number"]) == ("one_time_notice", "PA-GZ-2026-000001")
    plain["materials"][0]["verdict"] = "in_order"
    second = register_file({**plain, "revisit_of": "PA-GZ-2026-000001"}, desk=desk, out=tmp_path)
    assert (second["number"], second["filing_id"]) == ("PA-DJ-2026-000001", notice["filing_id"])


def test_every_fault_of_the_file_is_named_at_once(desk: Desk, plain: dict[str, Any], tmp_path: Path) -> None:
    plain["facts"] |= {"category": "castle", "filed_on": "2026-03-02"}
    plain |= {"act": "bless", "colour": "red", "signed": "yes", "reason": 5, "planned_start_on": "soon"}
    plain["owner"]["kind"] = "king"
    with pytest.raises(FaultyInput) as caught:
        register_file(plain, desk=desk, out=tmp_path)
    assert {fault.where for fault in caught.value.faults} == {
        "file.facts.category",
        "file.facts.filed_on",
        "file.act",
        "file.colour",
        "file.signed",
        "file.reason",
        "file.planned_start_on",
        "file.owner.kind",
    }
    assert desk.ledger.ids(LedgerCriteria()) == ()


@pytest.mark.parametrize("data", [None, [], 5, "text", {}, {"facts": []}, {"facts": {"contract_amount_yuan": "many"}}])
def test_a_thing_that_is_no_filing_is_refused(desk: Desk, data: object, tmp_path: Path) -> None:
    with pytest.raises(FaultyInput):
        register_file(data, desk=desk, out=tmp_path)


def test_an_act_the_rules_forbid_writes_nothing(desk: Desk, plain: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ClerkError, match="act_not_allowed"):
        register_file({**plain, "act": "must_not_start"}, desk=desk, out=tmp_path / "out")
    assert desk.ledger.ids(LedgerCriteria()) == ()
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_run_again_with_its_act_id_is_not_doubled(
    desk: Desk, plain: dict[str, Any], tmp_path: Path
) -> None:
    named = {**plain, "act_id": "stack-7/page-3"}
    assert register_file(named, desk=desk, out=tmp_path) == register_file(named, desk=desk, out=tmp_path)
    assert register_file(plain, desk=desk, out=tmp_path)["number"] == "PA-DJ-2026-000002"


def test_an_unknown_number_of_an_earlier_visit_is_told(desk: Desk, plain: dict[str, Any], tmp_path: Path) -> None:
    for number in ("PA-GZ-2026-000009", "坪安"):
        with pytest.raises(FaultyInput):
            register_file({**plain, "revisit_of": number}, desk=desk, out=tmp_path)


@pytest.fixture
def new_desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path / "new", today=lambda: factories.FILED_ON)
    yield desk
    desk.close()


_OFFICE = {
    "street_name": "坪安街道办事处",
    "station_name": "坪安街道办事处",
    "station_kind": "street_office",
    "code": "PA",
}


def test_a_new_ledger_takes_its_office_from_the_file(new_desk: Desk, plain: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ClerkError, match="office_not_set_up"):
        register_file(plain, desk=new_desk, out=tmp_path)
    assert register_file({**plain, "office": _OFFICE}, desk=new_desk, out=tmp_path)["number"] == "PA-DJ-2026-000001"
    with pytest.raises(FaultyInput):
        register_file({**plain, "office": {**_OFFICE, "code": "XH"}}, desk=new_desk, out=tmp_path)


def test_every_fault_of_the_office_is_named(new_desk: Desk, plain: dict[str, Any], tmp_path: Path) -> None:
    office = {"station_kind": "castle", "street_name": 5, "communities": "坪安社区", "colour": "red"}
    with pytest.raises(FaultyInput) as caught:
        register_file({**plain, "office": office}, desk=new_desk, out=tmp_path)
    assert {fault.where for fault in caught.value.faults} == {
        f"file.office.{name}"
        for name in ("station_kind", "street_name", "communities", "colour", "station_name", "code")
    }


def test_a_stack_is_entered_in_order_and_one_that_cannot_be_decided_is_told(
    desk: Desk, plain: dict[str, Any], tmp_path: Path
) -> None:
    unjudged = {**plain, "materials": [], "act": "accept", "id": "B"}
    stack = [{**plain, "id": "A"}, unjudged, {**plain, "id": "C"}]
    first: Any = register_file(stack, desk=desk, out=tmp_path)
    assert [entry["id"] for entry in first] == ["A", "B", "C"]
    assert first[1]["error"]["code"] in ("act_not_allowed", "unjudged_materials")
    assert [first[n]["result"]["number"] for n in (0, 2)] == ["PA-DJ-2026-000001", "PA-DJ-2026-000002"]
    again: Any = register_file(stack, desk=desk, out=tmp_path)
    assert again == first
    assert len(desk.ledger.ids(LedgerCriteria())) == 2


def test_a_stack_with_a_fault_anywhere_decides_nothing(desk: Desk, plain: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(FaultyInput) as caught:
        register_file([plain, {**plain, "colour": "red"}, "no filing"], desk=desk, out=tmp_path)
    assert [fault.where for fault in caught.value.faults] == ["file[1].colour", "file[2]"]
    assert desk.ledger.ids(LedgerCriteria()) == ()


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        pytest.param({"config": {"limit_amount_yuan": 9}}, "facts.config: is set by the program", id="limits"),
        pytest.param({"agent": True}, "facts.agent: contradicts file.agent", id="agent"),
        pytest.param(
            {"applicant_is_owner": False}, "applicant_is_owner: contradicts file.property_owner", id="house-owner"
        ),
        pytest.param({"contractor_kind": "individual"}, "contradicts file.contractor.party.kind", id="contractor"),
        pytest.param({"art4_kind": "castle"}, "facts.art4_kind: unknown code", id="invented-code"),
        pytest.param({"planned_start_on": "9999-12-31"}, "no likely day", id="day"),
    ],
)
def test_declared_facts_that_the_program_would_overrule_are_refused(
    desk: Desk, plain: dict[str, Any], tmp_path: Path, facts: dict[str, Any], told: str
) -> None:
    plain["facts"] |= facts
    with pytest.raises(FaultyInput) as caught:
        register_file(plain, desk=desk, out=tmp_path)
    assert told in str(caught.value)
    assert desk.ledger.ids(LedgerCriteria()) == ()


def test_declared_facts_that_agree_with_the_parties_are_taken(
    desk: Desk, plain: dict[str, Any], tmp_path: Path
) -> None:
    plain["facts"] |= {"agent": True, "applicant_is_owner": True, "contractor_kind": "enterprise"}
    plain["agent"] = {"kind": "person", "name": "林知远", "id_kind": "resident_id", "id_number": factories.PERSON_ID}
    assert register_file(plain, desk=desk, out=tmp_path)["act"] == "accept"


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        pytest.param({"planned_start_on": "9999-12-31"}, "file.planned_start_on", id="start"),
        pytest.param({"planned_end_on": "0001-01-01"}, "file.planned_end_on", id="end"),
        pytest.param(
            {"workers": [{"name": "何平", "certificate": {"review_on": "9999-12-31"}}]},
            "file.workers.0.certificate.review_on",
            id="review",
        ),
        pytest.param({"insurances": [{"valid_from": "9999-12-31"}]}, "file.insurances.0.valid_from", id="insurance"),
    ],
)
def test_a_day_that_nothing_can_be_counted_from_is_told(
    desk: Desk, plain: dict[str, Any], tmp_path: Path, changes: dict[str, Any], where: str
) -> None:
    with pytest.raises(FaultyInput) as caught:
        register_file(plain | changes, desk=desk, out=tmp_path)
    assert [fault.where for fault in caught.value.faults] == [where]
    assert "no likely day" in caught.value.faults[0].what


def test_a_certificate_may_be_good_for_ever(desk: Desk, plain: dict[str, Any], tmp_path: Path) -> None:
    plain["contractor"]["qualification"] = {"valid_to": "9999-12-31"}
    assert register_file(plain, desk=desk, out=tmp_path)["act"] == "accept"


def test_two_verdicts_on_one_paper_and_papers_of_no_list_are_told(
    desk: Desk, plain: dict[str, Any], tmp_path: Path
) -> None:
    plain["materials"] += [{"code": "28-1", "verdict": "missing"}, {"code": "28-99", "verdict": "in_order"}]
    with pytest.raises(FaultyInput) as caught:
        register_file(plain, desk=desk, out=tmp_path)
    first, second = caught.value.faults
    assert "28-1 has 2 verdicts" in first.what
    assert "'28-99'" in second.what


def test_an_act_id_that_another_filing_has_is_refused(desk: Desk, plain: dict[str, Any], tmp_path: Path) -> None:
    named = {**plain, "act_id": "stack-7/page-3"}
    register_file(named, desk=desk, out=tmp_path)
    for other in ({**named, "project_name": "另一处装修"}, {**named, "act": "one_time_notice"}):
        with pytest.raises(ClerkError, match="act_id_used"):
            register_file(other, desk=desk, out=tmp_path)
    told: Any = register_file([{**named, "project_name": "另一处装修"}, plain], desk=desk, out=tmp_path)
    assert [entry.get("error", {}).get("code") for entry in told] == ["act_id_used", None]
    assert len(desk.ledger.ids(LedgerCriteria())) == 2
