"""A registration as a line of an old ledger tells it, and how a sheet of them is to be read; nothing is made up."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from desktop.domain.old_ledger_fields import OldField
from desktop.domain.search_keys import normalise
from desktop.domain.sheet_layout import HeadingLines
from desktop.domain.walk_in import IdKind


class OldState(StrEnum):
    """How a work of an old ledger stands."""

    UNDER_WAY = "under_way"  # 在建
    COMPLETED = "completed"  # 已完工，未注销
    CLOSED = "closed"  # 已注销
    REVOKED = "revoked"  # 已撤销

    @property
    def label(self) -> str:
        """Give the word for it."""
        return {"under_way": "在建", "completed": "已完工", "closed": "已注销", "revoked": "已撤销"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blanks:
    """What counts where a line says nothing: chosen by a person for the whole sheet, never by the program."""

    state: OldState | None = None  # None: such a line is a fault
    community: str = ""
    takes_numbers: bool = False  # a line without a number gets one of the station's own series, else it is a fault


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerMapping:
    """How a sheet is to be read: where its headings stand and what each column is."""

    sheet: str
    headings: HeadingLines
    targets: tuple[OldField | None, ...]
    blanks: Blanks = Blanks()

    def column_of(self, target: OldField) -> int | None:
        """Give the column of a field, None where no column is meant by it."""
        return self.targets.index(target) if target in self.targets else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFault:
    """What is wrong in one cell, or with a line as a whole where ``column`` is None; how to put it right is in it."""

    column: int | None
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OldRegistration:
    """What a line says; None and empty are unknown."""

    number: str = ""
    project_name: str = ""
    content: str = ""
    kind: str = ""
    category: str = ""  # as written
    community: str = ""
    grid: str = ""
    place: str = ""
    owner_name: str = ""
    owner_contact: str = ""
    owner_phone: str = ""
    owner_id: tuple[IdKind, str] | None = None
    contractor_name: str = ""
    contractor_contact: str = ""
    contractor_phone: str = ""
    contractor_code: tuple[IdKind, str] | None = None
    amount_yuan: Decimal | None = None
    area_m2: Decimal | None = None
    high_risk: bool | None = None
    filed_on: date | None = None
    accepted_on: date | None = None
    valid_until: date | None = None
    planned_start_on: date | None = None
    planned_end_on: date | None = None
    completed_on: date | None = None
    closed_on: date | None = None
    state: OldState = OldState.UNDER_WAY
    platform_number: str = ""
    remark: str = ""

    @property
    def row_key(self) -> str:
        """Give the SHA-256 of what makes the line itself: its number, else all it says."""
        said: Any = ["number", normalise(self.number)] if self.number else [self._said()]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    def _said(self) -> dict[str, str]:
        return {name: str(getattr(self, name)) for name in self.__dataclass_fields__ if getattr(self, name)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """A line as read; ``old`` counts only where there are no faults."""

    line: int
    old: OldRegistration
    faults: tuple[CellFault, ...]
    warnings: tuple[CellFault, ...]


def is_mapped_well(mapping: LedgerMapping) -> tuple[str, ...]:
    """Say what a mapping wants before any line can be read; empty when it will do."""
    has = {target for target in mapping.targets if target}
    wants = []
    if OldField.PROJECT not in has:
        wants.append("请指明哪一列是“工程名称”")
    if not has & {OldField.FILED_ON, OldField.ACCEPTED_ON}:
        wants.append("请指明哪一列是“登记日期”或者“申报日期”")
    if OldField.COMMUNITY not in has and not mapping.blanks.community:
        wants.append("没有“社区”一列，请在“没有写社区的行”中填写属于哪个社区")
    if not has & {OldField.STATE, OldField.CLOSED_ON} and mapping.blanks.state is None:
        wants.append("没有“状态”一列，请在“没有写状态的行”中选定怎样算")
    if OldField.NUMBER not in has and not mapping.blanks.takes_numbers:
        wants.append("没有“登记编号”一列，请选定没有编号的行由本程序编号")
    return tuple(wants)
