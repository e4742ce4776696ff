"""What a station that is known and means ill, or is only mistaken, can do to the records of others: nothing alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.errors import ClerkError
from desktop.domain.known_station import PeriodKind, StationRole
from desktop.domain.package import Manifest, Outcome, PackageRecord, RecordKind
from desktop.domain.package_json import record_from
from desktop.domain.receiving import Decision
from desktop.domain.walk_in import IdKind, MaterialCheck, Verdict
from desktop.exchange.package_writer import PackageWriter
from desktop.services import receiving_sorting, record_uids
from desktop.services.desk import Desk
from desktop.services.record_shape import filing_uid
from tests import factories
from tests.gui.at_the_patrol import hazard
from tests.integration.conftest import Clock
from tests.integration.packages import opened, records_in
from tests.integration.test_receiving import Exchange, both_changed, is_sound, patrol, projects, register, the_filing

FAR = 10**9
Changed = Callable[[PackageRecord], PackageRecord]


class Stations:
    """Two stations and the street that knows both; the second one forges."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.honest, self.evil, self.street = (exchange.station(code) for code in ("PA01", "PB", "JD"))
        for each in (self.honest, self.evil):
            exchange.know(self.street, each)
        exchange.know(self.honest, self.street, PeriodKind.NONE, role=StationRole.ABOVE)

    def forged(
        self, desk: Desk, source: Path, change: Changed, head: Callable[[Manifest], Manifest] = lambda head: head
    ) -> Path:
        """Write the records of a package, changed, as one of another station, signed by it."""
        with opened(source) as reader:
            told = reader.manifest
            records = {kind: [change(each) for each in reader.records(kind)] for kind in RecordKind}
        card, file = desk.station_keys.own_card(), self.exchange.folder / f"{self.exchange.act()}.swpkg"
        told = replace(told, package_id=str(uuid4()), station=card, counts={}, parts=(), has_attachments=False)
        with PackageWriter(file, head(told), signer=desk.station_keys.signer()) as writer:
            for kind in RecordKind:
                writer.add_records(kind, sorted(records[kind], key=lambda each: each.uid))
            writer.finish()
        return file


@pytest.fixture
def stations(tmp_path: Path, clock: Clock) -> Iterator[Stations]:
    exchange = Exchange(tmp_path, clock)
    yield Stations(exchange)
    for desk in exchange.desks:
        desk.close()


def fingerprint(desk: Desk) -> str:
    return desk.station_keys.own_card().fingerprint


def with_row(record: PackageRecord, table: str, **values: Any) -> PackageRecord:
    rows = {name: tuple(dict(row) for row in some) for name, some in record.rows.items()}
    for row in rows[table]:
        row.update(values)
    return replace(record, rows=rows)


def renamed(versions: dict[str, int]) -> Changed:
    """A filing under another name, said to be of some versions beside its own."""

    def change(record: PackageRecord) -> PackageRecord:
        changed = replace(record, versions={**record.versions, **versions})
        return with_row(changed, "filing", project_name="改过的名称")

    return change


def renumbered(number: str, versions: dict[str, int]) -> Changed:
    """A filing under another number."""

    def change(record: PackageRecord) -> PackageRecord:
        first = record.rows["filing"][0]["first_number"]
        plain = json.loads(json.dumps(record.plain()).replace(first, number))
        plain |= {"uid": filing_uid(number), "versions": versions}
        plain["rows"].pop("issued_document")
        return record_from(plain)

    return change


@pytest.mark.requirement("LG-22-2b")
def test_a_station_below_changes_no_record_of_another_without_a_person(stations: Stations) -> None:
    exchange, street = stations.exchange, stations.street
    register(stations.honest)
    honest = exchange.pack(stations.honest)
    exchange.take(street, honest)

    for versions in ({fingerprint(stations.evil): 9}, {fingerprint(stations.honest): FAR}):
        received = exchange.take(street, stations.forged(stations.evil, honest, renamed(versions)))
        assert received.outcome[Outcome.CONFLICT] == 1

    assert projects(street) == {"坪安里12号铺装修"}
    assert len(street.receiving.conflicts()) == 1
    assert is_sound(street)


