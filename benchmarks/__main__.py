"""Builds the reference ledger and prints the figures: ``make bench``."""

from __future__ import annotations

import platform
import random
import sqlite3
import statistics
import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path
from uuid import uuid4

from benchmarks import cold_start, ledger_files, packages, rules, site_life, splitting, trust
from benchmarks.invented import FILINGS, REGISTERED
from benchmarks.matter import minor_operation
from benchmarks.measure import Figure, print_seconds, print_table, timed
from benchmarks.reference_ledger import OFFICE, fill
from benchmarks.reference_life import HAZARDS, PATROLS
from benchmarks.reference_papers import Pattern
from benchmarks.reference_trail import record_patrols
from benchmarks.rivals import PAGE, PlainSqlite
from benchmarks.statistics import measure as measure_statistics
from desktop.domain.acts import Act, DecisionRequest, Status
from desktop.domain.ledger import LedgerColumn, LedgerCriteria
from desktop.domain.walk_in import WalkIn
from desktop.models.ledger_key import Unlock
from desktop.services.desk import LEDGER_NAME, Desk, open_desk

LOOK_UPS = {
    "number, whole": LedgerCriteria(text="PA-DJ-2025-004321"),
    "number, a part": LedgerCriteria(text="004321"),
    "name, two characters": LedgerCriteria(text="明远"),
    "name, whole": LedgerCriteria(text="陈明远"),
    "address": LedgerCriteria(text="云川商业城12栋"),
    "company": LedgerCriteria(text="禾川青石"),
    "company, two characters": LedgerCriteria(text="匠新"),
    "pinyin initials": LedgerCriteria(text="cmy"),
    "last four of ID or phone": LedgerCriteria(text="2719"),
    "kind": LedgerCriteria(kind="minor_operation"),
    "status": LedgerCriteria(status=Status.AWAITING_CORRECTION),
    "high risk": LedgerCriteria(high_risk=True),
    "community": LedgerCriteria(community="云川社区"),
    "dates": LedgerCriteria(filed_from=date(2025, 3, 1), filed_to=date(2025, 5, 31)),
    "text, status and dates": LedgerCriteria(text="装修", status=Status.REGISTERED, filed_from=date(2025, 1, 1)),
    "first page of everything": LedgerCriteria(),
}
COLD_STARTS = 7
OPENINGS = 3
EVENTS = 480_000


def main() -> None:
    """Build, measure, print."""
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}")
    with tempfile.TemporaryDirectory() as folder:
        plain, twin = Path(folder) / "plain", Path(folder) / "encrypted"
        desk = _built(plain)
        _whole(desk, plain)
        print_seconds("Once in a while, plain", [*trust.export(desk, plain), *trust.backups(desk, Path(folder))])
        protecting = trust.protected_twin(desk, twin)
        desk.close()
        _site_life(plain)
        measure_statistics(plain)
        packages.measure(plain)
        rules.measure(plain)
        _openings(plain, Unlock())
        print_seconds("Encrypting", [protecting])
        _openings(twin, Unlock(passphrase=trust.PASSPHRASE))
        desk = open_desk(twin, unlock=Unlock(passphrase=trust.PASSPHRASE))
        print_table("At the window, encrypted", ("ms",), _window(desk))
        print_seconds("Once in a while, encrypted", [*trust.export(desk, twin), *trust.backups(desk, Path(folder))])
        _scoped(desk, trust.hire(desk), "encrypted")
        desk.close()
        desk = open_desk(plain)
        staff = trust.hire(desk)
        _scoped(desk, staff, "plain")
        _trail(desk, staff, plain)
        ledger_files.measure(Path(folder))
    splitting.measure()


def _built(folder: Path) -> Desk:
    desk = open_desk(folder)
    began = time.perf_counter()
    fill(desk, desk.database, Pattern.of(OFFICE))
    print(
        f"Reference ledger: {FILINGS:,} filings, {REGISTERED:,} of them registered,"
        f" {PATROLS:,} patrols, {HAZARDS:,} hazards;"
        f" built in {time.perf_counter() - began:.0f} s,"
        f" {(folder / LEDGER_NAME).stat().st_size / 1e6:.0f} MB"
    )
    print_seconds("Verifying", [trust.verified(folder, "verify-ledger, an event a filing")])
    return desk


def _whole(desk: Desk, folder: Path) -> None:
    # Two SQLite libraries in one process would take each other's locks away: the floor asks a copy.
    copy = folder / "floor.sqlite3"
    desk.database.copy_to(copy)
    plain = PlainSqlite(copy)
    heads = ("program ms", "plain sqlite3 ms", "rival (LIKE) ms")
    print_table("Look-ups: ids of the whole result and the first page", heads, _look_ups(desk, plain))
    print_table("First page sorted by each column", heads, _sorts(desk, plain))
    print_table("Jump to any page of everything", heads, [_jumps(desk, plain)])
    print_table("At the window", ("ms",), _window(desk))
    plain.close()
    copy.unlink()


