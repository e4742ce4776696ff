"""The filled record of one visit: issued at the first asking, marked 补打 whenever it is printed again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.acts import IssuedPaper
from desktop.domain.progress import Progress
from desktop.views.papers.papers_dialog import PapersDialog
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench


def open_patrol_paper(
    workbench: Workbench, patrol_id: int, title: str, *, parent: QWidget, failed: Callable[[Exception], None]
) -> None:
    """Make the record of a visit and open it to be looked at and printed; ``failed`` is told what went wrong."""
    papers = workbench.desk.site_papers

    def work(_progress: Progress) -> tuple[IssuedPaper, bool]:
        issued = papers.patrol_paper_of(patrol_id)
        return (papers.patrol_paper(patrol_id), False) if issued is None else (issued, True)

    def show(made: tuple[IssuedPaper, bool]) -> None:
        paper, is_again = made
        dialog = PapersDialog(workbench, (paper,), title or paper.number, reprint=is_again, parent=parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    workbench.runner.run(work, done=while_there(parent, show), failed=while_there(parent, failed), errand=Errand.ACT)
