"""Copies of scans with a diagonal watermark that says what they may be used for.

The mark is drawn into the picture itself: a PDF becomes a PDF of pictures, so that no layer can be taken off again,
and what a camera wrote about the photo (place, device) does not go along.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.documents.pdfium import POINTS_OF_INCH
from desktop.documents.scans import pictures
from desktop.domain.attachments import MediaType

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI: Final = 150
_ANGLE: Final = 30
_INK: Final = (166, 27, 27)
_SHADOW: Final = (255, 255, 255)
_STRENGTH: Final = 128  # of 255
_PARTS_OF_SIDE: Final = 30  # the type is this part of the shorter side
_SMALLEST_TYPE: Final = 12
_QUALITY: Final = 85


def watermarked(data: bytes, media_type: MediaType, *, words: str, font: Path) -> bytes:
    """Give a copy of the same kind with the words all over every page; ``font`` is the file of a TrueType font.

    Raises ``ClerkError("attachment_damaged")``.
    """
    pages = (marked(page, words, font=font) for page in pictures(data, media_type, dpi=_DPI))
    if media_type is MediaType.PDF:
        return _pdf(pages)
    return _written(next(pages), "JPEG" if media_type is MediaType.JPEG else "PNG")


def marked(page: Image, words: str, *, font: Path) -> Image:
    """Give a picture with the words in slanting lines from edge to edge."""
    from PIL import Image as Images
    from PIL import ImageDraw, ImageFont

    type_px = max(_SMALLEST_TYPE, min(page.size) // _PARTS_OF_SIDE)
    face = ImageFont.truetype(str(font), type_px)
    side = math.ceil(math.hypot(*page.size))
    layer = Images.new("L", (side, side), 0)
    draw = ImageDraw.Draw(layer)
    step_x, step_y = int(face.getlength(words)) + type_px * 3, type_px * 5
    for row, top in enumerate(range(0, side, step_y)):
        for left in range(-(row % 2) * step_x // 2, side, step_x):
            draw.text((left, top), words, font=face, fill=_STRENGTH)
    turned = layer.rotate(_ANGLE, resample=Images.Resampling.BILINEAR)
    left, top = (side - page.width) // 2, (side - page.height) // 2
    mask = turned.crop((left, top, left + page.width, top + page.height))
    covered = page.convert("RGB")
    # A light shadow first, so that the words are seen on dark ground as well.
    shift = max(1, type_px // 16)
    covered.paste(_SHADOW, (shift, shift), mask)
    covered.paste(_INK, (0, 0), mask)
    return covered


def _pdf(pages: Iterator[Image]) -> bytes:
    """Bind pictures into one PDF, each a page of its own size."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    written = io.BytesIO()
    canvas = Canvas(written, invariant=True)
    for page in pages:
        width, height = (side / _DPI * POINTS_OF_INCH for side in page.size)
        canvas.setPageSize((width, height))
        # As JPEG, which the PDF takes over as it is: a hundred pages are never in memory as plain pixels.
        canvas.drawImage(ImageReader(io.BytesIO(_written(page, "JPEG"))), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def _written(image: Image, kind: str) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, quality=_QUALITY)
    return written.getvalue()
