"""Rows for paper: counted as they come, so that a list too long for it is refused before it is held whole."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.domain.errors import ClerkError
from desktop.services.area_ledger import LONGEST_PAPER


def paper_rows(rows: Iterable[tuple[str, ...]], *, taken: int = 0) -> tuple[tuple[str, ...], ...]:
    """Give the rows; ``taken`` rows stand on the paper already.  Raises ``ClerkError("list_too_long")``."""
    held: list[tuple[str, ...]] = []
    for row in rows:
        if taken + len(held) == LONGEST_PAPER:
            raise ClerkError("list_too_long", count=f"超过 {LONGEST_PAPER}", most=LONGEST_PAPER)
        held.append(row)
    return tuple(held)
