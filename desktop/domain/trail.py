"""The audit trail as it is looked at and as it is verified: plain rows, findings, the verdict.  Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

GROUP: Final = 4
_NOT_HEX: Final = re.compile(r"[^0-9a-f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailCriteria:
    """What to look for: words of what was done or why, who, which act, which filing's number, between which days.

    Days are those of the office's clock; empty and None leave out.
    """

    text: str = ""
    who: str = ""
    act: str = ""
    number: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailRow:
    """One event in the list; ``number`` is the filing's, as text."""

    id: int
    at: datetime
    who: str
    station: str
    act: str
    number: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailChange:
    """One field before and after; numbers of persons are covered."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailEvent:
    """One event whole, as the auditor reads it."""

    row: TrailRow
    reason: str
    account: str  # user name, empty before there were accounts
    papers: tuple[str, ...]  # titles with numbers
    changes: tuple[TrailChange, ...]
    subjects: tuple[str, ...]  # what the act wrote, in words
    mac: str  # the event's link in the chain, empty when it has none


class FindingKind(StrEnum):
    """What can be wrong with a ledger."""

    EVENT_CHANGED = "event_changed"
    EVENT_MISSING = "event_missing"
    EVENT_INSERTED = "event_inserted"
    CHAIN_CUT = "chain_cut"
    HEAD_MISSING = "head_missing"
    HEAD_CHANGED = "head_changed"
    HEAD_NOT_HELD = "head_not_held"  # the printed head of a closing sheet is not in the chain
    ROWS_CHANGED = "rows_changed"
    ROWS_DELETED = "rows_deleted"
    ROWS_INSERTED = "rows_inserted"
    PAPER_CHANGED = "paper_changed"
    NUMBER_MISSING = "number_missing"
    NUMBER_TWICE = "number_twice"
    NUMBER_BEYOND = "number_beyond"
    BYTES_MISSING = "bytes_missing"
    BYTES_CHANGED = "bytes_changed"


OF_CHAIN: Final = frozenset(
    {
        FindingKind.EVENT_CHANGED,
        FindingKind.EVENT_MISSING,
        FindingKind.EVENT_INSERTED,
        FindingKind.CHAIN_CUT,
        FindingKind.HEAD_MISSING,
        FindingKind.HEAD_CHANGED,
        FindingKind.HEAD_NOT_HELD,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong: what in words, what it is about, and the event to look at (None for none)."""

    kind: FindingKind
    about: str
    said: str
    event_id: int | None = None

    @property
    def sentence(self) -> str:
        """Give it as one sentence."""
        return f"{self.about}：{self.said}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The head of the chain as a closing sheet prints it."""

    count: int
    mac: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What verifying came to: how much was looked at, the head, the first broken link, everything that is wrong."""

    events: int
    subjects: int
    papers: int
    numbers: int
    head: Anchor
    broken: Finding | None
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Say whether nothing is wrong."""
        return self.broken is None and not self.findings


def report_lines(verdict: Verdict) -> Iterator[str]:
    """Write a verdict as lines: counts, the head, then OK or the first broken link and everything else."""
    counts = (verdict.events, verdict.subjects, verdict.papers, verdict.numbers)
    for label, count in zip(("events", "subjects", "papers", "numbers"), counts, strict=True):
        yield f"{label} {count}"
    yield f"head {grouped(verdict.head.mac)}"
    if verdict.is_sound:
        yield "OK"
    if verdict.broken is not None:
        yield f"first broken link: {verdict.broken.sentence}"
    for finding in verdict.findings:
        yield f"mismatch: {finding.sentence}"


def grouped(mac: str) -> str:
    """Write a head in groups of four, as it is printed."""
    return " ".join(mac[start : start + GROUP] for start in range(0, len(mac), GROUP))


def ungrouped(typed: str) -> str:
    """Read a head as typed from paper: spaces, dashes and case do not matter."""
    return _NOT_HEX.sub("", typed.lower())


def plain_text(value: Any) -> str:
    """Write a value of a change for people; nothing is a dash."""
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(plain_text(part) for part in value)
    if isinstance(value, dict):
        return "；".join(f"{name} {plain_text(part)}" for name, part in value.items())
    return str(value)
