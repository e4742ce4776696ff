"""Scans of filings through the services, on a real ledger and a real folder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.access import Grant, Role
from desktop.domain.acts import Act
from desktop.domain.attachments import AttachedKind, AttachmentLimits, MediaType
from desktop.domain.errors import ClerkError
from desktop.domain.walk_in import WalkIn
from desktop.models.attachment_store import FOLDER_NAME
from desktop.models.ledger_key import Unlock
from desktop.services.desk import Desk, open_desk
from tests.integration.conftest import Clock, Decide, count_of
from tests.integration.people import OWN_PASSWORD, clerk, found, hire
from tests.scans import photo, scan

IDENTITY = "28-2.1-id"
CONTRACT = "28-4"


def stored(desk: Desk) -> list[Path]:
    return sorted(file for file in (desk.data_folder / FOLDER_NAME).rglob("*") if file.is_file())


@pytest.fixture
def filing_id(decide: Decide, complete: WalkIn) -> int:
    return decide(complete).filing_id


def add(desk: Desk, filing_id: int, data: bytes, act_id: str = "scan-1", **more: Any) -> int:
    return desk.attachments.add(filing_id, data, act_id=act_id, **more).id


# --- adding ---


@pytest.mark.requirement("LG-10-3a", "LG-28-3", "LG-13-1b")
def test_scans_of_every_sort_hang_on_the_filing_with_their_hash(desk: Desk, filing_id: int) -> None:
    import hashlib

    contract = scan("contract", pages=3)
    desk.attachments.add(filing_id, contract, act_id="a", material=CONTRACT, title="施工合同")
    for place, kind in enumerate(AttachedKind):
        desk.attachments.add(filing_id, photo(), act_id=f"k{place}", kind=kind, title=kind.value)

    listed = desk.attachments.of_filing(filing_id)
    assert [row.kind for row in listed] == [None, *AttachedKind]
    assert (listed[0].material, listed[0].pages, listed[0].media_type) == (CONTRACT, 3, MediaType.PDF)
    assert listed[0].sha256 == hashlib.sha256(contract).hexdigest()
    assert desk.attachments.content(listed[0].id).data == contract
    summaries = [entry.summary for entry in desk.ledger.file(filing_id).timeline]
    assert "添加附件《施工合同》，3 页" in summaries


def test_the_same_act_twice_counts_once(desk: Desk, filing_id: int) -> None:
    assert add(desk, filing_id, photo()) == add(desk, filing_id, photo())
    assert len(desk.attachments.of_filing(filing_id)) == 1


def test_the_same_content_is_stored_once(desk: Desk, filing_id: int) -> None:
    add(desk, filing_id, photo(), "scan-1")
    add(desk, filing_id, photo(), "scan-2")

    assert len(desk.attachments.of_filing(filing_id)) == 2
    assert len(stored(desk)) == 1


def test_no_name_of_anybody_is_in_a_path(desk: Desk, filing_id: int, tmp_path: Path) -> None:
    picked = tmp_path / "陈小满身份证11010519491231002X.jpg"
    picked.write_bytes(photo())

    desk.attachments.add(filing_id, picked, act_id="a", material=IDENTITY, title="身份证", is_identity=True)

    (file,) = stored(desk)
    assert file.relative_to(desk.data_folder).as_posix().isascii()
    assert "11010519491231002X" not in str(file.relative_to(desk.data_folder))
    assert [row.title for row in desk.attachments.of_filing(filing_id)] == ["身份证"]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"MZ\x90\x00 program", "attachment_type"), (photo()[:200], "attachment_damaged")],
    ids=["program", "torn"],
)
def test_a_wrong_file_leaves_nothing(desk: Desk, filing_id: int, tmp_path: Path, data: bytes, code: str) -> None:
    disguised = tmp_path / "scan.pdf"
    disguised.write_bytes(data)

    with pytest.raises(ClerkError, match=code):
        desk.attachments.add(filing_id, disguised, act_id="a")

    assert stored(desk) == []
    assert desk.attachments.of_filing(filing_id) == ()


def test_pages_are_limited(desk: Desk, filing_id: int) -> None:
    desk.attachment_care.keep_limits(AttachmentLimits(pages=2))

    with pytest.raises(ClerkError, match="attachment_too_large"):
        add(desk, filing_id, scan(pages=3))
    add(desk, filing_id, scan(pages=2))


def test_limits_are_a_setting_and_hold_for_one_file_and_the_filing(desk: Desk, filing_id: int) -> None:
    size = len(photo())
    desk.attachment_care.keep_limits(AttachmentLimits(file_bytes=size, filing_bytes=2 * size, pages=2))

    with pytest.raises(ClerkError, match="attachment_too_large"):
        add(desk, filing_id, photo() + b" ", "a")
    add(desk, filing_id, photo(), "c")
    add(desk, filing_id, photo(), "d")
    with pytest.raises(ClerkError, match="attachment_too_large"):
        add(desk, filing_id, photo(), "e")
    assert desk.attachment_care.limits().pages == 2


@pytest.mark.parametrize("limits", [{"file_bytes": 0}, {"file_bytes": 9, "filing_bytes": 8}, {"pages": 0}])
def test_limits_that_cannot_hold_are_refused(desk: Desk, limits: dict[str, int]) -> None:
    with pytest.raises(ClerkError, match="attachment_limits_unfit"):
        desk.attachment_care.keep_limits(AttachmentLimits(**limits))


# --- with a form that is still typed ---


@pytest.mark.requirement("LG-10-3a")
def test_what_was_picked_for_a_form_joins_the_filing_with_the_decision(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    desk.drafts.save("draft-1", complete)
    desk.staging.stage("draft-1", scan("contract"), act_id="a", material=CONTRACT, title="合同")
    desk.staging.stage("draft-1", photo(), act_id="b", material=IDENTITY, title="身份证", is_identity=True)

    decided = decide(complete, draft_id="draft-1")

    listed = desk.attachments.of_filing(decided.filing_id)
    assert [(row.material, row.is_identity) for row in listed] == [(CONTRACT, False), (IDENTITY, True)]
    assert desk.ledger.file(decided.filing_id).timeline[0].summary.endswith("；附件 2 份")
    assert count_of(desk, "staged_attachment") == 0
    assert desk.attachments.content(listed[0].id).data == scan("contract")


def test_picked_scans_outlive_a_restart_with_their_draft(desk: Desk, clock: Clock, complete: WalkIn) -> None:
    desk.drafts.save("draft-1", complete)
    desk.staging.stage("draft-1", photo(), act_id="a", material=IDENTITY)
    desk.close()

    again = open_desk(desk.data_folder, today=clock.today, now=clock.now)
    try:
        assert [row.material for row in again.staging.staged("draft-1")] == [IDENTITY]
        assert len(stored(again)) == 1
    finally:
        again.close()


def test_a_scan_can_be_taken_off_the_form_again(desk: Desk, complete: WalkIn) -> None:
    desk.drafts.save("draft-1", complete)
    picked = desk.staging.stage("draft-1", photo(), act_id="a", material=IDENTITY)

    desk.staging.unstage("draft-1", picked.id)

    assert desk.staging.staged("draft-1") == ()
    assert stored(desk) == []


def test_scans_go_with_a_discarded_draft(desk: Desk, complete: WalkIn) -> None:
    for draft_id in ("draft-1", "draft-2"):
        desk.drafts.save(draft_id, complete)
        desk.staging.stage(draft_id, photo(), act_id=draft_id, material=IDENTITY)
    desk.staging.stage("draft-1", photo("red"), act_id="c", material=IDENTITY)

    desk.drafts.discard("draft-1")
    assert desk.staging.drop_abandoned() == 2

    assert len(desk.staging.staged("draft-2")) == 1
    assert len(stored(desk)) == 1, "the other draft has the same content"


def test_there_must_be_a_draft_to_pick_for(desk: Desk) -> None:
    with pytest.raises(ClerkError, match="no_such_draft"):
        desk.staging.stage("nowhere", photo(), act_id="a", material=IDENTITY)
    assert stored(desk) == []


def test_nobody_picks_for_or_sees_the_draft_of_another(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    found(desk)
    hire(desk, "linxiao", clerk())
    hire(desk, "zhouwang", clerk())
    desk.sign_in.sign_in("linxiao", OWN_PASSWORD)
    desk.drafts.save("draft-1", complete)
    picked = desk.staging.stage("draft-1", photo(), act_id="a", material=IDENTITY)

    desk.sign_in.sign_in("zhouwang", OWN_PASSWORD)

    assert desk.staging.staged("draft-1") == ()
    with pytest.raises(ClerkError, match="no_such_draft"):
        desk.staging.stage("draft-1", photo("red"), act_id="b", material=IDENTITY)
    desk.staging.unstage("draft-1", picked.id)
    filing_id = decide(complete, draft_id="draft-1").filing_id
    assert desk.attachments.of_filing(filing_id) == ()
    desk.sign_in.sign_in("linxiao", OWN_PASSWORD)
    assert len(desk.staging.staged("draft-1")) == 1


# --- identity documents ---


@pytest.fixture
def identity(desk: Desk, filing_id: int) -> int:
    return desk.attachments.add(filing_id, photo(), act_id="id", material=IDENTITY, title="身份证", is_identity=True).id


def test_an_identity_document_is_shown_with_a_watermark_unless_a_purpose_is_given(
    desk: Desk, filing_id: int, identity: int
) -> None:
    shown = desk.attachments.content(identity)
    whole = desk.attachments.content(identity, purpose="核对签名")

    assert shown.is_watermarked
    assert shown.data != photo()
    assert (whole.is_watermarked, whole.data) == (False, photo())
    last = desk.ledger.file(filing_id).timeline[-1]
    assert (last.summary, last.reason) == ("查看身份证件附件《身份证》原图", "核对签名")


def test_a_copy_to_hand_on_always_has_a_watermark_and_is_on_record(desk: Desk, filing_id: int) -> None:
    attachment_id = add(desk, filing_id, scan(), title="合同")

    copy = desk.attachments.watermarked(attachment_id)

    assert copy.is_watermarked
    assert copy.data.startswith(b"%PDF")
    assert desk.ledger.file(filing_id).timeline[-1].summary == "导出附件《合同》的水印件"


# --- rights and scope ---


def patroller(*areas: str) -> Grant:
    return Grant(role=Role.PATROLLER, areas=frozenset(areas))


def test_a_patroller_adds_photos_in_the_own_area_and_nothing_else(desk: Desk, filing_id: int, identity: int) -> None:
    found(desk)
    hire(desk, "heping", patroller("坪安社区"))
    hire(desk, "songlin", patroller("新禾社区"))

    desk.sign_in.sign_in("heping", OWN_PASSWORD)
    add(desk, filing_id, photo("red"), "p", kind=AttachedKind.PATROL_PHOTO)
    with pytest.raises(ClerkError, match="not_permitted"):
        add(desk, filing_id, photo("red"), "q", material=IDENTITY)
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.attachments.content(identity, purpose="看一看")
    assert desk.attachments.content(identity).is_watermarked

    desk.sign_in.sign_in("songlin", OWN_PASSWORD)
    with pytest.raises(ClerkError, match="no_such_filing"):
        desk.attachments.of_filing(filing_id)
    with pytest.raises(ClerkError, match="no_such_filing"):
        add(desk, filing_id, photo("red"), "r", kind=AttachedKind.PATROL_PHOTO)
    with pytest.raises(ClerkError, match="no_such_attachment"):
        desk.attachments.content(identity)
    with pytest.raises(ClerkError, match="no_such_attachment"):
        desk.attachments.watermarked(identity)


def test_who_keeps_accounts_sees_and_adds_no_scan(desk: Desk, filing_id: int, identity: int) -> None:
    found(desk)
    acts: tuple[Callable[[], object], ...] = (
        lambda: desk.attachments.of_filing(filing_id),
        lambda: desk.attachments.content(identity),
        lambda: desk.attachments.watermarked(identity),
        lambda: add(desk, filing_id, photo(), "x"),
        lambda: desk.staging.staged("draft-1"),
        lambda: desk.staging.stage("draft-1", photo(), act_id="y", material=IDENTITY),
    )
    for act in acts:
        with pytest.raises(ClerkError, match="not_permitted"):
            act()


# --- what goes wrong on the disk ---


def test_missing_and_changed_bytes_are_named(desk: Desk, filing_id: int) -> None:
    for place, colour in enumerate(("red", "green", "blue")):
        add(desk, filing_id, photo(colour), f"s{place}", title=colour)
    listed = desk.attachments.of_filing(filing_id)
    folder = desk.data_folder / FOLDER_NAME
    changed, missing = (folder / row.sha256[:2] / row.sha256 for row in listed[:2])
    changed.write_bytes(changed.read_bytes()[:-1] + b"x")
    missing.unlink()

    found_faults = desk.attachment_care.check()

    number = desk.ledger.file(filing_id).row.number
    assert [(fault.number, fault.title, fault.code) for fault in found_faults] == [
        (number, "red", "attachment_changed"),
        (number, "green", "attachment_missing"),
    ]
    with pytest.raises(ClerkError, match=r"attachment_changed\(title=red\)"):
        desk.attachments.content(listed[0].id)


_KILLED = """
import os, signal, sys
from pathlib import Path
from typing import Any
import desktop.services.{module} as service
from desktop.services.desk import open_desk
from tests.scans import photo

