"""Settings: the office, the working-day calendar with what a change moves, the text size."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.access import NOBODY, Right
from desktop.domain.attachments import MIB, AttachmentLimits
from desktop.services.desk import Desk
from desktop.views.admin.admin_page import TABS, AdminPage
from desktop.views.admin.calendar_settings import CalendarSettings
from desktop.views.admin.keeping_tab import KeepingTab
from desktop.views.admin.office_settings import OfficeSettings
from desktop.views.admin.rules_tab import RulesTab
from desktop.views.admin.window_settings import WindowSettings
from desktop.views.shared.remembered import Remembered
from desktop.views.theme import base_px
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON
from tests.gui.input_method import write
from tests.gui.staff import ADMIN, ADMIN_PASSWORD, staff

PATIENCE_MS = 10_000


@pytest.fixture
def calendar(qtbot: QtBot, workbench: Workbench) -> CalendarSettings:
    """The calendar page on the screen, on the day of the tests."""
    page = CalendarSettings(workbench, today=lambda: FILED_ON)
    qtbot.addWidget(page)
    page.show()
    return page


def test_ctrl_s_saves_the_office_and_tells_the_other_pages(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    page = OfficeSettings(workbench)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    clerk = page.form.texts["clerk_name"]
    clerk.setFocus()
    clerk.selectAll()
    write(clerk, "周望")

    with qtbot.waitSignal(workbench.changed, timeout=PATIENCE_MS):
        qtbot.keyClick(clerk, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    office = desk.office.office()
    assert office is not None
    assert office.clerk_name == "周望"


@pytest.mark.requirement("YC-1a")
def test_with_accounts_the_clerk_is_who_signs_in_and_the_name_kept_before_stays(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    staff(desk)
    desk.sign_in.sign_in(ADMIN, ADMIN_PASSWORD)
    page = OfficeSettings(workbench)
    qtbot.addWidget(page)
    page.show()
    assert page.form.rows["clerk_name"].isHidden()
    page.form.texts["phone"].set_value("0755-00009999")

    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)

    desk.sign_in.sign_out()
    desk.office._station.work_as(NOBODY)
    kept = desk.office.office()
    assert kept is not None
    assert (kept.phone, kept.clerk_name) == ("0755-00009999", "林晓")


@pytest.mark.requirement("LG-P1")
def test_limits_of_attachments_are_set_by_key_and_unfit_ones_refused(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    tab = KeepingTab(workbench)
    qtbot.addWidget(tab)
    with qtbot.waitActive(tab):
        tab.show()
        tab.activateWindow()
    pages, file_mb = tab.limits.fields["pages"], tab.limits.fields["file_mb"]
    assert [field.value() for field in tab.limits.fields.values()] == ["20", "200", "300"]
    pages.set_value("40")
    file_mb.set_value("500")
    pages.setFocus()
    qtbot.keyClick(pages, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "单个文件不能超过每件合计" in tab.limits.fault.text()
    assert QApplication.focusWidget() is file_mb
    assert desk.attachment_care.limits() == AttachmentLimits()

    file_mb.set_value("10")
    with qtbot.waitSignal(workbench.changed, timeout=PATIENCE_MS):
        qtbot.keyClick(file_mb, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert desk.attachment_care.limits() == AttachmentLimits(file_bytes=10 * MIB, filing_bytes=200 * MIB, pages=40)


def test_an_office_at_fault_is_not_saved(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    page = OfficeSettings(workbench)
    qtbot.addWidget(page)
    page.show()
    page.form.texts["street_name"].clear()

    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)

    office = desk.office.office()
    assert office is not None
    assert office.street_name == "坪安街道办事处"
    assert "没有保存" in page.banner.text


@pytest.mark.requirement("Q-2")
def test_the_years_mark_the_unpublished_one_as_provisional(calendar: CalendarSettings) -> None:
    words = [calendar.years.item(row).text() for row in range(calendar.years.count())]

    assert "暂定" in words[0]
    assert words[1].startswith("2026")


def test_the_present_year_is_shown_with_its_days(calendar: CalendarSettings) -> None:
    first = calendar.days.item(0, 0)

    assert first is not None
    assert first.text().startswith("2026-01-01")


def test_a_day_is_made_a_working_day_with_its_ground(
    qtbot: QtBot, desk: Desk, workbench: Workbench, calendar: CalendarSettings
) -> None:
    write(calendar.day, "2026-3-7")
    calendar.kind.set_value("work")
    write(calendar.source, "街道通知")

    with qtbot.waitSignal(workbench.changed, timeout=PATIENCE_MS):
        qtbot.mouseClick(calendar.save, Qt.MouseButton.LeftButton)

    changed = [day for day in desk.calendar.days(2026) if day.day.isoformat() == "2026-03-07"]
    assert [(day.kind, day.source) for day in changed] == [("work", "街道通知")]


def test_a_change_without_day_or_ground_is_refused_in_words(
    qtbot: QtBot, desk: Desk, calendar: CalendarSettings
) -> None:
    before = desk.calendar.days(2026)

    qtbot.mouseClick(calendar.save, Qt.MouseButton.LeftButton)

    assert calendar._day_row.fault == "请填写日期。"
    assert "依据" in calendar._source_row.fault
    assert desk.calendar.days(2026) == before


def test_a_file_with_faults_changes_nothing_and_names_every_row(
    qtbot: QtBot, desk: Desk, workbench: Workbench, calendar: CalendarSettings, tmp_path: Path
) -> None:
    file = tmp_path / "days.csv"
    file.write_text("date,kind,name,source\n2027-01-01,rest,元旦,通知\n2027-13-01,rest,,\n", encoding="utf-8")
    before = desk.calendar.days(2027)

    calendar.import_file(file)
    qtbot.waitUntil(lambda: bool(calendar.banner.text), timeout=PATIENCE_MS)

    assert "没有改动任何内容" in calendar.banner.text
    assert desk.calendar.days(2027) == before


def test_the_text_size_is_felt_at_once_and_remembered(
    qtbot: QtBot, desk: Desk, workbench: Workbench, qapp: QApplication
) -> None:
    page = WindowSettings(workbench)
    qtbot.addWidget(page)
    page.show()

    qtbot.mouseClick(page.sizes.button(17), Qt.MouseButton.LeftButton)

    assert base_px() == 17
    assert qapp.font().pixelSize() == 17
    assert Remembered(desk.data_folder).base_px == 17


def test_the_settings_page_has_its_parts(qtbot: QtBot, workbench: Workbench) -> None:
    page = AdminPage(workbench)
    qtbot.addWidget(page)

    titles = [page.tabs.tabText(tab) for tab in range(page.tabs.count())]
    assert {"受理点", "工作日历", "账号", "文字大小和数据"} <= set(titles)


@pytest.mark.requirement("LG-48", "LG-8-1")
def test_the_rules_say_what_document_they_are_and_who_interprets_it(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    tab = RulesTab(workbench)
    qtbot.addWidget(tab)
    tab.show()
    said = dict(tab.lines)
    pack = desk.office.pack()

    assert said["名称"] == pack.title
    assert said["文号"] == "文件没有写明"
    assert said["效力"] == "征求意见"
    assert "第四十九条" in said["施行"]
    assert "告知性登记" in said["登记性质"]
    assert "第八条" in said["登记性质"]
    assert said["解释单位"] == "区住房建设部门会同区应急管理部门（第四十八条）"
    assert said["热线电话"] == "12350"
    assert said["规则包"] == "longgang 2025-draft"


@pytest.mark.requirement("LG-48", "LG-25-2c")
def test_every_number_of_the_rules_stands_with_its_article_or_as_not_verified(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    tab = RulesTab(workbench)
    qtbot.addWidget(tab)
    tab.show()
    lines = tab.words().split("\n")
    pack = desk.office.pack()

    for parameter in pack.parameters.values():
        [line] = [line for line in lines if line.startswith(f"{parameter.label}　")]
        assert ("未核实" in line) == parameter.unverified
        assert parameter.article in line
    assert "登记有效期（月）　6　第二十五条" in lines


@pytest.mark.requirement("LG-48")
def test_the_rules_are_one_tab_for_everybody_and_gone_through_by_the_arrow_keys(
    qtbot: QtBot, workbench: Workbench
) -> None:
    page = AdminPage(workbench)
    page.resize(1366, 700)  # as on the usual screen: all tabs are in sight
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    titles = [page.tabs.tabText(tab) for tab in range(page.tabs.count())]
    page.tabs.setCurrentIndex(titles.index("规则"))
    tab = page.tabs.currentWidget()
    assert isinstance(tab, RulesTab)
    page.tabs.tabBar().setFocus()

    qtbot.keyClick(page.tabs.tabBar(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is tab.versions.table
    tab.parameters.setFocus()
    qtbot.keyClick(tab.parameters, Qt.Key.Key_Down)
    qtbot.keyClick(tab.parameters, Qt.Key.Key_F2)

    assert tab.parameters.currentRow() == 1
    assert tab.parameters.state() is not tab.parameters.State.EditingState
    assert {spec.title for spec in TABS if spec.rights == frozenset(Right)} >= {"规则"}
