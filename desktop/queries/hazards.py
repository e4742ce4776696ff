"""Reads of hazards: lists by criteria, counts, what is open on a site, the checks that escalations ask for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.acts import UNDER_WAY
from desktop.domain.hazard import OPEN_STATES, HazardLevel, HazardState, Measure, Responsible
from desktop.domain.hazard_course import days_open, is_overdue
from desktop.domain.hazard_proposal import late_findings
from desktop.domain.hazard_rows import EscalationCheck, HazardCounts, HazardCriteria, HazardRow
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.pack import PolicyPack
from desktop.domain.site import SiteRef
from desktop.domain.typed_text import clean_text
from desktop.domain.workdays import WorkdayCalendar
from desktop.models.filing import Filing
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.issued_document import IssuedDocument
from desktop.models.patrol import Patrol
from desktop.queries.first_checks import is_first_check

Columns = TypeVarTuple("Columns")

_OPEN = tuple(sorted(state.value for state in OPEN_STATES))
# What is said to be put right waits for the patroller, not for the contractor.
_LATE = (HazardState.FOUND.value, HazardState.RECTIFYING.value, HazardState.REFUSED.value)


def hazard_ids(session: Session, criteria: HazardCriteria, on: date, pack: PolicyPack) -> tuple[int, ...]:
    """List the ids of hazards: the open first, of them the first to be due, then the last found."""
    is_open = Hazard.state.in_(_OPEN)
    order = (is_open.desc(), case((is_open, func.coalesce(Hazard.due_on, Hazard.found_on))), Hazard.found_on.desc())
    asked = _sites(select(Hazard.id)).where(*_conditions(criteria, on, pack)).order_by(*order, Hazard.id.desc())
    return tuple(session.scalars(asked))


def hazard_page(session: Session, ids: Collection[int], on: date, pack: PolicyPack) -> tuple[HazardRow, ...]:
    """Give the rows of some ids in their order, numbers of persons covered; what is not to be seen is left out."""
    asked = _sites(select(Hazard, Filing, FoundSite)).where(Hazard.id.in_(ids))
    late = late_findings(pack)
    found = {row[0].id: _row(row[0], row[1], row[2], on, late) for row in session.execute(asked)}
    return tuple(found[key] for key in ids if key in found)


def hazard_counts(session: Session, criteria: HazardCriteria, on: date, pack: PolicyPack) -> HazardCounts:
    """Count hazards in one pass over what the criteria find."""
    is_open = Hazard.state.in_(_OPEN)
    cleared = Hazard.state == HazardState.CLEARED.value
    days = func.julianday(Hazard.cleared_on) - func.julianday(Hazard.found_on)
    counted = (
        func.count(),
        _count(is_open),
        _count(_is_overdue(on)),
        _count(Hazard.state == HazardState.AWAITING_RECHECK.value),
        _count(Hazard.state == HazardState.REFUSED.value),
        _count(and_(is_open, Hazard.level == HazardLevel.MAJOR.value)),
        _count(_awaits_report(on, pack)),
        _count(cleared),
        func.avg(case((cleared, days))),
    )
    asked = _sites(select(*counted)).where(*_conditions(criteria, on, pack))
    total, opened, overdue, recheck, refused, major, report, done, mean = session.execute(asked).one()
    return HazardCounts(
        total=total,
        open=opened,
        overdue=overdue,
        awaiting_recheck=recheck,
        refused=refused,
        major=major,
        awaiting_report=report,
        cleared=done,
        mean_days_to_clear=None if mean is None else float(mean),
    )


def open_hazards(session: Session, on: date, pack: PolicyPack) -> tuple[HazardRow, ...]:
    """List every open hazard, the first to be due first: what the worklist asks."""
    criteria = HazardCriteria(is_open=True)
    return hazard_page(session, hazard_ids(session, criteria, on, pack), on, pack)


def hazards_to_report(session: Session, on: date, pack: PolicyPack) -> tuple[HazardRow, ...]:
    """List what enforcement must know and does not yet, cleared or not (当日上报)."""
    criteria = HazardCriteria(awaits_report=True)
    return hazard_page(session, hazard_ids(session, criteria, on, pack), on, pack)


def open_hazards_of(session: Session, site: SiteRef, on: date, pack: PolicyPack) -> tuple[HazardRow, ...]:
    """List the open hazards of one site; a registration with any is not closed without a manager's reason."""
    criteria = HazardCriteria(is_open=True, site=site)
    return hazard_page(session, hazard_ids(session, criteria, on, pack), on, pack)


