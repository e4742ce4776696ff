"""Filling the numbers of a matter into the sentences of a pack."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from desktop.domain.facts import NOT_APPLICABLE, Facts, spec_of

_PLACE: Final = re.compile(r"\{(\w+)\}")
_TEN_THOUSAND: Final = Decimal(10000)


def fill_in(sentence: str, facts: Facts, *, word_of: Callable[[str, str], str]) -> str:
    """Put facts into ``{fact}`` places: yuan as 万元, m² and m with their unit, lists in words, blanks in words.

    ``word_of`` gives the word for one value of a fact's closed list.
    """
    return _PLACE.sub(lambda match: _in_words(match[1], facts, word_of), sentence)


def _in_words(key: str, facts: Facts, word_of: Callable[[str, str], str]) -> str:
    listed = facts.texts(key) if spec_of(key) is not None else ()
    return "、".join(word_of(key, value) for value in listed) if listed else spoken(key, facts)


def spoken(key: str, facts: Facts) -> str:
    """Say one fact in Chinese, as a clerk would read it aloud."""
    if spec_of(key) is None:
        return f"{{{key}}}"
    value = facts[key]
    if isinstance(value, Decimal):
        if key.endswith("_yuan"):
            return f"{plain_number(value / _TEN_THOUSAND)}万元"
        return f"{plain_number(value)}平方米" if key.endswith("_m2") else plain_number(value)
    return "（不适用）" if value is NOT_APPLICABLE else "（未知）"


def plain_number(value: Decimal) -> str:
    """Write a decimal without exponent and without needless zeros: 120.0000 is 120, 1200 stays 1200."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
