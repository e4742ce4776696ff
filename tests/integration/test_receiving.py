"""Packages of other stations taken in: whole or not at all, once, in any order, conflicts decided by a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from desktop.domain.access import Role
from desktop.domain.acts import StationKind
from desktop.domain.errors import ClerkError
from desktop.domain.known_station import PeriodKind, StationRole
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.package import Outcome, PackageKind, RecordKind
from desktop.domain.patrol import PatrolLevel, PatrolRequest
from desktop.domain.progress import Cancelled
from desktop.domain.receiving import Decision, Received, SenderState, SenderTrust
from desktop.domain.site import SiteRef
from desktop.models.attachment import Attachment
from desktop.models.package import AwaitedFile
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.factories import LIGHT
from tests.integration.at_work import CLERK, MANAGER, person, work_as
from tests.integration.conftest import Clock, count_of
from tests.integration.packages import PURPOSE, records_in
from tests.scans import scan

_TABLES = ("filing", "visit", "visit_material", "issued_document", "patrol", "hazard", "hazard_step", "transfer")


class Exchange:
    """Stations below and the street above them, each a ledger of its own, and the files between them."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder, self.clock, self._acts = folder, clock, 0
        self.desks: list[Desk] = []

    def station(self, code: str, **changes: Any) -> Desk:
        """Open a ledger of a station with a code of its own."""
        desk = open_desk(self.folder / code, today=self.clock.today, now=self.clock.now, effort=LIGHT)
        desk.office.set_up(factories.office(code=code, station_name=f"{code}登记点", **changes))
        self.desks.append(desk)
        return desk

    def know(
        self,
        desk: Desk,
        other: Desk,
        period: PeriodKind = PeriodKind.MONTH,
        *,
        role: StationRole = StationRole.BELOW,
    ) -> int:
        """Let one station know another, by its fingerprint."""
        card = other.station_keys.own_card()
        return desk.station_keys.confirm(
            card, role=role, typed_fingerprint=card.fingerprint, act_id=self.act(), period_kind=period
        ).id

    def act(self) -> str:
        """Give the id of the next act."""
        self._acts += 1
        return f"act-{self._acts}"

    def pack(self, desk: Desk, kind: PackageKind = PackageKind.ALL, **more: Any) -> Path:
        """Make a package; personal data are whole unless said otherwise."""
        file = self.folder / f"{self.act()}.swpkg"
        asked: dict[str, Any] = {"act_id": self.act(), "whole": True, "purpose": PURPOSE, **more}
        desk.packing.make(kind, file, **asked)
        return file

    def take(self, desk: Desk, file: Path) -> Received:
        """Take a package."""
        return desk.receiving.take(file, act_id=self.act())


@pytest.fixture
def exchange(tmp_path: Path, clock: Clock) -> Iterator[Exchange]:
    between = Exchange(tmp_path, clock)
    yield between
    for desk in between.desks:
        desk.close()


@pytest.fixture
def below(exchange: Exchange) -> Desk:
    """A station that reports to the street."""
    return exchange.station("PA01")


@pytest.fixture
def street(exchange: Exchange, below: Desk) -> Desk:
    """The street, which knows the station."""
    desk = exchange.station("JD")
    exchange.know(desk, below)
    return desk


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchange]:
    """A station with a past, sent whole to an empty street."""
    clock = Clock()
    between = Exchange(tmp_path_factory.mktemp("exchange"), clock)
    station = between.station("PA01", station_kind=StationKind.STREET_OFFICE)
    station.office.add_samples()
    above = between.station("JD")
    between.know(above, station)
    between.file = between.pack(station)  # type: ignore[attr-defined]
    between.received = between.take(above, between.file)  # type: ignore[attr-defined]
    yield between
    for desk in between.desks:
        desk.close()


def register(desk: Desk, project: str = "坪安里12号铺装修", **changes: Any) -> int:
    """Register a work."""
    from desktop.domain.acts import Act, DecisionRequest

    matter = factories.all_in_order(factories.walk_in(project_name=project, **changes), desk.intake.pack())
    return desk.intake.decide(DecisionRequest(walk_in=matter, act=Act.ACCEPT, act_id=f"{project}-act")).filing_id


