"""Small works under way that lack 安责险, or whose policy ends before they do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.insured import InsuranceLack, InsuranceWarning
from desktop.domain.local_rules import local
from desktop.views.registers.register_table import RegisterTable
from desktop.views.theme import SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_COLUMNS = ("登记编号", "工程", "地点", "社区", "缺什么", "保险止日", "工程止日")
_WIDTHS = (12, 14, 14, 8, 14, 7, 7)


class InsuranceDialog(QDialog):
    """Enter opens the filing of the line one is on; Esc closes."""

    def __init__(
        self, workbench: Workbench, warnings: Sequence[InsuranceWarning], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bench = workbench
        self.setObjectName("insurance_warnings")
        self.setWindowTitle("安责险提醒")
        self.resize(base_px() * 84, base_px() * 38)
        heading = QLabel(local(f"在建小型工程中 {len(warnings)} 件没有安责险，或者保险早于工程结束。"))
        heading.setProperty("role", "heading")
        said = QLabel("受理时填的保险和投保登记簿一并计算；补投、续保的记入投保登记簿后不再列出。")
        said.setProperty("role", "soft")
        self.table = RegisterTable("insurance_lines", _COLUMNS, _WIDTHS, roomy=(1, 2))
        self.table.setAccessibleName("安责险提醒")
        self.table.show_rows([(each.filing_id, _texts(each), True) for each in warnings])
        self.table.say_when_empty(local("在建小型工程都投保了安责险，保到工程结束。"))
        self.table.opened.connect(self._open)
        close = QPushButton("关闭（Esc）")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        hint = QLabel("回车打开一件一档")
        hint.setProperty("role", "faint")
        foot.addWidget(hint)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        for part in (heading, said):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _open(self, filing_id: int) -> None:
        self.accept()
        self._bench.filing_asked.emit(filing_id)


def _texts(each: InsuranceWarning) -> tuple[str, ...]:
    mark = "■" if each.lack in (InsuranceLack.MISSING, InsuranceLack.LAPSED) else "▲"
    return (
        each.number,
        each.project_name,
        each.place,
        each.community,
        f"{mark} {each.lack.label}",
        each.insured_to.isoformat() if each.insured_to else "—",
        each.ends_on.isoformat() if each.ends_on else "—",
    )
