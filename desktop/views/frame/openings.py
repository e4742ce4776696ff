"""Opens what pages ask for: a filing, its next visit, papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.acts import IssuedPaper
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.measure import CountedRow, RowKind
from desktop.domain.site import SiteRef
from desktop.domain.worklist import ON_PATROL_PAGE, Task, TaskKind, WorklistCriteria
from desktop.views.frame.page_stack import FILING, PageStack
from desktop.views.pages import DoesTasks, EntersPatrols, IntakeLike, ListsTasks, Searches, ShowsRows
from desktop.views.shared.counted_row_places import BOOKS, PATROL_LISTS
from desktop.views.shared.messages import show_trouble
from desktop.views.workbench import Workbench

PATROL: Final = "patrol"
STATISTICS: Final = "statistics"


class Openings(QObject):
    """Answers the workbench's requests; a trouble is shown and leaves one where one is."""

    def __init__(self, workbench: Workbench, pages: PageStack, go: Callable[[str], None], window: QWidget) -> None:
        super().__init__(window)
        self._bench, self._pages, self._go, self._window = workbench, pages, go, window
        workbench.filing_asked.connect(self._open_filing)
        workbench.revisit_asked.connect(self._open_revisit)
        workbench.again_asked.connect(self._open_again)
        workbench.next_shop_asked.connect(self._open_next_shop)
        workbench.papers_asked.connect(self._open_papers)
        workbench.ledger_asked.connect(self._open_ledger)
        workbench.page_asked.connect(go)
        workbench.task_asked.connect(self._do_task)
        workbench.patrol_asked.connect(self._enter_patrol)
        workbench.worklist_asked.connect(self._open_worklist)
        workbench.row_asked.connect(self._open_row)
        workbench.found_work_asked.connect(self._open_found)

    def _open_filing(self, filing_id: int) -> None:
        from desktop.views.filing.filing_page import FilingPage

        page = self._pages.page(FILING)
        assert isinstance(page, FilingPage)
        try:
            page.show_filing(filing_id)
        except ClerkError as error:
            show_trouble(error, self._window)
            return
        self._go(FILING)

    def _do_task(self, task: Task) -> None:
        """Go to the page that deals with a task; where none does, to its site."""
        if task.kind is TaskKind.CORRECTION and task.site.filing_id is not None:
            self._open_revisit(task.site.filing_id)
            return
        if task.kind in ON_PATROL_PAGE and PATROL in self._pages.specs:
            page = self._pages.page(PATROL)
            if isinstance(page, DoesTasks) and page.do_task(task):
                self._go(PATROL)
                return
        if task.site.filing_id is None:
            show_trouble(ClerkError("not_permitted"), self._window)
            return
        self._open_filing(task.site.filing_id)
        page = self._pages.page(FILING)
        if self._pages.here == FILING and isinstance(page, DoesTasks):
            page.do_task(task)

    def _open_row(self, row: CountedRow) -> None:
        """Open a row behind a figure on its own list; where it has none, or not for who asks, at its filing."""
        page_key = STATISTICS if row.kind is RowKind.BOOK_ENTRY else PATROL
        key = BOOKS if row.kind is RowKind.BOOK_ENTRY else PATROL_LISTS.get(row.kind, "")
        if key and page_key in self._pages.specs:
            page = self._pages.page(page_key)
            if isinstance(page, ShowsRows) and page.show_row(key, row.id):
                self._go(page_key)
                return
        if row.filing_id is None:
            show_trouble(ClerkError("not_permitted"), self._window)
            return
        self._open_filing(row.filing_id)

    def _open_revisit(self, filing_id: int) -> None:
        self._to_intake(lambda page: page.open_revisit(filing_id))

    def _open_again(self, filing_id: int) -> None:
        self._to_intake(lambda page: page.open_again(filing_id))

    def _open_next_shop(self, filing_id: int) -> None:
        self._to_intake(lambda page: page.open_next_shop(filing_id))

    def _open_found(self, found_site_id: int) -> None:
        self._to_intake(lambda page: page.open_found(found_site_id))

    def _enter_patrol(self, site: SiteRef) -> None:
        may_enter = PATROL in self._pages.specs
        if may_enter and cast("EntersPatrols", self._pages.page(PATROL)).enter_patrol(site):
            self._go(PATROL)
        else:
            show_trouble(ClerkError("not_permitted"), self._window)

    def _to_intake(self, open_it: Callable[[IntakeLike], None]) -> None:
        if "intake" not in self._pages.specs:
            show_trouble(ClerkError("not_permitted"), self._window)
            return
        try:
            open_it(cast("IntakeLike", self._pages.page("intake")))
        except ClerkError as error:
            show_trouble(error, self._window)
            return
        self._go("intake")

    def _open_ledger(self, criteria: LedgerCriteria) -> None:
        if "ledger" not in self._pages.specs:
            show_trouble(ClerkError("not_permitted"), self._window)
            return
        cast("Searches", self._pages.page("ledger")).show_criteria(criteria)
        self._go("ledger")

    def _open_worklist(self, criteria: WorklistCriteria) -> None:
        if "worklist" not in self._pages.specs:
            show_trouble(ClerkError("not_permitted"), self._window)
            return
        cast("ListsTasks", self._pages.page("worklist")).show_criteria(criteria)
        self._go("worklist")

    def _open_papers(self, papers: tuple[IssuedPaper, ...], title: str) -> None:
        from desktop.views.papers.papers_dialog import PapersDialog

        dialog = PapersDialog(self._bench, papers, title, parent=self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
