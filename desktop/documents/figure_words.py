"""Figures in the words of a printed report: grouped digits, changes, what a ratio divides; unknown is a dash."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from desktop.domain.measure import Figure, Good, Measure, Number

UNKNOWN: Final = "—"
UNFILLED: Final = "未填"
PERCENT: Final = "%"
YUAN: Final = "元"
_MOST_PERCENT: Final = 1000


def rounded(value: Number, places: int) -> Decimal:
    """Round half up, as a clerk does on paper."""
    return Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number_words(value: Number | None, places: int) -> str:
    """Write a number with groups of three; a dash where nothing is known, which is not zero."""
    return UNKNOWN if value is None else f"{rounded(value, places):,f}"


def figure_words(figure: Figure, measure: Measure | None) -> str:
    """Write a figure as a table holds it: a percentage bears its sign, other units stand in the head."""
    words = number_words(figure.value, _places(figure, measure))
    if measure is None:
        return words
    return f"{words}%" if measure.unit == PERCENT and figure.value is not None else words


def _places(figure: Figure, measure: Measure | None) -> int:
    """Give the places that are printed: whole yuan without 角 and 分."""
    if measure is None or (measure.unit == YUAN and figure.value is not None and figure.value == int(figure.value)):
        return 0
    return measure.places


def spoken_figure(figure: Figure, measure: Measure) -> str:
    """Write a figure with its unit, as a sentence holds it."""
    words = figure_words(figure, measure)
    return words if measure.unit == PERCENT or figure.value is None else f"{words} {measure.unit}"


def plain_figure(figure: Figure, measure: Measure | None) -> str:
    """Write a figure as a chart takes it: a plain decimal, empty where nothing is known."""
    return "" if figure.value is None else f"{rounded(figure.value, measure.places if measure else 0):f}"


def change_words(now: Figure, then: Figure, measure: Measure | None) -> str:
    """Say by how much a figure changed, of counts also in parts of a hundred; of a percentage in its points."""
    if now.value is None or then.value is None:
        return UNKNOWN
    places = measure.places if measure else 0
    here, there = rounded(now.value, places), rounded(then.value, places)
    by = here - there
    if not by:
        return "持平"
    words = f"{'+' if by > 0 else '−'}{number_words(abs(by), _places(Figure(by), measure))}"
    if measure is not None and measure.unit == PERCENT:
        return f"{words} 个百分点"
    share = abs(by) * 100 / abs(there) if there else None
    # Ten times as many and more is no percentage that anybody reads.
    if (measure is not None and measure.is_ratio) or share is None or share >= _MOST_PERCENT:
        return words
    return f"{words}（{number_words(share, 1)}%）"


def target_words(measure: Measure | None) -> str:
    """Say what the rules ask of a figure; empty where they ask for nothing."""
    if measure is None or measure.target is None:
        return ""
    bound = "≤" if measure.good is Good.LOW else "≥"
    return f"{bound} {figure_words(Figure(measure.target), measure)}"


def verdict_words(figure: Figure, measure: Measure | None) -> str:
    """Say whether a figure is what the rules ask for."""
    if measure is None or measure.target is None:
        return ""
    if figure.value is None:
        return "无可比数据"
    value = Decimal(figure.value)
    is_met = value <= measure.target if measure.good is Good.LOW else value >= measure.target
    return "达到" if is_met else "未达到"


def division_words(measure: Measure, measures: Mapping[str, Measure]) -> str:
    """Say what a ratio divides by what; empty for a count."""
    if not measure.is_ratio:
        return ""
    over, under = (measures[key].label if key in measures else key for key in (measure.numerator, measure.denominator))
    times = f" × {measure.scale}%" if measure.unit == PERCENT and measure.scale != 1 else ""
    return f"{over} ÷ {under}{times}"


def head_words(measure: Measure | None, label: str) -> str:
    """Give the head of a column: the word and, where it is not shown with each figure, the unit."""
    if measure is None:
        return label or UNFILLED
    return measure.label if measure.unit in ("", PERCENT) else f"{measure.label}（{measure.unit}）"
