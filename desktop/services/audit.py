"""Writing the audit trail: one event in the same transaction as each change, linked to all before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from desktop.domain.acts import Office
from desktop.models.record import AuditEvent
from desktop.services.filing_keys import storable
from desktop.services.station import Station
from desktop.services.touched import FILING, Key, Subject, fingerprint_of

FieldChange = tuple[str, object, object]


def changed_fields(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[FieldChange, ...]:
    """Give the fields of two plain records that differ, with both values; a field that is missing is None."""
    names = dict.fromkeys((*before, *after))
    return tuple((name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name))


def flattened(plain: object, path: str = "") -> dict[str, object]:
    """Give nested plain data as one record of dotted paths, empty values left out."""
    if isinstance(plain, Mapping):
        parts = [flattened(value, f"{path}.{name}" if path else str(name)) for name, value in plain.items()]
    elif isinstance(plain, list | tuple):
        parts = [flattened(value, f"{path}.{index}") for index, value in enumerate(plain)]
    else:
        return {} if plain in (None, "") else {path: plain}
    return {name: value for part in parts for name, value in part.items()}


def record_event(
    session: Session,
    station: Station,
    *,
    act: str,
    summary: str,
    at: datetime | None = None,
    office: Office | None = None,
    reason: str = "",
    filing_id: int | None = None,
    paper_ids: Sequence[int] = (),
    changes: Iterable[FieldChange] = (),
    touched: Iterable[Subject] = (),
    hashed: Iterable[tuple[str, Key, str]] = (),
) -> None:
    """Add one event in the name of who is signed in; the database never lets it be changed.

    ``changes`` are fields with what they held before and after, as plain data.  ``touched`` names the subjects whose
    rows the act wrote; the filing is one by itself.  ``hashed`` names subjects whose rows were hashed already.
    Whatever was written before this call is covered, so it comes last in its transaction.  ``office`` stands in for
    one that is only being set up.
    """
    subjects = [(FILING, filing_id)] if filing_id is not None else []
    session.flush()
    office, actor = office or station.office, station.actor
    event = AuditEvent(
        at=at or station.now(),
        who=storable(actor.name or (office.clerk_name if office else "")),
        station=storable(office.station_name) if office else "",
        act=act,
        filing_id=filing_id,
        summary=storable(summary),
        reason=storable(reason),
        paper_ids=list(paper_ids),
        account_id=actor.account_id,
        changes=[list(change) for change in changes],
        touched=[
            *([kind, key, fingerprint_of(session, kind, key)] for kind, key in (*subjects, *touched)),
            *([kind, key, fingerprint] for kind, key, fingerprint in hashed),
        ],
    )
    session.add(event)
    session.flush()
    station.chain.append(session, event)
