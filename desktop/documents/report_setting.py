"""How the tables of one report paper are set, and what is said but once in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from desktop.documents.figure_words import division_words
from desktop.domain.report import Report, ReportTable

_NUMERALS: Final = "零一二三四五六七八九"
_TEN: Final = 10


@dataclass(slots=True)
class TableSetting:
    """How the tables of one paper are set; ``told`` are the ratios whose division already stands below a table."""

    report: Report
    most_columns: int
    is_ranked: bool = False
    told: set[str] = field(default_factory=set)

    def divisions(self, keys: Sequence[str]) -> tuple[str, ...]:
        """Give what the ratios among these measures divide, each once in a paper."""
        words = []
        for key in dict.fromkeys(keys):
            measure = self.report.measures.get(key)
            if measure is not None and measure.is_ratio and key not in self.told:
                self.told.add(key)
                words.append(f"{measure.label} = {division_words(measure, self.report.measures)}")
        return (f"口径：{'；'.join(words)}。",) if words else ()


def numeral(number: int) -> str:
    """Write a number from 1 to 99 in Chinese: 十一, 二十."""
    tens, ones = divmod(number, _TEN)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return head + (_NUMERALS[ones] if ones or not tens else "")


def is_comparison(table: ReportTable) -> bool:
    """Say whether the rows are measures, held against former periods."""
    return table.spec.by is None
