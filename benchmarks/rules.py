"""Figures of the rules: a thousand assessments over all packs, and a new version tried over the whole ledger."""

from __future__ import annotations

import json
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from benchmarks.invented import DAYS, FIRST_DAY
from benchmarks.measure import print_seconds
from benchmarks.rule_rivals import LogicPack, data_of, logic_of
from desktop.domain.assess import assess
from desktop.domain.dry_run import ChangeKind, DryRun
from desktop.domain.facts import FACT_SPECS, NOT_APPLICABLE, UNKNOWN, Facts, FactSpec, FactType, FactValue
from desktop.domain.pack import PolicyPack
from desktop.policy.loader import load_packs
from desktop.services.desk import Desk, open_desk
from desktop.services.dry_run import MOST_MONTHS
from desktop.services.resources import policies_folder, shipped_calendar

ASSESSMENTS: Final = 1_000
# The invented contracts are all of one size: below this limit they become works of higher risk.
_LOWER_LIMIT: Final = Decimal(70_000)
_AMOUNTS: Final = (1, 2, 3, 5, 24, 90, 300, 499, 500, 501, 3_000, 80_000, 300_000, 1_000_000, 1_000_001, 20_000_000)
_STATED: Final = 0.4  # of the facts that a matter may have
_BLANK: Final = 0.1  # of those stated
_ROUNDS: Final = 3
Matter = tuple[Facts, PolicyPack]


def measure(folder: Path) -> None:
    """Assess, try a version over the ledger of the folder, and print."""
    matters = mixed_matters(ASSESSMENTS)
    print_seconds(f"{ASSESSMENTS:,} assessments, mixed facts over all packs", _assessing(matters))
    desk = open_desk(folder, today=_last_day)
    pack = desk.office.pack()
    limits = {**pack.parameters, "limit_amount_yuan": replace(pack.parameters["limit_amount_yuan"], value=_LOWER_LIMIT)}
    stricter, same = replace(pack, version="stricter", parameters=limits), replace(pack, version="the same")
    tried, seconds = _timed(lambda: desk.dry_run.run(stricter, months=MOST_MONTHS))
    _, unchanged = _timed(lambda: desk.dry_run.run(same, months=MOST_MONTHS))
    rows = [
        ("a lower limit", seconds),
        ("rules that change nothing", unchanged),
        *_floor_and_rival(desk, folder, stricter),
    ]
    print_seconds(f"A version tried over {tried.judged:,} filings", rows)
    print(_said(tried))
    desk.close()


def mixed_matters(count: int) -> list[Matter]:
    """Invent facts for every pack in turn, from a fixed seed; the packs' own categories, choices and papers."""
    dice, packs = random.Random(7), load_packs(policies_folder())
    known = [pack for pack_id in packs.ids() for pack in packs.versions(pack_id)]
    return [(_facts(known[place % len(known)], dice), known[place % len(known)]) for place in range(count)]


def _facts(pack: PolicyPack, dice: random.Random) -> Facts:
    category = dice.choice(pack.categories)
    stated: dict[str, FactValue] = {"kind": category.kind, "category": category.code}
    for name, spec in FACT_SPECS.items():
        if name in stated or dice.random() > _STATED:
            continue
        value = dice.choice((UNKNOWN, NOT_APPLICABLE)) if dice.random() < _BLANK else _value(name, spec, pack, dice)
        if value is not None:
            stated[name] = value
    return Facts(stated)


def _value(name: str, spec: FactSpec, pack: PolicyPack, dice: random.Random) -> FactValue | None:
    codes = spec.choices or tuple(choice.code for choice in pack.choices.get(name, ()))
    match spec.type:
        case FactType.FLAG | FactType.FLAG_OR_TEXT:
            return dice.random() < 0.25
        case FactType.NUMBER:
            return Decimal(dice.choice(_AMOUNTS))
        case FactType.DATE:
            return date(2026, 1, 1) + timedelta(days=dice.randrange(400))
        case FactType.CHOICE | FactType.TEXT:
            return dice.choice(codes) if codes else None
        case FactType.TEXTS:
            listed = tuple(rule.code for rule in pack.materials) if name == "provided_materials" else codes
            return tuple(code for code in listed if dice.random() < 0.5)
        case _:
            return None


def _assessing(matters: Sequence[Matter]) -> Iterator[tuple[str, float]]:
    calendar = shipped_calendar()
    yield "whole, with reasons", _best(lambda: [assess(facts, pack, calendar) for facts, pack in matters])
    logic = {id(pack): logic_of(pack) for _, pack in matters}
    asked = [(data_of(facts), logic[id(pack)]) for facts, pack in matters]
    yield "JsonLogic: limits, stops, risk only", _best(lambda: [rules.judge(data) for data, rules in asked])


def _floor_and_rival(desk: Desk, folder: Path, pack: PolicyPack) -> Iterator[tuple[str, float]]:
    # Two SQLite libraries in one process would take each other's locks away: the floor reads a copy.
    copy = folder / "floor.sqlite3"
    desk.database.copy_to(copy)
    plain = sqlite3.connect(copy)
    rows = "SELECT id, number, filed_on, accepted_on, community, category_label, walk_in, assessment FROM filing"
    yield (
        "rows read, plain sqlite3 and json",
        _best(lambda: [(json.loads(row[6]), json.loads(row[7])) for row in plain.execute(rows)]),
    )
    rules = logic_of(pack)
    yield "JsonLogic over the same rows", _best(lambda: _by_logic(plain, rules))
    plain.close()
    copy.unlink()


def _by_logic(plain: sqlite3.Connection, rules: LogicPack) -> list[tuple[bool, bool, int]]:
    judged = []
    for (walk_in,) in plain.execute("SELECT walk_in FROM filing"):
        stated = json.loads(walk_in)["facts"]["stated"]
        judged.append(rules.judge({name: _untagged(value) for name, value in stated.items()}))
    return judged


def _untagged(value: object) -> object:
    return float(value["number"]) if isinstance(value, dict) and "number" in value else value


def _said(tried: DryRun) -> str:
    counts = ", ".join(f"{kind.value} {tried.count(kind):,}" for kind in ChangeKind)
    return (
        f"{len(tried.rows):,} would be judged differently by the lower limit ({counts}); not tried: {tried.unreadable}"
    )


def _last_day() -> date:
    return FIRST_DAY + timedelta(days=DAYS)


def _timed(act: Callable[[], DryRun]) -> tuple[DryRun, float]:
    began = time.perf_counter()
    result = act()
    return result, time.perf_counter() - began


def _best(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return min(taken)
