"""One group of the pack's questions: only those that concern the matter are there, in the pack's order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from desktop.domain.facts import UNKNOWN, FactValue
from desktop.domain.pack import PolicyPack
from desktop.views.actions import keys_of, plain_keys
from desktop.views.intake.asked_questions import plain_no
from desktop.views.intake.form_group import LABEL_CHARACTERS, FormGroup
from desktop.views.intake.named import named
from desktop.views.intake.question_row import QuestionEditor, dress_short
from desktop.views.theme import SPACE_1, SPACE_4, base_px

GROUP_WORDS: Final[Mapping[str, str]] = {
    "scope": "范围",
    "prohibited": "禁止的行为",
    "risk": "风险情形",
    "contract": "合同和管理",
}
_SHORTEST_LABEL: Final = 5
# Two questions stand beside each other where each has this many characters of room.
_ROOM_CHARACTERS: Final = 22


class QuestionsGroup(FormGroup):
    """Questions made only from the pack; an answer to a question that went away is kept and comes back."""

    def __init__(self, pack: PolicyPack, group: str, *, parent: QWidget | None = None) -> None:
        # A group that only the pack knows has no key of its own.
        super().__init__(GROUP_WORDS.get(group, group), group if group in GROUP_WORDS else "", parent)
        self._pack = pack
        self.questions = {
            question.fact: QuestionEditor(question, pack) for question in pack.questions if question.group == group
        }
        self._shown: tuple[str, ...] | None = None
        self._columns = 2
        self._rest_no = named(QPushButton(f"其余均无  {keys_of('form.rest_no')}"), f"rest_no.{group}")
        self._rest_no.setProperty("role", "quiet")
        self._rest_no.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._rest_no.clicked.connect(self.answer_rest_no)
        self.head.addWidget(self._rest_no)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE_4)
        self._grid.setVerticalSpacing(SPACE_1)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        for question in self.questions.values():
            self._add(question)

    def answers(self) -> dict[str, FactValue]:
        """Give every answer typed, also of questions now hidden."""
        return {fact: question.value() for fact, question in self.questions.items()}

    def write(self, facts: Mapping[str, FactValue]) -> None:
        """Show answers, without signals; what is not stated is not answered."""
        for fact, question in self.questions.items():
            question.set_value(facts.get(fact, UNKNOWN))

    def show_only(self, facts: Iterable[str]) -> None:
        """Show these questions of the group and hide the others; the whole group when none is left."""
        shown = tuple(fact for fact in facts if fact in self.questions)
        if shown == self._shown:
            return
        self._shown = shown
        for fact, question in self.questions.items():
            self.rows[f"facts.{fact}"].setVisible(question.question.fact in shown)
        self._place(shown)
        self._rest_no.setVisible(any(self._no(fact) is not None for fact in shown))
        self.setVisible(bool(shown))

    def answer_rest_no(self) -> None:
        """Answer no to every shown question that nobody has answered and that can be answered so."""
        for fact in self._shown or ():
            question, no = self.questions[fact], self._no(fact)
            if no is not None and question.value() is UNKNOWN:
                question.set_value(no)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Ctrl+0 for the rest of this group."""
        if event.key() in plain_keys("form.rest_no") and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.answer_rest_no()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put short questions beside each other only where there is room for both."""
        super().resizeEvent(event)
        columns = 2 if self.width() >= 2 * _ROOM_CHARACTERS * base_px() else 1
        if columns != self._columns:
            self._columns = columns
            self._grid.setColumnStretch(1, columns - 1)
            self._place(self._shown or ())

    def _add(self, editor: QuestionEditor) -> None:
        question = editor.question
        row = self.field(
            f"facts.{question.fact}",
            question.label,
            editor.editor,
            help_text=question.help,
            article=question.article,
            label_characters=_SHORTEST_LABEL if editor.is_short else LABEL_CHARACTERS,
        )
        if editor.is_short:
            dress_short(row)
        row.hide()

    def _no(self, fact: str) -> FactValue | None:
        return plain_no(self.questions[fact].question, self._pack)

    def _place(self, shown: tuple[str, ...]) -> None:
        for row in self.rows.values():
            self._grid.removeWidget(row)
        line, column = 0, 0
        for fact in shown:
            row, is_short = self.rows[f"facts.{fact}"], self.questions[fact].is_short
            if column and not is_short:
                line, column = line + 1, 0
            self._grid.addWidget(row, line, column, 1, 1 if is_short else self._columns)
            column = (column + 1) % self._columns if is_short else 0
            line += column == 0
