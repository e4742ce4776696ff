"""What the exchange between stations is called on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from desktop.domain.known_station import PeriodKind, StationRole
from desktop.domain.package import Outcome, PackageKind, RecordKind
from desktop.domain.packing import AgeBand
from desktop.domain.receiving import Decision, SenderState
from desktop.services.record_words import KIND_WORDS

RECORD_WORDS: Final[Mapping[RecordKind, str]] = KIND_WORDS
PACKAGE_WORDS: Final = {
    PackageKind.SINCE_LAST: "上次确认以来的变动",
    PackageKind.PERIOD: "一段时间",
    PackageKind.ALL: "全部台账",
}
AGE_WORDS: Final = {
    AgeBand.TODAY: "今天",
    AgeBand.WEEK: "7 天内",
    AgeBand.MONTH: "30 天内",
    AgeBand.OLDER: "更早",
}
OUTCOME_WORDS: Final = {
    Outcome.NEW: "新收",
    Outcome.CHANGED: "更新",
    Outcome.SAME: "相同",
    Outcome.OLDER: "较旧",
    Outcome.CONFLICT: "冲突",
    Outcome.REJECTED: "未收",
}
# What stands before an outcome that somebody has to see to.
OUTCOME_MARKS: Final = {Outcome.CONFLICT: "▲ ", Outcome.REJECTED: "■ "}
ROLE_WORDS: Final = {StationRole.BELOW: "下级，向本单位上报", StationRole.ABOVE: "上级，本单位向其上报"}
SHORT_ROLE_WORDS: Final = {StationRole.BELOW: "下级", StationRole.ABOVE: "上级"}
PERIOD_WORDS: Final = {PeriodKind.NONE: "不定期", PeriodKind.MONTH: "每月", PeriodKind.QUARTER: "每季度"}
STATE_WORDS: Final = {
    SenderState.MISSING: "■ 没报",
    SenderState.PARTLY: "▲ 报了一部分",
    SenderState.SENT: "● 已报",
    SenderState.NOT_EXPECTED: "不定期",
}
DECISION_WORDS: Final = {Decision.OURS: "保留本台账的", Decision.THEIRS: "采用来包的"}


def moment(at: datetime) -> str:
    """Write a moment as lists show it."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def content_words(kind: PackageKind, period: tuple[date, date] | None) -> str:
    """Say what a package carries."""
    return PACKAGE_WORDS[kind] if period is None else f"{period[0]} 至 {period[1]}"


def outcome_words(outcome: Mapping[Outcome, int]) -> str:
    """Say what the records of a package came to, without what none came to."""
    return "，".join(f"{OUTCOME_WORDS[each]} {outcome[each]}" for each in Outcome if outcome.get(each))


def counts_words(counts: Mapping[RecordKind, int]) -> str:
    """Say how many records of each kind there are."""
    return "，".join(f"{RECORD_WORDS[kind]} {counts[kind]}" for kind in RecordKind if counts.get(kind))
