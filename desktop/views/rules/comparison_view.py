"""What differs between two versions: the list grouped by section on the left, both sides of one on the right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.local_rules import local
from desktop.domain.pack_comparison import Difference
from desktop.views.rules.comparison_words import NOTHING, TONES, counted, difference_html, heading
from desktop.views.theme import SPACE_1, SPACE_3, base_px

_PLACE: Final = int(Qt.ItemDataRole.UserRole)
_PARTS: Final = (34, 50)  # in characters


class ComparisonView(QWidget):
    """The arrow keys go through the differences; what is said of the chosen one stands beside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.differences: tuple[Difference, ...] = ()
        self.count_line = QLabel()
        self.tree, self.text = QTreeWidget(), QTextBrowser()
        self._build()

    def show_differences(self, differences: Sequence[Difference]) -> None:
        """Show a comparison from its first difference."""
        self.differences = tuple(differences)
        self.count_line.setText(counted(self.differences))
        self.tree.clear()
        placed = enumerate(self.differences)
        for label, group in groupby(placed, key=lambda each: each[1].section_label):
            members = list(group)
            above = QTreeWidgetItem([f"{local(label)}（{len(members)}）"])
            font = above.font(0)
            font.setBold(True)
            above.setFont(0, font)
            self.tree.addTopLevelItem(above)
            for place, each in members:
                item = QTreeWidgetItem([f"{each.kind.value}　{heading(each)}"])
                item.setData(0, _PLACE, place)
                item.setToolTip(0, heading(each))
                item.setForeground(0, TONES[each.kind].ink)
                above.addChild(item)
            above.setExpanded(True)
        top = self.tree.topLevelItem(0)
        first = top.child(0) if top is not None else None
        if first is not None:
            self.tree.setCurrentItem(first)
        self._show_chosen()

    def chosen(self) -> tuple[Difference, ...]:
        """Give the difference one is on, or all of the section."""
        item = self.tree.currentItem()
        if item is None:
            return ()
        items = [item] if item.parent() is not None else [item.child(at) for at in range(item.childCount())]
        return tuple(self.differences[each.data(0, _PLACE)] for each in items if each is not None)

    def changeEvent(self, event: QEvent) -> None:
        """Write the text anew in another size of letters."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.chosen()
        self.text.setHtml("".join(map(difference_html, chosen)) if chosen else f"<p>{NOTHING}</p>")

    def _build(self) -> None:
        self.tree.setObjectName("rules_comparison.tree")
        self.tree.setAccessibleName("差异")
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.text.setObjectName("rules_comparison.text")
        self.text.setAccessibleName("原来和现在的内容")
        self.text.setTabChangesFocus(True)
        self.count_line.setProperty("role", "heading")
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        for widget, share in ((self.tree, _PARTS[0]), (self.text, _PARTS[1])):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, share)
        split.setSizes([base_px() * part for part in _PARTS])
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        head.addWidget(self.count_line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addLayout(head)
        column.addWidget(split, 1)
        self.tree.currentItemChanged.connect(lambda *_items: self._show_chosen())
        self.setFocusProxy(self.tree)
