"""Versions of the rules in daily use: each filing is judged by the version of its filing day and keeps it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.domain.acts import Act, DecisionRequest, Status
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.life_acts import ExtensionRequest
from desktop.domain.pack_rules import Outcome
from desktop.domain.platform_list import PlatformRow
from desktop.domain.walk_in import MaterialCheck, Verdict, WalkIn
from desktop.models.filing import Filing
from desktop.services.desk import Desk
from desktop.services.due_dates import recompute_provisional
from desktop.services.online_filing import write_online_filing
from desktop.services.review_settings import OwnReview
from tests import factories
from tests.integration.at_work import CLERK, REVIEWER, work_as
from tests.integration.conftest import Clock
from tests.integration.rule_versions import bound, new_act
from tests.integration.test_receiving import Exchange, exchange, register
from tests.integration.test_sheet_imports import mapping_of
from tests.old_ledgers import old_line, plain_sheet

__all__ = ["exchange"]

LAST_OF_OLD, FIRST_OF_NEW, LATER = date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 2)
OLD, NEW = "2025-draft", "2026-07"


def version_of(desk: Desk, filing_id: int) -> str:
    with desk.database.reading(is_whole=True) as session:
        return session.get_one(Filing, filing_id).pack_version


@pytest.fixture
def changed(desk: Desk, clock: Clock) -> Desk:
    """A desk on the last day before lower limits bind."""
    clock.day = LAST_OF_OLD
    bound(desk, NEW, FIRST_OF_NEW, limit_amount_yuan="200000", limit_area_m2="100")
    return desk


def matter(desk: Desk) -> WalkIn:
    return factories.all_in_order(factories.walk_in(), desk.intake.pack())


@pytest.mark.requirement("Q-1")
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
    assert version_of(changed, sent.filing_id) == OLD


@pytest.mark.requirement("Q-1")
def test_what_comes_again_after_a_notice_is_judged_by_the_rules_of_its_filing_day(changed: Desk, clock: Clock) -> None:
    whole = matter(changed)
    first = changed.intake.preview(whole).assessment.required_materials[0]
    wanting = whole.with_check(MaterialCheck(code=first, verdict=Verdict.MISSING))
    told = changed.intake.decide(DecisionRequest(act_id=new_act(), act=Act.ONE_TIME_NOTICE, walk_in=wanting))
    clock.day = LATER
    revisit = changed.intake.revisit(told.filing_id)
    assert changed.intake.preview(whole, revisit=revisit).assessment.pack_version == OLD
    assert changed.intake.preview(whole).assessment.outcome == Outcome.PERMIT_REQUIRED
    done = changed.intake.decide(
        DecisionRequest(act_id=new_act(), act=Act.ACCEPT, walk_in=whole, filing_id=told.filing_id)
    )
    assert done.status is Status.REGISTERED
    assert version_of(changed, told.filing_id) == OLD


@pytest.mark.requirement("Q-1")
@pytest.mark.parametrize(("on", "version"), [(LAST_OF_OLD, OLD), (FIRST_OF_NEW, NEW)])
def test_what_was_filed_online_is_judged_by_the_version_of_its_filing_day(
    changed: Desk, clock: Clock, on: date, version: str
) -> None:
    clock.day = LATER
    row = PlatformRow(
        row=2, number="LG-NG-2026-000200", name="围墙粉刷", owner="新禾餐饮店", place="新禾路2号", entered_on=on
    )
    with changed.database.writing() as session:
        filing = write_online_filing(
            session,
            changed.reviews._station,
            row,
            kind="small_work",
            community="",
            calendar=changed.calendar.calendar(),
            act_id=new_act(),
        )
        assert filing.pack_version == version
        assert filing.assessment["pack_version"] == version


@pytest.mark.requirement("Q-1")
def test_an_old_ledger_names_the_version_of_each_filing_day(changed: Desk, clock: Clock, tmp_path: Path) -> None:
    clock.day = date(2026, 7, 20)
    rows = [
        old_line(备案编号="旧-1", 工程名称="六月的工程", 备案日期="2026-06-30", 有效期="2026-12-30"),
        old_line(备案编号="旧-2", 工程名称="七月的工程", 备案日期="2026-07-01", 有效期="2026-12-31"),
    ]
    file = plain_sheet(tmp_path / "old.xlsx", rows)
    changed.sheet_imports.take(file, mapping_of(changed, file), all_or_nothing=True, act_id=new_act())
    with changed.database.reading(is_whole=True) as session:
        kept = {row[0]: row[1] for row in session.execute(select(Filing.project_name, Filing.pack_version))}
    assert kept == {"六月的工程": OLD, "七月的工程": NEW}


@pytest.mark.requirement("Q-1")
def test_an_extension_keeps_the_old_version_and_its_rules(changed: Desk, clock: Clock) -> None:
    filed = changed.intake.decide(DecisionRequest(act_id=new_act(), act=Act.ACCEPT, walk_in=matter(changed)))
    clock.day = date(2026, 12, 28)
    changed.life.extend(ExtensionRequest(act_id=new_act(), filing_id=filed.filing_id, reason="雨天停工"))
    assert version_of(changed, filed.filing_id) == OLD


@pytest.mark.requirement("Q-1")
def test_another_station_shows_a_filing_whose_version_it_does_not_have(exchange: Exchange, clock: Clock) -> None:
    below, street = exchange.station("PA01"), exchange.station("JD")
    exchange.know(street, below)
    clock.day = FIRST_OF_NEW
    bound(below, NEW, FIRST_OF_NEW)
    register(below)
    exchange.take(street, exchange.pack(below))
    [filing_id] = street.ledger.ids(LedgerCriteria())
    life = street.life.of(filing_id)
    assert not life.may
    assert NEW in life.due[0].text
    assert "期限不作推算" in life.due[0].text
    street.ledger.file(filing_id)
    street.worklist.worklist()
    street.dossiers.of(filing_id)
    with pytest.raises(ClerkError) as caught:
        street.explaining.filing(filing_id)
    assert caught.value.code == "unknown_pack"


@pytest.mark.requirement("Q-1", "Q-2")
def test_a_published_calendar_passes_over_filings_of_unknown_versions(changed: Desk) -> None:
    filed = changed.intake.decide(DecisionRequest(act_id=new_act(), act=Act.ACCEPT, walk_in=matter(changed)))
    with changed.database.writing(is_whole=True) as session:
        filing = session.get_one(Filing, filed.filing_id)
        filing.pack_version, filing.is_provisional = "elsewhere", True
        session.flush()
        assert recompute_provisional(session, changed.calendar.calendar(), changed.reviews._station) == ()
        assert filing.is_provisional
        session.rollback()
