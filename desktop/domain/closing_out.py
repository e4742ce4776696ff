"""What a close-out needs and until when it is to be applied for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from desktop.domain.conditions import evaluate
from desktop.domain.errors import ClerkError
from desktop.domain.facts import Facts
from desktop.domain.life_acts import CloseOutAhead, CloseOutNeed, NeedProof, WasteRecord
from desktop.domain.pack import PolicyPack
from desktop.domain.typed_text import clean_text
from desktop.domain.workdays import WorkdayCalendar

# Under which article of the pack the record of waste is asked for; a pack without the label asks for none.
WASTE_LABEL = "closeout_waste_article"
WASTE_FIELDS = ("kind", "amount", "hauler", "site")


def closeout_needs(facts: Facts, pack: PolicyPack) -> tuple[CloseOutNeed, ...]:
    """List what the close-out of a matter needs, none of it there yet."""
    numbers = pack.numbers()
    return tuple(
        CloseOutNeed(text=need.text, article=need.article, proof=_proof(need.article, pack))
        for need in pack.closeout_needs
        if evaluate(need.when, facts, numbers).holds is True
    )


def closeout_ahead(
    facts: Facts, completed_on: date, applied_on: date, *, pack: PolicyPack, calendar: WorkdayCalendar
) -> CloseOutAhead:
    """Say until when the close-out was to be applied for, and by how many working days the application is late."""
    terms = pack.deadlines
    due = calendar.term(completed_on, terms.closeout_working_days)
    needs = closeout_needs(facts, pack)
    # On a rest day after the last day it is late, though no working day has passed.
    late = max(calendar.working_days_between(due.day, applied_on), 1) if due and applied_on > due.day else 0
    return CloseOutAhead(
        apply_by=due.day if due else None,
        is_provisional=due is not None and due.provisional,
        days_late=late,
        needs=needs,
        needs_waste=any(need.proof is NeedProof.WASTE for need in needs),
        article=terms.closeout_article,
    )


def settled(
    needs: tuple[CloseOutNeed, ...], *, waste: WasteRecord | None, papers: tuple[str, ...], is_checked: bool = False
) -> tuple[CloseOutNeed, ...]:
    """Mark the needs that are there: by the record of waste, by the check on site, by papers that were seen."""
    there = {
        NeedProof.WASTE: waste is not None,
        NeedProof.CHECK: is_checked,
    }
    return tuple(
        replace(need, is_there=need.is_there or there.get(need.proof, False) or need.text in papers) for need in needs
    )


def waste_faults(waste: WasteRecord | None) -> Iterator[str]:
    """Name the fields of the record of waste that are wanting; none where it says 无."""
    if waste is None:
        yield "waste"
    elif not waste.is_none:
        yield from (name for name in WASTE_FIELDS if not clean_text(str(getattr(waste, name))))
        if waste.taken_on is None:
            yield "taken_on"


def require_days(*, accepted_on: date | None, completed_on: date, applied_on: date | None, today: date) -> None:
    """Raise ``ClerkError("closeout_days")`` for days that cannot have followed each other."""
    last = applied_on or today
    if completed_on > last or last > today or (accepted_on is not None and completed_on < accepted_on):
        raise ClerkError("closeout_days", accepted_on=accepted_on, completed_on=completed_on, applied_on=applied_on)


def _proof(article: str, pack: PolicyPack) -> NeedProof:
    if article == pack.deadlines.closeout_article:
        return NeedProof.CHECK
    return NeedProof.WASTE if article == pack.labels.get(WASTE_LABEL) else NeedProof.PAPER
