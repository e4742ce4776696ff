"""Words of lists and of the record are said as the place says them, whenever they are looked up."""

from __future__ import annotations

import pytest

from desktop.domain.life_words import LIFE_STATE_WORDS
from desktop.domain.local_rules import LocalRules, article, cited, work_by
from desktop.domain.patrol_kinds import PatrolKind, words_of
from desktop.domain.patrol_plan import PlanClass
from desktop.domain.register_number import Series
from desktop.domain.registration_life import LifeState
from desktop.services.wording import act_word

WORDS = {"登记": "备案", "注销": "销号", "高风险小型工程": "重点监管小散工程", "回执": "备案证明"}


@pytest.fixture(autouse=True)
def _in_another_place(_speaks_as_shipped: None) -> None:
    work_by(LocalRules(words=WORDS))


def test_lists_made_before_the_rules_are_known_speak_as_they_say() -> None:
    assert act_word("closeout") == "销号"
    assert LIFE_STATE_WORDS[LifeState.CLOSED] == "已销号"
    assert (PlanClass.HIGH_RISK.label, Series.CLOSEOUT.label) == ("重点监管小散工程", "销号")


def test_other_rules_are_heard_at_once() -> None:
    work_by(LocalRules(words={"注销": "销案"}))
    assert (act_word("closeout"), LIFE_STATE_WORDS[LifeState.CLOSED]) == ("销案", "已销案")


@pytest.mark.parametrize("act", ["entrustment", "firm_added", "acknowledgement_made"])
def test_what_is_no_registration_of_works_keeps_its_word(act: str) -> None:
    said = act_word(act)
    work_by(LocalRules())
    assert act_word(act) == said


def test_a_sheet_is_read_in_the_words_of_the_place_and_in_the_programs() -> None:
    assert words_of(PatrolKind.CLOSEOUT_CHECK) == ("销号核实", "注销核实")


def test_an_article_the_document_does_not_have_is_not_cited() -> None:
    assert (article("patrol_findings"), cited("patrol_findings")) == ("", "")
