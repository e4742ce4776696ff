"""Everything one window needs, opened together on one data folder."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

from desktop.domain.access import FOUNDER
from desktop.domain.errors import ClerkError
from desktop.models.database import Database
from desktop.models.folder_lock import FolderLock
from desktop.models.ledger_key import Unlock, open_secret
from desktop.models.migrating import migrate
from desktop.policy.loader import load_packs
from desktop.services.accounts import AccountService
from desktop.services.calendar import CalendarService
from desktop.services.chain import Chain
from desktop.services.clock import utc_now
from desktop.services.drafts import DraftService
from desktop.services.intake import IntakeService
from desktop.services.issuing import IssuingService
from desktop.services.ledger import LedgerService
from desktop.services.office import OfficeService
from desktop.services.passwords import ORDINARY, Effort, PasswordKeeper
from desktop.services.platform import PlatformService
from desktop.services.press import Press
from desktop.services.resources import policies_folder
from desktop.services.sign_in import SignInService
from desktop.services.station import Station

LEDGER_NAME: Final = "ledger.sqlite3"
NO_KEY: Final = Unlock()
_TROUBLES: Final = {
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EROFS: "read_only",
    errno.ENOSPC: "disk_full",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The services of one window, and the folder where everything lies."""

    office: OfficeService
    intake: IntakeService
    issuing: IssuingService
    drafts: DraftService
    ledger: LedgerService
    calendar: CalendarService
    platform: PlatformService
    sign_in: SignInService
    accounts: AccountService
    data_folder: Path
    database: Database = field(repr=False)
    lock: FolderLock = field(repr=False)

    def close(self) -> None:
        """Close the ledger and let another program open the folder."""
        self.database.close()
        self.lock.release()


def open_desk(
    data_folder: Path,
    *,
    today: Callable[[], date] = date.today,
    now: Callable[[], datetime] = utc_now,
    unlock: Unlock = NO_KEY,
    effort: Effort = ORDINARY,
) -> Desk:
    """Open the ledger of a folder, made or brought up to date where needed.

    Raises ``ClerkError``: already_open, not_a_database, newer_schema, read_only, disk_full, folder_unusable;
    ``FaultyInput`` for a broken policy pack.
    """
    packs = load_packs(policies_folder())
    lock = _lock(data_folder)
    database: Database | None = None
    try:
        secret = open_secret(data_folder, unlock)
        database = Database(data_folder / LEDGER_NAME, key=secret.ledger_key)
        migrate(database)
        chain = Chain(secret.audit_key)
        with database.writing() as session:
            chain.adopt(session)
        station = Station(database, packs, chain=chain, today=today, now=now)
        station.work_as(FOUNDER)
        return _desk(database, station, lock=lock, data_folder=data_folder, keeper=PasswordKeeper(effort))
    except BaseException:
        if database is not None:
            database.close()
        lock.release()
        raise


def _lock(folder: Path) -> FolderLock:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ledger = folder / LEDGER_NAME
        if ledger.exists() and not ledger.stat().st_size:
            # What a power cut may leave of a ledger is no fresh ledger: numbers would begin at one again.
            raise ClerkError("not_a_database", path=str(ledger), why="the file is empty")
        lock = FolderLock(folder)
        if not ledger.exists():
            # Personal data: nobody else on this computer reads it, nor SQLite's files beside it.
            ledger.touch(mode=0o600)
        return lock
    except OSError as error:
        code = _TROUBLES.get(error.errno or 0, "folder_unusable")
        raise ClerkError(code, path=str(folder), why=error.strerror or str(error)) from error


def _desk(database: Database, station: Station, *, lock: FolderLock, data_folder: Path, keeper: PasswordKeeper) -> Desk:
    calendar = CalendarService(database, station)
    calendar.take_over_shipped()
    press = Press()
    intake = IntakeService(database, station, calendar=calendar, press=press)
    return Desk(
        office=OfficeService(database, station, intake=intake),
        intake=intake,
        issuing=IssuingService(database, station, intake=intake, press=press),
        drafts=DraftService(database, station),
        ledger=LedgerService(database, station),
        calendar=calendar,
        platform=PlatformService(database, station),
        sign_in=SignInService(database, station, keeper=keeper),
        accounts=AccountService(database, station, keeper=keeper),
        data_folder=data_folder,
        database=database,
        lock=lock,
    )