def _site_life(folder: Path) -> None:
    desk = site_life.at_work(folder)
    copy = folder / "floor.sqlite3"
    desk.database.copy_to(copy)
    floor = sqlite3.connect(copy)
    print_table("The life of sites: asked all day", site_life.HEADS, list(site_life.questions(desk, floor)))
    print_table("The life of sites: written all day", site_life.HEADS, list(site_life.acts(desk, floor, folder)))
    print_seconds("Ledgers of a period", site_life.ledgers(desk, folder))
    print(site_life.compressed_papers(floor))
    floor.close()
    copy.unlink()
    desk.close()


def _openings(folder: Path, unlock: Unlock) -> None:
    kind = "encrypted" if unlock.passphrase else "plain"
    runs = [dict(trust.opening(folder, unlock=unlock)) for _ in range(OPENINGS)]
    opened = [(name, statistics.median(run[name] for run in runs)) for name in runs[0]]
    print_seconds(f"Opening, {kind}", [*opened, trust.verified(folder, "verify-ledger", unlock=unlock)])
    starts = sorted(cold_start.measure(folder, unlock.passphrase) for _ in range(COLD_STARTS))
    print(f"Cold start to a usable window: median {starts[len(starts) // 2]:.0f} ms,", end=" ")
    print(f"worst of {COLD_STARTS} {starts[-1]:.0f} ms")


def _scoped(desk: Desk, staff: trust.Staff, kind: str) -> None:
    heads = [f"{title} ms" for _, title, _ in trust.SCOPES]
    print_table(f"By scope, {kind}", heads, trust.by_scope(desk, staff, LOOK_UPS))
    print_table(f"Accounts and scans, {kind}", ("ms",), trust.at_the_desk(desk, staff))


def _trail(desk: Desk, staff: trust.Staff, folder: Path) -> None:
    record_patrols(desk, EVENTS)
    print_table(f"The trail of {EVENTS:,} more events", ("ms",), trust.trail(desk, staff))
    desk.close()
    print_seconds("The long trail", [trust.verified(folder, "verify-ledger"), *trust.opening(folder)])


def _look_ups(desk: Desk, plain: PlainSqlite) -> list[tuple[str, list[Figure | None]]]:
    rows: list[tuple[str, list[Figure | None]]] = []
    for name, criteria in LOOK_UPS.items():
        figures: list[Figure | None] = [
            timed([partial(trust.ask, desk, criteria)], rounds=20),
            timed([partial(plain.floor, criteria)], rounds=20),
        ]
        # Initials and folded numbers are nothing a wildcard can ask for.
        is_askable = name != "pinyin initials"
        figures.append(timed([partial(plain.rival, criteria)], rounds=8) if is_askable else None)
        rows.append((f"{name} ({len(desk.ledger.ids(criteria)):,})", figures))
    return rows


def _sorts(desk: Desk, plain: PlainSqlite) -> list[tuple[str, list[Figure | None]]]:
    rows: list[tuple[str, list[Figure | None]]] = []
    for column in LedgerColumn:
        both = [LedgerCriteria(sort_by=column, descending=way) for way in (False, True)]
        rows.append(
            (
                column.value,
                [
                    timed([partial(trust.ask, desk, asked) for asked in both], rounds=10),
                    timed([partial(plain.floor, asked) for asked in both], rounds=10),
                    timed([partial(plain.rival, asked) for asked in both], rounds=4),
                ],
            )
        )
    return rows


def _jumps(desk: Desk, plain: PlainSqlite) -> tuple[str, list[Figure | None]]:
    ids = desk.ledger.ids(LedgerCriteria())
    dice = random.Random(7)
    places = [dice.randrange(0, len(ids) - PAGE) for _ in range(20)]
    return (
        f"{PAGE} rows",
        [
            timed([partial(desk.ledger.page, ids[at : at + PAGE]) for at in places]),
            timed([partial(plain.page, list(ids[at : at + PAGE])) for at in places]),
            timed([partial(plain.rival, LedgerCriteria(), offset=at) for at in places], rounds=2),
        ],
    )


def _window(desk: Desk) -> list[tuple[str, list[Figure | None]]]:
    matter = minor_operation(desk)
    return [
        ("preview while typing", [timed([lambda: desk.intake.preview(matter)], rounds=50)]),
        ("similar filings", [timed([lambda: desk.intake.similar(matter)], rounds=20)]),
        ("keep the draft", [timed([lambda: desk.drafts.save("bench", matter)], rounds=50)]),
        ("accept, all papers ready", [timed([lambda: _accept(desk, matter)], rounds=15)]),
    ]


def _accept(desk: Desk, matter: WalkIn) -> None:
    decided = desk.intake.decide(DecisionRequest(act_id=uuid4().hex, act=Act.ACCEPT, walk_in=matter))
    for paper in decided.papers:
        desk.issuing.pdf(paper.id)


if __name__ == "__main__":
    main()
