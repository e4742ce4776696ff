"""The base below the packs: neutral, without law of one place, said in the words of whoever lies over it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import FaultyInput
from desktop.policy.loader import Packs, load_pack
from desktop.policy.pack_tree import laid_over, read_tree
from desktop.services.resources import policies_folder

BASE = tuple(policies_folder() / name for name in ("common.toml", "common.papers.toml"))
# Law of the whole country may be named; an article of a place may not.
ARTICLE = re.compile(r"(?<!民法典)第[一二三四五六七八九十百零]+条")
PLACES = ("龙岗", "君山", "宜昌", "湖里", "松江", "深圳", "纳管平台上")


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    return [text for each in value for text in _texts(each)] if isinstance(value, list) else []


@pytest.mark.requirement("Q-1")
@pytest.mark.parametrize("file", BASE, ids=lambda file: file.name)
def test_the_base_names_no_place_and_no_article(file: Path) -> None:
    texts = _texts(tomllib.loads(file.read_text(encoding="utf-8")))
    assert [text for text in texts if ARTICLE.search(text) or any(place in text for place in PLACES)] == []


@pytest.mark.requirement("Q-3")
def test_what_comes_from_the_base_is_said_in_the_words_of_the_place(packs: Packs) -> None:
    neutral = packs.versions("longgang")[0].finding_labels["unregistered"]
    assert neutral == "未办理安全生产信息登记"
    assert packs.versions("yichang")[0].finding_labels["unregistered"] == "未办理备案"
    key_list = next(each for each in packs.versions("junshan")[0].check_lists if each.code == "high_risk")
    assert key_list.label == "重点监管小散工程巡查表"


@pytest.mark.requirement("Q-1")
def test_a_pack_leaves_out_of_the_base_what_it_does_not_use(packs: Packs) -> None:
    asked = {question.fact for question in packs.versions("yichang")[0].questions}
    assert "immovable_relic" not in asked
    assert "limit_relation" not in packs.versions("longgang")[0].parameters


@pytest.mark.requirement("Q-1")
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('questions = ["no_such_fact"]', "without.questions: 基础规则的 questions 里没有 no_such_fact"),
        ('conditions = ["nowhere"]', "without.conditions: 基础规则的 conditions 里没有 nowhere"),
        ("questions = [[1]]", "without.questions: 基础规则的 questions 里没有"),
        ("questions = 3", "without.questions: 基础规则的 questions 里没有 3"),
        ('nothing = ["a"]', "without.nothing: 基础规则的 nothing 里没有 a"),
    ],
)
def test_what_is_left_out_and_never_was_there_is_a_fault(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "trial.toml"
    file.write_text(f'[pack]\nbase = "common"\n[without]\n{line}\n', encoding="utf-8")
    with pytest.raises(FaultyInput) as caught:
        load_pack(file, bases=policies_folder())
    assert any(said in f"{fault.where}: {fault.what}" for fault in caught.value.faults), caught.value.faults


def test_a_second_entry_under_the_same_code_stands_behind_the_first() -> None:
    base = {"findings": [{"code": "a", "actions": ["urge"]}, {"code": "b"}]}
    own = {"findings": [{"code": "a", "article": "1"}, {"code": "a", "article": "2"}, {"code": "c"}]}
    assert laid_over(base, own)["findings"] == [
        {"code": "a", "actions": ["urge"], "article": "1"},
        {"code": "a", "article": "2"},
        {"code": "b"},
        {"code": "c"},
    ]


def test_an_entry_dropped_leaves_the_others(tmp_path: Path) -> None:
    assert laid_over({"stops": [{"code": "a"}, {"code": "b"}]}, {"stops": [{"code": "a", "drop": True}]}) == {
        "stops": [{"code": "b"}]
    }
    faults: list[Any] = []
    tree = read_tree(policies_folder() / "junshan" / "2026-notice.toml", faults)
    assert (faults, "base" in tree.rules["pack"], "without" in tree.rules) == ([], False, False)
