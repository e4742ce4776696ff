"""Numbers are taken without gaps and never twice, by threads and by processes."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.register_number import Series
from desktop.domain.walk_in import WalkIn
from desktop.services.desk import Desk
from desktop.services.numbering import next_number, take_number, void_number
from tests.integration.conftest import Clock, Decide

_TAKE = """
import sys
from pathlib import Path
from desktop.domain.register_number import Series
from desktop.models.database import Database
from desktop.services.numbering import take_number

database = Database(Path(sys.argv[1]))
for _ in range(40):
    with database.writing() as session:
        print(take_number(session, "PA", series=Series.REGISTRATION, year=2026))
database.close()
"""


def _take(desk: Desk, code: str = "PA", series: Series = Series.REGISTRATION, year: int = 2026) -> str:
    with desk.database.writing() as session:
        return take_number(session, code, series=series, year=year)


def test_processes_take_distinct_numbers_without_gaps(desk: Desk) -> None:
    command = [sys.executable, "-c", _TAKE, str(desk.database.file)]
    root = Path(__file__).parents[2]
    running = [subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    taken = [number for process in running for number in process.communicate()[0].split()]
    assert [process.returncode for process in running] == [0, 0]
    assert sorted(taken) == [f"PA-DJ-2026-{serial:06d}" for serial in range(1, 81)]


def test_threads_decide_with_distinct_numbers_without_gaps(desk: Desk, complete: WalkIn) -> None:
    taken: list[str] = []

    def decide(name: int) -> None:
        for turn in range(3):
            request = DecisionRequest(act_id=f"{name}-{turn}", act=Act.ACCEPT, walk_in=complete, reason="各自独立")
            taken.append(desk.intake.decide(request).number)

    threads = [threading.Thread(target=decide, args=(name,)) for name in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [f"PA-DJ-2026-{serial:06d}" for serial in range(1, 10)]


def test_each_station_series_and_year_counts_by_itself(desk: Desk) -> None:
    assert [_take(desk), _take(desk)] == ["PA-DJ-2026-000001", "PA-DJ-2026-000002"]
    assert _take(desk, code="XH") == "XH-DJ-2026-000001"
    assert _take(desk, series=Series.ONE_TIME_NOTICE) == "PA-GZ-2026-000001"
    assert _take(desk, year=2027) == "PA-DJ-2027-000001"


def test_a_number_taken_in_a_failed_transaction_is_given_back(desk: Desk) -> None:
    with pytest.raises(RuntimeError), desk.database.writing() as session:
        take_number(session, "PA", series=Series.REGISTRATION, year=2026)
        raise RuntimeError
    assert _take(desk) == "PA-DJ-2026-000001"


def test_foreseeing_a_number_takes_none(desk: Desk) -> None:
    with desk.database.reading() as session:
        seen = {next_number(session, "PA", series=Series.REGISTRATION, year=2026) for _ in range(3)}
    assert seen == {_take(desk)} == {"PA-DJ-2026-000001"}


def test_the_new_year_starts_its_own_count(decide: Decide, complete: WalkIn, clock: Clock) -> None:
    clock.day = date(2026, 12, 31)
    assert decide(complete).number == "PA-DJ-2026-000001"
    clock.day = date(2027, 1, 1)
    assert decide(complete).number == "PA-DJ-2027-000001"


def test_a_number_taken_by_another_program_meanwhile_makes_the_papers_anew(desk: Desk, complete: WalkIn) -> None:
    class Meddler:
        def __init__(self) -> None:
            self.has_meddled = False

        def step(self, done: int, total: int) -> None:
            if not self.has_meddled:
                self.has_meddled = True
                _take(desk)

    request = DecisionRequest(act_id="a", act=Act.ACCEPT, walk_in=complete)
    decided = desk.intake.decide(request, Meddler())
    assert decided.number == "PA-DJ-2026-000002"
    assert {paper.number for paper in decided.papers} == {"PA-DJ-2026-000002"}
    with desk.database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM filing")).scalar_one() == 1


def test_a_void_number_keeps_its_reason(desk: Desk) -> None:
    number = _take(desk)
    with desk.database.writing() as session:
        void_number(session, number, why="试号", at=datetime(2026, 3, 2, tzinfo=UTC))
    with desk.database.reading() as session:
        assert session.execute(text("SELECT number, why FROM void_number")).one() == (number, "试号")
