"""The encrypted ledger against the plain one and against columns sealed one by one; run as a module."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import insert
from sqlcipher3 import dbapi2

from benchmarks.invented import Invented, filings
from benchmarks.reference_ledger import OFFICE, filing_row, number_of, search_row
from desktop.domain.ledger import LedgerCriteria
from desktop.models.filing import Filing, FilingNumber
from desktop.models.ledger_key import Unlock
from desktop.models.search_index import FILING_SEARCH
from desktop.services.desk import LEDGER_NAME, Desk, open_desk

COUNT: Final = 5_000
PASSPHRASE: Final = "河湾路口有三棵老榕树一九八"
PAGE: Final = 100
_BATCH: Final = 1_000
_SEALED: Final = ("owner", "contractor", "phone", "id_number", "project", "room")


def main() -> None:
    """Build, measure, print."""
    print(f"{COUNT:,} filings, median ms of 15")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        desk = open_desk(path)
        _fill(desk)
        _print("plain ledger", path / LEDGER_NAME, _desk_figures(desk, path, Unlock()))
        desk = open_desk(path)
        began = time.perf_counter()
        desk.protecting.protect(PASSPHRASE)
        print(f"protecting took {(time.perf_counter() - began) * 1e3:.0f} ms")
        _print("SQLCipher", path / LEDGER_NAME, _desk_figures(desk, path, Unlock(passphrase=PASSPHRASE)))
        columns = Columns(path / "columns.db")
        _print("sealed columns, blind index", path / "columns.db", columns.figures())


def _fill(desk: Desk) -> None:
    desk.office.set_up(OFFICE)
    rows = filings(COUNT)
    with desk.database.writing() as session:
        while batch := list(itertools.islice(rows, _BATCH)):
            session.execute(insert(Filing), [filing_row(one) for one in batch])
            numbers = [{"number": number_of(one), "filing_id": one.serial} for one in batch]
            session.execute(insert(FilingNumber), numbers)
            session.execute(insert(FILING_SEARCH), [search_row(one) for one in batch])


def _desk_figures(desk: Desk, folder: Path, unlock: Unlock) -> dict[str, float]:
    page = desk.ledger.ids(LedgerCriteria())[:PAGE]
    found = {
        "page of 100": _timed(lambda: desk.ledger.page(page)),
        "search by name": _timed(lambda: desk.ledger.ids(LedgerCriteria(text="明远"))),
        "save": _timed(lambda: desk.office.set_up(OFFICE)),
    }
    desk.close()
    found["open"] = _timed(lambda: open_desk(folder, unlock=unlock).close())
    return found


class Columns:
    """Filings with six sealed columns, and keyed hashes of every one and two characters to look them up by."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._cipher, self._blind = AESGCM(os.urandom(32)), os.urandom(32)
        self._serial = COUNT
        self._connection = dbapi2.connect(file, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        sealed = ", ".join(f"{name} BLOB" for name in _SEALED)
        self._connection.execute(f"CREATE TABLE f (id INTEGER PRIMARY KEY, number TEXT, status TEXT, {sealed})")
        self._connection.execute("CREATE TABLE token (hash BLOB, id INTEGER, PRIMARY KEY (hash, id)) WITHOUT ROWID")
        self._connection.execute("BEGIN")
        for one in filings(COUNT):
            self._add(one, one.serial)
        self._connection.execute("COMMIT")

    def figures(self) -> dict[str, float]:
        """Measure what the ledger page and the window do."""
        sample = next(filings(1))
        dice = random.Random(7)
        found = {
            "page of 100": _timed(lambda: self._page(dice.randrange(COUNT - PAGE))),
            "search by name": _timed(lambda: self._search("明远")),
            "save": _timed(lambda: self._save(sample)),
        }
        self._connection.close()
        found["open"] = _timed(lambda: dbapi2.connect(self._file).close())
        return found

    def _page(self, start: int) -> list[list[str]]:
        asked = f"SELECT {', '.join(_SEALED)} FROM f WHERE id > ? ORDER BY id LIMIT {PAGE}"
        return [[self._open(cell) for cell in row] for row in self._connection.execute(asked, (start,))]

    def _search(self, text: str) -> list[int]:
        return [row[0] for row in self._connection.execute("SELECT id FROM token WHERE hash = ?", (self._hash(text),))]

    def _save(self, one: Invented) -> None:
        self._serial += 1
        self._connection.execute("BEGIN IMMEDIATE")
        self._add(one, self._serial)
        self._connection.execute("COMMIT")

    def _add(self, one: Invented, serial: int) -> None:
        texts = [str(getattr(one, name)) for name in _SEALED]
        marks = ", ".join("?" * (3 + len(texts)))
        values: list[Any] = [serial, number_of(one), one.status, *(self._seal(text) for text in texts)]
        self._connection.execute(f"INSERT INTO f VALUES ({marks})", values)
        tokens = {token for text in texts for token in _tokens(text)}
        self._connection.executemany("INSERT INTO token VALUES (?, ?)", [(self._hash(one), serial) for one in tokens])

    def _seal(self, text: str) -> bytes:
        nonce = os.urandom(12)
        return nonce + self._cipher.encrypt(nonce, text.encode(), None)

    def _open(self, cell: bytes) -> str:
        return self._cipher.decrypt(cell[:12], cell[12:], None).decode()

    def _hash(self, token: str) -> bytes:
        return hmac.new(self._blind, token.encode(), hashlib.sha256).digest()[:12]


def _tokens(text: str) -> Iterator[str]:
    yield from text
    yield from (left + right for left, right in itertools.pairwise(text))


def _timed(call: Callable[[], object]) -> float:
    def once() -> float:
        began = time.perf_counter()
        call()
        return (time.perf_counter() - began) * 1e3

    return median(once() for _ in range(15))


def _print(title: str, file: Path, figures: dict[str, float]) -> None:
    with closing(dbapi2.connect(file)):
        size = sum(part.stat().st_size for part in file.parent.glob(f"{file.name}*"))
    shown = ", ".join(f"{name} {figure:.2f}" for name, figure in figures.items())
    print(f"{title}: {shown}, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
