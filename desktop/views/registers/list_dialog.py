"""One list of a register as a paper: looked at, printed, saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.views.papers.sheets_dialog import SheetsDialog
from desktop.views.workbench import Workbench


class ListDialog(SheetsDialog):
    """A list that is made anew whenever it is opened; nothing of it is stored."""

    def __init__(
        self, workbench: Workbench, title: str, make: Callable[[], bytes], parent: QWidget | None = None
    ) -> None:
        self._make = make
        super().__init__(workbench, title, [title], ticked=(0,), parent=parent)
        self.setObjectName("register_list")
        self.setWindowTitle(title)

    def fetch(self) -> list[bytes]:
        """Give the list as it is now."""
        return [self._make()]

    def file_name(self, row: int) -> str:
        """Name the file by the title of the list."""
        return self.list.item(row).text()
