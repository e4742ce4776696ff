"""Accepted filings and the district's platform (纳管系统, 第二十七条(三)末): what to enter, and that it was done."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.platform_sheet import platform_sheet
from desktop.domain.typed_text import clean_text, text_fault
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.database import Database
from desktop.models.filing import Filing
from desktop.models.platform_entry import PlatformEntryRow
from desktop.models.search_index import index_filing
from desktop.queries.decisions import numbers_of
from desktop.queries.filing_file import platform_entry, stored_filing
from desktop.services.audit import record_event
from desktop.services.filing_keys import search_texts
from desktop.services.once import row_of_act
from desktop.services.reach import require_for_filing
from desktop.services.station import Station

LONGEST_NUMBER: Final = 60


class PlatformService:
    """Keeps what was entered elsewhere; the platform itself is never spoken to."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database = database
        self._station = station

    def record(self, filing_id: int, number: str, *, act_id: str) -> frozenset[Change]:
        """Note the number the platform gave, or correct the one noted; the same ``act_id`` twice counts once.

        Gives nothing when nothing changed.  Raises ``ClerkError``: platform_number_unfit, no_such_filing,
        not_registered, outside_scope, database_locked, disk_full, read_only.
        """
        self._station.actor.require(Right.REGISTER)
        noted = _fit(number)
        with self._database.writing() as session:
            filing = self._registered(session, filing_id)
            before = platform_entry(session, filing_id)
            if row_of_act(session, PlatformEntryRow, act_id) is not None or (
                before is not None and before.number == noted
            ):
                return frozenset()
            self._note(session, filing, noted, act_id=act_id, before=before.number if before else "")
        return frozenset({Change.FILINGS})

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

    def _note(self, session: Session, filing: Filing, number: str, *, act_id: str, before: str) -> None:
        office, at = self._station.office, self._station.now()
        clerk = office.clerk_name if office else ""
        entry = PlatformEntryRow(act_id=act_id, filing_id=filing.id, number=number, entered_at=at, clerk=clerk)
        session.add(entry)
        filing.awaits_platform = False
        numbers = (*numbers_of(session, filing.id), number)
        index_filing(session, filing.id, search_texts(walk_in_from_plain(filing.walk_in), numbers))
        said = f"更正平台编号：原 {before}，现 {number}" if before else f"已录入平台，平台编号 {number}"
        record_event(session, self._station, act="platform_entry", at=at, summary=said, filing_id=filing.id)


def _fit(typed: str) -> str:
    fault = text_fault(typed.strip(), longest=LONGEST_NUMBER)
    number = clean_text(typed)
    if fault or not number:
        raise ClerkError("platform_number_unfit", why=f"{fault or '平台编号不能是空的'}。")
    return number
