"""Reading what things are called in a place and which articles stand behind them: [words] and [articles]."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.domain.article_keys import ARTICLE_KEYS, PREFIXES
from desktop.domain.local_rules import LocalRules
from desktop.policy.near_names import meant
from desktop.policy.table import Table

_SHORTEST_WORD: Final = 2


def local_rules(rules: Table) -> LocalRules:
    """Read [words] and [articles]; both may be left out."""
    words = _optional(rules, "words")
    for word in words.raw:
        if len(word.strip()) < _SHORTEST_WORD:
            words.fault(word, f"要换掉的词至少 {_SHORTEST_WORD} 个字：更短的会换掉别的词里的字")
    return LocalRules(
        words={word: words.text(word) for word in words.raw},
        articles=dict(_articles(_optional(rules, "articles"), "")),
    )


def _optional(rules: Table, key: str) -> Table:
    return rules.table(key) if key in rules.raw else Table({}, key, rules.faults)


def _articles(table: Table, prefix: str) -> Iterator[tuple[str, str]]:
    """Read articles by key; those of a kind stand in a table of their own: [articles.measure]."""
    for name, value in table.raw.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict) and f"{name}." in PREFIXES:
            yield from _articles(table.table(name), f"{name}.")
        elif prefix or key in ARTICLE_KEYS:
            yield key, table.text(name)
        else:
            table.fault(name, f"没有名为 {name} 的条文位置{meant(name, ARTICLE_KEYS)}")
