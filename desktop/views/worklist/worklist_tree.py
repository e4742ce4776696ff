"""The tasks of a day as a tree: urgency, kind, task; walked through by the arrow keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from desktop.domain.worklist import Task, TaskGroup, Urgency, Worklist
from desktop.domain.worklist_words import KIND_WORDS, URGENCY_MARKS, URGENCY_WORDS, term_words, who_words
from desktop.views.theme import COLOURS, base_px
from desktop.views.worklist.worklist_words import ACT_WORDS, URGENCY_TONES

_HEADINGS: Final = ("期限", "编号", "工程（作业）", "地点", "由谁办", "说明", "依据")
# In characters; what is left goes to the remark.
_WIDTHS: Final = (13.0, 10.5, 10.5, 9.0, 4.5, 0.0, 8.0)
_NUMBER: Final = 1
_PLACE: Final = 3
_REMARK: Final = 5
# Below this width there is no room for the place beside the remark; the line below the list says it.
_ROOM_FOR_PLACE: Final = 64
_TASK: Final = Qt.ItemDataRole.UserRole
_GROUP: Final = Qt.ItemDataRole.UserRole + 1


class WorklistTree(QTreeWidget):
    """Shows groups; ``opened`` gives the task of Enter, ``more_asked`` the group of which all is wanted."""

    opened = Signal(object)  # Task
    more_asked = Signal(object)  # TaskGroup

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("worklist")
        self.setAccessibleName("待办")
        self.setHeaderLabels(list(_HEADINGS))
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(base_px())
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        # The levels tell themselves apart by indent and weight; nothing is folded.
        self.setStyleSheet("QTreeView::branch { image: none; }")
        self._fit()
        self.itemActivated.connect(lambda _item, _column: self.open_current())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnHidden(_PLACE, event.size().width() < base_px() * _ROOM_FOR_PLACE)

    def show_list(self, worklist: Worklist) -> None:
        """Show the groups; one stays where one was, or at what has taken its place."""
        kept = self._place()
        self.clear()
        for urgency, groups in groupby(worklist.groups, key=lambda group: group.urgency):
            self._add(urgency, list(groups), worklist)
        self._span(self.invisibleRootItem())
        self.expandAll()
        self._fit_numbers()
        self._choose(kept)

    def show_all_of(self, group: TaskGroup, tasks: Sequence[Task], day: date) -> None:
        """Show further tasks of a group whose first ones stand there."""
        for heading in self._headings():
            if heading.data(0, _GROUP) == group:
                heading.addChildren([_line(task, day) for task in tasks])
                heading.setText(0, _heading(group, shown=heading.childCount()))
                self._fit_numbers()
                return

    def current_task(self) -> Task | None:
        """Give the task one is on, None on a heading."""
        item = self.currentItem()
        task = None if item is None else item.data(0, _TASK)
        return task if isinstance(task, Task) else None

    def open_current(self) -> None:
        """Open the task one is on; on the heading of a kind ask for all of it."""
        item, task = self.currentItem(), self.current_task()
        if task is not None:
            self.opened.emit(task)
            return
        group = None if item is None else item.data(0, _GROUP)
        if item is not None and isinstance(group, TaskGroup) and item.childCount() < group.count:
            self.more_asked.emit(group)

    def words(self) -> str:
        """Give all words shown, for tests."""
        return "\n".join(
            "　".join(item.text(column) for column in range(len(_HEADINGS))).rstrip("　") for item in self._items()
        )

    def tasks(self) -> tuple[Task, ...]:
        """Give the tasks shown, from above."""
        return tuple(task for item in self._items() if isinstance(task := item.data(0, _TASK), Task))

    def _fit(self) -> None:
        head = self.header()
        head.setStretchLastSection(False)
        for section, width in enumerate(_WIDTHS):
            if section == _REMARK:
                head.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
                continue
            head.setSectionResizeMode(section, QHeaderView.ResizeMode.Interactive)
            head.resizeSection(section, int(base_px() * width))
        self._fit_numbers()

    def _fit_numbers(self) -> None:
        """Give the longest number room to its end: the end is what tells one from the next."""
        wanted = max((self.fontMetrics().horizontalAdvance(task.number) for task in self.tasks()), default=0)
        least = int(base_px() * _WIDTHS[_NUMBER])
        self.header().resizeSection(_NUMBER, max(least, wanted + 2 * base_px()))

    def _add(self, urgency: Urgency, groups: Sequence[TaskGroup], worklist: Worklist) -> None:
        count = sum(group.count for group in groups)
        top = QTreeWidgetItem([f"{URGENCY_MARKS[urgency]} {URGENCY_WORDS[urgency]}　{count} 件"])
        font = self.font()
        font.setBold(True)
        top.setFont(0, font)
        top.setForeground(0, QBrush(URGENCY_TONES[urgency].ink))
        top.setData(0, Qt.ItemDataRole.AccessibleTextRole, top.text(0))
        self.addTopLevelItem(top)
        for group in groups:
            heading = QTreeWidgetItem([_heading(group, shown=len(group.tasks))])
            heading.setFont(0, font)
            heading.setData(0, _GROUP, group)
            heading.setData(0, Qt.ItemDataRole.AccessibleTextRole, heading.text(0))
            heading.addChildren([_line(task, worklist.day) for task in group.tasks])
            top.addChild(heading)

    def _span(self, parent: QTreeWidgetItem) -> None:
        """Let the headings run over all columns."""
        for row in range(parent.childCount()):
            item = parent.child(row)
            if item is not None and item.childCount():
                item.setFirstColumnSpanned(True)
                self._span(item)

    def _place(self) -> tuple[Task | None, int]:
        """Say where one is: the task, and which line counted from above."""
        item = self.currentItem()
        return self.current_task(), -1 if item is None else list(self._items()).index(item)

    def _choose(self, kept: tuple[Task | None, int]) -> None:
        task, line = kept
        items = list(self._items())
        tasks = [item for item in items if item.data(0, _TASK) is not None]
        same = [item for item in tasks if task is not None and _key(item.data(0, _TASK)) == _key(task)]
        # A task that is done is gone: the next one has moved up to its line.
        next_ = [item for item in tasks if line >= 0 and items.index(item) >= line]
        chosen = next(iter((*same, *next_, *reversed(tasks[-1:]), *items)) if line >= 0 else iter(tasks), None)
        if chosen is not None:
            self.setCurrentItem(chosen)

    def _headings(self) -> Iterator[QTreeWidgetItem]:
        return (item for item in self._items() if isinstance(item.data(0, _GROUP), TaskGroup))

    def _items(self, parent: QTreeWidgetItem | None = None) -> Iterator[QTreeWidgetItem]:
        above = self.invisibleRootItem() if parent is None else parent
        for row in range(above.childCount()):
            item = above.child(row)
            if item is not None:
                yield item
                yield from self._items(item)


def _key(task: Task) -> tuple[object, ...]:
    return task.kind, task.subject_id, task.site


def _heading(group: TaskGroup, *, shown: int) -> str:
    more = f"，先列 {shown} 件，Enter 看全部" if group.count > shown else ""
    return f"{KIND_WORDS[group.kind]}　{group.count} 件{more}　F9 {ACT_WORDS[group.kind]}"


def _line(task: Task, day: date) -> QTreeWidgetItem:
    texts = (
        term_words(task.by, day),
        task.number,
        task.project_name,
        task.place,
        who_words(task),
        task.remark,
        task.why,
    )
    item = QTreeWidgetItem(list(texts))
    item.setData(0, _TASK, task)
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, "，".join(part for part in texts if part))
    if task.urgency(day) is Urgency.OVERDUE:
        item.setForeground(0, QBrush(QColor(COLOURS.red)))
    for column, text in enumerate(texts):
        item.setToolTip(column, text)
    return item
