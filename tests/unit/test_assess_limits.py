"""The limits (第二条) of one contract and of several together, and limits of another place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.conditions import All, AnyOf, Compare, Not
from desktop.domain.pack import PolicyPack
from tests.unit.matters import ABOVE, BELOW, SHOP, judged


# 第二条: ≤100万元 or ≤500㎡, both included; above only when both are exceeded.
@pytest.mark.requirement("LG-2-0a")
@pytest.mark.parametrize(
    ("amount", "area", "outcome"),
    [
        pytest.param("1000000", "500", "register", id="both-exactly-at-the-limit"),
        pytest.param("1000000", "500.01", "register", id="amount-at-limit-area-above"),
        pytest.param("1000000.01", "500", "register", id="area-at-limit-amount-above"),
        pytest.param("999999.99", "9999", "register", id="amount-one-fen-below"),
        pytest.param("99999999", "499.99", "register", id="area-one-unit-below"),
        pytest.param("1000000.01", "500.01", "above_limit_permit_required", id="both-one-unit-above"),
        pytest.param("0", "0", "register", id="zero-is-a-number"),
        pytest.param("1000000", None, "register", id="amount-within-decides-without-area"),
        pytest.param(None, "500", "register", id="area-within-decides-without-amount"),
        pytest.param("1000000.01", None, "undetermined", id="amount-above-area-unknown"),
        pytest.param(None, "500.01", "undetermined", id="area-above-amount-unknown"),
        pytest.param(None, None, "undetermined", id="both-unknown"),
        pytest.param("1000000.01", "not_applicable", "undetermined", id="linear-work-above-the-amount"),
        pytest.param("1000000", "not_applicable", "register", id="linear-work-within-the-amount"),
    ],
)
def test_one_number_within_its_limit_is_enough(
    pack: PolicyPack, amount: str | None, area: str | None, outcome: str
) -> None:
    found = judged(pack, SHOP, contract_amount_yuan=amount, floor_area_m2=area)
    assert found.outcome == outcome


@pytest.mark.requirement("LG-2-0a")
@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        pytest.param({}, {"contract_amount_yuan", "floor_area_m2"}, id="neither-said"),
        pytest.param({"contract_amount_yuan": 1200000}, {"floor_area_m2"}, id="area-not-said"),
        pytest.param({"floor_area_m2": 501}, {"contract_amount_yuan"}, id="amount-not-said"),
    ],
)
def test_an_open_limit_names_the_numbers_that_would_decide_it(
    pack: PolicyPack, numbers: dict[str, int], missing: set[str]
) -> None:
    found = judged(pack, SHOP, numbers, provided_materials=[])
    assert found.outcome == found.high_risk == found.intake_result == found.acceptance_point == "undetermined"
    assert missing <= set(found.missing_facts)


@pytest.mark.requirement("LG-2-0a")
def test_a_work_without_a_building_area_is_never_silently_below_the_limit(pack: PolicyPack) -> None:
    pipes = {"kind": "small_work", "category": "municipal_infrastructure", "municipal_kind": "water"}
    above = judged(pack, pipes, contract_amount_yuan=1500000, floor_area_m2=None)
    assert (above.outcome, above.high_risk) == ("undetermined", "undetermined")
    assert above.missing_facts == ("floor_area_m2", "provided_materials")
    within = judged(pack, pipes, contract_amount_yuan=800000, floor_area_m2=None)
    assert (within.outcome, within.high_risk, within.high_risk_items) == ("register", False, ())


@pytest.mark.requirement("LG-2-0b", "LG-27-3d")
def test_a_work_above_both_limits_is_told_to_apply_for_a_permit(pack: PolicyPack) -> None:
    found = judged(pack, SHOP, ABOVE)
    assert (found.outcome, found.intake_result) == ("above_limit_permit_required", "refuse_inform_permit")
    assert (found.acceptance_point, found.required_materials, found.high_risk) == ("none", (), False)
    reason = found.reasons_for("outcome")[0]
    assert "第二十七条(三)" in reason.article
    assert "100.000001万元" in reason.because
    assert "500.01平方米" in reason.because


@pytest.mark.requirement("LG-2-0b")
def test_a_work_with_a_construction_permit_is_not_registered(pack: PolicyPack) -> None:
    assert judged(pack, SHOP, BELOW, construction_permit_obtained=True).outcome == "not_applicable"


@pytest.mark.requirement("LG-2-9")
def test_the_limits_follow_the_configuration_and_the_sentence_says_so(pack: PolicyPack) -> None:
    config = {"config": {"limit_amount_yuan": 2000000, "limit_area_m2": 800}}
    at_new_limit = judged(pack, SHOP, config, contract_amount_yuan=2000000, floor_area_m2=801)
    assert at_new_limit.outcome == "register"
    assert "200万元、800平方米" in at_new_limit.reasons_for("outcome")[0].because
    above = judged(pack, SHOP, config, contract_amount_yuan="2000000.01", floor_area_m2="800.01")
    assert above.outcome == "above_limit_permit_required"
    assert judged(pack, SHOP, config, contract_amount_yuan=1500000, floor_area_m2=700).high_risk is False


@pytest.mark.requirement("LG-10-11", "JS-2.1d")
@pytest.mark.parametrize(
    ("totals", "outcome"),
    [
        pytest.param((1000001, "500.01"), "needs_review", id="sums-above-both"),
        pytest.param((1000000, 501), "register", id="sum-of-amounts-at-the-limit"),
        pytest.param((1000001, 500), "register", id="sum-of-areas-at-the-limit"),
        pytest.param((None, 501), "undetermined", id="a-sum-unknown"),
        pytest.param((1000000, None), "register", id="a-sum-within-decides-without-the-other"),
    ],
)
def test_contracts_that_together_exceed_both_limits_are_referred(
    pack: PolicyPack, totals: tuple[Any, Any], outcome: str
) -> None:
    amount, area = totals
    found = judged(
        pack, SHOP, BELOW, split_contracts_same_site=True, total_contract_amount_yuan=amount, total_floor_area_m2=area
    )
    assert found.outcome == outcome


@pytest.mark.requirement("LG-10-11")
@pytest.mark.parametrize(
    ("totals", "missing"),
    [
        pytest.param({}, {"total_contract_amount_yuan", "total_floor_area_m2"}, id="none"),
        pytest.param({"total_contract_amount_yuan": 1200000}, {"total_floor_area_m2"}, id="amount-only"),
        pytest.param({"total_floor_area_m2": 600}, {"total_contract_amount_yuan"}, id="area-only"),
    ],
)
def test_several_contracts_without_their_totals_leave_the_outcome_open(
    pack: PolicyPack, totals: dict[str, Any], missing: set[str]
) -> None:
    found = judged(pack, SHOP, BELOW, totals, split_contracts_same_site=True, provided_materials=[])
    assert (found.outcome, set(found.missing_facts)) == ("undetermined", missing)


# 松江: investment under 100万元; for decoration also under 300㎡ — other facts, "<" and AND, by category.
_DECORATION = Compare("category", "one_of", ("residential_decoration", "nonresidential_decoration"))


_INVESTMENT = Compare("investment_yuan", "less_than", Decimal(1000000), if_not_applicable=None)


_AREA = Compare("floor_area_m2", "less_than", Decimal(300))


SONGJIANG = AnyOf((All((_DECORATION, _INVESTMENT, _AREA)), All((Not(_DECORATION), _INVESTMENT))))


@pytest.mark.requirement("SJ-1b")
@pytest.mark.parametrize(
    ("category", "investment", "area", "outcome"),
    [
        pytest.param("nonresidential_decoration", "999999.99", "299.99", "register", id="decoration-below-both"),
        pytest.param(
            "nonresidential_decoration", 1000000, "299.99", "above_limit_permit_required", id="investment-at-the-limit"
        ),
        pytest.param(
            "nonresidential_decoration", "999999.99", 300, "above_limit_permit_required", id="area-at-the-limit"
        ),
        pytest.param(
            "other_building_and_ancillary", "999999.99", 9000, "register", id="area-counts-for-decoration-only"
        ),
        pytest.param(
            "other_building_and_ancillary", 1000000, 10, "above_limit_permit_required", id="building-at-the-limit"
        ),
        pytest.param("nonresidential_decoration", None, 299, "undetermined", id="investment-unknown"),
    ],
)
def test_a_pack_may_have_other_limits_for_other_categories(
    pack: PolicyPack, category: str, investment: object, area: object, outcome: str
) -> None:
    scopes = tuple(replace(scope, within=SONGJIANG) if scope.kind == "small_work" else scope for scope in pack.scopes)
    facts = {"kind": "small_work", "category": category, "investment_yuan": investment, "floor_area_m2": area}
    assert judged(replace(pack, scopes=scopes), facts).outcome == outcome
