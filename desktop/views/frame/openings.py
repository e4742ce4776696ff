"""Opens what pages ask for: a filing, its next visit, papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.acts import IssuedPaper
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.views.frame.page_stack import FILING, PageStack
from desktop.views.pages import IntakeLike, Searches
from desktop.views.shared.messages import show_trouble
from desktop.views.workbench import Workbench


class Openings(QObject):
    """Answers the workbench's requests; a trouble is shown and leaves one where one is."""

    def __init__(self, workbench: Workbench, pages: PageStack, go: Callable[[str], None], window: QWidget) -> None:
        super().__init__(window)
        self._bench, self._pages, self._go, self._window = workbench, pages, go, window
        workbench.filing_asked.connect(self._open_filing)
        workbench.revisit_asked.connect(self._open_revisit)
        workbench.papers_asked.connect(self._open_papers)
        workbench.ledger_asked.connect(self._open_ledger)
        workbench.page_asked.connect(go)

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

    def _open_revisit(self, filing_id: int) -> None:
        if "intake" not in self._pages.specs:
            show_trouble(ClerkError("not_permitted"), self._window)
            return
        try:
            cast("IntakeLike", self._pages.page("intake")).open_revisit(filing_id)
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

    def _open_papers(self, papers: tuple[IssuedPaper, ...], title: str) -> None:
        from desktop.views.papers.papers_dialog import PapersDialog

        dialog = PapersDialog(self._bench, papers, title, parent=self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
