"""Backups of the ledger: by themselves, by hand, in a second place; thinned by age and proved by restoring."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import RLock
from typing import Final

from desktop.domain.access import Actor, Right
from desktop.domain.errors import ClerkError
from desktop.domain.progress import SILENT, Progress
from desktop.models.database import Database
from desktop.models.desk_rows import Setting
from desktop.models.key_slots import LedgerSecret
from desktop.models.ledger_file import contents_of
from desktop.services.audit import changed_fields, record_event
from desktop.services.backup_check import drill as drill_backup
from desktop.services.backup_check import drop_torn_objects
from desktop.services.backup_making import Wanted, make_backup, state_of, sweep_partials
from desktop.services.backup_manifest import Cause, Drill, Manifest
from desktop.services.backup_place import BackupBrief, list_backups, thin, told_of_place
from desktop.services.station import Station
from desktop.services.touched import SETTING

BACKUPS_NAME: Final = "backups"
SETTING_KEY: Final = "backup"
_SECOND_FOLDER: Final = "small-works-{code}"
_HOURS: Final = (1, 168)
_DRILL_DAYS: Final = 7
_HEAD_SHOWN: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupSettings:
    """How often the ledger is backed up by itself, in hours of work, and where else; empty is nowhere."""

    every_hours: int = 4
    second_place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade:
    """A backup just made; ``second_trouble`` says why the second place, where there is one, has none of it."""

    brief: BackupBrief
    second_trouble: ClerkError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupStanding:
    """How it stands with backups: the newest, the newest drill that was held, and what the last try ran into."""

    newest: BackupBrief | None
    drilled: BackupBrief | None
    trouble: ClerkError | None


class BackupService:
    """Makes, lists, proves and thins backups; restoring is ``desktop.services.restoring``."""

    def __init__(
        self, database: Database, station: Station, *, data_folder: Path, secret: Callable[[], LedgerSecret]
    ) -> None:
        self._database = database
        self._station = station
        self._data_folder = data_folder
        self._secret = secret
        self._trouble: ClerkError | None = None
        # One at a time: a backup by hand sweeps away what one under way by itself has not finished.
        self._at_work = RLock()

    @property
    def place(self) -> Path:
        """Give the folder of the backups on this computer."""
        return self._data_folder / BACKUPS_NAME

    def settings(self) -> BackupSettings:
        """Give the settings; whoever is signed in, the program itself goes by them."""
        with self._database.reading(is_whole=True) as session:
            stored = session.get(Setting, SETTING_KEY)
            known = {field.name for field in fields(BackupSettings)}
            plain = {} if stored is None else {name: value for name, value in stored.value.items() if name in known}
        return BackupSettings(**plain)

    def keep_settings(self, settings: BackupSettings) -> None:
        """Keep the settings; raises ``ClerkError``: backup_hours, second_place_missing, second_place_here."""
        self._require()
        if not _HOURS[0] <= settings.every_hours <= _HOURS[1]:
            raise ClerkError("backup_hours", least=_HOURS[0], most=_HOURS[1])
        if settings.second_place:
            settings = replace(settings, second_place=str(self._usable(Path(settings.second_place))))
        before = self.settings()
        with self._database.writing() as session:
            session.merge(Setting(key=SETTING_KEY, value=asdict(settings)))
            changes = changed_fields(asdict(before), asdict(settings))
            touched = [(SETTING, SETTING_KEY)]
            record_event(
                session, self._station, act="backup_settings", summary="更改备份设置", changes=changes, touched=touched
            )

    def all(self) -> tuple[BackupBrief, ...]:
        """List the backups of both places, newest first; one that cannot be read is listed with what is wrong."""
        self._require()
        found = [brief for place in self._places() for brief in list_backups(place)]
        return tuple(sorted(found, key=lambda brief: (brief.made_at, brief.folder.name), reverse=True))

    def standing(self) -> BackupStanding:
        """Say how it stands with the backups on this computer, for the status line of whoever works."""
        briefs = list_backups(self.place)
        drilled = [brief for brief in briefs if brief.drill is not None]
        return BackupStanding(
            newest=next((brief for brief in briefs if brief.is_good), None),
            drilled=max(drilled, key=_drilled_at, default=None),
            trouble=self._trouble,
        )

    def make(self, progress: Progress = SILENT, *, to: Path | None = None) -> BackupMade:
        """Back the ledger up now, in the places set or only in the folder ``to``.

        Raises ``ClerkError``: not_permitted, disk_full, place_full, place_read_only, second_place_missing;
        ``Cancelled``.
        """
        self._require()
        if to is None:
            made = self._make(Cause.BY_HAND, progress)
        else:
            made = BackupMade(brief=self._make_in(self._within(to), Cause.BY_HAND, progress))
        with self._database.writing() as session:
            record_event(session, self._station, act="backup", summary=f"备份台账 {made.brief.folder.name}")
        return made

    def make_for(self, cause: Cause, progress: Progress = SILENT) -> BackupMade:
        """Back the ledger up because the program itself is about to do something to it."""
        return self._make(cause, progress)

    def is_due(self) -> bool:
        """Say whether the program should back up or prove a backup by itself now."""
        return self._is_old() or self._wants_drill()

    def keep_up(self, progress: Progress = SILENT) -> BackupStanding:
        """Back up when the last one is old and something changed, and restore one for proof once a week.

        Called by the program itself, whoever is signed in.  Raises ``ClerkError`` as ``make``; ``Cancelled``.
        """
        if self._is_old():
            self._make(Cause.AUTOMATIC, progress)
        if self._wants_drill():
            self._drill(list_backups(self.place)[0], progress)
        return self.standing()

    def at_closing(self, progress: Progress = SILENT) -> None:
        """Back up when the window closes, unless there is one of today or nothing changed."""
        newest = self._newest()
        today = self._station.now().astimezone().date()
        if (newest is None or newest.made_at.astimezone().date() < today) and self._has_changed(newest):
            self._make(Cause.AT_CLOSING, progress)

    def drill(self, folder: Path, progress: Progress = SILENT) -> BackupBrief:
        """Restore a backup into a scratch folder, compare everything, and keep what came of it with the backup."""
        self._require()
        brief = next((one for one in self.all() if one.folder == folder), None)
        if brief is None:
            raise ClerkError("not_a_backup", path=str(folder))
        return self._drill(brief, progress)

    def restorer(self) -> Actor:
        """Give who is signed in, as the one who restores a backup; raises ``ClerkError("not_permitted")``."""
        self._require()
        return self._station.actor

    def now(self) -> datetime:
        """Give the moment by this window's clock."""
        return self._station.now()

    def note_restore(self, name: str, manifest: Manifest, actor: Actor) -> None:
        """Record in a restored ledger which backup it comes from, where its audit chain ended, and who restored it."""
        before, head = self._station.actor, manifest.chain_mac[:_HEAD_SHOWN]
        self._station.work_as(actor)
        try:
            with self._database.writing() as session:
                changes = [("backup", None, name), ("chain_count", None, manifest.chain_count)]
                changes.append(("chain_mac", None, manifest.chain_mac))
                summary = f"从备份 {name} 恢复台账（审计 {manifest.chain_count} 条，链尾 {head}）"
                record_event(session, self._station, act="restore", summary=summary, changes=changes)
        finally:
            self._station.work_as(before)

    def _drill(self, brief: BackupBrief, progress: Progress) -> BackupBrief:
        with self._at_work:
            return self._drilled(brief, progress)

    def _drilled(self, brief: BackupBrief, progress: Progress) -> BackupBrief:
        try:
            drill_backup(brief.folder, self._secret(), progress)
            held = Drill(at=self._station.now())
        except ClerkError as error:
            named = error.details.get("file") or error.details.get("why") or ""
            held = Drill(at=self._station.now(), fault=error.code, why=str(named))
            with suppress(ClerkError), told_of_place(brief.folder):
                drop_torn_objects(brief.folder)
        with told_of_place(brief.folder):
            held.keep(brief.folder)
        return replace(brief, drill=held)

    def _make(self, cause: Cause, progress: Progress) -> BackupMade:
        try:
            brief = self._make_in(self.place, cause, progress)
        except ClerkError as error:
            self._trouble = error
            raise
        self._trouble = None
        try:
            second = self._second()
            if second is not None:
                self._make_in(second, cause, progress)
        except ClerkError as error:
            self._trouble = error
        return BackupMade(brief=brief, second_trouble=self._trouble)

    def _make_in(self, place: Path, cause: Cause, progress: Progress) -> BackupBrief:
        office, at = self._station.office, self._station.now()
        code = office.code if office else ""
        with self._at_work, told_of_place(place):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            sweep_partials(place)
            wanted = Wanted(place=place, data_folder=self._data_folder, office_code=code, cause=cause, at=at)
            folder = make_backup(self._database, wanted, progress)
            thin(place, at.astimezone())
        return next(brief for brief in list_backups(place) if brief.folder == folder)

    def _is_old(self) -> bool:
        newest = self._newest()
        every = timedelta(hours=self.settings().every_hours)
        return (newest is None or self._age(newest.made_at) >= every) and self._has_changed(newest)

    def _wants_drill(self) -> bool:
        standing = self.standing()
        if standing.newest is None:
            return False
        drilled = standing.drilled
        return drilled is None or self._age(_drilled_at(drilled)) >= timedelta(days=_DRILL_DAYS)

    def _age(self, moment: datetime) -> timedelta:
        # A clock that was set back makes a moment lie ahead; what is not past counts as long ago.
        age = self._station.now() - moment
        return age if age >= timedelta() else timedelta(days=36_500)

    def _has_changed(self, newest: BackupBrief | None) -> bool:
        if newest is None or newest.manifest is None:
            return self._station.office is not None
        with self._database.reading(is_whole=True):  # so that the ledger is not exchanged meanwhile
            contents = contents_of(self._database.file, self._database.key)
        return state_of(contents) != newest.manifest.state

    def _newest(self) -> BackupBrief | None:
        return next((brief for brief in list_backups(self.place) if brief.is_good), None)

    def _places(self) -> Iterator[Path]:
        yield self.place
        try:
            second = self._second()
        except ClerkError:
            return  # it is not plugged in: what lies there cannot be listed
        if second is not None:
            yield second

    def _second(self) -> Path | None:
        named = self.settings().second_place
        if not named:
            return None
        return self._within(Path(named))

    def _within(self, folder: Path) -> Path:
        office = self._station.office
        return self._usable(folder) / _SECOND_FOLDER.format(code=office.code if office else "").rstrip("-")

    def _usable(self, folder: Path) -> Path:
        if not folder.is_dir():
            raise ClerkError("second_place_missing", path=str(folder))
        if folder.resolve().is_relative_to(self._data_folder.resolve()):
            raise ClerkError("second_place_here", path=str(folder))
        return folder

    def _require(self) -> None:
        self._station.actor.require(Right.KEEP_BACKUPS)


def _drilled_at(brief: BackupBrief) -> datetime:
    return brief.drill.at if brief.drill is not None else brief.made_at
