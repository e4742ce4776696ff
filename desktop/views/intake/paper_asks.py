"""Papers asked for before any decision: a look at the drafts, and blank forms for people who came without."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.domain.acts import Act
from desktop.domain.walk_in import WalkIn
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench


class PaperAsks(QObject):
    """Composes off the GUI thread and shows what came; ``failed`` carries the trouble."""

    failed = Signal(object)
    shown = Signal(object)  # the dialog

    def __init__(self, workbench: Workbench, page: QWidget) -> None:
        super().__init__(page)
        self._bench = workbench
        self._page = page

    def show_draft(self, walk_in: WalkIn, act: Act, filing_id: int | None = None) -> None:
        """Show the papers as they would be, marked 草稿; nothing is stored.  ``filing_id`` of what comes again."""
        issuing = self._bench.desk.issuing
        self._bench.runner.run(
            lambda _: issuing.draft_papers(walk_in, act, filing_id=filing_id),
            done=while_there(self, self._show_drafts),
            failed=while_there(self, self.failed.emit),
            errand=Errand.PAPERS,
        )

    def show_blanks(self) -> None:
        """Show the blank forms."""
        # PDFium is loaded with the first paper looked at, not with the page.
        from desktop.views.papers.loose_dialogs import BlanksDialog

        self._open(BlanksDialog(self._bench, self._page))

    def _show_drafts(self, drafts: tuple[tuple[str, bytes], ...]) -> None:
        from desktop.views.papers.loose_dialogs import DraftsDialog

        self._open(DraftsDialog(self._bench, drafts, self._page))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        self.shown.emit(dialog)
