"""Where the daily closing sheet is printed from the settings, and why it is kept."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.views.actions import keys_of
from desktop.views.audit.closing_dialog import print_closing
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4
from desktop.views.workbench import Workbench

_WHY = (
    "每天下班前打印一份日结单：当日办理数、编号起止和作废、补打、导出、登录失败，以及审计链的链头。"
    "纸质日结单由非经办人保管；以后台账被改动、截短或者换成更早的备份，用单上的条数和链头一核验就能发现。"
)


class ClosingTab(QWidget):
    """One button; the key works on every page."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.print_button = QPushButton(f"打印日结单（{keys_of('closing.print')}）")
        self.print_button.clicked.connect(lambda: print_closing(workbench, self))
        heading, why = QLabel("日结单"), QLabel(_WHY)
        heading.setProperty("role", "heading")
        why.setProperty("role", "soft")
        why.setWordWrap(True)
        line = QHBoxLayout()
        line.addWidget(self.print_button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(heading)
        column.addWidget(why)
        column.addLayout(line)
        column.addStretch(1)
