"""The measure against a party that a replied penalty calls for, prepared for the register of firms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.conduct import MeasureDraft, MeasureKind
from desktop.domain.errors import ClerkError
from desktop.domain.search_keys import normalise
from desktop.domain.site import SiteRef
from desktop.domain.transfer import Penalty, PenaltyKind, TransferStepRow
from desktop.models.firm import Firm
from desktop.models.transfer import Transfer
from desktop.services.site import site_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureProposal:
    """A measure ready to be noted by ``desk.conduct.note_measure``.

    ``draft`` is None while the contractor stands in no register: the firm has to be added first.
    """

    firm_name: str
    firm_id: int | None
    draft: MeasureDraft | None


def proposed_measure(session: Session, sent: Transfer, steps: Sequence[TransferStepRow]) -> MeasureProposal:
    """Prepare the measure; raises ``ClerkError("no_penalty")`` where the reply states none."""
    penalty = next((step.penalty for step in reversed(steps) if step.penalty is not None), None)
    if penalty is None or penalty.kind is PenaltyKind.NONE:
        raise ClerkError("no_penalty", number=sent.number)
    name = _contractor(session, sent)
    firms = select(Firm.id).where(Firm.name_key == normalise(name)).order_by(Firm.id)
    firm_id = session.scalars(firms).first() if name else None
    draft = None if firm_id is None else _draft(firm_id, sent, penalty)
    return MeasureProposal(firm_name=name, firm_id=firm_id, draft=draft)


def _draft(firm_id: int, sent: Transfer, penalty: Penalty) -> MeasureDraft:
    return MeasureDraft(
        firm_id=firm_id,
        kind=MeasureKind.PENALTY,
        taken_on=penalty.decided_on or sent.replied_on,
        taken_by=sent.to_body,
        document=penalty.document,
        remark=f"{penalty.text}（{sent.number}）",
    )


def _contractor(session: Session, sent: Transfer) -> str:
    ref = SiteRef(filing_id=sent.filing_id, found_site_id=sent.found_site_id)
    return "" if ref == SiteRef() else site_of(session, ref).contractor_name
