"""The second visit after a one-time notice: only open items, the same filing, nothing told is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.walk_in import MaterialCheck, Verdict, WalkIn
from desktop.services.desk import Desk
from tests.integration.conftest import Clock, Decide


def _with(matter: WalkIn, code: str, verdict: Verdict) -> WalkIn:
    return matter.with_check(MaterialCheck(code=code, verdict=verdict))


@pytest.fixture
def noticed(decide: Decide, complete: WalkIn) -> tuple[int, WalkIn]:
    """A matter told of one missing paper, and how it stood then."""
    gap = _with(complete, "28-4", Verdict.MISSING)
    return decide(gap, Act.ONE_TIME_NOTICE).filing_id, gap


@pytest.mark.requirement("LG-27-3c1", "LG-27-3c4")
def test_a_second_visit_asks_only_the_open_items(desk: Desk, noticed: tuple[int, WalkIn]) -> None:
    revisit = desk.intake.revisit(noticed[0])
    assert [item.code for item in revisit.open_items] == ["28-4"]
    assert (revisit.visit, revisit.number) == (2, "PA-GZ-2026-000001")
    lines = desk.intake.preview(revisit.walk_in, revisit=revisit).lines
    assert [line.code for line in lines if line.required and not line.settled] == ["28-4"]


@pytest.mark.requirement("LG-27-3c4")
def test_a_corrected_matter_is_accepted_as_the_same_filing(
    desk: Desk, decide: Decide, noticed: tuple[int, WalkIn], complete: WalkIn, clock: Clock
) -> None:
    clock.day = date(2026, 3, 10)
    decided = decide(complete, filing_id=noticed[0])
    file = desk.ledger.file(noticed[0])
    assert decided.filing_id == noticed[0]
    assert (file.row.number, file.row.visits, file.row.filed_on) == ("PA-DJ-2026-000001", 2, date(2026, 3, 2))
    assert [entry.act for entry in file.timeline] == ["one_time_notice", "accept"]
    for number in ("PA-GZ-2026-000001", "PA-DJ-2026-000001"):
        assert desk.ledger.ids(LedgerCriteria(text=number)) == (noticed[0],)
    with pytest.raises(ClerkError, match="not_awaiting_correction"):
        desk.intake.revisit(noticed[0])


@pytest.mark.requirement("LG-27-3c2")
def test_a_forgotten_item_needs_a_reason_and_is_counted(
    desk: Desk, decide: Decide, noticed: tuple[int, WalkIn]
) -> None:
    filing_id, gap = noticed
    # In order at the first visit, found missing at the second on unchanged facts.
    forgotten = _with(gap, "28-2.2-title", Verdict.MISSING)
    with pytest.raises(ClerkError) as caught:
        decide(forgotten, Act.ONE_TIME_NOTICE, filing_id=filing_id)
    assert caught.value.code == "reason_required"
    decide(forgotten, Act.ONE_TIME_NOTICE, filing_id=filing_id, reason="首次核对时漏看")
    row = desk.ledger.file(filing_id).row
    assert row.notice_not_complete
    assert row.visits == 2
    assert {item.code for item in desk.intake.revisit(filing_id).open_items} == {"28-4", "28-2.2-title"}


@pytest.mark.requirement("LG-27-3c2")
def test_an_item_that_new_facts_bring_needs_no_reason(desk: Desk, decide: Decide, noticed: tuple[int, WalkIn]) -> None:
    filing_id, gap = noticed
    changed = replace(gap, facts=gap.facts.with_facts(hoisting=True))
    decide(_with(changed, "28-5-special-scheme", Verdict.MISSING), Act.ONE_TIME_NOTICE, filing_id=filing_id)
    assert not desk.ledger.file(filing_id).row.notice_not_complete


@pytest.mark.requirement("LG-27-3c1")
def test_what_a_notice_told_can_never_be_changed(desk: Desk, noticed: tuple[int, WalkIn]) -> None:
    for table in ("visit", "issued_document"):
        with pytest.raises(Exception, match="never changes"), desk.database.writing() as session:
            session.execute(text(f"UPDATE {table} SET number='X'"))


@pytest.mark.requirement("LG-27-3c1")
def test_the_words_of_a_notice_stay_when_the_next_visit_is_typed(
    desk: Desk, decide: Decide, noticed: tuple[int, WalkIn], complete: WalkIn
) -> None:
    [paper] = desk.ledger.file(noticed[0]).papers
    before = desk.issuing.pdf(paper.id)
    decide(complete, filing_id=noticed[0])
    assert desk.issuing.pdf(paper.id) == before


def test_two_windows_cannot_decide_the_same_visit_twice(
    desk: Desk, noticed: tuple[int, WalkIn], complete: WalkIn
) -> None:
    desk.intake.decide(DecisionRequest(act_id="a", act=Act.ACCEPT, walk_in=complete, filing_id=noticed[0]))
    with pytest.raises(ClerkError, match="not_awaiting_correction"):
        desk.intake.decide(DecisionRequest(act_id="b", act=Act.ACCEPT, walk_in=complete, filing_id=noticed[0]))


@pytest.mark.requirement("LG-27-3c4")
def test_a_decided_visit_leaves_no_draft_that_could_undo_it(
    desk: Desk, decide: Decide, noticed: tuple[int, WalkIn], complete: WalkIn
) -> None:
    desk.drafts.save("earlier", noticed[1], filing_id=noticed[0])
    desk.drafts.save("of another person", complete)
    decide(complete, filing_id=noticed[0])
    assert [draft.id for draft in desk.drafts.all()] == ["of another person"]
