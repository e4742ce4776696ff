"""Shows a filing's personal data whole, for a stated purpose, until the page is left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.acts import Change
from desktop.domain.ledger import FilingFile
from desktop.domain.walk_in import WalkIn
from desktop.views.actions import keys_of
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.purpose_dialog import PurposeDialog
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench


class WholeButton(QPushButton):
    """Asks the purpose, then keeps the matter whole; pressed again, or on another filing, it is covered."""

    toggled_whole = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._file: FilingFile | None = None
        self.walk_in: WalkIn | None = None
        self.setProperty("role", "quiet")
        if not workbench.desk.revealing.may_reveal():
            self.hide()  # never shown before it has a parent: it would be a window of its own and take the keyboard
        self.clicked.connect(self.ask)
        self._say()

    def show_file(self, file: FilingFile) -> None:
        """Belong to a filing; another one than before begins covered."""
        if self._file is None or self._file.row.id != file.row.id:
            self.walk_in = None
        self._file = file
        self.setVisible(self._bench.desk.revealing.may_reveal())
        self._say()

    def ask(self) -> None:
        """Ask for what purpose, or cover what is shown whole."""
        if self._file is None or self.isHidden():
            return
        if self.walk_in is not None:
            self.cover()
            return
        dialog = PurposeDialog(f"{self._file.row.number}　{self._file.row.project_name}", self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.given.connect(self._reveal)
        dialog.open()

    def cover(self) -> None:
        """Cover the personal data again."""
        if self.walk_in is not None:
            self.walk_in = None
            self._say()
            self.toggled_whole.emit()

    def _reveal(self, purpose: str) -> None:
        if self._file is None:
            return
        filing_id, revealing = self._file.row.id, self._bench.desk.revealing

        def show(whole: WalkIn) -> None:
            # An answer for a page that was left meanwhile is not shown; that it was asked stays on record.
            if self._file is not None and self._file.row.id == filing_id and self.isVisible():
                self.walk_in = whole
                self._say()
                self.toggled_whole.emit()
                self._bench.changed.emit(frozenset({Change.FILINGS}))

        self._bench.runner.run(
            lambda _progress: revealing.reveal(filing_id, purpose),
            done=while_there(self, show),
            failed=lambda error: self._bench.told.emit(describe(error).text),
            errand=Errand.LOOK_UP,
        )

    def _say(self) -> None:
        keys = keys_of("filing.whole")
        is_whole = self.walk_in is not None
        self.setText(f"正在显示完整信息，恢复遮盖（{keys}）" if is_whole else f"查看完整信息（{keys}）")
        self.setAccessibleName("恢复遮盖" if is_whole else "查看完整信息")
