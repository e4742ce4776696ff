"""Ledgers without the columns of what the rules of the place do not know: a term of registrations, a risk."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.domain.pack import PolicyPack
from desktop.domain.standing_ledger import LedgerSpec, SheetSpec, StandingLedger


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """What the works on record have, by whatever rules they were registered: a term, a risk that was told apart."""

    terms: bool
    risks: bool


def without_unknown(spec: LedgerSpec, pack: PolicyPack, on_record: OnRecord) -> LedgerSpec:
    """Leave out of a ledger the columns that could only be empty or say the same in every row."""
    left_out = {
        source
        for source, is_known in (
            ("valid_until", pack.deadlines.validity_months is not None or on_record.terms),
            ("risk", pack.tells_risk_apart or on_record.risks),
        )
        if not is_known
    }
    return replace(spec, sheets=tuple(_sheet(sheet, left_out) for sheet in spec.sheets)) if left_out else spec


def ledgers_of(pack: PolicyPack) -> tuple[StandingLedger, ...]:
    """List the ledgers that mean something under the rules: that of high-risk works only where there are any."""
    return tuple(each for each in StandingLedger if each is not StandingLedger.HIGH_RISK or pack.tells_risk_apart)


def _sheet(sheet: SheetSpec, left_out: set[str]) -> SheetSpec:
    return replace(sheet, columns=tuple(column for column in sheet.columns if column.source not in left_out))
