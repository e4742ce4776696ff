"""Lists the rows of the requirement matrix that no test is marked with: ``make trace``, or with groups: ``A B C``.

A row that comes with later work says so in the column ``later`` of ``docs/requirement_rows.csv``.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

ROWS = Path(__file__).resolve().parents[1] / "docs" / "requirement_rows.csv"


class _Marks:
    """Collects the requirement marks of every test without running it."""

    def __init__(self) -> None:
        self.tests: Counter[str] = Counter()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        self.tests = marks_of(items)


def marks_of(items: Iterable[pytest.Item]) -> Counter[str]:
    """Count the tests of each row."""
    return Counter(str(name) for item in items for mark in item.iter_markers("requirement") for name in mark.args)


def requirement_rows() -> list[dict[str, str]]:
    """Read the matrix: id, group, class, source and what a row without a test waits for."""
    with ROWS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def main(groups: list[str]) -> int:
    """Collect all tests and print the rows without one; with groups named, a row there that nothing explains fails."""
    marks = _Marks()
    said = StringIO()
    with redirect_stdout(said):
        status = pytest.main(["--collect-only", "-qq", "--no-header"], plugins=[marks])
    if status != pytest.ExitCode.OK:
        print(said.getvalue())
        return 1
    return report(groups, marks.tests)


def report(groups: list[str], marks: Counter[str]) -> int:
    """Print what ``main`` prints of the marks that were found."""
    rows = [row for row in requirement_rows() if not groups or row["group"] in groups]
    open_rows = [row for row in rows if not marks[row["id"]]]
    for row in open_rows:
        print(f"{row['group']}  {row['id']:<12} {row['class']:<9} {row['source']:<24} {row['later']}".rstrip())
    for group in sorted({row["group"] for row in rows}):
        of_group = [row for row in rows if row["group"] == group]
        print(f"{group}: {sum(bool(marks[row['id']]) for row in of_group)} of {len(of_group)} rows have a test")
    strangers = sorted(set(marks) - {row["id"] for row in requirement_rows()})
    if strangers:
        print("Marks that name no row: " + ", ".join(strangers))
    is_unexplained = bool(groups) and any(not row["later"] for row in open_rows)
    return 1 if strangers or is_unexplained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
