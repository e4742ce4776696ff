"""Small scans and photos made on the spot; they show a colour and nothing else."""

from __future__ import annotations

import io

from PIL import Image
from reportlab.pdfgen.canvas import Canvas


def photo(colour: str = "steelblue", *, size: tuple[int, int] = (320, 200), kind: str = "JPEG") -> bytes:
    """A picture of one colour."""
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, kind)
    return written.getvalue()


def scan(words: str = "scan", *, pages: int = 1, password: str = "") -> bytes:
    """A PDF with a few words on each page."""
    written = io.BytesIO()
    canvas = Canvas(written, invariant=True, encrypt=password or None)
    for page in range(pages):
        canvas.drawString(72, 720, f"{words} {page + 1}")
        canvas.showPage()
    canvas.save()
    return written.getvalue()
