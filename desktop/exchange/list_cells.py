"""The rows of a sheet as plain texts, and what its headings mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from desktop.domain.person_lists import Annex
from desktop.domain.search_keys import normalise

Row = tuple[str, ...]

UNITS: Final = {
    Annex.STREETS: frozenset({"乡镇街道", "街道乡镇", "镇街", "街道", "乡镇", "街镇", "乡镇街道名称"}),
    Annex.COMMUNITIES: frozenset({"社区村", "村社区", "社区", "村", "村居", "社区村名称", "居村委会"}),
    Annex.INDUSTRIES: frozenset({"所属行业", "行业", "行业部门", "行业主管部门", "主管部门", "部门"}),
}
REGIONS: Final = (
    "所属县市区",
    "所属乡镇街道",
    "所属区县",
    "所属街道",
    "所属乡镇",
    "所属县市",
    "县市区",
)
_PEOPLE: Final = (
    ("分管领导", "分管负责人"),
    ("负责人",),
    ("巡查人员", "巡查员", "安控人员", "安全管控人员"),
)
_PHONE_HEADS: Final = frozenset({"电话", "联系电话", "手机", "手机号", "手机号码", "联系方式"})
SUB_HEADS: Final = _PHONE_HEADS | {"姓名", "姓名电话", ""}
_ADMINS: Final = ("系统后台管理员", "后台管理员", "系统管理员")
ROLES: Final = frozenset({"角色", "角色名称", "权限", "管理权限", "角色权限"})


def texts_of(rows: Iterable[Sequence[object]]) -> list[Row]:
    """Give the rows of a sheet as texts."""
    return [tuple(map(_text, row)) for row in rows]


def cell_name(sheet: str, row: int, column: int, heading: str) -> str:
    """Name a cell for somebody who has the file open; row and column count from 0."""
    from openpyxl.utils import get_column_letter

    return f"《{sheet}》第 {row + 1} 行 {get_column_letter(column + 1)} 列（{heading}）"


def people_column(text: str) -> int | None:
    """Say which of the three columns of people a heading names."""
    key = normalise(text)
    for place, names in enumerate(_PEOPLE):
        if any(key.startswith(name) for name in names):
            return place
    return None


def is_phone_heading(text: str) -> bool:
    """Say whether a heading is only that of telephones."""
    return normalise(text) in _PHONE_HEADS


def is_heading_row(row: Row) -> bool:
    """Say whether a row heads the table: two of the three columns of people at least."""
    found = {people_column(text) for text in row} - {None}
    return len(found) > 1


def unit_column(row: Row) -> tuple[Annex, int] | None:
    """Give the column of the organisations and of which list it makes the table."""
    for column, text in enumerate(row):
        for annex, names in UNITS.items():
            if normalise(text) in names:
                return annex, column
    return None


def region_label(text: str) -> str:
    """Give the label of whose list it is that a cell begins with, empty when it begins with none."""
    key = normalise(text)
    return next((label for label in REGIONS if key.startswith(label)), "")


def admin_label(text: str) -> str:
    """Give the label of the 系统后台管理员 that a cell begins with."""
    key = normalise(text)
    return next((label for label in _ADMINS if key.startswith(label)), "")


def after_label(row: Row, column: int, label: str) -> str:
    """Give what stands behind a label: in its own cell, or in the next one that says something of its own."""
    own = _behind(row[column], label)
    if own:
        return own
    for other in row[column + 1 :]:
        if region_label(other) or admin_label(other):
            return ""
        if other and other != row[column] and normalise(other) not in SUB_HEADS:
            return other
    return ""


def distinct(texts: Sequence[str]) -> str:
    """Join the texts of several cells of one meaning, each once, as a merged cell repeats itself."""
    return "\n".join(dict.fromkeys(text for text in texts if text))


def _behind(text: str, label: str) -> str:
    wanted, place = list(label), 0
    while wanted and place < len(text):
        if normalise(text[place]) == wanted[0]:
            wanted.pop(0)
        place += 1
    rest = text[place:].strip(" ：:　\n/")
    key = normalise(rest)
    for sub in ("姓名电话", "姓名", "电话"):
        if key == sub:
            return ""
    if key.startswith("姓名电话"):
        return _behind(rest, "姓名电话")
    return rest


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
