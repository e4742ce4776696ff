"""A disk that fails at any force or move of a file: the ledger opens afterwards, with everything that was in it."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.walk_in import WalkIn
from desktop.models.ledger_key import LEDGER_NAME, Unlock, is_plain
from desktop.models.restore_steps import NOTE_NAME, STAGED_NAME
from desktop.services.desk import Desk, open_desk
from desktop.services.ledger_check import verify_folder
from desktop.services.restoring import restore
from tests.integration.conftest import Clock, Decide
from tests.scans import photo

pytestmark = pytest.mark.requirement("LG-P1", "JS-3.1c")
PASSPHRASE = "河湾路口有三棵老榕树一九八"


class FailingDisk:
    """Fails once, at the force or move of a file with a number; ``count`` says how many there were."""

    def __init__(self, fatal: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fatal, self.count = fatal, 0
        force, move = os.fsync, Path.replace

        def forced(handle: int) -> None:
            self._strike()
            force(handle)

        def moved(source: Path, target: Path) -> Path:
            self._strike()
            return move(source, target)

        monkeypatch.setattr(os, "fsync", forced)
        monkeypatch.setattr(Path, "replace", moved)

    def _strike(self) -> None:
        self.count += 1
        if self.count == self.fatal:
            raise OSError(5, "Input/output error")


def _numbers(desk: Desk) -> list[str]:
    return [row.number for row in desk.ledger.page(desk.ledger.ids(LedgerCriteria()))]


@pytest.fixture
def filled(desk: Desk, decide: Decide, complete: WalkIn) -> Desk:
    decide(complete)
    desk.attachments.add(1, photo(), act_id="scan")
    return desk


@pytest.mark.parametrize("fatal", range(3, 12))
def test_protecting_on_a_failing_disk_never_loses_the_keys(
    fatal: int, filled: Desk, data_folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = _numbers(filled)
    with monkeypatch.context() as patched:
        FailingDisk(fatal, patched)
        with pytest.raises((OSError, ClerkError)):
            filled.protecting.protect(PASSPHRASE)
    assert _numbers(filled) == numbers
    filled.close()
    unlock = Unlock() if is_plain(data_folder / LEDGER_NAME) else Unlock(passphrase=PASSPHRASE)
    with closing(open_desk(data_folder, today=clock.today, now=clock.now, unlock=unlock)) as again:
        assert _numbers(again) == numbers
        assert again.attachments.content(1).data
    assert verify_folder(data_folder, unlock=unlock).is_sound


@pytest.mark.parametrize("fatal", [6, 7, 8, 12, 20, 30])
def test_restoring_on_a_failing_disk_leaves_one_whole_ledger_with_its_log(
    fatal: int, filled: Desk, data_folder: Path, tmp_path: Path, clock: Clock,
    decide: Decide, complete: WalkIn, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    name = filled.backups.make().brief.folder.name
    decide(complete)
    crashed = tmp_path / "crashed"
    shutil.copytree(data_folder, crashed)  # the newest filing stands in the write-ahead log only
    assert (crashed / f"{LEDGER_NAME}-wal").stat().st_size
    with monkeypatch.context() as patched:
        FailingDisk(fatal, patched)
        with pytest.raises(ClerkError):
            restore(crashed / "backups" / name, crashed)
    is_ready = all((crashed / name).exists() for name in (NOTE_NAME, STAGED_NAME))
    is_under_way = is_ready or list(crashed.glob("before-restore-*"))
    with closing(open_desk(crashed, today=clock.today, now=clock.now)) as again:
        assert len(_numbers(again)) == (1 if is_under_way else 2)
        assert again.attachments.content(1).data
    assert verify_folder(crashed, unlock=Unlock()).is_sound
