"""The slow, obvious recount of the registers beside the ledger and of the ledger's quality."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from desktop.domain.measure import Breakdown, Number
from desktop.domain.period import Period
from tests.integration.statistics.plain_ledger import PlainFiling
from tests.integration.statistics.plain_site_life import PlainEntry, PlainLife
from tests.integration.statistics.recount import Counted, Parts, parts_of
from tests.integration.statistics.recount_site_life import (
    LifeRecount,
    accepted_known,
    ended_known,
    inside,
    is_accepted,
    knows,
    of_day,
)

TRAINING = ("training", "drill", "case_study")
PUBLICITY = ("publicity", "warning", "media")


def _stands(one: PlainEntry, known_by: datetime | None) -> bool:
    if known_by is None:
        return one.ended_at is None
    return one.at <= known_by and (one.ended_at is None or one.ended_at > known_by)


def _parts(one: PlainEntry) -> Parts:
    year = {Breakdown.YEAR: (str(one.values["year"]),)} if one.kind == "fund" else {}
    return {
        **of_day(one.on),
        Breakdown.COMMUNITY: (one.community,),
        Breakdown.ORGANISATION: (one.organisation,),
        Breakdown.ACTIVITY_KIND: (one.values.get("kind", ""),),
        Breakdown.ACCIDENT_TYPE: (one.values.get("type", ""),),
        Breakdown.WORKS_KIND: (one.values.get("works", ""),),
        Breakdown.INSPECTING: (one.values.get("body", ""),),
        Breakdown.INSPECTED: (one.values.get("inspected", ""),),
        Breakdown.WORKS_AND_TYPE: (f"{one.values.get('works', '')}/{one.values.get('type', '')}",),
        **year,
    }


def _one(_entry: PlainEntry) -> Number:
    return 1


def _count(key: str) -> Callable[[PlainEntry], Number]:
    return lambda one: one.values.get(key, 0)


def _yuan(key: str) -> Callable[[PlainEntry], Number]:
    return lambda one: Decimal(one.values.get(key, "0"))


def _entries(
    kind: str,
    amount: Callable[[PlainEntry], Number] = _one,
    holds: Callable[[PlainEntry], bool] = lambda _one: True,
) -> LifeRecount:
    def recount(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in life.entries:
            if one.kind == kind and inside(one.on, period) and _stands(one, known_by) and holds(one):
                yield Counted(_parts(one), amount(one))

    return recount


def _funds(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
    for one in life.entries:
        is_fund = one.kind == "fund" and _stands(one, known_by)
        if is_fund and period.first_on.year <= one.values["year"] <= period.last_on.year:
            yield Counted(_parts(one), _yuan("amount")(one))


def _told_totals(life: PlainLife, period: Period, known_by: datetime | None) -> list[tuple[PlainEntry, date]]:
    found = []
    for one in life.entries:
        if one.kind == "accident_total" and _stands(one, known_by):
            last = date.fromisoformat(one.values["last_on"])
            if one.on >= period.first_on and last <= period.last_on:
                found.append((one, last))
    return found


def _totals(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
    told = _told_totals(life, period, known_by)
    for one, last in told:
        if not any(_holds(other, end, one, last) for other, end in told):
            yield Counted(_parts(one), one.values["accidents"])


def _holds(other: PlainEntry, end: date, one: PlainEntry, last: date) -> bool:
    same = other.values["field"] == one.values["field"] and other.organisation == one.organisation
    is_longer = other.on <= one.on and end >= last and (other.on, end) != (one.on, last)
    return same and other.community == one.community and is_longer


def _compared(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
    told = _told_totals(life, period, known_by)
    for one in life.entries:
        is_ours = one.kind == "accident" and one.values["works"] in ("small_work", "minor_operation")
        is_told = any(total.on <= one.on <= last for total, last in told)
        if is_ours and inside(one.on, period) and _stands(one, known_by) and is_told:
            yield Counted(_parts(one))


def _done(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
    for one in life.entries:
        done_on = one.values.get("done_on")
        is_done = done_on is not None and date.fromisoformat(done_on) <= period.last_on and "demand" in one.values
        if one.kind == "supervision" and inside(one.on, period) and _stands(one, known_by) and is_done:
            yield Counted(_parts(one))


def _insurable(*, is_insured: bool) -> LifeRecount:
    def recount(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in life.ledger.filings:
            if one.kind != "small_work" or not is_accepted(one, period, known_by):
                continue
            policies = [
                each
                for each in life.entries
                if each.kind == "insurance" and each.filing is one and each.values["kind"] == "liability"
            ]
            has_policy = one.id in life.insured or any(_stands(each, known_by) for each in policies)
            if has_policy or not is_insured:
                yield Counted(parts_of(one, one.accepted_on))

    return recount


def _complete(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
    for one in life.ledger.filings:
        was_at_window = any(visit.act == "accept" for visit in one.visits)
        is_complete = "missing" not in life.verdicts[one.id] and one.id not in life.overridden
        if is_accepted(one, period, known_by) and was_at_window and is_complete:
            yield Counted(parts_of(one, one.accepted_on))


def _incomplete(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
    for one in life.ledger.filings:
        was_at_window = any(visit.act == "accept" for visit in one.visits)
        is_lacking = "missing" in life.verdicts[one.id] or one.id in life.overridden
        if is_accepted(one, period, known_by) and was_at_window and is_lacking:
            yield Counted(parts_of(one, one.accepted_on))


def _unscanned(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
    for one in life.ledger.filings:
        is_scanned = any(material and knows(at, known_by) for material, at in life.scans.get(one.id, ()))
        if is_accepted(one, period, known_by) and not is_scanned:
            yield Counted(parts_of(one, one.accepted_on))


def _of_facts(holds: Callable[[dict[str, Any]], bool]) -> LifeRecount:
    def recount(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in life.ledger.filings:
            if is_accepted(one, period, known_by) and holds(life.facts[one.id]):
                yield Counted(parts_of(one, one.accepted_on))

    return recount


def _is_crowded(facts: dict[str, Any]) -> bool:
    stated = facts.get("crowded_place")
    return stated is True or stated == "kindergarten" or facts.get("place_kind") == "farm_market"


def _is_hot(facts: dict[str, Any]) -> bool:
    if "crowded_place_hot_work" in facts:
        return facts["crowded_place_hot_work"] is True
    return _is_crowded(facts) and (facts.get("hot_work") is True or bool(facts.get("hot_work_tools_zh")))


def _closed(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
    for one in life.ledger.filings:
        is_recorded = one.id in life.verified and any(kind == "completed" for kind, *_rest in one.close_outs)
        is_closed = one.status == "closed" and inside(one.closed_on, period) and knows(ended_known(one), known_by)
        if is_closed and is_recorded:
            yield Counted(parts_of(one, one.closed_on))


def _standing(life: PlainLife, period: Period, known_by: datetime | None) -> list[PlainFiling]:
    found = []
    for one in life.ledger.filings:
        if one.accepted_on is None or one.accepted_on > period.last_on or not knows(accepted_known(one), known_by):
            continue
        ended_on = one.closed_on if one.status == "closed" else one.revoked_on
        is_over = one.status in ("closed", "revoked") and (ended_on is None or ended_on <= period.last_on)
        if not (is_over and knows(ended_known(one), known_by)):
            found.append(one)
    return found


def _stock(holds: Callable[[PlainLife, PlainFiling, date, datetime | None], bool]) -> LifeRecount:
    def recount(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
        for one in _standing(life, period, known_by):
            if holds(life, one, period.last_on, known_by):
                yield Counted(parts_of(one, None))

    return recount


def _is_stale(life: PlainLife, one: PlainFiling, last: date, known_by: datetime | None) -> bool:
    since = last - timedelta(days=60)
    is_old = one.accepted_on is not None and one.accepted_on <= since
    return is_old and not any(
        patrol.filing is one and since <= patrol.on <= last and knows(patrol.at, known_by) for patrol in life.patrols
    )


def _doubles(life: PlainLife, period: Period, known_by: datetime | None) -> Iterator[Counted]:
    followed = {one.follows for one in life.ledger.filings}
    standing = [one for one in _standing(life, period, known_by) if one.id not in followed]
    for one in standing:
        key = (*life.sameness[one.id], one.contractor)
        same = [other for other in standing if (*life.sameness[other.id], other.contractor) == key]
        if len(same) > 1 and all(life.sameness[one.id]):
            yield Counted(parts_of(one, None))


RECOUNTS_OF_BOOKS: dict[str, LifeRecount] = {
    "activities": _entries("activity"),
    "trainings": _entries("activity", holds=lambda one: one.values["kind"] in TRAINING),
    "trained_persons": _entries("activity", _count("persons"), lambda one: one.values["kind"] in TRAINING),
    "publicity": _entries("activity", holds=lambda one: one.values["kind"] in PUBLICITY),
    "copies": _entries("activity", _count("copies")),
    "media_reach": _entries("activity", _count("reach"), lambda one: one.values["kind"] == "media"),
    "attendances": _entries("attendance", _count("persons")),
    "surveys": _entries("survey"),
    "asked": _entries("survey", _count("asked")),
    "aware": _entries("survey", _count("aware")),
    "asked_if_aware": _entries("survey", _count("asked"), lambda one: "aware" in one.values),
    "satisfied": _entries("survey", _count("satisfied")),
    "asked_if_satisfied": _entries("survey", _count("asked"), lambda one: "satisfied" in one.values),
    "small_works_insurable": _insurable(is_insured=False),
    "liability_insured": _insurable(is_insured=True),
    "prevention_services": _entries("service"),
    "claims": _entries("claim"),
    "claims_advanced": _entries("claim", _yuan("advanced")),
    "claims_paid": _entries("claim", _yuan("paid")),
    "accidents": _entries("accident"),
    "dead": _entries("accident", _count("dead")),
    "injured": _entries("accident", _count("injured")),
    "accident_loss": _entries("accident", _yuan("loss")),
    "accidents_of_all": _totals,
    "accidents_compared": _compared,
    "funds": _funds,
    "supervisions": _entries("supervision"),
    "supervisions_demanding": _entries("supervision", holds=lambda one: "demand" in one.values),
    "supervisions_closed": _done,
    "files_complete": _complete,
    "files_incomplete": _incomplete,
    "scans_missing": _unscanned,
    "registered_crowded": _of_facts(_is_crowded),
    "registered_hot_work": _of_facts(_is_hot),
    "registered_insulation": _of_facts(lambda facts: facts.get("insulation_material") is True),
    "closed_recorded": _closed,
    "funding_missing": _stock(lambda _life, one, _last, _known_by: not one.funding),
    "grid_missing": _stock(lambda _life, one, _last, _known_by: not one.grid),
    "stale_open": _stock(_is_stale),
    "doubles": _doubles,
}
