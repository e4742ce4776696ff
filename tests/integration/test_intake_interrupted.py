"""Whatever happens in the middle or is typed by malice: a decision is written whole, once, or not at all."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.progress import Cancelled
from desktop.domain.walk_in import WalkIn
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.integration.conftest import Clock, Decide, count_of


def test_the_same_act_twice_is_decided_once(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    first = decide(complete, act_id="same")
    assert decide(complete, act_id="same") == first
    assert count_of(desk, "filing") == 1
    assert decide(complete).number == "PA-DJ-2026-000002"


def test_the_same_act_from_many_threads_is_decided_once(desk: Desk, complete: WalkIn) -> None:
    request = DecisionRequest(act_id="same", act=Act.ACCEPT, walk_in=complete)
    numbers: list[str] = []
    threads = [threading.Thread(target=lambda: numbers.append(desk.intake.decide(request).number)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert numbers == ["PA-DJ-2026-000001"] * 4
    assert count_of(desk, "filing") == 1


class _Impatient:
    def step(self, done: int, total: int) -> None:
        if done == 3:
            raise Cancelled


def test_a_cancelled_decision_leaves_nothing_and_takes_no_number(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    request = DecisionRequest(act_id="cancelled", act=Act.ACCEPT, walk_in=complete)
    with pytest.raises(Cancelled):
        desk.intake.decide(request, _Impatient())
    assert [count_of(desk, table) for table in ("filing", "visit", "issued_document", "sequence")] == [0, 0, 0, 0]
    assert decide(complete).number == "PA-DJ-2026-000001"


def test_a_character_that_no_font_has_is_named_before_anything_is_written(desk: Desk, complete: WalkIn) -> None:
    odd = replace(complete, project_name="坪安路\U000323b5装修")
    with pytest.raises(ClerkError) as caught:
        desk.intake.decide(DecisionRequest(act_id="odd", act=Act.ACCEPT, walk_in=odd))
    assert caught.value.code == "missing_characters"
    assert "\U000323b5" in str(caught.value.details["characters"])
    assert count_of(desk, "filing") == 0


def test_a_full_disk_in_the_middle_leaves_nothing_half(
    desk: Desk, complete: WalkIn, decide: Decide, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = sqlite3.connect(desk.database.file).execute("PRAGMA page_count").fetchone()[0]
    desk.database.close()
    monkeypatch.setattr("desktop.models.database._PRAGMAS", (f"PRAGMA max_page_count={pages + 2}",))
    with pytest.raises(ClerkError) as caught:
        decide(complete, act_id="full")
    assert caught.value.code == "disk_full"
    desk.database.close()
    monkeypatch.undo()
    tables = ("filing", "visit", "visit_material", "issued_document", "known_party", "sequence", "filing_search")
    assert [count_of(desk, table) for table in tables] == [0] * len(tables)
    assert decide(complete, act_id="full").number == "PA-DJ-2026-000001"


_KILLED = """
import os, signal, sys
from pathlib import Path
from desktop.domain.acts import Act, DecisionRequest
from desktop.services import recording
from desktop.services.desk import open_desk
from tests import factories

desk = open_desk(Path(sys.argv[1]), today=lambda: factories.FILED_ON)
matter = factories.all_in_order(factories.walk_in(), desk.intake.pack())
desk.drafts.save("typed", matter)
whole = recording.index_filing

def die_in_the_middle(*given):
    whole(*given)
    os.kill(os.getpid(), signal.SIGKILL)

recording.index_filing = die_in_the_middle
desk.intake.decide(DecisionRequest(act_id="killed", act=Act.ACCEPT, walk_in=matter, draft_id="typed"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_program_killed_in_the_middle_leaves_nothing_half(desk: Desk, data_folder: Path, clock: Clock) -> None:
    desk.close()
    done = subprocess.run([sys.executable, "-c", _KILLED, str(data_folder)], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == -signal.SIGKILL
    again = open_desk(data_folder, today=clock.today, now=clock.now)
    try:
        tables = ("filing", "visit", "issued_document", "known_party", "sequence", "filing_search")
        assert [count_of(again, table) for table in tables] == [0] * len(tables)
        [draft] = again.drafts.all()
        request = DecisionRequest(act_id="killed", act=Act.ACCEPT, walk_in=draft.walk_in, draft_id="typed")
        assert again.intake.decide(request).number == "PA-DJ-2026-000001"
    finally:
        again.close()


_HOSTILE = (
    "=HYPERLINK(1)",
    "'); DROP TABLE filing;--",
    '" OR * NEAR(',
    "长" * 97,
    "{project}: *",
)


_UNPRINTABLE = ("null\x00bell\x07", "\u202e倒写\u202c", "长" * 10_000, "👷工地🏗️", "自造\ue001字")


@pytest.mark.parametrize("hostile", _HOSTILE, ids=range(len(_HOSTILE)))
def test_hostile_text_is_kept_unharmed_and_found_again(
    desk: Desk, decide: Decide, complete: WalkIn, hostile: str
) -> None:
    odd = replace(complete, project_name=f"坪安{hostile}")
    decided = decide(odd)
    file = desk.ledger.file(decided.filing_id)
    assert file.walk_in.project_name == f"坪安{hostile}"
    assert desk.ledger.ids(LedgerCriteria(text="坪安")) == (decided.filing_id,)
    desk.ledger.ids(LedgerCriteria(text=hostile))
    desk.intake.similar(odd)
    desk.intake.parties_like(hostile)


@pytest.mark.parametrize("text", _UNPRINTABLE, ids=range(len(_UNPRINTABLE)))
def test_a_text_that_no_paper_can_show_is_named_and_nothing_typed_is_lost(
    desk: Desk, decide: Decide, complete: WalkIn, text: str
) -> None:
    odd = replace(complete, project_name=f"坪安{text}")
    desk.drafts.save("odd", odd)
    desk.intake.similar(odd)
    desk.intake.parties_like(text)
    assert desk.ledger.ids(LedgerCriteria(text=text)) == ()
    with pytest.raises(ClerkError) as caught:
        decide(odd, draft_id="odd")
    assert caught.value.code == "blocked_by_typed_data"
    assert caught.value.details["field"] == "project_name"
    assert "请删" in str(caught.value.details["why"]) or "请改用" in str(caught.value.details["why"])
    assert count_of(desk, "filing") == 0
    assert desk.drafts.all()[0].walk_in == odd


def test_half_a_surrogate_pair_harms_neither_draft_nor_search(desk: Desk) -> None:
    broken = factories.walk_in(project_name="坪\ud83d安")
    desk.drafts.save("broken", broken)
    assert desk.drafts.all()[0].walk_in == broken
    assert desk.ledger.ids(LedgerCriteria(text="\ud83d")) == ()
    assert desk.intake.similar(replace(broken, owner=factories.company("\ud83d", id_number=""))) == ()
