"""What is not yet up by kind and age, what was refused, the packages made, and the answers to them (上报)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel

from desktop.domain.package import ACKNOWLEDGEMENT_SUFFIX
from desktop.domain.packing import Acknowledged, AgeBand, Refused, Sent, StandingUp, Waiting
from desktop.views.actions import keys_of
from desktop.views.exchange.exchange_tab import ExchangeTab
from desktop.views.exchange.exchange_words import AGE_WORDS, RECORD_WORDS, content_words, moment, outcome_words
from desktop.views.exchange.make_package_dialog import MakePackageDialog
from desktop.views.exchange.signature_sheet_dialog import SignatureSheetDialog
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.chips import Tone
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_3, row_px
from desktop.views.workbench import Workbench

_WAITING: Final = ("种类", *AGE_WORDS.values(), "合计")
_REFUSED: Final = ("种类", "编号、名称", "没有接收的原因", "退回日期")
_SENT: Final = ("生成时间", "内容", "件数", "个人信息", "附件", "加密给", "状态", "上级的结果、文件名")
_LEAST_ROWS: Final = 2


class SendingTab(ExchangeTab):
    """Read anew each time it is shown: every act at the counter adds to what waits."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self.head, self.refused_head = self.heading("正在统计未上报的内容…"), QLabel()
        self.waiting = RegisterTable("exchange.waiting", _WAITING, (12, 6, 6, 6, 6))
        self.refused = RegisterTable("exchange.refused", _REFUSED, (7, 16, 20), roomy=(1, 2))
        self.sent = RegisterTable("exchange.sent", _SENT, (10, 12, 4, 6, 4, 12, 7, 20), roomy=(5, 7))
        self.standing: StandingUp | None = None
        self._shown: dict[int, Sent] = {}
        self._build()
        self.bind(
            {
                "exchange.make": ("生成上报包", self.make),
                "exchange.acknowledgement": ("读入回执", self.ask_acknowledgement),
                "exchange.sheet": ("签收单", self.show_sheet),
            },
            primary="exchange.make",
        )
        self.setFocusProxy(self.sent)
        self.sent.opened.connect(lambda _id: self.show_sheet())

    def read_anew(self) -> None:
        """Read what waits and what was sent."""
        desk = self.bench.desk

        def work() -> tuple[StandingUp, tuple[Sent, ...], dict[int, str]]:
            names = {row.id: row.card.name for row in desk.station_keys.known()}
            return desk.packing.standing(), desk.packing.sent(), names

        self.look_up(work, self._show)

    def make(self) -> None:
        """Ask what the next package is to carry."""
        dialog = MakePackageDialog(self.bench, self.standing.count if self.standing else None, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.made.connect(self._made)
        dialog.open()

    def ask_acknowledgement(self) -> None:
        """Ask for the file of an acknowledgement."""
        kinds = f"上报回执（*{ACKNOWLEDGEMENT_SUFFIX}）"
        name, _kind = QFileDialog.getOpenFileName(self, "读入上级单位的回执", "", kinds)
        if name:
            self.take_acknowledgement(Path(name))

    def take_acknowledgement(self, file: Path) -> None:
        """Take in what the receiver of a package says."""
        packing = self.bench.desk.packing
        self.bench.runner.run(
            lambda _progress: packing.apply_acknowledgement(file),
            done=while_there(self, self._acknowledged),
            failed=while_there(self, self.say_trouble),
            errand=Errand.ACT,
        )

    def show_sheet(self) -> None:
        """Show the sheet that goes with the chosen package, to be signed at the receiver."""
        chosen = self.sent.chosen_id()
        if chosen is None:
            self.say(f"还没有生成过上报包，没有签收单。{keys_of('exchange.make')} 生成。", Tone.AMBER, "注意")
            return
        dialog = SignatureSheetDialog(self.bench, self._shown[chosen], self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _made(self, sent: Sent, file: Path) -> None:
        self.say(
            f"已生成上报包 {sent.count} 件：{file}。"
            f"交给上级单位，{keys_of('exchange.sheet')} 打印签收单；"
            f"收到回执后按 {keys_of('exchange.acknowledgement')} 读入。"
        )
        self.sent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.read_anew()

    def _acknowledged(self, told: Acknowledged) -> None:
        when, words = moment(told.sent.made_at), outcome_words(told.sent.outcome)
        if told.is_repeated:
            self.say(f"{when} 的上报包的回执以前已经读入，没有改动。", Tone.BLUE, "已读过")
        elif told.refused:
            self.say(
                f"{told.sent.acknowledged_by}收到 {when} 的上报包：{words}。"
                f"{told.refused} 件没有接收，列在右边，下次再报。",
                Tone.AMBER,
                "部分未收",
            )
        else:
            self.say(f"{told.sent.acknowledged_by}收到 {when} 的上报包：{words}。", mark="已确认")
        self.read_anew()

    def _show(self, found: Any) -> None:
        standing, sent, names = found
        self.standing = standing
        self._shown = {each.id: each for each in sent}
        waiting = [each for each in standing.waiting if each.count]
        oldest = min((each.oldest_at for each in waiting if each.oldest_at), default=None)
        since = f"，最早 {oldest.astimezone():%Y-%m-%d}" if oldest else ""
        self.head.setText(f"未上报 {standing.count} 件{since}" if waiting else "没有未上报的内容")
        self.waiting.show_rows([(place, _waiting_texts(each), True) for place, each in enumerate(waiting)])
        self.waiting.say_when_empty(
            "都已上报，并得到上级单位确认。" if standing.last_acknowledged else "台账里还没有可以上报的内容。"
        )
        self.refused_head.setText(f"上级没有接收 {len(standing.refused)} 件，下次一并再报")
        self.refused.show_rows([(place, _refused_texts(each), True) for place, each in enumerate(standing.refused)])
        for part in (self.refused, self.refused_head):
            part.setVisible(bool(standing.refused))
        self._fit(max(len(waiting), min(len(standing.refused), len(RECORD_WORDS))))
        self.sent.show_rows([(each.id, _sent_texts(each, names), True) for each in sent])
        self.sent.say_when_empty(
            f"还没有生成过上报包。{keys_of('exchange.make')} 生成第一个，交给上级单位；上级单位收到后给回执。"
        )

    def _fit(self, rows: int) -> None:
        for table in (self.waiting, self.refused):
            table.setFixedHeight((max(rows, _LEAST_ROWS) + 1) * row_px() + 2 * table.frameWidth() + SPACE_3)

    def _build(self) -> None:
        self.refused_head.setProperty("role", "heading")
        for table, name in (
            (self.waiting, "未上报的内容，按种类和时间"),
            (self.refused, "上级没有接收的内容"),
            (self.sent, "已生成的上报包"),
        ):
            table.setAccessibleName(name)
        self.refused.hide()
        self.refused_head.hide()
        self._fit(0)
        heads, tables = QHBoxLayout(), QHBoxLayout()
        for line, parts in ((heads, (self.head, self.refused_head)), (tables, (self.waiting, self.refused))):
            line.setSpacing(SPACE_3)
            for part in parts:
                line.addWidget(part, 1)
        self.column.addLayout(heads)
        self.column.addLayout(tables)
        self.column.addWidget(self.heading("已生成的上报包"))
        self.column.addWidget(self.sent, 1)


def _waiting_texts(each: Waiting) -> tuple[str, ...]:
    ages = [f"▲ {count}" if count and band is AgeBand.OLDER else str(count or "") for band, count in _ages(each)]
    return (RECORD_WORDS[each.kind], *ages, str(each.count))


def _ages(each: Waiting) -> list[tuple[AgeBand, int]]:
    return [(band, each.by_age.get(band, 0)) for band in AGE_WORDS]


def _refused_texts(each: Refused) -> tuple[str, ...]:
    return (RECORD_WORDS[each.kind], each.name, each.reason, f"{each.refused_at.astimezone():%Y-%m-%d}")


def _sent_texts(each: Sent, names: dict[int, str]) -> tuple[str, ...]:
    is_known = each.acknowledged_at is not None
    answered = f"{outcome_words(each.outcome)}（{each.acknowledged_by}）" if is_known else each.file_name
    return (
        moment(each.made_at),
        content_words(each.kind, each.period),
        str(each.count),
        "遮盖" if each.is_masked else "完整",
        "附带" if each.has_attachments else "不带",
        names.get(each.receiver_id, "") if each.receiver_id is not None else "不加密",
        "● 已确认" if is_known else "▲ 未确认",
        answered,
    )
