"""The history of a filing (一件一档): what was seen, found and handed on at its site stands in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from desktop.domain.acts import Decided
from desktop.domain.walk_in import WalkIn
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.models.transfer import Transfer
from desktop.queries.filing_timeline import MOST_OF_A_KIND
from desktop.services.desk import Desk
from tests.integration.conftest import Decide
from tests.integration.site_rows import put

MOMENT = datetime(2026, 4, 1, 2, tzinfo=UTC)


@pytest.fixture
def filed(decide: Decide, complete: WalkIn) -> Decided:
    """A registered work."""
    return decide(complete)


@pytest.mark.requirement("HL-1.3a", "LG-34-1")
def test_visits_hazards_and_transfers_stand_in_the_history_with_day_number_and_result(
    desk: Desk, filed: Decided
) -> None:
    own = filed.filing_id
    visit = put(desk, Patrol, filing_id=own, visited_on=date(2026, 3, 31), result="findings", recorded_at=MOMENT)
    later = {"found_at": MOMENT + timedelta(hours=1), "found_on": date(2026, 4, 1), "cleared_on": date(2026, 4, 3)}
    put(desk, Hazard, filing_id=own, number="PA-YH-2026-000007", state="cleared", **later)
    sent = {"sent_at": MOMENT + timedelta(hours=2), "sent_on": date(2026, 4, 1), "to_body": "街道综合执法机构"}
    replied = {"state": "replied", "replied_on": date(2026, 4, 9), "result": "已立案", "penalty": "罚款5000元"}
    put(desk, Transfer, filing_id=own, number="PA-YJ-2026-000003", kind="transfer", **sent, **replied)

    told = [entry.summary for entry in desk.ledger.file(own).timeline if entry.act in ("patrol", "hazard", "transfer")]

    assert told == [
        f"2026-03-31 定期巡查：发现问题，巡查记录 {visit} 号",
        "2026-04-01 发现隐患 PA-YH-2026-000007：已销项（2026-04-03）",
        "移交单 PA-YJ-2026-000003，送街道综合执法机构（2026-04-01），已反馈：2026-04-09，已立案，罚款5000元",
    ]


@pytest.mark.requirement("HL-1.3a")
def test_of_many_visits_the_last_are_told_and_the_rest_counted(desk: Desk, filed: Decided) -> None:
    for place in range(MOST_OF_A_KIND + 3):
        on = date(2026, 3, 3) + timedelta(days=place)
        put(desk, Patrol, filing_id=filed.filing_id, visited_on=on, recorded_at=MOMENT + timedelta(days=place))

    told = [entry.summary for entry in desk.ledger.file(filed.filing_id).timeline if entry.act == "patrol"]

    assert len(told) == MOST_OF_A_KIND + 1
    assert "更早的巡查 3 次，见巡查台账" in told
    assert not any(summary.startswith("2026-03-05") for summary in told)
    assert told[-1].startswith("2026-04-24")
