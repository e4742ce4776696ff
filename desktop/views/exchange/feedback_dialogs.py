"""A feedback as a form, and the period over which feedback is given out."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.feedback import KIND_WORDS, FeedbackDraft, FeedbackKind
from desktop.services.desk import Desk
from desktop.views.patrol.text_block import TextBlock
from desktop.views.registers.fitting_dialog import FittingDialog
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField


class FeedbackDialog(FittingDialog):
    """What was noticed, told to whom and when, what was replied; the later parts may come later."""

    def __init__(self, desk: Desk, feedback_id: int | None, parent: QWidget | None = None) -> None:
        super().__init__(
            "feedback",
            "情况反馈、意见建议",
            save=self._keep,
            faults=lambda: desk.feedback.faults(self.draft()),
            parent=parent,
        )
        self._desk, self._id, self._act_id = desk, feedback_id, uuid4().hex
        self.kind = PickList([(kind.value, words) for kind, words in KIND_WORDS.items()])
        self.noticed_on, self.told_on, self.replied_on = (DayEdit(today=desk.office.today) for _ in range(3))
        self.content, self.reply = TextBlock(lines=4), TextBlock(lines=3)
        self.told_to = TextField()
        self.told_to.setPlaceholderText("例如：区住房建设局")
        self.add_line(("kind", "类别(&G)", self.kind), ("noticed_on", "发现日期(&R)", self.noticed_on))
        self.add_field("content", "情况、意见(&N)", self.content)
        self.add_line(("told_to", "反馈对象(&D)", self.told_to), ("told_on", "反馈日期(&F)", self.told_on))
        self.add_field("reply", "答复(&H)", self.reply)
        self.add_field("replied_on", "答复日期(&J)", self.replied_on)
        known = desk.feedback.of(feedback_id) if feedback_id is not None else None
        self._show(known or FeedbackDraft(noticed_on=desk.office.today()))
        self.ready()
        # Of one that is open the next step is wanted.
        if known is not None:
            (self.told_to if known.told_on is None else self.reply).setFocus()

    def draft(self) -> FeedbackDraft:
        """Give the feedback as typed."""
        return FeedbackDraft(
            kind=FeedbackKind(self.kind.value() or FeedbackKind.SITUATION.value),
            noticed_on=self.noticed_on.day(),
            content=self.content.value(),
            told_to=self.told_to.value(),
            told_on=self.told_on.day(),
            reply=self.reply.value(),
            replied_on=self.replied_on.day(),
        )

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        days = (self.noticed_on.text(), self.told_on.text(), self.replied_on.text())
        return (str(self.draft()), *days)

    def _show(self, draft: FeedbackDraft) -> None:
        self.kind.set_value(draft.kind.value)
        self.content.setPlainText(draft.content)
        self.reply.setPlainText(draft.reply)
        self.told_to.set_value(draft.told_to)
        for field, day in (
            (self.noticed_on, draft.noticed_on),
            (self.told_on, draft.told_on),
            (self.replied_on, draft.replied_on),
        ):
            field.set_day(day)

    def _keep(self) -> None:
        if self._id is None:
            self._desk.feedback.note(self.draft(), act_id=self._act_id)
        else:
            self._desk.feedback.change(self._id, self.draft())


class PeriodDialog(RecordDialog):
    """Two days, either of which may be empty; ``given`` brings them."""

    given = Signal(object, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("feedback_period", "导出情况反馈", save=self._give, parent=parent)
        self.first, self.last = DayEdit(today=desk.office.today), DayEdit(today=desk.office.today)
        self.save_button.setText(self.save_button.text().replace("保存", "选文件并导出"))
        self.add_line(("first", "发现日期起(&Q)", self.first), ("last", "止(&Z)", self.last))
        today = desk.office.today()
        self.first.set_day(date(today.year, today.month - (today.month - 1) % 3, 1))
        self.last.set_day(today)
        self.ready()

    def state(self) -> tuple[str, ...]:
        """Nothing of it would be lost."""
        return ()

    def save(self) -> None:
        """Go on, or say which day cannot be read."""
        first, last = self.first.day(), self.last.day()
        faults = {"first": self.first.problem(), "last": self.last.problem()}
        if first and last and last < first:
            faults["last"] = "截止日期早于起始日期。"
        for name, said in faults.items():
            self.rows[name].set_fault(said)
        wrong = next((name for name, said in faults.items() if said), None)
        if wrong is not None:
            self.rows[wrong].reveal()
            self.rows[wrong].editor.setFocus()
            return
        super().save()

    def _give(self) -> None:
        self.given.emit(self.first.day(), self.last.day())
