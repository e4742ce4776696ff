"""A matter is shown with everything personal covered, wherever it was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.domain.covered_text import covered_text
from desktop.domain.masked_walk_in import cover_numbers, masked, personal_numbers, shown_number
from desktop.domain.walk_in import Correction, IdKind, MaterialCheck
from desktop.domain.walk_in_json import walk_in_to_plain
from tests import factories

PHONES = ("13800003344", "13800005566", "13800007788", "13800002719")


@pytest.mark.requirement("LG-P1")
def test_no_number_of_a_person_is_left_anywhere() -> None:
    note = f"电话 138 0000 2719，身份证{factories.PERSON_ID}"
    matter = factories.walk_in(
        agent=factories.person(),
        remark=note,
        materials=(MaterialCheck(code="28-1", remark=note),),
        corrections=(Correction(item="业主", asked=note),),
    )
    words = repr(walk_in_to_plain(masked(matter)))
    for number in (factories.PERSON_ID, *PHONES, "138 0000 2719", "D3440000000", "JZ安许证字0000"):
        assert number not in words
    assert "110***********002X" in words


@pytest.mark.requirement("LG-P1")
def test_names_credit_codes_and_what_decides_stay() -> None:
    matter = factories.walk_in()
    shown = masked(matter)
    assert shown.facts == matter.facts
    assert (shown.owner.name, shown.owner.id_number) == (matter.owner.name, factories.COMPANY_CODE)
    assert (shown.place, shown.planned_start_on) == (matter.place, matter.planned_start_on)


def test_an_identity_number_typed_as_a_credit_code_is_covered_all_the_same() -> None:
    party = factories.company(id_number=factories.PERSON_ID, id_kind=IdKind.CREDIT_CODE)
    assert factories.PERSON_ID not in shown_number(party)


def test_the_street_may_let_the_area_stay() -> None:
    party = factories.person()
    assert shown_number(party).startswith("110***")
    assert shown_number(party, shows_area=True).startswith("110105***")
    assert masked(factories.walk_in(owner=party), shows_area=True).owner.id_number.startswith("110105")


@pytest.mark.requirement("LG-P1")
@pytest.mark.parametrize(
    "typed",
    [
        factories.PERSON_ID.lower(),
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "1101 0519 4912 3100 2x",
        "110105-19491231-002X",
        "110105491231002",
        "１３８００００２７１９",
        "+86 13800002719",
        "138-0000-2719",
    ],
)
@pytest.mark.parametrize("cover", [cover_numbers, covered_text])
def test_a_number_is_covered_however_it_was_written(typed: str, cover: Callable[[str], str]) -> None:
    covered = cover(f"电话或证件：{typed}，请核对１８号")
    assert covered.startswith("电话或证件：")
    assert covered.endswith("，请核对１８号")
    assert typed not in covered
    assert covered.count("*") >= 4


@pytest.mark.parametrize("text", ["坪安路18号A栋101", "PA-DJ-2026-000001", "合同第2026030200012号", "0755-00001234"])
def test_ordinary_numbers_of_a_text_stay(text: str) -> None:
    assert cover_numbers(text) == text


def test_masking_twice_is_masking_once() -> None:
    once = masked(factories.walk_in(agent=factories.person()))
    assert masked(once) == once


def test_the_numbers_to_look_for_on_a_paper_are_those_that_are_covered() -> None:
    matter = replace(factories.walk_in(), agent=factories.person())
    assert {factories.PERSON_ID, *PHONES} <= personal_numbers(matter)
    assert factories.COMPANY_CODE not in personal_numbers(matter)
