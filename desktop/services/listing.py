"""The ledger's list as plain data, for the command line."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Final

from desktop.domain.ledger import LedgerCriteria, LedgerRow
from desktop.services.desk import Desk

_AT_ONCE: Final = 500


def ledger_list(desk: Desk, criteria: LedgerCriteria) -> list[dict[str, object]]:
    """Give the filings found within the user's scope, in their order; days as YYYY-MM-DD, numbers covered.

    An export like any other, and on record as one: raises ``ClerkError("not_permitted")`` without that right.
    """
    ids = desk.ledger.ids(criteria)
    desk.exporting.note_list(criteria, len(ids))
    parts = (desk.ledger.page(ids[first : first + _AT_ONCE]) for first in range(0, len(ids), _AT_ONCE))
    return [_plain(row) for part in parts for row in part]


def _plain(row: LedgerRow) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(row).items()}
