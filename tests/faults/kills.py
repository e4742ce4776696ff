"""Kills at random instants: registering, printing, importing, backing up and migrating."""

from __future__ import annotations

import gzip
import random
import shutil
import tarfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select

from desktop.domain.errors import ClerkError
from desktop.models.filing import Filing
from desktop.models.ledger_key import LEDGER_NAME
from desktop.services.desk import Desk
from desktop.services.restoring import backups_of, check_backup
from tests.faults.exchange import prepare_packages
from tests.faults.forked import Forked, Say, answer_of
from tests.faults.ledger_checks import faults_of, opened
from tests.faults.operations import OPERATIONS

# Ledgers of earlier releases, as their programs left them, and how many filings each holds.
DATA: Final = Path(__file__).resolve().parents[1] / "data"
RELEASED: Final = (
    DATA / "ledger-0001.sqlite3.gz",
    *(DATA / f"ledger-{release:04}.tar.gz" for release in range(2, 6)),
)
RELEASED_FILINGS: Final = 23
# A kill falls anywhere in this stretch after the child has told of its first step.
_LONGEST_LIFE_S: Final = 0.5
_EVERY_MIGRATION: Final = 5
# What a child says is kept from then on.
_PROMISES: Final = frozenset({"number", "people", "attachment", "sent", "received", "old_ledger"})


def survive_kills(folder: Path, *, kills: int, seed: int, told: Callable[[str], None]) -> Counter[str]:
    """Kill the program again and again at work on one ledger, and now and then while it migrates an old one.

    Gives counts: kills, acts acknowledged, faults by their first word.
    """
    dice = random.Random(seed)
    counts: Counter[str] = Counter()
    acknowledged: list[dict[str, Any]] = []
    warm_up(folder / "data")
    prepare_packages(folder / "data")
    for turn in range(kills):
        if turn % _EVERY_MIGRATION == _EVERY_MIGRATION - 1:
            faults = _killed_migrating(folder / f"old-{turn}", dice)
            counts["kills while migrating"] += 1
        else:
            faults = _killed_at_work(folder / "data", dice, acknowledged, counts)
        counts["kills"] += 1
        for fault in faults:
            counts[f"FAULT {fault.split(':')[0]}"] += 1
            told(f"kill {turn}: {fault}")
    counts["acts acknowledged"] = len(acknowledged)
    return counts


def warm_up(data: Path) -> None:
    """Load here what every child then has from its first moment: typesetter, fonts, pinyin."""
    desk = opened(data)
    desk.issuing.warm_up()
    desk.close()


def _killed_at_work(
    data: Path, dice: random.Random, acknowledged: list[dict[str, Any]], counts: Counter[str]
) -> list[str]:
    seed = dice.random()
    child = Forked(lambda say: _work(data, random.Random(seed), say))
    child.wait_for_a_word()
    time.sleep(dice.random() * _LONGEST_LIFE_S)
    child.kill()
    words = child.told()
    counts.update(f"done: {word['op']}" for word in words if "op" in word)
    acknowledged += [word for word in words if not word.keys().isdisjoint(_PROMISES)]
    found = [f"trouble: {word['trouble']}" for word in words if "trouble" in word]
    found += list(answer_of(lambda: faults_of(data, acknowledged)))
    made = [word["backup"] for word in words if "backup" in word]
    return found + list(answer_of(lambda: _faults_of_backups(data, made)))


def _faults_of_backups(data: Path, made: list[str]) -> list[str]:
    """Name a backup that was said to be made and is not whole, and one that lies there torn."""
    found = []
    for name in made:
        try:
            check_backup(data / "backups" / name)
        except ClerkError as error:
            found.append(f"backup: {name} {error}")
    return found + [
        f"backup: {brief.folder.name} {brief.fault}" for brief in backups_of(data) if brief.manifest is None
    ]


def _killed_migrating(folder: Path, dice: random.Random) -> list[str]:
    """Kill the program while it brings a ledger of an earlier release up to date."""
    folder.mkdir(parents=True)
    _unpack(dice.choice(RELEASED), folder)

    def migrate(say: Say) -> None:
        say({"begun": True})
        opened(folder)
        say({"op": "migrate"})
        time.sleep(60)

    child = Forked(migrate)
    child.wait_for_a_word()
    time.sleep(dice.random() * _LONGEST_LIFE_S)
    child.kill()
    child.told()

    def look() -> list[str]:
        desk = opened(folder)
        held = _filings(desk)
        desk.close()
        return faults_of(folder, ()) + ([] if held == RELEASED_FILINGS else [f"lost: filings, {held} left"])

    found = list(answer_of(look))
    shutil.rmtree(folder)
    return found


def _filings(desk: Desk) -> int:
    with desk.database.reading(is_whole=True) as session:
        return session.scalar(select(func.count()).select_from(Filing)) or 0


def _unpack(released: Path, folder: Path) -> None:
    if released.suffixes == [".tar", ".gz"]:
        with tarfile.open(released) as packed:
            packed.extractall(folder, filter="data")
    else:
        (folder / LEDGER_NAME).write_bytes(gzip.decompress(released.read_bytes()))


def _work(data: Path, dice: random.Random, say: Say) -> None:
    """Do one thing after another, telling each only when the program has said it is done."""
    desk = opened(data)
    say({"begun": True})
    while True:
        name, operation = dice.choice(OPERATIONS)
        say({"op": name, **operation(desk, dice)})
