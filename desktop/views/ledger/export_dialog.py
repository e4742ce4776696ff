"""Asks how the ledger's list is to be given out: covered as usual, or whole for a stated purpose."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from desktop.domain.standing_ledger import SheetFormat
from desktop.services.revealing import SHORTEST_PURPOSE
from desktop.views.shared.field import FieldRow
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, SPACE_6, base_px
from desktop.views.wording import word

_WIDTH_CHARACTERS: Final = 36
FILTERS: Final = {
    SheetFormat.XLSX: "Excel 表格（*.xlsx）",
    SheetFormat.CSV: "CSV 文本（*.csv）",
    SheetFormat.PDF: "PDF 文件（*.pdf）",
}


class ExportDialog(QDialog):
    """Up and Down choose, Enter goes on to the name of the file; ``chosen`` brings whole or not, purpose, format."""

    chosen = Signal(bool, str, str)

    def __init__(self, count: int, *, may_see_whole: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.covered = QRadioButton("遮盖证件号码、电话和证书编号（默认）")
        self.whole = QRadioButton("完整显示，须写明用途，记入审计记录")
        self.form = PickList([(form.value, word(form)) for form in SheetFormat])
        self.form_row = FieldRow("格式(&G)", self.form, label_characters=4)
        self.purpose = TextField()
        self.row = FieldRow("用途(&P)", self.purpose, label_characters=4)
        self.ok = QPushButton("选文件并导出（Enter）")
        self._build(count)
        self.whole.setVisible(may_see_whole)
        self.row.hide()
        self.form.set_value(SheetFormat.XLSX.value)
        self.covered.setChecked(True)
        self.whole.toggled.connect(self.row.setVisible)
        self.purpose.changed.connect(lambda: self.row.set_fault(""))
        self.ok.clicked.connect(self._go_on)
        self.covered.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        self.form.settle()
        whole, purpose = self.whole.isChecked(), self.purpose.value()
        if whole and len(purpose) < SHORTEST_PURPOSE:
            self.row.set_fault(f"请写明用途，至少 {SHORTEST_PURPOSE} 个字。")
            self.purpose.setFocus(Qt.FocusReason.OtherFocusReason)
            self.row.reveal()
            return
        self.accept()
        self.chosen.emit(whole, purpose if whole else "", self.form.value() or SheetFormat.XLSX.value)

    def _build(self, count: int) -> None:
        self.setObjectName("export")
        self.setWindowTitle("导出台账")
        self.setMinimumWidth(base_px() * _WIDTH_CHARACTERS)
        title = QLabel(f"导出列表中的 {count} 件")
        title.setProperty("role", "heading")
        self.form.setObjectName("export.form")
        self.purpose.setObjectName("export.purpose")
        self.purpose.setAccessibleName("用途")
        self.purpose.setPlaceholderText("例如：向区住建部门报送季度台账")
        self.ok.setProperty("role", "primary")
        cancel = QPushButton("取消（Esc）")
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_3)
        foot.addStretch(1)
        for button in (self.ok, cancel):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_2)
        for part in (title, self.covered, self.whole, self.row, self.form_row):
            column.addWidget(part)
        column.addSpacing(SPACE_2)
        column.addLayout(foot)
        order = (self.covered, self.whole, self.purpose, self.form, self.ok, cancel)
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
