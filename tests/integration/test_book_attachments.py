"""Photos and documents of entries of the registers: added, seen, carried along, kept and sent up as their entry is."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.access import Role
from desktop.domain.attachments import AttachedKind, AttachedTo
from desktop.domain.book import BookDraft, BookKind, BookRow
from desktop.domain.errors import ClerkError
from desktop.domain.package import RecordKind
from desktop.services.desk import Desk
from tests.integration.at_work import person, work_as
from tests.integration.packages import records_in
from tests.integration.test_books import ACCIDENT, AUDITOR, CLERK, ELSEWHERE, MANAGER, TRAINING
from tests.integration.test_receiving import Exchange, below, exchange, is_sound, street
from tests.scans import photo, scan

__all__ = ["below", "exchange", "street"]
BOOK = AttachedTo.BOOK_ENTRY
PATROLLER = person(65, "簿戊", Role.PATROLLER, areas=frozenset({"坪安社区"}))


def accident(desk: Desk, act_id: str = "b1", **changes: str) -> BookRow:
    return desk.books.write(BookDraft(kind=BookKind.ACCIDENT, texts={**ACCIDENT, **changes}), act_id=act_id).row


def titles(desk: Desk, entry_id: int) -> list[str]:
    return [each.title for each in desk.attachments.attached_to(BOOK, entry_id)]


@pytest.fixture
def row(desk: Desk) -> BookRow:
    return accident(desk)


@pytest.mark.requirement("LG-21-7", "LG-18-6")
def test_an_accident_carries_its_report_and_photos_once_each_in_their_order(desk: Desk, row: BookRow) -> None:
    picture = desk.attachments.add_to(BOOK, row.id, photo(), act_id="p1", title="现场")
    report = desk.attachments.add_to(BOOK, row.id, scan(), act_id="p2", title="调查报告")

    assert desk.attachments.add_to(BOOK, row.id, photo(), act_id="p1", title="现场") == picture
    assert titles(desk, row.id) == ["现场", "调查报告"]
    assert (picture.kind, report.kind) == (AttachedKind.SITE_PHOTO, AttachedKind.OTHER)
    assert desk.attachments.content(report.id).data == scan()
    assert is_sound(desk)


@pytest.mark.requirement("LG-21-7")
def test_they_stay_when_the_entry_is_put_right_and_show_by_each_of_its_forms(desk: Desk, row: BookRow) -> None:
    desk.attachments.add_to(BOOK, row.id, photo(), act_id="p1", title="现场")
    draft = BookDraft(kind=BookKind.ACCIDENT, texts={**ACCIDENT, "injured": "2", "community": "新禾社区"})

    later = desk.books.put_right(row.uid, draft, version=1, act_id="b2").row
    desk.attachments.add_to(BOOK, row.id, photo("red"), act_id="p2", title="复核")

    assert titles(desk, later.id) == titles(desk, row.id) == ["现场", "复核"]
    work_as(desk, ELSEWHERE)
    assert titles(desk, later.id) == ["现场", "复核"], "they went to the other community with the entry"
    work_as(desk, CLERK)
    assert titles(desk, later.id) == []


@pytest.mark.requirement("LG-18-6")
def test_the_right_and_the_scope_are_those_of_the_entry(desk: Desk, row: BookRow) -> None:
    whole_street = desk.books.write(BookDraft(kind=BookKind.ACTIVITY, texts=TRAINING), act_id="b9").row
    for who, act in ((CLERK, "p1"), (MANAGER, "p2"), (PATROLLER, "p3")):
        work_as(desk, who)
        desk.attachments.add_to(BOOK, row.id, photo(), act_id=act, title=act)
    refused = []
    for who, entry in ((ELSEWHERE, row), (AUDITOR, row), (CLERK, whole_street)):
        work_as(desk, who)
        with pytest.raises(ClerkError) as caught:
            desk.attachments.add_to(BOOK, entry.id, photo(), act_id="no", title="不可")
        refused.append(caught.value.code)
    assert refused == ["no_such_entry", "not_permitted", "no_such_entry"]
    work_as(desk, ELSEWHERE)
    assert titles(desk, row.id) == []


def test_nothing_is_added_to_an_entry_that_was_withdrawn(desk: Desk, row: BookRow) -> None:
    desk.books.withdraw(row.uid, "重复登记", version=1)
    with pytest.raises(ClerkError, match="no_such_entry"):
        desk.attachments.add_to(BOOK, row.id, photo(), act_id="p1", title="现场")


@pytest.mark.requirement("LG-21-7", "LG-22-2b")
def test_they_go_up_with_their_entry_and_stay_with_it_when_it_is_put_right(
    exchange: Exchange, below: Desk, street: Desk
) -> None:
    row = accident(below)
    below.attachments.add_to(BOOK, row.id, photo(), act_id="p1", title="现场")
    exchange.take(street, exchange.pack(below, attachments=True))
    (here,) = street.books.all(BookKind.ACCIDENT)
    (picture,) = street.attachments.attached_to(BOOK, here.id)
    assert street.attachments.content(picture.id).data == photo()

    draft = BookDraft(kind=BookKind.ACCIDENT, texts={**ACCIDENT, "injured": "2"})
    below.books.put_right(row.uid, draft, version=1, act_id="b2")
    file: Path = exchange.pack(below, attachments=True)
    exchange.take(street, file)

    (record,) = records_in(file)[RecordKind.LOOSE_ATTACHMENT]
    assert record.rows["attachment"][0]["subject_uid"] == "b2"
    (later,) = street.books.all(BookKind.ACCIDENT)
    assert titles(street, later.id) == ["现场"]
    assert is_sound(street)
