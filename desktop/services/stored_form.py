"""Rows as the file holds them, and the one way they are written down to be hashed.

What is hashed once must give the same bytes in ten years: nothing here may change (a recorded test sees to it).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, type_coerce
from sqlalchemy.types import NullType

_BYTES: Final = "bytes"


@cache
def names_of(table: Table) -> tuple[str, ...]:
    """Give the names of a table's columns, sorted; what the file computes of other columns says nothing more."""
    return tuple(sorted(name for name, column in table.columns.items() if column.computed is None))


def stored_columns(table: Table) -> Sequence[ColumnElement[Any]]:
    """Give a table's columns by name without their types: text, numbers and emptiness as SQLite keeps them."""
    return [type_coerce(table.c[name], NullType()).label(f"stored_{name}") for name in names_of(table)]


def canonical(value: object) -> bytes:
    """Write stored values so that the same content always gives the same bytes."""
    return _ENCODER.encode(value).encode()


def _odd(value: object) -> object:
    # No column of ours is binary; somebody else's edit may have made one so, and that must show, not fail.
    if isinstance(value, bytes | memoryview):
        return {_BYTES: bytes(value).hex()}
    raise TypeError(f"not a stored value: {type(value).__name__}")


_ENCODER: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=_odd)
