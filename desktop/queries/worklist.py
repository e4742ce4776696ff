"""The worklist's questions: how many tasks of a kind are due by which day, and the rows of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, false, func, not_, or_, select, true
from sqlalchemy.orm import Session

from desktop.domain.access import Grant
from desktop.domain.review import ReviewOutcome
from desktop.domain.worklist import TaskKind, Urgency, days_of, latest_start, urgency_on
from desktop.models.filing import Filing, FilingDepartment
from desktop.models.found_site import FoundSite
from desktop.models.review import Review
from desktop.queries.worklist_filings import at_the_window, of_registrations
from desktop.queries.worklist_on_site import of_checks, of_hazards, outward
from desktop.queries.worklist_patrols import planned_patrols
from desktop.queries.worklist_source import Source, Terms

_DEPARTMENT = FilingDepartment.__table__.c
# What terms of the rules are reckoned for when the list is asked for; all others go by days that are stored.
_RECKONED: Final = frozenset(
    {
        TaskKind.ESCALATION_CHECK,
        TaskKind.EXTENSION,
        TaskKind.EXPIRED,
        TaskKind.CLOSE_OUT,
        TaskKind.PLANNED_END,
        TaskKind.CERTIFICATE,
        TaskKind.PATROL,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One row of a source: the day of its event and what it is about, still without words."""

    source: Source
    subject_id: int
    filing_id: int | None
    found_site_id: int | None
    community: str
    by: date | None
    details: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class SiteNames:
    """What a site is called, and of a filing the version of the rules that it was judged by."""

    number: str
    project_name: str
    place: str
    rules: tuple[str, str] | None = None


def sources(terms: Terms) -> tuple[Source, ...]:
    """Give the sources of all kinds; planned patrols have one for each class of works."""
    of_filings = (*at_the_window(terms), *of_registrations(terms))
    of_sites = (*of_checks(terms), *planned_patrols(terms), *of_hazards(terms), *outward(terms))
    return (*of_filings, *of_sites)


def sources_by_version(terms: Terms, others: Sequence[tuple[Terms, frozenset[str]]]) -> tuple[Source, ...]:
    """Give the sources where versions of the rules reckon otherwise than those at work: each with its own filings.

    ``others`` are the terms of such versions and which they are.  Kinds that go by stored days, or that no filing has,
    are asked for once; so is everything while all versions reckon alike.
    """
    if not others:
        return sources(terms)
    of_others = [(each, and_(Filing.pack_id == each.pack.id, Filing.pack_version.in_(names))) for each, names in others]
    own = not_(or_(*(which for _terms, which in of_others)))
    return (
        *(_narrowed(source, own) if _is_reckoned(source) else source for source in sources(terms)),
        *(_narrowed(source, which) for each, which in of_others for source in sources(each) if _is_reckoned(source)),
    )


def _is_reckoned(source: Source) -> bool:
    return source.kind in _RECKONED and source.filing is not None


def _narrowed(source: Source, which: ColumnElement[bool]) -> Source:
    return replace(source, asked=source.asked.where(which))


