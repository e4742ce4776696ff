"""Figures of the ledger beside the items of an evaluation, as written on paper and screen.  Pure."""

from __future__ import annotations

from decimal import Decimal

from desktop.domain.evaluation import EvaluationItem
from desktop.domain.evaluation_course import Evaluation
from desktop.domain.measure import Figure, Measure


def figure_words(asked: Evaluation, organisation: str, item: EvaluationItem) -> str:
    """Write the figures beside an item; a dash for what the ledger does not know of this organisation."""
    parts = []
    for key in item.measures:
        measure = asked.measures.get(key)
        if measure is not None:
            parts.append(
                f"{measure.label.removeprefix('其中')} {_value(measure, asked.figures.get((organisation, key)))}"
            )
    return "\n".join(parts)


def _value(measure: Measure, figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return "—"
    value = round(Decimal(figure.value), measure.places)
    shown = f"{value:.{measure.places}f}{measure.unit}"
    return f"{shown}（{figure.numerator}/{figure.denominator}）" if measure.is_ratio else shown
