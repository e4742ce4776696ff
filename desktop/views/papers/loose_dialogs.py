"""Sheets that belong to no filing: drafts of what is not decided yet, and blank forms."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.local_rules import local
from desktop.views.papers.sheets_dialog import SheetsDialog
from desktop.views.shared.chips import Tone
from desktop.views.workbench import Workbench


class DraftsDialog(SheetsDialog):
    """Papers as they would be, each with the mark 草稿; nothing of them is stored."""

    def __init__(
        self, workbench: Workbench, drafts: Sequence[tuple[str, bytes]], parent: QWidget | None = None
    ) -> None:
        self._drafts = tuple(drafts)
        titles = [title for title, _pdf in self._drafts]
        super().__init__(workbench, "草稿预览", titles, ticked=range(len(titles)), parent=parent)
        self.setObjectName("draft_papers")
        self.setWindowTitle("草稿预览")
        self.banner.say(local("尚未办结：只供核对，每页带“草稿”字样，不作为登记凭证。"), Tone.AMBER, mark="草稿")

    def fetch(self) -> list[bytes]:
        """Give the drafts as composed."""
        return [pdf for _title, pdf in self._drafts]

    def file_name(self, row: int) -> str:
        """Name a file by its title and as a draft."""
        return f"草稿 {self._drafts[row][0]}"


class PickedSheetsDialog(SheetsDialog):
    """Sheets of which mostly one is wanted: the one looked at is printed while none is ticked.

    Lines that begin with their number are gone to by that digit.
    """

    picture_share = 0.55  # so that all of them are in sight

    def __init__(
        self,
        workbench: Workbench,
        title: str,
        lines: Sequence[str],
        *,
        ticked: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workbench, title, lines, ticked=ticked, parent=parent)
        self.list.currentRowChanged.connect(lambda _row: self._count())

    def chosen(self) -> tuple[int, ...]:
        """Give the ticked sheets, or the one looked at."""
        return self.ticked() or ((self.list.currentRow(),) if self.list.currentRow() >= 0 else ())

    def what_is_printed(self) -> str:
        """Say that the sheet looked at is printed while none is ticked."""
        return super().what_is_printed() if self.ticked() else f"{self.print_word}当前这份"


class BlanksDialog(PickedSheetsDialog):
    """Blank forms for people who came without."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self._forms = workbench.desk.issuing.blanks()
        lines = [f"{place} {title}" for place, (_code, title) in enumerate(self._forms, 1)]
        super().__init__(workbench, "空白表格", lines, ticked=(), parent=parent)
        self.setObjectName("blanks")
        self.setWindowTitle("空白表格")

    def fetch(self) -> list[bytes]:
        """Give every form."""
        return [self._bench.desk.issuing.blank(code) for code, _title in self._forms]

    def file_name(self, row: int) -> str:
        """Name a file by the form's title."""
        return f"空白 {self._forms[row][1]}"
