"""The slow, obvious recount of sites: patrols, key works, draws, hazards, letters; loops over plain values."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from desktop.domain.measure import Breakdown
from desktop.domain.period import Period
from tests.integration.statistics.plain_ledger import PlainFiling
from tests.integration.statistics.plain_site_life import PlainLetter, PlainLife, PlainPatrol, PlainProblem
from tests.integration.statistics.recount import Counted, Parts, parts_of

LifeRecount = Callable[[PlainLife, Period, datetime | None], Iterator[Counted]]
NEVER = date(9999, 1, 1)
OF_DAY = (Breakdown.MONTH, Breakdown.YEAR)


def inside(day: date | None, period: Period) -> bool:
    """Say whether a day lies in the period."""
    return day is not None and period.first_on <= day <= period.last_on


def knows(at: datetime, known_by: datetime | None) -> bool:
    """Say whether a moment was over when the figure was asked for."""
    return known_by is None or at <= known_by


def of_day(day: date | None) -> dict[Breakdown, tuple[str, ...]]:
    """Give the month and the year of a day."""
    return {} if day is None else {Breakdown.MONTH: (f"{day:%Y-%m}",), Breakdown.YEAR: (f"{day:%Y}",)}


def accepted_known(one: PlainFiling) -> datetime:
    """Give when the ledger knew a registration."""
    return next(visit.at for visit in one.visits if visit.act in ("accept", "imported"))


def ended_known(one: PlainFiling) -> datetime:
    """Give when the ledger knew that a registration had ended."""
    return one.ended_at or accepted_known(one)


def is_accepted(one: PlainFiling, period: Period, known_by: datetime | None) -> bool:
    """Say whether a registration was made in the period."""
    return inside(one.accepted_on, period) and knows(accepted_known(one), known_by)


def _site_parts(filing: PlainFiling | None, community: str, on: date | None) -> dict[Breakdown, tuple[str, ...]]:
    wanted = [Breakdown.KIND, Breakdown.CATEGORY, Breakdown.RISK, Breakdown.STATION, Breakdown.FUNDING]
    wanted += [Breakdown.CONTRACTOR, Breakdown.SUB_AREA, Breakdown.GRID, Breakdown.DEPARTMENT]
    of_filing = dict.fromkeys(wanted, ("",)) if filing is None else parts_of(filing, None)
    return {**{by: of_filing[by] for by in wanted}, Breakdown.COMMUNITY: (community,), **of_day(on)}


def _patrol_parts(one: PlainPatrol) -> Parts:
    own = {Breakdown.GRID: ("",), Breakdown.PATROL_KIND: (one.kind,), Breakdown.PATROL_LEVEL: (one.level,)}
    who = {Breakdown.PATROL_ORGANISATION: ("",), Breakdown.PATROLLER: one.who or ("",)}
    return {**_site_parts(one.filing, one.community, one.on), **own, **who}


def _patrols(tell: Callable[[PlainPatrol], Iterator[tuple[int, object]]]) -> LifeRecount:
    def recount(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in life.patrols:
            if inside(one.on, period) and knows(one.at, known_by):
                for amount, same_as in tell(one):
                    yield Counted(_patrol_parts(one), amount, same_as)

    return recount


def _site(one: PlainPatrol) -> Iterator[tuple[int, object]]:
    if one.filing is not None:
        yield 1, ("filing", one.filing.id)
    elif one.found_site is not None:
        yield 1, ("site", one.found_site)


def _patrollers(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
    for one in life.patrols:
        if inside(one.on, period) and knows(one.at, known_by):
            for who in one.who:
                yield Counted({**_patrol_parts(one), Breakdown.PATROLLER: (who,)}, 1, who)


def _clerks(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
    for one in life.ledger.filings:
        for visit in one.visits:
            if visit.act == "accept" and inside(visit.on, period) and knows(visit.at, known_by):
                parts = {**parts_of(one, visit.on), Breakdown.CLERK: (visit.clerk,), Breakdown.OUTCOME: ("accept",)}
                yield Counted(parts, 1, visit.clerk)


def _key_months(
    life: PlainLife, period: Period, known_by: datetime | None, *, wanted: bool | None
) -> Iterator[Counted]:
    for one in life.ledger.filings:
        raised = [(on, at) for on, raises, at in one.changes if raises]
        high_since = max((on for on, _at in raised), default=one.accepted_on)
        begins = min(
            (day for day in (high_since if one.high_risk else None, life.escalated.get(one.id)) if day), default=None
        )
        was_high = one.high_risk and all(knows(at, known_by) for _on, at in raised)
        if not was_high and one.id not in life.escalated:
            continue
        if one.accepted_on is None or begins is None or not knows(accepted_known(one), known_by):
            continue
        ends = min(day or NEVER for day in (one.completed_on, one.closed_on, one.revoked_on))
        month = period.first_on.replace(day=1)
        while month <= period.last_on:
            last = min(month.replace(day=monthrange(month.year, month.month)[1]), period.last_on)
            is_over = ends <= month or (ends == NEVER and one.status in ("closed", "revoked"))
            is_due = one.accepted_on <= period.last_on and begins <= last and not is_over
            if is_due and wanted in (None, _was_visited(life, one, month, last, known_by)):
                yield Counted(parts_of(one, month))
            month = (month + timedelta(days=31)).replace(day=1)


def _was_visited(life: PlainLife, filing: PlainFiling, first: date, last: date, known_by: datetime | None) -> bool:
    return any(
        one.filing is filing and first <= one.on <= last and one.result != "no_access" and knows(one.at, known_by)
        for one in life.patrols
    )


def _draws(is_wanted: Callable[[PlainLife, PlainFiling, date, datetime | None], bool]) -> LifeRecount:
    def recount(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in life.ledger.filings:
            is_revoked = one.status == "revoked" and (one.revoked_on is None or one.revoked_on <= period.last_on)
            is_revoked = is_revoked and knows(ended_known(one), known_by)
            can_be = is_accepted(one, period, known_by) and not is_revoked
            if can_be and is_wanted(life, one, period.last_on, known_by):
                yield Counted(parts_of(one, one.accepted_on))

    return recount


def _drawn(life: PlainLife, filing: PlainFiling, last: date, known_by: datetime | None) -> bool:
    return any(filing.id in draw.drawn and draw.on <= last and knows(draw.at, known_by) for draw in life.draws)


def _inspected(life: PlainLife, filing: PlainFiling, last: date, known_by: datetime | None) -> bool:
    for draw in life.draws:
        result, on = draw.drawn.get(filing.id, ("", None))
        is_told = result in ("in_order", "problems") and on is not None and on <= last
        if is_told and draw.on <= last and knows(draw.at, known_by):
            return True
    return False


def _problem_parts(one: PlainProblem, on: date | None) -> Parts:
    own = {Breakdown.HAZARD_GROUP: (one.group,), Breakdown.HAZARD_LEVEL: (one.level,)}
    nothing = (Breakdown.HAZARD_ENTRY, Breakdown.FINDING)
    of_patrol = (Breakdown.PATROL_KIND, Breakdown.PATROL_LEVEL, Breakdown.PATROL_ORGANISATION)
    return {
        **_site_parts(one.filing, one.community, on),
        **own,
        **dict.fromkeys((*nothing, *of_patrol), ("",)),
    }


def _took(one: PlainProblem, kind: str, known_by: datetime | None) -> bool:
    return any(step == kind and knows(at, known_by) for step, _on, _due, at in one.steps)


def _stands(one: PlainProblem, known_by: datetime | None) -> bool:
    return knows(one.at, known_by) and not _took(one, "withdrawn", known_by)


def _was_cleared(one: PlainProblem, last: date, known_by: datetime | None) -> bool:
    return one.cleared_on is not None and one.cleared_on <= last and _took(one, "passed", known_by)


def _found(holds: Callable[[PlainProblem, date, datetime | None], bool]) -> LifeRecount:
    def recount(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in life.problems:
            if inside(one.found_on, period) and _stands(one, known_by) and holds(one, period.last_on, known_by):
                yield Counted(_problem_parts(one, one.found_on))

    return recount


def _cleared(holds: Callable[[PlainProblem], bool]) -> LifeRecount:
    def recount(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in life.problems:
            is_cleared = inside(one.cleared_on, period) and _took(one, "passed", known_by)
            if is_cleared and _stands(one, known_by) and holds(one):
                yield Counted(_problem_parts(one, one.cleared_on))

    return recount


def _is_past_term(one: PlainProblem) -> bool:
    put_right = one.feedback_on or one.cleared_on
    return one.due_on is not None and put_right is not None and put_right > one.due_on


def _open(life: PlainLife, period: Period, known_by: datetime | None, *, is_late: bool) -> Iterator[Counted]:
    for one in life.problems:
        is_open = one.found_on <= period.last_on and not _was_cleared(one, period.last_on, known_by)
        if is_open and _stands(one, known_by) and (not is_late or _is_late(one, period.last_on, known_by)):
            yield Counted(_problem_parts(one, None))


def _is_late(one: PlainProblem, last: date, known_by: datetime | None) -> bool:
    """Go through the steps up to the day as they were taken; a term that no step tells is the one that stands now."""
    term, is_answered = one.due_on, False
    for kind, on, due_on, at in one.steps:
        if on > last or not knows(at, known_by):
            continue
        term = due_on or term
        is_answered = {"feedback": True, "failed": False}.get(kind, is_answered)
    return term is not None and term < last and not is_answered


def _steps(kind: str) -> LifeRecount:
    def recount(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in life.problems:
            for step, on, _due, at in one.steps:
                if step == kind and inside(on, period) and knows(at, known_by) and _stands(one, known_by):
                    yield Counted(_problem_parts(one, on))

    return recount


def _letters(
    letters: Callable[[PlainLife], list[PlainLetter]], by: Breakdown, holds: Callable[[PlainLetter], bool] | None = None
) -> LifeRecount:
    def recount(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in letters(life):
            is_answered = _is_answered(one, period.last_on, known_by)
            if inside(one.on, period) and knows(one.at, known_by) and (holds is None or (is_answered and holds(one))):
                yield Counted(_letter_parts(one, by, one.on))

    return recount


def _letter_parts(one: PlainLetter, by: Breakdown, on: date | None) -> Parts:
    kind = {Breakdown.TRANSFER_KIND: ("transfer",)} if by is Breakdown.BODY else {}
    return {**_site_parts(one.filing, one.community, on), by: (one.to,), **kind}


def _is_answered(one: PlainLetter, last: date, known_by: datetime | None) -> bool:
    if one.answered_on is None or one.answered_at is None:
        return False
    return one.answered_on <= last and knows(one.answered_at, known_by)


def _waiting(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
    for one in life.transfers:
        is_out = one.on <= period.last_on and knows(one.at, known_by)
        if is_out and not _is_answered(one, period.last_on, known_by):
            yield Counted(_letter_parts(one, Breakdown.BODY, None))


def _transfers(life: PlainLife) -> list[PlainLetter]:
    return life.transfers


def _reports(life: PlainLife) -> list[PlainLetter]:
    return life.reports


RECOUNTS_OF_SITES: dict[str, LifeRecount] = {
    "patrols": _patrols(lambda _one: iter([(1, None)])),
    "patrol_persons": _patrols(lambda one: iter([(len(one.who), None)])),
    "patrolled_sites": _patrols(_site),
    "patrols_with_publicity": _patrols(lambda one: iter([(1, None)] if one.gave_publicity else [])),
    "patrollers": _patrollers,
    "clerks": _clerks,
    "key_site_months": lambda life, period, known_by: _key_months(life, period, known_by, wanted=None),
    "key_site_months_checked": lambda life, period, known_by: _key_months(life, period, known_by, wanted=True),
    "key_site_months_missed": lambda life, period, known_by: _key_months(life, period, known_by, wanted=False),
    "drawable": _draws(lambda _life, _one, _last, _known_by: True),
    "drawn": _draws(_drawn),
    "drawn_inspected": _draws(_inspected),
    "hazards_found": _found(lambda _one, _last, _known_by: True),
    "hazards_major": _found(lambda one, _last, _known_by: one.level == "major"),
    "hazards_on_the_spot": _found(lambda one, _last, _known_by: one.is_on_the_spot),
    "hazards_found_cleared": _found(_was_cleared),
    "hazards_cleared": _cleared(lambda _one: True),
    "hazards_in_time": _cleared(lambda one: one.is_on_the_spot or (one.due_on is not None and not _is_past_term(one))),
    "hazards_late": _cleared(_is_past_term),
    "hazards_open": lambda life, period, known_by: _open(life, period, known_by, is_late=False),
    "hazards_overdue": lambda life, period, known_by: _open(life, period, known_by, is_late=True),
    "stop_works": _steps("stopped"),
    "stops_lifted": _steps("resumed"),
    "escalations": _steps("escalated"),
    "transfers": _letters(_transfers, Breakdown.BODY),
    "transfers_replied": _letters(_transfers, Breakdown.BODY, lambda _one: True),
    "transfers_waiting": _waiting,
    "public_reports": _letters(_reports, Breakdown.REPORT_SOURCE),
    "reports_borne_out": _letters(_reports, Breakdown.REPORT_SOURCE, lambda one: one.verdict != "untrue"),
    "reports_answered": _letters(_reports, Breakdown.REPORT_SOURCE, lambda _one: True),
}
