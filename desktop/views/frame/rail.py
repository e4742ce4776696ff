"""The rail of pages at the left: one button a page, one key each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.domain.local_rules import local
from desktop.views.actions import action
from desktop.views.pages import PageSpec
from desktop.views.theme import SPACE_2, icon

_LEAST: Final = 84
_BESIDE: Final = 32  # edge, paddings, icon and the gap behind it
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
        self._fit()
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

    def show_count(self, key: str, count: int, *, words: str = "件今日到期或者已逾期") -> None:
        """Show beside a page how much of it presses, and in ``words`` why; 0 shows nothing."""
        button = self._buttons.get(key)
        if button is None:
            return
        title = self._titles[key]
        button.setText(_counted(title, count))
        button.setAccessibleName(f"{title}，{count} {words}" if count else title)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Be as wide as the largest figure asks for at this size of text: nothing moves when one comes or goes."""
        bold = QFont(self.font())
        bold.setBold(True)
        words = QFontMetrics(bold).horizontalAdvance(_counted("待办", _MOST_COUNTED + 1))
        self.setFixedWidth(max(_LEAST, words + _BESIDE))

    def _button(self, page: PageSpec) -> QPushButton:
        keys = action(f"page.{page.key}").shortcut
        title = local(page.title)
        button = QPushButton(icon(page.icon), title)
        button.setIconSize(QSize(16, 16))
        button.setCheckable(True)
        button.setProperty("role", "rail")
        button.setToolTip(f"{title}（{keys}）")
        button.setAccessibleName(title)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda _checked=False, key=page.key: self.asked.emit(key))
        self._group.addButton(button)
        self._buttons[page.key] = button
        self._titles[page.key] = title
        return button


def _counted(title: str, count: int) -> str:
    if not count:
        return title
    return f"{title} {count if count <= _MOST_COUNTED else f'{_MOST_COUNTED}+'}"
