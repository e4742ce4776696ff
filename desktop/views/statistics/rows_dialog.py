"""The rows that one figure counts; each opens where it is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.local_rules import local
from desktop.domain.measure import CountedRow, Measure, RowsAsked
from desktop.domain.progress import Progress
from desktop.services.statistics import CountedRows
from desktop.views.actions import keys_of, shortcut
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.chips import Tone
from desktop.views.shared.counted_row_places import KIND_WORDS, place_words
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.text_field import TextField
from desktop.views.shared.working_dialog import WorkingDialog
from desktop.views.statistics.figure_words import definition_text, number_text
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

PAGE: Final = 200
COLUMNS: Final = ("编号", "日期", "名称", "地点", "社区", "数", "说明")
WIDTHS: Final = (13, 7, 16, 16, 7, 5)
ROOMY: Final = (2, 3)
_SIZE: Final = (82, 40)  # in characters and rows


class RowsDialog(WorkingDialog):
    """Lists rows a page at a time; Enter opens the one chosen and closes the list, Esc closes it."""

    def __init__(
        self,
        workbench: Workbench,
        asked: RowsAsked,
        measure: Measure,
        *,
        within: str = "",
        as_of: datetime | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, parent, named="正在列出")
        self._asked, self._as_of = asked, as_of
        self.rows: tuple[CountedRow, ...] = ()
        self.total: int | None = None
        self._measure = measure
        self.count_line = QLabel()
        self.table = RegisterTable("statistics_rows", COLUMNS, WIDTHS, roomy=ROOMY)
        self.find_field = TextField()
        self.open_button = QPushButton()
        self.more_button = QPushButton(f"再列 {PAGE} 条（{keys_of('statistics_rows.more')}）")
        self._build(within)
        self._read()

    def open_row(self) -> None:
        """Open the chosen row where it is kept; one that is kept nowhere else says so."""
        row = self._chosen()
        if row is None:
            return
        if not place_words(row):
            self.banner.say(local("这一条没有对应的登记件，明细就是这一行。"), Tone.BLUE, mark="说明")
            return
        self.accept()
        self.bench.row_asked.emit(row)

    def more(self) -> None:
        """List the next rows."""
        if not self.is_busy and self.total is not None and len(self.rows) < self.total:
            self._read()

    def entered(self) -> None:
        """Go from the search to the rows."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def reject(self) -> None:
        """Close at once: nothing is lost by giving up what is being listed."""
        self.done(RowsDialog.DialogCode.Rejected)

    def done(self, result: int) -> None:
        self.stop()
        super().done(result)

    def _read(self) -> None:
        offset, service = len(self.rows), self.bench.desk.statistics
        asked, as_of = self._asked, self._as_of

        def work(_progress: Progress) -> CountedRows:
            return service.rows(asked, offset=offset, limit=PAGE, as_of=as_of)

        self.run(work, self._show, errand=Errand.LOOK_UP, beginning="正在列出…")

    def _show(self, found: CountedRows) -> None:
        self.total = found.total
        self.rows += found.rows
        self.table.show_rows([(place, _texts(row), True) for place, row in enumerate(self.rows)])
        self.table.say_when_empty("这一期没有计入的。")
        left = found.total - len(self.rows)
        listed = f"，已列 {len(self.rows):,} 条" if left else ""
        self.count_line.setText(f"共 {found.total:,} 条{listed}")
        self.more_button.setVisible(bool(left))
        if self.find_field.value():
            self._find()
        self._offer()

    def _find(self) -> None:
        self.table.find_text(self.find_field.value())

    def _offer(self) -> None:
        row = self._chosen()
        words = place_words(row) if row is not None else ""
        self.open_button.setText(f"{words or '打开'}（{keys_of('statistics_rows.open')}）")
        self.open_button.setEnabled(bool(words))

    def _chosen(self) -> CountedRow | None:
        place = self.table.chosen_id()
        return self.rows[place] if place is not None and place < len(self.rows) else None

    def _opened(self, _place: int) -> None:
        self.open_row()

    def _to_find(self) -> None:
        self.find_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_field.selectAll()

    def _build(self, within: str) -> None:
        self.setObjectName("statistics_rows")
        self.setWindowTitle(f"{self._measure.label}　{self._asked.period.label}")
        self.resize(base_px() * _SIZE[0], base_px() * _SIZE[1])
        heading = QLabel("　".join(part for part in (self._measure.label, self._asked.period.label, within) if part))
        heading.setProperty("role", "title")
        heading.setWordWrap(True)
        said = QLabel(f"{definition_text(self._measure)}{self._of_ratio()}")
        said.setProperty("role", "soft")
        said.setWordWrap(True)
        self.count_line.setProperty("role", "heading")
        find = QLabel("查找(&F)")
        find.setBuddy(self.find_field)
        self.find_field.setObjectName("statistics_rows.find")
        self.find_field.setAccessibleName("在列出的条目中查找")
        self.find_field.setFixedWidth(base_px() * 16)
        self.find_field.changed.connect(self._find)
        self.table.setAccessibleName(f"{KIND_WORDS[self._measure.rows]}明细")
        self.more_button.hide()
        close = QPushButton("关闭（Esc）")
        close.clicked.connect(self.reject)
        self.open_button.clicked.connect(self.open_row)
        self.more_button.clicked.connect(self.more)
        self.table.opened.connect(self._opened)
        self.table.itemSelectionChanged.connect(self._offer)
        for key, act in (
            ("statistics_rows.open", self.open_row),
            ("statistics_rows.more", self.more),
            ("statistics_rows.find", self._to_find),
        ):
            QShortcut(shortcut(key), self).activated.connect(act)
        line, foot = QHBoxLayout(), QHBoxLayout()
        line.addWidget(self.count_line)
        line.addWidget(self.bar)
        line.addStretch(1)
        line.addWidget(find)
        line.addWidget(self.find_field)
        foot.addWidget(self.more_button)
        foot.addStretch(1)
        for button in (self.open_button, close):
            foot.addWidget(button)
        for button in (self.open_button, self.more_button, close):
            button.setAutoDefault(False)
        self.open_button.setProperty("role", "primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(heading)
        column.addWidget(said)
        column.addWidget(self.banner)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.table.setFocus()

    def _of_ratio(self) -> str:
        return "这里列出分子各条。" if self._measure.is_ratio else ""


def _texts(row: CountedRow) -> tuple[str, ...]:
    places = max(0, -int(row.amount.as_tuple().exponent)) if not isinstance(row.amount, int) else 0
    amount = number_text(row.amount, min(places, 2))
    return (row.number, row.on, row.title, row.place, row.community, amount, row.note)