def test_an_overstated_version_kept_by_a_decision_does_not_hide_what_the_station_itself_sends(
    stations: Stations,
) -> None:
    exchange, street = stations.exchange, stations.street
    filing_id = register(stations.honest)
    honest = exchange.pack(stations.honest)
    exchange.take(street, honest)
    exchange.take(street, stations.forged(stations.evil, honest, renamed({fingerprint(stations.honest): FAR})))
    (row,) = street.receiving.conflicts()
    street.receiving.decide(row.id, Decision.OURS, reason="不是该登记点的记录")
    stations.honest.platform.record(filing_id, "XT2026030200017", act_id="entered")

    received = exchange.take(street, exchange.pack(stations.honest))

    assert received.outcome[Outcome.CONFLICT] == 1


def test_a_station_below_changes_nothing_of_our_own_and_names_no_events_we_never_had(stations: Stations) -> None:
    exchange, street = stations.exchange, stations.street
    register(street, "街道受理")
    own = exchange.pack(street)

    unheard = exchange.take(street, stations.forged(stations.evil, own, renamed({fingerprint(street): FAR})))
    later = exchange.take(street, stations.forged(stations.evil, own, renamed({fingerprint(stations.evil): 3})))

    assert [each.reason for each in unheard.refused] == ["所记本台账的改动，本台账自己没有。"]
    assert later.outcome[Outcome.CONFLICT] == 1
    assert projects(street) == {"街道受理"}
    assert is_sound(street)


@pytest.mark.parametrize("has_numbers", [True, False])
def test_a_station_below_takes_no_number_of_ours(stations: Stations, has_numbers: bool) -> None:
    exchange, street = stations.exchange, stations.street
    if has_numbers:
        register(street, "街道受理")
    register(stations.evil, "别处受理")
    versions = {fingerprint(street): 1, fingerprint(stations.evil): 1}
    forged = renumbered("JD-DJ-2026-900001", versions)

    received = exchange.take(street, stations.forged(stations.evil, exchange.pack(stations.evil), forged))

    assert [each.reason for each in received.refused] == ["编号用的是本受理点的代码，却不是本受理点的记录。"]
    register(street, "街道再受理")
    assert is_sound(street)


def test_a_station_below_takes_no_number_of_another_that_reports_itself(stations: Stations) -> None:
    exchange, street = stations.exchange, stations.street
    register(stations.evil, "别处受理")
    forged = renumbered("PA01-DJ-2026-000001", {fingerprint(stations.honest): FAR})
    received = exchange.take(street, stations.forged(stations.evil, exchange.pack(stations.evil), forged))
    register(stations.honest)

    honest = exchange.take(street, exchange.pack(stations.honest))

    assert [each.reason for each in received.refused] == ["编号用的是另一受理点的代码，应当由该受理点上报。"]
    assert honest.outcome[Outcome.NEW] == 1


def test_a_street_passes_on_what_its_stations_change_and_the_district_takes_it(stations: Stations) -> None:
    exchange, street = stations.exchange, stations.street
    district = exchange.station("QJ")
    exchange.know(district, street)
    filing_id = register(stations.honest)
    for outcome in (Outcome.NEW, Outcome.CHANGED):
        exchange.take(street, exchange.pack(stations.honest))
        assert exchange.take(district, exchange.pack(street)).outcome[outcome] == 1
        stations.honest.platform.record(filing_id, "XT2026030200017", act_id="entered")

    exchange.take(street, exchange.pack(stations.honest))

    assert records_in(exchange.pack(district)) == records_in(exchange.pack(street))
    assert is_sound(district)


