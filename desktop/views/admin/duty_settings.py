"""Which duties are not the street's by its list of duties (履职事项清单): off, and on again, with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.acts import Change
from desktop.domain.duties import LONGEST_DOCUMENT, LONGEST_REASON
from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import cited
from desktop.services.duties import DutyLine
from desktop.views.actions import keys_of
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px, row_px
from desktop.views.workbench import Workbench

_COLUMNS: Final = ("事项", "依据", "现在", "依据文件、理由")
_OURS: Final = "本街道承担"
_NOT_STATED: Final = "文件没有写明"
_ABOUT: Final = (
    "街道履职事项清单等另有规定的，按照有关规定执行{cited}。设为本街道不承担的事项，自那一天起不再列入待办，"
    "待办和统计中注明；已有的记录和期限不变，随时可以恢复。"
)


class DutySettings(QWidget):
    """The duties above, the one that is chosen below: document, reason and day, one key off, one key on."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._lines: tuple[DutyLine, ...] = ()
        self.table, self.banner = QTableWidget(0, len(_COLUMNS)), Banner()
        self.document, self.reason = TextField(limit=LONGEST_DOCUMENT), TextField(limit=LONGEST_REASON)
        self.from_on = DayEdit(today=workbench.desk.office.today)
        self.off_button = QPushButton(f"本街道不承担（{keys_of('duties.off')}）")
        self.on_button = QPushButton(f"恢复承担（{keys_of('duties.on')}）")
        self._build()
        self._read()

    def words(self) -> str:
        """Give every line of the table, for tests."""
        rows = range(self.table.rowCount())
        return "\n".join("　".join(self._cell(row, column) for column in range(len(_COLUMNS))) for row in rows)

    def switch_off(self) -> None:
        """Take the chosen duty off the street."""
        line = self._chosen()
        if self.from_on.problem():
            self._refuse("from_on", self.from_on.problem())
            return
        self._act(
            lambda: self._bench.desk.duties.switch_off(
                line.duty,
                document=self.document.value(),
                reason=self.reason.value(),
                from_on=self.from_on.day(),
            ),
            done=f"{line.duty.label}：已设为本街道不承担，自那一天起不列入待办。",
        )

    def switch_on(self) -> None:
        """Give the chosen duty back to the street."""
        line = self._chosen()
        self._act(
            lambda: self._bench.desk.duties.switch_on(line.duty, reason=self.reason.value()),
            done=f"{line.duty.label}：已恢复由本街道承担。",
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.table.setFocus(event.reason())

    def _act(self, act: Callable[[], frozenset[Change]], *, done: str) -> None:
        try:
            changes = act()
        except ClerkError as error:
            self._refuse(str(error.details.get("field", "")), describe(error).text)
            return
        self.reason.set_value("")
        self._read()
        self._bench.changed.emit(changes)
        self.banner.say(done, Tone.BLUE, mark="已保存")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuse(self, field: str, why: str) -> None:
        self.banner.say(why, Tone.RED, mark="没有保存")
        fields = {"document": self.document, "reason": self.reason, "from_on": self.from_on}
        fields.get(field, self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> DutyLine:
        return self._lines[max(self.table.currentRow(), 0)]

    def _read(self) -> None:
        """Show the duties as they stand; the cursor stays where it is."""
        row = max(self.table.currentRow(), 0)
        self._lines = self._bench.desk.duties.lines()
        self.table.setRowCount(len(self._lines))
        for place, line in enumerate(self._lines):
            for column, text in enumerate(_cells(line)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(place, column, item)
        self.table.setCurrentCell(row, 0)
        self._choose()

    def _choose(self) -> None:
        is_ours = self._chosen().not_ours is None
        self.off_button.setEnabled(is_ours)
        self.on_button.setEnabled(not is_ours)

    def _cell(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return "" if item is None else item.text()

    def _build(self) -> None:
        about = QLabel(_ABOUT.format(cited=cited("duty_list")))
        about.setProperty("role", "soft")
        about.setWordWrap(True)
        self.off_button.setProperty("role", "primary")
        self._prepare_table()
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addWidget(about)
        column.addWidget(self.table, 1)
        column.addWidget(FieldRow("依据文件(&D)", self.document, label_characters=6))
        column.addWidget(FieldRow("理由(&R)", self.reason, label_characters=6))
        column.addLayout(self._foot())
        self.off_button.clicked.connect(self.switch_off)
        self.on_button.clicked.connect(self.switch_on)
        bind_keys(self, {"duties.off": self.switch_off, "duties.on": self.switch_on})

    def _foot(self) -> QHBoxLayout:
        self.document.setPlaceholderText("文件名称、文号和条款")
        self.from_on.setMaximumWidth(base_px() * 9)
        row = QHBoxLayout()
        row.setSpacing(SPACE_3)
        row.addWidget(FieldRow("自哪天起(&Z)", self.from_on, label_characters=6))
        row.addStretch(1)
        row.addWidget(self.on_button)
        row.addWidget(self.off_button)
        return row

    def _prepare_table(self) -> None:
        table = self.table
        table.setObjectName("duties")
        table.setAccessibleName("本街道的履职事项")
        table.setHorizontalHeaderLabels(list(_COLUMNS))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(row_px())
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        for column, characters in ((0, 15), (1, 12), (2, 17)):
            table.setColumnWidth(column, base_px() * characters)
        table.currentCellChanged.connect(lambda *_cells: self._choose() if self._lines else None)


def _cells(line: DutyLine) -> tuple[str, str, str, str]:
    away = line.not_ours
    if away is None:
        return line.duty.label, line.article or _NOT_STATED, _OURS, ""
    said = "；".join((away.document, away.reason))
    return line.duty.label, line.article or _NOT_STATED, f"自 {away.from_on} 起不承担", said
