"""Third-party reviews of one filing: what is out, what came back, and a row of fields for the next."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import FilingFile
from desktop.domain.local_rules import cited
from desktop.domain.outside_review import (
    OutsideReviewNote,
    OutsideReviewRow,
    OutsideVerdict,
    ReviewedPaper,
)
from desktop.views.filing.tabs import Tab, label
from desktop.views.shared.chips import Chip, Tone
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_HEADINGS = ("结论", "审查什么", "第三方机构", "送审", "收到", "记录人", "意见")
_TONES = {OutsideVerdict.FIT: Tone.GREEN, OutsideVerdict.TO_CORRECT: Tone.AMBER, OutsideVerdict.UNFIT: Tone.RED}
_RIGHTS = (Right.REGISTER, Right.REVIEW_FILING)


class OutsideReviewTab(QWidget):
    """Reviews, those still out first; an answer is noted with the same paper, body and day of asking."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._filing_id: int | None = None
        self._act_id = uuid4().hex
        self.setAccessibleName("第三方审查")
        today = workbench.desk.office.today
        self.paper = PickList([(each.value, word(each)) for each in ReviewedPaper])
        self.verdict = PickList([("", "还没有收到"), *((each.value, word(each)) for each in OutsideVerdict)])
        self.asked_on, self.returned_on = DayEdit(today=today), DayEdit(today=today)
        self.reviewer, self.opinion, self.fault = TextField(), TextField(), QLabel()
        self.save = QPushButton("记下（Enter）")
        self.entry, self.listed = QWidget(), Tab("第三方审查记录")
        self.rows: dict[str, FieldRow] = {}
        self._build()

    def show_file(self, file: FilingFile) -> int:
        """Show one filing; gives how many reviews there are."""
        if self._filing_id != file.row.id:
            self._clear()
        self._filing_id = file.row.id
        actor = self._bench.desk.sign_in.actor
        self.entry.setVisible(any(actor.may(right) for right in _RIGHTS))
        found = self._bench.desk.outside_reviews.of(file.row.id)
        empty = f"还没有第三方审查记录{cited('outside_review')}。审查期间，受理反馈的期限照常计算。"
        self.listed.fill(_table(found) if found else label(empty, "soft"))
        self._offer(next((row for row in found if row.is_out), None))
        return len(found)

    def words(self) -> str:
        """Give all words shown."""
        return self.listed.words()

    def begin(self) -> None:
        """Put the keyboard into the first field."""
        if not self.entry.isHidden():
            self.paper.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _record(self) -> None:
        if self._filing_id is None or not self.entry.isEnabled():
            return
        self.paper.settle()
        self.verdict.settle()
        asked_on = self.asked_on.day()
        if not self.paper.value() or asked_on is None:
            if self.paper.value():
                self._say("asked_on", self.asked_on.problem() or "请填写送审日期。")
            else:
                self._say("paper", "请选择审查什么。")
            return
        if self.returned_on.problem():
            self._say("returned_on", self.returned_on.problem())
            return
        note = OutsideReviewNote(
            act_id=self._act_id,
            filing_id=self._filing_id,
            paper=ReviewedPaper(self.paper.value()),
            reviewer=self.reviewer.value(),
            asked_on=asked_on,
            returned_on=self.returned_on.day(),
            verdict=OutsideVerdict(self.verdict.value()) if self.verdict.value() else None,
            opinion=self.opinion.value(),
        )
        reviews = self._bench.desk.outside_reviews
        self.entry.setEnabled(False)
        self._bench.runner.run(
            lambda _progress: reviews.record(note),
            done=while_there(self, self._recorded),
            failed=while_there(self, self._failed),
            errand=Errand.ACT,
        )

    def _recorded(self, changes: frozenset[Change]) -> None:
        self.entry.setEnabled(True)
        self._clear()
        self._bench.told.emit("第三方审查已记下")
        self._bench.changed.emit(changes)
        self.begin()

    def _failed(self, error: Exception) -> None:
        self.entry.setEnabled(True)
        listed = error.details.get("fields", ()) if isinstance(error, ClerkError) else ()
        name = str(listed[0]) if isinstance(listed, tuple) and listed else ""
        # Beside its field the cause alone is said; what has no field is said whole below them.
        words = str(error.details.get("why", "")) if isinstance(error, ClerkError) and name in self.rows else ""
        self._say(name, words or describe(error).text)

    def _offer(self, out: OutsideReviewRow | None) -> None:
        """Fill in the review that is still out, so that only its answer is typed."""
        if out is not None and not self.paper.value() and not self.reviewer.value():
            self.paper.set_value(out.paper.value)
            self.reviewer.set_value(out.reviewer)
            self.asked_on.set_day(out.asked_on)

    def _say(self, name: str, sentence: str) -> None:
        """Say what is wrong at its field, or below all of them, and put the keyboard where it is put right."""
        self._forget_faults()
        row = self.rows.get(name)
        if row is not None:
            row.set_fault(sentence)
            row.reveal()
        else:
            self.fault.setText(sentence)
            self.fault.show()
        (row.editor if row is not None else self.reviewer).setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_faults(self) -> None:
        self.fault.hide()
        for row in self.rows.values():
            row.set_fault("")

    def _clear(self) -> None:
        self._act_id = uuid4().hex
        for field in (self.paper, self.verdict, self.asked_on, self.returned_on, self.reviewer, self.opinion):
            field.set_value("")
        self.asked_on.set_day(self._bench.desk.office.today())
        self._forget_faults()

    def _build(self) -> None:
        self.fault.setProperty("role", "fault")
        self.fault.hide()
        self.opinion.setPlaceholderText("意见；不是“符合”的必填")
        lines = (
            (
                ("paper", "审查什么(&W)", self.paper, 2),
                ("reviewer", "第三方(&J)", self.reviewer, 4),
                ("asked_on", "送审(&S)", self.asked_on, 2),
            ),
            (
                ("returned_on", "收到(&U)", self.returned_on, 2),
                ("verdict", "结论(&V)", self.verdict, 2),
                ("opinion", "意见(&Y)", self.opinion, 5),
            ),
        )
        column = QVBoxLayout(self.entry)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, 0)
        column.setSpacing(SPACE_2)
        for line in lines:
            fields = QHBoxLayout()
            fields.setSpacing(SPACE_3)
            for name, words, field, share in line:
                self.rows[name] = FieldRow(words, field, label_characters=4)
                fields.addWidget(self.rows[name], share)
            if line is lines[-1]:
                fields.addWidget(self.save, 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(fields)
        column.addWidget(self.fault)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.entry)
        page.addWidget(self.listed, 1)
        self.save.clicked.connect(self._record)
        for text in (self.reviewer, self.opinion):
            text.returnPressed.connect(self._record)
        for changing in (self.paper, self.verdict, self.reviewer, self.opinion, self.asked_on, self.returned_on):
            changing.changed.connect(self._forget_faults)


def _table(found: tuple[OutsideReviewRow, ...]) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACE_4)
    grid.setVerticalSpacing(SPACE_2)
    for column, heading in enumerate(_HEADINGS):
        grid.addWidget(label(heading, "faint", wraps=False), 0, column)
    for place, row in enumerate(found, 1):
        chip = Chip(word(row.verdict), _TONES[row.verdict]) if row.verdict else Chip("待收到", Tone.GREY)
        grid.addWidget(chip, place, 0)
        returned = row.returned_on.isoformat() if row.returned_on else ""
        cells = (word(row.paper), row.reviewer, row.asked_on.isoformat(), returned, row.noted_by, row.opinion)
        for column, text in enumerate(cells, 1):
            grid.addWidget(label(text, wraps=column == len(cells)), place, column)
    grid.setColumnStretch(len(_HEADINGS) - 1, 1)
    return table
