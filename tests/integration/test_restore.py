"""Restoring: a damaged ledger is named, a backup takes its place whole, the former one stays aside."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop.cli import main
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.walk_in import WalkIn
from desktop.models.attachment_store import AttachmentStore
from desktop.models.ledger_key import KEY_NAME, LEDGER_NAME, Unlock
from desktop.models.record import AuditEvent
from desktop.services.backup_manifest import MANIFEST_NAME
from desktop.services.desk import Desk, open_desk
from desktop.services.ledger_check import verify_folder
from desktop.services.restoring import backups_of, check_backup, restore, restore_at_next_start
from tests.integration.conftest import Clock, Decide

pytestmark = pytest.mark.requirement("JS-3.1c")
PASSPHRASE = "河湾路口有三棵老榕树一九八"
PAGE = 4096


def _numbers(desk: Desk) -> list[str]:
    return [row.number for row in desk.ledger.page(desk.ledger.ids(LedgerCriteria()))]


def _open(folder: Path, clock: Clock, **unlock: str) -> Desk:
    return open_desk(folder, today=clock.today, now=clock.now, unlock=Unlock(**unlock))


def _code(folder: Path, clock: Clock) -> str:
    with pytest.raises(ClerkError) as caught:
        _open(folder, clock)
    return caught.value.code


def _tear_page(file: Path, page: int) -> None:
    content = bytearray(file.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = bytes(reversed(content[(page - 1) * PAGE : page * PAGE]))
    file.write_bytes(content)


@pytest.fixture
def filled(desk: Desk, decide: Decide, complete: WalkIn) -> Desk:
    decide(complete)
    return desk


@pytest.fixture
def backup(filled: Desk) -> Path:
    return filled.backups.make().brief.folder


def test_a_restored_ledger_is_the_backed_up_one_and_says_where_it_comes_from(
    filled: Desk, backup: Path, data_folder: Path, clock: Clock, decide: Decide, complete: WalkIn
) -> None:
    numbers = _numbers(filled)
    decide(complete)
    filled.close()
    restored = restore(backup, data_folder)
    with closing(_open(data_folder, clock)) as again:
        assert _numbers(again) == numbers
        with again.database.reading(is_whole=True) as session:
            event = session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
        assert event is not None
        assert event.act == "restore"
        assert backup.name in event.summary
        assert restored.manifest.chain_mac[:16] in event.summary
    assert restored.aside is not None
    with closing(_open(restored.aside, clock)) as former:
        assert len(_numbers(former)) == len(numbers) + 1
    assert verify_folder(data_folder, unlock=Unlock()).is_sound


def test_scans_come_back_with_the_ledger(filled: Desk, data_folder: Path) -> None:
    store = AttachmentStore(data_folder / "attachments")
    kept = store.put(b"%PDF-1.4 scan")
    backup = filled.backups.make().brief.folder
    store.settle(kept, is_needed=False)
    filled.close()
    restore(backup, data_folder)
    assert store.get(kept) == b"%PDF-1.4 scan"


@pytest.mark.parametrize("page", [2, 5, 9])
def test_a_torn_page_is_named_at_the_next_opening(page: int, filled: Desk, data_folder: Path, clock: Clock) -> None:
    filled.close()
    _tear_page(data_folder / LEDGER_NAME, page)
    assert _code(data_folder, clock) == "ledger_damaged"


@pytest.mark.parametrize("page", [1, 5])
def test_a_torn_page_of_an_encrypted_ledger_is_named_too(
    page: int, filled: Desk, data_folder: Path, clock: Clock
) -> None:
    filled.protecting.protect(PASSPHRASE)
    filled.close()
    _tear_page(data_folder / LEDGER_NAME, page)
    with pytest.raises(ClerkError) as caught:
        _open(data_folder, clock, passphrase=PASSPHRASE)
    assert caught.value.code in ("ledger_damaged", "not_a_database")


@pytest.mark.parametrize("left", [0, 1, 20_000])
def test_a_truncated_ledger_is_named(left: int, filled: Desk, data_folder: Path, clock: Clock) -> None:
    filled.close()
    ledger = data_folder / LEDGER_NAME
    ledger.write_bytes(ledger.read_bytes()[:left])
    assert _code(data_folder, clock) in ("ledger_damaged", "not_a_database")


def test_a_ledger_that_is_gone_is_not_begun_anew(filled: Desk, data_folder: Path, clock: Clock) -> None:
    filled.close()
    (data_folder / LEDGER_NAME).unlink()
    assert _code(data_folder, clock) == "ledger_missing"
    assert not (data_folder / LEDGER_NAME).exists()


_KILLED = """
import os, signal, sys
from pathlib import Path
from desktop.domain.acts import Act, DecisionRequest
from desktop.services.desk import open_desk
from tests import factories
desk = open_desk(Path(sys.argv[1]), today=lambda: factories.FILED_ON)
for count in range(3):
    matter = factories.all_in_order(factories.walk_in(), desk.intake.pack())
    desk.intake.decide(DecisionRequest(act_id=f"killed-{count}", act=Act.ACCEPT, walk_in=matter))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_log_cut_short_after_a_crash_is_named_and_a_whole_one_loses_nothing(
    share: float, filled: Desk, data_folder: Path, clock: Clock
) -> None:
    numbers = _numbers(filled)
    filled.close()
    subprocess.run([sys.executable, "-c", _KILLED, str(data_folder)], check=False, timeout=60)
    log = data_folder / f"{LEDGER_NAME}-wal"
    os.truncate(log, int(log.stat().st_size * share))
    if share == 1.0:
        with closing(_open(data_folder, clock)) as again:
            assert len(_numbers(again)) == len(numbers) + 3
    else:
        assert _code(data_folder, clock) == "ledger_shortened"


