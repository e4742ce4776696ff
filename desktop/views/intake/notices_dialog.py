"""The notices for merchants: a sheet for each shop of a list, or one for every shop."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.shop_list import Shop
from desktop.views.papers.sheets_dialog import SheetsDialog
from desktop.views.workbench import Workbench


class NoticesDialog(SheetsDialog):
    """Look at them, print or save; that they were given out stays on record."""

    def __init__(self, workbench: Workbench, shops: Sequence[Shop], mall: str, parent: QWidget | None = None) -> None:
        self._shops, self._mall = tuple(shops), mall
        lines = [" ".join(part for part in (shop.name, shop.unit) if part) for shop in self._shops]
        titles = lines or [f"{mall}各商户（通用）"]
        super().__init__(workbench, "商户告知单", titles, ticked=range(len(titles)), parent=parent)
        self.setObjectName("merchant_notices")
        self.setWindowTitle("商户告知单")

    def fetch(self) -> list[bytes]:
        """Give the notice of every shop."""
        return self._bench.desk.malls.notices(self._shops, mall=self._mall)

    def after_giving_out(self) -> None:
        """Put on record that notices were given out."""
        self._bench.desk.malls.note_notices(self._mall, len(self.chosen()))

    def file_name(self, row: int) -> str:
        """Name a file by its place in the list and the unit: a shop may bear a person's name."""
        unit = self._shops[row].unit if self._shops else ""
        return " ".join(part for part in ("商户告知单", f"{row + 1:03d}" if self._shops else "通用", unit) if part)
