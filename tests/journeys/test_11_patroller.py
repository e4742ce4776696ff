"""A patroller of one community finds nothing of another: not in list, search, number, counts, export, command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog, QLabel, QTableView

from desktop.domain.acts import Act, DecisionRequest
from desktop.sample_morning.typist import Typist
from desktop.services.desk import open_desk
from desktop.views.ledger.export_dialog import ExportDialog
from desktop.views.ledger.ledger_page import LedgerPage
from desktop.views.main_window import MainWindow
from desktop.views.people.sign_in_dialog import SignInDialog
from tests import factories
from tests.gui.staff import PATROLLER, PATROLLER_PASSWORD, staff
from tests.integration.test_command_line import run as run_command
from tests.journeys.starting import close, run
from tests.journeys.test_8_people import sign_in

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

OURS, THEIRS = "坪安社区", "新禾社区"
OWN_NUMBER, OTHER_NUMBER = "PA-DJ-2026-000001", "PA-DJ-2026-000002"


@pytest.fixture
def two_communities(folder: Path) -> Path:
    """A filing of the patroller's community and one of another, and the office's people."""
    desk = open_desk(folder, today=lambda: factories.FILED_ON, effort=factories.LIGHT)
    desk.office.set_up(factories.office())
    matter = factories.all_in_order(factories.walk_in(), desk.intake.pack())
    for community in (OURS, THEIRS):
        place = replace(matter.place, community=community, estate=f"{community}一街1号")
        typed = replace(matter, project_name=f"{community}餐饮店装修", place=place)
        desk.intake.decide(DecisionRequest(act_id=community, act=Act.ACCEPT, walk_in=typed, signed=True))
    staff(desk)
    desk.close()
    return folder


@pytest.mark.requirement("LG-34-0", "YC-A4e", "LG-P1")
def test_a_patroller_finds_nothing_of_another_community_anywhere(
    two_communities: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "export.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(file), ""))

    def enter(typist: Typist) -> None:
        sign_in(typist, PATROLLER, PATROLLER_PASSWORD)

    def look_everywhere(typist: Typist) -> None:
        window = typist.window
        assert isinstance(window, MainWindow)
        page = window.page("ledger")
        assert isinstance(page, LedgerPage)
        table = page.findChild(QTableView)
        assert isinstance(table, QTableView)

        def numbers() -> list[str]:
            typist.wait_until(lambda: not window.workbench.runner.is_busy, "the end of the look-up")
            return [str(table.model().index(row, 0).data()) for row in range(table.model().rowCount())]

        assert numbers() == [OWN_NUMBER]
        for asked in (THEIRS, OTHER_NUMBER, "xinheshequ", "2719"):
            typist.keys("{Ctrl+K}" + asked + "{Enter}")
            assert OTHER_NUMBER not in numbers(), asked
        typist.keys("{Ctrl+K}" + OURS + "{Enter}")
        assert numbers() == [OWN_NUMBER]
        assert THEIRS not in "\n".join(each.text() for each in window.findChildren(QLabel))
        typist.keys("{Ctrl+E}")
        dialog = page.findChild(ExportDialog)
        assert isinstance(dialog, ExportDialog)
        typist.take_over(dialog)
        typist.keys("{Enter}")
        typist.wait_until(file.exists, "the export")
        typist.wait_until(lambda: not window.workbench.runner.is_busy, "the end of the export")
        typist.take_over(window)
        close(typist)

    assert run(two_communities, (SignInDialog, enter), (MainWindow, look_everywhere)) == 0

    exported = repr(list(load_workbook(file)["台账"].iter_rows(values_only=True)))
    assert OWN_NUMBER in exported
    assert OTHER_NUMBER not in exported
    assert THEIRS not in exported

    data = ("--data", str(two_communities), "--user", PATROLLER)
    listed = run_command("ledger", *data, SMALL_WORKS_PASSWORD=PATROLLER_PASSWORD)
    assert listed.returncode == 0
    assert OWN_NUMBER in listed.stdout.decode()
    assert OTHER_NUMBER not in listed.stdout.decode()
