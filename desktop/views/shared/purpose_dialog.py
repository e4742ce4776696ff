"""Asks for what purpose personal data is wanted whole, before it is shown."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.local_rules import local
from desktop.services.revealing import SHORTEST_PURPOSE
from desktop.views.shared.field import FieldRow
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, base_px

_WIDTH_CHARACTERS: Final = 34
_PAPERS: Final = "证件号码、电话和证书编号"
_EXAMPLE: Final = "电话通知业主补正材料"


class PurposeDialog(QDialog):
    """One line to write and Enter; ``given`` brings the purpose, Esc shows nothing; ``what`` would be shown."""

    given = Signal(str)

    def __init__(self, heading: str, parent: QWidget | None = None, *, what: str = _PAPERS, example: str = "") -> None:
        super().__init__(parent)
        self._what, self._example = what, example or local(_EXAMPLE)
        self.field = TextField()
        self.row = FieldRow("用途(&P)", self.field, label_characters=4)
        self.ok = QPushButton("查看（Enter）")
        self._build(heading)
        self.ok.clicked.connect(self._give)
        self.field.returnPressed.connect(self._give)
        self.field.changed.connect(lambda: self.row.set_fault(""))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        if len(self.field.value()) < SHORTEST_PURPOSE:
            self.row.set_fault(f"请写明用途，至少 {SHORTEST_PURPOSE} 个字。")
            self.row.reveal()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.given.emit(self.field.value())
        self.accept()

    def _build(self, heading: str) -> None:
        self.setObjectName("purpose")
        self.setWindowTitle("查看完整信息")
        self.setMinimumWidth(base_px() * _WIDTH_CHARACTERS)
        title = QLabel(heading)
        title.setProperty("role", "heading")
        title.setWordWrap(True)
        why = QLabel(f"会显示完整的{self._what}。何人、何时、为何查看，都记入审计记录。")
        why.setProperty("role", "soft")
        why.setWordWrap(True)
        self.field.setObjectName("purpose.text")
        self.field.setAccessibleName("用途")
        self.field.setPlaceholderText(f"例如：{self._example}")
        self.ok.setProperty("role", "primary")
        cancel = QPushButton("取消（Esc）")
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_3)
        foot.addStretch(1)
        for button in (self.ok, cancel):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_2)
        for part in (title, why, self.row):
            column.addWidget(part)
        column.addSpacing(SPACE_2)
        column.addLayout(foot)
        self.setTabOrder(self.field, self.ok)
        self.setTabOrder(self.ok, cancel)
