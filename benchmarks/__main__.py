"""Builds the reference ledger and prints the figures: ``make bench``."""

from __future__ import annotations

import platform
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from uuid import uuid4

from benchmarks import cold_start
from benchmarks.invented import FILINGS
from benchmarks.measure import Figure, print_table, timed
from benchmarks.reference_ledger import HAZARDS, PATROLS, fill
from benchmarks.rivals import PAGE, PlainSqlite
from desktop.domain.acts import Act, DecisionRequest, Status
from desktop.domain.facts import Facts
from desktop.domain.ledger import LedgerColumn, LedgerCriteria
from desktop.domain.walk_in import Contractor, MaterialCheck, Party, Place, Verdict, WalkIn
from desktop.services.desk import LEDGER_NAME, Desk, open_desk

LOOK_UPS = {
    "number, whole": LedgerCriteria(text="PA-DJ-2025-014321"),
    "number, a part": LedgerCriteria(text="014321"),
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


def main() -> None:
    """Build, measure, print."""
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}")
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder))
        began = time.perf_counter()
        fill(desk, desk.database)
        print(
            f"Reference ledger: {FILINGS:,} filings, {PATROLS:,} patrols, {HAZARDS:,} hazards;"
            f" built in {time.perf_counter() - began:.0f} s,"
            f" {(Path(folder) / LEDGER_NAME).stat().st_size / 1e6:.0f} MB"
        )
        plain = PlainSqlite(Path(folder) / LEDGER_NAME)
        heads = ("program ms", "plain sqlite3 ms", "rival (LIKE) ms")
        print_table("Look-ups: ids of the whole result and the first page", heads, _look_ups(desk, plain))
        print_table("First page sorted by each column", heads, _sorts(desk, plain))
        print_table("Jump to any page of everything", heads, [_jumps(desk, plain)])
        print_table("At the window", ("program ms",), _window(desk))
        desk.close()
        starts = sorted(cold_start.measure(Path(folder)) for _ in range(COLD_STARTS))
        print(f"\nCold start to a usable window on this ledger: median {starts[len(starts) // 2]:.0f} ms,", end=" ")
        print(f"worst of {COLD_STARTS} {starts[-1]:.0f} ms")


def _ask(desk: Desk, criteria: LedgerCriteria) -> Callable[[], object]:
    def ask() -> object:
        return desk.ledger.page(desk.ledger.ids(criteria)[:PAGE])

    return ask


def _look_ups(desk: Desk, plain: PlainSqlite) -> list[tuple[str, list[Figure | None]]]:
    rows: list[tuple[str, list[Figure | None]]] = []
    for name, criteria in LOOK_UPS.items():
        figures: list[Figure | None] = [
            timed([_ask(desk, criteria)], rounds=20),
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
                    timed([_ask(desk, asked) for asked in both], rounds=10),
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
    matter = _matter(desk)
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


def _matter(desk: Desk) -> WalkIn:
    """Give an ordinary minor operation with every paper in order."""
    facts = Facts({"kind": "minor_operation", "category": "signboard", "in_public_area": True})
    matter = WalkIn(
        facts=facts,
        project_name="坪安路18号门楣招牌安装",
        content="安装招牌",
        place=Place(community="坪安社区", estate="坪安路18号"),
        owner=Party(name="深圳市和顺餐饮管理有限公司"),
        contractor=Contractor(party=Party(name="深圳市云望广告标识有限公司")),
        planned_start_on=date.today(),
    )
    for line in desk.intake.preview(matter).lines:
        matter = matter.with_check(MaterialCheck(code=line.code, verdict=Verdict.IN_ORDER))
    return replace(matter, facts=facts.with_facts(contract_amount_yuan=Decimal(9000)))


if __name__ == "__main__":
    main()
