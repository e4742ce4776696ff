"""Pages of a PDF as pictures, for the preview and for the printer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final

from PySide6.QtGui import QImage

POINTS_OF_INCH: Final = 72
# PDFium keeps state of its own and must not be entered by two threads.
_ONE_AT_A_TIME: Final = Lock()


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    with _document(pdf) as document:
        return len(document)


def page_image(pdf: bytes, page: int, *, dpi: float) -> QImage:
    """Draw one page, counted from 0, on white."""
    with _document(pdf) as document:
        sheet = document[page]
        try:
            bitmap = sheet.render(scale=dpi / POINTS_OF_INCH, prefer_bgrx=True)
            picture = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            )
            return picture.copy()
        finally:
            sheet.close()


@contextmanager
def _document(pdf: bytes) -> Iterator[Any]:
    # Loaded with the first preview, not with the window.
    import pypdfium2

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
