"""Transfers, reports upward and letters to other bodies (第三十、三十五、三十六条), until the reply."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base
from desktop.models.on_site import OnSite


class Transfer(OnSite, Base):
    """One matter handed to another body, with its register number; the latest of its steps stands here too."""

    __tablename__ = "transfer"
    __table_args__ = (
        Index("ix_transfer_state", "state", "reply_by"),
        Index("ix_transfer_sent_on", "sent_on", "id"),
        Index("ix_transfer_filing_id", "filing_id"),
        Index("ix_transfer_found_site_id", "found_site_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]  # 移交单 上报单 函告函
    hazard_id: Mapped[int | None] = mapped_column(ForeignKey("hazard.id"), index=True)
    report_id: Mapped[int | None]
    to_body: Mapped[str]
    route: Mapped[str]  # code of the pack's transfers
    article: Mapped[str]
    violation: Mapped[str]
    facts: Mapped[str]
    evidence: Mapped[list[str]]
    grounds: Mapped[list[str]]  # 依据法条, free and several
    is_same_day: Mapped[bool]
    sent_on: Mapped[date]
    reply_by: Mapped[date | None]
    state: Mapped[str]  # 已移交 已接收 处理中 已反馈
    received_on: Mapped[date | None]
    replied_on: Mapped[date | None]
    result: Mapped[str]
    penalty: Mapped[str]
    is_joint: Mapped[bool]  # 会同强制排险
    document_id: Mapped[int | None] = mapped_column(ForeignKey("issued_document.id"))
    sent_at: Mapped[datetime]
    sent_by: Mapped[str]
    sent_by_id: Mapped[int | None]  # account


class TransferStep(Base):
    """One answer of the other body, or a reminder sent to it; never changed."""

    __tablename__ = "transfer_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfer.id"), index=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    on: Mapped[date] = mapped_column("step_on")
    who: Mapped[str]  # of the other body
    text: Mapped[str]
    details: Mapped[dict[str, Any]]  # penalty, documents, bodies involved
    done_at: Mapped[datetime]
    done_by: Mapped[str]
    done_by_id: Mapped[int | None]  # account
