"""Every measure that statistics know, by its key, with its definition in the words that are printed.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Final

from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import article, local
from desktop.domain.measure import Measure
from desktop.domain.measures.books import BOOK_MEASURES
from desktop.domain.measures.counter import COUNTER
from desktop.domain.measures.deadlines import DEADLINES
from desktop.domain.measures.enforcement import ENFORCEMENT
from desktop.domain.measures.found import FOUND
from desktop.domain.measures.hazards import HAZARDS
from desktop.domain.measures.key_lists import KEY_LIST_MEASURES
from desktop.domain.measures.on_site import ON_SITE
from desktop.domain.measures.quality import QUALITY
from desktop.domain.measures.registration import REGISTRATION


def _said(measure: Measure) -> Measure:
    """Say a measure in the words of the place; what its document does not ask for is no target."""
    of_rules = article(f"measure.{measure.key}") or article(f"measure.{measure.denominator}")
    asked = article(f"measure.{measure.key}_target") or of_rules
    return replace(
        measure,
        label=local(measure.label),
        definition=local(measure.definition),
        article=of_rules,
        target=measure.target if asked else None,
        target_article=asked if measure.target is not None else "",
    )


# Each part of the registers stands in a module of its own; its order here is that of the lists.
MEASURES: Final[Mapping[str, Measure]] = LocalCatalogue(
    {
        measure.key: measure
        for measure in chain(
            REGISTRATION,
            KEY_LIST_MEASURES,
            COUNTER,
            DEADLINES,
            FOUND,
            ON_SITE,
            HAZARDS,
            ENFORCEMENT,
            BOOK_MEASURES,
            QUALITY,
        )
    },
    _said,
)
