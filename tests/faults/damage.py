"""Damage to the files between two starts: torn pages, cut logs, cut backups.  It is found, named and put right."""

from __future__ import annotations

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.models.ledger_key import LEDGER_NAME, Unlock
from desktop.services.ledger_check import verify_folder
from desktop.services.restoring import backups_of, check_backup, restore
from tests.faults.forked import Forked, Say, answer_of
from tests.faults.ledger_checks import opened
from tests.faults.operations import register_one

PAGE: Final = 4096
_FILINGS: Final = 6
_AFTER_THE_BACKUP: Final = 2
# The words by which the program names a ledger that it will not work with, and a backup that it will not restore.
LEDGER_FAULTS: Final = frozenset({"not_a_database", "ledger_damaged", "ledger_shortened", "disk_trouble"})
BACKUP_FAULTS: Final = frozenset({"backup_torn", "backup_damaged", "backup_differs", "backup_foreign", "key_damaged"})


def survive_damage(folder: Path, *, trials: int, seed: int, told: Callable[[str], None]) -> Counter[str]:
    """Damage a ledger and its backup in every way again and again; gives counts of what came of it."""
    dice = random.Random(seed)
    killed, closed = folder / "killed", folder / "closed"
    _make_ledger_left_in_the_middle(killed)
    shutil.copytree(killed, closed)
    answer_of(lambda: opened(closed).close())
    counts: Counter[str] = Counter()
    for turn in range(trials):
        for name, whole, damage in (
            *((name, killed, damage) for name, damage in _LOG_DAMAGE),
            *((name, closed, damage) for name, damage in _LEDGER_DAMAGE),
        ):
            present = folder / f"{name}-{turn}"
            shutil.copytree(whole, present)
            damage(present, dice)
            outcome = answer_of(partial(_after_damage, present))
            _count(counts, name, outcome, told)
            shutil.rmtree(present)
        present = folder / f"backup-{turn}"
        shutil.copytree(closed, present)
        name, outcome = answer_of(partial(_after_backup_damage, present, dice.random()))
        _count(counts, name, outcome, told)
        shutil.rmtree(present)
    return counts


def _count(counts: Counter[str], name: str, outcome: str, told: Callable[[str], None]) -> None:
    counts[f"{name}: {outcome}"] += 1
    if outcome.startswith("FAULT"):
        told(f"{name}: {outcome}")


def _make_ledger_left_in_the_middle(data: Path) -> None:
    """A ledger with a backup, and newer acts that stand in its write-ahead log because the program was killed."""

    def work(say: Say) -> None:
        desk = opened(data)
        for ordinal in range(_FILINGS - _AFTER_THE_BACKUP):
            register_one(desk, f"early-{ordinal}")
        desk.backups.make()
        for ordinal in range(_AFTER_THE_BACKUP):
            register_one(desk, f"late-{ordinal}")
        say({"ready": True})
        time.sleep(60)

    child = Forked(work)
    child.wait_for_a_word()
    child.kill()
    words = child.told()
    if words != [{"ready": True}]:
        raise RuntimeError(str(words))


def _after_damage(data: Path) -> str:
    """Say what the next start makes of a damaged ledger, and whether a restore puts it right."""
    try:
        desk = opened(data)
        found = len(desk.ledger.ids(LedgerCriteria()))
        desk.close()
    except ClerkError as error:
        return _restored(data, error.code)
    verdict = verify_folder(data, unlock=Unlock())
    if found == _FILINGS and verdict.is_sound:
        return "did not matter"
    if not verdict.is_sound:
        return "named by verifying"
    return f"FAULT {_FILINGS - found} filings lost and nobody said so"


def _restored(data: Path, code: str) -> str:
    if code not in LEDGER_FAULTS:
        return f"FAULT named {code}"
    restore(backups_of(data)[0].folder, data)
    desk = opened(data)
    found = len(desk.ledger.ids(LedgerCriteria()))
    desk.close()
    is_sound = verify_folder(data, unlock=Unlock()).is_sound
    is_right = found == _FILINGS - _AFTER_THE_BACKUP and is_sound
    return f"named {code}, restored" if is_right else f"FAULT restored {found}, sound {is_sound}"


def _after_backup_damage(data: Path, seed: float) -> tuple[str, str]:
    """Damage one file of the backup; it must be refused by name, and the present ledger stay as it is."""
    dice = random.Random(seed)
    backup = backups_of(data)[0].folder
    files = sorted(file for file in backup.rglob("*") if file.is_file() and file.stat().st_size)
    file = dice.choice(files)
    before = (data / LEDGER_NAME).read_bytes()
    kind, damage = dice.choice((("cut", cut), ("torn", tear_page)))
    damage(file, dice)
    name = f"backup, {file.name} {kind}"
    try:
        check_backup(backup)
    except ClerkError as error:
        is_untouched = (data / LEDGER_NAME).read_bytes() == before
        is_named = error.code in BACKUP_FAULTS and is_untouched
        return name, f"named {error.code}" if is_named else f"FAULT {error.code}, ledger untouched {is_untouched}"
    return name, "FAULT not noticed"


def tear_page(file: Path, dice: random.Random) -> None:
    """Overwrite part of one page, as a power cut in the middle of a sector does."""
    size = file.stat().st_size
    start = dice.randrange(max(1, size // PAGE)) * PAGE
    with file.open("r+b") as torn:
        torn.seek(start)
        torn.write(dice.randbytes(min(PAGE // 2, size - start)))


def cut(file: Path, dice: random.Random) -> None:
    """Cut a file short somewhere."""
    with file.open("r+b") as short:
        short.truncate(dice.randrange(max(1, file.stat().st_size)))


def _tear_ledger(data: Path, dice: random.Random) -> None:
    tear_page(data / LEDGER_NAME, dice)


def _cut_ledger(data: Path, dice: random.Random) -> None:
    cut(data / LEDGER_NAME, dice)


def _cut_log(data: Path, dice: random.Random) -> None:
    cut(data / f"{LEDGER_NAME}-wal", dice)


def _tear_log(data: Path, dice: random.Random) -> None:
    tear_page(data / f"{LEDGER_NAME}-wal", dice)


def _lose_log(data: Path, _dice: random.Random) -> None:
    (data / f"{LEDGER_NAME}-wal").unlink()


_Damage = Callable[[Path, random.Random], None]
_LEDGER_DAMAGE: Final[tuple[tuple[str, _Damage], ...]] = (("torn page", _tear_ledger), ("cut ledger", _cut_ledger))
# Done to a ledger whose newest acts still stand in the log.
_LOG_DAMAGE: Final[tuple[tuple[str, _Damage], ...]] = (
    ("cut log", _cut_log),
    ("torn log", _tear_log),
    ("lost log", _lose_log),
)
