"""When this ledger came to know of a row: as it was done here, or with the package that brought it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, case, func, select

from desktop.domain.package import RecordKind
from desktop.models.package import ForeignSubject
from desktop.queries.statistics.source import Column


def known_here(kind: RecordKind, subject_id: Column, done_at: Column) -> ColumnElement[object]:
    """Give the moment of a row of some subject: ``done_at``, or where a package brought it the moment of receiving.

    What was done before the subject first came, came with it; what was done before it last came, at the latest then;
    what was done after is our own.  One of our own that came back with changes keeps its own moments.
    """
    first, last = ForeignSubject.first_received_at, ForeignSubject.last_received_at
    came = case((done_at <= first, first), (first.is_not(None) & (done_at <= last), last))
    received = select(came).where(ForeignSubject.kind == kind.value, ForeignSubject.subject_id == subject_id)
    return func.coalesce(received.scalar_subquery(), done_at)
