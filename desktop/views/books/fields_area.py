"""The fields of a form in two columns: as high as they need, scrolled where the screen is too low for them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from desktop.views.shared.screen_room import room_on_screen
from desktop.views.theme import SPACE_2, SPACE_3, base_px

_BESIDE_FIELDS: Final = 14  # characters in height: the banner and the buttons


class FieldsArea(QScrollArea):
    """Short fields go beside each other in their order, a long one takes both columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inner = QWidget()
        self._inner.setObjectName("scrolled")
        self._grid = QGridLayout(self._inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE_3)
        self._grid.setVerticalSpacing(SPACE_2)
        self._next = 0  # place of the next field, two to a line
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)
        self.setWidget(self._inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner.installEventFilter(self)

    def add(self, field: QWidget, *, is_wide: bool) -> None:
        """Put one more field below or beside the others."""
        if is_wide:
            self._next += self._next % 2
            self._grid.addWidget(field, self._next // 2, 0, 1, 2)
            self._next += 2
            return
        self._grid.addWidget(field, self._next // 2, self._next % 2, Qt.AlignmentFlag.AlignTop)
        self._next += 1

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            # A fault that comes below a field makes the form higher, as far as the screen goes.
            self.setMinimumHeight(self._wanted())
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return QSize(self._inner.sizeHint().width(), self._wanted())

    def _wanted(self) -> int:
        width = max(self.viewport().width(), self._inner.minimumSizeHint().width())
        needed = self._grid.totalHeightForWidth(width) if self._grid.hasHeightForWidth() else 0
        room = room_on_screen(self).height() - base_px() * _BESIDE_FIELDS
        return min(max(needed, self._inner.sizeHint().height()), room)
