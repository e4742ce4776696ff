"""Entering paper filings from a file, one or a stack, by the same decision as at the window."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from desktop.domain.acts import DecisionRequest, IssuedPaper
from desktop.domain.errors import ClerkError, Fault, FaultyInput
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.register_number import parse_number
from desktop.services.desk import Desk
from desktop.services.paper_filing import WHERE, PaperFiling, read_paper_filing
from desktop.services.proposing import proposed_act


def register_file(data: object, *, desk: Desk, out: Path) -> Any:
    """Decide the filing of a file, or a list of them in their order, and write the papers into ``out``.

    Gives number, act, papers and assessment; of a list one such object each under ``result``, with the entry's
    ``id``, or under ``error`` why that one could not be decided.  Raises ``FaultyInput`` with every fault of all
    entries, and then nothing is decided; ``ClerkError`` when rules or ledger forbid the act of a single filing.
    """
    if not isinstance(data, list):
        return _register(_read(data, desk, WHERE), data, desk=desk, out=out)
    if not data:
        raise FaultyInput((Fault(WHERE, "is an empty list"),))
    filings: list[PaperFiling] = []
    faults: list[Fault] = []
    for index, entry in enumerate(data):
        try:
            filings.append(_read(entry, desk, f"{WHERE}[{index}]"))
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
    _refuse_other_use(filing, desk)
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


def _refuse_other_use(filing: PaperFiling, desk: Desk) -> None:
    """Refuse an act id that another filing or another act has: only the same thing run again is harmless."""
    done = desk.intake.decided_before(filing.act_id) if filing.act_id else None
    if done is None:
        return
    # After a later visit the ledger holds the later matter; of the earlier one the act is left to compare.
    is_last = desk.ledger.file(done.filing_id).row.number == done.number
    is_other = is_last and not desk.intake.is_as_stored(done.filing_id, filing.walk_in)
    if is_other or filing.act not in (None, done.act):
        raise ClerkError("act_id_used", act_id=filing.act_id, number=done.number)


def _read(data: object, desk: Desk, where: str) -> PaperFiling:
    return read_paper_filing(data, pack=desk.intake.pack(), where=where)


def _set_up(desk: Desk, filing: PaperFiling) -> None:
    """Take the file's office at first start; later a file of another office is no filing of this ledger."""
    present = desk.office.office()
    if present is None and filing.office is not None:
        desk.office.set_up(filing.office)
    elif present is not None and filing.office is not None and filing.office.code != present.code:
        raise FaultyInput((Fault(f"{WHERE}.office.code", f"this ledger belongs to office {present.code}"),))


def _filing_id(desk: Desk, number: str) -> int:
    found = desk.ledger.ids(LedgerCriteria(text=number)) if parse_number(number) else ()
    if len(found) != 1:
        raise FaultyInput((Fault(f"{WHERE}.revisit_of", f"no filing has the number {number}"),))
    return found[0]


def _paper(paper: IssuedPaper, file: Path) -> dict[str, object]:
    return {
        "code": paper.code,
        "title": paper.title,
        "number": paper.number,
        "pages": paper.pages,
        "sha256": paper.sha256,
        "file": file.name,
    }
