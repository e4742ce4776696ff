"""Pages of a PDF as pictures, for the preview and for the printer."""

from __future__ import annotations

from PySide6.QtGui import QImage

from desktop.services.pdf_reading import POINTS_OF_INCH, opened_pdf


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    with opened_pdf(pdf) as document:
        return len(document)


def page_inches(pdf: bytes, page: int) -> tuple[float, float]:
    """Give width and height of one page, counted from 0."""
    with opened_pdf(pdf) as document:
        width, height = document.get_page_size(page)
    return width / POINTS_OF_INCH, height / POINTS_OF_INCH


def page_image(pdf: bytes, page: int, *, dpi: float) -> QImage:
    """Draw one page, counted from 0, on white."""
    with opened_pdf(pdf) as document:
        sheet = document[page]
        try:
            bitmap = sheet.render(scale=dpi / POINTS_OF_INCH, prefer_bgrx=True)
            picture = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            )
            return picture.copy()
        finally:
            sheet.close()
