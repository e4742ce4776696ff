"""The review of a filing: where it stands, passing it, sending it back, opinions and their answers."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from typing import Any, Final
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.domain.acts import Change, Status
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import FilingFile
from desktop.domain.local_rules import local
from desktop.domain.progress import Progress
from desktop.domain.review import Approved, ReviewOutcome, ReviewStep
from desktop.views.actions import keys_of
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Chip, Tone
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_1, SPACE_2, SPACE_3
from desktop.views.workbench import Workbench


class _Doing(Enum):
    """What the field is open for."""

    RETURN = auto()
    OPINION = auto()
    ANSWER = auto()


_PLACEHOLDERS: Final = {
    _Doing.RETURN: "退回意见：哪里不符、怎样改；回车退回，Esc 不退",
    _Doing.OPINION: "意见；回车提出，Esc 不提",
    _Doing.ANSWER: "答复；回车记下，Esc 不答",
}
_NAMES: Final = {_Doing.RETURN: "退回意见", _Doing.OPINION: "意见", _Doing.ANSWER: "答复"}


class ReviewLine(QWidget):
    """Shown where there is something to say or to do.  ``left`` follows when the field is folded away.

    ``opinion_button`` finds its place with the page: an opinion can be put on any filing.
    """

    left = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._file: FilingFile | None = None
        self._steps: tuple[ReviewStep, ...] = ()
        self._doing: _Doing | None = None
        self._act_id = uuid4().hex
        self._is_busy = False
        self.banner, self.state, self._who = Banner(), Chip(), QLabel()
        self.field, self.fault = TextField(), QLabel()
        self.approve_button = QPushButton(f"审核通过（{keys_of('filing.approve')}）")
        self.return_button = QPushButton(f"退回（{keys_of('filing.return')}）")
        self.opinion_button = QPushButton(f"提意见（{keys_of('filing.opinion')}）")
        self.answer_button = QPushButton(f"答复（{keys_of('filing.answer')}）")
        self._build()
        self._connect()

    def show_file(self, file: FilingFile) -> None:
        """Show where one filing stands; what is half typed for another one is folded away."""
        if self._file is None or self._file.row.id != file.row.id:
            self._fold()
            self._act_id = uuid4().hex
        self._file = file
        self._steps = self._bench.desk.reviews.steps(file.row.id)
        self._show_state()
        self._show_words()
        self.setVisible(self._has_something())

    def approve(self) -> None:
        """Pass the step; at the last one the filing is accepted and its papers are made."""
        if self._file is None or self._is_busy or not self.approve_button.isVisibleTo(self):
            return
        filing_id, act_id = self._file.row.id, self._act_id
        reviews = self._bench.desk.reviews
        self._run(lambda progress: reviews.approve(filing_id, act_id, "", progress), self._approved)

    def ask_return(self) -> None:
        """Offer the field for the opinion to send back with."""
        self._open(_Doing.RETURN, self.return_button)

    def ask_opinion(self) -> None:
        """Offer the field for an opinion."""
        self._open(_Doing.OPINION, self.opinion_button)

    def ask_answer(self) -> None:
        """Offer the field for the answer to the oldest open opinion."""
        self._open(_Doing.ANSWER, self.answer_button)

    def step_back(self) -> bool:
        """Fold the field away; says whether it was open."""
        was_open = self._doing is not None
        if was_open:
            self._fold()
            self.setVisible(self._has_something())
            self.left.emit()
        return was_open

    @property
    def open_opinions(self) -> tuple[ReviewStep, ...]:
        """Give the opinions that wait for an answer."""
        return tuple(step for step in self._steps if step.outcome is ReviewOutcome.OPINION)

    def _show_state(self) -> None:
        assert self._file is not None
        status, actor = self._file.row.status, self._bench.desk.sign_in.actor
        steps = [step for step in self._steps if not step.is_opinion]
        is_open = status is Status.AWAITING_REVIEW and bool(steps)
        reviews = actor.may(Right.REVIEW_FILING)
        self.state.setVisible(is_open)
        self._who.setVisible(is_open)
        if is_open:
            step = steps[-1]
            level = f"第 {step.level} 级，共 {step.levels} 级" if step.levels > 1 else "一级审核"
            self.state.show_as("待审核", Tone.BLUE)
            self._who.setText(f"{level}　{step.asked_by} {step.asked_at.astimezone():%Y-%m-%d %H:%M} 送审")
        self.approve_button.setVisible(is_open and reviews)
        self.return_button.setVisible(is_open and reviews)
        self.opinion_button.setVisible(reviews)
        self.answer_button.setVisible(bool(self.open_opinions) and actor.may(Right.REGISTER))

    def _show_words(self) -> None:
        """Say in amber what waits for the clerk: the reviewer's reason, and every open opinion."""
        assert self._file is not None
        said = [f"{step.asked_by}：{step.opinion}" for step in self.open_opinions]
        returned = [step for step in self._steps if step.outcome is ReviewOutcome.RETURNED]
        if self._file.row.status is Status.RETURNED and returned:
            said.insert(0, f"{returned[-1].done_by}退回：{returned[-1].opinion}")
            self.banner.say("　".join(said), Tone.AMBER, mark="审核退回")
        else:
            self.banner.say("　".join(said), Tone.AMBER, mark="意见待答复")

    def _has_something(self) -> bool:
        shown = (self.state, self.approve_button, self.answer_button)
        return bool(self.banner.text) or self._doing is not None or any(not each.isHidden() for each in shown)

    def _open(self, doing: _Doing, button: QPushButton) -> None:
        if self._file is None or button.isHidden() or self._is_busy:
            return
        self._doing = doing
        self.show()
        self.field.setPlaceholderText(_PLACEHOLDERS[doing])
        self.field.setAccessibleName(_NAMES[doing])
        self.fault.hide()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _entered(self) -> None:
        if self._file is None or self._doing is None or self._is_busy:
            return
        text, filing_id, reviews = self.field.value(), self._file.row.id, self._bench.desk.reviews
        if self._doing is _Doing.RETURN:
            self._run(lambda _progress: reviews.return_with(filing_id, text), partial(self._noted, "已退回"))
        elif self._doing is _Doing.OPINION:
            self._run(lambda _progress: reviews.give_opinion(filing_id, text), partial(self._noted, "意见已提出"))
        elif self.open_opinions:
            opinion_id = self.open_opinions[0].id
            self._run(lambda _progress: reviews.answer(opinion_id, text), partial(self._noted, "已答复"))

    def _run(self, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        self._set_busy(True)
        self._bench.runner.run(
            work,
            done=while_there(self, done),
            failed=while_there(self, self._failed),
            errand=Errand.ACT,
        )

    def _approved(self, approved: Approved) -> None:
        self._set_busy(False)
        self._act_id = uuid4().hex
        self._bench.changed.emit(approved.changes)
        if approved.decided is None:
            self._bench.told.emit(f"已通过，转第 {approved.next_level} 级审核")
            return
        number = approved.decided.number
        self._bench.told.emit(local(f"{number} 审核通过，已受理登记"))
        self._bench.papers_asked.emit(approved.decided.papers, f"{number} 文书")

    def _noted(self, words: str, changes: frozenset[Change]) -> None:
        self._set_busy(False)
        self.step_back()
        self._bench.told.emit(words)
        self._bench.changed.emit(changes)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        self.fault.setText(describe(error).text)
        self.fault.show()
        if self._doing is not None:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(error, ClerkError) and error.code in ("review_done", "opinion_answered"):
            # Somebody else was quicker: show where it stands now, the sentence stays.
            self._bench.changed.emit(frozenset({Change.FILINGS}))
            self.fault.show()

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        for part in (self.field, self.approve_button, self.return_button, self.opinion_button, self.answer_button):
            part.setEnabled(not is_busy)
        if is_busy:
            self.fault.hide()

    def _fold(self) -> None:
        self._doing = None
        self.field.set_value("")
        self.field.hide()
        self.fault.hide()

    def _connect(self) -> None:
        self.approve_button.clicked.connect(self.approve)
        self.return_button.clicked.connect(self.ask_return)
        self.opinion_button.clicked.connect(self.ask_opinion)
        self.answer_button.clicked.connect(self.ask_answer)
        self.field.returnPressed.connect(self._entered)
        self.field.changed.connect(self.fault.hide)

    def _build(self) -> None:
        self._who.setProperty("role", "soft")
        self.fault.setProperty("role", "fault")
        self.fault.setWordWrap(True)
        self.field.setObjectName("reviewWords")
        self.approve_button.setProperty("role", "primary")
        row = QHBoxLayout()
        row.setSpacing(SPACE_3)
        row.addWidget(self.state)
        row.addWidget(self._who)
        row.addWidget(self.field, 4)
        row.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_2)
        for button in (self.return_button, self.opinion_button, self.answer_button):
            button.setProperty("role", "quiet")
        for button in (self.approve_button, self.return_button, self.answer_button):
            buttons.addWidget(button)
        row.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addWidget(self.banner)
        column.addLayout(row)
        column.addWidget(self.fault)
        self._fold()
        self.hide()
