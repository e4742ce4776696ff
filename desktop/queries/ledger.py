"""The ledger's questions: ids of a whole result, rows of a page, counts behind the filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.domain.acts import Status
from desktop.domain.ledger import (
    NEGLECTS,
    LedgerColumn,
    LedgerCriteria,
    LedgerException,
    LedgerFacets,
    LedgerRow,
)
from desktop.domain.register_number import parse_number
from desktop.models.filing import Filing, FilingNumber, FilingVisit
from desktop.models.search_index import found_by
from desktop.queries.exceptions import exception_holds
from desktop.queries.search_expression import search_expression

_SORTED_BY: Final[Mapping[LedgerColumn, InstrumentedAttribute[Any]]] = {
    LedgerColumn.NUMBER: Filing.number,
    LedgerColumn.FILED_ON: Filing.filed_on,
    LedgerColumn.PROJECT: Filing.project_sort,
    LedgerColumn.PLACE: Filing.place_sort,
    LedgerColumn.COMMUNITY: Filing.community_sort,
    LedgerColumn.OWNER: Filing.owner_sort,
    LedgerColumn.CONTRACTOR: Filing.contractor_sort,
    LedgerColumn.KIND: Filing.kind,
    LedgerColumn.CATEGORY: Filing.category_sort,
    LedgerColumn.RISK: Filing.high_risk,
    LedgerColumn.STATUS: Filing.status,
    LedgerColumn.VALID_UNTIL: Filing.valid_until,
}
_ROW: Final = (
    Filing.id,
    Filing.number,
    Filing.filed_on,
    Filing.project_name,
    Filing.place,
    Filing.community,
    Filing.owner_name,
    Filing.contractor_name,
    Filing.kind,
    Filing.category,
    Filing.category_label,
    Filing.high_risk,
    Filing.status,
    Filing.valid_until,
    Filing.visits,
    Filing.incomplete_notices,
    Filing.overrides,
)

_CHIPS: Final = ("status", "kind", "high_risk", "community", "awaits_platform")


def find_ids(session: Session, criteria: LedgerCriteria) -> tuple[int, ...]:
    """Give the ids of all filings asked for, in the order asked for."""
    asked = select(Filing.id).where(*_filters(session, criteria), *_chips(criteria))
    return tuple(session.scalars(_in_order(asked, criteria)))


def count_and_first(session: Session, criteria: LedgerCriteria, *, most: int) -> tuple[int, tuple[int, ...]]:
    """Count the filings asked for and give the ids of the first of them."""
    wanted = (*_filters(session, criteria), *_chips(criteria))
    count = session.scalar(select(func.count(Filing.id)).where(*wanted)) or 0
    first = _in_order(select(Filing.id).where(*wanted), criteria).limit(most) if count else None
    return count, tuple(session.scalars(first)) if first is not None else ()


def rows_of(session: Session, ids: Sequence[int]) -> tuple[LedgerRow, ...]:
    """Give the rows of some filings in the order of their ids; ids that are gone are left out."""
    found = {row.id: row for row in session.execute(select(*_ROW).where(Filing.id.in_(ids)))}
    return tuple(_row(found[filing_id]._mapping) for filing_id in ids if filing_id in found)


def count_facets(session: Session, criteria: LedgerCriteria) -> LedgerFacets:
    """Count by status, kind, risk, community, platform and neglect; each chip over the other filters in force."""
    groups = (Filing.status, Filing.kind, Filing.high_risk, Filing.community, Filing.awaits_platform)
    counted = select(*groups, func.count()).where(*_filters(session, criteria)).group_by(*groups)
    by_status: Counter[Status] = Counter()
    by_kind: Counter[str] = Counter()
    communities: Counter[str] = Counter()
    high_risk = awaiting = 0
    for status, kind, is_high, community, awaits, count in session.execute(counted):
        values = (status, kind, is_high, community, awaits)
        differs = {
            name for name, value in zip(_CHIPS, values, strict=True) if getattr(criteria, name) not in (None, value)
        }
        by_status[Status(status)] += count if differs <= {"status"} else 0
        by_kind[kind] += count if differs <= {"kind"} else 0
        communities[community] += count if differs <= {"community"} else 0
        high_risk += count if is_high and differs <= {"high_risk"} else 0
        awaiting += count if awaits and differs <= {"awaits_platform"} else 0
    return LedgerFacets(
        by_status={status: count for status, count in by_status.items() if count},
        by_kind={kind: count for kind, count in by_kind.items() if count},
        high_risk=high_risk,
        awaits_platform=awaiting,
        by_neglect=_count_neglects(session, criteria),
        communities=tuple((name, count) for name, count in communities.most_common() if name and count),
    )


def _count_neglects(session: Session, criteria: LedgerCriteria) -> dict[LedgerException, int]:
    """Count what is wrong after registration, each over the other filters; what is none is left out."""
    others = replace(criteria, exception=None if criteria.exception in NEGLECTS else criteria.exception)
    holds = [exception_holds(neglect, criteria.as_of or date.max) for neglect in NEGLECTS]
    asked = select(*(func.count().filter(one) for one in holds)).select_from(Filing)
    counts = session.execute(asked.where(*_filters(session, others), *_chips(others), or_(*holds))).one()
    return {neglect: count for neglect, count in zip(NEGLECTS, counts, strict=True) if count}


def count_decided(session: Session, day: date) -> int:
    """Count the decisions of one day at the window."""
    return session.scalar(select(func.count()).where(FilingVisit.visited_on == day)) or 0


def _filters(session: Session, criteria: LedgerCriteria) -> Iterator[ColumnElement[bool]]:
    """Give what holds whichever chip is pressed: the text and the days."""
    if criteria.text.strip():
        yield _matches(session, criteria.text)
    if criteria.filed_from is not None:
        yield Filing.filed_on >= criteria.filed_from
    if criteria.filed_to is not None:
        yield Filing.filed_on <= criteria.filed_to
    if criteria.exception is not None and criteria.as_of is not None:
        yield exception_holds(criteria.exception, criteria.as_of)


def _chips(criteria: LedgerCriteria) -> Iterator[ColumnElement[bool]]:
    if criteria.status is not None:
        yield Filing.status == criteria.status.value
    if criteria.kind is not None:
        yield Filing.kind == criteria.kind
    if criteria.high_risk is not None:
        yield Filing.high_risk.is_(criteria.high_risk)
    if criteria.community is not None:
        yield Filing.community == criteria.community
    if criteria.awaits_platform is not None:
        yield Filing.awaits_platform.is_(criteria.awaits_platform)


def _matches(session: Session, typed: str) -> ColumnElement[bool]:
    number = parse_number(typed)
    if number is not None:
        exact = session.scalar(select(FilingNumber.filing_id).where(FilingNumber.number == str(number)))
        if exact is not None:
            return Filing.id == exact
    expression = search_expression(typed)
    if not expression:
        return false()
    # The sum keeps SQLite from fetching the whole row of everything found, thousands for a common word: it goes
    # through an index of the order or of the filter instead, and looks each id up in the list.
    return (Filing.id + 0).in_(found_by(expression))


def _in_order(asked: Select[int], criteria: LedgerCriteria) -> Select[int]:
    column = _SORTED_BY[criteria.sort_by]
    if criteria.descending:
        return asked.order_by(column.desc(), Filing.id.desc())
    return asked.order_by(column, Filing.id)


def _row(stored: Mapping[Any, Any]) -> LedgerRow:
    values = {str(name): value for name, value in stored.items()}
    incomplete, overrides = values.pop("incomplete_notices"), values.pop("overrides")
    marks = {"notice_not_complete": incomplete > 0, "is_overridden": bool(overrides)}
    return LedgerRow(**{**values, **marks, "status": Status(values["status"])})
