"""Looking whether a backup can be restored: every hash first, then the restore itself in a scratch folder."""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path

from desktop.domain.errors import ClerkError
from desktop.domain.progress import Progress
from desktop.models.durable import copy_durably, sha256_of
from desktop.models.key_slots import LedgerSecret
from desktop.models.ledger_file import contents_of, faults_of
from desktop.models.ledger_key import LEDGER_NAME, KeyFile
from desktop.models.migrating import HEAD
from desktop.models.read_only import reading_only
from desktop.services.backup_manifest import (
    OBJECTS_LIST,
    Manifest,
    StoredFile,
    object_file,
    read_manifest,
    read_objects,
)
from desktop.services.chain import Chain
from desktop.services.chain_walk import walk


def whole_manifest(backup: Path, progress: Progress) -> Manifest:
    """Read a backup's account and hash every file it names.

    Raises ``ClerkError``: not_a_backup, backup_newer, backup_torn with the file at fault, backup_unreadable.
    """
    manifest = read_manifest(backup)
    for file in manifest.files:
        _check_file(backup, backup / file.path, file, partial(progress.step, 0, manifest.object_count + 1))
    objects = read_objects(backup)
    for done, one in enumerate(objects, 1):
        stored = object_file(backup.parent, one.sha256)
        _check_file(backup, stored, one, partial(progress.step, done, len(objects) + 1))
    return manifest


def drop_torn_objects(backup: Path) -> None:
    """Take away scans and photos of a backup that are no longer what they were, so that the next stores them anew."""
    for one in read_objects(backup):
        stored = object_file(backup.parent, one.sha256)
        if stored.exists() and sha256_of(stored) != one.sha256:
            stored.unlink()


def unpack(backup: Path, manifest: Manifest, target: Path, progress: Progress) -> None:
    """Lay a backup out in a fresh folder as a data folder is; each file is checked once more while it is copied."""
    parts = [(backup / file.path, file) for file in manifest.files if file.path != OBJECTS_LIST]
    parts += [(object_file(backup.parent, one.sha256), one) for one in read_objects(backup)]
    for done, (source, stored) in enumerate(parts, 1):
        copy = target / stored.path
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        step = partial(progress.step, done, len(parts))
        if copy_durably(source, copy, step) != stored.sha256:
            raise ClerkError("backup_torn", path=str(backup), file=stored.path, why="hash")


def check_unpacked(folder: Path, manifest: Manifest, secret: LedgerSecret) -> None:
    """Open a ledger that was laid out and compare it with its account.

    Raises ``ClerkError``: backup_foreign when the keys are not its own, backup_damaged when pages are, backup_differs
    when counts or the end of the audit chain are others than when it was made.
    """
    ledger = folder / LEDGER_NAME
    key = secret.ledger_key if manifest.is_encrypted else None
    try:
        contents = contents_of(ledger, key)
    except ClerkError as error:
        code = "backup_foreign" if manifest.is_encrypted else "backup_damaged"
        raise ClerkError(code, path=str(folder), why=str(error.details.get("why", ""))) from error
    faults = faults_of(ledger, key)
    if faults:
        raise ClerkError("backup_damaged", path=str(folder), why="; ".join(faults))
    differing = [name for name, count in manifest.counts.items() if contents.counts.get(name) != count]
    if differing or contents.counts.keys() != manifest.counts.keys():
        raise ClerkError("backup_differs", path=str(folder), why=", ".join(differing))
    if (contents.chain_count, contents.chain_mac) != (manifest.chain_count, manifest.chain_mac):
        raise ClerkError("backup_differs", path=str(folder), why="audit_head")


def drill(backup: Path, secret: LedgerSecret, progress: Progress) -> Manifest:
    """Restore a backup into a scratch folder beside it, check everything and throw the scratch away.

    Raises as ``whole_manifest`` and ``check_unpacked``.
    """
    manifest = whole_manifest(backup, progress)
    if KeyFile.read(backup).owner != manifest.owner:
        raise ClerkError("backup_foreign", path=str(backup), why="owner")
    scratch = Path(tempfile.mkdtemp(prefix="drill-", suffix=".partial", dir=backup.parent))
    try:
        unpack(backup, manifest, scratch, progress)
        check_unpacked(scratch, manifest, secret)
        _check_chain(scratch, manifest, secret)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return manifest


def _check_chain(folder: Path, manifest: Manifest, secret: LedgerSecret) -> None:
    """Follow the audit chain link by link; a break in it was copied with the ledger, so the ledger has it as well."""
    if manifest.schema != HEAD:
        return  # an older schema has no chain yet
    key = secret.ledger_key if manifest.is_encrypted else None
    with reading_only(folder / LEDGER_NAME, key=key) as session:
        broken = walk(session, Chain(secret.audit_key)).broken
    if broken is not None:
        raise ClerkError("backup_chain_broken", path=str(folder), why=broken.sentence)


def _check_file(backup: Path, file: Path, expected: StoredFile, step: partial[None]) -> None:
    step()
    try:
        if not file.exists():
            raise ClerkError("backup_torn", path=str(backup), file=expected.path, why="missing")
        if file.stat().st_size != expected.size:
            raise ClerkError("backup_torn", path=str(backup), file=expected.path, why="size")
        if sha256_of(file, step) != expected.sha256:
            raise ClerkError("backup_torn", path=str(backup), file=expected.path, why="hash")
    except OSError as error:
        why = error.strerror or str(error)
        raise ClerkError("backup_unreadable", path=str(backup), file=expected.path, why=why) from error
