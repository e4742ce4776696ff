"""Packages of the stations below: opened, taken in and answered; who sent what for a period, and who did not (接收)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel

from desktop.domain.known_station import PeriodKind
from desktop.domain.package import ACKNOWLEDGEMENT_SUFFIX, PACKAGE_SUFFIX
from desktop.domain.receiving import Received, ReceivedRow, SenderStanding, SenderState
from desktop.views.actions import keys_of
from desktop.views.exchange.exchange_tab import ALL_CHANGES, ExchangeTab
from desktop.views.exchange.exchange_words import (
    PERIOD_WORDS,
    STATE_WORDS,
    content_words,
    moment,
    outcome_words,
)
from desktop.views.exchange.receive_dialog import ReceiveDialog
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.chips import Tone
from desktop.views.shared.elided import ElidedLabel
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_3, base_px
from desktop.views.workbench import Workbench

_STATIONS: Final = ("状态", "单位", "代码", "报送", "本期上报包", "最近一次生成", "说明")
_PACKAGES: Final = ("接收时间", "生成时间", "内容", "结果", "接收人")
_MONTHS, _QUARTERS = 12, 4


class ReceivingTab(ExchangeTab):
    """Above, the stations for the chosen period, the missing first; below, the packages of the chosen one."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self.period, self.head, self.packages_head = PickList(), QLabel(), ElidedLabel()
        self.stations = RegisterTable("exchange.senders", _STATIONS, (8, 20, 6, 6, 7, 10, 14), roomy=(1, 6))
        self.packages = RegisterTable("exchange.received", _PACKAGES, (11, 11, 16, 26), roomy=(2, 3))
        self._senders: dict[int, SenderStanding] = {}
        self._wanted = ""  # the package whose sender is to be stood on
        self._rows: tuple[ReceivedRow, ...] = ()
        self._build()
        self.bind(
            {
                "exchange.open": ("打开上报包", self.ask_package),
                "exchange.answer": ("保存回执", self.ask_answer),
            },
            primary="exchange.open",
        )
        self.bind_period()
        self.setFocusProxy(self.stations)
        self.stations.currentCellChanged.connect(lambda *_cells: self._show_packages())

    def bind_period(self) -> None:
        """Let the key of the period lead to it."""
        from desktop.views.shared.bound_keys import bind_keys

        bind_keys(self, {"exchange.period": self._to_period})
        self.period.picked.connect(lambda _code: self.read_anew())

    def read_anew(self) -> None:
        """Read who sent what for the chosen period."""
        if not self.period.options:
            self.period.set_options(tuple(_periods(self.bench.desk.office.today())))
            self.period.set_value(self.period.options[0][0])
        first, last = (date.fromisoformat(day) for day in self.period.value().split("/"))
        receiving = self.bench.desk.receiving
        self.look_up(lambda: receiving.senders(first, last), self._show)

    def ask_package(self) -> None:
        """Ask for the file of a package."""
        name, _kind = QFileDialog.getOpenFileName(self, "打开上报包", "", f"上报包（*{PACKAGE_SUFFIX}）")
        if name:
            self.open_package(Path(name))

    def open_package(self, file: Path) -> None:
        """Look at a package; nothing is written until it is taken."""
        dialog = ReceiveDialog(self.bench, file, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.taken.connect(self._taken)
        dialog.answered.connect(self._answered)
        dialog.open()

    def ask_answer(self) -> None:
        """Ask where the answer to the chosen package is to lie."""
        place = self.packages.chosen_id()
        if place is None:
            self.say("没有选中上报包。请先在上面选单位，再在下面选它的上报包。", Tone.AMBER, "注意")
            return
        row, sender = self._rows[place], self._senders[self.stations.chosen_id() or 0]
        wanted = f"回执 {sender.code} {row.made_at.astimezone():%Y%m%d-%H%M}{ACKNOWLEDGEMENT_SUFFIX}"
        name, _kind = QFileDialog.getSaveFileName(self, "保存回执", wanted, f"上报回执（*{ACKNOWLEDGEMENT_SUFFIX}）")
        if name:
            file = Path(name)
            self.answer(row.package_id, file if file.suffix else file.with_suffix(ACKNOWLEDGEMENT_SUFFIX))

    def answer(self, package_id: str, file: Path) -> None:
        """Save the answer to a package."""
        receiving = self.bench.desk.receiving
        self.bench.runner.run(
            lambda _progress: receiving.write_acknowledgement(package_id, file),
            done=while_there(self, lambda _told: self._answered(file)),
            failed=while_there(self, self.say_trouble),
            errand=Errand.ACT,
        )

    def _answered(self, file: Path) -> None:
        self.say(f"回执已存为 {file}。请交给上报单位读入。")

    def _taken(self, received: Received) -> None:
        if received.was_known:
            self.say(f"{received.station_name}的这个上报包以前已经接收，台账没有改动。", Tone.BLUE, "已收过")
        else:
            words = outcome_words(received.outcome) or "没有内容"
            self.say(f"已接收{received.station_name}的上报包：{words}。请保存回执，交给上报单位。")
            self.bench.changed.emit(ALL_CHANGES)
        self._wanted = received.package_id
        self.read_anew()

    def _show(self, senders: Any) -> None:
        self._senders = {each.station_id: each for each in senders}
        missing = sum(each.state is SenderState.MISSING for each in senders)
        partly = sum(each.state is SenderState.PARTLY for each in senders)
        told = [f"{count} 家{word}" for count, word in ((missing, "没报"), (partly, "只报了一部分")) if count]
        self.head.setText("，".join(told) or ("应报的都已报" if senders else ""))
        self.stations.show_rows([(each.station_id, _station_texts(each), True) for each in senders])
        self.stations.say_when_empty(
            "还没有下级单位。取得对方的名片文件和核对单后，请管理员在“往来单位”一栏（Alt+4）列入；之后才能接收它的上报包。"
        )
        self._show_packages()
        self._stand_on_wanted()

    def _stand_on_wanted(self) -> None:
        """Stand on the package that was just taken, so that the key of the answer means it."""
        for place, sender in enumerate(self._senders.values()):
            found = [row for row, package in enumerate(sender.packages) if package.package_id == self._wanted]
            if found:
                self.stations.setCurrentCell(place, 0)
                self.packages.setCurrentCell(found[0], 0)
        self._wanted = ""

    def _show_packages(self) -> None:
        sender = self._senders.get(self.stations.chosen_id() or 0)
        self._rows = sender.packages if sender is not None else ()
        self.packages_head.setText(f"{sender.name}本期的上报包" if sender is not None else "本期的上报包")
        self.packages.show_rows([(place, _package_texts(row), True) for place, row in enumerate(self._rows)])
        self.packages.say_when_empty(f"本期还没有接收。拿到文件后按 {keys_of('exchange.open')} 打开。")

    def _to_period(self) -> None:
        self.period.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.period.selectAll()

    def _build(self) -> None:
        self.period.setObjectName("exchange.period_field")
        self.period.setAccessibleName("期间")
        self.period.setFixedWidth(base_px() * 16)
        self.stations.setAccessibleName("下级单位本期的报送")
        self.packages.setAccessibleName("选中单位本期的上报包")
        for heading in (self.head, self.packages_head):
            heading.setProperty("role", "heading")
        label = QLabel(f"期间（{keys_of('exchange.period')}）")
        label.setProperty("role", "soft")
        label.setBuddy(self.period)
        line = QHBoxLayout()
        line.setSpacing(SPACE_3)
        for part in (label, self.period, self.head):
            line.addWidget(part)
        line.addStretch(1)
        self.column.addLayout(line)
        self.column.addWidget(self.stations, 3)
        self.column.addWidget(self.packages_head)
        self.column.addWidget(self.packages, 2)


def _station_texts(each: SenderStanding) -> tuple[str, ...]:
    last = moment(each.last_made_at) if each.last_made_at else "还没有报过"
    return (
        STATE_WORDS[each.state],
        each.name,
        each.code,
        PERIOD_WORDS[PeriodKind(each.period_kind)],
        str(len(each.packages) or ""),
        last,
        "▲ 中间缺一个上报包，请对方再报" if each.has_gap else "",
    )


def _package_texts(row: ReceivedRow) -> tuple[str, ...]:
    words = outcome_words(row.outcome) or "没有内容"
    return (moment(row.received_at), moment(row.made_at), content_words(row.kind, row.period), words, row.received_by)


def _periods(today: date) -> Iterator[tuple[str, str]]:
    """Give the months, quarters and years one asks about, the present month first."""
    first = today.replace(day=1)
    for _month in range(_MONTHS):
        yield _code(first, _next_month(first)), f"{first.year} 年 {first.month} 月"
        first = (first - timedelta(days=1)).replace(day=1)
    first = today.replace(month=today.month - (today.month - 1) % 3, day=1)
    for _quarter in range(_QUARTERS):
        after = _next_month(_next_month(_next_month(first)))
        yield _code(first, after), f"{first.year} 年第 {(first.month + 2) // 3} 季度"
        first = _months_before(first)
    for year in (today.year, today.year - 1):
        yield _code(date(year, 1, 1), date(year + 1, 1, 1)), f"{year} 年全年"


def _months_before(first: date) -> date:
    for _month in range(3):
        first = (first - timedelta(days=1)).replace(day=1)
    return first


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _code(first: date, after: date) -> str:
    return f"{first}/{after - timedelta(days=1)}"
