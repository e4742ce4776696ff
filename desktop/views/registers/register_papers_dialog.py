"""The papers of the registers: leaflet, the three lists, letters and their blanks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.views.papers.sheets_dialog import SheetsDialog
from desktop.views.workbench import Workbench


class RegisterPapersDialog(SheetsDialog):
    """Choose, look at, print or save; the one looked at is printed unless others are ticked."""

    picture_share = 0.55

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self._papers = workbench.desk.register_papers.available()
        titles = [title for _code, title in self._papers]
        super().__init__(workbench, "名录的打印件", titles, ticked=(), parent=parent)
        self.setObjectName("register_papers")
        self.setWindowTitle("名录的打印件")
        self.list.currentRowChanged.connect(lambda _row: self._count())

    def chosen(self) -> tuple[int, ...]:
        """Give the ticked papers, or the one looked at."""
        return self.ticked() or ((self.list.currentRow(),) if self.list.currentRow() >= 0 else ())

    def what_is_printed(self) -> str:
        """Say that the paper looked at is printed while none is ticked."""
        return super().what_is_printed() if self.ticked() else f"{self.print_word}当前这份"

    def fetch(self) -> list[bytes]:
        """Give every paper."""
        return [self._bench.desk.register_papers.pdf(code) for code, _title in self._papers]

    def final(self, chosen: Sequence[int]) -> list[bytes]:
        """Give the chosen papers, those with whole telephones on record."""
        for row in chosen:
            self._bench.desk.register_papers.note_given_out(self._papers[row][0])
        return super().final(chosen)

    def file_name(self, row: int) -> str:
        """Name a file by its title."""
        return self._papers[row][1]
