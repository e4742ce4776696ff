"""The check list of a visit, gone through by keys: 1 or Space in order, 2 not, 3 not applicable."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.domain.check_lists import CheckItem, CheckList
from desktop.domain.patrol import CheckAnswer, CheckVerdict
from desktop.views.actions import plain_keys
from desktop.views.registers.register_table import RegisterTable

_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_COLUMNS = ("结论", "组别", "检查项目", "依据")
_WIDTHS = (6, 6, 26, 9)
_ROOMY = (2,)
_IN_ORDER = "符合"
_SHOWN = {None: "● 符合", CheckVerdict.FAILED: "■ 不符合", CheckVerdict.NOT_APPLICABLE: "不涉及"}
_VERDICTS: dict[str, CheckVerdict | None] = {
    "patrol.check_in_order": None,
    "patrol.check_failed": CheckVerdict.FAILED,
    "patrol.check_not_applicable": CheckVerdict.NOT_APPLICABLE,
}


class CheckTable(RegisterTable):
    """What was not looked at stands as in order, as on the paper list; only what departs from it is kept."""

    failed = Signal(object)  # CheckItem that was just found wanting
    answered = Signal()
    hazard_asked = Signal(object)  # CheckItem whose hazard is to be opened

    def __init__(self) -> None:
        super().__init__("patrol.checks", _COLUMNS, _WIDTHS, roomy=_ROOMY)
        self.setAccessibleName("检查表")
        self.code = ""
        self._items: tuple[CheckItem, ...] = ()
        self._answers: dict[str, CheckVerdict | None] = {}
        self._keys = {key: verdict for name, verdict in _VERDICTS.items() for key in plain_keys(name)}
        self.say_when_empty("选定工地后，这里列出这类巡查的检查项目。")
        self.opened.connect(lambda place: self.hazard_asked.emit(self._items[place]))

    def show_list(self, check_list: CheckList | None) -> None:
        """Show another list; answers to items that both have stay."""
        self.code = check_list.code if check_list is not None else ""
        self._items = check_list.items if check_list is not None else ()
        codes = {item.code for item in self._items}
        self._answers = {code: verdict for code, verdict in self._answers.items() if code in codes}
        self.show_rows([(place, self._texts(item), True) for place, item in enumerate(self._items)])

    def begin(self, answers: Sequence[CheckAnswer] = ()) -> None:
        """Begin anew, or with answers given before."""
        self._answers = {answer.item: answer.verdict for answer in answers}
        self.show_rows([(place, self._texts(item), True) for place, item in enumerate(self._items)])
        if self._items:
            self.setCurrentCell(0, 0)

    def answers(self) -> tuple[CheckAnswer, ...]:
        """Give what was not in order."""
        return tuple(
            CheckAnswer(item=item.code, verdict=verdict)
            for item in self._items
            if (verdict := self._answers.get(item.code)) is not None
        )

    def unfail(self, item_code: str) -> None:
        """Take back that an item failed, as when its hazard was taken away."""
        for place, item in enumerate(self._items):
            if item.code == item_code and self._answers.get(item_code) is CheckVerdict.FAILED:
                self._answers.pop(item_code)
                self._show(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.modifiers() & ~_KEYPAD and event.key() in self._keys and self.currentRow() >= 0:
            self._answer(self._keys[event.key()])
        else:
            super().keyPressEvent(event)

    def _answer(self, verdict: CheckVerdict | None) -> None:
        place = self.currentRow()
        item = self._items[place]
        self._answers[item.code] = verdict
        self._show(place)
        if place + 1 < len(self._items):
            self.setCurrentCell(place + 1, 0)
        if verdict is CheckVerdict.FAILED:
            self.failed.emit(item)
        self.answered.emit()

    def _show(self, place: int) -> None:
        self.show_rows([(each, self._texts(item), True) for each, item in enumerate(self._items)])
        self.setCurrentCell(place, 0)

    def _texts(self, item: CheckItem) -> tuple[str, ...]:
        said = _SHOWN[self._answers[item.code]] if item.code in self._answers else _IN_ORDER
        return (said, item.group.label, item.label, item.article)