def patrol(desk: Desk, filing_id: int, act_id: str) -> int:
    asked = PatrolRequest(
        act_id=act_id,
        site=SiteRef(filing_id=filing_id),
        visited_on=factories.FILED_ON,
        patrollers=("何巡",),
        organisation="坪安社区工作站",
        level=PatrolLevel.COMMUNITY,
    )
    return desk.patrols.record(asked).patrol_id


def projects(desk: Desk) -> set[str]:
    """The names of the registered works of a ledger."""
    ids = desk.ledger.ids(LedgerCriteria())
    return {row.project_name for row in desk.ledger.page(ids)}


def the_filing(desk: Desk) -> int:
    (filing_id,) = desk.ledger.ids(LedgerCriteria())
    return filing_id


def platform_number(desk: Desk, filing_id: int) -> str:
    entry = desk.ledger.file(filing_id).platform
    return entry.number if entry is not None else ""


def is_sound(desk: Desk) -> bool:
    verdict = desk.ledger_check.verify()
    assert (verdict.broken, verdict.findings) == (None, ())
    return verdict.is_sound


def contents(desk: Desk) -> dict[str, int]:
    """How many rows every table holds that a package may fill."""
    return {table: count_of(desk, table) for table in (*_TABLES, "audit_event", "foreign_subject", "received_package")}


@pytest.mark.requirement("LG-23-1c", "HL-1.3c", "LG-34-4", "LG-21-2c")
def test_all_of_a_station_goes_into_an_empty_ledger_that_is_sound_afterwards(sampled: Exchange) -> None:
    station, above = sampled.desks

    assert {table: count_of(above, table) for table in _TABLES} == {
        table: count_of(station, table) for table in _TABLES
    }
    assert sampled.received.outcome[Outcome.REJECTED] == 0  # type: ignore[attr-defined]
    assert is_sound(above)


@pytest.mark.requirement("LG-20-3")
def test_exported_again_the_records_are_equal_row_by_row(sampled: Exchange) -> None:
    above = sampled.desks[1]

    again = records_in(sampled.pack(above))

    assert again == records_in(sampled.file)  # type: ignore[attr-defined]


def test_what_was_taken_in_is_found_by_words_and_by_the_tails_of_numbers(sampled: Exchange) -> None:
    station, above = sampled.desks

    for word in ("装修", "zx", "2719"):
        found = [desk.ledger.ids(LedgerCriteria(text=word)) for desk in (station, above)]
        numbers = [
            {row.number for row in desk.ledger.page(ids)} for desk, ids in zip(sampled.desks, found, strict=True)
        ]
        assert numbers[0] == numbers[1]


@pytest.mark.requirement("LG-22-2b")
def test_a_dry_run_tells_what_would_come_and_writes_nothing(exchange: Exchange, below: Desk, street: Desk) -> None:
    register(below)
    file = exchange.pack(below)
    before = contents(street)

    plan = street.receiving.examine(file)

    assert plan.trust is SenderTrust.CONFIRMED
    assert plan.may_be_taken
    assert plan.station_name == below.station_keys.own_card().name
    assert plan.counts == {RecordKind.FILING: {Outcome.NEW: 1}}
    assert [each.label for each in plan.listed] == ["PA01-DJ-2026-000001 坪安里12号铺装修"]
    assert contents(street) == before


@pytest.mark.requirement("LG-23-1c")
def test_a_package_taken_twice_changes_nothing_and_says_so(exchange: Exchange, below: Desk, street: Desk) -> None:
    register(below)
    file = exchange.pack(below)
    first = exchange.take(street, file)
    before = contents(street)

    again = exchange.take(street, file)

    assert not first.changed_nothing
    assert again.was_known
    assert again.changed_nothing
    assert again.outcome == first.outcome
    assert contents(street) == before
    assert street.receiving.examine(file).received_at is not None


@pytest.mark.requirement("LG-23-1c")
def test_packages_that_overlap_and_come_in_the_wrong_order_end_in_the_same_ledger(
    exchange: Exchange, below: Desk, street: Desk
) -> None:
    filing_id = register(below)
    first = exchange.pack(below)
    patrol(below, filing_id, "patrol-1")
    below.platform.record(filing_id, "XT2026030200017", act_id="entered")
    register(below, "坪安里14号铺装修")
    second = exchange.pack(below)

    exchange.take(street, second)
    late = exchange.take(street, first)

    assert late.outcome[Outcome.OLDER] == 1
    assert late.changed_nothing
    assert projects(street) == {"坪安里12号铺装修", "坪安里14号铺装修"}
    assert records_in(exchange.pack(street)) == records_in(second)
    assert is_sound(street)


