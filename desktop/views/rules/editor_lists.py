"""The two lists of the editor: the sections of the rules as a tree, and the entries of the chosen one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop.domain.local_rules import local
from desktop.domain.pack_draft import Entry, Key
from desktop.domain.pack_sections import Section, Shape
from desktop.views.actions import keys_of
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.text_field import TextField
from desktop.views.theme import COLOURS, SPACE_1, icon

_PATH: Final = int(Qt.ItemDataRole.UserRole)
_RED: Final = QColor(COLOURS.red)
_INK: Final = QColor(COLOURS.ink)


class SectionTree(QTreeWidget):
    """Sections with how many entries each has; those with faults say so.  ``picked`` follows the chosen one."""

    picked = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections: dict[tuple[str, ...], Section] = {}
        self._items: dict[tuple[str, ...], QTreeWidgetItem] = {}
        self.setObjectName("rules_editor.sections")
        self.setAccessibleName("章节")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.currentItemChanged.connect(lambda *_items: self.picked.emit())

    def show_sections(
        self, sections: Sequence[Section], counts: Mapping[tuple[str, ...], int], faulty: Mapping[tuple[str, ...], int]
    ) -> None:
        """Show the sections; the chosen one stays chosen."""
        if [each.path for each in sections] != list(self._items):
            self._fill(sections)
        self._sections = {each.path: each for each in sections}
        for path, item in self._items.items():
            section, wrong = self._sections[path], faulty.get(path, 0)
            count = f"（{counts[path]}）" if section.shape is not Shape.RECORD else ""
            item.setText(
                0, f"{'■ ' if wrong else ''}{local(section.label)}{count}{f'　{wrong} 处错误' if wrong else ''}"
            )
            item.setToolTip(0, item.text(0))
            item.setForeground(0, _RED if wrong else _INK)

    def chosen(self) -> Section | None:
        """Give the section one is on."""
        item = self.currentItem()
        return None if item is None else self._sections.get(item.data(0, _PATH))

    def choose(self, path: tuple[str, ...]) -> None:
        """Stand on a section."""
        if path in self._items:
            self.setCurrentItem(self._items[path])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _fill(self, sections: Sequence[Section]) -> None:
        current = self.currentItem()
        chosen = current.data(0, _PATH) if current is not None else None
        with QSignalBlocker(self):
            self.clear()
            self._items = {}
            for section in sections:
                item = QTreeWidgetItem([section.label])
                item.setData(0, _PATH, section.path)
                above = self._items.get(section.path[:1])
                if above is None:
                    self.addTopLevelItem(item)
                else:
                    above.addChild(item)
                self._items[section.path] = item
        here = self._items.get(chosen) if chosen is not None else None
        first = here or self.topLevelItem(0)
        if first is not None:
            with QSignalBlocker(self):
                self.setCurrentItem(first)


class EntryList(QWidget):
    """The entries of a section with a field that finds among them.  ``picked`` follows the chosen one."""

    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finder = TextField()
        self.finder.setObjectName("rules_editor.find")
        self.finder.setAccessibleName("在本节条目中查找")
        self.finder.setPlaceholderText(f"查找（{keys_of('rules_editor.find')}）")
        self.finder.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.table = RegisterTable("rules_editor.entries", ("条目",), (12,))
        self.table.setAccessibleName("条目")
        self._entries: tuple[Entry, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(self.finder)
        column.addWidget(self.table, 1)
        self.finder.changed.connect(lambda: self.table.find_text(self.finder.value()))
        self.table.currentCellChanged.connect(lambda *_cells: self.picked.emit())
        self.setFocusProxy(self.table)

    def show_entries(self, entries: Sequence[Entry], faulty: frozenset[Key], chosen: Key | None = None) -> None:
        """Show entries and stand on one of them; those with faults say so."""
        self._entries = tuple(entries)
        keys = [each.key for each in self._entries]
        with QSignalBlocker(self.table):
            rows = [
                (at, (f"{'■ ' if each.key in faulty else ''}{each.name}",), True)
                for at, each in enumerate(self._entries)
            ]
            self.table.show_rows(rows)
            if keys:
                self.table.setCurrentCell(keys.index(chosen) if chosen in keys else 0, 0)
            self.table.find_text(self.finder.value())
        self.table.say_when_empty(f"这一节没有条目，按 {keys_of('rules_editor.add')} 加一条。")

    def chosen(self) -> Key | None:
        """Give the key of the entry one is on."""
        at = self.table.chosen_id()
        return None if at is None or at >= len(self._entries) else self._entries[at].key
