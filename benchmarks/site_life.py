"""Figures of the life of sites on the reference ledger: worklist, site file, patrols, an import, hazards, papers' size.

The floor beside each is the same question, or the same writing, in plain sqlite3 on a copy of the file.
"""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

from benchmarks.measure import Figure, timed
from benchmarks.reference_life import LAST_DAY
from desktop.domain.hazard_rows import HazardCriteria
from desktop.domain.ledger_table import AreaCriteria, AreaKind
from desktop.domain.patrol import PatrolCriteria, PatrolRequest
from desktop.domain.patrol_kinds import PatrolLevel
from desktop.domain.patrol_sheet import SheetRow
from desktop.domain.site import SiteRef
from desktop.exchange.patrol_template import write_patrol_sheet
from desktop.services.desk import Desk, open_desk

HEADS: Final = ("program ms", "plain sqlite3 ms")
IMPORTED: Final = 60
_PAGE: Final = 100
_SITES: Final = 20
_IMPORTS: Final = 6
TableRow = tuple[str, list[Figure | None]]
_DUE: Final = (
    "SELECT id FROM filing WHERE status='registered' AND valid_until <= :soon ORDER BY valid_until LIMIT 20",
    "SELECT id FROM filing WHERE status='awaiting_closeout' ORDER BY valid_until LIMIT 20",
    "SELECT id FROM filing WHERE status='registered' AND completed_on IS NOT NULL LIMIT 20",
    "SELECT id FROM hazard WHERE state='rectifying' AND due_on <= :soon ORDER BY due_on LIMIT 20",
    "SELECT id FROM hazard WHERE state='awaiting_recheck' ORDER BY due_on LIMIT 20",
    "SELECT id FROM transfer WHERE state='sent' ORDER BY reply_by LIMIT 20",
    "SELECT id FROM found_site WHERE state='found' ORDER BY register_by LIMIT 20",
)
_FILE: Final = (
    "SELECT * FROM filing WHERE id=:id",
    "SELECT id, code, title, number, pages FROM issued_document WHERE filing_id=:id",
    "SELECT * FROM audit_event WHERE filing_id=:id",
    "SELECT * FROM patrol WHERE filing_id=:id ORDER BY visited_on DESC, id DESC LIMIT 10",
    "SELECT * FROM hazard WHERE filing_id=:id",
)


def at_work(folder: Path) -> Desk:
    """Open the reference ledger on the day after its last one."""
    return open_desk(folder, today=lambda: LAST_DAY)


def questions(desk: Desk, floor: sqlite3.Connection) -> Iterator[TableRow]:
    """Give what is asked all day."""
    soon = {"soon": (LAST_DAY + timedelta(days=30)).isoformat()}
    ids = _sites(floor)
    yield "worklist", [timed([desk.worklist.worklist], rounds=20), _floor(floor, _DUE, [soon])]
    yield "counts of the worklist", [timed([desk.worklist.counts], rounds=20), None]
    calls = [partial(_site_file, desk, filing_id) for filing_id in ids]
    yield "site file", [timed(calls, rounds=3), _floor(floor, _FILE, [{"id": filing_id} for filing_id in ids])]
    yield "hazards, open", [timed([partial(_hazards, desk, HazardCriteria(is_open=True))], rounds=20), None]
    listed = ("SELECT id FROM hazard ORDER BY found_on DESC, id DESC", f"SELECT * FROM hazard LIMIT {_PAGE}")
    yield "hazards, all", [timed([partial(_hazards, desk, HazardCriteria())], rounds=20), _floor(floor, listed, [{}])]
    month = PatrolCriteria(first=LAST_DAY.replace(day=1) - timedelta(days=31), last=LAST_DAY)
    within = {"first": str(month.first), "last": str(month.last)}
    visited = ("SELECT id FROM patrol WHERE visited_on BETWEEN :first AND :last ORDER BY visited_on DESC, id DESC",)
    patrols = timed([partial(_patrols, desk, month)], rounds=10)
    yield "patrols of a month", [patrols, _floor(floor, visited, [within])]
    numbers = [desk.ledger.file(filing_id).row.number for filing_id in ids]
    yield "site by its scanned number", [timed([partial(desk.patrols.site_by_code, each) for each in numbers]), None]


def acts(desk: Desk, floor: sqlite3.Connection, folder: Path) -> Iterator[TableRow]:
    """Give what is written all day."""
    ids, serial = _sites(floor), count()

    def record() -> None:
        number = next(serial)
        site = SiteRef(filing_id=ids[number % len(ids)])
        desk.patrols.record(
            PatrolRequest(
                act_id=f"bench-one-{number}",
                visited_on=LAST_DAY,
                patrollers=("罗平",),
                organisation="坪安社区工作站",
                level=PatrolLevel.COMMUNITY,
                site=site,
            )
        )

    yield "record a patrol", [timed([record], rounds=40), timed([partial(_insert, floor, 1)], rounds=40)]
    sheets = (_sheet(desk, ids, folder / f"patrols-{number}.xlsx", number) for number in count())

    def take_in() -> None:
        file = next(ready)
        desk.patrol_import.take_in(file, act_id=f"bench-import-{file.stem}")

    # One more than the rounds: the first is not counted.
    ready = iter([next(sheets) for _ in range(_IMPORTS + 1)])
    imported = timed([take_in], rounds=_IMPORTS)
    yield (
        f"import {IMPORTED} patrols from Excel",
        [imported, timed([partial(_insert, floor, IMPORTED)], rounds=_IMPORTS)],
    )


