"""Explaining how a filing, or what is being typed, was judged; nothing is written, and no person is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import CHANNEL_OF, StationKind
from desktop.domain.errors import ClerkError
from desktop.domain.explaining import explain
from desktop.domain.explanation import Explanation
from desktop.domain.explanation_text import explanation_lines
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.local_rules import local, work_by
from desktop.domain.register_number import parse_number
from desktop.domain.walk_in import WalkIn, decisive_facts
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.database import Database
from desktop.models.filing import Filing
from desktop.queries.filing_file import stored_filing
from desktop.queries.ledger import find_ids
from desktop.services.assessing import read_declared
from desktop.services.calendar import CalendarService
from desktop.services.file_writing import written_file
from desktop.services.resources import shipped_calendar
from desktop.services.station import Station

_LONGEST_ID: Final = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """An explanation with what it is of: the number of a filing, or what is being typed."""

    heading: str
    explanation: Explanation


class ExplainingService:
    """Explains by the version of the rules that a filing keeps, over its facts as they stand today."""

    def __init__(self, database: Database, station: Station, *, calendar: CalendarService) -> None:
        self._database, self._station, self._calendar = database, station, calendar

    def filing(self, filing_id: int) -> Explained:
        """Explain a filing; raises ``ClerkError``: not_permitted, no_such_filing, unknown_pack."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return self._explained(stored_filing(session, filing_id))

    def numbered(self, number: str) -> Explained:
        """Explain the filing of a number, or of an id; raises ``ClerkError`` as ``filing``."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return self._explained(stored_filing(session, _id_of(session, number)))

    def walk_in(self, walk_in: WalkIn) -> Explained:
        """Explain what is typed so far by the rules of today; never touches the database."""
        self._station.actor.require(Right.REGISTER)
        facts = decisive_facts(walk_in, filed_on=self._station.today(), channel=self._channel())
        return Explained(
            heading="正在录入的一件",
            explanation=explain(facts, self._station.pack(), self._calendar.calendar()),
        )

    def _explained(self, filing: Filing) -> Explained:
        facts = decisive_facts(walk_in_from_plain(filing.walk_in), filed_on=filing.filed_on, channel=self._channel())
        days = {"accepted_on": filing.accepted_on, "completed_on": filing.completed_on}
        facts = facts.with_facts(**{name: day for name, day in days.items() if day is not None})
        pack = self._station.packs.exact(filing.pack_id, filing.pack_version)
        overridden = local("；本件另有写明理由的判定，见概况") if filing.overrides else ""
        return Explained(
            heading=f"{filing.registration_number or filing.number}　申报日期 {filing.filed_on}{overridden}",
            explanation=explain(facts, pack, self._calendar.calendar()),
        )

    def _channel(self) -> str:
        office = self._station.office
        return CHANNEL_OF[office.station_kind if office is not None else StationKind.STREET_OFFICE]


def save_explanation(explained: Explained, file: Path) -> None:
    """Write an explanation into a text file; raises ``ClerkError``: cannot_save_file, disk_full."""
    lines = explanation_lines(explained.explanation, heading=explained.heading)
    with written_file(file) as fresh:
        fresh.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def explain_declared(declared: object, *, source: str, policy: str, on: date, place: Path | None = None) -> Explained:
    """Explain declared facts by a pack without a ledger, ``on`` being the filing day where they name none.

    ``place`` is a pack file or a folder outside the program, then ``policy`` is not asked.
    Raises ``FaultyInput`` with every fault, ``ClerkError`` for a pack that is not there.
    """
    facts, pack = read_declared(declared, source=source, policy=policy, on=on, place=place)
    work_by(pack.local_rules)
    return Explained(heading=source, explanation=explain(facts, pack, shipped_calendar()))


def _id_of(session: Session, number: str) -> int:
    if number.isascii() and number.isdigit() and len(number) <= _LONGEST_ID:
        return int(number)
    found = find_ids(session, LedgerCriteria(text=number)) if parse_number(number) else ()
    if len(found) != 1:
        raise ClerkError("no_such_filing", number=number)
    return found[0]
