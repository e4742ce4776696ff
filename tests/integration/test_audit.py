"""Every change leaves an event in the same transaction, and no event can be changed."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import text

from desktop.domain.acts import Act
from desktop.domain.walk_in import WalkIn
from desktop.services.desk import Desk
from tests import factories
from tests.integration.conftest import Decide


def _events(desk: Desk) -> list[tuple[str, ...]]:
    with desk.database.reading() as session:
        found = session.execute(text("SELECT act, who, station, reason FROM audit_event ORDER BY id"))
        return [tuple(row) for row in found]


@pytest.mark.requirement("LG-G1")
def test_each_act_says_who_where_and_why(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    decide(complete, Act.NOT_APPLICABLE, reason="当场撤回")
    assert _events(desk)[-1] == ("not_applicable", "林晓", "坪安街道办事处", "当场撤回")


def test_settings_reprints_and_calendar_edits_are_recorded(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    paper = decide(complete).papers[0]
    desk.issuing.reprint(paper.id, act_id="again")
    desk.calendar.set_day(factories.FILED_ON, "rest", name="停电", source="街道通知")
    assert [event[0] for event in _events(desk)] == ["calendar", "office", "accept", "reprint", "calendar"]


@pytest.mark.parametrize("order", ["UPDATE audit_event SET reason='x'", "DELETE FROM audit_event"])
def test_an_event_can_be_neither_changed_nor_deleted(desk: Desk, order: str) -> None:
    before = _events(desk)
    with pytest.raises(Exception, match="audit event"), desk.database.writing() as session:
        session.execute(text(order))
    assert _events(desk) == before


def test_a_decision_that_fails_leaves_no_event(
    desk: Desk, decide: Decide, complete: WalkIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _events(desk)

    def fail(*_given: object) -> None:
        raise RuntimeError("the last step")

    monkeypatch.setattr("desktop.services.recording._drop_drafts", fail)
    with pytest.raises(RuntimeError):
        decide(complete)
    assert _events(desk) == before


def test_the_log_names_ids_only(desk: Desk, decide: Decide, complete: WalkIn, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="desktop"):
        decide(complete)
        desk.ledger.file(1)
        desk.intake.parties_like("和顺")
    told = caplog.text
    assert "filing 1" in told
    for personal in (complete.owner.name, complete.owner.phone, complete.owner.id_number, complete.place.text):
        assert personal not in told
