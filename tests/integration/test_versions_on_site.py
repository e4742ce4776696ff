"""Acts on the site of a registration go by the version of the rules of its filing day, beside a later one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.acts import Act, DecisionRequest
from desktop.domain.errors import ClerkError
from desktop.domain.hazard import HazardLevel, StepDone, StepKind
from desktop.domain.life_acts import ExtensionRequest
from desktop.domain.order import OrderKind
from desktop.domain.pack_version import PackTree
from desktop.domain.patrol import PatrolKind
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import MaterialCheck, Verdict
from desktop.domain.worklist import Task, TaskKind
from desktop.services.desk import Desk
from tests import factories
from tests.integration.conftest import Clock
from tests.integration.hazard_desk import asked, draft, step
from tests.integration.rule_versions import bound, new_act, with_number, with_section
from tests.integration.test_hazards import text_of

LAST_OF_OLD, FIRST_OF_NEW = date(2026, 6, 30), date(2026, 7, 1)
OLD, NEW = "2025-draft", "2026-07"
OF_OLD, OF_NEW = "第三十二条(一)", "第九十九条"


def changed_tree(desk: Desk) -> PackTree:
    """Rules with another term and article of the first check, other terms of hazards, one more extension."""
    tree = desk.pack_versions.tree("longgang", OLD)
    tree = with_section(tree, "deadlines", {"site_check_working_days": 5, "site_check_article": OF_NEW})
    for name, value in (("extension_count", "2"), ("rectification_days", "7")):
        tree = with_number(tree, name, value)
    clauses = [{**clause, "article": OF_NEW} for clause in tree.rules["order_clauses"]]
    items = [{**one, "article": OF_NEW} for one in tree.rules["check_items"]]
    findings = [{**one, "article": OF_NEW} for one in tree.rules["findings"]]
    changed = {"order_clauses": clauses, "check_items": items, "findings": findings}
    return PackTree(rules={**tree.rules, **changed}, papers=tree.papers)


def accepted(desk: Desk, name: str) -> int:
    """Register a work today; gives its id."""
    walk_in = replace(factories.walk_in(), project_name=name)
    matter = factories.all_in_order(walk_in, desk.intake.pack())
    return desk.intake.decide(DecisionRequest(act_id=new_act(), act=Act.ACCEPT, walk_in=matter)).filing_id


@pytest.fixture
def sites(desk: Desk, clock: Clock) -> tuple[SiteRef, SiteRef]:
    """A work registered on the last day of the old version, and one on the first of the new; it is that day."""
    clock.day = LAST_OF_OLD
    bound(desk, NEW, FIRST_OF_NEW, tree=changed_tree(desk))
    old = accepted(desk, "六月的工程")
    clock.day = FIRST_OF_NEW
    return SiteRef(filing_id=old), SiteRef(filing_id=accepted(desk, "七月的工程"))


def escalate(desk: Desk, site: SiteRef) -> StepDone:
    """Find a work dangerous today, and manage it as high-risk."""
    today = desk.office.today()
    found = draft(finding="major_accident_hazard", level=HazardLevel.MAJOR, due_on=today)
    [hazard] = desk.hazards.record(asked(site, found, act_id=new_act(), found_on=today)).ids
    return desk.hazards.step(step(desk, hazard, StepKind.ESCALATED, text="三处动火点同时作业"))


@pytest.mark.requirement("Q-1")
def test_the_term_of_a_hazard_and_its_article_are_of_the_filing_day(desk: Desk, sites: tuple[SiteRef, SiteRef]) -> None:
    old, new = (desk.hazards.propose(site, "below_safety_standard") for site in sites)
    assert (old.due_on, new.due_on) == (date(2026, 7, 4), date(2026, 7, 8))
    assert (old.article, new.article) == ("第三十条(二)", OF_NEW)


@pytest.mark.requirement("Q-1")
def test_a_work_is_escalated_by_the_version_of_its_filing_day(desk: Desk, sites: tuple[SiteRef, SiteRef]) -> None:
    old, new = (escalate(desk, site).paper for site in sites)
    assert old is not None
    assert new is not None
    # Three working days from the Wednesday on, and five.
    assert "不晚于2026年7月6日组织现场检查" in text_of(desk, old.id)
    assert "不晚于2026年7月8日组织现场检查" in text_of(desk, new.id)
    assert (OF_OLD in text_of(desk, old.id), OF_NEW in text_of(desk, old.id)) == (True, False)
    assert OF_NEW in text_of(desk, new.id)
    checks = {check.filing_id: (check.due_on, check.article) for check in desk.hazards.escalation_checks()}
    assert checks == {
        sites[0].filing_id: (date(2026, 7, 6), OF_OLD),
        sites[1].filing_id: (date(2026, 7, 8), OF_NEW),
    }


def tasks_of(desk: Desk, kind: TaskKind) -> dict[int | None, Task]:
    """The tasks of a kind by filing; counted as often as shown."""
    listed = desk.worklist.worklist()
    tasks = [task for group in listed.groups for task in group.tasks if task.kind is kind]
    counted = sum(count for (of_kind, _how), count in desk.worklist.counts().by.items() if of_kind is kind)
    assert counted == len(tasks)
    return {task.site.filing_id: task for task in tasks}


@pytest.mark.requirement("Q-1")
def test_the_worklist_reckons_each_task_by_the_version_of_its_filing(
    desk: Desk, sites: tuple[SiteRef, SiteRef]
) -> None:
    for site in sites:
        escalate(desk, site)
    old, new = (tasks_of(desk, TaskKind.ESCALATION_CHECK)[site.filing_id] for site in sites)
    assert (old.by, new.by) == (date(2026, 7, 6), date(2026, 7, 8))
    assert OF_OLD in old.why
    assert OF_NEW in new.why


@pytest.mark.requirement("Q-1")
def test_a_second_extension_is_left_by_the_new_version_only(
    desk: Desk, sites: tuple[SiteRef, SiteRef], clock: Clock
) -> None:
    clock.day = date(2026, 12, 28)
    for site in sites:
        desk.life.extend(ExtensionRequest(act_id=new_act(), filing_id=site.filing_id or 0, reason="雨天停工"))
    old, new = (desk.life.of(site.filing_id or 0) for site in sites)
    assert (old.is_extension_left, new.is_extension_left) == (False, True)
    clock.day = date(2027, 6, 28)
    tasks = tasks_of(desk, TaskKind.EXTENSION)
    assert "次数已用完" in tasks[sites[0].filing_id].remark
    assert "可申请延期" in tasks[sites[1].filing_id].remark


@pytest.mark.requirement("Q-1")
def test_orders_and_check_lists_are_of_the_filing_day(desk: Desk, sites: tuple[SiteRef, SiteRef]) -> None:
    old, new = ({each.article for each in desk.orders.clauses(OrderKind.STOP, site.filing_id)} for site in sites)
    assert OF_NEW not in old
    assert new == {OF_NEW}
    lists = [desk.patrols.check_list(site, PatrolKind.REGULAR) for site in sites]
    articles = [{item.article for item in each.items} if each is not None else set() for each in lists]
    assert OF_NEW not in articles[0]
    assert articles[1] == {OF_NEW}


@pytest.mark.requirement("Q-1")
def test_a_filing_is_named_by_its_own_version(desk: Desk, sites: tuple[SiteRef, SiteRef]) -> None:
    shown = [desk.ledger.rules_of(desk.ledger.file(site.filing_id or 0)).version for site in sites]
    assert shown == [OLD, NEW]


@pytest.mark.requirement("Q-1")
def test_drafts_of_what_comes_again_are_printed_by_the_rules_of_its_filing_day(desk: Desk, clock: Clock) -> None:
    clock.day = LAST_OF_OLD
    bound(desk, NEW, FIRST_OF_NEW, limit_amount_yuan="200000", limit_area_m2="100")
    whole = factories.all_in_order(factories.walk_in(), desk.intake.pack())
    first = desk.intake.preview(whole).assessment.required_materials[0]
    wanting = whole.with_check(MaterialCheck(code=first, verdict=Verdict.MISSING))
    told = desk.intake.decide(DecisionRequest(act_id=new_act(), act=Act.ONE_TIME_NOTICE, walk_in=wanting))
    clock.day = FIRST_OF_NEW
    revisit = desk.intake.revisit(told.filing_id)
    request = DecisionRequest(act_id="", act=Act.ACCEPT, walk_in=whole, filing_id=told.filing_id)
    assert desk.intake.foreseen(request, revisit).assessment.pack_version == OLD
    papers = desk.issuing.draft_papers(whole, Act.ACCEPT, filing_id=told.filing_id)
    assert papers
    with pytest.raises(ClerkError):
        desk.issuing.draft_papers(whole, Act.ACCEPT, filing_id=told.filing_id + 99)
