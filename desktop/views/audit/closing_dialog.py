"""The daily closing sheet on the screen: made once, printed, and printed again with 补打."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.closing import ClosingRow
from desktop.domain.progress import Progress
from desktop.views.papers.sheets_dialog import SheetsDialog
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import show_trouble
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench


class ClosingDialog(SheetsDialog):
    """Today's sheet and the latest before it; what was printed before carries 补打."""

    def __init__(self, workbench: Workbench, rows: Sequence[ClosingRow], parent: QWidget | None = None) -> None:
        self._rows = tuple(rows)
        self._first_prints = {row.id for row in self._rows if row.is_new}
        super().__init__(workbench, "日结单", [_line(row) for row in self._rows], ticked=(0,), parent=parent)
        self.setObjectName("closing_sheets")
        self.setWindowTitle("日结单")

    def fetch(self) -> list[bytes]:
        """Give the sheets as they were made."""
        return [self._bench.desk.closing.pdf(row.id) for row in self._rows]

    def final(self, chosen: Sequence[int]) -> list[bytes]:
        """Give what leaves the printer: the sheet just made without a mark, once; every other with 补打."""
        closing, pdfs = self._bench.desk.closing, []
        for place in chosen:
            row = self._rows[place]
            pdfs.append(closing.pdf(row.id) if row.id in self._first_prints else closing.reprint(row.id))
        return pdfs

    def after_giving_out(self) -> None:
        """From now on a print of today's sheet is a reprint."""
        self._first_prints.clear()

    def file_name(self, row: int) -> str:
        """Name a file by the sheet's day and count."""
        return self._rows[row].title


def print_closing(workbench: Workbench, parent: QWidget) -> None:
    """Close the day and show its sheet, where who is signed in may do that."""
    closing = workbench.desk.closing
    if not closing.may_close():
        workbench.told.emit("打印日结单不在您的权限内。")
        return

    def work(_progress: Progress) -> tuple[ClosingRow, ...]:
        made = closing.close_day()
        return (made, *(row for row in closing.sheets(10) if row.id != made.id))

    def show(rows: tuple[ClosingRow, ...]) -> None:
        dialog = ClosingDialog(workbench, rows, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    workbench.runner.run(
        work,
        done=while_there(parent, show),
        failed=while_there(parent, lambda error: show_trouble(error, parent)),
        errand=Errand.ACT,
    )


def _line(row: ClosingRow) -> str:
    state = "刚生成" if row.is_new else "补打"
    return f"{row.title}\n{row.made_by} {row.made_at.astimezone():%H:%M}　{state}"
