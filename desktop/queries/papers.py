"""Issued papers as lists show them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from desktop.domain.acts import IssuedPaper
from desktop.domain.order import PAPER_OF
from desktop.models.issued_document import IssuedDocument, Reprint


def papers_of(session: Session, filing_id: int) -> tuple[IssuedPaper, ...]:
    """List all papers of a filing in the order they were issued."""
    return _papers(session, IssuedDocument.filing_id == filing_id)


def papers_of_visit(session: Session, visit_id: int) -> tuple[IssuedPaper, ...]:
    """List the papers of one visit's decision in the order of the bundle, without orders given out later."""
    is_of_decision = IssuedDocument.code.not_in(PAPER_OF.values())
    return _papers(session, and_(IssuedDocument.visit_id == visit_id, is_of_decision))


def papers_by_id(session: Session, ids: Collection[int]) -> tuple[IssuedPaper, ...]:
    """List the papers of some ids in the order they were issued, also those of no filing."""
    return _papers(session, IssuedDocument.id.in_(ids)) if ids else ()


def _papers(session: Session, wanted: ColumnElement[bool]) -> tuple[IssuedPaper, ...]:
    reprints = select(func.count()).where(Reprint.document_id == IssuedDocument.id).scalar_subquery()
    rows: Sequence[tuple[IssuedDocument, int]] = [
        (document, count)
        for document, count in session.execute(
            select(IssuedDocument, reprints).where(wanted).order_by(IssuedDocument.id)
        )
    ]
    return tuple(
        IssuedPaper(
            id=document.id,
            filing_id=document.filing_id,
            code=document.code,
            title=document.title,
            number=document.number,
            issued_at=document.issued_at,
            pages=document.pages,
            sha256=document.sha256,
            reprints=count,
        )
        for document, count in rows
    )
