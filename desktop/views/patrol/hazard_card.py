"""The whole of one hazard on a card: its course, its photos before and after, its papers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.attachments import Attached, MediaType, Moment
from desktop.domain.errors import ClerkError
from desktop.domain.hazard_rows import HazardFile
from desktop.views.shared.messages import describe
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_PHOTO = 15  # characters


class HazardCard(QDialog):
    """Reads only; Esc closes, Enter shows the papers."""

    def __init__(
        self, workbench: Workbench, file: HazardFile, photos: Sequence[Attached], words: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._bench, self._file, self._photos = workbench, file, tuple(photos)
        self.setObjectName("hazard_card")
        self.setWindowTitle(f"隐患 {file.row.number}")
        self.resize(base_px() * 70, base_px() * 42)
        self.words = QLabel(words)
        self.papers = QPushButton(f"文书 {len({paper.id for paper in file.papers})} 份（Enter）")
        self._build()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._show_papers()
        else:
            super().keyPressEvent(event)

    def _show_papers(self) -> None:
        papers = tuple({paper.id: paper for paper in self._file.papers}.values())
        if papers:
            self._bench.papers_asked.emit(papers, self._file.row.number)

    def _build(self) -> None:
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        inner = QWidget()
        inner.setObjectName("scrolled")
        lines = QVBoxLayout(inner)
        lines.setSpacing(SPACE_3)
        lines.addWidget(self.words)
        for title, moment in (("整改前", Moment.BEFORE), ("整改后", Moment.AFTER)):
            shown = [each for each in self._photos if (each.moment or Moment.BEFORE) is moment]
            lines.addWidget(_heading(f"{title}照片 {len(shown)} 张"))
            if shown:
                lines.addLayout(self._pictures(shown))
        lines.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        close = QPushButton("关闭（Esc）")
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button, act in ((self.papers, self._show_papers), (close, self.reject)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=act: act())
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
        scroll.setFocus()

    def _pictures(self, photos: Sequence[Attached]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(SPACE_2)
        for photo in photos:
            line.addWidget(self._picture(photo))
        line.addStretch(1)
        return line

    def _picture(self, photo: Attached) -> QLabel:
        label = QLabel(photo.title)
        label.setToolTip(f"{photo.title}　{photo.added_by}")
        if photo.media_type is MediaType.PDF:
            return label
        try:
            data = self._bench.desk.attachments.content(photo.id).data
        except ClerkError as error:
            label.setText(describe(error).title)
            return label
        picture = QPixmap()
        if picture.loadFromData(data):
            side = base_px() * _PHOTO
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            label.setPixmap(picture.scaled(side, side, keep, smooth))
            label.setAccessibleName(photo.title)
        return label


def _heading(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "strong")
    return label
