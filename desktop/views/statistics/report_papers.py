"""A report on paper: looked at as a draft, numbered when it leaves; and one that was printed before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from desktop.domain.acts import Change
from desktop.domain.report import IssuedReportRow, Report
from desktop.views.papers.dossier_dialogs import SIZE_ACROSS
from desktop.views.papers.sheets_dialog import SheetsDialog
from desktop.views.shared.chips import Tone
from desktop.views.workbench import Workbench


class ReportPaper(SheetsDialog):
    """Shows the draft; the first that is printed or saved takes a number and is kept in the ledger."""

    size_px = SIZE_ACROSS
    print_word = "出报表并打印"

    def __init__(
        self, workbench: Workbench, report: Report, texts: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        self._report, self._texts, self._act_id = report, dict(texts), uuid4().hex
        self.issued: IssuedReportRow | None = None
        title = f"{report.definition.name}　{report.period.label}"
        super().__init__(workbench, title, [title.replace("　", "\n")], ticked=(0,), parent=parent)
        self.setObjectName("statistics_paper")
        self.setWindowTitle(title)
        self.save_button.setText(self.save_button.text().replace("存为", "出报表并存为"))
        self.banner.say(
            "这是草稿。打印或者存为 PDF 时取编号，连同校验码存入台账，以后可以补打和核对。", Tone.BLUE, mark="草稿"
        )

    def fetch(self) -> list[bytes]:
        """Give the draft, or the paper once it has its number."""
        service = self._bench.desk.statistics
        if self.issued is not None:
            return [service.pdf(self.issued.id, is_reprint=False)]
        return [service.draft_pdf(self._report, texts=self._texts)]

    def final(self, chosen: Sequence[int]) -> list[bytes]:
        """Give the paper with its number; it is taken once, however often the paper leaves."""
        service = self._bench.desk.statistics
        if self.issued is None:
            self.issued = service.issue(self._report, texts=self._texts, act_id=self._act_id)
        return [service.pdf(self.issued.id, is_reprint=False) for _row in chosen]

    def file_name(self, _row: int) -> str:
        """Name the file by number, title and period."""
        number = f"{self.issued.number} " if self.issued is not None else ""
        return f"{number}{self._report.definition.name} {self._report.period.code}"

    def after_giving_out(self) -> None:
        """Say the number, show the paper as it left, and let the list of printed reports know."""
        if self.issued is not None:
            said = self.banner.text
            self.banner.say(f"已出报表，编号 {self.issued.number}。{said}", Tone.GREEN, mark="好了")
            self._load()
        self._bench.changed.emit(frozenset({Change.PAPERS}))


class IssuedReportPaper(SheetsDialog):
    """A printed report as it was; what leaves bears 补打 and is on record."""

    size_px = SIZE_ACROSS
    print_word = "补打"

    def __init__(self, workbench: Workbench, row: IssuedReportRow, parent: QWidget | None = None) -> None:
        self._row = row
        title = f"{row.name}　{row.period.label}"
        super().__init__(workbench, title, [f"{title}\n{row.number}".replace("　", "\n")], ticked=(0,), parent=parent)
        self.setObjectName("statistics_issued_paper")
        self.setWindowTitle(title)
        self.banner.say("打印或者保存时加“补打”标记，并记入审计记录。", Tone.BLUE, mark="补打")

    def fetch(self) -> list[bytes]:
        """Give the paper as it was printed."""
        return [self._bench.desk.statistics.pdf(self._row.id, is_reprint=False)]

    def final(self, chosen: Sequence[int]) -> list[bytes]:
        """Give the paper with the mark of a reprint."""
        return [self._bench.desk.statistics.pdf(self._row.id) for _row in chosen]

    def file_name(self, _row: int) -> str:
        """Name the file by number, title and period."""
        return f"{self._row.number} {self._row.name} {self._row.period.code}"
