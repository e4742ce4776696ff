"""What two versions of the rules make of the same facts, compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.assess import assess
from desktop.domain.conditions import Always, Compare, Not
from desktop.domain.dry_run import ChangeKind, DryRun, DryRunChange, DryRunRow, differences, transitions_of
from desktop.domain.facts import UNKNOWN, Facts
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Deadlines, DepartmentRule, HighRiskItem, Outcome
from desktop.services.resources import shipped_calendar
from tests.factories import FILED_ON, small_work_facts

DEEP = {"excavation_depth_m": Decimal("3.4")}


def filed(**changes: object) -> Facts:
    """Facts as a filing keeps them: with the day and the counter."""
    facts = small_work_facts(**changes)  # type: ignore[arg-type]
    return facts.with_facts(filed_on=FILED_ON, accepted_on=FILED_ON, filing_channel="walk_in_community")


def compared(facts: Facts, old: PolicyPack, new: PolicyPack) -> tuple[DryRunChange, ...]:
    """Judge by both and compare."""
    calendar = shipped_calendar()
    return differences(assess(facts, old, calendar), assess(facts, new, calendar), old=old, new=new)


def with_terms(pack: PolicyPack, **terms: object) -> PolicyPack:
    """The same rules with other periods."""
    return replace(pack, deadlines=replace(pack.deadlines, **terms))  # type: ignore[arg-type]


def kinds(changes: tuple[DryRunChange, ...]) -> list[ChangeKind]:
    return [change.kind for change in changes]


@pytest.mark.requirement("Q-1")
def test_the_same_rules_change_nothing(pack: PolicyPack) -> None:
    assert compared(filed(**DEEP), pack, replace(pack, version="other")) == ()


def test_a_matter_that_leaves_the_scope_says_so_and_nothing_else(pack: PolicyPack) -> None:
    limits = {name: replace(pack.parameters[name], value=Decimal(1)) for name in ("limit_amount_yuan", "limit_area_m2")}

    (change,) = compared(filed(), pack, replace(pack, parameters={**pack.parameters, **limits}))

    assert change.kind is ChangeKind.SCOPE
    assert (change.before, change.after) == ("属于登记范围，予以登记", "限额以上，应当办理施工许可")
    assert change.article == "第二条、第二十七条(三)"


def test_another_item_of_risk_brings_what_hangs_on_risk_with_it(pack: PolicyPack) -> None:
    item = HighRiskItem(
        item=99, article="第三条(九)", label="商铺", because="商铺装修。", when=Compare("place_kind", "is", "shop")
    )

    changes = compared(filed(), pack, replace(pack, high_risk=(*pack.high_risk, item)))

    assert kinds(changes) == [ChangeKind.RISK, ChangeKind.COUNTER, ChangeKind.MATERIALS, ChangeKind.DEADLINES]
    assert changes[0] == DryRunChange(
        kind=ChangeKind.RISK, before="不是高风险小型工程", after="高风险小型工程", article="第三条(九)"
    )


def test_a_paper_that_goes_and_one_that_comes_stand_in_one_change(pack: PolicyPack) -> None:
    gone = next(rule for rule in pack.materials if "small_work" in rule.kinds and rule.required == Always())
    come = replace(gone, code="new", label="消防方案", article="第六条(九)")
    kept = tuple(rule for rule in pack.materials if rule.code != gone.code)

    (change,) = compared(filed(), pack, replace(pack, materials=(*kept, come)))

    assert change.kind is ChangeKind.MATERIALS
    assert change.before == f"不再需要：{gone.label}"
    assert change.after == "另需：消防方案"
    assert change.article == "第六条(九)"


def test_a_paper_that_only_goes_leaves_the_other_side_empty(pack: PolicyPack) -> None:
    gone = next(rule for rule in pack.materials if "small_work" in rule.kinds and rule.required == Always())
    less = tuple(rule for rule in pack.materials if rule.code != gone.code)

    (change,) = compared(filed(), pack, replace(pack, materials=less))

    assert (change.after, change.article) == ("", "")


def test_another_department_is_named_with_its_article(pack: PolicyPack) -> None:
    rule = DepartmentRule(
        department="区商务部门", article="分类表第1行", when=Compare("place_kind", "is", "shop"), lead=True
    )

    (change,) = compared(filed(), pack, replace(pack, departments=(rule, *pack.departments)))

    assert change == DryRunChange(
        kind=ChangeKind.DEPARTMENT, before="区住房建设部门", after="区商务部门", article="分类表第1行"
    )


def test_a_department_that_no_rule_names_any_more_is_said_to_be_unlisted(pack: PolicyPack) -> None:
    (change,) = compared(filed(), pack, replace(pack, departments=()))

    assert (change.before, change.after) == ("区住房建设部门", "未列出")


@pytest.mark.parametrize(
    ("terms", "after", "article"),
    [
        pytest.param({"validity_months": 9}, "有效期至2026-12-02", "第二十五条", id="validity"),
        pytest.param({"extension_window_days": 20}, "可申请延期自2026-08-13", "第二十五条", id="extension"),
        pytest.param({"site_check_working_days": 5}, "首次现场检查期限2026-03-09", "第三十二条(一)", id="site-check"),
        pytest.param({"feedback_working_days": 5}, "受理反馈期限2026-03-09", "第二十七条(二)", id="feedback"),
        pytest.param({"feedback_working_days": None}, "受理反馈期限不设", "", id="no-feedback"),
    ],
)
def test_each_period_shows_the_day_and_the_article_that_sets_it(
    pack: PolicyPack, terms: dict[str, object], after: str, article: str
) -> None:
    changes = compared(filed(**DEEP), pack, with_terms(pack, **terms))

    assert set(kinds(changes)) == {ChangeKind.DEADLINES}
    assert (after, article) in [(change.after, change.article) for change in changes]


def test_a_matter_that_stays_undetermined_is_still_compared_in_risk_and_papers(pack: PolicyPack) -> None:
    facts = filed(contract_amount_yuan=UNKNOWN, floor_area_m2=UNKNOWN)
    calendar = shipped_calendar()
    come = replace(pack.materials[0], code="new", label="消防方案", required=Always(), optional=Not(Always()))
    new = replace(pack, materials=(*pack.materials, come))
    assert assess(facts, pack, calendar).outcome == "undetermined"

    assert kinds(compared(facts, pack, new)) == [ChangeKind.MATERIALS]


def test_a_matter_that_is_refused_both_times_has_no_periods_to_compare(pack: PolicyPack) -> None:
    facts = filed(contract_amount_yuan=Decimal(90_000_000), floor_area_m2=Decimal(90_000))
    assert assess(facts, pack, shipped_calendar()).outcome is Outcome.PERMIT_REQUIRED

    assert compared(facts, pack, with_terms(pack, feedback_working_days=5)) == ()


def test_periods_that_no_document_sets_are_no_difference(pack: PolicyPack) -> None:
    bare = replace(pack, deadlines=Deadlines())

    assert compared(filed(), bare, replace(bare, version="other")) == ()


def row(filing_id: int, *changes: DryRunChange) -> DryRunRow:
    return DryRunRow(
        filing_id=filing_id,
        number=f"PA-DJ-2026-{filing_id:06d}",
        filed_on=date(2026, 3, 2),
        community="坪安社区",
        category="商铺装修",
        version="2025-draft",
        changes=changes,
    )


def change(kind: ChangeKind, before: str = "甲", after: str = "乙") -> DryRunChange:
    return DryRunChange(kind=kind, before=before, after=after, article="第一条")


def test_the_commonest_change_comes_first_and_days_are_counted_together() -> None:
    rows = (
        row(1, change(ChangeKind.RISK), change(ChangeKind.DEADLINES, "1日", "2日")),
        row(2, change(ChangeKind.DEADLINES, "3日", "4日")),
        row(3, change(ChangeKind.DEADLINES, "5日", "6日")),
    )

    assert list(transitions_of(rows).items()) == [
        ((ChangeKind.DEADLINES, "", ""), 3),
        ((ChangeKind.RISK, "甲", "乙"), 1),
    ]


def test_a_filing_with_two_days_changed_counts_once_among_those_of_its_kind() -> None:
    rows = (row(1, change(ChangeKind.DEADLINES, "1日", "2日"), change(ChangeKind.DEADLINES, "3日", "4日")),)
    tried = DryRun(pack_id="p", version="v", first_on=date(2025, 3, 2), last_on=date(2026, 3, 2), judged=1, rows=rows)

    assert tried.count(ChangeKind.DEADLINES) == 1
    assert tried.count(ChangeKind.SCOPE) == 0
