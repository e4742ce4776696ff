"""Assessing declared facts by a pack, for the command line and for batches; no database, no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from desktop.domain.assess import assess, facts_as_declared
from desktop.domain.assessment_plain import assessment_to_plain
from desktop.domain.errors import Fault, FaultyInput
from desktop.domain.facts import Facts, read_facts
from desktop.domain.workdays import WorkdayCalendar
from desktop.policy.loader import Packs, load_pack, load_packs
from desktop.services.resources import policies_folder, shipped_calendar


def assess_plain(declared: object, *, source: str, policy: str, on: date) -> object:
    """Assess one facts object or a list of ``{"id", "facts"}``; ``on`` is the filing day where none is named.

    Raises ``FaultyInput`` with the faults of all entries; then nothing is assessed.
    """
    packs = load_packs(policies_folder())
    calendar = shipped_calendar()
    if isinstance(declared, list):
        entries = _entries(declared, source)
        return [{"id": name, "assessment": _assess_one(facts, packs, calendar, policy, on)} for name, facts in entries]
    return _assess_one(read_facts(declared, where=source), packs, calendar, policy, on)


def check_packs(place: Path | None) -> Iterator[str]:
    """Load packs whole and say a line per pack; raises ``FaultyInput`` with every fault."""
    if place is not None and place.is_file():
        packs = [load_pack(place)]
    else:
        packs = list(load_packs(place or policies_folder()).packs)
    for pack in packs:
        unverified = sum(parameter.unverified for parameter in pack.parameters.values())
        yield (
            f"{pack.id} {pack.version}: {pack.standing.value}，{len(pack.categories)} 类，{len(pack.materials)} 种材料，"
            f"{len(pack.papers)} 种文书，未核实参数 {unverified} 项：合格"
        )


def _entries(declared: list[object], source: str) -> list[tuple[object, Facts]]:
    faults: list[Fault] = []
    read: list[tuple[object, Facts]] = []
    for index, entry in enumerate(declared):
        where = f"{source}[{index}]"
        if not isinstance(entry, Mapping) or "facts" not in entry:
            faults.append(Fault(where, 'must be an object with "id" and "facts"'))
            continue
        faults += [Fault(f"{where}.{key}", "unknown key") for key in entry if key not in ("id", "facts")]
        try:
            read.append((entry.get("id"), read_facts(entry["facts"], where=f"{where}(id {entry.get('id')}).facts")))
        except FaultyInput as faulty:
            faults += faulty.faults
    if faults:
        raise FaultyInput(tuple(faults))
    return read


def _assess_one(facts: Facts, packs: Packs, calendar: WorkdayCalendar, policy: str, on: date) -> dict[str, object]:
    filed_on = facts.day("filed_on")
    if filed_on is None:
        facts = facts.with_facts(filed_on=on)
    pack = packs.get(policy, filed_on or on)
    return assessment_to_plain(assess(facts_as_declared(facts, pack), pack, calendar))
