"""Asks which standing ledger over which days, and writes it as Excel, CSV or paper (台账导出)."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.domain.ledger_fit import ledgers_of
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.standing_ledger import (
    STANDING_LEDGERS,
    SheetFormat,
    StandingCriteria,
    StandingLedger,
)
from desktop.services.revealing import SHORTEST_PURPOSE
from desktop.services.standing_ledgers import LedgerWritten
from desktop.views.actions import keys_of, shortcut
from desktop.views.ledger.export_dialog import FILTERS
from desktop.views.ledger.making_dialog import MakingDialog
from desktop.views.shared.chips import Tone
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_LABEL: Final = 5
_WIDTH: Final = 46


class StandingLedgerDialog(MakingDialog):
    """Ledger, days, community, format, covered or whole; while it is written Esc stops that."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent, named="导出进度")
        today = workbench.desk.office.today
        offered = ledgers_of(workbench.desk.office.pack())
        self.ledger = PickList(
            [(one.value, f"{word(one)}{in_brackets(STANDING_LEDGERS[one].article)}") for one in offered]
        )
        self.community = PickList([("", "各社区"), *((name, name) for name in self._places())])
        self.first_on, self.last_on = DayEdit(today=today), DayEdit(today=today)
        self.form = PickList([(form.value, word(form)) for form in SheetFormat])
        self.covered = QRadioButton("遮盖证件号码和电话（默认）")
        self.whole = QRadioButton("完整显示，须写明用途，记入审计记录")
        self.purpose = TextField()
        self.rows = {
            "ledger": FieldRow("台账(&T)", self.ledger, label_characters=_LABEL),
            "first_on": FieldRow("期间起(&R)", self.first_on, label_characters=_LABEL),
            "last_on": FieldRow("止(&E)", self.last_on, label_characters=_LABEL),
            "community": FieldRow("社区(&Q)", self.community, label_characters=_LABEL),
            "form": FieldRow("格式(&G)", self.form, label_characters=_LABEL),
            "purpose": FieldRow("用途(&P)", self.purpose, label_characters=_LABEL),
        }
        self.ok = QPushButton(f"选文件并导出（{keys_of('standing_ledger.write')}）")
        self.makers, self.shorter = (self.ok,), self.form
        self._build()
        self._begin()

    def criteria(self) -> StandingCriteria | None:
        """Give what is asked for, or None after saying at a field what is wanting."""
        for pick in (self.ledger, self.community, self.form):
            pick.settle()
        first, last = self.first_on.day(), self.last_on.day()
        is_short = self.whole.isChecked() and len(self.purpose.value()) < SHORTEST_PURPOSE
        wanting = {
            "ledger": "" if self.ledger.value() else "请选择台账。",
            "first_on": self.first_on.problem() or ("" if first else "请填写起始日期。"),
            "last_on": self.last_on.problem() or ("" if last else "请填写截止日期。"),
            "form": "" if self.form.value() else "请选择格式。",
            "purpose": f"请写明用途，至少 {SHORTEST_PURPOSE} 个字。" if is_short else "",
        }
        if first and last and first > last:
            wanting["last_on"] = "截止日期早于起始日期。"
        if not self.is_right(wanting) or first is None or last is None:
            return None
        return StandingCriteria(
            ledger=StandingLedger(self.ledger.value()),
            first_on=first,
            last_on=last,
            community=self.community.value() or None,
        )

    def ask_file(self) -> None:
        """Ask where the ledger goes, then write it."""
        asked = None if self.is_busy else self.criteria()
        if asked is None:
            return
        form = SheetFormat(self.form.value())
        whose = f"{asked.community} " if asked.community else ""
        wanted = f"{whose}{word(asked.ledger)} {asked.first_on:%Y%m%d}-{asked.last_on:%Y%m%d}.{form.value}"
        name, _kind = QFileDialog.getSaveFileName(self, "台账导出", wanted, FILTERS[form])
        if name:
            file = Path(name)
            self.write(asked, file if file.suffix else file.with_suffix(f".{form.value}"), form)

    def write(self, asked: StandingCriteria, file: Path, form: SheetFormat) -> None:
        """Write the ledger off the window's thread."""
        desk, whole = self.bench.desk, self.whole.isChecked()
        purpose = self.purpose.value() if whole else ""
        self.banner.say("")
        self.run(
            lambda progress: desk.standing_ledgers.write(
                asked, file, form=form, whole=whole, purpose=purpose, progress=progress
            ),
            self._written,
            errand=Errand.PAPERS,
            beginning="正在导出…",
            counted="已写 {done} / {total} 行",
        )

    def _written(self, written: LedgerWritten) -> None:
        shown = "个人号码完整，用后请删除" if self.whole.isChecked() else "个人号码已遮盖"
        self.banner.say(f"已导出 {written.count} 行到 {written.file}，{shown}。", Tone.GREEN, mark="保存")

    def _places(self) -> tuple[str, ...]:
        office = self.bench.desk.office.office()
        return office.communities if office else ()

    def _begin(self) -> None:
        today = self.bench.desk.office.today()
        self.ledger.set_value(StandingLedger.REGISTRATION.value)
        self.community.set_value("")
        self.form.set_value(SheetFormat.XLSX.value)
        self.first_on.set_day(today.replace(day=1))
        self.last_on.set_day(today)
        self.covered.setChecked(True)
        self.whole.setVisible(self.bench.desk.sign_in.actor.may(Right.SEE_WHOLE))
        self.rows["purpose"].hide()
        self.whole.toggled.connect(self.rows["purpose"].setVisible)
        self.ok.clicked.connect(self.ask_file)
        self.close_button.clicked.connect(self.reject)
        QShortcut(shortcut("standing_ledger.write"), self).activated.connect(self.ok.click)
        self.ledger.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.setObjectName("standing_ledger")
        self.setWindowTitle("台账导出")
        self.setMinimumWidth(base_px() * _WIDTH)
        for name, row in self.rows.items():
            row.editor.setObjectName(f"standing_ledger.{name}")
        knows_risk = StandingLedger.HIGH_RISK in ledgers_of(self.bench.desk.office.pack())
        risk = "高风险、" if knows_risk else ""
        title = QLabel(local(f"登记、巡查、隐患、移交、{risk}注销台账和监管工作台账，按街道版式"))
        title.setProperty("role", "heading")
        self.purpose.setPlaceholderText("例如：向区住建部门报送季度台账")
        self.community.setPlaceholderText("各社区")
        self.ok.setProperty("role", "primary")
        self.bar.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        for part in (title, self.banner, self.rows["ledger"]):
            column.addWidget(part)
        column.addLayout(_side_by_side(self.rows["first_on"], self.rows["last_on"]))
        column.addLayout(_side_by_side(self.rows["community"], self.rows["form"]))
        for below in (self.covered, self.whole, self.rows["purpose"], self.bar):
            column.addWidget(below)
        column.addStretch(1)
        column.addLayout(self._foot())
        order = (
            *(self.ledger, self.first_on, self.last_on, self.community, self.form),
            *(self.covered, self.whole, self.purpose, self.ok, self.close_button),
        )
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addStretch(1)
        for button in (self.ok, self.close_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        return foot


def _side_by_side(*rows: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(SPACE_3)
    for row in rows:
        line.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
    return line
