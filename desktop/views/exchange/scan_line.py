"""The line where numbers are scanned or typed: a filing's own number chooses it, another is the platform's."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.local_rules import local
from desktop.views.actions import keys_of
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_3
from desktop.views.workbench import Workbench

LABEL_CHARACTERS = 12


class ScanLine(QWidget):
    """``entered`` comes with Enter in either field; ``changed`` with every key."""

    entered = Signal()
    changed = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scan, self.day = TextField(), DayEdit(today=workbench.desk.office.today)
        self.rows = {
            "scan": FieldRow(
                f"扫描、输入编号（{keys_of('platform_list.scan')}）", self.scan, label_characters=LABEL_CHARACTERS
            ),
            "day": FieldRow("录入日期(&R)", self.day, label_characters=6),
        }
        self.scan.setPlaceholderText(local("扫回执上的登记编号选中一件，再扫或者输入平台编号，回车记下"))
        self.day.set_day(workbench.desk.office.today())
        for field in (self.scan, self.day):
            field.returnPressed.connect(self.entered)
            field.changed.connect(self._typed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE_3)
        line.addWidget(self.rows["scan"], 3, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.rows["day"], 1, Qt.AlignmentFlag.AlignTop)

    def clear(self) -> None:
        """Be ready for the next number."""
        self.scan.set_value("")
        self.scan.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_fault(self, name: str, said: str) -> None:
        """Say at a field what is wrong with it."""
        self.rows[name].set_fault(said)
        self.rows[name].reveal()
        self.rows[name].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_keyboard(self) -> None:
        """Put the keyboard into the line."""
        self.scan.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.scan.selectAll()

    def _typed(self) -> None:
        for row in self.rows.values():
            row.set_fault("")
        self.changed.emit()
