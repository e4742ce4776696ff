"""Assessing declared facts by a pack, for the command line and for batches; no database, no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from desktop.domain.assess import assess, facts_as_declared
from desktop.domain.assessment_plain import assessment_to_plain
from desktop.domain.errors import Fault, FaultyInput
from desktop.domain.fact_reading import read_facts
from desktop.domain.facts import Facts
from desktop.domain.known_codes import unknown_codes
from desktop.domain.pack import PolicyPack
from desktop.policy.loader import Packs, load_packs
from desktop.services.pack_checking import packs_at
from desktop.services.resources import policies_folder, shipped_calendar

# An entry of a batch: its id, its place in the file for sentences, and its facts.
Entry = tuple[object, str, Facts]


def assess_plain(declared: object, *, source: str, policy: str, on: date, place: Path | None = None) -> object:
    """Assess one facts object or a list of ``{"id", "facts"}``; ``on`` is the filing day where none is named.

    ``place`` is a pack file or a folder outside the program, then ``policy`` is not asked.
    Raises ``FaultyInput`` with the faults of all entries; then nothing is assessed.
    """
    packs, policy = _packs(policy, place)
    calendar = shipped_calendar()
    if isinstance(declared, list):
        entries = _entries(declared, source)
    else:
        entries = [(None, source, read_facts(declared, where=source, numbers_may_be_text=False))]
    judged = _with_packs(entries, packs, policy=policy, on=on)
    plain = [assessment_to_plain(assess(facts, pack, calendar)) for facts, pack in judged]
    if isinstance(declared, list):
        return [{"id": entry[0], "assessment": answer} for entry, answer in zip(entries, plain, strict=True)]
    return plain[0]


def read_declared(
    declared: object, *, source: str, policy: str, on: date, place: Path | None = None
) -> tuple[Facts, PolicyPack]:
    """Read one facts object with the pack version it is judged by; raises ``FaultyInput`` with every fault."""
    facts = read_facts(declared, where=source, numbers_may_be_text=False)
    packs, policy = _packs(policy, place)
    return _with_packs([(None, source, facts)], packs, policy=policy, on=on)[0]


def _packs(policy: str, place: Path | None) -> tuple[Packs, str]:
    if place is None:
        return load_packs(policies_folder()), policy
    packs = packs_at(place)
    return packs, packs.ids()[0]


def _entries(declared: list[object], source: str) -> list[Entry]:
    faults: list[Fault] = []
    read: list[Entry] = []
    for index, entry in enumerate(declared):
        where = f"{source}[{index}]"
        if not isinstance(entry, Mapping) or "facts" not in entry:
            faults.append(Fault(where, 'must be an object with "id" and "facts"'))
            continue
        faults += [Fault(f"{where}.{key}", "unknown key") for key in entry if key not in ("id", "facts")]
        try:
            place = f"{where}(id {entry.get('id')}).facts"
            facts = read_facts(entry["facts"], where=place, numbers_may_be_text=False)
            read.append((entry.get("id"), place, facts))
        except FaultyInput as faulty:
            faults += faulty.faults
    if faults:
        raise FaultyInput(tuple(faults))
    return read


def _with_packs(entries: list[Entry], packs: Packs, *, policy: str, on: date) -> list[tuple[Facts, PolicyPack]]:
    """Pair the facts of each entry with the pack version of its filing day; what the pack does not know is a fault."""
    faults: list[Fault] = []
    judged: list[tuple[Facts, PolicyPack]] = []
    for _, where, facts in entries:
        filed_on = facts.day("filed_on") or on
        pack = packs.get(policy, filed_on)
        faults += _unknown_to(pack, facts, where)
        judged.append((facts_as_declared(facts.with_facts(filed_on=filed_on), pack), pack))
    if faults:
        raise FaultyInput(tuple(faults))
    return judged


def _unknown_to(pack: PolicyPack, facts: Facts, where: str) -> Iterator[Fault]:
    yield from unknown_codes(facts, pack, where=where)
    for name in facts.config:
        if name not in pack.parameters:
            yield Fault(f"{where}.config.{name}", f"unknown key; pack {pack.id} has {', '.join(pack.parameters)}")
