"""The audit page: events found again, one whole, the ledger verified with the result in words, a file given out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.services.desk import Desk
from desktop.views.audit.audit_page import AuditPage
from desktop.views.audit.closing_dialog import ClosingDialog
from desktop.views.main_window import MainWindow
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON
from tests.gui.filings import registered
from tests.gui.input_method import write

PATIENCE_MS = 20_000
CTRL = Qt.KeyboardModifier.ControlModifier


def rest(qtbot: QtBot, workbench: Workbench) -> None:
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: not workbench.runner.is_busy, timeout=PATIENCE_MS)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, workbench: Workbench) -> AuditPage:
    """The page over two registrations, on the screen."""
    registered(desk, "甲")
    registered(desk, "乙")
    shown = AuditPage(workbench, today=lambda: FILED_ON)
    qtbot.addWidget(shown)
    shown.resize(1282, 640)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    rest(qtbot, workbench)
    return shown


def tamper(desk: Desk, *orders: str) -> None:
    with closing(sqlite3.connect(desk.database.file, timeout=20)) as ledger:
        for (name,) in ledger.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            ledger.execute(f"DROP TRIGGER {name}")
        for order in orders:
            ledger.execute(order)
        ledger.commit()


def acts(page: AuditPage) -> list[str]:
    return [page.model.index(row, 3).data() for row in range(page.model.rowCount())]


@pytest.mark.requirement("LG-P1")
def test_words_narrow_the_trail_and_one_key_clears_them(qtbot: QtBot, page: AuditPage, workbench: Workbench) -> None:
    assert acts(page) == ["受理登记", "受理登记", "受理点设置", "工作日历"]
    qtbot.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    write(page.filters.text, "首次设置")
    qtbot.waitUntil(lambda: acts(page) == ["受理点设置"], timeout=PATIENCE_MS)
    assert "首次设置受理点" in page.card.body.toPlainText()
    qtbot.keyClick(page.filters.text, Qt.Key.Key_Backspace, CTRL)
    qtbot.waitUntil(lambda: len(acts(page)) == 4, timeout=PATIENCE_MS)
    rest(qtbot, workbench)


def test_a_day_that_cannot_be_is_told_and_filters_nothing(qtbot: QtBot, page: AuditPage) -> None:
    page.filters.first.setFocus()
    qtbot.keyClicks(page.filters.first, "2026-02-30")
    page.table.setFocus()
    qtbot.waitUntil(lambda: "没有这一天" in page.filters._day_rows[0].fault, timeout=PATIENCE_MS)
    assert len(acts(page)) == 4


@pytest.mark.requirement("LG-P1")
def test_verifying_a_sound_ledger_says_so_in_words(qtbot: QtBot, page: AuditPage, workbench: Workbench) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "首尾相接" in page.verdict.banner.text, timeout=PATIENCE_MS)
    rest(qtbot, workbench)
    assert not page.verdict.list.isVisible()
    assert acts(page)[0] == "核验台账，无异常"
    assert page.step_back()
    assert not page.verdict.isVisible()


@pytest.mark.requirement("LG-P1")
def test_a_broken_link_is_named_and_opens_by_key(
    qtbot: QtBot, page: AuditPage, desk: Desk, workbench: Workbench
) -> None:
    tamper(desk, "UPDATE audit_event SET reason='另写的' WHERE id=2", "UPDATE filing SET owner_name='别人' WHERE id=2")
    qtbot.keyClick(page.table, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.verdict.list.count() == 3, timeout=PATIENCE_MS)
    rest(qtbot, workbench)
    assert "审计记录第 2 号" in page.verdict.banner.text
    page.table.setCurrentIndex(page.model.index(0, 0))
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_F8)
    assert page.card.heading.text().startswith("第 2 号")
    assert "另写的" in page.card.body.toPlainText()


@pytest.mark.requirement("LG-P1")
def test_what_is_found_goes_into_a_file_by_key(
    qtbot: QtBot, page: AuditPage, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "审计.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(file), ""))
    qtbot.keyClick(page.table, Qt.Key.Key_E, CTRL)
    qtbot.waitUntil(file.exists, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: acts(page)[:1] == ["导出审计记录"], timeout=PATIENCE_MS)
    rest(qtbot, workbench)


@pytest.mark.requirement("LG-P1")
def test_the_day_is_closed_from_anywhere_by_one_key(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    registered(desk, "甲")
    window = MainWindow(workbench)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    keys = CTRL | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_D, keys)

    def shown() -> list[ClosingDialog]:
        return [each for each in window.findChildren(ClosingDialog) if each.isVisible() and each.view.is_showing]

    qtbot.waitUntil(lambda: bool(shown()), timeout=PATIENCE_MS)
    assert shown()[0].list.count() == 1
    assert desk.closing.sheets()[0].ordinal == 1
    shown()[0].reject()
    rest(qtbot, workbench)
