"""Lines of the high-risk ledger: the filing as the ledger's lists give it, and how it is looked after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.hazard import OPEN_STATES
from desktop.domain.ledger_line import LedgerLine
from desktop.models.filing import Filing
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.queries.ledger_lines import AT_ONCE, lines_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HighRiskLine:
    """A high-risk work: its line, the days of its watch, and how often somebody was there."""

    line: LedgerLine
    escalated_on: date | None
    site_check_by: date | None
    patrols: int
    last_patrol_on: date | None
    open_hazards: int


def high_risk_lines(
    session: Session, ids: Sequence[int], *, until: date, given: Callable[[LedgerLine], LedgerLine]
) -> Iterator[HighRiskLine]:
    """Give the lines of some filings in their order; visits are counted to the day ``until``.

    ``given`` makes of each line what may be given out, covered or whole.
    """
    for first in range(0, len(ids), AT_ONCE):
        batch = ids[first : first + AT_ONCE]
        days = _by_id(session, select(Filing.id, Filing.escalated_on, Filing.site_check_by).where(Filing.id.in_(batch)))
        visits = select(Patrol.filing_id, func.count(Patrol.id), func.max(Patrol.visited_on)).where(
            Patrol.filing_id.in_(batch), Patrol.visited_on <= until
        )
        seen = _by_id(session, visits.group_by(Patrol.filing_id))
        found = select(Hazard.filing_id, func.count(Hazard.id)).where(
            Hazard.filing_id.in_(batch), Hazard.state.in_([state.value for state in OPEN_STATES])
        )
        still_open = _by_id(session, found.group_by(Hazard.filing_id))
        for line in lines_of(session, batch):
            key = line.row.id
            escalated_on, site_check_by = days[key]
            count, last = seen.get(key, (0, None))
            yield HighRiskLine(
                line=given(line),
                escalated_on=escalated_on,
                site_check_by=site_check_by,
                patrols=count,
                last_patrol_on=last,
                open_hazards=still_open.get(key, (0,))[0],
            )


def _by_id(session: Session, asked: Any) -> dict[int, tuple[Any, ...]]:
    return {key: tuple(rest) for key, *rest in session.execute(asked)}
