"""The list of requirement rows is whole."""

from __future__ import annotations

from tests.trace import requirement_rows


def test_every_requirement_row_stands_once() -> None:
    names = [row["id"] for row in requirement_rows()]

    assert len(names) == len(set(names)) == 466
