"""The forms of one entry of a register (登记簿) are taken together or not at all, so that none ever counts twice.

An entry that was put right has a form that is ended and a later one that stands.  Each is a record of its own; what
one package brings of an entry must leave it here with one number, at most one form that stands, and none ended by a
form that never came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.domain.package import PackageRecord, RecordKind
from desktop.models.book_entry import BookEntry
from desktop.services.record_check import head_row
from desktop.services.record_uids import batches

_NUMBER_TAKEN: Final = "编号 {number} 已为登记簿的另一条记录所用。"
_TWO_STAND: Final = "登记簿里 {number} 已有另一份有效的记录；以对方的为准的，请先撤销本台账的那一份，再请对方上报。"
_NONE_FOLLOWS: Final = "{number} 更正以后的记录没有一起收下。"
_OF_ANOTHER: Final = "{number} 不是对方的登记，其更正不能由对方上报。"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """One form of an entry as it will lie here."""

    act_id: str
    entry: str
    version: int
    kind: str
    number: str
    is_ended: bool
    is_withdrawn: bool


class EntryForms:
    """Looks at the forms of entries that one package brings; ``is_theirs`` says so of rows that lie here."""

    def __init__(self, session: Session, *, is_theirs: Callable[[Collection[int]], bool]) -> None:
        self._session, self._is_theirs = session, is_theirs
        self._came: dict[str, _Form] = {}

    def is_of_known_entry(self, record: PackageRecord) -> bool:
        """Say whether a record is a later form of an entry that lies here, and so takes no number of its own."""
        if record.kind is not RecordKind.BOOK_ENTRY:
            return False
        row = head_row(record)
        asked = select(BookEntry.id).where(BookEntry.uid == row["uid"], BookEntry.number == row["number"])
        return row["version"] > 1 and self._session.scalar(asked.limit(1)) is not None

    def note(self, record: PackageRecord) -> None:
        """Note a record that is to be written."""
        if record.kind is RecordKind.BOOK_ENTRY:
            row = head_row(record)
            self._came[record.uid] = _form(row, is_ended="ended_at" in row)

    def faults(self, taken: Collection[str]) -> Iterator[tuple[str, str, str]]:
        """Give the records (uid), with their number and the reason, that must not be written after all."""
        together: dict[str, dict[str, _Form]] = defaultdict(dict)
        for act_id, form in self._came.items():
            if act_id in taken:
                together[form.entry][act_id] = form
        for some in batches(together):
            numbers = {form.number for entry in some for form in together[entry].values()}
            here, ids = self._held(some, numbers)
            for entry in some:
                reason = self._fault(entry, together[entry], here, ids.get(entry, ()))
                yield from ((act_id, form.number, reason) for act_id, form in together[entry].items() if reason)

    def _fault(self, entry: str, came: Mapping[str, _Form], here: Mapping[str, _Form], ids: Collection[int]) -> str:
        forms = {each.act_id: each for each in here.values() if each.entry == entry} | dict(came)
        number = next(iter(came.values())).number
        is_other = any(each.number == number and each.entry != entry for each in (*here.values(), *self._came.values()))
        if is_other or len({(each.kind, each.number) for each in forms.values()}) > 1:
            return _NUMBER_TAKEN.format(number=number)
        if sum(not each.is_ended for each in forms.values()) > 1:
            return _TWO_STAND.format(number=number)
        if _lacks_later(forms.values()):
            return _NONE_FOLLOWS.format(number=number)
        was_waiting = _lacks_later(each for each in here.values() if each.entry == entry)
        is_added = bool(ids) and any(act_id not in here for act_id in came)
        if is_added and not was_waiting and not self._is_theirs(ids):
            return _OF_ANOTHER.format(number=number)
        return ""

    def _held(
        self, entries: Collection[str], numbers: Collection[str]
    ) -> tuple[dict[str, _Form], dict[str, list[int]]]:
        found: dict[str, _Form] = {}
        ids: dict[str, list[int]] = defaultdict(list)
        for wanted in (BookEntry.uid.in_(entries), *_in(numbers)):
            for row in self._session.execute(select(*_COLUMNS).where(wanted)).mappings():
                if row["act_id"] not in found:
                    found[row["act_id"]] = _form({**row}, is_ended=row["ended_at"] is not None)
                    ids[row["uid"]].append(row["id"])
        return found, ids


_COLUMNS: Final = (
    *(BookEntry.id, BookEntry.act_id, BookEntry.uid, BookEntry.version, BookEntry.kind, BookEntry.number),
    *(BookEntry.ended_at, BookEntry.is_withdrawn),
)


def _in(numbers: Collection[str]) -> Iterator[ColumnElement[bool]]:
    for some in batches(sorted(numbers)):
        yield BookEntry.number.in_(some)


def _lacks_later(forms: Iterable[_Form]) -> bool:
    """Say whether a form was put right by one that is not there."""
    some = list(forms)
    last = max((each.version for each in some), default=0)
    return any(each.is_ended and not each.is_withdrawn and each.version == last for each in some)


def _form(row: Mapping[str, Any], *, is_ended: bool) -> _Form:
    return _Form(
        act_id=row["act_id"],
        entry=row["uid"],
        version=row["version"],
        kind=row["kind"],
        number=row["number"],
        is_ended=is_ended,
        is_withdrawn=bool(row["is_withdrawn"]),
    )
