"""One program at a time on a data folder; the system drops the lock when the process dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop.domain.errors import ClerkError

LOCK_NAME = "ledger.lock"


class FolderLock:
    """Holds a data folder from the moment it is made until ``release``."""

    def __init__(self, folder: Path) -> None:
        """Take the lock; raises ``ClerkError``: already_open, or folder_unusable when no file can be made there."""
        self._file = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._file)
        except OSError:
            os.close(self._file)
            raise ClerkError("already_open", path=str(folder)) from None

    def release(self) -> None:
        """Let another program open the folder."""
        os.close(self._file)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
