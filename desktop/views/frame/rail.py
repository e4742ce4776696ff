"""The rail of pages at the left: one button a page, one key each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.views.actions import action
from desktop.views.pages import PageSpec
from desktop.views.theme import SPACE_2, icon

_WIDTH: Final = 84
_MOST_COUNTED: Final = 99


class Rail(QFrame):
    """Says which page one is on and leads to the others."""

    asked = Signal(str)

    def __init__(self, pages: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        self._titles: dict[str, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, SPACE_2, 0, SPACE_2)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self.setMinimumWidth(_WIDTH)
        self.offer(pages)

    def offer(self, pages: Sequence[PageSpec]) -> None:
        """Lead to these pages and no others."""
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons.clear()
        for place, page in enumerate(pages):
            self._column.insertWidget(place, self._button(page))

    def page_keys(self) -> tuple[str, ...]:
        """Give the keys of the pages it leads to."""
        return tuple(self._buttons)

    def show_page(self, key: str) -> None:
        """Mark the page one is on."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def show_count(self, key: str, count: int) -> None:
        """Show beside a page how much of it presses today; 0 shows nothing."""
        button = self._buttons.get(key)
        if button is None:
            return
        title = self._titles[key]
        button.setText(f" {title} {count if count <= _MOST_COUNTED else f'{_MOST_COUNTED}+'}" if count else f" {title}")
        button.setAccessibleName(f"{title}，{count} 件今日到期或者已逾期" if count else title)

    def _button(self, page: PageSpec) -> QPushButton:
        keys = action(f"page.{page.key}").shortcut
        button = QPushButton(icon(page.icon), f" {page.title}")
        button.setIconSize(QSize(16, 16))
        button.setCheckable(True)
        button.setProperty("role", "rail")
        button.setToolTip(f"{page.title}（{keys}）")
        button.setAccessibleName(page.title)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setMinimumWidth(_WIDTH)
        button.clicked.connect(lambda _checked=False, key=page.key: self.asked.emit(key))
        self._group.addButton(button)
        self._buttons[page.key] = button
        self._titles[page.key] = page.title
        return button
