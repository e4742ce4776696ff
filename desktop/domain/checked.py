"""The verdict on one typed number, and the folding every number goes through before it is checked."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class NumberFault(StrEnum):
    """What can be wrong with a number; the sentence for the clerk is in ``Checked.why``."""

    EMPTY = "empty"
    LENGTH = "length"
    CHARACTER = "character"
    OUTDATED = "outdated"  # 15-digit resident ID
    BIRTH_DATE = "birth_date"
    BIRTH_IN_FUTURE = "birth_in_future"
    BIRTH_TOO_OLD = "birth_too_old"
    CHECK_SYMBOL = "check_symbol"
    PREFIX = "prefix"
    HOLDER = "holder"  # T-number of somebody else
    FORM = "form"  # unusual form of a certificate number, of which many old ones exist


_PASSABLE: Final = frozenset({NumberFault.HOLDER, NumberFault.FORM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A number as it should be stored, whether it can stand, and why, in a Chinese sentence for the clerk."""

    normalised: str
    valid: bool
    why: str
    code: NumberFault | None = None

    @property
    def is_blocking(self) -> bool:
        """Say whether the fault forbids going on; a mismatched holder or an odd form needs only a second look."""
        return self.code is not None and self.code not in _PASSABLE


# Only the full-width forms of ASCII are folded: NFKC would also turn ① and ² into digits nobody meant.
_FOLDED: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DROPPED: Final = frozenset({"Zs", "Zl", "Zp", "Cf", "Pd"})


def half_width(text: str) -> str:
    """Turn full-width ASCII forms and the ideographic space into their plain forms."""
    return text.translate(_FOLDED)


def compact(text: str) -> str:
    """Fold a number: plain width, upper case, without spaces, hyphens, dashes and invisible marks."""
    kept = (c for c in half_width(text) if unicodedata.category(c) not in _DROPPED and c not in "\t\r\n−_")
    return "".join(kept).translate(_UPPER)


# str.upper() changes lengths (ß, ŉ); numbers need the 26 letters only.
_UPPER: Final = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}


def shown(char: str) -> str:
    """Give a character as it can be named in a sentence: itself, or its code point when it has no face."""
    is_visible = char.isprintable() or 0x20000 <= ord(char) <= 0x3FFFF
    return f"“{char}”" if is_visible else f"U+{ord(char):04X}"


def good(normalised: str, why: str) -> Checked:
    """Say that a number can stand."""
    return Checked(normalised=normalised, valid=True, why=why)


def bad(normalised: str, code: NumberFault, why: str) -> Checked:
    """Say that a number cannot stand, and how to put it right."""
    return Checked(normalised=normalised, valid=False, why=why, code=code)
