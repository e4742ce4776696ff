"""A manager looks at the first page, goes down to a filing, prints the month, and holds it against the ledger later."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop.domain.access import Role
from desktop.domain.acts import Act, Change, DecisionRequest
from desktop.domain.patrol import PatrolLevel, PatrolRequest
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import Place
from desktop.views.filing.filing_page import FilingPage
from desktop.views.statistics.compare_dialog import CompareDialog
from desktop.views.statistics.dashboard_tab import DashboardTab
from desktop.views.statistics.issued_tab import IssuedTab
from desktop.views.statistics.report_papers import ReportPaper
from desktop.views.statistics.reports_tab import ReportsTab
from desktop.views.statistics.rows_dialog import RowsDialog
from desktop.views.statistics.statistics_page import StatisticsPage
from tests import factories
from tests.integration.at_work import CLERK, person, work_as
from tests.journeys.conftest import Journey
from tests.journeys.in_dialogs import come_back, is_sound, opened, sits_down

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MANAGER = person(9, "宋主任", Role.MANAGER)
MARCH, APRIL = date(2026, 3, 31), date(2026, 4, 1)


def register(journey: Journey, room: str, community: str) -> int:
    """Let the window register a work; gives its id."""
    work_as(journey.desk, CLERK)
    place = Place(community=community, estate="坪安路18号", building="A栋", room=room)
    matter = factories.all_in_order(factories.walk_in(place=place), journey.desk.intake.pack())
    request = DecisionRequest(act_id=f"act-{room}", act=Act.ACCEPT, walk_in=matter, signed=True)
    return journey.desk.intake.decide(request).filing_id


def statistics(journey: Journey) -> StatisticsPage:
    """Go to the page by its key."""
    journey.keys("{Ctrl+Shift+S}")
    page = journey.window.page("statistics")
    assert isinstance(page, StatisticsPage)
    journey.settle()
    return page


@pytest.mark.requirement("LG-21-2d", "LG-14-4")
def test_a_manager_prints_the_month_and_can_answer_for_every_figure(
    journey: Journey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey.day = MARCH
    works = [register(journey, *each) for each in (("101", "坪安社区"), ("102", "坪安社区"), ("103", "新禾社区"))]
    sits_down(journey, MANAGER)

    looks_at_the_first_page_and_opens_a_filing(journey)
    prints_the_month(journey, tmp_path, monkeypatch)

    # The day after, a patrol of March is entered late: the printed report says so.
    journey.day = APRIL
    enters_late(journey, works[0])
    holds_it_against_the_ledger(journey)
    assert is_sound(journey)


def looks_at_the_first_page_and_opens_a_filing(journey: Journey) -> None:
    """From a large figure down to the filing, by keys."""
    page = statistics(journey)
    tab = page.tab("dashboard")
    assert isinstance(tab, DashboardTab)
    journey.see(lambda: tab.dashboard is not None, "the first page counted")
    journey.typist.walk_to("tile.registered")
    assert {tile.shown.key: tile.shown.value for tile in tab.figures.tiles}["registered"] == "3"
    rows = opened(journey, "{Enter}", RowsDialog)
    journey.see(lambda: rows.total == 3, "the rows of the figure")
    journey.keys("{Enter}")
    journey.see(lambda: journey.window.page_key == "filing", "the filing")
    come_back(journey)
    filing = journey.window.page("filing")
    assert isinstance(filing, FilingPage)
    journey.keys("{Esc}")
    journey.see(lambda: journey.window.page_key == "statistics", "the way back")


def prints_the_month(journey: Journey, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first page to the report of the month, looked at as a draft and given out under a number."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    page = statistics(journey)
    journey.keys("{F9}")
    tab = page.tab("reports")
    assert isinstance(tab, ReportsTab)
    journey.see(lambda: tab.report is not None and tab.report.period.code == "2026-03", "the report of March")
    journey.settle()
    paper = opened(journey, "{Ctrl+P}", ReportPaper)
    journey.see(lambda: paper.view.is_showing, "the draft")
    journey.keys("{Ctrl+S}")
    journey.see(lambda: "已出报表" in paper.banner.text, "the number")
    journey.settle()
    journey.keys("{Esc}")
    come_back(journey)
    (row,) = journey.desk.statistics.issued()
    assert [file.name for file in folder.glob("*.pdf")] == [f"{row.number} {row.name} 2026-03.pdf"]


def enters_late(journey: Journey, filing_id: int) -> None:
    """Somebody enters a patrol of the day before."""
    request = PatrolRequest(
        act_id="late",
        site=SiteRef(filing_id=filing_id),
        visited_on=MARCH,
        patrollers=("何巡",),
        organisation="坪安社区工作站",
        level=PatrolLevel.COMMUNITY,
    )
    journey.desk.patrols.record(request)
    journey.window.workbench.changed.emit(frozenset({Change.ON_SITE}))


def holds_it_against_the_ledger(journey: Journey) -> None:
    """The printed report still comes out as of then; what is different now has its reason in the list."""
    page = statistics(journey)
    journey.keys("{Alt+5}")
    tab = page.tab("issued")
    assert isinstance(tab, IssuedTab)
    journey.see(lambda: tab.table.rowCount() == 1, "the printed report")
    journey.settle()
    dialog = opened(journey, "{F9}", CompareDialog)
    assert "按当时的时点重新统计，数字一致" in dialog.banner.text
    assert dialog.changes.rowCount() > 0
    assert dialog.late.rowCount() == 1
    journey.keys("{Esc}")
    come_back(journey)
