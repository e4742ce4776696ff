"""Lead departments of the 14 rows of the 分类表, and those of 第十五–十九条 beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.assess import assess
from desktop.domain.assessment_result import Assessment
from desktop.domain.pack import PolicyPack
from desktop.domain.workdays import WorkdayCalendar
from tests.factories import declared

CALENDAR = WorkdayCalendar()
ABOVE = {"contract_amount_yuan": 1200000, "floor_area_m2": 600}
MUNICIPAL = {"category": "municipal_infrastructure"}


def judged(pack: PolicyPack, **facts: Any) -> Assessment:
    return assess(declared(**facts), pack, CALENDAR)


HOUSING = "区住房建设部门"
ROWS: list[tuple[int, str, dict[str, Any]]] = [
    (1, HOUSING, {"category": "residential_decoration"}),
    (1, HOUSING, {"category": "nonresidential_decoration"}),
    (1, HOUSING, {"category": "illegal_legacy_building_redecoration"}),
    (1, HOUSING, {"category": "house_repair_reinforcement", "complex_multi_trade": True}),
    (1, HOUSING, {"category": "elevator_work", "elevator_work_type": "addition"}),
    (1, HOUSING, {"category": "other_building_and_ancillary"}),
    (2, "区水务部门", MUNICIPAL | {"municipal_kind": "water"}),
    (2, "区水务部门", MUNICIPAL | {"municipal_kind": "water_conservancy"}),
    (3, "区交通运输部门", MUNICIPAL | {"municipal_kind": "traffic"}),
    (3, "区交通运输部门", {"category": "other_building_and_ancillary", "place_kind": "bus_station"}),
    (3, "区交通运输部门", {"category": "other_building_and_ancillary", "place_kind": "public_parking"}),
    (4, "区市场监督部门", {"category": "elevator_work", "elevator_work_type": "alteration"}),
    (4, "区市场监督部门", {"category": "elevator_work", "elevator_work_type": "replacement"}),
    (4, "区市场监督部门", {"category": "elevator_work", "elevator_work_type": "removal"}),
    (5, "区文旅游局", {"category": "house_repair_reinforcement", "immovable_relic": True}),
    (6, "区政数局", MUNICIPAL | {"municipal_kind": "telecom"}),
    (7, "区城市管理和综合执法部门", MUNICIPAL | {"municipal_kind": "sanitation"}),
    (7, "区城市管理和综合执法部门", MUNICIPAL | {"municipal_kind": "landscaping"}),
    (7, "区城市管理和综合执法部门", MUNICIPAL | {"municipal_kind": "lighting"}),
    (8, HOUSING, ABOVE | {"art4_kind": "illegal_building_redecoration_or_alteration"}),
    (8, HOUSING, ABOVE | {"art4_kind": "bottle_to_pipe"}),
    (8, HOUSING, ABOVE | {"art4_kind": "urban_village_renovation"}),
    (8, HOUSING, ABOVE | {"art4_kind": "urban_village_unified_rent"}),
    (8, HOUSING, ABOVE | {"category": "illegal_legacy_building_redecoration"}),
    (9, "区城市管理和综合执法局", ABOVE | {"art4_kind": "park_green_greenway"}),
    (10, "区交通运输部门", ABOVE | {"art4_kind": "road_white_to_black"}),
    (10, "区交通运输部门", ABOVE | {"art4_kind": "stereo_parking"}),
    (11, "区文化广电旅游体育局", ABOVE | {"art4_kind": "immovable_relic"}),
    (12, "区工业和信息化局", ABOVE | {"art4_kind": "industrial_park_auxiliary"}),
    (13, "区发改部门", ABOVE | {"art4_kind": "urban_village_power"}),
    (14, "区应急管理部门", {"kind": "minor_operation", "category": "signboard", "in_public_area": True}),
    (14, "区应急管理部门", {"kind": "minor_operation", "category": "facade_refurbish_same_style"}),
    (14, "区应急管理部门", {"kind": "minor_operation", "category": "other_sector_minor", "sector": "water"}),
]


@pytest.mark.parametrize(
    ("row", "department", "facts"),
    [
        pytest.param(
            row,
            department,
            facts,
            id=f"row{row}-{'-'.join(v for v in facts.values() if isinstance(v, str))}",
            marks=pytest.mark.requirement(f"LG-T{row}"),
        )
        for row, department, facts in ROWS
    ],
)
def test_the_table_names_the_lead_department(
    pack: PolicyPack, row: int, department: str, facts: dict[str, Any]
) -> None:
    found = judged(pack, **facts)
    assert (found.classification_table_row, found.industry_department) == (row, department)
    assert f"分类表第{row}行" in found.article_for("industry_department")


@pytest.mark.requirement("LG-T4")
@pytest.mark.parametrize(
    ("work", "lead", "beside"),
    [
        ("addition", HOUSING, "市场监管部门"),
        ("alteration", "区市场监督部门", HOUSING),
        ("replacement", "区市场监督部门", HOUSING),
        ("removal", "区市场监督部门", HOUSING),
    ],
)
def test_an_elevator_has_two_departments(pack: PolicyPack, work: str, lead: str, beside: str) -> None:
    found = judged(pack, category="elevator_work", elevator_work_type=work)
    assert (found.industry_department, found.co_departments) == (lead, (beside,))


@pytest.mark.requirement("LG-T4")
def test_an_elevator_that_falls_with_its_building_is_a_building_matter(pack: PolicyPack) -> None:
    found = judged(
        pack, category="elevator_work", elevator_work_type="removal", elevator_removed_with_whole_building=True
    )
    assert (found.industry_department, found.classification_table_row) == (HOUSING, 1)


@pytest.mark.parametrize(
    ("facts", "beside"),
    [
        pytest.param({"place_kind": "school"}, "区教育部门", id="19-5-school"),
        pytest.param({"place_kind": "kindergarten"}, "区教育部门", id="19-5-kindergarten"),
        pytest.param({"place_kind": "hospital"}, "区卫生健康部门", id="19-10-hospital"),
        pytest.param({"place_kind": "health_centre"}, "区卫生健康部门", id="19-10-health-centre"),
        pytest.param({"place_kind": "mall"}, "区商务部门", id="19-9-mall"),
        pytest.param({"place_kind": "farm_market"}, "市场监管部门", id="19-1-farm-market"),
        pytest.param({"place_kind": "factory"}, "区应急管理部门", id="18-2-factory"),
        pytest.param({"place_kind": "bus_station"}, "区交通运输部门", id="16-1-bus-station"),
        pytest.param({"owner_kind": "district_state_enterprise"}, "区国有资产管理部门", id="19-7-state-enterprise"),
    ],
)
@pytest.mark.requirement("LG-2-2")
def test_the_kind_of_place_brings_its_department_beside_the_lead(
    pack: PolicyPack, facts: dict[str, Any], beside: str
) -> None:
    found = judged(pack, **facts)
    assert found.industry_department == HOUSING
    assert found.co_departments == (beside,)
    assert found.article_for("co_departments").startswith(("第十六条", "第十八条", "第十九条"))


@pytest.mark.requirement("LG-T14")
@pytest.mark.parametrize(
    ("sector", "beside"),
    [("water", "区水务部门"), ("urban_management", "区城管和综合执法部门"), ("traffic", "区交通运输部门")],
)
def test_a_minor_operation_of_a_sector_has_its_industry_department_beside(
    pack: PolicyPack, sector: str, beside: str
) -> None:
    found = judged(pack, kind="minor_operation", category="other_sector_minor", sector=sector)
    assert found.industry_department == "区应急管理部门"
    assert found.co_departments == (beside,)


@pytest.mark.requirement("LG-T2")
@pytest.mark.parametrize("stated", [{}, {"municipal_kind": None}])
def test_a_municipal_work_of_unknown_kind_has_no_department_yet(pack: PolicyPack, stated: dict[str, Any]) -> None:
    found = judged(pack, **MUNICIPAL, **stated)
    assert (found.industry_department, found.classification_table_row) == ("undetermined", None)
    assert "municipal_kind" in found.missing_facts


@pytest.mark.requirement("LG-T2", "LG-T3", "LG-T6", "LG-T7")
@pytest.mark.parametrize("kind", ["water", "traffic", "telecom", "lighting"])
def test_a_municipal_work_has_one_department(pack: PolicyPack, kind: str) -> None:
    assert judged(pack, **MUNICIPAL, municipal_kind=kind).co_departments == ()


@pytest.mark.requirement("LG-T0")
def test_a_matter_that_is_not_registered_has_no_department(pack: PolicyPack) -> None:
    found = judged(pack, temporary_building=True, place_kind="school")
    assert (found.industry_department, found.classification_table_row, found.co_departments) == (None, None, ())


@pytest.mark.requirement("LG-T1")
def test_a_municipal_work_that_the_table_does_not_list_says_so(pack: PolicyPack) -> None:
    found = judged(pack, **MUNICIPAL, municipal_kind="other")
    assert (found.industry_department, found.classification_table_row) == (None, None)
    (reason,) = found.reasons_for("industry_department")
    assert reason.article == "第二条(六)"
    assert "没有列出" in reason.because


@pytest.mark.requirement("LG-T1")
def test_a_pack_without_rules_of_departments_says_so_and_names_none(pack: PolicyPack) -> None:
    found = judged(replace(pack, departments=(), notice_article=""), **MUNICIPAL, municipal_kind="water")
    assert (found.industry_department, found.co_departments) == (None, ())
    (reason,) = found.reasons_for("industry_department")
    assert "没有规定主管部门" in reason.because
