"""The window over a version of the rules that does not read: it opens, says which and why, and nothing is decided."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.unread_rules import UnreadVersion
from desktop.views.main_window import MainWindow
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON


@pytest.mark.requirement("Q-1")
def test_the_window_opens_and_says_which_version_does_not_read(workbench: Workbench, qtbot: QtBot) -> None:
    station = workbench.desk.reviews._station
    unread = UnreadVersion(id="longgang", version="2026-03", effective_from=FILED_ON, why="limit_amount_yuan 应为数字")
    station.packs = station.shipped.joined([unread])
    window = MainWindow(workbench)
    qtbot.addWidget(window)
    window.show()
    assert "2026-03" in window.banner.text
    assert "limit_amount_yuan 应为数字" in window.banner.text
    # Every page goes on, that of the rules among them, where it is put right.
    for key in ("worklist", "intake", "ledger", "patrol", "statistics", "admin"):
        window.go(key)
        assert window.page_key == key
