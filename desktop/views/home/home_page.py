"""Today: what waits for who is signed in, one list to walk through by the arrow keys (LG-P2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFocusEvent
from PySide6.QtWidgets import QHeaderView, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop.domain.acts import Change
from desktop.domain.home import HomeLine, HomePart
from desktop.views.actions import keys_of
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.theme import COLOURS, SPACE_2, SPACE_3, base_px
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_HEADINGS: Final = ("编号", "工程（作业）名称", "地点", "说明")
_KEYS: Final = f"{keys_of('home.open')} 打开选中的一件；在一栏的标题上，到台账看这一栏的全部"
_FILING: Final = Qt.ItemDataRole.UserRole
_CRITERIA: Final = Qt.ItemDataRole.UserRole + 1
_READ_ANEW: Final = frozenset({Change.FILINGS, Change.CALENDAR, Change.SETTINGS})


class HomePage(QWidget):
    """Sections with their counts; Enter opens a filing, on a section all of it in the ledger."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._asked = 0
        self.parts: tuple[HomePart, ...] = ()
        self.summary, self.tree = QLabel(), QTreeWidget()
        self._build()
        workbench.changed.connect(self._changed)
        self.look_up()

    def look_up(self) -> None:
        """Ask what waits."""
        self._asked += 1
        asked, home = self._asked, self._bench.desk.home
        self._bench.runner.run(
            lambda _progress: home.parts(),
            done=while_there(self, lambda parts: self._show(parts) if asked == self._asked else None),
            failed=while_there(self, lambda error: self._bench.told.emit(describe(error).text)),
        )

    def open_current(self) -> None:
        """Open the chosen filing, or the whole of the chosen section in the ledger."""
        item = self.tree.currentItem()
        if item is None:
            return
        filing_id, criteria = item.data(0, _FILING), item.data(0, _CRITERIA)
        if filing_id is not None:
            self._bench.filing_asked.emit(filing_id)
        elif criteria is not None:
            self._bench.ledger_asked.emit(criteria)

    def words(self) -> str:
        """Give all words shown, for tests."""
        return "\n".join("　".join(item.text(column) for column in range(4)) for item in self._items())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.tree.setFocus(event.reason())

    def _show(self, parts: Sequence[HomePart]) -> None:
        self.parts = tuple(parts)
        chosen = self._place()
        self.tree.clear()
        for part in self.parts:
            self.tree.addTopLevelItem(self._section(part))
        for index in range(self.tree.topLevelItemCount()):
            self.tree.setFirstColumnSpanned(index, self.tree.rootIndex(), True)
        self.tree.expandAll()
        waiting = sum(part.count for part in self.parts if part.is_urgent)
        self.summary.setText(f"{f'{waiting} 件要先办' if waiting else '没有要先办的'}　{_KEYS}")
        self._choose(chosen)

    def _section(self, part: HomePart) -> QTreeWidgetItem:
        more = f"，先列 {len(part.lines)} 件，Enter 看全部" if part.count > len(part.lines) else ""
        item = QTreeWidgetItem([f"{word(part.section)}　{part.count} 件{more}"])
        font = self.tree.font()
        font.setBold(bool(part.count))
        item.setFont(0, font)
        colour = COLOURS.amber if part.is_urgent else (COLOURS.ink if part.count else COLOURS.ink_faint)
        item.setForeground(0, QBrush(QColor(colour)))
        item.setData(0, _CRITERIA, part.criteria if part.count else None)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, item.text(0))
        for line in part.lines:
            item.addChild(_line(line))
        return item

    def _place(self) -> tuple[int, object]:
        """Say where one is: the section and the filing in it."""
        item = self.tree.currentItem()
        if item is None:
            return -1, None
        return self.tree.indexOfTopLevelItem(item.parent() or item), item.data(0, _FILING)

    def _choose(self, place: tuple[int, object]) -> None:
        """Go back to where one was; at first to the first filing that waits."""
        section, filing_id = place
        items = self._items()
        same = [item for item in items if filing_id is not None and item.data(0, _FILING) == filing_id]
        if not same and section >= 0 and section < self.tree.topLevelItemCount():
            same = [item for item in (self.tree.topLevelItem(section),) if item is not None]
        waiting = [item for item in items if item.data(0, _FILING) is not None]
        chosen = next(iter((*same, *waiting, *items)), None)
        if chosen is not None:
            self.tree.setCurrentItem(chosen)

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        for index in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(index)
            if top is not None:
                found.append(top)
                found += [child for row in range(top.childCount()) if (child := top.child(row)) is not None]
        return found

    def _changed(self, changes: frozenset[Change]) -> None:
        if changes & _READ_ANEW:
            self.look_up()

    def _build(self) -> None:
        title = QLabel("今日")
        title.setProperty("role", "title")
        self.summary.setProperty("role", "soft")
        tree = self.tree
        tree.setObjectName("home")
        tree.setAccessibleName("今日要办的")
        tree.setHeaderLabels(list(_HEADINGS))
        tree.setRootIsDecorated(False)
        tree.setItemsExpandable(False)
        tree.setIndentation(base_px())
        tree.setUniformRowHeights(True)
        tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        head = tree.header()
        head.setStretchLastSection(True)
        for section, width in enumerate((15, 20, 24)):
            head.setSectionResizeMode(section, QHeaderView.ResizeMode.Interactive)
            head.resizeSection(section, base_px() * width)
        tree.itemActivated.connect(lambda _item, _column: self.open_current())
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        for widget in (title, self.summary):
            column.addWidget(widget)
        column.addWidget(tree, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)


def _line(line: HomeLine) -> QTreeWidgetItem:
    item = QTreeWidgetItem([line.number, line.project_name, line.place, line.remark])
    item.setData(0, _FILING, line.filing_id)
    spoken = "，".join(part for part in (line.number, line.project_name, line.place, line.remark) if part)
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
    item.setToolTip(3, line.remark)
    return item
