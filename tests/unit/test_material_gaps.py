"""What is missing or wrong among the materials brought, and whether it was told at once (第二十七条(三))."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.pack import PolicyPack
from tests.unit.asked_papers import ALWAYS, PLAIN, SIGN, judged


@pytest.mark.requirement("LG-27-3a", "LG-27-3b1", "LG-27-3c1")
@pytest.mark.parametrize(
    ("provided", "gaps", "result"),
    [
        pytest.param(sorted(ALWAYS), (), "accept", id="complete"),
        pytest.param(sorted(ALWAYS | {"28-7b-gas-opinion"}), (), "accept", id="more-than-needed"),
        pytest.param(["28-1", "28-2.1-id", "28-2.2-title", "28-3"], ("28-4",), "one_time_notice", id="one-gap"),
        pytest.param([], tuple(sorted(ALWAYS)), "one_time_notice", id="nothing-every-gap-at-once"),
    ],
)
def test_every_missing_paper_is_a_gap(
    pack: PolicyPack, provided: list[str], gaps: tuple[str, ...], result: str
) -> None:
    found = judged(pack, PLAIN, provided_materials=provided)
    assert isinstance(found.deficiency_items, tuple)
    assert (tuple(sorted(found.deficiency_items)), found.intake_result) == (gaps, result)
    assert found.article_for("intake_result") == "第二十七条(三)"
    assert len(found.reasons_for("deficiency_items")) == len(gaps)


@pytest.mark.requirement("LG-27-3a")
@pytest.mark.parametrize("said", [{}, {"provided_materials": None}])
def test_nobody_said_what_was_brought_is_not_the_same_as_nothing(pack: PolicyPack, said: dict[str, Any]) -> None:
    found = judged(pack, PLAIN, said)
    assert (found.deficiency_items, found.intake_result) == ("undetermined", "undetermined")
    assert found.missing_facts == ("provided_materials",)


@pytest.mark.parametrize(
    ("paper", "fact", "matter"),
    [
        pytest.param(
            "28-6-qualification",
            "qualification_valid_to",
            {"hoisting": True},
            marks=pytest.mark.requirement("LG-28-6a"),
        ),
        pytest.param(
            "28-6-safety-licence",
            "safety_licence_valid_to",
            {"hoisting": True},
            marks=pytest.mark.requirement("LG-28-6b"),
        ),
        pytest.param(
            "28-L-cert",
            "special_cert_valid_to",
            SIGN | {"special_operations": ["high_work"]},
            marks=pytest.mark.requirement("LG-28-Ld", "LG-13-6"),
        ),
    ],
)
@pytest.mark.parametrize(
    ("valid_to", "expired"),
    [
        pytest.param("2026-03-01", True, id="expired-the-day-before"),
        pytest.param("2026-03-02", False, id="good-on-its-last-day"),
        pytest.param("2026-03-03", False, id="good"),
    ],
)
def test_an_expired_certificate_is_a_gap_though_it_was_brought(
    pack: PolicyPack, paper: str, fact: str, matter: dict[str, Any], valid_to: str | None, expired: bool
) -> None:
    brought = [rule.code for rule in pack.materials]
    found = judged(pack, PLAIN, matter, {fact: valid_to}, filed_on="2026-03-02", provided_materials=brought)
    assert found.deficiency_items == ((paper,) if expired else ())
    assert found.intake_result == ("one_time_notice" if expired else "accept")


@pytest.mark.requirement("LG-28-6a", "LG-28-6b", "LG-28-Ld")
@pytest.mark.parametrize(
    ("fact", "matter"),
    [
        pytest.param("qualification_valid_to", {"hoisting": True}, id="qualification"),
        pytest.param("safety_licence_valid_to", {"hoisting": True}, id="licence"),
        pytest.param("contractor_kind", {"hoisting": True}, id="contractor"),
        pytest.param("special_cert_valid_to", SIGN | {"special_operations": ["high_work"]}, id="certificate"),
    ],
)
def test_a_paper_whose_validity_is_said_to_be_unknown_leaves_the_intake_open(
    pack: PolicyPack, fact: str, matter: dict[str, Any]
) -> None:
    brought = [rule.code for rule in pack.materials]
    found = judged(pack, PLAIN, matter, {fact: None}, filed_on="2026-03-02", provided_materials=brought)
    assert (found.deficiency_items, found.intake_result) == ("undetermined", "undetermined")
    assert found.missing_facts == (fact,)
    assert judged(pack, PLAIN, matter, filed_on="2026-03-02", provided_materials=brought).intake_result == "accept"


@pytest.mark.requirement("LG-28-6a")
def test_the_validity_of_a_paper_that_was_not_brought_or_is_not_needed_does_not_matter(pack: PolicyPack) -> None:
    absent = judged(pack, PLAIN, hoisting=True, qualification_valid_to=None, provided_materials=sorted(ALWAYS))
    assert absent.intake_result == "one_time_notice"
    ordinary = judged(pack, PLAIN, qualification_valid_to=None, provided_materials=[r.code for r in pack.materials])
    assert ordinary.intake_result == "accept"


@pytest.mark.requirement("LG-28-6a")
def test_an_expired_certificate_that_nobody_asks_for_is_no_gap(pack: PolicyPack) -> None:
    found = judged(
        pack, PLAIN, qualification_valid_to="2020-01-01", filed_on="2026-03-02", provided_materials=sorted(ALWAYS)
    )
    assert found.deficiency_items == ()


@pytest.mark.requirement("LG-10-1a", "LG-10-1b")
@pytest.mark.parametrize(
    ("contractor", "high_risk", "gaps"),
    [
        pytest.param("individual", True, ("28-6-qualification", "28-6-safety-licence"), id="person"),
        pytest.param("sole_trader", True, ("28-6-qualification", "28-6-safety-licence"), id="sole-trader"),
        pytest.param("enterprise", True, (), id="enterprise"),
        pytest.param("individual", False, (), id="ordinary-work-by-a-person"),
    ],
)
def test_high_risk_works_must_go_to_an_enterprise(
    pack: PolicyPack, contractor: str, high_risk: bool, gaps: tuple[str, ...]
) -> None:
    brought = [rule.code for rule in pack.materials]
    found = judged(pack, PLAIN, contractor_kind=contractor, hoisting=high_risk, provided_materials=brought)
    assert found.deficiency_items == gaps


# 第二十七条(三): 一次性告知.
@pytest.mark.requirement("LG-27-3c2")
@pytest.mark.parametrize(
    ("visits", "breached"),
    [
        pytest.param([], False, id="first-visit"),
        pytest.param([{"on": "2026-03-02", "notice_items": ["28-3", "28-4"]}], False, id="all-gaps-were-named"),
        pytest.param([{"on": "2026-03-02", "notice_items": ["28-3"]}], True, id="a-gap-was-not-named"),
        pytest.param([{"on": "2026-03-02", "notice_items": []}], True, id="the-notice-named-nothing"),
        pytest.param([{"on": "2026-03-02", "notice_items": None}], False, id="a-visit-without-a-notice"),
        pytest.param([{"notice_items": ["28-3"], "facts_changed": True}], False, id="facts-changed"),
        pytest.param(
            [{"notice_items": ["28-1"], "facts_changed": True}, {"notice_items": ["28-3"]}],
            True,
            id="an-older-change-excuses-nothing",
        ),
        pytest.param(
            [{"notice_items": ["28-3"]}, {"notice_items": None, "facts_changed": True}],
            False,
            id="changed-at-a-visit-after-the-notice",
        ),
        pytest.param(
            [
                {"on": "2026-03-05", "notice_items": ["28-3"]},
                {"on": "2026-03-02", "notice_items": ["28-1"], "facts_changed": True},
            ],
            True,
            id="visits-follow-their-days",
        ),
        pytest.param([{"notice_items": ["28-3"]}, {"notice_items": ["28-4"]}], False, id="named-by-two-notices"),
    ],
)
def test_a_gap_that_the_notice_did_not_name_breaches_the_one_time_rule(
    pack: PolicyPack, visits: list[dict[str, Any]], breached: bool
) -> None:
    found = judged(pack, PLAIN, visits=visits, provided_materials=["28-1", "28-2.1-id", "28-2.2-title"])
    assert found.one_time_rule_breached is breached
    assert bool(found.reasons_for("one_time_rule_breached")) is breached
