"""The full-text question behind one typed text."""

from __future__ import annotations

from typing import Final

from desktop.domain.search_keys import normalise, phrase_query
from desktop.models.search_index import INITIAL_COLUMNS, TAIL_COLUMNS, TEXT_COLUMNS

_TAIL: Final = 4
_WHOLE_PHONE: Final = 11
# More than this is no look-up but a pasted page; the index would be asked for thousands of characters.
_MOST_CHARACTERS: Final = 64
_MOST_WORDS: Final = 8


def search_expression(typed: str) -> str:
    """Give an FTS5 expression: every word somewhere in number, names, address, initials or last four.

    Empty when nothing can be asked.  Only folded letters, digits and Han characters reach the expression.
    """
    words = [word for word in (normalise(word) for word in typed.split()) if word]
    return " AND ".join(f"({_anywhere(word[:_MOST_CHARACTERS])})" for word in words[:_MOST_WORDS])


def _anywhere(word: str) -> str:
    phrase = phrase_query(word)
    places = [f"{{{' '.join(TEXT_COLUMNS)}}} : {phrase}"]
    if word.isascii() and any(char.isalpha() for char in word):
        places.append(f"{{{' '.join(INITIAL_COLUMNS)}}} : {phrase}")
    if word.isascii() and (len(word) == _TAIL or (len(word) >= _WHOLE_PHONE and word[:-1].isdigit())):
        places.append(f'{{{" ".join(TAIL_COLUMNS)}}} : "{word[-_TAIL:]}"')
    return " OR ".join(places)
