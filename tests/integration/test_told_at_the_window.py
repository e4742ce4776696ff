"""What the ledger keeps of a visit: who told the person, when, what was signed and watched, and the remark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from desktop.domain.acts import ACTS_FROM, STATUS_AFTER, Act, Decided
from desktop.domain.errors import ClerkError
from desktop.domain.facts import FactValue
from desktop.domain.walk_in import MaterialCheck, Verdict, WalkIn
from desktop.models.filing import FilingVisit
from desktop.services.desk import Desk

Decide = Callable[..., Decided]


def visit_of(desk: Desk, decided: Decided) -> FilingVisit:
    with desk.database.reading() as session:
        return session.scalars(select(FilingVisit).where(FilingVisit.filing_id == decided.filing_id)).one()


@pytest.mark.requirement("LG-27-2d", "LG-27-2c")
def test_feedback_at_the_window_is_kept_with_the_visit(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    decided = decide(complete)
    visit = visit_of(desk, decided)
    assert (visit.number, visit.clerk, visit.act) == (decided.number, "林晓", "accept")
    assert visit.visited_on == desk.office.today()
    # Told in person: the day of the visit is the day of the feedback.
    assert desk.ledger.file(decided.filing_id).assessment["acceptance_feedback"] == {"mode": "on_the_spot"}


@pytest.mark.requirement("LG-27-4c", "LG-28-T")
@pytest.mark.parametrize("is_done", [True, False])
def test_the_film_watched_and_the_letters_signed_are_kept_with_the_time(
    desk: Desk, decide: Decide, complete: WalkIn, is_done: bool
) -> None:
    visit = visit_of(desk, decide(complete, video_watched=is_done, signed=is_done))
    assert (visit.is_video_watched, visit.is_signed) == (is_done, is_done)
    assert visit.decided_at is not None


@pytest.mark.requirement("LG-T15")
def test_the_remark_stays_with_the_filing(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    decided = decide(replace(complete, remark="业主要求周末施工，已告知噪声规定"))
    assert desk.ledger.file(decided.filing_id).walk_in.remark == "业主要求周末施工，已告知噪声规定"


_ABOVE: dict[str, FactValue] = {"illegal_acts": ("add_storey",)}


@pytest.mark.requirement("LG-G1")
@pytest.mark.parametrize("act", [Act.ACCEPT, Act.ONE_TIME_NOTICE, Act.MUST_NOT_START, Act.NOT_APPLICABLE])
def test_a_filing_is_opened_again_only_from_the_states_that_have_acts(
    desk: Desk, decide: Decide, complete: WalkIn, act: Act
) -> None:
    matter = complete
    if act is Act.ONE_TIME_NOTICE:
        matter = complete.with_check(MaterialCheck(code="28-4", verdict=Verdict.MISSING))
    if act is Act.MUST_NOT_START:
        matter = replace(complete, facts=complete.facts.with_facts(**_ABOVE))
    decided = decide(matter, act, reason="按规定办理")
    assert decided.status is STATUS_AFTER[act]
    if ACTS_FROM[decided.status]:
        assert desk.intake.revisit(decided.filing_id).visit == 2
    else:
        with pytest.raises(ClerkError, match="not_awaiting_correction"):
            desk.intake.revisit(decided.filing_id)


@pytest.mark.requirement("LG-25-1")
def test_the_communities_of_the_office_are_those_a_place_is_held_against(desk: Desk, complete: WalkIn) -> None:
    assert desk.intake.preview(complete).invalid == ()
    elsewhere = replace(complete, place=replace(complete.place, community="远山社区"))
    assert [fault.code for fault in desk.intake.preview(elsewhere).invalid] == ["community_unknown"]
