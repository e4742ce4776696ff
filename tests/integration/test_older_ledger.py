"""A ledger file exchanged for an older one, and tables beside the filings that somebody edited by hand."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.domain.errors import ClerkError
from desktop.domain.trail import FindingKind
from desktop.domain.walk_in import WalkIn
from desktop.models.ledger_key import LEDGER_NAME, Unlock
from desktop.services.desk import Desk, open_desk
from desktop.services.ledger_check import verify_folder
from tests import factories
from tests.integration.conftest import Clock, Decide

pytestmark = pytest.mark.requirement("LG-P1")


@pytest.fixture
def older(desk: Desk, data_folder: Path, clock: Clock, decide: Decide, complete: WalkIn) -> None:
    """A ledger closed in order, with the file of an earlier evening in its place."""
    decide(complete)
    desk.close()
    evening = (data_folder / LEDGER_NAME).read_bytes()
    with closing(open_desk(data_folder, today=clock.today, now=clock.now)) as next_day:
        next_day.calendar.set_day(factories.FILED_ON, "rest", name="停电", source="街道通知")
    (data_folder / LEDGER_NAME).write_bytes(evening)


@pytest.mark.usefixtures("older")
def test_an_older_file_in_the_place_of_the_ledger_is_not_worked_on(data_folder: Path, clock: Clock) -> None:
    with pytest.raises(ClerkError) as caught:
        open_desk(data_folder, today=clock.today, now=clock.now)
    assert (caught.value.code, caught.value.details["lost"]) == ("ledger_shortened", 1)


@pytest.mark.usefixtures("older")
def test_verifying_names_an_older_file_without_a_closing_sheet(data_folder: Path) -> None:
    broken = verify_folder(data_folder, unlock=Unlock()).broken
    assert broken is not None
    assert broken.kind == FindingKind.HEAD_NOT_HELD


def test_a_ledger_emptied_by_hand_is_not_sound(desk: Desk, data_folder: Path) -> None:
    desk.close()
    with closing(sqlite3.connect(data_folder / LEDGER_NAME)) as ledger:
        for kind in ("trigger", "table"):
            for (name,) in ledger.execute("SELECT name FROM sqlite_master WHERE type=?", (kind,)).fetchall():
                if kind == "trigger":
                    ledger.execute(f"DROP TRIGGER {name}")
                elif not name.startswith(("filing_search", "alembic", "sqlite_")):
                    ledger.execute(f"DELETE FROM {name}")
        ledger.commit()
    assert not verify_folder(data_folder, unlock=Unlock()).is_sound


@pytest.mark.parametrize(
    ("order", "kind", "about"),
    [
        ("UPDATE calendar_day SET kind='work' WHERE kind='rest'", FindingKind.ROWS_CHANGED, "工作日历"),
        ("DELETE FROM calendar_day", FindingKind.ROWS_DELETED, "工作日历"),
        ("INSERT INTO calendar_day VALUES ('2031-03-02','rest','x','x',0)", FindingKind.ROWS_INSERTED, "工作日历"),
        ("INSERT INTO void_number VALUES ('PA-DJ-2026-000009','x','x')", FindingKind.ROWS_INSERTED, "作废号"),
    ],
)
def test_days_of_the_calendar_and_void_numbers_are_covered(
    order: str, kind: FindingKind, about: str, desk: Desk, data_folder: Path
) -> None:
    desk.close()
    with closing(sqlite3.connect(data_folder / LEDGER_NAME)) as ledger:
        ledger.execute(order)
        ledger.commit()
    found = verify_folder(data_folder, unlock=Unlock()).findings
    assert any(finding.kind == kind and about in finding.about for finding in found)
