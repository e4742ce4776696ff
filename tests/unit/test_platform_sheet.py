"""The sheet for the district's platform: every label its own, in the order of the registration form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.pack import PolicyPack
from desktop.domain.platform_sheet import platform_sheet
from desktop.domain.walk_in import Place, WalkIn
from tests.factories import minor_facts, walk_in, worker


@pytest.mark.requirement("LG-27-3g")
def test_lines_stand_in_the_order_of_the_registration_form(pack: PolicyPack) -> None:
    labels = [label for label, _value in platform_sheet(walk_in(), number="PA-1", pack=pack)]

    wanted = ["登记编号", "工程名称", "工程地点", "合同金额（元）", "建设单位", "生产经营单位", "作业人员1"]
    places = [labels.index(label) for label in wanted]
    assert places == sorted(places)


def test_every_label_is_its_own_and_no_value_is_empty(pack: PolicyPack) -> None:
    lines = platform_sheet(walk_in(workers=(worker(), worker(name="许安"))), number="PA-1", pack=pack)

    assert len({label for label, _value in lines}) == len(lines)
    assert all(value for _label, value in lines)


def test_amounts_are_plain_numbers_in_the_unit_of_their_label(pack: PolicyPack) -> None:
    matter = walk_in()
    amount = matter.contract_amount_yuan
    assert amount is not None

    assert dict(platform_sheet(matter, number="PA-1", pack=pack))["合同金额（元）"] == f"{amount:f}"


def test_a_line_break_in_a_value_does_not_end_its_line(pack: PolicyPack) -> None:
    matter = replace(walk_in(), content="拆除旧吊顶\n\t更换灯具")

    assert dict(platform_sheet(matter, number="PA-1", pack=pack))["工程内容"] == "拆除旧吊顶 更换灯具"


def test_a_minor_operation_has_the_words_of_one_and_no_grade_of_risk(pack: PolicyPack) -> None:
    lines = dict(platform_sheet(walk_in(minor_facts()), number="PA-1", pack=pack, high_risk=False))

    assert "作业名称" in lines
    assert "业主" in lines
    assert "风险等级" not in lines


def test_an_empty_matter_has_its_number_only(pack: PolicyPack) -> None:
    assert platform_sheet(WalkIn(), number="PA-1", pack=pack) == (("登记编号", "PA-1"),)


@pytest.mark.requirement("SJ-5.2a")
def test_the_sheet_names_the_part_of_the_street_before_community_and_grid(pack: PolicyPack) -> None:
    place = Place(sub_area="东片区", community="坪安社区", grid="03")
    lines = platform_sheet(walk_in(place=place), number="PA-1", pack=pack)

    assert [line for line in lines if line[0] in ("片区", "社区", "网格")] == [
        ("片区", "东片区"),
        ("社区", "坪安社区"),
        ("网格", "03"),
    ]
