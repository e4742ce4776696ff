"""The one door to PDFium, which keeps state of its own and must not be entered by two threads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from threading import Lock
from typing import Any, Final

POINTS_OF_INCH: Final = 72
A4_TO_A3: Final = 2**0.5
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


def joined(pdfs: Sequence[bytes], *, scale: float = 1.0) -> bytes:
    """Put papers behind each other in one file, every page as large as ``scale`` says (``A4_TO_A3``).

    Raises ``pypdfium2.PdfiumError`` for a paper that cannot be read.
    """
    import pypdfium2

    with _ONE_AT_A_TIME:
        whole = pypdfium2.PdfDocument.new()
        sources = [pypdfium2.PdfDocument(pdf) for pdf in pdfs]
        try:
            for source in sources:
                if scale == 1.0:
                    whole.import_pages(source)
                else:
                    for index in range(len(source)):
                        _add_scaled(whole, source, index, scale)
            target = BytesIO()
            whole.save(target)
            return target.getvalue()
        finally:
            for source in sources:
                source.close()
            whole.close()


def _add_scaled(whole: Any, source: Any, index: int, scale: float) -> None:
    import pypdfium2

    width, height = source.get_page_size(index)
    page = whole.new_page(width * scale, height * scale)
    placed = source.page_as_xobject(index, whole).as_pageobject()
    placed.transform(pypdfium2.PdfMatrix().scale(scale, scale))
    page.insert_obj(placed)
    page.gen_content()
    page.close()
