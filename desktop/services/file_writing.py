"""Writing a file of others whole or not at all."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.domain.errors import ClerkError
from desktop.models.durable import move_durably, sync_file


@contextmanager
def written_file(file: Path) -> Iterator[Path]:
    """Give a place beside ``file`` to write to; it becomes the file when the block ends well.

    Raises ``ClerkError``: cannot_save_file, disk_full; then, and when the block raises, nothing is left behind.
    """
    with passing_file(file) as fresh:
        yield fresh
        sync_file(fresh)
        move_durably(fresh, file)


@contextmanager
def passing_file(file: Path) -> Iterator[Path]:
    """Give a place beside ``file`` that is gone when the block ends, unless the block itself moved it away.

    Raises as ``written_file``.
    """
    fresh = file.with_name(f"{file.name}.part")
    try:
        yield fresh
    except OSError as error:
        code = "disk_full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "cannot_save_file"
        raise ClerkError(code, path=str(file), why=error.strerror or str(error)) from error
    finally:
        with suppress(NotADirectoryError):
            fresh.unlink(missing_ok=True)
