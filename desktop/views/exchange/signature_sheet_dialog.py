"""The sheet that goes with a package and is signed where it is handed over (签收单), on the screen."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.packing import Sent
from desktop.views.exchange.exchange_words import content_words, moment
from desktop.views.papers.sheets_dialog import SheetsDialog
from desktop.views.workbench import Workbench


class SignatureSheetDialog(SheetsDialog):
    """One sheet, two signatures: who hands over and who receives."""

    def __init__(self, workbench: Workbench, sent: Sent, parent: QWidget | None = None) -> None:
        self._sent, self._names = sent, (f"上报包签收单 {sent.made_at.astimezone():%Y%m%d-%H%M}",)
        line = f"签收单\n{moment(sent.made_at)}　{sent.count} 件\n{content_words(sent.kind, sent.period)}"
        super().__init__(workbench, "上报包签收单", (line,), ticked=(0,), parent=parent)
        self.setObjectName("signature_sheet")
        self.setWindowTitle("上报包签收单")

    def fetch(self) -> list[bytes]:
        """Give the sheet."""
        return [self._bench.desk.package_sheets.signature_sheet(self._sent.package_id)]

    def file_name(self, row: int) -> str:
        """Name the file by the day of the package."""
        return self._names[row]


class StationCardDialog(SheetsDialog):
    """The paper by which another station knows ours."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self._names = (f"往来单位核对单 {workbench.desk.station_keys.own_card().code}",)
        super().__init__(workbench, "本单位核对单", ("往来单位核对单",), ticked=(0,), parent=parent)
        self.setObjectName("station_card_sheet")
        self.setWindowTitle("本单位核对单")

    def fetch(self) -> list[bytes]:
        """Give the paper."""
        return [self._bench.desk.station_keys.paper()]

    def file_name(self, row: int) -> str:
        """Name the file by the code of the station."""
        return self._names[row]
