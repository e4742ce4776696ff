"""Reading a paper filing from plain data, strictly: every fault at once, and nothing that would be overruled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from desktop.domain.acts import Act, Office, StationKind
from desktop.domain.errors import Fault, FaultyInput
from desktop.domain.fact_reading import read_facts, refuse_uncounted_day
from desktop.domain.facts import CONFIG_KEY, Facts
from desktop.domain.known_codes import unknown_codes
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import Certificate, WalkIn, decisive_facts
from desktop.domain.walk_in_json import walk_in_from_plain

# What the window itself finds out; a file must not claim it.
_SET_BY_PROGRAM: Final = frozenset(
    {"filed_on", "accepted_on", "filing_channel", "provided_materials", "visits", CONFIG_KEY}
)
# Facts that follow from the parties, papers and days of the file, and where the file states those.
_STATED_BY: Final[Mapping[str, str]] = {
    "agent": "agent",
    "applicant_is_owner": "property_owner",
    "contractor_kind": "contractor.party.kind",
    "planned_start_on": "planned_start_on",
    "planned_end_on": "planned_end_on",
    "qualification_valid_to": "contractor.qualification.valid_to",
    "safety_licence_valid_to": "contractor.safety_licence.valid_to",
    "special_cert_valid_to": "workers.certificate.valid_to",
}
_TEXTS: Final = ("act", "reason", "act_id", "revisit_of", "id")
_FLAGS: Final = ("signed", "video_watched")
_LISTS_OF_OFFICE: Final = ("communities", "sub_areas", "videos")
_OWN_KEYS: Final = frozenset({*_TEXTS, *_FLAGS, "office"})
WHERE: Final = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFiling:
    """A filing as a file states it; without an act the assessment says which."""

    walk_in: WalkIn
    act: Act | None
    reason: str = ""
    act_id: str = ""
    id: str = ""
    revisit_of: str = ""
    signed: bool = False
    video_watched: bool = False
    office: Office | None = None


def read_paper_filing(data: object, *, pack: PolicyPack, where: str = WHERE) -> PaperFiling:
    """Read a filing from plain data; raises ``FaultyInput`` with every fault and its path."""
    if not isinstance(data, Mapping):
        raise FaultyInput((Fault(where, "must be an object"),))
    faults: list[Fault] = []
    own = {key: value for key, value in data.items() if key in _OWN_KEYS}
    typed = {key: value for key, value in data.items() if key not in _OWN_KEYS}
    if "facts" not in typed:
        faults.append(Fault(f"{where}.facts", "is missing"))
    walk_in = _read_walk_in(typed, pack, faults, root=where)
    values = _read_own(own, faults, root=where)
    if faults or walk_in is None:
        raise FaultyInput(tuple(faults))
    return PaperFiling(walk_in=walk_in, **values)


def _read_walk_in(typed: Mapping[str, object], pack: PolicyPack, faults: list[Fault], *, root: str) -> WalkIn | None:
    def read_declared(raw: object, where: str) -> Facts:
        facts = read_facts(raw, where=where, numbers_may_be_text=False)
        own = [key for key in raw if key in _SET_BY_PROGRAM] if isinstance(raw, Mapping) else []
        found = [Fault(f"{where}.{key}", "is set by the program") for key in own]
        found += unknown_codes(facts, pack, where=where)
        if found:
            raise FaultyInput(tuple(found))
        return facts

    try:
        walk_in = walk_in_from_plain(typed, where=root, facts_reader=read_declared)
    except FaultyInput as faulty:
        faults += faulty.faults
        return None
    faults += _uncounted_days(walk_in, root)
    faults += _unclear_verdicts(walk_in, pack, root)
    if not faults:
        faults += _contradictions(walk_in, root)
    return walk_in


def _uncounted_days(walk_in: WalkIn, root: str) -> Iterator[Fault]:
    """Name the days of the file that no period can be counted from; certificates alone may be good for ever."""
    days: dict[str, date | None] = {
        "planned_start_on": walk_in.planned_start_on,
        "planned_end_on": walk_in.planned_end_on,
    }
    days |= {f"{name}.review_on": certificate.review_on for name, certificate in _certificates(walk_in)}
    days |= {f"insurances.{index}.valid_from": each.valid_from for index, each in enumerate(walk_in.insurances)}
    for name, day in days.items():
        try:
            if day is not None:
                refuse_uncounted_day(day)
        except ValueError as error:
            yield Fault(f"{root}.{name}", str(error))


def _certificates(walk_in: WalkIn) -> Iterator[tuple[str, Certificate]]:
    contractor = walk_in.contractor
    yield "contractor.qualification", contractor.qualification
    yield "contractor.safety_licence", contractor.safety_licence
    yield "contractor.project_manager.certificate", contractor.project_manager.certificate
    yield "owner_safety_manager.certificate", walk_in.owner_safety_manager.certificate
    yield "contractor_safety_manager.certificate", walk_in.contractor_safety_manager.certificate
    yield from ((f"workers.{index}.certificate", each.certificate) for index, each in enumerate(walk_in.workers))


def _unclear_verdicts(walk_in: WalkIn, pack: PolicyPack, root: str) -> Iterator[Fault]:
    """Name papers that have two verdicts, and papers that the pack does not know."""
    known = {rule.code for rule in pack.materials}
    for code, verdicts in Counter(check.code for check in walk_in.materials).items():
        if verdicts > 1:
            yield Fault(f"{root}.materials", f"{code} has {verdicts} verdicts; one is meant")
        if code not in known:
            yield Fault(f"{root}.materials", f"unknown material of pack {pack.id}: {code!r}")


def _contradictions(walk_in: WalkIn, root: str) -> Iterator[Fault]:
    """Name declared facts that parties, papers and days of the file gainsay: neither may silently win."""
    declared = walk_in.facts.stated
    # The day and the channel are the program's own and play no part in what is compared.
    decisive = decisive_facts(walk_in, filed_on=date.min, channel="").stated
    for key, place in _STATED_BY.items():
        if key in declared and key in decisive and declared[key] != decisive[key]:
            yield Fault(f"{root}.facts.{key}", f"contradicts {root}.{place}")


def _read_own(own: Mapping[str, object], faults: list[Fault], *, root: str) -> dict[str, Any]:
    values: dict[str, Any] = {"act": None}
    for key, value in own.items():
        where = f"{root}.{key}"
        if key == "act":
            values[key] = _act(value, where, faults)
        elif key == "office":
            values[key] = _office(value, where, faults)
        elif isinstance(value, bool if key in _FLAGS else str):
            values[key] = value
        else:
            faults.append(Fault(where, "must be true or false" if key in _FLAGS else "must be a text"))
    return values


def _act(value: object, where: str, faults: list[Fault]) -> Act | None:
    try:
        return None if value is None else Act(str(value))
    except ValueError:
        faults.append(Fault(where, f"must be one of {', '.join(act.value for act in Act)}"))
        return None


def _office(value: object, where: str, faults: list[Fault]) -> Office | None:
    known = {field.name for field in fields(Office)}
    if not isinstance(value, Mapping):
        faults.append(Fault(where, "must be an object"))
        return None
    before = len(faults)
    faults += [Fault(f"{where}.{key}", "unknown key") for key in value if key not in known]
    kinds = [kind.value for kind in StationKind]
    if value.get("station_kind") not in kinds:
        faults.append(Fault(f"{where}.station_kind", f"must be one of {', '.join(kinds)}"))
    needed = ("street_name", "station_name", "code")
    faults += [Fault(f"{where}.{key}", "is missing") for key in needed if not value.get(key)]
    lists = {key: value.get(key, []) for key in _LISTS_OF_OFFICE}
    for key, names in lists.items():
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            faults.append(Fault(f"{where}.{key}", "must be a list of texts"))
    plain_texts = [key for key in value if key in known and key not in lists]
    faults += [Fault(f"{where}.{key}", "must be a text") for key in plain_texts if not isinstance(value[key], str)]
    if len(faults) > before:
        return None
    kind = StationKind(value["station_kind"])
    return Office(**{**value, "station_kind": kind, **{key: tuple(names) for key, names in lists.items()}})
