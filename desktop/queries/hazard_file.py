"""One hazard whole: its steps with their papers, and the days of its chain; numbers of persons covered."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.acts import IssuedPaper
from desktop.domain.hazard import StepKind
from desktop.domain.hazard_rows import HazardStepRow
from desktop.domain.masked_walk_in import cover_numbers
from desktop.models.hazard import HazardStep
from desktop.queries.papers import papers_by_id


def steps_of(session: Session, hazard_id: int) -> tuple[HazardStepRow, ...]:
    """List the steps of a hazard, the first first, each with its paper."""
    asked = select(HazardStep).where(HazardStep.hazard_id == hazard_id).order_by(HazardStep.id)
    steps = session.scalars(asked).all()
    ids = [step.document_id for step in steps if step.document_id is not None]
    papers = {paper.id: paper for paper in papers_by_id(session, ids)}
    return tuple(_shown(step, papers) for step in steps)


def _shown(step: HazardStep, papers: Mapping[int, IssuedPaper]) -> HazardStepRow:
    return HazardStepRow(
        id=step.id,
        kind=StepKind(step.kind),
        on=step.on,
        text=cover_numbers(step.text),
        due_on=step.due_on,
        patrol_id=step.patrol_id,
        paper=papers.get(step.document_id) if step.document_id is not None else None,
        who=step.done_by,
        at=step.done_at,
    )
