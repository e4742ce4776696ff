"""The words and the articles of the rules the office works by, for everything that is shown or printed.

The code writes one neutral word for a thing (注销, 小型工程, 高风险 …) and says it through ``local``; the pack of the
office says what the thing is called there ([words]).  A sentence that rests on an article names it by key
(``cited("one_time_notice")``); the pack says which article that is ([articles]), and where the document of the place
has none, nothing is cited.  Like the language of a translated program it is one for the whole process.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final


@dataclass(frozen=True, slots=True)
class LocalRules:
    """The pairs of words (neutral word: word of the place) and the articles by key of one pack."""

    words: Mapping[str, str] = field(default_factory=dict)
    articles: Mapping[str, str] = field(default_factory=dict)


_NONE: Final = LocalRules()
_current: LocalRules = _NONE
_pattern: re.Pattern[str] | None = None
_words: Mapping[str, str] = {}
# What has a neutral word within it and means another thing is said as it stands.
_KEPT: Final = (
    "登记簿",
    "登记备案",
    "行业主管",
    "登记证照",
    "登记注册",
    "登记责任书",
    "保存回执",
    "单位的回执",
    "上报包的回执",
)


def work_by(rules: LocalRules) -> None:
    """Speak as these rules do from now on."""
    global _current, _pattern, _words
    _current = rules
    _words = _with_kept(rules.words)
    _pattern = _pattern_of(_words)
    _said.cache_clear()


def at_work() -> LocalRules:
    """Give the rules the office works by at present."""
    return _current


def local(text: str) -> str:
    """Say a sentence of the program in the words of the place; never give it what somebody typed."""
    return text if _pattern is None else _said(text)


def said_in(words: Mapping[str, str], text: str) -> str:
    """Say a sentence in these words, for a text that is read before the office works by them."""
    known = _with_kept(words)
    pattern = _pattern_of(known)
    return text if pattern is None else pattern.sub(lambda match: known[match[0]], text)


def article(key: str) -> str:
    """Give the article behind a key of ``article_keys.ARTICLE_KEYS``; empty where the document has none."""
    return _current.articles.get(key, "")


def cited(key: str) -> str:
    """Give the article in brackets, to stand behind a sentence; empty where the document has none."""
    return in_brackets(article(key))


def in_brackets(found: str) -> str:
    """Put an article in brackets behind a sentence; where the document has none, nothing.

    One that has brackets itself, 二（一）, stands in the other kind: 〔二（一）〕.
    """
    if not found:
        return ""
    return f"〔{found}〕" if "（" in found else f"（{found}）"


def _with_kept(words: Mapping[str, str]) -> Mapping[str, str]:
    # What is said already stays so: a word of the place may have a neutral word within it.
    return {**{kept: kept for kept in (*_KEPT, *words.values())}, **words} if words else {}


def _pattern_of(words: Mapping[str, str]) -> re.Pattern[str] | None:
    # The longest word first: what is said of 高风险小型工程 goes before what is said of 高风险.
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None


@lru_cache(maxsize=4096)
def _said(text: str) -> str:
    pattern, words = _pattern, _words
    return text if pattern is None else pattern.sub(lambda match: words[match[0]], text)
