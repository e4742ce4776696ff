"""The line at the head of the page that offers unfinished forms: open one, or discard it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.domain.acts import Draft
from desktop.domain.local_rules import local
from desktop.views.actions import keys_of
from desktop.views.intake.folded_line import FoldedLine

_DRAFT: Final = int(Qt.ItemDataRole.UserRole)


class DraftsLine(FoldedLine):
    """Says how many unfinished forms there are; Enter opens one, Delete pressed twice discards it."""

    opened = Signal(object)  # Draft
    discarded = Signal(object)  # Draft

    def __init__(self, parent: QWidget | None = None) -> None:
        drafts = _Drafts()
        super().__init__("drafts", drafts, parent)
        drafts.itemActivated.connect(lambda item: self.opened.emit(item.data(_DRAFT)))
        drafts.discarded.connect(self.discarded)
        self.show_drafts(())

    def show_drafts(self, drafts: tuple[Draft, ...]) -> None:
        """Offer these; none leaves no line."""
        self.list.clear()
        for draft in drafts:
            item = QListWidgetItem(_words(draft), self.list)
            item.setData(_DRAFT, draft)
        self._say(f"有 {len(drafts)} 份未办完的草稿　{keys_of('intake.drafts')}")
        self.setVisible(bool(drafts))


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
    what = " ".join(part for part in (what, walk_in.place.room if walk_in.batch.name else "") if part)
    return f"{saved}　{what}{_kind(draft)}　　Enter 打开　Delete 丢弃"


def _kind(draft: Draft) -> str:
    if draft.filing_id is not None:
        return "　补正"
    if draft.begun_from.found_site_id is not None:
        return local("　未登记工地")
    if draft.walk_in.batch.name:
        return f"　{draft.walk_in.batch.name}"
    return local("　重新登记") if draft.begun_from.follows_id is not None else ""
