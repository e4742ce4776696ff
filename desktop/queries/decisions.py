"""What came of decisions already made: results by act id, and what earlier notices told."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.acts import STATUS_AFTER, Act, Change, Decided
from desktop.domain.errors import ClerkError
from desktop.domain.one_time_notice import Deficiency, PreviousNotice
from desktop.domain.register_number import SERIES_OF_ACT, Series
from desktop.models.filing import FilingNumber, FilingVisit
from desktop.models.record import FinishedAct
from desktop.queries.papers import papers_of_visit

_TOLD: Final = frozenset({*SERIES_OF_ACT.values(), Series.TRANSFER}) - {Series.RECEIVED}


def decided_before(session: Session, act_id: str) -> Decided | None:
    """Give the result of an act that is done already, None when it is not.

    Raises ``ClerkError("act_id_used")`` when it is done with a filing that is not to be seen.
    """
    done = session.get(FinishedAct, act_id)
    if done is None:
        return None
    visit = session.get(FilingVisit, done.visit_id)
    if visit is None:
        raise ClerkError("act_id_used", act_id=act_id)
    act = Act(visit.act)
    drafts = {Change.DRAFTS} if done.had_draft else set()
    return Decided(
        filing_id=visit.filing_id,
        number=visit.number,
        act=act,
        status=STATUS_AFTER[act],
        papers=papers_of_visit(session, visit.id),
        changes=frozenset({Change.FILINGS, Change.PAPERS, Change.PARTIES} | drafts),
    )


def last_visit(session: Session, filing_id: int) -> FilingVisit:
    """Give the last visit of a filing."""
    newest = select(FilingVisit).where(FilingVisit.filing_id == filing_id).order_by(FilingVisit.ordinal.desc())
    return session.scalars(newest.limit(1)).one()


def told_before(session: Session, filing_id: int) -> tuple[PreviousNotice, tuple[Deficiency, ...]]:
    """Give what all notices named together with what the last one found settled, and the items now open."""
    noticed = session.scalars(
        select(FilingVisit.noticed).where(FilingVisit.filing_id == filing_id).order_by(FilingVisit.ordinal)
    )
    named = dict.fromkeys(str(item["code"]) for items in noticed for item in items)
    last = last_visit(session, filing_id)
    previous = PreviousNotice(items=tuple(named), settled=tuple(last.settled), facts_fingerprint=last.facts_fingerprint)
    return previous, tuple(_deficiency(item) for item in last.noticed)


def numbers_of(session: Session, filing_id: int) -> tuple[str, ...]:
    """Give every number a filing ever had, the first first."""
    # Numbers of the transfer sheet have no visit of their own and come last.
    asked = (
        select(FilingNumber.number)
        .outerjoin(FilingVisit, FilingVisit.number == FilingNumber.number)
        .where(FilingNumber.filing_id == filing_id)
        .order_by(FilingVisit.ordinal.is_(None), FilingVisit.ordinal)
    )
    return tuple(session.scalars(asked))


def notices_of(session: Session, filing_id: int) -> tuple[str, ...]:
    """Give the numbers of a filing that papers name as earlier notices: of its visits, without receipts of papers.

    Orders and the papers of later life, such as rectification notices, are none.
    """
    told = tuple(f"-{series.value}-" for series in _TOLD)
    return tuple(number for number in numbers_of(session, filing_id) if any(part in number for part in told))


def _deficiency(item: dict[str, Any]) -> Deficiency:
    return Deficiency(**item)
