"""Totals that must agree (数字准), and what the ledger holds none of.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from desktop.domain.local_rules import local
from desktop.domain.measure import Number, RowsAsked


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One total counted in two ways; ``first`` and ``second`` say which ways in the words of the list.

    ``working`` writes the sum out where one of them is worked out; the rows stand with what is a count of rows.
    """

    key: str
    label: str
    first: str
    first_value: Number
    second: str
    second_value: Number
    working: str = ""
    first_rows: RowsAsked | None = None
    second_rows: RowsAsked | None = None

    @property
    def agrees(self) -> bool:
        """Say whether both ways come to the same."""
        return self.first_value == self.second_value


# The sources of money of which works must be looked after; codes as in the packs.
FUNDING_SOURCES: Final[Mapping[str, str]] = {
    "government": "政府投资",
    "collective": "集体投资",
    "social": "社会投资",
}


def missing_funding(counted: Mapping[str, Number]) -> tuple[str, ...]:
    """Name the sources of money of which nothing is registered, by how much of each is."""
    return tuple(word for code, word in FUNDING_SOURCES.items() if not counted.get(code))


def funding_warning(counted: Mapping[str, Number]) -> str:
    """Say that works of some source of money may be left out; empty where each source has some, or nothing has any."""
    missing = missing_funding(counted)
    if not missing or not any(counted.values()):
        return ""
    said = "、".join(missing)
    return local(f"统计期内没有登记过{said}的工程（作业），请核对是否漏管。")
