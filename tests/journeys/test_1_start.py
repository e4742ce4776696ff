"""Starting the program: the first start with an empty ledger or sample data, later starts, a second instance."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6 import QtCore
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from desktop import app
from desktop.domain.acts import StationKind
from desktop.domain.ledger import LedgerCriteria
from desktop.sample_morning.typist import Typist
from desktop.services.desk import open_desk
from desktop.views.main_window import MainWindow
from desktop.views.setup.setup_dialog import SetupDialog
from tests.factories import office
from tests.journeys.person import Person, Script, shown_windows

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def folder(tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder that is not there yet; the screen that is none counts as one."""
    monkeypatch.setattr(app, "has_display", lambda: True)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    # Qt's complaints go on failing the test instead of going to the log.
    monkeypatch.setattr(QtCore, "qInstallMessageHandler", lambda _handler: None)
    yield tmp_path / "new" / "data"
    log = logging.getLogger("desktop")
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()


def run(folder: Path, *scripts: tuple[type[QWidget], Script]) -> int:
    """Run the program as the command does, with a person at it."""
    person = Person(*scripts)
    try:
        return app.run_window(folder)
    finally:
        person.leave()


def close(typist: Typist) -> None:
    """Close the window as the window system does."""
    typist.window.close()


def office_of_a_street(typist: Typist) -> None:
    """Fill in the office by keys."""
    for path, keys in (
        ("street_name", "坪安街道办事处"),
        ("code", "pa"),
        ("window", "受理窗口2"),
        ("clerk_name", "林晓"),
        ("communities", "坪安社区、新禾社区"),
    ):
        typist.walk_to(path)
        typist.keys(keys)


@pytest.mark.requirement("LG-27-2a")
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

    def look(typist: Typist) -> None:
        window = typist.window
        assert isinstance(window, MainWindow)
        assert window.page_key == "intake"
        assert "坪安街道办事处 受理窗口2" in window.windowTitle()
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
        assert desk.ledger.ids(LedgerCriteria()) == ()
    finally:
        desk.close()


def test_the_first_start_can_begin_with_sample_data(folder: Path) -> None:
    def set_up(typist: Typist) -> None:
        dialog = typist.window
        assert isinstance(dialog, SetupDialog)
        office_of_a_street(typist)
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
