"""Lists of others as services read them: the sheet of the file that holds the list, and the file's hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError
from desktop.domain.headed_list import FoundList, find_list
from desktop.domain.progress import SILENT, Progress
from desktop.domain.sheet_grid import Grid, text_of
from desktop.exchange.foreign_sheet import read_grid
from desktop.models.sheet_import import ColumnProfile

Field = TypeVar("Field")
_MOST_SHEETS: Final = 6
_CHUNK: Final = 1_000_000


def grids_of(file: Path, progress: Progress = SILENT) -> Iterator[Grid]:
    """Give the first sheets of a file one after another; raises as ``read_grid``."""
    first = read_grid(file, progress=progress)
    yield first
    for sheet in [sheet.name for sheet in first.sheets if sheet.name != first.sheet][: _MOST_SHEETS - 1]:
        try:
            yield read_grid(file, sheet=sheet, progress=progress)
        except ClerkError as error:
            if error.code != "sheet_empty":
                raise


def found_list(
    file: Path, words: Mapping[Field, Sequence[str]], *, needed: Sequence[str], progress: Progress = SILENT
) -> tuple[FoundList, str]:
    """Give the list of a file and the file's SHA-256; ``needed`` names what its headings must say.

    Raises as ``read_grid``, and ``ClerkError("no_list_headings")`` (``missing``, ``headings``).
    """
    seen: tuple[str, ...] = ()
    for grid in grids_of(file, progress):
        found = find_list(grid.sheet, grid.rows, words)
        if found is not None:
            return found, file_hash(file)
        seen = seen or _first_texts(grid)
    raise ClerkError("no_list_headings", missing=tuple(needed), headings=seen)


def file_hash(file: Path) -> str:
    """Give the SHA-256 of a file; raises ``ClerkError("cannot_read_file")``."""
    digest = hashlib.sha256()
    try:
        with file.open("rb") as source:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise ClerkError("cannot_read_file", why=error.strerror or "") from error
    return digest.hexdigest()


def profile_for(session: Session, purpose: str, headings: Sequence[str]) -> ColumnProfile | None:
    """Give the mapping last kept for exactly these headings."""
    wanted = [text for text in headings if text]
    kept = select(ColumnProfile).where(ColumnProfile.purpose == purpose).order_by(ColumnProfile.saved_at.desc())
    return next((profile for profile in session.scalars(kept) if profile.headings == wanted), None)


def _first_texts(grid: Grid) -> tuple[str, ...]:
    texts = (tuple(text for cell in row if (text := text_of(cell).strip())) for row in grid.rows)
    return next((row for row in texts if row), ())
