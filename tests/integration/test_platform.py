"""The district's platform: what is still to be entered, the number noted and corrected, the sheet to paste."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.domain.acts import Act, Change, Decided
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.walk_in import MaterialCheck, Verdict, WalkIn
from desktop.services.desk import Desk
from tests.factories import PERSON_ID, minor_facts, walk_in

Decide = Callable[..., Decided]
NUMBER = "LG-NG-2026-000123"


def events(desk: Desk, filing_id: int, act: str) -> list[str]:
    return [entry.summary for entry in desk.ledger.file(filing_id).timeline if entry.act == act]


@pytest.mark.requirement("LG-27-3g", "JS-2.4n")
def test_only_accepted_filings_are_still_to_be_entered(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    accepted = decide(complete)
    decide(complete.with_check(MaterialCheck(code="28-4", verdict=Verdict.MISSING)), Act.ONE_TIME_NOTICE)

    assert desk.ledger.ids(LedgerCriteria(awaits_platform=True)) == (accepted.filing_id,)
    assert desk.ledger.facets(LedgerCriteria()).awaits_platform == 1
    assert desk.ledger.file(accepted.filing_id).awaits_platform


@pytest.mark.requirement("LG-27-3g")
def test_the_count_of_those_to_enter_keeps_to_the_other_filters(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    decide(complete)
    minor = walk_in(minor_facts())
    for rule in desk.intake.pack().materials:
        minor = minor.with_check(MaterialCheck(code=rule.code, verdict=Verdict.IN_ORDER))
    decide(minor)

    facets = desk.ledger.facets(LedgerCriteria(kind="minor_operation", awaits_platform=True))

    assert facets.awaits_platform == 1
    assert facets.by_kind == {"small_work": 1, "minor_operation": 1}


@pytest.mark.requirement("LG-27-3g", "JS-2.4n")
def test_a_noted_number_says_who_noted_it_and_when(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    filing_id = decide(complete).filing_id

    changes = desk.platform.record(filing_id, f" {NUMBER} ", act_id="entry-1")

    file = desk.ledger.file(filing_id)
    assert changes == {Change.FILINGS}
    assert file.platform is not None
    assert not file.awaits_platform
    assert (file.platform.number, file.platform.who) == (NUMBER, "林晓")
    assert file.platform.at == file.timeline[-1].at
    assert desk.ledger.ids(LedgerCriteria(awaits_platform=True)) == ()
    assert desk.ledger.ids(LedgerCriteria(text="NG-2026-000123")) == (filing_id,)


@pytest.mark.requirement("LG-27-3g")
def test_a_correction_leaves_both_numbers_in_the_history(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    filing_id = decide(complete).filing_id
    desk.platform.record(filing_id, "A-1", act_id="entry-1")
    desk.platform.record(filing_id, "A-2", act_id="entry-2")

    file = desk.ledger.file(filing_id)

    assert file.platform is not None
    assert file.platform.number == "A-2"
    assert events(desk, filing_id, "platform_entry") == ["已录入平台，平台编号 A-1", "更正平台编号：原 A-1，现 A-2"]


def test_the_same_act_twice_and_the_same_number_again_count_once(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    filing_id = decide(complete).filing_id
    desk.platform.record(filing_id, "A-1", act_id="entry-1")

    assert desk.platform.record(filing_id, "A-9", act_id="entry-1") == frozenset()
    assert desk.platform.record(filing_id, "A-1", act_id="entry-2") == frozenset()
    assert len(events(desk, filing_id, "platform_entry")) == 1


@pytest.mark.parametrize("typed", ["", "　 ", "12\u202e34", "12\x0034", "9" * 61, "12\U0001f60034"])
def test_a_number_that_cannot_stand_changes_nothing(desk: Desk, decide: Decide, complete: WalkIn, typed: str) -> None:
    filing_id = decide(complete).filing_id

    with pytest.raises(ClerkError, match="platform_number_unfit"):
        desk.platform.record(filing_id, typed, act_id="entry-1")

    assert desk.ledger.file(filing_id).platform is None


def test_what_was_not_accepted_is_not_entered(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    missing = complete.with_check(MaterialCheck(code="28-4", verdict=Verdict.MISSING))
    filing_id = decide(missing, Act.ONE_TIME_NOTICE).filing_id

    with pytest.raises(ClerkError, match="not_registered"):
        desk.platform.record(filing_id, NUMBER, act_id="entry-1")
    with pytest.raises(ClerkError, match="not_registered"):
        desk.platform.sheet(filing_id)
    with pytest.raises(ClerkError, match="no_such_filing"):
        desk.platform.sheet(filing_id + 100)


@pytest.mark.requirement("LG-27-3g", "JS-2.4n")
def test_the_sheet_has_whole_numbers_and_is_recorded_each_time(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    decided = decide(complete)

    lines = dict(line.split("\t") for line in desk.platform.sheet(decided.filing_id).splitlines())
    desk.platform.sheet(decided.filing_id)

    assert lines["登记编号"] == decided.number
    assert lines["作业人员1证件号码"] == PERSON_ID
    assert lines["风险等级"] == "非高风险"
    assert len(events(desk, decided.filing_id, "platform_sheet")) == 2
    assert PERSON_ID not in "".join(entry.summary for entry in desk.ledger.file(decided.filing_id).timeline)


@pytest.mark.requirement("LG-27-4c")
def test_which_film_was_watched_stands_in_the_history(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    watched = decide(complete, video_watched=True, video="高处作业警示片")
    unwatched = decide(replace(complete, project_name="另一处装修"), video="高处作业警示片")

    assert events(desk, watched.filing_id, "accept")[0].endswith("；已观看安全警示片《高处作业警示片》")
    assert "警示片" not in events(desk, unwatched.filing_id, "accept")[0]


@pytest.mark.requirement("LG-27-4c")
def test_the_films_of_the_office_outlast_the_program(desk: Desk) -> None:
    office = desk.office.office()
    assert office is not None

    desk.office.set_up(replace(office, videos=(" 高处作业 ", "动火", "", "动火")))

    kept = desk.office.office()
    assert kept is not None
    assert kept.videos == ("高处作业", "动火")
