"""Names and free texts that no paper can show, found while they are typed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.typed_texts import LONGEST_NAME, LONGEST_TEXT, TEXT_FAULT, text_faults
from desktop.domain.unprintable import unprintable_fault
from desktop.domain.walk_in import Correction, MaterialCheck, Place, SiteManager, Verdict
from tests.factories import company, contractor, person, small_work_facts, walk_in, worker

pytestmark = pytest.mark.requirement("LG-27-3a")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("坪安\x07路", "控制字符", id="control"),
        pytest.param("坪安\u202e路", "书写方向标记", id="right-to-left"),
        pytest.param("坪安\u200b路", "看不见的字符", id="invisible"),
        pytest.param("坪\ud83d安", "残缺的字符", id="half-a-pair"),
        pytest.param("坪安👷", "表情符号“👷”", id="emoji"),
        pytest.param("坪安⭐路", "表情符号“⭐”", id="picture-of-the-first-plane"),
        pytest.param("坪安☎\ufe0f", "表情符号“☎”", id="asked-to-be-a-picture"),
        pytest.param("张\ue001", "自造字（私有区 U+E001）", id="private-use"),
        pytest.param("张\U000f1234", "自造字（私有区 U+F1234）", id="private-plane"),
        pytest.param("长" * 101, "现有 101 个字，最多 100 个字", id="too-long"),
    ],
)
def test_a_text_that_cannot_be_printed_says_what_and_how_to_put_it_right(text: str, says: str) -> None:
    fault = unprintable_fault(text, longest=100)
    assert says in fault
    assert any(step in fault for step in ("请删", "请改用"))


@pytest.mark.parametrize(
    "text",
    [
        "坪安路18号",
        "𬭎",
        "昇\U000e0101",
        "\u3ad0\u4dae",
        "\U00030edd",
        "甲①㎡Ⅱ℃★☆▲→",
        "A座-3/F（东）",
        "=1+1",
        "长" * 100,
    ],
)
def test_rare_characters_signs_and_formulas_may_stand(text: str) -> None:
    assert unprintable_fault(text, longest=100) == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"project_name": "👷"}, "project_name"),
        ({"content": "👷"}, "content"),
        ({"place": Place(community="坪安社区", detail="👷")}, "place.detail"),
        ({"owner": company("👷")}, "owner.name"),
        ({"agent": person("👷", contact_name="")}, "agent.name"),
        ({"contractor": contractor(party=company("👷"))}, "contractor.party.name"),
        ({"owner_safety_manager": SiteManager(name="👷")}, "owner_safety_manager.name"),
        ({"workers": (worker(), worker("👷"))}, "workers.1.name"),
        ({"waste_site": "👷"}, "waste_site"),
        ({"remark": "👷"}, "remark"),
        ({"facts": small_work_facts(decision_document="👷")}, "facts.decision_document"),
        ({"corrections": (Correction(item="面积", asked="👷"),)}, "corrections.0.asked"),
        (
            {"materials": (MaterialCheck(code="28-4", verdict=Verdict.OTHER, remark="👷"),)},
            "materials.28-4.remark",
        ),
    ],
)
def test_every_text_is_looked_at(changes: dict[str, Any], field: str) -> None:
    [fault] = text_faults(walk_in(**changes))
    assert (fault.field, fault.code, fault.blocking) == (field, TEXT_FAULT, True)


def test_names_are_shorter_than_free_texts() -> None:
    assert text_faults(walk_in(content="长" * LONGEST_TEXT, project_name="长" * LONGEST_NAME)) == ()
    too_long = walk_in(content="长" * (LONGEST_TEXT + 1), project_name="长" * (LONGEST_NAME + 1))
    assert [fault.field for fault in text_faults(too_long)] == ["project_name", "content"]


def test_the_sentence_names_the_field_for_those_who_do_not_see_it() -> None:
    matter = walk_in()
    [fault] = text_faults(replace(matter, owner=replace(matter.owner, address="坪安\x00路")))
    assert fault.message.startswith("建设单位（业主）地址：")
