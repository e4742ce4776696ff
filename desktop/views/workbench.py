"""What every page is given: the office's services, the task runner and the notices between pages."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.services.desk import Desk
from desktop.views.shared.task_runner import TaskRunner


class Workbench(QObject):
    """Joins the pages: one call down to ``desk``, one result up by ``runner``, one notice sideways by signals."""

    changed = Signal(object)  # frozenset[Change]: what an act touched
    filing_asked = Signal(int)  # open this filing's file (一件一档)
    revisit_asked = Signal(int)  # open the next visit of a filing that awaits correction
    again_asked = Signal(int)  # register anew what this registration stood for
    next_shop_asked = Signal(int)  # take in the next shop of the mall that this filing lies in
    papers_asked = Signal(object, str)  # tuple[IssuedPaper, ...], title: preview and print
    ledger_asked = Signal(object)  # LedgerCriteria: show these filings in the ledger
    page_asked = Signal(str)  # key of a page
    task_asked = Signal(object)  # Task of the worklist: the page that deals with its kind opens at it
    found_work_asked = Signal(int)  # take in the registration of a work found unregistered
    patrol_asked = Signal(object)  # SiteRef: a patrol of this site is to be entered
    worklist_asked = Signal(object)  # WorklistCriteria: show these tasks in the worklist
    row_asked = Signal(object)  # CountedRow: open one row behind a figure where it is kept
    told = Signal(str)  # a quiet sentence for the status line
    verified = Signal(bool)  # the ledger was verified: whether nothing was found
    backed_up = Signal()  # a backup was made or proved by hand
    closing = Signal()  # the window closes

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.runner = TaskRunner(self)
        # What a page keeps of somebody's typing while somebody else works here, by page and account.
        self.unfinished: dict[tuple[str, int | None], object] = {}
