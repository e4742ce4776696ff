"""Rows of what happens on sites, as the services write them, for tests that only read them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from desktop.models.attachment import Attachment
from desktop.models.base import Base
from desktop.models.filing import Filing
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.models.public_report import PublicReport
from desktop.models.random_draw import DrawnFiling, RandomDraw
from desktop.models.registration_life import CloseOut, OutsideReview, Revocation
from desktop.models.transfer import Transfer
from desktop.services.desk import Desk

COMMUNITY = "坪安社区"
_AT = datetime(2026, 3, 2, tzinfo=UTC)
_DAY = date(2026, 3, 2)
# What every row of a kind needs; what a test means is said by the test.
_BLANKS: dict[type[Base], dict[str, Any]] = {
    Patrol: {
        "kind": "regular",
        "result": "in_order",
        "visited_on": _DAY,
        "visited_time": "",
        "patrollers": ["周望"],
        "level": "community",
        "answers": [],
        "details": {},
        "gave_publicity": False,
        "source": "typed",
        "recorded_at": _AT,
    },
    Hazard: {
        "found_on": _DAY,
        "found_at": _AT,
        "finding": "below_safety_standard",
        "description": "临边未设防护",
        "level": "general",
        "responsible": "contractor",
        "measures": [],
        "state": "rectifying",
        "is_on_the_spot": False,
    },
    FoundSite: {
        "place": "坪安路99号",
        "work": "门面装修",
        "found_on": _DAY,
        "state": "urged",
        "state_on": _DAY,
        "recorded_at": _AT,
    },
    Transfer: {
        "kind": "transfer",
        "to_body": "坪安街道综合行政执法队",
        "article": "第三十六条(一)",
        "evidence": [],
        "grounds": [],
        "is_same_day": False,
        "sent_on": _DAY,
        "state": "sent",
        "is_joint": False,
        "sent_at": _AT,
    },
    Attachment: {
        "material": "id-card",
        "title": "身份证",
        "media_type": "image/jpeg",
        "size": 1,
        "pages": 1,
        "sha256": "0" * 64,
        "is_identity": True,
        "added_at": _AT,
    },
    PublicReport: {
        "source": "visit",
        "received_on": _DAY,
        "is_anonymous": True,
        "content": "夜间施工",
        "place": "坪安路18号",
        "state": "assigned",
        "recorded_at": _AT,
    },
    CloseOut: {
        "kind": "completed",
        "applied_on": _DAY,
        "waste": {},
        "needs": [],
        "state": "awaiting_check",
        "done_at": _AT,
    },
    Revocation: {"ground": "false_declaration", "article": "第二十五条", "decided_on": _DAY, "done_at": _AT},
    OutsideReview: {"subject": "scheme", "reviewer": "某审图机构", "asked_on": _DAY, "noted_at": _AT},
    RandomDraw: {
        "first_on": _DAY,
        "last_on": _DAY,
        "criteria": {},
        "share": "0.05",
        "seed": "1",
        "frame": [],
        "drawn_on": _DAY,
        "drawn_at": _AT,
    },
    DrawnFiling: {"ordinal": 1},
}


def put(desk: Desk, entity: type[Base], **values: Any) -> int:
    """Write a row; columns of text that nothing is said of are empty."""
    columns = entity.__table__.columns
    named = {column.name: column.key for column in columns}
    row: dict[str, Any] = {
        name: "" for name, column in columns.items() if not column.nullable and column.type.python_type is str
    }
    row |= {"act_id": str(uuid4())} if "act_id" in named else {}
    row |= {"number": f"PA-{uuid4()}"} if "number" in named else {}
    row |= {"community": COMMUNITY} if "community" in named else {}
    row |= {**_BLANKS[entity], **values}
    renamed = {
        entity.__mapper__.get_property_by_column(columns[key]).key if key in columns else key: value
        for key, value in row.items()
    }
    with desk.database.writing(is_whole=True) as session:
        stored = entity(**renamed)
        session.add(stored)
        session.flush()
        return int(getattr(stored, "id", 0) or 0)


def change(desk: Desk, entity: type[Base], row_id: int, **values: Any) -> None:
    """Change a stored row, as the act that deals with it does."""
    with desk.database.writing(is_whole=True) as session:
        row = session.get_one(entity, row_id)
        for name, value in values.items():
            setattr(row, name, value)


def change_filing(desk: Desk, filing_id: int, **values: Any) -> None:
    """Change a filing's row."""
    change(desk, Filing, filing_id, **values)