def test_what_changed_below_replaces_what_lies_here_and_keeps_its_place(
    exchange: Exchange, below: Desk, street: Desk
) -> None:
    filing_id = register(below)
    exchange.take(street, exchange.pack(below))
    here = the_filing(street)
    below.platform.record(filing_id, "XT2026030200017", act_id="entered")

    received = exchange.take(street, exchange.pack(below))

    assert received.outcome[Outcome.CHANGED] == 1
    assert the_filing(street) == here
    assert platform_number(street, here) == "XT2026030200017"
    assert is_sound(street)


def test_a_patrol_whose_filing_never_came_is_refused_with_the_reason_and_taken_once_it_has(
    exchange: Exchange, below: Desk, street: Desk
) -> None:
    filing_id = register(below)
    lost = exchange.pack(below, PackageKind.SINCE_LAST)
    acknowledged = exchange.folder / "lost.swack"
    other = exchange.station("QT")
    exchange.know(other, below)
    card = other.station_keys.own_card()
    below.station_keys.confirm(card, role=StationRole.ABOVE, typed_fingerprint=card.fingerprint, act_id=exchange.act())
    taken = exchange.take(other, lost)
    other.receiving.write_acknowledgement(taken.package_id, acknowledged)
    below.packing.apply_acknowledgement(acknowledged)
    patrol(below, filing_id, "patrol-1")
    only_patrol = exchange.pack(below, PackageKind.SINCE_LAST)

    received = exchange.take(street, only_patrol)

    assert {kind: len(some) for kind, some in records_in(only_patrol).items() if some} == {RecordKind.PATROL: 1}
    (refused,) = received.refused
    assert refused.reason == "所关联的申报件既不在包内，也不在本台账。"
    assert count_of(street, "patrol") == 0
    exchange.take(street, lost)
    whole = exchange.take(street, exchange.pack(below))
    assert whole.outcome[Outcome.NEW] == 1
    assert whole.outcome[Outcome.SAME] == 1
    assert count_of(street, "patrol") == 1


def both_changed(exchange: Exchange, below: Desk, street: Desk) -> tuple[int, Path]:
    """A filing that the station and the street each changed since it went up."""
    filing_id = register(below)
    exchange.take(street, exchange.pack(below))
    here = the_filing(street)
    below.platform.record(filing_id, "XT-BELOW-001", act_id="entered-below")
    street.platform.record(here, "XT-STREET-002", act_id="entered-street")
    return here, exchange.pack(below)


@pytest.mark.requirement("LG-22-2b")
def test_a_record_changed_on_both_sides_waits_for_a_person_and_stands_side_by_side(
    exchange: Exchange, below: Desk, street: Desk
) -> None:
    here, file = both_changed(exchange, below, street)

    received = exchange.take(street, file)

    assert received.outcome[Outcome.CONFLICT] == 1
    assert platform_number(street, here) == "XT-STREET-002"
    (row,) = street.receiving.conflicts()
    assert row.label == "PA01-DJ-2026-000001 坪安里12号铺装修"
    shown = street.receiving.conflict(row.id)
    assert {(pair.ours, pair.theirs) for pair in shown.pairs if pair.label == "平台录入"} == {
        ("XT-STREET-002", "（没有）"),
        ("（没有）", "XT-BELOW-001"),
    }
    assert shown.agreed > 0
    assert is_sound(street)


