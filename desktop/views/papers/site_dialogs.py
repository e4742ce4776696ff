"""Papers for one site that nobody numbers: sheets to be filled there, and what hangs at the entrance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.acts import Change
from desktop.domain.local_rules import cited, local
from desktop.domain.site import SiteRef
from desktop.views.papers.loose_dialogs import PickedSheetsDialog
from desktop.views.shared.chips import Tone
from desktop.views.workbench import Workbench

_SIZES: Final = ("A4", "A3")


class SiteSheetsDialog(PickedSheetsDialog):
    """Sheets with what is known of a site; a digit goes to one, which is printed unless others are ticked."""

    def __init__(self, workbench: Workbench, ref: SiteRef, number: str, parent: QWidget | None = None) -> None:
        self._ref, self._number = ref, number
        self._sheets = workbench.desk.site_papers.sheets()
        lines = [f"{place} {title}" for place, (_code, title) in enumerate(self._sheets, 1)]
        super().__init__(workbench, f"现场用表 {number}", lines, ticked=(), parent=parent)
        self.setObjectName("site_sheets")
        self.setWindowTitle("现场用表")

    def fetch(self) -> list[bytes]:
        """Give every sheet with the site's own rows."""
        return [self._bench.desk.site_papers.sheet(code, self._ref) for code, _title in self._sheets]

    def file_name(self, row: int) -> str:
        """Name a file by the site's number and the sheet's title."""
        return f"{self._number} {self._sheets[row][1]}"


class PostingDialog(PickedSheetsDialog):
    """What is posted at the entrance in one print, on A4 or A3; that it was printed goes on record."""

    def __init__(self, workbench: Workbench, filing_id: int, number: str, parent: QWidget | None = None) -> None:
        self._filing_id, self._number = filing_id, number
        lines = [f"{place} 入口公示（{size}）" for place, size in enumerate(_SIZES, 1)]
        super().__init__(workbench, f"入口公示张贴 {number}", lines, ticked=(), parent=parent)
        self.setObjectName("posting")
        self.setWindowTitle("入口公示张贴")
        said = local("回执、承诺书、风险告知书和公示牌，张贴在主要出入口") + cited("posting_at_entrance")
        self.banner.say(f"{said}。打印、保存都记入经过。", Tone.BLUE, mark="公示")

    def fetch(self) -> list[bytes]:
        """Give the set on each size of paper."""
        papers = self._bench.desk.site_papers
        return [papers.posting_set(self._filing_id, is_a3=size == "A3") for size in _SIZES]

    def final(self, chosen: Sequence[int]) -> list[bytes]:
        """Give the set as it leaves, on record."""
        papers = self._bench.desk.site_papers
        return [papers.posting_out(self._filing_id, is_a3=_SIZES[row] == "A3") for row in chosen]

    def file_name(self, row: int) -> str:
        """Name a file by the site's number and the size of paper."""
        return f"{self._number} 入口公示 {_SIZES[row]}"

    def after_giving_out(self) -> None:
        """Show what is on record now."""
        self._bench.changed.emit(frozenset({Change.PAPERS}))
