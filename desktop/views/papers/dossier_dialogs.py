"""What the ledger knows of one case, or of an area over a period: looked at, printed, saved as PDF or Excel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from desktop.domain.acts import Change
from desktop.domain.ledger_table import AreaCriteria
from desktop.views.actions import keys_of, shortcut
from desktop.views.papers.sheets_dialog import SheetsDialog
from desktop.views.shared.chips import Tone
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench

# Pages that lie across are read as easily as others in a wider window.
SIZE_ACROSS: Final = (1340, 700)


class DossierDialog(SheetsDialog):
    """One case in five parts (一案一档); every time it leaves the program is on record."""

    size_px = SIZE_ACROSS

    def __init__(self, workbench: Workbench, filing_id: int, number: str, parent: QWidget | None = None) -> None:
        self._filing_id, self._number = filing_id, number
        super().__init__(workbench, f"一案一档 {number}", [f"一案一档\n{number}"], ticked=(0,), parent=parent)
        self.setObjectName("dossier")
        self.setWindowTitle("一案一档")
        self.banner.say("证件号码和电话已遮盖；打印、保存都记入经过。", Tone.BLUE, mark="遮盖")
        self.workbook_button = QPushButton(f"存为 Excel（{keys_of('papers.workbook')}）")
        self.workbook_button.setAutoDefault(False)
        self.workbook_button.clicked.connect(self._ask_file)
        QShortcut(shortcut("papers.workbook"), self).activated.connect(self.workbook_button.click)
        self.foot.insertWidget(self.foot.count() - 1, self.workbook_button)
        self.setTabOrder(self.save_button, self.workbook_button)

    def fetch(self) -> list[bytes]:
        """Give the dossier as it is now."""
        return [self._bench.desk.dossiers.preview(self._filing_id)]

    def final(self, chosen: Sequence[int]) -> list[bytes]:
        """Give the dossier as it leaves, on record."""
        return [self._bench.desk.dossiers.pdf(self._filing_id) for _row in chosen]

    def file_name(self, row: int) -> str:
        """Name the file by what it is and the number of the case."""
        return self.list.item(row).text().replace("\n", " ")

    def after_giving_out(self) -> None:
        """Show what is on record now."""
        self._bench.changed.emit(frozenset({Change.PAPERS}))

    def save_workbook(self, file: Path) -> None:
        """Write the five parts into a workbook, a sheet each."""
        dossiers = self._bench.desk.dossiers
        self._bench.runner.run(
            lambda _progress: dossiers.workbook(self._filing_id, file),
            done=while_there(self, self._after_workbook),
            failed=while_there(self, self._trouble),
            errand=Errand.ACT,
        )

    def _ask_file(self) -> None:
        wanted = f"{self.file_name(0)}.xlsx"
        name, _kind = QFileDialog.getSaveFileName(self, "一案一档存为 Excel", wanted, "Excel 表格（*.xlsx）")
        if name:
            file = Path(name)
            self.save_workbook(file if file.suffix else file.with_suffix(".xlsx"))

    def _after_workbook(self, file: Path) -> None:
        self._say(f"已存为 {file}。", Tone.GREEN, "保存")
        self.after_giving_out()
        self.saved.emit((file,))


class AreaLedgerPaper(SheetsDialog):
    """A ledger over a period that was made already; what leaves is made anew and on record."""

    size_px = SIZE_ACROSS

    def __init__(
        self, workbench: Workbench, criteria: AreaCriteria, title: str, pdf: bytes, parent: QWidget | None = None
    ) -> None:
        self._criteria, self._made = criteria, pdf
        super().__init__(workbench, title, [title], ticked=(0,), parent=parent)
        self.setObjectName("area_ledger_paper")
        self.setWindowTitle(title)
        self.banner.say("证件号码和电话已遮盖；打印、保存都记入审计记录。", Tone.BLUE, mark="遮盖")

    def fetch(self) -> list[bytes]:
        """Give the ledger as it was made."""
        return [self._made]

    def final(self, chosen: Sequence[int]) -> list[bytes]:
        """Give the ledger as it leaves, on record."""
        return [self._bench.desk.dossiers.ledger_pdf(self._criteria) for _row in chosen]

    def file_name(self, row: int) -> str:
        """Name the file by the ledger and its period."""
        return f"{self.list.item(row).text()} {self._criteria.first_on:%Y%m%d}-{self._criteria.last_on:%Y%m%d}"
