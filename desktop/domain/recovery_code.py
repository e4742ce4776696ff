"""The recovery code of a protected ledger: 160 random bits in groups that a person can copy from paper.

Eight groups of five symbols; the fifth checks the four before it and the group's place, so that a slip of the pen
is found and its group named before the code is tried.
"""

from __future__ import annotations

from functools import reduce
from operator import xor
from typing import Final

from desktop.domain.checked import half_width
from desktop.domain.errors import ClerkError

BYTES: Final = 20
GROUPS: Final = 8
_DATA: Final = 4
# No I, L, O and U: nobody takes one symbol for another.
_SYMBOLS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TAKEN_FOR: Final = str.maketrans({"I": "1", "L": "1", "O": "0"})
_WEIGHTS: Final = (2, 3, 5, 7)
_REDUCING: Final = 0b100101  # x^5 + x^2 + 1: the field of 32 elements


def code_of(secret: bytes) -> str:
    """Write 20 bytes as a recovery code, groups joined by hyphens."""
    number = int.from_bytes(secret)
    values = [number >> 5 * place & 31 for place in reversed(range(GROUPS * _DATA))]
    groups = [values[start : start + _DATA] for start in range(0, len(values), _DATA)]
    return "-".join(_text([*group, _check(place, group)]) for place, group in enumerate(groups))


def secret_of(code: str) -> bytes:
    """Read a recovery code as typed, in whatever case, width and grouping.

    Raises ``ClerkError("recovery_mistyped", groups=…)`` with the numbers of the groups at fault, from 1; none when
    the length is wrong.
    """
    typed = "".join(half_width(code).upper().translate(_TAKEN_FOR).replace("-", "").split())
    if len(typed) != GROUPS * (_DATA + 1):
        raise ClerkError("recovery_mistyped", groups=(), count=len(typed), wanted=GROUPS * (_DATA + 1))
    groups = [typed[start : start + _DATA + 1] for start in range(0, len(typed), _DATA + 1)]
    faulty = tuple(place + 1 for place, group in enumerate(groups) if not _holds(place, group))
    if faulty:
        raise ClerkError("recovery_mistyped", groups=faulty)
    number = 0
    for group in groups:
        for symbol in group[:_DATA]:
            number = number << 5 | _SYMBOLS.index(symbol)
    return number.to_bytes(BYTES)


def _holds(place: int, group: str) -> bool:
    values = [_SYMBOLS.find(symbol) for symbol in group]
    return -1 not in values and _check(place, values[:_DATA]) == values[_DATA]


def _check(place: int, group: list[int]) -> int:
    return reduce(xor, (_times(value, weight) for value, weight in zip(group, _WEIGHTS, strict=True)), place)


def _times(left: int, right: int) -> int:
    product = reduce(xor, (left << bit for bit in range(right.bit_length()) if right >> bit & 1), 0)
    for bit in reversed(range(5, product.bit_length())):
        if product >> bit & 1:
            product ^= _REDUCING << bit - 5
    return product


def _text(values: list[int]) -> str:
    return "".join(_SYMBOLS[value] for value in values)
