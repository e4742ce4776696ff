"""Opening and closing steps of review inside the transaction of what caused it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError
from desktop.domain.review import OPINION_LEVEL, ReviewOutcome
from desktop.models.filing import Filing, FilingVisit
from desktop.models.review import Review
from desktop.services.filing_keys import storable
from desktop.services.station import Station


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """The step that leads to acceptance: who received the papers, who passed them and with what opinion."""

    review_id: int
    clerk: str
    reviewers: str  # of all levels, as printed
    opinion: str


def name_at_work(station: Station) -> str:
    """Give the name that goes on record for who is signed in."""
    office = station.office
    return storable(station.actor.name or (office.clerk_name if office else ""))


def open_step(session: Session, station: Station, *, visit: FilingVisit, level: int, levels: int) -> None:
    """Put a filing before the reviewers of a level."""
    step = Review(
        filing_id=visit.filing_id,
        visit_id=visit.id,
        level=level,
        levels=levels,
        asked_at=station.now(),
        asked_by=name_at_work(station),
        asked_by_id=station.actor.account_id,
        outcome=ReviewOutcome.OPEN.value,
        opinion="",
        answer="",
        done_by="",
    )
    session.add(step)


def open_review(session: Session, filing: Filing) -> Review:
    """Give the step a filing waits at; raises ``ClerkError("review_done")`` with who closed the last one."""
    steps = select(Review).where(Review.filing_id == filing.id, Review.level > OPINION_LEVEL)
    last = session.scalars(steps.order_by(Review.id.desc()).limit(1)).first()
    if last is None or last.outcome != ReviewOutcome.OPEN.value:
        raise ClerkError("review_done", number=filing.number, by=last.done_by if last else "")
    return last


def returned_with(session: Session, filing: Filing) -> str:
    """Give the opinion with which a filing was last sent back."""
    of_filing = select(Review.opinion).where(
        Review.filing_id == filing.id, Review.outcome == ReviewOutcome.RETURNED.value
    )
    return session.scalars(of_filing.order_by(Review.id.desc()).limit(1)).first() or ""


def close_step(
    session: Session,
    station: Station,
    reviewed: Reviewed,
    *,
    act_id: str | None,
    outcome: ReviewOutcome = ReviewOutcome.PASSED,
) -> Review:
    """Close a step in the name of who is at work; raises ``ClerkError("review_done")`` when somebody else did."""
    step = session.get_one(Review, reviewed.review_id, populate_existing=True)
    if step.outcome != ReviewOutcome.OPEN.value:
        filing = session.get_one(Filing, step.filing_id)
        raise ClerkError("review_done", number=filing.number, by=step.done_by)
    step.act_id, step.outcome, step.opinion = act_id, outcome.value, storable(reviewed.opinion)
    step.done_at, step.done_by, step.done_by_id = station.now(), name_at_work(station), station.actor.account_id
    return step
