"""Duties switched off and on by keys: document and reason are asked for, the worklist's foot says it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.duties import Duty
from desktop.domain.worklist import TaskKind
from desktop.services.desk import Desk
from desktop.views.admin.admin_page import TABS
from desktop.views.admin.duty_settings import DutySettings
from desktop.views.workbench import Workbench
from desktop.views.worklist.worklist_page import WorklistPage
from tests.gui.filings import registered
from tests.gui.input_method import write

PATIENCE_MS = 20_000
LIST = "《平安街道履职事项清单》第12项"
PLATFORM_ROW = list(Duty).index(Duty.PLATFORM)


def shown(qtbot: QtBot, workbench: Workbench) -> DutySettings:
    """Show the tab in an active window, the duty of the platform chosen."""
    tab = DutySettings(workbench)
    qtbot.addWidget(tab)
    tab.resize(1200, 700)
    with qtbot.waitActive(tab):
        tab.show()
        tab.activateWindow()
    tab.table.setFocus()
    for _ in range(PLATFORM_ROW):
        qtbot.keyClick(tab.table, Qt.Key.Key_Down)
    return tab


@pytest.mark.requirement("Q-4")
def test_a_duty_goes_and_comes_back_by_keys_and_the_worklist_says_so(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    registered(desk)
    page = WorklistPage(workbench)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.worklist is not None, timeout=PATIENCE_MS)
    assert "平台未录入" in page.words()
    assert page.foot.isHidden()
    tab = shown(qtbot, workbench)
    write(tab.document, LIST)
    write(tab.reason, "由区级统一录入")
    qtbot.keyClicks(tab.from_on, "2026-3-2")

    qtbot.keyClick(tab.table, Qt.Key.Key_F9)

    assert desk.duties.kinds_away() == {TaskKind.PLATFORM}
    assert "已设为本街道不承担" in tab.banner.text
    assert f"自 2026-03-02 起不承担　{LIST}；由区级统一录入" in tab.words()
    qtbot.waitUntil(lambda: "平台未录入" not in page.words(), timeout=PATIENCE_MS)
    assert page.foot.text() == f"本街道按{LIST}不承担：受理后录入平台。"
    assert not page.foot.isHidden()

    write(tab.reason, "清单调整")
    qtbot.keyClick(tab.table, Qt.Key.Key_F8)

    assert desk.duties.kinds_away() == frozenset()
    qtbot.waitUntil(lambda: "平台未录入" in page.words(), timeout=PATIENCE_MS)
    assert page.foot.isHidden()


@pytest.mark.requirement("Q-4")
def test_what_is_missing_is_said_and_the_keyboard_goes_there(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    tab = shown(qtbot, workbench)

    for field in (tab.document, tab.reason, tab.from_on):
        qtbot.keyClick(tab.table, Qt.Key.Key_F9)
        assert "没有保存" in tab.banner.text
        assert QApplication.focusWidget() is field
        write(field, "2026-13-99" if field is tab.from_on else LIST)
    qtbot.keyClick(tab.table, Qt.Key.Key_F9)

    assert QApplication.focusWidget() is tab.from_on
    assert desk.duties.kinds_away() == frozenset()


@pytest.mark.requirement("Q-4")
def test_every_duty_stands_there_with_its_article_and_the_clause_behind_it(qtbot: QtBot, workbench: Workbench) -> None:
    tab = shown(qtbot, workbench)

    assert tab.table.rowCount() == len(Duty)
    assert "高风险小型工程首次现场检查　第三十二条(一)　本街道承担" in tab.words()
    assert tab.off_button.isEnabled()
    assert not tab.on_button.isEnabled()


def test_the_tab_is_for_those_who_keep_the_settings() -> None:
    (spec,) = [spec for spec in TABS if spec.build is DutySettings]
    assert {right.value for right in spec.rights} == {"keep_settings"}
