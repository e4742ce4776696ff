"""专项评价 on the page 统计 by keys: a round, its table, the draw, projects, measures, the sheet, the papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.evaluation import EvaluationLine, Stage
from desktop.domain.evaluation_course import RoundDraft
from desktop.domain.evaluation_items import STANDARD_ITEMS
from desktop.domain.period import parse_period
from desktop.services.desk import Desk
from desktop.views.evaluation.evaluation_tab import EvaluationTab
from desktop.views.evaluation.items_dialog import ItemsDialog
from desktop.views.evaluation.organisation_dialog import OrganisationDialog
from desktop.views.evaluation.paper_choice import RoundPapersDialog
from desktop.views.evaluation.project_dialog import ProjectDialog
from desktop.views.evaluation.round_dialogs import DrawVisitedDialog, FollowUpDialog, HandedInDialog, RoundDialog
from desktop.views.evaluation.sheet_dialog import SheetDialog
from desktop.views.workbench import Workbench
from tests.gui.input_method import write

PATIENCE_MS = 10_000
CTRL = Qt.KeyboardModifier.ControlModifier
STREETS = ("坪安街道", "新桥镇", "车坊镇", "小溪街道")


def begun(desk: Desk, *, visited: int = 0) -> int:
    desk.evaluations.keep_items([replace(item, full_marks=Decimal(5)) for item in STANDARD_ITEMS])
    period = parse_period("2026-Q1")
    assert period is not None
    made = desk.evaluations.begin(
        RoundDraft(act_id="r", name="春季评价", period=period, self_due_on=None, organisations=STREETS)
    )
    if visited:
        desk.evaluations.choose(made, STREETS[:visited], reason="就近")
    return made


def opened(qtbot: QtBot, workbench: Workbench) -> EvaluationTab:
    tab = EvaluationTab(workbench)
    shown(qtbot, tab)
    tab.setFocus()
    if workbench.desk.evaluations.all():
        qtbot.waitUntil(lambda: tab.asked is not None, timeout=PATIENCE_MS)
    return tab


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def in_dialog(kind: type[QWidget], act: Callable[[QWidget], None]) -> list[str]:
    """Do something in the next dialog of a kind once it is up."""
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, kind) or not dialog.isActiveWindow():
            QTimer.singleShot(20, look)
            return
        seen.append(dialog.objectName())
        try:
            act(dialog)
        finally:
            dialog.hide()  # one that stays open would keep the test for ever

    QTimer.singleShot(0, look)
    return seen


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(widget, key, held or Qt.KeyboardModifier.NoModifier)


def test_without_a_round_the_tab_says_how_to_open_one(qtbot: QtBot, workbench: Workbench, themed: None) -> None:
    tab = opened(qtbot, workbench)

    assert "Insert" in tab.organisations._words_when_empty
    button = tab.findChild(QPushButton, "evaluation.draw")
    assert button is not None
    assert not button.isEnabled()


@pytest.mark.requirement("SJ-1a")
def test_insert_opens_a_round_with_its_organisations(qtbot: QtBot, workbench: Workbench, themed: None) -> None:
    tab = opened(qtbot, workbench)

    def fill(dialog: QWidget) -> None:
        assert isinstance(dialog, RoundDialog)
        dialog.organisations.setPlainText("\n".join(STREETS))
        write(dialog.self_due_on, "2026-03-31")
        press(qtbot, dialog.name, Qt.Key.Key_S, CTRL)

    in_dialog(RoundDialog, fill)
    press(qtbot, tab.organisations, Qt.Key.Key_Insert)
    qtbot.waitUntil(lambda: tab.organisations.rowCount() == len(STREETS), timeout=PATIENCE_MS)

    (made,) = workbench.desk.evaluations.all()
    assert (made.organisations, made.self_due_on) == (STREETS, date(2026, 3, 31))
    assert "2026年上半年" in tab.state.text()


@pytest.mark.requirement("SJ-2c", "SJ-2d")
def test_the_table_of_an_organisation_is_filled_item_by_item(
    qtbot: QtBot, desk: Desk, workbench: Workbench, themed: None
) -> None:
    round_id = begun(desk)
    dialog = OrganisationDialog(workbench, desk.evaluations.open(round_id), STREETS[0])
    shown(qtbot, dialog)
    press(qtbot, dialog.table, Qt.Key.Key_Return)
    write(dialog.form.score, "4.5")
    dialog.form.problem.setPlainText("分工没有写明")
    dialog.form.remedy.setPlainText("补发文件")
    press(qtbot, dialog.form.score, Qt.Key.Key_S, CTRL)

    asked = desk.evaluations.open(round_id)
    kept = asked.line(STREETS[0], "A1", Stage.SELF)
    assert (kept.score, kept.problem, kept.measure) == (Decimal("4.5"), "分工没有写明", "补发文件")
    assert dialog.table.currentRow() == 1
    assert dialog.form.score.hasFocus()
    assert "4.5 / 95" in dialog.total.text()


def test_marks_above_the_full_marks_stay_in_the_field_with_the_reason(
    qtbot: QtBot, desk: Desk, workbench: Workbench, themed: None
) -> None:
    dialog = OrganisationDialog(workbench, desk.evaluations.open(begun(desk)), STREETS[0])
    shown(qtbot, dialog)
    dialog.form.score.setFocus()
    write(dialog.form.score, "9")
    dialog.table.setCurrentCell(3, 0)

    assert dialog.table.currentRow() == 0
    assert dialog.form.score.value() == "9"
    assert "不能超过 5" in dialog.form.rows["score"].fault
    assert dialog.form.score.hasFocus()


def test_esc_asks_once_before_what_was_typed_is_lost(
    qtbot: QtBot, desk: Desk, workbench: Workbench, themed: None
) -> None:
    dialog = OrganisationDialog(workbench, desk.evaluations.open(begun(desk)), STREETS[0])
    shown(qtbot, dialog)
    dialog.form.text.setPlainText("写了一半")
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_seventh_dimension_is_there_on_site_only(
    qtbot: QtBot, desk: Desk, workbench: Workbench, themed: None
) -> None:
    dialog = OrganisationDialog(workbench, desk.evaluations.open(begun(desk, visited=2)), STREETS[0])
    shown(qtbot, dialog)
    own = dialog.table.rowCount()
    dialog.stage.set_value(Stage.FIELD.value)
    dialog.stage.changed.emit()

    assert dialog.table.rowCount() == own + 4


@pytest.mark.requirement("SJ-1c")
def test_f8_draws_half_once_and_checks_the_draw_after(
    qtbot: QtBot, desk: Desk, workbench: Workbench, themed: None
) -> None:
    round_id = begun(desk)
    tab = opened(qtbot, workbench)

    def draw(dialog: QWidget) -> None:
        assert isinstance(dialog, DrawVisitedDialog)
        write(dialog.seed, "现场摇号 8")
        press(qtbot, dialog.seed, Qt.Key.Key_S, CTRL)

    in_dialog(DrawVisitedDialog, draw)
    press(qtbot, tab.organisations, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: tab.asked is not None and bool(tab.asked.round.visited), timeout=PATIENCE_MS)
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow, timeout=PATIENCE_MS)
    tab.setFocus()
    press(qtbot, tab.organisations, Qt.Key.Key_F8)

    assert len(desk.evaluations.open(round_id).round.visited) == 2
    assert "一致" in tab.banner.text


@pytest.mark.requirement("SJ-1c", "SJ-4d")
def test_f7_notes_a_project_with_what_was_found(qtbot: QtBot, desk: Desk, workbench: Workbench, themed: None) -> None:
    round_id = begun(desk, visited=2)
    entry = desk.intake.pack().hazard_entries[0]
    tab = opened(qtbot, workbench)

    def fill(dialog: QWidget) -> None:
        assert isinstance(dialog, ProjectDialog)
        write(dialog.project, "临街商铺装修")
        dialog.add_finding(entry.code, "没有护栏")
        press(qtbot, dialog.project, Qt.Key.Key_S, CTRL)

    in_dialog(ProjectDialog, fill)
    press(qtbot, tab.organisations, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: tab.projects.rowCount() == 1, timeout=PATIENCE_MS)

    (kept,) = desk.evaluations.open(round_id).projects
    assert (kept.organisation, kept.findings) == (STREETS[0], ((entry.code, "没有护栏"),))


@pytest.mark.requirement("SJ-2b")
def test_f6_notes_that_the_report_came(qtbot: QtBot, desk: Desk, workbench: Workbench, themed: None) -> None:
    round_id = begun(desk)
    tab = opened(qtbot, workbench)

    def fill(dialog: QWidget) -> None:
        assert isinstance(dialog, HandedInDialog)
        dialog.said.setPlainText("总体良好")
        press(qtbot, dialog.on, Qt.Key.Key_S, CTRL)

    in_dialog(HandedInDialog, fill)
    press(qtbot, tab.organisations, Qt.Key.Key_F6)

    assert desk.evaluations.open(round_id).standing(STREETS[0]).handed_in_on == desk.office.today()


@pytest.mark.requirement("SJ-2d")
def test_enter_on_a_measure_notes_that_it_is_done(qtbot: QtBot, desk: Desk, workbench: Workbench, themed: None) -> None:
    round_id = begun(desk)
    empty = EvaluationLine(round_id=round_id, organisation=STREETS[0], item="D2", stage=Stage.SELF, score=None)
    desk.evaluations.note(replace(empty, problem="排摸不及时", measure="每周扫街"))
    tab = opened(qtbot, workbench)
    in_dialog(FollowUpDialog, lambda dialog: press(qtbot, dialog, Qt.Key.Key_S, CTRL))
    tab.follow_ups.setFocus()
    press(qtbot, tab.follow_ups, Qt.Key.Key_Return)

    assert desk.evaluations.open(round_id).follow_ups()[0].state == "已完成"


@pytest.mark.requirement("SJ-2b", "SJ-2c")
def test_a_filled_table_is_looked_at_before_it_is_written(
    qtbot: QtBot, desk: Desk, workbench: Workbench, themed: None, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    round_id = begun(desk)
    file = desk.evaluation_files.template(round_id, (), Stage.SELF, tmp_path / "table.xlsx")
    book = load_workbook(file)
    book["评价表"].cell(2, 8).value = 5
    book.save(file)
    tab = opened(qtbot, workbench)
    seen = in_dialog(SheetDialog, lambda dialog: press(qtbot, dialog, Qt.Key.Key_S, CTRL))
    tab.read_in(file)
    qtbot.waitUntil(lambda: "1 行" in tab.banner.text, timeout=PATIENCE_MS)

    assert seen == ["evaluation_sheet"]
    assert desk.evaluations.open(round_id).line(STREETS[0], "A1", Stage.SELF).score == 5


@pytest.mark.requirement("SJ-1a")
def test_ctrl_p_shows_the_papers_of_the_round_and_of_the_organisation(
    qtbot: QtBot, desk: Desk, workbench: Workbench, themed: None
) -> None:
    begun(desk, visited=2)
    tab = opened(qtbot, workbench)
    assert tab.asked is not None
    dialog = RoundPapersDialog(workbench, tab.asked, organisation=tab.organisation(), project=None)
    qtbot.addWidget(dialog)
    qtbot.waitSignal(dialog.loaded, timeout=PATIENCE_MS).wait()

    names = [dialog.file_name(row) for row in range(dialog.list.count())]
    assert len(names) == 6
    assert any(name.startswith("专项评价汇总表") for name in names)
    assert dialog.view.is_showing


def test_items_are_weighed_and_a_bad_mark_is_named(qtbot: QtBot, desk: Desk, themed: None) -> None:
    dialog = ItemsDialog(desk)
    shown(qtbot, dialog)
    write(dialog.marks, "好")
    dialog.table.setCurrentCell(1, 0)
    assert dialog.table.currentRow() == 0
    assert "请写数" in dialog.banner.text
    assert dialog.marks.hasFocus()
    dialog.marks.clear()
    write(dialog.marks, "6")
    dialog.table.setCurrentCell(1, 0)
    write(dialog.marks, "4")
    dialog.table.setCurrentCell(2, 0)
    assert dialog.table.currentRow() == 2
    press(qtbot, dialog.marks, Qt.Key.Key_S, CTRL)

    assert [item.full_marks for item in desk.evaluations.items()[:3]] == [Decimal(6), Decimal(4), None]
