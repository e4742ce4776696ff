"""Small ledgers as plain values, invented from a seed: what a slow, obvious recount goes over, and what is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

FIRST = date(2025, 11, 1)
# Hours of their day at which they are recorded.
CHECKED_AT = 3
APPLIED_AT = 4
DAYS = 150
COMMUNITIES = ("坪安社区", "云川社区", "")
ACTS = (
    "accept",
    "one_time_notice",
    "inform_permit",
    "must_not_start",
    "not_applicable",
    "to_street_office",
    "submit_for_review",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainVisit:
    """One visit; ``gaps`` are the codes that its notice named."""

    on: date
    at: datetime
    act: str
    clerk: str = "陈小满"
    reviewer: str = ""
    gaps: tuple[str, ...] = ()
    is_incomplete: bool = False


@dataclass(slots=True, kw_only=True)
class PlainFiling:
    """One filing with all that hangs on it."""

    id: int
    number: str
    kind: str
    category: str
    high_risk: bool | None
    community: str
    contractor: str
    funding: str | None
    sub_area: str
    grid: str
    is_online: bool
    filed_on: date
    visits: list[PlainVisit]
    accepted_on: date | None = None
    valid_until: date | None = None
    status: str = "awaiting_correction"
    closed_on: date | None = None
    revoked_on: date | None = None
    ended_at: datetime | None = None
    follows: int | None = None
    feedback_by: date | None = None
    site_check_by: date | None = None
    completed_on: date | None = None
    departments: tuple[str, ...] = ()
    extensions: list[tuple[date, date, datetime]] = field(default_factory=list)  # applied, valid before, done at
    changes: list[tuple[date, bool, datetime]] = field(default_factory=list)  # changed, raised to high risk, done at
    close_outs: list[tuple[str, date | None, bool | None]] = field(default_factory=list)  # kind, completed, late
    checks: list[tuple[date, str]] = field(default_factory=list)  # first checks: day, result
    received: tuple[datetime | None, datetime] | None = None  # by package: first, last


@dataclass(slots=True, kw_only=True)
class PlainFound:
    """One work found without registration."""

    id: int
    kind: str
    community: str
    grid: str
    found_by: str
    found_on: date
    at: datetime
    state: str
    state_on: date
    register_by: date | None
    report_by: date | None
    reported_on: date | None
    filing: PlainFiling | None


@dataclass(slots=True, kw_only=True)
class PlainHazard:
    """One hazard of which enforcement had to know."""

    id: int
    community: str
    at: datetime
    report_by: date | None
    reported_on: date | None


@dataclass(slots=True, kw_only=True)
class PlainLedger:
    """Everything of one small ledger."""

    filings: list[PlainFiling]
    found: list[PlainFound]
    hazards: list[PlainHazard]


def invented(seed: int, filings: int) -> PlainLedger:
    """Invent a ledger; the same seed gives the same."""
    dice = Random(seed)
    ledger = PlainLedger(filings=[_filing(dice, number + 1) for number in range(filings)], found=[], hazards=[])
    for one in ledger.filings:
        if one.accepted_on and dice.random() < 0.3:
            one.follows = dice.choice(ledger.filings).id
    ledger.found = [_found(dice, number + 1, ledger.filings) for number in range(filings // 2)]
    ledger.hazards = [_hazard(dice, number + 1) for number in range(filings // 2)]
    return ledger


def moment(day: date, hours: int = 2) -> datetime:
    """Give a moment of a day."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hours)


def _day(dice: Random) -> date:
    return FIRST + timedelta(days=dice.randrange(DAYS))


def _after(dice: Random, day: date, most: int = 20) -> date:
    return day + timedelta(days=dice.randrange(most))


def _maybe(dice: Random, day: date) -> date | None:
    return day if dice.random() < 0.7 else None


