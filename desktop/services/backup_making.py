"""Making one backup: a dated folder that appears whole or not at all; scans and photos are copied once."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from desktop.domain.errors import ClerkError
from desktop.domain.progress import Progress
from desktop.models.attachment_store import FOLDER_NAME as ATTACHMENTS
from desktop.models.database import Database
from desktop.models.durable import copy_durably, move_durably, sha256_of, sync_file, sync_folder
from desktop.models.ledger_file import Contents, contents_of, settle_copy
from desktop.models.ledger_key import KEY_NAME, LEDGER_NAME, KeyFile
from desktop.services.backup_manifest import Cause, Manifest, StoredFile, keep_objects, object_file, read_objects

PARTIAL: Final = ".partial"
_STAMP: Final = "%Y-%m-%dT%H-%M-%S"
_PASSING: Final = (".part", ".mark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a backup is to be of, and where it goes."""

    place: Path
    data_folder: Path
    office_code: str
    cause: Cause
    at: datetime


def make_backup(database: Database, wanted: Wanted, progress: Progress) -> Path:
    """Make one backup and give its folder.

    Raises ``ClerkError``: disk_full, read_only, folder_unusable, disk_trouble, not_a_database; ``Cancelled``.  Nothing
    but what an earlier backup shares is left behind then.
    """
    place = wanted.place
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial_folder = place / f"{_free_name(place, wanted.at)}{PARTIAL}"
    partial_folder.mkdir(mode=0o700)
    try:
        ledger, contents = _copy_ledger(database, partial_folder, progress)
        key_file = _copy_key(wanted.data_folder, partial_folder)
        objects = tuple(_copy_objects(wanted, progress))
        keys = KeyFile.read(partial_folder)
        Manifest(
            made_at=wanted.at,
            cause=wanted.cause,
            program=program_version(),
            schema=contents.schema,
            office_code=wanted.office_code,
            owner=keys.owner,
            is_encrypted=database.key is not None,
            counts=contents.counts,
            chain_count=contents.chain_count,
            chain_mac=contents.chain_mac,
            state=state_of(contents),
            files=(ledger, key_file, keep_objects(partial_folder, objects)),
            object_count=len(objects),
            object_size=sum(one.size for one in objects),
        ).keep(partial_folder)
        finished = partial_folder.with_suffix("")
        move_durably(partial_folder, finished)
    except BaseException:
        shutil.rmtree(partial_folder, ignore_errors=True)
        raise
    return finished


def state_of(contents: Contents) -> str:
    """Give a mark that changes with every recorded act and every row more or less."""
    counts = sorted(contents.counts.items())
    return hashlib.sha256(repr((contents.chain_count, contents.chain_mac, counts)).encode()).hexdigest()


def program_version() -> str:
    """Give the version of this program."""
    try:
        return version("small-works-registry")
    except PackageNotFoundError:
        return ""


def sweep_partials(place: Path) -> None:
    """Take away what a backup left that was cut off."""
    for leftover in place.glob(f"*{PARTIAL}"):
        shutil.rmtree(leftover, ignore_errors=True)


def _free_name(place: Path, at: datetime) -> str:
    stamp = at.astimezone().strftime(_STAMP)
    names = (stamp, *(f"{stamp}-{count}" for count in range(2, 1000)))
    return next(name for name in names if not any((place / f"{name}{end}").exists() for end in ("", PARTIAL)))


def _copy_ledger(database: Database, folder: Path, progress: Progress) -> tuple[StoredFile, Contents]:
    copy = folder / LEDGER_NAME
    copy.touch(mode=0o600)
    database.copy_to(copy, progress)
    settle_copy(copy, database.key)
    sync_file(copy)
    contents = contents_of(copy, database.key)
    return StoredFile(path=LEDGER_NAME, size=copy.stat().st_size, sha256=sha256_of(copy)), contents


def _copy_key(data_folder: Path, folder: Path) -> StoredFile:
    source, copy = data_folder / KEY_NAME, folder / KEY_NAME
    if not source.exists():
        raise ClerkError("key_missing", path=str(data_folder))
    sha256 = copy_durably(source, copy)
    return StoredFile(path=KEY_NAME, size=copy.stat().st_size, sha256=sha256)


def _copy_objects(wanted: Wanted, progress: Progress) -> Iterator[StoredFile]:
    """Copy what the place does not hold yet; a file that is as the last backup saw it is not read again."""
    known = _known_objects(wanted.place)
    files = sorted(_attachments(wanted.data_folder))
    for done, file in enumerate(files, 1):
        step = partial(progress.step, done, len(files))
        step()
        path = file.relative_to(wanted.data_folder).as_posix()
        try:
            found = file.stat()
            before = known.get((path, found.st_size, found.st_mtime_ns))
            sha256 = before or sha256_of(file, step)
            _store(file, object_file(wanted.place, sha256), sha256)
        except FileNotFoundError:
            continue  # its keeping time ended meanwhile: the copied ledger may still name it, the drill says so
        yield StoredFile(path=path, size=found.st_size, sha256=sha256, changed_ns=found.st_mtime_ns)


def _store(file: Path, target: Path, sha256: str) -> None:
    if target.exists() and target.stat().st_size == file.stat().st_size:
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.new")
    if copy_durably(file, fresh) != sha256:
        fresh.unlink()
        raise ClerkError("disk_trouble", path=str(target.parent), why="the copy differs")
    move_durably(fresh, target)
    sync_folder(target.parent.parent)


def _known_objects(place: Path) -> dict[tuple[str, int, int], str]:
    for folder in sorted(place.glob("[0-9]*"), reverse=True):
        with suppress(ClerkError):
            return {(one.path, one.size, one.changed_ns): one.sha256 for one in read_objects(folder)}
    return {}


def _attachments(data_folder: Path) -> Iterator[Path]:
    root = data_folder / ATTACHMENTS
    return (file for file in root.rglob("*") if file.is_file() and file.suffix not in _PASSING)
