"""A patroller at the page 巡查, by keys, for the tests of that page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.hazard import HazardDraft, HazardRequest, HazardsRecorded, Measure
from desktop.domain.patrol import PatrolLevel, PatrolRequest, PatrolResult
from desktop.domain.site import SiteRef
from desktop.services.desk import Desk
from desktop.views.patrol.entry_tab import EntryTab
from desktop.views.patrol.list_tab import ListTab
from desktop.views.patrol.patrol_page import PatrolPage
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
PATIENCE_MS = 20_000
D = TypeVar("D", bound=QDialog)


def shown(qtbot: QtBot, workbench: Workbench, *, tab: str = "entry") -> PatrolPage:
    """Show the page in an active window, the keyboard in one of its tabs."""
    page = PatrolPage(workbench)
    qtbot.addWidget(page)
    page.resize(1280, 680)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.show_tab(tab)
    read(qtbot, page)
    return page


def read(qtbot: QtBot, page: PatrolPage) -> None:
    """Wait until the list one is on has been read."""
    here = page.tabs.currentWidget()
    if isinstance(here, ListTab):
        qtbot.waitUntil(lambda: not here.is_reading, timeout=PATIENCE_MS)


def entry_of(page: PatrolPage) -> EntryTab:
    """The tab for entering; the one at work has it."""
    assert page.entry is not None
    return page.entry


def focus() -> QWidget:
    """The widget that has the keyboard; a window without a window manager takes it back only when it is told."""
    if QApplication.focusWidget() is None:
        window = next(each for each in QApplication.topLevelWidgets() if each.isVisible() and each.isWindow())
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one key where the keyboard is."""
    QTest.keyClick(focus(), key, modifiers)


def scan(text: str) -> None:
    """Type as a keyboard-wedge scanner does: all at once, with Enter at its end."""
    QTest.keyClicks(focus(), text)
    press(Qt.Key.Key_Return)


def choose_site(qtbot: QtBot, page: PatrolPage, number: str) -> None:
    """Scan a site and wait until its card stands."""
    entry = entry_of(page)
    scan(number)
    qtbot.waitUntil(lambda: entry.form.chooser.site is not None, timeout=PATIENCE_MS)


def say_who(page: PatrolPage) -> None:
    """Write who goes on patrol, as the first entry of a station asks."""
    entry = entry_of(page)
    entry.form.visit.patrollers.set_value("陈小满、何平")
    entry.form.visit.organisation.set_value("坪安社区工作站")


def in_dialog(kind: type[D], work: Callable[[D], object]) -> list[D]:
    """Do something in the dialog that the next key opens; the list holds it once it was there."""
    met: list[D] = []

    def meet() -> None:
        dialog, has_keyboard = QApplication.activeModalWidget(), QApplication.focusWidget()
        is_ready = dialog is not None and has_keyboard is not None and has_keyboard.window() is dialog
        if not isinstance(dialog, kind) or not is_ready:
            QTimer.singleShot(20, meet)
            return
        met.append(dialog)
        try:
            work(dialog)
        finally:
            if dialog.isVisible():
                dialog.done(0)

    QTimer.singleShot(20, meet)
    return met


def patrolled(desk: Desk, filing_id: int, act_id: str = "visit") -> int:
    """Record a visit with findings by the service."""
    request = PatrolRequest(
        act_id=act_id,
        visited_on=FILED_ON,
        patrollers=("陈小满",),
        level=PatrolLevel.COMMUNITY,
        site=SiteRef(filing_id=filing_id),
        organisation="坪安社区工作站",
        result=PatrolResult.FINDINGS,
    )
    return desk.patrols.record(request).patrol_id


def hazard(desk: Desk, filing_id: int, act_id: str = "hazard") -> HazardsRecorded:
    """Record a hazard with a notice and a term by the service."""
    draft = HazardDraft(
        finding="below_safety_standard",
        description="移动操作脚手架缺防护栏",
        measures=(Measure.URGE,),
        due_on=FILED_ON + timedelta(days=3),
    )
    site = SiteRef(filing_id=filing_id)
    return desk.hazards.record(HazardRequest(act_id=act_id, site=site, hazards=(draft,), found_on=FILED_ON))
