"""Papers come out as they were issued, whatever happens afterwards."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.domain.acts import Act, Decided
from desktop.domain.errors import ClerkError
from desktop.domain.walk_in import WalkIn
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.integration.conftest import Clock, Decide


@pytest.fixture
def decided(decide: Decide, complete: WalkIn) -> Decided:
    return decide(complete)


def test_every_paper_is_the_one_whose_print_was_stored(desk: Desk, decided: Decided) -> None:
    for paper in decided.papers:
        pdf = desk.issuing.pdf(paper.id)
        assert pdf.startswith(b"%PDF")
        assert hashlib.sha256(pdf).hexdigest() == paper.sha256


def test_a_paper_stays_when_office_and_program_start_anew(
    desk: Desk, decided: Decided, data_folder: Path, clock: Clock
) -> None:
    before = [desk.issuing.pdf(paper.id) for paper in decided.papers]
    desk.office.set_up(factories.office(station_name="别的受理点", clerk_name="别人"))
    desk.close()
    again = open_desk(data_folder, today=clock.today, now=clock.now)
    try:
        assert [again.issuing.pdf(paper.id) for paper in decided.papers] == before
    finally:
        again.close()


@pytest.mark.requirement("LG-27-3b2")
def test_a_reprint_is_marked_recorded_and_always_the_same(desk: Desk, decided: Decided) -> None:
    paper = decided.papers[0]
    first = desk.issuing.reprint(paper.id, act_id="r1")
    assert desk.issuing.reprint(paper.id, act_id="r1") == first
    assert desk.issuing.reprint(paper.id, act_id="r2") == first
    assert first != desk.issuing.pdf(paper.id)
    file = desk.ledger.file(decided.filing_id)
    assert next(known for known in file.papers if known.id == paper.id).reprints == 2
    events = [entry for entry in file.timeline if entry.act == "reprint"]
    assert [event.paper_ids for event in events] == [(paper.id,)] * 2


def test_a_tampered_paper_is_not_given_out_as_the_issued_one(desk: Desk, decided: Decided) -> None:
    paper = decided.papers[0]
    with desk.database.writing() as session:
        session.execute(text("DROP TRIGGER issued_document_stays"))
        session.execute(text("UPDATE issued_document SET paper=replace(paper, '000001', '000009')"))
    with pytest.raises(ClerkError, match="paper_changed"):
        desk.issuing.pdf(paper.id)


def test_an_unknown_paper_or_form_is_told(desk: Desk) -> None:
    with pytest.raises(ClerkError, match="no_such_paper"):
        desk.issuing.pdf(7)
    with pytest.raises(ClerkError, match="no_such_form"):
        desk.issuing.blank("no-such-form")


@pytest.mark.requirement("LG-D1")
def test_every_blank_form_can_be_printed(desk: Desk) -> None:
    titles = dict(desk.issuing.blanks())
    assert {"power_of_attorney", "owner_consent", "manager_authorisation"} <= set(titles)
    for code in titles:
        assert desk.issuing.blank(code).startswith(b"%PDF")


def test_a_draft_takes_no_number_and_leaves_no_trace(desk: Desk, complete: WalkIn) -> None:
    papers = desk.issuing.draft_papers(complete, Act.ACCEPT)
    assert len(papers) > 1
    assert all(title and pdf.startswith(b"%PDF") for title, pdf in papers)
    with desk.database.reading() as session:
        for table in ("issued_document", "sequence", "filing"):
            assert session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0


def test_a_bundle_is_saved_under_numbers_and_titles_never_names(
    desk: Desk, decided: Decided, complete: WalkIn, tmp_path: Path
) -> None:
    files = desk.issuing.save_bundle(decided.filing_id, tmp_path / "out")
    assert len(files) == len(set(files)) == len(decided.papers)
    for file, paper in zip(files, decided.papers, strict=True):
        assert file.read_bytes() == desk.issuing.pdf(paper.id)
        assert file.name.startswith(decided.number)
        assert complete.owner.name not in file.name


def test_a_bundle_that_cannot_be_written_is_told(desk: Desk, decided: Decided, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file in the way")
    with pytest.raises(ClerkError, match="folder_unusable"):
        desk.issuing.save_bundle(decided.filing_id, tmp_path / "out")


def test_a_paper_set_by_another_typesetter_is_still_given_out(desk: Desk, decided: Decided, data_folder: Path) -> None:
    paper = decided.papers[0]
    issued = desk.issuing.pdf(paper.id)
    with desk.database.writing() as session:
        session.execute(text("DROP TRIGGER issued_document_stays"))
        session.execute(text("UPDATE issued_document SET sha256='of an earlier program'"))

    assert desk.issuing.pdf(paper.id) == issued


def test_warming_up_leaves_no_trace(desk: Desk) -> None:
    desk.issuing.warm_up()

    assert desk.ledger.decided_today() == 0
