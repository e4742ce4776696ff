"""The audit page: filters above, events in the middle, the chosen event at the right, the verdict where it is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import ClerkError
from desktop.domain.progress import Progress
from desktop.domain.trail import TrailRow, Verdict
from desktop.views.actions import keys_of
from desktop.views.audit.closing_dialog import print_closing
from desktop.views.audit.event_card import EventCard
from desktop.views.audit.trail_cells import HEADINGS, WIDTHS, cell
from desktop.views.audit.trail_filters import TrailFilters
from desktop.views.audit.verdict_panel import VerdictPanel
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe, show_trouble
from desktop.views.shared.paged_model import PagedTableModel
from desktop.views.shared.task_runner import Errand, Task
from desktop.views.theme import SPACE_2, SPACE_3, base_px, row_px
from desktop.views.workbench import Workbench

_FILE_NAME: Final = "审计记录.xlsx"
_Found = tuple[tuple[int, ...], tuple[tuple[str, ...], tuple[str, ...]]]


class AuditPage(QWidget):
    """Finds events again, shows one whole, verifies the ledger and gives the trail out."""

    def __init__(
        self, workbench: Workbench, parent: QWidget | None = None, *, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._asked = 0
        self._wanted: int | None = None
        self._verifying: Task | None = None
        self.filters, self.verdict, self.card = TrailFilters(today=today), VerdictPanel(), EventCard()
        self.model: PagedTableModel[TrailRow] = PagedTableModel(HEADINGS, self._rows, cell)
        self.table, self.found, self.empty = (
            QTableView(),
            QLabel(),
            QLabel(f"没有符合条件的记录。{keys_of('audit.clear')} 清除筛选，看全部记录。"),
        )
        self.verify_button, self.export_button, self.closing_button = (
            QPushButton(f"{words}（{keys_of(key)}）")
            for words, key in (
                ("核验台账", "audit.verify"),
                ("导出", "audit.export"),
                ("日结单", "closing.print"),
            )
        )
        self._middle = QStackedWidget()
        self._build()
        self._connect()
        self.look_up()

    def look_up(self) -> None:
        """Ask for the events that match."""
        self._asked += 1
        asked, criteria, trail = self._asked, self.filters.criteria(), self._bench.desk.trail

        def work(_progress: Progress) -> _Found:
            return trail.ids(criteria), trail.people_and_acts()

        self._bench.runner.run(
            work,
            done=while_there(self, lambda found: self._show(found) if asked == self._asked else None),
            failed=while_there(self, lambda error: self._bench.told.emit(describe(error).text)),
        )

    def verify(self) -> None:
        """Verify the whole ledger, with progress."""
        if self._verifying is not None:
            return
        self.verdict.begin()
        task = self._bench.runner.run(
            self._bench.desk.ledger_check.verify,
            done=while_there(self, self._verified),
            failed=while_there(self, self._not_verified),
            errand=Errand.LOOK_UP,
        )
        task.progressed.connect(self.verdict.step)
        task.cancelled.connect(self._stopped)
        self._verifying = task

    def export(self) -> None:
        """Ask for a file and write what is found into it."""
        name, _kind = QFileDialog.getSaveFileName(self, "导出审计记录", _FILE_NAME, "Excel 表格（*.xlsx）")
        if name:
            self.export_to(Path(name))

    def export_to(self, file: Path) -> None:
        """Write what is found into a workbook."""
        criteria, trail = self.filters.criteria(), self._bench.desk.trail
        self._bench.runner.run(
            lambda progress: trail.export(criteria, file, progress),
            done=while_there(self, self._exported),
            failed=while_there(self, lambda error: show_trouble(error, self)),
            errand=Errand.ACT,
        )

    def open_event(self, event_id: int) -> None:
        """Show one event in the table and whole, the filters off when they hide it."""
        if event_id in self.model.ids:
            self._choose(event_id)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._wanted = event_id
        self.filters.clear()
        self.look_up()

    def open_first_finding(self) -> None:
        """Go to the first broken link, or the first mismatch."""
        if self.verdict.list.isVisible():
            self.verdict.list.setCurrentRow(0)
            self.verdict.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
            found = self.verdict.verdict
            first = found.broken if found is not None else None
            if first is not None and first.event_id is not None:
                self.open_event(first.event_id)

    def step_back(self) -> bool:
        """Stop verifying, put the verdict away, or turn the filters off; says whether there was any of them."""
        if self._verifying is not None:
            self._verifying.cancel()
            return True
        if self.verdict.isVisible():
            self.verdict.put_away()
            return True
        if not self.filters.is_on():
            return False
        self.clear_all()
        return True

    def clear_all(self) -> None:
        """Show the whole trail."""
        self.filters.clear()
        self.look_up()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.table.setFocus(event.reason())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_middle"):
            self._fit()

    def _show(self, found: _Found) -> None:
        ids, (people, acts) = found
        row = self.model.row(self.table.currentIndex().row())
        self.filters.offer(people, acts)
        self.model.show_ids(ids)
        self.found.setText(f"{len(ids)} 条")
        self._middle.setCurrentWidget(self.table if ids else self.empty)
        wanted, self._wanted = self._wanted, None
        self._choose(wanted if wanted is not None else row.id if row else None)
        if wanted is not None and not self.verdict.list.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, event_id: int | None) -> None:
        ids = self.model.ids
        if not ids:
            self.card.show_event(None)
            return
        place = ids.index(event_id) if event_id in ids else 0
        self.table.setCurrentIndex(self.model.index(place, max(self.table.currentIndex().column(), 0)))
        self._show_chosen()

    def _show_chosen(self) -> None:
        row = self.model.row(self.table.currentIndex().row())
        try:
            self.card.show_event(self._bench.desk.trail.event(row.id) if row is not None else None)
        except ClerkError as error:
            self._bench.told.emit(describe(error).text)

    def _rows(self, ids: Sequence[int]) -> Sequence[TrailRow]:
        try:
            return self._bench.desk.trail.page(ids)
        except ClerkError as error:
            self._bench.told.emit(describe(error).text)
            return ()

    def _verified(self, verdict: Verdict) -> None:
        self._verifying = None
        self.verdict.show_verdict(verdict)
        self._bench.verified.emit(verdict.is_sound)
        if self.verdict.list.isVisible():
            self.verdict.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if verdict.broken is not None:
            self._wanted = verdict.broken.event_id
        self.look_up()

    def _not_verified(self, error: Exception) -> None:
        self._verifying = None
        self.verdict.put_away()
        show_trouble(error, self)

    def _stopped(self) -> None:
        self._verifying = None
        self.verdict.put_away()
        self._bench.told.emit("核验已停止，没有结论。")

    def _exported(self, count: int) -> None:
        self._bench.told.emit(f"已导出 {count} 条审计记录，本次导出已记录在案。")
        self.look_up()

    def _connect(self) -> None:
        self.filters.changed.connect(self.look_up)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_chosen())
        self.verdict.asked.connect(self.open_event)
        self.verify_button.clicked.connect(self.verify)
        self.export_button.clicked.connect(self.export)
        self.closing_button.clicked.connect(lambda: print_closing(self._bench, self))
        self._bench.changed.connect(self.look_up)
        bind_keys(
            self,
            {
                "audit.verify": self.verify,
                "audit.finding": self.open_first_finding,
                "audit.export": self.export,
                "audit.filters": self.filters.focus_first,
                "audit.clear": self.clear_all,
            },
        )

    def _build(self) -> None:
        title = QLabel("审计")
        title.setProperty("role", "title")
        self.found.setProperty("role", "soft")
        self.found.setObjectName("audit.found")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("role", "soft")
        head = QHBoxLayout()
        head.setSpacing(SPACE_3)
        for widget in (title, self.found):
            head.addWidget(widget)
        head.addStretch(1)
        for button in (self.verify_button, self.export_button, self.closing_button):
            head.addWidget(button)
        self._build_table()
        self._middle.addWidget(self.table)
        self._middle.addWidget(self.empty)
        body = QHBoxLayout()
        body.setSpacing(SPACE_3)
        body.addWidget(self._middle, 1)
        body.addWidget(self.card)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        column.setSpacing(SPACE_2)
        column.addLayout(head)
        column.addWidget(self.filters)
        column.addWidget(self.verdict)
        column.addLayout(body, 1)
        self._fit()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def _build_table(self) -> None:
        self.table.setModel(self.model)
        self.table.setObjectName("auditTable")
        self.table.setAccessibleName("审计记录")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setStretchLastSection(True)

    def _fit(self) -> None:
        self.card.setFixedWidth(base_px() * 25)
        self.table.verticalHeader().setDefaultSectionSize(row_px())
        for section, width in enumerate(WIDTHS):
            self.table.setColumnWidth(section, int(width * base_px()) + 12)
