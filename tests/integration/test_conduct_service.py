"""Bad records and measures: who enters and lifts them, what they mean at intake, that none is ever gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from desktop.domain.access import Grant, Role
from desktop.domain.acts import Act, Decided
from desktop.domain.conduct import BadRecordDraft, Ground, MeasureDraft, MeasureKind
from desktop.domain.errors import ClerkError
from desktop.domain.walk_in import WalkIn
from desktop.services.desk import Desk
from tests.factories import FILED_ON, PERSON_ID
from tests.integration.conftest import Clock
from tests.integration.people import ADMIN_PASSWORD, OWN_PASSWORD, found, hire
from tests.integration.test_firms_service import as_role, craftsman, firm, pdf_text

Decide = Callable[..., Decided]
pytestmark = pytest.mark.requirement("YC-4f")


def bad(firm_id: int, **changes: Any) -> BadRecordDraft:
    """A record that is in force today."""
    made = BadRecordDraft(
        firm_id=firm_id,
        ground=Ground.OVERDUE,
        decided_on=FILED_ON,
        since=FILED_ON,
        document="坪安街〔2026〕1号",
        decided_by="坪安街道办事处",
    )
    return replace(made, **changes)


@pytest.fixture
def on_record(desk: Desk) -> int:
    """The ordinary contractor, registered and on record; gives the record's id."""
    return desk.conduct.enter(bad(desk.firms.add(firm(), act_id="firm")), act_id="bad")


def test_a_contractor_on_record_is_accepted_only_with_a_reason_that_stays(
    desk: Desk, on_record: int, decide: Decide, complete: WalkIn
) -> None:
    with pytest.raises(ClerkError, match="reason_required"):
        decide(complete)
    decided = decide(complete, reason="整改已复查合格，经李主任同意")
    [override] = desk.ledger.file(decided.filing_id).overrides
    for word in ("不良档案", "逾期不整改", "坪安街〔2026〕1号", "经李主任同意"):
        assert word in override


def test_a_name_alone_is_a_doubt_that_needs_a_reason_too(
    desk: Desk, on_record: int, decide: Decide, complete: WalkIn
) -> None:
    unnumbered = replace(complete.contractor.party, id_number="")
    matter = replace(complete, contractor=replace(complete.contractor, party=unnumbered))
    warning = desk.conduct.about(unnumbered)
    assert warning is not None
    assert not warning.is_certain
    with pytest.raises(ClerkError, match="reason_required"):
        decide(matter)


def test_other_acts_are_decided_without_a_reason(desk: Desk, on_record: int, decide: Decide, complete: WalkIn) -> None:
    unjudged = replace(complete, contractor=complete.contractor, materials=complete.materials[1:])
    preview = desk.intake.preview(unjudged, conduct=desk.conduct.about(unjudged.contractor.party))
    assert {act.act for act in preview.acts if "不良档案" in act.why} <= {Act.ACCEPT, Act.SUBMIT_FOR_REVIEW}


def test_a_lifted_record_stays_in_the_list_and_warns_no_more(
    desk: Desk, on_record: int, decide: Decide, complete: WalkIn, clock: Clock
) -> None:
    with pytest.raises(ClerkError, match="reason_required"):
        desk.conduct.lift(on_record, "")
    desk.conduct.lift(on_record, "整改到位")
    with pytest.raises(ClerkError, match="record_lifted"):
        desk.conduct.lift(on_record, "再次")
    [row] = desk.conduct.records()
    assert (row.lifted_on, row.lift_reason, row.is_in_force(clock.day)) == (FILED_ON, "整改到位", False)
    decide(complete)


def test_a_record_warns_from_its_first_to_its_last_day(desk: Desk, clock: Clock) -> None:
    firm_id = desk.firms.add(firm(), act_id="firm")
    since, until = FILED_ON + timedelta(days=2), FILED_ON + timedelta(days=4)
    desk.conduct.enter(bad(firm_id, since=since, until=until), act_id="bad")
    party = desk.firms.offers("匠新")[0].contractor.party
    warned = []
    for day in range(7):
        clock.day = FILED_ON + timedelta(days=day)
        warned.append(desk.conduct.about(party) is not None)
    assert warned == [False, False, True, True, True, False, False]


def test_the_same_entry_twice_counts_once(desk: Desk, on_record: int) -> None:
    [row] = desk.conduct.records()
    assert desk.conduct.enter(bad(row.firm_id), act_id="bad") == on_record
    assert len(desk.conduct.records()) == 1


def test_a_record_cannot_be_deleted_even_by_hand(desk: Desk, on_record: int) -> None:
    with pytest.raises(DBAPIError, match="lifted, never deleted"), desk.database.connection() as connection:
        connection.execute(text("DELETE FROM bad_record"))


