"""The field of one question of the pack: the editor its fact's type asks for, and the fact's value from it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy

from desktop.domain.facts import NOT_APPLICABLE, UNKNOWN, FactSpec, FactType, FactValue, spec_of
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Question
from desktop.views.intake.answers import MeasureEdit, SeveralChoice
from desktop.views.shared.field import FieldRow
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.shared.tri_state import TriState

_NO: Final = "-no"
_YES: Final = "-yes"
_NONE_OF_THEM: Final = "-none"
AnswerEditor = TriState | MeasureEdit | SeveralChoice | PickList | TextField


class QuestionEditor:
    """Joins a question with its editor; unanswered is ``UNKNOWN``, never no."""

    def __init__(self, question: Question, pack: PolicyPack) -> None:
        self.question = question
        self.spec = spec_of(question.fact) or FactSpec(FactType.TEXT)
        self._options = tuple((choice.code, choice.label) for choice in pack.choices.get(question.fact, ()))
        self._said = ""  # the text of a yes that names what it is
        self.editor: AnswerEditor = self._make()

    @property
    def is_short(self) -> bool:
        """Say whether two such questions fit beside each other."""
        return isinstance(self.editor, TriState)

    def value(self) -> FactValue:
        """Give the answer."""
        editor = self.editor
        if isinstance(editor, TriState):
            return self._flag(editor.value())
        if isinstance(editor, MeasureEdit | SeveralChoice):
            return editor.value()
        text = editor.value()
        if self.spec.type is FactType.TEXTS:
            return tuple(part for part in text.replace("，", "、").split("、") if part) or UNKNOWN
        special: dict[str, FactValue] = {_NO: False, _YES: True, _NONE_OF_THEM: NOT_APPLICABLE}
        return special.get(text, text or UNKNOWN)

    def set_value(self, value: FactValue) -> None:
        """Show an answer, without signals."""
        editor = self.editor
        if isinstance(editor, TriState):
            self._said = value if isinstance(value, str) else ""
            editor.set_value(bool(value) if isinstance(value, bool | str) else None)
        elif isinstance(editor, MeasureEdit):
            editor.set_value(value if isinstance(value, Decimal) or value is NOT_APPLICABLE else UNKNOWN)
        elif isinstance(editor, SeveralChoice):
            editor.set_value(_texts(value) if isinstance(value, tuple) else UNKNOWN)
        else:
            editor.set_value(self._text(value))

    def _flag(self, answer: bool | None) -> FactValue:
        if answer is None:
            return UNKNOWN
        return self._said if answer and self._said else answer

    def _text(self, value: FactValue) -> str:
        if isinstance(value, bool):
            return _YES if value else _NO
        if isinstance(value, tuple):
            return "、".join(_texts(value))
        if value is NOT_APPLICABLE:
            return _NONE_OF_THEM
        return value if isinstance(value, str) else ""

    def _make(self) -> AnswerEditor:
        spec, question = self.spec, self.question
        if spec.type is FactType.FLAG or (spec.type is FactType.FLAG_OR_TEXT and not self._options):
            return TriState()
        if spec.type is FactType.NUMBER:
            return MeasureEdit(question.unit, what=question.label, in_yuan=question.fact.endswith("_yuan"))
        if spec.type is FactType.TEXTS and self._options:
            return SeveralChoice(self._options)
        if not self._options:
            return TextField()
        if spec.type is FactType.FLAG_OR_TEXT:
            return PickList(((_NO, "否"), *self._options, (_YES, "是，但不属于以上种类")))
        if spec.when_absent is NOT_APPLICABLE:
            return PickList((*self._options, (_NONE_OF_THEM, "不属于以上任何一种")))
        return PickList(self._options)


def dress_short(row: FieldRow) -> None:
    """Let the words of a yes/no question stand before its answer, on two lines where they are long."""
    row.label.setWordWrap(True)
    # It gives way to its answer down to a few characters, and then takes more lines.
    row.label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    row.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    layout = row.layout()
    if isinstance(layout, QGridLayout):
        layout.setColumnStretch(0, 1)
        layout.setColumnStretch(1, 0)


def _texts(value: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str))
