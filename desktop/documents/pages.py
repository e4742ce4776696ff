"""Filling pages with pieces: what belongs together stays together, headers come again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.documents.sheet import Piece, Sheet

# One page: each piece with its distance from the top of the text area.
Page = list[tuple[float, Piece]]


def fill_pages(pieces: Sequence[Piece], sheet: Sheet) -> list[Page]:
    """Set the pieces on as few pages as they need, in order."""
    pages: list[Page] = [[]]
    used = 0.0
    for group in _groups(pieces):
        if used and used + _height(group) > sheet.height + 1e-6:
            pages.append([])
            used = 0.0
        for piece in group:
            if used and used + piece.height > sheet.height + 1e-6:
                pages.append([])
                used = 0.0
            if not used:
                if piece.is_gap and not piece.ends_page:
                    continue
                if piece.header is not None:
                    pages[-1].append((used, piece.header))
                    used += piece.header.height
            pages[-1].append((used, piece))
            used += piece.height
            if piece.ends_page:
                pages.append([])
                used = 0.0
    return [page for page in pages if page]


def _groups(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Give the runs of pieces that stay together."""
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if not piece.stays:
            yield group
            group = []
    if group:
        yield group


def _height(group: Sequence[Piece]) -> float:
    """Give the height that must fit; a gap at the end may fall off the page."""
    return sum(piece.height for piece in group) - (group[-1].height if group[-1].is_gap else 0)