@pytest.mark.parametrize("name", [LEDGER_NAME, KEY_NAME, MANIFEST_NAME])
def test_a_truncated_backup_is_named_and_nothing_changes(
    name: str, filled: Desk, backup: Path, data_folder: Path, clock: Clock
) -> None:
    numbers = _numbers(filled)
    filled.close()
    file = backup / name
    file.write_bytes(file.read_bytes()[:-100])
    before = {entry.name for entry in data_folder.iterdir()}
    with pytest.raises(ClerkError) as caught:
        restore(backup, data_folder)
    assert (caught.value.code, caught.value.details["file"]) == ("backup_torn", name)
    assert {entry.name for entry in data_folder.iterdir()} == before
    with closing(_open(data_folder, clock)) as again:
        assert _numbers(again) == numbers


def test_another_folder_is_no_backup(filled: Desk, data_folder: Path, tmp_path: Path) -> None:
    filled.close()
    with pytest.raises(ClerkError) as caught:
        restore(tmp_path, data_folder)
    assert caught.value.code == "not_a_backup"


def test_a_key_of_another_ledger_makes_a_backup_foreign(
    filled: Desk, backup: Path, data_folder: Path, tmp_path: Path
) -> None:
    import hashlib
    import json

    open_desk(tmp_path / "other").close()
    shutil.copy(tmp_path / "other" / KEY_NAME, backup / KEY_NAME)
    plain = json.loads((backup / MANIFEST_NAME).read_bytes())
    content = (backup / KEY_NAME).read_bytes()
    for stored in plain["files"]:
        if stored["path"] == KEY_NAME:
            stored.update(size=len(content), sha256=hashlib.sha256(content).hexdigest())
    (backup / MANIFEST_NAME).write_text(json.dumps(plain), encoding="utf-8")
    filled.close()
    with pytest.raises(ClerkError) as caught:
        restore(backup, data_folder)
    assert caught.value.code == "backup_foreign"


def test_a_folder_that_is_open_is_not_restored_into(filled: Desk, backup: Path, data_folder: Path) -> None:
    with pytest.raises(ClerkError) as caught:
        restore(backup, data_folder)
    assert caught.value.code == "already_open"


