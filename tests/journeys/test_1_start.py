"""Starting the program: the first start with an empty ledger or sample data, later starts, a second instance."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop.domain.acts import StationKind
from desktop.domain.ledger import LedgerCriteria
from desktop.sample_morning.typist import Typist
from desktop.services.desk import open_desk
from desktop.views.main_window import MainWindow
from desktop.views.setup.setup_dialog import SetupDialog
from tests.factories import office
from tests.gui.staff import ADMIN, ADMIN_PASSWORD
from tests.journeys.person import shown_windows
from tests.journeys.starting import close, name_the_administrator, office_of_a_street, run

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.requirement("LG-27-2a", "YC-1a")
def test_the_first_start_asks_whose_window_this_is_and_begins_with_an_empty_ledger(folder: Path) -> None:
    def set_up(typist: Typist) -> None:
        dialog = typist.window
        assert isinstance(dialog, SetupDialog)
        typist.keys("{Ctrl+Enter}")
        assert dialog.form.rows["street_name"].fault.startswith("请填写街道名称")
        assert dialog.isVisible(), "an office without a name is none"
        office_of_a_street(typist)
        assert dialog.form.texts["station_name"].value() == "坪安街道办事处", "a street's own window bears its name"
        typist.keys("{Ctrl+Enter}")
        assert dialog.administrator.name_row.fault == "请填写姓名。"
        assert dialog.isVisible(), "nobody is let in without an administrator"
        name_the_administrator(typist)
        typist.keys("{Ctrl+Enter}")

    def look(typist: Typist) -> None:
        window = typist.window
        assert isinstance(window, MainWindow)
        assert window.page_key == "intake"
        assert "坪安街道办事处 受理窗口2" in window.windowTitle()
        assert window.top_bar.person.text().startswith("高远")
        assert "征求意见" in window.banner.text
        typist.keys("{Ctrl+2}")
        typist.wait_until(lambda: window.page_key == "ledger", "the ledger")
        typist.wait_until(lambda: not window.workbench.runner.is_busy, "the look-up")
        close(typist)

    assert run(folder, (SetupDialog, set_up), (MainWindow, look)) == 0
    desk = open_desk(folder)
    try:
        settings = desk.office.office()
        assert settings is not None
        assert (settings.code, settings.window, settings.pack_id) == ("PA", "受理窗口2", "longgang")
        assert settings.station_kind is StationKind.STREET_OFFICE
        assert settings.communities == ("坪安社区", "新禾社区")
        assert desk.sign_in.actor.account_id is None, "nobody is at work before signing in"
        desk.sign_in.sign_in(ADMIN, ADMIN_PASSWORD)
        assert desk.ledger.ids(LedgerCriteria()) == ()
    finally:
        desk.close()


def test_the_first_start_can_begin_with_sample_data(folder: Path) -> None:
    def set_up(typist: Typist) -> None:
        dialog = typist.window
        assert isinstance(dialog, SetupDialog)
        office_of_a_street(typist)
        name_the_administrator(typist)
        while QApplication.focusWidget() is not dialog.empty:
            typist.press("Tab")
        typist.keys("{Right}")
        assert dialog.samples.isChecked()
        typist.keys("{Ctrl+Enter}")

    def look(typist: Typist) -> None:
        window = typist.window
        assert isinstance(window, MainWindow)
        assert window.workbench.desk.ledger.ids(LedgerCriteria())
        close(typist)

    assert run(folder, (SetupDialog, set_up), (MainWindow, look)) == 0


def test_leaving_the_first_start_changes_nothing(folder: Path) -> None:
    def leave(typist: Typist) -> None:
        office_of_a_street(typist)
        typist.keys("{Esc}")

    assert run(folder, (SetupDialog, leave)) == 0
    desk = open_desk(folder)
    try:
        assert desk.office.office() is None
    finally:
        desk.close()


def test_the_next_start_opens_the_ledger_at_once(folder: Path) -> None:
    desk = open_desk(folder)
    desk.office.set_up(office())
    desk.close()

    def look(typist: Typist) -> None:
        window = typist.window
        assert isinstance(window, MainWindow)
        assert shown_windows() == [window]
        typist.keys("1")
        assert window.page_key == "intake"
        close(typist)

    assert run(folder, (MainWindow, look)) == 0


def test_a_second_instance_says_that_the_ledger_is_open_already(folder: Path) -> None:
    first = open_desk(folder)
    said: list[str] = []

    def read(typist: Typist) -> None:
        box = typist.window
        assert isinstance(box, QMessageBox)
        said.append(f"{box.text()}{box.informativeText()}")
        typist.keys("{Enter}")

    try:
        assert run(folder, (QMessageBox, read)) == 1
    finally:
        first.close()
    assert said[0].startswith("台账已在另一个窗口中打开。")
    assert "关闭那个窗口" in said[0]
