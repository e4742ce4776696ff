"""Entering paper filings from a file, one or a stack, by the same decision as at the window."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from desktop.domain.acts import Act, DecisionRequest, IssuedPaper, Office, StationKind
from desktop.domain.errors import ClerkError, Fault, FaultyInput
from desktop.domain.fact_reading import read_facts
from desktop.domain.facts import Facts
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.register_number import parse_number
from desktop.domain.walk_in import WalkIn
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.services.desk import Desk
from desktop.services.proposing import proposed_act

# What the window itself finds out; a file must not claim it.
_SET_BY_PROGRAM: Final = frozenset({"filed_on", "accepted_on", "filing_channel", "provided_materials", "visits"})
_TEXTS: Final = ("act", "reason", "act_id", "revisit_of", "id")
_FLAGS: Final = ("signed", "video_watched")
_OWN_KEYS: Final = frozenset({*_TEXTS, *_FLAGS, "office"})
_WHERE: Final = "file"


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


def register_file(data: object, *, desk: Desk, out: Path) -> Any:
    """Decide the filing of a file, or a list of them in their order, and write the papers into ``out``.

    Gives number, act, papers and assessment; of a list one such object each under ``result``, with the entry's
    ``id``, or under ``error`` why that one could not be decided.  Raises ``FaultyInput`` with every fault of all
    entries, and then nothing is decided; ``ClerkError`` when rules or ledger forbid the act of a single filing.
    """
    if not isinstance(data, list):
        return _register(_read(data, desk, _WHERE), data, desk=desk, out=out)
    if not data:
        raise FaultyInput((Fault(_WHERE, "is an empty list"),))
    filings: list[PaperFiling] = []
    faults: list[Fault] = []
    for index, entry in enumerate(data):
        try:
            filings.append(_read(entry, desk, f"{_WHERE}[{index}]"))
        except FaultyInput as faulty:
            faults += faulty.faults
    if faults:
        raise FaultyInput(tuple(faults))
    return [_entry(filing, entry, desk=desk, out=out) for filing, entry in zip(filings, data, strict=True)]


def _entry(filing: PaperFiling, raw: object, *, desk: Desk, out: Path) -> dict[str, object]:
    """Decide one of a stack; what forbids it is told in its place, and the others go on."""
    try:
        return {"id": filing.id, "result": _register(filing, raw, desk=desk, out=out)}
    except ClerkError as error:
        details = {name: str(value) for name, value in error.details.items()}
        return {"id": filing.id, "error": {"code": error.code, **details}}
    except FaultyInput as faulty:
        return {"id": filing.id, "error": {"code": "faulty", "why": str(faulty)}}


def _register(filing: PaperFiling, raw: object, *, desk: Desk, out: Path) -> dict[str, object]:
    _set_up(desk, filing)
    filing_id = _filing_id(desk, filing.revisit_of) if filing.revisit_of else None
    revisit = desk.intake.revisit(filing_id) if filing_id is not None else None
    request = DecisionRequest(
        # The same entry run again is the same act, so that a stack may be run until all of it is in.
        act_id=filing.act_id or hashlib.sha256(repr(raw).encode()).hexdigest(),
        act=filing.act or proposed_act(desk.intake.preview(filing.walk_in, revisit=revisit)),
        walk_in=filing.walk_in,
        reason=filing.reason,
        filing_id=filing_id,
        signed=filing.signed,
        video_watched=filing.video_watched,
    )
    decided = desk.intake.decide(request)
    files = desk.issuing.save_papers(decided.papers, out)
    return {
        "filing_id": decided.filing_id,
        "number": decided.number,
        "act": decided.act.value,
        "status": decided.status.value,
        "papers": [_paper(paper, file) for paper, file in zip(decided.papers, files, strict=True)],
        "assessment": desk.ledger.file(decided.filing_id).assessment,
    }


def _read(data: object, desk: Desk, where: str) -> PaperFiling:
    return read_paper_filing(data, pack_categories=_categories(desk), where=where)


def read_paper_filing(data: object, *, pack_categories: frozenset[str], where: str = _WHERE) -> PaperFiling:
    """Read a filing from plain data; raises ``FaultyInput`` with every fault and its path."""
    if not isinstance(data, Mapping):
        raise FaultyInput((Fault(where, "must be an object"),))
    faults: list[Fault] = []
    own = {key: value for key, value in data.items() if key in _OWN_KEYS}
    typed = {key: value for key, value in data.items() if key not in _OWN_KEYS}
    if "facts" not in typed:
        faults.append(Fault(f"{where}.facts", "is missing"))
    walk_in = _read_walk_in(typed, pack_categories, faults, root=where)
    values = _read_own(own, faults, root=where)
    if faults or walk_in is None:
        raise FaultyInput(tuple(faults))
    return PaperFiling(walk_in=walk_in, **values)


def _read_walk_in(
    typed: Mapping[str, object], categories: frozenset[str], faults: list[Fault], *, root: str
) -> WalkIn | None:
    def read_declared(raw: object, where: str) -> Facts:
        facts = read_facts(raw, where=where, numbers_may_be_text=False)
        found = [Fault(f"{where}.{key}", "is set by the program") for key in facts.stated if key in _SET_BY_PROGRAM]
        category = facts.text("category")
        if category is not None and category not in categories:
            found.append(Fault(f"{where}.category", f"unknown category: {category!r}"))
        if found:
            raise FaultyInput(tuple(found))
        return facts

    try:
        return walk_in_from_plain(typed, where=root, facts_reader=read_declared)
    except FaultyInput as faulty:
        faults += faulty.faults
        return None


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
    communities = value.get("communities", [])
    if not isinstance(communities, list) or not all(isinstance(name, str) for name in communities):
        faults.append(Fault(f"{where}.communities", "must be a list of texts"))
    plain_texts = [key for key in value if key in known and key != "communities"]
    faults += [Fault(f"{where}.{key}", "must be a text") for key in plain_texts if not isinstance(value[key], str)]
    if len(faults) > before:
        return None
    kind = StationKind(value["station_kind"])
    return Office(**{**value, "station_kind": kind, "communities": tuple(communities)})


def _set_up(desk: Desk, filing: PaperFiling) -> None:
    """Take the file's office at first start; later a file of another office is no filing of this ledger."""
    present = desk.office.office()
    if present is None and filing.office is not None:
        desk.office.set_up(filing.office)
    elif present is not None and filing.office is not None and filing.office.code != present.code:
        raise FaultyInput((Fault(f"{_WHERE}.office.code", f"this ledger belongs to office {present.code}"),))


def _filing_id(desk: Desk, number: str) -> int:
    found = desk.ledger.ids(LedgerCriteria(text=number)) if parse_number(number) else ()
    if len(found) != 1:
        raise FaultyInput((Fault(f"{_WHERE}.revisit_of", f"no filing has the number {number}"),))
    return found[0]


def _categories(desk: Desk) -> frozenset[str]:
    return frozenset(category.code for category in desk.intake.pack().categories)


def _paper(paper: IssuedPaper, file: Path) -> dict[str, object]:
    return {
        "code": paper.code,
        "title": paper.title,
        "number": paper.number,
        "pages": paper.pages,
        "sha256": paper.sha256,
        "file": file.name,
    }
