"""Damage to the files between two starts: torn pages, cut files, another program, a clock set back."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from desktop.domain.errors import ClerkError
from desktop.services.desk import open_desk
from tests import factories
from tests.faults.forked import answer_of
from tests.faults.ledger_checks import opened
from tests.faults.operations import register_one

PAGE: Final = 4096
# The words by which the program names a ledger that it will not work with.
NAMED: Final = frozenset({"not_a_database", "ledger_damaged", "disk_trouble"})


def tear_page(file: Path, dice: random.Random) -> None:
    """Overwrite half of one page, as a power cut in the middle of a sector does."""
    pages = file.stat().st_size // PAGE
    with file.open("r+b") as torn:
        torn.seek(dice.randrange(pages) * PAGE + dice.choice((0, PAGE // 2)))
        torn.write(dice.randbytes(PAGE // 2))


def cut(file: Path, dice: random.Random) -> None:
    """Cut a file short somewhere."""
    size = file.stat().st_size
    with file.open("r+b") as short:
        short.truncate(dice.randrange(1, max(2, size)))


def second_program_is_refused(data: Path) -> bool:
    """Say whether a second program on the folder is refused while the first works on, in another process."""
    desk = opened(data)

    def other() -> str:
        try:
            open_desk(data, effort=factories.LIGHT).close()
        except ClerkError as error:
            return error.code
        return "opened"

    try:
        return bool(answer_of(other) == "already_open")
    finally:
        desk.close()


def clock_set_back(data: Path) -> Counter[str]:
    """Register on a day, with the clock a year back, and with the clock right again; gives what was registered."""
    counts: Counter[str] = Counter()
    right = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    for name, moment in (("right", right), ("back", right - timedelta(days=366)), ("right again", right)):
        desk = open_desk(data, now=partial(_at, moment), today=partial(_on, moment), effort=factories.LIGHT)
        if desk.office.office() is None:
            desk.office.set_up(factories.office())
        register_one(desk, f"clock {name}")
        counts["registered"] += 1
        desk.close()
    return counts


def _at(moment: datetime) -> datetime:
    return moment


def _on(moment: datetime) -> date:
    return moment.date()
