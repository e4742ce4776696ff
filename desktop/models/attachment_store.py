"""The bytes of attachments, outside the database: under the hash of their content, never under a name.

A file is written under a passing name, forced to the disk and renamed before the row that speaks of it is committed.
A mark beside it says that its row is still to come or is about to go; whoever opens the store next looks after marks,
so that a power cut leaves neither a row without bytes nor bytes that nobody knows.
With a key the bytes are sealed (AES-256-GCM) and the name is a keyed hash, which betrays no content either.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import secrets
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.domain.errors import ClerkError
from desktop.domain.progress import SILENT, Progress
from desktop.models.durable import sync_folder, write_durably

FOLDER_NAME: Final = "attachments"
_SEALED: Final = b"SWRA\x01"
_NONCE: Final = 12
_NAME_LENGTH: Final = 64
_PASSING: Final = ".new"
_MARK: Final = ".mark"
_TROUBLES: Final = {
    errno.ENOSPC: "disk_full",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EROFS: "read_only",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What looking after the store found: files taken away, and files that no row speaks of but that stay."""

    removed: int
    unknown: int


class AttachmentStore:
    """One folder of contents; hold ``lock`` from storing until the row is committed, and while taking away."""

    def __init__(self, folder: Path, *, key: bytes | None = None) -> None:
        self.folder = folder
        self.lock = RLock()
        self._key = key
        self._names = _derived(key, b"names") if key else b""
        self._cipher = AESGCM(_derived(key, b"bytes")) if key else None

    def file_of(self, sha256: str) -> Path:
        """Give where a content lies."""
        name = self._name_of(sha256)
        return self.folder / name[:2] / name

    def put(self, data: bytes) -> str:
        """Store a content and give its SHA-256; what is stored already is not stored again.

        A mark stays until ``settle``.  Raises ``ClerkError``: disk_full, read_only, disk_trouble.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        file = self.file_of(sha256)
        with self._told():
            if not self._holds(sha256):
                _make_folder(file.parent)
                _mark_of(file).touch(mode=0o600)
                self._keep(sha256, data)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Give a content; raises ``ClerkError``: attachment_missing, attachment_changed, disk_trouble."""
        file = self.file_of(sha256)
        with self._told():
            try:
                stored = file.read_bytes()
            except FileNotFoundError as error:
                raise ClerkError("attachment_missing", sha256=sha256) from error
        data = self._opened(stored, file.name)
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            raise ClerkError("attachment_changed", sha256=sha256)
        return data

    def mark(self, sha256: str) -> None:
        """Note that the rows of a content are about to go, so that a power cut does not leave its bytes behind."""
        file = self.file_of(sha256)
        with self._told():
            if file.exists():
                _mark_of(file).touch(mode=0o600)
                sync_folder(file.parent)

    def settle(self, sha256: str, *, is_needed: bool) -> None:
        """Take the mark away, and the bytes with it when no row needs them any more."""
        file = self.file_of(sha256)
        with self._told():
            if not is_needed:
                file.unlink(missing_ok=True)
                if file.parent.exists():
                    sync_folder(file.parent)
            _mark_of(file).unlink(missing_ok=True)

    def sweep(self, known: Collection[str]) -> Swept:
        """Look after what an interruption left; ``known`` are the hashes that rows speak of.

        Marked files that no row speaks of are taken away, and so are passing names; with a key, files that are not
        sealed yet are sealed.  Other files that no row speaks of stay: they may belong to a newer ledger that was
        replaced from a backup.
        """
        with self.lock, self._told():
            if not self.folder.exists():
                return Swept(removed=0, unknown=0)
            for passing in self.folder.glob(f"??/*{_PASSING}"):
                passing.unlink()
            names = {self._name_of(sha256) for sha256 in known}
            marks = list(self.folder.glob(f"??/*{_MARK}"))
            # A content that still lies open bears its plain hash.
            removed = sum(self._look_after(mark, names.union(known)) for mark in marks)
            if self._cipher is not None:
                open_store = AttachmentStore(self.folder)
                open_store._move_to(self, list(open_store._own_files()), SILENT)
            return Swept(removed=removed, unknown=sum(file.name not in names for file in self._files()))

    def encrypt_all(self, key: bytes | None, progress: Progress = SILENT) -> None:
        """Move every content under another key, and work with that from now on.

        To be called when the ledger has the key already: what an interruption leaves in the old form is moved by the
        ``sweep`` of the next opening.  Raises ``ClerkError``: disk_full, read_only, disk_trouble; ``Cancelled``.
        """
        other = AttachmentStore(self.folder, key=key)
        with self.lock, self._told():
            self._move_to(other, list(self._own_files()), progress)
            self._key, self._names, self._cipher = other._key, other._names, other._cipher

    def _move_to(self, other: AttachmentStore, files: Sequence[Path], progress: Progress) -> None:
        for done, file in enumerate(files, 1):
            data = self._opened(file.read_bytes(), file.name)
            if data is not None:
                # A content that was changed stays under the hash it should have, so that it is named when looked at.
                sha256 = file.name if self._cipher is None else hashlib.sha256(data).hexdigest()
                other._keep(sha256, data)
                file.unlink()
            progress.step(done, len(files))

    def _keep(self, sha256: str, data: bytes) -> None:
        file = self.file_of(sha256)
        _make_folder(file.parent)
        write_durably(file, self._sealed(data, file.name))

    def _own_files(self) -> Iterator[Path]:
        """List the files of this store among those of another that lie in the same folder."""
        for file in self._files():
            is_sealed = _head(file) == _SEALED
            if self._cipher is None:
                is_own = not is_sealed
            else:
                is_own = is_sealed and self._opened(file.read_bytes(), file.name) is not None
            if is_own:
                yield file

    def _look_after(self, mark: Path, names: Collection[str]) -> bool:
        file = mark.with_suffix("")
        is_orphan = file.name not in names and file.exists()
        if is_orphan:
            file.unlink()
        mark.unlink()
        return is_orphan

    def _files(self) -> Iterator[Path]:
        return (file for file in sorted(self.folder.glob("??/*")) if len(file.name) == _NAME_LENGTH)

    def _holds(self, sha256: str) -> bool:
        """Say whether a content is there whole; bytes that were changed are written anew."""
        try:
            self.get(sha256)
        except ClerkError as error:
            if error.code in ("attachment_missing", "attachment_changed"):
                return False
            raise
        return True

    def _name_of(self, sha256: str) -> str:
        return hmac.new(self._names, sha256.encode(), hashlib.sha256).hexdigest() if self._names else sha256

    def _sealed(self, data: bytes, name: str) -> bytes:
        if self._cipher is None:
            return data
        nonce = secrets.token_bytes(_NONCE)
        # The name is sealed with the bytes: a file put under the name of another does not pass.
        return _SEALED + nonce + self._cipher.encrypt(nonce, data, name.encode())

    def _opened(self, stored: bytes, name: str) -> bytes | None:
        if self._cipher is None:
            return stored
        start = len(_SEALED)
        try:
            return self._cipher.decrypt(stored[start : start + _NONCE], stored[start + _NONCE :], name.encode())
        except (InvalidTag, ValueError):
            return None

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            code = _TROUBLES.get(error.errno or 0, "disk_trouble")
            raise ClerkError(code, path=str(self.folder), why=error.strerror or str(error)) from error


def _derived(key: bytes, use: bytes) -> bytes:
    return hmac.new(key, b"small-works attachments " + use, hashlib.sha256).digest()


def _mark_of(file: Path) -> Path:
    return file.with_name(file.name + _MARK)


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(len(_SEALED))


def _make_folder(folder: Path) -> None:
    # Personal data: nobody else on this computer reads it.
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
