"""Papers asked for before any decision: a look at the drafts, and blank forms for people who came without."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.acts import Act
from desktop.domain.walk_in import WalkIn
from desktop.views.intake.late_answers import while_there
from desktop.views.workbench import Workbench


class PaperAsks(QObject):
    """Composes off the GUI thread and shows what came; ``failed`` carries the trouble."""

    failed = Signal(object)
    shown = Signal(object)  # the dialog

    def __init__(self, workbench: Workbench, page: QWidget) -> None:
        super().__init__(page)
        self._bench = workbench
        self._page = page

    def show_draft(self, walk_in: WalkIn, act: Act) -> None:
        """Show the papers as they would be, marked 草稿; nothing is stored."""
        issuing = self._bench.desk.issuing
        self._bench.runner.run(
            lambda _: issuing.draft_papers(walk_in, act),
            done=while_there(self, lambda pdfs: self._show(pdfs, "草稿预览", prints=False)),
            failed=while_there(self, self.failed.emit),
        )

    def choose_blank(self, beside: QWidget) -> None:
        """Offer the blank forms in a menu; the chosen one is shown and can be printed."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, (code, title) in enumerate(self._bench.desk.issuing.blanks(), 1):
            menu.addAction(f"&{place} {title}", partial(self.show_blank, code, title))
        corner = beside.mapToGlobal(beside.rect().topRight())
        menu.popup(corner - QPoint(menu.sizeHint().width(), menu.sizeHint().height()))

    def show_blank(self, code: str, title: str) -> None:
        """Show one blank form."""
        issuing = self._bench.desk.issuing
        self._bench.runner.run(
            lambda _: ((title, issuing.blank(code)),),
            done=while_there(self, lambda pdfs: self._show(pdfs, "空白表格", prints=True)),
            failed=while_there(self, self.failed.emit),
        )

    def _show(self, pdfs: tuple[tuple[str, bytes], ...], title: str, *, prints: bool) -> None:
        # PDFium is loaded with the first paper looked at, not with the page.
        from desktop.views.intake.pdf_dialog import PdfDialog

        dialog = PdfDialog(self._bench, tuple(pdfs), title=title, prints=prints, parent=self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        self.shown.emit(dialog)
