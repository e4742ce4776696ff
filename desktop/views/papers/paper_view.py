"""One paper on the screen: the page as it will be printed, fitted to the width."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from desktop.views.papers.page_images import page_count, page_image, page_inches

_MOST_WIDTH: Final = 900
_MOST_WIDTH_ACROSS: Final = 1300


class PaperView(QScrollArea):
    """Shows one page; PgDn and PgUp scroll and then turn the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf = b""
        self.page, self.pages = 0, 0
        self._sheet = QLabel()
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._sheet)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("文书预览")

    @property
    def is_showing(self) -> bool:
        """Say whether a page is shown."""
        return not self._sheet.pixmap().isNull()

    def say(self, words: str) -> None:
        """Say a few words where the page will be."""
        self._sheet.setText(words)

    def show_paper(self, pdf: bytes, page: int = 0) -> None:
        """Show a page of a paper, counted from 0, usually the first."""
        self._pdf, self.page, self.pages = pdf, page, page_count(pdf)
        self._draw()

    def turn(self, by: int) -> bool:
        """Turn some pages; says whether there was a page to turn to."""
        wanted = self.page + by
        if not 0 <= wanted < self.pages:
            return False
        self.page = wanted
        self._draw()
        self.verticalScrollBar().setValue(0 if by > 0 else self.verticalScrollBar().maximum())
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_PageDown and bar.value() == bar.maximum():
            self.turn(1)
        elif event.key() == Qt.Key.Key_PageUp and bar.value() == bar.minimum():
            self.turn(-1)
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._pdf:
            self._draw()

    def _draw(self) -> None:
        inches, high = page_inches(self._pdf, self.page)
        most = _MOST_WIDTH_ACROSS if inches > high else _MOST_WIDTH
        width = min(max(self.viewport().width() - 8, 200), most)
        ratio = self.devicePixelRatioF()
        picture = page_image(self._pdf, self.page, dpi=width * ratio / inches)
        picture.setDevicePixelRatio(ratio)
        self._sheet.setPixmap(QPixmap.fromImage(picture))
        self._sheet.setAccessibleName(f"第 {self.page + 1} 页，共 {self.pages} 页")
