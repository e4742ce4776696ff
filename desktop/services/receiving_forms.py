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

_NUMBER_TAKEN: Final = "编号 {} 已为登记簿的另一条记录所用。"
_TWO_STAND: Final = "登记簿里 {} 已有另一份有效的记录；以对方的为准的，请先撤销本台账的那一份，再请对方上报。"
_NONE_FOLLOWS: Final = "{} 更正以后的记录没有一起收下。"
_WAITS: Final = "{} 的另一稿两边都改动过，待收包方裁定。"
_OF_ANOTHER: Final = "{} 不是对方的登记，其更正不能由对方上报。"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Here:
    """The forms of one entry that lie here by act, and the row of the first."""

    row_id: int
    forms: dict[str, _Form]


class EntryForms:
    """Looks at the forms of entries that one package brings; ``is_theirs`` says so of a row that lies here."""

    def __init__(self, session: Session, *, is_theirs: Callable[[int], bool]) -> None:
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

    def faults(self, taken: Collection[str], waiting: Collection[str]) -> Iterator[tuple[str, str, str]]:
        """Give the records (uid), with their number and the reason, that must not be written after all.

        ``taken`` are the records to be written, ``waiting`` those that wait for a person.
        """
        together: dict[str, dict[str, _Form]] = defaultdict(dict)
        entries_of: dict[str, set[str]] = defaultdict(set)  # number: the entries that bear it
        for act_id, form in self._came.items():
            if act_id in taken:
                together[form.entry][act_id] = form
                entries_of[form.number].add(form.entry)
        for some in batches(together):
            here = self._held(some, {form.number for entry in some for form in together[entry].values()})
            for entry, lying in here.items():
                for form in lying.forms.values():
                    entries_of[form.number].add(entry)
            for entry in some:
                came = together[entry]
                reason = self._fault(came, here.get(entry), waiting)
                if any(len(entries_of[form.number]) > 1 for form in came.values()):
                    reason = _NUMBER_TAKEN
                yield from (
                    (act_id, form.number, reason.format(form.number)) for act_id, form in came.items() if reason
                )

    def _fault(self, came: Mapping[str, _Form], here: _Here | None, waiting: Collection[str]) -> str:
        before = here.forms if here is not None else {}
        after = {**before, **came}
        if len({(form.kind, form.number) for form in after.values()}) > 1:
            return _NUMBER_TAKEN
        if before.keys() & waiting:
            return _WAITS
        if sum(not form.is_ended for form in after.values()) > 1:
            return _TWO_STAND
        if _lacks_later(after.values()):
            return _NONE_FOLLOWS
        is_added = here is not None and bool(came.keys() - before.keys()) and not _lacks_later(before.values())
        return _OF_ANOTHER if is_added and here is not None and not self._is_theirs(here.row_id) else ""

    def _held(self, entries: Collection[str], numbers: Collection[str]) -> dict[str, _Here]:
        found: dict[str, _Here] = {}
        for wanted in (BookEntry.uid.in_(entries), *_in(numbers)):
            asked = select(*_COLUMNS).where(wanted).order_by(BookEntry.version, BookEntry.id)
            for row in self._session.execute(asked).mappings():
                form = _form({**row}, is_ended=row["ended_at"] is not None)
                found.setdefault(form.entry, _Here(row_id=row["id"], forms={})).forms[form.act_id] = form
        return found


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
