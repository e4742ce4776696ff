"""What follows from findings after registration (第二十五、三十、三十二、三十六条)."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.assess import assess
from desktop.domain.assessment_result import Assessment
from desktop.domain.pack import PolicyPack
from desktop.domain.workdays import WorkdayCalendar
from tests.factories import declared

CALENDAR = WorkdayCalendar()
SAME_DAY = "same_day_report_to_street_enforcement"
STOP = ("stop_immediately", "urge_rectification", "report")
OFFICE = "街道相关执法机构"
TEAM = "街道综合行政执法部门"


def judged(pack: PolicyPack, **facts: Any) -> Assessment:
    return assess(declared(registered=True, **facts), pack, CALENDAR)


# finding, article, actions, if refused, if not rectified
FINDINGS = [
    ("personnel_mismatch", "第三十条(一)", ("urge_update_personnel_on_platform",), None, None, "LG-30-1a"),
    ("untrained_or_uncertified", "第三十条(一)", ("urge_rectification",), None, None, "LG-30-1b"),
    ("below_safety_standard", "第三十条(二)", STOP, "report", None, "LG-30-2a"),
    ("unregistered", "第三十条(三)", ("urge_registration",), SAME_DAY, SAME_DAY, "LG-30-3a"),
    ("information_mismatch", "第三十条(三)", ("urge_supplement_information",), SAME_DAY, SAME_DAY, "LG-30-3b"),
    ("out_of_scope", "第三十条(四)", STOP, None, SAME_DAY, "LG-30-4a"),
    ("damage_bearing_structure_or_gas", "第三十条(四)", STOP, None, SAME_DAY, "LG-30-4a"),
    ("illegal_chemicals", "第三十条(四)", STOP, None, SAME_DAY, "LG-30-4b"),
    ("no_site_safety_manager", "第三十二条(二)", ("urge_rectification",), None, None, "LG-32-2"),
    ("land_or_planning_violation", "第三十条(五)", ("stop_immediately", "report"), None, None, "LG-30-5"),
    ("permit_missing_or_split", "第三十条(六)", ("stop_immediately", "report"), None, None, "LG-30-6"),
    ("major_accident_hazard", "第三十条(七)", ("report", "escalate_to_high_risk"), None, None, "LG-30-7"),
    ("illegal_waste_dumping", "第三十条(八)", (SAME_DAY,), None, None, "LG-30-8"),
]


@pytest.mark.parametrize(
    ("finding", "article", "actions", "if_refused", "if_not_rectified"),
    [pytest.param(*row[:5], id=row[0], marks=pytest.mark.requirement(row[5])) for row in FINDINGS],
)
def test_a_patrol_finding_asks_for_the_actions_of_its_article(
    pack: PolicyPack,
    finding: str,
    article: str,
    actions: tuple[str, ...],
    if_refused: str | None,
    if_not_rectified: str | None,
) -> None:
    found = judged(pack, patrol_finding=finding)
    assert (found.basis, found.patrol_actions) == (article, actions)
    assert (found.if_refused, found.if_not_rectified) == (if_refused, if_not_rectified)
    assert found.article_for("patrol_actions") == article


@pytest.mark.requirement("LG-30-2a", "LG-30-2b")
def test_unsafe_work_is_reported_to_the_own_unit_and_on_refusal_to_enforcement(pack: PolicyPack) -> None:
    first = judged(pack, patrol_finding="below_safety_standard")
    assert first.report_to is not None
    assert first.report_to.startswith("本单位")
    assert judged(pack, patrol_finding="below_safety_standard", refuses_rectification=True).report_to == OFFICE


@pytest.mark.requirement("LG-30-5", "LG-30-6", "LG-30-8")
@pytest.mark.parametrize(
    ("finding", "body"),
    [
        ("land_or_planning_violation", TEAM),
        ("permit_missing_or_split", TEAM),
        ("illegal_waste_dumping", OFFICE),
    ],
)
def test_some_findings_go_to_enforcement_at_once(pack: PolicyPack, finding: str, body: str) -> None:
    found = judged(pack, patrol_finding=finding)
    assert (found.report_to, found.transfer_to) == (body, body)
    assert found.article_for("transfer_to") == found.basis


@pytest.mark.requirement("LG-30-7")
def test_a_major_hazard_raises_the_management_but_not_the_class(pack: PolicyPack) -> None:
    found = judged(pack, patrol_finding="major_accident_hazard")
    assert found.managed_as_high_risk is True
    assert found.status_change == "escalated"
    assert found.escalation_article == "第三十条(七)"
    assert (found.high_risk, found.high_risk_items) == (False, ())
    assert found.report_to == "街道"


@pytest.mark.requirement("LG-30-7", "LG-30-4b")
def test_a_minor_operation_with_a_major_hazard_is_reported_that_day_and_not_escalated(pack: PolicyPack) -> None:
    found = judged(pack, kind="minor_operation", category="roof_repair", patrol_finding="major_accident_hazard")
    assert (found.managed_as_high_risk, found.status_change, found.escalation_article) == (False, None, None)
    assert (found.basis, found.patrol_actions) == ("第三十条(四)", ("stop_immediately", "urge_rectification", SAME_DAY))
    assert (found.report_to, found.transfer_to) == (OFFICE, None)


@pytest.mark.parametrize(
    "finding",
    [
        pytest.param("false_declaration", marks=pytest.mark.requirement("LG-25-4a")),
        pytest.param("permit_evasion", marks=pytest.mark.requirement("LG-25-4b")),
        pytest.param("illegal_construction", marks=pytest.mark.requirement("LG-25-4d")),
    ],
)
def test_a_ground_of_article_25_revokes_the_registration(pack: PolicyPack, finding: str) -> None:
    found = judged(pack, finding=finding)
    assert (found.status_change, found.basis) == ("revoked", "第二十五条")


@pytest.mark.requirement("LG-25-4c")
@pytest.mark.parametrize(
    ("refuses", "status", "basis"),
    [
        pytest.param({}, "rectification", "第三十条(四)", id="first-rectify"),
        pytest.param({"refuses_rectification": False}, "rectification", "第三十条(四)", id="willing"),
        pytest.param({"refuses_rectification": True}, "revoked", "第二十五条", id="refuses"),
    ],
)
def test_work_beyond_the_registered_scope_is_rectified_first(
    pack: PolicyPack, refuses: dict[str, bool], status: str, basis: str
) -> None:
    found = judged(pack, finding="beyond_registered_scope", **refuses)
    assert (found.status_change, found.basis) == (status, basis)


# 第三十六条: where a violation goes when stopping and rectifying are refused.
@pytest.mark.requirement("LG-30-2b")
@pytest.mark.parametrize(
    ("kind", "violation", "body"),
    [
        pytest.param("small_work", "work_safety", "街道综合执法机构", id="one"),
        pytest.param("minor_operation", "work_safety", "负有行业安全监管职责的机构", id="two"),
        pytest.param("minor_operation", "fire", "街道消防监管机构", id="two-fire"),
        pytest.param("small_work", "environment", "街道相关行业管理部门", id="three-environment"),
        pytest.param("small_work", "housing", "街道相关行业管理部门", id="three-housing"),
        pytest.param("minor_operation", "other", "街道相关行业管理部门", id="three-other"),
        pytest.param("small_work", "land_planning", "区城管和综合执法部门统筹的街道综合执法机构", id="four"),
    ],
)
def test_a_refusal_goes_to_the_body_of_article_36(pack: PolicyPack, kind: str, violation: str, body: str) -> None:
    found = judged(
        pack, kind=kind, category=None, violation_kind=violation, refuses_rectification=True, in_public_area=True
    )
    assert found.transfer_to == body
    assert "第三十六条" in found.article_for("transfer_to")


@pytest.mark.requirement("LG-30-2b")
def test_without_a_refusal_nothing_is_transferred(pack: PolicyPack) -> None:
    found = judged(pack, violation_kind="work_safety", refuses_rectification=False)
    assert (found.transfer_to, found.reasons_for("transfer_to")) == (None, ())


@pytest.mark.requirement("LG-30-2b")
def test_unsafe_work_that_goes_on_is_a_work_safety_violation(pack: PolicyPack) -> None:
    found = judged(pack, patrol_finding="below_safety_standard", refuses_rectification=True)
    assert found.transfer_to == "街道综合执法机构"


@pytest.mark.requirement("LG-30-0")
def test_a_matter_without_findings_has_no_aftermath(pack: PolicyPack) -> None:
    found = judged(pack)
    assert (found.patrol_actions, found.basis, found.status_change, found.transfer_to) == ((), None, None, None)
