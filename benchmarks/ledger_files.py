"""Ledgers as Excel: our writer beside plain openpyxl and other Python writers, the same cells, each in its own process.

The cells come from the reference ledger's tables in the numbers that the issue names: 20,213 rows of 30 columns and
469,009 of 12.  ``python -m benchmarks.ledger_files FOLDER`` measures alone, on an empty folder.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.invented import FIRST_DAY
from benchmarks.measure import peak_mb
from desktop.domain.standing_ledger import PATROLS, REGISTRATIONS, Cell, CellKind, SheetColumn
from desktop.exchange.layout_book import write_layout_book
from desktop.exchange.sheet_csv import write_csv
from desktop.exchange.sheet_layout import SheetLayout

Rows = Iterator[tuple[Cell, ...]]
Writer = Callable[[Path, tuple[SheetColumn, ...], Rows], None]

SHAPES: Final = {
    "20,213 x 30": (REGISTRATIONS.columns, 20_213),
    "469,009 x 12": (PATROLS.columns, 469_009),
}
_PLAIN: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_DAYS: Final = 900
_NAMES: Final = 20_213


def cells(columns: tuple[SheetColumn, ...], count: int) -> Rows:
    """Give rows as ledgers have them: many different names and numbers, few kinds, days, some columns empty."""
    days = [date.fromordinal(FIRST_DAY.toordinal() + place) for place in range(_DAYS)]
    kinds = [column.kind for column in columns]
    for row in range(count):
        yield tuple(_cell(kind, place, row, days) for place, kind in enumerate(kinds))


def _cell(kind: CellKind, place: int, row: int, days: list[date]) -> Cell:
    if kind is CellKind.DATE:
        return days[(row + place) % _DAYS]
    if kind is not CellKind.TEXT:
        return (row * 37 + place) % 990_000
    if place % 3 == 0:
        return f"PA-DJ-2025-{(row + place) % _NAMES:06}"
    return f"云川商业城{(row + place) % _NAMES}号装修工程" if place % 3 == 1 else "云川社区"


def _ours(file: Path, columns: tuple[SheetColumn, ...], rows: Rows) -> None:
    layout = SheetLayout(
        name="台账", title="样例台账", unit="样例街道办事处", said="期间：2024年1月1日至2026年6月30日", columns=columns
    )
    write_layout_book(file, [(layout, rows)], lambda counts: [("行数", str(sum(counts)))])


def _csv(file: Path, columns: tuple[SheetColumn, ...], rows: Rows) -> None:
    write_csv(file, [("台账", [column.heading for column in columns], rows)])


def _openpyxl(file: Path, columns: tuple[SheetColumn, ...], rows: Rows) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    _fill(book.active, columns, rows)
    book.save(file)


def _openpyxl_write_only(file: Path, columns: tuple[SheetColumn, ...], rows: Rows) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    _fill(book.create_sheet(), columns, rows)
    book.save(file)


def _fill(sheet: object, columns: tuple[SheetColumn, ...], rows: Rows) -> None:
    append = sheet.append  # type: ignore[attr-defined]
    append([column.heading for column in columns])
    for row in rows:
        append(row)


def _xlsxwriter(file: Path, columns: tuple[SheetColumn, ...], rows: Rows) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(
        str(file), {"constant_memory": True, "default_date_format": "yyyy-mm-dd", **_PLAIN}
    ) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [column.heading for column in columns])
        for place, row in enumerate(rows, 1):
            sheet.write_row(place, 0, row)


def _rust(file: Path, columns: tuple[SheetColumn, ...], rows: Rows) -> None:
    import rustpy_xlsxwriter  # type: ignore[import-not-found]  # measured where it is installed, else left out

    headings = [f"{place} {column.heading}" for place, column in enumerate(columns)]
    named = (dict(zip(headings, row, strict=True)) for row in rows)
    rustpy_xlsxwriter.write_worksheet(named, str(file), sheet_name="台账", datetime_format="yyyy-mm-dd")


WRITERS: Final[Mapping[str, Writer]] = {
    "ours": _ours,
    "plain openpyxl": _openpyxl,
    "openpyxl write-only": _openpyxl_write_only,
    "XlsxWriter constant memory": _xlsxwriter,
    "rustpy-xlsxwriter": _rust,
    "ours, csv": _csv,
}


def measure(folder: Path) -> None:
    """Write every shape with every writer, each in a process of its own, and print seconds and peak memory."""
    for shape in SHAPES:
        print(f"\nLedger as a file, {shape}")
        for name in WRITERS:
            ran = subprocess.run(
                [sys.executable, "-m", "benchmarks.ledger_files", str(folder), shape, name],
                check=False,
                capture_output=True,
                text=True,
            )
            print(f"{name:34}{ran.stdout.strip() if ran.returncode == 0 else 'not installed':>40}", flush=True)


def _alone(folder: Path, shape: str, name: str) -> None:
    columns, count = SHAPES[shape]
    file = folder / "ledger.out"
    began = time.perf_counter()
    WRITERS[name](file, columns, cells(columns, count))
    taken = time.perf_counter() - began
    peak = peak_mb()
    print(f"{taken:8.2f} s {peak:8.0f} MB peak {file.stat().st_size / 1e6:8.1f} MB")
    file.unlink()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        _alone(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
    else:
        with tempfile.TemporaryDirectory() as scratch:
            measure(Path(scratch))
