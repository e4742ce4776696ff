"""Filings, their visits, and the verdicts on the materials of each visit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Computed, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base

# The form takes three policies; their kinds stand in one text (工伤保险 安全生产责任保险).
INSURED_KINDS = " || ' ' || ".join(f"coalesce(json_extract(walk_in, '$.insurances[{i}].kind'), '')" for i in range(3))

SORTED_BY_TEXT = ("project", "place", "community", "owner", "contractor", "category")


class Filing(Base):
    """One applicant's matter (申报件) as it stands after the last visit.

    ``number`` is the number of the last act, ``first_number`` that of the first; all stand in ``filing_number``.
    Columns ``…_sort`` hold pinyin, ``…_key`` the folded text by which resemblance is seen.
    """

    __tablename__ = "filing"
    __table_args__ = (
        *(Index(f"ix_filing_{name}_sort", f"{name}_sort", "id") for name in SORTED_BY_TEXT),
        Index("ix_filing_filed_on", "filed_on", "id"),
        Index("ix_filing_kind", "kind", "filed_on"),
        Index("ix_filing_status", "status", "filed_on"),
        Index("ix_filing_high_risk", "high_risk", "filed_on"),
        Index("ix_filing_valid_until", "valid_until", "id"),
        Index("ix_filing_community", "community", "filed_on"),
        # The counts behind the filter chips read this index alone.
        Index("ix_filing_facets", "status", "kind", "high_risk", "community", "awaits_platform"),
        # How many filings a firm has is counted in this index alone.
        Index("ix_filing_contractor_key", "contractor_key", "status"),
        Index("ix_filing_awaits_platform", "awaits_platform", "filed_on"),
        Index("ix_filing_site_check_by", "site_check_by", "id"),
        Index("ix_filing_feedback_by", "feedback_by", "id"),
        # What is under way and what is due: small parts of a ledger of closed filings.
        Index("ix_filing_status_valid", "status", "valid_until", "planned_end", "completed_on", "community"),
        # Few have such a day; without these every row is read to its end, behind the matter and its assessment.
        Index("ix_filing_completed_on", "completed_on", "status"),
        Index("ix_filing_escalated_on", "escalated_on", "status"),
        Index("ix_filing_follows_id", "follows_id"),
        Index("ix_filing_batch", "batch", "id", sqlite_where=text("batch IS NOT NULL")),
        # Statistics of registrations read this index alone.
        Index(
            "ix_filing_statistics",
            "accepted_on",
            "community",
            "kind",
            "category",
            "high_risk",
            "office_code",
            "funding",
            "channel",
            "sub_area",
            "grid",
            "contractor_key",
            "status",
            "valid_until",
            "closed_on",
            "revoked_on",
            "insured_kinds",
            # Without the condition the planner would sooner read every wide row for what is computed of it.
            sqlite_where=text("accepted_on IS NOT NULL"),
        ),
        Index("ix_filing_revoked_on", "revoked_on", "status", sqlite_where=text("revoked_on IS NOT NULL")),
        Index(
            "ix_filing_closed_statistics",
            "closed_on",
            "status",
            "community",
            "kind",
            "category",
            "high_risk",
            "office_code",
            "funding",
            "sub_area",
            "grid",
            "contractor_key",
            sqlite_where=text("closed_on IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    first_number: Mapped[str]
    registration_number: Mapped[str | None] = mapped_column(unique=True)
    filed_on: Mapped[date]
    project_name: Mapped[str]
    place: Mapped[str]
    community: Mapped[str]
    owner_name: Mapped[str]
    contractor_name: Mapped[str]
    project_sort: Mapped[str]
    place_sort: Mapped[str]
    community_sort: Mapped[str]
    owner_sort: Mapped[str]
    contractor_sort: Mapped[str]
    category_sort: Mapped[str]
    place_key: Mapped[str] = mapped_column(index=True)
    owner_key: Mapped[str] = mapped_column(index=True)
    contractor_key: Mapped[str]
    kind: Mapped[str]
    category: Mapped[str]
    category_label: Mapped[str]
    high_risk: Mapped[bool | None]
    status: Mapped[str]
    accepted_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    extension_first: Mapped[date | None]
    site_check_by: Mapped[date | None]
    feedback_by: Mapped[date | None]
    is_provisional: Mapped[bool] = mapped_column(index=True)
    awaits_platform: Mapped[bool]  # accepted, and not yet entered in the district's platform (未录入)
    visits: Mapped[int]
    incomplete_notices: Mapped[int]
    overrides: Mapped[list[str]]
    walk_in: Mapped[dict[str, Any]]
    assessment: Mapped[dict[str, Any]]
    pack_id: Mapped[str]
    pack_version: Mapped[str]
    # Read out of the matter by the file itself, so that it never differs from it.
    planned_end: Mapped[date | None] = mapped_column(Computed("json_extract(walk_in, '$.planned_end_on')"))
    funding: Mapped[str | None] = mapped_column(Computed("json_extract(walk_in, '$.funding')"))
    channel: Mapped[str | None] = mapped_column(Computed("json_extract(walk_in, '$.facts.stated.filing_channel')"))
    sub_area: Mapped[str | None] = mapped_column(Computed("json_extract(walk_in, '$.place.sub_area')"))
    grid: Mapped[str | None] = mapped_column(Computed("json_extract(walk_in, '$.place.grid')"))
    # 受理点: what heads the number of the first act.
    office_code: Mapped[str | None] = mapped_column(Computed("substr(first_number, 1, instr(first_number, '-') - 1)"))
    insured_kinds: Mapped[str | None] = mapped_column(Computed(INSURED_KINDS))
    batch: Mapped[str | None] = mapped_column(Computed("nullif(json_extract(walk_in, '$.batch.name'), '')"))  # 一揽子
    completed_on: Mapped[date | None]  # as the owner declares, or as a patrol found
    closed_on: Mapped[date | None]
    revoked_on: Mapped[date | None]
    escalated_on: Mapped[date | None]  # 提级: managed as high-risk from then on
    stopped_on: Mapped[date | None]  # told to stop, and not yet to go on
    follows_id: Mapped[int | None]  # the registration that this one takes the place of


class FilingNumber(Base):
    """A number ever given to a filing; a filing that came twice has two."""

    __tablename__ = "filing_number"

    number: Mapped[str] = mapped_column(primary_key=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), index=True)


class FilingVisit(Base):
    """One visit at the window and what was decided then; never changed afterwards."""

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("filing_id", "ordinal"),
        # Whether, when and by whom a filing was accepted is found in this index alone.
        Index("ix_visit_act", "filing_id", "act", "decided_at", "clerk"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"))
    ordinal: Mapped[int]
    visited_on: Mapped[date] = mapped_column(index=True)
    decided_at: Mapped[datetime]
    act: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)
    clerk: Mapped[str]
    reviewer: Mapped[str] = mapped_column(server_default="")  # who passed it, where a review led to the decision
    facts_fingerprint: Mapped[str]
    noticed: Mapped[list[Any]]  # the items of the one-time notice, as they were told
    settled: Mapped[list[str]]  # codes of the papers then in order
    reason: Mapped[str]
    is_notice_incomplete: Mapped[bool]
    is_signed: Mapped[bool]
    is_video_watched: Mapped[bool]
    video: Mapped[str]  # which warning film, where the office lists several


class VisitMaterial(Base):
    """The verdict on one material at one visit."""

    __tablename__ = "visit_material"
    __table_args__ = (
        # Few of all papers: those that keep a file from being complete.
        Index("ix_visit_material_open", "visit_id", sqlite_where=text("verdict NOT IN ('in_order', 'not_applicable')")),
    )

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    verdict: Mapped[str]
    form: Mapped[str | None]
    copies: Mapped[int]
    pages: Mapped[int | None]
    valid_to: Mapped[date | None]
    remark: Mapped[str]
    checked_by: Mapped[str] = mapped_column(server_default="")  # who judged it at the window
    reviewed_by: Mapped[str] = mapped_column(server_default="")


class FilingDepartment(Base):
    """An industry department that leads a filing or is asked along; by it the scopes of departments are drawn."""

    __tablename__ = "filing_department"
    __table_args__ = (Index("ix_filing_department_code", "code", "filing_id"),)

    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    is_lead: Mapped[bool]
