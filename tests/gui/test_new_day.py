"""The window stays open over midnight: what is shown and what is written down is of the new day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.services.desk import Desk, open_desk
from desktop.views.frame.day_turn import DayTurn
from desktop.views.main_window import MainWindow
from desktop.views.theme import apply_theme
from desktop.views.workbench import Workbench
from desktop.views.worklist.worklist_page import WorklistPage
from tests.factories import FILED_ON, LIGHT, office
from tests.gui.at_the_patrol import choose_site, entry_of, hazard, press, read, shown
from tests.gui.filings import registered

PATIENCE_MS = 15_000


class Today:
    """The day of the window, which a test moves on."""

    day: date = FILED_ON


@pytest.fixture
def today() -> Today:
    return Today()


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication, today: Today) -> Iterator[Desk]:
    """A desk whose day moves on."""
    apply_theme(qapp)
    now = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    opened = open_desk(tmp_path / "data", today=lambda: today.day, now=lambda: now, effort=LIGHT)
    opened.office.set_up(office())
    yield opened
    opened.close()


@pytest.mark.requirement("LG-30-H")
def test_the_worklist_is_read_anew_when_one_comes_back_to_it_on_another_day(
    qtbot: QtBot, workbench: Workbench, today: Today
) -> None:
    page = WorklistPage(workbench)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.worklist is not None and page.worklist.day == FILED_ON, timeout=PATIENCE_MS)
    today.day += timedelta(days=1)

    page.activateWindow()
    page.setFocus(Qt.FocusReason.OtherFocusReason)

    qtbot.waitUntil(lambda: page.worklist is not None and page.worklist.day == today.day, timeout=PATIENCE_MS)


@pytest.mark.requirement("LG-30-H")
def test_the_frame_counts_anew_when_one_comes_back_to_it_on_another_day(
    qtbot: QtBot, desk: Desk, workbench: Workbench, today: Today
) -> None:
    hazard(desk, registered(desk).filing_id)
    window = MainWindow(workbench)
    qtbot.addWidget(window)
    badge = next(each for each in window.rail.findChildren(QPushButton) if "待办" in each.text())
    qtbot.waitUntil(lambda: not workbench.runner.is_busy, timeout=PATIENCE_MS)
    before, decided = badge.text(), window.status.today
    assert decided == "今日办结 1 件"
    today.day += timedelta(days=4)

    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))

    assert window.status.today == "今日办结 0 件"
    qtbot.waitUntil(lambda: badge.text() != before, timeout=PATIENCE_MS)
    assert badge.accessibleName().endswith("件今日到期或者已逾期")


@pytest.mark.requirement("LG-30-H")
def test_the_frame_looks_at_the_day_by_itself_and_tells_of_it_once(
    qtbot: QtBot, workbench: Workbench, today: Today
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    turn = DayTurn(workbench.desk, window)
    told: list[date] = []
    turn.turned.connect(lambda: told.append(today.day))
    turn.clock.setInterval(1)
    today.day += timedelta(days=1)

    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    turn.look()

    assert told == [today.day]


@pytest.mark.requirement("LG-30-H")
def test_a_hazard_in_time_yesterday_is_late_in_the_list_of_today(
    qtbot: QtBot, desk: Desk, workbench: Workbench, today: Today
) -> None:
    hazard(desk, registered(desk).filing_id)
    page = shown(qtbot, workbench, tab="hazards")
    said = page.hazards.table.item(0, 1)
    assert said is not None
    assert "逾期" not in said.text()
    page.show_tab("entry")
    today.day += timedelta(days=4)

    page.show_tab("hazards")
    read(qtbot, page)

    said = page.hazards.table.item(0, 1)
    assert said is not None
    assert "逾期" in said.text()


@pytest.mark.requirement("LG-30-0")
def test_a_visit_of_the_next_morning_is_written_down_for_that_day_and_one_begun_keeps_its_own(
    qtbot: QtBot, desk: Desk, workbench: Workbench, today: Today
) -> None:
    number = registered(desk).number
    page = shown(qtbot, workbench)
    visit = entry_of(page).form.visit
    choose_site(qtbot, page, number)
    today.day += timedelta(days=1)

    page.show_tab("hazards")
    page.show_tab("entry")
    assert visit.day() == FILED_ON, "what was begun yesterday was seen yesterday"

    press(Qt.Key.Key_F8)
    assert visit.day() == today.day, "what begins now is of today"
