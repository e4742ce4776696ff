"""The ledger's list in the office's layout: as a workbook, as CSV, and as rows for paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from desktop.domain.ledger_line import ExportNote, LedgerLine
from desktop.domain.local_rules import local
from desktop.domain.standing_ledger import Cell, SheetColumn
from desktop.exchange.fit_text import LONGEST_TEXT, fit
from desktop.exchange.layout_book import write_layout_book
from desktop.exchange.ledger_columns import COLUMNS
from desktop.exchange.sheet_csv import write_csv
from desktop.exchange.sheet_layout import SheetLayout

__all__ = [
    "LEDGER_TITLE",
    "LONGEST_TEXT",
    "fit",
    "paper_columns",
    "paper_row",
    "write_ledger_csv",
    "write_ledger_workbook",
]

LEDGER_TITLE: Final = "小型工程和零星作业台账"
_NAME: Final = "台账"
_ON_PAPER: Final = tuple(column for column in COLUMNS if column.on_paper)


def paper_columns() -> tuple[SheetColumn, ...]:
    """Give the columns that paper has room for, headed in the words of the place."""
    return tuple(column for column in _columns() if column.on_paper)


def write_ledger_workbook(file: Path, lines: Iterable[LedgerLine], note: ExportNote) -> int:
    """Write the lines as they come and give how many there were; raises ``OSError``."""
    asked = "；".join(note.asked)
    layout = SheetLayout(
        name=_NAME,
        title=local(LEDGER_TITLE),
        unit=note.station,
        said=f"范围：{asked or '全部'}　　制表：{note.at.astimezone():%Y-%m-%d}",
        columns=_columns(),
    )
    [count] = write_layout_book(file, [(layout, _rows(lines))], lambda counts: _said(note, sum(counts)))
    return count


def write_ledger_csv(file: Path, lines: Iterable[LedgerLine]) -> int:
    """Write the lines below the headings and give how many there were; raises ``OSError``."""
    return write_csv(file, [(_NAME, [column.heading for column in _columns()], _rows(lines))])


def paper_row(line: LedgerLine) -> tuple[str, ...]:
    """Give a line in words, in the columns that paper has room for."""
    cells = (column.value(line) for column in _ON_PAPER)
    return tuple("" if cell is None else str(cell) for cell in cells)


def _columns() -> tuple[SheetColumn, ...]:
    return tuple(
        SheetColumn(local(column.heading), "", column.width, column.kind, column.is_total, column.on_paper)
        for column in COLUMNS
    )


def _rows(lines: Iterable[LedgerLine]) -> Iterator[Sequence[Cell]]:
    for line in lines:
        yield [column.value(line) for column in COLUMNS]


def _said(note: ExportNote, count: int) -> list[tuple[str, str]]:
    said = (
        ("导出时间", f"{note.at.astimezone():%Y-%m-%d %H:%M}"),
        ("受理点", note.station),
        ("导出人", note.who),
        ("范围", "；".join(note.asked) or "全部（本人可见范围）"),
        ("件数", str(count)),
        ("个人信息", "完整显示，用后请删除" if note.is_whole else "已遮盖"),
        ("用途", note.purpose),
    )
    return [(name, text) for name, text in said if text]
