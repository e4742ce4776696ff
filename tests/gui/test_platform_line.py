"""Noting by key that a filing is entered in the district's platform, and what is still to enter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.domain.acts import Change
from desktop.services.desk import Desk
from desktop.views.filing.filing_page import FilingPage
from desktop.views.filing.lent_text import LENT_FOR_MS
from desktop.views.ledger.ledger_page import LedgerPage
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON, PERSON_ID
from tests.gui.filings import noticed, registered, shown
from tests.gui.input_method import write

PATIENCE_MS = 10_000


def note(qtbot: QtBot, page: FilingPage, number: str) -> None:
    """Note a number by keys."""
    qtbot.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    page.platform.field.clear()
    write(page.platform.field, number)
    qtbot.keyClick(page.platform.field, Qt.Key.Key_Return)


@pytest.mark.requirement("LG-27-3g", "JS-2.4n")
def test_one_key_the_number_and_enter_note_the_entry(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    page = shown(qtbot, workbench, registered(desk).filing_id)
    assert page.platform.state.text == "平台未录入"

    with qtbot.waitSignal(workbench.changed, timeout=PATIENCE_MS) as changed:
        note(qtbot, page, "NG-2026-0007")

    assert changed.args == [frozenset({Change.FILINGS})]
    assert page.platform.words().startswith("平台已录入　NG-2026-0007　林晓　2026-03-02")
    assert page.platform.field.isHidden()
    assert "NG-2026-0007" in page.timeline.words()


def test_a_noted_number_can_be_corrected_by_the_same_key(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    filing_id = registered(desk).filing_id
    desk.platform.record(filing_id, "NG-1", act_id="entry-1")
    page = shown(qtbot, workbench, filing_id)

    qtbot.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page.platform.field.value() == "NG-1"
    with qtbot.waitSignal(workbench.changed, timeout=PATIENCE_MS):
        note(qtbot, page, "NG-2")

    assert "更正平台编号：原 NG-1，现 NG-2" in page.timeline.words()


def test_a_number_that_cannot_stand_is_said_beside_the_field_which_stays(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    page = shown(qtbot, workbench, registered(desk).filing_id)

    note(qtbot, page, "9" * 61)
    qtbot.waitUntil(lambda: page.platform.fault.isVisible(), timeout=PATIENCE_MS)

    assert "最多 60 个字" in page.platform.fault.text()
    assert page.platform.field.isVisible()
    assert page.platform.field.isEnabled()
    write(page.platform.field, "1")
    assert not page.platform.fault.isVisible()


def test_a_step_back_folds_the_field_and_notes_nothing(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    page = shown(qtbot, workbench, registered(desk).filing_id)
    qtbot.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    write(page.platform.field, "NG-1")

    assert page.step_back()
    assert not page.step_back()
    assert page.platform.state.text == "平台未录入"


def test_a_filing_that_was_not_accepted_has_nothing_to_enter(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    page = shown(qtbot, workbench, noticed(desk).filing_id)

    qtbot.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    assert page.platform.isHidden()
    assert page.platform.field.isHidden()


@pytest.mark.requirement("LG-27-3g")
def test_the_sheet_goes_to_the_clipboard_whole_and_into_the_history(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    decided = registered(desk)
    page = shown(qtbot, workbench, decided.filing_id)

    with qtbot.waitSignal(workbench.changed, timeout=PATIENCE_MS):
        modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        qtbot.keyClick(page, Qt.Key.Key_C, modifiers)

    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(f"登记编号\t{decided.number}\n")
    assert PERSON_ID in copied
    assert "复制平台录入内容" in page.timeline.words()


@pytest.mark.requirement("LG-27-3g", "JS-2.4n")
def test_the_ledger_lists_those_still_to_enter_and_forgets_each_once_noted(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    first, second = registered(desk, "甲"), registered(desk, "乙")
    noticed(desk, "丙")
    ledger = LedgerPage(workbench, today=lambda: FILED_ON)
    qtbot.addWidget(ledger)
    ledger.show()
    qtbot.waitUntil(lambda: ledger.model.rowCount() == 3, timeout=PATIENCE_MS)
    chip = ledger.filters.platform.button(True)
    assert chip.count == 2
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ledger.model.rowCount() == 2, timeout=PATIENCE_MS)

    page = shown(qtbot, workbench, first.filing_id)
    note(qtbot, page, "NG-1")

    qtbot.waitUntil(lambda: ledger.model.rowCount() == 1 and chip.count == 1, timeout=PATIENCE_MS)
    assert desk.ledger.ids(ledger.criteria) == (second.filing_id,)


def copied_sheet(qtbot: QtBot, workbench: Workbench, page: FilingPage) -> None:
    """Copy the sheet by its key."""
    with qtbot.waitSignal(workbench.changed, timeout=PATIENCE_MS):
        page.platform.copy()


@pytest.mark.requirement("LG-P1")
def test_the_sheet_is_taken_from_the_clipboard_after_two_minutes(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    page = shown(qtbot, workbench, registered(desk).filing_id)
    said: list[str] = []
    workbench.told.connect(said.append)
    page.platform.lent.timer.setInterval(20)

    copied_sheet(qtbot, workbench, page)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "", timeout=PATIENCE_MS)

    assert LENT_FOR_MS == 120_000
    assert "2 分钟后或者关闭窗口时从剪贴板清除" in said[0]


@pytest.mark.requirement("LG-P1")
def test_the_sheet_leaves_the_clipboard_when_the_window_closes(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    page = shown(qtbot, workbench, registered(desk).filing_id)
    copied_sheet(qtbot, workbench, page)

    workbench.closing.emit()

    assert QGuiApplication.clipboard().text() == ""


def test_what_was_copied_since_stays_on_the_clipboard(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    page = shown(qtbot, workbench, registered(desk).filing_id)
    copied_sheet(qtbot, workbench, page)
    QGuiApplication.clipboard().setText("别的内容")

    workbench.closing.emit()

    assert QGuiApplication.clipboard().text() == "别的内容"
