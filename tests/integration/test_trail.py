"""Auditors search, read and export the trail; nobody changes it, and others do not see it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.acts import Act
from desktop.domain.errors import ClerkError
from desktop.domain.progress import Cancelled
from desktop.domain.trail import TrailCriteria
from desktop.domain.walk_in import WalkIn
from desktop.services.desk import Desk
from tests import factories
from tests.integration.conftest import Decide

_AUDITOR = Actor(account_id=7, user_name="shenji", name="沈鉴", grants=(Grant(role=Role.AUDITOR),))


@pytest.fixture
def trail(desk: Desk, decide: Decide, complete: WalkIn) -> Desk:
    """A ledger with some acts, looked at by an auditor who holds no other role."""
    decide(complete)
    decide(complete, Act.NOT_APPLICABLE, reason="当场撤回，电话 13800002719")
    desk.office.set_up(factories.office(phone="13800009999"))
    desk.sign_in._station.work_as(_AUDITOR)
    return desk


@pytest.mark.requirement("LG-P1")
@pytest.mark.parametrize(
    ("criteria", "acts"),
    [
        (TrailCriteria(), ["office", "not_applicable", "accept", "office", "calendar"]),
        (TrailCriteria(act="office"), ["office", "office"]),
        (TrailCriteria(text="当场撤回"), ["not_applicable"]),
        (TrailCriteria(text="林晓 受理点"), ["office", "office"]),
        (TrailCriteria(number="pa-dj-2026-000001"), ["accept"]),
        (TrailCriteria(number="BS"), ["not_applicable"]),
        (TrailCriteria(who="林晓", first=factories.FILED_ON, last=factories.FILED_ON), None),
        (TrailCriteria(first=factories.FILED_ON + timedelta(days=1)), []),
        (TrailCriteria(text="100%"), []),
    ],
)
def test_events_are_found_by_words_person_act_number_and_day(
    trail: Desk, criteria: TrailCriteria, acts: list[str] | None
) -> None:
    found = [row.act for row in trail.trail.page(trail.trail.ids(criteria))]
    assert found == (["office", "not_applicable", "accept", "office"] if acts is None else acts)


@pytest.mark.requirement("LG-P1")
def test_an_auditor_reads_the_number_of_a_filing_but_not_the_filing(trail: Desk) -> None:
    row = trail.trail.page(trail.trail.ids(TrailCriteria(act="accept")))[0]
    assert row.number == "PA-DJ-2026-000001"
    with pytest.raises(ClerkError):
        trail.ledger.file(1)


@pytest.mark.requirement("LG-P1")
def test_an_event_shows_fields_before_and_after_with_numbers_covered(trail: Desk) -> None:
    event = trail.trail.event(trail.trail.ids(TrailCriteria(act="office"))[0])
    changed = {change.field: (change.before, change.after) for change in event.changes}
    assert changed["电话"][1] == "138****9999"
    assert event.subjects == ("设置项 office",)
    assert len(event.mac) == 64
    told = trail.trail.event(trail.trail.ids(TrailCriteria(act="not_applicable"))[0])
    assert told.reason == "当场撤回，电话 138****2719"


@pytest.mark.requirement("LG-P1")
def test_an_export_is_covered_and_itself_on_record(trail: Desk, tmp_path: Path) -> None:
    file = tmp_path / "trail.xlsx"
    assert trail.trail.export(TrailCriteria(text="撤回"), file) == 1
    book = load_workbook(file)
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not any("13800002719" in each for each in cells)
    assert "不属登记范围" in cells
    newest = trail.trail.page(trail.trail.ids(TrailCriteria())[:1])[0]
    assert (newest.act, newest.who, newest.summary) == ("trail_exported", "沈鉴", "导出审计记录 1 条（查找 撤回）")


def test_a_stopped_export_leaves_neither_file_nor_record(trail: Desk, tmp_path: Path) -> None:
    class Stop:
        def step(self, done: int, total: int) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        trail.trail.export(TrailCriteria(), tmp_path / "trail.xlsx", Stop())
    assert list(tmp_path.glob("*.xlsx*")) == []
    assert list(tmp_path.glob(".*")) == []
    assert not trail.trail.ids(TrailCriteria(act="trail_exported"))


def test_a_formula_in_a_reason_stays_text(desk: Desk, decide: Decide, complete: WalkIn, tmp_path: Path) -> None:
    decide(complete, Act.NOT_APPLICABLE, reason="=1+1")
    file = tmp_path / "trail.xlsx"
    desk.trail.export(TrailCriteria(text="=1+1"), file)
    types = {cell.data_type for sheet in load_workbook(file) for row in sheet.iter_rows() for cell in row}
    assert "f" not in types


@pytest.mark.requirement("LG-P1", "LG-P2")
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_only_auditors_read_verify_and_export_the_trail(desk: Desk, tmp_path: Path, role: Role) -> None:
    desk.sign_in._station.work_as(Actor(account_id=5, user_name="x", name="某人", grants=(Grant(role=role),)))
    for call in (
        lambda: desk.trail.ids(TrailCriteria()),
        lambda: desk.trail.page([1]),
        lambda: desk.trail.event(1),
        desk.trail.people_and_acts,
        lambda: desk.trail.export(TrailCriteria(), tmp_path / "x.xlsx"),
        desk.ledger_check.verify,
    ):
        with pytest.raises(ClerkError, match="not_permitted"):
            call()


@pytest.mark.requirement("LG-P1")
@pytest.mark.parametrize(
    "order",
    [
        "UPDATE audit_event SET summary='x'",
        "DELETE FROM audit_event",
        "UPDATE audit_link SET mac='x'",
        "DELETE FROM audit_link",
        "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE id=1",
        "INSERT OR REPLACE INTO audit_link SELECT * FROM audit_link WHERE event_id=1",
    ],
)
def test_nobody_changes_the_trail_through_the_programs_connection(trail: Desk, order: str) -> None:
    before = trail.ledger_check.verify().head
    with pytest.raises(Exception, match=r"audit event|link of the chain"), trail.database.writing() as session:
        session.execute(text(order))
    after = trail.ledger_check.verify()
    assert after.is_sound
    assert after.head.count == before.count + 1
