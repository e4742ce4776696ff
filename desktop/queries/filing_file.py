"""The whole of one filing with its history."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.acts import OPEN_TO_THE_CLERK, Status
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import FilingFile, PlatformEntry
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.filing import Filing, FilingDepartment
from desktop.models.platform_entry import PlatformEntryRow
from desktop.models.registration_life import Extension
from desktop.queries.filing_timeline import timeline_of
from desktop.queries.ledger import rows_of
from desktop.queries.papers import papers_of


def stored_filing(session: Session, filing_id: int) -> Filing:
    """Find a filing; raises ``ClerkError("no_such_filing")``."""
    filing = session.get(Filing, filing_id)
    if filing is None:
        raise ClerkError("no_such_filing", filing_id=filing_id)
    return filing


def departments_of(session: Session, filing_id: int) -> tuple[str, ...]:
    """Give the industry departments of a filing, by which the scopes of departments are drawn."""
    return tuple(session.scalars(select(FilingDepartment.code).where(FilingDepartment.filing_id == filing_id)))


def filing_file(session: Session, filing_id: int) -> FilingFile:
    """Give the file of one filing (一件一档); raises ``ClerkError("no_such_filing")``."""
    filing = stored_filing(session, filing_id)
    return FilingFile(
        row=rows_of(session, [filing_id])[0],
        walk_in=walk_in_from_plain(filing.walk_in),
        assessment=filing.assessment,
        pack_id=filing.pack_id,
        pack_version=filing.pack_version,
        registration_number=filing.registration_number,
        accepted_on=filing.accepted_on,
        valid_until=filing.valid_until,
        extension_first=filing.extension_first,
        completed_on=filing.completed_on,
        extensions=extensions_of(session, filing_id),
        site_check_by=filing.site_check_by,
        overrides=tuple(filing.overrides),
        papers=papers_of(session, filing_id),
        awaits_platform=filing.awaits_platform,
        platform=platform_entry(session, filing_id),
        timeline=timeline_of(session, filing_id),
        can_correct=Status(filing.status) in OPEN_TO_THE_CLERK,
    )


def extensions_of(session: Session, filing_id: int) -> int:
    """Count the extensions a registration has had."""
    return session.scalar(select(func.count()).select_from(Extension).where(Extension.filing_id == filing_id)) or 0


def platform_entry(session: Session, filing_id: int) -> PlatformEntry | None:
    """Give what was last noted of the platform, None while a filing is not entered there."""
    of_filing = select(PlatformEntryRow).where(PlatformEntryRow.filing_id == filing_id)
    row = session.scalars(of_filing.order_by(PlatformEntryRow.id.desc()).limit(1)).first()
    if row is None:
        return None
    return PlatformEntry(number=row.number, who=row.clerk, at=row.entered_at, entered_on=row.entered_on)
