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
        """Take the lock; raises ``ClerkError("already_open")``, ``OSError`` where no file can be made."""
        file = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(file)
        except OSError:
            os.close(file)
            raise ClerkError("already_open", path=str(folder)) from None
        self._file: int | None = file

    @property
    def is_held(self) -> bool:
        """Say whether the folder is still this program's."""
        return self._file is not None

    def release(self) -> None:
        """Let another program open the folder; a second call does nothing."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