def within(source: Source, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """Say which tasks lie inside some grants; what is of no filing is of no trade, so that only the area counts."""
    return or_(false(), *(_covered(source, grant) for grant in grants))


def count_by_urgency(
    session: Session, source: Source, only: Sequence[ColumnElement[bool]], today: date
) -> Counter[Urgency]:
    """Count the tasks of a kind by urgency; the rows themselves are not read."""
    counts: Counter[Urgency] = Counter()
    asked = source.asked.where(*only)
    if source.day is None:
        counts[Urgency.UNDATED] = session.scalar(asked.with_only_columns(func.count(source.subject))) or 0
        return counts
    by_day = asked.where(*_in_time(source)).with_only_columns(source.day.label("day"), func.count(source.subject))
    for day, count in session.execute(by_day.group_by("day")):
        counts[urgency_on(None if day is None else source.due(day), today)] += count
    return counts


def page_of(
    session: Session,
    source: Source,
    only: Sequence[ColumnElement[bool]],
    *,
    urgency: Urgency | None,
    today: date,
    most: int,
    after: int = 0,
) -> tuple[Found, ...]:
    """Give some tasks of a kind, of one urgency or of all, the earliest term first; ``after`` are left out before."""
    asked = source.asked.where(*only, *_in_time(source), *_of_urgency(source, urgency, today))
    # What has no term comes last; an order that an index has is asked for only where every row has one.
    undated_last = () if source.day is None or source.is_dated else (source.day.is_(None),)
    order = (*undated_last, *(() if source.day is None else (source.day,)), source.subject)
    columns = (
        *((source.day.label("day"),) if source.day is not None else ()),
        source.subject.label("subject"),
        source.community.label("community"),
        *((source.filing.label("filing"),) if source.filing is not None else ()),
        *((source.found_site.label("found_site"),) if source.found_site is not None else ()),
        *(column.label(f"detail_{place}") for place, column in enumerate(source.details)),
    )
    rows = session.execute(asked.with_only_columns(*columns).order_by(*order).limit(most).offset(after))
    return tuple(_found(source, row) for row in rows)


def names_of(session: Session, found: Sequence[Found]) -> Mapping[tuple[int | None, int | None], SiteNames]:
    """Give the names of the sites of some tasks by the ids of filing and found site."""
    filings = {each.filing_id for each in found if each.filing_id is not None}
    of_filing = (
        Filing.id,
        Filing.registration_number,
        Filing.number,
        Filing.project_name,
        Filing.place,
        Filing.pack_id,
        Filing.pack_version,
    )
    by_filing = {
        row.id: SiteNames(
            row.registration_number or row.number, row.project_name, row.place, (row.pack_id, row.pack_version)
        )
        for row in session.execute(select(*of_filing).where(Filing.id.in_(filings)))
    }
    sites = {each.found_site_id for each in found if each.found_site_id is not None}
    of_site = select(FoundSite.id, FoundSite.number, FoundSite.work, FoundSite.place).where(FoundSite.id.in_(sites))
    by_site = {row.id: SiteNames(row.number, row.work, row.place) for row in session.execute(of_site)} if sites else {}
    keys = {(each.filing_id, each.found_site_id) for each in found}
    named = {key: by_filing.get(key[0] or 0) or by_site.get(key[1] or 0) for key in keys}
    return {key: names for key, names in named.items() if names is not None}


def newest_reviews(session: Session, filing_ids: Sequence[int], outcome: ReviewOutcome) -> Mapping[int, Review]:
    """Give the newest step or opinion of an outcome of some filings."""
    if not filing_ids:
        return {}
    of_filings = select(Review).where(Review.filing_id.in_(filing_ids), Review.outcome == outcome.value)
    return {review.filing_id: review for review in session.scalars(of_filings.order_by(Review.id))}


def matters_of(session: Session, filing_ids: Sequence[int]) -> Mapping[int, dict[str, Any]]:
    """Give the stored matters of some filings."""
    if not filing_ids:
        return {}
    return {
        row.id: row.walk_in
        for row in session.execute(select(Filing.id, Filing.walk_in).where(Filing.id.in_(filing_ids)))
    }


def _covered(source: Source, grant: Grant) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    if grant.areas is not None:
        conditions.append(source.community.in_(sorted(grant.areas)))
    if grant.departments is not None and source.filing is not None:
        of_trade = select(_DEPARTMENT.filing_id).where(_DEPARTMENT.code.in_(sorted(grant.departments)))
        conditions.append(or_(source.filing.is_(None), source.filing.in_(of_trade)))
    condition = conditions[0]
    for each in conditions[1:]:
        condition = condition & each
    return condition


def _in_time(source: Source) -> Iterator[ColumnElement[bool]]:
    """Leave out what is due later than the list shows; what has no term stays."""
    if source.day is None or source.until is None:
        return
    last = source.day <= latest_start(source.due, source.until)
    yield last if source.is_dated else or_(source.day.is_(None), last)


def _of_urgency(source: Source, urgency: Urgency | None, today: date) -> Iterator[ColumnElement[bool]]:
    if urgency is None:
        return
    if urgency is Urgency.UNDATED or source.day is None:
        yield (
            true()
            if source.day is None and urgency is Urgency.UNDATED
            else false()
            if source.day is None
            else source.day.is_(None)
        )
        return
    first, last = days_of(urgency, today)
    if first is not None:
        yield source.day > latest_start(source.due, first - timedelta(days=1))
    if last is not None:
        yield source.day <= latest_start(source.due, last)


def _found(source: Source, row: Row[Any]) -> Found:
    values = row._mapping
    day = values.get("day")
    return Found(
        source=source,
        subject_id=values["subject"],
        filing_id=values.get("filing"),
        found_site_id=values.get("found_site"),
        community=values["community"],
        by=None if day is None else source.due(day),
        details=tuple(values[f"detail_{place}"] for place in range(len(source.details))),
    )
