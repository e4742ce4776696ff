"""What every task with a register stands on: who may write which, and how an entry is put to the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Change, FieldFault
from desktop.domain.book import BookKind, BookRow, BookSpec, BookValue
from desktop.domain.book_reading import ReadEntry
from desktop.domain.book_values import to_plain
from desktop.domain.errors import ClerkError
from desktop.domain.register_number import Series
from desktop.models.book_entry import BookEntry
from desktop.models.database import Database
from desktop.services.book_places import PlacedEntry, placed
from desktop.services.numbering import take_number
from desktop.services.press import Press
from desktop.services.reach import is_in_area, require_any_in_area
from desktop.services.review_steps import name_at_work
from desktop.services.station import Station

CHANGED: Final = frozenset({Change.BOOKS})
_WINDOW: Final = (Right.REGISTER, Right.DECIDE_EXCEPTIONS)
_ON_SITE: Final = (Right.REGISTER, Right.PATROL_FEEDBACK, Right.DECIDE_EXCEPTIONS)
_LEADING: Final = (Right.DECIDE_EXCEPTIONS, Right.KEEP_REGISTERS)
WRITERS: Final[Mapping[BookKind, tuple[Right, ...]]] = {
    BookKind.ACTIVITY: _ON_SITE,
    BookKind.ATTENDANCE: _ON_SITE,
    BookKind.SURVEY: _ON_SITE,
    BookKind.ACCIDENT: _ON_SITE,
    BookKind.SERVICE: _ON_SITE,
    BookKind.INSURANCE: _WINDOW,
    BookKind.CLAIM: _WINDOW,
    BookKind.TYPICAL_CASE: _WINDOW,
    BookKind.LIBRARY: (*_WINDOW, Right.KEEP_REGISTERS),
    BookKind.ACCIDENT_TOTAL: _LEADING,
    BookKind.FUND: _LEADING,
    BookKind.SUPERVISION: _LEADING,
}
READERS: Final = (Right.SEE, Right.KEEP_REGISTERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookWritten:
    """What writing gave: the entry as it stands now."""

    row: BookRow
    changes: frozenset[Change] = CHANGED


class BookBase:
    """Holds what reading, writing and taking in sheets share."""

    def __init__(self, database: Database, station: Station, *, press: Press) -> None:
        self._database, self._station, self._press = database, station, press

    def may_write(self, kind: BookKind) -> bool:
        """Say whether who is signed in may write into a register at all."""
        return any(self._station.actor.may(right) for right in WRITERS[kind])

    def _require_area(self, kind: BookKind, community: str) -> None:
        require_any_in_area(self._station.actor, WRITERS[kind], community)

    def _reaches(self, kind: BookKind, community: str) -> bool:
        actor = self._station.actor
        return any(is_in_area(actor, right, community) for right in WRITERS[kind])

    def _placed(self, session: Session, spec: BookSpec, read: ReadEntry) -> tuple[PlacedEntry, tuple[FieldFault, ...]]:
        office = self._station.office
        return placed(session, spec, read, communities=office.communities if office is not None else ())

    def _new_number(self, session: Session) -> str:
        office, year = self._station.known_office(), self._station.today().year
        return take_number(session, office.code, series=Series.BOOK, year=year)

    def _add(self, session: Session, spec: BookSpec, entry: PlacedEntry, **of_form: Any) -> BookEntry:
        """Add one form of an entry; ``of_form`` are its act, uid, version, number and import."""
        happened_on = entry.values[spec.day.key]
        assert isinstance(happened_on, date)
        form = BookEntry(
            kind=spec.kind.value,
            happened_on=happened_on,
            community=entry.community,
            organisation=entry.organisation,
            filing_id=entry.filing_id,
            firm_id=entry.firm_id,
            values=to_plain(entry.values),
            recorded_at=self._station.now(),
            recorded_by=name_at_work(self._station),
            recorded_by_id=self._station.actor.account_id,
            end_reason="",
            is_withdrawn=False,
            **of_form,
        )
        session.add(form)
        session.flush()
        return form


def plain_of(entry: BookEntry) -> dict[str, object]:
    """Give what an entry says, for the record of what was changed."""
    beside: dict[str, BookValue] = {"community": entry.community, "organisation": entry.organisation}
    named = {key: value for key, value in beside.items() if value}
    filing = {} if entry.filing_id is None else {"filing_id": entry.filing_id}
    return {**entry.values, **named, **filing}


def unfit(fault: FieldFault) -> ClerkError:
    """Give the trouble of one field that cannot stand."""
    return ClerkError("book_unfit", field=fault.field, why=fault.message)
