"""A version of the rules on its way: drafted, checked, put to a second person, in force from a day on.

A filing is judged by the version in force on its filing day and keeps it; a new version never re-judges old filings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from desktop.domain.pack_rules import Standing

LONGEST_VERSION: Final = 40
LONGEST_NOTE: Final = 500


class VersionState(StrEnum):
    """Where a version stands; each value is stored."""

    SHIPPED = "shipped"  # 随程序提供；不在库中
    DRAFT = "draft"  # 起草中
    SUBMITTED = "submitted"  # 待复核
    IN_FORCE = "in_force"  # 已复核，自施行日起适用
    SENT_BACK = "sent_back"  # 退回修改
    WITHDRAWN = "withdrawn"  # 已撤回，不再施行

    @property
    def label(self) -> str:
        """Give the word shown."""
        return _LABELS[self]


_LABELS: Final = {
    VersionState.SHIPPED: "随程序提供",
    VersionState.DRAFT: "起草中",
    VersionState.SUBMITTED: "待复核",
    VersionState.IN_FORCE: "已复核",
    VersionState.SENT_BACK: "退回修改",
    VersionState.WITHDRAWN: "已撤回",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PackTree:
    """The rules and the papers of one pack, each a plain tree with the base already below it."""

    rules: dict[str, Any]
    papers: dict[str, Any] = field(default_factory=dict)

    def whole(self) -> dict[str, Any]:
        """Give both as one tree, the papers as its last section, as versions are compared."""
        return {**self.rules, "papers": self.papers.get("papers", {})}


@dataclass(frozen=True, slots=True, kw_only=True)
class PackVersionLine:
    """One version in the list; ``id`` is None for one that comes with the program."""

    id: int | None
    pack_id: str
    version: str
    title: str
    standing: Standing | None  # None for a draft that does not read yet
    state: VersionState
    effective_from: date | None
    is_today: bool = False  # the one that applies today
    based_on: str = ""
    note: str = ""
    gaps: int = 0
    made_by: str = ""
    made_at: datetime | None = None
    submitted_by: str = ""
    submitted_at: datetime | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    decision: str = ""
    origin: str = ""  # the station that signed one received, with its code
    sha256: str = ""
    is_own: bool = False  # who looks drafted or submitted it, and may not decide on it
    is_elsewhere: bool = False  # rules of another place than the office works by


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionHead:
    """What is said of a version beside its rules: its name, the day it binds from, what changed and why."""

    version: str
    effective_from: date | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledNumber:
    """A gap filled in: the number, and where it stands (文件名称、条款)."""

    name: str
    value: str  # as typed; a decimal
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledClass:
    """One class of an open list filled in, with where it stands."""

    label: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledList:
    """An open list filled in whole."""

    code: str
    classes: tuple[FilledClass, ...]
