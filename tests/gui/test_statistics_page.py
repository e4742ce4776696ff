"""The page 统计 by keys: first page, reports down to their rows, printed reports held against the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.patrol import PatrolLevel, PatrolRequest
from desktop.domain.period import PeriodKind, parse_period, period_of
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import Place
from desktop.domain.worklist import TaskKind, Urgency, WorklistCriteria
from desktop.models.filing import Filing
from desktop.services.desk import Desk
from desktop.views.actions import actions_of, shortcut
from desktop.views.statistics.compare_dialog import CompareDialog
from desktop.views.statistics.dashboard_tab import DashboardTab
from desktop.views.statistics.issued_tab import IssuedTab
from desktop.views.statistics.period_picker import PeriodPicker
from desktop.views.statistics.quality_tab import QualityTab
from desktop.views.statistics.report_papers import ReportPaper
from desktop.views.statistics.reports_tab import ReportsTab
from desktop.views.statistics.rows_dialog import RowsDialog
from desktop.views.statistics.statistics_page import StatisticsPage
from desktop.views.workbench import Workbench
from desktop.views.worklist.worklist_page import WorklistPage
from tests import factories
from tests.factories import FILED_ON

PATIENCE_MS = 20_000
_KEYS = {
    "Enter": Qt.Key.Key_Return,
    "Right": Qt.Key.Key_Right,
    "Left": Qt.Key.Key_Left,
    "Home": Qt.Key.Key_Home,
    "F7": Qt.Key.Key_F7,
    "P": Qt.Key.Key_P,
    "2": Qt.Key.Key_2,
    "6": Qt.Key.Key_6,
}
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def register(desk: Desk, room: str, community: str = "坪安社区", *, is_patrolled: bool = False) -> int:
    """Register a work today, and patrol it where asked."""
    place = Place(community=community, estate="坪安路18号", building="A栋", room=room)
    matter = factories.all_in_order(factories.walk_in(place=place), desk.intake.pack())
    request = DecisionRequest(act_id=f"act-{room}", act=Act.ACCEPT, walk_in=matter, signed=True)
    filing_id = desk.intake.decide(request).filing_id
    if is_patrolled:
        desk.patrols.record(
            PatrolRequest(
                act_id=f"patrol-{room}",
                site=SiteRef(filing_id=filing_id),
                visited_on=FILED_ON,
                patrollers=("何巡",),
                organisation="坪安社区工作站",
                level=PatrolLevel.COMMUNITY,
            )
        )
    return filing_id


@pytest.fixture
def page(qtbot: QtBot, workbench: Workbench, desk: Desk) -> Iterator[StatisticsPage]:
    """The page over three works, two of them in one community, one patrolled; counted and shown."""
    register(desk, "101")
    register(desk, "102", is_patrolled=True)
    register(desk, "103", "新禾社区")
    shown = StatisticsPage(workbench)
    qtbot.addWidget(shown)
    shown.resize(1280, 680)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    shown.setFocus()
    settle(qtbot, workbench)
    yield shown
    settle(qtbot, workbench)


def settle(qtbot: QtBot, workbench: Workbench) -> None:
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: not workbench.runner.is_busy, timeout=PATIENCE_MS)


def press(qtbot: QtBot, keys: str, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Press a key where the keyboard is."""
    here = QApplication.focusWidget()
    assert here is not None
    qtbot.keyClick(here, _KEYS[keys], modifier or Qt.KeyboardModifier.NoModifier)


def rows_dialog(qtbot: QtBot, parent: QWidget) -> RowsDialog:
    """Give the list of rows that lies over the page, once it is read."""
    found: list[RowsDialog] = []

    def is_read() -> bool:
        found[:] = [each for each in parent.findChildren(RowsDialog) if each.isVisible() and each.total is not None]
        return bool(found)

    qtbot.waitUntil(is_read, timeout=PATIENCE_MS)
    return found[0]


