"""Records that changed here and at the sender: side by side, and which side stays is decided on record (冲突)."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import local
from desktop.domain.receiving import ConflictFile, ConflictRow, Decision
from desktop.services.revealing import SHORTEST_PURPOSE
from desktop.views.actions import keys_of
from desktop.views.exchange.exchange_tab import ALL_CHANGES, ExchangeTab
from desktop.views.exchange.exchange_words import DECISION_WORDS, RECORD_WORDS, moment
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.elided import ElidedLabel
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_3
from desktop.views.workbench import Workbench

_COLUMNS: Final = ("种类", "编号、名称", "来自", "发现时间", "裁定", "理由", "裁定人")
_PAIRS: Final = ("内容", "本台账", "来包")


class ConflictsTab(ExchangeTab):
    """Above, the conflicts; below, where the chosen one differs; F5 keeps ours, F6 takes theirs."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self.head, self.pairs_head = self.heading(), ElidedLabel()
        self.with_decided = QCheckBox(f"已裁定的也列出（{keys_of('exchange.decided')}）")
        self.table = RegisterTable("exchange.conflicts", _COLUMNS, (9, 24, 16, 11, 8, 12), roomy=(1, 2, 5))
        self.pairs = RegisterTable("exchange.pairs", _PAIRS, (14, 26, 26), roomy=(1, 2))
        self._rows: dict[int, ConflictRow] = {}
        self._build()
        self.bind(
            {
                "exchange.ours": ("保留本台账的", lambda: self.ask(Decision.OURS)),
                "exchange.theirs": ("采用来包的", lambda: self.ask(Decision.THEIRS)),
            }
        )
        bind_keys(self, {"exchange.decided": self.with_decided.toggle})
        self.setFocusProxy(self.table)
        self.with_decided.toggled.connect(lambda _on: self.read_anew())
        self.table.currentCellChanged.connect(lambda *_cells: self._show_pairs())
        self.table.opened.connect(lambda _id: self.pairs.setFocus(Qt.FocusReason.OtherFocusReason))

    def read_anew(self) -> None:
        """Read the conflicts."""
        receiving, is_whole = self.bench.desk.receiving, self.with_decided.isChecked()

        def work() -> tuple[ConflictRow, ...]:
            decided = receiving.conflicts(is_open=False) if is_whole else ()
            return (*receiving.conflicts(), *decided)

        self.look_up(work, self._show)

    def ask(self, decision: Decision) -> None:
        """Ask why one side is to stay."""
        row = self._rows.get(self.table.chosen_id() or 0)
        if row is None:
            return
        if row.decision is not None:
            self.say(local("这一条已经裁定过了。需要更正的，请在相应的登记、巡查中办理。"), Tone.AMBER, "注意")
            return
        dialog = DecideDialog(self.bench, row, decision, self)
        if dialog.exec():
            kept = "本台账的" if decision is Decision.OURS else "来包的"
            self.say(
                f"{RECORD_WORDS[row.kind]} {row.label}：已按{kept}裁定，记入审计记录。"
                "要让对方也一致，请把今天的内容生成上报包，交给对方接收。",
                mark="已裁定",
            )
            self.bench.changed.emit(ALL_CHANGES)
            self.read_anew()

    def _show(self, rows: Any) -> None:
        self._rows = {row.id: row for row in rows}
        waiting = sum(row.decision is None for row in rows)
        self.head.setText(f"待裁定 {waiting} 件" if waiting else "没有待裁定的冲突")
        self.table.show_rows([(row.id, _texts(row), row.decision is None) for row in rows])
        self.table.say_when_empty("两边都改过同一条记录时，接收上报包后列在这里，由您裁定保留哪一边的。")
        self._show_pairs()

    def _show_pairs(self) -> None:
        chosen = self.table.chosen_id()
        row = self._rows.get(chosen or 0)
        for key in ("exchange.ours", "exchange.theirs"):
            for button in self.findChildren(QPushButton, key):
                button.setEnabled(row is not None and row.decision is None)
        if chosen is None or chosen not in self._rows:
            self.pairs_head.setText("两边的内容")
            self.pairs.show_rows(())
            self.pairs.say_when_empty("选中一条冲突，这里逐项列出两边的不同。" if self._rows else "")
            return
        try:
            self._show_file(self.bench.desk.receiving.conflict(chosen))
        except ClerkError as error:
            self.say_trouble(error)

    def _show_file(self, file: ConflictFile) -> None:
        same = f"，另有 {file.agreed} 项相同" if file.agreed else ""
        self.pairs_head.setText(f"{file.row.label}：{len(file.pairs)} 项不同{same}")
        shown = [(place, (pair.label, pair.ours, pair.theirs), True) for place, pair in enumerate(file.pairs)]
        self.pairs.show_rows(shown)
        self.pairs.say_when_empty("各项内容相同，只是两边都有改动的记录。")

    def _build(self) -> None:
        self.table.setAccessibleName("冲突")
        self.pairs.setAccessibleName("两边不同的内容")
        self.pairs_head.setProperty("role", "heading")
        line = QHBoxLayout()
        line.setSpacing(SPACE_3)
        line.addWidget(self.head)
        line.addStretch(1)
        line.addWidget(self.with_decided)
        self.column.addLayout(line)
        self.column.addWidget(self.table, 2)
        self.column.addWidget(self.pairs_head)
        self.column.addWidget(self.pairs, 3)


class DecideDialog(RecordDialog):
    """One sentence of what will happen, and a line for the reason, which stays on record."""

    def __init__(
        self, workbench: Workbench, row: ConflictRow, decision: Decision, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "decide_conflict", "裁定冲突", save=self._decide, fields_of={"reason_required": "reason"}, parent=parent
        )
        self._desk, self._row, self._decision = workbench.desk, row, decision
        gone = (
            "来包的改动不采用，两边都留存备查。"
            if decision is Decision.OURS
            else "本台账的改动由来包的代替，两边都留存备查。"
        )
        said = QLabel(f"{RECORD_WORDS[row.kind]} {row.label}（{row.station}）：{DECISION_WORDS[decision]}。{gone}")
        said.setWordWrap(True)
        self._column.addWidget(said)
        self.reason = TextField()
        self.reason.setPlaceholderText("例如：现场核对，以街道巡查的结果为准")
        self.add_field("reason", "理由(&R)", self.reason)
        self.save_button.setText(f"{DECISION_WORDS[decision]}（{keys_of('registers.save')}）")
        self.ready()

    def state(self) -> tuple[str, ...]:
        """Nothing is lost that one line could not say again."""
        return ()

    def _decide(self) -> None:
        if len(self.reason.value()) < SHORTEST_PURPOSE:
            raise ClerkError("reason_required", why=f"至少 {SHORTEST_PURPOSE} 个字，会留在记录中。")
        self._desk.receiving.decide(self._row.id, self._decision, reason=self.reason.value())


def _texts(row: ConflictRow) -> tuple[str, ...]:
    return (
        f"{'▲ ' if row.decision is None else ''}{RECORD_WORDS[row.kind]}",
        row.label,
        row.station,
        moment(row.found_at),
        DECISION_WORDS[row.decision] if row.decision is not None else "待裁定",
        row.reason,
        row.decided_by,
    )
