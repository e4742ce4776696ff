"""Rendering a paper to PDF: the same paper gives the same bytes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from threading import Lock
from typing import Any, Final

from reportlab.pdfgen.canvas import Canvas

from desktop.documents.blocks import Block, Decision, Paper, texts_of
from desktop.documents.fonts import missing_characters
from desktop.documents.page_frame import Mark, above_foot, draw_frame
from desktop.documents.pages import Page, fill_pages
from desktop.documents.pieces import pieces_of
from desktop.documents.sheet import LADDERS, Pen, Sheet, sheet
from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import local
from desktop.domain.papers_together import Together
from desktop.domain.progress import SILENT, Progress

__all__ = ["Mark", "page_count", "render", "render_together"]

_PAGE_OBJECT: Final = re.compile(rb"/Type\s*/Page\b")
# ReportLab keeps the state of fonts while drawing; several threads may print at once.
_DRAWING: Final = Lock()
_UNDECIDED: Final = "草稿：尚未登记，不作凭据。"
# What a decision says it did, a draft only means to do.
_INTENDED: Final[Mapping[str, str]] = {"已于": "拟于", "已将": "拟将"}


def render(paper: Paper, *, mark: Mark = Mark.NONE) -> bytes:
    """Give a paper as a PDF with embedded fonts, A4 unless it is a board (A3).

    Raises ``ClerkError("missing_characters", characters=…)`` rather than print a box for a character that no
    font has.
    """
    if mark is Mark.DRAFT:
        paper = replace(paper, blocks=tuple(_intended(block) for block in paper.blocks))
    missing = missing_characters(texts_of(paper))
    if missing:
        raise ClerkError("missing_characters", characters=missing)
    with _DRAWING:
        return _drawn(paper, mark)


def render_together(papers: Sequence[Paper], progress: Progress = SILENT) -> Together:
    """Give many papers of one shape as one PDF, each beginning on a page of its own.

    They are set in the type of the first, and only one that needs more pages then is set by itself.  Raises
    ``ClerkError("missing_characters")`` as ``render``; ``Cancelled``.
    """
    target, starts, drawn = BytesIO(), list[int](), 0
    canvas: Canvas | None = None
    like: tuple[float, int] | None = None
    for done, paper in enumerate(papers):
        progress.step(done, len(papers))
        if missing := missing_characters(texts_of(paper)):
            raise ClerkError("missing_characters", characters=missing)
        with _DRAWING:
            chosen, pages = _set_like(paper, like) if like else _set(paper)
            like = like or (chosen.size, len(pages))
            if canvas is None:
                canvas = _canvas_of(target, chosen, paper)
            _draw_pages(canvas, paper, chosen, pages, Mark.NONE)
        starts.append(drawn)
        drawn += len(pages)
    if canvas is not None:
        with _DRAWING:
            canvas.save()
    progress.step(len(papers), len(papers))
    return Together(pdf=target.getvalue(), starts=tuple(starts))


def _set_like(paper: Paper, like: tuple[float, int]) -> tuple[Sheet, list[Page]]:
    size, most_pages = like
    on = above_foot(paper, sheet(paper.shape, size))
    pages = fill_pages(pieces_of(paper, on), on)
    return (on, pages) if len(pages) <= most_pages else _set(paper)


def _drawn(paper: Paper, mark: Mark) -> bytes:
    chosen, pages = _set(paper)
    target = BytesIO()
    canvas = _canvas_of(target, chosen, paper)
    _draw_pages(canvas, paper, chosen, pages, mark)
    canvas.save()
    return target.getvalue()


def _canvas_of(target: BytesIO, chosen: Sheet, paper: Paper) -> Canvas:
    canvas = Canvas(target, pagesize=(chosen.page_width, chosen.page_height), invariant=1, pageCompression=1)
    _describe(canvas, paper)
    return canvas


def _draw_pages(canvas: Canvas, paper: Paper, chosen: Sheet, pages: Sequence[Page], mark: Mark) -> None:
    pen = Pen(canvas, chosen.page_height)
    for number, page in enumerate(pages, start=1):
        draw_frame(pen, paper, chosen, page=number, pages=len(pages), mark=mark)
        for top, piece in page:
            piece.draw(pen, chosen.left, chosen.top + top)
        canvas.showPage()


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF made by `render`."""
    return len(_PAGE_OBJECT.findall(pdf))


def _set(paper: Paper) -> tuple[Sheet, list[Page]]:
    """Set the paper in the largest type that needs the fewest pages of all steps of the ladder."""
    sizes = LADDERS[paper.shape]

    @cache
    def pages_in(size: float) -> tuple[Sheet, list[Page]]:
        on = above_foot(paper, sheet(paper.shape, size))
        return on, fill_pages(pieces_of(paper, on), on)

    # Smaller type never needs more pages, so halving the ladder finds the step in a few settings.
    fewest = len(pages_in(sizes[-1])[1])
    largest = bisect_left(sizes, True, key=lambda size: len(pages_in(size)[1]) <= fewest)
    return pages_in(sizes[largest])


def _intended(block: Block) -> Block:
    """Give a block as a draft says it: its decision is not taken."""
    if not isinstance(block, Decision):
        return block
    text = block.text
    for done, meant in _INTENDED.items():
        text = text.replace(done, meant)
    return replace(block, text=f"{local(_UNDECIDED)}\n{text}")


def _describe(canvas: Any, paper: Paper) -> None:
    # The title of a PDF shows in lists of files, where names of people have no place.
    canvas.setTitle(f"{paper.title} {paper.number}".strip())
    canvas.setAuthor(paper.issuer.replace("\n", " "))
    canvas.setSubject(paper.template_version)
    canvas.setCreator("small-works-registry")
    if paper.issued_on:
        # The day of issue, not the hour of printing: the same paper gives the same bytes.
        written = f"D:{date.fromisoformat(paper.issued_on):%Y%m%d}000000+08'00'"
        canvas.setDateFormatter(lambda *_: written)
