"""Files that are there whole after a power cut, or not at all."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

PRIVATE: Final = 0o600
_BLOCK: Final = 1 << 20


def write_durably(file: Path, content: bytes) -> None:
    """Replace a file at one stroke by one that only its owner reads; raises ``OSError``, the old one stays then."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(handle, "wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    move_durably(fresh, file)


def move_durably(source: Path, target: Path) -> None:
    """Give a file or folder another name on the same disk, replacing a file that bears it."""
    source.replace(target)
    sync_folder(target.parent)
    if source.parent != target.parent:
        sync_folder(source.parent)


def sync_file(file: Path) -> None:
    """Wait until the content of a file is on the disk."""
    # Windows flushes only what was opened for writing.
    with file.open("r+b") as opened:
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; Windows does so by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copy_durably(source: Path, target: Path, each_block: Callable[[], None] = lambda: None) -> str:
    """Copy a file to a new name and give the SHA-256 of its content; ``each_block`` may raise to give up."""
    digest = hashlib.sha256()
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    with source.open("rb") as read, os.fdopen(handle, "wb") as written:
        while block := read.read(_BLOCK):
            each_block()
            digest.update(block)
            written.write(block)
        written.flush()
        os.fsync(written.fileno())
    return digest.hexdigest()


def sha256_of(file: Path, each_block: Callable[[], None] = lambda: None) -> str:
    """Give the SHA-256 of a file; ``each_block`` may raise to give up."""
    digest = hashlib.sha256()
    with file.open("rb") as read:
        while block := read.read(_BLOCK):
            each_block()
            digest.update(block)
    return digest.hexdigest()
