"""What a day came to, as the closing sheet (日结单) tells it.  Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.acts import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class ActCount:
    """How often one person did one thing; the act in words."""

    act: str
    who: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRun:
    """The numbers of one series given that day, and those explained as void."""

    label: str
    first: str
    last: str
    count: int
    void: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """A day as it stood at the moment of closing; ``tallies`` are label and value."""

    office: Office
    day: date
    ordinal: int
    made_at: datetime
    made_by: str
    acts: tuple[ActCount, ...]
    runs: tuple[NumberRun, ...]
    tallies: tuple[tuple[str, str], ...]
    event_count: int
    head_mac: str

    @property
    def number(self) -> str:
        """Give the sheet's own number: office, RJ, day, and how often the day was closed."""
        return f"{self.office.code}-RJ-{self.day:%Y%m%d}-{self.ordinal}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingRow:
    """One closing sheet in the list; ``is_new`` says that it was made just now."""

    id: int
    day: date
    ordinal: int
    number: str
    made_at: datetime
    made_by: str
    event_count: int
    head_mac: str
    pages: int
    is_new: bool = False

    @property
    def title(self) -> str:
        """Give its title for lists."""
        return f"日结单 {self.day.isoformat()} 第 {self.ordinal} 次"