@pytest.mark.requirement("LG-22-2b")
@pytest.mark.parametrize(
    ("decision", "numbers"), [(Decision.OURS, {"XT-STREET-002"}), (Decision.THEIRS, {"XT-STREET-002", "XT-BELOW-001"})]
)
def test_a_decision_is_on_record_and_settles_the_conflict_for_good(
    exchange: Exchange, below: Desk, street: Desk, decision: Decision, numbers: set[str]
) -> None:
    _, file = both_changed(exchange, below, street)
    exchange.take(street, file)
    (row,) = street.receiving.conflicts()

    street.receiving.decide(row.id, decision, reason="以窗口录入为准")
    street.receiving.decide(row.id, decision, reason="以窗口录入为准")
    again = exchange.take(street, exchange.pack(below))

    assert again.outcome[Outcome.OLDER] == 1
    assert street.receiving.conflicts() == ()
    (decided,) = street.receiving.conflicts(is_open=False)
    assert (decided.decision, decided.reason) == (decision, "以窗口录入为准")
    with street.database.reading() as session:
        held = set(session.scalars(text("SELECT number FROM platform_entry")))
    assert held == numbers
    assert is_sound(street)
    with pytest.raises(ClerkError) as other:
        street.receiving.decide(row.id, next(each for each in Decision if each is not decision), reason="改主意了")
    assert other.value.code == "conflict_decided"


def test_a_decision_comes_back_to_the_station_as_the_later_version(
    exchange: Exchange, below: Desk, street: Desk
) -> None:
    _, file = both_changed(exchange, below, street)
    exchange.take(street, file)
    (row,) = street.receiving.conflicts()
    street.receiving.decide(row.id, Decision.THEIRS, reason="以窗口录入为准")
    exchange.know(below, street, PeriodKind.NONE, role=StationRole.ABOVE)

    received = exchange.take(below, exchange.pack(street))

    assert received.outcome[Outcome.CHANGED] == 1
    assert records_in(exchange.pack(below)) == records_in(exchange.pack(street))
    assert is_sound(below)


def test_numbers_of_persons_are_covered_where_two_sides_are_compared(
    exchange: Exchange, below: Desk, street: Desk
) -> None:
    _, file = both_changed(exchange, below, street)
    exchange.take(street, file)
    (row,) = street.receiving.conflicts()

    shown = repr(street.receiving.conflict(row.id)) + repr(row)

    assert factories.PERSON_ID not in shown
    assert "13800002719" not in shown


