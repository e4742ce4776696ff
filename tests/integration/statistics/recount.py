"""The slow, obvious recount: loops over plain values, written from the definitions and not from the queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from desktop.domain.measure import Breakdown, Number
from desktop.domain.period import Period
from tests.integration.statistics.plain_ledger import (
    APPLIED_AT,
    CHECKED_AT,
    PlainFiling,
    PlainFound,
    PlainHazard,
    PlainLedger,
    PlainVisit,
    moment,
)

Parts = Mapping[Breakdown, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Counted:
    """One row that counts: the codes it stands under, what it adds, and what it is where different things count."""

    parts: Parts
    amount: Number = 1
    same_as: object = None


Recount = Callable[[PlainLedger, Period, datetime | None], Iterator[Counted]]


def cells(counted: Iterator[Counted], by: Breakdown | None, across: Breakdown | None) -> dict[tuple[str, str], Number]:
    """Add up rows by their codes."""
    sums: defaultdict[tuple[str, str], Number] = defaultdict(int)
    seen = set()
    for one in counted:
        for row in one.parts[by] if by else ("",):
            for column in one.parts[across] if across else ("",):
                if one.same_as is None or (row, column, one.same_as) not in seen:
                    sums[row, column] += one.amount
                seen.add((row, column, one.same_as))
    return {codes: value for codes, value in sums.items() if value}


def _inside(day: date | None, period: Period) -> bool:
    return day is not None and period.first_on <= day <= period.last_on


def _here(one: PlainFiling, done_at: datetime) -> datetime:
    """Give when this ledger knew what was done at a moment."""
    first, last = one.received or (None, None)
    if first is not None and done_at <= first:
        return first
    if first is not None and last is not None and done_at <= last:
        return last
    return done_at


def _accepted_known(one: PlainFiling) -> datetime:
    return _here(one, next(visit.at for visit in one.visits if visit.act in ("accept", "imported")))


def _ended_known(one: PlainFiling) -> datetime:
    if one.ended_at is not None:
        return one.ended_at
    if one.received is not None:
        return one.received[1]
    return next(visit.at for visit in one.visits if visit.act in ("accept", "imported"))


def _knows(at: datetime, known_by: datetime | None) -> bool:
    return known_by is None or at <= known_by


def parts_of(one: PlainFiling, on: date | None) -> dict[Breakdown, tuple[str, ...]]:
    """Give the codes of a filing."""
    accepting = [visit.clerk for visit in one.visits if visit.act == "accept"]
    return {
        Breakdown.KIND: (one.kind,),
        Breakdown.CATEGORY: (one.category,),
        Breakdown.RISK: ({True: "high", False: "ordinary", None: ""}[one.high_risk],),
        Breakdown.COMMUNITY: (one.community,),
        Breakdown.SUB_AREA: (one.sub_area,),
        Breakdown.GRID: (one.grid,),
        Breakdown.STATION: (one.number[:2],),
        Breakdown.FUNDING: (one.funding or "",),
        Breakdown.CONTRACTOR: (one.contractor,),
        Breakdown.DEPARTMENT: one.departments or ("",),
        Breakdown.CLERK: tuple(accepting) or ("",),
        Breakdown.CHANNEL: ("online" if one.is_online else "window",),
        **_of_day(on),
    }


def _of_day(on: date | None) -> dict[Breakdown, tuple[str, ...]]:
    return {Breakdown.MONTH: (f"{on:%Y-%m}",), Breakdown.YEAR: (f"{on:%Y}",)} if on else {}


def _is_raised_since(one: PlainFiling, known_by: datetime | None) -> bool:
    """Say that only a change after a moment made a work high-risk."""
    return one.high_risk is True and any(raised and not _knows(at, known_by) for _on, raised, at in one.changes)


def _not_raised_since(recount: Recount) -> Recount:
    """Count again without works that were not yet high-risk then."""

    def without(ledger: PlainLedger, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        then = [one for one in ledger.filings if not _is_raised_since(one, known_by)]
        return recount(replace(ledger, filings=then), period, known_by)

    return without


def _registered(holds: Callable[[PlainFiling], bool] = lambda one: True) -> Recount:
    def recount(ledger: PlainLedger, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in ledger.filings:
            if _inside(one.accepted_on, period) and holds(one) and _knows(_accepted_known(one), known_by):
                yield Counted(parts_of(one, one.accepted_on))

    return recount


def _stands(one: PlainFiling, last: date, known_by: datetime | None) -> bool:
    if one.accepted_on is None or one.accepted_on > last or not _knows(_accepted_known(one), known_by):
        return False
    ended_on = one.closed_on if one.status == "closed" else one.revoked_on
    is_over = one.status in ("closed", "revoked") and (ended_on is None or ended_on <= last)
    return not (is_over and _knows(_ended_known(one), known_by))


def _is_past(one: PlainFiling, last: date, known_by: datetime | None) -> bool:
    later = (
        before
        for applied, before, done_at in one.extensions
        if applied > last or not _knows(_here(one, done_at), known_by)
    )
    return any(end < last for end in (*later, *((one.valid_until,) if one.valid_until else ())))


def _stock(holds: Callable[[PlainFiling, date, datetime | None], bool]) -> Recount:
    def recount(ledger: PlainLedger, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in ledger.filings:
            if _stands(one, period.last_on, known_by) and holds(one, period.last_on, known_by):
                yield Counted(parts_of(one, None))

    return recount


def _ended(status: str, day: Callable[[PlainFiling], date | None], holds: Callable[[PlainFiling], bool]) -> Recount:
    def recount(ledger: PlainLedger, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in ledger.filings:
            is_ended = one.status == status and _inside(day(one), period) and holds(one)
            if is_ended and _knows(_ended_known(one), known_by):
                yield Counted(parts_of(one, day(one)))

    return recount


def _events(days: Callable[[PlainFiling], list[tuple[date, datetime]]]) -> Recount:
    def recount(ledger: PlainLedger, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in ledger.filings:
            for on, done_at in days(one):
                if _inside(on, period) and _knows(_here(one, done_at), known_by):
                    yield Counted(parts_of(one, on))

    return recount


def _visited(
    holds: Callable[[PlainFiling, PlainVisit], bool],
    amount: Callable[[PlainFiling, PlainVisit], int] = lambda one, visit: 1,
    *,
    is_distinct: bool = False,
) -> Recount:
    def recount(ledger: PlainLedger, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in ledger.filings:
            for visit in one.visits:
                if _inside(visit.on, period) and holds(one, visit) and _knows(_here(one, visit.at), known_by):
                    own = {Breakdown.CLERK: (visit.clerk,), Breakdown.OUTCOME: (visit.act,)}
                    same_as = one.id if is_distinct else None
                    yield Counted(parts_of(one, visit.on) | own, amount(one, visit), same_as)

    return recount


def _gaps(ledger: PlainLedger, period: Period, known_by: datetime | None) -> Iterator[Counted]:
    for one in ledger.filings:
        for visit in one.visits:
            if _inside(visit.on, period) and _knows(_here(one, visit.at), known_by):
                own = {Breakdown.CLERK: (visit.clerk,), Breakdown.OUTCOME: (visit.act,)}
                for gap in visit.gaps:
                    yield Counted(parts_of(one, visit.on) | own | {Breakdown.MATERIAL: (gap,)})


def _earlier_notice(one: PlainFiling, visit: PlainVisit) -> PlainVisit | None:
    before = one.visits[: one.visits.index(visit)]
    return next((each for each in before if each.act == "one_time_notice"), None)


def _after_notice(one: PlainFiling, visit: PlainVisit) -> bool:
    return visit.act == "accept" and _earlier_notice(one, visit) is not None


def _days_after_notice(one: PlainFiling, visit: PlainVisit) -> int:
    notice = _earlier_notice(one, visit)
    assert notice is not None
    return (visit.on - notice.on).days


def _act(act: str) -> Recount:
    return _visited(lambda _one, visit: visit.act == act)


def _due(day: Callable[[PlainFiling], date | None], holds: Callable[[PlainFiling, datetime | None], bool]) -> Recount:
    def recount(ledger: PlainLedger, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in ledger.filings:
            if _inside(day(one), period) and holds(one, known_by) and _knows_filing(one, known_by):
                yield Counted(parts_of(one, day(one)))

    return recount


def _knows_filing(one: PlainFiling, known_by: datetime | None) -> bool:
    # One that was never registered has no moment of registration: it was always known.
    return one.accepted_on is None or _knows(_accepted_known(one), known_by)


def _answered(one: PlainFiling) -> bool:
    last = one.visits[-1]
    return last.act != "submit_for_review" and one.feedback_by is not None and last.on <= one.feedback_by


def _checked(one: PlainFiling, known_by: datetime | None) -> bool:
    raised = [changed for changed, is_raised, _at in one.changes if is_raised]
    begins = max(raised) if raised else one.accepted_on
    assert begins is not None
    assert one.site_check_by is not None
    return any(
        begins <= on <= one.site_check_by and result != "no_access" and _knows(moment(on, CHECKED_AT), known_by)
        for on, result in one.checks
    )


def _applied(one: PlainFiling) -> bool:
    return any(
        kind == "completed" and completed == one.completed_on and late is False
        for kind, completed, late in one.close_outs
    )


def _knows_completion(one: PlainFiling, known_by: datetime | None) -> bool:
    """Say whether the day of completion was known: with the application for it, or, where there is none, always."""
    on = one.completed_on
    assert on is not None
    has_applied = any(completed == on for _kind, completed, _late in one.close_outs)
    return not has_applied or _knows(moment(on, APPLIED_AT), known_by)


def _is_ours(one: PlainFiling) -> bool:
    return all(visit.act != "imported" for visit in one.visits)


def _found_parts(found: PlainFound, on: date | None) -> dict[Breakdown, tuple[str, ...]]:
    return {
        Breakdown.KIND: (found.kind,),
        Breakdown.COMMUNITY: (found.community,),
        Breakdown.GRID: (found.grid,),
        Breakdown.CLERK: (found.found_by,),
        **_of_day(on),
    }


def _found(day: Callable[[PlainFound], date | None], holds: Callable[[PlainFound, datetime | None], bool]) -> Recount:
    def recount(ledger: PlainLedger, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in ledger.found:
            if _inside(day(one), period) and holds(one, known_by) and _knows(one.at, known_by):
                yield Counted(_found_parts(one, day(one)))

    return recount


def _came(found: PlainFound, known_by: datetime | None, last: date = date.max) -> bool:
    one = found.filing
    if found.state != "linked" or one is None or one.accepted_on is None or one.accepted_on > last:
        return False
    return _knows(_accepted_known(one), known_by)


def _found_open(ledger: PlainLedger, period: Period, known_by: datetime | None) -> Iterator[Counted]:
    last = period.last_on
    for one in ledger.found:
        was_passed_on = one.reported_on is not None and one.reported_on <= last
        was_dismissed = one.state == "dismissed" and one.state_on <= last
        is_over = was_passed_on or was_dismissed or _came(one, known_by, last)
        if one.found_on <= last and not is_over and _knows(one.at, known_by):
            yield Counted(_found_parts(one, None))


def _found_report_by(one: PlainFound) -> date | None:
    if one.report_by is None and one.register_by is not None:
        came_too_late = one.state == "linked" and one.state_on > one.register_by
        if one.state not in ("found", "urged") and not came_too_late:
            return None
        return one.register_by + timedelta(days=1)
    return one.report_by


def _told_in_time(told: date | None, due: date | None) -> bool:
    return told is not None and due is not None and told <= due


def _hazards(holds: Callable[[PlainHazard], bool]) -> Recount:
    def recount(ledger: PlainLedger, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in ledger.hazards:
            if _inside(one.report_by, period) and holds(one) and _knows(one.at, known_by):
                yield Counted({Breakdown.COMMUNITY: (one.community,), **_of_day(one.report_by)})

    return recount


RECOUNTS: dict[str, Recount] = {
    "registered": _registered(),
    "registered_high_risk": _not_raised_since(_registered(lambda one: one.high_risk is True)),
    "registered_small_work": _registered(lambda one: one.kind == "small_work"),
    "registered_minor_operation": _registered(lambda one: one.kind == "minor_operation"),
    "reregistered": _registered(lambda one: one.follows is not None),
    "in_progress": _stock(lambda _one, _last, _known_by: True),
    "overdue_open": _stock(_is_past),
    "closed": _ended("closed", lambda one: one.closed_on, lambda _one: True),
    "closed_lapsed": _ended(
        "closed", lambda one: one.closed_on, lambda one: any(kind == "lapsed" for kind, *_ in one.close_outs)
    ),
    "revoked": _ended("revoked", lambda one: one.revoked_on, lambda _one: True),
    "extended": _events(lambda one: [(on, at) for on, _before, at in one.extensions]),
    "changed": _events(lambda one: [(on, at) for on, _raised, at in one.changes]),
    "visits": _visited(lambda _one, visit: visit.act != "imported" and not visit.reviewer),
    "accepted": _act("accept"),
    "one_time_notices": _act("one_time_notice"),
    "permit_told": _act("inform_permit"),
    "must_not_start": _act("must_not_start"),
    "not_applicable": _act("not_applicable"),
    "redirected": _act("to_street_office"),
    "submitted_for_review": _act("submit_for_review"),
    "second_notices": _visited(
        lambda one, visit: visit.act == "one_time_notice" and _earlier_notice(one, visit) is not None
    ),
    "incomplete_notices": _visited(lambda _one, visit: visit.act == "one_time_notice" and visit.is_incomplete),
    "noticed_filings": _visited(lambda _one, visit: visit.act == "one_time_notice", is_distinct=True),
    "visits_of_registered": _visited(lambda _one, visit: visit.act == "accept", lambda one, _visit: len(one.visits)),
    "days_waited": _visited(
        lambda _one, visit: visit.act == "accept", lambda one, visit: (visit.on - one.filed_on).days
    ),
    "accepted_after_notice": _visited(_after_notice),
    "days_after_notice": _visited(_after_notice, _days_after_notice),
    "gaps": _gaps,
    "acceptance_due": _due(lambda one: one.feedback_by, lambda _one, _known_by: True),
    "acceptance_in_time": _due(lambda one: one.feedback_by, lambda one, _known_by: _answered(one)),
    "site_checks_due": _not_raised_since(
        _due(lambda one: one.site_check_by, lambda one, _known_by: one.accepted_on is not None)
    ),
    "site_checks_in_time": _not_raised_since(_due(lambda one: one.site_check_by, _checked)),
    "site_checks_missed": _not_raised_since(
        _due(
            lambda one: one.site_check_by,
            lambda one, known_by: one.accepted_on is not None and not _checked(one, known_by),
        )
    ),
    "close_outs_due": _due(
        lambda one: one.completed_on, lambda one, known_by: _is_ours(one) and _knows_completion(one, known_by)
    ),
    "close_outs_in_time": _due(
        lambda one: one.completed_on,
        lambda one, known_by: _is_ours(one) and _applied(one) and _knows_completion(one, known_by),
    ),
    "reports_due": _hazards(lambda _one: True),
    "reports_same_day": _hazards(lambda one: _told_in_time(one.reported_on, one.report_by)),
    "found_reports_due": _found(_found_report_by, lambda _one, _known_by: True),
    "found_reports_same_day": _found(
        _found_report_by, lambda one, _known_by: _told_in_time(one.reported_on, _found_report_by(one))
    ),
    "found_unregistered": _found(lambda one: one.found_on, lambda _one, _known_by: True),
    "found_registered": _found(lambda one: one.found_on, _came),
    "found_open": _found_open,
}
