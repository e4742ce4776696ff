"""The ledger page: filters at the left, rows in the middle, the selected filing at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerColumn, LedgerCriteria, LedgerFacets, LedgerRow
from desktop.domain.progress import Progress
from desktop.views.ledger.brief_card import BriefCard
from desktop.views.ledger.export_button import ExportButton
from desktop.views.ledger.filters_panel import FiltersPanel
from desktop.views.ledger.ledger_cells import COLUMNS, cell
from desktop.views.ledger.ledger_table import LedgerTable
from desktop.views.ledger.more_ledgers import MoreLedgers
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.messages import describe
from desktop.views.shared.paged_model import PagedTableModel
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.wording import word
from desktop.views.workbench import Workbench

_PAUSE_OF_TYPING_MS: Final = 120
_NEWEST_FIRST: Final = frozenset(
    {LedgerColumn.FILED_ON, LedgerColumn.NUMBER, LedgerColumn.VALID_UNTIL, LedgerColumn.RISK}
)


class LedgerPage(QWidget):
    """Finds filings again.  Looking up runs off the GUI thread; an answer that is no longer wanted is dropped."""

    def __init__(
        self, workbench: Workbench, parent: QWidget | None = None, *, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._asked = 0
        self._criteria = LedgerCriteria()
        self.text = TextField()
        self.filters = FiltersPanel(workbench.desk.office.pack, today=today)
        self.model: PagedTableModel[LedgerRow] = PagedTableModel([word(column) for column in COLUMNS], self._rows, cell)
        self.table, self.brief = LedgerTable(self.model), BriefCard(workbench.desk.office.pack)
        self._hide_unknown()
        self.found, self.empty = QLabel(), QLabel()
        self._clear = QPushButton("清除筛选")
        self.export = ExportButton(workbench, lambda: (self._criteria, self.model.rowCount()), today)
        self.more = MoreLedgers(workbench)
        self._middle = QStackedWidget()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_OF_TYPING_MS)
        self._build()
        self._connect()
        self.look_up()

    def _hide_unknown(self) -> None:
        """Hide the columns that the rules leave empty; a work that has such a thing shows it in its card."""
        pack = self._bench.desk.office.pack()
        has_term = pack.deadlines.validity_months is not None
        for column, is_known in ((LedgerColumn.VALID_UNTIL, has_term), (LedgerColumn.RISK, pack.tells_risk_apart)):
            self.table.setColumnHidden(COLUMNS.index(column), not is_known)

    @property
    def criteria(self) -> LedgerCriteria:
        """Give what is being looked for."""
        return self._criteria

    def search(self, text: str) -> None:
        """Look for a text over the whole ledger: other filters go off."""
        self._criteria = replace(self._criteria, exception=None)
        self.filters.clear()
        self.text.set_value(text)
        self.look_up()

    def show_criteria(self, criteria: LedgerCriteria) -> None:
        """Show the filings of some criteria and no others."""
        self.filters.show_criteria(criteria)
        self.text.set_value(criteria.text)
        self._criteria = criteria
        self.table.show_sorting(criteria.sort_by, descending=criteria.descending)
        self.look_up()

    def look_up(self) -> None:
        """Ask for the filings that match text and filters."""
        self._criteria = self.filters.apply_to(replace(self._criteria, text=self.text.value()))
        self._asked += 1
        asked, criteria, ledger = self._asked, self._criteria, self._bench.desk.ledger

        def work(_progress: Progress) -> tuple[tuple[int, ...], LedgerFacets]:
            return ledger.ids(criteria), ledger.facets(criteria)

        self._bench.runner.run(
            work,
            done=lambda found: self._show(found) if asked == self._asked else None,
            failed=lambda error: self._bench.told.emit(describe(error).text),
        )

    def step_back(self) -> bool:
        """Turn text and filters off; says whether any was on."""
        if not self.text.value() and not self.filters.is_on() and self._criteria.exception is None:
            return False
        self.clear_all()
        return True

    def clear_all(self) -> None:
        """Show the whole ledger."""
        self._criteria = replace(self._criteria, exception=None)
        self.filters.clear()
        self.text.set_value("")
        self.look_up()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def sort(self, column: LedgerColumn) -> None:
        """Sort by a column; by the same column again in the other direction."""
        is_again = column is self._criteria.sort_by
        descending = not self._criteria.descending if is_again else column in _NEWEST_FIRST
        self._criteria = replace(self._criteria, sort_by=column, descending=descending)
        self.table.show_sorting(column, descending=descending)
        self.look_up()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.table.setFocus(event.reason())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "brief"):
            self._fit()

    def _fit(self) -> None:
        self.filters.setFixedWidth(base_px() * 11)
        self.brief.setFixedWidth(base_px() * 18)

    def _show(self, found: tuple[tuple[int, ...], LedgerFacets]) -> None:
        ids, facets = found
        row = self.table.current_row()
        self.filters.show_facets(facets)
        self.model.show_ids(ids)
        self.table.choose(row.id if row else None)
        exception = self._criteria.exception
        self.found.setText(f"{len(ids)} 件{f'　只看：{word(exception)}' if exception else ''}")
        is_narrowed = bool(self.text.value()) or self.filters.is_on() or exception is not None
        self._clear.setEnabled(is_narrowed)
        self.empty.setText(_why_empty(is_narrowed))
        self._middle.setCurrentWidget(self.table if ids else self.empty)
        if not ids:
            self.brief.show_row(None)

    def _rows(self, ids: Sequence[int]) -> Sequence[LedgerRow]:
        try:
            return self._bench.desk.ledger.page(ids)
        except ClerkError as error:
            self._bench.told.emit(describe(error).text)
            return ()

    def _changed(self, changes: frozenset[Change]) -> None:
        if changes & {Change.FILINGS, Change.PARTIES, Change.SETTINGS}:
            self.look_up()

    def _connect(self) -> None:
        self.text.changed.connect(self._pause.start)
        self._pause.timeout.connect(self.look_up)
        self.text.returnPressed.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.filters.changed.connect(self.look_up)
        self._clear.clicked.connect(self.clear_all)
        self.table.sort_asked.connect(self.sort)
        self.table.selected.connect(self.brief.show_row)
        self.table.opened.connect(self._bench.filing_asked)
        self.brief.open_asked.connect(self._bench.filing_asked)
        self.brief.correct_asked.connect(self._bench.revisit_asked)
        self._bench.changed.connect(self._changed)
        bind_keys(
            self,
            {
                "ledger.sort": self.table.sort_by_current,
                "ledger.clear": self.clear_all,
                "ledger.export": self.export.ask,
                "ledger.area": self.more.ask_area,
                "ledger.standing": self.more.ask_standing,
                "ledger.old_ledger": self.more.ask_old_ledger,
                "ledger.platform": self.more.ask_platform,
                "ledger.filters": self.filters.focus_first,
            },
        )

    def _build(self) -> None:
        title = QLabel("台账")
        title.setProperty("role", "title")
        self.found.setProperty("role", "soft")
        self.text.setPlaceholderText("编号、姓名、地址、单位（两个字即可）、拼音首字母、证件或电话后四位")
        self.text.setAccessibleName("在台账中查找")
        self.text.setObjectName("ledgerText")
        self._clear.setProperty("role", "quiet")
        self._clear.setToolTip("Ctrl+退格")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("role", "soft")
        self.empty.setWordWrap(True)
        self.table.show_sorting(self._criteria.sort_by, descending=self._criteria.descending)
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        head.addWidget(title)
        head.addWidget(self.found)
        head.addSpacing(SPACE_4)
        head.addWidget(self.text, 1)
        head.addWidget(self._clear)
        head.addWidget(self.export)
        head.addWidget(self.more)
        self._middle.addWidget(self.table)
        self._middle.addWidget(self.empty)
        self._fit()
        body = QHBoxLayout()
        body.setSpacing(SPACE_3)
        body.addWidget(self.filters)
        body.addWidget(self._middle, 1)
        body.addWidget(self.brief)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addLayout(body, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)


def _why_empty(is_narrowed: bool) -> str:
    if is_narrowed:
        return "没有符合条件的申报件。\n\n按 Ctrl+退格 清除全部筛选，或者换两个字再找。"
    return "台账里还没有申报件。\n\n按 Ctrl+N 受理第一件，办结后就出现在这里。"
