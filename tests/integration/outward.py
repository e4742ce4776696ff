"""Unregistered works, reports and letters as a patroller would enter them; every name is invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from desktop.domain.access import Role
from desktop.domain.found_site import FoundRecorded, FoundSiteDraft
from desktop.domain.public_report import ReportDraft, ReportSource, TakenDown
from desktop.models.issued_document import IssuedDocument
from desktop.services.desk import Desk
from tests.factories import FILED_ON
from tests.integration.at_work import person

PATROLLER = person(21, "郭巡", Role.PATROLLER)
HERE = frozenset({"坪安社区"})
THERE = frozenset({"新禾社区"})
PATROLLER_HERE = person(22, "袁巡", Role.PATROLLER, areas=HERE)
PATROLLER_THERE = person(23, "罗巡", Role.PATROLLER, areas=THERE)


def found_draft(**changes: Any) -> FoundSiteDraft:
    """A shop that is being decorated without registration."""
    values: dict[str, Any] = {
        "community": "坪安社区",
        "grid": "03",
        "place": "坪安路22号一层",
        "work": "商铺室内装修",
        "kind": "small_work",
        "owner_name": "深圳市丰禾百货店",
        "owner_phone": "13800004455",
        "contractor_name": "深圳市匠新装饰工程有限公司",
        "found_on": FILED_ON,
        "found_by": "郭巡",
    }
    return FoundSiteDraft(**{**values, **changes})


def report_draft(**changes: Any) -> ReportDraft:
    """A neighbour's report by the hotline."""
    values: dict[str, Any] = {
        "source": ReportSource.HOTLINE_12350,
        "received_on": FILED_ON,
        "reporter_name": "温有光",
        "reporter_phone": "13800008866",
        "community": "坪安社区",
        "place": "坪安路30号",
        "content": "夜里在拆承重墙，没有围挡",
    }
    return ReportDraft(**{**values, **changes})


def found_site(desk: Desk, act_id: str = "found-1", **changes: Any) -> FoundRecorded:
    """Record an unregistered work."""
    return desk.found_sites.record(found_draft(**changes), act_id=act_id)


def report(desk: Desk, act_id: str = "report-1", **changes: Any) -> TakenDown:
    """Take a report down."""
    return desk.reports.take_down(report_draft(**changes), act_id=act_id)


def words_of(desk: Desk, paper_id: int) -> str:
    """Give everything that an issued paper says."""
    with desk.database.reading(is_whole=True) as session:
        return str(session.scalars(select(IssuedDocument).where(IssuedDocument.id == paper_id)).one().paper)


def days_later(clock: Any, days: int) -> date:
    """Let some days pass and give the new day."""
    clock.day = date.fromordinal(clock.day.toordinal() + days)
    return date.fromordinal(clock.day.toordinal())
