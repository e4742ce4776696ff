"""Keeping times: nothing goes by itself, what goes is said, and what is left of it is a row."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.domain.errors import ClerkError
from desktop.domain.retention import DueList, KeepingPeriods, KeptKind
from desktop.domain.walk_in import WalkIn
from desktop.models.attachment_store import FOLDER_NAME
from desktop.services.desk import Desk, open_desk
from tests.integration.conftest import Clock, Decide, count_of
from tests.integration.people import OWN_PASSWORD, clerk, found, hire
from tests.scans import photo

IDENTITY = "28-2.1-id"


def stored(desk: Desk) -> list[Path]:
    return [file for file in (desk.data_folder / FOLDER_NAME).rglob("*") if file.is_file()]


@pytest.fixture
def filing_id(desk: Desk, decide: Decide, complete: WalkIn) -> int:
    """A registered filing with an identity document and a photo of the site."""
    filing_id = decide(complete).filing_id
    desk.attachments.add(filing_id, photo(), act_id="a", material=IDENTITY, title="身份证", is_identity=True)
    desk.attachments.add(filing_id, photo("red"), act_id="b", title="现场")
    return filing_id


@pytest.fixture
def ended_on(desk: Desk, filing_id: int) -> date:
    ended_on = desk.ledger.file(filing_id).valid_until
    assert ended_on is not None
    return ended_on


def test_no_period_keeps_everything(desk: Desk, clock: Clock, ended_on: date) -> None:
    clock.day = ended_on + timedelta(days=36_500)

    assert desk.retention.periods() == KeepingPeriods()
    assert desk.retention.due().count == 0


def test_a_scan_is_due_so_many_months_after_the_end_of_its_filing(
    desk: Desk, clock: Clock, filing_id: int, ended_on: date
) -> None:
    desk.retention.keep_periods(KeepingPeriods(identity_months=1, other_months=24))
    clock.day = ended_on + timedelta(days=27)
    assert desk.retention.due().count == 0

    clock.day = ended_on + timedelta(days=32)

    (due,) = desk.retention.due().scans
    assert (due.filing_id, due.kind, due.ended_on) == (filing_id, KeptKind.IDENTITY_SCAN, ended_on)


def test_a_filing_that_is_not_ended_keeps_its_scans(desk: Desk, decide: Decide, clock: Clock, complete: WalkIn) -> None:
    from desktop.domain.acts import Act
    from desktop.domain.walk_in import MaterialCheck, Verdict

    first = desk.intake.preview(complete).assessment.required_materials[0]
    torn = complete.with_check(MaterialCheck(code=first, verdict=Verdict.MISSING))
    noticed = decide(torn, Act.ONE_TIME_NOTICE)
    desk.attachments.add(noticed.filing_id, photo(), act_id="a")
    desk.retention.keep_periods(KeepingPeriods(other_months=1))
    clock.day += timedelta(days=4000)

    assert desk.retention.due().count == 0


def test_purging_removes_the_bytes_and_keeps_a_row_that_says_why(
    desk: Desk, clock: Clock, filing_id: int, ended_on: date
) -> None:
    desk.retention.keep_periods(KeepingPeriods(identity_months=1))
    clock.day = ended_on + timedelta(days=40)
    attachment_id = desk.attachments.of_filing(filing_id)[0].id

    purged = desk.retention.purge(desk.retention.due(), "保存期限届满，已核对")

    assert (purged.scans, purged.drafts, purged.size) == (1, 0, len(photo()))
    row, kept = desk.attachments.of_filing(filing_id)
    assert (row.id, row.purge_reason, kept.purged_at) == (attachment_id, "保存期限届满，已核对", None)
    assert row.purged_at is not None
    with pytest.raises(ClerkError, match="attachment_purged"):
        desk.attachments.content(attachment_id)
    assert [file.name for file in stored(desk)] == [kept.sha256]
    last = desk.ledger.file(filing_id).timeline[-1]
    assert (last.summary, last.reason) == ("保存期限届满，清除附件 1 份：《身份证》", "保存期限届满，已核对")
    assert desk.retention.due().count == 0
    assert desk.attachment_care.check() == ()


def test_bytes_that_another_filing_still_needs_stay(
    desk: Desk, decide: Decide, clock: Clock, complete: WalkIn, filing_id: int, ended_on: date
) -> None:
    desk.retention.keep_periods(KeepingPeriods(identity_months=1))
    clock.day = ended_on + timedelta(days=40)
    other = decide(complete).filing_id
    kept = desk.attachments.add(other, photo(), act_id="c", is_identity=True)

    desk.retention.purge(desk.retention.due(), "届满")

    assert desk.attachments.content(kept.id, purpose="核对签名").data == photo()


def test_drafts_have_a_time_of_their_own_and_take_their_scans_along(desk: Desk, clock: Clock, complete: WalkIn) -> None:
    desk.drafts.save("draft-1", complete)
    desk.staging.stage("draft-1", photo(), act_id="a", material=IDENTITY)
    desk.retention.keep_periods(KeepingPeriods(draft_months=3))
    clock.day += timedelta(days=100)

    due = desk.retention.due()
    purged = desk.retention.purge(due, "无人再办")

    assert [(draft.id, draft.scans) for draft in due.drafts] == [("draft-1", 1)]
    assert (purged.scans, purged.drafts) == (0, 1)
    assert desk.drafts.all() == ()
    assert count_of(desk, "staged_attachment") == 0
    assert stored(desk) == []


def test_only_what_was_listed_and_is_still_due_goes(desk: Desk, clock: Clock, filing_id: int, ended_on: date) -> None:
    desk.retention.keep_periods(KeepingPeriods(identity_months=1, other_months=1))
    clock.day = ended_on + timedelta(days=40)
    listed = desk.retention.due()
    assert len(listed.scans) == 2

    desk.retention.keep_periods(KeepingPeriods(identity_months=1))
    assert desk.retention.purge(listed, "届满").scans == 1
    assert desk.retention.purge(DueList(scans=(), drafts=()), "届满").scans == 0


def test_a_purge_needs_a_reason(desk: Desk) -> None:
    with pytest.raises(ClerkError, match="reason_required"):
        desk.retention.purge(DueList(scans=(), drafts=()), "  ")


@pytest.mark.parametrize("months", [0, 1201])
def test_a_period_that_cannot_be_is_refused(desk: Desk, months: int) -> None:
    with pytest.raises(ClerkError, match="keeping_period_unfit"):
        desk.retention.keep_periods(KeepingPeriods(other_months=months))


def test_only_who_keeps_settings_purges_and_sees_no_more_than_numbers(
    desk: Desk, clock: Clock, filing_id: int, ended_on: date
) -> None:
    desk.retention.keep_periods(KeepingPeriods(identity_months=1))
    clock.day = ended_on + timedelta(days=40)
    number = desk.ledger.file(filing_id).row.number
    found(desk)
    hire(desk, "linxiao", clerk())

    (due,) = desk.retention.due().scans
    assert due.number == number
    assert desk.retention.purge(desk.retention.due(), "届满").scans == 1

    desk.sign_in.sign_in("linxiao", OWN_PASSWORD)
    for act in (
        desk.retention.due,
        lambda: desk.retention.purge(DueList(scans=(), drafts=()), "届满"),
        lambda: desk.retention.keep_periods(KeepingPeriods()),
    ):
        with pytest.raises(ClerkError, match="not_permitted"):
            act()


def test_bytes_go_at_the_next_start_when_a_purge_was_cut_off(
    desk: Desk, clock: Clock, filing_id: int, ended_on: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.retention.keep_periods(KeepingPeriods(identity_months=1))
    clock.day = ended_on + timedelta(days=40)

    class PowerCut(BaseException):
        pass

    def cut(*_args: object, **_more: object) -> None:
        raise PowerCut

    monkeypatch.setattr("desktop.models.attachment_store.AttachmentStore.settle", cut)
    with pytest.raises(PowerCut):
        desk.retention.purge(desk.retention.due(), "届满")
    monkeypatch.undo()
    desk.close()

    again = open_desk(desk.data_folder, today=clock.today, now=clock.now)
    try:
        row, kept = again.attachments.of_filing(filing_id)
        assert row.purged_at is not None
        assert [file.name for file in stored(again)] == [kept.sha256]
    finally:
        again.close()
