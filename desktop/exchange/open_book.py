"""Opening a workbook to write: rows leave the memory at once, and nothing stays open when something fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xlsxwriter import Workbook

# What somebody typed never becomes a formula or a link.
_PLAIN: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@contextmanager
def open_book(file: Path, *, keeps_rows: bool = False) -> Iterator[Workbook]:
    """Open a workbook and write it when the block ends well; raises ``OSError``.

    ``keeps_rows`` is for small ones with charts, which hold a copy of the cells they draw.  What is written so far lies
    in a folder of its own, which is gone when this returns or raises.
    """
    # Loading it takes longer than opening the window may.
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with TemporaryDirectory(prefix="export-", ignore_cleanup_errors=True) as scratch:
        book = Workbook(str(file), {"constant_memory": not keeps_rows, "tmpdir": scratch, **_PLAIN})
        try:
            yield book
        except BaseException:
            _let_go(book)
            raise
        try:
            book.close()
        except FileCreateError as error:
            _let_go(book)
            cause = error.args[0] if error.args else error
            raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


def _let_go(book: Workbook) -> None:
    # Without this the rows written so far would stay open, and on Windows could not be removed.
    book.fileclosed = True
    for sheet in book.worksheets():
        if sheet.row_data_fh is not None:
            sheet._opt_close()
