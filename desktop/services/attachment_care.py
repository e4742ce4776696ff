"""Care of the attachments: how large they may be, whether their bytes are whole, what an interruption left."""

from __future__ import annotations

import logging
from typing import Final

from sqlalchemy import select

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.attachments import AttachmentFault, AttachmentLimits
from desktop.domain.errors import ClerkError
from desktop.domain.progress import SILENT, Progress
from desktop.models.attachment import Attachment
from desktop.models.attachment_store import AttachmentStore, Swept
from desktop.models.database import Database
from desktop.models.desk_rows import Setting
from desktop.models.filing import Filing
from desktop.models.package import AwaitedFile
from desktop.queries.attachments import known_contents
from desktop.services.audit import changed_fields, record_event
from desktop.services.scan_files import LIMITS_KEY, stored_limits
from desktop.services.staging import StagingService
from desktop.services.station import Station
from desktop.services.touched import SETTING

_FILE_MOST_READ: Final = 1 << 30
_LOG = logging.getLogger(__name__)


class AttachmentCare:
    """Looks after the store as a whole, never at what single attachments show."""

    def __init__(
        self, database: Database, station: Station, *, store: AttachmentStore, staging: StagingService
    ) -> None:
        self._database = database
        self._station = station
        self._store = store
        self._staging = staging

    def limits(self) -> AttachmentLimits:
        """Give how large files may be."""
        with self._database.reading() as session:
            return stored_limits(session)

    def keep_limits(self, limits: AttachmentLimits) -> frozenset[Change]:
        """Set how large files may be; raises ``ClerkError``: not_permitted, attachment_limits_unfit."""
        self._station.actor.require(Right.KEEP_SETTINGS)
        if not 0 < limits.file_bytes <= limits.filing_bytes or limits.file_bytes > _FILE_MOST_READ or limits.pages < 1:
            raise ClerkError("attachment_limits_unfit")
        after = _plain_limits(limits)
        with self._database.writing() as session:
            changes = changed_fields(_plain_limits(stored_limits(session)), after)
            session.merge(Setting(key=LIMITS_KEY, value=after))
            said, touched = "设置附件大小上限", [(SETTING, LIMITS_KEY)]
            record_event(session, self._station, act="settings", summary=said, changes=changes, touched=touched)
        return frozenset({Change.SETTINGS})

    def check(self, progress: Progress = SILENT) -> tuple[AttachmentFault, ...]:
        """Read every content again and name those that are missing or changed; raises ``ClerkError("not_permitted")``.

        For whoever keeps backups or reads the trail: it names filings by number and nothing else of them.
        """
        self._station.actor.require(Right.AUDIT, Right.KEEP_BACKUPS)
        with self._database.reading(is_whole=True) as session:
            numbered = select(Attachment, Filing.number).outerjoin(Filing, Filing.id == Attachment.filing_id)
            rows = session.execute(numbered.where(Attachment.purged_at.is_(None)).order_by(Attachment.id)).all()
            awaited = set(session.scalars(select(AwaitedFile.sha256)))
        found = []
        for done, (row, number) in enumerate(rows, 1):
            code = self._fault_of(row.sha256)
            # Another station told of it; its bytes are still to come.
            if code and not (code == "attachment_missing" and row.sha256 in awaited):
                found.append(
                    AttachmentFault(id=row.id, filing_id=row.filing_id, number=number or "", title=row.title, code=code)
                )
            progress.step(done, len(rows))
        return tuple(found)

    def look_after(self) -> Swept:
        """Put in order what an interruption left: scans of drafts that are gone, bytes without a row."""
        with self._store.lock:
            self._staging.drop_abandoned()
            with self._database.reading(is_whole=True) as session:
                known = known_contents(session)
            swept = self._store.sweep(known)
        if swept.removed or swept.unknown:
            _LOG.info("attachments: %s orphans removed, %s unknown files", swept.removed, swept.unknown)
        return swept

    def _fault_of(self, sha256: str) -> str:
        try:
            self._store.get(sha256)
        except ClerkError as error:
            if error.code not in ("attachment_missing", "attachment_changed"):
                raise
            return error.code
        return ""


def _plain_limits(limits: AttachmentLimits) -> dict[str, object]:
    return {"file_bytes": limits.file_bytes, "filing_bytes": limits.filing_bytes, "pages": limits.pages}
