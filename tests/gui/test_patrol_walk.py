"""Walking through the entry of a patrol: by Tab, and coming to it from a task while another is being typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.site import SiteRef
from desktop.services.desk import Desk
from desktop.views.workbench import Workbench
from tests.gui.at_the_patrol import choose_site, entry_of, press, shown
from tests.gui.filings import registered


@pytest.mark.requirement("LG-30-0")
def test_tab_goes_round_the_whole_entry_while_a_site_is_chosen(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    page = shown(qtbot, workbench)
    choose_site(qtbot, page, registered(desk).number)
    entry, met = entry_of(page), set[str]()
    assert entry.day.table.isHidden(), "the small window gives the room of the day's list to the check list"

    for _ in range(40):
        press(Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert here is not None
        met.add(here.objectName())

    assert {"patrol.paper", "patrol.kind", "patrol.patrollers", "patrol.checks"} <= met


@pytest.mark.requirement("LG-30-0")
def test_a_task_of_another_site_does_not_take_away_what_is_being_typed(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    first, other = registered(desk), registered(desk, "坪安路20号商铺装修")
    page = shown(qtbot, workbench)
    entry = entry_of(page)
    choose_site(qtbot, page, first.number)
    press(Qt.Key.Key_2)
    assert len(entry.form.hazards.lines) == 1

    assert page.enter_patrol(SiteRef(filing_id=other.filing_id))

    assert len(entry.form.hazards.lines) == 1
    assert entry.form.place_words == first.number
    assert f"{first.number} 还没有保存" in entry.banner.text
    press(Qt.Key.Key_F8)
    assert page.enter_patrol(SiteRef(filing_id=other.filing_id))
    assert entry.form.place_words == other.number
