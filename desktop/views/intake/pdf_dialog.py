"""Shows PDFs that are not issued papers: drafts to look at, blank forms to print."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.views.intake.named import named
from desktop.views.papers.paper_view import PaperView
from desktop.views.papers.printing import open_printer, print_papers, printer_names
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.messages import describe
from desktop.views.theme import SPACE_3, base_px
from desktop.views.workbench import Workbench

_SIZE = (960, 680)


class PdfDialog(QDialog):
    """A list of titles and the pages of the chosen one.  Only blank forms can be printed from here."""

    def __init__(
        self,
        workbench: Workbench,
        pdfs: tuple[tuple[str, bytes], ...],
        *,
        title: str,
        prints: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench, self._pdfs = workbench, pdfs
        self.setWindowTitle(title)
        self.setObjectName("pdfs")
        self.resize(*_SIZE)
        self.list, self.view, self.banner = QListWidget(), PaperView(), Banner()
        self.list.setFixedWidth(base_px() * 14)
        self.list.addItems([name for name, _ in pdfs])
        self.list.currentRowChanged.connect(self._choose)
        self.print_button = named(QPushButton("打印  Enter"), "pdfs.print")
        self.print_button.setVisible(prints)
        self.print_button.setDefault(prints)
        self.print_button.clicked.connect(self.print_current)
        self._lay_out()
        self.list.setCurrentRow(0)
        if not prints:
            self.banner.say("草稿，尚未办结：只供核对，不能打印。", Tone.AMBER, mark="草稿")

    def print_current(self) -> None:
        """Print the chosen form on the first printer there is."""
        row = self.list.currentRow()
        if not 0 <= row < len(self._pdfs):
            return
        try:
            printer = open_printer(next(iter(printer_names()), ""))
        except ClerkError as trouble:
            self._failed(trouble)
            return
        pdf = self._pdfs[row][1]
        self._bench.runner.run(
            lambda progress: print_papers(printer, [pdf], progress),
            done=lambda pages: self.banner.say(f"已送打印机：{pages} 页。", Tone.GREEN, mark="打印"),
            failed=self._failed,
        )

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._pdfs):
            self.view.show_paper(self._pdfs[row][1])

    def _failed(self, error: Exception) -> None:
        self.banner.say(describe(error).text, Tone.RED, mark="没有办成")

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setSpacing(SPACE_3)
        body.addWidget(self.list)
        body.addWidget(self.view, 1)
        column = QVBoxLayout(self)
        column.addWidget(self.banner)
        column.addLayout(body, 1)
        column.addWidget(self.print_button)
