"""A day's patrols from an Excel sheet: read whole or not at all, one act and one event; and given out the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.check_lists import CheckList
from desktop.domain.checking import list_of, suggested
from desktop.domain.errors import ClerkError, Fault
from desktop.domain.first_check_points import points_of
from desktop.domain.patrol import CheckVerdict, PatrolRow, SuggestedFinding
from desktop.domain.patrol_details import FirstCheckDetails, StandbyDetails
from desktop.domain.patrol_sheet import SheetRow
from desktop.domain.sheet_answers import said_in
from desktop.exchange.patrol_sheet import FaultyCells, read_patrol_sheet
from desktop.models.database import Database
from desktop.models.patrol import Patrol
from desktop.queries.patrols import rows_of
from desktop.services.audit import record_event
from desktop.services.once import row_of_act
from desktop.services.patrol_sheet_plan import PlannedPatrol, SheetPlanning, act_of
from desktop.services.patrol_writing import new_patrol
from desktop.services.patrols import PATROL_CHANGES, covered_patrol
from desktop.services.station import Station
from desktop.services.touched import PATROL

__all__ = ["Imported", "PatrolImportService", "PlannedPatrol", "sheet_row"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import wrote, in the order of the sheet; ``suggestions`` are the findings to follow, by patrol."""

    patrol_ids: tuple[int, ...]
    suggestions: tuple[tuple[int, SuggestedFinding], ...]
    changes: frozenset[Change]


class PatrolImportService:
    """Takes in the sheets of those who patrol without this program, and gives the template for them."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database, self._station = database, station

    def template(self, file: Path) -> None:
        """Write the empty sheet with its explanation and the items of the check lists.

        Raises ``ClerkError``: not_permitted, cannot_save_file.
        """
        from desktop.exchange.patrol_template import write_patrol_template

        self._station.actor.require(Right.PATROL_FEEDBACK)
        write_patrol_template(file, self._station.pack().check_lists)

    def plan(self, file: Path) -> tuple[PlannedPatrol, ...]:
        """Say what a sheet would record, without recording anything.

        Raises ``FaultyInput`` with every faulty cell by its line and how to put it right, and ``ClerkError``:
        not_permitted, no_workbook, file_too_large, cannot_read_file.
        """
        self._station.actor.require(Right.PATROL_FEEDBACK)
        rows, unreadable = self._read(file)
        with self._database.reading() as session:
            return SheetPlanning(session, self._station, unreadable).all(rows, act_id="")

    def take_in(self, file: Path, *, act_id: str, may_repeat: bool = False) -> Imported:
        """Record every line of a sheet in one transaction and one event; the same ``act_id`` twice counts once.

        Raises as ``plan``, and ``ClerkError``: patrols_known (``rows``) when lines stand in the ledger already and
        ``may_repeat`` was not said, act_id_used, database_locked, disk_full, read_only.
        """
        self._station.actor.require(Right.PATROL_FEEDBACK)
        rows, unreadable = self._read(file)
        with self._database.writing() as session:
            if row_of_act(session, Patrol, act_of(act_id, 1)) is not None:
                return self._imported_before(session, act_id)
            planned = SheetPlanning(session, self._station, unreadable).all(rows, act_id=act_id)
            known = tuple(each.row for each in planned if each.is_known)
            if known and not may_repeat:
                raise ClerkError("patrols_known", rows=known, count=len(known))
            patrols = [new_patrol(session, self._station, each.request, each.community) for each in planned]
            self._record(session, patrols)
            return Imported(
                patrol_ids=tuple(patrol.id for patrol in patrols),
                suggestions=tuple(
                    (patrol.id, finding)
                    for patrol, each in zip(patrols, planned, strict=True)
                    for finding in each.suggestions
                ),
                changes=PATROL_CHANGES,
            )

    def export(self, ids: Sequence[int], file: Path) -> int:
        """Write visits as a sheet that can be taken in elsewhere, on record; gives their count.

        What lies outside the scope of whoever exports is left out; numbers of persons are covered.
        Raises ``ClerkError``: not_permitted, cannot_save_file.
        """
        from desktop.exchange.patrol_template import write_patrol_sheet

        self._station.actor.require(Right.EXPORT)
        with self._database.reading() as session:
            rows = [covered_patrol(row) for row in rows_of(session, ids)]
        lists = self._station.pack().check_lists
        lines = [sheet_row(row, place, list_of(lists, row.check_list)) for place, row in enumerate(rows, 2)]
        write_patrol_sheet(lines, file)
        with self._database.writing() as session:
            record_event(session, self._station, act="patrols_out", summary=f"导出巡查记录 {len(rows)} 条")
        return len(rows)

    def _read(self, file: Path) -> tuple[tuple[SheetRow, ...], tuple[tuple[int, Fault], ...]]:
        """Give the lines that can be read, and what is wrong with the others, to be told with the faults of these."""
        try:
            return read_patrol_sheet(file, today=self._station.today()), ()
        except FaultyCells as faulty:
            return faulty.rows, faulty.by_line

    def _imported_before(self, session: Session, act_id: str) -> Imported:
        # Lines are numbered behind a colon, which a semicolon follows in the order of characters.
        own = select(Patrol.id).where(Patrol.act_id > f"{act_id}:", Patrol.act_id < f"{act_id};").order_by(Patrol.id)
        rows = rows_of(session, tuple(session.scalars(own)))
        lists = self._station.pack().check_lists
        return Imported(
            patrol_ids=tuple(row.id for row in rows),
            suggestions=tuple(
                (row.id, finding) for row in rows for finding in suggested(list_of(lists, row.check_list), row.answers)
            ),
            changes=frozenset(),
        )

    def _record(self, session: Session, patrols: Sequence[Patrol]) -> None:
        first, last = min(patrol.visited_on for patrol in patrols), max(patrol.visited_on for patrol in patrols)
        days = f"{first}" if first == last else f"{first} 至 {last}"
        record_event(
            session,
            self._station,
            act="patrols_in",
            summary=f"导入巡查记录 {len(patrols)} 条（{days}）",
            touched=[(PATROL, patrol.id) for patrol in patrols],
        )


def sheet_row(row: PatrolRow, place: int, check_list: CheckList | None) -> SheetRow:
    """Give a visit of the ledger as a line of the sheet."""
    standby = row.details if isinstance(row.details, StandbyDetails) else None
    first = row.details if isinstance(row.details, FirstCheckDetails) else None
    is_road = row.ref.filing_id is None and row.ref.found_site_id is None
    skipped = said_in(row.answers, check_list, CheckVerdict.NOT_APPLICABLE)
    return SheetRow(
        row=place,
        number=row.number,
        visited_on=row.visited_on,
        visited_time=row.visited_time,
        kind=row.kind,
        level=row.level,
        organisation=row.organisation,
        patrollers=row.patrollers,
        result=row.result,
        failed=said_in(row.answers, check_list, CheckVerdict.FAILED),
        not_applicable=tuple(answer.item for answer in skipped),
        remark=row.remark,
        community=row.community,
        grid=row.grid,
        road=row.place if is_road else "",
        gave_publicity=row.gave_publicity,
        campaign=row.campaign,
        watcher=standby.watcher if standby else "",
        begins=standby.begins if standby else "",
        ends=standby.ends if standby else "",
        work=standby.work if standby else "",
        checked=points_of(first, is_there=True) if first else (),
        wanting=points_of(first, is_there=False) if first else (),
        signed_by=first.scheme.signed_by if first else "",
        approved_by=first.scheme.approved_by if first else "",
    )
