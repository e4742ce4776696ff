"""The page 抽查 by keys: a draw, results, the radar with a decision, the key lists."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.key_lists import KeyList
from desktop.domain.sampling import DrawRequest, InspectionResult
from desktop.domain.splitting_radar import SplittingAnswer
from desktop.domain.walk_in import Place
from desktop.services.desk import Desk
from desktop.views.actions import actions_of, shortcut
from desktop.views.inspections.draw_dialogs import DrawDialog, ResultDialog
from desktop.views.inspections.inspections_page import InspectionsPage
from desktop.views.inspections.verdict_dialog import VerdictDialog
from desktop.views.workbench import Workbench
from tests import factories
from tests.gui.input_method import write

PATIENCE_MS = 10_000
CTRL = Qt.KeyboardModifier.ControlModifier


def register(desk: Desk, room: str, **facts: bool) -> int:
    measures = {"contract_amount_yuan": Decimal(600_000), "floor_area_m2": Decimal(300)}
    matter = factories.walk_in(
        factories.small_work_facts(**measures, **facts),
        place=Place(community="坪安社区", estate="坪安路18号", building="A栋", room=room),
    )
    request = DecisionRequest(
        act_id=f"act-{room}", act=Act.ACCEPT, walk_in=factories.all_in_order(matter, desk.intake.pack())
    )
    return desk.intake.decide(request).filing_id


def opened(qtbot: QtBot, workbench: Workbench, tab: int = 0) -> InspectionsPage:
    page = InspectionsPage(workbench)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.tabs.setCurrentIndex(tab)
    page.tabs.currentWidget().setFocus()
    return page


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def draw_all(desk: Desk) -> int:
    population, _share = desk.draws.usual()
    return desk.draws.draw(DrawRequest(act_id="d1", population=population, share=Decimal(1))).row.id


@pytest.mark.requirement("JS-2.4d")
def test_a_draw_is_made_with_one_key_from_what_the_form_proposes(qtbot: QtBot, desk: Desk) -> None:
    register(desk, "101")
    dialog = DrawDialog(desk)
    shown(qtbot, dialog)
    assert "能够被抽到的 1 件，按 5% 抽出 1 件" in dialog.foreseen.text()
    qtbot.keyClick(dialog.first_on, Qt.Key.Key_S, CTRL)
    assert dialog.made is not None
    assert dialog.made.row.size == 1


@pytest.mark.requirement("JS-2.4d")
def test_a_share_that_is_too_small_is_said_at_its_field(qtbot: QtBot, desk: Desk) -> None:
    register(desk, "101")
    dialog = DrawDialog(desk)
    shown(qtbot, dialog)
    dialog.share.set_value("1%")
    qtbot.keyClick(dialog.share, Qt.Key.Key_S, CTRL)
    assert dialog.made is None
    assert dialog.share.hasFocus()
    assert "5% 至 100%" in dialog.banner.text


@pytest.mark.requirement("JS-2.4d")
def test_a_result_with_problems_needs_words_and_is_shown_with_the_rate(
    qtbot: QtBot, workbench: Workbench, desk: Desk
) -> None:
    register(desk, "101")
    draw = desk.draws.open(draw_all(desk))
    dialog = ResultDialog(desk, draw, draw.drawn[0])
    shown(qtbot, dialog)
    dialog.outcome.set_value(InspectionResult.PROBLEMS.value)
    qtbot.keyClick(dialog.outcome, Qt.Key.Key_S, CTRL)
    assert dialog.note.hasFocus()
    write(dialog.note, "灭火器过期")
    qtbot.keyClick(dialog.note, Qt.Key.Key_S, CTRL)
    page = opened(qtbot, workbench)
    cell = page.draws.drawn.item(0, 1)
    assert cell is not None
    assert cell.text() == "■ 发现问题"
    assert "已检查 1 件" in page.draws.coverage.text()
    qtbot.keyClick(page.draws.table, Qt.Key.Key_F8)
    assert "一致" in page.draws.banner.text


@pytest.mark.requirement("LG-10-11")
def test_the_ledger_is_looked_through_and_a_suspicion_decided_by_keys(
    qtbot: QtBot, workbench: Workbench, desk: Desk
) -> None:
    for room in ("101", "102"):
        register(desk, room)
    page = opened(qtbot, workbench, 1)
    qtbot.keyClick(page.radar.table, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: page.radar.report is not None, timeout=PATIENCE_MS)
    assert page.radar.table.rowCount() == 1
    assert page.radar.works.rowCount() == 2
    assert "第十条(十一)" in page.radar.because.text()

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, VerdictDialog)
        dialog.answer.set_value(SplittingAnswer.SEPARATE.value)
        write(dialog.reason, "两家各自签约")
        dialog.save_button.click()
        if dialog.isVisible():
            dialog.done(0)

    QTimer.singleShot(0, answer)
    qtbot.keyClick(page.radar.table, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: page.radar.table.rowCount() == 0 and page.radar._task is None, timeout=PATIENCE_MS)
    page.radar.with_inactive.setChecked(True)
    assert page.radar.table.rowCount() == 1


@pytest.mark.requirement("LG-15-10", "SJ-5.5a", "SJ-5.5b")
def test_each_key_list_is_shown_and_the_empty_one_says_why(qtbot: QtBot, workbench: Workbench, desk: Desk) -> None:
    filing_id = register(desk, "101", hoisting=True)
    page = opened(qtbot, workbench, 2)
    lists = page.lists
    qtbot.waitUntil(lambda: lists.table.rowCount() == 1, timeout=PATIENCE_MS)
    with qtbot.waitSignal(workbench.filing_asked, timeout=PATIENCE_MS) as asked:
        qtbot.keyClick(lists.table, Qt.Key.Key_Return)
    assert asked.args == [filing_id]
    lists.kind.set_value(KeyList.KEY_SUPERVISION.value)
    lists.show_rows()
    qtbot.waitUntil(lambda: lists.table.rowCount() == 0, timeout=PATIENCE_MS)
    assert "未核实" in lists._words_when_empty()


def test_no_key_of_the_page_means_two_things() -> None:
    keys = [shortcut(spec.key).toString() for spec in actions_of("inspections")]
    assert len(keys) == len(set(keys))


def test_ctrl_tab_goes_to_the_next_tab(qtbot: QtBot, workbench: Workbench) -> None:
    page = opened(qtbot, workbench)
    qtbot.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab, CTRL)
    assert page.tabs.tabText(page.tabs.currentIndex()) == "肢解核对"
