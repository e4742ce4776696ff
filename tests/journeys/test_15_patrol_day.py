"""A day of patrols by keys: scanned receipt after scanned receipt, and a whole day from one Excel sheet."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QTableWidget, QWidget
from sqlalchemy import select

from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.patrol import PatrolResult, PatrolSource
from desktop.domain.patrol_plan import PlanClass
from desktop.domain.worklist import TaskKind
from desktop.domain.worklist_words import KIND_WORDS
from desktop.models.record import AuditEvent
from desktop.sample_morning.typist import Typist
from desktop.services.desk import open_desk
from desktop.services.patrol_plan import OwnFrequency
from desktop.views.patrol.entry_tab import EntryTab
from desktop.views.patrol.import_day import ImportDayDialog
from desktop.views.patrol.patrol_page import PatrolPage
from desktop.views.worklist.worklist_page import WorklistPage
from tests import factories
from tests.integration.conftest import count_of
from tests.integration.test_patrol_import import line, sheet
from tests.journeys.conftest import Journey
from tests.journeys.in_dialogs import PATROLLER, is_sound, meanwhile, sits_down

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SITES, IN_A_ROW, LINES, MOST_KEYS = 40, 30, 60, 6
DAY = date(2026, 3, 16)
PLANNED = KIND_WORDS[TaskKind.PATROL]
# The bad rows of the sheet: where, and what to do about it.
_TOLD = (
    ("第 6 行（登记编号）：台账里没有“PA-DJ-2026-000999”", "请照回执核对"),
    ("第 18 行 B 列（巡查日期）：没有这一天", "请核对日期"),
    ("第 60 行（巡查日期）：巡查日期 2026-03-17 还没有到", "请核对日期"),
)


class Counting(Typist):
    """A hand whose key presses are counted, a key held down with another as one of its own."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.presses = 0

    def press(self, name: str) -> None:
        self.presses += len(name.split("+"))
        super().press(name)

    def _write(self, text: str) -> None:
        self.presses += len(text)
        super()._write(text)


