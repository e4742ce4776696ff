"""Registers beside the ledger (登记簿): what each holds, as data, so that one form, one list and one sheet serve all.

Training, publicity, surveys, insurance, accidents, claims, funds, supervision, rule documents and typical cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

BookValue = str | int | Decimal | date | bool | tuple[str, ...]


class BookKind(StrEnum):
    """Which register; each value is stored."""

    ACTIVITY = "activity"  # 培训宣传教育
    ATTENDANCE = "attendance"  # 企业、工匠参训
    SURVEY = "survey"  # 公众评价
    INSURANCE = "insurance"  # 投保
    ACCIDENT = "accident"  # 事故
    ACCIDENT_TOTAL = "accident_total"  # 全部事故数, to state the share
    CLAIM = "claim"  # 保险理赔
    SERVICE = "service"  # 事故预防服务
    FUND = "fund"  # 专项工作经费
    SUPERVISION = "supervision"  # 督导检查
    LIBRARY = "library"  # 制度文件
    TYPICAL_CASE = "typical_case"  # 典型案例


class FieldType(StrEnum):
    """What a field of a register holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DAY = "day"
    COUNT = "count"  # a whole number from 0
    MONEY = "money"  # yuan, two places
    CHOICE = "choice"
    SEVERAL = "several"  # any of the choices
    YES_NO = "yes_no"
    FILING = "filing"  # the number of a filing
    FIRM = "firm"  # a firm or craftsman of the register, by name or code
    COMMUNITY = "community"
    ENTRY = "entry"  # the number of an entry of another register


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field: key in ``values``, label, what it holds; ``heads`` are further headings a sheet may use for it.

    ``is_day`` marks the one day by which an entry falls into a period.  ``article`` is the rule that asks for it.
    """

    key: str
    label: str
    type: FieldType
    is_required: bool = False
    choices: tuple[tuple[str, str], ...] = ()  # code and word
    help: str = ""
    article: str = ""
    unit: str = ""
    heads: tuple[str, ...] = ()
    is_day: bool = False
    may_be_ahead: bool = False  # of DAY: one that is yet to come can stand
    aliases: tuple[tuple[str, str], ...] = ()  # of CHOICE and SEVERAL: further words of sheets, each with its code
    of_book: BookKind | None = None  # of ENTRY


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSpec:
    """One register: its fields in reading order, and what a list of it shows."""

    kind: BookKind
    title: str
    fields: tuple[FieldSpec, ...]
    columns: tuple[str, ...]  # keys shown in the list
    empty: str  # what would fill it, shown while it is empty
    article: str = ""

    def spec_of(self, key: str) -> FieldSpec:
        """Give a field by key; raises ``KeyError``."""
        return next((each for each in self.fields if each.key == key), None) or _missing(key)

    @property
    def day(self) -> FieldSpec:
        """Give the field by which entries fall into periods."""
        return next(each for each in self.fields if each.is_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookDraft:
    """An entry as typed: texts by field key, untouched ones missing."""

    kind: BookKind
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRow:
    """One entry as the list shows it; an entry that was put right carries the same ``uid`` in its later form."""

    id: int
    uid: str
    kind: BookKind
    number: str
    happened_on: date
    community: str
    organisation: str
    filing_id: int | None
    filing_number: str
    values: Mapping[str, BookValue]
    recorded_at: datetime
    recorded_by: str
    version: int  # 1 as first written
    ended_at: datetime | None = None  # of a form that no longer stands
    end_reason: str = ""
    is_withdrawn: bool = False


def _missing(key: str) -> FieldSpec:
    raise KeyError(key)
