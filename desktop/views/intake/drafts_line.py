"""The line at the head of the page that offers unfinished forms: open one, or discard it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from desktop.domain.acts import Draft
from desktop.views.actions import keys_of
from desktop.views.intake.named import named

_DRAFT: Final = int(Qt.ItemDataRole.UserRole)
_MOST_ROWS: Final = 4


class DraftsLine(QWidget):
    """Says how many unfinished forms there are; Enter opens one, Delete pressed twice discards it."""

    opened = Signal(object)  # Draft
    discarded = Signal(object)  # Draft

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = named(QPushButton(), "drafts")
        self.head.setProperty("role", "quiet")
        self.head.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.head.clicked.connect(self.toggle)
        self.list = _Drafts()
        self.list.itemActivated.connect(lambda item: self.opened.emit(item.data(_DRAFT)))
        self.list.discarded.connect(self.discarded)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.list)
        self.show_drafts(())

    def show_drafts(self, drafts: tuple[Draft, ...]) -> None:
        """Offer these; none leaves no line."""
        self.list.clear()
        for draft in drafts:
            item = QListWidgetItem(_words(draft), self.list)
            item.setData(_DRAFT, draft)
        self.head.setText(f"有 {len(drafts)} 份未办完的草稿　{keys_of('intake.drafts')}")
        self.setVisible(bool(drafts))
        if not drafts:
            self.list.hide()
        row = max(self.list.sizeHintForRow(0), 1)
        self.list.setFixedHeight(row * min(len(drafts), _MOST_ROWS) + 8)

    def toggle(self) -> None:
        """Open the list and go there, or fold it."""
        if self.isHidden():
            return
        self.list.setVisible(self.list.isHidden())
        if not self.list.isHidden():
            self.list.setCurrentRow(0)
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)


class _Drafts(QListWidget):
    """The list itself; discarding asks once more in the line, never in a box."""

    discarded = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("drafts.list")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._asked: QListWidgetItem | None = None
        self.currentItemChanged.connect(lambda *_: self._take_back())
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter, discard by Delete, fold by Esc."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.itemActivated.emit(item)
        elif event.key() == Qt.Key.Key_Delete and item is not None:
            self._discard(item)
        elif event.key() == Qt.Key.Key_Escape:
            self._take_back()
            self.hide()
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _discard(self, item: QListWidgetItem) -> None:
        if self._asked is item:
            self._asked = None
            self.discarded.emit(item.data(_DRAFT))
        else:
            self._asked = item
            item.setText(f"再按 Delete 丢弃：{_words(item.data(_DRAFT))}")

    def _take_back(self) -> None:
        if self._asked is not None:
            self._asked.setText(_words(self._asked.data(_DRAFT)))
            self._asked = None


def _words(draft: Draft) -> str:
    walk_in = draft.walk_in
    saved = draft.saved_at.astimezone().strftime("%m-%d %H:%M")
    what = walk_in.project_name or walk_in.owner.name or walk_in.place.text or "未填名称"
    again = "　补正" if draft.filing_id is not None else ""
    return f"{saved}　{what}{again}　　Enter 打开　Delete 丢弃"
