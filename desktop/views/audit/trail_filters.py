"""By what the trail is narrowed: words, person, act, number, days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop.domain.trail import TrailCriteria
from desktop.services.wording import act_word
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_3

_PAUSE_OF_TYPING_MS = 250
_ALL = "全部"


class TrailFilters(QWidget):
    """One row of fields; ``changed`` comes when typing pauses or a choice is made."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, today: Callable[[], date] = date.today) -> None:
        super().__init__(parent)
        self.text, self.number = TextField(), TextField(limit=40)
        self.who, self.act = QComboBox(), QComboBox()
        self.first, self.last = DayEdit(today=today), DayEdit(today=today)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_OF_TYPING_MS)
        self._pause.timeout.connect(self._settle)
        self._day_rows = (self._row("从", self.first, 1), self._row("到", self.last, 1))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE_3)
        self.text.setPlaceholderText("内容、理由、人员、受理点")
        self.number.setPlaceholderText("编号的一部分")
        for label, editor, share in (("查找", self.text, 3), ("编号", self.number, 2)):
            line.addWidget(self._row(label, editor, 2), share)
        for label, choice, share in (("人员", self.who, 1), ("事项", self.act, 2)):
            choice.addItem(_ALL, "")
            choice.currentIndexChanged.connect(self.changed)
            line.addWidget(self._row(label, choice, 2), share)
        for row in self._day_rows:
            line.addWidget(row, 2)
        for field in (self.text, self.number, self.first, self.last):
            field.changed.connect(self._pause.start)
        for name in ("text", "number", "who", "act", "first", "last"):
            getattr(self, name).setObjectName(f"audit.{name}")

    def criteria(self) -> TrailCriteria:
        """Give what is asked for; a day that cannot be read asks for nothing."""
        return TrailCriteria(
            text=self.text.value(),
            who=str(self.who.currentData() or ""),
            act=str(self.act.currentData() or ""),
            number=self.number.value(),
            first=self.first.day(),
            last=self.last.day(),
        )

    def offer(self, people: Sequence[str], acts: Sequence[str]) -> None:
        """Offer who did something and which acts are on record; what is chosen stays chosen."""
        _refill(self.who, [(name, name) for name in people])
        _refill(self.act, sorted((act_word(act), act) for act in acts))

    def is_on(self) -> bool:
        """Say whether anything narrows the trail."""
        return self.criteria() != TrailCriteria()

    def clear(self) -> None:
        """Ask for everything, without a signal."""
        for choice in (self.who, self.act):
            choice.blockSignals(True)
            choice.setCurrentIndex(0)
            choice.blockSignals(False)
        for field in (self.text, self.number, self.first, self.last):
            field.set_value("")
        self._say_faults()

    def focus_first(self) -> None:
        """Go to the text."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    def _settle(self) -> None:
        if self._say_faults():
            self.changed.emit()

    def _say_faults(self) -> bool:
        first, last = self.first.day(), self.last.day()
        turned = "结束日期早于开始日期。" if first and last and last < first else ""
        faults = self.first.problem(), self.last.problem() or turned
        for row, fault in zip(self._day_rows, faults, strict=True):
            row.set_fault(fault)
        return not any(faults)

    @staticmethod
    def _row(label: str, editor: QWidget, characters: int) -> FieldRow:
        return FieldRow(label, editor, label_characters=characters)


def _refill(choice: QComboBox, entries: Sequence[tuple[str, str]]) -> None:
    chosen = choice.currentData()
    choice.blockSignals(True)
    choice.clear()
    choice.addItem(_ALL, "")
    for words, value in entries:
        choice.addItem(words, value)
    choice.setCurrentIndex(max(choice.findData(chosen), 0))
    choice.blockSignals(False)
