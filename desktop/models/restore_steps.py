"""Putting a restored ledger in the place of the present one: a list of moves that can be cut off and gone on with.

The restored files lie whole in a folder beside; a note says so.  From then on every opening of the data folder first
finishes the moves, so that a crash leaves either the present ledger or the restored one, never half of each.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Final

from desktop.models.attachment_store import FOLDER_NAME as ATTACHMENTS
from desktop.models.durable import move_durably, sync_folder, write_durably
from desktop.models.ledger_key import KEY_NAME, LEDGER_NAME

NOTE_NAME: Final = "restore.json"
STAGED_NAME: Final = "restore.partial"
ANCHOR_NAME: Final = "ledger.head"
# The log of the present ledger goes first: it must never meet the restored file.
_PUT_ASIDE: Final = (f"{LEDGER_NAME}-wal", f"{LEDGER_NAME}-shm", f"{LEDGER_NAME}-journal", ANCHOR_NAME)
_EXCHANGED: Final = (LEDGER_NAME, KEY_NAME, ATTACHMENTS)


def is_restore_ready(folder: Path) -> bool:
    """Say whether a restored ledger waits to take the place of the present one."""
    return (folder / NOTE_NAME).exists()


def get_ready(folder: Path, aside: str) -> None:
    """Note that the staged ledger is whole; the next ``finish_restore`` puts it in place.

    ``aside`` is what the folder of the former ledger is to be called, with a count where that is taken.
    """
    # With nothing to restore an empty folder stands in: what is still staged is what is still to be exchanged.
    (folder / STAGED_NAME / ATTACHMENTS).mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder / STAGED_NAME)
    names = (aside, *(f"{aside}-{count}" for count in range(2, 1000)))
    free = next(name for name in names if not (folder / name).exists())
    write_durably(folder / NOTE_NAME, json.dumps({"aside": free}).encode())


def finish_restore(folder: Path) -> Path | None:
    """Do the moves that are still to be done; gives the folder with the former ledger, None when nothing waited.

    Called only while no database is open and the folder is locked.
    """
    note, staged = folder / NOTE_NAME, folder / STAGED_NAME
    if not (note.exists() and staged.exists()):
        # One that was cut off before it was whole is worth nothing, and a note alone moves nothing.
        note.unlink(missing_ok=True)
        shutil.rmtree(staged, ignore_errors=True)
        return None
    aside = folder / str(json.loads(note.read_bytes())["aside"])
    aside.mkdir(mode=0o700, exist_ok=True)
    for name in _PUT_ASIDE:
        _move(folder / name, aside / name)
    for name in _EXCHANGED:
        if (staged / name).exists():
            _move(folder / name, aside / name)
            _move(staged / name, folder / name)
    note.unlink()
    sync_folder(folder)
    shutil.rmtree(staged, ignore_errors=True)
    return aside


def _move(source: Path, target: Path) -> None:
    if source.exists():
        move_durably(source, target)
