"""Restricted notes on patrollers: for managers alone, kept as they are, counted per person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.errors import ClerkError
from desktop.domain.patroller_note import NoteKind, PatrollerNoteDraft
from desktop.domain.trail import TrailCriteria
from desktop.services.desk import Desk
from tests.integration.conftest import count_of

NOTE = PatrollerNoteDraft(
    patroller="周巡",
    organisation="坪安社区工作站",
    happened_on=date(2026, 3, 1),
    facts="二月应巡查十二次，实际四次",
    handling="约谈，限期补巡",
    decided_by="街道应急管理办公室",
)


def work_as(desk: Desk, role: Role) -> None:
    desk.ledger._station.work_as(Actor(account_id=None, user_name="u", name="某人", grants=(Grant(role=role),)))


@pytest.mark.requirement("LG-31-2")
def test_notes_are_counted_per_person(desk: Desk) -> None:
    desk.patroller_notes.write(NOTE, act_id="n1")
    desk.patroller_notes.write(NOTE, act_id="n1")
    desk.patroller_notes.write(replace(NOTE, kind=NoteKind.INTEGRITY, happened_on=date(2026, 2, 3)), act_id="n2")
    desk.patroller_notes.write(replace(NOTE, patroller="吴查"), act_id="n3")

    first, second = desk.patroller_notes.counts()

    assert (first.patroller, first.duty, first.integrity, first.last_on) == ("周巡", 1, 1, date(2026, 3, 1))
    assert (second.patroller, second.duty) == ("吴查", 1)
    assert [row.kind for row in desk.patroller_notes.all("周巡")] == [NoteKind.DUTY, NoteKind.INTEGRITY]
    assert desk.ledger_check.verify().findings == ()


@pytest.mark.requirement("LG-31-2")
@pytest.mark.parametrize("role", [Role.WINDOW_CLERK, Role.PATROLLER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_nobody_but_managers_reads_or_writes_them(desk: Desk, role: Role) -> None:
    desk.patroller_notes.write(NOTE, act_id="n1")
    work_as(desk, role)

    assert not desk.patroller_notes.may_keep()
    for ask in (
        lambda: desk.patroller_notes.write(NOTE, act_id="n2"),
        lambda: desk.patroller_notes.all(),
        lambda: desk.patroller_notes.counts(),
    ):
        with pytest.raises(ClerkError, match="not_permitted"):
            ask()
    work_as(desk, Role.MANAGER)
    assert len(desk.patroller_notes.all()) == 1


@pytest.mark.requirement("LG-31-2")
def test_the_trail_tells_that_there_is_a_note_and_nothing_of_it(desk: Desk) -> None:
    desk.patroller_notes.write(NOTE, act_id="n1")

    (line,) = [line for line in desk.trail.page(desk.trail.ids(TrailCriteria())) if line.act == "patroller_note"]

    assert "周巡" not in repr(line)
    assert "应巡查" not in repr(line)


def test_a_note_is_never_deleted(desk: Desk) -> None:
    desk.patroller_notes.write(NOTE, act_id="n1")
    with pytest.raises(IntegrityError, match="never deleted"), desk.database.writing() as session:
        session.execute(text("DELETE FROM patroller_note"))
    assert count_of(desk, "patroller_note") == 1


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(NOTE, patroller=""), "patroller"),
        (replace(NOTE, happened_on=date(2026, 3, 3)), "happened_on"),
        (replace(NOTE, facts=" "), "facts"),
        (replace(NOTE, handling=""), "handling"),
        (replace(NOTE, decided_by=""), "decided_by"),
    ],
)
def test_what_is_incomplete_is_refused_at_its_field(desk: Desk, draft: PatrollerNoteDraft, field: str) -> None:
    with pytest.raises(ClerkError, match="patroller_note_unfit") as refused:
        desk.patroller_notes.write(draft, act_id="n1")
    assert refused.value.details["field"] == field
