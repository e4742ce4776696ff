"""A version in force that this program does not read: the window opens, says so, and judges by no other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.errors import ClerkError, Fault, FaultyInput
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_version import PackTree, VersionState
from desktop.domain.unread_rules import UnreadVersion
from desktop.policy.loader import pack_of
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.factories import LIGHT
from tests.integration.conftest import Clock
from tests.integration.rule_versions import bound, new_act

FIRST_OF_NEW, LATER = date(2026, 7, 1), date(2026, 7, 2)
NEW, WHY = "2026-07", "limit_amount_yuan 应为数字"


def stricter(tree: PackTree) -> PolicyPack:
    """Read like a program that has become stricter since the version was let bind."""
    if tree.rules["pack"]["version"] == NEW:
        raise FaultyInput((Fault("parameters.limit_amount_yuan", "应为数字"),))
    return pack_of(tree)


def accept(desk: Desk) -> int:
    matter = factories.all_in_order(factories.walk_in(), desk.intake.pack())
    return desk.intake.decide(DecisionRequest(act_id=new_act(), act=Act.ACCEPT, walk_in=matter)).filing_id


@pytest.fixture
def opened(data_folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A ledger whose version of July is opened by a program that does not read it."""
    before = open_desk(data_folder, today=clock.today, now=clock.now, effort=LIGHT)
    before.office.set_up(factories.office())
    clock.day = date(2026, 6, 30)
    accept(before)
    bound(before, NEW, FIRST_OF_NEW, limit_amount_yuan="400000")
    clock.day = FIRST_OF_NEW
    accept(before)
    before.close()
    monkeypatch.setattr("desktop.services.seen_packs.pack_of", stricter)
    desk = open_desk(data_folder, today=clock.today, now=clock.now, effort=LIGHT)
    yield desk
    desk.close()


@pytest.mark.requirement("Q-1")
def test_the_office_is_told_which_version_does_not_read_and_why(opened: Desk) -> None:
    pack = opened.office.pack()
    told = pack.notice_on(FIRST_OF_NEW)
    assert f"{pack.id} {NEW}" in told
    assert "应为数字" in told
    assert "不作任何判定" in told
    [line] = [line for line in opened.pack_versions.all() if line.version == NEW]
    assert (line.state, line.is_today) == (VersionState.IN_FORCE, True)
    # What is wrong with it can be looked at, and another version made from it.
    assert opened.pack_versions.tree(pack.id, NEW).rules["pack"]["version"] == NEW
    assert opened.pack_versions.begin(pack.id, NEW, act_id=new_act())


@pytest.mark.requirement("Q-1")
def test_nothing_is_judged_by_another_version_in_its_place(opened: Desk, clock: Clock) -> None:
    matter = factories.all_in_order(factories.walk_in(), opened.intake.pack())
    preview = opened.intake.preview(matter)
    assert preview.assessment.outcome == "undetermined"
    assert preview.assessment.high_risk == "undetermined"
    assert not [act for act in preview.acts if act.allowed]
    assert all(NEW in act.why for act in preview.acts)
    for act in Act:
        with pytest.raises(ClerkError) as caught:
            opened.intake.decide(DecisionRequest(act_id=new_act(), act=act, walk_in=matter, reason="照旧办理"))
        assert caught.value.code == "version_unreadable"
        assert NEW in str(caught.value.details["why"])


@pytest.mark.requirement("Q-1")
def test_what_was_judged_by_others_goes_on_and_its_own_filings_wait(opened: Desk) -> None:
    earlier, its_own = 1, 2
    assert opened.life.of(earlier).registration.number
    with pytest.raises(ClerkError) as caught:
        opened.explaining.filing(its_own)
    assert caught.value.code == "version_unreadable"
    assert opened.ledger.file(its_own).row.number
    opened.worklist.worklist()


@pytest.mark.requirement("Q-1")
def test_settings_are_kept_and_a_version_made_from_it_puts_it_right(opened: Desk, clock: Clock) -> None:
    opened.office.set_up(factories.office(phone="0755-10000000"))
    assert any(choice.banner and NEW in choice.banner for choice in opened.office.pack_choices())
    bound(opened, "2026-07-b", FIRST_OF_NEW)
    assert opened.office.pack().version == "2026-07-b"
    assert opened.office.pack().unreadable == ""
    assert accept(opened)


@pytest.mark.requirement("Q-1", "Q-3")
def test_a_place_of_which_nothing_reads_speaks_in_no_other_places_words(desk: Desk) -> None:
    station = desk.reviews._station
    unread = UnreadVersion(id="elsewhere", version="1", effective_from=None, why="不是 TOML")
    station.packs = station.shipped.joined([unread])
    station.adopt(factories.office(pack_id="elsewhere"))
    pack = desk.office.pack()
    assert (pack.id, pack.version, pack.title) == ("elsewhere", "1", "elsewhere")
    assert not pack.local_rules.words
    assert "不是 TOML" in pack.notice_on(LATER)
    assert desk.intake.preview(factories.walk_in()).assessment.outcome == "undetermined"
