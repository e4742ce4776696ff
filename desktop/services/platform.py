"""Accepted filings and the district's platform (纳管系统): what to enter, and that it was done."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.platform_sheet import platform_sheet
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.database import Database
from desktop.models.filing import Filing
from desktop.models.platform_entry import PlatformEntryRow
from desktop.queries.filing_file import stored_filing
from desktop.services.audit import record_event
from desktop.services.once import row_of_act
from desktop.services.platform_noting import fit_day, fit_number, note_entry
from desktop.services.reach import require_for_filing
from desktop.services.station import Station


class PlatformService:
    """Keeps what was entered elsewhere; the platform itself is never spoken to."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database = database
        self._station = station

    def record(self, filing_id: int, number: str, *, act_id: str, entered_on: date | None = None) -> frozenset[Change]:
        """Note the number the platform gave and the day of entry, or correct them; the same ``act_id`` counts once.

        Gives nothing when nothing changed; a day that is not given leaves the one noted.  Raises ``ClerkError``:
        platform_number_unfit, platform_day_unfit, no_such_filing, not_registered, outside_scope, database_locked,
        disk_full, read_only.
        """
        self._station.actor.require(Right.REGISTER)
        noted, day = fit_number(number), fit_day(entered_on, self._station.today())
        with self._database.writing() as session:
            filing = self._registered(session, filing_id)
            if row_of_act(session, PlatformEntryRow, act_id) is not None:
                return frozenset()
            is_new = note_entry(session, self._station, filing, noted, entered_on=day, act_id=act_id)
        return frozenset({Change.FILINGS}) if is_new else frozenset()

    def sheet(self, filing_id: int) -> str:
        """Give what is to be entered as lines of label, tab and value, numbers of persons whole, and record that.

        Raises ``ClerkError``: no_such_filing, not_registered, outside_scope, database_locked.
        """
        self._station.actor.require(Right.REGISTER)
        with self._database.writing() as session:
            filing = self._registered(session, filing_id)
            record_event(
                session,
                self._station,
                act="platform_sheet",
                summary="复制平台录入内容（含完整证件号码和电话）",
                filing_id=filing_id,
            )
            pack, matter = self._station.pack(), walk_in_from_plain(filing.walk_in)
            lines = platform_sheet(matter, number=filing.number, pack=pack, high_risk=filing.high_risk)
        return "\n".join(f"{label}\t{value}" for label, value in lines)

    def _registered(self, session: Session, filing_id: int) -> Filing:
        filing = stored_filing(session, filing_id)
        require_for_filing(session, self._station.actor, Right.REGISTER, filing)
        if filing.registration_number is None:
            raise ClerkError("not_registered", number=filing.number)
        return filing
