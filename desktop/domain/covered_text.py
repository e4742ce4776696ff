"""Covering of numbers of persons in running text and in fields whose name tells what they hold."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.masking import mask_certificate, mask_id, mask_phone

_ID: Final = re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])|(?<![0-9A-Za-z])[0-9]{15}(?![0-9A-Za-z])")
_PHONE: Final = re.compile(r"(?<![0-9A-Za-z-])(?:\+?86[- ]?)?1[3-9][0-9]{9}(?![0-9A-Za-z])")
_LANDLINE: Final = re.compile(r"(?<![0-9A-Za-z-])0[0-9]{2,3}[- ]?[0-9]{7,8}(?![0-9A-Za-z])")
_T_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])T[0-9]{17}[0-9Xx](?![0-9A-Za-z])")
_ID_FIELDS: Final = ("id_number", "identity")
_PHONE_FIELDS: Final = ("phone",)


def covered_text(text: str) -> str:
    """Cover whatever looks like the number of a person's document or telephone in a text."""
    text = _T_NUMBER.sub(lambda found: mask_certificate(found[0].upper()), text)
    text = cover_numbers(text)
    text = _ID.sub(lambda found: mask_id(found[0].upper()), text)
    text = _PHONE.sub(lambda found: mask_phone(found[0]), text)
    return _LANDLINE.sub(lambda found: mask_phone(found[0]), text)


def covered_value(field: str, text: str) -> str:
    """Cover the value of a field: whole fields of numbers by their name, others by what stands in them."""
    last = field.rpartition(".")[2]
    if last in _ID_FIELDS or last.endswith("_id_number"):
        return mask_id(text) if any(char.isdigit() for char in text) else text
    if last in _PHONE_FIELDS or last.endswith("_phone"):
        return mask_phone(text) if any(char.isdigit() for char in text) else text
    return covered_text(text)
