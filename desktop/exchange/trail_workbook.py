"""Writes the audit trail as a workbook: one row an event, and a sheet that says who took it out and what was asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.domain.trail import TrailRow, grouped
from desktop.exchange.open_book import open_book

if TYPE_CHECKING:
    from xlsxwriter import Workbook

# More rows than this no worksheet holds; the rest goes on in the next.
ROWS_A_SHEET: Final = 1_000_000
LONGEST_TEXT: Final = 32_767
_COLUMNS: Final = (
    ("序号", 9),
    ("时间", 20),
    ("人员", 12),
    ("受理点", 22),
    ("事项", 18),
    ("编号", 22),
    ("内容", 60),
    ("理由", 30),
    ("前后内容", 60),
    ("链环", 84),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    """One event as a row; ``act`` in words, ``changes`` a line a field."""

    row: TrailRow
    act: str
    reason: str
    changes: str
    mac: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailNote:
    """Who took the trail out, when, what was asked and how many events came."""

    asked: str
    by: str
    at: datetime
    count: int


def write_trail_workbook(file: Path, lines: Iterable[TrailLine], note: TrailNote) -> int:
    """Write the lines as they come and give how many there were; raises ``OSError``."""
    with open_book(file) as book:
        _write_note(book, note)
        return _write_lines(book, lines)


def _write_note(book: Workbook, note: TrailNote) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 80)
    for place, (label, value) in enumerate(
        (
            ("导出内容", "审计记录"),
            ("查询条件", note.asked),
            ("条数", str(note.count)),
            ("导出人", note.by),
            ("导出时间", f"{note.at.astimezone():%Y-%m-%d %H:%M:%S}"),
            ("个人信息", "证件号码和电话已遮盖。本次导出已记入审计记录。"),
        )
    ):
        sheet.write_string(place, 0, label)
        sheet.write_string(place, 1, value[:LONGEST_TEXT])


def _write_lines(book: Workbook, lines: Iterable[TrailLine]) -> int:
    count, sheet, bold = 0, None, book.add_format({"bold": True})
    for line in lines:
        within = count % ROWS_A_SHEET
        if sheet is None or within == 0:
            sheet = book.add_worksheet(f"审计记录{count // ROWS_A_SHEET + 1}")
            for column, (heading, width) in enumerate(_COLUMNS):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, heading, bold)
            sheet.freeze_panes(1, 0)
        sheet.write_number(within + 1, 0, line.row.id)
        for column, text in enumerate(_texts(line), start=1):
            sheet.write_string(within + 1, column, text[:LONGEST_TEXT])
        count += 1
    return count


def _texts(line: TrailLine) -> tuple[str, ...]:
    row = line.row
    at = f"{row.at.astimezone():%Y-%m-%d %H:%M:%S}"
    return at, row.who, row.station, line.act, row.number, row.summary, line.reason, line.changes, grouped(line.mac)
