"""The keys below an entry: one button each, the one that ends the entry as it stands marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.domain.local_rules import local
from desktop.views.actions import keys_of
from desktop.views.shared.flowing import FlowingLines
from desktop.views.shared.primary import mark_primary

IN_ORDER: Final = "patrol.in_order"
SAVE: Final = "patrol.save"
_BUTTONS: Final = (
    (IN_ORDER, "未发现问题"),
    (SAVE, "保存"),
    ("patrol.photos", "照片"),
    ("patrol.found", "未登记工地"),
    ("patrol.road", "道路、小区"),
    ("patrol.import", "导入"),
    ("patrol.paper", "记录单"),
)


class EntryFoot(QWidget):
    """Buttons in as many lines as the text asks for, and behind them what was noted beside the entry."""

    def __init__(self, acts: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        self._buttons: dict[str, QPushButton] = {}
        self._noted = QLabel()
        self._noted.setProperty("role", "soft")
        lines = FlowingLines()
        self.setLayout(lines)
        for key, title in _BUTTONS:
            button = QPushButton(f"{local(title)}（{keys_of(key)}）")
            button.setObjectName(key)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=acts[key]: act())
            self._buttons[key] = button
            lines.addWidget(button)
        self._buttons[IN_ORDER].setProperty("role", "primary")
        lines.addWidget(self._noted)
        self.note("")

    def note(self, words: str) -> None:
        """Say what was noted beside the entry, such as details and photos."""
        self._noted.setText(words)
        self._noted.setVisible(bool(words))

    def mark_end(self, *, has_findings: bool) -> None:
        """Mark the key that ends the entry: with findings it cannot be “nothing found”."""
        mark_primary((self._buttons[key] for key in (IN_ORDER, SAVE)), meant=SAVE if has_findings else IN_ORDER)
