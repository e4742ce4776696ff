"""The working-day calendar: its years, its days, one day changed, a file read in, and what that moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.progress import Progress
from desktop.services.calendar import CalendarChange, CalendarDay, CalendarYear
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px, figure_font, row_px
from desktop.views.workbench import Workbench

_YEAR: Final = int(Qt.ItemDataRole.UserRole)
_WEEKDAYS: Final = "一二三四五六日"
_KINDS: Final = (("rest", "休息"), ("work", "上班"), ("", "按通常（周一至周五上班）"))
_KIND_WORDS: Final = dict(_KINDS)
_MOST_MOVED: Final = 8


class CalendarSettings(QWidget):
    """Years at the left, the chosen year's exceptional days at the right, one day's change below them."""

    def __init__(
        self, workbench: Workbench, parent: QWidget | None = None, *, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(parent)
        self._bench, self._today = workbench, today
        self.years, self.days, self.banner = QListWidget(), QTableWidget(0, 4), Banner()
        self.day, self.kind = DayEdit(today=today), PickList(_KINDS)
        self.name, self.source = TextField(), TextField()
        self.save, self.read_in = QPushButton("改这一天"), QPushButton("从文件读入…")
        self.moved = QLabel()
        self._day_row = FieldRow("日期(&R)", self.day, label_characters=4)
        self._kind_row = FieldRow("改为(&W)", self.kind, label_characters=4)
        self._source_row = FieldRow("依据(&Y)", self.source, label_characters=4)
        self._build()
        self._connect()
        self.show_years()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The rows were laid out before the page had its face, so they would be too low for their words.
        self.years.doItemsLayout()

    def show_years(self) -> None:
        """Read the years anew; the chosen year stays chosen."""
        chosen = self._chosen_year() or self._today().year
        self.years.blockSignals(True)
        self.years.clear()
        for year in reversed(self._bench.desk.calendar.years()):
            item = QListWidgetItem(_year_words(year), self.years)
            item.setData(_YEAR, year.year)
            item.setToolTip(year.source)
        rows = [row for row in range(self.years.count()) if self.years.item(row).data(_YEAR) == chosen]
        self.years.blockSignals(False)
        self.years.setCurrentRow(rows[0] if rows else 0)
        self._show_days()

    def import_file(self, path: Path) -> None:
        """Read days from a file; a file with faults changes nothing."""
        calendar = self._bench.desk.calendar

        def work(_progress: Progress) -> CalendarChange:
            return calendar.import_rows(path)

        self._bench.runner.run(work, done=self._changed, failed=self._trouble, errand=Errand.ACT)

    def change_day(self) -> None:
        """Change the day typed below; what is missing is said under its field."""
        day = self.day.day()
        self._day_row.set_fault(self.day.problem() or ("" if day else "请填写日期。"))
        self._source_row.set_fault("" if self.source.value() else "请填写依据，例：国务院办公厅通知的文号。")
        for row in (self._day_row, self._source_row):
            row.reveal()
        if day is None or not self.source.value():
            (self.day if day is None else self.source).setFocus()
            return
        kind, name, source = self.kind.value() or None, self.name.value(), self.source.value()
        calendar = self._bench.desk.calendar

        def work(_progress: Progress) -> CalendarChange:
            return calendar.set_day(day, kind, name=name, source=source)

        self._bench.runner.run(work, done=self._changed, failed=self._trouble, errand=Errand.ACT)

    def _changed(self, change: CalendarChange) -> None:
        self.banner.say(f"工作日历已改 {change.days} 天。", Tone.BLUE, mark="已保存")
        self.moved.setText(_moved_words(change))
        self.moved.setVisible(bool(self.moved.text()))
        self.show_years()
        self._bench.changed.emit(change.changes)

    def _trouble(self, error: Exception) -> None:
        trouble = describe(error)
        self.banner.say("\n".join(part for part in (trouble.text, trouble.details) if part), Tone.RED, mark="没有改动")

    def _chosen_year(self) -> int | None:
        if self.years.currentRow() < 0:
            return None
        year = self.years.currentItem().data(_YEAR)
        return int(year)

    def _show_days(self) -> None:
        year = self._chosen_year()
        days = self._bench.desk.calendar.days(year) if year is not None else ()
        self.days.setRowCount(len(days))
        for row, day in enumerate(days):
            for column, text in enumerate(_day_cells(day)):
                item = QTableWidgetItem(text)
                if column == 0:
                    item.setFont(figure_font())
                self.days.setItem(row, column, item)

    def _take_day(self) -> None:
        row = self.days.currentRow()
        if row < 0:
            return
        items = [self.days.item(row, column) for column in range(4)]
        cells = [item.text() if item else "" for item in items]
        self.day.set_value(cells[0].split()[0])
        self.kind.set_value(next((kind for kind, word in _KINDS if word == cells[1]), ""))
        self.name.set_value(cells[2])
        self.source.set_value(cells[3])

    def _ask_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "读入工作日历", "", "表格（*.csv *.xlsx）")
        if name:
            self.import_file(Path(name))

    def _connect(self) -> None:
        self.years.currentRowChanged.connect(lambda _row: self._show_days())
        self.days.currentCellChanged.connect(lambda *_cells: self._take_day())
        self.save.clicked.connect(self.change_day)
        self.read_in.clicked.connect(self._ask_file)

    def _build(self) -> None:
        self.years.setAccessibleName("年份")
        self.years.setFixedWidth(base_px() * 17)
        self.years.setFrameShape(QFrame.Shape.NoFrame)
        self._build_table()
        self.kind.set_value("rest")
        self.save.setProperty("role", "primary")
        self.moved.setWordWrap(True)
        self.moved.hide()
        hint = QLabel("这里只列与“周一至周五上班”不同的日子。未公布的年份按周一至周五推算，这样算出的期限标“待核”。")
        hint.setProperty("role", "soft")
        hint.setWordWrap(True)
        right = QVBoxLayout()
        right.setSpacing(SPACE_2)
        right.addWidget(self.days, 1)
        right.addLayout(self._editing())
        right.addWidget(self.moved)
        body = QHBoxLayout()
        body.setSpacing(SPACE_3)
        body.addWidget(self.years)
        body.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addWidget(hint)
        column.addLayout(body, 1)

    def _build_table(self) -> None:
        table = self.days
        table.setHorizontalHeaderLabels(["日期", "安排", "名称", "依据"])
        table.setAccessibleName("与通常不同的日子")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(row_px())
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, characters in enumerate((11, 7, 10)):
            table.setColumnWidth(column, base_px() * characters)

    def _editing(self) -> QVBoxLayout:
        top = Qt.AlignmentFlag.AlignTop
        first, second, lines = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        name_row = FieldRow("名称(&M)", self.name, label_characters=4)
        for field in (self._day_row, self._kind_row, name_row):
            first.addWidget(field, 1, top)
        second.addWidget(self._source_row, 1, top)
        second.addWidget(self.save, 0, top)
        second.addWidget(self.read_in, 0, top)
        lines.setSpacing(SPACE_2)
        for line in (first, second):
            line.setSpacing(SPACE_3)
            lines.addLayout(line)
        return lines


def _year_words(year: CalendarYear) -> str:
    if not year.published:
        return f"{year.year}　▲ 暂定（未公布）"
    return f"{year.year}　休 {year.rest_days} 天，调休上班 {year.worked_weekends} 天"


def _day_cells(day: CalendarDay) -> Sequence[str]:
    weekday = f"周{_WEEKDAYS[day.day.weekday()]}"
    return (f"{day.day.isoformat()} {weekday}", _KIND_WORDS.get(day.kind, day.kind), day.name, day.source)


def _moved_words(change: CalendarChange) -> str:
    if not change.recomputed:
        return ""
    lines = [f"{moved.number}　{moved.what}：{moved.before} → {moved.after}" for moved in change.recomputed]
    more = f"\n……共 {len(lines)} 件" if len(lines) > _MOST_MOVED else ""
    return "随之重算的期限（已印发文书上的日期不变，请通知当事人）：\n" + "\n".join(lines[:_MOST_MOVED]) + more
