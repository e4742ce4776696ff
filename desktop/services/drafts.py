"""Unfinished forms, kept from second to second so that a power cut costs next to nothing."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select

from desktop.domain.access import Right
from desktop.domain.acts import BegunFrom, Draft
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.walk_in import WalkIn
from desktop.domain.walk_in_json import walk_in_from_plain, walk_in_to_plain
from desktop.models.database import Database
from desktop.models.desk_rows import DraftRow
from desktop.services.station import Station

_LOG = logging.getLogger(__name__)
_FROM_NOTHING: Final = BegunFrom()


class DraftService:
    """Keeps drafts by an id that the form makes."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database = database
        self._station = station

    def save(
        self, draft_id: str, walk_in: WalkIn, *, filing_id: int | None = None, begun_from: BegunFrom = _FROM_NOTHING
    ) -> datetime:
        """Keep what is typed so far and say when; safe on the disk when this returns."""
        actor = self._station.actor
        actor.require(Right.REGISTER)
        saved_at = self._station.now()
        account_id = actor.account_id
        row = DraftRow(
            id=draft_id,
            saved_at=saved_at,
            filing_id=filing_id,
            account_id=account_id,
            follows_id=begun_from.follows_id,
            found_site_id=begun_from.found_site_id,
            walk_in=walk_in_to_plain(walk_in),
        )
        with self._database.writing(is_whole=True) as session:
            earlier = session.get(DraftRow, draft_id)
            if earlier is not None and earlier.account_id not in (None, account_id):
                raise ClerkError("not_permitted", right=Right.REGISTER.value, user=actor.user_name)
            session.merge(row)
        return saved_at

    def all(self) -> tuple[Draft, ...]:
        """List the drafts, the newest first; one that this version cannot read stays stored but unlisted."""
        self._station.actor.require(Right.REGISTER)
        with self._database.reading() as session:
            rows = session.scalars(select(DraftRow).order_by(DraftRow.saved_at.desc(), DraftRow.id)).all()
        return tuple(draft for draft in map(_draft, rows) if draft is not None)

    def discard(self, draft_id: str) -> None:
        """Drop a draft; none by that id is no fault."""
        self._station.actor.require(Right.REGISTER)
        with self._database.writing() as session:
            session.execute(delete(DraftRow).where(DraftRow.id == draft_id))


def _draft(row: DraftRow) -> Draft | None:
    try:
        walk_in = walk_in_from_plain(row.walk_in)
    except FaultyInput as faulty:
        _LOG.warning("draft %s cannot be read: %s faults", row.id, len(faulty.faults))
        return None
    begun_from = BegunFrom(follows_id=row.follows_id, found_site_id=row.found_site_id)
    return Draft(id=row.id, saved_at=row.saved_at, walk_in=walk_in, filing_id=row.filing_id, begun_from=begun_from)
