"""Many papers in one PDF."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Papers in one PDF: ``starts`` gives the page, counted from 0, on which each begins."""

    pdf: bytes
    starts: tuple[int, ...]
