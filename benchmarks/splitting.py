"""Plants parted works into a synthetic ledger and says how many the radar finds, how few else, and how long it takes.

The ledger is the invented district with amounts and areas as small works have them.  Planted are works that one person
would file as one: units of one building for one owner, one unit in turns, one contractor under several owners, and the
same unit written in another way.  Beside them lie decoys that are no parted works: flats of one estate by one
contractor, a chain with shops all over the district, tenants of one building with contractors of their own, works of
one unit years apart.  What is found as sure and was not planted counts as a false alarm.
"""

from __future__ import annotations

import itertools
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks.invented import FIRST_DAY, Invented, filings
from benchmarks.measure import Figure, print_seconds, print_table, timed
from benchmarks.reference_ledger import OFFICE, filing_row, walk_in_of
from desktop.domain.facts import Facts
from desktop.domain.walk_in import Contractor, Party, Place, WalkIn
from desktop.domain.walk_in_json import walk_in_to_plain
from desktop.models.filing import Filing
from desktop.services import filing_keys
from desktop.services.desk import Desk, open_desk
from desktop.services.splitting_radar import RadarReport

CASES = 400  # planted, and as many decoys
_BATCH = 2_000
_SMALL = "small_work"
_OFFICES = "nonresidential_decoration"
_FLATS = "residential_decoration"


@dataclass(frozen=True, slots=True)
class Part:
    """One planted work."""

    estate: str
    room: str
    owner: str
    contractor: str
    amount: int
    area: int
    days: int  # after the first day of the ledger
    category: str = _OFFICES


@dataclass(frozen=True, slots=True)
class Planted:
    """A ledger with what was planted in it: the groups of filings that are one work each."""

    desk: Desk
    groups: tuple[frozenset[int], ...]
    decoys: int
    filings: int


