"""Reading scans and photos: that they really decode, how many pages they have, and their pages as pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from desktop.documents.pdfium import POINTS_OF_INCH, opened_pdf
from desktop.domain.attachments import MediaType
from desktop.domain.errors import ClerkError

if TYPE_CHECKING:
    from PIL.Image import Image

# A page of A3 at 600 dpi has 70 million; more is a bomb, not a scan.
MOST_PIXELS: Final = 120_000_000
_TRIAL_DPI: Final = 18
_FORMATS: Final = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG"}


def count_pages(data: bytes, media_type: MediaType) -> int:
    """Decode a file for trial and count its pages.

    Raises ``ClerkError``: attachment_damaged, attachment_too_large for a picture of too many pixels.
    """
    if media_type is MediaType.PDF:
        return _pages_of_pdf(data)
    picture(data, media_type)
    return 1


def picture(data: bytes, media_type: MediaType) -> Image:
    """Decode a JPEG or PNG, upright, as red, green and blue on white; raises as ``count_pages`` does."""
    from PIL import Image as Images
    from PIL import ImageOps

    try:
        with Images.open(io.BytesIO(data), formats=(_FORMATS[media_type],)) as opened:
            width, height = opened.size
            if width * height > MOST_PIXELS:
                raise ClerkError("attachment_too_large", what="pixels", limit=MOST_PIXELS, size=width * height)
            opened.load()
            return _on_white(ImageOps.exif_transpose(opened))
    except ClerkError:
        raise
    except Exception as error:  # a decoder may stumble over broken bytes in any way
        raise ClerkError("attachment_damaged", why=str(error)) from error


def pictures(data: bytes, media_type: MediaType, *, dpi: float) -> Iterator[Image]:
    """Give every page as a picture, those of a PDF drawn at ``dpi``; raises as ``count_pages`` does."""
    if media_type is not MediaType.PDF:
        yield picture(data, media_type)
        return
    for page in range(_pages_of_pdf(data)):
        yield _page(data, page, dpi=dpi)


def _pages_of_pdf(data: bytes) -> int:
    try:
        with opened_pdf(data) as document:
            pages = len(document)
            for place in range(pages):
                page = document[place]
                if place == 0:
                    page.render(scale=_TRIAL_DPI / POINTS_OF_INCH)
                page.close()
    except Exception as error:  # PDFium tells broken files and locked ones in many ways
        raise ClerkError("attachment_damaged", why=str(error)) from error
    if not pages:
        raise ClerkError("attachment_damaged", why="no page")
    return pages


def _page(data: bytes, place: int, *, dpi: float) -> Image:
    with opened_pdf(data) as document:
        page = document[place]
        try:
            width, height = (side / POINTS_OF_INCH * dpi for side in page.get_size())
            # A page of absurd size is drawn smaller, not refused.
            scale = min(1.0, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
            drawn: Image = page.render(scale=dpi / POINTS_OF_INCH * scale).to_pil().convert("RGB")
            return drawn
        finally:
            page.close()


def _on_white(image: Image) -> Image:
    from PIL import Image as Images

    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    ground = Images.new("RGB", clear.size, "white")
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground
