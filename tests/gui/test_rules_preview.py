"""The papers of a version are looked at by one key from the list of versions, in the words of that version."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.services.desk import Desk
from desktop.views.rules.preview_dialog import PreviewDialog
from desktop.views.rules.versions_panel import VersionsPanel
from desktop.views.workbench import Workbench
from tests.integration.test_street_rules import OWN, OWN_DUTY, drafted
from tests.journeys.in_dialogs import text_of

PATIENCE_MS = 40_000


@pytest.mark.requirement("LG-D2")
def test_f4_shows_the_papers_of_the_chosen_draft(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    drafted(desk)
    panel = VersionsPanel(workbench)
    qtbot.addWidget(panel)
    panel.resize(1200, 600)
    with qtbot.waitSignal(panel.read, timeout=PATIENCE_MS):
        panel.show()
    panel.choose(OWN)
    panel.table.setFocus()

    qtbot.keyClick(panel.table, Qt.Key.Key_F4)

    qtbot.waitUntil(lambda: bool(panel.findChildren(PreviewDialog)), timeout=PATIENCE_MS)
    (dialog,) = panel.findChildren(PreviewDialog)
    with qtbot.waitSignal(dialog.loaded, timeout=PATIENCE_MS):
        pass
    titles = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    letter = dialog.final([titles.index("建设单位安全生产承诺书")])[0]
    assert OWN in dialog.windowTitle()
    assert str(OWN_DUTY["text"]) in text_of(letter)
    dialog.close()
