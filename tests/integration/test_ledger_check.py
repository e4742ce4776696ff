"""Whatever another tool does to a ledger, verifying names it; a ledger that only the program wrote is sound."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop.domain.acts import Act
from desktop.domain.progress import Cancelled
from desktop.domain.trail import Anchor, FindingKind, Verdict
from desktop.domain.walk_in import WalkIn
from desktop.models.filing import Filing
from desktop.models.ledger_key import Unlock
from desktop.models.restore_steps import ANCHOR_NAME
from desktop.services.desk import Desk, open_desk
from desktop.services.ledger_check import verify_folder
from tests import factories
from tests.integration.conftest import Decide

Tamper = Callable[..., None]
_CONTENT = "at,who,station,act,filing_id,summary,reason,paper_ids,changes,touched"


@pytest.fixture
def filled(desk: Desk, decide: Decide, complete: WalkIn) -> Desk:
    """A ledger with two registrations, a refusal, a reprint and a day of the calendar."""
    first = decide(complete)
    decide(complete)
    decide(complete, Act.NOT_APPLICABLE, reason="当场撤回")
    desk.issuing.reprint(first.papers[0].id, act_id="again")
    desk.calendar.set_day(factories.FILED_ON, "rest", name="停电", source="街道通知")
    return desk


@pytest.fixture
def tamper(filled: Desk, data_folder: Path) -> Tamper:
    """Do something to the closed file with the driver alone, triggers taken away first."""

    def run(*orders: str) -> None:
        filled.close()
        with closing(sqlite3.connect(data_folder / "ledger.sqlite3")) as ledger:
            triggers = ledger.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall()
            for (name,) in triggers:
                ledger.execute(f"DROP TRIGGER {name}")
            for order in orders:
                ledger.execute(order)
            ledger.commit()

    return run


def verified(folder: Path, anchor: Anchor | None = None) -> Verdict:
    return verify_folder(folder, unlock=Unlock(), anchor=anchor)


def kinds(verdict: Verdict) -> set[FindingKind]:
    return {finding.kind for finding in verdict.findings}


@pytest.mark.requirement("LG-P1", "LG-P2")
def test_what_the_program_wrote_is_sound(filled: Desk, data_folder: Path) -> None:
    verdict, years = verified(data_folder), len(filled.calendar.years()) - 1  # the last is still to be published
    assert (verdict.broken, verdict.findings) == (None, ())
    assert (verdict.events, verdict.subjects, verdict.numbers) == (7, 4 + years, 3)


def test_an_open_ledger_is_verified_as_it_stands(filled: Desk) -> None:
    assert filled.ledger_check.verify().is_sound
    assert filled.ledger_check.verify().events == 8  # the first verifying is on record


@pytest.mark.parametrize(
    ("orders", "kind", "event_id"),
    [
        (["UPDATE audit_event SET reason='另一个理由' WHERE id=5"], FindingKind.EVENT_CHANGED, 5),
        (["UPDATE audit_event SET at='2026-03-01 01:00:00.000000' WHERE id=3"], FindingKind.EVENT_CHANGED, 3),
        (["UPDATE audit_event SET touched='[]' WHERE id=4"], FindingKind.EVENT_CHANGED, 4),
        (["UPDATE audit_event SET account_id=9 WHERE id=4"], FindingKind.EVENT_CHANGED, 4),
        (["UPDATE audit_event SET changes='{broken' WHERE id=4"], FindingKind.EVENT_CHANGED, 4),
        (["UPDATE audit_event SET who=CAST(X'FF00FE' AS TEXT) WHERE id=4"], FindingKind.EVENT_CHANGED, 4),
        (["UPDATE audit_event SET who=X'0102' WHERE id=4"], FindingKind.EVENT_CHANGED, 4),
        (["UPDATE audit_link SET mac='00' WHERE event_id=2"], FindingKind.EVENT_CHANGED, 2),
        (
            ["UPDATE audit_event SET reason='x' WHERE id=5", "UPDATE audit_link SET mac='ab' WHERE event_id=5"],
            FindingKind.EVENT_CHANGED,
            5,
        ),
        (["DELETE FROM audit_event WHERE id=4"], FindingKind.EVENT_MISSING, 4),
        (
            ["DELETE FROM audit_event WHERE id=4", "DELETE FROM audit_link WHERE event_id=4"],
            FindingKind.EVENT_MISSING,
            4,
        ),
        (["DELETE FROM audit_link WHERE event_id=6"], FindingKind.EVENT_CHANGED, 6),
        (
            [f"UPDATE audit_event SET id={new} WHERE id={old}" for old, new in ((3, 99), (4, 3), (99, 4))],
            FindingKind.EVENT_CHANGED,
            3,
        ),
        (
            [f"INSERT INTO audit_event ({_CONTENT}) SELECT {_CONTENT} FROM audit_event WHERE id=3"],
            FindingKind.EVENT_INSERTED,
            8,
        ),
        (
            ["DELETE FROM audit_event WHERE id=7", "DELETE FROM audit_link WHERE event_id=7"],
            FindingKind.CHAIN_CUT,
            6,
        ),
        (["DELETE FROM audit_head"], FindingKind.HEAD_MISSING, None),
        (["UPDATE audit_head SET count=6"], FindingKind.HEAD_CHANGED, None),
        (["DELETE FROM audit_link", "DELETE FROM audit_head"], FindingKind.EVENT_INSERTED, 1),
    ],
)
@pytest.mark.requirement("LG-P1")
def test_the_first_broken_link_is_named(
    tamper: Tamper, data_folder: Path, orders: list[str], kind: FindingKind, event_id: int | None
) -> None:
    tamper(*orders)
    broken = verified(data_folder).broken
    assert broken is not None
    assert (broken.kind, broken.event_id) == (kind, event_id)


@pytest.mark.parametrize(
    ("orders", "kind", "about"),
    [
        (["UPDATE filing SET owner_name='另一家' WHERE id=1"], FindingKind.ROWS_CHANGED, "PA-DJ-2026-000001"),
        (["UPDATE visit SET clerk='别人' WHERE filing_id=2"], FindingKind.ROWS_CHANGED, "PA-DJ-2026-000002"),
        (["UPDATE visit_material SET verdict='missing'"], FindingKind.ROWS_CHANGED, "PA-DJ-2026-000001"),
        (["DELETE FROM reprint"], FindingKind.ROWS_CHANGED, "PA-DJ-2026-000001"),
        (["UPDATE filing SET walk_in='{}' WHERE id=2"], FindingKind.ROWS_CHANGED, "PA-DJ-2026-000002"),
        (["UPDATE issued_document SET paper='{}' WHERE id=1"], FindingKind.PAPER_CHANGED, "PA-DJ-2026-000001"),
        (["UPDATE setting SET value='{}' WHERE key='office'"], FindingKind.ROWS_CHANGED, "office"),
        (["DELETE FROM setting WHERE key='office'"], FindingKind.ROWS_DELETED, "office"),
        (["INSERT INTO setting VALUES ('mine', '{}')"], FindingKind.ROWS_INSERTED, "mine"),
        (
            [f"DELETE FROM {table}" for table in ("visit_material", "reprint")]
            + [f"DELETE FROM {table} WHERE filing_id=1" for table in ("filing_number", "filing_department", "visit")]
            + ["DELETE FROM issued_document WHERE filing_id=1", "DELETE FROM filing WHERE id=1"],
            FindingKind.ROWS_DELETED,
            "内部号 1",
        ),
        (["UPDATE sequence SET last=1 WHERE series='DJ'"], FindingKind.NUMBER_BEYOND, "PA-DJ-2026-000002"),
        (["UPDATE sequence SET last=3 WHERE series='DJ'"], FindingKind.NUMBER_MISSING, "PA-DJ-2026-000003"),
        (["INSERT INTO void_number VALUES ('PA-DJ-2026-000001','x','2026-03-02')"], FindingKind.NUMBER_TWICE, "000001"),
        (
            ["UPDATE filing_number SET filing_id=2 WHERE number='PA-DJ-2026-000001'"],
            FindingKind.NUMBER_TWICE,
            "PA-DJ-2026-000001",
        ),
    ],
)
@pytest.mark.requirement("LG-P1")
def test_a_row_edited_behind_the_programs_back_is_named(
    tamper: Tamper, data_folder: Path, orders: list[str], kind: FindingKind, about: str
) -> None:
    tamper(*orders)
    verdict = verified(data_folder)
    assert verdict.broken is None
    assert any(finding.kind is kind and about in finding.about for finding in verdict.findings), verdict.findings


# What the file computes of other columns cannot be put in.
_STORED = ", ".join(name for name, column in Filing.__table__.columns.items() if column.computed is None)


def test_a_filing_put_in_by_hand_is_named(tamper: Tamper, data_folder: Path) -> None:
    tamper(
        "CREATE TEMP TABLE copied AS SELECT * FROM filing WHERE id=1",
        "UPDATE copied SET id=77, number='PA-DJ-2026-000077', registration_number=NULL",
        f"INSERT INTO filing ({_STORED}) SELECT {_STORED} FROM copied",
    )
    found = verified(data_folder).findings
    assert [finding.about for finding in found] == ["申报件 PA-DJ-2026-000077"]


@pytest.mark.requirement("LG-P1")
def test_a_printed_head_shows_a_ledger_that_was_cut_and_sealed_again(filled: Desk, data_folder: Path) -> None:
    at_noon = verified(data_folder).head
    assert verified(data_folder, at_noon).is_sound
    filled.calendar.set_day(factories.FILED_ON, "rest", name="停水", source="街道通知")
    assert verified(data_folder, at_noon).is_sound
    later = Anchor(count=verified(data_folder).head.count + 3, mac=at_noon.mac)
    for wrong in (later, Anchor(count=at_noon.count, mac="0" * 64)):
        broken = verified(data_folder, wrong).broken
        assert broken is not None
        assert broken.kind is FindingKind.HEAD_NOT_HELD


def test_taking_the_chain_away_does_not_get_a_new_one_at_the_next_start(tamper: Tamper, data_folder: Path) -> None:
    tamper("DELETE FROM audit_link", "DELETE FROM audit_head", "UPDATE audit_event SET who='别人' WHERE id=3")
    (data_folder / ANCHOR_NAME).unlink()  # with it the ledger would not even be opened
    again = open_desk(data_folder)
    again.calendar.set_day(factories.FILED_ON, "rest", name="停水", source="街道通知")
    again.close()
    broken = verified(data_folder).broken
    assert broken is not None
    assert broken.event_id == 1


def test_verifying_changes_nothing_and_leaves_nothing(filled: Desk, data_folder: Path) -> None:
    filled.close()
    before = {file.name: file.read_bytes() for file in data_folder.iterdir() if file.is_file()}
    verified(data_folder)
    assert {file.name: file.read_bytes() for file in data_folder.iterdir() if file.is_file()} == before


def test_verifying_can_be_stopped(filled: Desk, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stop:
        def step(self, done: int, total: int) -> None:
            raise Cancelled

    monkeypatch.setattr("desktop.services.row_check._EVERY", 1)
    with pytest.raises(Cancelled):
        verify_folder(data_folder, unlock=Unlock(), progress=Stop())
