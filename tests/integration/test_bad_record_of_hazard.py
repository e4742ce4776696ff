"""From a hazard that was not put right to the contractor's bad record, and from there to the warning at intake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.domain.conduct import Ground
from desktop.domain.errors import ClerkError
from desktop.domain.hazard import HazardDraft, Responsible, StepKind
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import WalkIn
from desktop.services.desk import Desk
from tests.integration.at_work import CLERK, MANAGER, work_as
from tests.integration.conftest import Clock, Decide
from tests.integration.hazard_desk import OTHER_COMMUNITY, PATROLLER, TODAY, asked, draft, step
from tests.integration.outward import days_later
from tests.integration.test_firms_service import firm

Found = Callable[..., int]
pytestmark = pytest.mark.requirement("YC-4e")


@pytest.fixture
def found(desk: Desk, decide: Decide, complete: WalkIn) -> Found:
    """Record a hazard on a registered work, its contractor being in the register; gives its id."""
    desk.firms.add(firm(), act_id="firm")
    site = SiteRef(filing_id=decide(complete).filing_id)
    work_as(desk, PATROLLER)

    def record(hazard: HazardDraft | None = None, act_id: str = "visit-1") -> int:
        return desk.hazards.record(asked(site, hazard or draft(), act_id=act_id)).ids[0]

    return record


def test_who_refuses_is_proposed_put_on_record_and_warned_of_at_the_next_filing(
    desk: Desk, found: Found, decide: Decide, complete: WalkIn
) -> None:
    hazard_id = found()
    desk.hazards.step(step(desk, hazard_id, StepKind.REFUSED))
    work_as(desk, MANAGER)
    proposal = desk.hazards.bad_record_of(hazard_id)
    assert proposal.draft is not None
    assert (proposal.ground, proposal.draft.since) == (Ground.DISOBEDIENT, TODAY)
    assert "PA-YH-2026-000001：移动脚手架" in proposal.draft.remark
    unfit = [fault.field for fault in desk.conduct.record_faults(proposal.draft)]
    assert unfit == ["document", "decided_by"], "what only who decides can say is left open"
    decided = replace(proposal.draft, document="坪安街〔2026〕9号", decided_by="坪安街道办事处")
    desk.conduct.enter(decided, act_id="bad-1")
    [record] = desk.conduct.records()
    work_as(desk, CLERK)
    assert record.filing_number == desk.hazards.file(hazard_id).row.site_number
    warning = desk.conduct.about(complete.contractor.party)
    assert warning is not None
    assert "不服从管理" in warning.text
    with pytest.raises(ClerkError, match="reason_required"):
        decide(replace(complete, place=replace(complete.place, estate="坪安路99号")))


def test_what_is_late_and_what_was_done_badly_have_grounds_of_their_own(desk: Desk, found: Found, clock: Clock) -> None:
    late, badly = found(), found(act_id="visit-2")
    for hazard_id in (late, badly):
        with pytest.raises(ClerkError, match="no_bad_conduct"):
            desk.hazards.bad_record_of(hazard_id)
    desk.hazards.step(step(desk, badly, StepKind.FEEDBACK))
    desk.hazards.step(step(desk, badly, StepKind.FAILED, due_on=TODAY))
    days_later(clock, 3)
    with pytest.raises(ClerkError, match="no_bad_conduct"):
        desk.hazards.bad_record_of(late)
    days_later(clock, 1)
    assert desk.hazards.bad_record_of(late).ground is Ground.OVERDUE
    assert desk.hazards.bad_record_of(badly).ground is Ground.INCOMPLETE


def test_a_hazard_recorded_by_mistake_puts_nobody_on_record(desk: Desk, found: Found) -> None:
    hazard_id = found()
    desk.hazards.step(step(desk, hazard_id, StepKind.REFUSED))
    work_as(desk, MANAGER)
    desk.hazards.step(step(desk, hazard_id, StepKind.WITHDRAWN))
    with pytest.raises(ClerkError, match="no_bad_conduct"):
        desk.hazards.bad_record_of(hazard_id)


def test_an_owner_is_no_contractor_and_a_firm_of_no_register_is_only_named(desk: Desk, found: Found) -> None:
    owner = found(draft(responsible=Responsible.OWNER))
    other = found(draft(responsible_name="深圳市别家装饰有限公司"), act_id="visit-2")
    for hazard_id in (owner, other):
        desk.hazards.step(step(desk, hazard_id, StepKind.REFUSED))
    with pytest.raises(ClerkError, match="no_bad_conduct"):
        desk.hazards.bad_record_of(owner)
    unknown = desk.hazards.bad_record_of(other)
    assert (unknown.firm_name, unknown.draft) == ("深圳市别家装饰有限公司", None)


def test_who_neither_patrols_nor_judges_or_is_of_another_community_gets_no_proposal(desk: Desk, found: Found) -> None:
    hazard_id = found()
    desk.hazards.step(step(desk, hazard_id, StepKind.REFUSED))
    work_as(desk, CLERK)
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.hazards.bad_record_of(hazard_id)
    work_as(desk, OTHER_COMMUNITY)
    with pytest.raises(ClerkError, match="no_such_hazard"):
        desk.hazards.bad_record_of(hazard_id)
