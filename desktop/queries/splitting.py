"""Decisions on works that looked parted, as far as their works are seen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.splitting_radar import JudgedSplitting, SplittingAnswer
from desktop.models.filing import Filing
from desktop.models.random_draw import SplittingVerdict

_AT_ONCE: Final = 500


def verdicts_on(session: Session, filing_ids: Collection[int]) -> tuple[JudgedSplitting, ...]:
    """Give the decisions that concern at least two of some filings, in their order, whatever else they concern."""
    wanted = set(filing_ids)
    rows = session.scalars(select(SplittingVerdict).order_by(SplittingVerdict.id))
    return tuple(_judged(row) for row in rows if len(wanted & set(row.filing_ids)) > 1)


def as_seen(session: Session, judged: Collection[JudgedSplitting]) -> tuple[JudgedSplitting, ...]:
    """Leave out of decisions the filings that are not seen, and the words where there are such."""
    seen = _seen(session, sorted({one for each in judged for one in each.filing_ids}))
    parts = ((each, tuple(one for one in each.filing_ids if one in seen)) for each in judged)
    return tuple(
        each if len(visible) == len(each.filing_ids) else replace(each, filing_ids=visible, reason="")
        for each, visible in parts
    )


def _judged(row: SplittingVerdict) -> JudgedSplitting:
    return JudgedSplitting(
        filing_ids=tuple(row.filing_ids),
        answer=SplittingAnswer(row.verdict),
        reason=row.reason,
        at=row.decided_at,
        who=row.decided_by,
    )


def _seen(session: Session, ids: list[int]) -> set[int]:
    seen: set[int] = set()
    for first in range(0, len(ids), _AT_ONCE):
        seen.update(session.scalars(select(Filing.id).where(Filing.id.in_(ids[first : first + _AT_ONCE]))))
    return seen
