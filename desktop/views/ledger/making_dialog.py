"""What the dialogs that make a ledger have in common: fields with their faults, and work that Esc stops."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.domain.errors import ClerkError
from desktop.views.shared.field import FieldRow
from desktop.views.shared.working_dialog import WorkingDialog
from desktop.views.workbench import Workbench


class MakingDialog(WorkingDialog):
    """Enter goes to the next field.

    ``rows`` are the fields by name, ``makers`` the buttons that begin work, and ``shorter`` is where one stands when
    the ledger is too long.
    """

    stopped_words = "已停止，没有留下文件。"
    rows: dict[str, FieldRow]
    makers: tuple[QPushButton, ...]
    shorter: QWidget

    def __init__(self, workbench: Workbench, parent: QWidget | None, *, named: str) -> None:
        super().__init__(workbench, parent, named=named)
        self.close_button = QPushButton("关闭（Esc）")

    def entered(self) -> None:
        self.focusNextChild()

    def is_right(self, wanting: dict[str, str]) -> bool:
        """Say what is wrong at each field and stand on the first; says whether nothing is."""
        for name, row in self.rows.items():
            row.set_fault(wanting.get(name, ""))
        wrong = [name for name, said in wanting.items() if said]
        for name in wrong:
            self.rows[name].reveal()
        if wrong:
            self.rows[wrong[0]].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def allow(self) -> None:
        for button in self.makers:
            button.setEnabled(not self.is_busy)
        self.close_button.setText("停止（Esc）" if self.is_busy else "关闭（Esc）")

    def say_trouble(self, error: Exception) -> None:
        super().say_trouble(error)
        if isinstance(error, ClerkError) and error.code == "list_too_long":
            self.shorter.setFocus(Qt.FocusReason.OtherFocusReason)
