"""Sends papers to a printer of the system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from desktop.domain.errors import ClerkError
from desktop.domain.progress import SILENT, Progress
from desktop.views.papers.page_images import page_count, page_image

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PRINT_DPI: Final = 300


def printer_names() -> tuple[str, ...]:
    """Give the printers of the system, its default first."""
    from PySide6.QtPrintSupport import QPrinterInfo

    usual = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name)))


def open_printer(name: str) -> QPrinter:
    """Open a printer for A4; raises ``ClerkError("no_printer")`` when there is none of that name."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    info = QPrinterInfo.printerInfo(name) if name else QPrinterInfo.defaultPrinter()
    if info.isNull():
        raise ClerkError("no_printer", name=name)
    return for_a4(QPrinter(info))


def print_papers(printer: QPrinter, papers: Sequence[bytes], progress: Progress = SILENT) -> int:
    """Print papers one after the other and count the pages sent; each paper begins on its own sheet.

    Raises ``ClerkError("printing_failed")`` when the printer does not take them.
    """
    counts = [page_count(paper) for paper in papers]
    painter = QPainter()
    if not painter.begin(printer):
        raise ClerkError("printing_failed")
    sent = 0
    try:
        for paper, count in zip(papers, counts, strict=True):
            for page in range(count):
                progress.step(sent, sum(counts))
                if sent and not printer.newPage():
                    raise ClerkError("printing_failed")
                sheet = printer.pageLayout().fullRectPixels(printer.resolution())
                painter.drawImage(QRectF(sheet), page_image(paper, page, dpi=PRINT_DPI))
                sent += 1
    finally:
        painter.end()
    return sent


def for_a4(printer: QPrinter) -> QPrinter:
    """Set a printer to whole A4 sheets at the printing resolution."""
    printer.setResolution(PRINT_DPI)
    printer.setFullPage(True)
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
    printer.setPageLayout(layout)
    return printer
