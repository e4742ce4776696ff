"""What 第三十条 asks after each finding: actions with their article, the clock, the body, the paper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from desktop.domain.facts import Facts
from desktop.domain.hazard import HazardLevel, Measure
from desktop.domain.hazard_proposal import Proposal, finding_codes, label_of, late_findings, propose, supplements
from desktop.domain.pack import PolicyPack
from tests import factories

TODAY = date(2026, 3, 7)  # a Saturday: the same day is that day, rest day or not
ENFORCEMENT = "街道相关执法机构"
ADMINISTRATIVE = "街道综合行政执法部门"


def asked(pack: PolicyPack, finding: str, **more: Any) -> Proposal:
    """What a finding on an ordinary small work asks for."""
    facts = more.pop("facts", factories.small_work_facts())
    return propose(facts, pack, finding, on=TODAY, **{"level": HazardLevel.GENERAL, **more})


# Finding, article, measures, by when enforcement must know, the body.
TABLE = [
    pytest.param(
        "personnel_mismatch",
        "第三十条(一)",
        {Measure.URGE_PERSONNEL},
        None,
        "",
        marks=pytest.mark.requirement("LG-30-1a"),
    ),
    pytest.param(
        "untrained_or_uncertified",
        "第三十条(一)",
        {Measure.URGE},
        None,
        "",
        marks=pytest.mark.requirement("LG-30-1b"),
    ),
    pytest.param(
        "below_safety_standard",
        "第三十条(二)",
        {Measure.HALT, Measure.URGE, Measure.REPORT},
        None,
        "",
        marks=pytest.mark.requirement("LG-30-2a"),
    ),
    pytest.param(
        "unregistered",
        "第三十条(三)",
        {Measure.URGE_REGISTRATION},
        None,
        "",
        marks=pytest.mark.requirement("LG-30-3a"),
    ),
    pytest.param(
        "information_mismatch",
        "第三十条(三)",
        {Measure.URGE_SUPPLEMENT},
        None,
        "",
        marks=pytest.mark.requirement("LG-30-3b"),
    ),
    *(
        pytest.param(
            finding,
            "第三十条(四)",
            {Measure.HALT, Measure.URGE, Measure.REPORT},
            None,
            "",
            marks=pytest.mark.requirement("LG-30-4a"),
        )
        for finding in ("out_of_scope", "damage_bearing_structure_or_gas", "illegal_chemicals")
    ),
    pytest.param(
        "land_or_planning_violation",
        "第三十条(五)",
        {Measure.HALT, Measure.REPORT},
        TODAY,
        ADMINISTRATIVE,
        marks=pytest.mark.requirement("LG-30-5"),
    ),
    pytest.param(
        "permit_missing_or_split",
        "第三十条(六)",
        {Measure.HALT, Measure.REPORT},
        TODAY,
        ADMINISTRATIVE,
        marks=pytest.mark.requirement("LG-30-6"),
    ),
    pytest.param(
        "major_accident_hazard",
        "第三十条(七)",
        {Measure.REPORT},
        None,
        "",
        marks=pytest.mark.requirement("LG-30-7"),
    ),
    pytest.param(
        "illegal_waste_dumping",
        "第三十条(八)",
        {Measure.REPORT},
        TODAY,
        ENFORCEMENT,
        marks=pytest.mark.requirement("LG-30-8"),
    ),
]


@pytest.mark.parametrize(("finding", "article", "measures", "report_by", "body"), TABLE)
def test_a_finding_presets_the_measures_the_clock_and_the_body_of_its_article(
    pack: PolicyPack, finding: str, article: str, measures: set[Measure], report_by: date | None, body: str
) -> None:
    found = asked(pack, finding)
    assert (found.article, set(found.measures)) == (article, measures)
    assert (found.report_by, found.report_to) == (report_by, body)
    assert all(article in action.article for action in found.actions)
    assert all("（第" in sentence and sentence.endswith("。") for sentence in found.sentences)


@pytest.mark.requirement("LG-30-0")
def test_every_finding_of_the_pack_has_words_and_a_proposal_at_every_level(pack: PolicyPack) -> None:
    for finding in finding_codes(pack):
        assert label_of(pack, finding) != finding
        for level in HazardLevel:
            found = asked(pack, finding, level=level)
            assert found.article.startswith("第")
            assert not any("_" in sentence for sentence in found.sentences), "no codes in sentences"
    with pytest.raises(KeyError):
        asked(pack, "invented")


@pytest.mark.requirement("LG-30-2b")
def test_who_refuses_what_is_below_the_standards_is_reported_to_enforcement(pack: PolicyPack) -> None:
    before = asked(pack, "below_safety_standard")
    assert (before.report_by, before.offers_transfer) == (None, False)
    assert "向本单位报告（第三十条(二)）。" in before.sentences
    refused = asked(pack, "below_safety_standard", is_refused=True)
    assert (refused.report_by, refused.report_article) == (TODAY, "第三十条(二)")
    assert refused.offers_transfer
    assert refused.report_to == "街道综合执法机构", "small work: 第三十六条(一)"
    assert refused.paper == "", "who refuses is not urged once more"
    minor = asked(pack, "below_safety_standard", is_refused=True, facts=factories.minor_facts())
    assert minor.report_to == "负有行业安全监管职责的机构", "minor operation: 第三十六条(二)"


@pytest.mark.requirement("LG-30-3c")
@pytest.mark.parametrize("finding", ["unregistered", "information_mismatch"])
@pytest.mark.parametrize("how", ["is_refused", "is_overdue"])
def test_who_does_not_register_or_refuses_is_reported_on_the_same_day_weekend_or_not(
    pack: PolicyPack, finding: str, how: str
) -> None:
    found = asked(pack, finding, **{how: True})
    assert (found.report_by, found.is_same_day, found.report_article) == (TODAY, True, "第三十条(三)")
    assert any("3月7日24:00前" in sentence for sentence in found.sentences)
    assert found.offers_transfer


@pytest.mark.requirement("LG-30-4b")
@pytest.mark.parametrize(
    "finding", ["out_of_scope", "damage_bearing_structure_or_gas", "illegal_chemicals", "below_safety_standard"]
)
def test_a_danger_not_put_right_in_time_or_a_major_one_is_reported_on_the_same_day(
    pack: PolicyPack, finding: str
) -> None:
    assert asked(pack, finding).report_by is None
    for more in ({"is_overdue": True}, {"level": HazardLevel.MAJOR}):
        found = asked(pack, finding, **more)
        assert (found.report_by, found.is_same_day) == (TODAY, True)
        assert (found.report_article, found.report_to) == ("第三十条(四)", ENFORCEMENT)
    assert finding in late_findings(pack)


@pytest.mark.requirement("LG-30-1a", "LG-30-3a", "LG-30-3b", "LG-30-6")
def test_a_finding_offers_what_else_belongs_to_it(pack: PolicyPack) -> None:
    assert asked(pack, "personnel_mismatch").offers_change
    assert asked(pack, "information_mismatch").offers_change
    assert asked(pack, "unregistered").offers_registration
    assert asked(pack, "permit_missing_or_split").offers_revocation == "permit_evasion"
    assert asked(pack, "land_or_planning_violation").offers_revocation == "illegal_construction"
    assert asked(pack, "out_of_scope").offers_revocation == "", "rectified first (第三十条(四))"
    assert asked(pack, "out_of_scope", is_refused=True).offers_revocation == "beyond_registered_scope"
    assert not asked(pack, "untrained_or_uncertified").offers_change


@pytest.mark.requirement("LG-30-7")
def test_a_major_accident_hazard_offers_escalation_and_nothing_else_does(pack: PolicyPack) -> None:
    offering = {finding for finding in finding_codes(pack) if asked(pack, finding).offers_escalation}
    assert offering == {"major_accident_hazard"}


@pytest.mark.requirement("LG-30-7", "LG-30-4b")
def test_a_minor_operation_with_a_major_hazard_offers_no_escalation(pack: PolicyPack) -> None:
    found = asked(pack, "major_accident_hazard", facts=factories.minor_facts())
    assert (found.offers_escalation, found.article) == (False, "第三十条(四)")
    assert (found.is_same_day, found.report_by, found.report_to) == (True, TODAY, ENFORCEMENT)
    assert "major_accident_hazard" not in late_findings(pack), "it is known to enforcement from the first day"


@pytest.mark.requirement("YC-4d")
def test_a_major_hazard_has_the_work_stopped_and_an_order_only_by_enforcement(pack: PolicyPack) -> None:
    found = asked(pack, "untrained_or_uncertified", level=HazardLevel.MAJOR)
    assert {Measure.HALT, Measure.STOP_WORK} <= set(found.measures)
    assert found.offers_order
    assert not any("责令" in sentence for sentence in found.sentences), "people on patrol urge, they do not order"


@pytest.mark.requirement("LG-30-1b", "JS-2.3b")
def test_the_term_offered_and_the_notice_follow_the_setting_of_the_pack(pack: PolicyPack) -> None:
    days = int(pack.numbers()["rectification_days"])
    assert pack.parameters["rectification_days"].unverified, "the draft names no term"
    found = asked(pack, "untrained_or_uncertified")
    assert (found.due_on, found.paper) == (TODAY + timedelta(days=days), "rectification_notice")
    at_once = asked(pack, "land_or_planning_violation")
    assert (at_once.due_on, at_once.paper) == (None, "")


@pytest.mark.requirement("LG-30-7")
def test_escalation_asks_only_for_the_materials_of_high_risk_works(pack: PolicyPack) -> None:
    asked_for = [rule.code for rule in supplements(factories.small_work_facts(), pack)]
    assert asked_for == ["28-5-special-scheme", "28-6-qualification", "28-6-safety-licence", "28-6-pm-authorisation"]
    assert supplements(factories.minor_facts(), pack) == ()
    assert supplements(Facts({}), pack) == ()
