"""One question before an act that cannot be taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, base_px

_WIDTH_CHARACTERS = 30


class SureDialog(QDialog):
    """Says what will happen; Enter does it, Esc does not."""

    def __init__(self, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sure")
        self.setWindowTitle(title)
        self.setMinimumWidth(base_px() * _WIDTH_CHARACTERS)
        said = QLabel(words)
        said.setWordWrap(True)
        self.go_on, leave = QPushButton(title), QPushButton("取消（Esc）")
        self.go_on.setProperty("role", "primary")
        self.go_on.setDefault(True)
        leave.setAutoDefault(False)
        self.go_on.clicked.connect(self.accept)
        leave.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_3)
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        foot.addWidget(leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addWidget(said)
        column.addSpacing(SPACE_3)
        column.addLayout(foot)
        self.go_on.setFocus()
