"""The bad record (不良档案) that a hazard not put right calls for, prepared for the register of firms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.conduct import BadRecordDraft, Ground
from desktop.domain.errors import ClerkError
from desktop.domain.hazard import HazardState, Responsible, StepKind
from desktop.domain.hazard_rows import HazardRow, HazardStepRow
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.search_keys import normalise
from desktop.models.firm import Firm

# Who works is kept out of the market; an owner or a property company is no contractor.
_WHO_WORKS: Final = frozenset({Responsible.CONTRACTOR, Responsible.PERSON})
_LONGEST_DESCRIPTION: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRecordProposal:
    """A bad record to be completed by who judges conduct and entered by ``desk.conduct.enter``.

    ``draft`` is None while the contractor stands in no register: the firm has to be added first.  The document of the
    decision, who decided, and until when, are left to that person.
    """

    firm_name: str
    ground: Ground
    draft: BadRecordDraft | None


def proposed_record(
    session: Session, row: HazardRow, steps: Sequence[HazardStepRow], *, today: date
) -> BadRecordProposal:
    """Prepare the record; raises ``ClerkError("no_bad_conduct")`` where nothing was refused, late or incomplete."""
    ground = _ground(row, steps)
    if ground is None or row.responsible not in _WHO_WORKS or not row.responsible_name:
        raise ClerkError("no_bad_conduct", number=row.number)
    firms = select(Firm.id).where(Firm.name_key == normalise(row.responsible_name), Firm.is_active)
    firm_id = session.scalars(firms.order_by(Firm.id)).first()
    draft = None if firm_id is None else _draft(firm_id, ground, row, today)
    return BadRecordProposal(firm_name=row.responsible_name, ground=ground, draft=draft)


def _ground(row: HazardRow, steps: Sequence[HazardStepRow]) -> Ground | None:
    """Give the gravest ground: what was refused stays refused, also where it was put right later."""
    if row.state is HazardState.WITHDRAWN:
        return None  # recorded by mistake
    if row.refused_on is not None:
        return Ground.DISOBEDIENT
    if any(step.kind is StepKind.FAILED for step in steps):
        return Ground.INCOMPLETE
    return Ground.OVERDUE if row.is_overdue else None


def _draft(firm_id: int, ground: Ground, row: HazardRow, today: date) -> BadRecordDraft:
    due = f"，期限 {row.due_on.isoformat()}" if row.due_on is not None else ""
    description = cover_numbers(row.description)[:_LONGEST_DESCRIPTION]
    return BadRecordDraft(
        firm_id=firm_id,
        ground=ground,
        decided_on=today,
        since=today,
        filing_number=row.site_number,
        remark=f"隐患 {row.number}：{' '.join(description.split())}（发现 {row.found_on.isoformat()}{due}）",
    )