@pytest.fixture(scope="module")
def forty_sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of forty small works registered two weeks before, each of which the office visits every two weeks."""
    folder = tmp_path_factory.mktemp("forty") / "data"
    desk = open_desk(folder, today=lambda: factories.FILED_ON, effort=factories.LIGHT)
    desk.office.set_up(factories.office())
    desk.patrol_plan.keep({PlanClass.ORDINARY: OwnFrequency(every_days=14)})
    matter = factories.walk_in(factories.small_work_facts(contract_amount_yuan=Decimal(5000), floor_area_m2=Decimal(5)))
    matter = factories.all_in_order(matter, desk.intake.pack())
    for place in range(1, SITES + 1):
        there = replace(matter.place, estate=f"坪安路{place}号")
        each = replace(matter, project_name=f"坪安路{place}号门面维修", place=there)
        desk.intake.decide(DecisionRequest(act_id=f"site-{place}", act=Act.ACCEPT, walk_in=each, signed=True))
    desk.close()
    return folder


@pytest.fixture
def patrol_day(closed: Journey, forty_sites: Path) -> Journey:
    """The patroller before the worklist on the day when all forty are due."""
    shutil.copytree(forty_sites, closed.folder)
    closed.day = DAY
    closed.start()
    sits_down(closed, PATROLLER)
    return closed


def due(journey: Journey) -> int:
    """Go to the worklist and read from its heading how many planned patrols it asks for."""
    journey.keys("{Ctrl+5}")
    journey.settle()
    page = journey.window.page("worklist")
    assert isinstance(page, WorklistPage)
    heading = next((said for said in page.words().splitlines() if said.startswith(PLANNED)), f"{PLANNED}　0 件")
    return int(heading.split("　")[1].split(" ")[0])


def entry_of(journey: Journey) -> EntryTab:
    """The tab where patrols are entered, gone to by its key."""
    journey.keys("{Ctrl+7}", "{Alt+1}")
    page = journey.window.page("patrol")
    assert isinstance(page, PatrolPage)
    assert page.entry is not None
    return page.entry


def cells(table: QTableWidget, row: int) -> list[str]:
    """Read one line of a table."""
    return [cell.text() for column in range(table.columnCount()) if (cell := table.item(row, column)) is not None]


def receipts(journey: Journey) -> list[str]:
    """What the QR codes of the receipts say, as printed on them."""
    files = (journey.desk.ledger.file(filing_id) for filing_id in range(1, SITES + 1))
    return [next(paper.number for paper in file.papers if paper.code == "receipt") for file in files]


def scan(journey: Journey, code: str) -> None:
    """Let the keyboard-wedge scanner type a code and end it by Enter."""
    Typist(journey.window).keys(code + "{Enter}")


@pytest.mark.requirement("LG-29-1", "LG-29-2", "LG-30-0", "LG-21-3a")
def test_thirty_receipts_scanned_in_a_row_take_two_key_presses_each(patrol_day: Journey) -> None:
    journey = patrol_day
    assert due(journey) == SITES
    entry = entry_of(journey)
    journey.fill(("patrol.patrollers", "何巡、罗旁"), ("patrol.organisation", "坪安社区工作站"))
    journey.keys("{Ctrl+G}")
    hand = journey.typist = Counting(journey.window)
    taken: list[int] = []

    for number in receipts(journey)[:IN_A_ROW]:
        scan(journey, number)
        journey.see(lambda: entry.form.chooser.site is not None, f"the card of {number}")
        assert entry.form.chooser.card.name.text().endswith(number)
        hand.presses = 0
        journey.keys("{Ctrl+Enter}")
        journey.see(lambda: entry.form.chooser.site is None, f"{number} saved")
        taken.append(hand.presses)
        assert hand.focus() is entry.form.chooser.field, "ready for the next scan"
        assert number in entry.banner.text

    assert max(taken) <= MOST_KEYS
    assert set(taken) == {2}, "Ctrl and Enter"
    visits = journey.desk.patrols.of_day(DAY)
    assert [visit.number for visit in visits] == receipts(journey)[:IN_A_ROW]
    assert {(v.result, v.source, v.patrollers) for v in visits} == {
        (PatrolResult.IN_ORDER, PatrolSource.SCANNED, ("何巡", "罗旁"))
    }
    assert due(journey) == SITES - IN_A_ROW


@pytest.mark.requirement("LG-34-1", "LG-29-1", "LG-30-0")
def test_sixty_patrols_of_a_sheet_are_taken_over_whole_once_its_three_bad_rows_are_put_right(
    patrol_day: Journey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey, file = patrol_day, tmp_path / "day.xlsx"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(file), ""))
    lines = [line(number, "09:00", 巡查日期=f"{DAY}") for number in receipts(journey)]
    lines += [line(number, "15:00", 巡查日期=f"{DAY}") for number in receipts(journey)[: LINES - SITES]]
    bad = dict(enumerate(lines))
    bad[4] = line("PA-DJ-2026-000999", "09:00", 巡查日期=f"{DAY}")
    bad[16] = line(receipts(journey)[16], "09:00", 巡查日期="3月32日")
    bad[58] = line(receipts(journey)[18], "15:00", 巡查日期="2026-03-17")
    sheet(file, *bad.values())
    events = count_of(journey.desk, "audit_event")
    assert due(journey) == SITES
    entry = entry_of(journey)
    told: list[str] = []

    def look(typist: Typist) -> None:
        dialog = typist.window
        assert isinstance(dialog, ImportDayDialog)
        table = dialog.table
        told.append(dialog.heading.text())
        told.extend("：".join(cells(table, row)) for row in range(table.rowCount()))
        typist.keys("{Ctrl+S}")
        assert dialog.isVisible(), "a sheet with faults is not taken over by any key"
        typist.keys("{Esc}")

    meanwhile(journey, "{Ctrl+I}", ImportDayDialog, look)

    assert "有 3 处要改，没有导入任何内容" in told[0]
    for said, begins, cure in zip(told[1:], *zip(*_TOLD, strict=True), strict=True):
        assert said.startswith(f"■ {begins}"), said
        assert cure in said
    assert (count_of(journey.desk, "patrol"), count_of(journey.desk, "audit_event")) == (0, events)
    assert due(journey) == SITES

    sheet(file, *lines)
    entry_of(journey)
    meanwhile(journey, "{Ctrl+I}", ImportDayDialog, lambda typist: typist.keys("{Ctrl+S}"))
    journey.see(lambda: f"已导入 {LINES} 条巡查" in entry.banner.text, "the sheet taken over")

    assert (count_of(journey.desk, "patrol"), count_of(journey.desk, "audit_event")) == (LINES, events + 1)
    with journey.desk.database.reading(is_whole=True) as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert last is not None
    assert (last.act, len(last.touched)) == ("patrols_in", LINES)
    assert {visit.source for visit in journey.desk.patrols.of_day(DAY)} == {PatrolSource.IMPORTED}
    assert due(journey) == 0
    assert is_sound(journey)
