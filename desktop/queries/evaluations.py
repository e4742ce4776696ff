"""Rounds of evaluation as stored, and what of the ledger stands beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.acts import Status
from desktop.domain.book import BookKind
from desktop.domain.evaluation import (
    Dimension,
    EvaluationItem,
    EvaluationLine,
    EvaluationRound,
    SampledProject,
    Stage,
)
from desktop.domain.evaluation_course import ProposedProject
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.period import Period, PeriodKind, parse_period, period_of
from desktop.models.book_entry import BookEntry
from desktop.models.evaluation import EvaluationLineRow, EvaluationRoundRow, SampledProjectRow
from desktop.models.filing import Filing

_NOT_SEEN: Final = "（不在本人可见范围）"


def stored_rounds(session: Session) -> tuple[EvaluationRound, ...]:
    """Give the rounds that are seen, the newest first."""
    asked = select(EvaluationRoundRow).order_by(EvaluationRoundRow.opened_at.desc(), EvaluationRoundRow.id.desc())
    return tuple(round_of(row) for row in session.scalars(asked))


def round_of(row: EvaluationRoundRow) -> EvaluationRound:
    """Read a round from its row."""
    return EvaluationRound(
        id=row.id,
        number=row.number,
        name=row.name,
        period=parse_period(row.period) or period_of(PeriodKind.YEAR, row.opened_at.date()),
        self_due_on=row.self_due_on,
        organisations=tuple(row.organisations),
        visited=tuple(row.visited),
        items=tuple(item_from_plain(plain) for plain in row.items),
        is_closed=row.closed_at is not None,
        seed=row.seed,
    )


def item_to_plain(item: EvaluationItem) -> dict[str, Any]:
    """Give an item as plain data that JSON can hold."""
    return {
        "code": item.code,
        "dimension": item.dimension.value,
        "text": item.text,
        "full_marks": None if item.full_marks is None else str(item.full_marks),
        "measures": list(item.measures),
    }


def item_from_plain(plain: Mapping[str, Any]) -> EvaluationItem:
    """Read an item from plain data."""
    marks = plain.get("full_marks")
    return EvaluationItem(
        code=plain["code"],
        dimension=Dimension(plain["dimension"]),
        text=plain["text"],
        full_marks=None if marks is None else Decimal(marks),
        measures=tuple(plain.get("measures", ())),
    )


def lines_of(session: Session, round_id: int) -> tuple[EvaluationLine, ...]:
    """Give all that is said in a round."""
    asked = select(EvaluationLineRow).where(EvaluationLineRow.round_id == round_id)
    return tuple(line_of(row) for row in session.scalars(asked))


def line_of(row: EvaluationLineRow) -> EvaluationLine:
    """Read a line from its row."""
    return EvaluationLine(
        round_id=row.round_id,
        organisation=row.organisation,
        item=row.item,
        stage=Stage(row.stage),
        score=None if row.score is None else Decimal(row.score),
        text=row.text,
        evidence=row.evidence,
        problem=row.problem,
        measure=row.measure,
        due_on=row.due_on,
        done_on=row.done_on,
    )


def projects_of(session: Session, round_id: int) -> tuple[SampledProject, ...]:
    """Give the projects seen on site in a round, as they were seen."""
    asked = (
        select(SampledProjectRow, Filing.number)
        .outerjoin(Filing, Filing.id == SampledProjectRow.filing_id)
        .where(SampledProjectRow.round_id == round_id)
        .order_by(SampledProjectRow.seen_on, SampledProjectRow.id)
    )
    return tuple(project_of(row, number or "") for row, number in session.execute(asked))


def project_of(row: SampledProjectRow, number: str) -> SampledProject:
    """Read a project seen on site from its row; one whose registration is not seen is not named."""
    is_seen = row.filing_id is None or bool(number)
    return SampledProject(
        id=row.id,
        round_id=row.round_id,
        organisation=row.organisation,
        filing_id=row.filing_id if number else None,
        filing_number=number,
        project=row.project if is_seen else _NOT_SEEN,
        seen_on=row.seen_on,
        findings=tuple((code, said) for code, said in row.findings),
        result=row.result,
    )


def registered_in(
    session: Session, period: Period, *, community: str = "", office_code: str = ""
) -> tuple[ProposedProject, ...]:
    """Give the registrations of a period that are under way, of a community or of a point, in order of number."""
    asked = select(Filing.id, Filing.number, Filing.project_name, Filing.place, Filing.community).where(
        Filing.registration_number.is_not(None),
        Filing.status.not_in((Status.REVOKED.value, Status.CLOSED.value)),
        Filing.accepted_on <= period.last_on,
    )
    if community:
        asked = asked.where(Filing.community == community)
    if office_code:
        asked = asked.where(Filing.office_code == office_code)
    return tuple(
        ProposedProject(filing_id=row[0], number=row[1], project=cover_numbers(row[2]), place=row[3], community=row[4])
        for row in session.execute(asked.order_by(Filing.number))
    )


def rule_subjects(session: Session) -> dict[str, frozenset[str]]:
    """Give by who issued them, or whom they are kept under, the subjects of the rule documents in force."""
    asked = select(BookEntry.organisation, BookEntry.community, BookEntry.values).where(
        BookEntry.kind == BookKind.LIBRARY.value, BookEntry.ended_at.is_(None)
    )
    held: dict[str, set[str]] = defaultdict(set)
    for organisation, community, values in session.execute(asked):
        if values.get("state", "in_force") == "in_force":
            for name in filter(None, {organisation, community, values.get("issuer", "")}):
                held[name].update(values.get("subjects") or ())
    return {name: frozenset(subjects) for name, subjects in held.items()}