def reports(qtbot: QtBot, page: StatisticsPage) -> ReportsTab:
    """Go to the reports by key, on the month of the works."""
    press(qtbot, "2", ALT)
    tab = page.tab("reports")
    assert isinstance(tab, ReportsTab)
    month = parse_period("2026-03")
    assert month is not None
    tab.show_period(month)
    qtbot.waitUntil(lambda: tab.report is not None and tab.report.period == month, timeout=PATIENCE_MS)
    settle(qtbot, page.bench)
    return tab


def test_the_first_page_shows_today_and_the_period_and_a_figure_opens_its_rows_by_key(
    qtbot: QtBot, page: StatisticsPage, workbench: Workbench
) -> None:
    tab = page.tab("dashboard")
    assert isinstance(tab, DashboardTab)
    shown = {tile.shown.key: tile.shown.value for tile in tab.figures.tiles}
    assert (shown["registered"], shown["patrols"]) == ("3", "1")
    assert [tile.shown.value for tile in tab.today.tiles if tile.shown.key == "registered"] == ["3"]
    tab.figures.focus_figure()
    press(qtbot, "Enter")
    dialog = rows_dialog(qtbot, page)
    assert (dialog.total, len(dialog.rows)) == (3, 3)
    opened = dialog.rows[dialog.table.chosen_id() or 0]
    with qtbot.waitSignal(workbench.row_asked, timeout=PATIENCE_MS) as asked:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert asked.args == [opened]


def test_arrow_keys_walk_from_figure_to_figure_in_one_stop_of_the_tab_key(qtbot: QtBot, page: StatisticsPage) -> None:
    tab = page.tab("dashboard")
    assert isinstance(tab, DashboardTab)
    tab.figures.focus_figure()
    press(qtbot, "Right")
    assert tab.figures.tiles[1].hasFocus()
    assert [tile.focusPolicy() is Qt.FocusPolicy.StrongFocus for tile in tab.figures.tiles].count(True) == 1


def test_an_overdue_line_of_the_worklist_leads_to_its_tasks(
    qtbot: QtBot, page: StatisticsPage, workbench: Workbench
) -> None:
    from desktop.domain.dashboard import OverdueLine

    tab = page.tab("dashboard")
    assert isinstance(tab, DashboardTab)
    tab.overdue.show_lines((OverdueLine(label="首次现场检查", count=2, task=TaskKind.FIRST_CHECK),))
    with qtbot.waitSignal(workbench.worklist_asked, timeout=PATIENCE_MS) as asked:
        qtbot.keyClick(tab.overdue, Qt.Key.Key_Return)
    assert asked.args == [WorklistCriteria(kind=TaskKind.FIRST_CHECK, urgency=Urgency.OVERDUE)]
    worklist = WorklistPage(workbench)
    qtbot.addWidget(worklist)
    worklist.show_criteria(asked.args[0])
    assert worklist.filters.criteria() == asked.args[0]


@pytest.mark.requirement("LG-21-2d")
def test_a_month_is_counted_by_community_and_each_figure_opens_exactly_its_rows(
    qtbot: QtBot, page: StatisticsPage
) -> None:
    tab = reports(qtbot, page)
    titles = [tab.body.list.item(row).text() for row in range(tab.body.list.count())]
    press(qtbot, "F7")
    tab.body.list.setCurrentRow(titles.index("按社区"))
    press(qtbot, "Enter")
    assert tab.body.table.hasFocus()
    texts = {row[0].text: row[1].text for row in tab.body.table.cells}
    assert (texts["坪安社区"], texts["新禾社区"], texts["合计"]) == ("2", "1", "3")
    place = [row[0].text for row in tab.body.table.cells].index("坪安社区")
    tab.body.table.setCurrentCell(place, 1)
    press(qtbot, "Enter")
    dialog = rows_dialog(qtbot, page)
    assert dialog.total == 2
    assert {row.community for row in dialog.rows} == {"坪安社区"}


