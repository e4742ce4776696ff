"""A street writes finer rules into its pack: a version of its own, compared, marked as its own, kept by filings."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest

from desktop.domain.acts import Act
from desktop.domain.errors import ClerkError
from desktop.domain.pack_comparison import Difference, DifferenceKind, compare
from desktop.domain.pack_version import PackTree, VersionHead
from desktop.domain.walk_in import MaterialCheck, Verdict, WalkIn
from desktop.services.desk import Desk
from tests import factories
from tests.integration.conftest import Clock, Decide, count_of
from tests.journeys.in_dialogs import text_of

DOCUMENT: Final = "《平安街道小型工程和零星作业管理细则》"
DAY: Final = date(2026, 3, 2)
LATER: Final = DAY + timedelta(days=7)
OWN: Final = "2026-pingan"
LOGISTICS: Final = {
    "code": "street-logistics",
    "article": f"{DOCUMENT}第四条",
    "label": "材料运输路线说明",
    "cure": "写明材料车辆进出的时间和路线。",
    "kinds": ["small_work"],
    "required": {"fact": "kind", "is": "small_work"},
}
OWN_DUTY: Final = {"text": "每日收工后清理楼道，不得占用消防通道。", "article": f"{DOCUMENT}第六条"}


def with_own_rules(tree: PackTree) -> PackTree:
    """A paper more, a limit that is stricter, a shorter first check, a duty more, and a sentence of its own."""
    rules, papers = deepcopy(tree.rules), deepcopy(tree.papers)
    rules["pack"]["street_documents"] = [DOCUMENT]
    rules["materials"].append(LOGISTICS)
    rules["parameters"]["excavation_m"] = {
        **rules["parameters"]["excavation_m"],
        "value": "2",
        "article": f"第三条(六)、{DOCUMENT}第五条",
    }
    rules["deadlines"].update(site_check_working_days=2, site_check_article=f"{DOCUMENT}第七条")
    wording = papers["papers"]
    wording["owner_commitment"]["duties"].append(OWN_DUTY)
    wording["one_time_notice"].update(closing="补正可以在周六上午办理。", article=f"{DOCUMENT}第九条")
    return PackTree(rules=rules, papers=papers)


def drafted(desk: Desk, *, version: str = OWN, effective_from: date = LATER) -> int:
    """Draft the street's own version out of that of the program, whole and sound."""
    pack, versions = desk.office.pack(), desk.pack_versions
    draft = versions.begin(pack.id, pack.version, act_id="own-rules")
    head = VersionHead(version=version, effective_from=effective_from, note="街道细化规定")
    assert versions.keep(draft, with_own_rules(versions.tree(pack.id, versions.pack(draft).version)), head) == ()
    return draft


def let_bind(desk: Desk, draft: int) -> None:
    desk.pack_versions.submit(draft)
    desk.pack_versions.let_bind(draft)


def in_order(desk: Desk, **facts: Any) -> WalkIn:
    """A small work with every paper that the rules of the day ask for."""
    return factories.all_in_order(factories.walk_in(factories.small_work_facts(**facts)), desk.intake.pack())


def printed(desk: Desk, filing_id: int, code: str) -> str:
    (paper,) = [paper for paper in desk.ledger.file(filing_id).papers if paper.code == code]
    return text_of(desk.issuing.pdf(paper.id))


@pytest.mark.requirement("LG-47", "Q-1")
def test_the_street_s_own_rules_are_compared_article_by_article_and_marked_as_its_own(desk: Desk) -> None:
    pack, versions = desk.office.pack(), desk.pack_versions
    before = versions.tree(pack.id, pack.version).whole()
    drafted(desk)

    found = {(one.section, one.name): one for one in compare(before, versions.tree(pack.id, OWN).whole())}

    def of(section: str, name: str) -> Difference:
        return found[section, name]

    more = of("materials", LOGISTICS["code"])  # type: ignore[arg-type]
    assert (more.kind, more.label, more.article) == (
        DifferenceKind.ADDED,
        "材料运输路线说明",
        f"本街道规定{DOCUMENT}第四条",
    )
    deeper = of("parameters", "excavation_m")
    assert deeper.article == f"第三条(六)、本街道规定{DOCUMENT}第五条"
    assert ("3", "2") in [(text.before, text.after) for text in deeper.texts]
    assert ("papers", "owner_commitment") in found
    assert of("papers", "one_time_notice").article == f"本街道规定{DOCUMENT}第九条"
    assert {section for section, _ in found} == {"pack", "materials", "parameters", "deadlines", "papers"}


@pytest.mark.requirement("LG-47", "Q-1")
def test_a_filing_after_the_day_is_judged_and_printed_by_the_street_s_rules_and_one_before_keeps_its_own(
    desk: Desk, decide: Decide, clock: Clock
) -> None:
    let_bind(desk, drafted(desk))
    early = decide(in_order(desk, excavation_depth_m=Decimal("2.5"))).filing_id
    clock.day = LATER
    late = decide(in_order(desk, excavation_depth_m=Decimal("2.5"))).filing_id
    old, new = desk.ledger.file(early), desk.ledger.file(late)

    assert (old.pack_version, new.pack_version) == ("2025-draft", OWN)
    assert (old.row.high_risk, new.row.high_risk) == (False, True)
    letter = printed(desk, late, "owner_commitment")
    assert f"每日收工后清理楼道，不得占用消防通道。（本街道规定{DOCUMENT}第六条）" in letter
    assert f"本街道规定：{DOCUMENT}" in letter, "the foot names the street's document beside the district's"
    assert "消防通道。（本街道规定" not in printed(desk, early, "owner_commitment")
    assert desk.ledger.file(early) == old, "what was judged before is never judged again"


