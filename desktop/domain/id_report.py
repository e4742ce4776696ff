"""The lines of ``small-works check-id``: one a number, with the verdict and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.domain.checked import Checked
from desktop.domain.identifiers import check_credit_code, check_resident_id

NOTHING = "-"


def report_lines(numbers: Sequence[str], credit_code: bool, today: date) -> list[str]:
    """Give a line per number: the number normalised, ``valid`` or ``invalid``, and why.

    The number stands as one word: ``-`` where nothing was typed, and characters that no screen can show as
    their escapes, so that a hostile number can neither break the line nor the output.
    """
    return [_line(check_credit_code(text) if credit_code else check_resident_id(text, today)) for text in numbers]


def _line(checked: Checked) -> str:
    number = "".join(char if char.isprintable() else _escape(char) for char in checked.normalised)
    return f"{number or NOTHING} {'valid' if checked.valid else 'invalid'} {checked.why}"


def _escape(char: str) -> str:
    return f"\\u{ord(char):04x}"
