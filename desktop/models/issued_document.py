"""Issued papers, kept as what they said, and their reprints."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class IssuedDocument(Base):
    """One issued paper: its blocks with their SHA-256, and the SHA-256 of the PDF given out."""

    __tablename__ = "issued_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    # A paper about an unregistered site, a draw or a list belongs to no filing; one of later life to no visit.
    filing_id: Mapped[int | None] = mapped_column(ForeignKey("filing.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    code: Mapped[str]
    title: Mapped[str]
    number: Mapped[str]
    pages: Mapped[int]
    template_version: Mapped[str]
    issued_at: Mapped[datetime]
    sha256: Mapped[str]
    content_sha256: Mapped[str]
    paper: Mapped[dict[str, Any]]
    community: Mapped[str | None]  # of a paper without a filing: who may see it


class Reprint(Base):
    """One reprint (补打) of a paper; ``act_id`` makes a repeated call harmless."""

    __tablename__ = "reprint"

    act_id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("issued_document.id"), index=True)
    reprinted_at: Mapped[datetime]
    clerk: Mapped[str]
