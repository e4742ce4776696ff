"""What happens to a registration: extension, change, close-out, revocation (第二十五、三十、三十三条)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class Extension(Base):
    """One extension (延期): from which end to which, why, and who granted one that was not in time."""

    __tablename__ = "extension"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), index=True)
    applied_on: Mapped[date]
    timing: Mapped[str]  # in_window, too_early, expired
    valid_before: Mapped[date]
    valid_until: Mapped[date]
    months: Mapped[int]
    reason: Mapped[str]
    exception_reason: Mapped[str]  # the manager's, for a late or a further one
    document_id: Mapped[int | None] = mapped_column(ForeignKey("issued_document.id"))
    done_at: Mapped[datetime]
    done_by: Mapped[str]
    done_by_id: Mapped[int | None]  # account


class RegistrationChange(Base):
    """One change (变更) of what was registered, with everything as it was and as it became."""

    __tablename__ = "registration_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), index=True)
    kind: Mapped[str]  # persons, contractor, owner, scope, period, other
    source: Mapped[str]  # application, patrol
    changed_on: Mapped[date]
    reason: Mapped[str]
    before: Mapped[dict[str, Any]]  # the matter, plain
    after: Mapped[dict[str, Any]]
    fields: Mapped[list[Any]]  # what differs: path, before, after
    assessment_before: Mapped[dict[str, Any]]
    assessment_after: Mapped[dict[str, Any]]
    materials: Mapped[list[Any]]  # newly needed: code and verdict
    document_id: Mapped[int | None] = mapped_column(ForeignKey("issued_document.id"))
    done_at: Mapped[datetime]
    done_by: Mapped[str]
    done_by_id: Mapped[int | None]  # account


class CloseOut(Base):
    """One application for close-out (注销) with its verification on site; after a failed one comes another."""

    __tablename__ = "close_out"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), index=True)
    kind: Mapped[str]  # completed, lapsed (逾期失联)
    completed_on: Mapped[date | None]
    applied_on: Mapped[date]
    apply_by: Mapped[date | None]  # last day of the working days after completion
    is_late: Mapped[bool | None]
    applicant: Mapped[str]
    waste: Mapped[dict[str, Any]]  # kind, amount, hauler, disposal site, date
    needs: Mapped[list[Any]]  # item and whether it is there
    state: Mapped[str]  # awaiting_check, verified, not_complete
    checked_on: Mapped[date | None]
    checked_by: Mapped[str]
    check_text: Mapped[str]
    patrol_id: Mapped[int | None]
    exception_reason: Mapped[str]  # the manager's, with hazards or transfers open, or for a lapse
    document_id: Mapped[int | None] = mapped_column(ForeignKey("issued_document.id"))
    done_at: Mapped[datetime]
    done_by: Mapped[str]
    done_by_id: Mapped[int | None]  # account


class Revocation(Base):
    """The revocation (撤销) of a registration: ground, evidence, who decided, and how the owner was told."""

    __tablename__ = "revocation"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), index=True)
    ground: Mapped[str]  # code of the pack's revocations, or other
    article: Mapped[str]
    facts: Mapped[str]
    evidence: Mapped[str]
    decided_on: Mapped[date]
    decided_by: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("issued_document.id"))
    delivered_on: Mapped[date | None]
    delivery: Mapped[str]  # how
    receiver: Mapped[str]
    delivery_note: Mapped[str]
    done_at: Mapped[datetime]
    done_by_id: Mapped[int | None]  # account


class OutsideReview(Base):
    """A third party's review of qualification, drawings or scheme; a later answer is another row."""

    __tablename__ = "outside_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), index=True)
    subject: Mapped[str]  # qualification, drawings, scheme
    reviewer: Mapped[str]
    asked_on: Mapped[date]
    returned_on: Mapped[date | None]
    verdict: Mapped[str]
    opinion: Mapped[str]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]
    noted_by_id: Mapped[int | None]  # account
