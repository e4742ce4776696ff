"""Revoking a registration: grounds with their articles, delivery, and that nothing changes afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest

from desktop.domain.access import Role
from desktop.domain.acts import Decided
from desktop.domain.errors import ClerkError
from desktop.domain.life_acts import (
    ChangeKind,
    ChangeRequest,
    ChangeSource,
    CloseOutRequest,
    CompletionRequest,
    Delivery,
    DeliveryManner,
    ExtensionRequest,
    RevocationRequest,
)
from desktop.domain.registration_life import CompletionSource, LifeState
from desktop.domain.walk_in import WalkIn
from desktop.models.attachment import Attachment
from desktop.queries.retention import scans_of_ended
from desktop.services.desk import Desk
from tests.integration.at_work import person, work_as
from tests.integration.conftest import Clock, Decide, count_of
from tests.scans import photo

MANAGER = person(12, "李管", Role.MANAGER)


@pytest.fixture
def filed(desk: Desk, decide: Decide, complete: WalkIn) -> Decided:
    """A registration; the manager is at work."""
    decided = decide(complete)
    work_as(desk, MANAGER)
    return decided


def revocation(filing_id: int, ground: str = "false_declaration", **changes: Any) -> RevocationRequest:
    """A revocation as the manager would fill it in."""
    values: dict[str, Any] = {
        "act_id": "revocation-1",
        "filing_id": filing_id,
        "ground": ground,
        "facts": "申报面积120平方米，现场实测860平方米",
        "evidence": "现场测量记录、照片6张",
    }
    return RevocationRequest(**{**values, **changes})


def refused(call: Callable[[], object]) -> ClerkError:
    """Give the trouble that a call raises."""
    with pytest.raises(ClerkError) as caught:
        call()
    return caught.value


@pytest.mark.requirement("LG-25-4a", "LG-25-4b", "LG-25-4c", "LG-25-4d", "LG-25-4e")
@pytest.mark.parametrize(
    ("ground", "more"),
    [
        ("false_declaration", {}),
        ("permit_evasion", {}),
        ("beyond_registered_scope", {"has_refused": True}),
        ("illegal_construction", {}),
        ("other", {"ground_text": "登记后转卖房屋，主体灭失"}),
    ],
)
def test_each_ground_revokes_with_notice_and_article(
    desk: Desk, filed: Decided, ground: str, more: dict[str, Any]
) -> None:
    done = desk.life.revoke(revocation(filed.filing_id, ground, **more))

    assert (done.number, [paper.title for paper in done.papers]) == ("PA-CX-2026-000001", ["撤销登记告知书"])
    life = desk.life.of(filed.filing_id)
    assert (life.state, life.registration.revoked_on, life.is_delivered) == (
        LifeState.REVOKED,
        date(2026, 3, 2),
        False,
    )
    assert desk.life.revoke(revocation(filed.filing_id, ground, **more)) == done, "the same act twice is one"
    with pytest.raises(ClerkError, match="act_id_used"):
        desk.life.revoke(revocation(filed.filing_id, ground, **{**more, "evidence": "另一份笔录"}))
    assert "（第二十五条）" in life.entries[0].lines[0][1]
    assert life.entries[0].who == "李管"


@pytest.mark.requirement("LG-25-4a")
def test_the_notice_says_what_ends_and_what_is_still_recorded_on_one_page(desk: Desk, filed: Decided) -> None:
    done = desk.life.revoke(revocation(filed.filing_id))

    document = pypdfium2.PdfDocument(desk.issuing.pdf(done.papers[0].id))
    words = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    assert len(document) == 1
    assert "登记的内容不再更改；对现场的巡查、隐患和照片，以及本告知书的送达，仍予记录" in words


@pytest.mark.requirement("LG-25-4c")
def test_works_beyond_the_registered_scope_are_first_told_to_put_it_right(desk: Desk, filed: Decided) -> None:
    ground = next(each for each in desk.life.grounds(filed.filing_id) if each.code == "beyond_registered_scope")
    assert (ground.needs_refusal, ground.first_article) == (True, "第三十条(四)")

    trouble = refused(lambda: desk.life.revoke(revocation(filed.filing_id, ground.code)))

    assert (trouble.code, trouble.details["article"]) == ("rectify_first", "第三十条(四)")


@pytest.mark.requirement("LG-25-4e")
def test_a_ground_beyond_the_four_needs_its_words_facts_and_evidence(desk: Desk, filed: Decided) -> None:
    filing_id = filed.filing_id
    for asked, field in (
        (revocation(filing_id, "other"), "ground_text"),
        (revocation(filing_id, "invented"), "ground"),
        (revocation(filing_id, facts=""), "facts"),
        (revocation(filing_id, evidence=" "), "evidence"),
    ):
        with pytest.raises(ClerkError) as caught:
            desk.life.revoke(asked)
        assert caught.value.details["fields"] == (field,)
    assert count_of(desk, "revocation") == 0


@pytest.mark.requirement("LG-25-4a")
def test_only_the_manager_revokes(desk: Desk, filed: Decided) -> None:
    for role in (Role.WINDOW_CLERK, Role.PATROLLER, Role.REVIEWER, Role.ENFORCEMENT_OFFICER):
        work_as(desk, person(9, "别人", role))
        assert refused(lambda: desk.life.revoke(revocation(filed.filing_id))).code == "not_permitted"


@pytest.mark.requirement("LG-25-4a")
def test_the_delivery_is_noted_once_with_manner_and_receiver(desk: Desk, filed: Decided, clock: Clock) -> None:
    desk.life.revoke(revocation(filed.filing_id))
    clock.day += timedelta(days=2)
    told = Delivery(
        filing_id=filed.filing_id, delivered_on=clock.day, manner=DeliveryManner.LEFT, receiver="林知远", note="拒签"
    )
    assert refused(lambda: desk.life.deliver(replace(told, delivered_on=date(2026, 3, 1)))).code == "delivery_day"

    assert desk.life.deliver(told)
    assert not desk.life.deliver(told), "the same again"
    assert refused(lambda: desk.life.deliver(replace(told, receiver="别人"))).code == "already_delivered"

    assert ("送达", "2026-03-04 留置送达 林知远 拒签") in desk.life.of(filed.filing_id).entries[0].lines


@pytest.mark.requirement("LG-25-4a", "LG-G1")
def test_nothing_of_a_revoked_registration_changes_any_more(
    desk: Desk, filed: Decided, complete: WalkIn, clock: Clock
) -> None:
    desk.life.revoke(revocation(filed.filing_id))
    filing_id, today = filed.filing_id, clock.day
    everybody = person(9, "全权", Role.WINDOW_CLERK, Role.MANAGER, Role.PATROLLER)
    work_as(desk, everybody)
    asked: tuple[Callable[[], object], ...] = (
        lambda: desk.life.extend(ExtensionRequest(act_id="a", filing_id=filing_id, reason="工期")),
        lambda: desk.life.change(
            ChangeRequest(
                act_id="b",
                filing_id=filing_id,
                kind=ChangeKind.OTHER,
                source=ChangeSource.APPLICATION,
                reason="备注",
                walk_in=replace(complete, remark="补充"),
            )
        ),
        lambda: desk.life.note_completion(
            CompletionRequest(act_id="c", filing_id=filing_id, completed_on=today, source=CompletionSource.OWNER)
        ),
        lambda: desk.life.apply_closeout(
            CloseOutRequest(act_id="d", filing_id=filing_id, completed_on=today, applied_on=today, applicant="林知远")
        ),
        lambda: desk.life.revoke(revocation(filing_id, act_id="e")),
    )
    codes = [refused(call).code for call in asked]
    assert codes == ["not_extendable"] + ["not_in_this_state"] * (len(asked) - 1)


@pytest.mark.requirement("LG-25-4a")
def test_a_revoked_registration_is_kept_from_the_day_it_was_revoked(desk: Desk, filed: Decided, clock: Clock) -> None:
    work_as(desk, person(9, "全权", Role.WINDOW_CLERK, Role.MANAGER))
    desk.attachments.add(filed.filing_id, photo(), act_id="scan-1")
    clock.day += timedelta(days=10)
    desk.life.revoke(revocation(filed.filing_id))

    with desk.database.reading(is_whole=True) as session:
        ended = {number: on for row, number, on in scans_of_ended(session) if isinstance(row, Attachment)}

    assert ended == {filed.number: date(2026, 3, 12)}
