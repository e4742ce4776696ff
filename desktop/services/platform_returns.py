"""The platform's own list taken in (回录): held against the ledger, decided line by line, written all together."""

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
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.headed_list import FoundList, proposed
from desktop.domain.platform_comparison import ComparedLine, Decision, Standing, compare
from desktop.domain.platform_entries import ListOrder, ListPlan, ListTaken
from desktop.domain.platform_list import HEADING_WORDS, LABELS, REQUIRED, ListField, read_rows
from desktop.domain.typed_text import clean_text
from desktop.models.database import Database
from desktop.models.sheet_import import ColumnProfile, ImportedRow, SheetImport
from desktop.queries.filing_file import platform_entry, stored_filing
from desktop.queries.platform import known_filings
from desktop.services.audit import record_event
from desktop.services.calendar import CalendarService
from desktop.services.foreign_lists import found_list, profile_for
from desktop.services.once import row_of_act
from desktop.services.online_filing import community_of, write_online_filing
from desktop.services.platform_noting import note_entry
from desktop.services.reach import require_for_filing
from desktop.services.station import Station

PURPOSE: Final = "platform_list"
_LONGEST_NAME: Final = 40
_SOURCE: Final = "平台清单"


class PlatformReturnService:
    """Compares and settles; a list taken in twice doubles nothing."""

    def __init__(self, database: Database, station: Station, *, calendar: CalendarService) -> None:
        self._database, self._station, self._calendar = database, station, calendar

    def plan(self, file: Path, mapped: Mapping[ListField, str] | None = None) -> ListPlan:
        """Hold a list against the ledger without writing anything.

        ``mapped`` gives the headings; without it the mapping kept for these headings counts, else what they propose.
        Raises ``ClerkError``: not_permitted, no_list_headings (``missing``, ``headings``), and those of ``read_grid``.
        """
        self._station.actor.require(Right.REGISTER)
        words = HEADING_WORDS if mapped is None else {field: (heading,) for field, heading in mapped.items()}
        found, sha256 = found_list(file, words, needed=[LABELS[field] for field in REQUIRED])
        with self._database.reading() as session:
            profile = profile_for(session, PURPOSE, found.headings) if mapped is None else None
            known = _mapping_of(profile) if profile is not None else proposed(found.headings, HEADING_WORDS)
            used = dict(known if mapped is None else mapped)
            lines = self._lines(session, found, used)
        lines, elsewhere = self._without_unseen(lines)
        return ListPlan(
            file_name=file.name,
            sha256=sha256,
            headings=tuple(text for text in found.headings if text),
            mapped=used,
            profile=profile.name if profile is not None else "",
            lines=lines,
            elsewhere=elsewhere,
        )

    def take(self, file: Path, order: ListOrder) -> ListTaken:
        """Do what was decided about each line, in one transaction; the same ``act_id`` twice counts once.

        Raises as ``plan``, and ``ClerkError``: file_changed, kind_unsaid (``rows``), number_is_ours, number_is_held,
        outside_scope, act_id_used, database_locked, disk_full, read_only; then nothing is written.
        """
        actor = self._station.actor
        actor.require(Right.REGISTER)
        plan = self.plan(file, order.mapped)
        if plan.sha256 != order.sha256:
            raise ClerkError("file_changed", name=file.name)
        chosen = [(line, order.decisions.get(line.key, Decision.LEAVE)) for line in plan.lines]
        wanted = [(line, decision) for line, decision in chosen if decision in line.choices]
        _refuse_unsaid(wanted, order.kind_if_unsaid)
        with self._database.writing() as session:
            done = row_of_act(session, SheetImport, order.act_id)
            if done is not None:
                return _taken_before(done)
            made = self._import(session, plan, order)
            counts = dict.fromkeys(Decision, 0)
            for line, decision in wanted:
                counts[decision] += self._settle(session, made, line, decision=decision, order=order)
            taken = sum(count for decision, count in counts.items() if decision is not Decision.LEAVE)
            asked = sum(decision is not Decision.LEAVE for _line, decision in wanted)
            made.rows_taken, made.rows_known = taken, asked - taken
            made.rows_refused = sum(line.standing is Standing.UNREADABLE for line in plan.lines)
            self._record(session, plan, counts)
        return ListTaken(
            rows=made.rows_read,
            numbers=counts[Decision.TAKE_NUMBER],
            notes=counts[Decision.NOTE],
            registered=counts[Decision.REGISTER],
            known=made.rows_known,
            changes=frozenset({Change.FILINGS} if taken else ()),
        )

    def profiles(self) -> tuple[str, ...]:
        """Name the mappings that are kept; raises ``ClerkError("not_permitted")``."""
        self._station.actor.require(Right.REGISTER)
        with self._database.reading() as session:
            names = select(ColumnProfile.name).where(ColumnProfile.purpose == PURPOSE).order_by(ColumnProfile.name)
            return tuple(session.scalars(names))

    def _lines(self, session: Session, found: FoundList, mapped: Mapping[ListField, str]) -> tuple[ComparedLine, ...]:
        missing = [LABELS[field] for field in REQUIRED if mapped.get(field) not in found.headings]
        if missing:
            headings = tuple(text for text in found.headings if text)
            raise ClerkError("no_list_headings", missing=tuple(missing), headings=headings)
        return compare(read_rows(found, mapped, self._station.today()), known_filings(session))

    def _without_unseen(self, lines: tuple[ComparedLine, ...]) -> tuple[tuple[ComparedLine, ...], int]:
        """Leave out rows of filings that who asks does not see: they are in the ledger and must not be made twice."""
        missing = [line.row for line in lines if line.row and line.standing is Standing.MISSING_HERE]
        if not missing:
            return lines, 0
        with self._database.reading(is_whole=True) as session:
            known = compare(missing, known_filings(session))
        absent = {line.key for line in known if line.standing is Standing.MISSING_HERE}
        kept = tuple(line for line in lines if line.standing is not Standing.MISSING_HERE or line.key in absent)
        return kept, len(lines) - len(kept)

    def _import(self, session: Session, plan: ListPlan, order: ListOrder) -> SheetImport:
        office, actor = self._station.office, self._station.actor
        who = actor.name or (office.clerk_name if office else "")
        mapping = {field.value: heading for field, heading in order.mapped.items()}
        made = SheetImport(
            act_id=order.act_id,
            purpose=PURPOSE,
            file_name=clean_text(plan.file_name),
            file_sha256=plan.sha256,
            mapping=mapping,
            rows_read=sum(line.row is not None for line in plan.lines),
            rows_taken=0,
            rows_known=0,
            rows_refused=0,
            imported_at=self._station.now(),
            imported_by=who,
            imported_by_id=actor.account_id,
        )
        session.add(made)
        name = clean_text(order.keep_as)[:_LONGEST_NAME]
        if name:
            _keep_profile(session, self._station, name, plan=plan, mapping=mapping, who=who)
        session.flush()
        return made

    def _settle(
        self, session: Session, made: SheetImport, line: ComparedLine, *, decision: Decision, order: ListOrder
    ) -> bool:
        """Do one decision; says whether it wrote anything."""
        row, known = line.row, line.filing
        if row is None or decision is Decision.LEAVE:
            return False
        act_id = f"{order.act_id}:{row.row}"
        if decision is Decision.REGISTER:
            community = community_of(row, self._station.known_office().communities)
            self._station.actor.require_for(Right.REGISTER, community, ())
            filing = write_online_filing(
                session,
                self._station,
                row,
                kind=row.kind or order.kind_if_unsaid,
                community=community,
                calendar=self._calendar.calendar(),
                act_id=act_id,
            )
        else:
            assert known is not None
            filing = stored_filing(session, known.filing_id)
            require_for_filing(session, self._station.actor, Right.REGISTER, filing)
            before = platform_entry(session, filing.id)
            if (before.number if before else "") != known.platform_number:
                return False  # somebody noted another one meanwhile
            if decision is Decision.TAKE_NUMBER:
                source = f"{_SOURCE}第 {row.row} 行"
                return note_entry(
                    session,
                    self._station,
                    filing,
                    row.number,
                    entered_on=row.entered_on,
                    act_id=act_id,
                    source=source,
                )
        return self._keep_row(session, made, line, decision=decision, filing_id=filing.id)

    def _keep_row(
        self, session: Session, made: SheetImport, line: ComparedLine, *, decision: Decision, filing_id: int
    ) -> bool:
        """Keep what the row said, once; a difference that was noted before is not noted again."""
        assert line.row is not None
        said = "；".join(f"{each.field.label}：台账“{each.ours}”，平台“{each.theirs}”" for each in line.differences)
        key = hashlib.sha256(f"{decision.value}\n{filing_id}\n{line.row.number}\n{said}".encode()).hexdigest()
        known = select(ImportedRow.id).where(ImportedRow.purpose == PURPOSE, ImportedRow.row_key == key)
        if session.scalar(known) is not None:
            return False
        session.add(
            ImportedRow(
                import_id=made.id,
                purpose=PURPOSE,
                row_key=key,
                row_number=line.row.row,
                subject="filing",
                subject_id=filing_id,
                kept={"number": line.row.number, "said": said},
            )
        )
        if decision is Decision.NOTE:
            summary = f"与平台清单不一致：{said}"
            record_event(session, self._station, act="platform_difference", summary=summary, filing_id=filing_id)
        return True

    def _record(self, session: Session, plan: ListPlan, counts: Mapping[Decision, int]) -> None:
        record_event(
            session,
            self._station,
            act="platform_list_in",
            summary=(
                f"核对平台清单：回录编号 {counts[Decision.TAKE_NUMBER]} 件，"
                f"网上申报登入 {counts[Decision.REGISTER]} 件，记不一致 {counts[Decision.NOTE]} 件"
            ),
            changes=[("file_sha256", None, plan.sha256)],
        )


