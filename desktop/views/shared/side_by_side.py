"""Fields beside each other where there is room, below each other where there is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.views.shared.field import LABEL_CHARACTERS, FieldRow
from desktop.views.theme import SPACE_1, SPACE_3


class SideBySide(QWidget):
    """One line of a form; stacked when its width cannot hold the least that each part asks for."""

    def __init__(self, parts: Sequence[QWidget], shares: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = tuple(parts)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE_3)
        for part, share in zip(self._parts, shares, strict=True):
            self._layout.addWidget(part, share, Qt.AlignmentFlag.AlignTop)

    @property
    def is_stacked(self) -> bool:
        """Say whether the parts stand below each other now."""
        return self._layout.direction() is QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than the widest part needs: the others can go below it."""
        return QSize(max(map(_least_width, self._shown()), default=0), self._layout.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            # The parts take the new face after their parent.
            QTimer.singleShot(0, self, self._arrange)

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _arrange(self) -> None:
        shown = self._shown()
        # A label may have been widened for the stack; the question is whether they fit as they were made.
        for part in shown:
            if isinstance(part, FieldRow):
                part.widen_label(0)
        needed = sum(map(_least_width, shown)) + SPACE_3 * max(len(shown) - 1, 0)
        stacks = len(shown) > 1 and needed > self.width()
        way = QBoxLayout.Direction.TopToBottom if stacks else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(way)
        self._layout.setSpacing(SPACE_1 if stacks else SPACE_3)
        for part in shown if stacks else ():
            if isinstance(part, FieldRow):
                part.widen_label(LABEL_CHARACTERS)
        self.updateGeometry()


def _least_width(part: QWidget) -> int:
    return max(part.minimumSizeHint().width(), part.minimumWidth())
