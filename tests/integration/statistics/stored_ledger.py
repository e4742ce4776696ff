"""A plain ledger written as real rows into a real SQLite file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session

from desktop.models.base import Base, UtcMoment
from desktop.models.filing import Filing, FilingDepartment, FilingVisit
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.package import ForeignSubject
from desktop.models.patrol import Patrol
from desktop.models.record import AuditEvent
from desktop.models.registration_life import CloseOut, Extension, RegistrationChange
from tests.integration.statistics.plain_ledger import APPLIED_AT, CHECKED_AT, FIRST, PlainFiling, PlainLedger, moment

_BLANKS: dict[type[object], object] = {
    str: "",
    int: 0,
    bool: False,
    date: date(2026, 1, 1),
    datetime: datetime(2026, 1, 1, tzinfo=UTC),
    object: {},
}
_HIGH, _ORDINARY = {"high_risk": 1}, {"high_risk": 0}


def row(entity: type[Base], **values: Any) -> Base:
    """Make a row; columns that must be filled and of which nothing is said are blank."""
    mapper = entity.__mapper__
    blank: dict[str, Any] = {}
    for column in entity.__table__.columns:
        name = mapper.get_property_by_column(column).key
        if name not in values and not column.nullable and not column.primary_key and column.computed is None:
            kind = datetime if isinstance(column.type, UtcMoment) else column.type.python_type
            blank[name] = uuid4().hex if column.unique else _BLANKS[kind]
    return entity(**blank, **values)


def store(engine: Engine, ledger: PlainLedger) -> None:
    """Put a ledger in the place of what the file held."""
    with Session(engine) as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(delete(table))
        for some in (_filings(ledger), _hanging(ledger), _sites(ledger)):
            session.add_all(some)
            session.flush()
        session.commit()


def _filings(ledger: PlainLedger) -> Iterator[Base]:
    for one in ledger.filings:
        place = {"sub_area": one.sub_area, "grid": one.grid}
        matter: dict[str, Any] = {
            "funding": one.funding,
            "place": place,
            "insurances": [],
            "facts": {"stated": {"filing_channel": "online"} if one.is_online else {}},
        }
        columns = ("id", "number", "kind", "category", "high_risk", "community", "filed_on", "status", "accepted_on")
        days = ("valid_until", "closed_on", "revoked_on", "feedback_by", "site_check_by", "completed_on")
        yield row(
            Filing,
            **{name: getattr(one, name) for name in (*columns, *days)},
            first_number=one.number,
            registration_number=None,
            contractor_key=one.contractor,
            follows_id=one.follows,
            visits=len(one.visits),
            walk_in=matter,
        )


def _hanging(ledger: PlainLedger) -> Iterator[Base]:
    for one in ledger.filings:
        yield from _of_counter(one)
        yield from _of_life(one)


def _of_counter(one: PlainFiling) -> Iterator[Base]:
    for code in one.departments:
        yield row(FilingDepartment, filing_id=one.id, code=code, is_lead=False)
    for ordinal, visit in enumerate(one.visits, start=1):
        yield row(
            FilingVisit,
            filing_id=one.id,
            ordinal=ordinal,
            visited_on=visit.on,
            decided_at=visit.at,
            act=visit.act,
            number=f"{one.number}/{ordinal}",
            clerk=visit.clerk,
            reviewer=visit.reviewer,
            noticed=[{"code": code, "label": code} for code in visit.gaps],
            is_notice_incomplete=visit.is_incomplete,
        )


def _of_life(one: PlainFiling) -> Iterator[Base]:
    for applied, before, done_at in one.extensions:
        yield row(Extension, filing_id=one.id, applied_on=applied, valid_before=before, done_at=done_at)
    for changed, raised, done_at in one.changes:
        yield row(
            RegistrationChange,
            filing_id=one.id,
            changed_on=changed,
            done_at=done_at,
            assessment_before=_ORDINARY if raised else _HIGH,
            assessment_after=_HIGH,
        )
    for kind, completed, late in one.close_outs:
        done_at = moment(completed or FIRST, APPLIED_AT)
        yield row(CloseOut, filing_id=one.id, kind=kind, completed_on=completed, is_late=late, done_at=done_at)
    for on, result in one.checks:
        seen = {"visited_on": on, "recorded_at": moment(on, CHECKED_AT)}
        yield row(Patrol, filing_id=one.id, kind="first_check", result=result, **seen)
    if one.ended_at is not None:
        act = "revocation" if one.status == "revoked" else "closeout_checked"
        yield row(AuditEvent, filing_id=one.id, act=act, at=one.ended_at)
    if one.received is not None:
        first, last = one.received
        yield row(
            ForeignSubject,
            kind="filing",
            subject_id=one.id,
            uid=str(one.id),
            first_received_at=first,
            last_received_at=last,
        )


def _sites(ledger: PlainLedger) -> Iterator[Base]:
    for found in ledger.found:
        names = ("id", "kind", "community", "grid", "found_by", "found_on", "state", "state_on")
        days = ("register_by", "report_by", "reported_on")
        yield row(
            FoundSite,
            **{name: getattr(found, name) for name in (*names, *days)},
            recorded_at=found.at,
            filing_id=found.filing.id if found.filing else None,
        )
    for hazard in ledger.hazards:
        own = ("id", "community", "report_by", "reported_on")
        yield row(Hazard, **{name: getattr(hazard, name) for name in own}, found_on=date(2026, 1, 1))
        yield row(HazardStep, hazard_id=hazard.id, done_at=hazard.at)
