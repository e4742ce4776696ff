"""Who of the stations below sent what for which period, and who is missing."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.known_station import StationRole
from desktop.domain.package import Outcome, PackageKind
from desktop.domain.receiving import ReceivedRow, SenderStanding, SenderState, has_gap, reaches, state_of
from desktop.models.package import ReceivedPackage
from desktop.models.station_key import KnownStation


def senders_of(session: Session, first: date, last: date) -> tuple[SenderStanding, ...]:
    """Give every station below with its packages for a period (local days, both included); the missing come first."""
    stations = session.scalars(select(KnownStation).where(KnownStation.role == StationRole.BELOW.value)).all()
    standing = [_standing(session, station, first, last) for station in stations if station.blocked_at is None]
    order = {SenderState.MISSING: 0, SenderState.PARTLY: 1, SenderState.SENT: 2, SenderState.NOT_EXPECTED: 3}
    return tuple(sorted(standing, key=lambda each: (order[each.state], each.code, each.name)))


def _standing(session: Session, station: KnownStation, first: date, last: date) -> SenderStanding:
    asked = select(ReceivedPackage).where(ReceivedPackage.station_id == station.id)
    rows = session.scalars(asked.order_by(ReceivedPackage.made_at.desc(), ReceivedPackage.id.desc())).all()
    packages = [_row(each) for each in rows]
    reached = [reaches(each, first, last, each.made_at.astimezone().date()) for each in packages]
    spans = [(each.from_event, each.to_event) for each in rows if each.kind != PackageKind.PERIOD.value]
    return SenderStanding(
        station_id=station.id,
        name=station.name,
        code=station.code,
        fingerprint=station.fingerprint,
        period_kind=station.period_kind,
        state=state_of(reached, is_expected=bool(station.period_kind)),
        packages=tuple(each for each, how in zip(packages, reached, strict=True) if _is_for(each, how, first, last)),
        last_made_at=packages[0].made_at if packages else None,
        has_gap=has_gap(spans),
    )


def _is_for(row: ReceivedRow, how: SenderState, first: date, last: date) -> bool:
    """Say whether a package is listed; one without a period only when it was made in the period or soon after."""
    if how is SenderState.MISSING:
        return False
    made_on = row.made_at.astimezone().date()
    return row.period is not None or first <= made_on <= last + (last - first)


def _row(row: ReceivedPackage) -> ReceivedRow:
    first, last = row.period_from, row.period_to
    return ReceivedRow(
        package_id=row.package_id,
        kind=PackageKind(row.kind),
        period=(first, last) if first is not None and last is not None else None,
        made_at=row.made_at,
        received_at=row.received_at,
        received_by=row.received_by,
        outcome={Outcome(name): count for name, count in row.outcome.items()},
    )
