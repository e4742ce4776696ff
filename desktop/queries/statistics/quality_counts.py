"""What the measures of the ledger's quality count: files in full, closings on record, gaps, stale works, doubles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, not_, select, tuple_
from sqlalchemy.orm import aliased

from desktop.domain.acts import Act, Status
from desktop.domain.life_acts import CloseOutKind, CloseOutState
from desktop.domain.measures.quality import STALE_DAYS
from desktop.domain.package import RecordKind
from desktop.domain.period import Period
from desktop.domain.walk_in import Verdict
from desktop.models.attachment import Attachment
from desktop.models.filing import Filing, FilingVisit, VisitMaterial
from desktop.models.patrol import Patrol
from desktop.models.registration_life import CloseOut
from desktop.queries.statistics.filing_source import FILINGS
from desktop.queries.statistics.known_moments import known_here
from desktop.queries.statistics.patrol_counts import PATROL_ROWS
from desktop.queries.statistics.registration_counts import CLOSED, REGISTRATION_COUNTS
from desktop.queries.statistics.source import Count, in_period, known

_IN_ORDER: Final = (Verdict.IN_ORDER.value, Verdict.NOT_APPLICABLE.value)
_ACCEPTED: Final = in_period(Filing.accepted_on)
_IN_PROGRESS: Final = REGISTRATION_COUNTS["in_progress"]
_SAME: Final = (Filing.place_key, Filing.owner_key, Filing.contractor_key)
_NEXT: Final = aliased(Filing, name="next_filing")

_ACCEPTING: Final = select(FilingVisit.id).where(
    FilingVisit.filing_id == Filing.id, FilingVisit.act == Act.ACCEPT.value
)
# Asked for at once for all visits, with the verdicts written into the statement: an index holds just these papers.
_OPEN_PAPERS: Final = select(VisitMaterial.visit_id).where(
    VisitMaterial.verdict.not_in(bindparam("in_order", _IN_ORDER, expanding=True, literal_execute=True))
)
_NOT_IN_ORDER: Final = _ACCEPTING.where(FilingVisit.id.in_(_OPEN_PAPERS))
_IS_COMPLETE: Final = and_(
    exists(_ACCEPTING), not_(exists(_NOT_IN_ORDER)), func.json_array_length(Filing.overrides) == 0
)
_IS_RECORDED: Final = exists(
    select(CloseOut.id).where(
        CloseOut.filing_id == Filing.id,
        CloseOut.kind == CloseOutKind.COMPLETED.value,
        CloseOut.state == CloseOutState.VERIFIED.value,
    )
)
# A registration that another takes the place of is no double of it.
_IS_LAST: Final = not_(exists(select(_NEXT.id).where(_NEXT.follows_id == Filing.id)))


def _stands(period: Period, known_by: datetime | None = None) -> ColumnElement[bool]:
    return _IN_PROGRESS.falls(period, known_by)


def _stale(period: Period, known_by: datetime | None = None) -> ColumnElement[bool]:
    since = period.last_on - timedelta(days=STALE_DAYS)
    visits = select(Patrol.id).where(Patrol.filing_id == Filing.id, Patrol.visited_on.between(since, period.last_on))
    if known_by is not None:
        visits = visits.where(known(PATROL_ROWS.known_at, known_by))
    return and_(_stands(period, known_by), Filing.accepted_on <= since, not_(exists(visits)))


def _double(period: Period, known_by: datetime | None = None) -> ColumnElement[bool]:
    is_told = and_(Filing.place_key != "", Filing.owner_key != "", _IS_LAST)
    stands = and_(_stands(period, known_by), is_told)
    several = select(*_SAME).where(stands).group_by(*_SAME).having(func.count() > 1).correlate(None)
    return and_(stands, tuple_(*_SAME).in_(several))


def _unscanned(period: Period, known_by: datetime | None = None) -> ColumnElement[bool]:
    scans = select(Attachment.id).where(Attachment.filing_id == Filing.id, Attachment.material != "")
    accepted = Filing.accepted_on.between(period.first_on, period.last_on)
    if known_by is None:
        return and_(accepted, not_(exists(scans)))
    added = known_here(RecordKind.FILING, Attachment.filing_id, Attachment.added_at)
    scanned = exists(scans.where(known(added, known_by)))
    return and_(accepted, known(FILINGS.known_at, known_by), not_(scanned))


def _stock(only: ColumnElement[bool]) -> Count:
    """Count some of the works in progress, in the statement that counts all of them."""
    return Count(source=FILINGS, when=_IN_PROGRESS.when, known_when=_IN_PROGRESS.known_when, only=only, is_stock=True)


QUALITY_COUNTS: Final[Mapping[str, Count]] = MappingProxyType(
    {
        # By itself: the materials of each visit are looked up, which the count of registrations need not wait for.
        "files_complete": Count(source=FILINGS, when=_ACCEPTED, only=_IS_COMPLETE),
        "files_incomplete": Count(source=FILINGS, when=_ACCEPTED, only=and_(exists(_ACCEPTING), not_(_IS_COMPLETE))),
        "scans_missing": Count(source=FILINGS, when=_unscanned, known_when=_unscanned),
        "closed_recorded": Count(
            source=CLOSED,
            when=in_period(Filing.closed_on),
            only=and_(Filing.status == Status.CLOSED.value, _IS_RECORDED),
        ),
        "funding_missing": _stock(func.coalesce(Filing.funding, "") == ""),
        "grid_missing": _stock(func.coalesce(Filing.grid, "") == ""),
        "stale_open": Count(source=FILINGS, when=_stale, known_when=_stale, is_stock=True),
        "doubles": Count(source=FILINGS, when=_double, known_when=_double, is_stock=True),
    }
)
