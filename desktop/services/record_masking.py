"""Rows of a record with everything personal covered, for whoever may not send personal data whole.

Left out are papers, their reprints, scans, and orders (whose words stand in a paper); a paper that another row refers
to is not named.  A matter is covered as in lists; of every other text the numbers of persons and telephones are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import JSON, String

from desktop.domain.book import FieldType
from desktop.domain.books import BOOKS
from desktop.domain.covered_text import covered_text
from desktop.domain.identifiers import check_credit_code
from desktop.domain.masked_walk_in import RESIDENT_ID, masked
from desktop.domain.masking import mask_certificate, mask_id, mask_name, mask_phone
from desktop.domain.package import RecordKind
from desktop.domain.walk_in_json import walk_in_from_plain, walk_in_to_plain
from desktop.services.record_shape import PAPER, TableShape

UNMASKABLE: Final = frozenset({RecordKind.LOOSE_PAPER, RecordKind.LOOSE_ATTACHMENT})
_LEFT_OUT: Final = frozenset({PAPER, "reprint", "attachment"})
_DIGIT: Final = re.compile(r"\d")
_SHORT: Final = 200  # characters
_PERSONS: Final = "workers"  # the field of a change in which numbers of any kind stand among the words
_COVERED: Final = "（已遮盖）"
_MATTERS: Final = frozenset({"walk_in", "before", "after"})
# Amounts of the registers, in which eleven digits are no telephone.
_AMOUNTS: Final = frozenset(
    field.key for spec in BOOKS.values() for field in spec.fields if field.type is FieldType.MONEY
)
_VALUES: Final = "entry_values"
# Numbers of cases, papers and acts, and hashes: nobody's, and needed as they are.
_KEPT: Final = frozenset(
    {
        "act_id",
        "sha256",
        "content_sha256",
        "facts_fingerprint",
        "number",
        "first_number",
        "registration_number",
        "platform_number",
        "frame",
        "seed",
    }
)


def _mask_key(key: str) -> str:
    """Cover what a party is known by: credit codes are public, names stay, all other numbers are covered."""
    if not key.isascii() or not _DIGIT.search(key):
        return covered_text(key)
    is_public = check_credit_code(key).valid and not RESIDENT_ID.search(key)
    return key if is_public else mask_id(key).lower()


_BY_NAME: Final[Mapping[str, Callable[[str], str]]] = {
    "phone": mask_phone,
    "owner_phone": mask_phone,
    "reporter_phone": mask_phone,
    # Who reports something is told to nobody who need not know.
    "reporter_name": mask_name,
    "id_number": mask_id,
    "owner_key": _mask_key,
    "contractor_key": _mask_key,
    "certificate": mask_certificate,
    "certificate_number": mask_certificate,
}


def is_left_out(shape: TableShape) -> bool:
    """Say whether the rows of a table do not go into a masked record."""
    needs_paper = shape.paper is not None and not shape.table.c[shape.paper].nullable
    return needs_paper or shape.table.name in _LEFT_OUT


def covered_value(shape: TableShape, name: str, value: Any) -> Any:
    """Give a stored value with what is personal in it covered."""
    if not isinstance(value, str) or name in _KEPT:
        return value
    kind = shape.table.c[name].type
    if isinstance(kind, JSON):
        return _long(value, name) if len(value) > _SHORT else _short(value, name)
    return _text(value, name) if isinstance(kind, String) else value


def _long(value: str, name: str) -> str:
    plain = json.loads(value)
    covered = _matter(plain) if name in _MATTERS else _covered(plain, name)
    if name == _VALUES:
        covered |= {key: plain[key] for key in plain.keys() & _AMOUNTS}
    # As the ledger writes such a column itself.
    return json.dumps(covered, separators=(",", ":"))


@lru_cache(maxsize=2_000)
def _short(value: str, name: str) -> str:
    """Cover a column that holds little: the same few lists of patrollers come again and again."""
    return _long(value, name)


def _matter(plain: Any) -> Any:
    return walk_in_to_plain(masked(walk_in_from_plain(plain))) if plain else plain


def _covered(plain: Any, name: str) -> Any:
    """Cover plain data, each text by the name it stands under."""
    if isinstance(plain, str):
        return _text(plain, name)
    if isinstance(plain, list):
        if name == "fields":
            return [_changed_field(each) for each in plain]
        return [_covered(each, name) for each in plain]
    if isinstance(plain, dict):
        return {key: each if key in _KEPT and key != "number" else _covered(each, key) for key, each in plain.items()}
    return plain


def _changed_field(field: Any) -> Any:
    """Cover what a field of the matter was and became; its path says what it is."""
    if not (isinstance(field, list) and len(field) > 1 and isinstance(field[0], str)):
        return _covered(field, "")
    path, label, *values = field
    if path == _PERSONS:
        return [path, label, *(_COVERED if each else each for each in values)]
    name = path.rpartition(".")[2]
    return [path, label, *(_covered(each, "certificate" if name == "number" else name) for each in values)]


def _text(text: str, name: str) -> str:
    cover = _BY_NAME.get(name)
    if cover is not None:
        return cover(text)
    # Most texts hold no number at all.
    return covered_text(text) if _DIGIT.search(text) else text