def escalation_checks(
    session: Session, calendar: WorkdayCalendar, rules_of: Callable[[str, str], PolicyPack]
) -> tuple[EscalationCheck, ...]:
    """List the first checks that escalations of works under way ask for, done or not, the first to be due first.

    The term runs from the escalation as it does from a registration, by the version that each work is judged by.
    """
    states = [state.value for state in UNDER_WAY]
    escalated = select(Filing).where(Filing.escalated_on.is_not(None), Filing.status.in_(states))
    filings = session.scalars(escalated).all()
    done = _first_checks(session, filings)
    checks = (
        _check(filing, calendar, rules_of(filing.pack_id, filing.pack_version), done.get(filing.id))
        for filing in filings
    )
    return tuple(sorted(checks, key=lambda check: (check.due_on or check.escalated_on, check.filing_id)))


def _first_checks(session: Session, filings: Sequence[Filing]) -> dict[int, date]:
    """Give the first check on or after the escalation, by filing."""
    asked = (
        select(Patrol.filing_id, func.min(Patrol.visited_on))
        .join(Filing, Filing.id == Patrol.filing_id)
        .where(
            Patrol.filing_id.in_([filing.id for filing in filings]),
            is_first_check(),
            Patrol.visited_on >= Filing.escalated_on,
        )
        .group_by(Patrol.filing_id)
    )
    return {key: on for key, on in session.execute(asked) if key is not None}


def _check(filing: Filing, calendar: WorkdayCalendar, pack: PolicyPack, done_on: date | None) -> EscalationCheck:
    assert filing.escalated_on is not None
    due = calendar.term(filing.escalated_on, pack.deadlines.site_check_working_days)
    return EscalationCheck(
        filing_id=filing.id,
        number=filing.registration_number or filing.number,
        project_name=filing.project_name,
        place=filing.place,
        community=filing.community,
        escalated_on=filing.escalated_on,
        due_on=due.day if due else None,
        is_provisional=due is not None and due.provisional,
        article=pack.deadlines.site_check_article,
        done_on=done_on,
    )


def _sites(asked: Select[*Columns]) -> Select[*Columns]:
    """Join what a hazard is found by: the filing or the work found unregistered, of which it has one or none."""
    with_filing = asked.select_from(Hazard).outerjoin(Filing, Filing.id == Hazard.filing_id)
    return with_filing.outerjoin(FoundSite, FoundSite.id == Hazard.found_site_id)


def _count(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((holds, 1), else_=0)), 0)


def _is_overdue(on: date) -> ColumnElement[bool]:
    return and_(Hazard.state.in_(_LATE), Hazard.due_on < on)


def awaits_report_by_day() -> ColumnElement[bool]:
    """Say whether enforcement must know of a hazard by a stored day and does not yet."""
    # What was put right at once must be known to enforcement all the same.
    is_meant = Hazard.state != HazardState.WITHDRAWN.value
    return and_(Hazard.report_by.is_not(None), Hazard.reported_on.is_(None), is_meant)


def awaits_report_by_lateness(on: date, late: frozenset[str]) -> ColumnElement[bool]:
    """Say whether enforcement must know only because the term ran out; ``late`` are the findings where it must."""
    unreported = and_(Hazard.report_by.is_(None), Hazard.reported_on.is_(None))
    return and_(_is_overdue(on), Hazard.finding.in_(sorted(late)), unreported)


def _awaits_report(on: date, pack: PolicyPack) -> ColumnElement[bool]:
    return or_(awaits_report_by_day(), awaits_report_by_lateness(on, late_findings(pack)))


