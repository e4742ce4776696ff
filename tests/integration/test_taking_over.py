"""A ledger from before there was a chain is taken into it at once, and edits to its old filings show from then on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from desktop.domain.trail import FindingKind
from desktop.domain.walk_in import WalkIn
from desktop.models.database import Database
from desktop.models.ledger_key import Unlock
from desktop.models.migrating import FOLDER
from desktop.services.chain import Chain
from desktop.services.clock import utc_now
from desktop.services.desk import Desk, open_desk
from desktop.services.ledger_check import verify_folder
from desktop.services.taking_over import take_over
from desktop.services.touched import ROWS_OF, every_fingerprint, fingerprint_of
from tests import factories
from tests.integration.conftest import Decide


def _old_ledger(folder: Path) -> None:
    """Make a ledger of schema 0001 with one filing that somebody entered then."""
    folder.mkdir(parents=True)
    database = Database(folder / "ledger.sqlite3")
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    with database.connection() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    database.close()
    open_key = f'{{"version":1,"owner":"o","open":{{"audit_key":"{"ab" * 32}"}}}}'
    (folder / "ledger.key").write_text(open_key, encoding="utf-8")
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as ledger:
        columns = ledger.execute("PRAGMA table_info(filing)").fetchall()
        usual = {"JSON": "{}", "INTEGER": 1, "BOOLEAN": 1}
        values: dict[str, object] = {name: usual.get(kind, "x") for _, name, kind, *_ in columns}
        values |= {"overrides": "[]", "number": "PA-DJ-2026-000001", "filed_on": "2026-01-05", "is_provisional": 0}
        values |= dict.fromkeys(("accepted_on", "valid_until", "extension_first", "site_check_by", "feedback_by"))
        marks = ",".join("?" for _ in values)
        ledger.execute(f"INSERT INTO filing ({','.join(values)}) VALUES ({marks})", tuple(values.values()))
        ledger.execute("INSERT INTO filing_number VALUES ('PA-DJ-2026-000001', 1)")
        ledger.execute("INSERT INTO sequence VALUES ('PA', 'DJ', 2026, 1)")
        ledger.execute(
            "INSERT INTO audit_event (at, who, station, act, filing_id, summary, reason, paper_ids) "
            "VALUES ('2026-01-05 01:00:00.000000', '林晓', '坪安', 'accept', 1, '受理登记', '', '[]')"
        )
        ledger.commit()


@pytest.mark.requirement("LG-P1")
def test_an_old_ledger_is_sound_after_its_upgrade_and_later_edits_show(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    _old_ledger(folder)
    open_desk(folder).close()
    verdict = verify_folder(folder, unlock=Unlock())
    assert (verdict.broken, verdict.findings) == (None, ())
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as ledger:
        ledger.execute("UPDATE filing SET owner_name='别人' WHERE id=1")
        ledger.commit()
    findings = verify_folder(folder, unlock=Unlock()).findings
    assert [(finding.kind, finding.about) for finding in findings] == [
        (FindingKind.ROWS_CHANGED, "申报件 PA-DJ-2026-000001")
    ]


def test_the_old_events_are_linked_and_an_edit_of_one_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    _old_ledger(folder)
    open_desk(folder).close()
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as ledger:
        _drop_all(ledger)
        ledger.execute("UPDATE audit_event SET who='别人' WHERE id=1")
        ledger.commit()
    broken = verify_folder(folder, unlock=Unlock()).broken
    assert broken is not None
    assert broken.event_id == 1


def _drop_all(ledger: sqlite3.Connection) -> None:
    for (name,) in ledger.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
        ledger.execute(f"DROP TRIGGER {name}")


def test_the_bulk_reading_gives_every_subject_the_hash_it_has_alone(
    desk: Desk, decide: Decide, complete: WalkIn
) -> None:
    for _ in range(3):
        decide(complete)
    _all_agree(desk)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9)),
    keys=st.sets(st.text(alphabet="aA_中𬭎z9", min_size=1, max_size=5), max_size=6),
)
def test_bulk_and_single_hashes_agree_whatever_the_rows_hold(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], keys: set[str]
) -> None:
    folder = tmp_path_factory.mktemp("agree") / "data"
    desk = open_desk(folder, today=lambda: factories.FILED_ON)
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as ledger:
        for key in keys:
            ledger.execute("INSERT INTO setting VALUES (?, ?)", (key, "{}"))
        for place, name in enumerate(names, 1):
            columns = [row[1] for row in ledger.execute("PRAGMA table_info(account)")]
            values: dict[str, object] = dict.fromkeys(columns, name) | {"id": place * 3, "user_key": f"k{place}"}
            marks = ",".join("?" for _ in values)
            ledger.execute(f"INSERT INTO account ({','.join(values)}) VALUES ({marks})", tuple(values.values()))
        ledger.commit()
    _all_agree(desk)
    desk.close()


def _all_agree(desk: Desk) -> None:
    with desk.database.reading(is_whole=True) as session:
        for kind in ROWS_OF:
            for key, found in every_fingerprint(session, kind):
                assert found == fingerprint_of(session, kind, key), (kind, key)


def test_taking_over_names_every_subject_in_one_event(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    decide(complete)
    with desk.database.writing(is_whole=True) as session:
        for table in ("audit_event", "audit_link"):
            for (name,) in session.execute(
                text("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name=:t"), {"t": table}
            ).all():
                session.execute(text(f"DROP TRIGGER {name}"))
        for table in ("audit_head", "audit_link", "audit_event"):
            session.execute(text(f"DELETE FROM {table}"))
        session.expire_all()
        years = session.execute(text("SELECT count(DISTINCT substr(day, 1, 4)) FROM calendar_day")).scalar_one()
        # One filing, one setting, every year of the calendar.
        assert take_over(session, Chain(b"k"), at=utc_now()) == 2 + years
