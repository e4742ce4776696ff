"""How much of an identity number the street lets stand where personal data is covered."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.views.shared.messages import describe
from desktop.views.theme import SPACE_2, SPACE_3
from desktop.views.workbench import Workbench


class MaskingSettings(QWidget):
    """Two ways, felt at once and on record; only who keeps the settings is shown this."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self.usual = QRadioButton("前 3 位和后 4 位（默认）")
        self.with_area = QRadioButton("前 6 位和后 4 位，能看出区县")
        self._ways = QButtonGroup(self)
        heading = QLabel("证件号码遮盖")
        heading.setProperty("role", "heading")
        hint = QLabel("立即对所有人生效，用于列表、一件一档和导出。没有规定写明遮盖几位（未核实）。")
        hint.setProperty("role", "soft")
        hint.setWordWrap(True)
        self.fault = QLabel()
        self.fault.setProperty("role", "red")
        row = QHBoxLayout()
        row.setSpacing(SPACE_3)
        for button in (self.usual, self.with_area):
            self._ways.addButton(button)
            row.addWidget(button)
        row.addWidget(self.fault, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(heading)
        column.addWidget(hint)
        column.addLayout(row)
        self._show()
        self.with_area.toggled.connect(self._keep)

    def _show(self) -> None:
        shows_area = self._bench.desk.revealing.shows_area()
        with QSignalBlocker(self.with_area):
            (self.with_area if shows_area else self.usual).setChecked(True)

    def _keep(self, shows_area: bool) -> None:
        try:
            changes = self._bench.desk.revealing.set_shows_area(shows_area)
        except ClerkError as error:
            self.fault.setText(describe(error).text)
            self._show()
            return
        self.fault.clear()
        self._bench.changed.emit(changes)
