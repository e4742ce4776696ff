"""Figures of what keeps the ledger trustworthy: scopes, encryption, the trail, backups, scans."""

from __future__ import annotations

import io
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

from PIL import Image

from benchmarks.invented import DEPARTMENTS
from benchmarks.measure import Figure, timed
from benchmarks.rivals import PAGE
from desktop.domain.access import Grant, Role
from desktop.domain.attachments import AttachedKind
from desktop.domain.ledger import LedgerColumn, LedgerCriteria
from desktop.domain.trail import TrailCriteria
from desktop.models.ledger_key import KEY_NAME, LEDGER_NAME, Unlock
from desktop.models.restore_steps import ANCHOR_NAME
from desktop.services.accounts import NewAccount
from desktop.services.desk import Desk, open_desk
from desktop.services.ledger_check import verify_folder
from desktop.services.restoring import restore

PASSPHRASE: Final = "河湾路口有三棵老榕树一九八"
_PASSWORD: Final = "坪安路口第七棵树之下有一张旧石桌子"
_ADMINISTRATOR: Final = "bench-admin"
# User name, what the column is called, what the account is given.
SCOPES: Final = (
    ("bench-clerk", "whole", Grant(role=Role.WINDOW_CLERK)),
    ("bench-patrol", "1 community", Grant(role=Role.PATROLLER, areas=frozenset({"坪安社区"}))),
    (
        "bench-trade",
        "1 department",
        Grant(role=Role.DISTRICT_DEPARTMENT_USER, departments=frozenset({DEPARTMENTS[2]})),
    ),
)
AUDITOR: Final = "bench-auditor"
Timed = tuple[str, float]
TableRow = tuple[str, list[Figure | None]]


@dataclass(frozen=True, slots=True)
class Staff:
    """The accounts of a measured ledger, with the passwords to sign in by."""

    passwords: Mapping[str, str]

    def sign_in(self, desk: Desk, user_name: str) -> None:
        """Let one of them be at work."""
        desk.sign_in.sign_in(user_name, self.passwords[user_name])


def hire(desk: Desk) -> Staff:
    """Make the accounts by the program's own services."""
    desk.sign_in.make_first(_ADMINISTRATOR, "沈安", _PASSWORD, is_clerk_too=True)
    passwords = {_ADMINISTRATOR: _PASSWORD}
    wanted = [*((user, grant) for user, _, grant in SCOPES), (AUDITOR, Grant(role=Role.AUDITOR))]
    for user_name, grant in wanted:
        made = desk.accounts.make(NewAccount(user_name=user_name, name="何清", grants=(grant,)))
        desk.sign_in.sign_in(user_name, made.one_time_password)
        passwords[user_name] = f"{_PASSWORD}{len(passwords)}"
        desk.sign_in.change_password(made.one_time_password, passwords[user_name])
        desk.sign_in.sign_in(_ADMINISTRATOR, _PASSWORD)
    return Staff(passwords)


def ask(desk: Desk, criteria: LedgerCriteria) -> object:
    """Ask for the ids of a whole result and its first page, as the ledger's page does."""
    return desk.ledger.page(desk.ledger.ids(criteria)[:PAGE])


def by_scope(desk: Desk, staff: Staff, look_ups: Mapping[str, LedgerCriteria]) -> list[TableRow]:
    """Ask the same for everybody of ``SCOPES``."""
    figures: dict[str, list[Figure | None]] = {}
    for user_name, _, _ in SCOPES:
        staff.sign_in(desk, user_name)
        for name, criteria in look_ups.items():
            figures.setdefault(name, []).append(timed([partial(ask, desk, criteria)], rounds=10))
        for column in LedgerColumn:
            both = [LedgerCriteria(sort_by=column, descending=way) for way in (False, True)]
            calls = [partial(ask, desk, asked) for asked in both]
            figures.setdefault(f"sorted by {column.value}", []).append(timed(calls, rounds=6))
        counted = timed([partial(desk.ledger.facets, LedgerCriteria())], rounds=10)
        figures.setdefault("counts behind the chips", []).append(counted)
        figures.setdefault("file of one filing", []).append(timed([partial(_first_file, desk)], rounds=10))
    return list(figures.items())


def _first_file(desk: Desk) -> None:
    desk.ledger.file(desk.ledger.ids(LedgerCriteria(sort_by=LedgerColumn.NUMBER))[0])


