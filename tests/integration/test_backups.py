"""Backups: whole or not there, made by themselves, thinned, in a second place, proved by restoring."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.errors import ClerkError
from desktop.domain.progress import Cancelled
from desktop.domain.walk_in import WalkIn
from desktop.models.attachment_store import AttachmentStore
from desktop.models.ledger_key import LEDGER_NAME
from desktop.models.migrating import HEAD, migrate
from desktop.services.backup_manifest import MANIFEST_NAME, Cause, read_manifest, read_objects
from desktop.services.backups import BACKUPS_NAME, BackupSettings
from desktop.services.desk import Desk, open_desk
from tests.integration.conftest import Clock, Decide

pytestmark = pytest.mark.requirement("JS-3.1c")
PASSPHRASE = "河湾路口有三棵老榕树一九八"


class StopAt:
    """Progress that is given up at a call."""

    def __init__(self, call: int) -> None:
        self.left = call

    def step(self, _done: int, _total: int) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def _names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def _change(desk: Desk) -> None:
    office = desk.office.office()
    assert office is not None
    desk.office.set_up(office)


@pytest.fixture
def filled(desk: Desk, decide: Decide, complete: WalkIn) -> Desk:
    decide(complete)
    return desk


def test_a_backup_says_what_it_holds_and_can_be_opened_alone(filled: Desk) -> None:
    made = filled.backups.make()
    manifest = made.brief.manifest
    assert manifest is not None
    assert manifest.counts["filing"] == made.brief.filings == 1
    assert manifest.cause is Cause.BY_HAND
    assert manifest.chain_count == manifest.counts["audit_event"] > 0
    assert _names(made.brief.folder) == {LEDGER_NAME, "ledger.key", "objects.json", MANIFEST_NAME}
    with closing(sqlite3.connect(made.brief.folder / LEDGER_NAME)) as copy:
        assert copy.execute("SELECT count(*) FROM filing").fetchone() == (1,)


def test_a_backup_of_a_protected_ledger_is_as_encrypted_as_the_ledger(filled: Desk, complete: WalkIn) -> None:
    filled.protecting.protect(PASSPHRASE)
    made = filled.backups.make()
    assert made.brief.manifest is not None
    assert made.brief.manifest.is_encrypted
    assert filled.backups.drill(made.brief.folder).drill
    for file in made.brief.folder.iterdir():
        assert complete.owner.name.encode() not in file.read_bytes()


def test_a_backup_given_up_leaves_nothing_behind(filled: Desk) -> None:
    with pytest.raises(Cancelled):
        filled.backups.make(StopAt(0))
    assert _names(filled.backups.place) == set()
    assert filled.backups.all() == ()


def test_what_a_power_cut_left_of_a_backup_is_swept_and_never_listed(filled: Desk) -> None:
    half = filled.backups.place / "2026-01-01T00-00-00.partial"
    half.mkdir(parents=True)
    assert filled.backups.all() == ()
    filled.backups.make()
    assert not half.exists()


def test_the_drill_restores_compares_and_keeps_its_result(filled: Desk) -> None:
    made = filled.backups.make()
    held = filled.backups.drill(made.brief.folder)
    assert held.drill is not None
    assert held.drill.is_passed
    listed = filled.backups.all()[0]
    assert listed.drill == held.drill
    assert filled.backups.standing().drilled == listed
    assert not [name for name in _names(filled.backups.place) if name.endswith(".partial")]


@pytest.mark.parametrize("name", [LEDGER_NAME, "ledger.key", "objects.json"])
@pytest.mark.parametrize("harm", ["truncated", "changed", "missing"])
def test_a_torn_backup_fails_its_drill_by_name_and_no_longer_counts(name: str, harm: str, filled: Desk) -> None:
    made = filled.backups.make()
    file = made.brief.folder / name
    content = file.read_bytes()
    if harm == "missing":
        file.unlink()
    else:
        middle = len(content) // 2
        changed = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        file.write_bytes(content[:middle] if harm == "truncated" else changed)
    held = filled.backups.drill(made.brief.folder).drill
    assert held is not None
    assert (held.fault, held.why) == ("backup_torn", name)
    assert filled.backups.standing().newest is None


def test_a_drill_sees_rows_that_a_changed_account_would_hide(filled: Desk) -> None:
    made = filled.backups.make()
    file = made.brief.folder / MANIFEST_NAME
    plain = json.loads(file.read_bytes())
    plain["counts"]["filing"] += 1
    file.write_text(json.dumps(plain), encoding="utf-8")
    held = filled.backups.drill(made.brief.folder).drill
    assert held is not None
    assert (held.fault, held.why) == ("backup_differs", "filing")


def test_a_backup_without_its_account_is_listed_as_torn(filled: Desk) -> None:
    made = filled.backups.make()
    (made.brief.folder / MANIFEST_NAME).write_bytes(b"{")
    listed = filled.backups.all()[0]
    assert (listed.fault, listed.is_good) == ("backup_torn", False)


def test_scans_are_copied_once_and_go_with_the_last_backup_that_names_them(filled: Desk, clock: Clock) -> None:
    store = AttachmentStore(filled.data_folder / "attachments")
    kept = store.put(b"%PDF-1.4 one")
    first = filled.backups.make().brief
    again = filled.backups.make().brief
    objects = list((filled.backups.place / "objects").glob("*/*"))
    assert len(objects) == 1
    assert read_objects(first.folder)[0].sha256 == read_objects(again.folder)[0].sha256 == kept
    store.settle(kept, is_needed=False)
    clock.moment += timedelta(days=400)
    filled.backups.make()
    clock.moment += timedelta(days=400)
    filled.backups.make()
    assert len(filled.backups.all()) == 3
    assert read_objects(again.folder)
    assert list((filled.backups.place / "objects").glob("*/*")) == objects


def test_nothing_is_due_while_nothing_changed(filled: Desk, clock: Clock) -> None:
    assert filled.backups.is_due()
    standing = filled.backups.keep_up()
    assert standing.newest is not None
    assert standing.drilled is not None
    assert standing.newest.manifest is not None
    assert standing.newest.manifest.cause is Cause.AUTOMATIC
    clock.moment += timedelta(days=2)
    assert not filled.backups.is_due()


def test_after_the_hours_set_a_changed_ledger_is_backed_up(filled: Desk, decide: Decide, clock: Clock) -> None:
    filled.backups.keep_settings(BackupSettings(every_hours=2))
    filled.backups.keep_up()
    _change(filled)
    assert not filled.backups.is_due()
    clock.moment += timedelta(hours=2)
    assert filled.backups.is_due()
    filled.backups.keep_up()
    assert len(filled.backups.all()) == 2


def test_a_clock_set_back_does_not_stop_the_backups(filled: Desk, clock: Clock) -> None:
    filled.backups.keep_up()
    _change(filled)
    clock.moment -= timedelta(days=300)
    assert filled.backups.is_due()


def test_a_week_after_the_last_drill_another_is_due(filled: Desk, clock: Clock) -> None:
    filled.backups.keep_up()
    clock.moment += timedelta(days=7)
    assert filled.backups.is_due()
    standing = filled.backups.keep_up()
    assert standing.drilled is not None
    assert standing.drilled.drill is not None
    assert clock.moment - standing.drilled.drill.at < timedelta(minutes=1)


def test_at_closing_there_is_one_a_day(filled: Desk, clock: Clock) -> None:
    for _ in range(2):
        filled.backups.at_closing()
    assert len(filled.backups.all()) == 1
    clock.moment += timedelta(days=1)
    filled.backups.at_closing()
    assert len(filled.backups.all()) == 1
    _change(filled)
    filled.backups.at_closing()
    assert len(filled.backups.all()) == 2


def test_older_backups_are_thinned_when_a_new_one_is_made(filled: Desk, clock: Clock) -> None:
    for _ in range(3):
        filled.backups.make()
    clock.moment += timedelta(days=1)
    filled.backups.make()
    assert len(filled.backups.all()) == 2


def test_the_second_place_gets_every_backup_too(filled: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    filled.backups.keep_settings(BackupSettings(second_place=str(stick)))
    made = filled.backups.make()
    assert made.second_trouble is None
    own, second = [brief.folder for brief in filled.backups.all()]
    assert {own.parent, second.parent} == {filled.backups.place, stick / "small-works-PA"}
    assert read_manifest(own).counts.keys() == read_manifest(second).counts.keys()


def test_a_second_place_that_is_not_plugged_in_is_told_and_stops_nothing(filled: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    filled.backups.keep_settings(BackupSettings(second_place=str(stick)))
    stick.rmdir()
    made = filled.backups.make()
    assert made.second_trouble is not None
    assert made.second_trouble.code == "second_place_missing"
    assert filled.backups.standing().trouble is made.second_trouble
    assert not stick.exists()


def test_the_second_place_is_somewhere_else(filled: Desk) -> None:
    with pytest.raises(ClerkError) as caught:
        filled.backups.keep_settings(BackupSettings(second_place=str(filled.data_folder)))
    assert caught.value.code == "second_place_here"


@pytest.mark.requirement("LG-P1")
def test_only_who_keeps_backups_makes_lists_and_proves_them(filled: Desk) -> None:
    folder = filled.backups.make().brief.folder
    clerk = Actor(account_id=7, user_name="c", name="窗口", grants=(Grant(role=Role.WINDOW_CLERK),))
    filled.sign_in._station.work_as(clerk)
    calls = (
        filled.backups.all,
        filled.backups.make,
        filled.backups.restorer,
        lambda: filled.backups.drill(folder),
        lambda: filled.backups.keep_settings(BackupSettings()),
        lambda: filled.protecting.protect(PASSPHRASE),
        filled.protecting.new_recovery_code,
    )
    for call in calls:
        with pytest.raises(ClerkError) as caught:
            call()
        assert caught.value.code == "not_permitted"
    assert filled.backups.standing().newest is not None


def test_before_a_migration_a_full_backup_is_made(
    filled: Desk, data_folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from tests.integration.test_migrations import _LATER, _with_later_step

    filled.close()
    folder = _with_later_step(tmp_path, "SELECT 1")
    monkeypatch.setattr("desktop.services.desk.migrate", partial(migrate, head=_LATER, folder=folder))
    with closing(open_desk(data_folder, today=clock.today, now=clock.now)) as newer:
        (made,) = newer.backups.all()
        assert made.manifest is not None
        assert (made.manifest.cause, made.manifest.schema) == (Cause.BEFORE_MIGRATION, HEAD)
        assert made.filings == 1
        assert "later" not in made.manifest.counts
    assert BACKUPS_NAME in _names(data_folder)
