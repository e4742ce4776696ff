"""Issued papers: choose by tick, look at every page, print or save."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.acts import Change, IssuedPaper
from desktop.views.papers.sheets_dialog import SheetsDialog
from desktop.views.shared.chips import Tone
from desktop.views.workbench import Workbench


class PapersDialog(SheetsDialog):
    """Papers of one filing.  With ``reprint`` what is printed or saved bears 补打 and is recorded."""

    def __init__(
        self,
        workbench: Workbench,
        papers: Sequence[IssuedPaper],
        title: str,
        *,
        reprint: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._papers, self._is_reprint = tuple(papers), reprint
        self.print_word = "补打" if reprint else "打印"
        lines = [f"{paper.title}\n{paper.number}" for paper in self._papers]
        super().__init__(workbench, title, lines, ticked=range(1 if reprint else len(lines)), parent=parent)
        self.setWindowTitle(f"{'补打' if reprint else '文书'} · {title}")
        if reprint:
            self.banner.say("打印或者保存时加“补打”标记，并记入经过。", Tone.BLUE, mark="补打")

    def fetch(self) -> list[bytes]:
        """Give the papers as issued."""
        return [self._bench.desk.issuing.pdf(paper.id) for paper in self._papers]

    def final(self, chosen: Sequence[int]) -> list[bytes]:
        """Give the papers as they leave the printer; a reprint is recorded for each."""
        if not self._is_reprint:
            return super().final(chosen)
        issuing = self._bench.desk.issuing
        return [issuing.reprint(self._papers[row].id, act_id=str(uuid.uuid4())) for row in chosen]

    def file_name(self, row: int) -> str:
        """Name a file by number and title."""
        return f"{self._papers[row].number} {self._papers[row].title}"

    def after_giving_out(self) -> None:
        """Tell the other pages of a reprint."""
        if self._is_reprint:
            self._bench.changed.emit(frozenset({Change.PAPERS}))