def ledgers(desk: Desk, folder: Path) -> Iterator[tuple[str, float]]:
    """Write the ledgers of a period once, in seconds."""
    quarter = LAST_DAY - timedelta(days=90)
    for name, criteria in (
        (
            "community ledger, a month, xlsx",
            AreaCriteria(
                kind=AreaKind.COMMUNITY,
                first_on=LAST_DAY - timedelta(days=30),
                last_on=LAST_DAY,
                community="坪安社区",
            ),
        ),
        ("street ledger, a quarter, xlsx", AreaCriteria(kind=AreaKind.STREET, first_on=quarter, last_on=LAST_DAY)),
    ):
        began = time.perf_counter()
        desk.dossiers.ledger_workbook(criteria, folder / "area.xlsx")
        yield name, time.perf_counter() - began


def compressed_papers(floor: sqlite3.Connection) -> str:
    """Say what storing the papers of a filing compressed would save, and what it would cost."""
    one = floor.execute("SELECT filing_id FROM issued_document GROUP BY filing_id HAVING count(*) > 4 LIMIT 1")
    texts = [row[0] for row in floor.execute("SELECT paper FROM issued_document WHERE filing_id=?", one.fetchone())]
    whole = [text.encode() for text in texts]
    began = time.perf_counter()
    small = [zlib.compress(each, 6) for each in whole]
    packed = time.perf_counter()
    for each in small:
        zlib.decompress(each)
    unpacked = time.perf_counter()
    before, after = sum(map(len, whole)), sum(map(len, small))
    return (
        f"Papers of a filing: {len(whole)}, {before / 1e3:.1f} KB as JSON, {after / 1e3:.1f} KB with zlib"
        f" ({after / before:.0%});"
        f" packing {(packed - began) * 1e3:.2f} ms, unpacking {(unpacked - packed) * 1e3:.2f} ms"
    )


def _sites(floor: sqlite3.Connection) -> list[int]:
    newest = "SELECT id FROM filing WHERE status='registered' ORDER BY id DESC LIMIT ?"
    return [row[0] for row in floor.execute(newest, (_SITES,))]


def _site_file(desk: Desk, filing_id: int) -> None:
    ref = SiteRef(filing_id=filing_id)
    desk.ledger.file(filing_id)
    desk.patrols.recent(ref)
    desk.hazards.page(desk.hazards.ids(HazardCriteria(site=ref)))


def _hazards(desk: Desk, criteria: HazardCriteria) -> None:
    desk.hazards.page(desk.hazards.ids(criteria)[:_PAGE])


def _patrols(desk: Desk, criteria: PatrolCriteria) -> None:
    desk.patrols.page(desk.patrols.ids(criteria)[:_PAGE])


def _floor(floor: sqlite3.Connection, statements: Sequence[str], values: Sequence[Mapping[str, object]]) -> Figure:
    def ask(given: Mapping[str, object]) -> None:
        for statement in statements:
            floor.execute(statement, given).fetchall()

    return timed([partial(ask, given) for given in values], rounds=max(3, 20 // len(values)))


def _insert(floor: sqlite3.Connection, rows: int) -> None:
    newest = floor.execute("SELECT max(id) FROM patrol").fetchone()[0]
    columns = [row[1] for row in floor.execute("PRAGMA table_info(patrol)") if row[1] not in ("id", "act_id")]
    named = ", ".join(f'"{name}"' for name in columns)
    with floor:
        floor.execute("BEGIN IMMEDIATE")
        for place in range(1, rows + 1):
            floor.execute(
                f"INSERT INTO patrol (act_id, {named}) SELECT ?, {named} FROM patrol WHERE id=?",
                (f"floor-{newest + place}", newest),
            )


def _sheet(desk: Desk, ids: Sequence[int], file: Path, serial: int) -> Path:
    """Write a day's visits as somebody else's program would hand them in."""
    numbers = [desk.ledger.file(filing_id).row.number for filing_id in ids]
    rows = [
        SheetRow(
            row=line + 2,
            visited_on=LAST_DAY - timedelta(days=serial),
            visited_time=f"{8 + line // 10:02d}:{line % 10 * 5:02d}",
            patrollers=("罗平",),
            organisation="坪安社区工作站",
            level=PatrolLevel.COMMUNITY,
            number=numbers[line % len(numbers)],
        )
        for line in range(IMPORTED)
    ]
    write_patrol_sheet(rows, file)
    return file
