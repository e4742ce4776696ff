"""Rows of the standing ledgers on sites: patrols, hazards, letters, read as they come, so that memory stays flat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, String, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from desktop.domain.acts import Status
from desktop.domain.standing_ledger import StandingCriteria
from desktop.models.filing import Filing
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.order import Order
from desktop.models.patrol import Patrol
from desktop.models.registration_life import CloseOut, Revocation
from desktop.models.transfer import Transfer, TransferStep

AT_ONCE: Final = 1_000
Found = Select[*tuple[Any, ...]]
_COUNTED: Final = tuple(
    status.value for status in (Status.REGISTERED, Status.AWAITING_CLOSEOUT, Status.CLOSED, Status.REVOKED)
)
# Number, name and place of the site a row hangs on, whichever kind of site it is.
_SITE: Final = (
    func.coalesce(Filing.registration_number, Filing.number, FoundSite.number, "").label("site_number"),
    func.coalesce(Filing.project_name, FoundSite.work, "").label("site_name"),
)
_FILING: Final = (
    func.coalesce(Filing.registration_number, Filing.number).label("site_number"),
    Filing.project_name.label("site_name"),
    Filing.community,
)


def patrols(session: Session, asked: StandingCriteria) -> Iterator[Row[Any]]:
    """Give the visits of the period by their day."""
    found = select(
        Patrol.id,
        Patrol.visited_on,
        Patrol.visited_time,
        Patrol.community,
        Patrol.kind,
        Patrol.result,
        Patrol.organisation,
        Patrol.level,
        # As it is stored: the same few lists come again and again, and are read once.
        type_coerce(Patrol.patrollers, String).label("patrollers"),
        Patrol.remark,
        *_SITE,
        func.coalesce(Filing.place, FoundSite.place, Patrol.road).label("site_place"),
    )
    return _streamed(session, _on_sites(found, Patrol, asked, Patrol.visited_on))


def found_at(session: Session) -> Counter[int]:
    """Count the hazards that were recorded from each visit: few visits find any."""
    counted = select(Hazard.patrol_id, func.count(Hazard.id)).where(Hazard.patrol_id.is_not(None))
    return Counter({visit: count for visit, count in session.execute(counted.group_by(Hazard.patrol_id)) if visit})


def hazards(session: Session, asked: StandingCriteria) -> Iterator[Row[Any]]:
    """Give the hazards found in the period by their day, each with its site."""
    found = select(Hazard, *_SITE, Hazard.community, Filing.kind)
    return _streamed(session, _on_sites(found, Hazard, asked, Hazard.found_on))


def transfers(session: Session, asked: StandingCriteria) -> Iterator[Row[Any]]:
    """Give the matters handed on in the period by their day, each with its site."""
    found = select(Transfer, *_SITE, Transfer.community)
    return _streamed(session, _on_sites(found, Transfer, asked, Transfer.sent_on))


def close_outs(session: Session, asked: StandingCriteria) -> Iterator[Row[Any]]:
    """Give the applications for close-out of the period by their day, each with its filing."""
    found = select(CloseOut, *_FILING, Filing.place, Filing.owner_name, Filing.closed_on)
    return _streamed(session, _of_filings(found, CloseOut, asked, CloseOut.applied_on))


def orders(session: Session, asked: StandingCriteria) -> Iterator[Row[Any]]:
    """Give the orders of enforcement of all days by their moment: the office's day is told by who asks."""
    found = select(Order, *_FILING).join(Filing, Filing.id == Order.filing_id)
    return _streamed(session, _in_area(found, Filing, asked).order_by(Order.ordered_at, Order.id))


def revocations(session: Session, asked: StandingCriteria) -> Iterator[Row[Any]]:
    """Give the revocations of the period by their day."""
    return _streamed(session, _of_filings(select(Revocation, *_FILING), Revocation, asked, Revocation.decided_on))


def hazard_steps(session: Session, asked: StandingCriteria) -> Iterator[Row[Any]]:
    """Give the steps of hazards in the period by their day."""
    found = select(HazardStep, *_SITE, Hazard.community, Hazard.number).join(Hazard, Hazard.id == HazardStep.hazard_id)
    return _streamed(session, _on_sites(found, Hazard, asked, HazardStep.on, HazardStep.id))


def transfer_steps(session: Session, asked: StandingCriteria) -> Iterator[Row[Any]]:
    """Give what came back on matters handed on in the period by its day."""
    found = select(TransferStep, *_SITE, Transfer.community, Transfer.number).join(
        Transfer, Transfer.id == TransferStep.transfer_id
    )
    return _streamed(session, _on_sites(found, Transfer, asked, TransferStep.on, TransferStep.id))


def registered_ids(session: Session, asked: StandingCriteria) -> tuple[int, ...]:
    """Give the ids of what was registered in the period, by the day it was accepted."""
    inside = Filing.accepted_on.between(asked.first_on, asked.last_on)
    return _filing_ids(session, asked, inside)


def standing_ids(session: Session, asked: StandingCriteria, *, high_risk_only: bool = False) -> tuple[int, ...]:
    """Give the ids of what was registered before the period ended and had not come to its end before it began."""
    wanted: list[ColumnElement[bool]] = [
        Filing.accepted_on <= asked.last_on,
        or_(Filing.closed_on.is_(None), Filing.closed_on >= asked.first_on),
        or_(Filing.revoked_on.is_(None), Filing.revoked_on >= asked.first_on),
    ]
    if high_risk_only:
        wanted.append(or_(Filing.high_risk.is_(True), Filing.escalated_on.is_not(None)))
    return _filing_ids(session, asked, *wanted)


def count_patrols(session: Session, asked: StandingCriteria) -> int:
    """Count the visits of the period."""
    return _counted(session, Patrol, asked, Patrol.visited_on)


def count_hazards(session: Session, asked: StandingCriteria) -> int:
    """Count the hazards found in the period."""
    return _counted(session, Hazard, asked, Hazard.found_on)


def _filing_ids(session: Session, asked: StandingCriteria, *wanted: ColumnElement[bool]) -> tuple[int, ...]:
    found = select(Filing.id).where(Filing.status.in_(_COUNTED), *wanted)
    return tuple(session.scalars(_in_area(found, Filing, asked).order_by(Filing.accepted_on, Filing.id)))


def _on_sites(found: Found, entity: Any, asked: StandingCriteria, day: Any, last: Any = None) -> Found:
    found = found.outerjoin(Filing, Filing.id == entity.filing_id)
    found = found.outerjoin(FoundSite, FoundSite.id == entity.found_site_id)
    inside = found.where(day.between(asked.first_on, asked.last_on))
    return _in_area(inside, entity, asked).order_by(day, entity.id if last is None else last)


def _of_filings(found: Found, entity: Any, asked: StandingCriteria, day: Any) -> Found:
    inside = found.join(Filing, Filing.id == entity.filing_id).where(day.between(asked.first_on, asked.last_on))
    return _in_area(inside, Filing, asked).order_by(day, entity.id)


def _in_area(found: Found, entity: Any, asked: StandingCriteria) -> Found:
    return found if asked.community is None else found.where(entity.community == asked.community)


def _counted(session: Session, entity: Any, asked: StandingCriteria, day: Any) -> int:
    inside = select(func.count(entity.id)).where(day.between(asked.first_on, asked.last_on))
    return session.scalar(_in_area(inside, entity, asked)) or 0


def _streamed(session: Session, found: Found) -> Iterator[Row[Any]]:
    for part in session.execute(found.execution_options(yield_per=AT_ONCE)).partitions():
        yield from part