def _filing(dice: Random, key: int) -> PlainFiling:
    filed = _day(dice)
    one = PlainFiling(
        id=key,
        number=f"{dice.choice(('PA', 'YC'))}-DJ-2026-{key:06d}",
        kind=dice.choice(("small_work", "minor_operation", "")),
        category=dice.choice(("signboard", "nonresidential_decoration", "")),
        high_risk=dice.choice((True, False, None)),
        community=dice.choice(COMMUNITIES),
        contractor=dice.choice(("91350100m000100y43", "何平", "")),
        funding=dice.choice(("social", "government", None)),
        sub_area=dice.choice(("一片", "")),
        grid=dice.choice(("03", "")),
        is_online=dice.random() < 0.2,
        filed_on=filed,
        visits=[],
        feedback_by=_maybe(dice, _after(dice, filed, 6)),
        departments=dice.choice(((), ("housing",), ("housing", "traffic"))),
    )
    if dice.random() < 0.3:
        # One of our own that came back with changes was never received for the first time.
        first = moment(_after(dice, filed, 60), 5)
        one.received = (dice.choice((first, None)), first + timedelta(days=dice.randrange(30)))
    if dice.random() < 0.2:
        one.visits = [PlainVisit(on=filed, at=moment(_after(dice, filed, 90), 3), act="imported", clerk="")]
        one.accepted_on = filed
    else:
        _visits(dice, one)
    if one.accepted_on is not None:
        _life(dice, one, one.accepted_on)
    return one


def _visits(dice: Random, one: PlainFiling) -> None:
    day = one.filed_on
    for _visit in range(dice.randrange(1, 5)):
        act = dice.choice(ACTS)
        is_notice = act == "one_time_notice"
        one.visits.append(
            PlainVisit(
                on=day,
                at=moment(day, dice.randrange(1, 9)),
                act=act,
                clerk=dice.choice(("陈小满", "许安")),
                reviewer="林知远" if act == "accept" and dice.random() < 0.4 else "",
                gaps=tuple(dice.choices(("id_card", "contract", "info-1"), k=dice.randrange(3))) if is_notice else (),
                is_incomplete=is_notice and dice.random() < 0.3,
            )
        )
        if act == "accept":
            one.accepted_on = day
            return
        day = _after(dice, day, 8)


def _life(dice: Random, one: PlainFiling, accepted: date) -> None:
    one.status, one.valid_until = "registered", _maybe(dice, _after(dice, accepted, 60))
    one.site_check_by = _maybe(dice, _after(dice, accepted, 6))
    one.checks = [(_after(dice, accepted, 8), dice.choice(("in_order", "no_access"))) for _ in range(dice.randrange(3))]
    for _ in range(dice.randrange(3)):
        applied = _after(dice, accepted, 60)
        one.extensions.append((applied, _after(dice, accepted, 60), moment(_after(dice, applied, 3), 4)))
    for _ in range(dice.randrange(3)):
        changed = _after(dice, accepted, 8)
        one.changes.append((changed, dice.random() < 0.5, moment(_after(dice, changed, 3), 4)))
    one.completed_on = _maybe(dice, _after(dice, accepted, 60))
    if one.completed_on and dice.random() < 0.7:
        one.close_outs.append(("completed", dice.choice((one.completed_on, None)), dice.choice((True, False, None))))
    ending, ended_on = dice.choice(("closed", "revoked", "")), _maybe(dice, _after(dice, accepted, 60))
    if not ending:
        return
    one.status = ending
    if ending == "closed":
        one.closed_on = ended_on
        one.close_outs += [("lapsed", None, None)] if dice.random() < 0.4 else []
    else:
        one.revoked_on = ended_on
    if dice.random() < 0.7:
        one.ended_at = moment(ended_on or accepted, dice.randrange(30, 60))


def _found(dice: Random, key: int, filings: list[PlainFiling]) -> PlainFound:
    found_on = _day(dice)
    state = dice.choice(("found", "urged", "refused", "reported", "linked", "dismissed"))
    register_by = _maybe(dice, _after(dice, found_on))
    return PlainFound(
        id=key,
        kind=dice.choice(("small_work", "above_limit", "")),
        community=dice.choice(COMMUNITIES[:2]),
        grid=dice.choice(("03", "")),
        found_by=dice.choice(("周望", "何田")),
        found_on=found_on,
        at=moment(_after(dice, found_on, 5), 6),
        state=state,
        state_on=_after(dice, found_on),
        register_by=register_by,
        report_by=_maybe(dice, _after(dice, found_on)),
        reported_on=_maybe(dice, _after(dice, found_on)) if state in ("reported", "linked") else None,
        filing=dice.choice(filings) if state == "linked" else None,
    )


def _hazard(dice: Random, key: int) -> PlainHazard:
    report_by = _maybe(dice, _day(dice))
    return PlainHazard(
        id=key,
        community=dice.choice(COMMUNITIES[:2]),
        at=moment(_day(dice), 7),
        report_by=report_by,
        reported_on=_maybe(dice, _after(dice, report_by - timedelta(days=3), 6)) if report_by else None,
    )
