"""How far the word of a sender reaches: versions in a package are what its sender says, signed by nobody else.

An office above may send back whatever it decided.  A station below speaks for its own records: what it changed in
those of others waits for a person, and it brings no numbers of others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.known_station import StationRole
from desktop.domain.package import Manifest, PackageRecord, RecordKind, Versions
from desktop.domain.register_number import RegisterNumber, parse_number
from desktop.models.package import ForeignSubject, ReceivedPackage
from desktop.models.record import SequenceRow
from desktop.models.station_key import KnownStation
from desktop.services.lineage import Lineage
from desktop.services.receiving_keys import numbers_in
from desktop.services.record_check import head_row
from desktop.services.record_uids import batches

_HEAD_NUMBERS: Final = ("first_number", "number", "registration_number")
_NOT_GIVEN: Final = "编号用的是本受理点的代码，却不是本受理点的记录。"
_OF_ANOTHER: Final = "编号用的是另一受理点的代码，应当由该受理点上报。"
_BEYOND: Final = "所记本台账的改动，本台账自己没有。"


class SenderReach:
    """What the sender of one package may bring and change."""

    def __init__(self, session: Session, head: Manifest, *, own: Lineage, office_code: str) -> None:
        card = head.station
        self._session, self._own, self._fingerprint = session, own, card.fingerprint
        known = session.scalars(select(KnownStation)).all()
        sender = next((each for each in known if each.fingerprint == card.fingerprint), None)
        self._id = sender.id if sender is not None else None
        self._is_above = sender is not None and sender.role == StationRole.ABOVE.value
        code = sender.code if sender is not None else card.code
        told = select(func.max(ReceivedPackage.to_event)).where(ReceivedPackage.station_id == self._id)
        self._told_up_to = max(head.to_event, session.scalar(told) or 0)
        others = (each for each in known if each.blocked_at is None and each.role == StationRole.BELOW.value)
        self._other_codes = frozenset(each.code for each in others if each.code) - {code}
        self._last = {(row.station, row.series, row.year): row.last for row in session.scalars(select(SequenceRow))}
        # The codes under which this ledger took numbers, so that nobody else's may bear them.
        self._own_codes = frozenset(run[0] for run in self._last)
        # A ledger begun anew may take its own records from another of its code.
        is_begun_anew = not self._own_codes and code == office_code
        self._guarded = self._own_codes if is_begun_anew or not office_code else self._own_codes | {office_code}

    def fault_in(self, record: PackageRecord, *, is_new: bool) -> str:
        """Give why a fitting record is not for this sender to bring, in words; empty when it is."""
        if self._own.is_beyond(record.versions):
            return _BEYOND
        if self._is_above:
            is_odd = is_new and bool(self._own_codes) and not self._own.owns(record.versions)
            return _NOT_GIVEN if is_odd and any(n.office_code in self._own_codes for n in numbers_in(record)) else ""
        for number in numbers_in(record):
            if number.office_code in self._guarded and (is_new or not self._was_given(number)):
                return _NOT_GIVEN
        if is_new and any(number.office_code in self._other_codes for number in _head_numbers(record)):
            return _OF_ANOTHER
        return ""

    def origins(self, kind: RecordKind, ids: Collection[int]) -> Mapping[int, int]:
        """Give the station from which each of some subjects first came; own ones are left out."""
        found: dict[int, int] = {}
        for some in batches(ids):
            asked = select(ForeignSubject.subject_id, ForeignSubject.station_id)
            asked = asked.where(ForeignSubject.kind == kind.value, ForeignSubject.subject_id.in_(some))
            found.update((key, station_id) for key, station_id in self._session.execute(asked))
        return found

    def may_change(self, ours: Versions, origin: int | None) -> bool:
        """Say whether a later version takes the place of ours without a person: the record is the sender's."""
        is_its_own = origin is not None and origin == self._id
        return self._is_above or is_its_own or any(name.split(".")[0] == self._fingerprint for name in ours)

    def is_overstated(self, ours: Versions) -> bool:
        """Say whether somebody else named an event of the sender that the sender never had: ours may not be later."""
        return ours.get(self._fingerprint, 0) > self._told_up_to

    def _was_given(self, number: RegisterNumber) -> bool:
        return number.serial <= self._last.get((number.office_code, number.series.value, number.year), 0)


def _head_numbers(record: PackageRecord) -> list[RegisterNumber]:
    row = head_row(record)
    found = (parse_number(row[name]) for name in _HEAD_NUMBERS if name in row)
    return [number for number in found if number is not None]
