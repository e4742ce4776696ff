"""Trying a version of the rules over the filings of the last months, before it binds; nothing is written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select

from desktop.domain.access import Right
from desktop.domain.acts import CHANNEL_OF
from desktop.domain.assess import assess
from desktop.domain.assessment_plain import parts_to_plain
from desktop.domain.deadlines import add_months
from desktop.domain.dry_run import COMPARED, DryRun, DryRunRow, differences, transitions_of
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.facts import Facts
from desktop.domain.pack import PolicyPack
from desktop.domain.progress import SILENT, Progress
from desktop.domain.walk_in import decisive_facts
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.domain.workdays import WorkdayCalendar
from desktop.models.database import Database
from desktop.models.filing import Filing
from desktop.services.audit import record_event
from desktop.services.calendar import CalendarService
from desktop.services.file_writing import written_file
from desktop.services.station import Station

MOST_MONTHS: Final = 60
_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What the ledger keeps of a filing that the rules look at."""

    filing_id: int
    number: str
    filed_on: date
    accepted_on: date | None
    community: str
    category: str
    walk_in: Mapping[str, Any]
    results: Sequence[object]  # of ``COMPARED``, in their order
    pack_id: str
    version: str


class DryRunService:
    """Judges filings by a version that does not bind yet; for who keeps settings or decides exceptions.

    It looks at every filing of the ledger, whoever asks, since rules bind everybody; what it tells names nobody.
    """

    def __init__(self, database: Database, station: Station, *, calendar: CalendarService) -> None:
        self._database, self._station, self._calendar = database, station, calendar

    def run(self, pack: PolicyPack, *, months: int, progress: Progress = SILENT) -> DryRun:
        """Judge the filings of the last months by a version of the rules, and say what would be different.

        Raises ``ClerkError``: not_permitted, months_unfit; ``Cancelled`` when the progress says so.
        """
        actor = self._station.actor
        if not actor.may(Right.KEEP_SETTINGS):
            actor.require(Right.DECIDE_EXCEPTIONS)
        if not 1 <= months <= MOST_MONTHS:
            raise ClerkError("months_unfit", most=MOST_MONTHS)
        last_on = self._station.today()
        first_on = add_months(last_on, -months)
        calendar = self._calendar.calendar()
        channel = CHANNEL_OF[self._station.known_office().station_kind]
        judged, unreadable = 0, 0
        rows: list[DryRunRow] = []
        for done, total, kept in self._filings(pack.id, first_on, last_on):
            if done % _AT_ONCE == 0:
                progress.step(done, total)
            judged += 1
            try:
                row = _tried(kept, pack, self._station.packs.exact(kept.pack_id, kept.version), calendar, channel)
            except (ClerkError, FaultyInput, ValueError, KeyError):
                # A version this installation does not have, or facts of a later program: said, never passed over.
                unreadable += 1
                continue
            if row is not None:
                rows.append(row)
        return DryRun(
            pack_id=pack.id,
            version=pack.version,
            first_on=first_on,
            last_on=last_on,
            judged=judged,
            unreadable=unreadable,
            rows=tuple(rows),
            transitions=transitions_of(rows),
        )

    def write(self, result: DryRun, file: Path) -> None:
        """Save the list as a workbook; raises ``ClerkError``: not_permitted, cannot_save_file, disk_full."""
        from desktop.exchange.dry_run_workbook import write_dry_run

        if not self._station.actor.may(Right.KEEP_SETTINGS):
            self._station.actor.require(Right.DECIDE_EXCEPTIONS)
        with written_file(file) as fresh:
            write_dry_run(fresh, result)
        with self._database.writing() as session:
            record_event(
                session,
                self._station,
                act="pack_dry_run_out",
                summary=f"导出规则试算：{result.pack_id} {result.version}，{len(result.rows)} 件有变化",
            )

    def _filings(self, pack_id: str, first_on: date, last_on: date) -> Iterator[tuple[int, int, _Kept]]:
        asked = (
            select(
                Filing.id,
                Filing.registration_number,
                Filing.first_number,
                Filing.filed_on,
                Filing.accepted_on,
                Filing.community,
                Filing.category_label,
                Filing.walk_in,
                # The reasons of an assessment are the most of it by far, and nothing here needs them.
                func.json_extract(Filing.assessment, *(f"$.{name}" for name in COMPARED)).label("results"),
                Filing.pack_id,
                Filing.pack_version,
            )
            .where(Filing.pack_id == pack_id, Filing.filed_on.between(first_on, last_on))
            .order_by(Filing.id)
        )
        with self._database.reading(is_whole=True) as session:
            ids = asked.with_only_columns(Filing.id)
            total = len(session.scalars(ids).all())
            for done, line in enumerate(session.execute(asked.execution_options(yield_per=_AT_ONCE))):
                number = line.registration_number or line.first_number
                yield (
                    done,
                    total,
                    _Kept(
                        filing_id=line.id,
                        number=number,
                        filed_on=line.filed_on,
                        accepted_on=line.accepted_on,
                        community=line.community,
                        category=line.category_label,
                        walk_in=line.walk_in,
                        results=json.loads(line.results),
                        pack_id=line.pack_id,
                        version=line.pack_version,
                    ),
                )


def _tried(kept: _Kept, new: PolicyPack, old: PolicyPack, calendar: WorkdayCalendar, channel: str) -> DryRunRow | None:
    facts = _facts(kept, channel)
    after = assess(facts, new, calendar)
    if kept.results == parts_to_plain(after, COMPARED):
        return None
    # What the ledger keeps may be of another day or of changed facts: only the rules are to make a difference.
    changes = differences(assess(facts, old, calendar), after, old=old, new=new)
    if not changes:
        return None
    return DryRunRow(
        filing_id=kept.filing_id,
        number=kept.number,
        filed_on=kept.filed_on,
        community=kept.community,
        category=kept.category,
        version=kept.version,
        changes=changes,
    )


def _facts(kept: _Kept, channel: str) -> Facts:
    walk_in = walk_in_from_plain(kept.walk_in)
    facts = decisive_facts(walk_in, filed_on=kept.filed_on, channel=channel)
    return facts if kept.accepted_on is None else facts.with_facts(accepted_on=kept.accepted_on)
