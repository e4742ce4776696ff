"""Statements for a test: what is compiled for one ledger serves the next, though each has an engine of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

from desktop.models import database

_KEPT: Final = 2_000


class QuickStatements:
    """Stands in for the making of engines: all share the dialect and the compiled statements of the first."""

    def __init__(self) -> None:
        self._make = database._engine
        self._first: Engine | None = None

    def __call__(self, file: Path, key: bytes | None) -> Engine:
        """Make the engine of a ledger."""
        engine = self._make(file, key)
        if self._first is None:
            self._first = engine
            # A run asks more different questions than one window, for which the engine's own room is meant.
            kept: LRUCache[Any, Any] = LRUCache(_KEPT)
            engine._compiled_cache = kept
        else:
            # Compiled statements are kept under the dialect that made them.
            engine.dialect = self._first.dialect
            engine._compiled_cache = self._first._compiled_cache
        return engine
