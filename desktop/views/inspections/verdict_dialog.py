"""Asks what a person decides about works that look parted, with the reason that stays."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.splitting_radar import SplittingAnswer, SplittingDecision
from desktop.services.desk import Desk
from desktop.services.splitting_radar import Suspicion
from desktop.views.inspections.inspection_words import options
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField


class VerdictDialog(RecordDialog):
    """The works, what they come to together, and two fields: decision and reason."""

    def __init__(self, desk: Desk, suspicion: Suspicion, parent: QWidget | None = None) -> None:
        fields_of = {"reason_required": "reason", "note_unfit": "reason"}
        super().__init__("splitting_verdict", "判定是否同一工程", save=self._keep, fields_of=fields_of, parent=parent)
        self._desk, self._suspicion, self._act_id = desk, suspicion, uuid4().hex
        for text in (suspicion.group.because, *_lines(suspicion)):
            said = QLabel(text)
            said.setWordWrap(True)
            self._column.addWidget(said)
        self.answer, self.reason = PickList(options(SplittingAnswer)), TextField()
        self.add_field("answer", "判定(&C)", self.answer, article=suspicion.group.limits.article)
        self.add_field("reason", "理由(&L)", self.reason, help="理由留在每一件的经过里；有新的工程加入时会再次提示。")
        if suspicion.verdict is not None:
            self.answer.set_value(suspicion.verdict.answer.value)
        self.ready()

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (self.answer.value(), self.reason.value())

    def _keep(self) -> None:
        self.answer.settle()
        if not self.answer.value():
            raise ClerkError("register_incomplete", fields=("answer",))
        self._desk.splitting_radar.decide(
            SplittingDecision(
                act_id=self._act_id,
                filing_ids=self._suspicion.group.filing_ids,
                answer=SplittingAnswer(self.answer.value()),
                reason=self.reason.value(),
            )
        )


def _lines(suspicion: Suspicion) -> tuple[str, ...]:
    earlier = (
        f"此前（{one.at.astimezone():%Y-%m-%d}，{one.who}）：{dict(options(SplittingAnswer))[one.answer.value]}。{one.reason}"
        for one in suspicion.earlier[:2]
    )
    return tuple(earlier)
