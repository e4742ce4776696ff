"""Restoring a ledger from a backup: laid out and proved beside, then exchanged; the present one is moved aside."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from desktop.domain.access import FOUNDER, Actor
from desktop.domain.errors import ClerkError
from desktop.domain.progress import SILENT, Progress
from desktop.models.folder_lock import FolderLock
from desktop.models.key_slots import LedgerSecret
from desktop.models.ledger_file import contents_of
from desktop.models.ledger_key import KEY_NAME, LEDGER_NAME, KeyFile, Unlock, unlocked
from desktop.models.restore_steps import STAGED_NAME, finish_restore, get_ready, is_restore_ready
from desktop.services.backup_check import check_unpacked, unpack, whole_manifest
from desktop.services.backup_manifest import Manifest
from desktop.services.backup_place import BackupBrief, list_backups, told_of_place
from desktop.services.backups import BACKUPS_NAME
from desktop.services.clock import utc_now
from desktop.services.desk import Desk, open_desk

__all__ = [
    "Restored",
    "Unlock",
    "backups_in",
    "backups_of",
    "check_backup",
    "is_restore_ready",
    "restore",
    "restore_at_next_start",
]

_ASIDE: Final = "before-restore-%Y-%m-%dT%H-%M-%S"
_NO_KEY: Final = Unlock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was restored, and the folder that keeps the former ledger; None where there was none."""

    manifest: Manifest
    aside: Path | None


def backups_of(data_folder: Path) -> tuple[BackupBrief, ...]:
    """List the backups beside a ledger that may not open, newest first."""
    return list_backups(data_folder / BACKUPS_NAME)


def backups_in(place: Path) -> tuple[BackupBrief, ...]:
    """List the backups of any folder, newest first."""
    return list_backups(place)


def check_backup(backup: Path, unlock: Unlock = _NO_KEY, progress: Progress = SILENT) -> Manifest:
    """Prove a backup by restoring it into a scratch folder; raises ``ClerkError`` naming what is wrong with it."""
    from desktop.services.backup_check import drill

    backup = backup.resolve()
    whole_manifest(backup, progress)
    with told_of_place(backup.parent):
        return drill(backup, unlocked(KeyFile.read(backup), unlock), progress)


def restore(
    backup: Path,
    data_folder: Path,
    *,
    unlock: Unlock = _NO_KEY,
    progress: Progress = SILENT,
    actor: Actor = FOUNDER,
    now: datetime | None = None,
) -> Restored:
    """Restore a backup into a data folder that no program has open.

    The present ledger is moved aside whole, never overwritten.  Raises ``ClerkError`` naming what is wrong with the
    backup, its keys or the folder; the present ledger stays then as it is.
    """
    backup = backup.resolve()
    with told_of_place(data_folder):
        data_folder.mkdir(parents=True, exist_ok=True)
        lock = FolderLock(data_folder)
        try:
            finish_restore(data_folder)
            had_one = (data_folder / LEDGER_NAME).exists()
            manifest = whole_manifest(backup, progress)
            secret = unlocked(KeyFile.read(backup), unlock)
            _stage(backup, manifest, data_folder, secret=secret, actor=actor, progress=progress, at=now or utc_now())
            aside = finish_restore(data_folder)
        finally:
            lock.release()
    return Restored(manifest=manifest, aside=aside if had_one else None)


def restore_at_next_start(desk: Desk, backup: Path, *, unlock: Unlock = _NO_KEY, progress: Progress = SILENT) -> None:
    """Prove a backup and have it take the ledger's place when the folder is opened next; the window closes after this.

    The keys of the open ledger serve where they fit.  Raises ``ClerkError`` as ``restore``, and not_permitted.
    """
    actor = desk.backups.restorer()
    backup = backup.resolve()
    with told_of_place(desk.data_folder):
        manifest = whole_manifest(backup, progress)
        secret, at = _fitting(desk, backup, unlock), desk.backups.now()
        # Under the same key today's passphrase and recovery code go on: those of then may be what was given up.
        keys = KeyFile.read(desk.data_folder) if secret is desk.protecting.secret else None
        _stage(backup, manifest, desk.data_folder, secret=secret, keys=keys, actor=actor, progress=progress, at=at)


def _fitting(desk: Desk, backup: Path, unlock: Unlock) -> LedgerSecret:
    keys, secret = KeyFile.read(backup), desk.protecting.secret
    if keys.is_protected and secret.ledger_key is not None:
        with suppress(ClerkError):
            contents_of(backup / LEDGER_NAME, secret.ledger_key)
            return secret
    return unlocked(keys, unlock)


def _stage(
    backup: Path,
    manifest: Manifest,
    data_folder: Path,
    *,
    secret: LedgerSecret,
    keys: KeyFile | None = None,
    actor: Actor,
    progress: Progress,
    at: datetime,
) -> None:
    """Lay the backup out beside the ledger, prove it, bring it up to date and note in it where it comes from.

    ``keys`` take the place of those in the backup.
    """
    if KeyFile.read(backup).owner != manifest.owner:
        raise ClerkError("backup_foreign", path=str(backup), why=KEY_NAME)
    staged = data_folder / STAGED_NAME
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(mode=0o700)
    try:
        unpack(backup, manifest, staged, progress)
        check_unpacked(staged, manifest, secret)
        desk = open_desk(staged, secret=secret)
        try:
            desk.backups.note_restore(backup.name, manifest, actor)
        finally:
            desk.close()
        shutil.rmtree(staged / BACKUPS_NAME, ignore_errors=True)
        if keys is not None:
            keys.keep(staged)
        get_ready(data_folder, at.astimezone().strftime(_ASIDE))
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
