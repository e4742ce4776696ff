"""A visit that is named as evidence must be one to the site in question (第三十三、三十四条)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.acts import Decided
from desktop.domain.errors import ClerkError
from desktop.domain.hazard import HazardState, StepKind
from desktop.domain.public_report import ReportVerdict, RewardDraft, VerifyDraft
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import WalkIn
from desktop.models.patrol import Patrol
from desktop.services.desk import Desk
from tests.factories import FILED_ON
from tests.integration.conftest import Decide
from tests.integration.hazard_desk import asked, step
from tests.integration.outward import found_site, report
from tests.integration.site_rows import put
from tests.integration.test_site_papers import said

VERIFIED = VerifyDraft(act_id="v-1", verdict=ReportVerdict.TRUE, on=FILED_ON, result="现场正在拆除隔墙")


@pytest.fixture
def site(decide: Decide, complete: WalkIn) -> SiteRef:
    """A registered site."""
    filed: Decided = decide(complete)
    return SiteRef(filing_id=filed.filing_id)


@pytest.fixture
def elsewhere(desk: Desk) -> int:
    """A visit to another site of the same community."""
    other = found_site(desk, "f-other").found_site_id
    return put(desk, Patrol, found_site_id=other, visited_on=FILED_ON, community="坪安社区")


@pytest.mark.requirement("LG-21-8")
def test_a_report_tied_to_a_site_is_verified_by_a_visit_to_it_only(desk: Desk, site: SiteRef, elsewhere: int) -> None:
    taken = report(desk, site=site)
    road = put(desk, Patrol, visited_on=FILED_ON, community="坪安社区")
    for patrol_id in (elsewhere, road, 99):
        with pytest.raises(ClerkError, match="no_such_patrol"):
            desk.reports.verify(taken.report_id, replace(VERIFIED, patrol_id=patrol_id))
    there = put(desk, Patrol, filing_id=site.filing_id, visited_on=FILED_ON)

    row = desk.reports.verify(taken.report_id, replace(VERIFIED, patrol_id=there))

    assert row.verdict is ReportVerdict.TRUE


@pytest.mark.requirement("LG-21-8")
def test_a_report_without_a_site_is_verified_on_a_road_of_its_community_or_by_a_visit_made_for_it(
    desk: Desk, elsewhere: int
) -> None:
    taken = report(desk)
    other_road = put(desk, Patrol, visited_on=FILED_ON, community="新禾社区")
    for patrol_id in (elsewhere, other_road):
        with pytest.raises(ClerkError, match="no_such_patrol"):
            desk.reports.verify(taken.report_id, replace(VERIFIED, patrol_id=patrol_id))
    road = put(desk, Patrol, visited_on=FILED_ON, community="坪安社区")
    desk.reports.verify(taken.report_id, replace(VERIFIED, patrol_id=road))
    own = put(desk, Patrol, visited_on=FILED_ON, community="新禾社区", report_id=taken.report_id)
    desk.reports.verify(taken.report_id, replace(VERIFIED, act_id="v-2", patrol_id=own))


@pytest.mark.requirement("LG-34-1")
def test_a_hazard_is_found_on_a_visit_there_and_rechecked_on_no_road(desk: Desk, site: SiteRef, elsewhere: int) -> None:
    far = put(desk, Patrol, visited_on=FILED_ON, community="新禾社区")
    for patrol_id in (elsewhere, far):
        with pytest.raises(ClerkError, match="no_such_patrol"):
            desk.hazards.record(asked(site, patrol_id=patrol_id))
    road = put(desk, Patrol, visited_on=FILED_ON, community="坪安社区")
    hazard_id = desk.hazards.record(asked(site, patrol_id=road)).ids[0]
    feedback = step(desk, hazard_id, StepKind.FEEDBACK)
    for patrol_id in (elsewhere, road):
        with pytest.raises(ClerkError, match="no_such_patrol"):
            desk.hazards.step(replace(feedback, patrol_id=patrol_id))
    there = put(desk, Patrol, filing_id=site.filing_id, visited_on=FILED_ON)
    desk.hazards.step(replace(feedback, patrol_id=there))


@pytest.fixture
def grown(desk: Desk, site: SiteRef) -> tuple[SiteRef, int]:
    """A registration that a work found unregistered became, and a hazard of before."""
    before = SiteRef(found_site_id=found_site(desk).found_site_id)
    [hazard_id] = desk.hazards.record(asked(before)).ids
    assert before.found_site_id is not None
    assert site.filing_id is not None
    desk.found_sites.link(before.found_site_id, site.filing_id)
    return site, hazard_id


@pytest.mark.requirement("LG-34-1", "LG-30-3a")
def test_a_hazard_of_before_the_registration_is_cleared_with_a_visit_to_the_registration(
    desk: Desk, grown: tuple[SiteRef, int], elsewhere: int
) -> None:
    site, hazard_id = grown
    passed = step(desk, hazard_id, StepKind.PASSED)
    with pytest.raises(ClerkError, match="no_such_patrol"):
        desk.hazards.step(replace(passed, patrol_id=elsewhere))
    there = put(desk, Patrol, filing_id=site.filing_id, visited_on=FILED_ON)

    assert desk.hazards.step(replace(passed, patrol_id=there)).state is HazardState.CLEARED


@pytest.mark.requirement("LG-34-1", "SJ-5.4c")
def test_a_hazard_of_before_the_registration_stands_in_its_dossier_its_course_and_its_life(
    desk: Desk, grown: tuple[SiteRef, int]
) -> None:
    site, hazard_id = grown
    assert site.filing_id is not None
    number = desk.hazards.file(hazard_id).row.number
    assert number in said(desk.dossiers.pdf(site.filing_id))
    assert any(number in entry.summary for entry in desk.ledger.file(site.filing_id).timeline)
    assert any(number in due.text for due in desk.life.of(site.filing_id).due)


@pytest.mark.requirement("LG-21-8")
def test_a_step_of_a_report_counts_once_and_another_under_its_act_is_refused(desk: Desk, site: SiteRef) -> None:
    first, second = report(desk), report(desk, "r-2")
    row = desk.reports.assign(first.report_id, to="郭巡", act_id="a-1", verify_by=date(2026, 3, 6))
    assert desk.reports.assign(first.report_id, to="郭巡", act_id="a-1", verify_by=date(2026, 3, 6)) == row
    linked = desk.reports.link(second.report_id, site, act_id="l-1")
    assert desk.reports.link(second.report_id, site, act_id="l-1") == linked
    verified = desk.reports.verify(first.report_id, VERIFIED)
    assert desk.reports.verify(first.report_id, VERIFIED) == verified
    other = SiteRef(found_site_id=found_site(desk, "f-2").found_site_id)
    for call in (
        lambda: desk.reports.assign(first.report_id, to="袁巡", act_id="a-1", verify_by=date(2026, 3, 6)),
        lambda: desk.reports.assign(first.report_id, to="郭巡", act_id="a-1", verify_by=date(2026, 3, 9)),
        lambda: desk.reports.assign(second.report_id, to="郭巡", act_id="a-1", verify_by=date(2026, 3, 6)),
        lambda: desk.reports.answer(first.report_id, "已处理", act_id="v-1"),
        lambda: desk.reports.link(second.report_id, other, act_id="l-1"),
        lambda: desk.reports.verify(first.report_id, replace(VERIFIED, verdict=ReportVerdict.UNTRUE)),
        lambda: report(desk, content="另一件事"),
    ):
        with pytest.raises(ClerkError, match="act_id_used"):
            call()


@pytest.mark.requirement("LG-44-2")
@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-5", "0"])
def test_a_reward_that_is_no_amount_of_money_is_refused_at_its_field(desk: Desk, amount: str) -> None:
    taken = report(desk)
    desk.reports.verify(taken.report_id, VERIFIED)

    with pytest.raises(ClerkError) as caught:
        desk.reports.reward(taken.report_id, RewardDraft(act_id="w-1", deserves=True, yuan=Decimal(amount)))

    assert (caught.value.code, caught.value.details["field"]) == ("report_unfit", "yuan")