@pytest.mark.requirement("LG-47", "LG-D2")
def test_a_paper_more_is_asked_for_and_the_notice_says_by_whose_rule_and_in_whose_words(
    desk: Desk, decide: Decide, clock: Clock
) -> None:
    let_bind(desk, drafted(desk))
    clock.day = LATER
    matter = in_order(desk)
    assert "street-logistics" in desk.intake.preview(matter).assessment.required_materials
    wanting = matter.with_check(MaterialCheck(code="street-logistics", verdict=Verdict.MISSING))

    filing = decide(wanting, Act.ONE_TIME_NOTICE).filing_id

    notice = printed(desk, filing, "one_time_notice")
    assert "材料运输路线说明" in notice
    assert f"本街道规定{DOCUMENT}第四条" in notice
    assert "补正可以在周六上午办理。" in notice
    assert f"本文书的用语依据本街道规定{DOCUMENT}第九条" in notice


@pytest.mark.requirement("LG-47")
def test_a_shorter_term_of_the_street_counts_from_its_day_and_cites_the_street(desk: Desk, clock: Clock) -> None:
    let_bind(desk, drafted(desk))
    assert desk.office.pack().deadlines.site_check_working_days == 3
    clock.day = LATER

    terms = desk.office.pack().deadlines

    assert (terms.site_check_working_days, terms.site_check_article) == (2, f"本街道规定{DOCUMENT}第七条")


@pytest.mark.requirement("LG-D2", "Q-1")
def test_a_paper_is_seen_in_its_new_words_before_the_version_binds(desk: Desk) -> None:
    drafted(desk)
    pack = desk.office.pack()

    codes = dict(desk.pack_preview.titles(pack.id, OWN))
    letter, before = (
        text_of(desk.pack_preview.pdf(pack.id, version, "owner_commitment")) for version in (OWN, pack.version)
    )

    assert codes["owner_commitment"] == "建设单位安全生产承诺书"
    assert {"one_time_notice", "risk_notice", "receipt", "form_small_work"} <= set(codes)
    assert str(OWN_DUTY["text"]) in letter
    assert "草稿" in letter
    assert str(OWN_DUTY["text"]) not in before
    assert count_of(desk, "issued_document") == 0, "nothing is issued by looking"


@pytest.mark.requirement("LG-D2")
def test_every_paper_can_be_looked_at(desk: Desk) -> None:
    pack = desk.office.pack()

    for code, title in desk.pack_preview.titles(pack.id, pack.version):
        assert title
        assert desk.pack_preview.pdf(pack.id, pack.version, code).startswith(b"%PDF"), code
    with pytest.raises(ClerkError, match="no_such_form"):
        desk.pack_preview.pdf(pack.id, pack.version, "stop_order")


@pytest.mark.requirement("YC-4h", "LG-47")
def test_a_guide_for_one_industry_is_printed_for_that_industry_alone(desk: Desk, decide: Decide, clock: Clock) -> None:
    pack, versions = desk.office.pack(), desk.pack_versions
    draft = versions.begin(pack.id, pack.version, act_id="guide")
    tree = with_own_rules(versions.tree(pack.id, versions.pack(draft).version))
    words = "沟渠内作业先通风、检测，再下人。"
    guide = {"text": words, "article": f"{DOCUMENT}第十条", "when": {"fact": "sector", "is": "water"}}
    tree.papers["papers"]["safety_guide"]["duties"].append(guide)
    assert versions.keep(draft, tree, VersionHead(version=OWN, effective_from=LATER)) == ()
    let_bind(desk, draft)
    clock.day = LATER

    said = [
        printed(desk, decide(in_order(desk, sector=sector)).filing_id, "safety_guide")
        for sector in ("water", "power_construction")
    ]

    assert [words in one for one in said] == [True, False]


@pytest.mark.requirement("LG-D2")
def test_a_place_for_a_name_that_no_paper_knows_is_a_fault_with_its_key(desk: Desk) -> None:
    pack, versions = desk.office.pack(), desk.pack_versions
    tree = with_own_rules(versions.tree(pack.id, pack.version))
    tree.papers["papers"]["one_time_notice"]["closing"] = "请找{nobody_knows}办理。"

    (fault,) = versions.faults(tree)

    assert "one_time_notice" in fault.where
    assert "nobody_knows" in fault.what


@pytest.mark.requirement("LG-D2", "Q-1")
def test_a_paper_printed_before_the_change_is_printed_again_in_its_old_words(
    desk: Desk, decide: Decide, clock: Clock
) -> None:
    filing = decide(in_order(desk)).filing_id
    before = printed(desk, filing, "owner_commitment")
    let_bind(desk, drafted(desk))
    clock.day = LATER + timedelta(days=1)

    assert printed(desk, filing, "owner_commitment") == before
