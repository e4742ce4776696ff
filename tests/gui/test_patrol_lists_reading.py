"""The lists of 巡查 are read beside the window: it never stands still, and only the newest answer is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.errors import ClerkError
from desktop.models.hazard import Hazard
from desktop.services.desk import Desk
from desktop.views.patrol.found_sites_tab import FoundSitesTab
from desktop.views.patrol.hazards_tab import HazardsTab
from desktop.views.patrol.list_reading import Listing, Row
from desktop.views.patrol.list_tab import ListTab
from desktop.views.patrol.patrol_page import FOUND, HAZARDS, REPORTS, TRANSFERS
from desktop.views.patrol.reports_tab import ReportsTab
from desktop.views.patrol.step_dialog import StepDialog
from desktop.views.patrol.transfers_tab import TransfersTab
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON
from tests.gui.at_the_patrol import CTRL, PATIENCE_MS, hazard, in_dialog, press, read, shown
from tests.gui.filings import registered
from tests.integration.site_rows import put

Gate = Callable[[], Event]


@pytest.fixture
def hazards(desk: Desk) -> tuple[int, ...]:
    """Three open hazards of one site, the first to be due first."""
    filing = registered(desk).filing_id
    return tuple(put(desk, Hazard, filing_id=filing, due_on=FILED_ON + timedelta(days=day)) for day in (3, 4, 5))


@pytest.fixture
def gate() -> Iterator[Gate]:
    """Doors behind which readings wait until a test opens them; none stays shut."""
    doors: list[Event] = []

    def make() -> Event:
        doors.append(Event())
        return doors[-1]

    yield make
    for door in doors:
        door.set()


def hold_up(monkeypatch: pytest.MonkeyPatch, kind: type[ListTab], door: Event, begun: list[str]) -> None:
    """Let the readings of a list wait behind a door; ``begun`` holds what each of them looks for."""
    straight = kind.reading

    def held(tab: ListTab, wanted: int | None) -> Callable[[], Listing]:
        work, text = straight(tab, wanted), tab.find_line.value()

        def wait() -> Listing:
            begun.append(text)
            assert door.wait(PATIENCE_MS / 1000)
            return work()

        return wait

    monkeypatch.setattr(kind, "reading", held)


@pytest.mark.requirement("LG-30-H")
@pytest.mark.parametrize(
    ("kind", "name"),
    [(HazardsTab, HAZARDS), (FoundSitesTab, FOUND), (TransfersTab, TRANSFERS), (ReportsTab, REPORTS)],
)
def test_a_list_is_read_beside_the_window(
    qtbot: QtBot, workbench: Workbench, monkeypatch: pytest.MonkeyPatch, kind: type[ListTab], name: str
) -> None:
    threads = []
    straight = kind.reading

    def watched(tab: ListTab, wanted: int | None) -> Callable[[], Listing]:
        work = straight(tab, wanted)

        def run() -> Listing:
            threads.append(current_thread())
            return work()

        return run

    monkeypatch.setattr(kind, "reading", watched)

    shown(qtbot, workbench, tab=name)

    assert threads
    assert main_thread() not in threads


@pytest.mark.requirement("LG-30-H")
def test_a_slow_reading_shows_the_bar_and_leaves_the_keyboard_free(
    qtbot: QtBot, workbench: Workbench, hazards: tuple[int, ...], gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = shown(qtbot, workbench, tab=HAZARDS).hazards
    door, begun = gate(), list[str]()
    hold_up(monkeypatch, HazardsTab, door, begun)

    tab.show_rows()
    qtbot.waitUntil(tab.bar.isVisible, timeout=PATIENCE_MS)
    press(Qt.Key.Key_Down)

    assert tab.table.chosen_id() == hazards[1]
    door.set()
    qtbot.waitUntil(lambda: not tab.is_reading, timeout=PATIENCE_MS)
    assert not tab.bar.isVisible()
    assert tab.table.chosen_id() == hazards[1], "the chosen row stays through the reading"


@pytest.mark.requirement("LG-30-H")
def test_what_was_asked_before_the_last_word_is_never_shown(
    qtbot: QtBot, workbench: Workbench, hazards: tuple[int, ...], gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = shown(qtbot, workbench, tab=HAZARDS).hazards
    door, begun = gate(), list[str]()
    hold_up(monkeypatch, HazardsTab, door, begun)
    counts: list[int] = []
    show = tab.table.show_rows

    def counted(rows: Sequence[Row]) -> None:
        counts.append(len(rows))
        show(rows)

    monkeypatch.setattr(tab.table, "show_rows", counted)

    tab.show_rows()
    qtbot.waitUntil(lambda: len(begun) == 1, timeout=PATIENCE_MS)
    for text in ("没有", "没有这样的"):
        press(Qt.Key.Key_F, CTRL)
        tab.find_line.set_value(text)
        press(Qt.Key.Key_Return)
    assert begun == [""], "one reading at a time: the pool is not filled with what nobody wants"
    door.set()
    qtbot.waitUntil(lambda: not tab.is_reading, timeout=PATIENCE_MS)

    assert begun == ["", "没有这样的"]
    assert counts == [0]


@pytest.mark.requirement("LG-30-H")
def test_the_chosen_row_stays_when_others_come_before_it(
    qtbot: QtBot, workbench: Workbench, desk: Desk, hazards: tuple[int, ...]
) -> None:
    page = shown(qtbot, workbench, tab=HAZARDS)
    press(Qt.Key.Key_Down)
    assert page.hazards.table.chosen_id() == hazards[1]
    put(desk, Hazard, filing_id=registered(desk).filing_id, due_on=FILED_ON)

    page.hazards.show_rows()
    read(qtbot, page)

    assert page.hazards.table.rowCount() == len(hazards) + 1
    assert page.hazards.table.chosen_id() == hazards[1]
    assert page.hazards.card(hazards[1]) == page.hazards.page.text


@pytest.mark.requirement("LG-30-H")
def test_a_key_pressed_before_the_found_row_stands_there_waits_for_it(
    qtbot: QtBot,
    workbench: Workbench,
    desk: Desk,
    hazards: tuple[int, ...],
    gate: Gate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tab = shown(qtbot, workbench, tab=HAZARDS).hazards
    door, begun = gate(), list[str]()
    hold_up(monkeypatch, HazardsTab, door, begun)
    wanted, met = desk.hazards.file(hazards[2]).row.number, list[int]()
    press(Qt.Key.Key_F, CTRL)
    tab.find_line.set_value(wanted)
    press(Qt.Key.Key_Return)
    in_dialog(StepDialog, lambda dialog: met.append(dialog.request().hazard_id))

    press(Qt.Key.Key_F2)
    assert not met, "the row chosen so far is not the one meant"
    door.set()

    qtbot.waitUntil(lambda: bool(met), timeout=PATIENCE_MS)
    assert met == [hazards[2]]


@pytest.mark.requirement("LG-30-H")
def test_a_reading_that_failed_says_so_until_one_goes_well(
    qtbot: QtBot, workbench: Workbench, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    hazard(desk, registered(desk).filing_id)
    page = shown(qtbot, workbench, tab=HAZARDS)

    def refuse() -> Listing:
        raise ClerkError("database_locked")

    with monkeypatch.context() as broken:
        broken.setattr(HazardsTab, "reading", lambda _tab, _wanted: refuse)
        page.hazards.show_rows()
        read(qtbot, page)
        assert "正被占用" in page.hazards.banner.text
    page.hazards.show_rows()
    read(qtbot, page)

    assert not page.hazards.banner.isVisible()
    assert page.hazards.table.rowCount() == 1


@pytest.mark.requirement("LG-36-1")
def test_a_row_that_is_not_there_any_more_is_said_and_the_others_are_listed(
    qtbot: QtBot, workbench: Workbench, hazards: tuple[int, ...]
) -> None:
    page = shown(qtbot, workbench, tab=TRANSFERS)
    page.show_tab(HAZARDS)
    page.hazards.stand_on(999)
    read(qtbot, page)

    assert "不在您能看到的清单里" in page.hazards.banner.text
    assert page.hazards.table.rowCount() == len(hazards)
