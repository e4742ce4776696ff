"""The one door to PDFium, which keeps state of its own and must not be entered by two threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final

POINTS_OF_INCH: Final = 72
_ONE_AT_A_TIME: Final = Lock()


@contextmanager
def opened_pdf(pdf: bytes) -> Iterator[Any]:
    """Open a PDF for the block, alone; raises ``pypdfium2.PdfiumError`` for one that cannot be read."""
    # Loaded with the first preview, not with the window.
    import pypdfium2

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
