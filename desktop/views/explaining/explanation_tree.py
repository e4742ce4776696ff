"""The tests of an assessment as a tree: the results, what decided, then every rule of each test."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from desktop.domain.explanation import STEP_WORDS, Answer, Explanation, RuleSeen
from desktop.domain.local_rules import local
from desktop.views.explaining.explanation_words import TONES, answer_title, deciding_rules, rule_title
from desktop.views.theme import COLOURS, base_px

RESULTS: Final = "结论"
DECIDED: Final = "起决定作用的规则"
Group = tuple[str, tuple[RuleSeen, ...]]
_ANSWER_CHARACTERS: Final = 8
_SHOWN: Final = Qt.ItemDataRole.UserRole


class ExplanationTree(QTreeWidget):
    """Chooses what the text beside it shows."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[RuleSeen | Group] = []
        self.setObjectName("explanation.rules")
        self.setAccessibleName("规则和答案")
        self.setHeaderLabels(["规则", "答案"])
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, base_px() * _ANSWER_CHARACTERS)
        self.currentItemChanged.connect(lambda *_: self.chosen.emit())

    def show_explanation(self, explanation: Explanation) -> None:
        """Show an explanation, its results chosen and what decided unfolded."""
        self.clear()
        self._shown = []
        results = QTreeWidgetItem(self, [RESULTS, ""])
        self._embolden(results)
        self._group(DECIDED, deciding_rules(explanation)).setExpanded(True)
        for step in explanation.steps():
            self._group(local(STEP_WORDS[step]), explanation.of_step(step))
        self.setCurrentItem(results)

    def chosen_rule(self) -> RuleSeen | None:
        """Give the rule that is chosen, None when it is a heading."""
        shown = self._chosen()
        return shown if isinstance(shown, RuleSeen) else None

    def chosen_rules(self) -> Group | None:
        """Give the heading that is chosen with its rules, None for the results."""
        shown = self._chosen()
        return shown if isinstance(shown, tuple) else None

    def _chosen(self) -> RuleSeen | Group | None:
        item = self.currentItem()
        place = item.data(0, _SHOWN) if item is not None else None
        return self._shown[place] if isinstance(place, int) else None

    def _group(self, title: str, rules: Iterable[RuleSeen]) -> QTreeWidgetItem:
        listed = tuple(rules)
        group = QTreeWidgetItem(self, [title, f"{len(listed)} 条"])
        self._embolden(group)
        group.setForeground(1, QBrush(QColor(COLOURS.ink_faint)))
        self._note(group, (title, listed))
        for rule in listed:
            item = QTreeWidgetItem(group, [rule_title(rule), answer_title(rule)])
            self._note(item, rule)
            item.setToolTip(0, rule_title(rule))
            item.setForeground(1, QBrush(TONES[rule.answer].ink))
            if rule.answer is Answer.NOT_ASKED:
                item.setForeground(0, QBrush(QColor(COLOURS.ink_faint)))
            if rule.is_decisive:
                self._embolden(item)
        return group

    def _note(self, item: QTreeWidgetItem, shown: RuleSeen | Group) -> None:
        item.setData(0, _SHOWN, len(self._shown))
        self._shown.append(shown)

    def _embolden(self, item: QTreeWidgetItem) -> None:
        for column in (0, 1):
            font = self.font()
            font.setBold(True)
            item.setFont(column, font)
