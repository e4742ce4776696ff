"""Sends papers to a printer of the system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from desktop.domain.errors import ClerkError
from desktop.domain.progress import SILENT, Progress
from desktop.views.papers.page_images import page_count, page_image

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PRINT_DPI: Final = 300
_LOOK_DPI: Final = 20
# The long side of A4 measures 11.7 inches, that of A3 16.5.
_LONGEST_A4_INCHES: Final = 13


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
    if counts and counts[0]:
        # The first sheet is laid out before the job begins, the others before each begins.
        lay_out(printer, page_image(papers[0], 0, dpi=_LOOK_DPI), dpi=_LOOK_DPI)
    if not painter.begin(printer):
        raise ClerkError("printing_failed")
    sent = 0
    try:
        for paper, count in zip(papers, counts, strict=True):
            for page in range(count):
                progress.step(sent, sum(counts))
                picture = page_image(paper, page, dpi=PRINT_DPI)
                lay_out(printer, picture, dpi=PRINT_DPI)
                if sent and not printer.newPage():
                    raise ClerkError("printing_failed")
                sheet = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
                painter.drawImage(fitted(sheet, picture), picture)
                sent += 1
    finally:
        painter.end()
    return sent


def lay_out(printer: QPrinter, picture: QImage, *, dpi: int) -> None:
    """Turn the sheet as the page lies, and take A3 for one that is larger than A4; a printer may refuse."""
    across = picture.width() > picture.height()
    orientation = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    long_side = max(picture.width(), picture.height()) / dpi
    size = QPageSize.PageSizeId.A3 if long_side > _LONGEST_A4_INCHES else QPageSize.PageSizeId.A4
    layout = QPageLayout(QPageSize(size), orientation, QMarginsF())
    if not printer.pageLayout().isEquivalentTo(layout):
        printer.setPageLayout(layout)


def fitted(sheet: QRectF, picture: QImage) -> QRectF:
    """Give where a page goes on a sheet, its proportions kept, in the middle where the sheet is another."""
    size = QSizeF(picture.size()).scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
    placed = QRectF(QPointF(), size)
    placed.moveCenter(sheet.center())
    return placed


def for_a4(printer: QPrinter) -> QPrinter:
    """Set a printer to whole A4 sheets at the printing resolution."""
    printer.setResolution(PRINT_DPI)
    printer.setFullPage(True)
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
    printer.setPageLayout(layout)
    return printer
