"""Knowing at the next opening whether the ledger is what it was: a note beside it of where its chain ended.

The note is written after every commit, so it never knows of more than the disk holds: a ledger that knows of less has
lost its newest acts, as when its write-ahead log was cut short.  At an orderly closing the note also takes down the
file's size and time; while both still hold, the long look at every page is left out.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.domain.errors import ClerkError
from desktop.models.database import Database
from desktop.models.durable import PRIVATE
from desktop.models.ledger_file import contents_of, faults_of
from desktop.models.record import AuditHead
from desktop.models.restore_steps import ANCHOR_NAME
from desktop.services.chain import HEAD_ID, Chain

# Always the same length: one write replaces the whole note.
_LENGTH: Final = 512


class Anchor:
    """The note of one data folder."""

    def __init__(self, folder: Path, chain: Chain, database: Database) -> None:
        self._file = folder / ANCHOR_NAME
        self._chain = chain
        self._database = database

    def check(self) -> None:
        """Look at the ledger before it is used.

        Raises ``ClerkError``: ledger_damaged with the pages at fault, ledger_shortened with how many acts are lost,
        not_a_database.
        """
        note, ledger = _read(self._file), self._database.file
        if note.get("closed") == _looks_of(ledger):
            return
        faults = faults_of(ledger, self._database.key, is_quick=True)
        if faults:
            raise ClerkError("ledger_damaged", path=str(ledger), why="; ".join(faults))
        known = _known(note, self._chain)
        if not known:
            return
        held = contents_of(ledger, self._database.key).chain_count
        if held < known:
            raise ClerkError("ledger_shortened", path=str(ledger), lost=known - held)

    def follow(self) -> None:
        """Keep the note up with every commit from now on."""
        self._database.committed = self._note_head
        self._note_head()

    def close(self) -> None:
        """Note an orderly closing, once the database is closed."""
        note = _read(self._file)
        if note:
            self._write({**note, "closed": _looks_of(self._database.file)})

    def _note_head(self, _session: Session | None = None) -> None:
        with self._database.reading(is_whole=True) as session:
            head = session.get(AuditHead, HEAD_ID)
        if head is not None:
            self._write({"count": head.count, "event_id": head.event_id, "mac": head.mac, "seal": head.seal})

    def _write(self, note: dict[str, Any]) -> None:
        if not self._file.exists():
            self._file.touch(mode=PRIVATE)
        with self._file.open("r+b", buffering=0) as opened:
            opened.write(json.dumps(note).encode().ljust(_LENGTH))


def noted_count(folder: Path, chain: Chain) -> int:
    """Give how many acts the note beside a ledger knows of; 0 when there is none, or none sealed by this ledger."""
    return _known(_read(folder / ANCHOR_NAME), chain)


def _known(note: dict[str, Any], chain: Chain) -> int:
    try:
        count, event_id, mac = int(note["count"]), int(note["event_id"]), str(note["mac"])
    except (KeyError, ValueError, TypeError):
        return 0
    return count if note.get("seal") == chain.seal(count, event_id, mac) else 0


def _read(file: Path) -> dict[str, Any]:
    try:
        plain = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}  # none yet, or cut off: every page is looked at then
    return plain if isinstance(plain, dict) else {}


def _looks_of(ledger: Path) -> list[int]:
    found = ledger.stat()
    logged = [file.stat().st_size for end in ("-wal", "-journal") if (file := Path(f"{ledger}{end}")).exists()]
    return [found.st_size, found.st_mtime_ns, sum(logged)]
