"""One step of a matter handed on: received, in progress, a reminder, joint removal, or the reply with its penalty."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from desktop.domain.acts import FieldFault
from desktop.domain.transfer import (
    Penalty,
    PenaltyKind,
    TransferMove,
    TransferRow,
    TransferStepDraft,
)
from desktop.domain.transfer_faults import step_faults
from desktop.domain.typed_text import AmountUnit, parse_amount_wan_or_yuan
from desktop.services.desk import Desk
from desktop.views.patrol.text_block import TextBlock
from desktop.views.registers.fitting_dialog import FittingDialog
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.wording import word


class TransferStepDialog(FittingDialog):
    """The penalty is typed as the other body replied it; nothing is decided here."""

    def __init__(self, desk: Desk, row: TransferRow, move: TransferMove, parent: QWidget | None = None) -> None:
        super().__init__(
            "transfer_step", f"{word(move)}　{row.number}", save=self._take, faults=self._found_faults, parent=parent
        )
        self._desk, self._row, self._move, self._act_id = desk, row, move, uuid4().hex
        self.on, self.who, self.text = DayEdit(today=desk.office.today), TextField(), TextBlock(lines=3)
        self.penalty = PickList([("", "没有写明"), *((kind.value, word(kind)) for kind in PenaltyKind)])
        self.amount, self.document = TextField(limit=20), TextField()
        self.decided_on = DayEdit(today=desk.office.today)
        self.documents, self.bodies = TextBlock(lines=2), TextBlock(lines=2)
        self._arrange()
        self.on.set_day(desk.office.today())
        self.ready()

    def draft(self) -> TransferStepDraft:
        """Give the step as typed."""
        self.penalty.settle()
        return TransferStepDraft(
            act_id=self._act_id,
            move=self._move,
            on=self.on.day(),
            who=self.who.value(),
            text=self.text.value(),
            penalty=self._penalty(),
            documents=self.documents.lines(),
            bodies=self.bodies.lines(),
        )

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (str(self.draft()), self.amount.value())

    def _penalty(self) -> Penalty | None:
        if not self.penalty.value():
            return None
        return Penalty(
            kind=PenaltyKind(self.penalty.value()),
            amount_yuan=_amount(self.amount.value()),
            document=self.document.value(),
            decided_on=self.decided_on.day(),
        )

    def _found_faults(self) -> Sequence[FieldFault]:
        typed = self.amount.value()
        if self.penalty.value() and typed and _amount(typed) is None:
            return (FieldFault(field="penalty.amount_yuan", code="unreadable", message="请写数字，例如 5000。"),)
        return step_faults(self.draft(), sent_on=self._row.sent_on, on=self._desk.office.today())

    def _take(self) -> None:
        self._desk.transfers.step(self._row.id, self.draft())

    def _arrange(self) -> None:
        is_reply = self._move is TransferMove.REPLIED
        self.add_line(("on", "日期(&R)", self.on), ("who", "对方经办(&J)", self.who))
        if self._move is TransferMove.JOINT_REMOVAL:
            self.bodies.setPlaceholderText("一行一个")
            self.add_field("bodies", "参加机构(&C)", self.bodies)
        self.add_field("text", "结果(&Q)" if is_reply else "情况(&Q)", self.text)
        if is_reply:
            self.penalty.set_value("")
            self.add_line(("penalty", "处罚(&F)", self.penalty), ("penalty.amount_yuan", "金额（元）(&Y)", self.amount))
            self.add_line(
                ("penalty.document", "决定书(&W)", self.document), ("penalty.decided_on", "决定日(&D)", self.decided_on)
            )
            self.documents.setPlaceholderText("一行一份")
            self.add_field("documents", "来文(&L)", self.documents)


def _amount(typed: str) -> Decimal | None:
    return parse_amount_wan_or_yuan(typed, AmountUnit.YUAN).value if typed else None