def test_moments_and_days_that_cannot_be_counted_on_from_are_refused(stations: Stations) -> None:
    exchange, street = stations.exchange, stations.street
    patrol(stations.honest, register(stations.honest), "patrol-1")
    source = exchange.pack(stations.honest)

    def far(record: PackageRecord) -> PackageRecord:
        return with_row(record, "patrol", visited_on="9999-12-31") if record.kind is RecordKind.PATROL else record

    received = exchange.take(street, stations.forged(stations.honest, source, far))
    late = stations.forged(
        stations.honest, source, lambda each: each, lambda head: replace(head, made_at=head.made_at.replace(year=9999))
    )

    assert received.outcome[Outcome.REJECTED] == 1
    with pytest.raises(ClerkError) as caught:
        exchange.take(street, late)
    assert caught.value.code == "package_damaged"
    assert street.receiving.senders(date(2026, 3, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("filing", "overrides", "[1]"), ("filing", "assessment", "[]"), ("visit", "noticed", '["x"]')],
)
def test_plain_data_of_another_form_is_refused_before_a_page_stumbles_over_it(
    stations: Stations, table: str, column: str, value: str
) -> None:
    register(stations.honest)
    source = stations.exchange.pack(stations.honest)
    file = stations.forged(stations.honest, source, lambda each: with_row(each, table, **{column: value}))

    received = stations.exchange.take(stations.street, file)

    assert [each.reason for each in received.refused if "写法不对" in each.reason]


def test_a_measure_that_no_page_can_show_is_refused(stations: Stations) -> None:
    hazard(stations.honest, register(stations.honest))
    source = stations.exchange.pack(stations.honest)

    def change(record: PackageRecord) -> PackageRecord:
        return with_row(record, "hazard", measures='["0000-00-00"]') if record.kind is RecordKind.HAZARD else record

    received = stations.exchange.take(stations.street, stations.forged(stations.honest, source, change))

    assert [each.reason for each in received.refused if "写法不对" in each.reason]


def test_two_visits_of_one_place_in_their_order_are_refused(stations: Stations) -> None:
    exchange = stations.exchange
    register(stations.honest)

    def doubled(record: PackageRecord) -> PackageRecord:
        (visit,) = record.rows["visit"]
        return replace(record, rows={**record.rows, "visit": (visit, {**visit, "number": "PA01-GZ-2026-000077"})})

    file = stations.forged(stations.honest, exchange.pack(stations.honest), doubled)

    received = exchange.take(stations.street, file)

    assert [each.reason for each in received.refused] == ["来办记录有重复的次序。"]


def notice(desk: Desk, act_id: str, filing_id: int | None = None) -> int:
    """Tell somebody at the counter what is missing, once more."""
    matter = factories.all_in_order(factories.walk_in(), desk.intake.pack())
    matter = matter.with_check(MaterialCheck(code="28-4", verdict=Verdict.MISSING))
    asked = DecisionRequest(
        walk_in=matter, act=Act.ONE_TIME_NOTICE, act_id=act_id, filing_id=filing_id, reason="仍未补齐"
    )
    return desk.intake.decide(asked).filing_id


@pytest.mark.requirement("LG-22-2b")
def test_visits_to_both_sides_are_brought_together_however_many_there_were(stations: Stations) -> None:
    exchange, honest, street = stations.exchange, stations.honest, stations.street
    filing_id = notice(honest, "first")
    exchange.take(street, exchange.pack(honest))
    with street.database.reading() as session:
        here = session.execute(text("SELECT id FROM filing")).scalar_one()
    notice(street, "at-the-street", here)
    for act_id in ("second", "third"):
        notice(honest, act_id, filing_id)
        exchange.take(street, exchange.pack(honest))
        (row,) = street.receiving.conflicts()
        street.receiving.decide(row.id, Decision.THEIRS, reason="以登记点为准")
    exchange.take(honest, exchange.pack(street))

    for desk in (street, honest):
        with desk.database.reading() as session:
            ordinals = list(session.execute(text("SELECT ordinal FROM visit ORDER BY ordinal")).scalars())
        assert ordinals == [1, 2, 3, 4]
        assert is_sound(desk)


