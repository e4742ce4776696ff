"""Everything one window needs, opened together on one data folder."""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from desktop.domain.access import FOUNDER
from desktop.domain.errors import ClerkError
from desktop.domain.progress import SILENT
from desktop.models.attachment_store import FOLDER_NAME, AttachmentStore
from desktop.models.database import Database
from desktop.models.folder_lock import FolderLock
from desktop.models.key_slots import LedgerSecret
from desktop.models.ledger_key import KEY_NAME, LEDGER_NAME, SMALLEST, Unlock, open_secret
from desktop.models.migrating import migrate
from desktop.models.restore_steps import ANCHOR_NAME, finish_restore
from desktop.policy.loader import load_packs
from desktop.services.anchor import Anchor
from desktop.services.backup_making import Wanted, make_backup
from desktop.services.backup_manifest import Cause
from desktop.services.backups import BACKUPS_NAME
from desktop.services.chain import Chain
from desktop.services.clock import utc_now
from desktop.services.desk_services import Desk, assembled
from desktop.services.passwords import ORDINARY, Effort, PasswordKeeper
from desktop.services.resources import policies_folder
from desktop.services.station import Station
from desktop.services.taking_over import take_over_from

__all__ = ["LEDGER_NAME", "NO_KEY", "Desk", "open_desk"]

NO_KEY: Final = Unlock()
_TROUBLES: Final = {
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EROFS: "read_only",
    errno.ENOSPC: "disk_full",
}


def open_desk(
    data_folder: Path,
    *,
    today: Callable[[], date] = date.today,
    now: Callable[[], datetime] = utc_now,
    unlock: Unlock = NO_KEY,
    effort: Effort = ORDINARY,
    secret: LedgerSecret | None = None,
) -> Desk:
    """Open the ledger of a folder, made or brought up to date where needed; ``secret`` are its keys, if known already.

    Raises ``ClerkError``: already_open, not_a_database, ledger_damaged, ledger_shortened, newer_schema, read_only,
    disk_full, folder_unusable, and those of ``open_secret``; ``FaultyInput`` for a broken policy pack.
    """
    packs = load_packs(policies_folder())
    lock = _lock(data_folder)
    database: Database | None = None
    try:
        secret = secret or open_secret(data_folder, unlock)
        _make_private(data_folder / LEDGER_NAME)
        database = Database(data_folder / LEDGER_NAME, key=secret.ledger_key)
        chain = Chain(secret.audit_key)
        anchor = Anchor(data_folder, chain, database)
        anchor.check()
        back_up = partial(_back_up, database, data_folder, now)
        migrate(database, then=partial(take_over_from, chain=chain, at=now()), back_up=back_up)
        station = Station(database, packs, chain=chain, today=today, now=now)
        station.work_as(FOUNDER)
        store = AttachmentStore(data_folder / FOLDER_NAME, key=secret.files_key)
        return assembled(
            database,
            station,
            lock=lock,
            data_folder=data_folder,
            keeper=PasswordKeeper(effort),
            store=store,
            secret=secret,
            anchor=anchor,
            is_by_code=bool(unlock.recovery_code),
        )
    except BaseException:
        if database is not None:
            database.close()
        lock.release()
        raise


def _lock(folder: Path) -> FolderLock:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FolderLock(folder)
        try:
            finish_restore(folder)
            _require_ledger(folder)
        except BaseException:
            lock.release()
            raise
        return lock
    except OSError as error:
        code = _TROUBLES.get(error.errno or 0, "folder_unusable")
        raise ClerkError(code, path=str(folder), why=error.strerror or str(error)) from error


def _make_private(ledger: Path) -> None:
    """Make a ledger that is not there yet: nobody else on this computer reads it, nor SQLite's files beside it."""
    # One that is there keeps its time, by which the note of the last closing knows it.
    if not ledger.exists():
        ledger.touch(mode=0o600)


def _require_ledger(folder: Path) -> None:
    """See that a ledger went neither missing nor empty: it would begin anew, and its numbers at one again.

    Only a first start that was cut off leaves keys and an empty ledger without a note of its chain.
    """
    ledger, was_used = folder / LEDGER_NAME, (folder / ANCHOR_NAME).exists()
    if not ledger.exists():
        if was_used:
            raise ClerkError("ledger_missing", path=str(ledger))
        return
    size = ledger.stat().st_size
    if size < SMALLEST and (size or was_used or not (folder / KEY_NAME).exists()):
        raise ClerkError("not_a_database", path=str(ledger), why="the file is cut short")


def _back_up(database: Database, folder: Path, now: Callable[[], datetime]) -> Path:
    place = folder / BACKUPS_NAME
    wanted = Wanted(place=place, data_folder=folder, office_code="", cause=Cause.BEFORE_MIGRATION, at=now())
    return make_backup(database, wanted, SILENT)
