"""Feedback, prevention services and notes on patrollers by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.access import Actor, Grant, Role
from desktop.services.desk import Desk
from desktop.views.exchange.feedback_dialogs import FeedbackDialog
from desktop.views.exchange.feedback_tab import FeedbackTab
from desktop.views.exchange.patroller_notes_dialog import PatrollerNoteDialog, PatrollerNotesDialog
from desktop.views.exchange.prevention_dialogs import AssignDialog, PreventionPlanDialog
from desktop.views.exchange.prevention_tab import PreventionTab
from desktop.views.registers.persons_tab import PersonsTab
from desktop.views.workbench import Workbench
from tests.gui.filings import registered
from tests.gui.input_method import write
from tests.gui.test_platform_lists import shown, texts
from tests.integration.test_feedback import OPINION, SITUATION
from tests.integration.test_patroller_notes import NOTE
from tests.integration.test_prevention import sheet_of

PATIENCE_MS = 10_000
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.requirement("JS-4.3", "LG-14-3")
def test_a_feedback_is_noted_by_keys_and_lacks_are_said_at_the_field(qtbot: QtBot, desk: Desk) -> None:
    dialog = FeedbackDialog(desk, None)
    shown(qtbot, dialog)

    qtbot.keyClick(dialog.kind, Qt.Key.Key_S, CONTROL)
    assert "请写明" in dialog.rows["content"].fault
    assert dialog.content.hasFocus()
    write(dialog.content, "平台导入表没有网格一列")
    qtbot.keyClick(dialog.content, Qt.Key.Key_S, CONTROL)

    (row,) = desk.feedback.all()
    assert (row.content, row.state) == ("平台导入表没有网格一列", "未反馈")


@pytest.mark.requirement("JS-4.3", "LG-14-3")
def test_the_list_shows_what_awaits_a_reply_and_goes_out_as_a_file(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path
) -> None:
    desk.feedback.note(SITUATION, act_id="f1")
    desk.feedback.note(OPINION, act_id="f2")
    tab = FeedbackTab(workbench)
    shown(qtbot, tab)

    assert texts(tab.table, 6) == ["▲ 未反馈", "已反馈"]
    assert "138****1234" in tab.page.text
    tab.give_out(tmp_path / "反馈.xlsx", None, None)
    qtbot.waitUntil(lambda: "已导出 2 条" in tab.banner.text, timeout=PATIENCE_MS)
    assert load_workbook(tmp_path / "反馈.xlsx").worksheets[0].max_row >= 3


@pytest.mark.requirement("LG-24-3")
def test_an_insurers_list_is_looked_at_and_taken_in(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filing = registered(desk)
    project = desk.ledger.file(filing.filing_id).walk_in.project_name
    file = sheet_of(
        tmp_path / "服务.xlsx",
        (1, "鹏安财产保险", "", project, "", "2026-02-26", "现场隐患排查", "用电不规范"),
        (2, "鹏安财产保险", "Z1", "不在册的工程", "", "2026-02-27", "安全培训", ""),
    )
    tab = PreventionTab(workbench)
    shown(qtbot, tab)
    seen: list[str] = []

    def accept(dialog: PreventionPlanDialog) -> int:
        seen.extend(texts(dialog.table, 1))
        return 1

    monkeypatch.setattr(PreventionPlanDialog, "exec", accept)
    tab.read_in(file)
    qtbot.waitUntil(lambda: "已导入 2 条" in tab.banner.text, timeout=PATIENCE_MS)

    assert seen == ["● 导入", "▲ 导入，待对应"]
    assert sorted(texts(tab.table, 1)) == sorted([filing.number, "▲ 没有对应"])
    loose = next(row for row in desk.prevention_services.all() if row.filing_id is None)
    assign = AssignDialog(desk, loose)
    shown(qtbot, assign)
    write(assign.number, "PA-DJ-2026-999999")
    qtbot.keyClick(assign.number, Qt.Key.Key_S, CONTROL)
    assert "没有编号" in assign.rows["number"].fault
    assign.number.clear()
    write(assign.number, filing.number)
    qtbot.keyClick(assign.number, Qt.Key.Key_S, CONTROL)
    assert len(desk.prevention_services.of_filing(filing.filing_id)) == 2


@pytest.mark.requirement("LG-31-2")
def test_a_note_on_a_patroller_is_written_and_counted(qtbot: QtBot, desk: Desk) -> None:
    form = PatrollerNoteDialog(desk, "周巡", "坪安社区工作站")
    shown(qtbot, form)
    assert form.kind.hasFocus()
    write(form.facts, "二月实际巡查四次")
    write(form.handling, "约谈")
    write(form.decided_by, "街道应急管理办公室")
    qtbot.keyClick(form.facts, Qt.Key.Key_S, CONTROL)

    dialog = PatrollerNotesDialog(desk, "周巡")
    shown(qtbot, dialog)
    assert dialog.heading.text() == "周巡：未履职 1 条，廉洁问题 0 条"
    assert "二月实际巡查四次" in dialog.detail.text()


@pytest.mark.requirement("LG-31-2")
@pytest.mark.parametrize(("role", "is_offered"), [(Role.MANAGER, True), (Role.WINDOW_CLERK, False)])
def test_the_notes_are_offered_to_managers_alone(
    qtbot: QtBot, desk: Desk, workbench: Workbench, role: Role, is_offered: bool
) -> None:
    desk.patroller_notes.write(NOTE, act_id="n1")
    actor = Actor(account_id=None, user_name="u", name="某人", grants=(Grant(role=role),))
    desk.ledger._station.work_as(actor)
    tab = PersonsTab(workbench)
    shown(qtbot, tab)
    assert (tab.findChild(QPushButton, "registers.patroller_notes") is not None) is is_offered
