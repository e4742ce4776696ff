"""The card of this station and the stations it exchanges packages with, each compared by its check code (往来单位)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.known_station import KnownStationRow, fingerprint_groups
from desktop.domain.package import STATION_CARD_SUFFIX, StationCard
from desktop.views.actions import keys_of
from desktop.views.exchange.exchange_tab import ExchangeTab
from desktop.views.exchange.exchange_words import PERIOD_WORDS, SHORT_ROLE_WORDS
from desktop.views.exchange.signature_sheet_dialog import StationCardDialog
from desktop.views.exchange.station_dialog import StationDialog
from desktop.views.registers.reason_dialog import ReasonDialog
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.elided import ElidedLabel
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_1, SPACE_3, SPACE_4, base_px, figure_font
from desktop.views.workbench import Workbench

_COLUMNS: Final = ("单位", "代码", "关系", "报送", "核对码", "核对人", "核对日期", "备注")
_LARGER: Final = 6


class StationsTab(ExchangeTab):
    """Who keeps the settings takes stations in and blocks them; everybody else looks."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self.name, self.code, self.frame = ElidedLabel(), QLabel(), QFrame()
        self.table = RegisterTable("exchange.stations", _COLUMNS, (18, 5, 5, 5, 28, 6, 8, 10), roomy=(0, 7))
        self._known: dict[int, KnownStationRow] = {}
        self._build()
        if self.may_change:
            self.bind(
                {
                    "exchange.card_in": ("读入对方名片", self.ask_card),
                    "exchange.block": ("停止、恢复往来", self.ask_block),
                },
                primary="exchange.card_in",
            )
        self.bind(
            {
                "exchange.card_out": ("另存本单位名片", self.ask_place),
                "exchange.card_paper": ("本单位核对单", self.show_paper),
            }
        )
        self.setFocusProxy(self.table)

    @property
    def may_change(self) -> bool:
        """Say whether the one at work takes stations in."""
        return self.bench.desk.sign_in.actor.may(Right.KEEP_SETTINGS)

    def read_anew(self) -> None:
        """Read the own card and the known stations."""
        keys = self.bench.desk.station_keys
        self.look_up(lambda: (keys.own_card(), keys.known()), self._show)

    def ask_card(self) -> None:
        """Ask for the file of another station's card."""
        name, _kind = QFileDialog.getOpenFileName(self, "读入对方名片", "", f"单位名片（*{STATION_CARD_SUFFIX}）")
        if name:
            self.read_card(Path(name))

    def read_card(self, file: Path) -> None:
        """Read another station's card and ask for its check code."""
        try:
            card = self.bench.desk.station_keys.read_card(file)
            known = self.bench.desk.station_keys.known_by(card.fingerprint)
        except ClerkError as error:
            self.say_trouble(error)
            return
        dialog = StationDialog(self.bench.desk, card, known, self)
        if dialog.exec():
            self.say(f"{card.name}已列为往来单位。", mark="已列入")
            self.read_anew()

    def ask_place(self) -> None:
        """Ask where this station's card is to lie."""
        office = self.bench.desk.office.office()
        wanted = f"单位名片 {office.code if office else ''}{STATION_CARD_SUFFIX}"
        name, _kind = QFileDialog.getSaveFileName(self, "另存本单位名片", wanted, f"单位名片（*{STATION_CARD_SUFFIX}）")
        if name:
            file = Path(name)
            self.save_card(file if file.suffix else file.with_suffix(STATION_CARD_SUFFIX))

    def save_card(self, file: Path) -> None:
        """Save this station's card."""
        keys = self.bench.desk.station_keys
        self.bench.runner.run(
            lambda _progress: keys.write_card(file),
            done=while_there(self, lambda _none: self._saved(file)),
            failed=while_there(self, self.say_trouble),
            errand=Errand.ACT,
        )

    def show_paper(self) -> None:
        """Show the paper with this station's check code."""
        dialog = StationCardDialog(self.bench, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def ask_block(self) -> None:
        """Ask why the exchange with the chosen station ends, or goes on again."""
        row = self._known.get(self.table.chosen_id() or 0)
        if row is None:
            return
        keys, name = self.bench.desk.station_keys, row.card.name
        act = "恢复往来" if row.is_blocked else "停止往来"
        after = "之后可以接收它的上报包，也可以给它生成。" if row.is_blocked else "之后不接收它的上报包，也不给它生成。"
        dialog = ReasonDialog(act, f"{name}：{act}。{after}", self)
        dialog.ask_as("原因(&R)", act)
        if not dialog.exec():
            return
        try:
            (keys.unblock if row.is_blocked else keys.block)(row.id, reason=dialog.reason())
        except ClerkError as error:
            self.say_trouble(error)
            return
        self.say(f"{name}已{act}。")
        self.read_anew()

    def _saved(self, file: Path) -> None:
        self.say(
            f"名片已存为 {file}。连同核对单（{keys_of('exchange.card_paper')}）交给对方；"
            "核对单当面交接，或者电话逐组念读。"
        )

    def _show(self, found: Any) -> None:
        card, known = found
        self._show_own(card)
        self._known = {row.id: row for row in known}
        self.table.show_rows([(row.id, _texts(row), not row.is_blocked) for row in known])
        first = f"取得对方的名片文件和核对单后，按 {keys_of('exchange.card_in')} 读入，照单录入核对码。"
        self.table.say_when_empty(f"还没有往来单位。{first if self.may_change else '请系统管理员列入。'}")

    def _show_own(self, card: StationCard) -> None:
        self.name.setText(f"{card.name}（{card.code}）")
        self.code.setText("  ".join(fingerprint_groups(card.fingerprint)))

    def _build(self) -> None:
        self.name.setProperty("role", "heading")
        self.code.setObjectName("exchange.fingerprint")
        self.code.setAccessibleName("本单位核对码")
        self.code.setFont(figure_font(base_px() + _LARGER, bold=True))
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label = QLabel("核对码：对方照此核对本单位的名片")
        label.setProperty("role", "soft")
        self.table.setAccessibleName("往来单位")
        self.frame.setProperty("role", "card")
        inside = QVBoxLayout(self.frame)
        inside.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        inside.setSpacing(SPACE_1)
        line = QHBoxLayout()
        line.setSpacing(SPACE_3)
        line.addWidget(self.name)
        line.addStretch(1)
        line.addWidget(label)
        inside.addLayout(line)
        inside.addWidget(self.code)
        self.column.addWidget(self.heading("本单位"))
        self.column.addWidget(self.frame)
        self.column.addWidget(self.heading("往来单位"))
        self.column.addWidget(self.table, 1)


def _texts(row: KnownStationRow) -> tuple[str, ...]:
    note = " ".join(part for part in (("■ 已停止往来" if row.is_blocked else ""), row.note) if part)
    return (
        row.card.name,
        row.card.code,
        SHORT_ROLE_WORDS[row.role],
        PERIOD_WORDS[row.period_kind],
        " ".join(row.groups),
        row.confirmed_by,
        f"{row.confirmed_at.astimezone():%Y-%m-%d}",
        note,
    )
