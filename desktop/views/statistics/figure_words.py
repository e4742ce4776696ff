"""Figures as people read them: grouped digits, units, changes; what is not known is a dash and never zero."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from desktop.domain.local_rules import in_brackets
from desktop.domain.measure import Figure, Good, Measure, Number
from desktop.views.shared.chips import Tone

DASH: Final = "—"
_PERCENT: Final = "%"


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """A change against another period: the words, and whether it is for the better, the worse or neither."""

    text: str
    tone: Tone = Tone.GREY


def number_text(value: Number | None, places: int = 0) -> str:
    """Write a number with groups of three; whole ones without decimals unless ``places`` asks for them."""
    if value is None:
        return DASH
    return f"{rounded(value, places):,f}"


def figure_text(measure: Measure, figure: Figure, *, with_unit: bool = False) -> str:
    """Write a figure as a table shows it: a percentage bears its sign, other units stand in the head."""
    text = number_text(figure.value, measure.places)
    if figure.value is None:
        return text
    if measure.unit == _PERCENT:
        return f"{text}%"
    return f"{text} {measure.unit}" if with_unit and measure.unit else text


def change_text(measure: Measure, now: Figure, then: Figure) -> ChangeWords:
    """Say how a figure differs from that of another period, as the two are printed."""
    if now.value is None or then.value is None:
        return ChangeWords(DASH)
    here, there = rounded(now.value, measure.places), rounded(then.value, measure.places)
    by = here - there
    if not by:
        return ChangeWords("持平")
    arrow = "↑" if by > 0 else "↓"
    amount = number_text(abs(by), measure.places)
    words = f"{arrow} {amount} 个百分点" if measure.unit == _PERCENT else f"{arrow} {amount}{_share(by, there)}"
    if measure.good is Good.NEITHER:
        return ChangeWords(words)
    is_better = (by > 0) is (measure.good is Good.HIGH)
    return ChangeWords(words, Tone.GREEN if is_better else Tone.RED)


def column_head(measure: Measure) -> str:
    """Give the head of a column: the word and, where it is not shown with each figure, the unit."""
    return measure.label if measure.unit in ("", _PERCENT) else f"{measure.label}（{measure.unit}）"


def definition_text(measure: Measure) -> str:
    """Say what a figure counts, up to when, by which article, and what the rules ask for."""
    parts = [f"{measure.label}：{measure.definition.rstrip('。')}。"]
    if measure.article:
        parts.append(f"依据：{measure.article}。")
    if measure.target is not None:
        asked = f"{number_text(measure.target, measure.places)}{measure.unit}"
        parts.append(
            f"应达到 {asked}{in_brackets(measure.target_article)}。" if measure.target_article else f"应达到 {asked}。"
        )
    return "".join(parts)


def misses_target(measure: Measure, figure: Figure) -> bool:
    """Say whether a figure is on the wrong side of what the rules ask for."""
    if measure.target is None or figure.value is None:
        return False
    value = Decimal(figure.value)
    return value > measure.target if measure.good is Good.LOW else value < measure.target


def rounded(value: Number, places: int) -> Decimal:
    """Round half up, as a clerk does on paper."""
    return Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _share(by: Decimal, there: Decimal) -> str:
    if not there:
        return ""
    return f"（{number_text(abs(by) * 100 / abs(there), 1)}%）"
