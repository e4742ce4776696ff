"""Asks which days of the register of matters handed on, and gives it out on paper or as Excel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.transfer_register import REGISTER_TITLE, RegisterPeriod
from desktop.views.actions import keys_of, shortcut
from desktop.views.registers.list_dialog import ListDialog
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_LABEL: Final = 6
_WIDTH: Final = 44
_KINDS: Final = "Excel 表格（*.xlsx）"


class TransferRegisterDialog(QDialog):
    """Days, community and body; one key shows the pages, another writes the file."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        desk = workbench.desk
        today, office, pack = desk.office.today, desk.office.office(), desk.office.pack()
        places = office.communities if office else ()
        self.first_on, self.last_on = DayEdit(today=today), DayEdit(today=today)
        self.community = PickList([("", "各社区"), *((name, name) for name in places)])
        own = (office.enforcement_body,) if office and office.enforcement_body else ()
        bodies = dict.fromkeys((*own, *(body.name for body in pack.bodies)))
        self.to_body = PickList([("", "全部机构"), *((name, name) for name in bodies)], allows_other=True)
        self.rows = {
            "first_on": FieldRow("期间起(&R)", self.first_on, label_characters=_LABEL),
            "last_on": FieldRow("止(&E)", self.last_on, label_characters=_LABEL),
            "community": FieldRow("社区(&Q)", self.community, label_characters=_LABEL),
            "to_body": FieldRow("接收机构(&J)", self.to_body, label_characters=_LABEL),
        }
        self.banner = Banner()
        self.preview_button = QPushButton(f"预览、打印（{keys_of('transfer_register.preview')}）")
        self.workbook_button = QPushButton(f"存为 Excel（{keys_of('transfer_register.workbook')}）")
        self.close_button = QPushButton("关闭（Esc）")
        self._build()
        self._connect()
        self.first_on.set_day(today().replace(day=1))
        self.last_on.set_day(today())
        for pick in (self.community, self.to_body):
            pick.set_value("")
        self.first_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def period(self) -> RegisterPeriod | None:
        """Give what is asked for, or None after saying at a field what is wanting."""
        for pick in (self.community, self.to_body):
            pick.settle()
        first, last = self.first_on.day(), self.last_on.day()
        self.rows["first_on"].set_fault(self.first_on.problem() or ("" if first else "请填写起始日期。"))
        self.rows["last_on"].set_fault(self._fault_of_last(first, last))
        if first is None or last is None or first > last:
            for row in self.rows.values():
                row.reveal()
            wrong = self.first_on if first is None else self.last_on
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        community, to_body = self.community.value(), self.to_body.value().strip()
        return RegisterPeriod(first_on=first, last_on=last, community=community or None, to_body=to_body or None)

    def preview(self) -> None:
        """Show the register on paper."""
        period, transfers = self.period(), self._bench.desk.transfers
        if period is not None:
            dialog = ListDialog(self._bench, REGISTER_TITLE, lambda: transfers.register_pdf(period), self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def ask_file(self) -> None:
        """Ask where the workbook goes, then write it."""
        period = self.period()
        if period is None:
            return
        wanted = f"{REGISTER_TITLE} {period.first_on:%Y%m%d}-{period.last_on:%Y%m%d}.xlsx"
        name, _kind = QFileDialog.getSaveFileName(self, f"{REGISTER_TITLE}存为 Excel", wanted, _KINDS)
        if name:
            file = Path(name)
            self.save_workbook(period, file if file.suffix else file.with_suffix(".xlsx"))

    def save_workbook(self, period: RegisterPeriod, file: Path) -> None:
        """Write the register into a workbook."""
        transfers = self._bench.desk.transfers

        def saved(count: int) -> None:
            self.banner.say(f"已存 {count} 件到 {file}，个人号码已遮盖。", Tone.GREEN, mark="保存")

        self._bench.runner.run(
            lambda _progress: transfers.register_workbook(period, file),
            done=while_there(self, saved),
            failed=while_there(self, self._say_trouble),
            errand=Errand.ACT,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the next field with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _fault_of_last(self, first: date | None, last: date | None) -> str:
        if problem := self.last_on.problem():
            return problem
        if last is None:
            return "请填写截止日期。"
        return "截止日期早于起始日期。" if first is not None and first > last else ""

    def _say_trouble(self, error: Exception) -> None:
        self.banner.say(describe(error).text, Tone.RED, mark="没有办成")

    def _connect(self) -> None:
        acts: tuple[tuple[str, QPushButton, Callable[[], None]], ...] = (
            ("transfer_register.preview", self.preview_button, self.preview),
            ("transfer_register.workbook", self.workbook_button, self.ask_file),
        )
        for key, button, act in acts:
            button.clicked.connect(lambda _checked=False, act=act: act())
            QShortcut(shortcut(key), self).activated.connect(button.click)
        self.close_button.clicked.connect(self.reject)

    def _build(self) -> None:
        self.setObjectName("transfer_register")
        self.setWindowTitle(REGISTER_TITLE)
        self.setMinimumWidth(base_px() * _WIDTH)
        self.preview_button.setProperty("role", "primary")
        days, foot = QHBoxLayout(), QHBoxLayout()
        days.setSpacing(SPACE_3)
        for name in ("first_on", "last_on"):
            days.addWidget(self.rows[name], 1, Qt.AlignmentFlag.AlignTop)
        foot.setSpacing(SPACE_2)
        foot.addStretch(1)
        for button in (self.preview_button, self.workbook_button, self.close_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addLayout(days)
        for name in ("community", "to_body"):
            column.addWidget(self.rows[name])
        column.addStretch(1)
        column.addLayout(foot)
