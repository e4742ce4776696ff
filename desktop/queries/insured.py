"""Reads of what small works under way are insured by: the policies of the registration, and those entered later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.acts import Status
from desktop.domain.book import BookKind
from desktop.domain.facts import SMALL_WORK
from desktop.domain.insured import InsuranceWarning, Policy, insured_to, lack_of
from desktop.models.book_entry import BookEntry
from desktop.models.filing import Filing


def insurance_warnings(session: Session, today: date, *, filing_id: int | None = None) -> Iterator[InsuranceWarning]:
    """Give the small works under way that are not insured to their end, those that run out first before the others."""
    later = _later_policies(session)
    asked = select(
        Filing.id,
        Filing.number,
        Filing.project_name,
        Filing.place,
        Filing.community,
        Filing.planned_end,
        Filing.valid_until,
        Filing.walk_in["insurances"],
    ).where(Filing.status == Status.REGISTERED.value, Filing.kind == SMALL_WORK, Filing.completed_on.is_(None))
    if filing_id is not None:
        asked = asked.where(Filing.id == filing_id)
    for row in session.execute(asked.order_by(Filing.valid_until, Filing.id)):
        ends_on = row.planned_end or row.valid_until
        policies = [*map(_policy, row[7] or ()), *later.get(row.id, ())]
        lack = lack_of(policies, ends_on=ends_on, today=today)
        if lack is not None:
            yield InsuranceWarning(
                filing_id=row.id,
                number=row.number,
                project_name=row.project_name,
                place=row.place,
                community=row.community,
                lack=lack,
                insured_to=insured_to(policies),
                ends_on=ends_on,
            )


def _later_policies(session: Session) -> Mapping[int, list[Policy]]:
    asked = select(BookEntry.filing_id, BookEntry.values).where(
        BookEntry.kind == BookKind.INSURANCE.value, BookEntry.ended_at.is_(None), BookEntry.filing_id.is_not(None)
    )
    found: dict[int, list[Policy]] = defaultdict(list)
    for filing_id, values in session.execute(asked):
        if filing_id is not None:
            found[filing_id].append(_policy(values))
    return found


def _policy(plain: Mapping[str, Any]) -> Policy:
    return Policy(
        kind=plain.get("kind") or "",
        valid_from=_day(plain.get("valid_from")),
        valid_to=_day(plain.get("valid_to")),
        insurer=plain.get("insurer") or "",
        policy_number=plain.get("policy_number") or "",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
