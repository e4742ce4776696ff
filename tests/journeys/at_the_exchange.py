"""Exchanging packages by keys: cards, packages, answers, conflicts, between several counters at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop.domain.package import PackageKind
from desktop.views.exchange.conflicts_tab import DecideDialog
from desktop.views.exchange.exchange_page import ExchangePage
from desktop.views.exchange.exchange_tab import ExchangeTab
from desktop.views.exchange.make_package_dialog import MakePackageDialog
from desktop.views.exchange.receive_dialog import ReceiveDialog
from desktop.views.exchange.station_dialog import StationDialog
from desktop.views.registers.register_table import RegisterTable
from tests.journeys.conftest import Journey
from tests.journeys.in_dialogs import done, meanwhile, opened, typing

TAB = {"sending": "{Alt+1}", "receiving": "{Alt+2}", "conflicts": "{Alt+3}", "stations": "{Alt+4}"}


class Counter:
    """One counter of the exchange; everything by keys but the names of files, which the system's dialog asks for."""

    def __init__(self, journey: Journey, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.journey, self.folder, self._patch = journey, folder, patch

    @property
    def desk(self):  # type: ignore[no-untyped-def]  # the desk of the journey, whatever it is by then
        """The desk behind the window."""
        return self.journey.desk

    def tab(self, key: str) -> ExchangeTab:
        """Go to a tab of the page by its keys and wait until it is read."""
        self.journey.typist.take_over(self.journey.window)
        self.journey.keys("{Ctrl+9}", TAB[key])
        page = self.journey.window.page("exchange")
        assert isinstance(page, ExchangePage)
        self.journey.settle()
        assert page.tabs.currentWidget() is page.parts[key]
        return page.parts[key]

    def card(self) -> Path:
        """Save the own card."""
        tab, file = self.tab("stations"), self.file("card.swcard")
        self.journey.keys("{Ctrl+E}")
        self.said(tab, "名片已存为")
        return file

    def groups(self) -> str:
        """What the own paper says to be typed elsewhere."""
        return " ".join(self.desk.station_keys.fingerprint())

    def know(self, card: Path, groups: str, *, is_above: bool) -> None:
        """Read another station's card and type its check code from paper."""
        tab = self.tab("stations")
        self.names(card)
        steps = [("station.typed", groups)]
        if is_above:
            steps.append(("station.role", "上级"))
        meanwhile(self.journey, "{Insert}", StationDialog, typing(*steps))
        self.said(tab, "已列为往来单位")

    def send(self, name: str, kind: PackageKind = PackageKind.SINCE_LAST, day: str = "", to: str = "") -> Path:
        """Make a package with whole personal data for a purpose."""
        tab, file = self.tab("sending"), self.file(name)
        dialog = opened(self.journey, "{F9}", MakePackageDialog)
        if kind is PackageKind.PERIOD:
            self.journey.keys("{Down}")
            self.journey.fill(("package.first", "{Ctrl+A}" + day), ("package.last", "{Ctrl+A}" + day))
        self.journey.fill(("package.covered", "{Down}"), ("package.purpose", "按月报送"))
        if to:
            self.journey.fill(("package.receiver", "{Ctrl+A}" + to + "{Enter}"))
        done(self.journey, "{Ctrl+S}", dialog, lambda: "已生成上报包" in tab.banner.text)
        return file

    def look_in(self, file: Path) -> ReceiveDialog:
        """Open a package and wait until it is looked through."""
        self.tab("receiving")
        self.names(file)
        dialog = opened(self.journey, "{Ctrl+O}", ReceiveDialog)
        self.journey.see(lambda: dialog.plan is not None or bool(dialog.banner.text), "what the package holds")
        assert dialog.plan is not None, dialog.banner.text
        return dialog

    def take(self, file: Path) -> tuple[str, Path]:
        """Take a package and save the answer; gives what was said and the answer."""
        dialog = self.look_in(file)
        self.journey.keys("{F9}")
        self.journey.see(lambda: dialog.received is not None and dialog.answer_button.isEnabled(), "the package taken")
        said, answer = dialog.banner.text, self.file(f"{file.stem}.swack")
        self.journey.keys("{Ctrl+S}")
        self.journey.see(lambda: "回执已存为" in dialog.banner.text, "the answer saved")
        done(self.journey, "{Esc}", dialog, lambda: not self.journey.window.workbench.runner.is_busy)
        return said, answer

    def read(self, answer: Path) -> str:
        """Read the answer of the office above; gives what is said of it."""
        tab = self.tab("sending")
        tab.banner.say("")
        self.names(answer)
        self.journey.keys("{Ctrl+I}")
        self.journey.see(lambda: bool(tab.banner.text), "the answer read")
        self.journey.settle()
        return tab.banner.text

    def decide(self, keys: str, reason: str) -> None:
        """Decide the first conflict."""
        tab = self.tab("conflicts")
        meanwhile(self.journey, keys, DecideDialog, typing(("reason", reason)))
        self.said(tab, "裁定，记入审计记录")
        self.journey.settle()

    def rows(self, key: str, table: str) -> list[str]:
        """Read the lines of a table of a tab, cells joined."""
        found = self.tab(key).findChild(RegisterTable, table)
        assert isinstance(found, RegisterTable)
        return [
            " | ".join(cell.text() for column in range(found.columnCount()) if (cell := found.item(row, column)))
            for row in range(found.rowCount())
        ]

    def waiting(self) -> int:
        """How many records the tab says are not yet up."""
        tab = self.tab("sending")
        return tab.standing.count  # type: ignore[attr-defined,no-any-return]

    def file(self, name: str) -> Path:
        """Let the system's dialog name a file in the folder of all."""
        file = self.folder / f"{self.journey.folder.parent.name}-{name}"
        self.names(file)
        return file

    def names(self, file: Path) -> None:
        """Let the system's dialog give this file next."""
        for ask in ("getSaveFileName", "getOpenFileName"):
            self._patch.setattr(QFileDialog, ask, lambda *_given: (str(file), ""))

    def said(self, tab: ExchangeTab, words: str) -> None:
        """See words in the banner of a tab."""
        self.journey.see(lambda: words in tab.banner.text, words)