@pytest.mark.requirement("LG-41-4", "HL-1.4a", "HL-1.4b")
def test_measures_stand_on_the_page_of_the_party(desk: Desk) -> None:
    firm_id = desk.firms.add(craftsman(), act_id="firm")
    for place, kind in enumerate(MeasureKind):
        draft = MeasureDraft(firm_id=firm_id, kind=kind, taken_on=FILED_ON, taken_by="区住建局", document=f"{place}号")
        desk.conduct.note_measure(draft, act_id=f"m{place}")
        desk.conduct.note_measure(draft, act_id=f"m{place}")
    page = desk.firms.file(firm_id)
    assert {measure.kind for measure in page.measures} == set(MeasureKind)
    assert len(page.measures) == len(MeasureKind)
    assert page.records == ()


@pytest.mark.requirement("LG-41-4")
@pytest.mark.parametrize(
    ("role", "reads", "judges"),
    [
        (Role.MANAGER, True, True),
        (Role.WINDOW_CLERK, True, False),
        (Role.PATROLLER, True, False),
        (Role.ADMINISTRATOR, False, False),
        (Role.AUDITOR, False, False),
    ],
)
def test_only_who_judges_conduct_enters_and_lifts(
    desk: Desk, on_record: int, role: Role, reads: bool, judges: bool
) -> None:
    [row] = desk.conduct.records()
    as_role(desk, role)
    measure = MeasureDraft(firm_id=row.firm_id, taken_on=FILED_ON, taken_by="街道办")
    for is_allowed, call in (
        (reads, lambda: desk.conduct.records()),
        (reads, lambda: desk.conduct.list_pdf()),
        (judges, lambda: desk.conduct.enter(bad(row.firm_id), act_id="x")),
        (judges, lambda: desk.conduct.note_measure(measure, act_id="y")),
        (judges, lambda: desk.conduct.lift(on_record, "整改到位")),
    ):
        if is_allowed:
            call()
        else:
            with pytest.raises(ClerkError, match="not_permitted"):
                call()


def test_an_unfit_record_is_refused_with_its_field(desk: Desk) -> None:
    firm_id = desk.firms.add(firm(), act_id="firm")
    with pytest.raises(ClerkError) as caught:
        desk.conduct.enter(bad(firm_id, document=""), act_id="bad")
    assert (caught.value.code, caught.value.details["field"]) == ("conduct_unfit", "document")
    with pytest.raises(ClerkError, match="no_such_firm"):
        desk.conduct.enter(bad(999), act_id="bad")


def test_a_clerk_must_name_a_manager_who_agreed_and_a_manager_need_not(
    desk: Desk, on_record: int, decide: Decide, complete: WalkIn
) -> None:
    found(desk)
    hire(desk, "clerk", Grant(role=Role.WINDOW_CLERK), name="林晓")
    hire(desk, "manager", Grant(role=Role.MANAGER), Grant(role=Role.WINDOW_CLERK), name="李明远")
    desk.sign_in.sign_in("clerk", OWN_PASSWORD)
    with pytest.raises(ClerkError) as caught:
        decide(complete, reason="已经整改")
    assert (caught.value.code, caught.value.details["names"]) == ("manager_not_named", ("李明远",))
    decided = decide(complete, reason="已经整改，李明远同意")
    assert "李明远" in desk.ledger.file(decided.filing_id).overrides[0]
    desk.sign_in.sign_in("manager", OWN_PASSWORD)
    elsewhere = replace(complete, place=replace(complete.place, estate="坪安路99号"))
    assert decide(elsewhere, reason="已复查合格").number
    desk.sign_in.sign_in("gaoyuan", ADMIN_PASSWORD)


def test_the_printed_list_has_those_in_force_with_persons_covered(desk: Desk, clock: Clock) -> None:
    first = desk.firms.add(firm(), act_id="f1")
    second = desk.firms.add(craftsman(), act_id="f2")
    desk.conduct.lift(desk.conduct.enter(bad(first), act_id="b1"), "整改到位")
    desk.conduct.enter(bad(second, ground=Ground.INCOMPLETE), act_id="b2")
    printed = pdf_text(desk.conduct.list_pdf())
    assert "何平" in printed
    assert "整改不彻底" in printed
    assert "匠新" not in printed
    assert PERSON_ID not in printed


def test_entry_and_lifting_are_in_the_trail_with_the_party_as_it_was_left(desk: Desk, on_record: int) -> None:
    desk.conduct.lift(on_record, "整改到位")
    with desk.database.reading(is_whole=True) as session:
        events = session.execute(
            text("SELECT act, reason, touched FROM audit_event WHERE act LIKE 'bad%' ORDER BY id")
        ).all()
    assert [event.act for event in events] == ["bad_record_entered", "bad_record_lifted"]
    assert events[1].reason == "整改到位"
    assert all('"firm"' in event.touched for event in events)
    assert events[0].touched != events[1].touched
