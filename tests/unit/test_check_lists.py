"""Check lists, the dictionary of hazards and the plan of the 龙岗 pack, and how a pack that breaks them is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.check_lists import CheckGroup
from desktop.domain.checking import list_for, list_of, suggested
from desktop.domain.errors import FaultyInput
from desktop.domain.facts import Facts
from desktop.domain.pack import PolicyPack
from desktop.domain.patrol import CheckAnswer, CheckVerdict, PatrolKind
from desktop.domain.patrol_plan import PlanClass
from desktop.domain.site import Site, SiteRef
from desktop.policy.loader import load_pack
from desktop.services.resources import policies_folder
from tests.factories import minor_facts, small_work_facts

_BASE, _PACK = "common.toml", "longgang/2025-draft.toml"


def site(kind: str = "small_work", *, high_risk: bool = False, facts: Facts | None = None) -> Site:
    return Site(
        ref=SiteRef(filing_id=1),
        number="PA-DJ-2026-000001",
        project_name="铺面装修",
        place="坪安路1号",
        community="坪安社区",
        kind=kind,
        high_risk=high_risk,
        facts=facts or small_work_facts(),
    )


@pytest.mark.requirement("LG-30-0", "SJ-5.4a")
def test_every_list_of_registered_works_has_checks_of_all_groups_with_their_articles(pack: PolicyPack) -> None:
    for code in ("small_work", "high_risk", "first_check"):
        found = list_of(pack.check_lists, code)
        assert found is not None
        assert {item.group for item in found.items} == set(CheckGroup)
        assert all(item.article.startswith("第") for item in found.items)
    assert [group.label for group in CheckGroup] == ["安全生产", "消防安全", "文明施工", "工程质量", "管理资料"]


@pytest.mark.requirement("HL-4b")
@pytest.mark.parametrize("code", ["small_work", "high_risk", "first_check", "general"])
def test_every_round_looks_at_safety_facilities_gear_and_unsafe_acts(pack: PolicyPack, code: str) -> None:
    found = list_of(pack.check_lists, code)
    assert found is not None
    facilities, gear = {"edges", "mobile_scaffold", "power", "extinguishers"}, {"gear"}
    unsafe_acts = {"high_work", "hot_work", "structure", "certified"}
    assert facilities | gear | unsafe_acts <= {item.code for item in found.items}


@pytest.mark.requirement("LG-30-0", "LG-29-1")
@pytest.mark.parametrize(
    ("where", "kind", "code"),
    [
        (site(), PatrolKind.REGULAR, "small_work"),
        (site(high_risk=True), PatrolKind.REGULAR, "high_risk"),
        (site(high_risk=True), PatrolKind.FIRST_CHECK, "first_check"),
        (site("minor_operation", facts=minor_facts()), PatrolKind.SPOT_CHECK, "minor"),
        (site("minor_operation", facts=minor_facts()), PatrolKind.STANDBY, "standby"),
        (site(""), PatrolKind.REGULAR, "small_work"),
        (None, PatrolKind.SWEEP, "sweep"),
        (None, PatrolKind.REGULAR, "general"),
    ],
)
def test_the_list_follows_kind_risk_and_visit(
    pack: PolicyPack, where: Site | None, kind: PatrolKind, code: str
) -> None:
    found = list_for(pack.check_lists, where, kind)
    assert found is not None
    assert found.code == code


@pytest.mark.requirement("LG-32-4", "LG-32-5b", "LG-32-7a", "LG-32-7b")
def test_the_list_of_high_risk_works_asks_what_article_32_asks(pack: PolicyPack) -> None:
    found = list_of(pack.check_lists, "high_risk")
    assert found is not None
    by_article = {item.article.partition("、")[0]: item.label for item in found.items}
    assert {f"第三十二条({place})" for place in "二三四五七"} <= set(by_article)
    labels = "".join(item.label for item in found.items)
    for words in ("书面安全技术交底双方签字", "班前安全生产交底", "不燃材料防火分隔", "动火", "作业区域划定"):
        assert words in labels


@pytest.mark.requirement("LG-30-0")
def test_what_does_not_concern_a_site_is_left_out_but_never_while_nothing_is_declared(pack: PolicyPack) -> None:
    found = list_of(pack.check_lists, "high_risk")
    assert found is not None
    numbers = pack.numbers()
    plain = {item.code for item in found.items_for(small_work_facts(), numbers)}
    hoisting = {item.code for item in found.items_for(small_work_facts(hoisting=True), numbers)}
    assert hoisting - plain == {"hoisting"}
    assert found.items_for(Facts({}), numbers) == found.items


@pytest.mark.requirement(
    "LG-30-1b", "LG-30-2a", "LG-30-3a", "LG-30-4a", "LG-30-5", "LG-30-6", "LG-30-7", "LG-30-8", "LG-10-3c"
)
def test_every_finding_of_article_30_has_words_and_a_check_that_suggests_it(pack: PolicyPack) -> None:
    codes = {finding.code for finding in pack.findings}
    assert set(pack.finding_labels) == codes
    assert pack.finding_label("refuses_inspection") == "拒绝、阻碍监督检查"
    by_check = {item.finding for each in pack.check_lists for item in each.items}
    by_entry = {entry.finding for entry in pack.hazard_entries}
    assert codes == by_check | by_entry


@pytest.mark.requirement("LG-30-0", "LG-13-5", "LG-13-9", "LG-13-11a")
def test_a_failed_item_suggests_its_finding_and_the_words_of_its_hazard(pack: PolicyPack) -> None:
    found = list_of(pack.check_lists, "small_work")
    answers = (
        CheckAnswer(item="waste", verdict=CheckVerdict.FAILED),
        CheckAnswer(item="gear", verdict=CheckVerdict.FAILED),
        CheckAnswer(item="chemicals", verdict=CheckVerdict.NOT_APPLICABLE),
    )
    gear, waste = suggested(found, answers)
    assert (gear.finding, gear.entry, gear.group) == ("below_safety_standard", "no_protective_gear", "safety")
    assert (waste.finding, waste.entry) == ("illegal_waste_dumping", "illegal_waste")


@pytest.mark.requirement("SJ-4a", "SJ-4b", "SJ-4c", "SJ-4h")
def test_the_dictionary_has_the_hazards_that_were_found_again_and_again(pack: PolicyPack) -> None:
    by_topic: dict[str, str] = {}
    for entry in pack.hazard_entries:
        by_topic[entry.topic] = by_topic.get(entry.topic, "") + entry.label
    for topic, words in (
        ("高处作业、脚手架", ("移动操作脚手架缺防护栏", "立杆间距过大", "扶梯")),
        ("临时用电", ("未配置开关箱", "二级箱", "拖线板")),
        ("教育交底", ("无工人教育、交底记录",)),
        ("方案", ("施工组织设计、专项方案缺失",)),
        ("履职", ("关键岗位人员履职不到位",)),
        ("违法建设", ("增设钢结构夹层",)),
        ("应报建未报建", ("未办",)),
    ):
        assert all(word in by_topic[topic] for word in words), topic


@pytest.mark.requirement("LG-29-1")
def test_no_frequency_is_invented_where_the_rules_name_none(pack: PolicyPack) -> None:
    assert set(pack.patrol_plan) == set(PlanClass)
    assert not any(rule.is_on for rule in pack.patrol_plan.values())
    assert all(rule.is_unverified and "未规定" in rule.article for rule in pack.patrol_plan.values())


@pytest.mark.requirement("LG-30-0")
@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('group = "消防安全"', 'group = "消防"', "应为 安全生产"),
        ('entry = "ladder_work"', 'entry = "ladders"', "hazard_entries 里没有 ladders"),
        ('finding = "illegal_chemicals"\nentry', 'finding = "chemicals"\nentry', "没有 chemicals 这一种发现"),
        ('patrol_kinds = ["sweep"]', 'patrol_kinds = ["stroll"]', "没有 stroll 这一类"),
        ('    "public_way",\n]', '    "public_ways",\n]', "check_items 里没有 public_ways"),
        ('unregistered = "未办理', 'unregistred = "未办理', "finding_labels.unregistred"),
        ("[patrol_plan.minor]\nevery_days = 0", "[patrol_plan.minor]\nevery_days = 900", "最多 366 天"),
        ("[patrol_plan.minor]\n", "[patrol_plan.tiny]\n", "没有这一类，应为"),
        ('[[check_lists]]\ncode = "entry"', '[[check_lists]]\ncode = "sweep"', "check_lists: sweep 重复"),
    ],
)
def test_a_pack_whose_checks_do_not_hold_together_is_refused(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    (tmp_path / "longgang").mkdir()
    texts = {name: (policies_folder() / name).read_text(encoding="utf-8") for name in (_BASE, _PACK)}
    assert any(old in text for text in texts.values())
    for name, text in texts.items():
        (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FaultyInput) as caught:
        load_pack(tmp_path / _PACK)
    assert any(sentence in f"{fault.where}: {fault.what}" for fault in caught.value.faults), caught.value.faults