def at_the_desk(desk: Desk, staff: Staff) -> list[TableRow]:
    """Sign in, and add a scan of one megabyte."""
    staff.sign_in(desk, SCOPES[0][0])
    filing_id = desk.ledger.ids(LedgerCriteria())[0]
    scans = (_scan(shade) for shade in count())
    acts = (f"bench-{number}" for number in count())

    def add() -> None:
        data, act_id = next(scans), next(acts)
        desk.attachments.add(filing_id, data, act_id=act_id, kind=AttachedKind.SITE_PHOTO, title="现场")

    return [
        ("sign in (argon2id)", [timed([partial(staff.sign_in, desk, SCOPES[0][0])], rounds=7)]),
        ("page of the day", [timed([desk.worklist.worklist], rounds=10)]),
        ("register of firms", [timed([desk.firms.all], rounds=10)]),
        ("add a scan of 1 MB", [timed([add], rounds=7)]),
    ]


def trail(desk: Desk, staff: Staff) -> list[TableRow]:
    """Ask the trail as an auditor does."""
    staff.sign_in(desk, AUDITOR)
    ids = desk.trail.ids(TrailCriteria())
    number = next(row.number for row in desk.trail.page(ids[-10:]) if row.number)
    wanted = {
        "ids of everything": TrailCriteria(),
        "a word": TrailCriteria(text="受理登记"),
        "two words that are rare": TrailCriteria(text="首次 受理点"),
        "a person": TrailCriteria(who="周宁"),
        "an act": TrailCriteria(act="accept"),
        "a filing's number": TrailCriteria(number=number),
        "a week": TrailCriteria(first=date(2025, 3, 3), last=date(2025, 3, 9)),
    }
    rows: list[TableRow] = [
        (f"{name} ({len(desk.trail.ids(asked)):,})", [timed([partial(_trail_page, desk, asked)], rounds=4)])
        for name, asked in wanted.items()
    ]
    rows.append((f"page of {PAGE} in the middle", [timed([partial(desk.trail.page, ids[250_000:][:PAGE])])]))
    rows.append(("people and acts to choose from", [timed([desk.trail.people_and_acts], rounds=4)]))
    rows.append(("one event", [timed([partial(desk.trail.event, ids[1000])])]))
    return rows


def _trail_page(desk: Desk, criteria: TrailCriteria) -> None:
    desk.trail.page(desk.trail.ids(criteria)[:PAGE])


def export(desk: Desk, folder: Path) -> Iterator[Timed]:
    """Write the whole ledger into a workbook."""
    file = folder / "ledger.xlsx"
    yield _once("ledger to xlsx, every filing", lambda: desk.exporting.ledger_file(LedgerCriteria(), file))


def backups(desk: Desk, folder: Path) -> Iterator[Timed]:
    """Back up, prove by restoring, and restore into a fresh folder."""
    yield _once("backup", desk.backups.make)
    newest = desk.backups.all()[0].folder
    yield _once("restore drill", lambda: desk.backups.drill(newest))
    target = folder / "restored"
    unlock = Unlock(passphrase=PASSPHRASE) if desk.protecting.state().is_encrypted else Unlock()
    yield _once("restore", lambda: restore(newest, target, unlock=unlock))
    shutil.rmtree(target)


def verified(folder: Path, title: str, *, unlock: Unlock | None = None) -> Timed:
    """Verify a whole ledger; it must be sound."""

    def verify() -> None:
        verdict = verify_folder(folder, unlock=unlock or Unlock())
        if not verdict.is_sound:
            raise AssertionError("the reference ledger does not verify")

    return _once(title, verify)


def protected_twin(desk: Desk, twin: Path) -> Timed:
    """Copy a ledger with its keys, and encrypt the copy."""
    twin.mkdir()
    desk.database.copy_to(twin / LEDGER_NAME)
    shutil.copy(desk.data_folder / KEY_NAME, twin / KEY_NAME)
    copy = open_desk(twin)
    try:
        return _once("protect (encrypt)", lambda: copy.protecting.protect(PASSPHRASE))
    finally:
        copy.close()


def opening(folder: Path, *, unlock: Unlock | None = None) -> Iterator[Timed]:
    """Open the services after an orderly closing and after a crash, and ask a first question."""
    unlock = unlock or Unlock()
    for title, is_crashed in (("open the services", False), ("open after a crash", True)):
        if is_crashed:
            (folder / ANCHOR_NAME).unlink(missing_ok=True)
        began = time.perf_counter()
        desk = open_desk(folder, unlock=unlock)
        opened = time.perf_counter()
        if not desk.sign_in.has_accounts():
            ask(desk, LedgerCriteria())
        asked = time.perf_counter()
        desk.close()
        yield title, opened - began
        if not is_crashed:
            yield "first page after opening", asked - opened


def _once(title: str, call: Callable[[], object]) -> Timed:
    began = time.perf_counter()
    call()
    return title, time.perf_counter() - began


def _scan(shade: int) -> bytes:
    """Give a photo of about a megabyte, another one each time."""
    picture = Image.effect_noise((1280, 960), 90 + shade % 30)
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=88)
    return written.getvalue()
