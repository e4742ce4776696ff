"""What each column of an old ledger is: heading, samples, the field it goes to and how sure the program is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.column_mapping import Confidence, Proposal
from desktop.domain.old_ledger_fields import OldField
from desktop.domain.old_registration import Blanks, LedgerMapping, OldState
from desktop.domain.sheet_grid import column_letters, is_blank, text_of
from desktop.domain.sheet_import import SheetLook
from desktop.domain.sheet_layout import HeadingLines
from desktop.views.shared.field import FieldRow
from desktop.views.shared.pick_list import PickList
from desktop.views.theme import COLOURS, SPACE_2, SPACE_4, base_px, row_px

_TARGETS: Final = tuple((field.value, field.label) for field in OldField)
_STATES: Final = tuple((state.value, f"一律算“{state.label}”") for state in OldState if state is not OldState.COMPLETED)
_EVERY_LINE: Final = ("", "逐行要写明")
_HEADINGS: Final = ("列", "表头", "内容（前几行）", "导入为", "把握")
_WIDTHS: Final = (3, 17, 28, 17)
_LABEL: Final = 9


class MappingPart(QWidget):
    """A line for each column with a pick list of fields; below it what counts where a line says nothing.

    Tab goes from pick list to pick list; emptying one leaves its column out.  A field is given to one column only: the
    column that had it goes without.
    """

    changed = Signal()

    def __init__(self, communities: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: SheetLook | None = None
        self.picks: list[PickList] = []
        self.table = QTableWidget(0, len(_HEADINGS))
        self.state = PickList((_EVERY_LINE, *_STATES))
        self.community = PickList([(name, name) for name in communities], allows_other=not communities)
        self.numbers = QCheckBox("没有编号的行由本程序编号(&B)")
        self.rows = (
            FieldRow("没写状态的行(&T)", self.state, label_characters=_LABEL),
            FieldRow("没写社区的行(&Q)", self.community, label_characters=_LABEL),
        )
        self._build()

    def show_look(self, look: SheetLook) -> None:
        """Show the columns of a sheet with what they are taken for."""
        self._look = look
        self.table.setRowCount(0)
        self.picks = []
        if look.headings is None:
            self._show_lines(look)
        self.table.setRowCount(max(self.table.rowCount(), len(look.columns)))
        for place, (heading, proposal) in enumerate(zip(look.columns, look.proposals, strict=True)):
            self._show_column(place, heading, proposal)
        self.state.set_value(look.blanks.state.value if look.blanks.state else "")
        self.community.set_value(look.blanks.community)
        self.numbers.setChecked(look.blanks.takes_numbers)

    def mapping(self) -> LedgerMapping | None:
        """Give the mapping as it stands, None while there are no headings."""
        if self._look is None or self._look.headings is None:
            return None
        for pick in (*self.picks, self.state, self.community):
            pick.settle()
        state = self.state.value()
        return LedgerMapping(
            sheet=self._look.sheet,
            headings=HeadingLines(first=self._look.headings.first, last=self._look.headings.last),
            targets=tuple(OldField(pick.value()) if pick.value() else None for pick in self.picks),
            blanks=Blanks(
                state=OldState(state) if state else None,
                community=self.community.value().strip(),
                takes_numbers=self.numbers.isChecked(),
            ),
        )

    def focus_first(self) -> None:
        """Stand on the first column that deserves a look, else on the first one."""
        doubtful = [
            pick
            for pick, proposal in zip(self.picks, self._look.proposals if self._look else (), strict=False)
            if proposal.confidence is Confidence.GUESS
        ]
        for pick in (*doubtful, *self.picks, self.state)[:1]:
            pick.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_lines(self, look: SheetLook) -> None:
        """Show the first lines as they are, so that one sees where the headings stand."""
        self.table.setRowCount(len(look.preview))
        for place, row in enumerate(look.preview):
            texts = [text_of(cell) for cell in row if not is_blank(cell)]
            for column, text in enumerate((str(place + 1), *texts[:2], "　".join(texts[2:8]))):
                self._set(place, column, text)

    def _show_column(self, place: int, heading: str, proposal: Proposal) -> None:
        assert self._look is not None
        words = heading.replace("\n", " / ") or "（没有表头）"
        sample = "　".join(self._look.samples[place][:4])
        for column, text in enumerate((column_letters(place), words, sample)):
            self._set(place, column, text)
        pick = PickList(_TARGETS)
        pick.setObjectName(f"target.{place}")
        pick.setAccessibleName(f"{column_letters(place)} 列 {words} 导入为")
        pick.setPlaceholderText("不导入")
        pick.set_value(proposal.target.value if proposal.target else "")
        pick.changed.connect(self._target_changed)
        self.picks.append(pick)
        self.table.setCellWidget(place, 3, pick)
        self._say(place, "以前确认过" if proposal.is_saved and proposal.target else proposal.confidence.label)

    def _target_changed(self) -> None:
        """Take the field away from whichever other column had it."""
        changed = self.sender()
        for place, pick in enumerate(self.picks):
            if pick is changed:
                self._say(place, "已选定" if pick.value() else Confidence.NONE.label)
            elif isinstance(changed, PickList) and changed.value() and pick.value() == changed.value():
                pick.set_value("")
                self._say(place, Confidence.NONE.label)
        self.changed.emit()

    def _say(self, place: int, words: str) -> None:
        item = self._set(place, 4, f"▲ {words}" if words == Confidence.GUESS.label else words)
        is_out = words == Confidence.NONE.label
        colour = COLOURS.amber if words == Confidence.GUESS.label else COLOURS.ink_faint if is_out else COLOURS.ink_soft
        item.setForeground(QColor(colour))
        for column in range(3):
            cell = self.table.item(place, column)
            if cell is not None:
                cell.setForeground(QColor(COLOURS.ink_faint if is_out else COLOURS.ink))

    def _set(self, place: int, column: int, text: str) -> QTableWidgetItem:
        item = QTableWidgetItem(text)
        item.setToolTip(text)
        self.table.setItem(place, column, item)
        return item

    def _build(self) -> None:
        self.table.setObjectName("old_ledger_columns")
        self.table.setAccessibleName("列的对应")
        self.table.setHorizontalHeaderLabels(list(_HEADINGS))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(row_px() + SPACE_2)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, characters in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, base_px() * characters)
        self.state.setObjectName("blanks.state")
        self.community.setObjectName("blanks.community")
        self.community.setPlaceholderText("逐行要写明")
        self.numbers.setObjectName("blanks.takes_numbers")
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_4)
        for row in self.rows:
            foot.addWidget(row, 1)
        foot.addWidget(self.numbers)
        column_of_parts = QVBoxLayout(self)
        column_of_parts.setContentsMargins(0, 0, 0, 0)
        column_of_parts.setSpacing(SPACE_2)
        column_of_parts.addWidget(self.table, 1)
        column_of_parts.addLayout(foot)
