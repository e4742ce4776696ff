"""What a street adds to the rules of its district: marked as its own wherever the article is shown.

A pack names the street's own documents once (``[pack] street_documents``); every article that cites one of them is
read with the mark before it, so that screens and papers say whose rule it is without knowing of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

MARK: Final = "本街道规定"
DOCUMENTS_KEY: Final = "street_documents"
_OF_ARTICLES: Final = "articles"


def documents_of(rules: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the street's own documents of a plain tree, the longest title first."""
    head = rules.get("pack")
    named = head.get(DOCUMENTS_KEY) if isinstance(head, Mapping) else None
    titles = [each for each in named if isinstance(each, str) and each] if isinstance(named, list | tuple) else []
    return tuple(sorted(titles, key=len, reverse=True))


def marked(tree: Mapping[str, Any], documents: Sequence[str]) -> Mapping[str, Any]:
    """Mark every article of a tree that cites one of the documents; the tree itself is left as it is."""
    if not documents:
        return tree
    titles = re.compile(f"(?<!{MARK})(?:{'|'.join(map(re.escape, documents))})")
    return {key: _marked(value, key, titles) for key, value in tree.items()}


def _marked(value: Any, key: str, titles: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        is_article = key == "article" or key.endswith("_article") or key == _OF_ARTICLES
        return titles.sub(lambda found: f"{MARK}{found[0]}", value) if is_article else value
    if isinstance(value, Mapping):
        return {name: _marked(each, key if key == _OF_ARTICLES else name, titles) for name, each in value.items()}
    if isinstance(value, list):
        return [_marked(each, key, titles) for each in value]
    return value
