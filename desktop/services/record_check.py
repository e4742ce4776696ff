"""Whether a record that came fits this ledger's tables, before any of it is written; why not, in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache, partial
from typing import Any, Final

from sqlalchemy import JSON, Boolean, Column, Date, Integer, String

from desktop.domain.errors import FaultyInput
from desktop.domain.package import PackageRecord, RecordKind
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.base import UtcMoment
from desktop.services.known_values import known_values, listed_values
from desktop.services.press import content_sha256
from desktop.services.record_entries import entry_fault
from desktop.services.record_shape import PAPER, SHAPES, TableShape, filing_uid, paper_uid
from desktop.services.record_words import KIND_WORDS, column_words, table_words

VISIT: Final = "visit"
SUBJECT_UID: Final = "subject_uid"  # of an attachment: the record it shows something of
_LARGEST: Final = 2**63 - 1
_LONGEST_UID: Final = 200
# What a row is one of within its record; two with the same are one too many.
NATURAL_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    VISIT: ("number",),
    PAPER: ("code", "number", "sha256"),
    "filing_department": ("code",),
    "filing_number": ("number",),
    "visit_material": ("visit_id", "code"),
    "drawn_filing": ("filing_id",),
}
_ACT: Final = ("act_id",)
# What columns of plain data hold: lists of texts, of objects or of lists, and objects.
_ELEMENTS: Final[Mapping[str, type]] = {
    **dict.fromkeys(("overrides", "settled", "frame", "patrollers", "evidence", "grounds", "measures"), str),
    **dict.fromkeys(("noticed", "needs"), dict),
    "answers": list,
}
_OBJECTS: Final = frozenset({"assessment", "criteria", "details", "waste", "paper", "entry_values"})
# Days beyond these cannot be counted on from, nor told in local time.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199

Row = Mapping[str, Any]


class Unfit(Exception):
    """A record cannot be taken; its text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """What the rows of one table must be like: the check of each column, and the columns that must be there."""

    shape: TableShape
    checks: Mapping[str, Callable[[Any], bool]]
    needed: frozenset[str]
    inner: Mapping[str, str]


def check_record(record: PackageRecord) -> str:
    """Give why a record cannot be taken, in words; empty when it fits."""
    try:
        _check(record)
    except Unfit as unfit:
        return str(unfit)
    except RecursionError:
        return "内容嵌套过深。"
    return ""


def natural_key(table: str) -> tuple[str, ...]:
    """Give the columns by which a row of a table is the same one again within its record."""
    return NATURAL_KEYS.get(table, _ACT)


def outer_references(record: PackageRecord) -> Iterator[tuple[RecordKind, str]]:
    """Give the records that a fitting record refers to."""
    for shape in SHAPES[record.kind]:
        for row in record.rows.get(shape.table.name, ()):
            for name, kind in shape.outer.items():
                if name in row:
                    yield kind, row[name]
            if SUBJECT_UID in row:
                yield RecordKind(row["subject"]), row[SUBJECT_UID]


def head_row(record: PackageRecord) -> Row:
    """Give the one row at the head of a fitting record."""
    return record.rows[SHAPES[record.kind][0].table.name][0]


def _check(record: PackageRecord) -> None:
    shapes = _rules(record.kind)
    unknown = [name for name in record.rows if name not in shapes]
    if unknown:
        raise Unfit(f"含有本程序不认识的内容{table_words(unknown[0])}，可能出自更新的版本。")
    head = SHAPES[record.kind][0].table.name
    if len(record.rows.get(head, ())) != 1:
        raise Unfit(f"{KIND_WORDS[record.kind]}的主记录应当恰有一条。")
    for name, rows in record.rows.items():
        rules, seen = shapes[name], set()
        for row in rows:
            _check_row(record, rules, row)
            key = tuple(row.get(part) for part in natural_key(name))
            if name != head and key in seen:
                raise Unfit(f"{table_words(name)}有重复的记录。")
            seen.add(key)
    if len({row["ordinal"] for row in record.rows.get(VISIT, ())}) != len(record.rows.get(VISIT, ())):
        raise Unfit(f"{table_words(VISIT)}有重复的次序。")
    _require_own_uid(record)
    _check_content(record)


def _check_row(record: PackageRecord, rules: _Rules, row: Row) -> None:
    checks, table = rules.checks, rules.shape.table.name
    for name, value in row.items():
        check = checks.get(name)
        if check is None:
            raise Unfit(f"{table_words(table)}含有本程序不认识的项目{column_words(name)}。")
        if not check(value):
            raise Unfit(f"{table_words(table)}的{column_words(name)}写法不对。")
    if not rules.needed <= row.keys():
        missing = min(rules.needed - row.keys())
        raise Unfit(f"{table_words(table)}缺{column_words(missing)}。")
    for name, target in rules.inner.items():
        if name in row and place_of(row[name]) > len(record.rows.get(target, ())):
            raise Unfit(f"{table_words(table)}所指的{column_words(name)}不在记录内。")
    paper = rules.shape.paper
    if paper is not None and paper in rules.needed and not _has_paper(record, row[paper]):
        raise Unfit(f"{table_words(table)}所指的文书不在记录内。")


