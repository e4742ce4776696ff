"""Reading one line of an old ledger cell by cell: every fault with its cell and its cure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.old_ledger_cells import (
    CellRead,
    read_amount,
    read_area,
    read_day,
    read_flag,
    read_identity,
    read_period,
    read_phone,
    read_text,
)
from desktop.domain.old_ledger_fields import OldField
from desktop.domain.old_registration import CellFault, LedgerMapping, OldRegistration, OldState, ReadLine
from desktop.domain.search_keys import normalise
from desktop.domain.sheet_grid import CellTrouble, CellValue, GridRow
from desktop.domain.sheet_layout import Entry
from desktop.domain.typed_text import AmountUnit

T = TypeVar("T")

_KINDS: Final = {
    **dict.fromkeys(("小型工程", "小散工程", "工程", "小型", "限额以下小型工程", "小工程", "小额工程"), SMALL_WORK),
    **dict.fromkeys(("零星作业", "作业", "零星", "零散作业", "零星工程"), MINOR_OPERATION),
}
_STATES: Final = {
    **dict.fromkeys(
        (
            *("在建", "施工中", "在施工", "正在施工", "在施", "已登记", "登记", "已备案", "有效", "未完工", "进行中"),
            *("已开工", "未开工", "停工", "已受理", "已纳管", "未注销", "未办结", "待开工", "暂停施工"),
        ),
        OldState.UNDER_WAY,
    ),
    **dict.fromkeys(("完工", "已完工", "竣工", "已竣工", "施工完成", "已完成", "完成"), OldState.COMPLETED),
    **dict.fromkeys(
        ("已注销", "注销", "办结", "已办结", "销项", "已销项", "销号", "已销号", "结案", "已结案", "归档", "已归档"),
        OldState.CLOSED,
    ),
    **dict.fromkeys(("撤销", "已撤销", "作废", "已作废", "取消", "已取消"), OldState.REVOKED),
}
_DITTO: Final = frozenset({"同上", "〃", '"', "″", "“", "”"})
_LONGEST_NUMBER: Final = 60
_NUMBER: Final = re.compile(r"[\w〔〕\[\]()（）【】\-—－/.#号第 ]{1,60}")


def read_entry(
    entry: Entry, above: GridRow, mapping: LedgerMapping, headings: Sequence[str], today: date
) -> tuple[ReadLine, GridRow]:
    """Read one line; gives it with its cells, 同上 replaced by those of ``above``."""
    cells = tuple(_undittoed(entry.cells, place, above) for place in range(len(entry.cells)))
    return _Line(cells, mapping, headings, today).read(entry.line), cells


def _undittoed(cells: GridRow, place: int, above: GridRow) -> CellValue:
    cell = cells[place]
    if isinstance(cell, str) and not isinstance(cell, CellTrouble) and cell.strip() in _DITTO:
        return above[place] if place < len(above) else None
    return cell


@dataclass(slots=True)
class _Line:
    cells: GridRow
    mapping: LedgerMapping
    headings: Sequence[str]
    today: date
    faults: list[CellFault] = field(default_factory=list)
    warnings: list[CellFault] = field(default_factory=list)

    def read(self, line: int) -> ReadLine:
        """Read all fields of the line."""
        days = self._days()
        kind, category = self._kind()
        values: dict[str, Any] = {
            "number": self._number(),
            "project_name": self._wanted(OldField.PROJECT),
            **{name: self._text(target) for name, target in _TEXTS.items()},
            **{name: self._kept(target, read_phone(self._cell(target))) or "" for name, target in _PHONES.items()},
            **{name: self._kept(target, read_identity(self._cell(target))) for name, target in _IDS.items()},
            "kind": kind,
            "category": category,
            "community": self._text(OldField.COMMUNITY) or self.mapping.blanks.community,
            "amount_yuan": self._amount(),
            "area_m2": self._kept(OldField.AREA, read_area(self._cell(OldField.AREA))),
            "high_risk": self._kept(OldField.HIGH_RISK, read_flag(self._cell(OldField.HIGH_RISK))),
            "state": self._state(days),
            **days,
        }
        if not values["community"]:
            self._fault(OldField.COMMUNITY, "没有写社区，请补上")
        if values["state"] is OldState.UNDER_WAY and values["completed_on"]:
            column = self.mapping.column_of(OldField.COMPLETED_ON)
            self.warnings.append(
                CellFault(column=column, what="写的是在建，这一天当作计划完工日期，没有采用为完工日期")
            )
            values["planned_end_on"] = values["planned_end_on"] or values["completed_on"]
            values["completed_on"] = None
        return ReadLine(
            line=line, old=OldRegistration(**values), faults=tuple(self.faults), warnings=tuple(self.warnings)
        )

    def _cell(self, target: OldField) -> CellValue:
        place = self.mapping.column_of(target)
        return self.cells[place] if place is not None and place < len(self.cells) else None

    def _fault(self, target: OldField, what: str) -> None:
        self.faults.append(CellFault(column=self.mapping.column_of(target), what=what))

    def _kept(self, target: OldField, read: CellRead[T]) -> T | None:
        place = self.mapping.column_of(target)
        if read.fault:
            self.faults.append(CellFault(column=place, what=read.fault))
        if read.warning:
            self.warnings.append(CellFault(column=place, what=read.warning))
        return read.value

    def _text(self, target: OldField) -> str:
        return self._kept(target, read_text(self._cell(target))) or ""

    def _wanted(self, target: OldField) -> str:
        before = len(self.faults)
        text = self._text(target)
        if not text and len(self.faults) == before:
            self._fault(target, f"没有写{target.label}，请补上")
        return text

    def _number(self) -> str:
        before = len(self.faults)
        text = self._text(OldField.NUMBER)
        if not text:
            if not self.mapping.blanks.takes_numbers and len(self.faults) == before:
                self._fault(OldField.NUMBER, "没有写编号，请补上，或者选定没有编号的行由本程序编号")
            return ""
        if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
            self._fault(
                OldField.NUMBER,
                f"“{text[:30]}”不像一个编号（最多 {_LONGEST_NUMBER} 个字，只有文字、数字和 - / . 括号）",
            )
        return text

    def _kind(self) -> tuple[str, str]:
        """Read the kind; a column headed 类型 often holds the category instead, and is then taken for it."""
        typed, category = self._text(OldField.KIND), self._text(OldField.CATEGORY)
        kind = _KINDS.get(normalise(typed), "")
        if not typed or kind:
            return kind or _KINDS.get(normalise(category), ""), category
        if not category:
            return "", typed
        place = self.mapping.column_of(OldField.KIND)
        self.warnings.append(CellFault(column=place, what=f"“{typed[:20]}”看不出是小型工程还是零星作业，类型算未知"))
        return "", category

    def _amount(self) -> Decimal | None:
        yuan = self._kept(OldField.AMOUNT_YUAN, read_amount(self._cell(OldField.AMOUNT_YUAN), AmountUnit.YUAN))
        wan = self._kept(OldField.AMOUNT_WAN, read_amount(self._cell(OldField.AMOUNT_WAN), AmountUnit.WAN_YUAN))
        return yuan if yuan is not None else wan

    def _days(self) -> dict[str, date | None]:
        days = {name: self._kept(target, read_day(self._cell(target))) for name, target in _DAYS.items()}
        days["valid_until"] = self._valid_until()
        if self.mapping.column_of(OldField.PERIOD) is not None:
            first, last = read_period(self._cell(OldField.PERIOD))
            days["planned_start_on"] = days["planned_start_on"] or self._kept(OldField.PERIOD, first)
            days["planned_end_on"] = days["planned_end_on"] or self._kept(OldField.PERIOD, last)
        self._check_days(days)
        return days

    def _valid_until(self) -> date | None:
        """Read the end of validity, of which some sheets give the first day too."""
        cell = self._cell(OldField.VALID_UNTIL)
        read = read_day(cell)
        if read.fault:
            _first, last = read_period(cell)
            read = last if last.value is not None else read
        return self._kept(OldField.VALID_UNTIL, read)

    def _check_days(self, days: Mapping[str, date | None]) -> None:
        has_fault = any(
            fault.column in (self.mapping.column_of(OldField.ACCEPTED_ON), self.mapping.column_of(OldField.FILED_ON))
            for fault in self.faults
        )
        accepted, filed = days["accepted_on"], days["filed_on"]
        if not accepted and not filed and not has_fault:
            has_accepted = self.mapping.column_of(OldField.ACCEPTED_ON) is not None
            self._fault(OldField.ACCEPTED_ON if has_accepted else OldField.FILED_ON, "没有写登记日期，请补上")
        if filed and not accepted:
            column = self.mapping.column_of(OldField.FILED_ON)
            self.warnings.append(CellFault(column=column, what="没有写登记日期，登记日期按申报日期算"))
        for name in ("filed_on", "accepted_on", "completed_on", "closed_on"):
            day = days[name]
            if day is not None and day > self.today and name != "completed_on":
                self._fault(_DAYS[name], f"{_DAYS[name].label} {day} 晚于今天，请核对")
        begun = accepted or filed
        for name, target in (("closed_on", OldField.CLOSED_ON), ("valid_until", OldField.VALID_UNTIL)):
            day = days[name]
            if begun is not None and day is not None and day < begun:
                self._fault(target, f"{target.label} {day} 早于登记日期 {begun}，请核对")

    def _state(self, days: Mapping[str, date | None]) -> OldState:
        state = self._state_typed()
        if state is None and days["closed_on"]:
            return OldState.CLOSED
        done = days["completed_on"]
        if state is None and done and done <= self.today:
            return OldState.COMPLETED
        state = state or self.mapping.blanks.state
        if state is None:
            if not any(fault.column == self.mapping.column_of(OldField.STATE) for fault in self.faults):
                self._fault(OldField.STATE, "没有写状态，请写“在建”“已完工”“已注销”或者“已撤销”")
            return OldState.UNDER_WAY
        if state is OldState.COMPLETED and days["completed_on"] is None:
            self._fault(OldField.COMPLETED_ON, "写了已完工，没有写完工日期，请补上；已经办结的请写“已注销”")
        if state is not OldState.UNDER_WAY and done is not None and done > self.today:
            self._fault(OldField.COMPLETED_ON, f"完工日期 {done} 晚于今天，请核对")
        if state is OldState.UNDER_WAY and days["closed_on"]:
            self._fault(OldField.STATE, "写了在建，又写了注销日期，请核对")
        return state

    def _state_typed(self) -> OldState | None:
        typed = self._text(OldField.STATE)
        if not typed:
            return None
        found = _STATES.get(normalise(typed))
        if found is not None:
            return found
        place = self.mapping.column_of(OldField.STATE)
        heading = self.headings[place] if place is not None and place < len(self.headings) else ""
        said = read_flag(typed).value
        if said is not None and any(word in heading for word in ("注销", "办结", "销项", "完工", "竣工")):
            is_closed = any(word in heading for word in ("注销", "办结", "销项"))
            return (OldState.CLOSED if is_closed else OldState.COMPLETED) if said else OldState.UNDER_WAY
        self._fault(OldField.STATE, f"“{typed[:20]}”看不出状态，请写“在建”“已完工”“已注销”或者“已撤销”")
        return None


_TEXTS: Final = {
    "content": OldField.CONTENT,
    "grid": OldField.GRID,
    "place": OldField.PLACE,
    "owner_name": OldField.OWNER,
    "owner_contact": OldField.OWNER_CONTACT,
    "contractor_name": OldField.CONTRACTOR,
    "contractor_contact": OldField.CONTRACTOR_CONTACT,
    "platform_number": OldField.PLATFORM_NUMBER,
    "remark": OldField.REMARK,
}
_PHONES: Final = {"owner_phone": OldField.OWNER_PHONE, "contractor_phone": OldField.CONTRACTOR_PHONE}
_IDS: Final = {"owner_id": OldField.OWNER_ID, "contractor_code": OldField.CONTRACTOR_CODE}
_DAYS: Final = {
    "filed_on": OldField.FILED_ON,
    "accepted_on": OldField.ACCEPTED_ON,
    "planned_start_on": OldField.PLANNED_START,
    "planned_end_on": OldField.PLANNED_END,
    "completed_on": OldField.COMPLETED_ON,
    "closed_on": OldField.CLOSED_ON,
}
