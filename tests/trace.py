"""Lists the rows of the requirement matrix that no test is marked with: ``make trace``, or with groups: ``A B C``."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

import pytest

ROWS = Path(__file__).resolve().parents[1] / "docs" / "requirement_rows.csv"


class _Marks:
    """Collects the requirement marks of every test without running it."""

    def __init__(self) -> None:
        self.tests: Counter[str] = Counter()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for mark in item.iter_markers("requirement"):
                self.tests.update(str(name) for name in mark.args)


def requirement_rows() -> list[dict[str, str]]:
    """Read the matrix: id, group, class and source of every row."""
    with ROWS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def main(groups: list[str]) -> int:
    """Print the rows without a test and marks that name no row; fails only on the latter."""
    marks = _Marks()
    status = pytest.main(["--collect-only", "-qq", "--no-header"], plugins=[marks])
    if status != pytest.ExitCode.OK:
        print("The tests cannot be collected; run make test.")
        return 1
    rows = [row for row in requirement_rows() if not groups or row["group"] in groups]
    for row in rows:
        if not marks.tests[row["id"]]:
            print(f"{row['group']}  {row['id']:<12} {row['class']:<9} {row['source']}")
    for group in sorted({row["group"] for row in rows}):
        of_group = [row for row in rows if row["group"] == group]
        print(f"{group}: {sum(bool(marks.tests[row['id']]) for row in of_group)} of {len(of_group)} rows have a test")
    known = {row["id"] for row in requirement_rows()}
    strangers = sorted(set(marks.tests) - known)
    if strangers:
        print("Marks that name no row: " + ", ".join(strangers))
    return 1 if strangers else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
