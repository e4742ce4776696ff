"""What a pack says of its own standing on a day: draft, not yet in force, in force, lapsed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Standing

FIRST, LAST = date(2026, 1, 1), date(2030, 12, 31)
pytestmark = pytest.mark.requirement("LG-49-1", "HL-5-1")


@pytest.fixture
def in_force(pack: PolicyPack) -> PolicyPack:
    """The pack as if it were law for five years."""
    return replace(pack, standing=Standing.IN_FORCE, effective_from=FIRST, effective_to=LAST, effective_note="")


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_law_in_force_needs_no_banner_on_its_first_and_last_day(in_force: PolicyPack, day: date) -> None:
    assert (in_force.banner_on(day), in_force.standing_on(day)) == ("", Standing.IN_FORCE)


def test_rules_that_have_lapsed_say_since_when_and_what_to_do(in_force: PolicyPack) -> None:
    day = date(2031, 1, 1)
    assert in_force.standing_on(day) is Standing.EXPIRED
    assert "失效，有效期已于 2030-12-31 届满" in in_force.banner_on(day)
    assert "更换规则" in in_force.banner_on(day)


def test_rules_of_the_future_say_from_when(in_force: PolicyPack) -> None:
    assert "自 2026-01-01 起施行，尚未施行" in in_force.banner_on(date(2025, 12, 31))


def test_a_trial_keeps_its_own_word_until_it_lapses(in_force: PolicyPack) -> None:
    trial = replace(in_force, standing=Standing.TRIAL, effective_note="试行两年")
    assert trial.banner_on(FIRST) == f"{trial.title}：试行，试行两年"
    assert trial.standing_on(date(2031, 1, 1)) is Standing.EXPIRED


def test_what_is_called_expired_is_so_on_every_day(pack: PolicyPack) -> None:
    expired = replace(pack, standing=Standing.EXPIRED, effective_note="新文件尚未公布")
    assert expired.banner_on(FIRST) == f"{pack.title}：失效，新文件尚未公布"


def test_law_without_a_day_says_so_or_from_what_it_is_known(in_force: PolicyPack) -> None:
    undated = replace(in_force, effective_from=None)
    noted = replace(undated, effective_note="据通报编制")
    assert undated.banner_on(FIRST) == f"{undated.title}：现行，文件没有写明施行日期"
    assert noted.banner_on(FIRST) == f"{undated.title}：现行，据通报编制"
