"""A person at the counter: the real window on a real ledger, worked by keys alone."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6 import QtCore
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QTableView, QWidget

from desktop import app
from desktop.domain.acts import Office
from desktop.domain.ledger import FilingFile, LedgerCriteria
from desktop.domain.walk_in import WalkIn
from desktop.sample_morning.typist import Typist
from desktop.services.desk import Desk, open_desk
from desktop.views.filing.filing_page import FilingPage
from desktop.views.intake.intake_page import IntakePage
from desktop.views.ledger.ledger_page import LedgerPage
from desktop.views.main_window import MainWindow
from desktop.views.papers.sheets_dialog import SheetsDialog
from desktop.views.shared.chips import Chip
from desktop.views.shared.field import FieldRow
from desktop.views.theme import apply_theme
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON, LIGHT, office


class Journey:
    """One desk, its window and the hand at the keyboard; everything here but ``typist`` only looks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.day: date = FILED_ON
        self.desk: Desk
        self.window: MainWindow
        self.typist: Typist
        self._is_open = False

    def start(self, settings: Office | None = None) -> None:
        """Start the program on the folder; the office is set up the first time."""
        self.open_desk()
        if self.desk.office.office() is None:
            self.desk.office.set_up(settings or office())
        self.open_window()

    def open_desk(self) -> None:
        """Open the ledger of the folder, without a window yet."""
        self.desk = open_desk(self.folder, today=lambda: self.day, now=self._now, effort=LIGHT)
        self._is_open = True

    def open_window(self) -> None:
        """Open the window on the ledger."""
        self.window = MainWindow(Workbench(self.desk))
        self.window.resize(1366, 768)
        self.typist = Typist(self.window)
        self.typist.take_over(self.window)

    def leave(self) -> None:
        """Close the window as the clerk does, and the ledger with it."""
        if not self._is_open:
            return
        self._is_open = False
        for dialog in self.window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if dialog.isWindow():
                dialog.close()
        self.window.close()
        self.window.deleteLater()
        self.desk.close()

    # --- what a hand does ---

    def fill(self, *steps: tuple[str, str]) -> None:
        """Walk by Tab from field to field and type there."""
        for path, keys in steps:
            self.typist.walk_to(path)
            self.typist.keys(keys)

    def keys(self, *keys: str) -> None:
        """Press keys where the keyboard is."""
        for each in keys:
            self.typist.keys(each)

    def sheets(self) -> SheetsDialog:
        """Wait until papers lie on the screen, loaded."""
        found: list[SheetsDialog] = []

        def is_open() -> bool:
            found[:] = [each for each in self._all_sheets() if each.isVisible()]
            return bool(found) and found[0].view.is_showing

        self.see(is_open, "papers to look at")
        return found[0]

    def _all_sheets(self) -> list[SheetsDialog]:
        return [each for each in self.window.findChildren(QDialog) if isinstance(each, SheetsDialog)]

    def fold_sheets(self) -> None:
        """Go back from the papers by Esc; the window system then gives the keyboard to the window."""
        self.keys("{Esc}")
        self.see(lambda: not self._all_sheets(), "the papers folded away")
        self.typist.take_over(self.window)

    def see(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait until something is to be seen."""
        self.typist.wait_until(is_so, what)

    def judge(self, keys: str) -> None:
        """Go to the papers and press the keys of their verdicts."""
        self.keys("{Alt+M}", keys)

    def decide(self, keys: str) -> str:
        """Press the keys of an act; gives the number that then stands large."""
        self.keys(keys)
        shown, page = self.label("done.number"), self.intake
        self.see(lambda: shown.isVisible() or page.form.isEnabled(), "the end of deciding")
        assert shown.isVisible(), self.label("act.why").text()
        return shown.text()

    def find(self, text: str) -> None:
        """Look for a text from anywhere and wait for what is found."""
        self.keys("{Ctrl+K}", text + "{Enter}")
        self.see(lambda: self.window.page_key == "ledger", "the ledger")
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is being looked up any more."""
        self.see(lambda: not self.window.workbench.runner.is_busy, "the end of the look-up")

    def open_found(self) -> None:
        """Open the selected filing of the ledger."""
        self.keys("{Enter}")
        self.see(lambda: self.window.page_key == "filing", "the filing")

    # --- what an eye sees ---

    @property
    def intake(self) -> IntakePage:
        """The intake page."""
        page = self.window.page("intake")
        assert isinstance(page, IntakePage)
        return page

    @property
    def ledger(self) -> LedgerPage:
        """The ledger page."""
        page = self.window.page("ledger")
        assert isinstance(page, LedgerPage)
        return page

    @property
    def filing(self) -> FilingPage:
        """The page of one filing."""
        page = self.window.page("filing")
        assert isinstance(page, FilingPage)
        return page

    def typed(self) -> WalkIn:
        """What the form holds."""
        return self.intake.walk_in()

    def row(self, path: str) -> FieldRow:
        """One field of the form."""
        row = self.intake.form.row(path)
        assert row is not None, path
        return row

    def is_asked(self, path: str) -> bool:
        """Whether a field is there."""
        row = self.intake.form.row(path)
        return row is not None and row.isVisible()

    def reads(self, label: QLabel, words: str) -> None:
        """See exactly these words in a label."""
        with suppress(TimeoutError):
            self.see(lambda: label.text() == words, words)
        assert label.text() == words

    def fault(self, path: str, words: str) -> None:
        """See the reason under a field that was left."""
        row = self.row(path)
        with suppress(TimeoutError):
            self.see(lambda: words in row.fault, words)
        assert words in row.fault, path

    def label(self, name: str) -> QLabel:
        """One named label of the window."""
        found = self.window.findChild(QLabel, name)
        assert isinstance(found, QLabel), name
        return found

    def here(self) -> str:
        """Name of the field that has the keyboard."""
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None and not widget.objectName():
            widget = widget.parentWidget()
        return widget.objectName() if widget is not None else ""

    def words(self) -> str:
        """Everything written on the page one is on, chips too."""
        page = self.window.page(self.window.page_key)
        labels = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
        chips = [each.accessibleName() for each in page.findChildren(Chip) if each.isVisible()]
        return "\n".join((*labels, *chips))

    def numbers(self) -> list[str]:
        """The numbers in the ledger's rows as they stand."""
        table = self.ledger.findChild(QTableView)
        assert isinstance(table, QTableView)
        model = table.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def file(self, number: str) -> FilingFile:
        """The whole of one filing as the ledger keeps it."""
        found = self.desk.ledger.ids(LedgerCriteria(text=number))
        assert len(found) == 1, number
        return self.desk.ledger.file(found[0])

    def _now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 1, 30, tzinfo=UTC)

    def next_day(self, days: int = 1) -> None:
        """Let some days pass."""
        self.day += timedelta(days=days)


@pytest.fixture
def closed(tmp_path: Path, qapp: QApplication) -> Iterator[Journey]:
    """A counter before the program is started; the theme is on, as in the program."""
    apply_theme(qapp)
    made = Journey(tmp_path / "data")
    yield made
    made.leave()


@pytest.fixture
def journey(closed: Journey) -> Journey:
    """A window of an invented street office, with an empty ledger."""
    closed.start()
    return closed


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
