"""A ledger of every released version opens in this one, whole, with its history chained and its papers as issued."""

from __future__ import annotations

import gzip
import hashlib
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.domain.access import Grant, Role
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.pack_version import VersionState
from desktop.models.ledger_key import LEDGER_NAME, Unlock
from desktop.services.desk import Desk, open_desk
from desktop.services.ledger_check import verify_folder
from tests import factories
from tests.integration.conftest import Clock, Decide, count_of
from tests.integration.people import OWN_PASSWORD, found, hire

DATA = Path(__file__).resolve().parents[1] / "data"
RELEASED = DATA / "ledger-0001.sqlite3.gz"
# A whole data folder: since the second release the keys of the chain and the scans lie beside the ledger.
SECOND = DATA / "ledger-0002.tar.gz"
THIRD = DATA / "ledger-0003.tar.gz"
FOURTH = DATA / "ledger-0004.tar.gz"
FIFTH = DATA / "ledger-0005.tar.gz"


@pytest.fixture
def desk(data_folder: Path, clock: Clock) -> Iterator[Desk]:
    """The sample ledger as the first release left it, opened by this program."""
    data_folder.mkdir()
    (data_folder / LEDGER_NAME).write_bytes(gzip.decompress(RELEASED.read_bytes()))
    opened = open_desk(data_folder, today=clock.today, now=clock.now, effort=factories.LIGHT)
    yield opened
    opened.close()


def test_every_filing_paper_and_event_of_the_first_release_is_there(desk: Desk) -> None:
    assert [count_of(desk, table) for table in ("filing", "visit", "issued_document")] == [23, 24, 131]
    for filing_id in desk.ledger.ids(LedgerCriteria()):
        assert desk.ledger.file(filing_id).timeline


@pytest.mark.requirement("LG-P1")
def test_its_history_is_chained_and_what_is_changed_by_hand_afterwards_shows(desk: Desk, data_folder: Path) -> None:
    assert verify_folder(data_folder, unlock=Unlock()).is_sound
    with desk.database.writing(is_whole=True) as session:
        session.execute(text("UPDATE filing SET valid_until = '2099-01-01' WHERE id = 1"))
    verdict = verify_folder(data_folder, unlock=Unlock())
    assert not verdict.is_sound


def test_work_goes_on_with_the_next_number(desk: Desk, decide: Decide) -> None:
    matter = factories.all_in_order(factories.walk_in(), desk.intake.pack())
    before = {desk.ledger.file(each).row.number for each in desk.ledger.ids(LedgerCriteria())}
    assert decide(matter).number not in before


def test_its_old_papers_are_the_same_byte_by_byte(desk: Desk) -> None:
    papers = desk.ledger.file(1).papers
    assert papers
    assert all(hashlib.sha256(desk.issuing.pdf(paper.id)).hexdigest() == paper.sha256 for paper in papers)


@pytest.mark.requirement("YC-A4g")
def test_departments_see_their_old_filings_at_once(desk: Desk) -> None:
    found(desk)
    everything = {"区住房建设部门", "区应急管理部门"}
    for name, departments in (("housing", {"区住房建设部门"}), ("both", everything)):
        hire(desk, name, Grant(role=Role.DISTRICT_DEPARTMENT_USER, departments=frozenset(departments)))
    desk.sign_in.sign_in("housing", OWN_PASSWORD)
    own = desk.ledger.ids(LedgerCriteria())
    desk.sign_in.sign_in("both", OWN_PASSWORD)
    assert set(own) < set(desk.ledger.ids(LedgerCriteria()))


@pytest.fixture
def second(data_folder: Path, clock: Clock) -> Iterator[Desk]:
    """The sample folder as the second release left it, opened by this program."""
    yield from _opened(SECOND, data_folder, clock)


def _opened(release: Path, data_folder: Path, clock: Clock) -> Iterator[Desk]:
    with tarfile.open(release) as packed:
        packed.extractall(data_folder, filter="data")
    opened = open_desk(data_folder, today=clock.today, now=clock.now, effort=factories.LIGHT)
    yield opened
    opened.close()


