"""The fonts of printed papers, loaded at the first print, and the characters that none of them has."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desktop.documents.chain_font import ChainFont, mend_text_map

PLAIN: Final = "Paper"
BOLD: Final = "Paper-Bold"

_FILES: Final = {"plain": "NotoSerifSC-Regular.ttf", "bold": "NotoSerifSC-Bold.ttf", "rare": "HanaMinB.ttf"}
_CHAINS: Final = {PLAIN: ("plain", "rare"), BOLD: ("bold", "plain", "rare")}
_LOADING: Final = Lock()


def font(name: str) -> ChainFont:
    """Give one of the two fonts, ``PLAIN`` or ``BOLD``; the first call reads the font files (half a second)."""
    with _LOADING:
        return _fonts()[name]


@lru_cache(maxsize=4_000)
def printable(text: str) -> str:
    """Drop what has no shape of its own: control characters, direction marks, joiners, variation selectors."""
    if text.isprintable():
        # Quick way out: controls and direction marks are not printable; the selectors are, and are taken out.
        return text.translate(_WITHOUT_SELECTORS)
    return "".join(_plain_space(char) for char in text if char == "\n" or not _is_shapeless(char))


def missing_characters(texts: Iterable[str]) -> str:
    """Name, each once and in order, the characters that no font of ours can print; empty when all can be."""
    plain = font(PLAIN)
    seen = dict.fromkeys(char for text in texts for char in printable(text) if char != "\n")
    return "".join(char for char in seen if not plain.has(char))


def _plain_space(char: str) -> str:
    # Few fonts have the many widths of space; only the full-width one matters in Chinese.
    return " " if char != "\u3000" and unicodedata.category(char) == "Zs" else char


def _is_shapeless(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") or char in _SELECTORS


# Variation selectors are marks (Mn) by category, but choose among shapes instead of adding to one.
_SELECTORS: Final = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
_WITHOUT_SELECTORS: Final = {ord(char): None for char in _SELECTORS}


@cache
def _fonts() -> dict[str, ChainFont]:
    mend_text_map()
    files = {name: TTFont(f"PaperFile-{name}", str(_folder() / file)) for name, file in _FILES.items()}
    for file in files.values():
        pdfmetrics.registerFont(file)
    chains = {name: ChainFont(name, [files[part] for part in parts]) for name, parts in _CHAINS.items()}
    # registerFont() would ask a chain for things that only a single font has.
    pdfmetrics._fonts.update(chains)
    return chains


def _folder() -> Path:
    """Find the shipped fonts in the checkout, or in the bundle a built program unpacks."""
    bundled = getattr(sys, "_MEIPASS", None)
    root = Path(bundled) if bundled else Path(__file__).resolve().parents[2]
    return root / "resources" / "fonts"
