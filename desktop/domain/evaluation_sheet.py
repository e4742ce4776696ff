"""The evaluation table as a sheet: its headings, and its lines read back.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from desktop.domain.checked import half_width
from desktop.domain.errors import Fault
from desktop.domain.evaluation import EvaluationLine, Stage
from desktop.domain.headed_list import FoundList, filled_lines, proposed, read_text
from desktop.domain.sheet_grid import CellTrouble, CellValue, text_of
from desktop.domain.typed_text import parse_day

SHEET: Final = "评价表"
_LONGEST: Final = 2000


class Column(StrEnum):
    """The columns in their order."""

    ORGANISATION = "organisation"
    STAGE = "stage"
    CODE = "code"
    DIMENSION = "dimension"
    ITEM = "item"
    FIGURES = "figures"
    FULL = "full"
    SCORE = "score"
    TEXT = "text"
    EVIDENCE = "evidence"
    PROBLEM = "problem"
    MEASURE = "measure"
    DUE_ON = "due_on"
    DONE_ON = "done_on"


# The first heading is the one written; the others are understood as well.
HEADINGS: Final[Mapping[Column, tuple[str, ...]]] = {
    Column.ORGANISATION: ("单位", "街镇", "街道", "参评单位"),
    Column.STAGE: ("阶段",),
    Column.CODE: ("序号", "编号", "项号"),
    Column.DIMENSION: ("维度",),
    Column.ITEM: ("评价内容", "评价项目"),
    Column.FIGURES: ("台账数据",),
    Column.FULL: ("满分", "分值"),
    Column.SCORE: ("得分", "评分", "自评得分", "评价得分"),
    Column.TEXT: ("情况", "自评情况", "评价情况"),
    Column.EVIDENCE: ("佐证", "佐证材料"),
    Column.PROBLEM: ("问题", "存在问题"),
    Column.MEASURE: ("改进措施", "整改措施"),
    Column.DUE_ON: ("完成时限", "整改时限"),
    Column.DONE_ON: ("完成日期",),
}
NEEDED: Final = (Column.CODE, Column.SCORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """A line of the sheet as read; ``at`` is its number there."""

    at: int
    line: EvaluationLine
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPlan:
    """What a sheet would bring into a round: lines that differ, and every fault; with one nothing is taken."""

    round_id: int
    file_name: str
    sha256: str
    lines: tuple[EvaluationLine, ...]
    unchanged: int
    faults: tuple[Fault, ...]  # where: the line of the sheet, as people count


def missing_columns(found: FoundList) -> tuple[str, ...]:
    """Name the columns that must be there and are not."""
    mapped = proposed(found.headings, HEADINGS)
    return tuple(HEADINGS[column][0] for column in NEEDED if column not in mapped)


def read_lines(
    found: FoundList, *, round_id: int, organisation: str, stage: Stage, today: date
) -> tuple[ReadLine, ...]:
    """Read the lines; ``organisation`` and ``stage`` stand where the sheet says nothing of them."""
    mapped = proposed(found.headings, HEADINGS)
    return tuple(
        _read(at, cells, round_id=round_id, organisation=organisation, stage=stage, today=today)
        for at, cells in filled_lines(found, mapped)
        if text_of(cells.get(Column.CODE)).strip()
    )


def _read(
    at: int, cells: Mapping[Column, CellValue], *, round_id: int, organisation: str, stage: Stage, today: date
) -> ReadLine:
    faults: list[str] = []

    def text(column: Column, longest: int = _LONGEST) -> str:
        said, why = read_text(cells.get(column), longest=longest)
        if why:
            faults.append(f"{HEADINGS[column][0]}：{why}")
        return said

    def day(column: Column) -> date | None:
        value, why = _day(cells.get(column), today)
        if why:
            faults.append(f"{HEADINGS[column][0]}：{why}")
        return value

    score, why = _score(cells.get(Column.SCORE))
    if why:
        faults.append(f"得分：{why}")
    named_stage = text(Column.STAGE)
    known = {one.label: one for one in Stage}
    if named_stage and named_stage not in known:
        faults.append(f"阶段：没有“{named_stage[:10]}”，请写属地自评或者实地评价")
    line = EvaluationLine(
        round_id=round_id,
        organisation=text(Column.ORGANISATION) or organisation,
        item=text(Column.CODE),
        stage=known.get(named_stage, stage),
        score=score,
        text=text(Column.TEXT),
        evidence=text(Column.EVIDENCE),
        problem=text(Column.PROBLEM),
        measure=text(Column.MEASURE),
        due_on=day(Column.DUE_ON),
        done_on=day(Column.DONE_ON),
    )
    return ReadLine(at=at, line=line, faults=tuple(faults))


def _score(cell: CellValue) -> tuple[Decimal | None, str]:
    if isinstance(cell, CellTrouble):
        return None, cell.label
    typed = half_width(text_of(cell)).strip().removesuffix("分").strip()
    if typed in ("", "—", "-", "/"):
        return None, ""
    try:
        value = Decimal(typed)
    except InvalidOperation:
        return None, f"“{typed[:12]}”不是数"
    return (value.normalize() + 0, "") if value.is_finite() else (None, f"“{typed[:12]}”不是数")


def _day(cell: CellValue, today: date) -> tuple[date | None, str]:
    """Give a day; one yet to come is what a term is."""
    if isinstance(cell, CellTrouble):
        return None, cell.label
    if isinstance(cell, datetime):
        return cell.date(), ""
    if isinstance(cell, date):
        return cell, ""
    typed = half_width(text_of(cell)).strip()
    if not typed:
        return None, ""
    read = parse_day(typed, today)
    return read.value, read.why
