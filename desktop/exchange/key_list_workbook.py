"""Writes the key lists as a workbook, a sheet each; what somebody typed never becomes a formula or a link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from desktop.domain.key_lists import LIST_ARTICLES, KeyListRow, KeyListSheet
from desktop.domain.local_rules import local
from desktop.exchange.ledger_columns import STATUS_WORDS
from desktop.exchange.open_book import open_book

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_COLUMNS: Final = (
    ("登记编号", 21),
    ("工程名称", 32),
    ("地点", 36),
    ("社区", 12),
    ("类别", 22),
    ("列入原因", 30),
    ("建设单位（业主）", 24),
    ("生产经营单位", 28),
    ("状态", 10),
    ("受理日期", 11),
    ("有效期至", 11),
    ("首查期限", 11),
    ("最近巡查", 11),
    ("未销隐患", 9),
)


def write_key_lists(file: Path, sheets: Sequence[KeyListSheet]) -> int:
    """Write the lists and give how many works they hold; raises ``OSError``."""
    with open_book(file) as book:
        for sheet in sheets:
            _write(book, sheet)
    return sum(len(sheet.rows) for sheet in sheets)


def _write(book: Workbook, listed: KeyListSheet) -> None:
    sheet = book.add_worksheet(listed.title)
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for place, (title, width) in enumerate(_COLUMNS):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, local(title), heading)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    for line, row in enumerate(listed.rows, 1):
        for place, value in enumerate(_cells(row)):
            _write_cell(sheet, line, place, value, days)
    below = len(listed.rows) + 2
    note = listed.note or LIST_ARTICLES[listed.kind]
    sheet.write_string(below, 0, f"截至 {listed.as_of.isoformat()}，在建 {len(listed.rows)} 件。{note}")


def _write_cell(sheet: Any, line: int, place: int, value: str | int | date | None, days: Any) -> None:
    match value:
        case None | "":
            return
        case date():
            sheet.write_datetime(line, place, value, days)
        case int():
            sheet.write_number(line, place, value)
        case str():
            sheet.write_string(line, place, value)


def _cells(row: KeyListRow) -> tuple[str | int | date | None, ...]:
    return (
        row.number,
        row.project_name,
        row.place,
        row.community,
        row.category_label,
        row.why,
        row.owner_name,
        row.contractor_name,
        STATUS_WORDS[row.status],
        row.accepted_on,
        row.valid_until,
        row.site_check_by,
        row.last_patrol_on,
        row.open_hazards,
    )
