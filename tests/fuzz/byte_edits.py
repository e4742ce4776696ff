"""Edits of a file that know nothing of what is in it: turned bits, cut ends, parts moved, doubled or put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hypothesis import strategies as st

# Where a format keeps its sizes, places and names, so that an edit there says something new.
_MARKS: Final = (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x07\x08", b"SWSEAL", b"{", b'":', b"\n")
_NUMBERS: Final = (b"\x00", b"\xff", b"\x00\x00", b"\xff\xff", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x01\0\0\0")
_LONGEST: Final = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class ByteEdit:
    """One edit; ``at`` is a part of the length, or with ``mark`` a few bytes behind one of the places of that mark."""

    how: str
    at: float
    size: int
    content: bytes
    mark: bytes
    near: int


def byte_edits(most: int = 3) -> st.SearchStrategy[list[ByteEdit]]:
    """Give lists of edits."""
    edit = st.builds(
        ByteEdit,
        how=st.sampled_from(("flip", "set", "cut", "insert", "remove", "double", "swap")),
        at=st.floats(0, 1, exclude_max=True),
        size=st.integers(1, _LONGEST),
        content=st.one_of(st.sampled_from(_NUMBERS), st.binary(min_size=1, max_size=40)),
        mark=st.sampled_from((b"", *_MARKS)),
        near=st.integers(0, 46),
    )
    return st.lists(edit, min_size=1, max_size=most)


def edited(data: bytes, edits: Sequence[ByteEdit]) -> bytes:
    """Apply edits one after the other."""
    content = bytearray(data)
    for edit in edits:
        if content:
            _apply(content, edit)
    return bytes(content)


def _apply(content: bytearray, edit: ByteEdit) -> None:
    at, size = _place(content, edit), min(edit.size, len(content))
    match edit.how:
        case "flip":
            content[at] ^= 1 << (edit.size % 8)
        case "set":
            content[at : at + len(edit.content)] = edit.content
        case "cut":
            del content[at:]
        case "insert":
            content[at:at] = edit.content
        case "remove":
            del content[at : at + size]
        case "double":
            content[at:at] = content[at : at + size]
        case _:
            other = (at + size) % len(content)
            content[at], content[other] = content[other], content[at]


def _place(content: bytearray, edit: ByteEdit) -> int:
    at = int(edit.at * len(content))
    if not edit.mark:
        return at
    found = content.find(edit.mark, at)
    if found < 0:
        found = content.find(edit.mark)
    return at if found < 0 else min(found + edit.near, len(content) - 1)
