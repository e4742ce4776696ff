"""The day is closed on paper: counts, numbers and the head of the chain, kept and printed again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from desktop.documents.blocks import Paper, from_plain, texts_of
from desktop.domain.access import Actor, Grant, Role
from desktop.domain.acts import Act
from desktop.domain.errors import ClerkError
from desktop.domain.trail import Anchor, grouped
from desktop.domain.walk_in import WalkIn
from desktop.models.closing_sheet import ClosingSheet
from desktop.models.ledger_key import Unlock
from desktop.services.desk import Desk
from desktop.services.ledger_check import verify_folder
from tests.integration.conftest import Clock, Decide


def paper_of(desk: Desk, sheet_id: int) -> Paper:
    with desk.database.reading() as session:
        sheet = session.get(ClosingSheet, sheet_id)
        assert sheet is not None
        return from_plain(sheet.paper)


@pytest.mark.requirement("LG-P1")
def test_the_sheet_tells_the_day_and_the_head_of_the_chain(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    first = decide(complete)
    decide(complete)
    decide(complete, Act.NOT_APPLICABLE, reason="当场撤回")
    desk.issuing.reprint(first.papers[0].id, act_id="again")
    head = verify_folder(desk.data_folder, unlock=Unlock()).head
    sheet = desk.closing.close_day()
    words = list(texts_of(paper_of(desk, sheet.id)))
    assert (sheet.ordinal, sheet.event_count, sheet.head_mac) == (1, head.count, head.mac)
    for told in ("PA-DJ-2026-000001", "PA-DJ-2026-000002", "受理登记", "林晓", f"{head.count} {head.mac}"):
        assert told in words, told
    assert set(grouped(head.mac).split()) <= set(words)
    assert words[words.index("补打文书") + 1] in ("林晓", "1 次")
    assert complete.owner.name not in "".join(words)


@pytest.mark.requirement("LG-P1")
def test_the_printed_head_still_proves_the_chain_days_later(
    desk: Desk, decide: Decide, complete: WalkIn, clock: Clock
) -> None:
    decide(complete)
    sheet = desk.closing.close_day()
    clock.day += timedelta(days=1)
    clock.moment += timedelta(days=1)
    decide(complete)
    anchor = Anchor(count=sheet.event_count, mac=sheet.head_mac)
    assert verify_folder(desk.data_folder, unlock=Unlock(), anchor=anchor).is_sound


def test_a_day_is_closed_once_and_again_only_when_something_came_after(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    made = desk.closing.close_day()
    desk.closing.reprint(made.id)
    again = desk.closing.close_day()
    assert (again.id, again.is_new, made.is_new) == (made.id, False, True)
    decide(complete)
    second = desk.closing.close_day()
    assert (second.ordinal, second.title) == (2, "日结单 2026-03-02 第 2 次")
    assert [row.ordinal for row in desk.closing.sheets()] == [2, 1]


def test_a_reprint_is_marked_and_on_record(desk: Desk) -> None:
    made = desk.closing.close_day()
    assert desk.closing.reprint(made.id) != desk.closing.pdf(made.id)
    with desk.database.reading() as session:
        acts = session.execute(text("SELECT act FROM audit_event ORDER BY id DESC LIMIT 2")).scalars().all()
    assert acts == ["closing_reprint", "closing_sheet"]


@pytest.mark.parametrize("order", ["UPDATE closing_sheet SET head_mac='x'", "DELETE FROM closing_sheet"])
def test_a_sheet_can_be_neither_changed_nor_deleted(desk: Desk, order: str) -> None:
    desk.closing.close_day()
    with pytest.raises(Exception, match="closing sheet"), desk.database.writing() as session:
        session.execute(text(order))


@pytest.mark.parametrize("role", [Role.PATROLLER, Role.ADMINISTRATOR])
def test_who_neither_registers_nor_answers_for_it_closes_no_day(desk: Desk, role: Role) -> None:
    desk.sign_in._station.work_as(Actor(account_id=5, user_name="p", name="某人", grants=(Grant(role=role),)))
    assert not desk.closing.may_close()
    for call in (desk.closing.close_day, desk.closing.sheets):
        with pytest.raises(ClerkError, match="not_permitted"):
            call()


def test_a_sheet_that_was_edited_is_not_printed(desk: Desk) -> None:
    made = desk.closing.close_day()
    with desk.database.writing() as session:
        session.execute(text("DROP TRIGGER closing_sheet_stays"))
        session.execute(text("UPDATE closing_sheet SET paper=replace(paper, '\"form\"', '\"notice\"')"))
    with pytest.raises(ClerkError, match="paper_changed"):
        desk.closing.pdf(made.id)
    findings = verify_folder(desk.data_folder, unlock=Unlock()).findings
    assert [finding.about for finding in findings] == [f"日结单（内部号 {made.id}）"]
