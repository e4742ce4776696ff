"""The visits of the day below the entry: that it was saved is seen, not hoped."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.patrol import PatrolResult, PatrolRow
from desktop.services.desk import Desk
from desktop.views.actions import keys_of
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.messages import describe
from desktop.views.theme import SPACE_1, row_px
from desktop.views.wording import word

_COLUMNS = ("时间", "编号", "工程（作业）、地段", "类型", "结果", "隐患", "人员", "单位")
_WIDTHS = (4, 11, 28, 7, 8, 4, 9)
_ROOMY = (2, 6)
_ROWS = 4


class DayList(QWidget):
    """The newest first; Enter opens the site's file."""

    opened = Signal(object)  # PatrolRow

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows: tuple[PatrolRow, ...] = ()
        self.on: date = desk.office.today()
        self.head = QLabel()
        self.head.setProperty("role", "soft")
        self.table = RegisterTable("patrol.day", _COLUMNS, _WIDTHS, roomy=_ROOMY)
        self.table.setAccessibleName("当天的巡查")
        self.table.setMinimumHeight(row_px() * (_ROWS + 1))
        line = QHBoxLayout()
        line.addWidget(self.head, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_1)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        self.table.opened.connect(self._open)

    def show_day(self, on: date | None = None) -> None:
        """Read a day anew, the one shown where none is given."""
        self.on = on or self.on
        try:
            self.rows = tuple(reversed(self._desk.patrols.of_day(self.on)))
        except ClerkError as error:
            self.head.setText(describe(error).text)
            return
        self.table.show_rows([(row.id, _texts(row), True) for row in self.rows])
        self.table.say_when_empty(f"{self.on} 还没有巡查记录。")
        if self.rows:
            self.table.setCurrentCell(0, 0)
        found = sum(row.result is PatrolResult.FINDINGS for row in self.rows)
        with_findings = f"，发现问题 {found} 次" if found else ""
        self.head.setText(f"{self.on} 已记 {len(self.rows)} 次{with_findings}（{keys_of('patrol.day')} 到清单）")

    def chosen(self) -> PatrolRow | None:
        """Give the visit one is on."""
        chosen = self.table.chosen_id()
        return next((row for row in self.rows if row.id == chosen), None)

    def _open(self, _row_id: int) -> None:
        row = self.chosen()
        if row is not None:
            self.opened.emit(row)


def _texts(row: PatrolRow) -> tuple[str, ...]:
    result = f"■ {word(row.result)}" if row.result is PatrolResult.FINDINGS else word(row.result)
    return (
        row.visited_time,
        row.number,
        "　".join(part for part in (row.project_name, row.place) if part),
        word(row.kind),
        result,
        str(row.hazards or ""),
        "、".join(row.patrollers),
        row.organisation,
    )
