"""The worklist on the screen: groups by urgency and kind, all by keys, done tasks gone, the figure in the rail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from desktop.domain.access import Role
from desktop.domain.acts import Act, Change
from desktop.domain.worklist import TaskKind, Urgency
from desktop.domain.worklist_words import term_words
from desktop.models.hazard import Hazard
from desktop.models.record import AuditEvent
from desktop.services.desk import Desk
from desktop.views.main_window import MainWindow
from desktop.views.registers.list_dialog import ListDialog
from desktop.views.theme import apply_theme
from desktop.views.workbench import Workbench
from desktop.views.worklist.worklist_page import WorklistPage
from tests.factories import FILED_ON, all_in_order, walk_in
from tests.gui.filings import decide
from tests.integration.at_work import MANAGER, person, work_as
from tests.integration.site_rows import change, change_filing, put

PATIENCE_MS = 10_000
PATROLLER = person(8, "何巡", Role.PATROLLER)


@pytest.fixture(autouse=True)
def work_ends(qtbot: QtBot, workbench: Workbench) -> Iterator[None]:
    """Work under way is waited for."""
    yield
    qtbot.waitUntil(lambda: not workbench.runner.is_busy, timeout=PATIENCE_MS)


@pytest.fixture
def filing(desk: Desk) -> int:
    """A registered work."""
    return decide(desk, all_in_order(walk_in(), desk.intake.pack())).filing_id


def page_of(qtbot: QtBot, workbench: Workbench) -> WorklistPage:
    """Show the page with what it found and the keyboard in it."""
    page = WorklistPage(workbench)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    qtbot.waitUntil(lambda: page.worklist is not None, timeout=PATIENCE_MS)
    page.setFocus()
    return page


def press(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, held)


def seen_anew(qtbot: QtBot, workbench: Workbench, page: WorklistPage) -> None:
    """Tell the pages that something changed and wait for the list."""
    before = page.worklist
    workbench.changed.emit(frozenset({Change.ON_SITE}))
    qtbot.waitUntil(lambda: page.worklist is not before, timeout=PATIENCE_MS)


@pytest.mark.requirement("LG-30-4b", "LG-32-1")
def test_a_line_says_what_who_by_when_and_why(qtbot: QtBot, desk: Desk, workbench: Workbench, filing: int) -> None:
    late = {"due_on": FILED_ON - timedelta(days=3), "reported_on": FILED_ON}
    put(desk, Hazard, filing_id=filing, number="PA-YH-2026-000001", **late)
    put(desk, Hazard, filing_id=filing, due_on=FILED_ON)
    work_as(desk, PATROLLER)
    said = page_of(qtbot, workbench).words().splitlines()
    assert said[0] == "■ 已逾期　1 件"
    assert said[1].startswith("整改到期　1 件")
    for part in (
        "02-27 周五 3 天前",
        "PA-DJ-2026-000001",
        "坪安路18号一层商铺装修",
        "巡查",
        "第三十条(二)",
        "临边未设防护",
    ):
        assert part in said[2], part
    assert said[3] == "▲ 今日　1 件"
    assert "03-02 周一 今日" in said[5]


def test_at_a_narrow_window_the_number_is_shown_to_its_end(
    qtbot: QtBot, desk: Desk, workbench: Workbench, filing: int
) -> None:
    put(desk, Hazard, filing_id=filing, due_on=FILED_ON)
    change_filing(desk, filing, registration_number="PA1-DJ-2026-000888")
    work_as(desk, PATROLLER)
    tree = page_of(qtbot, workbench).tree
    assert "PA1-DJ-2026-000888" in tree.words()
    number, padding = tree.tasks()[0].number, 12
    assert tree.columnWidth(1) >= tree.fontMetrics().horizontalAdvance(number) + padding


@pytest.mark.requirement("LG-P2")
def test_enter_opens_the_site_and_one_key_does_the_act(
    qtbot: QtBot, desk: Desk, workbench: Workbench, filing: int
) -> None:
    hazard = put(desk, Hazard, filing_id=filing, due_on=FILED_ON)
    work_as(desk, PATROLLER)
    page_of(qtbot, workbench)
    with qtbot.waitSignal(workbench.filing_asked, timeout=PATIENCE_MS) as opened:
        press(qtbot, Qt.Key.Key_Return)
    assert opened.args == [filing]
    with qtbot.waitSignal(workbench.task_asked, timeout=PATIENCE_MS) as asked:
        press(qtbot, Qt.Key.Key_F9)
    assert asked.args is not None
    task = asked.args[0]
    assert (task.kind, task.subject_id) == (TaskKind.RECTIFICATION, hazard)


@pytest.mark.requirement("LG-30-4b")
def test_a_done_task_is_gone_and_the_keyboard_is_on_the_next(
    qtbot: QtBot, desk: Desk, workbench: Workbench, filing: int
) -> None:
    first, second, third = (put(desk, Hazard, filing_id=filing, due_on=FILED_ON) for _each in range(3))
    work_as(desk, PATROLLER)
    page = page_of(qtbot, workbench)
    press(qtbot, Qt.Key.Key_Down)
    change(desk, Hazard, second, state="cleared")
    seen_anew(qtbot, workbench, page)
    current = page.tree.current_task()
    assert [task.subject_id for task in page.tree.tasks()] == [first, third]
    assert current is not None
    assert current.subject_id == third


def test_enter_on_a_heading_lists_all_of_a_kind(qtbot: QtBot, desk: Desk, workbench: Workbench, filing: int) -> None:
    for _each in range(25):
        put(desk, Hazard, filing_id=filing, due_on=FILED_ON)
    work_as(desk, PATROLLER)
    page = page_of(qtbot, workbench)
    assert len(page.tree.tasks()) == 20
    press(qtbot, Qt.Key.Key_Up)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page.tree.tasks()) == 25, timeout=PATIENCE_MS)
    assert len({task.subject_id for task in page.tree.tasks()}) == 25
    assert "看全部" not in page.words()


@pytest.mark.requirement("LG-P2")
def test_filters_by_keys_and_back(qtbot: QtBot, desk: Desk, workbench: Workbench, filing: int) -> None:
    put(desk, Hazard, filing_id=filing, due_on=FILED_ON)
    put(desk, Hazard, filing_id=filing, due_on=FILED_ON - timedelta(days=1), reported_on=FILED_ON)
    work_as(desk, PATROLLER)
    page = page_of(qtbot, workbench)
    press(qtbot, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    assert page.filters.urgency.button(Urgency.OVERDUE).hasFocus()
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(page.tree.tasks()) == 1, timeout=PATIENCE_MS)
    assert page.filters.urgency.button(Urgency.TODAY).count == 1, "the others say what they would show"
    assert page.step_back()
    qtbot.waitUntil(lambda: len(page.tree.tasks()) == 2, timeout=PATIENCE_MS)
    assert page.tree.hasFocus()
    assert not page.step_back()


def test_an_empty_list_says_what_fills_it(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    work_as(desk, PATROLLER)
    page = page_of(qtbot, workbench)
    assert page.empty.isVisible()
    assert "没有待办" in page.empty.text()
    assert not page.do_button.isEnabled()


@pytest.mark.requirement("LG-P2")
def test_the_manager_opens_an_exception_by_enter(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    decide(desk, walk_in(), Act.NOT_APPLICABLE, reason="业主撤回")
    work_as(desk, MANAGER)
    page = page_of(qtbot, workbench)
    assert "业主撤回" in page.words()
    with qtbot.waitSignal(workbench.filing_asked, timeout=PATIENCE_MS):
        press(qtbot, Qt.Key.Key_Return)


def test_the_rail_counts_what_presses_today(qtbot: QtBot, desk: Desk, workbench: Workbench, filing: int) -> None:
    hazard = put(desk, Hazard, filing_id=filing, due_on=FILED_ON)
    put(desk, Hazard, filing_id=filing, due_on=FILED_ON - timedelta(days=1), reported_on=FILED_ON)
    put(desk, Hazard, filing_id=filing, due_on=FILED_ON + timedelta(days=1))
    work_as(desk, PATROLLER)
    window = MainWindow(workbench)
    qtbot.addWidget(window)

    def said() -> str:
        buttons = window.rail.findChildren(QPushButton)
        return next(button.text().strip() for button in buttons if "待办" in button.text())

    qtbot.waitUntil(lambda: said() == "待办 2", timeout=PATIENCE_MS)
    change(desk, Hazard, hazard, state="cleared")
    workbench.changed.emit(frozenset({Change.ON_SITE}))
    qtbot.waitUntil(lambda: said() == "待办 1", timeout=PATIENCE_MS)


@pytest.mark.requirement("LG-P2")
@pytest.mark.parametrize("size", [14, 18])
def test_the_rail_is_as_wide_with_a_count_as_without_and_cuts_none(
    qtbot: QtBot, qapp: QApplication, workbench: Workbench, size: int
) -> None:
    apply_theme(qapp, size)
    try:
        window = MainWindow(workbench)
        qtbot.addWidget(window)
        window._dress(size)
        with qtbot.waitExposed(window):
            window.show()
        without = window.rail.width()
        window.rail.show_count("worklist", 1000)
        window.rail.show_page("worklist")
        QApplication.processEvents()
        assert window.rail.width() == without
        button = next(each for each in window.rail.findChildren(QPushButton) if "99+" in each.text())
        assert button.sizeHint().width() <= button.width() == without
    finally:
        apply_theme(qapp)


@pytest.mark.parametrize(
    ("after", "words"),
    [(-2, "02-28 周六 2 天前"), (0, "03-02 周一 今日"), (1, "03-03 周二 明日"), (5, "03-07 周六 还有 5 天")],
)
def test_a_term_tells_the_weekday_and_the_days_left(after: int, words: str) -> None:
    assert term_words(FILED_ON + timedelta(days=after), FILED_ON) == words


@pytest.mark.requirement("LG-34-0")
def test_one_key_shows_the_list_on_paper_as_it_is_narrowed_down(
    qtbot: QtBot, desk: Desk, workbench: Workbench, filing: int
) -> None:
    assert filing
    page = page_of(qtbot, workbench)
    press(qtbot, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = page.findChild(ListDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.print_button.isEnabled(), timeout=PATIENCE_MS)
    with desk.database.reading(is_whole=True) as session:
        said = session.scalars(select(AuditEvent.summary).where(AuditEvent.act == "worklist_out")).all()
    assert page.worklist is not None
    assert said == [f"打印待办清单 {page.worklist.counts.total} 件（个人信息已遮盖）"]
    dialog.close()


@pytest.mark.requirement("LG-34-0")
def test_who_may_not_export_is_offered_no_paper(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    work_as(desk, person(9, "区里", Role.CITY_GOVERNMENT_USER))
    page = page_of(qtbot, workbench)
    assert page.print_button.isHidden()
    press(qtbot, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert page.findChild(ListDialog) is None
