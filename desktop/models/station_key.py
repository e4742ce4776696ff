"""The station's own keys and the stations whose packages it takes (上报包)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class StationKey(Base):
    """The key pair this station signs with and the one it is sealed to; made once, at the first start.

    The private halves are sealed under a key that does not lie in the database.
    """

    __tablename__ = "station_key"

    id: Mapped[int] = mapped_column(primary_key=True)  # always 1
    sign_public: Mapped[str]  # Ed25519, hex
    seal_public: Mapped[str]  # X25519, hex
    private_sealed: Mapped[str]  # both private halves, AES-256-GCM, hex
    fingerprint: Mapped[str]  # over both public halves
    made_at: Mapped[datetime]


class KnownStation(Base):
    """Another station whose fingerprint somebody compared with the printed one."""

    __tablename__ = "known_station"

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    code: Mapped[str]  # as it stands in its numbers
    role: Mapped[str]  # below: it reports to us; above: we report to it
    sign_public: Mapped[str]
    seal_public: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(unique=True)
    period_kind: Mapped[str]  # how often a package is expected of it: month, quarter; empty for not at all
    confirmed_at: Mapped[datetime]
    confirmed_by: Mapped[str]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    blocked_at: Mapped[datetime | None]
    note: Mapped[str]
