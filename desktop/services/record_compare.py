"""Two versions of one record field by field, in words; numbers of persons covered as in lists."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from desktop.domain.book import BookKind
from desktop.domain.book_values import from_plain
from desktop.domain.book_values import shown as shown_value
from desktop.domain.books import BOOKS
from desktop.domain.covered_text import covered_value
from desktop.domain.errors import FaultyInput
from desktop.domain.hazard import LEVEL_WORDS, RESPONSIBLE_WORDS, STATE_WORDS, STEP_WORDS
from desktop.domain.life_words import (
    CHANGE_KIND_WORDS,
    CHANGE_SOURCE_WORDS,
    CLOSEOUT_KIND_WORDS,
    CLOSEOUT_STATE_WORDS,
    DELIVERY_WORDS,
)
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.masked_walk_in import masked
from desktop.domain.outside_review import PAPER_WORDS
from desktop.domain.outside_review import VERDICT_WORDS as OUTSIDE_WORDS
from desktop.domain.package import PackageRecord
from desktop.domain.public_report import SOURCE_WORDS
from desktop.domain.public_report import VERDICT_WORDS as REPORT_WORDS
from desktop.domain.receiving import FieldPair
from desktop.domain.trail import plain_text
from desktop.domain.transfer import KIND_WORDS as TRANSFER_WORDS
from desktop.domain.transfer import MOVE_WORDS, PENALTY_WORDS
from desktop.domain.transfer import STATE_WORDS as TRANSFER_STATES
from desktop.domain.verification import DATUM_WORDS, FINDING_WORDS, MANNER_WORDS
from desktop.domain.walk_in_json import walk_in_from_plain, walk_in_to_plain
from desktop.exchange.ledger_columns import STATUS_WORDS
from desktop.services.audit import flattened
from desktop.services.record_check import natural_key
from desktop.services.record_shape import HEAD_OF, SHAPES, TableShape
from desktop.services.record_words import column_words, table_words
from desktop.services.wording import ACT_WORDS, FIELD_WORDS


def _title(book: str) -> str:
    return BOOKS[BookKind(book)].title


_WORDS: Final[Mapping[tuple[str, str], Mapping[Any, str]]] = {
    ("filing", "status"): STATUS_WORDS,
    ("visit", "act"): ACT_WORDS,
    ("hazard", "state"): STATE_WORDS,
    ("hazard", "level"): LEVEL_WORDS,
    ("hazard", "responsible"): RESPONSIBLE_WORDS,
    ("hazard_step", "kind"): STEP_WORDS,
    ("transfer", "kind"): TRANSFER_WORDS,
    ("transfer", "state"): TRANSFER_STATES,
    ("transfer", "penalty"): PENALTY_WORDS,
    ("transfer_step", "state"): MOVE_WORDS,
    ("public_report", "source"): SOURCE_WORDS,
    ("public_report", "verdict"): REPORT_WORDS,
    ("registration_change", "kind"): CHANGE_KIND_WORDS,
    ("registration_change", "source"): CHANGE_SOURCE_WORDS,
    ("close_out", "kind"): CLOSEOUT_KIND_WORDS,
    ("close_out", "state"): CLOSEOUT_STATE_WORDS,
    ("revocation", "delivery"): DELIVERY_WORDS,
    ("outside_review", "subject"): PAPER_WORDS,
    ("outside_review", "verdict"): OUTSIDE_WORDS,
    ("verification", "datum"): DATUM_WORDS,
    ("verification", "how"): MANNER_WORDS,
    ("verification", "result"): FINDING_WORDS,
    ("book_entry", "kind"): LocalCatalogue({kind.value: kind.value for kind in BOOKS}, _title),
}
# What follows from other fields, or says nothing to people.
_NOT_SHOWN: Final = frozenset(
    {
        "act_id",
        "assessment",
        "assessment_after",
        "assessment_before",
        "content_sha256",
        "facts_fingerprint",
        "frame",
        "paper",
        "seed",
        "sha256",
        "template_version",
        "uid",
    }
)
_MATTERS: Final = frozenset({"walk_in", "before", "after"})
_NAMED_BY: Final = ("number", "title", "step_on", "visited_on", "code", "kind", "state", "datum", "text")
_NOTHING: Final = "（没有）"
Rows = Mapping[tuple[Any, ...], Mapping[str, Any]]


def compared(ours: PackageRecord, theirs: PackageRecord) -> tuple[FieldPair, ...]:
    """Give every field that one of two versions of a record has, the head first."""
    return tuple(pair for shape in SHAPES[ours.kind] for pair in _pairs(shape, ours, theirs))


def _pairs(shape: TableShape, ours: PackageRecord, theirs: PackageRecord) -> Iterator[FieldPair]:
    name, is_head = shape.table.name, shape.table.name == HEAD_OF[ours.kind]
    here, there = _by_mark(ours, name, is_head=is_head), _by_mark(theirs, name, is_head=is_head)
    for mark in dict.fromkeys((*here, *there)):
        our_row, their_row = here.get(mark), there.get(mark)
        label = "" if is_head else f"{table_words(name)}（{_called(name, our_row or their_row or {})}）"
        if our_row is None or their_row is None:
            said = _called(name, our_row or their_row or {})
            yield FieldPair(
                label=table_words(name),
                ours=said if our_row is not None else _NOTHING,
                theirs=said if their_row is not None else _NOTHING,
            )
            continue
        before, after = _shown(name, our_row), _shown(name, their_row)
        for field in dict.fromkeys((*before, *after)):
            yield FieldPair(label=f"{label}{field}", ours=before.get(field, "—"), theirs=after.get(field, "—"))


def _by_mark(record: PackageRecord, name: str, *, is_head: bool) -> Rows:
    """Give the rows of a table by what they are one of; places in the record are those of the visit's number."""
    visits = [row.get("number") for row in record.rows.get("visit", ())]
    found = {}
    for row in record.rows.get(name, ()):
        told = dict(row)
        if "visit_id" in told:
            told["visit_id"] = visits[int(told["visit_id"][1:]) - 1]
        told.pop("document_id", None)
        found[() if is_head else tuple(told.get(part) for part in natural_key(name))] = told
    return found


