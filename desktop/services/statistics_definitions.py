"""Definitions of reports that an office keeps under names of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.errors import ClerkError
from desktop.domain.report import ReportDefinition
from desktop.domain.report_json import definition_from_plain, definition_to_plain
from desktop.domain.typed_text import clean_text
from desktop.models.database import Database
from desktop.models.issued_report import ReportDefinitionRow
from desktop.services.audit import record_event
from desktop.services.review_steps import name_at_work
from desktop.services.station import Station
from desktop.services.touched import REPORT_DEFINITION

LONGEST_NAME = 40


class DefinitionKeeping:
    """Saves, lists and forgets definitions; they hold no figures, so all who make statistics share them."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database, self._station = database, station

    def all(self) -> tuple[ReportDefinition, ...]:
        """List the definitions by name."""
        self._station.actor.require(Right.STATISTICS)
        with self._database.reading() as session:
            rows = session.scalars(select(ReportDefinitionRow).order_by(ReportDefinitionRow.name))
            return tuple(definition_from_plain(row.definition, definition_id=row.id) for row in rows)

    def save(self, definition: ReportDefinition, *, texts: Mapping[str, str] | None = None) -> ReportDefinition:
        """Save a definition; one with an id takes the place of what is saved there.

        Raises ``ClerkError``: not_permitted, report_name_missing, report_empty, report_name_taken, no_such_statistics,
        database_locked, disk_full, read_only.
        """
        self._station.actor.require(Right.STATISTICS)
        named = replace(definition, name=clean_text(definition.name)[:LONGEST_NAME])
        if not named.name:
            raise ClerkError("report_name_missing")
        if not any(spec.measures for spec in named.tables):
            raise ClerkError("report_empty")
        with self._database.writing() as session:
            row, before = self._row(session, named), None
            if row is None:
                row = ReportDefinitionRow(texts={})
                session.add(row)
            else:
                before = row.name
            row.name, row.definition = named.name, definition_to_plain(named)
            row.texts = {**(row.texts or {}), **(texts or {})}
            row.saved_at, row.saved_by = self._station.now(), name_at_work(self._station)
            row.saved_by_id = self._station.actor.account_id
            session.flush()
            record_event(
                session,
                self._station,
                act="report_definition",
                summary=f"保存报表“{named.name}”",
                changes=[("name", before, named.name)],
                touched=[(REPORT_DEFINITION, row.id)],
            )
            return replace(named, definition_id=row.id)

    def forget(self, definition_id: int) -> None:
        """Take a definition away, on record; printed reports keep theirs."""
        self._station.actor.require(Right.STATISTICS)
        with self._database.writing() as session:
            row = session.get(ReportDefinitionRow, definition_id)
            if row is None:
                raise ClerkError("no_such_statistics")
            name = row.name
            session.delete(row)
            record_event(
                session,
                self._station,
                act="report_definition_gone",
                summary=f"删除报表“{name}”",
                changes=[("name", name, None)],
                touched=[(REPORT_DEFINITION, definition_id)],
            )

    def _row(self, session: Session, definition: ReportDefinition) -> ReportDefinitionRow | None:
        """Give the row that a definition takes the place of, None for a new one."""
        named = session.scalars(select(ReportDefinitionRow).where(ReportDefinitionRow.name == definition.name)).first()
        if named is not None and named.id != definition.definition_id:
            raise ClerkError("report_name_taken", name=definition.name)
        if definition.definition_id is None:
            return None
        row = session.get(ReportDefinitionRow, definition.definition_id)
        if row is None:
            raise ClerkError("no_such_statistics")
        return row