def measure() -> None:
    """Build the ledger, look through it and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        planted = plant(Path(folder))
        began = time.perf_counter()
        report = planted.desk.splitting_radar.scan()
        taken = time.perf_counter() - began
        _print_found(planted, report)
        print_seconds(f"Splitting radar over {planted.filings:,} filings", [("the whole ledger", taken)])
        print_table("Splitting at the window", ("ms",), list(_at_the_window(planted.desk)))
        planted.desk.close()


def plant(folder: Path) -> Planted:
    """Make the ledger: the invented filings, the planted works and the decoys."""
    desk = open_desk(folder)
    desk.office.set_up(OFFICE)
    dice = random.Random(11)
    rows = [_with_measures(one, dice) for one in filings()]
    groups: list[frozenset[int]] = []
    decoys = 0
    for case in range(CASES):
        for parts, is_planted in ((_planted(case, dice), True), (_decoy(case, dice), False)):
            first = len(rows) + 1
            rows += [_row_of(part, serial) for serial, part in enumerate(parts, first)]
            if is_planted:
                groups.append(frozenset(range(first, len(rows) + 1)))
            decoys += not is_planted
    with desk.database.writing() as session:
        for batch in _batches(rows):
            session.execute(insert(Filing), batch)
    with desk.database.connection() as connection:
        connection.exec_driver_sql("ANALYZE")
    return Planted(desk, tuple(groups), decoys, len(rows))


def found_and_false(planted: Planted, report: RadarReport) -> tuple[int, int, int]:
    """Count the planted groups that were found as sure, the sure suspicions, and those of them that are false."""
    sure = [frozenset(one.group.filing_ids) for one in report.suspicions if one.group.is_strong]
    of_group = {filing_id: place for place, group in enumerate(planted.groups) for filing_id in group}
    found: set[int] = set()
    false = 0
    for suspicion in sure:
        touched = [of_group[filing_id] for filing_id in suspicion if filing_id in of_group]
        # One that is found must hold at least two works of it and nothing much else.
        whole = {place for place in touched if touched.count(place) > 1 and 2 * touched.count(place) > len(suspicion)}
        found |= whole
        false += not whole
    return len(found), len(sure), false


def _print_found(planted: Planted, report: RadarReport) -> None:
    found, sure, false = found_and_false(planted, report)
    hints = len(report.suspicions) - sure
    print(f"\nPlanted {len(planted.groups)} parted works and {planted.decoys} decoys in {report.works:,} small works")
    print(f"{'found':34}{found:8} of {len(planted.groups)}  ({100 * found / len(planted.groups):.1f} %)")
    print(f"{'sure suspicions, false of them':34}{sure:8}, {false}  ({100 * (sure - false) / sure:.1f} % precise)")
    print(f"{'fainter hints, not counted':34}{hints:8}")


def _at_the_window(desk: Desk) -> Iterator[tuple[str, list[Figure | None]]]:
    dice = random.Random(5)
    ordinary = [_small(walk_in_of(one)) for one in itertools.islice(filings(), 0, 20_000, 1_000)]
    parted = [_matter(part) for case in range(20) for part in _planted(case, dice)[:1]]
    busy = [_matter(replace(_decoy(3 * case, dice)[0], contractor="深圳市云望建筑安装有限公司")) for case in range(20)]
    for name, matters in (("an ordinary work", ordinary), ("a parted work", parted), ("a busy contractor", busy)):
        yield name, [timed([partial(desk.intake.suspected_splitting, matter) for matter in matters])]


def _planted(case: int, dice: random.Random) -> list[Part]:
    """Give the parts of one work, together above at least one limit and each within both."""
    estate, owner, contractor = f"景望大厦{case}号", f"隐分商贸{case}", f"隐分装饰{case}"
    count = dice.choice((2, 2, 3, 4))
    amounts = [dice.randint(1_050_000 // count, 950_000) for _ in range(count)]
    areas = [dice.randint(520 // count + 1, 480) for _ in range(count)]
    if case % 7 == 3 and case % 5 not in (2, 4):  # of one owner, and beyond one limit only: parted not to be high-risk
        areas = [dice.randint(20, 110) for _ in range(count)]
    days = sorted(dice.randint(0, 330) for _ in range(count))
    start = dice.randint(0, 700)
    parts = []
    for place, (amount, area, day) in enumerate(zip(amounts, areas, days, strict=True)):
        kind = case % 5
        room = f"A栋{3 + place:d}01" if kind != 1 else "A栋301"
        if kind == 4:
            room = ("A栋301", "A座301室", "a幢301", "A栋 301房")[place]
        parts.append(
            Part(
                estate=estate,
                room=room,
                owner=f"{owner}{'甲乙丙丁'[place]}" if kind in (2, 4) else owner,
                contractor=f"{contractor}{place}" if kind in (0, 4) else contractor,
                amount=amount,
                area=area,
                days=start + day,
            )
        )
    return parts


def _decoy(case: int, dice: random.Random) -> list[Part]:
    """Give works that lie beside each other and are no parted work."""
    start, kind = dice.randint(0, 600), case % 4
    if kind == 0:  # flats of one new estate by one contractor, each its owner's
        return [
            Part(
                f"和宁花园{case}期",
                f"{n}栋{n}01",
                f"住户{case}-{n}",
                f"家装{case}",
                280_000,
                120,
                start + 20 * n,
                _FLATS,
            )
            for n in range(1, 7)
        ]
    if kind == 1:  # a chain with a shop in every part of the district
        return [
            Part(f"连锁街{case}-{n}号", "101", f"连锁餐饮{case}", f"匠心{case}", 420_000, 190, start + 60 * n)
            for n in range(4)
        ]
    if kind == 2:  # tenants of one building, each with a contractor of his own
        return [
            Part(f"云川商业城{case}座", f"A栋{n}02", f"租户{case}-{n}", f"装饰{case}-{n}", 450_000, 220, start + 30 * n)
            for n in range(1, 6)
        ]
    # The same unit, done up again after more than a year.
    return [Part(f"新禾花园{case}号", "B栋201", f"业主{case}", f"修缮{case}", 600_000, 300, 400 * n) for n in range(2)]


def _with_measures(one: Invented, dice: random.Random) -> dict[str, Any]:
    """Give an invented filing amount and area as small works have them: most small, a few near the limits."""
    row = filing_row(one)
    amount = min(990_000, max(8_000, int(dice.lognormvariate(11.6, 0.8))))
    area = min(495, max(6, int(dice.lognormvariate(4.4, 0.6))))
    return {**row, "walk_in": walk_in_to_plain(_measured(walk_in_of(one), amount, area))}


def _measured(matter: WalkIn, amount: int, area: int) -> WalkIn:
    measures = {"contract_amount_yuan": Decimal(amount), "floor_area_m2": Decimal(area)}
    return replace(matter, facts=matter.facts.with_facts(**measures))


def _small(matter: WalkIn) -> WalkIn:
    return replace(matter, facts=matter.facts.with_facts(kind=_SMALL, category=_OFFICES))


def _matter(part: Part) -> WalkIn:
    facts = Facts({"kind": _SMALL, "category": part.category})
    matter = WalkIn(
        facts=facts,
        project_name=f"{part.estate}{part.room}装修",
        content="室内装修",
        place=Place(community="景望社区", estate=part.estate, room=part.room),
        owner=Party(name=part.owner),
        contractor=Contractor(party=Party(name=part.contractor)),
    )
    return _measured(matter, part.amount, part.area)


def _row_of(part: Part, serial: int) -> dict[str, Any]:
    """Give the columns of a planted work, on the pattern of an invented filing."""
    base = next(filings(1))
    matter, filed_on = _matter(part), FIRST_DAY + timedelta(days=part.days)
    number = f"PA-DJ-{filed_on.year}-{900_000 + serial:06}"
    return {
        **filing_row(base),
        "id": serial,
        "number": number,
        "first_number": number,
        "registration_number": number,
        "filed_on": filed_on,
        "accepted_on": filed_on,
        "status": "registered",
        "kind": _SMALL,
        "category": part.category,
        "project_name": matter.project_name,
        "place": matter.place.text,
        "community": matter.place.community,
        "owner_name": part.owner,
        "contractor_name": part.contractor,
        "place_key": filing_keys.place_key(matter),
        "owner_key": filing_keys.party_key(matter.owner),
        "contractor_key": filing_keys.party_key(matter.contractor.party),
        "walk_in": walk_in_to_plain(matter),
    }


def _batches(rows: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for first in range(0, len(rows), _BATCH):
        yield list(rows[first : first + _BATCH])


if __name__ == "__main__":
    measure()
