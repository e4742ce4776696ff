"""The closed lists of patrols: why somebody went, whose people, what was found; no other module is needed."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import local


class PatrolKind(StrEnum):
    """Why somebody went there; each value is stored."""

    REGULAR = "regular"
    SPECIAL = "special"
    SWEEP = "sweep"
    SPOT_CHECK = "spot_check"
    REPORT_CHECK = "report_check"
    STANDBY = "standby"
    FIRST_CHECK = "first_check"
    RECHECK = "recheck"
    ENTRY_CHECK = "entry_check"
    INSPECTION = "inspection"
    CLOSEOUT_CHECK = "closeout_check"

    @property
    def label(self) -> str:
        """Give the Chinese word."""
        return _LABELS[self]


class PatrolLevel(StrEnum):
    """Whose people went; each value is stored."""

    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"
    THIRD_PARTY = "third_party"
    PROPERTY = "property"

    @property
    def label(self) -> str:
        """Give the Chinese word."""
        return _LABELS[self]


class PatrolResult(StrEnum):
    """What was found there; each value is stored."""

    IN_ORDER = "in_order"
    FINDINGS = "findings"
    NOT_WORKING = "not_working"
    COMPLETED = "completed"
    NO_ACCESS = "no_access"

    @property
    def label(self) -> str:
        """Give the Chinese word."""
        return _LABELS[self]


class PatrolSource(StrEnum):
    """How a patrol came into the ledger; each value is stored."""

    TYPED = "typed"
    SCANNED = "scanned"
    IMPORTED = "imported"

    @property
    def label(self) -> str:
        """Give the Chinese word."""
        return _LABELS[self]


class CheckVerdict(StrEnum):
    """An answer that departs from "in order"; each value is stored."""

    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """Give the Chinese word."""
        return _LABELS[self]


_WORDS: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        PatrolKind.REGULAR: "定期巡查",
        PatrolKind.SPECIAL: "专项督导",
        PatrolKind.SWEEP: "扫街",
        PatrolKind.SPOT_CHECK: "抽查",
        PatrolKind.REPORT_CHECK: "举报核查",
        PatrolKind.STANDBY: "旁站",
        PatrolKind.FIRST_CHECK: "首次现场检查",
        PatrolKind.RECHECK: "复查",
        PatrolKind.ENTRY_CHECK: "进场核查",
        PatrolKind.INSPECTION: "督导检查",
        PatrolKind.CLOSEOUT_CHECK: "注销核实",
        PatrolLevel.DISTRICT: "区",
        PatrolLevel.STREET: "街道",
        PatrolLevel.COMMUNITY: "社区",
        PatrolLevel.GRID: "网格",
        PatrolLevel.THIRD_PARTY: "第三方",
        PatrolLevel.PROPERTY: "物业",
        PatrolResult.IN_ORDER: "未发现问题",
        PatrolResult.FINDINGS: "发现问题",
        PatrolResult.NOT_WORKING: "未施工",
        PatrolResult.COMPLETED: "已完工",
        PatrolResult.NO_ACCESS: "无法进入",
        PatrolSource.TYPED: "录入",
        PatrolSource.SCANNED: "扫码",
        PatrolSource.IMPORTED: "导入",
        CheckVerdict.FAILED: "不符合",
        CheckVerdict.NOT_APPLICABLE: "不涉及",
    }
)
_LABELS: Final = LocalCatalogue(_WORDS, local)


def words_of(each: StrEnum) -> tuple[str, ...]:
    """Give the words a kind, level or result may be written in: as the place calls it, and as the program does."""
    return _LABELS[each], _WORDS[each]
