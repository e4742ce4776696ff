"""Versions of the rules in daily use: each filing is judged by the version of its filing day and keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from desktop.domain.acts import Act, DecisionRequest, StationKind, Status
from desktop.domain.pack_version import PackTree
from desktop.domain.platform_list import PlatformRow
from desktop.models.filing import Filing
from desktop.services.desk import Desk
from desktop.services.online_filing import write_online_filing
from desktop.services.review_settings import OwnReview
from tests import factories
from tests.integration.at_work import CLERK, REVIEWER, work_as
from tests.integration.conftest import Clock
from tests.integration.rule_versions import bound, new_act

LAST_OF_OLD, FIRST_OF_NEW, LATER = date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 2)
NEW = "2026-07"


def version_of(desk: Desk, filing_id: int) -> str:
    with desk.database.reading(is_whole=True) as session:
        return session.get_one(Filing, filing_id).pack_version


@pytest.fixture
def changed(desk: Desk, clock: Clock) -> Desk:
    """A desk on the last day before lower limits bind."""
    clock.day = LAST_OF_OLD
    bound(desk, NEW, FIRST_OF_NEW, limit_amount_yuan="200000", limit_area_m2="100")
    return desk


def matter(desk: Desk) -> Any:
    return factories.all_in_order(factories.walk_in(), desk.intake.pack())


@pytest.mark.requirement("Q-2")
def test_what_was_sent_for_review_is_accepted_by_the_rules_of_its_filing_day(changed: Desk, clock: Clock) -> None:
    changed.review_settings.keep(OwnReview(other_small=1, high_risk=1))
    work_as(changed, CLERK)
    sent = changed.intake.decide(
        DecisionRequest(act_id=new_act(), act=Act.SUBMIT_FOR_REVIEW, walk_in=matter(changed), signed=True)
    )
    clock.day = LATER
    work_as(changed, REVIEWER)
    passed = changed.reviews.approve(sent.filing_id, act_id=new_act(), opinion="材料齐全")
    assert passed.decided is not None
    assert passed.decided.status is Status.REGISTERED
    assert version_of(changed, sent.filing_id) == "2025-draft"
