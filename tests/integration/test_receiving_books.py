"""Entries of the registers go up in packages: a street's figures hold its stations' trainings and accidents, once."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from desktop.domain.book import BookDraft, BookKind, BookRow
from desktop.domain.known_station import PeriodKind as Interval
from desktop.domain.known_station import StationRole
from desktop.domain.package import Outcome, PackageKind, PackageRecord, RecordKind
from desktop.domain.period import Period, PeriodKind
from desktop.domain.receiving import Decision
from desktop.queries.statistics.late import PUT_RIGHT, RECEIVED, WITHDRAWN, late_entries
from desktop.queries.statistics.tally import tally
from desktop.services.desk import Desk
from tests.integration.packages import opened, records_in
from tests.integration.test_books import ACCIDENT, TRAINING
from tests.integration.test_receiving import Exchange, below, exchange, is_sound, register, street
from tests.integration.test_receiving_reach import Stations, stations, with_row

__all__ = ["below", "exchange", "stations", "street"]

FEBRUARY = Period(kind=PeriodKind.MONTH, first_on=date(2026, 2, 1), last_on=date(2026, 2, 28))
MEASURES = ("trainings", "trained_persons", "accidents", "injured")
BOOK = RecordKind.BOOK_ENTRY


def write(desk: Desk, kind: BookKind, act_id: str, /, **texts: str) -> BookRow:
    return desk.books.write(BookDraft(kind=kind, texts=texts), act_id=act_id).row


def trained(desk: Desk, act_id: str = "training-1", **changes: str) -> BookRow:
    return write(desk, BookKind.ACTIVITY, act_id, **{**TRAINING, **changes})


def put_right(desk: Desk, row: BookRow, act_id: str, **changes: str) -> BookRow:
    draft = BookDraft(kind=BookKind.ACTIVITY, texts={**TRAINING, **changes})
    return desk.books.put_right(row.uid, draft, version=row.version, act_id=act_id).row


def figures(desk: Desk, known_by: datetime | None = None, period: Period = FEBRUARY) -> tuple[int, ...]:
    """Trainings, persons trained, accidents, injured."""
    with desk.database.reading(is_whole=True) as session:
        found = tally(session, MEASURES, period, known_by=known_by)
    return tuple(int(found["", ""].get(measure, 0) or 0) for measure in MEASURES)


def late(desk: Desk, since: datetime) -> list[tuple[str, str]]:
    with desk.database.reading(is_whole=True) as session:
        return [(each.number, each.what) for each in late_entries(session, FEBRUARY, since)]


def standing(desk: Desk, kind: BookKind = BookKind.ACTIVITY) -> list[tuple[str, int, object]]:
    return [(row.number, row.version, row.values.get("persons")) for row in desk.books.all(kind)]


@pytest.mark.requirement("LG-21-7", "LG-21-9", "LG-22-2b", "LG-21-2c")
def test_a_streets_figures_hold_its_stations_trainings_and_accidents(
    exchange: Exchange, below: Desk, street: Desk
) -> None:
    filing_id = register(below)
    number = below.ledger.file(filing_id).row.number
    first = trained(below)
    put_right(below, first, "training-2", persons="130")
    community = below.ledger.file(filing_id).row.community
    write(
        below,
        BookKind.ACCIDENT,
        "accident-1",
        **{**ACCIDENT, "is_registered": "是", "filing": number, "community": community},
    )
    dropped = trained(below, "training-3")
    below.books.withdraw(dropped.uid, "重复登记", version=1)

    received = exchange.take(street, exchange.pack(below))

    assert received.outcome[Outcome.REJECTED] == 0
    assert figures(street) == figures(below) == (1, 130, 1, 1)
    (accident,) = street.books.all(BookKind.ACCIDENT)
    assert accident.filing_number == number
    assert [(form.version, form.is_withdrawn) for form in street.books.forms(first.uid)] == [(2, False), (1, False)]
    assert is_sound(street)


@pytest.mark.requirement("LG-34-4", "LG-22-2b")
def test_exported_again_the_entries_are_equal_and_a_second_time_changes_nothing(
    exchange: Exchange, below: Desk, street: Desk
) -> None:
    put_right(below, trained(below), "training-2", persons="130")
    file = exchange.pack(below)
    exchange.take(street, file)

    again = exchange.take(street, exchange.pack(below))

    assert again.outcome[Outcome.SAME] == 2
    assert [each.content_sha256() for each in records_in(exchange.pack(street))[BOOK]] == [
        each.content_sha256() for each in records_in(file)[BOOK]
    ]


@pytest.mark.requirement("LG-22-2b")
def test_what_a_sheet_brought_goes_up_without_the_list_and_the_firm_it_stands_in_here(
    exchange: Exchange, below: Desk
) -> None:
    trained(below)

    (record,) = records_in(exchange.pack(below))[BOOK]

    (row,) = record.rows["book_entry"]
    assert row.keys().isdisjoint({"id", "import_id", "firm_id", "recorded_by_id"})
    assert (record.uid, row["act_id"]) == ("training-1", "training-1")


@pytest.mark.requirement("LG-22-2b")
def test_a_form_that_ends_an_earlier_one_comes_later_and_the_entry_counts_once(
    exchange: Exchange, below: Desk, street: Desk
) -> None:
    first = trained(below)
    exchange.take(street, exchange.pack(below))
    put_right(below, first, "training-2", persons="130")

    received = exchange.take(street, exchange.pack(below))

    assert (received.outcome[Outcome.NEW], received.outcome[Outcome.CHANGED]) == (1, 1)
    assert standing(street) == [(first.number, 2, 130)]
    assert figures(street) == (1, 130, 0, 0)
    assert is_sound(street)


@pytest.mark.requirement("LG-22-2b")
def test_packages_of_a_period_take_all_forms_of_an_entry_along(exchange: Exchange, below: Desk, street: Desk) -> None:
    first = trained(below)
    put_right(below, first, "training-2", happened_on="2026-01-10")
    below.packing.standing()
    january, february = (date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 2, 1), date(2026, 2, 28))

    for period in (january, february):
        uids = {each.uid for each in records_in(exchange.pack(below, PackageKind.PERIOD, period=period))[BOOK]}
        assert uids == {"training-1", "training-2"}


@pytest.mark.requirement("LG-22-2b")
def test_since_the_last_package_only_what_changed_goes_up(exchange: Exchange, below: Desk, street: Desk) -> None:
    exchange.know(below, street, Interval.NONE, role=StationRole.ABOVE)
    trained(below, "training-1")
    sent = exchange.pack(below, PackageKind.SINCE_LAST)
    received = exchange.take(street, sent)
    answer = exchange.folder / "answer.swack"
    street.receiving.write_acknowledgement(received.package_id, answer)
    below.packing.apply_acknowledgement(answer)
    trained(below, "training-2")

    assert [each.uid for each in records_in(exchange.pack(below, PackageKind.SINCE_LAST))[BOOK]] == ["training-2"]


@pytest.mark.requirement("LG-22-2b")
def test_a_masked_package_covers_numbers_and_leaves_amounts_alone(
    exchange: Exchange, below: Desk, street: Desk
) -> None:
    fund = {"year_from": "2026-02-01", "year": "2026", "amount": "13800000001", "purpose": "专项经费"}
    fund["organisation"] = "坪安街道"
    write(below, BookKind.FUND, "fund-1", **fund)
    policy = {"kind": "安责险", "insurer": "某保险公司", "policy_number": "13800000002", "valid_from": "2026-02-01"}
    policy |= {"valid_to": "2027-01-31", "organisation": "某企业"}
    write(below, BookKind.INSURANCE, "policy-1", **policy)
    file = exchange.pack(below, whole=False, purpose="")

    by_uid = {each.uid: json.loads(each.rows["book_entry"][0]["entry_values"]) for each in records_in(file)[BOOK]}

    assert by_uid["fund-1"]["amount"].startswith("13800000001")
    assert "13800000002" not in json.dumps(by_uid)
    assert exchange.take(street, file).outcome[Outcome.REJECTED] == 0


@pytest.mark.requirement("LG-22-2b", "SJ-5.6b")
def test_a_package_without_entries_is_one_that_older_programs_read(exchange: Exchange, below: Desk) -> None:
    register(below)

    def version() -> int:
        with zipfile.ZipFile(exchange.pack(below)) as package:
            return int(json.loads(package.read("manifest.json"))["format_version"])

    before = version()
    trained(below)
    assert (before, version()) == (1, 2)


@pytest.mark.requirement("LG-21-2c", "LG-22-2b")
def test_as_of_a_moment_before_the_package_its_entries_do_not_count_and_are_told_as_late(
    exchange: Exchange, below: Desk, street: Desk
) -> None:
    first = trained(below)
    before = exchange.clock.now()
    exchange.take(street, exchange.pack(below))
    between = exchange.clock.now()
    put_right(below, first, "training-2", persons="130")
    dropped = trained(below, "training-3", persons="7")
    unsent = exchange.clock.now()
    exchange.take(street, exchange.pack(below))
    with_it = exchange.clock.now()
    below.books.withdraw(dropped.uid, "重复登记", version=1)
    not_known = exchange.clock.now()
    exchange.take(street, exchange.pack(below))

    told = {at: figures(street, at)[:2] for at in (before, between, unsent, with_it, not_known)}
    assert list(told.values()) == [(0, 0), (1, 120), (1, 120), (2, 137), (2, 137)]
    assert figures(street)[:2] == figures(street, exchange.clock.now())[:2] == (1, 130)
    # One form of both is told of each time: what came, and what no longer counts since.
    assert late(street, not_known) == [(dropped.number, WITHDRAWN)]
    assert sorted(late(street, between)) == sorted(
        [(first.number, PUT_RIGHT), (first.number, RECEIVED), (dropped.number, RECEIVED)]
    )
    assert late(street, before).count((first.number, RECEIVED)) == 2
    assert (first.number, RECEIVED) not in late(below, before)


@pytest.mark.requirement("LG-22-2b")
def test_an_entry_put_right_on_both_sides_counts_once_and_a_person_decides(
    exchange: Exchange, below: Desk, street: Desk
) -> None:
    first = trained(below)
    exchange.take(street, exchange.pack(below))
    (here,) = street.books.all(BookKind.ACTIVITY)
    ours = put_right(street, here, "street-2", persons="140")
    put_right(below, first, "training-2", persons="130")

    received = exchange.take(street, exchange.pack(below))

    assert (received.outcome[Outcome.CONFLICT], received.outcome[Outcome.REJECTED]) == (1, 1)
    assert figures(street)[:2] == (1, 140)
    (conflict,) = street.receiving.conflicts()
    assert [pair.label for pair in street.receiving.conflict(conflict.id).pairs] == ["更正或者撤销时间"]
    street.books.withdraw(ours.uid, "以登记点的为准", version=2)
    street.receiving.decide(conflict.id, Decision.THEIRS, reason="登记点已核实")
    exchange.take(street, exchange.pack(below))
    assert figures(street)[:2] == (1, 130)
    assert is_sound(street)


def evil(change: Callable[[dict[str, Any]], None]) -> Callable[[PackageRecord], PackageRecord]:
    """A change of the row of an entry, its values opened."""

    def changed(record: PackageRecord) -> PackageRecord:
        if record.kind is not BOOK:
            return record
        row = dict(record.rows["book_entry"][0])
        row["entry_values"] = json.loads(row["entry_values"])
        change(row)
        row["entry_values"] = json.dumps(row["entry_values"])
        return replace(record, uid=row["act_id"], rows={"book_entry": (row,)})

    return changed


@pytest.mark.requirement("LG-22-2b")
@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda row: row.update(kind="weather"), "登记簿记录的种类写法不对。"),
        (lambda row: row.update(entry_values=[1]), "登记簿记录的登记内容写法不对。"),
        (lambda row: row["entry_values"].update(persons="12"), "宣传培训登记簿的"),
        (lambda row: row["entry_values"].update(topic="长" * 100_000), "宣传培训登记簿的"),
        (lambda row: row["entry_values"].update(colour="red"), "宣传培训登记簿含有本程序不认识的项目“colour”。"),
        (lambda row: row.update(organisation="长" * 201), "宣传培训登记簿的单位或者社区写法不对。"),
        (lambda row: row.update(number="1"), "宣传培训登记簿的编号写法不对。"),
        (lambda row: row.update(number="PB-DJ-2026-000001"), "宣传培训登记簿的编号写法不对。"),
        (lambda row: row.update(version=2), "宣传培训登记簿的记录标识与第几稿不符。"),
        (lambda row: row.update(version=0), "宣传培训登记簿的记录标识与第几稿不符。"),
        (lambda row: row.update(uid="another"), "宣传培训登记簿的记录标识与第几稿不符。"),
        (lambda row: row.update(is_withdrawn=1), "宣传培训登记簿的更正或者撤销记载不全。"),
        (lambda row: row.update(end_reason="更正"), "宣传培训登记簿的更正或者撤销记载不全。"),
        (lambda row: row.update(firm_id=1), "登记簿记录含有本程序不认识的项目“firm_id”。"),
    ],
)
def test_an_entry_that_no_form_could_have_given_is_refused_in_words_and_the_page_still_opens(
    stations: Stations, change: Callable[[dict[str, Any]], None], why: str
) -> None:
    trained(stations.evil)
    forged = stations.forged(stations.evil, stations.exchange.pack(stations.evil), evil(change))

    received = stations.exchange.take(stations.street, forged)

    assert received.outcome[Outcome.REJECTED] == 1
    (refused,) = received.refused
    assert refused.reason.startswith(why)
    assert standing(stations.street) == []
    assert is_sound(stations.street)


@pytest.mark.requirement("LG-22-2b")
def test_a_station_changes_no_entry_of_another_without_a_person_who_reads_what_differs(stations: Stations) -> None:
    trained(stations.honest)
    file = stations.exchange.pack(stations.honest)
    stations.exchange.take(stations.street, file)

    def forge(record: PackageRecord) -> PackageRecord:
        changed = evil(lambda row: row["entry_values"].update(persons=9999))(record)
        own = {stations.evil.station_keys.own_card().fingerprint: 1}
        return replace(changed, versions={**record.versions, **own})

    received = stations.exchange.take(stations.street, stations.forged(stations.evil, file, forge))

    assert received.outcome[Outcome.CONFLICT] == 1
    assert figures(stations.street)[:2] == (1, 120)
    (conflict,) = stations.street.receiving.conflicts()
    (pair,) = stations.street.receiving.conflict(conflict.id).pairs
    assert (pair.ours, pair.theirs) == ("120", "9,999")


@pytest.mark.requirement("LG-22-2b")
def test_an_entry_withdrawn_here_does_not_count_again_because_its_station_put_it_right(
    exchange: Exchange, below: Desk, street: Desk
) -> None:
    first = trained(below)
    exchange.take(street, exchange.pack(below))
    street.books.withdraw(first.uid, "街道核实没有举办", version=1)
    put_right(below, first, "training-2", persons="130")

    received = exchange.take(street, exchange.pack(below))

    assert [each.reason for each in received.refused] == [f"{first.number} 的另一稿两边都改动过，待收包方裁定。"]
    assert figures(street) == (0, 0, 0, 0)


def later(row: dict[str, Any]) -> None:
    """Make the first form of an entry a later one that stands, under an act of its own."""
    row.update(act_id="forged-form", version=2)
    row["entry_values"]["persons"] = 9999


@pytest.mark.requirement("LG-22-2b")
@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_a_station_adds_no_form_to_an_entry_of_another(stations: Stations, is_withdrawn: bool) -> None:
    row = trained(stations.honest)
    if is_withdrawn:
        stations.honest.books.withdraw(row.uid, "重复登记", version=1)
    file = stations.exchange.pack(stations.honest)
    stations.exchange.take(stations.street, file)

    def forge(record: PackageRecord) -> PackageRecord:
        changed = evil(later)(record)
        own = {stations.evil.station_keys.own_card().fingerprint: 1}
        bare = dict(changed.rows["book_entry"][0])
        bare.pop("ended_at", None)
        bare.update(end_reason="", is_withdrawn=0)
        return replace(changed, versions=own, rows={"book_entry": (bare,)})

    received = stations.exchange.take(stations.street, stations.forged(stations.evil, file, forge))

    assert received.outcome[Outcome.REJECTED] == 1
    assert figures(stations.street)[:2] == ((0, 0) if is_withdrawn else (1, 120))
    assert is_sound(stations.street)


@pytest.mark.requirement("LG-22-2b")
def test_a_form_that_is_ended_by_one_that_did_not_come_is_not_taken(stations: Stations) -> None:
    put_right(stations.honest, trained(stations.honest), "training-2", persons="130")
    source = stations.exchange.pack(stations.honest)

    def without_the_later(record: PackageRecord) -> PackageRecord:
        return with_row(record, "book_entry", happened_on="1066-01-01") if record.uid == "training-2" else record

    forged = stations.forged(stations.honest, source, without_the_later)
    received = stations.exchange.take(stations.street, forged)

    assert received.outcome[Outcome.REJECTED] == 2
    assert stations.exchange.take(stations.street, source).outcome[Outcome.NEW] == 2
    assert figures(stations.street)[:2] == (1, 130)


def test_two_entries_of_one_number_are_not_taken(stations: Stations) -> None:
    trained(stations.evil, "training-1")
    trained(stations.evil, "training-2")
    source = stations.exchange.pack(stations.evil)
    with opened(source) as reader:
        number = next(iter(reader.records(BOOK))).rows["book_entry"][0]["number"]

    forged = stations.forged(stations.evil, source, evil(lambda row: row.update(number=number)))

    assert stations.exchange.take(stations.street, forged).outcome[Outcome.REJECTED] == 2