@pytest.fixture
def third(data_folder: Path, clock: Clock) -> Iterator[Desk]:
    """The sample folder, with a life after registration, as the third release left it, opened by this program."""
    yield from _opened(THIRD, data_folder, clock)


def test_the_second_release_opens_with_every_hash_as_it_was_recorded(second: Desk, data_folder: Path) -> None:
    second.sign_in.sign_in("chuangkou", OWN_PASSWORD)
    assert [count_of(second, table) for table in ("filing", "attachment", "reprint", "verification")] == [23, 1, 1, 1]
    verdict = verify_folder(data_folder, unlock=Unlock())
    assert verdict.is_sound, verdict


def test_what_the_file_computes_of_an_old_matter_is_there(second: Desk) -> None:
    with second.database.reading(is_whole=True) as session:
        planned = session.execute(text("SELECT planned_end, json_extract(walk_in, '$.planned_end_on') FROM filing"))
        pairs = planned.all()
    assert any(day for day, _ in pairs)
    assert all(day == stated for day, stated in pairs)


def test_scans_and_papers_of_the_second_release_are_given_out(second: Desk) -> None:
    second.sign_in.sign_in("chuangkou", OWN_PASSWORD)
    filed = next(each for each in second.ledger.ids(LedgerCriteria()) if second.attachments.of_filing(each))
    (scan,) = second.attachments.of_filing(filed)
    assert second.attachments.content(scan.id).data.startswith(b"\x89PNG")
    papers = second.ledger.file(filed).papers
    assert all(hashlib.sha256(second.issuing.pdf(paper.id)).hexdigest() == paper.sha256 for paper in papers)


def test_the_third_release_opens_with_every_hash_as_it_was_recorded(third: Desk, data_folder: Path) -> None:
    third.sign_in.sign_in("chuangkou", OWN_PASSWORD)
    assert all(count_of(third, table) for table in ("patrol", "hazard", "hazard_step", "transfer", "close_out"))
    verdict = verify_folder(data_folder, unlock=Unlock())
    assert verdict.is_sound, verdict


@pytest.fixture
def fourth(data_folder: Path, clock: Clock) -> Iterator[Desk]:
    """The sample folder, with what was told upward, as the fourth release left it, opened by this program."""
    yield from _opened(FOURTH, data_folder, clock)


def test_the_fourth_release_opens_with_every_hash_as_it_was_recorded(fourth: Desk, data_folder: Path) -> None:
    fourth.sign_in.sign_in("chuangkou", OWN_PASSWORD)
    assert all(count_of(fourth, table) for table in ("patrol", "hazard", "feedback", "attachment"))
    verdict = verify_folder(data_folder, unlock=Unlock())
    assert verdict.is_sound, verdict


def test_what_statistics_part_old_filings_by_is_read_out_of_the_matter(fourth: Desk) -> None:
    with fourth.database.reading(is_whole=True) as session:
        asked = text("SELECT funding, json_extract(walk_in, '$.funding'), office_code, first_number, grid FROM filing")
        found_rows = session.execute(asked).all()
    assert "social" in {row[0] for row in found_rows}
    assert all(row[0] == row[1] and row[3].startswith(f"{row[2]}-") for row in found_rows)
    assert any(row[4] for row in found_rows)


@pytest.fixture
def fifth(data_folder: Path, clock: Clock) -> Iterator[Desk]:
    """The sample folder, with registers beside the ledger, as the fifth release left it, opened by this program."""
    yield from _opened(FIFTH, data_folder, clock)


def test_the_fifth_release_opens_with_every_hash_as_it_was_recorded(fifth: Desk, data_folder: Path) -> None:
    fifth.sign_in.sign_in("chuangkou", OWN_PASSWORD)
    assert all(count_of(fifth, table) for table in ("patrol", "hazard", "book_entry", "attachment"))
    assert count_of(fifth, "pack_version") == 0
    assert {line.state for line in fifth.pack_versions.all()} == {VersionState.SHIPPED}
    verdict = verify_folder(data_folder, unlock=Unlock())
    assert verdict.is_sound, verdict
