"""A day's sheet of patrols: looked at line by line, then taken over whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import Fault
from desktop.domain.patrol import PatrolResult
from desktop.services.patrol_import import PlannedPatrol
from desktop.views.actions import keys_of, shortcut
from desktop.views.registers.register_table import RegisterTable
from desktop.views.theme import SPACE_3, SPACE_4, base_px
from desktop.views.wording import word

_LINES = ("行", "日期", "编号", "工程（作业）、地段", "类型", "结果", "隐患", "人员", "说明")
_LINE_WIDTHS = (4, 8, 14, 18, 8, 9, 4, 10)


class ImportDayDialog(QDialog):
    """Lists the lines, or the faults; only a sheet without faults can be taken over, by Ctrl+S."""

    def __init__(
        self,
        file: Path,
        *,
        planned: Sequence[PlannedPatrol] = (),
        faults: Sequence[Fault] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("import_day")
        self.setWindowTitle("导入巡查记录")
        self.resize(base_px() * 80, base_px() * 40)
        self.heading = QLabel(_heading(file, planned, faults))
        self.heading.setProperty("role", "heading")
        self.heading.setWordWrap(True)
        self.table = _fault_table(faults) if faults else _line_table(planned)
        self.take_in = QPushButton(f"全部导入 {len(planned)} 条（{keys_of('registers.save')}）")
        self.take_in.setProperty("role", "primary")
        self.take_in.setVisible(not faults)
        self._close = QPushButton("关闭（Esc）" if faults else "不导入（Esc）")
        self._build(can_take_in=not faults)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _build(self, *, can_take_in: bool) -> None:
        for button in (self.take_in, self._close):
            button.setAutoDefault(False)
        self.take_in.clicked.connect(self.accept)
        self._close.clicked.connect(self.reject)
        if can_take_in:
            QShortcut(shortcut("registers.save"), self).activated.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.take_in)
        foot.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addWidget(self.heading)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.table.setFocus()


def _heading(file: Path, planned: Sequence[PlannedPatrol], faults: Sequence[Fault]) -> str:
    if faults:
        return f"“{file.name}”中有 {len(faults)} 处要改，没有导入任何内容。改好后再导入。"
    known = sum(line.is_known for line in planned)
    again = f"其中 {known} 条台账中已有，导入后会重复。" if known else ""
    return f"“{file.name}”：{len(planned)} 条巡查，没有错误。{again}现在还没有写入台账。"


def _fault_table(faults: Sequence[Fault]) -> RegisterTable:
    table = RegisterTable("import_faults", ("位置", "要改什么"), (14,))
    table.setAccessibleName("要改的地方")
    table.show_rows([(place, (f"■ {fault.where}", fault.what), True) for place, fault in enumerate(faults)])
    return table


def _line_table(planned: Sequence[PlannedPatrol]) -> RegisterTable:
    table = RegisterTable("import_lines", _LINES, _LINE_WIDTHS)
    table.setAccessibleName("将要导入的巡查")
    table.show_rows([(place, _texts(line), True) for place, line in enumerate(planned)])
    return table


def _texts(line: PlannedPatrol) -> tuple[str, ...]:
    request = line.request
    result = f"■ {word(request.result)}" if request.result is PatrolResult.FINDINGS else word(request.result)
    return (
        str(line.row),
        request.visited_on.isoformat(),
        line.number,
        line.project_name or request.road,
        word(request.kind),
        result,
        str(len(line.suggestions) or ""),
        "、".join(request.patrollers),
        "▲ 台账中已有" if line.is_known else request.remark,
    )