@pytest.mark.requirement("LG-22-2b")
def test_a_decision_for_ours_ends_with_equal_ledgers_once_it_went_back_and_up_again(stations: Stations) -> None:
    exchange, honest, street = stations.exchange, stations.honest, stations.street
    _, file = both_changed(exchange, honest, street)
    exchange.take(street, file)
    (row,) = street.receiving.conflicts()
    street.receiving.decide(row.id, Decision.OURS, reason="以街道录入为准")

    exchange.take(honest, exchange.pack(street))
    exchange.take(street, exchange.pack(honest))

    assert records_in(exchange.pack(honest)) == records_in(exchange.pack(street))
    assert street.ledger.file(the_filing(street)).platform == honest.ledger.file(the_filing(honest)).platform
    assert all(is_sound(desk) for desk in (honest, street))


def test_an_open_conflict_shows_and_keeps_what_lies_here_now(stations: Stations) -> None:
    exchange, honest, street = stations.exchange, stations.honest, stations.street
    here, file = both_changed(exchange, honest, street)
    exchange.take(street, file)
    (row,) = street.receiving.conflicts()
    street.platform.record(here, "XT-STREET-003", act_id="entered-since")

    shown = street.receiving.conflict(row.id)
    street.receiving.decide(row.id, Decision.THEIRS, reason="以登记点为准")

    assert "XT-STREET-003" in {pair.ours for pair in shown.pairs}
    assert street.receiving.conflict(row.id).pairs == shown.pairs


def test_a_conflict_stays_open_when_what_comes_later_does_not_hold_the_other_side(stations: Stations) -> None:
    exchange, honest, street = stations.exchange, stations.honest, stations.street
    district = exchange.station("QJ")
    exchange.know(street, district, PeriodKind.NONE, role=StationRole.ABOVE)
    exchange.know(district, street)
    here, file = both_changed(exchange, honest, street)
    exchange.take(street, file)
    exchange.take(district, exchange.pack(street))
    district.platform.record(the_filing(district), "XT-DISTRICT-009", act_id="entered-district")

    received = exchange.take(street, exchange.pack(district))

    assert received.outcome[Outcome.CHANGED] == 1
    (row,) = street.receiving.conflicts()
    street.receiving.decide(row.id, Decision.THEIRS, reason="以登记点为准")
    with street.database.reading() as session:
        held = set(session.execute(text("SELECT number FROM platform_entry")).scalars())
    assert held == {"XT-STREET-002", "XT-DISTRICT-009", "XT-BELOW-001"}
    assert here == the_filing(street)
    assert is_sound(street)


@pytest.mark.parametrize("kind", [IdKind.PASSPORT, IdKind.HK_MACAO_PERMIT, IdKind.OTHER])
def test_what_an_owner_is_known_by_is_covered_in_a_masked_package(stations: Stations, kind: IdKind) -> None:
    owner = factories.person(id_kind=kind, id_number="H12345678")
    register(stations.honest, "门面维修（电话0755-28881234）", owner=owner)

    (record,) = records_in(stations.exchange.pack(stations.honest, whole=False, purpose=""))[RecordKind.FILING]

    row = record.rows["filing"][0]
    assert row["owner_key"] == "******678"
    assert row["contractor_key"] == "91440300ma0003500k"
    assert "28881234" not in row["project_name"]


def test_more_refusals_than_an_answer_can_name_refuse_the_package(
    stations: Stations, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in range(3):
        register(stations.evil, f"坪安里{place}号")
    source = stations.exchange.pack(stations.evil)
    file = stations.forged(stations.evil, source, lambda each: with_row(each, "filing", odd_column="1"))
    monkeypatch.setattr(receiving_sorting, "MOST_NOT_TAKEN", 2)

    with pytest.raises(ClerkError) as caught:
        stations.exchange.take(stations.street, file)

    assert caught.value.code == "package_too_large"


def test_large_records_are_looked_at_few_at_a_time(stations: Stations, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in range(3):
        register(stations.honest, f"坪安里{place}号")
    with opened(stations.exchange.pack(stations.honest)) as reader:
        records = list(reader.records(RecordKind.FILING))
    monkeypatch.setattr(record_uids, "_BATCH_BYTES", records[0].size + 1)

    assert [len(batch) for batch in record_uids.record_batches(records)] == [1, 1, 1]
    assert records[0].size > 1000
