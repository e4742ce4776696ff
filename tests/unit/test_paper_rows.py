"""What the papers say of parties and places that the rules name one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.documents.blocks import Paper, texts_of
from desktop.documents.context import PaperContext
from desktop.documents.registry import bundle
from desktop.domain.acts import Act
from desktop.domain.assess import assess
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Standing
from desktop.domain.walk_in import WalkIn, decisive_facts
from desktop.domain.workdays import WorkdayCalendar
from tests.factories import FILED_ON, company, office, walk_in


def papers(matter: WalkIn, pack: PolicyPack, calendar: WorkdayCalendar) -> dict[str, Paper]:
    """The bundle of an accepted matter by code."""
    facts = decisive_facts(matter, filed_on=FILED_ON, channel="walk_in_street_office")
    found = assess(facts.with_facts(accepted_on=FILED_ON), pack, calendar)
    context = PaperContext(
        office=office(),
        pack=pack,
        walk_in=matter,
        assessment=found,
        number="PA-DJ-2026-000001",
        issued_on=FILED_ON,
        accepted_on=FILED_ON,
        valid_until=found.validity_end,
    )
    return {paper.code: paper for paper in bundle(Act.ACCEPT, context)}


def said(paper: Paper) -> str:
    return "\n".join(texts_of(paper))


@pytest.mark.requirement("LG-13-11b")
def test_the_lawful_waste_site_stands_on_form_and_receipt(pack: PolicyPack, calendar: WorkdayCalendar) -> None:
    found = papers(walk_in(waste_site="新禾建筑废弃物消纳场"), pack, calendar)
    for code in ("receipt", "registration_form"):
        assert "拟消纳场所" in said(found[code])
        assert "新禾建筑废弃物消纳场" in said(found[code])


@pytest.mark.requirement("JS-2.4m", "LG-10-5")
def test_the_property_company_stands_on_the_form(pack: PolicyPack, calendar: WorkdayCalendar) -> None:
    matter = walk_in(property_company="深圳市安和物业服务有限公司")
    assert "深圳市安和物业服务有限公司" in said(papers(matter, pack, calendar)["registration_form"])


@pytest.mark.requirement("LG-12-1", "LG-10-6a")
def test_designer_and_grade_of_the_contractor_stand_on_the_form(pack: PolicyPack, calendar: WorkdayCalendar) -> None:
    matter = walk_in(designer=company("深圳市方圆设计有限公司"))
    form = said(papers(matter, pack, calendar)["registration_form"])
    assert "设计单位" in form
    assert "深圳市方圆设计有限公司" in form
    assert matter.contractor.qualification.grade in form


@pytest.mark.requirement("SJ-3c")
def test_the_risk_notice_leaves_a_line_for_each_side(pack: PolicyPack, calendar: WorkdayCalendar) -> None:
    notice = said(papers(walk_in(), pack, calendar)["risk_notice"])
    assert "建设单位（签收）" in notice
    assert "生产经营单位（签收）" in notice


@pytest.mark.requirement("LG-10-12")
def test_the_owner_promises_not_to_pass_the_duty_on(pack: PolicyPack, calendar: WorkdayCalendar) -> None:
    letter = said(papers(walk_in(), pack, calendar)["owner_commitment"])
    assert "不以外包、转租、承包等合同约定转移安全生产责任" in letter
    assert "第十条(十二)" in letter


@pytest.mark.requirement("HL-5-1", "LG-49-1")
def test_a_paper_issued_under_lapsed_rules_says_so(pack: PolicyPack, calendar: WorkdayCalendar) -> None:
    lapsed = replace(pack, standing=Standing.IN_FORCE, effective_to=FILED_ON.replace(year=FILED_ON.year - 1))
    assert any("有效期已于 2025-03-02 届满" in line for line in papers(walk_in(), lapsed, calendar)["receipt"].foot)
