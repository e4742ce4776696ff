"""Scans and photos of a filing: what they are and the hash by which their bytes lie outside the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class Attachment(Base):
    """One scan or photo; the bytes lie in the folder of attachments under ``sha256``, never under a name."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    filing_id: Mapped[int | None] = mapped_column(ForeignKey("filing.id"), index=True)
    material: Mapped[str]  # code of the material it shows; empty for an event
    event: Mapped[str]  # kind of event it belongs to; empty for a material
    title: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]  # bytes
    pages: Mapped[int]
    sha256: Mapped[str] = mapped_column(index=True)
    is_identity: Mapped[bool]  # shows an identity document: given out with a watermark only
    added_at: Mapped[datetime]
    added_by: Mapped[str]
    purged_at: Mapped[datetime | None]  # its keeping time is over and the bytes are gone
    purge_reason: Mapped[str]
    # What of the site's life it shows, such as a hazard before or after; none for a scan of the registration.
    subject: Mapped[str | None]
    subject_id: Mapped[int | None]
    moment: Mapped[str | None]  # before, after
    community: Mapped[str | None]  # of one without a filing: who may see it


class StagedAttachment(Base):
    """A scan picked while the form is typed; it becomes an attachment in the transaction of the decision."""

    __tablename__ = "staged_attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    draft_id: Mapped[str] = mapped_column(index=True)
    material: Mapped[str]
    title: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]  # bytes
    pages: Mapped[int]
    sha256: Mapped[str] = mapped_column(index=True)
    is_identity: Mapped[bool]
    added_at: Mapped[datetime]
    added_by: Mapped[str]
