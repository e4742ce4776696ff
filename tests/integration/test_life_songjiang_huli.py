"""From the counter to the close-out under the rules of 松江 and 湖里, in the words of the place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.domain.access import Role
from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.life_acts import CloseOutRequest, SiteVerification
from desktop.domain.registration_life import LifeState
from desktop.domain.walk_in import WalkIn
from desktop.models.issued_document import IssuedDocument
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.integration.at_work import person, work_as
from tests.integration.conftest import Clock

COMPLETED = date(2026, 6, 26)
OF_PLACE = {
    "songjiang": ("小微工程开工备案回执", "小微工程竣工备案回执", ("竣工备案资料齐全",)),
    "huli": ("小散工程和零星作业信息登记回执", "信息登记注销回执", ()),
}


@pytest.fixture(params=["songjiang", "huli"])
def place(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A desk that works by the rules of one of the places."""
    opened = open_desk(tmp_path / "data", today=clock.today, now=clock.now, effort=factories.LIGHT)
    opened.office.set_up(factories.office(pack_id=request.param))
    yield opened
    opened.close()


def _matter(desk: Desk) -> WalkIn:
    pack = desk.intake.pack()
    # The limits of 湖里 are gaps, so that only its minor operations can be taken in before they are filled.
    facts = factories.small_work_facts() if pack.id == "songjiang" else factories.minor_facts(category="awning")
    return factories.all_in_order(factories.walk_in(facts), pack)


def _titles(desk: Desk) -> set[str]:
    with desk.database.reading() as session:
        return set(session.scalars(select(IssuedDocument.title)))


@pytest.mark.requirement("Q-SJ", "Q-HL", "Q-3", "SJ-3b1")
def test_a_matter_is_taken_in_and_closed_in_the_words_of_the_place(place: Desk, clock: Clock) -> None:
    receipt, closing, needs = OF_PLACE[place.intake.pack().id]
    decided = place.intake.decide(DecisionRequest(act_id="act-1", act=Act.ACCEPT, walk_in=_matter(place)))
    assert receipt in _titles(place)
    clock.day = date(2026, 7, 6)
    work_as(place, person(11, "何巡", Role.PATROLLER, Role.WINDOW_CLERK))
    place.life.apply_closeout(
        CloseOutRequest(
            act_id="closeout-1",
            filing_id=decided.filing_id,
            completed_on=COMPLETED,
            applied_on=clock.day,
            applicant="林知远",
            settled=needs,
        )
    )
    place.life.verify_closeout(
        SiteVerification(
            act_id="check-1", filing_id=decided.filing_id, is_complete=True, checked_on=clock.day, text="现场已清理"
        )
    )
    assert place.life.of(decided.filing_id).state is LifeState.CLOSED
    assert closing in _titles(place)
