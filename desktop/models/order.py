"""Orders of enforcement (责令文书): only an enforcement officer signs one."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class Order(Base):
    """One order given to the parties of a filing; its words stand in the issued paper."""

    __tablename__ = "enforcement_order"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("issued_document.id"))
    kind: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)
    ordered_at: Mapped[datetime]
    officer: Mapped[str]
    certificate_number: Mapped[str]
    clause: Mapped[str]  # code of the pack's clause
    article: Mapped[str]
    due_on: Mapped[date | None]
