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
from desktop.policy.loader import Packs, load_all, load_packs, pack_files
from desktop.services.resources import policies_folder, shipped_calendar

# An entry of a batch: its id, its place in the file for sentences, and its facts.
Entry = tuple[object, str, Facts]


def assess_plain(declared: object, *, source: str, policy: str, on: date) -> object:
    """Assess one facts object or a list of ``{"id", "facts"}``; ``on`` is the filing day where none is named.

    Raises ``FaultyInput`` with the faults of all entries; then nothing is assessed.
    """
    packs = load_packs(policies_folder())
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


def read_declared(declared: object, *, source: str, policy: str, on: date) -> tuple[Facts, PolicyPack]:
    """Read one facts object with the pack version it is judged by; raises ``FaultyInput`` with every fault."""
    facts = read_facts(declared, where=source, numbers_may_be_text=False)
    return _with_packs([(None, source, facts)], load_packs(policies_folder()), policy=policy, on=on)[0]


def check_packs(place: Path | None) -> Iterator[str]:
    """Load packs whole and say a line per pack; raises ``FaultyInput`` with every fault."""
    folder = place or policies_folder()
    files = (folder,) if folder.is_file() else pack_files(folder)
    packs = load_all(files, bases=policies_folder())
    for pack in packs:
        unverified = sum(parameter.unverified for parameter in pack.parameters.values())
        yield (
            f"{pack.id} {pack.version}: {pack.standing.value}，{len(pack.categories)} 类，"
            f"{len(pack.materials)} 种材料，{len(pack.papers)} 种文书，"
            f"未核实参数 {unverified} 项，待补 {len(pack.gaps())} 项：合格"
        )


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
