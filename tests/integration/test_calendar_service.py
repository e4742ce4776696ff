"""The office's calendar: shipped, edited, imported; provisional dates follow it, printed ones stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop.domain.acts import Change
from desktop.domain.errors import FaultyInput
from desktop.services.desk import Desk, open_desk
from desktop.services.resources import shipped_calendar
from tests import factories
from tests.integration.conftest import Clock, Decide

_YEAR_2027 = """date,kind,name,source
2027-01-01,rest,元旦,二〇二七年节假日安排
2027-01-04,rest,元旦调休,二〇二七年节假日安排
2027-01-09,work,元旦补班,二〇二七年节假日安排
2027-10-01,rest,国庆节,二〇二七年节假日安排
"""


def _file(folder: Path, text: str, name: str = "2027.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_the_first_start_takes_the_shipped_days_over(desk: Desk) -> None:
    shipped = shipped_calendar()
    calendar = desk.calendar.calendar()
    assert (calendar.rest, calendar.work, calendar.known_years) == (shipped.rest, shipped.work, shipped.known_years)


@pytest.mark.requirement("Q-2")
def test_the_next_year_stands_in_the_list_as_not_published(desk: Desk) -> None:
    *_, last, following = desk.calendar.years()
    assert (last.year, last.published) == (2026, True)
    assert (following.year, following.published, following.rest_days) == (2027, False, 0)


def test_a_day_is_set_seen_and_taken_back(desk: Desk) -> None:
    day = date(2026, 3, 4)
    change = desk.calendar.set_day(day, "rest", name="停电", source="街道通知")
    assert (change.days, change.recomputed) == (1, ())
    assert Change.CALENDAR in change.changes
    assert not desk.calendar.calendar().is_workday(day)
    assert [known.name for known in desk.calendar.days(2026) if known.day == day] == ["停电"]
    desk.calendar.set_day(day, None, name="", source="")
    assert desk.calendar.calendar().is_workday(day)


def test_a_shipped_day_that_was_taken_back_does_not_return(desk: Desk, data_folder: Path, clock: Clock) -> None:
    day = date(2026, 10, 5)
    desk.calendar.set_day(day, None, name="", source="")
    desk.close()
    again = open_desk(data_folder, today=clock.today, now=clock.now)
    try:
        assert again.calendar.calendar().is_workday(day)
    finally:
        again.close()


def test_a_single_closure_does_not_make_a_year_known(desk: Desk) -> None:
    desk.calendar.set_day(date(2027, 3, 1), "rest", name="停电", source="街道通知")
    assert 2027 not in desk.calendar.calendar().known_years


@pytest.mark.parametrize("kind", ["holiday", ""])
def test_an_unknown_kind_of_day_is_refused(desk: Desk, kind: str) -> None:
    with pytest.raises(FaultyInput):
        desk.calendar.set_day(date(2026, 3, 4), kind, name="", source="")


@pytest.mark.requirement("Q-2")
def test_a_year_is_imported_from_csv_and_from_a_workbook_alike(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for line in _YEAR_2027.splitlines():
        sheet.append(line.split(","))
    sheet.cell(2, 1).value = date(2027, 1, 1)
    book.save(tmp_path / "2027.xlsx")
    from_csv = desk.calendar.import_rows(_file(tmp_path, _YEAR_2027))
    days = desk.calendar.days(2027)
    from_book = desk.calendar.import_rows(tmp_path / "2027.xlsx")
    assert from_csv.days == from_book.days == 4
    assert desk.calendar.days(2027) == days
    assert 2027 in desk.calendar.calendar().known_years


@pytest.mark.requirement("Q-2")
def test_every_bad_row_is_named_and_nothing_changes(desk: Desk, tmp_path: Path) -> None:
    rows = ("2027-02-30,rest,a,b", "2027-01-01,rest,元旦,x", "2027-01-02,feast,a,b", "2027-01-01,rest,元旦,x")
    bad = "\n".join(("date,kind,name,source", *rows))
    before = desk.calendar.days(2027)
    with pytest.raises(FaultyInput) as caught:
        desk.calendar.import_rows(_file(tmp_path, bad))
    assert [fault.where for fault in caught.value.faults] == ["第 2 行", "第 4 行", "第 5 行"]
    assert desk.calendar.days(2027) == before == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("heads.csv", b"day,what\n2027-01-01,rest\n"),
        ("latin.csv", b"\xff\xfe\xfa"),
        ("no.xlsx", b"this is no workbook"),
        ("nothing.csv", b"date,kind,name,source\n"),
    ],
)
def test_a_file_that_is_no_calendar_is_refused(desk: Desk, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FaultyInput):
        desk.calendar.import_rows(tmp_path / name)


def test_a_file_that_is_not_there_is_told(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(FaultyInput):
        desk.calendar.import_rows(tmp_path / "gone.csv")
    with pytest.raises(FaultyInput):
        desk.calendar.import_rows(tmp_path / "gone.xlsx")


@pytest.mark.requirement("LG-25-2a", "Q-2")
def test_a_due_day_in_an_unpublished_year_moves_when_the_year_is_known_and_says_so(
    desk: Desk, decide: Decide, tmp_path: Path, clock: Clock
) -> None:
    clock.day = date(2026, 12, 30)
    matter = factories.all_in_order(factories.walk_in(factories.small_work_facts(hoisting=True)), desk.intake.pack())
    filing_id = decide(matter).filing_id
    file = desk.ledger.file(filing_id)
    printed = [desk.issuing.pdf(paper.id) for paper in file.papers]
    assert file.site_check_by == date(2027, 1, 4)

    change = desk.calendar.import_rows(_file(tmp_path, _YEAR_2027))

    [moved] = change.recomputed
    assert (moved.filing_id, moved.what) == (filing_id, "site_check_by")
    assert (moved.before, moved.after) == (date(2027, 1, 4), date(2027, 1, 6))
    assert Change.FILINGS in change.changes
    after = desk.ledger.file(filing_id)
    assert after.site_check_by == date(2027, 1, 6)
    assert "2027-01-04" in after.timeline[-1].summary
    assert [desk.issuing.pdf(paper.id) for paper in after.papers] == printed
    # Known now: a later edit moves nothing silently.
    assert desk.calendar.set_day(date(2027, 1, 6), "rest", name="停电", source="通知").recomputed == ()


def test_a_due_day_in_a_known_year_never_moves(desk: Desk, decide: Decide) -> None:
    matter = factories.all_in_order(factories.walk_in(factories.small_work_facts(hoisting=True)), desk.intake.pack())
    filing_id = decide(matter).filing_id
    before = desk.ledger.file(filing_id).site_check_by
    assert desk.calendar.set_day(date(2026, 3, 4), "rest", name="停电", source="通知").recomputed == ()
    assert desk.ledger.file(filing_id).site_check_by == before