@pytest.mark.requirement("LG-P1")
def test_on_another_computer_passphrase_or_recovery_code_opens_a_backup(
    filled: Desk, tmp_path: Path, clock: Clock
) -> None:
    code = filled.protecting.protect(PASSPHRASE).code
    numbers = _numbers(filled)
    stick, elsewhere = tmp_path / "stick", tmp_path / "elsewhere"
    stick.mkdir()
    backup = filled.backups.make(to=stick).brief.folder
    for wrong, named in (({}, "passphrase_needed"), ({"passphrase": "不是这一句"}, "passphrase_wrong")):
        with pytest.raises(ClerkError) as caught:
            restore(backup, elsewhere, unlock=Unlock(**wrong))
        assert caught.value.code == named
        assert not (elsewhere / LEDGER_NAME).exists()
    assert check_backup(backup, Unlock(recovery_code=code)).is_encrypted
    assert restore(backup, elsewhere, unlock=Unlock(recovery_code=code)).aside is None
    with closing(_open(elsewhere, clock, passphrase=PASSPHRASE)) as again:
        assert _numbers(again) == numbers


@pytest.mark.parametrize("instant", range(14))
def test_cut_off_at_any_move_the_next_opening_has_one_whole_ledger(
    instant: int, filled: Desk, backup: Path, data_folder: Path, tmp_path: Path, clock: Clock,
    decide: Decide, complete: WalkIn, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    decide(complete)
    filled.close()
    photo, count, moved = tmp_path / "photo", 0, Path.replace

    def replace(source: Path, target: Path) -> Path:
        nonlocal count
        for half in range(2):
            if count == instant:
                shutil.copytree(data_folder, photo)
            count += 1
            if half == 0:
                moved(source, target)
        return target

    monkeypatch.setattr(Path, "replace", replace)
    restore(backup, data_folder)
    monkeypatch.undo()
    if not photo.exists():
        pytest.skip("there are fewer instants")
    with closing(_open(photo, clock)) as again:
        assert len(_numbers(again)) in (1, 2)
    assert verify_folder(photo, unlock=Unlock()).is_sound


def test_from_the_open_window_the_backup_takes_over_at_the_next_start(
    filled: Desk, backup: Path, data_folder: Path, clock: Clock, decide: Decide, complete: WalkIn
) -> None:
    numbers = _numbers(filled)
    decide(complete)
    restore_at_next_start(filled, backup)
    assert len(_numbers(filled)) == len(numbers) + 1
    filled.close()
    with closing(_open(data_folder, clock)) as again:
        assert _numbers(again) == numbers


def test_good_backups_are_listed_beside_a_ledger_that_does_not_open(
    filled: Desk, backup: Path, data_folder: Path, clock: Clock
) -> None:
    filled.close()
    (data_folder / LEDGER_NAME).write_bytes(b"x" * 9000)
    assert _code(data_folder, clock) == "not_a_database"
    assert [brief.folder for brief in backups_of(data_folder)] == [backup]


def test_backup_check_and_restore_from_the_command_line(
    filled: Desk, data_folder: Path, tmp_path: Path, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = _numbers(filled)
    filled.close()
    stick = tmp_path / "stick"
    stick.mkdir()
    assert main(["backup", "--data", str(data_folder), "--to", str(stick)]) == 0
    backup = Path(capsys.readouterr().out.splitlines()[0])
    assert backup.parent.parent == stick
    assert main(["check-backup", str(backup)]) == 0
    assert "恢复演练通过" in capsys.readouterr().out
    (data_folder / LEDGER_NAME).write_bytes(b"destroyed")
    assert main(["restore", str(backup), "--data", str(data_folder)]) == 0
    assert "before-restore-" in capsys.readouterr().out
    with closing(_open(data_folder, clock)) as again:
        assert _numbers(again) == numbers
    (backup / LEDGER_NAME).write_bytes(b"torn")
    assert main(["restore", str(backup), "--data", str(data_folder)]) == 2
    assert "backup_torn" in capsys.readouterr().err
