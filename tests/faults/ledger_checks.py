"""What must hold of a ledger after any fault: nothing lost, nothing twice, no gap, the chain unbroken."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from desktop.domain.register_number import parse_number
from desktop.models.attachment import Attachment
from desktop.models.ledger_key import Unlock
from desktop.models.person import PersonRecord
from desktop.services.desk import Desk, open_desk
from desktop.services.ledger_check import verify_folder
from tests.factories import LIGHT, office
from tests.faults.exchange import faults_of_exchange, foreign_codes
from tests.old_ledgers import OLD_NUMBER

# Whatever has a number of its own beside those of filings.
_NUMBERED = ("hazard", "found_site", "close_out", "issued_document")


def opened(folder: Path) -> Desk:
    """Open a ledger as at the next start of the program."""
    desk = open_desk(folder, effort=LIGHT)
    if desk.office.office() is None:
        desk.office.set_up(office())
    return desk


def faults_of(folder: Path, acknowledged: Iterable[dict[str, Any]]) -> list[str]:
    """Open the ledger again and name everything that is wrong with it; an empty list is a ledger that survived."""
    acknowledged = list(acknowledged)
    desk = opened(folder)
    try:
        with desk.database.reading(is_whole=True) as session:
            rows = session.execute(text("SELECT number, filing_id FROM filing_number")).all()
            others = {
                number
                for table in _NUMBERED
                for number in session.execute(text(f"SELECT number FROM {table}")).scalars()
            }
            finished = session.execute(text("SELECT act_id FROM finished_act")).scalars().all()
            series = session.execute(text("SELECT station, series, year, last FROM sequence")).all()
            void = session.execute(text("SELECT number FROM void_number")).scalars().all()
            integrity = session.execute(text("PRAGMA integrity_check")).scalars().all()
            people = set(session.scalars(select(PersonRecord.name)))
            attached = set(session.scalars(select(Attachment.id)))
            orphans = session.execute(text("PRAGMA foreign_key_check")).all()
            elsewhere = foreign_codes(session)
            exchanged = faults_of_exchange(session, folder, acknowledged)
        numbers = [row[0] for row in rows]
        held = {*numbers, *others}
        found = exchanged
        found += [f"lost: {each['number']}" for each in acknowledged if each.get("act_id", "") not in {"", *finished}]
        found += [f"lost: {each['number']}" for each in acknowledged if each.get("number", "") not in {"", *held}]
        found += [f"lost: {name}" for each in acknowledged for name in each.get("people", ()) if name not in people]
        found += [f"lost: scan {each['attachment']}" for each in acknowledged if not attached >= _scans(each)]
        found += [f"double: {number}" for number, count in Counter(numbers).items() if count > 1]
        found += list(_gaps([*held, *void], series, elsewhere=elsewhere))
        found += [f"integrity: {each}" for each in integrity if each != "ok"]
        found += [f"orphan: {each}" for each in orphans]
    finally:
        desk.close()
    verdict = verify_folder(folder, unlock=Unlock())
    if verdict.broken is not None:
        found.append(f"chain: {verdict.broken.sentence}")
    return found + [f"mismatch: {finding.sentence}" for finding in verdict.findings]


def _scans(acknowledged: Mapping[str, Any]) -> set[int]:
    return {acknowledged["attachment"]} if "attachment" in acknowledged else set()


def _gaps(numbers: Iterable[str], series: Iterable[Any], *, elsewhere: frozenset[str]) -> Iterable[str]:
    held: dict[tuple[str, str, int], set[int]] = defaultdict(set)
    for number in numbers:
        parsed = parse_number(number)
        if parsed is None and number.startswith(OLD_NUMBER):
            continue
        assert parsed is not None, number
        held[parsed.office_code, parsed.series.value, parsed.year].add(parsed.serial)
    for station, name, year, last in series:
        missing = set(range(1, last + 1)) ^ held.pop((station, name, year), set())
        if missing:
            yield f"gap: {station} {name} {year}: {sorted(missing)}"
    yield from (f"numbers without a sequence: {key}" for key in held if key[0] not in elsewhere)
