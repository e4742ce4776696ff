"""Scans picked while a form is typed: kept with its draft, and taken over in the transaction of the decision."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.attachments import Attached, check_sizes
from desktop.domain.errors import ClerkError
from desktop.models.attachment import Attachment, StagedAttachment
from desktop.models.attachment_store import AttachmentStore
from desktop.models.database import Database
from desktop.models.desk_rows import DraftRow
from desktop.queries.attachments import abandoned, bytes_of_draft, bytes_of_filing, is_needed, staged, staged_of
from desktop.services.filing_keys import storable
from desktop.services.once import row_of_act
from desktop.services.scan_files import looked_at, stored_limits, title_of, who_adds
from desktop.services.station import Station


class StagingService:
    """Keeps scans by the id of the draft they belong to."""

    def __init__(self, database: Database, station: Station, *, store: AttachmentStore) -> None:
        self._database = database
        self._station = station
        self._store = store

    def stage(
        self,
        draft_id: str,
        source: bytes | Path,
        *,
        act_id: str,
        material: str,
        title: str = "",
        is_identity: bool = False,
    ) -> Attached:
        """Keep a scan with a draft that is saved already; it joins the filing when the matter is decided.

        Raises ``ClerkError``: not_permitted, no_such_draft, and those of ``AttachmentService.add`` about the file.
        """
        self._station.actor.require(Right.REGISTER)
        scan = looked_at(self._database, source)
        with self._store.lock, self._database.writing() as session:
            before = row_of_act(session, StagedAttachment, act_id)
            if before is not None:
                return staged(before)
            draft = own_draft(session, draft_id, self._station.actor.account_id)
            if draft is None:
                raise ClerkError("no_such_draft", draft_id=draft_id)
            already = bytes_of_draft(session, draft_id)
            already += bytes_of_filing(session, draft.filing_id) if draft.filing_id is not None else 0
            check_sizes(len(scan.data), already=already, limits=stored_limits(session))
            row = StagedAttachment(
                act_id=act_id,
                draft_id=draft_id,
                material=storable(material),
                title=title_of(title),
                media_type=scan.media_type.value,
                size=len(scan.data),
                pages=scan.pages,
                sha256=self._store.put(scan.data),
                is_identity=is_identity,
                added_at=self._station.now(),
                added_by=who_adds(self._station),
            )
            session.add(row)
            session.commit()
            self._store.settle(row.sha256, is_needed=True)
            return staged(row)

    def staged(self, draft_id: str) -> tuple[Attached, ...]:
        """List what was picked for a draft of who is signed in."""
        self._station.actor.require(Right.REGISTER)
        with self._database.reading() as session:
            is_own = own_draft(session, draft_id, self._station.actor.account_id) is not None
            return staged_of(session, draft_id) if is_own else ()

    def unstage(self, draft_id: str, staged_id: int) -> None:
        """Take a scan off a draft again, before anything was decided; none by that id is no fault."""
        self._station.actor.require(Right.REGISTER)
        with self._store.lock, self._database.writing() as session:
            row = session.get(StagedAttachment, staged_id)
            is_own = own_draft(session, draft_id, self._station.actor.account_id) is not None
            if row is not None and row.draft_id == draft_id and is_own:
                self._remove(session, [row])

    def drop_abandoned(self) -> int:
        """Take away the scans of drafts that are gone; says how many there were."""
        with self._store.lock, self._database.reading(is_whole=True) as session:
            if not abandoned(session):
                return 0
        with self._store.lock, self._database.writing(is_whole=True) as session:
            rows = abandoned(session)
            self._remove(session, rows)
            return len(rows)

    def _remove(self, session: Session, rows: Sequence[StagedAttachment]) -> None:
        """Delete rows of drafts, then the bytes that nobody needs any more; the transaction ends here."""
        contents = dict.fromkeys(row.sha256 for row in rows)
        for sha256 in contents:
            self._store.mark(sha256)
        for row in rows:
            session.delete(row)
        session.commit()
        with self._database.reading(is_whole=True) as after:
            for sha256 in contents:
                self._store.settle(sha256, is_needed=is_needed(after, sha256))


def own_draft(session: Session, draft_id: str | None, account_id: int | None) -> DraftRow | None:
    """Find the draft of who is signed in; None when there is none of theirs by that id."""
    is_own = or_(DraftRow.account_id.is_(None), DraftRow.account_id == account_id)
    return session.scalar(select(DraftRow).where(DraftRow.id == draft_id, is_own))


def take_over_staged(session: Session, draft_id: str | None, *, filing_id: int, account_id: int | None) -> int:
    """Make attachments of the filing out of what was picked for its draft; says how many there were.

    To be called in the transaction of the decision, before its draft is dropped.
    """
    if own_draft(session, draft_id, account_id) is None:
        return 0
    found = select(StagedAttachment).where(StagedAttachment.draft_id == draft_id).order_by(StagedAttachment.id)
    picked = session.scalars(found).all()
    for row in picked:
        session.add(_attachment(row, filing_id))
        session.delete(row)
    session.flush()
    return len(picked)


def _attachment(row: StagedAttachment, filing_id: int) -> Attachment:
    return Attachment(
        act_id=row.act_id,
        filing_id=filing_id,
        material=row.material,
        event="",
        title=row.title,
        media_type=row.media_type,
        size=row.size,
        pages=row.pages,
        sha256=row.sha256,
        is_identity=row.is_identity,
        added_at=row.added_at,
        added_by=row.added_by,
        purged_at=None,
        purge_reason="",
    )