def _mapping_of(profile: ColumnProfile) -> dict[ListField, str]:
    known = {field.value for field in ListField}
    return {ListField(name): heading for name, heading in profile.mapping.items() if name in known}


def _keep_profile(
    session: Session, station: Station, name: str, *, plan: ListPlan, mapping: dict[str, str], who: str
) -> None:
    kept = select(ColumnProfile).where(ColumnProfile.purpose == PURPOSE, ColumnProfile.name == name)
    profile = session.scalars(kept).first()
    if profile is None:
        profile = ColumnProfile(purpose=PURPOSE, name=name)
        session.add(profile)
    profile.headings, profile.mapping = list(plan.headings), mapping
    profile.saved_at, profile.saved_by = station.now(), who


def _refuse_unsaid(wanted: list[tuple[ComparedLine, Decision]], kind_if_unsaid: str) -> None:
    registered = [line.row for line, decision in wanted if decision is Decision.REGISTER and line.row]
    unsaid = [row.row for row in registered if not row.kind and kind_if_unsaid not in (SMALL_WORK, MINOR_OPERATION)]
    if unsaid:
        raise ClerkError("kind_unsaid", rows=tuple(unsaid), count=len(unsaid))


def _taken_before(done: SheetImport) -> ListTaken:
    return ListTaken(rows=done.rows_read, numbers=0, notes=0, registered=0, known=done.rows_taken, changes=frozenset())
