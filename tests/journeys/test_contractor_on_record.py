"""A contractor with a bad record at the counter: refused without a reason, accepted with one that stays (宜昌 四)."""

from __future__ import annotations

import pytest

from desktop.domain.ledger import LedgerCriteria
from desktop.services.desk import Desk
from tests.integration.test_conduct_service import bad
from tests.integration.test_firms_service import firm
from tests.journeys import people
from tests.journeys.conftest import Journey


def put_on_record(desk: Desk) -> None:
    """The builder stands on the register with a bad record in force."""
    desk.conduct.enter(bad(desk.firms.add(firm(id_number=people.COMPANY_CODE), act_id="firm")), act_id="bad")


@pytest.mark.requirement("YC-4f", "YC-4b")
def test_a_contractor_on_record_is_accepted_only_with_a_reason_that_the_ledger_shows(journey: Journey) -> None:
    put_on_record(journey.desk)
    journey.fill(*people.ordinary_shop())
    journey.see(journey.intake.decision.conduct.isVisible, "the warning")
    assert "不良档案" in journey.words()
    journey.judge("{Shift+Space}")
    journey.settle()

    journey.keys("{F9}")
    journey.see(lambda: journey.intake.actions_bar.is_asking, "the question for a reason")
    journey.keys("{Enter}")
    assert journey.label("act.why").text() == "请先写明理由。"
    assert journey.desk.ledger.ids(LedgerCriteria()) == ()

    number = journey.decide("整改已经复查，李主任同意{Enter}")
    [override] = journey.file(number).overrides
    assert "不良档案" in override
    assert "李主任同意" in override
    journey.keys("{Ctrl+O}")
    journey.see(lambda: journey.window.page_key == "filing", "the filing")
    assert "李主任同意" in journey.words()
