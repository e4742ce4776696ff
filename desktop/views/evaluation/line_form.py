"""What is said of one organisation under one item, as fields."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.domain.checked import half_width
from desktop.domain.errors import ClerkError
from desktop.domain.evaluation import EvaluationItem, EvaluationLine
from desktop.domain.evaluation_course import number_words
from desktop.services.desk import Desk
from desktop.views.patrol.text_block import TextBlock
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, base_px

_LABEL: Final = 6
_ABOUT_LINES: Final = 4  # the fields below do not move from item to item


class LineForm(QWidget):
    """The item with its figures above, the fields below; ``typed`` gives the line."""

    def __init__(self, desk: Desk, *, may_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        today = desk.office.today
        self.about = QLabel()
        self.score, self.due_on, self.done_on = TextField(limit=12), DayEdit(today=today), DayEdit(today=today)
        self.text, self.evidence = TextBlock(lines=4), TextBlock(lines=2)
        self.problem, self.remedy = TextBlock(lines=2), TextBlock(lines=3)
        self.rows: dict[str, FieldRow] = {}
        self._build(may_write)

    def show_line(self, item: EvaluationItem, line: EvaluationLine, figures: str) -> None:
        """Show what is kept."""
        full = f"满分 {number_words(item.full_marks)}" if item.full_marks is not None else "分值未核实"
        about = f"{item.code}　{item.text}（{full}）"
        self.about.setText(f"{about}\n台账数据：{_in_line(figures)}" if figures else about)
        self.score.set_value("" if line.score is None else number_words(line.score))
        self.text.setPlainText(line.text)
        self.evidence.setPlainText(line.evidence)
        self.problem.setPlainText(line.problem)
        self.remedy.setPlainText(line.measure)
        self.due_on.set_day(line.due_on)
        self.done_on.set_day(line.done_on)
        self.clear_faults()

    def typed(self, kept: EvaluationLine) -> EvaluationLine:
        """Give the line as typed; raises ``ClerkError("evaluation_unfit")`` for what cannot be read."""
        for name, day in (("due_on", self.due_on), ("done_on", self.done_on)):
            if why := day.problem():
                raise ClerkError("evaluation_unfit", fields=(name,), why=why)
        return replace(
            kept,
            score=_score(self.score.value()),
            text=self.text.value(),
            evidence=self.evidence.value(),
            problem=self.problem.value(),
            measure=self.remedy.value(),
            due_on=self.due_on.day(),
            done_on=self.done_on.day(),
        )

    def clear_faults(self) -> None:
        """Take every fault away."""
        for row in self.rows.values():
            row.set_fault("")

    def say_faults(self, faults: list[tuple[str, str]]) -> None:
        """Say each fault at its field; the first gets the keyboard."""
        known = [(name, what) for name, what in faults if name in self.rows]
        for name, what in known:
            self.rows[name].set_fault(what)
            self.rows[name].reveal()
        if known:
            self.rows[known[0][0]].editor.setFocus()

    def _build(self, may_write: bool) -> None:
        self.about.setWordWrap(True)
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.about.setMinimumHeight(int(base_px() * 1.6 * _ABOUT_LINES))
        form = QVBoxLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(SPACE_2)
        form.addWidget(self.about)
        for name, label, editor in (
            ("score", "得分(&S)", self.score),
            ("text", "情况(&Q)", self.text),
            ("evidence", "佐证(&E)", self.evidence),
            ("problem", "问题(&W)", self.problem),
            ("measure", "改进措施(&M)", self.remedy),
            ("due_on", "完成时限(&T)", self.due_on),
            ("done_on", "完成日期(&D)", self.done_on),
        ):
            editor.setObjectName(name)
            editor.setEnabled(may_write)
            self.rows[name] = FieldRow(label, editor, label_characters=_LABEL)
            form.addWidget(self.rows[name])
        form.addStretch(1)


def _score(typed: str) -> Decimal | None:
    text = half_width(typed).strip().removesuffix("分")
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation as error:
        why = "得分请写数，最多一位小数；没有评的空着。"
        raise ClerkError("evaluation_unfit", fields=("score",), why=why) from error


def _in_line(figures: str) -> str:
    return "；".join(figures.splitlines())
