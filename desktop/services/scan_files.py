"""Files offered as attachments: read, looked at, held against the limits that the office set."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from desktop.documents.scans import count_pages
from desktop.domain.attachments import AttachmentLimits, check_pages, check_sizes, media_type_of
from desktop.domain.errors import ClerkError
from desktop.models.database import Database
from desktop.models.desk_rows import Setting
from desktop.services.filing_keys import storable
from desktop.services.station import Station

LIMITS_KEY: Final = "attachment_limits"
_LONGEST_TITLE: Final = 60


class Scan:
    """A file that was looked at: what it is, how many pages it has."""

    def __init__(self, data: bytes, limits: AttachmentLimits) -> None:
        check_sizes(len(data), already=0, limits=limits)
        self.data = data
        self.media_type = media_type_of(data)
        self.pages = count_pages(data, self.media_type)
        check_pages(self.pages, limits)


def looked_at(database: Database, source: bytes | Path) -> Scan:
    """Read a file and look at it; raises ``ClerkError``: cannot_read_file and those of ``Scan``."""
    with database.reading() as session:
        limits = stored_limits(session)
    return Scan(source if isinstance(source, bytes) else _read(source, limits), limits)


def stored_limits(session: Session) -> AttachmentLimits:
    """Give the limits as set, or those of the program."""
    stored = session.get(Setting, LIMITS_KEY)
    return AttachmentLimits(**stored.value) if stored is not None else AttachmentLimits()


def who_adds(station: Station) -> str:
    """Give the name that stands beside what is added now."""
    office = station.office
    return storable(station.actor.name or (office.clerk_name if office else ""))


def title_of(typed: str) -> str:
    """Give a title as it is stored; names of files are never taken for one."""
    return storable(" ".join(typed.split()))[:_LONGEST_TITLE] or "附件"


def _read(file: Path, limits: AttachmentLimits) -> bytes:
    try:
        # Looked at before reading: what is far too large never fills the memory.
        check_sizes(file.stat().st_size, already=0, limits=limits)
        return file.read_bytes()
    except OSError as error:
        raise ClerkError("cannot_read_file", why=error.strerror or str(error)) from error
