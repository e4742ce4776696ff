"""Backups that somebody made up or a disk spoiled, two at a time, and those of another passphrase or another time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from desktop.domain.errors import ClerkError
from desktop.domain.walk_in import WalkIn
from desktop.models.ledger_key import KEY_NAME, LEDGER_NAME, Unlock
from desktop.services.backup_manifest import MANIFEST_NAME, OBJECTS_LIST, Cause, object_file
from desktop.services.desk import Desk, open_desk
from desktop.services.restoring import check_backup, restore, restore_at_next_start
from tests.integration.conftest import Clock, Decide
from tests.scans import photo

pytestmark = pytest.mark.requirement("LG-P1")
PASSPHRASE, OTHER = "河湾路口有三棵老榕树一九八", "新禾市场二楼靠窗的那张桌子"


@pytest.fixture
def filled(desk: Desk, decide: Decide, complete: WalkIn) -> Desk:
    decide(complete)
    desk.attachments.add(1, photo(), act_id="scan")
    return desk


@pytest.fixture
def backup(filled: Desk) -> Path:
    return filled.backups.make().brief.folder


def _rewritten(backup: Path, change: Callable[[dict[str, Any]], None]) -> None:
    manifest = json.loads((backup / MANIFEST_NAME).read_bytes())
    change(manifest)
    (backup / MANIFEST_NAME).write_text(json.dumps(manifest))


@pytest.mark.parametrize("leading", ["../../victim", "attachments/../../victim", "/victim", "..\\victim", "C:victim"])
def test_a_made_up_backup_writes_nothing_outside_of_its_folder(leading: str, backup: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    path = str(victim) if leading == "/victim" else leading
    evil = hashlib.sha256(b"evil").hexdigest()
    target = object_file(backup.parent, evil)
    target.parent.mkdir(parents=True)
    target.write_bytes(b"evil")
    content = json.dumps([{"path": path, "size": 4, "sha256": evil, "changed_ns": 0}]).encode()
    (backup / OBJECTS_LIST).write_bytes(content)

    def name_the_list(manifest: dict[str, Any]) -> None:
        (listed,) = (file for file in manifest["files"] if file["path"] == OBJECTS_LIST)
        listed.update(size=len(content), sha256=hashlib.sha256(content).hexdigest())

    _rewritten(backup, name_the_list)
    with pytest.raises(ClerkError) as caught:
        check_backup(backup)
    assert caught.value.code == "backup_torn"
    assert victim.read_text() == "mine"


@pytest.mark.parametrize("left_out", [LEDGER_NAME, KEY_NAME, OBJECTS_LIST])
def test_a_backup_whose_account_leaves_a_file_out_is_torn(left_out: str, backup: Path, tmp_path: Path) -> None:
    def leave_out(manifest: dict[str, Any]) -> None:
        manifest["files"] = [file for file in manifest["files"] if file["path"] != left_out]

    _rewritten(backup, leave_out)
    with pytest.raises(ClerkError) as caught:
        restore(backup, tmp_path / "elsewhere")
    assert caught.value.code == "backup_torn"


def test_a_spoiled_scan_in_the_place_of_backups_is_stored_anew_by_the_next(backup: Path, filled: Desk) -> None:
    (stored,) = (file for file in (backup.parent / "objects").rglob("*") if file.is_file())
    content = stored.read_bytes()
    stored.write_bytes(content[:50] + b"?" + content[51:])
    failed = filled.backups.drill(backup).drill
    assert failed is not None
    assert failed.fault == "backup_torn"
    again = filled.backups.drill(filled.backups.make().brief.folder).drill
    assert again is not None
    assert again.is_passed


def test_backups_and_drills_at_the_same_time_do_not_sweep_each_other_away(backup: Path, filled: Desk) -> None:
    troubles: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(3):
                filled.backups.make_for(Cause.AUTOMATIC)
                filled.backups.drill(backup)
        except Exception as error:
            troubles.append(error)

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert all(brief.is_good for brief in filled.backups.all())


def test_restored_from_the_window_a_ledger_opens_by_the_passphrase_of_today(
    filled: Desk, data_folder: Path, clock: Clock
) -> None:
    filled.protecting.protect(PASSPHRASE)
    backup = filled.backups.make().brief.folder
    filled.protecting.change_passphrase(PASSPHRASE, OTHER)
    code = filled.protecting.new_recovery_code().code
    restore_at_next_start(filled, backup)
    filled.close()
    for unlock in (Unlock(passphrase=OTHER), Unlock(recovery_code=code)):
        with closing(open_desk(data_folder, today=clock.today, now=clock.now, unlock=unlock)) as again:
            assert again.attachments.content(1).data


def test_a_backup_under_an_earlier_key_of_the_same_ledger_asks_for_its_passphrase(
    filled: Desk, data_folder: Path, clock: Clock
) -> None:
    plain = filled.backups.make().brief.folder
    filled.protecting.protect(PASSPHRASE)
    earlier = filled.backups.make().brief.folder
    restore_at_next_start(filled, plain)
    filled.close()
    with closing(open_desk(data_folder, today=clock.today, now=clock.now)) as again:
        again.protecting.protect(OTHER)
        with pytest.raises(ClerkError) as caught:
            restore_at_next_start(again, earlier)
        assert caught.value.code == "passphrase_needed"
        restore_at_next_start(again, earlier, unlock=Unlock(passphrase=PASSPHRASE))
    open_desk(data_folder, today=clock.today, now=clock.now, unlock=Unlock(passphrase=PASSPHRASE)).close()


def test_two_restores_in_one_second_keep_both_former_ledgers(
    filled: Desk, backup: Path, data_folder: Path, clock: Clock
) -> None:
    filled.close()
    at = datetime(2026, 3, 2, tzinfo=UTC)
    former = {restore(backup, data_folder, now=at).aside for _ in range(2)}
    assert len(former) == 2
    assert all(folder is not None and (folder / LEDGER_NAME).exists() for folder in former)
    open_desk(data_folder, today=clock.today, now=clock.now).close()
