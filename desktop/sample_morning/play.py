"""Plays the visitors of the morning: fills the real window by keys, decides, keeps papers and pictures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QLabel, QTableView, QWidget

from desktop.domain.ledger import LedgerCriteria
from desktop.sample_morning.script import Morning, ScriptedWalkIn
from desktop.sample_morning.typist import Typist
from desktop.services.desk import Desk
from desktop.views.explaining.explanation_dialog import ExplanationDialog
from desktop.views.main_window import MainWindow
from desktop.views.workbench import Workbench

_SIZE = (1366, 768)


class Player:
    """One window and the hand that works it."""

    def __init__(self, desk: Desk, folder: Path, *, size: tuple[int, int] = _SIZE) -> None:
        self.desk = desk
        self._papers = folder / "papers"
        self._pictures = folder / "screenshots"
        self._size = size
        self._filed: dict[str, int] = {}
        self._window: MainWindow | None = None
        self.typist: Typist

    def play(self, morning: Morning) -> Iterator[str]:
        """Work through the morning; gives a line for each person served."""
        self._pictures.mkdir(parents=True, exist_ok=True)
        if self.desk.office.office() is None:
            self.desk.office.set_up(morning.office)
        self.open_window()
        for walk_in in morning.walk_ins:
            began = time.perf_counter()
            number = self.serve(walk_in)
            yield f"  {walk_in.says}　{number}　（{time.perf_counter() - began:.1f} 秒）"
        yield from self._look_around()

    def open_window(self) -> None:
        """Show the window and give it the keyboard."""
        self._window = MainWindow(Workbench(self.desk))
        self._window.resize(*self._size)
        self.typist = Typist(self._window)
        self.typist.take_over(self._window)

    def close(self) -> None:
        """Close the window; what is typed and undecided stays as a draft."""
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None

    def serve(self, walk_in: ScriptedWalkIn) -> str:
        """Serve one person from the first key to the papers; gives the number."""
        self._begin(walk_in)
        for path, keys in walk_in.steps:
            self.typist.walk_to(path)
            self.typist.keys(keys)
        self.typist.pause()
        if walk_in.materials:
            self.typist.keys("{Alt+M}")
            self.typist.keys(walk_in.materials)
            self.typist.pause()
        self.shoot(f"{walk_in.name}-form")
        number = self._decide(walk_in)
        self.shoot(f"{walk_in.name}-done")
        self._keep_papers(walk_in.name, number)
        return number

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.typist.wait_until(lambda: not self.window.workbench.runner.is_busy, "the end of what is under way")
        self.typist.pause()

    def keep_reviewed(self, filing_id: int) -> None:
        """Keep the papers of a filing of this morning that was accepted at its review."""
        name = next(name for name, filed in self._filed.items() if filed == filing_id)
        self.desk.issuing.save_bundle(filing_id, self._papers / name)

    def open_filing(self, filing_id: int) -> None:
        """Find a filing as a clerk does: by its number in the search field, Enter in the ledger."""
        number = self.desk.ledger.file(filing_id).row.number
        self.typist.keys("{Ctrl+K}")
        self.typist.keys(number + "{Enter}")
        self.typist.wait_until(lambda: self.window.page_key == "ledger", "the ledger")
        self.typist.wait_until(self._is_found(number), "the filing in the ledger")
        self.typist.keys("{Enter}")
        self.typist.wait_until(lambda: self.window.page_key == "filing", "the filing")

    def filed(self, name: str) -> int:
        """Give the filing that a person of the script came away with."""
        return self._filed[name]

    def shoot(self, name: str, *, of: QWidget | None = None) -> Path:
        """Keep a picture of the window as it stands, or of a dialog of it."""
        target = self._pictures / f"{name}.png"
        (of or self.window).grab().save(str(target))
        return target

    @property
    def window(self) -> MainWindow:
        """Give the open window."""
        assert self._window is not None
        return self._window

    def _begin(self, walk_in: ScriptedWalkIn) -> None:
        if walk_in.revisits:
            self.open_filing(self._filed[walk_in.revisits])
            self.typist.keys("{F5}")
        else:
            self.typist.keys("{Ctrl+N}")
        self.typist.wait_until(lambda: self.window.page_key == "intake", "the intake page")

    def _is_found(self, number: str) -> Callable[[], bool]:
        table = self.window.page("ledger").findChild(QTableView)
        assert isinstance(table, QTableView)
        return lambda: table.model().rowCount() == 1 and table.model().index(0, 0).data() == number

    def _decide(self, walk_in: ScriptedWalkIn) -> str:
        self.typist.keys(f"{{{walk_in.act}}}")
        if walk_in.reason:
            self.typist.keys(walk_in.reason + "{Enter}")
        shown = self._label("done.number")
        self.typist.wait_until(lambda: shown.isVisible() and bool(shown.text()), f"the decision: {self._why_not()}")
        return shown.text()

    def _why_not(self) -> str:
        return self._label("act.why").text()

    def _label(self, name: str) -> QLabel:
        label = self.window.findChild(QWidget, name)
        assert isinstance(label, QLabel), name
        return label

    def _keep_papers(self, name: str, number: str) -> None:
        found = self.desk.ledger.ids(LedgerCriteria(text=number))
        assert len(found) == 1, number
        self._filed[name] = found[0]
        self.desk.issuing.save_bundle(found[0], self._papers / name)

    def _look_around(self) -> Iterator[str]:
        self.typist.keys("{Ctrl+2}")
        self.typist.wait_until(lambda: self.window.page_key == "ledger", "the ledger")
        yield f"  台账　{self.shoot('9-ledger').name}"
        first = next(iter(self._filed.values()))
        self.open_filing(first)
        yield f"  一件一档　{self.shoot('9-filing').name}"
        yield f"  判定说明：逐条规则　{self._explain().name}"

    def _explain(self) -> Path:
        """Look at why the filing was judged as it was, rule by rule."""
        self.typist.keys("{Ctrl+J}")

        def shown() -> list[ExplanationDialog]:
            return [each for each in self.window.findChildren(ExplanationDialog) if each.isVisible()]

        self.typist.wait_until(lambda: any(each.explained is not None for each in shown()), "the explanation")
        [dialog] = shown()
        self.typist.take_over(dialog)
        self.settle()
        picture = self.shoot("9-explanation", of=dialog)
        self.typist.keys("{Esc}")
        self.typist.wait_until(lambda: not shown(), "the end of the explanation")
        self.typist.take_over(self.window)
        return picture
