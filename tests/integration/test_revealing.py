"""Personal data whole is a right, asks the purpose and is on record; everywhere else it is covered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.acts import Act
from desktop.domain.errors import ClerkError
from desktop.domain.walk_in import Verdict, WalkIn
from desktop.models.record import AuditEvent
from desktop.services.desk import Desk
from tests import factories
from tests.integration.conftest import Decide

PHONE = "13800003344"


def work_as(desk: Desk, *roles: Role) -> None:
    grants = tuple(Grant(role=role) for role in roles)
    desk.ledger._station.work_as(Actor(account_id=5, user_name="wang", name="王岚", grants=grants))


def events(desk: Desk) -> list[AuditEvent]:
    with desk.database.reading(is_whole=True) as session:
        return list(session.scalars(select(AuditEvent).order_by(AuditEvent.id)))


@pytest.mark.requirement("LG-P1")
def test_a_file_is_covered_until_somebody_says_what_for(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    filing_id = decide(complete).filing_id
    work_as(desk, Role.WINDOW_CLERK)
    covered = desk.ledger.file(filing_id).walk_in
    assert covered != complete
    assert PHONE not in repr(covered)
    assert factories.PERSON_ID not in repr(covered)
    assert desk.revealing.reveal(filing_id, "  电话通知补正  ") == complete
    last = events(desk)[-1]
    assert (last.act, last.reason, last.filing_id, last.who) == ("reveal", "电话通知补正", filing_id, "王岚")


@pytest.mark.requirement("LG-P1")
@pytest.mark.parametrize("purpose", ["", "   ", "查看", "看一下 "])
def test_without_a_purpose_nothing_is_shown_or_recorded(
    desk: Desk, decide: Decide, complete: WalkIn, purpose: str
) -> None:
    filing_id = decide(complete).filing_id
    before = len(events(desk))
    with pytest.raises(ClerkError, match="purpose_required"):
        desk.revealing.reveal(filing_id, purpose)
    assert len(events(desk)) == before


@pytest.mark.requirement("LG-P1", "LG-34-0")
@pytest.mark.parametrize("role", [Role.PATROLLER, Role.CITY_GOVERNMENT_USER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_whoever_lacks_the_right_sees_nothing_whole(desk: Desk, decide: Decide, complete: WalkIn, role: Role) -> None:
    filing_id = decide(complete).filing_id
    work_as(desk, role)
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.revealing.reveal(filing_id, "核对业主身份")


@pytest.mark.requirement("LG-P1")
def test_papers_that_state_numbers_are_for_who_may_see_them_and_posted_ones_for_all(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    papers = decide(complete).papers
    work_as(desk, Role.WINDOW_CLERK)
    assert all(desk.issuing.pdf(paper.id).startswith(b"%PDF") for paper in papers)
    work_as(desk, Role.PATROLLER)
    read = {paper.code for paper in papers if may_read(desk, paper.id)}
    assert "posting" in read
    assert "registration_form" not in read
    assert len(read) < len(papers)


def may_read(desk: Desk, paper_id: int) -> bool:
    try:
        return bool(desk.issuing.pdf(paper_id))
    except ClerkError:
        return False


@pytest.mark.requirement("LG-P1")
def test_opening_the_next_visit_and_the_platform_sheet_give_all_and_are_on_record(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    missing = replace(complete.materials[0], verdict=Verdict.MISSING)
    noticed = decide(complete.with_check(missing), Act.ONE_TIME_NOTICE).filing_id
    assert desk.intake.revisit(noticed).walk_in.owner.phone == PHONE
    assert (events(desk)[-1].act, events(desk)[-1].filing_id) == ("revisit", noticed)
    assert PHONE in desk.platform.sheet(decide(complete).filing_id)
    assert events(desk)[-1].act == "platform_sheet"


@pytest.mark.requirement("LG-P1")
def test_the_street_chooses_how_much_of_a_number_stays(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    filing_id = decide(complete).filing_id
    assert not desk.revealing.shows_area()
    assert desk.ledger.file(filing_id).walk_in.workers[0].id_number.startswith("110****")
    assert desk.revealing.set_shows_area(True)
    assert desk.revealing.set_shows_area(True) == frozenset()
    assert desk.ledger.file(filing_id).walk_in.workers[0].id_number.startswith("110105***")
    last = events(desk)[-1]
    assert (last.act, last.changes) == ("masking", [["id_shows_area", False, True]])


@pytest.mark.requirement("LG-P1")
def test_only_who_keeps_settings_changes_the_mask(desk: Desk) -> None:
    work_as(desk, Role.WINDOW_CLERK)
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.revealing.set_shows_area(True)


@pytest.mark.requirement("LG-P1")
def test_opening_a_paper_with_whole_numbers_is_on_record_once_a_day(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    form = next(paper for paper in decide(complete).papers if paper.code == "registration_form")
    work_as(desk, Role.WINDOW_CLERK)
    for _ in range(2):
        desk.issuing.pdf(form.id)
    opened = [event for event in events(desk) if event.act == "paper_opened"]
    assert [(event.who, event.paper_ids) for event in opened] == [("王岚", [form.id])]


@pytest.mark.requirement("LG-P1")
def test_who_issued_a_paper_today_opens_it_without_more_on_record(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    work_as(desk, Role.WINDOW_CLERK)
    form = next(paper for paper in decide(complete).papers if paper.code == "registration_form")
    before = len(events(desk))
    desk.issuing.pdf(form.id)
    assert len(events(desk)) == before