def cut(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)

desk = open_desk(Path(sys.argv[1]))
{patch}
{act}
"""


def killed(folder: Path, *, module: str, patch: str, act: str) -> None:
    """Do something in a process of its own that is killed in the middle."""
    script = _KILLED.format(module=module, patch=patch, act=act)
    ended = subprocess.run([sys.executable, "-c", script, str(folder)], check=False, timeout=60)
    assert ended.returncode == -9


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_a_kill_between_the_file_and_its_row_leaves_neither(
    desk: Desk, clock: Clock, filing_id: int, complete: WalkIn
) -> None:
    desk.drafts.save("draft-1", complete)
    add(desk, filing_id, photo("green"), "kept")
    desk.close()
    killed(
        desk.data_folder,
        module="attachments",
        patch="service.record_event = cut",
        act=f"desk.attachments.add({filing_id}, photo('red'), act_id='cut')",
    )
    assert len([file for file in stored(desk) if len(file.name) == 64]) == 2, "the bytes came first"

    again = open_desk(desk.data_folder, today=clock.today, now=clock.now)
    try:
        assert len(stored(again)) == 1
        (kept,) = again.attachments.of_filing(filing_id)
        assert again.attachments.content(kept.id).data == photo("green")
        assert again.attachment_care.check() == ()
    finally:
        again.close()


def test_a_stop_after_the_draft_went_leaves_no_scan_of_it(desk: Desk, clock: Clock, complete: WalkIn) -> None:
    desk.drafts.save("draft-1", complete)
    desk.staging.stage("draft-1", photo(), act_id="a", material=IDENTITY)
    desk.drafts.discard("draft-1")
    desk.close()

    again = open_desk(desk.data_folder, today=clock.today, now=clock.now)
    try:
        assert stored(again) == []
        assert count_of(again, "staged_attachment") == 0
    finally:
        again.close()


def test_a_decision_that_is_not_written_keeps_the_scans_with_the_draft(
    desk: Desk, decide: Decide, complete: WalkIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.drafts.save("draft-1", complete)
    desk.staging.stage("draft-1", photo(), act_id="a", material=IDENTITY)

    def refuse(*_args: object, **_more: object) -> None:
        raise ClerkError("disk_full")

    with monkeypatch.context() as patched:
        patched.setattr("desktop.services.recording.record_event", refuse)
        with pytest.raises(ClerkError, match="disk_full"):
            decide(complete, draft_id="draft-1")

    assert len(desk.staging.staged("draft-1")) == 1
    filing_id = decide(complete, Act.ACCEPT, draft_id="draft-1").filing_id
    assert len(desk.attachments.of_filing(filing_id)) == 1


def test_scans_follow_the_ledger_under_its_key(desk: Desk, clock: Clock, filing_id: int) -> None:
    passphrase = "晨光里三只白鹭飞过河湾去了远处"
    add(desk, filing_id, photo("red"), "before")

    desk.protecting.protect(passphrase)
    add(desk, filing_id, photo("green"), "after")

    assert not any(file.read_bytes().startswith(b"\xff\xd8") for file in stored(desk))
    desk.close()
    again = open_desk(desk.data_folder, today=clock.today, now=clock.now, unlock=Unlock(passphrase=passphrase))
    try:
        listed = again.attachments.of_filing(filing_id)
        assert [again.attachments.content(row.id).data for row in listed] == [photo("red"), photo("green")]
        assert not {row.sha256 for row in listed} & {file.name for file in stored(again)}
    finally:
        again.close()
