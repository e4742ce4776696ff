"""Third-party reviews: asked, answered, kept, and whether the term for the answer runs on (第二十七条(五))."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from desktop.domain.acts import Act, Decided, Status
from desktop.domain.errors import ClerkError
from desktop.domain.outside_review import OutsideReviewNote, OutsideVerdict, ReviewedPaper
from desktop.domain.walk_in import MaterialCheck, Verdict, WalkIn
from desktop.models.filing import Filing
from desktop.services.desk import Desk
from tests.integration.at_work import OFFICER, REVIEWER, work_as
from tests.integration.conftest import Clock
from tests.integration.site_rows import change_filing

Decide = Callable[..., Decided]
pytestmark = pytest.mark.requirement("LG-27-5")

ASKED = date(2026, 3, 2)


@pytest.fixture
def filing(decide: Decide, complete: WalkIn) -> Decided:
    lacking = complete.with_check(MaterialCheck(code="28-4", verdict=Verdict.MISSING))
    return decide(lacking, Act.ONE_TIME_NOTICE)


def asked(filing: Decided, act_id: str = "r1") -> OutsideReviewNote:
    return OutsideReviewNote(
        act_id=act_id,
        filing_id=filing.filing_id,
        paper=ReviewedPaper.DRAWINGS,
        reviewer="深圳市明泉审图有限公司",
        asked_on=ASKED,
    )


def test_who_was_asked_when_and_what_came_back_when_is_kept(desk: Desk, filing: Decided, clock: Clock) -> None:
    desk.outside_reviews.record(asked(filing))
    [out] = desk.outside_reviews.of(filing.filing_id)
    assert out.is_out
    clock.day = ASKED + timedelta(days=3)
    answer = replace(
        asked(filing, "r2"), returned_on=clock.day, verdict=OutsideVerdict.TO_CORRECT, opinion="补充支撑节点大样"
    )
    desk.outside_reviews.record(answer)
    [row] = desk.outside_reviews.of(filing.filing_id)
    assert (row.reviewer, row.asked_on, row.returned_on) == ("深圳市明泉审图有限公司", ASKED, clock.day)
    assert (row.verdict, row.opinion) == (OutsideVerdict.TO_CORRECT, "补充支撑节点大样")
    summaries = [entry.summary for entry in desk.ledger.file(filing.filing_id).timeline]
    assert "委托第三方审查施工图：深圳市明泉审图有限公司" in summaries
    assert desk.ledger_check.verify().is_sound


def test_the_same_act_counts_once(desk: Desk, filing: Decided) -> None:
    assert desk.outside_reviews.record(asked(filing))
    assert not desk.outside_reviews.record(asked(filing))
    assert len(desk.outside_reviews.of(filing.filing_id)) == 1


def test_the_term_runs_on_while_a_review_is_out(desk: Desk, filing: Decided, clock: Clock) -> None:
    before = _due(desk, filing)
    clock.day = ASKED + timedelta(days=2)
    desk.outside_reviews.record(replace(asked(filing), returned_on=clock.day, verdict=OutsideVerdict.FIT))
    assert _feedback_by(desk, filing) == before
    assert desk.office.pack().parameters["outside_review_stops_clock"].value == 0


def test_where_the_setting_says_so_the_days_of_the_review_do_not_count(
    desk: Desk, filing: Decided, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = desk.office.pack()
    parameter = pack.parameters["outside_review_stops_clock"]
    stopping = {**pack.parameters, "outside_review_stops_clock": replace(parameter, value=Decimal(1))}
    monkeypatch.setattr(type(desk.outside_reviews._station), "pack", lambda _self: replace(pack, parameters=stopping))
    before = _due(desk, filing)
    clock.day = ASKED + timedelta(days=2)
    desk.outside_reviews.record(replace(asked(filing), returned_on=clock.day, verdict=OutsideVerdict.FIT))
    after = _feedback_by(desk, filing)
    assert after is not None
    assert desk.calendar.calendar().working_days_between(before, after) == 2


def test_an_entry_that_cannot_stand_is_refused_at_its_field(desk: Desk, filing: Decided) -> None:
    note = asked(filing)
    unfit = {
        "reviewer": replace(note, reviewer=" "),
        "asked_on": replace(note, asked_on=ASKED + timedelta(days=1)),
        "returned_on": replace(note, verdict=OutsideVerdict.FIT),
        "verdict": replace(note, returned_on=ASKED),
        "opinion": replace(note, returned_on=ASKED, verdict=OutsideVerdict.UNFIT),
    }
    for field, wrong in unfit.items():
        with pytest.raises(ClerkError, match="outside_review_unfit") as refused:
            desk.outside_reviews.record(wrong)
        assert refused.value.details["fields"] == (field,)


def test_the_counter_and_its_reviewers_note_it_and_nobody_else(desk: Desk, filing: Decided) -> None:
    work_as(desk, OFFICER)
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.outside_reviews.record(asked(filing))
    work_as(desk, REVIEWER)
    assert desk.outside_reviews.record(asked(filing))


@pytest.mark.requirement("LG-25-4a")
@pytest.mark.parametrize("status", [Status.REVOKED, Status.CLOSED])
def test_nothing_is_reviewed_of_a_registration_that_is_over(desk: Desk, filing: Decided, status: Status) -> None:
    change_filing(desk, filing.filing_id, status=status.value)
    with pytest.raises(ClerkError, match="outside_review_unfit"):
        desk.outside_reviews.record(asked(filing))
    assert desk.outside_reviews.of(filing.filing_id) == ()


def _due(desk: Desk, filing: Decided) -> date:
    """Give the filing a term, as one that did not come to the window in person has."""
    due = ASKED + timedelta(days=3)
    with desk.database.writing() as session:
        session.execute(update(Filing).where(Filing.id == filing.filing_id).values(feedback_by=due))
    return due


def _feedback_by(desk: Desk, filing: Decided) -> date | None:
    with desk.database.reading() as session:
        return session.scalar(select(Filing.feedback_by).where(Filing.id == filing.filing_id))
