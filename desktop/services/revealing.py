"""Personal data whole: a right of its own, for a stated purpose and on record; and how much the mask leaves."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.walk_in import WalkIn
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.database import Database
from desktop.models.desk_rows import Setting
from desktop.queries.filing_file import stored_filing
from desktop.services.audit import record_event
from desktop.services.filing_keys import storable
from desktop.services.reach import require_for_filing
from desktop.services.station import Station
from desktop.services.touched import SETTING

SHORTEST_PURPOSE: Final = 4
_LONGEST_PURPOSE: Final = 200
_MASKING_KEY: Final = "masking"
_SHOWS_AREA: Final = "id_shows_area"


def stated_purpose(typed: str) -> str:
    """Give a purpose as it is recorded; raises ``ClerkError("purpose_required")`` for fewer than four characters."""
    purpose = storable(typed.strip())[:_LONGEST_PURPOSE]
    if len(purpose) < SHORTEST_PURPOSE:
        raise ClerkError("purpose_required", least=SHORTEST_PURPOSE)
    return purpose


def id_shows_area(session: Session) -> bool:
    """Say whether this office shows the first 6 of an identity number instead of 3 (未核实: no rule prescribes it)."""
    stored = session.get(Setting, _MASKING_KEY)
    return stored is not None and bool(stored.value.get(_SHOWS_AREA))


class RevealingService:
    """Opens what is covered elsewhere."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database = database
        self._station = station

    def reveal(self, filing_id: int, purpose: str) -> WalkIn:
        """Give a filing's matter whole and record for what it was asked.

        Raises ``ClerkError``: not_permitted, outside_scope, purpose_required, no_such_filing, database_locked.
        """
        actor = self._station.actor
        actor.require(Right.SEE_WHOLE)
        reason = stated_purpose(purpose)
        with self._database.writing() as session:
            filing = stored_filing(session, filing_id)
            require_for_filing(session, actor, Right.SEE_WHOLE, filing)
            record_event(
                session,
                self._station,
                act="reveal",
                summary="查看完整个人信息",
                reason=reason,
                filing_id=filing_id,
            )
            return walk_in_from_plain(filing.walk_in)

    def may_reveal(self) -> bool:
        """Say whether who is signed in may see anything whole at all."""
        return self._station.actor.may(Right.SEE_WHOLE)

    def shows_area(self) -> bool:
        """Say whether masked identity numbers keep their first 6 instead of 3."""
        self._station.actor.require(*Right)
        with self._database.reading() as session:
            return id_shows_area(session)

    def set_shows_area(self, shows_area: bool) -> frozenset[Change]:
        """Let masked identity numbers keep their first 6, or 3 as usual; gives nothing when nothing changed."""
        self._station.actor.require(Right.KEEP_SETTINGS)
        with self._database.writing() as session:
            before = id_shows_area(session)
            if before == shows_area:
                return frozenset()
            session.merge(Setting(key=_MASKING_KEY, value={_SHOWS_AREA: shows_area}))
            record_event(
                session,
                self._station,
                act="masking",
                summary=f"证件号码遮盖改为保留前 {6 if shows_area else 3} 位和后 4 位",
                changes=[(_SHOWS_AREA, before, shows_area)],
                touched=[(SETTING, _MASKING_KEY)],
            )
        return frozenset({Change.SETTINGS, Change.FILINGS})
