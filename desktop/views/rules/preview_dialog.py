"""The papers of a version of the rules in its words, to be looked at before the version binds."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.pack_version import PackVersionLine
from desktop.views.papers.sheets_dialog import SheetsDialog
from desktop.views.workbench import Workbench


class PreviewDialog(SheetsDialog):
    """Every paper, blank and marked as a draft; printed only what is ticked.

    The titles come with the dialog: whoever opens it has asked for them, and knows that the version reads.
    """

    def __init__(
        self,
        workbench: Workbench,
        line: PackVersionLine,
        papers: tuple[tuple[str, str], ...],
        parent: QWidget | None = None,
    ) -> None:
        self._preview, self._line, self._papers = workbench.desk.pack_preview, line, papers
        title = f"文书样张：规则版本 {line.version}"
        super().__init__(workbench, title, [name for _code, name in papers], ticked=(), parent=parent)
        self.setObjectName("rules_preview")
        self.setWindowTitle(title)

    def fetch(self) -> list[bytes]:
        """Give every paper in the words of the version."""
        line = self._line
        return [self._preview.pdf(line.pack_id, line.version, code) for code, _name in self._papers]

    def file_name(self, row: int) -> str:
        """Name the file by version and title."""
        return f"样张_{self._line.version}_{self._papers[row][1]}"
