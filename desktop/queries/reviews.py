"""What waits for review, what came of it, and who checked which paper."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.review import OPINION_LEVEL, AwaitedReview, ReviewOutcome, ReviewStep
from desktop.models.filing import Filing, FilingDepartment, FilingVisit, VisitMaterial
from desktop.models.review import Review


def awaited_reviews(session: Session) -> tuple[tuple[AwaitedReview, frozenset[str]], ...]:
    """List open steps with the departments of their filings, the longest waiting first."""
    waiting = (
        select(Review, Filing)
        .join(Filing, Filing.id == Review.filing_id)
        .where(Review.outcome == ReviewOutcome.OPEN.value, Review.level > OPINION_LEVEL)
        .order_by(Review.asked_at, Review.id)
    )
    found = [(review, filing) for review, filing in session.execute(waiting)]
    departments: defaultdict[int, set[str]] = defaultdict(set)
    ids = [filing.id for _review, filing in found]
    for row in session.scalars(select(FilingDepartment).where(FilingDepartment.filing_id.in_(ids))):
        departments[row.filing_id].add(row.code)
    return tuple((_awaited(review, filing), frozenset(departments[filing.id])) for review, filing in found)


def steps_of(session: Session, filing_id: int) -> tuple[ReviewStep, ...]:
    """List the steps and opinions of a filing, the first first."""
    of_filing = select(Review).where(Review.filing_id == filing_id).order_by(Review.id)
    return tuple(
        ReviewStep(
            id=row.id,
            level=row.level,
            levels=row.levels,
            outcome=ReviewOutcome(row.outcome),
            asked_at=row.asked_at,
            asked_by=row.asked_by,
            opinion=row.opinion,
            answer=row.answer,
            done_at=row.done_at,
            done_by=row.done_by,
        )
        for row in session.scalars(of_filing)
    )


def checkers_of(session: Session, filing_id: int) -> dict[str, tuple[str, str]]:
    """Give who checked and who passed each paper, as at the last visit that judged it."""
    judged = (
        select(VisitMaterial)
        .join(FilingVisit, FilingVisit.id == VisitMaterial.visit_id)
        .where(FilingVisit.filing_id == filing_id)
        .order_by(FilingVisit.ordinal)
    )
    return {row.code: (row.checked_by, row.reviewed_by) for row in session.scalars(judged)}


def _awaited(review: Review, filing: Filing) -> AwaitedReview:
    return AwaitedReview(
        filing_id=filing.id,
        number=filing.number,
        project_name=filing.project_name,
        place=filing.place,
        community=filing.community,
        high_risk=filing.high_risk,
        level=review.level,
        levels=review.levels,
        asked_at=review.asked_at,
        asked_by=review.asked_by,
    )
