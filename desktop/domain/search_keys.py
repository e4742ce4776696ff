"""Keys by which filings are found again: pure folding of text, and safe questions to the full-text index."""

from __future__ import annotations

import unicodedata

from desktop.domain.checked import compact


def normalise(text: str) -> str:
    """Fold a text for comparison: compatibility forms, case, without spaces, punctuation and marks.

    Different characters stay different: 昇 never becomes 升.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(char for char in folded if _carries_meaning(char))


def spaced(text: str) -> str:
    """Give the folded text with a space between all characters, as stored in an FTS5 ``unicode61`` index.

    Letters and digits are parted too, so that any part of a number or a Latin word is found.
    """
    return " ".join(normalise(text))


def phrase_query(text: str) -> str:
    """Give an FTS5 expression that finds any part of the indexed text, empty when nothing can be asked.

    Words parted by spaces are all wanted, in any order.  Only letters, digits and Han characters reach the
    expression, so operators and quotes in the typed text have no effect.
    """
    words = (spaced(word) for word in text.split())
    return " ".join(f'"{word}"' for word in words if word)


def last_four(number: str) -> str:
    """Give the last four characters of a number for look-up, empty when it has fewer."""
    kept = normalise(compact(number)).upper()
    return kept[-4:] if len(kept) >= 4 else ""


def _carries_meaning(char: str) -> bool:
    # Python 3.11 does not yet know the Han extensions H and I; planes 2 and 3 hold Han characters only.
    return unicodedata.category(char)[0] in "LN" or unicodedata.category(char) == "Co" or 0x20000 <= ord(char) < 0x3FFFE
