"""Unregistered works and reports from the public by keys: from the first word to registration, letter, answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.found_site import FoundSiteCriteria, FoundSiteDraft, FoundState
from desktop.domain.public_report import ReportCriteria, ReportDraft, ReportSource, ReportState, ReportVerdict
from desktop.domain.transfer import TransferCriteria
from desktop.services.desk import Desk
from desktop.views.intake.intake_page import IntakePage
from desktop.views.main_window import MainWindow
from desktop.views.patrol.found_site_dialog import FoundSiteDialog
from desktop.views.patrol.patrol_page import PatrolPage
from desktop.views.patrol.report_dialogs import AnswerDialog, AssignDialog, ReportDialog, RewardDialog, VerifyDialog
from desktop.views.patrol.transfer_dialog import TransferDialog
from desktop.views.registers.reason_dialog import ReasonDialog
from desktop.views.shared.purpose_dialog import PurposeDialog
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON, all_in_order
from tests.gui.at_the_intake import decide, ready
from tests.gui.at_the_intake import fill as fill_in
from tests.gui.at_the_patrol import CTRL, entry_of, in_dialog, press, read, shown
from tests.gui.input_method import write
from tests.integration.at_work import CLERK, work_as

PHONE = "13800000022"


def found_work(desk: Desk) -> int:
    draft = FoundSiteDraft(
        community="坪安社区",
        place="坪安路66号临街铺面",
        work="招牌安装",
        kind="minor_operation",
        owner_name="李青禾",
        found_on=FILED_ON,
        found_by="陈小满",
        register_by=FILED_ON + timedelta(days=3),
    )
    return desk.found_sites.record(draft, act_id="found").found_site_id


def reported(desk: Desk) -> int:
    draft = ReportDraft(
        source=ReportSource.HOTLINE_12345,
        received_on=FILED_ON,
        reporter_name="赵一鸣",
        reporter_phone=PHONE,
        community="坪安社区",
        place="坪安路88号",
        content="夜间电焊无人看护",
    )
    return desk.reports.take_down(draft, act_id="report").report_id


@pytest.mark.requirement("LG-30-3a")
def test_an_unregistered_work_met_on_patrol_is_one_key_and_its_form(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    page = shown(qtbot, workbench)
    entry_of(page).form.visit.patrollers.set_value("陈小满")

    def fill(dialog: FoundSiteDialog) -> None:
        assert dialog.found_by.value() == "陈小满"
        write(dialog.work, "招牌安装")
        write(dialog.place, "坪安路66号")
        dialog.community.set_value("坪安社区")
        press(Qt.Key.Key_S, CTRL)

    in_dialog(FoundSiteDialog, fill)
    press(Qt.Key.Key_F4)

    (row,) = desk.found_sites.find(FoundSiteCriteria())
    assert row.state is FoundState.URGED
    assert desk.found_sites.papers(row.id)


@pytest.mark.requirement("LG-30-3c", "LG-36-0")
def test_a_refusal_is_marked_for_the_same_day_and_reported_by_its_letter(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    found_work(desk)
    page = shown(qtbot, workbench, tab="found")

    def say_why(dialog: ReasonDialog) -> None:
        write(dialog.rows["reason"].editor, "业主称不需要登记")
        press(Qt.Key.Key_S, CTRL)

    in_dialog(ReasonDialog, say_why)
    press(Qt.Key.Key_F8)
    read(qtbot, page)
    state = page.found.table.item(0, 1)
    assert state is not None
    assert state.text() == "▲ 须上报"

    in_dialog(TransferDialog, lambda _dialog: press(Qt.Key.Key_S, CTRL))
    press(Qt.Key.Key_F5)

    (sent,) = desk.transfers.find(TransferCriteria())
    assert sent.is_same_day
    (row,) = desk.found_sites.find(FoundSiteCriteria())
    assert row.reported_on == FILED_ON


@pytest.mark.requirement("LG-30-3a")
def test_an_unregistered_work_is_taken_in_with_what_is_known_and_tied_to_what_came_of_it(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    found_id = found_work(desk)
    window = MainWindow(workbench)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.go("patrol")
    patrols = window.page("patrol")
    assert isinstance(patrols, PatrolPage)
    patrols.show_tab("found")
    read(qtbot, patrols)
    press(Qt.Key.Key_F9)

    assert window.page_key == "intake"
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    matter = page.walk_in()
    assert (matter.content, matter.owner.name, matter.place.community) == ("招牌安装", "李青禾", "坪安社区")

    pack = desk.intake.pack()
    fill_in(page, all_in_order(ready(pack), pack))
    page.form.others.signed.setChecked(True)
    decide(page, qtbot, Qt.Key.Key_F9)

    row = desk.found_sites.row(found_id)
    assert row.state is FoundState.LINKED
    assert row.is_registered


@pytest.mark.requirement("LG-21-8", "LG-44-1", "LG-44-2")
def test_a_report_is_taken_down_assigned_verified_answered_and_rewarded_by_keys(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    page = shown(qtbot, workbench, tab="reports")

    def take_down(dialog: ReportDialog) -> None:
        dialog.content.setPlainText("夜间电焊无人看护")
        write(dialog.place, "坪安路88号")
        dialog.community.set_value("坪安社区")
        press(Qt.Key.Key_S, CTRL)

    def assign(dialog: AssignDialog) -> None:
        write(dialog.to, "何平")
        press(Qt.Key.Key_S, CTRL)

    def verify(dialog: VerifyDialog) -> None:
        dialog.brought.setPlainText("现场无看护，已制止")
        press(Qt.Key.Key_S, CTRL)

    def answer(dialog: AnswerDialog) -> None:
        dialog.reply.setPlainText("已制止并督促整改，感谢反映")
        press(Qt.Key.Key_S, CTRL)

    def reward(dialog: RewardDialog) -> None:
        write(dialog.yuan, "300")
        press(Qt.Key.Key_S, CTRL)

    in_dialog(ReportDialog, take_down)
    press(Qt.Key.Key_Insert)
    read(qtbot, page)
    in_dialog(AssignDialog, assign)
    press(Qt.Key.Key_F2)
    in_dialog(VerifyDialog, verify)
    press(Qt.Key.Key_F6)
    in_dialog(AnswerDialog, answer)
    press(Qt.Key.Key_F9)
    (row,) = desk.reports.find(ReportCriteria())
    assert (row.state, row.verdict, row.assigned_to) == (ReportState.ANSWERED, ReportVerdict.TRUE, "何平")

    in_dialog(RewardDialog, reward)
    press(Qt.Key.Key_F7)
    (row,) = desk.reports.find(ReportCriteria())
    assert row.deserves_reward


@pytest.mark.requirement("LG-21-8")
def test_who_reported_is_covered_until_a_purpose_is_given(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    reported(desk)
    page = shown(qtbot, workbench, tab="reports")
    shown_words = page.reports.page.text
    assert "赵一鸣" not in shown_words
    assert PHONE not in shown_words

    def ask(dialog: PurposeDialog) -> None:
        write(dialog.field, "电话答复举报人")
        press(Qt.Key.Key_Return)

    in_dialog(PurposeDialog, ask)
    press(Qt.Key.Key_H, CTRL)

    assert PHONE in page.reports.banner.text


@pytest.mark.requirement("LG-30-3a")
def test_a_report_of_an_unregistered_work_begins_its_record(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    reported(desk)
    shown(qtbot, workbench, tab="reports")

    def fill(dialog: FoundSiteDialog) -> None:
        assert dialog.place.value() == "坪安路88号"
        write(dialog.work, "室内装修")
        dialog.found_by.set_value("何平")
        press(Qt.Key.Key_S, CTRL)

    in_dialog(FoundSiteDialog, fill)
    press(Qt.Key.Key_F3)

    (row,) = desk.found_sites.find(FoundSiteCriteria())
    assert (row.place, row.work) == ("坪安路88号", "室内装修")


@pytest.mark.requirement("LG-21-8")
def test_a_window_clerk_takes_a_report_down_and_leaves_the_rest_to_who_looks_after_the_sites(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    work_as(desk, CLERK)
    page = shown(qtbot, workbench, tab="reports")
    assert page.reports.button("patrol.report_assign") is None

    def take_down(dialog: ReportDialog) -> None:
        dialog.content.setPlainText("来窗反映隔壁商铺夜间施工")
        write(dialog.place, "坪安路88号")
        dialog.community.set_value("坪安社区")
        press(Qt.Key.Key_S, CTRL)

    in_dialog(ReportDialog, take_down)
    press(Qt.Key.Key_Insert)
    (row,) = desk.reports.find(ReportCriteria())
    assert row.state is ReportState.RECEIVED
