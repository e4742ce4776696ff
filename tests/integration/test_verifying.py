"""Verifying what was declared: who, which datum, how, with what result."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.access import Role
from desktop.domain.acts import Decided
from desktop.domain.errors import ClerkError
from desktop.domain.verification import Datum, Finding, Manner, VerificationRequest
from desktop.domain.walk_in import WalkIn
from desktop.services.desk import Desk
from tests.integration.at_work import CLERK, person, work_as
from tests.integration.conftest import Decide, count_of

pytestmark = pytest.mark.requirement("JS-3.1a")


@pytest.fixture
def filed(desk: Desk, decide: Decide, complete: WalkIn) -> Decided:
    """A registered filing; the clerk is at work."""
    decided = decide(complete)
    work_as(desk, CLERK)
    return decided


def check(filing_id: int, **changes: Any) -> VerificationRequest:
    """A phone number that was called."""
    values: dict[str, Any] = {
        "act_id": "check-1",
        "filing_id": filing_id,
        "datum": Datum.OWNER_PHONE,
        "manner": Manner.PHONE,
        "finding": Finding.TRUE,
    }
    return VerificationRequest(**{**values, **changes})


def test_a_check_is_kept_with_who_made_it_and_stands_in_the_timeline(desk: Desk, filed: Decided) -> None:
    desk.verifying.record(check(filed.filing_id))
    work_as(desk, person(2, "巡查员甲", Role.PATROLLER))
    other = check(
        filed.filing_id,
        act_id="check-2",
        datum=Datum.ADDRESS,
        manner=Manner.SITE,
        finding=Finding.DIFFERS,
        note="门牌为103",
    )
    desk.verifying.record(other)
    newest, first = desk.verifying.of(filed.filing_id)
    assert (first.datum, first.manner, first.finding, first.who) == (
        Datum.OWNER_PHONE,
        Manner.PHONE,
        Finding.TRUE,
        "林晓",
    )
    assert (newest.who, newest.note) == ("巡查员甲", "门牌为103")
    said = [entry.summary for entry in desk.ledger.file(filed.filing_id).timeline]
    assert said[-2:] == ["核实建设单位（业主）联系电话（电话）：属实", "核实工程（作业）地点（现场）：不符"]


def test_the_same_check_twice_is_one(desk: Desk, filed: Decided) -> None:
    assert desk.verifying.record(check(filed.filing_id))
    assert desk.verifying.record(check(filed.filing_id)) == frozenset()
    assert count_of(desk, "verification") == 1


@pytest.mark.parametrize(
    "changes", [{"finding": Finding.DIFFERS}, {"finding": Finding.OPEN}, {"manner": Manner.OTHER, "note": " "}]
)
def test_what_is_not_plainly_true_needs_words(desk: Desk, filed: Decided, changes: dict[str, Any]) -> None:
    with pytest.raises(ClerkError) as caught:
        desk.verifying.record(check(filed.filing_id, **changes))
    assert caught.value.code == "note_unfit"
    assert count_of(desk, "verification") == 0


@pytest.mark.parametrize(
    ("role", "area", "code"),
    [
        (Role.AUDITOR, None, "not_permitted"),
        (Role.ADMINISTRATOR, None, "not_permitted"),
        (Role.PATROLLER, "新禾社区", "no_such_filing"),
    ],
)
def test_others_note_nothing(desk: Desk, filed: Decided, role: Role, area: str | None, code: str) -> None:
    work_as(desk, person(9, "无权", role, areas=frozenset({area}) if area else None))
    with pytest.raises(ClerkError) as caught:
        desk.verifying.record(check(filed.filing_id))
    assert caught.value.code == code
