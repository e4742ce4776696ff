"""Existing ledgers in: looked at, judged in a dry run, taken over in one transaction, and never twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.column_mapping import propose
from desktop.domain.errors import ClerkError
from desktop.domain.old_registration import Blanks, CellFault, LedgerMapping
from desktop.domain.progress import SILENT, Progress
from desktop.domain.sheet_grid import Grid, sample_texts
from desktop.domain.sheet_import import (
    OLD_LEDGER,
    ImportedSheet,
    SheetFindings,
    SheetLook,
    SheetTaken,
)
from desktop.domain.sheet_layout import HeadingLines, entries, find_headings, joined_headings
from desktop.exchange.error_sheet import MarkedLines, write_error_sheet
from desktop.exchange.foreign_sheet import read_grid
from desktop.models.database import Database
from desktop.models.sheet_import import SheetImport
from desktop.services.audit import record_event
from desktop.services.file_writing import written_file
from desktop.services.filing_keys import storable
from desktop.services.foreign_lists import file_hash
from desktop.services.old_filing import Import, write_lines
from desktop.services.once import row_of_act
from desktop.services.sheet_judging import SheetJudging
from desktop.services.sheet_profiles import blanks_from_plain, keep_profile, mapping_to_plain, profile_for
from desktop.services.sheet_tally import Tally
from desktop.services.station import Station
from desktop.services.touched import FILING, fingerprints_from

_PREVIEWED: Final = 40
_SAMPLES: Final = 8
_CHANGES: Final = frozenset({Change.FILINGS})


class SheetImportService:
    """Takes ledgers in that an office kept in Excel; who registers may take in what lies in their own communities."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database, self._station = database, station

    def may_import(self) -> bool:
        """Say whether who is signed in may take ledgers in."""
        return self._station.actor.may(Right.REGISTER)

    def look(
        self, file: Path, *, sheet: str = "", headings: HeadingLines | None = None, progress: Progress = SILENT
    ) -> SheetLook:
        """Show a sheet with what its columns are taken for; a mapping saved for these headings wins.

        Raises ``Cancelled`` and ``ClerkError``: not_permitted, and those of ``read_grid``.
        """
        self._station.actor.require(Right.REGISTER)
        grid = read_grid(file, sheet=sheet, progress=progress)
        lines = headings if headings and headings.last <= len(grid.rows) else find_headings(grid)
        columns = joined_headings(grid, lines) if lines else ()
        below = [entry.cells for entry, _place in zip(entries(grid, lines), range(200), strict=False)] if lines else []
        samples = tuple(sample_texts(below, place, most=_SAMPLES) for place in range(len(columns)))
        with self._database.reading() as session:
            profile = profile_for(session, columns)
        saved = None if profile is None else list(zip(profile.headings, profile.mapping["targets"], strict=False))
        return SheetLook(
            sheet=grid.sheet,
            sheets=grid.sheets,
            notes=grid.notes,
            preview=grid.rows[:_PREVIEWED],
            lines=len(grid.rows),
            headings=lines,
            columns=columns,
            samples=samples,
            proposals=propose(columns, samples, saved=saved),
            blanks=Blanks() if profile is None else blanks_from_plain(profile.mapping["blanks"]),
            is_saved=profile is not None,
        )

    def examine(self, file: Path, mapping: LedgerMapping, *, progress: Progress = SILENT) -> SheetFindings:
        """Say what an import would do, without writing anything.

        Raises ``FaultyInput`` for a mapping that will not do, ``Cancelled``, and ``ClerkError`` as ``look``.
        """
        self._station.actor.require(Right.REGISTER)
        self._station.known_office()
        sha256, grid = file_hash(file), read_grid(file, sheet=mapping.sheet, progress=progress)
        tally = Tally(mapping, grid)
        # Numbers and lines of others are met, and nothing else of them is told.
        with self._database.reading(is_whole=True) as session:
            judging = SheetJudging(session, self._station, mapping=mapping, grid=grid)
            for chunk in judging.chunks(progress):
                tally.add(chunk)
        return replace(tally.findings(judging), sha256=sha256)

    def write_faults(self, file: Path, mapping: LedgerMapping, target: Path, *, progress: Progress = SILENT) -> int:
        """Write the sheet with its faulty cells marked, to be put right and taken in again; give their count.

        Raises as ``examine``, and ``ClerkError``: cannot_save_file, disk_full; then there is no file.
        """
        self._station.actor.require(Right.REGISTER)
        grid = read_grid(file, sheet=mapping.sheet, progress=progress)
        faults: dict[int, Sequence[CellFault]] = {}
        with self._database.reading(is_whole=True) as session:
            for chunk in SheetJudging(session, self._station, mapping=mapping, grid=grid).chunks(progress):
                faults.update({line.read.line: line.read.faults for line in chunk if line.read.faults})
        with written_file(target) as fresh:
            return write_error_sheet(fresh, grid, mapping.headings, MarkedLines(faults=faults), progress=progress)

    def take(
        self,
        file: Path,
        mapping: LedgerMapping,
        *,
        all_or_nothing: bool,
        act_id: str,
        sha256: str = "",
        progress: Progress = SILENT,
    ) -> SheetTaken:
        """Take the lines that are ready over in one transaction, and keep the mapping for the next sheet like this.

        ``all_or_nothing`` takes nothing while one line has a fault; ``sha256`` is that of the file as it was examined.
        Raises as ``examine``, and ``ClerkError``: sheet_rows_faulty (``count``), sheet_changed, nothing_to_import,
        act_id_used, database_locked, disk_full, read_only.
        """
        self._station.actor.require(Right.REGISTER)
        self._station.known_office()
        found = file_hash(file)
        if sha256 and sha256 != found:
            raise ClerkError("sheet_changed")
        grid = read_grid(file, sheet=mapping.sheet, progress=progress)
        with self._database.writing(is_whole=True) as session:
            done = row_of_act(session, SheetImport, act_id)
            if done is not None:
                return _taken(done)
            made = self._import(file, mapping, act_id=act_id, sha256=found)
            session.add(made)
            session.flush()
            tally, ids = self._write(session, made, mapping, grid, all_or_nothing=all_or_nothing, progress=progress)
            if all_or_nothing and tally.faulty:
                raise ClerkError("sheet_rows_faulty", count=tally.faulty)
            if not ids and not tally.known:
                raise ClerkError("nothing_to_import")
            made = session.merge(made)
            made.rows_read, made.rows_taken = tally.rows, len(ids)
            made.rows_known, made.rows_refused = tally.known + tally.doubles, tally.faulty
            keep_profile(session, mapping, grid, self._station)
            self._record(session, made, ids)
            return _taken(made, changes=_CHANGES if ids else frozenset())

    def imports(self) -> tuple[ImportedSheet, ...]:
        """List the ledgers taken in so far, the newest first; who sees only a part of the ledger sees their own."""
        actor = self._station.actor
        actor.require(Right.REGISTER)
        asked = select(SheetImport).where(SheetImport.purpose == OLD_LEDGER).order_by(SheetImport.id.desc())
        if not any(grant.is_whole for grant in actor.grants_for(Right.REGISTER)):
            asked = asked.where(SheetImport.imported_by_id == actor.account_id)
        with self._database.reading() as session:
            return tuple(_listed(row) for row in session.scalars(asked))

    def _write(
        self,
        session: Session,
        made: SheetImport,
        mapping: LedgerMapping,
        grid: Grid,
        *,
        all_or_nothing: bool,
        progress: Progress,
    ) -> tuple[Tally, tuple[int, ...]]:
        tally, ids = Tally(mapping, grid), list[int]()
        judging = SheetJudging(session, self._station, mapping=mapping, grid=grid)
        order = Import(
            id=made.id,
            act_id=made.act_id,
            file_name=made.file_name,
            at=made.imported_at,
            headings=judging.headings,
        )
        for chunk in judging.chunks(progress):
            tally.add(chunk)
            ready = [line for line in chunk if line.is_ready]
            # Once it is known that nothing will be taken only the faults are counted on.
            if ready and not (all_or_nothing and tally.faulty):
                ids += write_lines(session, self._station, order, ready)
        return tally, tuple(ids)

    def _import(self, file: Path, mapping: LedgerMapping, *, act_id: str, sha256: str) -> SheetImport:
        actor, office = self._station.actor, self._station.office
        return SheetImport(
            act_id=act_id,
            purpose=OLD_LEDGER,
            file_name=storable(file.name),
            file_sha256=sha256,
            mapping=mapping_to_plain(mapping),
            rows_read=0,
            rows_taken=0,
            rows_known=0,
            rows_refused=0,
            imported_at=self._station.now(),
            imported_by=storable(actor.name or (office.clerk_name if office else "")),
            imported_by_id=actor.account_id,
        )

    def _record(self, session: Session, made: SheetImport, ids: Sequence[int]) -> None:
        session.flush()
        hashed = fingerprints_from(session, FILING, min(ids)) if ids else ()
        left = f"；{made.rows_refused} 行有误未导入" if made.rows_refused else ""
        known = f"；{made.rows_known} 行以前导入过" if made.rows_known else ""
        record_event(
            session,
            self._station,
            act="old_ledger_in",
            at=made.imported_at,
            summary=f"导入旧台账 {made.rows_taken} 件{known}{left}",
            changes=[("file_sha256", None, made.file_sha256)],
            hashed=[(FILING, key, fingerprint) for key, fingerprint in hashed],
        )


def _taken(done: SheetImport, *, changes: frozenset[Change] = frozenset()) -> SheetTaken:
    return SheetTaken(
        import_id=done.id, taken=done.rows_taken, known=done.rows_known, refused=done.rows_refused, changes=changes
    )


def _listed(row: SheetImport) -> ImportedSheet:
    return ImportedSheet(
        id=row.id,
        file_name=row.file_name,
        rows=row.rows_read,
        taken=row.rows_taken,
        known=row.rows_known,
        refused=row.rows_refused,
        at=row.imported_at,
        who=row.imported_by,
    )
