"""A folder of backups: what lies in it, and what of it age makes superfluous."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from desktop.domain.backup_thinning import BackupAge, superfluous
from desktop.domain.errors import ClerkError
from desktop.services.backup_making import PARTIAL
from desktop.services.backup_manifest import (
    OBJECTS_NAME,
    Drill,
    Manifest,
    read_drill,
    read_manifest,
    read_objects,
)

_TROUBLES: Final = {
    errno.EACCES: "place_read_only",
    errno.EPERM: "place_read_only",
    errno.EROFS: "place_read_only",
    errno.ENOSPC: "place_full",
}
_FILINGS: Final = "filing"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupBrief:
    """One backup in a list; without a manifest it is torn, and ``fault`` says how."""

    folder: Path
    made_at: datetime
    manifest: Manifest | None
    drill: Drill | None
    fault: str = ""

    @property
    def is_good(self) -> bool:
        """Say whether nothing speaks against the backup: it is whole as far as is known, and no drill failed."""
        return self.manifest is not None and (self.drill is None or self.drill.is_passed)

    @property
    def filings(self) -> int:
        """Give how many filings it holds."""
        return self.manifest.counts.get(_FILINGS, 0) if self.manifest else 0

    @property
    def size(self) -> int:
        """Give its size in bytes, shared scans and photos included."""
        return self.manifest.size if self.manifest else 0


def list_backups(place: Path) -> tuple[BackupBrief, ...]:
    """List the backups of a place, newest first."""
    if not place.is_dir():
        return ()
    folders = [folder for folder in place.iterdir() if folder.is_dir() and _is_backup(folder)]
    briefs = [_brief(folder) for folder in folders]
    return tuple(sorted(briefs, key=lambda brief: (brief.made_at, brief.folder.name), reverse=True))


def thin(place: Path, now: datetime) -> frozenset[str]:
    """Take away the backups that others of the same day, week or month stand for; gives their names."""
    briefs = list_backups(place)
    ages = [
        BackupAge(name=one.folder.name, made_at=one.made_at.astimezone(now.tzinfo), is_good=one.is_good)
        for one in briefs
    ]
    dropped = superfluous(ages, now.date())
    for name in dropped:
        # Renamed first: one that is half gone must not pass for a backup.
        gone = (place / name).rename(place / f"{name}{PARTIAL}")
        shutil.rmtree(gone, ignore_errors=True)
    if dropped:
        _drop_objects(place)
    return dropped


@contextmanager
def told_of_place(place: Path) -> Iterator[None]:
    """Turn the system's troubles with a place of backups into ``ClerkError`` that name it."""
    try:
        yield
    except OSError as error:
        code = _TROUBLES.get(error.errno or 0, "place_unusable")
        raise ClerkError(code, path=str(place), why=error.strerror or str(error)) from error


def _is_backup(folder: Path) -> bool:
    return folder.name[:1].isdigit() and folder.suffix != PARTIAL


def _brief(folder: Path) -> BackupBrief:
    try:
        manifest = read_manifest(folder)
    except ClerkError as error:
        when = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
        return BackupBrief(folder=folder, made_at=when, manifest=None, drill=None, fault=error.code)
    return BackupBrief(folder=folder, made_at=manifest.made_at, manifest=manifest, drill=read_drill(folder))


def _drop_objects(place: Path) -> None:
    """Take away scans and photos of no remaining backup; nothing while one of them cannot be read."""
    needed: set[str] = set()
    for brief in list_backups(place):
        try:
            needed.update(one.sha256 for one in read_objects(brief.folder))
        except ClerkError:
            return
    for file in (place / OBJECTS_NAME).glob("*/*"):
        if file.name not in needed:
            file.unlink()
