"""The manager's part of the morning, by keys: the first page of statistics, the month's report and its workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog

from desktop.domain.access import Role
from desktop.sample_morning.opening import SampleDay
from desktop.sample_morning.play import Player
from desktop.sample_morning.seats import Script, answer, sit_down
from desktop.sample_morning.typist import Typist
from desktop.views.statistics.dashboard_tab import DashboardTab
from desktop.views.statistics.report_papers import ReportPaper
from desktop.views.statistics.reports_tab import ReportsTab
from desktop.views.statistics.statistics_page import DASHBOARD, REPORTS, StatisticsPage

_WORKBOOK: Final = "monthly-report.xlsx"


class Figures:
    """Lets the manager look at what the morning brought; report and workbook go into ``folder``."""

    def __init__(self, player: Player, day: SampleDay, folder: Path) -> None:
        self._player, self._day, self._folder = player, day, folder
        self._typist, self._window = player.typist, player.window

    def play(self) -> Iterator[str]:
        """Look at the first page, print the month, save its workbook; gives a line for each."""
        self._folder.mkdir(parents=True, exist_ok=True)
        sit_down(self._player, self._day, Role.MANAGER, picture="10-manager-signs-in")
        yield self._look()
        yield self._print()
        yield self._save()

    def _look(self) -> str:
        self._typist.keys("{Ctrl+Shift+S}")
        self._typist.wait_until(lambda: self._window.page_key == "statistics", "the page of statistics")
        tab = self._page.tab(DASHBOARD)
        assert isinstance(tab, DashboardTab)
        self._typist.wait_until(lambda: tab.dashboard is not None, "the first page of statistics")
        self._player.settle()
        return f"  {self._name} 看统计总览　{self._player.shoot('10-dashboard').name}"

    def _print(self) -> str:
        self._typist.keys("{F9}")
        tab = self._reports
        self._typist.wait_until(lambda: tab.report is not None and tab.task is None, "the report of the month")
        self._player.settle()
        self._player.shoot("10-report")
        self._typist.keys("{Ctrl+P}")
        self._typist.wait_until(lambda: bool(self._papers()), "the report on paper")
        [paper] = self._papers()
        self._typist.take_over(paper)
        self._typist.wait_until(lambda: paper.view.is_showing, "the draft")
        answer(self._player, "{Ctrl+S}", QFileDialog, self._choose(self._folder))
        self._typist.take_over(paper)
        self._typist.wait_until(lambda: paper.issued is not None and "编号" in paper.banner.text, "the number")
        self._player.settle()
        picture = self._player.shoot("10-report-paper", of=paper)
        assert paper.issued is not None
        number = paper.issued.number
        self._typist.keys("{Esc}")
        self._typist.wait_until(lambda: not self._papers(), "the end of the paper")
        self._typist.take_over(self._window)
        return f"  {self._name} 出本月报表　{number}　{picture.name}"

    def _save(self) -> str:
        file = self._folder / _WORKBOOK
        answer(self._player, "{Ctrl+E}", QFileDialog, self._choose(file))
        self._typist.wait_until(file.exists, "the workbook")
        self._player.settle()
        return f"  {self._name} 存报表的 Excel　{file.name}"

    @staticmethod
    def _choose(place: Path) -> Script:
        """Type where something goes and take it."""

        def type_name(typist: Typist) -> None:
            typist.walk_to("fileNameEdit")
            typist.keys("{Ctrl+A}" + str(place) + "{Enter}")

        return type_name

    def _papers(self) -> list[ReportPaper]:
        return [each for each in self._window.findChildren(ReportPaper) if each.isVisible()]

    @property
    def _page(self) -> StatisticsPage:
        page = self._window.page("statistics")
        assert isinstance(page, StatisticsPage)
        return page

    @property
    def _reports(self) -> ReportsTab:
        tab = self._page.tab(REPORTS)
        assert isinstance(tab, ReportsTab)
        return tab

    @property
    def _name(self) -> str:
        return self._day.people[Role.MANAGER].name
