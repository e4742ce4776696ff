"""A day's patrols on a sheet: its columns with the names people give them, and one line as read and as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from desktop.domain.patrol_kinds import PatrolKind, PatrolLevel, PatrolResult
from desktop.domain.search_keys import normalise

MOST_ROWS: Final = 2_000


class SheetColumn(StrEnum):
    """The columns in their order; the values are the headings of the template."""

    NUMBER = "登记编号"
    VISITED_ON = "巡查日期"
    VISITED_TIME = "时间"
    KIND = "巡查类型"
    LEVEL = "巡查层级"
    ORGANISATION = "巡查单位"
    PATROLLERS = "巡查人员"
    RESULT = "结果"
    FAILED = "不符合项目"
    NOT_APPLICABLE = "不涉及项目"
    REMARK = "备注"
    COMMUNITY = "社区"
    GRID = "网格"
    ROAD = "道路（地段）"
    PUBLICITY = "现场宣导"
    CAMPAIGN = "排摸"
    WATCHER = "旁站人员"
    BEGINS = "旁站开始"
    ENDS = "旁站结束"
    WORK = "旁站作业"
    CHECKED = "首次检查已查"
    WANTING = "首次检查缺项"
    SIGNED_BY = "方案签字人"
    APPROVED_BY = "方案审批人"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAnswer:
    """One item of a cell that names what failed: in the words of the sheet, with what was remarked behind them."""

    item: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One line of the sheet as understood; ``row`` counts the lines of the file from 1."""

    row: int
    visited_on: date
    patrollers: tuple[str, ...]
    organisation: str
    level: PatrolLevel
    number: str = ""
    visited_time: str = ""
    kind: PatrolKind = PatrolKind.REGULAR
    result: PatrolResult = PatrolResult.IN_ORDER
    failed: tuple[SheetAnswer, ...] = ()
    not_applicable: tuple[str, ...] = ()
    remark: str = ""
    community: str = ""
    grid: str = ""
    road: str = ""
    gave_publicity: bool = False
    campaign: str = ""
    watcher: str = ""
    begins: str = ""
    ends: str = ""
    work: str = ""
    checked: tuple[str, ...] = ()  # points of a first check that were in order, papers at hand among them
    wanting: tuple[str, ...] = ()
    signed_by: str = ""
    approved_by: str = ""


_ALIASES: Final[Mapping[SheetColumn, tuple[str, ...]]] = {
    SheetColumn.NUMBER: ("编号", "登记号", "回执编号", "工地编号", "登记回执编号", "项目编号", "工程编号"),
    SheetColumn.VISITED_ON: ("日期", "检查日期", "巡查时间", "检查时间", "巡查年月日"),
    SheetColumn.VISITED_TIME: ("时刻", "具体时间", "到场时间", "时分"),
    SheetColumn.KIND: ("类型", "检查类型", "巡查方式", "巡查种类"),
    SheetColumn.LEVEL: ("层级", "级别", "巡查级别", "巡查主体"),
    SheetColumn.ORGANISATION: ("单位", "检查单位", "巡查机构", "巡查部门"),
    SheetColumn.PATROLLERS: ("人员", "检查人员", "巡查员", "检查人", "巡查人"),
    SheetColumn.RESULT: ("巡查结果", "检查结果", "检查情况", "巡查情况"),
    SheetColumn.FAILED: ("不合格项目", "问题项目", "存在问题", "不符合项", "发现问题"),
    SheetColumn.NOT_APPLICABLE: ("不涉及", "不涉及项"),
    SheetColumn.REMARK: ("说明", "情况说明"),
    SheetColumn.COMMUNITY: ("所属社区", "所在社区"),
    SheetColumn.GRID: ("所属网格", "网格号"),
    SheetColumn.ROAD: ("道路", "地段", "路段", "巡查路段", "地址", "地点", "小区"),
    SheetColumn.PUBLICITY: ("宣导", "宣传", "现场宣传", "是否宣导"),
    SheetColumn.CAMPAIGN: ("排摸名称", "排摸行动", "专项行动"),
    SheetColumn.WATCHER: ("旁站人",),
    SheetColumn.BEGINS: ("旁站开始时间", "开始时间"),
    SheetColumn.ENDS: ("旁站结束时间", "结束时间"),
    SheetColumn.WORK: ("旁站内容", "旁站作业内容"),
    SheetColumn.CHECKED: ("首检已查", "首次检查资料", "已查资料"),
    SheetColumn.WANTING: ("首检缺项", "首次检查缺少", "缺少资料"),
    SheetColumn.SIGNED_BY: ("施工方案签字人", "技术负责人"),
    SheetColumn.APPROVED_BY: ("施工方案审批人", "方案审核人"),
}
_COLUMN_OF: Final = {normalise(name): column for column, names in _ALIASES.items() for name in (column.value, *names)}
# Without these a sheet is none of patrols.
REQUIRED: Final = (
    SheetColumn.VISITED_ON,
    SheetColumn.LEVEL,
    SheetColumn.ORGANISATION,
    SheetColumn.PATROLLERS,
)


def column_named(heading: str) -> SheetColumn | None:
    """Say which column a heading names; a note in brackets or a star for a must are no part of it."""
    return _COLUMN_OF.get(normalise(heading)) or _COLUMN_OF.get(normalise(heading.partition("（")[0].partition("(")[0]))


def cells_of(row: SheetRow) -> Mapping[SheetColumn, str | date]:
    """Give a line as the cells of the sheet; what is empty is left out."""
    cells: dict[SheetColumn, str | date] = {
        SheetColumn.NUMBER: row.number,
        SheetColumn.VISITED_ON: row.visited_on,
        SheetColumn.VISITED_TIME: row.visited_time,
        SheetColumn.KIND: row.kind.label,
        SheetColumn.LEVEL: row.level.label,
        SheetColumn.ORGANISATION: row.organisation,
        SheetColumn.PATROLLERS: "、".join(row.patrollers),
        SheetColumn.RESULT: row.result.label,
        SheetColumn.FAILED: "\n".join(
            f"{answer.item}：{answer.remark}" if answer.remark else answer.item for answer in row.failed
        ),
        SheetColumn.NOT_APPLICABLE: "\n".join(row.not_applicable),
        SheetColumn.REMARK: row.remark,
        SheetColumn.COMMUNITY: row.community,
        SheetColumn.GRID: row.grid,
        SheetColumn.ROAD: row.road,
        SheetColumn.PUBLICITY: "是" if row.gave_publicity else "",
        SheetColumn.CAMPAIGN: row.campaign,
        SheetColumn.WATCHER: row.watcher,
        SheetColumn.BEGINS: row.begins,
        SheetColumn.ENDS: row.ends,
        SheetColumn.WORK: row.work,
        SheetColumn.CHECKED: "\n".join(row.checked),
        SheetColumn.WANTING: "\n".join(row.wanting),
        SheetColumn.SIGNED_BY: row.signed_by,
        SheetColumn.APPROVED_BY: row.approved_by,
    }
    return {column: cell for column, cell in cells.items() if cell != ""}