class _Stops:
    """Progress that breaks off at its last steps."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def step(self, done: int, total: int) -> None:
        if total < 100 and done == total:
            raise self._error


@pytest.mark.requirement("LG-23-1c")
@pytest.mark.parametrize("error", [Cancelled(), RuntimeError("killed")])
def test_an_interruption_while_writing_leaves_nothing(
    exchange: Exchange, below: Desk, street: Desk, error: Exception
) -> None:
    filing_id = register(below)
    below.attachments.add(filing_id, scan(), act_id="scan", kind=None, material="M1", title="合同")
    file = exchange.pack(below, attachments=True)
    before = contents(street)

    with pytest.raises(type(error)):
        street.receiving.take(file, act_id="take", progress=_Stops(error))

    assert contents(street) == before
    assert not [each for each in (exchange.folder / "JD" / "attachments").glob("??/*") if each.is_file()]
    assert not exchange.take(street, file).changed_nothing


def test_scans_that_come_along_are_kept_and_those_that_do_not_are_awaited(
    exchange: Exchange, below: Desk, street: Desk
) -> None:
    filing_id = register(below)
    below.attachments.add(filing_id, scan(), act_id="scan", kind=None, material="M1", title="合同")

    exchange.take(street, exchange.pack(below))

    assert count_of(street, "awaited_file") == 1
    assert street.attachment_care.check() == ()
    assert is_sound(street)
    exchange.take(street, exchange.pack(below, attachments=True))
    assert count_of(street, "awaited_file") == 0
    assert street.attachment_care.check() == ()
    with street.database.reading() as session:
        (row,) = session.scalars(select(Attachment))
        assert session.scalars(select(AwaitedFile)).all() == []
    assert street.attachments.content(row.id, purpose="核对合同").data


def test_masked_records_never_replace_whole_ones_and_whole_ones_replace_masked(
    exchange: Exchange, below: Desk, street: Desk
) -> None:
    filing_id = register(below)
    exchange.take(street, exchange.pack(below, whole=False, purpose=""))
    here = the_filing(street)
    assert "13800002719" not in repr(street.ledger.file(here))

    whole = exchange.take(street, exchange.pack(below))
    below.platform.record(filing_id, "XT2026030200017", act_id="entered")
    masked = exchange.take(street, exchange.pack(below, whole=False, purpose=""))

    assert whole.outcome[Outcome.CHANGED] == 1
    assert [each.reason for each in masked.refused] == ["本台账已有完整资料，不以遮盖过的覆盖。"]
    assert count_of(street, "issued_document") == count_of(below, "issued_document")
    assert platform_number(street, here) == ""
    assert is_sound(street)


def test_a_number_of_our_own_is_not_taken_from_another_station(exchange: Exchange, below: Desk) -> None:
    register(below)
    other = exchange.station("PB")
    register(other, "别处登记")
    exchange.know(other, below)
    with below.database.writing() as session:
        session.execute(text("UPDATE filing SET first_number = 'PB-DJ-2026-000009'"))
        session.execute(text("UPDATE filing SET number = 'PB-DJ-2026-000009', registration_number = NULL"))

    received = exchange.take(other, exchange.pack(below))

    assert [each.reason for each in received.refused] == ["编号用的是本受理点的代码，却不是本受理点的记录。"]


@pytest.mark.requirement("LG-23-1c", "LG-20-3")
def test_an_unknown_a_blocked_and_the_own_station_are_told_apart_and_nothing_is_taken(
    exchange: Exchange, below: Desk
) -> None:
    register(below)
    file = exchange.pack(below)
    other = exchange.station("QT")

    assert other.receiving.examine(file).trust is SenderTrust.UNKNOWN
    with pytest.raises(ClerkError) as unknown:
        exchange.take(other, file)
    station_id = exchange.know(other, below)
    other.station_keys.block(station_id, reason="核对码对不上")
    assert other.receiving.examine(file).trust is SenderTrust.BLOCKED
    with pytest.raises(ClerkError) as blocked:
        exchange.take(other, file)
    with pytest.raises(ClerkError) as own:
        exchange.take(below, file)

    assert [each.value.code for each in (unknown, blocked, own)] == [
        "station_unknown",
        "station_blocked",
        "package_is_own",
    ]
    assert count_of(other, "filing") == 0


@pytest.mark.requirement("LG-23-1c", "HL-1.3c")
def test_the_acknowledgement_tells_the_station_what_arrived_and_what_is_still_to_come(
    exchange: Exchange, below: Desk, street: Desk
) -> None:
    here, file = both_changed(exchange, below, street)
    del here
    received = exchange.take(street, file)
    card = street.station_keys.own_card()
    below.station_keys.confirm(card, role=StationRole.ABOVE, typed_fingerprint=card.fingerprint, act_id=exchange.act())
    answer = exchange.folder / "answer.swack"

    told = street.receiving.write_acknowledgement(received.package_id, answer)
    applied = below.packing.apply_acknowledgement(answer)

    assert told.outcome[Outcome.CONFLICT] == 1
    assert applied.refused == 1


@pytest.mark.requirement("LG-21-2c")
def test_who_sent_for_a_month_and_who_is_missing(exchange: Exchange, below: Desk, street: Desk) -> None:
    silent = exchange.station("PA02")
    exchange.know(street, silent)
    quiet = exchange.station("PA03")
    exchange.know(street, quiet, PeriodKind.NONE)
    register(below)
    march = (date(2026, 3, 1), date(2026, 3, 31))
    exchange.take(street, exchange.pack(below, PackageKind.PERIOD, period=march))

    standing = street.receiving.senders(*march)

    assert [(each.code, each.state) for each in standing] == [
        ("PA02", SenderState.MISSING),
        ("PA01", SenderState.SENT),
        ("PA03", SenderState.NOT_EXPECTED),
    ]
    (package,) = standing[1].packages
    assert package.period == march
    assert not standing[1].has_gap
    assert street.receiving.senders(date(2026, 2, 1), date(2026, 2, 28))[0].state is SenderState.MISSING


def test_only_who_decides_for_the_whole_area_receives(exchange: Exchange, below: Desk, street: Desk) -> None:
    register(below)
    file = exchange.pack(below)
    work_as(street, CLERK)
    with pytest.raises(ClerkError) as clerk:
        street.receiving.examine(file)
    work_as(street, person(8, "赵片", Role.MANAGER, areas=frozenset({"坪安社区"})))
    with pytest.raises(ClerkError) as part:
        exchange.take(street, file)
    work_as(street, MANAGER)

    assert [each.value.code for each in (clerk, part)] == ["not_permitted", "outside_scope"]
    assert street.receiving.may_receive()
    assert not exchange.take(street, file).changed_nothing
