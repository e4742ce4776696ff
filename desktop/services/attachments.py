"""Scans and photos of filings: adding, looking, copies with a watermark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from desktop.documents.watermark import watermarked
from desktop.domain.access import Right
from desktop.domain.attachments import (
    PHOTOS,
    Attached,
    AttachedContent,
    AttachedKind,
    AttachedTo,
    MediaType,
    Moment,
    check_sizes,
)
from desktop.domain.errors import ClerkError
from desktop.domain.local_rules import local
from desktop.domain.masked_walk_in import cover_numbers
from desktop.models.attachment import Attachment
from desktop.models.attachment_store import AttachmentStore
from desktop.models.database import Database
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard
from desktop.models.on_site import OnSite
from desktop.models.patrol import Patrol
from desktop.models.public_report import PublicReport
from desktop.models.transfer import Transfer
from desktop.queries.attachments import (
    attached,
    attached_of,
    attached_to,
    attached_to_entry,
    bytes_of_filing,
    bytes_of_subject,
)
from desktop.queries.filing_file import stored_filing
from desktop.services.audit import record_event
from desktop.services.book_attachments import EVERY_WRITER, entry_to_show, kind_of_scan
from desktop.services.filing_keys import storable
from desktop.services.once import row_of_act
from desktop.services.reach import require_for_filing, require_for_row
from desktop.services.resources import fonts_folder
from desktop.services.revealing import stated_purpose
from desktop.services.scan_files import Scan, looked_at, stored_limits, title_of, who_adds
from desktop.services.station import Station
from desktop.services.touched import LOOSE_ATTACHMENT

_ENTITY_OF: Final[Mapping[AttachedTo, type[Patrol | Hazard | FoundSite | Transfer | PublicReport]]] = {
    AttachedTo.PATROL: Patrol,
    AttachedTo.HAZARD: Hazard,
    AttachedTo.FOUND_SITE: FoundSite,
    AttachedTo.TRANSFER: Transfer,
    AttachedTo.REPORT: PublicReport,
}
_MARK_FONT: Final = "NotoSansSC-Bold.ttf"


class AttachmentService:
    """Attachments stay until their keeping time is over (``RetentionService``); nothing here deletes one."""

    def __init__(self, database: Database, station: Station, *, store: AttachmentStore) -> None:
        self._database = database
        self._station = station
        self._store = store

    def add(
        self,
        filing_id: int,
        source: bytes | Path,
        *,
        act_id: str,
        material: str = "",
        kind: AttachedKind | None = None,
        title: str = "",
        is_identity: bool = False,
    ) -> Attached:
        """Add a scan to a filing, for a material of the pack or of a kind; the same ``act_id`` twice counts once.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_filing, attachment_type, attachment_too_large,
        attachment_damaged, cannot_read_file, disk_full, read_only, database_locked.
        """
        right = Right.PATROL_FEEDBACK if kind in PHOTOS and not self._may_register() else Right.REGISTER
        self._station.actor.require(right)
        scan = looked_at(self._database, source)
        with self._store.lock, self._database.writing() as session:
            filing = stored_filing(session, filing_id)
            require_for_filing(session, self._station.actor, right, filing)
            before = row_of_act(session, Attachment, act_id)
            if before is not None:
                return attached(before)
            already = bytes_of_filing(session, filing_id)
            check_sizes(len(scan.data), already=already, limits=stored_limits(session))
            row = self._row(scan, act_id=act_id, title=title, is_identity=is_identity)
            row.filing_id, row.material, row.event = filing_id, storable(material), kind.value if kind else ""
            return self._added(session, row)

    def add_to(
        self,
        subject: AttachedTo,
        subject_id: int,
        source: bytes | Path,
        *,
        act_id: str,
        moment: Moment | None = None,
        title: str = "",
    ) -> Attached:
        """Add a photo or scan of a patrol, a hazard, a work found unregistered, a transfer or a public report.

        It belongs to the filing of the site where there is one, to its community else; ``moment`` tells before from
        after.  One of an entry of a register takes the right to write there, and belongs to the entry's community.
        The same ``act_id`` twice counts once.  Raises as ``add``, and ``ClerkError``: no_such_subject, no_such_entry.
        """
        actor = self._station.actor
        right = Right.PATROL_FEEDBACK if actor.may(Right.PATROL_FEEDBACK) else Right.REGISTER
        actor.require(*(EVERY_WRITER if subject is AttachedTo.BOOK_ENTRY else (right,)))
        scan = looked_at(self._database, source)
        with self._store.lock, self._database.writing() as session:
            filing_id, community, subject_id = self._shown(session, subject, subject_id, right)
            before = row_of_act(session, Attachment, act_id)
            if before is not None:
                return attached(before)
            already = bytes_of_subject(session, subject, subject_id)
            check_sizes(len(scan.data), already=already, limits=stored_limits(session))
            row = self._row(scan, act_id=act_id, title=title or "现场照片", is_identity=False)
            row.filing_id, row.community = filing_id, community
            row.material, row.event = "", _kind(subject, scan.media_type).value
            row.subject, row.subject_id, row.moment = subject.value, subject_id, moment.value if moment else None
            return self._added(session, row)

    def attached_to(self, subject: AttachedTo, subject_id: int) -> tuple[Attached, ...]:
        """List the photos and scans of one thing of a site's life; raises ``ClerkError("not_permitted")``."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            is_entry = subject is AttachedTo.BOOK_ENTRY
            found = attached_to_entry(session, subject_id) if is_entry else attached_to(session, subject, subject_id)
        return tuple(replace(each, title=cover_numbers(each.title)) for each in found)

    def of_filing(self, filing_id: int) -> tuple[Attached, ...]:
        """List the attachments of a filing; raises ``ClerkError``: not_permitted, no_such_filing."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            stored_filing(session, filing_id)
            found = attached_of(session, filing_id)
        return tuple(replace(each, title=cover_numbers(each.title)) for each in found)

    def content(self, attachment_id: int, *, purpose: str = "") -> AttachedContent:
        """Give the bytes of an attachment; an identity document without a purpose only with its watermark.

        With a purpose, which goes on record, and with the right to see personal data whole, it is given whole.
        Raises ``ClerkError``: not_permitted, outside_scope, purpose_required, no_such_attachment, attachment_purged,
        attachment_missing, attachment_changed.
        """
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            row = _found(session, attachment_id)
            is_whole = row.is_identity and bool(purpose.strip())
            if is_whole:
                require_for_row(session, self._station.actor, Right.SEE_WHOLE, row)
        reason = stated_purpose(purpose) if is_whole else ""
        data = self._bytes_of(row)
        media_type = MediaType(row.media_type)
        if not row.is_identity:
            return AttachedContent(data=data, media_type=media_type, is_watermarked=False)
        if not is_whole:
            return self._marked(data, media_type)
        with self._database.writing() as session:
            said = f"查看身份证件附件《{row.title}》原图"
            self._record(session, said, row=row, act="attachment_seen_whole", reason=reason)
        return AttachedContent(data=data, media_type=media_type, is_watermarked=False)

    def watermarked(self, attachment_id: int) -> AttachedContent:
        """Give a copy to hand on, always with a watermark, and record that; raises as ``content`` does."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            row = _found(session, attachment_id)
            require_for_row(session, self._station.actor, Right.EXPORT, row)
        copy = self._marked(self._bytes_of(row), MediaType(row.media_type))
        with self._database.writing() as session:
            self._record(session, f"导出附件《{row.title}》的水印件", row=row, act="attachment_copied")
        return copy

    def _shown(
        self, session: Session, subject: AttachedTo, subject_id: int, right: Right
    ) -> tuple[int | None, str, int]:
        """Give the filing and the community that a photo belongs to, and what it hangs on, if it may be added."""
        if subject is AttachedTo.BOOK_ENTRY:
            entry = entry_to_show(session, self._station.actor, subject_id)
            return None, entry.community, entry.id
        row = _subject(session, subject, subject_id)
        require_for_row(session, self._station.actor, right, row)
        return row.filing_id, row.community, subject_id

    def _row(self, scan: Scan, *, act_id: str, title: str, is_identity: bool) -> Attachment:
        """Keep the bytes and give a row about them that belongs to nothing yet."""
        return Attachment(
            act_id=act_id,
            title=title_of(title),
            media_type=scan.media_type.value,
            size=len(scan.data),
            pages=scan.pages,
            sha256=self._store.put(scan.data),
            is_identity=is_identity,
            added_at=self._station.now(),
            added_by=who_adds(self._station),
            purged_at=None,
            purge_reason="",
        )

    def _added(self, session: Session, row: Attachment) -> Attached:
        session.add(row)
        session.flush()
        self._record(session, f"添加附件《{row.title}》，{row.pages} 页", row=row)
        session.commit()
        self._store.settle(row.sha256, is_needed=True)
        return attached(row)

    def _bytes_of(self, row: Attachment) -> bytes:
        try:
            return self._store.get(row.sha256)
        except ClerkError as error:
            if error.code in ("attachment_missing", "attachment_changed"):
                raise ClerkError(error.code, title=row.title) from error
            raise

    def _marked(self, data: bytes, media_type: MediaType) -> AttachedContent:
        office = self._station.office
        point = office.station_name if office else ""
        words = f"{local('仅用于小型工程和零星作业登记')}　{point}　{self._station.today()}"
        copy = watermarked(data, media_type, words=words, font=fonts_folder() / _MARK_FONT)
        return AttachedContent(data=copy, media_type=media_type, is_watermarked=True)

    def _may_register(self) -> bool:
        return self._station.actor.may(Right.REGISTER)

    def _record(
        self, session: Session, summary: str, *, row: Attachment, act: str = "attachment_added", reason: str = ""
    ) -> None:
        loose = [(LOOSE_ATTACHMENT, row.id)] if row.filing_id is None else []
        filing_id = row.filing_id
        record_event(
            session, self._station, act=act, summary=summary, reason=reason, filing_id=filing_id, touched=loose
        )


def _subject(session: Session, subject: AttachedTo, subject_id: int) -> OnSite | FoundSite:
    row = session.get(_ENTITY_OF[subject], subject_id)
    if not isinstance(row, OnSite | FoundSite):
        raise ClerkError("no_such_subject", subject=subject.value, subject_id=subject_id)
    return row


def _kind(subject: AttachedTo, media_type: MediaType) -> AttachedKind:
    return kind_of_scan(media_type) if subject is AttachedTo.BOOK_ENTRY else AttachedKind.PATROL_PHOTO


def _found(session: Session, attachment_id: int) -> Attachment:
    row = session.get(Attachment, attachment_id)
    if row is None:
        raise ClerkError("no_such_attachment", attachment_id=attachment_id)
    if row.purged_at is not None:
        raise ClerkError("attachment_purged", title=row.title)
    return row
