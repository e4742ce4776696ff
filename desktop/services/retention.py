"""Keeping times: what is due, and removing it by hand; nothing is ever removed without the administrator."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from itertools import groupby
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.progress import SILENT, Progress
from desktop.domain.retention import (
    DueDraft,
    DueList,
    DueScan,
    KeepingPeriods,
    KeptKind,
    Purged,
    check_periods,
    months_after,
)
from desktop.models.attachment import Attachment
from desktop.models.attachment_store import AttachmentStore
from desktop.models.database import Database
from desktop.models.desk_rows import DraftRow, Setting
from desktop.queries.attachments import is_needed
from desktop.queries.retention import drafts_with_scans, scans_of_ended
from desktop.services.audit import changed_fields, record_event
from desktop.services.filing_keys import storable
from desktop.services.staging import StagingService
from desktop.services.station import Station
from desktop.services.touched import SETTING

PERIODS_KEY: Final = "keeping_periods"
SUMMARY: Final = "保存期限届满，清除附件"


class RetentionService:
    """Works for whoever keeps the settings: it shows numbers of filings and titles, never what a scan shows."""

    def __init__(
        self, database: Database, station: Station, *, store: AttachmentStore, staging: StagingService
    ) -> None:
        self._database = database
        self._station = station
        self._store = store
        self._staging = staging

    def periods(self) -> KeepingPeriods:
        """Give the keeping times as set; none set keeps everything."""
        with self._database.reading() as session:
            return _periods(session)

    def keep_periods(self, periods: KeepingPeriods) -> frozenset[Change]:
        """Set the keeping times; raises ``ClerkError``: not_permitted, keeping_period_unfit."""
        self._station.actor.require(Right.KEEP_SETTINGS)
        check_periods(periods)
        with self._database.writing() as session:
            changes = changed_fields(asdict(_periods(session)), asdict(periods))
            session.merge(Setting(key=PERIODS_KEY, value=asdict(periods)))
            record_event(
                session,
                self._station,
                act="settings",
                summary="设置附件和草稿的保存期限",
                changes=changes,
                touched=[(SETTING, PERIODS_KEY)],
            )
        return frozenset({Change.SETTINGS})

    def due(self) -> DueList:
        """List what is due today, the longest overdue first; raises ``ClerkError("not_permitted")``."""
        self._station.actor.require(Right.KEEP_SETTINGS)
        with self._database.reading(is_whole=True) as session:
            return _due(session, self._station.today())

    def purge(self, listed: DueList, reason: str, progress: Progress = SILENT) -> Purged:
        """Remove for good what was listed and is still due: bytes and drafts go, rows stay and say why.

        The ledger says so first; an interruption after that is made up for at the next start.
        Raises ``ClerkError``: not_permitted, reason_required, database_locked, disk_full, read_only.
        """
        self._station.actor.require(Right.KEEP_SETTINGS)
        why = storable(reason.strip())
        if not why:
            raise ClerkError("reason_required")
        with self._store.lock:
            purged, contents = self._forget(listed, why, progress)
            with self._database.reading(is_whole=True) as session:
                for sha256 in contents:
                    self._store.settle(sha256, is_needed=is_needed(session, sha256))
            self._staging.drop_abandoned()
        return purged

    def _forget(self, listed: DueList, why: str, progress: Progress) -> tuple[Purged, tuple[str, ...]]:
        """Write into the ledger what is gone; gives the contents that may no longer be needed."""
        with self._database.writing(is_whole=True) as session:
            due = _due(session, self._station.today())
            wanted, drafts = {scan.id for scan in listed.scans}, {draft.id for draft in listed.drafts}
            scans = sorted((scan for scan in due.scans if scan.id in wanted), key=lambda scan: scan.filing_id)
            gone = [draft for draft in due.drafts if draft.id in drafts]
            rows = {scan.id: _row(session, scan.id) for scan in scans}
            contents = tuple(dict.fromkeys(row.sha256 for row in rows.values()))
            for sha256 in contents:
                self._store.mark(sha256)
            at, done = self._station.now(), 0
            for filing_id, of_filing in groupby(scans, key=lambda scan: scan.filing_id):
                done += self._forget_scans(session, [rows[scan.id] for scan in of_filing], filing_id, why=why, at=at)
                progress.step(done, len(scans))
            if gone:
                self._forget_drafts(session, gone, why)
        size = sum(scan.size for scan in scans)
        return Purged(scans=len(scans), drafts=len(gone), size=size), contents

    def _forget_scans(self, session: Session, rows: list[Attachment], filing_id: int, *, why: str, at: datetime) -> int:
        for row in rows:
            row.purged_at, row.purge_reason = at, why
        titles = "、".join(f"《{row.title}》" for row in rows)
        said = f"{SUMMARY} {len(rows)} 份：{titles}"
        record_event(
            session, self._station, act="attachments_purged", summary=said, reason=why, at=at, filing_id=filing_id
        )
        return len(rows)

    def _forget_drafts(self, session: Session, gone: list[DueDraft], why: str) -> None:
        for row in session.scalars(select(DraftRow).where(DraftRow.id.in_([draft.id for draft in gone]))):
            session.delete(row)
        said = f"保存期限届满，清除草稿 {len(gone)} 份，其中附件 {sum(draft.scans for draft in gone)} 份"
        record_event(session, self._station, act="drafts_purged", summary=said, reason=why)


def _periods(session: Session) -> KeepingPeriods:
    stored = session.get(Setting, PERIODS_KEY)
    return KeepingPeriods(**stored.value) if stored is not None else KeepingPeriods()


def _row(session: Session, attachment_id: int) -> Attachment:
    row = session.get(Attachment, attachment_id)
    assert row is not None, "what was listed in this transaction is there"
    return row


def _due(session: Session, today: date) -> DueList:
    periods = _periods(session)
    scans = []
    for row, number, ended_on in scans_of_ended(session):
        kind = KeptKind.IDENTITY_SCAN if row.is_identity else KeptKind.OTHER_SCAN
        due_on = _due_on(ended_on, periods.of(kind), today)
        if due_on is not None and row.filing_id is not None:
            scans.append(
                DueScan(
                    id=row.id,
                    filing_id=row.filing_id,
                    number=number,
                    kind=kind,
                    title=row.title,
                    pages=row.pages,
                    size=row.size,
                    ended_on=ended_on,
                    due_on=due_on,
                )
            )
    drafts = []
    for draft, count in drafts_with_scans(session):
        due_on = _due_on(draft.saved_at.astimezone().date(), periods.draft_months, today)
        if due_on is not None:
            drafts.append(DueDraft(id=draft.id, saved_at=draft.saved_at, scans=count, due_on=due_on))
    return DueList(scans=tuple(sorted(scans, key=lambda scan: (scan.due_on, scan.id))), drafts=tuple(drafts))


def _due_on(ended_on: date, months: int | None, today: date) -> date | None:
    """Give the day a time was over, None while it is not or none is set."""
    if months is None:
        return None
    due_on = months_after(ended_on, months)
    return due_on if due_on <= today else None
