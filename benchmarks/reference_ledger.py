"""Builds the reference ledger: three invented years of one district, in the program's own schema.

Every filing has its number, its departments, a visit, the papers of an ordinary acceptance, its extension and close-out
and its event in the chained trail; patrols, hazards with their steps, works found and letters have theirs, the patrols
one a day as an import makes it, so that the ledger verifies as one that the program wrote.  Its rows give the figures
that 湖里 published: 20,213 works registered, 469,009 patrols, 2,690 hazards cleared, training, money and accidents.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache, lru_cache

from sqlalchemy import insert

from benchmarks.invented import Invented, filings
from benchmarks.reference_books import write_books
from benchmarks.reference_life import FULL, Numbers, Scale, ending_of, endings, write_life, write_rows
from benchmarks.reference_papers import Pattern
from benchmarks.reference_trail import record_filings, record_life
from desktop.domain.acts import CHANNEL_OF, Office, StationKind
from desktop.domain.assess import assess
from desktop.domain.assessment_plain import assessment_to_plain
from desktop.domain.facts import Facts
from desktop.domain.pack import PolicyPack
from desktop.domain.register_number import Series
from desktop.domain.walk_in import Contractor, IdKind, Party, PartyKind, Place, WalkIn, decisive_facts
from desktop.domain.walk_in_json import walk_in_to_plain
from desktop.domain.workdays import WorkdayCalendar
from desktop.models.base import Base
from desktop.models.database import Database
from desktop.models.filing import Filing, FilingDepartment, FilingNumber
from desktop.models.record import SequenceRow
from desktop.models.search_index import FILING_SEARCH
from desktop.policy.loader import load_packs
from desktop.services import filing_keys
from desktop.services.desk import Desk
from desktop.services.resources import policies_folder, shipped_calendar

_BATCH = 2_000
_VERSION = "2025-draft"

OFFICE = Office(
    street_name="坪安街道办事处",
    station_name="坪安街道办事处",
    station_kind=StationKind.STREET_OFFICE,
    code="PA",
    clerk_name="林晓",
    pack_id="longgang",
    communities=("坪安社区", "新禾社区"),
)


def fill(desk: Desk, database: Database, pattern: Pattern, scale: Scale = FULL) -> None:
    """Set the office up and write every filing, patrol and hazard, what became of them, and the trail of it all."""
    desk.office.set_up(OFFICE)
    rows, last, numbers = filings(scale.filings), dict[int, int](), Numbers()
    invented = tuple(filings(scale.filings))
    with database.writing() as session:
        ended = _endings(invented, numbers)
        while batch := list(itertools.islice(rows, _BATCH)):
            session.execute(insert(Filing), [filing_row(one) for one in batch])
            given = [(number, one.serial) for one in batch for number in (number_of(one), *ended.numbers[one.serial])]
            session.execute(insert(FilingNumber), [{"number": number, "filing_id": key} for number, key in given])
            session.execute(insert(FilingDepartment), [row for one in batch for row in _departments(one)])
            session.execute(insert(FILING_SEARCH), [search_row(one, ended.numbers[one.serial]) for one in batch])
            pattern.write(session, [(one, number_of(one)) for one in batch])
            last |= {one.filed_on.year: one.serial_of_year for one in batch}
        for year, serial in last.items():
            session.merge(SequenceRow(station=OFFICE.code, series=Series.REGISTRATION.value, year=year, last=serial))
        for entity, own in ended.rows.items():
            write_rows(session, entity, iter(own))
        write_life(session, invented, numbers, scale)
        numbers.write(session)
    record_filings(desk, [(one, number_of(one)) for one in invented])
    record_life(desk)
    write_books(desk)
    with database.connection() as connection:
        connection.exec_driver_sql("ANALYZE")


@dataclass(frozen=True, slots=True)
class _Ended:
    """Rows of extensions and close-outs by table, and the numbers they gave to filings."""

    rows: Mapping[type[Base], list[dict[str, object]]]
    numbers: Mapping[int, list[str]]


def _endings(invented: Sequence[Invented], numbers: Numbers) -> _Ended:
    rows, given = defaultdict[type[Base], list[dict[str, object]]](list), defaultdict[int, list[str]](list)
    for entity, filing_id, number, row in endings(invented, numbers):
        rows[entity].append(row)
        given[filing_id].append(number)
    return _Ended(rows, given)


def walk_in_of(one: Invented) -> WalkIn:
    """Give an invented filing as the clerk would have typed it."""
    return WalkIn(
        facts=Facts(
            {
                "kind": one.kind,
                "category": one.category,
                "contract_amount_yuan": Decimal(80_000),
                "floor_area_m2": Decimal(90),
            }
        ),
        project_name=one.project,
        content="室内装修",
        place=Place(community=one.community, grid=one.grid, estate=one.estate, room=one.room),
        owner=Party(
            kind=PartyKind.PERSON,
            name=one.owner,
            id_kind=IdKind.RESIDENT_ID,
            id_number=one.id_number,
            phone=one.phone,
        ),
        contractor=Contractor(party=Party(name=one.contractor, phone=one.phone)),
        funding=one.funding,
    )


def number_of(one: Invented) -> str:
    """Give the number of an invented filing."""
    return f"PA-DJ-{one.filed_on.year}-{one.serial_of_year:06d}"


def filing_row(one: Invented) -> dict[str, object]:
    """Give the columns of an invented filing."""
    walk_in, ending = walk_in_of(one), ending_of(one)
    return {
        "id": one.serial,
        "number": number_of(one),
        "first_number": number_of(one),
        "registration_number": number_of(one) if one.status == "registered" else None,
        "filed_on": one.filed_on,
        "project_name": one.project,
        "place": walk_in.place.text,
        "community": one.community,
        "owner_name": one.owner,
        "contractor_name": one.contractor,
        "project_sort": filing_keys.sort_key(one.project),
        "place_sort": filing_keys.sort_key(walk_in.place.text),
        "community_sort": _sort_key(one.community),
        "owner_sort": _sort_key(one.owner),
        "contractor_sort": _sort_key(one.contractor),
        "category_sort": one.category,
        "place_key": filing_keys.place_key(walk_in),
        "owner_key": filing_keys.party_key(walk_in.owner),
        "contractor_key": filing_keys.party_key(walk_in.contractor.party),
        "kind": one.kind,
        "category": one.category,
        "category_label": one.category,
        "high_risk": one.high_risk,
        "status": ending.status.value,
        "accepted_on": one.filed_on if one.status == "registered" else None,
        "valid_until": ending.valid_until,
        "extension_first": ending.valid_until - timedelta(days=15) if ending.valid_until else None,
        "completed_on": ending.completed_on,
        "closed_on": ending.closed_on,
        "is_provisional": False,
        # A few are always still to be entered in the district's platform.
        "awaits_platform": one.status == "registered" and one.serial % 40 == 0,
        "visits": 1,
        "incomplete_notices": 0,
        "overrides": [],
        "walk_in": walk_in_to_plain(walk_in),
        "assessment": _assessment(one, walk_in),
        "pack_id": OFFICE.pack_id,
        "pack_version": _VERSION,
    }


def _assessment(one: Invented, walk_in: WalkIn) -> dict[str, object]:
    """Give what the rules make of it, as the program keeps it with every filing."""
    pack, calendar = _rules()
    facts = decisive_facts(walk_in, filed_on=one.filed_on, channel=CHANNEL_OF[OFFICE.station_kind])
    if one.status == "registered":
        facts = facts.with_facts(accepted_on=one.filed_on)
    return assessment_to_plain(assess(facts, pack, calendar))


@cache
def _rules() -> tuple[PolicyPack, WorkdayCalendar]:
    return load_packs(policies_folder()).exact(OFFICE.pack_id, _VERSION), shipped_calendar()


def search_row(one: Invented, later: Sequence[str] = ()) -> dict[str, object]:
    """Give what the index of texts holds of an invented filing; ``later`` are the numbers of its later acts."""
    return {"rowid": one.serial, **filing_keys.search_texts(walk_in_of(one), [number_of(one), *later])}


def _departments(one: Invented) -> Iterator[dict[str, object]]:
    for place, code in enumerate(one.departments):
        yield {"filing_id": one.serial, "code": code, "is_lead": place == 0}


@lru_cache(maxsize=4096)
def _sort_key(text: str) -> str:
    return filing_keys.sort_key(text)
