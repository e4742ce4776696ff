"""What a backup says about itself: when, of what, and the hash of every file, so that a torn one does not pass."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any, Final

from desktop.domain.errors import ClerkError
from desktop.models.durable import write_durably
from desktop.models.ledger_key import KEY_NAME, LEDGER_NAME

MANIFEST_NAME: Final = "manifest.json"
OBJECTS_NAME: Final = "objects"
OBJECTS_LIST: Final = "objects.json"
DRILL_NAME: Final = "drill.json"
FORMAT: Final = 1
_LEADING_OUT: Final = re.compile(r"[\\:\0]")  # of Windows: another folder or another drive
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_ALWAYS: Final = frozenset({LEDGER_NAME, KEY_NAME, OBJECTS_LIST})


class Cause(StrEnum):
    """Why a backup was made; each value is stored."""

    AUTOMATIC = "automatic"
    BY_HAND = "by_hand"
    AT_CLOSING = "at_closing"
    BEFORE_MIGRATION = "before_migration"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One file of a backup: where it lies in the data folder, its size in bytes and the SHA-256 of its content."""

    path: str
    size: int
    sha256: str
    changed_ns: int = 0  # when the file was last written, by which an unchanged one is known again

    def __post_init__(self) -> None:
        # What a stick brings is not to be trusted: a name must not lead out of the folder it is laid out in.
        parts = PurePosixPath(self.path).parts
        if not parts or _LEADING_OUT.search(self.path) or ".." in parts or parts[0] == "/":
            raise ValueError(f"not a path inside: {self.path!r}")
        if not _SHA256.fullmatch(self.sha256):
            raise ValueError("not a SHA-256")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A backup's own account; ``files`` lie in its folder, the objects they list in the place's shared store."""

    made_at: datetime
    cause: Cause
    program: str
    schema: str
    office_code: str
    owner: str
    is_encrypted: bool
    counts: Mapping[str, int]
    chain_count: int
    chain_mac: str
    state: str  # changes whenever the ledger's content does
    files: tuple[StoredFile, ...]
    object_count: int
    object_size: int  # bytes

    @property
    def size(self) -> int:
        """Give the size of everything that belongs to the backup, in bytes."""
        return sum(file.size for file in self.files) + self.object_size

    def keep(self, folder: Path) -> None:
        """Write the account into the folder of the backup."""
        plain = {"format": FORMAT, **asdict(self), "made_at": self.made_at.isoformat()}
        write_durably(folder / MANIFEST_NAME, json.dumps(plain, indent=1).encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """What restoring a backup into a scratch folder showed; ``fault`` is the code of a trouble, empty when all held."""

    at: datetime
    fault: str = ""
    why: str = ""

    @property
    def is_passed(self) -> bool:
        """Say whether the backup can be restored."""
        return not self.fault

    def keep(self, folder: Path) -> None:
        """Write the result beside the backup's account."""
        plain = {"at": self.at.isoformat(), "fault": self.fault, "why": self.why}
        write_durably(folder / DRILL_NAME, json.dumps(plain, indent=1).encode())


def read_manifest(folder: Path) -> Manifest:
    """Read a backup's account; raises ``ClerkError``: not_a_backup, backup_torn, backup_newer."""
    try:
        plain = json.loads((folder / MANIFEST_NAME).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise ClerkError("not_a_backup", path=str(folder)) from None
    except (ValueError, OSError) as error:
        raise ClerkError("backup_torn", path=str(folder), file=MANIFEST_NAME, why=type(error).__name__) from error
    try:
        if plain.pop("format") > FORMAT:
            raise ClerkError("backup_newer", path=str(folder))
        return _manifest(plain)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ClerkError("backup_torn", path=str(folder), file=MANIFEST_NAME, why=type(error).__name__) from error


def keep_objects(folder: Path, objects: Iterable[StoredFile]) -> StoredFile:
    """Write the list of scans and photos of a backup, and give the list as one of its files."""
    content = json.dumps([asdict(one) for one in objects]).encode()
    write_durably(folder / OBJECTS_LIST, content)
    return StoredFile(path=OBJECTS_LIST, size=len(content), sha256=hashlib.sha256(content).hexdigest())


def read_objects(folder: Path) -> tuple[StoredFile, ...]:
    """Read the list of scans and photos of a backup; raises ``ClerkError("backup_torn")``."""
    try:
        return tuple(StoredFile(**one) for one in json.loads((folder / OBJECTS_LIST).read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise ClerkError("backup_torn", path=str(folder), file=OBJECTS_LIST, why=type(error).__name__) from error


def read_drill(folder: Path) -> Drill | None:
    """Read the result of the last drill of a backup, None when there was none or its note is unreadable."""
    try:
        plain = json.loads((folder / DRILL_NAME).read_bytes())
        return Drill(at=datetime.fromisoformat(plain["at"]), fault=plain["fault"], why=plain["why"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def object_file(place: Path, sha256: str) -> Path:
    """Give where a place keeps a content."""
    return place / OBJECTS_NAME / sha256[:2] / sha256


def _manifest(plain: dict[str, Any]) -> Manifest:
    files = tuple(StoredFile(**file) for file in plain["files"])
    if {file.path for file in files} != _ALWAYS:
        raise ValueError("not the files of a backup")
    made_at, cause = datetime.fromisoformat(plain["made_at"]), Cause(plain["cause"])
    return Manifest(**{**plain, "made_at": made_at, "cause": cause, "files": files})
