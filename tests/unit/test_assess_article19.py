"""第十九条: which facts bring which industry department to lead or beside the lead, and by which item."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.assess import assess
from desktop.domain.assessment_result import Assessment
from desktop.domain.pack import PolicyPack
from desktop.domain.workdays import WorkdayCalendar
from tests.factories import declared

CALENDAR = WorkdayCalendar()
HOUSING = "区住房建设部门"
EMERGENCY = "区应急管理部门"
LIFT = {"category": "elevator_work"}
MUNICIPAL = {"category": "municipal_infrastructure"}
SHED = {"category": "other_building_and_ancillary"}
MINOR = {"kind": "minor_operation", "category": "facility_install_maintain_remove", "in_public_area": True}
ABOVE = {"contract_amount_yuan": 1200000, "floor_area_m2": 600}

# Row, item of 第十九条, facts, who leads, who stands beside: what the article's item names is among them.
Case = tuple[str, str, dict[str, Any], str, tuple[str, ...]]
CASES: list[Case] = [
    ("LG-19-1", "第十九条(一)", LIFT | {"elevator_work_type": "alteration"}, "区市场监督部门", (HOUSING,)),
    ("LG-19-1", "第十九条(一)", LIFT | {"elevator_work_type": "replacement"}, "区市场监督部门", (HOUSING,)),
    ("LG-19-1", "第十九条(一)", LIFT | {"elevator_work_type": "removal"}, "区市场监督部门", (HOUSING,)),
    ("LG-19-1", "第十九条(一)", LIFT | {"elevator_work_type": "addition"}, HOUSING, ("市场监管部门",)),
    (
        "LG-19-1",
        "第十九条(一)",
        LIFT | {"elevator_work_type": "removal", "elevator_removed_with_whole_building": True},
        HOUSING,
        (),
    ),
    ("LG-19-1", "第十九条(一)", {"place_kind": "farm_market"}, HOUSING, ("市场监管部门",)),
    ("LG-19-1", "第十九条(一)", MINOR | {"place_kind": "farm_market"}, EMERGENCY, ("市场监管部门",)),
    ("LG-19-2", "第十九条(二)", SHED | {"sector": "energy"}, HOUSING, ("区发改部门",)),
    ("LG-19-2", "第十九条(二)", MINOR | {"sector": "energy"}, EMERGENCY, ("区发改部门",)),
    ("LG-19-2", "第十九条(二)", ABOVE | {"art4_kind": "urban_village_power"}, "区发改部门", ("区供电部门",)),
    ("LG-19-2", "第十九条(十三)", ABOVE | {"art4_kind": "urban_village_power"}, "区发改部门", ("区供电部门",)),
    ("LG-19-2", "第十九条(十三)", SHED | {"sector": "power_construction"}, HOUSING, ("区发改部门", "区供电部门")),
    ("LG-19-3", "第十九条(三)", {"place_kind": "industrial_park"}, HOUSING, ("区工业和信息化部门",)),
    ("LG-19-3", "第十九条(三)", MINOR | {"place_kind": "industrial_park"}, EMERGENCY, ("区工业和信息化部门",)),
    ("LG-19-3", "第十九条(三)", {"sector": "commerce"}, HOUSING, ("区工业和信息化部门",)),
    ("LG-19-3", "第十九条(三)", MINOR | {"sector": "commerce"}, EMERGENCY, ("区工业和信息化部门",)),
    ("LG-19-4", "第十九条(四)", MUNICIPAL | {"municipal_kind": "telecom"}, "区政数局", ()),
    ("LG-19-4", "第十九条(四)", MUNICIPAL | {"municipal_kind": "telecom", "sector": "telecom"}, "区政数局", ()),
    ("LG-19-4", "第十九条(四)", MINOR | {"sector": "telecom"}, EMERGENCY, ("区政务服务和数据管理局",)),
    ("LG-19-4", "第十九条(四)", SHED | {"sector": "telecom"}, HOUSING, ("区政务服务和数据管理局",)),
    ("LG-19-5", "第十九条(五)", {"place_kind": "school"}, HOUSING, ("区教育部门",)),
    ("LG-19-5", "第十九条(五)", MINOR | {"place_kind": "kindergarten"}, EMERGENCY, ("区教育部门",)),
    ("LG-19-5", "第十九条(六)", {"place_kind": "welfare"}, HOUSING, ("区民政部门",)),
    ("LG-19-5", "第十九条(六)", MINOR | {"place_kind": "welfare"}, EMERGENCY, ("区民政部门",)),
    ("LG-19-5", "第十九条(十)", {"place_kind": "hospital"}, HOUSING, ("区卫生健康部门",)),
    ("LG-19-5", "第十九条(十)", MINOR | {"place_kind": "health_centre"}, EMERGENCY, ("区卫生健康部门",)),
    ("LG-19-7", "第十九条(七)", {"owner_kind": "district_state_enterprise"}, HOUSING, ("区国有资产管理部门",)),
    (
        "LG-19-7",
        "第十九条(七)",
        MINOR | {"owner_kind": "district_state_enterprise"},
        EMERGENCY,
        ("区国有资产管理部门",),
    ),
    ("LG-19-8", "第十九条(八)", {"place_kind": "culture_sport"}, HOUSING, ("区文化广电旅游体育部门",)),
    ("LG-19-8", "第十九条(八)", MINOR | {"place_kind": "culture_sport"}, EMERGENCY, ("区文化广电旅游体育部门",)),
    ("LG-19-8", "第十九条(八)", {"immovable_relic": True, "place_kind": "culture_sport"}, "区文旅游局", ()),
    ("LG-19-8", "第十九条(八)", ABOVE | {"art4_kind": "immovable_relic"}, "区文化广电旅游体育局", ()),
    ("LG-19-8", "第十九条(九)", {"place_kind": "mall"}, HOUSING, ("区商务部门",)),
    ("LG-19-8", "第十九条(九)", {"place_kind": "recycling_site"}, HOUSING, ("区商务部门",)),
    ("LG-19-8", "第十九条(九)", MINOR | {"place_kind": "recycling_site"}, EMERGENCY, ("区商务部门",)),
    ("LG-19-11", "第十九条(十一)", SHED | {"sector": "land_resources"}, HOUSING, ("市规划和自然资源局龙岗管理局",)),
    (
        "LG-19-11",
        "第十九条(十一)",
        MINOR | {"sector": "land_resources"},
        EMERGENCY,
        ("市规划和自然资源局龙岗管理局",),
    ),
    ("LG-19-11", "第十九条(十二)", MUNICIPAL | {"municipal_kind": "sanitation"}, "区城市管理和综合执法部门", ()),
    (
        "LG-19-11",
        "第十九条(十二)",
        MUNICIPAL | {"municipal_kind": "lighting", "sector": "urban_management"},
        "区城市管理和综合执法部门",
        (),
    ),
    ("LG-19-11", "第十九条(十二)", ABOVE | {"art4_kind": "park_green_greenway"}, "区城市管理和综合执法局", ()),
    (
        "LG-19-11",
        "第十九条(十二)",
        MINOR | {"category": "signboard", "sector": "urban_management"},
        EMERGENCY,
        ("区城管和综合执法部门",),
    ),
    ("LG-19-11", "第十九条(十五)", SHED | {"sector": "environment"}, HOUSING, ("区生态环境管理部门",)),
    ("LG-19-11", "第十九条(十五)", MINOR | {"sector": "environment"}, EMERGENCY, ("区生态环境管理部门",)),
]


def judged(pack: PolicyPack, facts: dict[str, Any]) -> Assessment:
    return assess(declared(**facts), pack, CALENDAR)


@pytest.mark.parametrize(
    ("item", "facts", "lead", "beside"),
    [
        pytest.param(
            item,
            facts,
            lead,
            beside,
            id="-".join((row, item, *(value for value in facts.values() if isinstance(value, str)))),
            marks=pytest.mark.requirement(row),
        )
        for row, item, facts, lead, beside in CASES
    ],
)
def test_each_item_of_article_19_brings_its_department_and_is_cited(
    pack: PolicyPack, item: str, facts: dict[str, Any], lead: str, beside: tuple[str, ...]
) -> None:
    found = judged(pack, facts)
    cited = {reason.article for key in ("industry_department", "co_departments") for reason in found.reasons_for(key)}

    assert (found.industry_department, found.co_departments) == (lead, beside)
    assert [article for article in cited if item in article.split("、")]


@pytest.mark.requirement("LG-19-3", "LG-19-8", "LG-19-11")
@pytest.mark.parametrize("plain", [{}, {"place_kind": "shop", "sector": "general"}, {"place_kind": "dwelling"}])
def test_an_ordinary_place_of_no_industry_brings_no_department_beside(pack: PolicyPack, plain: dict[str, Any]) -> None:
    assert judged(pack, plain).co_departments == ()


@pytest.mark.requirement("LG-19-2", "LG-19-3", "LG-19-11")
@pytest.mark.parametrize("kind", ["small_work", "minor_operation"])
def test_the_window_asks_for_place_and_industry_of_either_kind(pack: PolicyPack, kind: str) -> None:
    asked = {question.fact for question in pack.questions if kind in question.kinds}
    known = {choice.code for key in ("place_kind", "sector") for choice in pack.choices[key]}
    used = {value for _, _, facts, _, _ in CASES for key, value in facts.items() if key in ("place_kind", "sector")}

    assert {"place_kind", "sector"} <= asked
    assert used <= known
