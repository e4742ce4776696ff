"""Choosing a site to tie something to: the same field as in the entry of patrols."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.patrol import PatrolSite
from desktop.views.actions import keys_of, shortcut
from desktop.views.patrol.site_chooser import SiteChooser
from desktop.views.theme import SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench


class LinkDialog(QDialog):
    """``site`` is the one chosen; Ctrl+S takes it."""

    def __init__(self, workbench: Workbench, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("link")
        self.setWindowTitle("选择工地")
        self.resize(base_px() * 64, base_px() * 24)
        self.chooser = SiteChooser(workbench, is_for_link=True)
        self.take = QPushButton(f"就是它（{keys_of('registers.save')}）")
        self.take.setProperty("role", "primary")
        self.take.setEnabled(False)
        close = QPushButton("取消（Esc）")
        title = QLabel(heading)
        title.setProperty("role", "heading")
        for button, act in ((self.take, self.accept), (close, self.reject)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, act=act: act())
        self.chooser.chosen.connect(lambda _site: self.take.setEnabled(True))
        QShortcut(shortcut("registers.save"), self).activated.connect(self._take)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.take)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addWidget(title)
        column.addWidget(self.chooser)
        column.addStretch(1)
        column.addLayout(foot)
        self.chooser.field.setFocus()

    @property
    def site(self) -> PatrolSite | None:
        """Give the site chosen, None while none is."""
        return self.chooser.site

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        if self.site is not None:
            self.accept()
