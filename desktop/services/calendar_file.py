"""Reading a year's arrangement from a csv or xlsx file, every bad row named at once."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Final

from desktop.domain.errors import ClerkError, Fault, FaultyInput
from desktop.services.resources import resources_folder

_HEADS: Final = ("date", "kind", "name", "source")
_KINDS: Final = {"rest": "rest", "work": "work", "休息": "rest", "休": "rest", "上班": "work", "班": "work"}
_MOST_ROWS: Final = 5_000
_LARGEST: Final = 5_000_000  # bytes of a workbook
_YEARS: Final = range(2000, 2100)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A day that differs from Monday to Friday; kind is ``rest`` or ``work``."""

    day: date
    kind: str
    name: str
    source: str


def read_days(path: Path) -> tuple[CalendarDay, ...]:
    """Read the days of a file; raises ``FaultyInput`` with every bad row, or when the file cannot be read."""
    rows = [row for row in _rows(path) if any(str(cell or "").strip() for cell in row[1])]
    if not rows or [str(cell or "").strip().lower() for cell in rows[0][1][:4]] != list(_HEADS):
        raise _faulty(path, f"第一行应为表头 {','.join(_HEADS)}")
    faults: list[Fault] = []
    days: dict[date, CalendarDay] = {}
    for number, cells in rows[1:]:
        try:
            day = _day(cells)
            if day.day in days:
                raise ValueError(f"{day.day.isoformat()} 重复")
            days[day.day] = day
        except ValueError as error:
            faults.append(Fault(f"第 {number} 行", str(error)))
    if not days and not faults:
        raise _faulty(path, "没有日期")
    if faults:
        raise FaultyInput(tuple(faults))
    return tuple(days.values())


@cache
def shipped_days() -> tuple[CalendarDay, ...]:
    """Read the arrangements shipped with the program."""
    return read_days(resources_folder() / "calendar" / "days.csv")


def _day(cells: Sequence[object]) -> CalendarDay:
    day, kind, name, source = [*cells, "", "", "", ""][:4]
    known = _KINDS.get(str(kind or "").strip().lower())
    if known is None:
        raise ValueError(f"类别应为 rest 或 work，现为 {kind or '空'}")
    return CalendarDay(
        day=_date(day), kind=known, name=str(name or "").strip()[:200], source=str(source or "").strip()[:200]
    )


def _date(cell: object) -> date:
    if isinstance(cell, datetime):
        found = cell.date()
    elif isinstance(cell, date):
        found = cell
    else:
        try:
            found = date.fromisoformat(str(cell or "").strip())
        except ValueError:
            raise ValueError(f"不是日期：{cell or '空'}（应为 2027-01-01 的写法）") from None
    if found.year not in _YEARS:
        raise ValueError(f"年份不对：{found.isoformat()}")
    return found


def _rows(path: Path) -> Iterator[tuple[int, Sequence[object]]]:
    reader = _workbook_rows if path.suffix.lower() == ".xlsx" else _csv_rows
    for number, row in enumerate(reader(path), start=1):
        if number > _MOST_ROWS:
            raise _faulty(path, f"超过 {_MOST_ROWS} 行，不像是工作日历")
        yield number, row


def _csv_rows(path: Path) -> Iterable[Sequence[object]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise _faulty(path, f"读不了文件：{error.strerror}") from error
    except UnicodeDecodeError as error:
        raise _faulty(path, "不是 UTF-8 文字") from error
    try:
        return list(csv.reader(text.splitlines()))
    except csv.Error as error:
        raise _faulty(path, f"不是 CSV：{error}") from error


def _workbook_rows(path: Path) -> Iterable[Sequence[object]]:
    # Loaded only when somebody imports a workbook.
    from desktop.exchange.foreign_pages import foreign_pages

    try:
        page = next(foreign_pages(path, largest=_LARGEST))
    except ClerkError as error:
        said = f"读不了文件：{error.details['why']}" if error.code == "cannot_read_file" else "不是 Excel 工作簿"
        raise _faulty(path, said) from error
    return page.rows


def _faulty(path: Path, what: str) -> FaultyInput:
    return FaultyInput((Fault(path.name, what),))
