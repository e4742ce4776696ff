"""The patrol frequencies by keys: set by class, said whose word they are, and felt in the worklist."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.access import Role
from desktop.domain.patrol_plan import PlanClass
from desktop.services.desk import Desk
from desktop.services.patrol_plan import OwnFrequency
from desktop.views.admin.admin_page import TABS
from desktop.views.admin.patrol_plan_settings import PatrolPlanSettings
from desktop.views.workbench import Workbench
from desktop.views.worklist.worklist_page import WorklistPage
from tests.gui.filings import registered
from tests.gui.input_method import write
from tests.integration.at_work import person, work_as

PATIENCE_MS = 20_000
CTRL = Qt.KeyboardModifier.ControlModifier


def shown(qtbot: QtBot, workbench: Workbench) -> PatrolPlanSettings:
    """Show the tab in an active window."""
    tab = PatrolPlanSettings(workbench)
    qtbot.addWidget(tab)
    tab.resize(1200, 600)
    with qtbot.waitActive(tab):
        tab.show()
        tab.activateWindow()
    return tab


def choose(qtbot: QtBot, tab: PatrolPlanSettings, plan_class: PlanClass, words: str) -> None:
    """Type how a class is visited and take it."""
    how = tab.lines[plan_class].how
    how.setFocus()
    how.selectAll()
    write(how, words)
    qtbot.keyClick(how, Qt.Key.Key_Return)


@pytest.mark.requirement("LG-29-1")
def test_a_frequency_set_by_keys_brings_the_planned_patrol_into_the_worklist(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    registered(desk)
    tab = shown(qtbot, workbench)
    choose(qtbot, tab, PlanClass.ORDINARY, "每若干天")
    days = tab.lines[PlanClass.ORDINARY].days
    assert QApplication.focusWidget() is days
    qtbot.keyClicks(days, "7")
    choose(qtbot, tab, PlanClass.HIGH_RISK, "每月")
    choose(qtbot, tab, PlanClass.MINOR, "不安排")

    with qtbot.waitSignal(workbench.changed, timeout=PATIENCE_MS):
        qtbot.keyClick(tab, Qt.Key.Key_S, CTRL)

    assert desk.patrol_plan.own() == {
        PlanClass.ORDINARY: OwnFrequency(every_days=7),
        PlanClass.HIGH_RISK: OwnFrequency(is_monthly=True),
        PlanClass.MINOR: OwnFrequency(),
    }
    assert "已保存" in tab.banner.text
    work_as(desk, person(8, "何巡", Role.PATROLLER))
    page = WorklistPage(workbench)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.worklist is not None, timeout=PATIENCE_MS)
    assert "按计划巡查　1 件" in page.words()


@pytest.mark.requirement("LG-29-1")
def test_each_class_says_whether_it_is_unverified_or_the_office_s_own_word(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    tab = shown(qtbot, workbench)
    assert {line.basis.text() for line in tab.lines.values()} == {"未核实，第二十九条未规定"}

    choose(qtbot, tab, PlanClass.EXPIRED, "每月")

    assert tab.lines[PlanClass.EXPIRED].basis.text().startswith("内部要求")
    desk.patrol_plan.keep({PlanClass.EXPIRED: OwnFrequency(every_days=3)})
    again = shown(qtbot, workbench)
    assert again.lines[PlanClass.EXPIRED].days.value() == "3"
    choose(qtbot, again, PlanClass.EXPIRED, "按规则包")
    qtbot.keyClick(again, Qt.Key.Key_S, CTRL)
    assert desk.patrol_plan.own() == {}


@pytest.mark.parametrize("typed", ["", "0", "367"])
def test_days_that_do_not_fit_are_said_and_the_keyboard_goes_there(
    qtbot: QtBot, desk: Desk, workbench: Workbench, typed: str
) -> None:
    tab = shown(qtbot, workbench)
    choose(qtbot, tab, PlanClass.FOUND, "每若干天")
    days = tab.lines[PlanClass.FOUND].days
    qtbot.keyClicks(days, typed)
    tab.save.setFocus()

    qtbot.keyClick(tab, Qt.Key.Key_S, CTRL)

    assert "366" in tab.banner.text
    assert "发现未登记的工地" in tab.banner.text
    assert QApplication.focusWidget() is days
    assert desk.patrol_plan.own() == {}


def test_the_tab_is_for_those_who_keep_the_settings() -> None:
    (spec,) = [spec for spec in TABS if spec.build is PatrolPlanSettings]
    assert {right.value for right in spec.rights} == {"keep_settings"}