def _conditions(criteria: HazardCriteria, on: date, pack: PolicyPack) -> Iterator[ColumnElement[bool]]:
    if text := clean_text(criteria.text):
        yield _holds(text)
    if criteria.states:
        yield Hazard.state.in_(sorted(state.value for state in criteria.states))
    if criteria.is_open is not None:
        yield Hazard.state.in_(_OPEN) if criteria.is_open else Hazard.state.not_in(_OPEN)
    if criteria.is_overdue:
        yield _is_overdue(on)
    if criteria.awaits_report:
        yield _awaits_report(on, pack)
    if criteria.is_supervised is not None:
        yield (Hazard.supervised_level != "") if criteria.is_supervised else (Hazard.supervised_level == "")
    yield from _plain_conditions(criteria)


def _plain_conditions(criteria: HazardCriteria) -> Iterator[ColumnElement[bool]]:
    if criteria.site is not None:
        yield Hazard.filing_id.is_not_distinct_from(criteria.site.filing_id)
        yield Hazard.found_site_id.is_not_distinct_from(criteria.site.found_site_id)
    if criteria.first is not None:
        yield Hazard.found_on >= criteria.first
    if criteria.last is not None:
        yield Hazard.found_on <= criteria.last
    for column, wanted in (
        (Hazard.community, criteria.community),
        (Hazard.finding, criteria.finding),
        (Hazard.group, criteria.group),
        (Hazard.level, criteria.level),
        (Hazard.responsible, criteria.responsible),
        (Hazard.patrol_id, criteria.patrol_id),
    ):
        if wanted is not None:
            yield column == wanted


def _holds(text: str) -> ColumnElement[bool]:
    """Say whether a hazard, its site or a notice about it holds a text."""
    columns = (
        Hazard.number,
        Hazard.description,
        Hazard.spot,
        Hazard.responsible_name,
        Filing.number,
        Filing.registration_number,
        Filing.project_name,
        Filing.place,
        FoundSite.number,
        FoundSite.place,
        FoundSite.work,
    )
    noticed = exists().where(
        HazardStep.hazard_id == Hazard.id,
        HazardStep.document_id == IssuedDocument.id,
        IssuedDocument.number.contains(text, autoescape=True),
    )
    return or_(*(column.contains(text, autoescape=True) for column in columns), noticed)


def _row(hazard: Hazard, filing: Filing | None, found: FoundSite | None, on: date, late: frozenset[str]) -> HazardRow:
    state = HazardState(hazard.state)
    overdue = is_overdue(state, hazard.due_on, on)
    report_by = hazard.report_by
    if report_by is None and overdue and hazard.finding in late and hazard.due_on is not None:
        report_by = hazard.due_on + timedelta(days=1)
    waits = state is not HazardState.WITHDRAWN and hazard.reported_on is None
    return HazardRow(
        id=hazard.id,
        number=hazard.number,
        site=SiteRef(filing_id=hazard.filing_id, found_site_id=hazard.found_site_id),
        site_number=_site_number(filing, found),
        project_name=cover_numbers(filing.project_name if filing else found.work if found else ""),
        place=cover_numbers(filing.place if filing else found.place if found else hazard.spot),
        community=hazard.community,
        patrol_id=hazard.patrol_id,
        report_id=hazard.report_id,
        finding=hazard.finding,
        entry=hazard.entry,
        group=hazard.group,
        description=cover_numbers(hazard.description),
        spot=cover_numbers(hazard.spot),
        level=HazardLevel(hazard.level),
        responsible=Responsible(hazard.responsible),
        responsible_name=cover_numbers(hazard.responsible_name),
        measures=tuple(Measure(code) for code in hazard.measures),
        state=state,
        is_on_the_spot=hazard.is_on_the_spot,
        found_on=hazard.found_on,
        due_on=hazard.due_on,
        report_by=report_by,
        reported_on=hazard.reported_on,
        feedback_on=hazard.feedback_on,
        cleared_on=hazard.cleared_on,
        refused_on=hazard.refused_on,
        stopped_on=hazard.stopped_on,
        resumed_on=hazard.resumed_on,
        escalated_on=hazard.escalated_on,
        supervised_level=hazard.supervised_level,
        supervised_on=hazard.supervised_on,
        days_open=days_open(hazard.found_on, hazard.cleared_on, on),
        is_overdue=overdue,
        is_report_overdue=waits and report_by is not None and report_by < on,
    )


def _site_number(filing: Filing | None, found: FoundSite | None) -> str:
    if filing is not None:
        return filing.registration_number or filing.number
    return found.number if found is not None else ""
