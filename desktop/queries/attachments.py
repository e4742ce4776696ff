"""Attachments of filings and of drafts, as the lists show them; which contents rows still speak of."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.attachments import Attached, AttachedKind, AttachedTo, MediaType, Moment
from desktop.models.attachment import Attachment, StagedAttachment
from desktop.models.book_entry import BookEntry
from desktop.models.desk_rows import DraftRow


def attached_of(session: Session, filing_id: int) -> tuple[Attached, ...]:
    """List the attachments of a filing in the order they were added, those whose time was over as well."""
    found = select(Attachment).where(Attachment.filing_id == filing_id).order_by(Attachment.id)
    return tuple(map(attached, session.scalars(found)))


def attached_to(session: Session, subject: AttachedTo, subject_id: int) -> tuple[Attached, ...]:
    """List what shows one thing of a site's life, in the order it was added."""
    found = select(Attachment).where(Attachment.subject == subject.value, Attachment.subject_id == subject_id)
    return tuple(map(attached, session.scalars(found.order_by(Attachment.id))))


def attached_to_entry(session: Session, entry_id: int) -> tuple[Attached, ...]:
    """List what shows an entry of a register, whichever of its forms it was added to."""
    uid = select(BookEntry.uid).where(BookEntry.id == entry_id).scalar_subquery()
    forms = select(BookEntry.id).where(BookEntry.uid == uid)
    found = select(Attachment).where(
        Attachment.subject == AttachedTo.BOOK_ENTRY.value, Attachment.subject_id.in_(forms)
    )
    return tuple(map(attached, session.scalars(found.order_by(Attachment.id))))


def staged_of(session: Session, draft_id: str) -> tuple[Attached, ...]:
    """List what was picked for a draft in the order it was picked."""
    found = select(StagedAttachment).where(StagedAttachment.draft_id == draft_id).order_by(StagedAttachment.id)
    return tuple(map(staged, session.scalars(found)))


def attached(row: Attachment) -> Attached:
    """Give a row as the lists show it."""
    return Attached(
        id=row.id,
        filing_id=row.filing_id,
        material=row.material,
        kind=AttachedKind(row.event) if row.event else None,
        title=row.title,
        media_type=MediaType(row.media_type),
        size=row.size,
        pages=row.pages,
        sha256=row.sha256,
        is_identity=row.is_identity,
        added_at=row.added_at,
        added_by=row.added_by,
        purged_at=row.purged_at,
        purge_reason=row.purge_reason,
        subject=AttachedTo(row.subject) if row.subject else None,
        subject_id=row.subject_id,
        moment=Moment(row.moment) if row.moment else None,
    )


def staged(row: StagedAttachment) -> Attached:
    """Give a row of a draft as the lists show it."""
    return Attached(
        id=row.id,
        filing_id=None,
        material=row.material,
        kind=None,
        title=row.title,
        media_type=MediaType(row.media_type),
        size=row.size,
        pages=row.pages,
        sha256=row.sha256,
        is_identity=row.is_identity,
        added_at=row.added_at,
        added_by=row.added_by,
    )


def bytes_of_filing(session: Session, filing_id: int) -> int:
    """Sum the sizes of what is kept for a filing."""
    kept = select(func.sum(Attachment.size)).where(Attachment.filing_id == filing_id, Attachment.purged_at.is_(None))
    return session.scalar(kept) or 0


def bytes_of_subject(session: Session, subject: AttachedTo, subject_id: int) -> int:
    """Sum the sizes of what is kept for one thing of a site's life."""
    is_of_it = (Attachment.subject == subject.value, Attachment.subject_id == subject_id)
    return session.scalar(select(func.sum(Attachment.size)).where(*is_of_it, Attachment.purged_at.is_(None))) or 0


def bytes_of_draft(session: Session, draft_id: str) -> int:
    """Sum the sizes of what was picked for a draft."""
    return session.scalar(select(func.sum(StagedAttachment.size)).where(StagedAttachment.draft_id == draft_id)) or 0


def known_contents(session: Session) -> frozenset[str]:
    """Give the hashes of every content that a row still needs; the session must see everything."""
    kept = session.scalars(select(Attachment.sha256).where(Attachment.purged_at.is_(None)).distinct())
    return frozenset((*kept, *session.scalars(select(StagedAttachment.sha256).distinct())))


def is_needed(session: Session, sha256: str) -> bool:
    """Say whether a row still needs a content; the session must see everything."""
    kept = select(Attachment.id).where(Attachment.sha256 == sha256, Attachment.purged_at.is_(None)).limit(1)
    picked = select(StagedAttachment.id).where(StagedAttachment.sha256 == sha256).limit(1)
    return session.scalar(kept) is not None or session.scalar(picked) is not None


def abandoned(session: Session) -> tuple[StagedAttachment, ...]:
    """Give what was picked for drafts that are gone; the session must see everything."""
    drafts = select(DraftRow.id)
    return tuple(session.scalars(select(StagedAttachment).where(StagedAttachment.draft_id.not_in(drafts))))
