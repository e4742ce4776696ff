"""Matters handed on (移交、上报、函告): followed until the other body has replied."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtWidgets import QCheckBox

from desktop.domain.local_rules import in_brackets
from desktop.domain.transfer import TransferCriteria, TransferFile, TransferMove, TransferRow, TransferState
from desktop.views.patrol.list_reading import Listing
from desktop.views.patrol.list_tab import ListTab
from desktop.views.patrol.transfer_register_dialog import TransferRegisterDialog
from desktop.views.patrol.transfer_step_dialog import TransferStepDialog
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.chips import Tone
from desktop.views.shared.pick_list import PickList
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_COLUMNS: Final = ("编号", "文书", "接收机构", "工地", "移交日", "反馈期限", "状态", "结果")
_WIDTHS: Final = (12, 5, 13, 17, 7, 7, 6)
_ROOMY: Final = (2, 3)
_MOVES: Final = (
    ("patrol.transfer_received", "对方已接收", TransferMove.RECEIVED),
    ("patrol.transfer_progress", "处理中", TransferMove.IN_PROGRESS),
    ("patrol.transfer_reminded", "催办", TransferMove.REMINDED),
    ("patrol.transfer_joint", "会同排险", TransferMove.JOINT_REMOVAL),
    ("patrol.transfer_replied", "对方反馈", TransferMove.REPLIED),
)


class TransfersTab(ListTab):
    """What waits for a reply; the replied ones on demand."""

    nothing_there = "没有等待反馈的移交。在“隐患”中选一条，按 F5 移交。"

    def __init__(self, workbench: Workbench) -> None:
        hint = "编号、机构、工地"
        super().__init__(workbench, RegisterTable("transfers", _COLUMNS, _WIDTHS, roomy=_ROOMY), "移交", hint)
        self._today = workbench.desk.office.today
        self._shown: dict[int, TransferRow] = {}
        self.state = PickList([("", "全部状态"), *((state.value, word(state)) for state in TransferState)])
        self.state.set_value("")
        self.only_late, self.with_replied = QCheckBox("只看逾期(&V)"), QCheckBox("含已反馈(&Q)")
        self.add_filter("状态(&Z)", self.state)
        for tick in (self.only_late, self.with_replied):
            self.add_filter("", tick)
        if self.may_act:
            self.bind({key: (title, partial(self.take_step, move)) for key, title, move in _MOVES})
        self.bind({"patrol.transfer_papers": ("文书", self.papers), "patrol.transfer_site": ("工地", self.to_site)})
        if workbench.desk.exporting.may_export():
            self.bind({"patrol.transfer_register": ("登记簿", self.register)})
        self.table.opened.connect(lambda _id: self.when_read(self.papers))

    def reading(self, wanted: int | None) -> Callable[[], Listing]:
        """Ask for the matters that the filters ask for, the late ones first."""
        service, criteria, today = self.bench.desk.transfers, self._criteria(), self._today()

        def read() -> Listing:
            found = service.find(criteria)
            if wanted is not None and len(found) >= criteria.limit and all(row.id != wanted for row in found):
                found = (service.file(wanted).row, *found[:-1])
            ordered = sorted(found, key=lambda row: not row.is_overdue(today))
            rows = [(row.id, _texts(row, today), row.state is not TransferState.REPLIED) for row in ordered]
            return Listing(rows=rows, keep=partial(self._keep, ordered))

        return read

    def _criteria(self) -> TransferCriteria:
        state = self.state.value()
        return TransferCriteria(
            limit=self.most,
            text=self.find_line.value(),
            state=TransferState(state) if state else None,
            is_open=None if state or self.with_replied.isChecked() else True,
            is_overdue=True if self.only_late.isChecked() else None,
        )

    def _keep(self, found: Sequence[TransferRow]) -> None:
        self._shown = {row.id: row for row in found}

    def card(self, row_id: int) -> str:
        """Say what is known of a matter."""
        return "\n".join(_lines(self.bench.desk.transfers.file(row_id), self._today()))

    def forget_filters(self) -> None:
        """Show the replied ones too."""
        super().forget_filters()
        self.state.set_value("")
        self.only_late.setChecked(False)
        self.with_replied.setChecked(True)

    def take_step(self, move: TransferMove) -> None:
        """Enter one step of the chosen matter."""
        chosen = self.table.chosen_id()
        if chosen is None:
            return
        row = self._shown[chosen]
        if row.state is TransferState.REPLIED:
            self.say(f"{row.number} 已经收到反馈。", Tone.AMBER, "注意")
            return
        if TransferStepDialog(self.bench.desk, row, move, self).exec():
            self.told(f"{row.number} 已记“{word(move)}”。")

    def papers(self) -> None:
        """Preview the letter of the chosen matter."""
        chosen = self.table.chosen_id()
        if chosen is not None:
            self.show_papers(self.bench.desk.transfers.file(chosen).papers, self._shown[chosen].number)

    def register(self) -> None:
        """Give the register of some days out."""
        TransferRegisterDialog(self.bench, self).exec()

    def to_site(self) -> None:
        """Open the file of the site."""
        chosen = self.table.chosen_id()
        if chosen is not None and (filing_id := self._shown[chosen].site.filing_id) is not None:
            self.bench.filing_asked.emit(filing_id)


def _texts(row: TransferRow, today: date) -> tuple[str, ...]:
    late = row.is_overdue(today)
    term = row.reply_by.isoformat() if row.reply_by else ""
    return (
        row.number,
        word(row.kind),
        row.to_body,
        "　".join(part for part in (row.site_name, row.place) if part),
        row.sent_on.isoformat(),
        f"■ {term}" if late else term,
        f"● {word(row.state)}" if row.state is TransferState.REPLIED else word(row.state),
        "；".join(part for part in (row.result, row.penalty) if part),
    )


def _lines(file: TransferFile, today: date) -> Iterator[str]:
    row = file.row
    late = f"，已逾期 {(today - row.reply_by).days} 天" if row.reply_by and row.is_overdue(today) else ""
    yield f"{row.number}　{word(row.kind)}　{row.to_body}{in_brackets(row.article)}"
    yield f"{row.site_number} {row.site_name}　{row.place}"
    yield f"事实：{file.facts}"
    yield f"{row.sent_on} {row.sent_by} 发出" + (f"，请于 {row.reply_by} 前反馈{late}" if row.reply_by else "")
    for step in reversed(file.steps):
        penalty = f"　处罚：{step.penalty.text}" if step.penalty is not None else ""
        bodies = f"　{'、'.join(step.bodies)}" if step.bodies else ""
        yield f"{step.on} {word(step.move)}：{step.text}{penalty}{bodies}　{step.who}".strip()
