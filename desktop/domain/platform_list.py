"""The platform's own list (平台清单): what its columns mean, and each row as this program reads it.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.headed_list import FoundList, filled_lines, read_day, read_text
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local
from desktop.domain.sheet_grid import CellValue

LONGEST_NUMBER: Final = 60


class ListField(StrEnum):
    """What a column of the list may mean; each value is stored in the mapping that an office keeps."""

    NUMBER = "number"
    OWN_NUMBER = "own_number"
    NAME = "name"
    OWNER = "owner"
    OWNER_PHONE = "owner_phone"
    CONTRACTOR = "contractor"
    KIND = "kind"
    COMMUNITY = "community"
    PLACE = "place"
    CONTENT = "content"
    ENTERED_ON = "entered_on"
    CHANGED_ON = "changed_on"

    @property
    def label(self) -> str:
        """Give the Chinese name of the field."""
        return LABELS[self]


LABELS: Final[Mapping[ListField, str]] = LocalCatalogue(
    {
        ListField.NUMBER: "平台编号",
        ListField.OWN_NUMBER: "登记编号",
        ListField.NAME: "工程（作业）名称",
        ListField.OWNER: "建设单位（业主）",
        ListField.OWNER_PHONE: "联系电话",
        ListField.CONTRACTOR: "施工单位",
        ListField.KIND: "类别",
        ListField.COMMUNITY: "社区",
        ListField.PLACE: "地点",
        ListField.CONTENT: "内容",
        ListField.ENTERED_ON: "录入日期",
        ListField.CHANGED_ON: "更新日期",
    },
    local,
)
HEADING_WORDS: Final[Mapping[ListField, tuple[str, ...]]] = {
    ListField.NUMBER: ("平台编号", "平台登记编号", "系统编号", "备案编号", "业务编号", "项目编号", "工程编号", "编号"),
    ListField.OWN_NUMBER: ("登记编号", "受理编号", "登记号", "街道登记编号", "受理点编号"),
    ListField.NAME: ("工程（作业）名称", "工程名称", "作业名称", "项目名称", "名称", "工程/作业名称"),
    ListField.OWNER: (
        *("建设单位（业主）", "建设单位", "业主", "业主名称", "业主姓名", "建设单位名称", "申报人", "申报单位"),
        "建设单位/业主",
    ),
    ListField.OWNER_PHONE: ("联系电话", "业主电话", "业主联系电话", "申报人电话", "手机号", "联系方式"),
    ListField.CONTRACTOR: ("施工单位", "施工单位名称", "生产经营单位", "作业单位"),
    ListField.KIND: ("类别", "工程类别", "登记类别", "工程类型", "类型"),
    ListField.COMMUNITY: ("社区", "所属社区", "社区名称"),
    ListField.PLACE: ("地点", "工程地点", "作业地点", "工程地址", "详细地址", "地址", "作业地址"),
    ListField.CONTENT: ("内容", "工程内容", "作业内容", "施工内容", "工程（作业）内容"),
    ListField.ENTERED_ON: (
        *("录入日期", "录入时间", "登记日期", "登记时间", "申报日期", "申报时间", "受理日期", "受理时间", "提交时间"),
        "创建时间",
    ),
    ListField.CHANGED_ON: ("更新日期", "更新时间", "修改时间", "变更日期", "最后修改时间"),
}
REQUIRED: Final = (ListField.NUMBER, ListField.NAME)
Mapped = Mapping[ListField, str]  # the heading that stands for a field


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformRow:
    """One row of the list; ``row`` is its line in the sheet, ``fault`` says why it cannot be used at all."""

    row: int
    number: str = ""
    own_number: str = ""
    name: str = ""
    owner: str = ""
    owner_phone: str = ""
    contractor: str = ""
    kind: str = ""  # small_work, minor_operation, or empty where the list does not say
    community: str = ""
    place: str = ""
    content: str = ""
    entered_on: date | None = None
    changed_on: date | None = None
    fault: str = ""

    @property
    def last_on(self) -> date | None:
        """Give the last day the platform tells of this row."""
        days = [day for day in (self.entered_on, self.changed_on) if day is not None]
        return max(days, default=None)


def read_rows(found: FoundList, mapped: Mapped, today: date) -> tuple[PlatformRow, ...]:
    """Read every line that says something; a row that cannot be used carries its fault."""
    return tuple(_row(line, cells, today) for line, cells in filled_lines(found, mapped))


def _row(line: int, cells: Mapping[ListField, CellValue], today: date) -> PlatformRow:
    texts: dict[ListField, str] = {}
    days: dict[ListField, date | None] = {}
    faults = []
    for field in ListField:
        if field in _DAYS:
            days[field], said = read_day(cells.get(field), today)
        else:
            texts[field], said = read_text(cells.get(field))
        if said:
            faults.append(f"{field.label}：{said}")
    if not texts[ListField.NUMBER]:
        faults.append("没有平台编号")
    elif len(texts[ListField.NUMBER]) > LONGEST_NUMBER:
        faults.append(f"平台编号最多 {LONGEST_NUMBER} 个字")
    return PlatformRow(
        row=line,
        number=texts[ListField.NUMBER],
        own_number=texts[ListField.OWN_NUMBER],
        name=texts[ListField.NAME],
        owner=texts[ListField.OWNER],
        owner_phone=texts[ListField.OWNER_PHONE],
        contractor=texts[ListField.CONTRACTOR],
        kind=_kind(texts[ListField.KIND]),
        community=texts[ListField.COMMUNITY],
        place=texts[ListField.PLACE],
        content=texts[ListField.CONTENT],
        entered_on=days[ListField.ENTERED_ON],
        changed_on=days[ListField.CHANGED_ON],
        fault="；".join(faults),
    )


_DAYS: Final = (ListField.ENTERED_ON, ListField.CHANGED_ON)


def _kind(text: str) -> str:
    if "零星" in text:
        return MINOR_OPERATION
    return SMALL_WORK if "小型" in text or "限额" in text else ""