def place_of(reference: str) -> int:
    """Give the place, from 1, that a reference within a record names: "@3"."""
    return int(reference[1:])


def _has_paper(record: PackageRecord, meant: Mapping[str, Any]) -> bool:
    papers = record.rows.get(PAPER, ())
    return meant["of"] == record.uid and any(paper["sha256"] == meant["sha256"] for paper in papers)


def _require_own_uid(record: PackageRecord) -> None:
    row = head_row(record)
    match record.kind:
        case RecordKind.FILING:
            uid = filing_uid(row["first_number"])
        case RecordKind.LOOSE_PAPER:
            uid = paper_uid(code=row["code"], number=row["number"], sha256=row["sha256"])
        case _:
            uid = row["act_id"]
    if uid != record.uid:
        raise Unfit("记录的标识与内容不符。")


def _check_content(record: PackageRecord) -> None:
    if record.kind is RecordKind.FILING:
        try:
            walk_in_from_plain(json.loads(head_row(record)["walk_in"]))
        except FaultyInput as faulty:
            where = faulty.faults[0].where.removeprefix("walk_in.") if faulty.faults else ""
            raise Unfit(f"申报内容读不出来（{where[:60]}）。") from faulty
    if record.kind is RecordKind.BOOK_ENTRY and (fault := entry_fault(head_row(record))):
        raise Unfit(fault)
    for paper in record.rows.get(PAPER, ()):
        if content_sha256(json.loads(paper["paper"])) != paper["content_sha256"]:
            raise Unfit("文书内容与签发时的校验值不一致。")


@cache
def _rules(kind: RecordKind) -> Mapping[str, _Rules]:
    return {shape.table.name: _rules_of(shape) for shape in SHAPES[kind]}


def _rules_of(shape: TableShape) -> _Rules:
    table = shape.table
    checks: dict[str, Callable[[Any], bool]] = {name: _check_of(table.c[name]) for name in shape.carried}
    checks |= dict.fromkeys(shape.inner, _is_place) | dict.fromkeys(shape.outer, _is_uid)
    if shape.paper is not None:
        checks[shape.paper] = _is_paper
    if shape.is_attachment:
        checks[SUBJECT_UID] = _is_uid
    needed = {name for name in checks if name in table.c and _is_needed(table.c[name])}
    return _Rules(shape=shape, checks=checks, needed=frozenset(needed), inner=shape.inner)


def _is_needed(column: Column[Any]) -> bool:
    return not column.nullable and column.server_default is None


def _is_list_of(listed: frozenset[str], value: Any) -> bool:
    if not _is_plain_data("", value):
        return False
    plain = json.loads(value)
    return isinstance(plain, list) and all(isinstance(each, str) and each in listed for each in plain)


def _check_of(column: Column[Any]) -> Callable[[Any], bool]:
    values = known_values(column.table.name, column.name)
    if values is not None:
        return lambda value: isinstance(value, str) and value in values
    listed = listed_values(column.table.name, column.name)
    if listed is not None:
        return partial(_is_list_of, listed)
    match column.type:
        case Boolean():
            return _is_yes_or_no
        case Integer():
            return _is_integer
        case Date():
            return _is_day
        case UtcMoment():
            return _is_moment
        case JSON():
            return partial(_is_plain_data, column.name)
        case String():
            return _is_text
    raise AssertionError(f"no check for {column.type!r}")


def _is_text(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    # Lone halves of surrogate pairs cannot be stored.
    return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)


def _is_uid(value: Any) -> bool:
    return _is_text(value) and 0 < len(value) <= _LONGEST_UID


def _is_integer(value: Any) -> bool:
    return type(value) is int and -_LARGEST <= value <= _LARGEST


def _is_yes_or_no(value: Any) -> bool:
    return type(value) is int and value in (0, 1)


def _is_place(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    digits = value[1:]
    return value[:1] == "@" and digits.isascii() and digits.isdigit() and len(digits) < 10 and int(digits) >= 1


def _is_paper(value: Any) -> bool:
    if not isinstance(value, Mapping) or set(value) != {"of", "sha256"}:
        return False
    return _is_uid(value["sha256"]) and (value["of"] is None or _is_uid(value["of"]))


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and _reads_as_day(value)


@lru_cache(maxsize=10_000)
def _reads_as_day(text: str) -> bool:
    try:
        day = date.fromisoformat(text)
        return day.isoformat() == text and _FIRST_YEAR <= day.year <= _LAST_YEAR
    except ValueError:
        return False


def _is_moment(value: Any) -> bool:
    # Exactly as the ledger writes moments: UTC, without a zone, with six digits of a second.
    if not isinstance(value, str) or len(value) != 26 or value[10] != " ":
        return False
    try:
        moment = datetime.fromisoformat(value)
        return moment.tzinfo is None and _FIRST_YEAR <= moment.year <= _LAST_YEAR
    except ValueError:
        return False


def _is_plain_data(name: str, value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        plain = json.loads(value)
    except (ValueError, RecursionError):
        return False
    if name in _ELEMENTS:
        return isinstance(plain, list) and all(isinstance(each, _ELEMENTS[name]) for each in plain)
    return isinstance(plain, dict if name in _OBJECTS else dict | list)
