"""A letter that hands a matter on: filled from the record, read by the clerk, sent under its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.acts import Change, FieldFault
from desktop.domain.bodies import TransferKind
from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import in_brackets
from desktop.domain.transfer import Sent, TransferMatter, TransferProposal, TransferRequest
from desktop.services.desk import Desk
from desktop.views.patrol.list_tab import ListTab
from desktop.views.patrol.text_block import TextBlock
from desktop.views.registers.fitting_dialog import FittingDialog
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.pick_list import PickList
from desktop.views.theme import base_px
from desktop.views.wording import word

_POWER: Final = (("", "未答"), ("yes", "属于"), ("no", "不属于"))
_POWER_ANSWERS: Final = {"": None, "yes": True, "no": False}


class TransferDialog(FittingDialog):
    """``sent`` gives what came of it; the body follows the answer to the question of power."""

    def __init__(self, desk: Desk, matter: TransferMatter, parent: QWidget | None = None) -> None:
        super().__init__("transfer", "移交、上报", save=self._send, faults=self._found_faults, parent=parent)
        self._desk, self._matter = desk, replace(matter)
        self._begun, self._proposal = desk.transfers.draft(matter), desk.transfers.propose(matter)
        self._act_id = uuid4().hex
        self.sent: Sent | None = None
        self.asked, self.basis = QLabel(), QLabel()
        self.power, self.kind = PickList(_POWER), PickList([(kind.value, word(kind)) for kind in TransferKind])
        self.to_body, self.reply_by = PickList(allows_other=True), DayEdit(today=desk.office.today)
        self.facts, self.measures = TextBlock(lines=3), TextBlock(lines=2)
        self.evidence, self.grounds, self.wanted = TextBlock(lines=2), TextBlock(lines=2), TextBlock(lines=2)
        self._arrange()
        self._show(self._begun, self._proposal)
        self.power.picked.connect(self._answer)
        self.save_button.setText(self.save_button.text().replace("保存", "发出并打印"))
        self.power.set_value("")
        self.ready()
        (self.power if self._proposal.question is not None else self.facts).setFocus()

    @staticmethod
    def send_from(tab: ListTab, matter: TransferMatter) -> None:
        """Ask for the letter about a matter, send it and show its paper."""
        desk = tab.bench.desk
        try:
            dialog = TransferDialog(desk, matter, tab)
        except ClerkError as error:
            tab.say_trouble(error)
            return
        if not dialog.exec() or dialog.sent is None:
            return
        tab.told(f"已发出 {dialog.sent.number}，在“移交”中跟踪反馈。", Change.PAPERS, Change.FILINGS)
        tab.show_papers(desk.transfers.file(dialog.sent.transfer_id).papers, dialog.sent.number)

    def request(self) -> TransferRequest:
        """Give the letter as typed."""
        for pick in (self.kind, self.to_body):
            pick.settle()
        return replace(
            self._begun,
            act_id=self._act_id,
            kind=TransferKind(self.kind.value() or self._begun.kind),
            to_body=self.to_body.value(),
            facts=self.facts.value(),
            measures=self.measures.value(),
            evidence=self.evidence.lines(),
            grounds=self.grounds.lines(),
            request=self.wanted.value(),
            reply_by=self.reply_by.day(),
        )

    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields."""
        return (str(self.request()), self.reply_by.text())

    def _found_faults(self) -> Sequence[FieldFault]:
        return self._desk.transfers.faults(self.request())

    def _send(self) -> None:
        self.sent = self._desk.transfers.send(self.request())

    def _answer(self, code: str) -> None:
        """Take another answer to the question of power: body, letter and grounds follow, the facts stay."""
        matter = replace(self._matter, is_within_power=_POWER_ANSWERS[code])
        try:
            begun, proposal = self._desk.transfers.draft(matter), self._desk.transfers.propose(matter)
        except ClerkError as error:
            self.say_trouble(error)
            return
        facts = self.facts.value()
        self._begun = begun
        self._show(begun, proposal)
        self.facts.setPlainText(facts or begun.facts)

    def _show(self, begun: TransferRequest, proposal: TransferProposal) -> None:
        question = proposal.question
        self.asked.setText(f"{question.text}{in_brackets(question.article)}" if question is not None else "")
        self.asked.setVisible(question is not None)
        self.rows["power"].setVisible(question is not None)
        same_day = "　须当日 24:00 前发出" if proposal.is_same_day else ""
        article = begun.article or proposal.article
        self.basis.setText(f"依据 {article}{same_day}" if article else same_day.strip())
        self.kind.set_value(begun.kind.value)
        self.to_body.set_options([(body.name, f"{body.name}{in_brackets(body.article)}") for body in proposal.bodies])
        self.to_body.set_value(begun.to_body)
        for block, text in (
            (self.facts, begun.facts),
            (self.measures, begun.measures),
            (self.evidence, "\n".join(begun.evidence)),
            (self.grounds, "\n".join(begun.grounds)),
            (self.wanted, begun.request),
        ):
            block.setPlainText(text)
        self.reply_by.set_day(begun.reply_by)

    def _arrange(self) -> None:
        self.setMinimumWidth(base_px() * 60)
        for words in (self.asked, self.basis):
            words.setWordWrap(True)
            words.setProperty("role", "soft")
        self._column.addWidget(self.asked)
        self.add_field("power", "授权范围(&X)", self.power)
        self.add_field("to_body", "接收机构(&J)", self.to_body)
        self._column.addWidget(self.basis)
        for name, label, block in (
            ("facts", "查明事实(&S)", self.facts),
            ("measures", "已采取(&C)", self.measures),
            ("evidence", "证据(&Z)", self.evidence),
            ("grounds", "依据(&Y)", self.grounds),
            ("request", "请对方(&Q)", self.wanted),
        ):
            self.add_field(name, label, block)
        self.add_line(("kind", "文书(&W)", self.kind), ("reply_by", "反馈期限(&T)", self.reply_by))
