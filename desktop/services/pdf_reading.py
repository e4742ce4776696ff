"""PDFs as the window reads them: through the same one door as papers and scans, so that PDFium is entered once."""

from __future__ import annotations

from desktop.documents.pdfium import POINTS_OF_INCH, opened_pdf

__all__ = ["POINTS_OF_INCH", "opened_pdf"]
