"""Writing back what the platform gave to a filing: its number and the day it was entered there (回录)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError
from desktop.domain.platform_list import LONGEST_NUMBER
from desktop.domain.typed_text import clean_text, text_fault
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.filing import Filing
from desktop.models.platform_entry import PlatformEntryRow
from desktop.models.search_index import index_filing
from desktop.queries.decisions import numbers_of
from desktop.queries.filing_file import platform_entry
from desktop.services.audit import record_event
from desktop.services.filing_keys import search_texts
from desktop.services.station import Station


def fit_number(typed: str) -> str:
    """Give a number of the platform as it is kept; raises ``ClerkError("platform_number_unfit")``."""
    fault = text_fault(typed.strip(), longest=LONGEST_NUMBER)
    number = clean_text(typed)
    if fault or not number:
        raise ClerkError("platform_number_unfit", why=f"{fault or '平台编号不能是空的'}。")
    return number


def fit_day(day: date | None, today: date) -> date | None:
    """Give a day of entry as it is kept; raises ``ClerkError("platform_day_unfit")`` for one that is yet to come."""
    if day is not None and day > today:
        raise ClerkError("platform_day_unfit", day=day.isoformat(), today=today.isoformat())
    return day


def note_entry(
    session: Session,
    station: Station,
    filing: Filing,
    number: str,
    *,
    entered_on: date | None,
    act_id: str,
    source: str = "",
) -> bool:
    """Note number and day in the open transaction, on record; says whether that was anything new.

    ``source`` says where it comes from, when nobody typed it.  A day that is not given leaves the one noted.
    """
    before = platform_entry(session, filing.id)
    day = entered_on or (before.entered_on if before else None)
    if before is not None and (before.number, before.entered_on) == (number, day):
        return False
    office, at = station.office, station.now()
    clerk = office.clerk_name if office else ""
    session.add(
        PlatformEntryRow(act_id=act_id, filing_id=filing.id, number=number, entered_at=at, clerk=clerk, entered_on=day)
    )
    filing.awaits_platform = False
    numbers = (*numbers_of(session, filing.id), number)
    index_filing(session, filing.id, search_texts(walk_in_from_plain(filing.walk_in), numbers))
    said = f"已录入平台，平台编号 {number}"
    if before is not None:
        is_new = before.number != number
        said = f"更正平台编号：原 {before.number}，现 {number}" if is_new else f"补记平台录入日期，平台编号 {number}"
    said += f"，录入日期 {day}" if day is not None else ""
    said += f"（{source}）" if source else ""
    record_event(session, station, act="platform_entry", at=at, summary=said, filing_id=filing.id)
    return True
