"""What the measures of insurance count: small works with an insurance of safety liability, claims, services."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_, select

from desktop.domain.book import BookKind
from desktop.domain.facts import SMALL_WORK
from desktop.domain.measure import Breakdown
from desktop.domain.period import Period
from desktop.models.book_entry import BookEntry
from desktop.models.filing import Filing
from desktop.queries.statistics.book_rows import CENTS, Counting, cents, entries_of, standing, text
from desktop.queries.statistics.filing_source import FILINGS
from desktop.queries.statistics.source import Count, known

LIABILITY: Final = "liability"  # of the register of policies
ON_THE_FORM: Final = "安全生产责任保险"  # of the registration form


def is_insured(known_by: datetime | None) -> ColumnElement[bool]:
    """Say that a filing has an insurance of safety liability: by its form, or by the register of policies."""
    asked = select(BookEntry.id).where(
        BookEntry.filing_id == Filing.id,
        BookEntry.kind == BookKind.INSURANCE.value,
        text("kind") == LIABILITY,
        standing(BookEntry, known_by),
    )
    return or_(Filing.insured_kinds.contains(ON_THE_FORM), exists(asked))


def _insurable(period: Period) -> ColumnElement[bool]:
    return and_(Filing.accepted_on.between(period.first_on, period.last_on), Filing.kind == SMALL_WORK)


def _insured(period: Period) -> ColumnElement[bool]:
    return and_(_insurable(period), is_insured(None))


def _insured_known(period: Period, known_by: datetime) -> ColumnElement[bool]:
    return and_(_insurable(period), known(FILINGS.known_at, known_by), is_insured(known_by))


_claim: Final = Counting(entries_of(BookKind.CLAIM, title="insurer", word="理赔"))
_service: Final = Counting(
    entries_of(BookKind.SERVICE, title="insurer", word="预防服务", members={Breakdown.ACTIVITY_KIND: text("kind")}),
)

INSURANCE_COUNTS: Final[Mapping[str, Count]] = MappingProxyType(
    {
        "small_works_insurable": Count(source=FILINGS, when=_insurable),
        "liability_insured": Count(source=FILINGS, when=_insured, known_when=_insured_known),
        "claims": _claim(),
        "claims_advanced": _claim(amount=cents("advanced"), parts=CENTS),
        "claims_paid": _claim(amount=cents("paid"), parts=CENTS),
        "prevention_services": _service(),
    }
)