def _called(name: str, row: Mapping[str, Any]) -> str:
    said = [_words(name, each, row[each]) for each in _NAMED_BY if row.get(each) not in (None, "")]
    return " ".join(said[:3])[:80] or table_words(name)


def _shown(name: str, row: Mapping[str, Any]) -> dict[str, str]:
    """Give the fields of a row as people read them."""
    shown: dict[str, str] = {}
    for column, value in row.items():
        if column in _NOT_SHOWN or column.endswith(("_sort", "_key", "_id", "_uid")):
            continue
        if column in _MATTERS:
            shown |= _matter(column, value)
        elif column == "entry_values":
            shown |= _entry(row)
        else:
            shown[column_words(column)] = _words(name, column, value)
    return shown


def _matter(column: str, value: str) -> dict[str, str]:
    try:
        plain = walk_in_to_plain(masked(walk_in_from_plain(json.loads(value))))
    except FaultyInput:
        return {column_words(column): "读不出来"}
    head = column_words(column)
    return {f"{head}·{_path_words(path)}": _covered(path, each) for path, each in flattened(plain).items()}


def _entry(row: Mapping[str, Any]) -> dict[str, str]:
    """Give what an entry of a register says, as its list shows it."""
    spec = BOOKS[BookKind(row["kind"])]
    values = from_plain(spec, json.loads(row["entry_values"]))
    told = [field for field in spec.fields if field.key in values]
    return {field.label: _covered(field.key, shown_value(field, values[field.key])) for field in told}


def _path_words(path: str) -> str:
    if path in FIELD_WORDS:
        return FIELD_WORDS[path]
    last = path.rpartition(".")[2]
    known = FIELD_WORDS.get(last)
    return f"{known}（{path}）" if known is not None else path


def _words(name: str, column: str, value: Any) -> str:
    words = _WORDS.get((name, column))
    if words is not None:
        return next((said for each, said in words.items() if each == value), str(value))
    if type(value) is int and column.startswith(("is_", "gave_", "deserves_", "awaits_", "high_risk")):
        return "是" if value else "否"
    return _covered(column, _opened(value))


def _opened(value: Any) -> Any:
    """Give what a stored text of plain data holds; any other text as it is."""
    if isinstance(value, str) and value[:1] in "[{" and value[-1:] in "]}":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _covered(path: str, value: Any) -> str:
    return covered_value(path, plain_text(value))
