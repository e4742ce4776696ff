"""Keeping times by keys: set, list what is due, clear it with a reason."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.retention import KeptKind
from desktop.services.desk import Desk, open_desk
from desktop.views.admin.retention_settings import RetentionSettings
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON
from tests.gui.conftest import NOW
from tests.gui.filings import registered
from tests.gui.input_method import write
from tests.scans import photo

PATIENCE_MS = 20_000
CTRL = Qt.KeyboardModifier.ControlModifier


def shown(qtbot: QtBot, workbench: Workbench) -> RetentionSettings:
    tab = RetentionSettings(workbench)
    qtbot.addWidget(tab)
    tab.resize(1200, 600)
    with qtbot.waitActive(tab):
        tab.show()
        tab.activateWindow()
    return tab


def test_periods_are_kept_by_key_and_a_wrong_one_is_said(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    tab = shown(qtbot, workbench)
    write(tab.months[KeptKind.IDENTITY_SCAN], "0")
    qtbot.keyClick(tab.months[KeptKind.IDENTITY_SCAN], Qt.Key.Key_S, CTRL)
    assert "1 至 1200" in tab.banner.text
    assert QApplication.focusWidget() is tab.months[KeptKind.IDENTITY_SCAN]

    tab.months[KeptKind.IDENTITY_SCAN].clear()
    write(tab.months[KeptKind.IDENTITY_SCAN], "24")
    with qtbot.waitSignal(workbench.changed):
        qtbot.keyClick(tab.months[KeptKind.IDENTITY_SCAN], Qt.Key.Key_S, CTRL)

    periods = desk.retention.periods()
    assert (periods.identity_months, periods.other_months) == (24, None)


def test_what_is_due_is_listed_and_cleared_only_with_a_reason(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    filing_id = registered(desk).filing_id
    desk.attachments.add(filing_id, photo(), act_id="a", title="身份证", is_identity=True)
    desk.close()
    later = FILED_ON + timedelta(days=4000)
    again = open_desk(desk.data_folder, today=lambda: later, now=lambda: NOW)
    workbench = Workbench(again)
    try:
        tab = shown(qtbot, workbench)
        write(tab.months[KeptKind.IDENTITY_SCAN], "12")
        qtbot.keyClick(tab, Qt.Key.Key_S, CTRL)
        qtbot.keyClick(tab, Qt.Key.Key_F9)
        assert "请先列出" in tab.banner.text
        qtbot.keyClick(tab, Qt.Key.Key_F5)
        qtbot.waitUntil(lambda: tab.due.rowCount() == 1, timeout=PATIENCE_MS)
        cell = tab.due.item(0, 2)
        assert cell is not None
        assert cell.text() == "身份证"

        qtbot.keyClick(tab, Qt.Key.Key_F9)
        assert QApplication.focusWidget() is tab.reason
        assert again.attachments.of_filing(filing_id)[0].purged_at is None
        write(tab.reason, "届满，两人核对")
        qtbot.keyClick(tab.reason, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: tab.due.rowCount() == 0 and not workbench.runner.is_busy, timeout=PATIENCE_MS)

        row = again.attachments.of_filing(filing_id)[0]
        assert (row.purged_at, row.purge_reason) == (NOW, "届满，两人核对")
        assert "已清除附件 1 份" in tab.banner.text
    finally:
        workbench.runner.finish()
        again.close()
