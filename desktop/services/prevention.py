"""Insurers' lists of accident prevention services: taken in once, each row put to its filing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.headed_list import proposed
from desktop.domain.local_rules import local
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.prevention import (
    HEADING_WORDS,
    LABELS,
    REQUIRED,
    InsuredFiling,
    Match,
    MatchedService,
    PreventionRow,
    ServiceField,
    ServiceMatching,
    ServicePlan,
    ServiceRow,
    ServicesTaken,
    read_services,
)
from desktop.domain.typed_text import clean_text
from desktop.models.database import Database
from desktop.models.filing import Filing
from desktop.models.report_upward import PreventionService as ServiceRecord
from desktop.models.sheet_import import ImportedRow, SheetImport
from desktop.queries.filing_file import stored_filing
from desktop.services.audit import record_event
from desktop.services.foreign_lists import found_list
from desktop.services.once import row_of_act
from desktop.services.reach import require_for_filing
from desktop.services.station import Station
from desktop.services.touched import PREVENTION

PURPOSE: Final = "prevention_services"
_CHANGED: Final = frozenset({Change.PARTIES, Change.FILINGS})
_TAKERS: Final = (Right.REGISTER, Right.DECIDE_EXCEPTIONS)
_NEEDED: Final = tuple(LABELS[field] for field in REQUIRED)


class PreventionServices:
    """Takes the lists in and shows them, by site too; a list taken in twice doubles nothing."""

    def __init__(self, database: Database, station: Station) -> None:
        self._database, self._station = database, station

    def plan(self, file: Path, mapped: Mapping[ServiceField, str] | None = None) -> ServicePlan:
        """Read a list and say whose each row is, without writing anything.

        Raises ``ClerkError``: not_permitted, no_list_headings (``missing``, ``headings``), those of ``read_grid``.
        """
        self._station.actor.require(*_TAKERS)
        found, sha256 = found_list(file, HEADING_WORDS, needed=_NEEDED)
        used = dict(proposed(found.headings, HEADING_WORDS) if mapped is None else mapped)
        headings = tuple(text for text in found.headings if text)
        missing = tuple(LABELS[field] for field in REQUIRED if used.get(field) not in headings)
        if missing:
            raise ClerkError("no_list_headings", missing=missing, headings=headings)
        rows = read_services(found, used, self._station.today())
        with self._database.reading() as session:
            matched = _matched(session, rows)
        return ServicePlan(file_name=file.name, sha256=sha256, headings=headings, mapped=used, rows=matched)

    def take_in(self, file: Path, *, sha256: str, act_id: str) -> ServicesTaken:
        """Take in every row without a fault that is not there yet, in one transaction; ``act_id`` counts once.

        Raises as ``plan``, and ``ClerkError``: file_changed, act_id_used, database_locked, disk_full, read_only.
        """
        plan = self.plan(file)
        if plan.sha256 != sha256:
            raise ClerkError("file_changed", name=file.name)
        with self._database.writing() as session:
            done = row_of_act(session, SheetImport, act_id)
            if done is not None:
                return _taken(done, matched=0, changes=frozenset())
            made = self._import(session, plan, act_id)
            taken = [self._add(session, made, each) for each in plan.rows if not each.row.fault and not each.is_known]
            records = [record for record in taken if record is not None]
            made.rows_taken = len(records)
            made.rows_refused = sum(bool(each.row.fault) for each in plan.rows)
            made.rows_known = len(plan.rows) - made.rows_taken - made.rows_refused
            matched = sum(record.filing_id is not None for record in records)
            record_event(
                session,
                self._station,
                act="prevention_in",
                summary=local(f"导入事故预防服务清单 {len(records)} 条，对应登记件 {matched} 条"),
                changes=[("file_sha256", None, plan.sha256)],
                touched=[(PREVENTION, record.id) for record in records],
            )
            return _taken(made, matched=matched, changes=_CHANGED if records else frozenset())

    def all(self) -> tuple[PreventionRow, ...]:
        """List the services, the last first; who does not see the whole ledger sees those of the own filings."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return _rows(session, None)

    def of_filing(self, filing_id: int) -> tuple[PreventionRow, ...]:
        """List the services at one site; raises ``ClerkError``: not_permitted, no_such_filing."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            stored_filing(session, filing_id)
            return _rows(session, filing_id)

    def assign(self, service_id: int, number: str) -> frozenset[Change]:
        """Put a service to the filing with a number, or to none for an empty number, on record.

        Raises ``ClerkError``: not_permitted, no_such_entry, no_such_number (``number``), outside_scope.
        """
        self._station.actor.require(*_TAKERS)
        with self._database.writing() as session:
            record = session.get(ServiceRecord, service_id)
            if record is None:
                raise ClerkError("no_such_entry", entry_id=service_id)
            filing = self._of_number(session, clean_text(number)) if number.strip() else None
            if record.filing_id == (filing.id if filing else None):
                return frozenset()
            record.filing_id = filing.id if filing else None
            record_event(
                session,
                self._station,
                act="prevention_assigned",
                summary=f"事故预防服务对应到 {filing.number}" if filing else "取消事故预防服务的对应",
                touched=[(PREVENTION, record.id)],
            )
        return _CHANGED

    def _of_number(self, session: Session, number: str) -> Filing:
        filing = session.scalars(select(Filing).where(Filing.number == number)).first()
        if filing is None:
            raise ClerkError("no_such_number", number=number)
        right = Right.REGISTER if self._station.actor.may(Right.REGISTER) else Right.DECIDE_EXCEPTIONS
        require_for_filing(session, self._station.actor, right, filing)
        return filing

    def _import(self, session: Session, plan: ServicePlan, act_id: str) -> SheetImport:
        office, actor = self._station.office, self._station.actor
        made = SheetImport(
            act_id=act_id,
            purpose=PURPOSE,
            file_name=clean_text(plan.file_name),
            file_sha256=plan.sha256,
            mapping={field.value: heading for field, heading in plan.mapped.items()},
            rows_read=len(plan.rows),
            rows_taken=0,
            rows_known=0,
            rows_refused=0,
            imported_at=self._station.now(),
            imported_by=actor.name or (office.clerk_name if office else ""),
            imported_by_id=actor.account_id,
        )
        session.add(made)
        session.flush()
        return made

    def _add(self, session: Session, made: SheetImport, each: MatchedService) -> ServiceRecord | None:
        key, row = _key(each.row), each.row
        known = select(ImportedRow.id).where(ImportedRow.purpose == PURPOSE, ImportedRow.row_key == key)
        if session.scalar(known) is not None or row.served_on is None:
            return None  # the same row stands twice in the list
        record = ServiceRecord(
            import_id=made.id,
            insurer=row.insurer,
            policy_number=row.policy_number,
            project_name=row.project_name,
            place=row.place,
            served_on=row.served_on,
            service=row.service,
            findings=row.findings,
            filing_id=each.filing_id,
        )
        session.add(record)
        session.flush()
        session.add(
            ImportedRow(
                import_id=made.id,
                purpose=PURPOSE,
                row_key=key,
                row_number=row.row,
                subject="prevention_service",
                subject_id=record.id,
                kept={},
            )
        )
        return record


def _matched(session: Session, rows: tuple[ServiceRow, ...]) -> tuple[MatchedService, ...]:
    matching = ServiceMatching(_insured(session))
    known = set(session.scalars(select(ImportedRow.row_key).where(ImportedRow.purpose == PURPOSE)))
    matched = []
    for row in rows:
        match, filing = matching.of(row) if not row.fault else (Match.NONE, None)
        matched.append(
            MatchedService(
                row=row,
                match=match,
                filing_id=filing.filing_id if filing else None,
                number=filing.number if filing else "",
                is_known=_key(row) in known,
            )
        )
    return tuple(matched)


def _insured(session: Session) -> tuple[InsuredFiling, ...]:
    asked = select(Filing.id, Filing.number, Filing.project_name, Filing.place, Filing.walk_in["insurances"])
    return tuple(
        InsuredFiling(
            filing_id=row[0],
            number=row[1],
            project_name=row[2],
            place=row[3],
            policy_numbers=tuple(number for each in row[4] or () if (number := each.get("policy_number"))),
        )
        for row in session.execute(asked.where(Filing.registration_number.is_not(None)))
    )


def _rows(session: Session, filing_id: int | None) -> tuple[PreventionRow, ...]:
    asked = (
        select(ServiceRecord, Filing.number)
        .outerjoin(Filing, Filing.id == ServiceRecord.filing_id)
        .order_by(ServiceRecord.served_on.desc(), ServiceRecord.id.desc())
    )
    if filing_id is not None:
        asked = asked.where(ServiceRecord.filing_id == filing_id)
    return tuple(
        PreventionRow(
            id=record.id,
            insurer=record.insurer,
            policy_number=record.policy_number,
            project_name=cover_numbers(record.project_name),
            place=cover_numbers(record.place),
            served_on=record.served_on,
            service=cover_numbers(record.service),
            findings=cover_numbers(record.findings),
            filing_id=record.filing_id,
            filing_number=number or "",
        )
        for record, number in session.execute(asked)
    )


def _key(row: ServiceRow) -> str:
    return hashlib.sha256("\n".join(row.parts).encode()).hexdigest()


def _taken(made: SheetImport, *, matched: int, changes: frozenset[Change]) -> ServicesTaken:
    return ServicesTaken(
        taken=made.rows_taken, matched=matched, known=made.rows_known, refused=made.rows_refused, changes=changes
    )