def test_what_a_figure_counts_is_said_below_the_table(qtbot: QtBot, page: StatisticsPage) -> None:
    tab = reports(qtbot, page)
    tab.body.focus_table()
    press(qtbot, "Home")
    press(qtbot, "Right")
    cell = tab.body.table.cell(tab.body.table.currentRow(), tab.body.table.currentColumn())
    assert cell is not None
    assert cell.measure is not None
    assert cell.measure.definition.rstrip("。") in tab.body.said.text()


def test_alt_and_the_arrows_go_through_the_periods_and_only_the_last_is_counted(
    qtbot: QtBot, page: StatisticsPage
) -> None:
    tab = reports(qtbot, page)
    for _step in range(3):
        press(qtbot, "Left", ALT)
    wanted = parse_period("2025-12")
    assert tab.picker.period == wanted
    qtbot.waitUntil(lambda: tab.report is not None and tab.report.period == wanted, timeout=PATIENCE_MS)


def test_the_period_picker_works_by_arrows_and_figures_and_never_passes_today(qtbot: QtBot, themed: None) -> None:
    picker = PeriodPicker(lambda: date(2026, 3, 2))
    qtbot.addWidget(picker)
    picker.show()
    picker.setFocus()
    qtbot.keyClick(picker, Qt.Key.Key_Right)
    assert picker.period.code == "2026-03"
    qtbot.keyClick(picker, Qt.Key.Key_Left)
    assert picker.period.code == "2026-02"
    qtbot.keyClick(picker, Qt.Key.Key_4)
    assert (picker.period.kind, picker.period.code) == (PeriodKind.QUARTER, "2026-Q1")
    qtbot.keyClick(picker, Qt.Key.Key_Down)
    assert picker.period.code == "2026-H1"
    qtbot.keyClick(picker, Qt.Key.Key_7)
    picker.first_on.setText("2026-1-5")
    picker.last_on.setText("2026-2-6")
    picker.last_on.editingFinished.emit()
    assert picker.period.code == "2026-01-05..2026-02-06"


@pytest.mark.requirement("LG-21-2d")
def test_a_report_takes_its_number_when_it_leaves_and_is_held_against_the_ledger_later(
    qtbot: QtBot, page: StatisticsPage, tmp_path: Path, desk: Desk, workbench: Workbench
) -> None:
    tab = reports(qtbot, page)
    tab.picker.setFocus()
    press(qtbot, "P", CTRL)
    (paper,) = tab.findChildren(ReportPaper)
    qtbot.waitSignal(paper.loaded, timeout=PATIENCE_MS).wait()
    assert desk.statistics.issued() == ()
    with qtbot.waitSignal(paper.saved, timeout=PATIENCE_MS):
        paper.save_to(tmp_path)
    (row,) = desk.statistics.issued()
    assert row.number in paper.banner.text
    settle(qtbot, workbench)
    paper.reject()

    page.show_tab("issued")
    issued = page.tab("issued")
    assert isinstance(issued, IssuedTab)
    qtbot.waitUntil(lambda: issued.table.rowCount() == 1, timeout=PATIENCE_MS)
    settle(qtbot, workbench)
    with qtbot.waitActive(page):  # the screen that is none does not give the keyboard back by itself
        page.activateWindow()
    qtbot.keyClick(issued.table, Qt.Key.Key_F9)
    settle(qtbot, workbench)
    assert issued.banner.text == ""
    (dialog,) = issued.findChildren(CompareDialog)
    assert "都与打印的一致" in dialog.banner.text
    assert dialog.changes.rowCount() == 0
    dialog.reject()


@pytest.mark.requirement("LG-21-2d")
def test_the_figures_on_screen_are_saved_as_a_workbook(
    qtbot: QtBot, page: StatisticsPage, tmp_path: Path, workbench: Workbench
) -> None:
    tab = reports(qtbot, page)
    file = tmp_path / "report.xlsx"
    tab.save_workbook(file)
    settle(qtbot, workbench)
    assert file.exists()
    assert "已存为" in tab.banner.text


