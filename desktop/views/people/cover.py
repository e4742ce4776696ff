"""A sheet over every window of the program, so that nothing can be read while the screen is locked."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.views.theme import SPACE_6

# What only the window that is not covered may receive.
_TYPED: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})


class Cover(QWidget):
    """Lies over the whole of one window and grows with it; what is below keeps its state."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("cover")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        words = QLabel("已锁屏")
        words.setProperty("role", "display")
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_6 * 2, SPACE_6, SPACE_6)
        column.addWidget(words)
        column.addStretch(1)
        window.installEventFilter(self)
        self._fit()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.ChildAdded):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())
        self.raise_()


class Covers(QObject):
    """Covers all windows that are shown, and those that come while it does, but for one.

    ``came`` follows when such a window has been shown: what is modal keeps the keyboard from the one not covered.
    """

    came = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._but: QWidget | None = None
        self._covers: list[Cover] = []

    def cover_all(self, *, but: QWidget) -> None:
        """Cover every window but one; lists and hints that float over windows are closed."""
        self._but = but
        QToolTip.hideText()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for window in QApplication.topLevelWidgets():
            self._cover(window)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def lift(self) -> None:
        """Show everything again as it was."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._but = None
        for cover in self._covers:
            if isValid(cover):
                cover.hide()
                cover.deleteLater()
        self._covers.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self._cover(watched)
            if watched is not self._but:
                # Later: by now it is not yet among the modal windows.
                QTimer.singleShot(0, self.came.emit)
        if event.type() in _TYPED and isinstance(watched, QWidget) and watched.window() is not self._but:
            return True
        return super().eventFilter(watched, event)

    def _cover(self, window: QWidget) -> None:
        is_page = window.windowType() in (Qt.WindowType.Window, Qt.WindowType.Dialog, Qt.WindowType.Sheet)
        is_covered = any(isValid(cover) and cover.parentWidget() is window for cover in self._covers)
        if window is self._but or not window.isVisible() or is_covered:
            return
        if is_page:
            self._covers.append(Cover(window))
        else:
            window.hide()
