"""Filings as statistics read them: what parts them, when the ledger knew them, when and how they ended."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from desktop.domain.acts import Act, Status
from desktop.domain.measure import Breakdown, RowKind
from desktop.domain.package import RecordKind
from desktop.domain.walk_in import ONLINE
from desktop.models.filing import Filing, FilingDepartment, FilingVisit
from desktop.models.package import ForeignSubject
from desktop.models.record import AuditEvent
from desktop.queries.statistics.known_moments import known_here
from desktop.queries.statistics.source import Column, Joined, Shown, Source, code

HIGH: Final = "high"
ORDINARY: Final = "ordinary"
AT_THE_WINDOW: Final = "window"
IMPORTED: Final = "imported"  # the act of the visit that stands for a line of an old ledger
_ENDINGS: Final = ("closeout_checked", "closeout_lapsed", "revocation")
# Asked for by itself, never joined: the gate's criteria do not follow a class by another name into a join.
_ACCEPTING: Final = aliased(FilingVisit, name="accepting")
_ACCEPTED_BY: Final = (
    select(_ACCEPTING.clerk)
    .where(_ACCEPTING.filing_id == Filing.id, _ACCEPTING.act == Act.ACCEPT.value)
    .limit(1)
    .correlate(Filing)
    .scalar_subquery()
)

FILING_MEMBERS: Final[Mapping[Breakdown, Column]] = MappingProxyType(
    {
        # Never the bare columns: grouped by one of them SQLite would walk its index and read every wide row.
        Breakdown.KIND: code(Filing.kind),
        Breakdown.CATEGORY: code(Filing.category),
        Breakdown.RISK: case((Filing.high_risk.is_(True), HIGH), (Filing.high_risk.is_(False), ORDINARY), else_=""),
        Breakdown.COMMUNITY: code(Filing.community),
        Breakdown.SUB_AREA: code(Filing.sub_area),
        Breakdown.GRID: code(Filing.grid),
        Breakdown.STATION: code(Filing.office_code),
        Breakdown.FUNDING: code(Filing.funding),
        Breakdown.CONTRACTOR: code(Filing.contractor_key),
        Breakdown.DEPARTMENT: code(FilingDepartment.code),
        Breakdown.CLERK: code(_ACCEPTED_BY),
        Breakdown.CHANNEL: case((Filing.channel == ONLINE, ONLINE), else_=AT_THE_WINDOW),
    }
)


def _with_departments(statement: Select[Any]) -> Select[Any]:
    """Let a filing stand once for each of its departments."""
    return statement.outerjoin(FilingDepartment, FilingDepartment.filing_id == Filing.id)


FILING_JOINS: Final[Mapping[Breakdown, Joined]] = MappingProxyType({Breakdown.DEPARTMENT: _with_departments})
FILING_SHOWN: Final = Shown(
    filing_id=Filing.id,
    number=Filing.number,
    title=Filing.project_name,
    place=Filing.place,
    community=Filing.community,
    note=Filing.category_label,
)


def _accepted_at() -> ColumnElement[Any]:
    """Give the moment at which a registration was made here, or its line of an old ledger was taken in."""
    accepting = aliased(FilingVisit)
    asked = select(func.min(accepting.decided_at)).where(
        accepting.filing_id == Filing.id, accepting.act.in_((Act.ACCEPT.value, IMPORTED))
    )
    return asked.correlate(Filing).scalar_subquery()


def _ended_at() -> ColumnElement[Any]:
    """Give the moment at which a registration was closed or revoked here; NULL where that came with it."""
    asked = select(func.max(AuditEvent.at)).where(AuditEvent.filing_id == Filing.id, AuditEvent.act.in_(_ENDINGS))
    return asked.correlate(Filing).scalar_subquery()


def _last_received() -> ColumnElement[Any]:
    asked = select(ForeignSubject.last_received_at).where(
        ForeignSubject.kind == RecordKind.FILING.value, ForeignSubject.subject_id == Filing.id
    )
    return asked.correlate(Filing).scalar_subquery()


ACCEPTED_KNOWN: Final = known_here(RecordKind.FILING, Filing.id, _accepted_at())
# What neither an act here nor a package tells was so from the first on: the line of an old ledger.
ENDED_KNOWN: Final = func.coalesce(_ended_at(), _last_received(), _accepted_at())

FILINGS: Final = Source(
    row_kind=RowKind.FILING,
    joined=lambda statement: statement.select_from(Filing),
    id=Filing.id,
    on=Filing.accepted_on,
    known_at=ACCEPTED_KNOWN,
    done_at=_accepted_at(),
    shown=FILING_SHOWN,
    word="登记件",
    members=FILING_MEMBERS,
    member_joins=FILING_JOINS,
)


def ended_by(day: object) -> ColumnElement[bool]:
    """Say that a registration was closed or revoked by a day; an ending whose day nobody knows had always been."""
    return or_(
        and_(Filing.status == Status.CLOSED.value, func.coalesce(Filing.closed_on <= day, True)),
        and_(Filing.status == Status.REVOKED.value, func.coalesce(Filing.revoked_on <= day, True)),
    )
