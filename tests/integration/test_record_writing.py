"""Records of packages as rows: what does not fit is refused in words, what fits arrives as it was sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from desktop.domain.acts import StationKind
from desktop.domain.package import PackageKind, PackageRecord, RecordKind
from desktop.models.database import Database
from desktop.services.desk import Desk, open_desk
from desktop.services.receiving_keys import KeyCheck
from desktop.services.record_check import check_record
from desktop.services.record_locating import Located, SubjectIndex
from desktop.services.record_shape import HEAD_OF
from desktop.services.record_words import KIND_WORDS
from desktop.services.record_writing import RecordWriter
from tests import factories
from tests.factories import LIGHT
from tests.integration.conftest import count_of
from tests.integration.packages import Sender, records_in

Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> dict[RecordKind, tuple[PackageRecord, ...]]:
    """Every record of a station with a past."""
    folder = tmp_path_factory.mktemp("records")
    desk = open_desk(folder / "data", today=lambda: date(2026, 3, 2), effort=LIGHT)
    desk.office.set_up(factories.office(station_kind=StationKind.STREET_OFFICE))
    desk.office.add_samples()
    _, file = Sender(desk, folder).make(PackageKind.ALL)
    desk.close()
    return {kind: tuple(some) for kind, some in records_in(file).items()}


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Desk]:
    """An empty ledger of another office."""
    desk = open_desk(tmp_path / "street", today=lambda: date(2026, 3, 2), effort=LIGHT)
    desk.office.set_up(factories.office(code="JD"))
    yield desk
    desk.close()


def changed(record: PackageRecord, change: Change, table: str | None = None) -> PackageRecord:
    """A record with its first row of a table changed."""
    rows: dict[str, Any] = {name: tuple(dict(row) for row in some) for name, some in record.rows.items()}
    change(rows[table or HEAD_OF[record.kind]][0])
    return replace(record, rows=rows)


def filing_with(records: dict[RecordKind, tuple[PackageRecord, ...]], table: str) -> PackageRecord:
    return next(record for record in records[RecordKind.FILING] if table in record.rows)


def write(database: Database, *records: PackageRecord) -> dict[str, int]:
    """Write new records, each under the id given to it."""
    with database.writing(is_whole=True) as session:
        writer, index = RecordWriter(session), SubjectIndex(session)
        given = {record.uid: writer.give_id(record.kind) for record in records}
        new: dict[RecordKind, dict[str, int]] = {}
        for record in records:
            new.setdefault(record.kind, {})[record.uid] = given[record.uid]
        located = Located(session, index, new=new, new_papers={})
        writer.write_new([(record, given[record.uid]) for record in records], located)
        return given


@pytest.mark.requirement("LG-22-2b")
def test_every_record_that_is_sent_fits(records: dict[RecordKind, tuple[PackageRecord, ...]]) -> None:
    told = {record.uid: check_record(record) for some in records.values() for record in some}

    assert {why for why in told.values() if why} == set()
    assert all(records[kind] for kind in RecordKind if kind is not RecordKind.LOOSE_ATTACHMENT)


@pytest.mark.requirement("LG-22-2b")
@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda row: row.update(colour="red"), "申报件含有本程序不认识的项目“colour”。"),
        (lambda row: row.update(status="melted"), "申报件的状态写法不对。"),
        (lambda row: row.update(filed_on="2026-02-30"), "申报件的申报日期写法不对。"),
        (lambda row: row.update(filed_on=20260302), "申报件的申报日期写法不对。"),
        (lambda row: row.update(visits="3"), "申报件的来办次数写法不对。"),
        (lambda row: row.update(is_provisional=7), "申报件的期限待定写法不对。"),
        (lambda row: row.update(visits=2**64), "申报件的来办次数写法不对。"),
        (lambda row: row.update(project_name="\ud800"), "申报件的工程名称写法不对。"),
        (lambda row: row.update(walk_in="{"), "申报件的申报内容写法不对。"),
        (lambda row: row.update(walk_in="[" * 100_000), "申报件的申报内容写法不对。"),
        (lambda row: row.update(walk_in='{"colour":1}'), "申报内容读不出来（"),
        (lambda row: row.update(first_number="XX-DJ-2026-000001"), "记录的标识与内容不符。"),
        (lambda row: row.pop("number"), "申报件缺编号。"),
        (lambda row: row.update(id=1), "申报件含有本程序不认识的项目“id”。"),
        (lambda row: row.update(follows_id=1), "申报件的接续的登记写法不对。"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_in_words(
    records: dict[RecordKind, tuple[PackageRecord, ...]], change: Change, why: str
) -> None:
    assert check_record(changed(records[RecordKind.FILING][0], change)).startswith(why)


@pytest.mark.parametrize(
    ("table", "change", "why"),
    [
        ("visit_material", lambda row: row.update(visit_id="@99"), "材料所指的来办记录不在记录内。"),
        ("visit_material", lambda row: row.update(visit_id="@0"), "材料的来办记录写法不对。"),
        ("visit", lambda row: row.update(decided_at="2026-03-02"), "来办记录的办理时间写法不对。"),
        ("issued_document", lambda row: row.update(paper='{"a":1}'), "文书内容与签发时的校验值不一致。"),
    ],
)
def test_a_reference_or_a_paper_that_does_not_hold_is_refused_in_words(
    records: dict[RecordKind, tuple[PackageRecord, ...]], table: str, change: Change, why: str
) -> None:
    assert check_record(changed(filing_with(records, table), change, table)) == why


def test_a_record_with_an_unknown_table_two_heads_or_a_row_twice_is_refused(
    records: dict[RecordKind, tuple[PackageRecord, ...]],
) -> None:
    record = records[RecordKind.FILING][0]
    rows = dict(record.rows)

    told = [
        check_record(replace(record, rows={**rows, "weather": ({"id": 1},)})),
        check_record(replace(record, rows={**rows, "filing": rows["filing"] * 2})),
        check_record(replace(record, rows={**rows, "visit": rows["visit"] * 2})),
    ]

    assert told == [
        "含有本程序不认识的内容“weather”，可能出自更新的版本。",
        "申报件的主记录应当恰有一条。",
        "来办记录有重复的记录。",
    ]


def test_an_order_whose_paper_did_not_come_is_refused(
    records: dict[RecordKind, tuple[PackageRecord, ...]],
) -> None:
    record = records[RecordKind.FILING][0]
    order = {
        "act_id": "order",
        "number": "PA-ZL-2026-000001",
        "kind": "stop",
        "clause": "36-1",
        "article": "第三十六条(一)",
        "officer": "郑执",
        "certificate_number": "A-0001",
        "ordered_at": "2026-03-02 01:00:00.000000",
        "document_id": {"of": record.uid, "sha256": "0" * 64},
    }

    why = check_record(replace(record, rows={**record.rows, "enforcement_order": (order,)}))

    assert why == "责令文书所指的文书不在记录内。"


def test_a_number_that_another_subject_holds_is_found_by_its_words(
    street: Desk, records: dict[RecordKind, tuple[PackageRecord, ...]]
) -> None:
    first = records[RecordKind.FILING][0]
    write(street.database, first)
    number = first.rows["filing"][0]["number"]

    with street.database.reading(is_whole=True) as session:
        keys = KeyCheck(session)
        clash = keys.clashes([(replace(first, uid="another"), None)])["another"]
        same = keys.clashes([(first, 1)])

    assert clash.words == f"申报件的编号 {number}"
    assert same == {}


@pytest.mark.requirement("LG-34-4", "LG-20-3")
def test_rows_arrive_under_new_numbers_and_as_they_were_sent(
    street: Desk, records: dict[RecordKind, tuple[PackageRecord, ...]]
) -> None:
    filings = records[RecordKind.FILING]

    given = write(street.database, *filings)

    assert sorted(given.values()) == list(range(1, len(filings) + 1))
    with street.database.reading(is_whole=True) as session:
        for record in filings:
            sent = record.rows["filing"][0]
            held = session.execute(text("SELECT * FROM filing WHERE id = :id"), {"id": given[record.uid]}).mappings()
            stored = held.one()
            assert {name: stored[name] for name in sent if name != "follows_id"} == {
                name: value for name, value in sent.items() if name != "follows_id"
            }
            assert json.loads(stored["walk_in"]) == json.loads(sent["walk_in"])


def test_a_changed_record_keeps_the_numbers_of_its_rows_and_never_loses_what_happened_here(
    street: Desk, records: dict[RecordKind, tuple[PackageRecord, ...]]
) -> None:
    record = next(r for r in records[RecordKind.HAZARD] if len(r.rows["hazard_step"]) > 1)
    rows = {name: tuple(dict(row) for row in some) for name, some in record.rows.items()}
    rows["hazard"][0].pop("filing_id", None)
    rows["hazard"][0].pop("patrol_id", None)
    for step in rows["hazard_step"]:
        step.pop("patrol_id", None)
        step.pop("document_id", None)
    record = replace(record, rows=rows)
    (key,) = write(street.database, record).values()
    before = count_of(street, "hazard_step")
    told = {**rows, "hazard_step": rows["hazard_step"][:1]}
    told["hazard"] = ({**rows["hazard"][0], "description": "护栏已补"},)

    with street.database.writing(is_whole=True) as session:
        located = Located(session, SubjectIndex(session), new={}, new_papers={})
        RecordWriter(session).replace(replace(record, rows=told), key, located)

    assert count_of(street, "hazard_step") == before
    with street.database.reading(is_whole=True) as session:
        assert session.execute(text("SELECT id, description FROM hazard")).all() == [(key, "护栏已补")]


def test_every_kind_of_record_has_a_name() -> None:
    assert set(KIND_WORDS) == set(RecordKind)
