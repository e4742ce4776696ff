"""The three lists of persons as an Excel file: read however people fill it in, written as the annexes look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from desktop.domain.access import Role
from desktop.domain.errors import ClerkError, Fault, FaultyInput
from desktop.domain.people_cells import cell_of, people_in
from desktop.domain.person_lists import ADMIN_LABEL, SHAPES, Annex, Listed, ListRow, PersonLists, RegionRow
from desktop.domain.role_names import roles_named, roles_written
from desktop.domain.search_keys import normalise
from desktop.exchange.foreign_pages import Page, foreign_pages
from desktop.exchange.list_cells import (
    ROLES,
    SUB_HEADS,
    Row,
    admin_label,
    after_label,
    cell_name,
    distinct,
    is_heading_row,
    is_phone_heading,
    people_column,
    region_label,
    texts_of,
    unit_column,
)

_LARGEST: Final = 10_000_000
_WIDTHS: Final = (20, 26, 26, 32, 26)
_MOST_ADMINS: Final = 2


@dataclass(slots=True)
class _Table:
    """Where the columns of the table are that is being read."""

    annex: Annex
    unit: int
    people: tuple[list[int], list[int], list[int]]
    role: int | None
    region: int | None
    headings: Row


@dataclass(slots=True)
class _Reading:
    sheet: str
    region: str = ""
    admins: tuple[Listed, ...] = ()
    region_where: str = ""
    table: _Table | None = None
    regions: list[RegionRow] = field(default_factory=list)
    rows: list[ListRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_person_lists(file: Path) -> PersonLists:
    """Read the lists of a workbook, whichever of the three it holds.

    Raises ``FaultyInput`` with every faulty cell, and ``ClerkError``: file_too_large, and those of ``read_grid``.
    """
    readings = [_read_sheet(page) for page in foreign_pages(file, largest=_LARGEST)]
    if not any(reading.table for reading in readings):
        what = "没有找到汇总表的表头：表头应有“分管领导”“负责人”和“巡查人员”或者“安控人员”几列"
        raise FaultyInput((Fault(file.name, what),))
    faults = tuple(fault for reading in readings for fault in reading.faults)
    if faults:
        raise FaultyInput(faults)
    return PersonLists(
        regions=_regions_together(region for reading in readings for region in reading.regions),
        rows=_units_together(row for reading in readings for row in reading.rows),
    )


def write_person_lists(lists: PersonLists, file: Path) -> None:
    """Write the three lists, one sheet each; raises ``ClerkError("cannot_save_file")``."""
    from openpyxl import Workbook

    workbook = Workbook()
    for empty in workbook.worksheets:
        workbook.remove(empty)
    for annex in Annex:
        sheet = workbook.create_sheet(f"附件{annex.value}")
        _write_sheet(sheet, annex, lists)
    try:
        workbook.save(file)
    except OSError as error:
        raise ClerkError("cannot_save_file", why=error.strerror or "") from error


def _read_sheet(page: Page) -> _Reading:
    reading = _Reading(page.title)
    for place, row in enumerate(texts_of(page.rows)):
        if not any(row) or _is_sub_heading(row):
            continue
        if is_heading_row(row):
            _take_headings(reading, row, place)
        elif any(map(region_label, row)) or any(map(admin_label, row)):
            _take_region(reading, row, place)
        elif reading.table is not None:
            _take_row(reading, reading.table, row, place)
    return reading


def _is_sub_heading(row: Row) -> bool:
    return all(normalise(text) in SUB_HEADS for text in row)


def _take_region(reading: _Reading, row: Row, place: int) -> None:
    """Take a line that says whose list follows."""
    admins: tuple[Listed, ...] = ()
    reading.table, reading.region = None, ""
    reading.region_where = f"《{reading.sheet}》第 {place + 1} 行"
    seen: set[str] = set()
    for column, text in enumerate(row):
        if (label := region_label(text)) and "region" not in seen:
            seen.add("region")
            reading.region = after_label(row, column, label)
        if (label := admin_label(text)) and "admin" not in seen:
            seen.add("admin")
            admins = _people(reading, after_label(row, column, label), place, column, ADMIN_LABEL)
            if len(admins) > _MOST_ADMINS:
                where = cell_name(reading.sheet, place, column, ADMIN_LABEL)
                reading.faults.append(Fault(where, "最多两名：第一名为主，第二名为副"))
    reading.admins = admins


def _take_headings(reading: _Reading, row: Row, place: int) -> None:
    found = unit_column(row)
    people: tuple[list[int], list[int], list[int]] = ([], [], [])
    last: int | None = None
    for column, text in enumerate(row):
        kind = people_column(text)
        last = kind if kind is not None else last if is_phone_heading(text) else None
        if last is not None:
            people[last].append(column)
    if found is None or not all(people):
        missing = "单位一列" if found is None else "“分管领导”“负责人”“巡查人员”（“安控人员”）中的一列"
        reading.faults.append(Fault(f"《{reading.sheet}》第 {place + 1} 行", f"表头缺少{missing}，请按附件的表头补上"))
        return
    annex, unit = found
    role = next((column for column, text in enumerate(row) if normalise(text) in ROLES), None)
    region = next((column for column, text in enumerate(row) if region_label(text)), None)
    reading.table = _Table(annex=annex, unit=unit, people=people, role=role, region=region, headings=row)
    if reading.region:
        name, where = reading.region, reading.region_where
        reading.regions.append(RegionRow(annex=annex, name=name, admins=reading.admins, where=where))
    elif reading.admins:
        reading.faults.append(Fault(reading.region_where, f"有系统后台管理员而没有“{SHAPES[annex].region}”，请补上"))


def _take_row(reading: _Reading, table: _Table, row: Row, place: int) -> None:
    unit = row[table.unit]
    if unit and {text for text in row if text} == {unit}:
        return  # nobody is named, or it is a note that runs across the table
    cells = [distinct([row[column] for column in columns]) for columns in table.people]
    people = [
        _people(reading, cell, place, columns[0], table.headings[columns[0]])
        for cell, columns in zip(cells, table.people, strict=True)
    ]
    if not any(cells):
        return
    if not normalise(unit):
        where = cell_name(reading.sheet, place, table.unit, table.headings[table.unit])
        reading.faults.append(Fault(where, "有人员而没有单位名称，请补上单位"))
        return
    region = row[table.region] if table.region is not None else reading.region
    first, second, third = people
    reading.rows.append(
        ListRow(
            annex=table.annex,
            region=region,
            unit=" ".join(unit.split()),
            people=(first, second, third),
            roles=_roles(reading, table, row, place),
            where=f"《{reading.sheet}》第 {place + 1} 行",
        )
    )


def _people(reading: _Reading, text: str, place: int, column: int, heading: str) -> tuple[Listed, ...]:
    people, troubles = people_in(text)
    where = cell_name(reading.sheet, place, column, " ".join(heading.split()))
    reading.faults.extend(Fault(where, trouble) for trouble in troubles)
    return people


def _roles(reading: _Reading, table: _Table, row: Row, place: int) -> tuple[Role, ...]:
    if table.role is None:
        return ()
    try:
        return roles_named(row[table.role])
    except ClerkError as error:
        where = cell_name(reading.sheet, place, table.role, "角色")
        name = error.details.get("name", "")
        reading.faults.append(Fault(where, f"没有“{name}”这个角色：请用附件4的角色名称，多个用顿号隔开"))
        return ()


def _regions_together(regions: Iterator[RegionRow]) -> tuple[RegionRow, ...]:
    found: dict[tuple[Annex, str], RegionRow] = {}
    for region in regions:
        key = (region.annex, normalise(region.name))
        before = found.get(key)
        found[key] = region if before is None or not before.admins else before
    return tuple(found.values())


def _units_together(rows: Iterator[ListRow]) -> tuple[ListRow, ...]:
    """Make one row of all that speak of the same organisation, as when it is merged over several."""
    found: dict[tuple[Annex, str, str], ListRow] = {}
    for row in rows:
        key = (row.annex, normalise(row.region), normalise(row.unit))
        if key in found:
            before = found[key]
            first, second, third = (
                tuple(dict.fromkeys((*one, *other))) for one, other in zip(before.people, row.people, strict=True)
            )
            roles = tuple(dict.fromkeys((*before.roles, *row.roles)))
            row = replace(before, people=(first, second, third), roles=roles)
        found[key] = row
    return tuple(found.values())


def _write_sheet(sheet: Any, annex: Annex, lists: PersonLists) -> None:
    from openpyxl.styles import Alignment

    shape = SHAPES[annex]
    columns = len(shape.headers)
    _write_line(sheet, 1, (shape.title,), bold=True)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=columns)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center", vertical="center")
    line = 2
    for region in _regions_of(annex, lists):
        if line > 2:
            line += 1
        head: tuple[str, ...] = (shape.region, region.name)
        if annex is Annex.STREETS:
            head = (*head, ADMIN_LABEL, cell_of(region.admins))
        _write_line(sheet, line, head, bold=False)
        _write_line(sheet, line + 1, shape.headers, bold=True)
        line += 2
        for row in lists.rows:
            if row.annex is annex and normalise(row.region) == normalise(region.name):
                cells = (row.unit, *(cell_of(people) for people in row.people), roles_written(row.roles))
                _write_line(sheet, line, cells, bold=False)
                line += 1
    for column, width in enumerate(_WIDTHS[:columns]):
        sheet.column_dimensions["ABCDE"[column]].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _regions_of(annex: Annex, lists: PersonLists) -> list[RegionRow]:
    """Give the heads of a list, with an empty one for rows that belong to none or for a list without any."""
    named = [region for region in lists.regions if region.annex is annex]
    known = {normalise(region.name) for region in named}
    others = dict.fromkeys(
        row.region for row in lists.rows if row.annex is annex and normalise(row.region) not in known
    )
    return [*named, *(RegionRow(annex=annex, name=name) for name in (others or ([] if named else [""])))]


def _write_line(sheet: Any, line: int, cells: Sequence[str], *, bold: bool) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    edge = Side(style="thin")
    for column, text in enumerate(cells, start=1):
        cell = sheet.cell(line, column, text)
        # Whatever a text begins with, it is no formula.
        cell.data_type = "s"
        cell.font = Font(bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        if line > 1:
            cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)
