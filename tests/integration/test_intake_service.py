"""One person at the window: the decision is judged again and written whole or not at all."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.domain.acts import Act, Change, DecisionRequest, StationKind, Status
from desktop.domain.errors import ClerkError
from desktop.domain.facts import UNKNOWN
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.progress import Cancelled
from desktop.domain.walk_in import MaterialCheck, PartyKind, Place, Verdict, WalkIn
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.integration.conftest import Clock, Decide


def _count(desk: Desk, table: str) -> int:
    with desk.database.reading() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def _with(matter: WalkIn, code: str, verdict: Verdict) -> WalkIn:
    return matter.with_check(MaterialCheck(code=code, verdict=verdict))


@pytest.mark.requirement("LG-27-3b1", "LG-25-2a")
def test_an_accepted_matter_gets_a_number_its_papers_and_its_dates(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    decided = decide(complete)
    file = desk.ledger.file(decided.filing_id)
    assert decided.number == file.registration_number == "PA-DJ-2026-000001"
    assert decided.status is Status.REGISTERED
    assert {"receipt", "owner_commitment", "risk_notice", "posting"} <= {paper.code for paper in decided.papers}
    assert (file.accepted_on, file.valid_until) == (date(2026, 3, 2), date(2026, 9, 2))
    assert file.extension_first == date(2026, 8, 18)
    assert file.walk_in == complete
    assert (file.pack_id, file.row.visits) == ("longgang", 1)
    assert decided.changes >= {Change.FILINGS, Change.PAPERS}


_ABOVE_LIMIT = {"contract_amount_yuan": Decimal(2000000), "floor_area_m2": Decimal(900)}


@pytest.mark.requirement("LG-27-3h")
@pytest.mark.parametrize(
    ("facts", "act", "status", "number"),
    [
        (_ABOVE_LIMIT, Act.INFORM_PERMIT, Status.REFUSED_PERMIT, "PA-XK-2026-000001"),
        ({"illegal_acts": ("add_storey",)}, Act.MUST_NOT_START, Status.TRANSFERRED, "PA-JZ-2026-000001"),
        ({"temporary_building": True}, Act.NOT_APPLICABLE, Status.NOT_APPLICABLE, "PA-BS-2026-000001"),
    ],
)  # fmt: skip
def test_each_ending_has_its_status_number_and_paper(
    decide: Decide, facts: dict[str, object], act: Act, status: Status, number: str
) -> None:
    matter = factories.walk_in(factories.small_work_facts(**facts))  # type: ignore[arg-type]
    decided = decide(matter, act, reason="临时建筑")
    assert (decided.status, decided.number) == (status, number)
    assert decided.papers


def test_must_not_start_takes_a_number_for_the_transfer_sheet_too(desk: Desk, decide: Decide) -> None:
    matter = factories.walk_in(factories.small_work_facts(illegal_acts=("add_storey",)))
    decided = decide(matter, Act.MUST_NOT_START)
    assert desk.ledger.ids(LedgerCriteria(text="PA-YJ-2026-000001")) == (decided.filing_id,)


@pytest.mark.requirement("LG-27-3h")
def test_a_community_station_sends_high_risk_works_to_the_street_office(desk: Desk, decide: Decide) -> None:
    desk.office.set_up(factories.office(station_kind=StationKind.COMMUNITY_STATION))
    matter = factories.all_in_order(factories.walk_in(factories.small_work_facts(hoisting=True)), desk.intake.pack())
    decided = decide(matter, Act.TO_STREET_OFFICE)
    assert (decided.status, decided.number) == (Status.REDIRECTED, "PA-ZB-2026-000001")


def test_the_site_check_of_high_risk_works_is_due_in_three_working_days(desk: Desk, decide: Decide) -> None:
    matter = factories.all_in_order(factories.walk_in(factories.small_work_facts(hoisting=True)), desk.intake.pack())
    file = desk.ledger.file(decide(matter).filing_id)
    assert file.site_check_by == date(2026, 3, 5)
    assert file.row.high_risk is True


def test_papers_without_verdict_stop_the_decision(desk: Desk, decide: Decide) -> None:
    with pytest.raises(ClerkError) as caught:
        decide(factories.walk_in(), Act.ONE_TIME_NOTICE)
    assert caught.value.code == "unjudged_materials"
    assert caught.value.details["count"] == len(desk.intake.preview(factories.walk_in()).unjudged)


def test_an_act_the_rules_forbid_is_refused_with_the_why(decide: Decide, complete: WalkIn) -> None:
    with pytest.raises(ClerkError) as caught:
        decide(complete, Act.MUST_NOT_START)
    assert caught.value.code == "act_not_allowed"
    assert caught.value.details["why"]


def test_a_wrong_number_names_its_field(decide: Decide, complete: WalkIn) -> None:
    with pytest.raises(ClerkError) as caught:
        decide(replace(complete, owner=factories.company(id_number="91350100M000100Y44")))
    assert caught.value.code == "blocked_by_typed_data"
    assert caught.value.details["field"] == "owner.id_number"


def test_an_override_needs_a_reason_and_stays_visible(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    with pytest.raises(ClerkError) as caught:
        decide(complete, Act.NOT_APPLICABLE, reason="  ")
    assert caught.value.code == "reason_required"
    file = desk.ledger.file(decide(complete, Act.NOT_APPLICABLE, reason="业主当场撤回").filing_id)
    assert "业主当场撤回" in file.overrides[0]
    assert file.timeline[-1].reason == "业主当场撤回"


def test_undetermined_facts_stop_every_act(decide: Decide) -> None:
    matter = factories.walk_in(factories.small_work_facts(contract_amount_yuan=UNKNOWN, floor_area_m2=UNKNOWN))
    for act in Act:
        with pytest.raises(ClerkError):
            decide(matter, act, reason="无")


def test_the_same_act_twice_is_decided_once(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    first = decide(complete, act_id="same")
    assert decide(complete, act_id="same") == first
    assert _count(desk, "filing") == 1
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
    assert _count(desk, "filing") == 1


def test_a_decision_takes_its_draft_away(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    desk.drafts.save("mine", complete)
    desk.drafts.save("other", complete)
    assert Change.DRAFTS in decide(complete, draft_id="mine").changes
    assert [draft.id for draft in desk.drafts.all()] == ["other"]


class _Impatient:
    def step(self, done: int, total: int) -> None:
        if done == 3:
            raise Cancelled


def test_a_cancelled_decision_leaves_nothing_and_takes_no_number(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    request = DecisionRequest(act_id="cancelled", act=Act.ACCEPT, walk_in=complete)
    with pytest.raises(Cancelled):
        desk.intake.decide(request, _Impatient())
    assert [_count(desk, table) for table in ("filing", "visit", "issued_document", "sequence")] == [0, 0, 0, 0]
    assert decide(complete).number == "PA-DJ-2026-000001"


def test_a_character_that_no_font_has_is_named_before_anything_is_written(desk: Desk, complete: WalkIn) -> None:
    odd = replace(complete, project_name="坪安路\U000323b5装修")
    with pytest.raises(ClerkError) as caught:
        desk.intake.decide(DecisionRequest(act_id="odd", act=Act.ACCEPT, walk_in=odd))
    assert caught.value.code == "missing_characters"
    assert "\U000323b5" in str(caught.value.details["characters"])
    assert _count(desk, "filing") == 0


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
    assert [_count(desk, table) for table in tables] == [0] * len(tables)
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
        assert [_count(again, table) for table in tables] == [0] * len(tables)
        [draft] = again.drafts.all()
        request = DecisionRequest(act_id="killed", act=Act.ACCEPT, walk_in=draft.walk_in, draft_id="typed")
        assert again.intake.decide(request).number == "PA-DJ-2026-000001"
    finally:
        again.close()


@pytest.fixture
def noticed(decide: Decide, complete: WalkIn) -> tuple[int, WalkIn]:
    """A matter told of one missing paper, and how it stood then."""
    gap = _with(complete, "28-4", Verdict.MISSING)
    return decide(gap, Act.ONE_TIME_NOTICE).filing_id, gap


@pytest.mark.requirement("LG-27-3c1", "LG-27-3c4")
def test_a_second_visit_asks_only_the_open_items(desk: Desk, noticed: tuple[int, WalkIn]) -> None:
    revisit = desk.intake.revisit(noticed[0])
    assert [item.code for item in revisit.open_items] == ["28-4"]
    assert (revisit.visit, revisit.number) == (2, "PA-GZ-2026-000001")
    lines = desk.intake.preview(revisit.walk_in, revisit=revisit).lines
    assert [line.code for line in lines if line.required and not line.settled] == ["28-4"]


@pytest.mark.requirement("LG-27-3c4")
def test_a_corrected_matter_is_accepted_as_the_same_filing(
    desk: Desk, decide: Decide, noticed: tuple[int, WalkIn], complete: WalkIn, clock: Clock
) -> None:
    clock.day = date(2026, 3, 10)
    decided = decide(complete, filing_id=noticed[0])
    file = desk.ledger.file(noticed[0])
    assert decided.filing_id == noticed[0]
    assert (file.row.number, file.row.visits, file.row.filed_on) == ("PA-DJ-2026-000001", 2, date(2026, 3, 2))
    assert [entry.act for entry in file.timeline] == ["one_time_notice", "accept"]
    for number in ("PA-GZ-2026-000001", "PA-DJ-2026-000001"):
        assert desk.ledger.ids(LedgerCriteria(text=number)) == (noticed[0],)
    with pytest.raises(ClerkError, match="not_awaiting_correction"):
        desk.intake.revisit(noticed[0])


@pytest.mark.requirement("LG-27-3c2")
def test_a_forgotten_item_needs_a_reason_and_is_counted(
    desk: Desk, decide: Decide, noticed: tuple[int, WalkIn]
) -> None:
    filing_id, gap = noticed
    # In order at the first visit, found missing at the second on unchanged facts.
    forgotten = _with(gap, "28-2.2-title", Verdict.MISSING)
    with pytest.raises(ClerkError) as caught:
        decide(forgotten, Act.ONE_TIME_NOTICE, filing_id=filing_id)
    assert caught.value.code == "reason_required"
    decide(forgotten, Act.ONE_TIME_NOTICE, filing_id=filing_id, reason="首次核对时漏看")
    row = desk.ledger.file(filing_id).row
    assert row.notice_not_complete
    assert row.visits == 2
    assert {item.code for item in desk.intake.revisit(filing_id).open_items} == {"28-4", "28-2.2-title"}


@pytest.mark.requirement("LG-27-3c2")
def test_an_item_that_new_facts_bring_needs_no_reason(desk: Desk, decide: Decide, noticed: tuple[int, WalkIn]) -> None:
    filing_id, gap = noticed
    changed = replace(gap, facts=gap.facts.with_facts(hoisting=True))
    decide(_with(changed, "28-5-special-scheme", Verdict.MISSING), Act.ONE_TIME_NOTICE, filing_id=filing_id)
    assert not desk.ledger.file(filing_id).row.notice_not_complete


@pytest.mark.requirement("LG-27-3c1")
def test_what_a_notice_told_can_never_be_changed(desk: Desk, noticed: tuple[int, WalkIn]) -> None:
    for table in ("visit", "issued_document"):
        with pytest.raises(Exception, match="never changes"), desk.database.writing() as session:
            session.execute(text(f"UPDATE {table} SET number='X'"))


@pytest.mark.requirement("LG-27-3c1")
def test_the_words_of_a_notice_stay_when_the_next_visit_is_typed(
    desk: Desk, decide: Decide, noticed: tuple[int, WalkIn], complete: WalkIn
) -> None:
    [paper] = desk.ledger.file(noticed[0]).papers
    before = desk.issuing.pdf(paper.id)
    decide(complete, filing_id=noticed[0])
    assert desk.issuing.pdf(paper.id) == before


def test_two_windows_cannot_decide_the_same_visit_twice(
    desk: Desk, noticed: tuple[int, WalkIn], complete: WalkIn
) -> None:
    desk.intake.decide(DecisionRequest(act_id="a", act=Act.ACCEPT, walk_in=complete, filing_id=noticed[0]))
    with pytest.raises(ClerkError, match="not_awaiting_correction"):
        desk.intake.decide(DecisionRequest(act_id="b", act=Act.ACCEPT, walk_in=complete, filing_id=noticed[0]))


def test_resemblance_is_offered_by_address_owner_and_contractor(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    other = replace(
        complete,
        owner=factories.person("何平"),
        contractor=factories.contractor(party=factories.person("金川", id_number=factories.OTHER_PERSON_ID)),
    )
    decided = decide(other)
    nowhere = Place(community="新禾社区", estate="新禾路", building="9栋")
    stranger = factories.company("深圳市青石有限公司", id_number="")
    blank = WalkIn()
    by_address = replace(blank, place=other.place)
    by_owner = replace(blank, owner=other.owner, place=nowhere)
    by_contractor = replace(blank, contractor=other.contractor, owner=stranger, place=nowhere)
    for typed, why in ((by_address, "address"), (by_owner, "owner"), (by_contractor, "contractor")):
        [found] = desk.intake.similar(typed)
        assert (found.filing_id, found.why) == (decided.filing_id, why)
    assert desk.intake.similar(blank) == ()


def test_parties_are_taken_over_as_last_typed(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    decide(complete)
    moved = replace(complete, owner=replace(complete.owner, phone="13800001111"))
    decide(moved)
    for typed in ("和顺", "hscy", "91350100m000100y43"):
        assert desk.intake.parties_like(typed) == (moved.owner,)
    [contractor] = desk.intake.contractors_like("匠新")
    assert contractor == complete.contractor
    assert desk.intake.parties_like("匠新") == ()
    assert desk.intake.parties_like(" ") == desk.intake.parties_like("%") == ()


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
    assert _count(desk, "filing") == 0
    assert desk.drafts.all()[0].walk_in == odd


def test_half_a_surrogate_pair_harms_neither_draft_nor_search(desk: Desk) -> None:
    broken = factories.walk_in(project_name="坪\ud83d安")
    desk.drafts.save("broken", broken)
    assert desk.drafts.all()[0].walk_in == broken
    assert desk.ledger.ids(LedgerCriteria(text="\ud83d")) == ()
    assert desk.intake.similar(replace(broken, owner=factories.company("\ud83d", id_number=""))) == ()


def test_a_window_without_an_office_decides_nothing(data_folder: Path) -> None:
    desk = open_desk(data_folder)
    try:
        with pytest.raises(ClerkError, match="office_not_set_up"):
            desk.intake.decide(DecisionRequest(act_id="a", act=Act.ACCEPT, walk_in=factories.walk_in()))
    finally:
        desk.close()


def test_a_preview_needs_no_database(desk: Desk, complete: WalkIn) -> None:
    desk.database.close()
    away = desk.database.file.rename(desk.database.file.with_suffix(".away"))
    try:
        assert desk.intake.preview(complete).acts
    finally:
        away.rename(desk.database.file)


def test_a_sole_person_is_kept_by_name_when_no_number_is_known(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    nameless = factories.person("严若初", id_number="", kind=PartyKind.PERSON)
    decided = decide(replace(complete, owner=nameless))
    [found] = desk.intake.similar(WalkIn(owner=nameless))
    assert found.filing_id == decided.filing_id
