"""Three stations and their street exchange packages for two months, by keys, and end with equal ledgers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QApplication

from desktop.domain.acts import Act, DecisionRequest, StationKind
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.package import PackageKind, RecordKind
from desktop.domain.patrol import PatrolLevel, PatrolRequest
from desktop.domain.site import SiteRef
from desktop.services.desk import Desk
from desktop.views.theme import apply_theme
from tests import factories
from tests.integration.packages import PURPOSE, records_in
from tests.journeys.at_the_exchange import Counter
from tests.journeys.conftest import Journey
from tests.journeys.in_dialogs import is_sound

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MARCH, APRIL, DECIDED_ON, MAY = date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 6), date(2026, 5, 7)
STATIONS = ("PA", "PB", "PC")
Contents = dict[tuple[RecordKind, str], str]


@pytest.fixture
def counters(tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Counter]]:
    """The windows of three stations and of the street, who know each other by their cards."""
    apply_theme(qapp)
    made: dict[str, Counter] = {}
    (tmp_path / "stick").mkdir()
    for code in (*STATIONS, "JD"):
        journey = Journey(tmp_path / code / "data")
        kind = StationKind.STREET_OFFICE if code == "JD" else StationKind.COMMUNITY_STATION
        journey.start(factories.office(code=code, station_name=f"{code}登记点", station_kind=kind))
        made[code] = Counter(journey, tmp_path / "stick", monkeypatch)
    yield made
    for counter in made.values():
        counter.journey.leave()


def work_through(counter: Counter, day: date, month: int) -> None:
    """Let a station register two works and patrol each."""
    desk: Desk = counter.desk
    for place in (1, 2):
        name = f"坪安路{month}{place}号门面维修"
        matter = factories.walk_in(project_name=name)
        matter = factories.all_in_order(matter, desk.intake.pack())
        act_id = f"{month}-{place}-{counter.groups()}".replace(" ", "")
        filing = desk.intake.decide(DecisionRequest(act_id=act_id, act=Act.ACCEPT, walk_in=matter, signed=True))
        desk.patrols.record(
            PatrolRequest(
                act_id=f"{act_id}-patrol",
                site=SiteRef(filing_id=filing.filing_id),
                visited_on=day,
                patrollers=("何巡",),
                organisation="坪安社区工作站",
                level=PatrolLevel.COMMUNITY,
            )
        )


def on(counters: dict[str, Counter], day: date) -> None:
    """Let it be another day everywhere."""
    for counter in counters.values():
        counter.journey.day = day


def contents(counter: Counter) -> Contents:
    """What a ledger says, record by record, wherever each record is from."""
    file = counter.folder / f"all-{counter.journey.folder.parent.name}.swpkg"
    counter.desk.packing.make(PackageKind.ALL, file, act_id=uuid4().hex, whole=True, purpose=PURPOSE)
    return {(kind, each.uid): each.content_sha256() for kind, some in records_in(file).items() for each in some}


def note_number(desk: Desk, number: str, platform_number: str) -> None:
    """Write a number of the platform back to a filing."""
    (filing_id,) = desk.ledger.ids(LedgerCriteria(text=number))
    desk.platform.record(filing_id, platform_number, act_id=f"entered-{platform_number}")


@pytest.mark.requirement("LG-23-1c", "HL-1.3c", "LG-22-2b", "LG-21-2c", "LG-14-3", "LG-34-4", "LG-20-3")
def test_two_months_of_exchange_end_with_equal_ledgers_though_a_package_was_lost_and_one_came_twice(
    counters: dict[str, Counter],
) -> None:
    street, (pa, pb, pc) = counters["JD"], (counters[code] for code in STATIONS)
    on(counters, MARCH)
    card, groups = street.card(), street.groups()
    for station in (pa, pb, pc):
        street.know(station.card(), station.groups(), is_above=False)
        station.know(card, groups, is_above=True)
        work_through(station, MARCH, 3)

    # March: one package arrives, one is lost on the way, one station sends nothing.
    march, _lost = pa.send("march.swpkg"), pb.send("march.swpkg")
    said, answer = street.take(march)
    assert "新收 4" in said
    assert "新收 4" in pa.read(answer)
    assert (pa.waiting(), pb.waiting(), pc.waiting()) == (0, 4, 4)
    assert [row.split(" | ")[:2] for row in street.rows("receiving", "exchange.senders")] == [
        ["■ 没报", "坪安街道办事处PB登记点"],
        ["■ 没报", "坪安街道办事处PC登记点"],
        ["● 已报", "坪安街道办事处PA登记点"],
    ]

    # The same package comes again: nothing can be taken, the answer can be saved once more.
    before = contents(street)
    dialog = street.look_in(march)
    assert "已经接收过" in dialog.banner.text
    street.journey.keys("{F9}")
    assert dialog.received is None
    street.journey.keys("{Esc}")
    assert contents(street) == before

    # April: two stations and the street change the same record; the lost package is made up for by the next.
    on(counters, APRIL)
    for station in (pa, pb, pc):
        work_through(station, APRIL, 4)
    note_number(pa.desk, "PA-DJ-2026-000001", "XT-STATION-001")
    note_number(street.desk, "PA-DJ-2026-000001", "XT-STREET-002")
    answers = {}
    for station in (pb, pc, pa):
        said, answers[station] = street.take(station.send("april.swpkg"))
        assert "新收 8" in said or ("新收 4" in said and "冲突 1" in said)
    for station in (pb, pc):
        assert "新收 8" in station.read(answers[station])
        assert station.waiting() == 0
    assert "1 件没有接收" in pa.read(answers[pa])
    assert pa.waiting() == 1
    assert all(row.startswith("● 已报") for row in street.rows("receiving", "exchange.senders"))

    # The conflict is decided on record, and the decision goes back to the station that is not of one mind.
    on(counters, DECIDED_ON)
    (pending,) = street.rows("conflicts", "exchange.conflicts")
    assert "PA-DJ-2026-000001" in pending
    assert {row for row in street.rows("conflicts", "exchange.pairs") if row.startswith("平台录入")} == {
        "平台录入 | XT-STREET-002 | （没有）",
        "平台录入 | （没有） | XT-STATION-001",
    }
    street.decide("{F6}", "以登记点在平台上的录入为准")
    assert street.rows("conflicts", "exchange.conflicts") == []
    back = street.send("back.swpkg", PackageKind.PERIOD, day=f"{DECIDED_ON}", to="坪安街道办事处PA登记点（下级）")
    said, _answer = pa.take(back)
    assert "更新 1" in said

    on(counters, MAY)
    said, answer = street.take(pa.send("may.swpkg"))
    assert "相同 1" in said
    pa.read(answer)
    assert pa.waiting() == 0

    together: Contents = {}
    for station in (pa, pb, pc):
        together |= contents(station)
    assert len(together) == 24
    assert contents(street) == together
    assert all(is_sound(counter.journey) for counter in counters.values())
