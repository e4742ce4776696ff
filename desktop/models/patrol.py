"""Patrols and site checks (第二十九、三十、三十二条): who was where, when, and what was looked at."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Computed, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base
from desktop.models.on_site import OnSite


class Patrol(OnSite, Base):
    """One visit to a site, or to a road without a site; never changed, a mistake is put right by a later one.

    ``answers`` holds only what departs from "in order": item of the check list and verdict.  ``details`` holds what a
    kind of visit has of its own: from and to of a stand-by, the papers of a first check.
    """

    __tablename__ = "patrol"
    __table_args__ = (
        # The last visit to a site, and the visits of a community, are found in these alone.
        Index("ix_patrol_filing_visited", "filing_id", "visited_on", "kind"),
        Index("ix_patrol_community_visited", "community", "visited_on", "id"),
        Index("ix_patrol_visited_on", "visited_on", "id"),
        Index("ix_patrol_found_site_id", "found_site_id"),
        # Statistics of visits read this index alone.
        Index(
            "ix_patrol_statistics",
            "visited_on",
            "community",
            "kind",
            "level",
            "organisation",
            "gave_publicity",
            "patroller_count",
            "filing_id",
            "found_site_id",
            "patrollers",
        ),
        # In this order the visits of whole months are told apart by all of it in one pass, without sorting.
        Index(
            "ix_patrol_month",
            "visited_month",
            "level",
            "organisation",
            "kind",
            "community",
            "visited_on",
            "gave_publicity",
            "patroller_count",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    act_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    result: Mapped[str]
    visited_on: Mapped[date]
    visited_time: Mapped[str]  # "09:30", local; empty when only the day is known
    patrollers: Mapped[list[str]]
    patroller_count: Mapped[int | None] = mapped_column(Computed("json_array_length(patrollers)"))
    visited_month: Mapped[str | None] = mapped_column(Computed("substr(visited_on, 1, 7)"))  # 2026-03
    organisation: Mapped[str]
    level: Mapped[str]  # 区 街道 社区 第三方 物业
    grid: Mapped[str]
    road: Mapped[str]  # of a patrol by road (扫街), without a site
    check_list: Mapped[str]  # code of the pack's list that was gone through; empty for none
    answers: Mapped[list[Any]]
    details: Mapped[dict[str, Any]]
    remark: Mapped[str]
    gave_publicity: Mapped[bool]  # 现场宣导
    source: Mapped[str]  # typed, scanned, imported
    draw_id: Mapped[int | None]  # the random draw (抽查) it answers
    report_id: Mapped[int | None]  # the public report it verifies
    campaign: Mapped[str]  # the survey (排摸) it belongs to
    platform_number: Mapped[str]  # as entered in the district's platform; empty while it is not
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
    recorded_by_id: Mapped[int | None]  # account
