"""Texts that a workbook can hold."""

from __future__ import annotations

import unicodedata
from typing import Final

# The most that a cell holds; a longer text would be left out without a word.
LONGEST_TEXT: Final = 32_767


def fit(text: str) -> str:
    """Give a text that a workbook can hold: no lone surrogates, no control characters but line breaks."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    shown = "".join(char if char == "\n" or unicodedata.category(char) != "Cc" else " " for char in whole)
    return shown[:LONGEST_TEXT]
