"""The ledger for tables of others: rows of the list with the matter of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.ledger import DECIDING
from desktop.domain.ledger_line import LedgerLine
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.filing import Filing, FilingDepartment
from desktop.models.platform_entry import PlatformEntryRow
from desktop.models.record import AuditEvent
from desktop.queries.ledger import rows_of

AT_ONCE: Final = 200


def lines_of(session: Session, ids: Sequence[int]) -> Iterator[LedgerLine]:
    """Give the lines of some filings in the order of their ids, read some hundred at a time."""
    for first in range(0, len(ids), AT_ONCE):
        yield from _some_lines(session, ids[first : first + AT_ONCE])


def _some_lines(session: Session, ids: Sequence[int]) -> Iterator[LedgerLine]:
    asked = select(Filing.id, Filing.walk_in, Filing.registration_number, Filing.accepted_on).where(Filing.id.in_(ids))
    matters = {row.id: row for row in session.execute(asked)}
    entries = select(PlatformEntryRow.filing_id, PlatformEntryRow.number).where(PlatformEntryRow.filing_id.in_(ids))
    # The last one noted counts.
    platform = {row.filing_id: row.number for row in session.execute(entries.order_by(PlatformEntryRow.id))}
    points = _points(session, ids)
    departments: dict[int, list[str]] = {}
    of_trade = select(FilingDepartment.filing_id, FilingDepartment.code).where(FilingDepartment.filing_id.in_(ids))
    for filing_id, code in session.execute(of_trade.order_by(FilingDepartment.is_lead.desc(), FilingDepartment.code)):
        departments.setdefault(filing_id, []).append(code)
    for row in rows_of(session, ids):
        matter = matters[row.id]
        yield LedgerLine(
            row=row,
            walk_in=walk_in_from_plain(matter.walk_in),
            registration_number=matter.registration_number,
            accepted_on=matter.accepted_on,
            acceptance_point=points.get(row.id, ""),
            platform_number=platform.get(row.id, ""),
            departments=tuple(departments.get(row.id, ())),
        )


def _points(session: Session, ids: Sequence[int]) -> dict[int, str]:
    decided = select(AuditEvent.filing_id, AuditEvent.station).where(
        AuditEvent.filing_id.in_(ids), AuditEvent.act.in_(DECIDING)
    )
    # The last one counts.
    return {row.filing_id: row.station for row in session.execute(decided.order_by(AuditEvent.id))}
