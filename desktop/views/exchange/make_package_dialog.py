"""Asks what a package is to carry, how, for whom and where to, and makes it (生成上报包)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.known_station import StationRole
from desktop.domain.package import PACKAGE_SUFFIX, PackageKind
from desktop.domain.packing import Sent
from desktop.domain.progress import Progress
from desktop.services.revealing import SHORTEST_PURPOSE
from desktop.views.actions import keys_of, shortcut
from desktop.views.exchange.exchange_words import PACKAGE_WORDS
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.shared.working_dialog import WorkingDialog
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, base_px
from desktop.views.workbench import Workbench

_WIDTH: Final = 46  # characters
_LABEL: Final = 5
_OPEN: Final = ""
_NO_STATION: Final = "还没有往来单位，不能加密。请管理员在“往来单位”一栏列入。"


class MakePackageDialog(WorkingDialog):
    """↑ ↓ choose, Enter goes on, Ctrl+S asks for the file and makes it; ``made`` brings the package and its file."""

    made = Signal(object, object)

    def __init__(self, workbench: Workbench, waiting: int | None, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._act_id = uuid4().hex
        count = "" if waiting is None else f"（{waiting} 件）"
        self.kinds = {
            PackageKind.SINCE_LAST: QRadioButton(f"{PACKAGE_WORDS[PackageKind.SINCE_LAST]}{count}"),
            PackageKind.PERIOD: QRadioButton("一段时间内的，关联的内容一并带上"),
            PackageKind.ALL: QRadioButton(PACKAGE_WORDS[PackageKind.ALL]),
        }
        today = workbench.desk.office.today
        self.first, self.last = DayEdit(today=today), DayEdit(today=today)
        self.covered = QRadioButton("遮盖证件号码、电话和证书编号，不带文书和附件")
        self.whole = QRadioButton("完整，须写明用途，记入审计记录")
        self.purpose, self.attachments = TextField(), QCheckBox("附件（扫描件、照片）一并带上")
        self.receiver = PickList([(_OPEN, "不加密"), *self._stations()])
        self.rows = {
            "first": FieldRow("起(&Q)", self.first, label_characters=_LABEL),
            "last": FieldRow("止(&Z)", self.last, label_characters=2),
            "purpose": FieldRow("用途(&P)", self.purpose, label_characters=_LABEL),
            "receiver": FieldRow("加密给(&J)", self.receiver, label_characters=_LABEL),
        }
        self.ok = QPushButton(f"选文件并生成（{keys_of('package.make')}）")
        self.cancel_button = QPushButton("取消（Esc）")
        self._build()
        self._connect()
        self._start_with(today())

    @property
    def kind(self) -> PackageKind:
        """Give what the package is to carry."""
        return next(kind for kind, button in self.kinds.items() if button.isChecked())

    def go_on(self) -> None:
        """Ask for the file, or say which field is not in order."""
        self.receiver.settle()
        wrong = self._check()
        if wrong:
            self.rows[wrong].reveal()
            self.rows[wrong].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        name, _kind = QFileDialog.getSaveFileName(
            self, "上报包存到哪里", self.file_name(), f"上报包（*{PACKAGE_SUFFIX}）"
        )
        if name:
            file = Path(name)
            self.make(file if file.suffix else file.with_suffix(PACKAGE_SUFFIX))

    def make(self, file: Path) -> None:
        """Make the package off the GUI thread; Esc stops it and leaves neither file nor record."""
        packing, act_id, kind = self.bench.desk.packing, self._act_id, self.kind
        whole, purpose, period = self.whole.isChecked(), self.purpose.value(), self._period()
        scans, receiver = whole and self.attachments.isChecked(), self.receiver.value()

        def work(progress: Progress) -> Sent:
            return packing.make(
                kind,
                file,
                act_id=act_id,
                period=period,
                whole=whole,
                purpose=purpose if whole else "",
                attachments=scans,
                receiver_id=int(receiver) if receiver else None,
                progress=progress,
            )

        def done(sent: Sent) -> None:
            self.accept()
            self.made.emit(sent, file)

        self.banner.say("")
        self.run(work, done)

    def file_name(self) -> str:
        """Propose a name for the file: whose, what, and when."""
        office = self.bench.desk.office.office()
        period = self._period()
        what = f"{period[0]:%Y%m%d}-{period[1]:%Y%m%d}" if period else f"{self.bench.desk.office.today():%Y%m%d}"
        words = "全部" if self.kind is PackageKind.ALL else ""
        return f"上报包{words} {office.code if office else ''} {what}{PACKAGE_SUFFIX}"

    def entered(self) -> None:
        self.focusNextChild()

    def _period(self) -> tuple[date, date] | None:
        first, last = self.first.day(), self.last.day()
        return (first, last) if self.kind is PackageKind.PERIOD and first and last else None

    def _check(self) -> str:
        faults = dict.fromkeys(self.rows, "")
        if self.kind is PackageKind.PERIOD:
            for name, field in (("first", self.first), ("last", self.last)):
                faults[name] = field.problem() or ("" if field.day() else "请填写日期。")
            period = self._period()
            if period and period[0] > period[1]:
                faults["last"] = "止日早于起日。"
        if self.whole.isChecked() and len(self.purpose.value()) < SHORTEST_PURPOSE:
            faults["purpose"] = f"请写明用途，至少 {SHORTEST_PURPOSE} 个字。"
        for name, said in faults.items():
            self.rows[name].set_fault(said)
        return next((name for name, said in faults.items() if said), "")

    def _stations(self) -> list[tuple[str, str]]:
        known = [row for row in self.bench.desk.station_keys.known() if not row.is_blocked]
        above = [(str(row.id), row.card.name) for row in known if row.role is StationRole.ABOVE]
        below = [(str(row.id), f"{row.card.name}（下级）") for row in known if row.role is StationRole.BELOW]
        return [*above, *below]

    def _usual(self) -> str:
        """Give the one office above, whom a package is for: on a lost stick nobody else can read it."""
        known = [row for row in self.bench.desk.station_keys.known() if not row.is_blocked]
        above = [row for row in known if row.role is StationRole.ABOVE]
        return str(above[0].id) if len(above) == 1 else _OPEN

    def _start_with(self, today: date) -> None:
        self.kinds[PackageKind.SINCE_LAST].setChecked(True)
        self.covered.setChecked(True)
        last = today.replace(day=1) - timedelta(days=1)
        self.first.set_day(last.replace(day=1))
        self.last.set_day(last)
        self.receiver.set_value(self._usual())
        self._adapt()
        self.kinds[PackageKind.SINCE_LAST].setFocus(Qt.FocusReason.OtherFocusReason)

    def _adapt(self) -> None:
        is_period, whole = self.kinds[PackageKind.PERIOD].isChecked(), self.whole.isChecked()
        for name in ("first", "last"):
            self.rows[name].setEnabled(is_period)
        self.rows["purpose"].setEnabled(whole)
        self.attachments.setEnabled(whole)
        for row in self.rows.values():
            row.set_fault("")

    def _connect(self) -> None:
        for button in (*self.kinds.values(), self.covered, self.whole):
            button.toggled.connect(self._adapt)
        for field in (self.first, self.last, self.purpose):
            field.changed.connect(self._adapt)
        self.ok.clicked.connect(self.go_on)
        self.cancel_button.clicked.connect(self.reject)
        QShortcut(shortcut("package.make"), self).activated.connect(self.go_on)
        order = (
            *self.kinds.values(),
            self.first,
            self.last,
            self.covered,
            self.whole,
            self.purpose,
            self.attachments,
            self.receiver,
            self.ok,
            self.cancel_button,
        )
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _build(self) -> None:
        self.setObjectName("make_package")
        self.setWindowTitle("生成上报包")
        self.setMinimumWidth(base_px() * _WIDTH)
        self.whole.setVisible(self.bench.desk.packing.may_pack(whole=True))
        self.attachments.setVisible(not self.whole.isHidden())
        self.rows["purpose"].setVisible(not self.whole.isHidden())
        for name, row in self.rows.items():
            row.editor.setObjectName(f"package.{name}")
        self.purpose.setPlaceholderText("例如：按月上报街道办事处")
        self.attachments.setObjectName("package.attachments")
        for kind, button in self.kinds.items():
            button.setObjectName(f"package.{kind.value}")
        self.covered.setObjectName("package.covered")
        self.whole.setObjectName("package.whole")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addWidget(_heading("报什么"))
        self._group(column, *self.kinds.values())
        days = QHBoxLayout()
        days.setSpacing(SPACE_3)
        for name in ("first", "last"):
            days.addWidget(self.rows[name], 1, Qt.AlignmentFlag.AlignTop)
        column.insertLayout(column.indexOf(self.kinds[PackageKind.PERIOD]) + 1, days)
        column.addWidget(_heading("个人信息"))
        self._group(column, self.covered, self.whole)
        for part in (self.rows["purpose"], self.attachments, _heading("交给谁"), self.rows["receiver"]):
            column.addWidget(part)
        if len(self.receiver.options) == 1:
            column.addWidget(_soft(_NO_STATION))
        column.addStretch(1)
        column.addWidget(self.bar)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        self.ok.setProperty("role", "primary")
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_3)
        foot.addStretch(1)
        for button in (self.ok, self.cancel_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        return foot

    def _group(self, column: QVBoxLayout, *buttons: QRadioButton) -> None:
        group = QButtonGroup(self)
        for button in buttons:
            group.addButton(button)
            column.addWidget(button)


def _heading(words: str) -> QLabel:
    made = QLabel(words)
    made.setProperty("role", "heading")
    return made


def _soft(words: str) -> QLabel:
    made = QLabel(words)
    made.setProperty("role", "soft")
    made.setWordWrap(True)
    return made
