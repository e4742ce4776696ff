"""What happens on the sites of a small ledger and stands in its registers, as plain values invented from a seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tests.integration.statistics.plain_ledger import (
    COMMUNITIES,
    DAYS,
    FIRST,
    PlainFiling,
    PlainLedger,
    invented,
    moment,
)

OWNERS, PLACES = ("某商行", ""), ("坪安路18号", "")


@dataclass(slots=True, kw_only=True)
class PlainPatrol:
    """One visit to a site or along a road."""

    id: int
    filing: PlainFiling | None
    found_site: int | None
    community: str
    kind: str
    level: str
    result: str
    on: date
    who: tuple[str, ...]
    gave_publicity: bool
    at: datetime


@dataclass(slots=True, kw_only=True)
class PlainProblem:
    """One hazard with its steps (kind, day, term, moment); a withdrawn one has a step of that kind."""

    id: int
    filing: PlainFiling | None
    community: str
    group: str
    level: str
    found_on: date
    at: datetime
    due_on: date | None
    is_on_the_spot: bool
    feedback_on: date | None
    cleared_on: date | None
    is_withdrawn: bool
    steps: list[tuple[str, date, date | None, datetime]]


@dataclass(slots=True, kw_only=True)
class PlainLetter:
    """A transfer (``to`` is the body) or a report from the public (``to`` is its source), and its answer."""

    id: int
    filing: PlainFiling | None
    community: str
    to: str
    on: date
    at: datetime
    answered_on: date | None
    answered_at: datetime | None
    verdict: str = ""


@dataclass(slots=True, kw_only=True)
class PlainEntry:
    """One form of an entry of a register."""

    id: int
    kind: str
    on: date
    community: str
    organisation: str
    filing: PlainFiling | None
    values: dict[str, Any]
    at: datetime
    ended_at: datetime | None


@dataclass(slots=True, kw_only=True)
class PlainDraw:
    """A random draw: who was drawn, and whom an inspection visited on which day."""

    id: int
    on: date
    at: datetime
    drawn: dict[int, tuple[str, date | None]]  # filing: result, inspected on


@dataclass(slots=True, kw_only=True)
class PlainLife:
    """A ledger with its sites and registers; of filings what only these figures ask."""

    ledger: PlainLedger
    escalated: dict[int, date] = field(default_factory=dict)
    sameness: dict[int, tuple[str, str]] = field(default_factory=dict)  # place, owner
    overridden: set[int] = field(default_factory=set)
    insured: set[int] = field(default_factory=set)
    verdicts: dict[int, tuple[str, ...]] = field(default_factory=dict)  # of the materials at acceptance
    scans: dict[int, list[tuple[str, datetime]]] = field(default_factory=dict)  # material or none, when added
    facts: dict[int, dict[str, Any]] = field(default_factory=dict)  # as they are stored
    verified: set[int] = field(default_factory=set)  # a completed close-out was verified on site
    patrols: list[PlainPatrol] = field(default_factory=list)
    problems: list[PlainProblem] = field(default_factory=list)
    transfers: list[PlainLetter] = field(default_factory=list)
    reports: list[PlainLetter] = field(default_factory=list)
    entries: list[PlainEntry] = field(default_factory=list)
    draws: list[PlainDraw] = field(default_factory=list)


def invented_life(seed: int, filings: int) -> PlainLife:
    """Invent a ledger with its sites and registers; the same seed gives the same."""
    dice, ledger = Random(seed), invented(seed, filings)
    ledger.hazards, ledger.found = [], []
    for one in ledger.filings:
        one.checks, one.received = [], None
    life = PlainLife(ledger=ledger)
    for one in ledger.filings:
        _of_filing(dice, life, one)
    some = [*ledger.filings, None]
    life.patrols = [_patrol(dice, key + 1, dice.choice(some)) for key in range(filings * 2)]
    life.problems = [_problem(dice, key + 1, dice.choice(some)) for key in range(filings)]
    life.transfers = [_letter(dice, key + 1, dice.choice(some), ("执法队", "住建局")) for key in range(filings // 2)]
    life.reports = [_letter(dice, key + 1, dice.choice(some), ("visit", "grid")) for key in range(filings // 2)]
    life.entries = [_entry(dice, key + 1, dice.choice(some)) for key in range(filings * 3)]
    life.draws = [_draw(dice, key + 1, ledger.filings) for key in range(filings // 4)]
    return life


def _day(dice: Random) -> date:
    return FIRST + timedelta(days=dice.randrange(DAYS))


def _later(dice: Random, day: date, most: int = 40) -> date:
    return day + timedelta(days=dice.randrange(most))


def _of_filing(dice: Random, life: PlainLife, one: PlainFiling) -> None:
    life.sameness[one.id] = (dice.choice(PLACES), dice.choice(OWNERS))
    if one.accepted_on and dice.random() < 0.3:
        life.escalated[one.id] = _later(dice, one.accepted_on, 60)
    if dice.random() < 0.2:
        life.overridden.add(one.id)
    if dice.random() < 0.4:
        life.insured.add(one.id)
    if dice.random() < 0.5:
        life.verified.add(one.id)
    materials = dice.choices(("", "business_licence"), k=dice.randrange(3))
    life.scans[one.id] = [(material, moment(_day(dice), 2)) for material in materials]
    life.facts[one.id] = {key: value for key, some in _FACTS.items() if (value := dice.choice(some)) is not None}
    life.verdicts[one.id] = tuple(dice.choices(("in_order", "not_applicable", "in_order", "missing"), k=2))


def _patrol(dice: Random, key: int, filing: PlainFiling | None) -> PlainPatrol:
    on = _day(dice)
    return PlainPatrol(
        id=key,
        filing=filing,
        found_site=dice.choice((7, 8, None)) if filing is None else None,
        community=dice.choice(COMMUNITIES),
        kind=dice.choice(("regular", "sweep")),
        level=dice.choice(("street", "community")),
        result=dice.choice(("in_order", "findings", "no_access")),
        on=on,
        who=tuple(dice.sample(("周望", "何田", "许安"), k=dice.randrange(1, 4))),
        gave_publicity=dice.random() < 0.3,
        at=moment(_later(dice, on, 30), 3),
    )


def _problem(dice: Random, key: int, filing: PlainFiling | None) -> PlainProblem:
    found, is_on_the_spot = _day(dice), dice.random() < 0.25
    at = moment(_later(dice, found, 5), 1)
    one = PlainProblem(
        id=key,
        filing=filing,
        community=dice.choice(COMMUNITIES),
        group=dice.choice(("safety", "fire", "")),
        level=dice.choice(("general", "major")),
        found_on=found,
        at=at,
        due_on=None if is_on_the_spot or dice.random() < 0.2 else _later(dice, found, 20),
        is_on_the_spot=is_on_the_spot,
        feedback_on=None,
        cleared_on=None,
        is_withdrawn=False,
        steps=[("found", found, None, at)],
    )
    if is_on_the_spot:
        one.cleared_on = found
        one.steps.append(("passed", found, None, at))
    else:
        _course(dice, one)
    return one


def _course(dice: Random, one: PlainProblem) -> None:
    """Let things happen in their order; each is entered up to a month late."""
    day = one.found_on
    for _step in range(dice.randrange(6)):
        day = _later(dice, day, 15)
        kind = dice.choice(("feedback", "failed", "term", "stopped", "resumed", "escalated", "passed", "withdrawn"))
        term = _later(dice, day, 20) if kind in ("term", "failed") else None
        one.steps.append((kind, day, term, moment(_later(dice, day, 30), 4)))
        one.due_on = term or one.due_on
        if kind in ("feedback", "failed"):
            one.feedback_on = day if kind == "feedback" else None
        if kind == "passed":
            one.cleared_on = day
            return
        if kind == "withdrawn":
            one.is_withdrawn = True
            return


def _letter(dice: Random, key: int, filing: PlainFiling | None, to: tuple[str, ...]) -> PlainLetter:
    on = _day(dice)
    answered = _later(dice, on) if dice.random() < 0.6 else None
    return PlainLetter(
        id=key,
        filing=filing,
        community=dice.choice(COMMUNITIES),
        to=dice.choice(to),
        on=on,
        at=moment(_later(dice, on, 10), 2),
        answered_on=answered,
        answered_at=moment(_later(dice, answered, 20), 5) if answered else None,
        verdict=dice.choice(("true", "partly", "untrue")) if answered else "",
    )


def _draw(dice: Random, key: int, filings: list[PlainFiling]) -> PlainDraw:
    on = _day(dice)
    results = ("", "in_order", "problems", "not_done")
    drawn = {
        one.id: (result := dice.choice(results), _later(dice, on) if result else None)
        for one in filings
        if dice.random() < 0.4
    }
    return PlainDraw(id=key, on=on, at=moment(on, 6), drawn=drawn)


def _maybe(dice: Random, value: object) -> object:
    return value if dice.random() < 0.7 else None


def _entry(dice: Random, key: int, filing: PlainFiling | None) -> PlainEntry:
    on = _day(dice)
    kind = dice.choice(tuple(_VALUES))
    at = moment(_later(dice, on, 30), 2)
    return PlainEntry(
        id=key,
        kind=kind,
        on=on,
        community=dice.choice(COMMUNITIES),
        organisation=dice.choice(("某街道", "某社区")),
        filing=filing,
        values={name: value for name, value in _VALUES[kind](dice, on).items() if value is not None},
        at=at,
        ended_at=None if dice.random() < 0.7 else at + timedelta(days=dice.randrange(1, 60)),
    )


def _money(dice: Random) -> str:
    return f"{dice.randrange(1, 700_000_000) / 100:.2f}"


# What may be stated of a work; None stands for nothing stated.
_FACTS: dict[str, tuple[Any, ...]] = {
    "crowded_place": (None, True, False, "", "kindergarten", {"blank": "unknown"}),
    "place_kind": (None, "farm_market", "dwelling", {"blank": "not_applicable"}),
    "hot_work": (None, True, False, {"blank": "unknown"}),
    "hot_work_tools_zh": (None, [], ["电焊"]),
    "crowded_place_hot_work": (None, None, None, True, False, {"blank": "unknown"}),
    "insulation_material": (None, True, False),
}
_VALUES: dict[str, Any] = {
    "activity": lambda dice, _on: {
        "kind": dice.choice(("training", "publicity", "warning", "drill", "case_study", "media")),
        "persons": _maybe(dice, dice.randrange(200)),
        "copies": _maybe(dice, dice.randrange(3000)),
        "reach": _maybe(dice, dice.randrange(90_000)),
    },
    "attendance": lambda dice, _on: {"persons": _maybe(dice, dice.randrange(30))},
    "survey": lambda dice, _on: {
        "kind": dice.choice(("visit", "meeting", "questionnaire")),
        "asked": 100,
        "aware": _maybe(dice, dice.randrange(100)),
        "satisfied": _maybe(dice, dice.randrange(100)),
    },
    "insurance": lambda dice, _on: {"kind": dice.choice(("liability", "injury"))},
    "claim": lambda dice, _on: {"advanced": _maybe(dice, _money(dice)), "paid": _maybe(dice, _money(dice))},
    "service": lambda dice, _on: {"kind": dice.choice(("training", "risk"))},
    "accident": lambda dice, _on: {
        "works": dice.choice(("small_work", "minor_operation", "above_limit", "other")),
        "type": dice.choice(("fall", "machinery", "electric")),
        "dead": dice.randrange(3),
        "injured": dice.randrange(3),
        "loss": _maybe(dice, _money(dice)),
    },
    "accident_total": lambda dice, on: {
        "last_on": str(_later(dice, on, 90)),
        "field": dice.choice(("全区", "建设领域")),
        "accidents": dice.randrange(1, 30),
    },
    "fund": lambda dice, on: {"year": on.year + dice.randrange(2), "amount": _money(dice)},
    "supervision": lambda dice, on: {
        "body": dice.choice(("区住房建设部门", "区水务部门")),
        "inspected": _maybe(dice, "某街道"),
        "demand": _maybe(dice, "限期整改"),
        "done_on": _maybe(dice, str(_later(dice, on, 60))),
    },
}
