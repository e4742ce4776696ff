"""Random inspections: who can be drawn, draws with their results, and how far a period is covered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.acts import UNDER_WAY, Status
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.sampling import OVER, DrawnRow, DrawRow, InspectionResult, Population, RiskChoice, Standing
from desktop.models.filing import Filing, FilingDepartment
from desktop.models.random_draw import DrawnFiling, RandomDraw

# A registration that was revoked is none any more.
_REGISTERED: Final = tuple(sorted({*UNDER_WAY, Status.CLOSED}))
_AT_ONCE: Final = 500


def is_high_risk() -> ColumnElement[bool]:
    """Give the condition of works managed as high-risk: by the list, as 参照, or escalated (提级)."""
    return or_(Filing.high_risk.is_(True), Filing.escalated_on.is_not(None))


def can_be_drawn(session: Session, population: Population) -> Mapping[str, tuple[int, str, tuple[str, ...]]]:
    """Give by registration number the id, community and departments of all filings of a population that are seen."""
    asked = select(Filing.id, Filing.registration_number, Filing.community).where(*_criteria(population))
    rows = session.execute(asked.where(Filing.registration_number.is_not(None))).all()
    departments = _departments(session, [filing_id for filing_id, _number, _community in rows])
    return {
        str(number): (filing_id, community, departments.get(filing_id, ())) for filing_id, number, community in rows
    }


def results_seen(session: Session, draw_ids: Iterable[int] | None = None) -> Mapping[int, Sequence[int]]:
    """Count by draw the drawn filings that are seen: all, by result in their order, and over by now."""
    counts = (
        func.count(),
        *(func.sum(case((DrawnFiling.result == result.value, 1), else_=0)) for result in InspectionResult),
        func.sum(case((and_(DrawnFiling.result == "", Filing.status.in_(sorted(OVER))), 1), else_=0)),
    )
    counted = select(DrawnFiling.draw_id, *counts).join(Filing, Filing.id == DrawnFiling.filing_id)
    counted = counted.group_by(DrawnFiling.draw_id)
    if draw_ids is not None:
        counted = counted.where(DrawnFiling.draw_id.in_(tuple(draw_ids)))
    return {row[0]: [int(count or 0) for count in row[1:]] for row in session.execute(counted)}


def stored_draws(session: Session, draw_ids: Collection[int]) -> tuple[RandomDraw, ...]:
    """Give draws by their ids, the newest first; they name filings in their frame, which stays inside the service."""
    return tuple(session.scalars(select(RandomDraw).where(RandomDraw.id.in_(draw_ids)).order_by(RandomDraw.id.desc())))


def drawn_rows(session: Session, draw_id: int) -> tuple[DrawnRow, ...]:
    """List the drawn filings that are seen in the order in which they were drawn, numbers of persons covered."""
    asked = (
        select(DrawnFiling, Filing)
        .join(Filing, Filing.id == DrawnFiling.filing_id)
        .where(DrawnFiling.draw_id == draw_id)
        .order_by(DrawnFiling.ordinal)
    )
    return tuple(drawn_row(drawn, filing) for drawn, filing in session.execute(asked))


def filings_numbered(session: Session, numbers: Sequence[str]) -> Mapping[str, Filing]:
    """Give the filings of registration numbers, those that are seen."""
    found: dict[str, Filing] = {}
    for first in range(0, len(numbers), _AT_ONCE):
        part = select(Filing).where(Filing.registration_number.in_(numbers[first : first + _AT_ONCE]))
        found |= {str(filing.registration_number): filing for filing in session.scalars(part)}
    return found


def covered_between(session: Session, first: date, last: date) -> tuple[int, int, int]:
    """Count what was registered from ``first`` to ``last``, and of that what was drawn, and inspected, once each."""
    registered = and_(Filing.accepted_on.between(first, last), Filing.status.in_(_REGISTERED))
    drawn = select(DrawnFiling.filing_id)
    done = drawn.where(DrawnFiling.result.in_((InspectionResult.IN_ORDER.value, InspectionResult.PROBLEMS.value)))
    counted = select(func.count(Filing.id)).where(registered)
    wanted = (counted, counted.where(Filing.id.in_(drawn)), counted.where(Filing.id.in_(done)))
    total, of_draws, inspected = (session.scalar(one) or 0 for one in wanted)
    return total, of_draws, inspected


def _criteria(population: Population) -> Iterator[ColumnElement[bool]]:
    yield Filing.accepted_on.between(population.first_on, population.last_on)
    states = UNDER_WAY if population.standing is Standing.UNDER_WAY else _REGISTERED
    yield Filing.status.in_(sorted(states))
    if population.kind:
        yield Filing.kind == population.kind
    if population.community:
        yield Filing.community == population.community
    if population.risk is not None:
        yield is_high_risk() if population.risk is RiskChoice.HIGH else ~func.coalesce(is_high_risk(), False)


def _departments(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for first in range(0, len(ids), _AT_ONCE):
        asked = select(FilingDepartment.filing_id, FilingDepartment.code)
        for filing_id, code in session.execute(
            asked.where(FilingDepartment.filing_id.in_(ids[first : first + _AT_ONCE]))
        ):
            found[filing_id] = (*found.get(filing_id, ()), code)
    return found


def draw_row(draw: RandomDraw, counts: Sequence[int]) -> DrawRow:
    """Give a draw as listed, with counts of its drawn filings as ``results_seen`` gives them."""
    size, in_order, problems, not_done, no_longer = counts
    return DrawRow(
        id=draw.id,
        number=draw.number,
        drawn_on=draw.drawn_on,
        drawn_by=draw.drawn_by,
        first_on=draw.first_on,
        last_on=draw.last_on,
        population=draw.population,
        share=Decimal(draw.share),
        frame_size=len(draw.frame),
        size=size,
        inspected=in_order + problems,
        with_problems=problems,
        not_done=not_done,
        no_longer=no_longer,
    )


def drawn_row(drawn: DrawnFiling, filing: Filing) -> DrawnRow:
    """Give one drawn filing as listed, numbers of persons covered."""
    return DrawnRow(
        filing_id=filing.id,
        ordinal=drawn.ordinal,
        number=filing.registration_number or filing.number,
        project_name=cover_numbers(filing.project_name),
        place=cover_numbers(filing.place),
        community=filing.community,
        kind=filing.kind,
        is_high_risk=filing.high_risk is True or filing.escalated_on is not None,
        owner_name=cover_numbers(filing.owner_name),
        contractor_name=cover_numbers(filing.contractor_name),
        result=InspectionResult(drawn.result) if drawn.result else None,
        inspected_on=drawn.inspected_on,
        patrol_id=drawn.patrol_id,
        note=cover_numbers(drawn.note),
        status=Status(filing.status),
    )
