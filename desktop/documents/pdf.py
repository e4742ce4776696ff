"""Rendering a paper to PDF: the same paper gives the same bytes."""

from __future__ import annotations

import re
from io import BytesIO
from threading import Lock
from typing import Any, Final

from reportlab.pdfgen.canvas import Canvas

from desktop.documents.blocks import Paper, texts_of
from desktop.documents.fonts import missing_characters
from desktop.documents.page_frame import Mark, draw_frame
from desktop.documents.pages import Page, fill_pages
from desktop.documents.pieces import pieces_of
from desktop.documents.sheet import LADDERS, PAGE_HEIGHT, PAGE_WIDTH, Pen, Sheet, sheet
from desktop.domain.errors import ClerkError

__all__ = ["Mark", "page_count", "render"]

_PAGE_OBJECT: Final = re.compile(rb"/Type\s*/Page\b")
# ReportLab keeps the state of fonts while drawing; several threads may print at once.
_DRAWING: Final = Lock()


def render(paper: Paper, *, mark: Mark = Mark.NONE) -> bytes:
    """Give a paper as an A4 PDF with embedded fonts.

    Raises ``ClerkError("missing_characters", characters=…)`` rather than print a box for a character that no
    font has.
    """
    missing = missing_characters(texts_of(paper))
    if missing:
        raise ClerkError("missing_characters", characters=missing)
    with _DRAWING:
        return _drawn(paper, mark)


def _drawn(paper: Paper, mark: Mark) -> bytes:
    chosen, pages = _set(paper)
    target = BytesIO()
    canvas = Canvas(target, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=1)
    _describe(canvas, paper)
    pen = Pen(canvas)
    for number, page in enumerate(pages, start=1):
        draw_frame(pen, paper, chosen, page=number, pages=len(pages), mark=mark)
        for top, piece in page:
            piece.draw(pen, chosen.left, chosen.top + top)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF made by `render`."""
    return len(_PAGE_OBJECT.findall(pdf))


def _set(paper: Paper) -> tuple[Sheet, list[Page]]:
    """Set the paper in the largest type that needs the fewest pages of all steps of the ladder."""
    best: tuple[Sheet, list[Page]] | None = None
    for size in LADDERS[paper.shape]:
        on = sheet(paper.shape, size)
        pages = fill_pages(pieces_of(paper, on), on)
        if best is None or len(pages) < len(best[1]):
            best = on, pages
        if len(pages) == 1:
            break
    assert best is not None
    return best


def _describe(canvas: Any, paper: Paper) -> None:
    # The title of a PDF shows in lists of files, where names of people have no place.
    canvas.setTitle(f"{paper.title} {paper.number}".strip())
    canvas.setAuthor(paper.issuer)
    canvas.setSubject(paper.template_version)
    canvas.setCreator("small-works-registry")