@pytest.mark.requirement("SJ-5.3a")
def test_the_page_of_data_quality_lists_what_is_missing_and_opens_it(qtbot: QtBot, page: StatisticsPage) -> None:
    press(qtbot, "6", ALT)
    tab = page.tab("quality")
    assert isinstance(tab, QualityTab)
    qtbot.waitUntil(lambda: tab.quality is not None, timeout=PATIENCE_MS)
    table = tab.body.table
    place = next(row for row, cells in enumerate(table.cells) if cells[0].measure and cells[0].measure.key == "doubles")
    table.setFocus()
    table.setCurrentCell(place, 1)
    press(qtbot, "Enter")
    dialog = rows_dialog(qtbot, page)
    assert dialog.total == int(table.cells[place][1].text)


def test_a_yearly_report_shows_the_year_before_once(qtbot: QtBot, page: StatisticsPage) -> None:
    tab = reports(qtbot, page)
    year = period_of(PeriodKind.YEAR, FILED_ON)
    tab.show_period(year)
    qtbot.waitUntil(lambda: tab.report is not None and tab.report.period == year, timeout=PATIENCE_MS)
    shown = [tab.body.table.horizontalHeaderItem(place) for place in range(tab.body.table.columnCount())]
    heads = [head.text() for head in shown if head is not None]
    assert heads == ["指标", year.label, year.before().label, "与去年比"]
    tab.body.table.setFocus()
    tab.body.table.setCurrentCell(0, 2)
    press(qtbot, "Enter")
    assert rows_dialog(qtbot, page).total == 0


@pytest.mark.requirement("SJ-5.3a", "SJ-3d2", "SJ-3n")
def test_totals_that_must_agree_stand_on_the_page_and_open_their_rows(
    qtbot: QtBot, page: StatisticsPage, desk: Desk
) -> None:
    with desk.database.writing() as session:
        session.execute(update(Filing).where(Filing.id == 1).values(visits=7))
    press(qtbot, "6", ALT)
    tab = page.tab("quality")
    assert isinstance(tab, QualityTab)
    qtbot.waitUntil(lambda: tab.quality is not None, timeout=PATIENCE_MS)
    assert tab.banner.text.splitlines() == [
        "全部到场次数不符：登记件上记的次数 9，到场记录的条数 3。",
        "统计期内没有登记过政府投资、集体投资的工程（作业），请核对是否漏管。",
    ]
    tab.body.list.setCurrentRow(tab.body.list.count() - 1)
    assert tab.body.heading.text() == "总数核对（1 项不符）"
    told = {cells[0].text: tuple(cell.text for cell in cells[1:]) for cells in tab.body.table.cells}
    assert told["全部到场次数"] == ("登记件上记的次数 9", "到场记录的条数 3", "不符")
    assert told["登记件与台账的条数"] == ("统计数 3", "台账条数 3", "相符")
    assert next(iter(told)) == "全部到场次数"
    place = list(told).index("登记件按社区相加")
    tab.body.table.setFocus()
    tab.body.table.setCurrentCell(place, 2)
    press(qtbot, "Enter")
    assert rows_dialog(qtbot, page).total == 3


def test_esc_stops_counting(qtbot: QtBot, page: StatisticsPage) -> None:
    tab = reports(qtbot, page)
    tab.count_anew()
    assert page.step_back()
    qtbot.waitUntil(lambda: tab.task is None, timeout=PATIENCE_MS)
    assert not page.step_back()


def test_no_key_of_a_tab_means_what_another_key_of_the_page_means() -> None:
    everywhere = [spec for spec in actions_of("statistics") if spec.part in ("", "各栏")]
    common = {shortcut(spec.key).toString() for spec in everywhere}
    assert len(common) == len(everywhere)
    others = [spec for spec in actions_of("statistics") if spec not in everywhere]
    assert not common & {shortcut(spec.key).toString() for spec in others}
