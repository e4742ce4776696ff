"""One attachment on the screen, a page at a time; pages are drawn off the GUI thread."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from desktop.domain.attachments import AttachedContent, MediaType
from desktop.domain.errors import ClerkError
from desktop.views.papers.page_images import page_count, page_image
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.workbench import Workbench

_A4_WIDTH_INCHES: Final = 8.27
_WIDEST: Final = 900


class AttachmentView(QScrollArea):
    """Fits a page to its width; PgDn and PgUp scroll and then turn the page."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._content: AttachedContent | None = None
        self.page, self.pages = 0, 0
        self._asked = 0
        self._sheet = QLabel()
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._sheet.setWordWrap(True)
        self.setWidget(self._sheet)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("附件预览")

    @property
    def is_showing(self) -> bool:
        """Say whether a page is shown."""
        return not self._sheet.pixmap().isNull()

    def say(self, words: str) -> None:
        """Show a few words and no page."""
        self._asked += 1
        self._content = None
        self._sheet.clear()
        self._sheet.setText(words)

    def show_content(self, content: AttachedContent) -> None:
        """Show the first page of an attachment."""
        self._content, self.page, self.pages = content, 0, 0
        self._draw()

    def turn(self, by: int) -> None:
        """Turn some pages, where there are any."""
        if self._content is not None and 0 <= self.page + by < self.pages:
            self.page += by
            self.verticalScrollBar().setValue(0)
            self._draw()

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

    def _draw(self) -> None:
        content, page = self._content, self.page
        if content is None:
            return
        self._asked += 1
        asked, ratio = self._asked, self.devicePixelRatioF()
        # Room for the bar is left at once: a page that needs it is not drawn twice.
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 8
        width = round(min(max(room, 200), _WIDEST) * ratio)
        self._bench.runner.run(
            lambda _progress: _drawn(content, page, width),
            done=while_there(self, lambda drawn: self._show(asked, drawn, ratio)),
            failed=while_there(self, lambda error: self._say_trouble(asked, error)),
        )

    def _show(self, asked: int, drawn: tuple[int, QImage], ratio: float) -> None:
        # Another one may have been asked for meanwhile.
        if asked != self._asked:
            return
        self.pages, picture = drawn
        picture.setDevicePixelRatio(ratio)
        self._sheet.setPixmap(QPixmap.fromImage(picture))
        self._sheet.setAccessibleName(f"第 {self.page + 1} 页，共 {self.pages} 页")

    def _say_trouble(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self.say(describe(error).text)


def _drawn(content: AttachedContent, page: int, width: int) -> tuple[int, QImage]:
    """Draw one page and count them all; ``width`` in pixels."""
    if content.media_type is MediaType.PDF:
        return page_count(content.data), page_image(content.data, page, dpi=width / _A4_WIDTH_INCHES)
    buffer = QBuffer()
    buffer.setData(QByteArray(content.data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    # As the camera was held.
    reader.setAutoTransform(True)
    size = reader.size()
    if size.width() > width:
        reader.setScaledSize(QSize(width, max(1, size.height() * width // size.width())))
    picture = reader.read()
    if picture.isNull():
        raise ClerkError("attachment_no_preview")
    return 1, picture
