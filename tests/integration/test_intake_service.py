"""One person at the window: each ending has its papers, and what cannot be decided says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.acts import Act, Change, DecisionRequest, StationKind, Status
from desktop.domain.errors import ClerkError
from desktop.domain.facts import UNKNOWN, FactValue
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.walk_in import PartyKind, Place, WalkIn
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.integration.conftest import Decide


@pytest.mark.requirement("LG-27-3b1", "LG-25-2a")
def test_an_accepted_matter_gets_a_number_its_papers_and_its_dates(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    decided = decide(complete)
    file = desk.ledger.file(decided.filing_id)
    assert decided.number == file.registration_number == "PA-DJ-2026-000001"
    assert decided.status is Status.REGISTERED
    assert {"receipt", "owner_commitment", "risk_notice", "posting"} <= {paper.code for paper in decided.papers}
    assert (file.accepted_on, file.valid_until) == (date(2026, 3, 2), date(2026, 9, 2))
    assert file.extension_first == date(2026, 8, 18)
    assert desk.intake.is_as_stored(decided.filing_id, complete)
    assert (file.pack_id, file.row.visits) == ("longgang", 1)
    assert decided.changes >= {Change.FILINGS, Change.PAPERS}


_ABOVE_LIMIT = {"contract_amount_yuan": Decimal(2000000), "floor_area_m2": Decimal(900)}


@pytest.mark.requirement("LG-27-3h")
@pytest.mark.parametrize(
    ("facts", "act", "status", "number"),
    [
        (_ABOVE_LIMIT, Act.INFORM_PERMIT, Status.REFUSED_PERMIT, "PA-XK-2026-000001"),
        ({"illegal_acts": ("add_storey",)}, Act.MUST_NOT_START, Status.TRANSFERRED, "PA-JZ-2026-000001"),
        ({"temporary_building": True}, Act.NOT_APPLICABLE, Status.NOT_APPLICABLE, "PA-BS-2026-000001"),
    ],
)  # fmt: skip
def test_each_ending_has_its_status_number_and_paper(
    decide: Decide, facts: dict[str, FactValue], act: Act, status: Status, number: str
) -> None:
    matter = factories.walk_in(factories.small_work_facts(**facts))
    decided = decide(matter, act, reason="临时建筑")
    assert (decided.status, decided.number) == (status, number)
    assert decided.papers


def test_must_not_start_takes_a_number_for_the_transfer_sheet_too(desk: Desk, decide: Decide) -> None:
    matter = factories.walk_in(factories.small_work_facts(illegal_acts=("add_storey",)))
    decided = decide(matter, Act.MUST_NOT_START)
    assert desk.ledger.ids(LedgerCriteria(text="PA-YJ-2026-000001")) == (decided.filing_id,)


@pytest.mark.requirement("LG-27-3h")
def test_a_community_station_sends_high_risk_works_to_the_street_office(desk: Desk, decide: Decide) -> None:
    desk.office.set_up(factories.office(station_kind=StationKind.COMMUNITY_STATION))
    matter = factories.all_in_order(factories.walk_in(factories.small_work_facts(hoisting=True)), desk.intake.pack())
    decided = decide(matter, Act.TO_STREET_OFFICE)
    assert (decided.status, decided.number) == (Status.REDIRECTED, "PA-ZB-2026-000001")


def test_the_site_check_of_high_risk_works_is_due_in_three_working_days(desk: Desk, decide: Decide) -> None:
    matter = factories.all_in_order(factories.walk_in(factories.small_work_facts(hoisting=True)), desk.intake.pack())
    file = desk.ledger.file(decide(matter).filing_id)
    assert file.site_check_by == date(2026, 3, 5)
    assert file.row.high_risk is True


def test_papers_without_verdict_stop_the_decision(desk: Desk, decide: Decide) -> None:
    with pytest.raises(ClerkError) as caught:
        decide(factories.walk_in(), Act.ONE_TIME_NOTICE)
    assert caught.value.code == "unjudged_materials"
    assert caught.value.details["count"] == len(desk.intake.preview(factories.walk_in()).unjudged)


def test_an_act_the_rules_forbid_is_refused_with_the_why(decide: Decide, complete: WalkIn) -> None:
    with pytest.raises(ClerkError) as caught:
        decide(complete, Act.MUST_NOT_START)
    assert caught.value.code == "act_not_allowed"
    assert caught.value.details["why"]


def test_a_wrong_number_names_its_field(decide: Decide, complete: WalkIn) -> None:
    with pytest.raises(ClerkError) as caught:
        decide(replace(complete, owner=factories.company(id_number="91350100M000100Y44")))
    assert caught.value.code == "blocked_by_typed_data"
    assert caught.value.details["field"] == "owner.id_number"


def test_an_override_needs_a_reason_and_stays_visible(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    with pytest.raises(ClerkError) as caught:
        decide(complete, Act.NOT_APPLICABLE, reason="  ")
    assert caught.value.code == "reason_required"
    file = desk.ledger.file(decide(complete, Act.NOT_APPLICABLE, reason="业主当场撤回").filing_id)
    assert "业主当场撤回" in file.overrides[0]
    assert file.timeline[-1].reason == "业主当场撤回"


def test_undetermined_facts_stop_every_act(decide: Decide) -> None:
    matter = factories.walk_in(factories.small_work_facts(contract_amount_yuan=UNKNOWN, floor_area_m2=UNKNOWN))
    for act in Act:
        with pytest.raises(ClerkError):
            decide(matter, act, reason="无")


def test_a_decision_takes_its_draft_away(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    desk.drafts.save("mine", complete)
    desk.drafts.save("other", complete)
    assert Change.DRAFTS in decide(complete, draft_id="mine").changes
    assert [draft.id for draft in desk.drafts.all()] == ["other"]


def test_resemblance_is_offered_by_address_owner_and_contractor(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    other = replace(
        complete,
        owner=factories.person("何平"),
        contractor=factories.contractor(party=factories.person("金川", id_number=factories.OTHER_PERSON_ID)),
    )
    decided = decide(other)
    nowhere = Place(community="新禾社区", estate="新禾路", building="9栋")
    stranger = factories.company("深圳市青石有限公司", id_number="")
    blank = WalkIn()
    by_address = replace(blank, place=other.place)
    by_owner = replace(blank, owner=other.owner, place=nowhere)
    by_contractor = replace(blank, contractor=other.contractor, owner=stranger, place=nowhere)
    for typed, why in ((by_address, "address"), (by_owner, "owner"), (by_contractor, "contractor")):
        [found] = desk.intake.similar(typed)
        assert (found.filing_id, found.why) == (decided.filing_id, why)
    assert desk.intake.similar(blank) == ()


def test_parties_are_taken_over_as_last_typed(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    decide(complete)
    moved = replace(complete, owner=replace(complete.owner, phone="13800001111"))
    decide(moved)
    for typed in ("和顺", "hscy", "91350100m000100y43"):
        assert desk.intake.parties_like(typed) == (moved.owner,)
    [contractor] = desk.intake.contractors_like("匠新")
    assert contractor == complete.contractor
    assert desk.intake.parties_like("匠新") == ()
    assert desk.intake.parties_like(" ") == desk.intake.parties_like("%") == ()


def test_a_window_without_an_office_decides_nothing(data_folder: Path) -> None:
    desk = open_desk(data_folder)
    try:
        with pytest.raises(ClerkError, match="office_not_set_up"):
            desk.intake.decide(DecisionRequest(act_id="a", act=Act.ACCEPT, walk_in=factories.walk_in()))
    finally:
        desk.close()


def test_a_preview_needs_no_database(desk: Desk, complete: WalkIn) -> None:
    desk.database.close()
    away = desk.database.file.rename(desk.database.file.with_suffix(".away"))
    try:
        assert desk.intake.preview(complete).acts
    finally:
        away.rename(desk.database.file)


def test_a_sole_person_is_kept_by_name_when_no_number_is_known(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    nameless = factories.person("严若初", id_number="", kind=PartyKind.PERSON)
    decided = decide(replace(complete, owner=nameless))
    [found] = desk.intake.similar(WalkIn(owner=nameless))
    assert found.filing_id == decided.filing_id
