"""Reads what a pack says of patrols: check lists, the dictionary of hazards, words of findings, the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from desktop.domain.check_lists import CheckGroup, CheckItem, CheckList, HazardEntry
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.patrol_kinds import PatrolKind
from desktop.domain.patrol_plan import MOST_DAYS, PlanClass, PlanRule
from desktop.policy.condition_reader import ConditionReader
from desktop.policy.table import Table

Coded = TypeVar("Coded", CheckItem, CheckList, HazardEntry)
_GROUPS = {group.label: group for group in CheckGroup}
_KINDS = (SMALL_WORK, MINOR_OPERATION)
_PATROL_KINDS = tuple(kind.value for kind in PatrolKind)


def check_lists(rules: Table, reader: ConditionReader) -> tuple[CheckList, ...]:
    """Read the lists with their items; an item given once in ``check_items`` may stand in several lists."""
    items = {item.code: item for item in _each_once(rules, "check_items", _items(rules, reader))}
    lists = []
    for table in rules.tables("check_lists"):
        lists.append(_check_list(table, items))
        table.close()
    return tuple(_each_once(rules, "check_lists", lists))


def hazard_entries(rules: Table) -> tuple[HazardEntry, ...]:
    """Read the dictionary of hazards."""
    entries = []
    for table in rules.tables("hazard_entries"):
        entries.append(
            HazardEntry(
                code=table.text("code"),
                label=table.text("label"),
                group=_group(table),
                topic=table.text("topic"),
                finding=table.text("finding"),
                measure=table.text("measure", ""),
                is_major=table.flag("is_major"),
            )
        )
        table.close()
    return tuple(_each_once(rules, "hazard_entries", entries))


def finding_labels(rules: Table) -> Mapping[str, str]:
    """Read the words of the findings; a pack without any has none."""
    if "finding_labels" not in rules.raw:
        return {}
    table = rules.table("finding_labels")
    return {code: table.text(code) for code in table.raw}


def patrol_plan(rules: Table) -> Mapping[PlanClass, PlanRule]:
    """Read how often each class is visited; what the pack leaves out is off."""
    if "patrol_plan" not in rules.raw:
        return {}
    plan = {}
    for name, table in rules.named_tables("patrol_plan"):
        rule = PlanRule(
            every_days=table.integer("every_days", optional=True) or 0,
            is_monthly=table.flag("monthly"),
            article=table.text("article"),
            is_unverified=table.flag("unverified"),
        )
        if rule.every_days > MOST_DAYS:
            table.fault("every_days", f"最多 {MOST_DAYS} 天")
        if rule.every_days and rule.is_monthly:
            table.fault("monthly", "every_days 和 monthly 只能用一个")
        if name in {each.value for each in PlanClass}:
            plan[PlanClass(name)] = rule
        else:
            table.fault("", f"没有这一类，应为 {'、'.join(each.value for each in PlanClass)} 之一")
        table.close()
    return plan


def check_patrol_references(
    rules: Table,
    lists: Sequence[CheckList],
    *,
    entries: Sequence[HazardEntry],
    labels: Mapping[str, str],
    findings: Collection[str],
) -> None:
    """Report findings and entries that are named but not listed, and findings without a word."""
    known = {entry.code for entry in entries}
    for entry in entries:
        if entry.finding not in findings:
            rules.fault(f"hazard_entries({entry.code}).finding", f"没有 {entry.finding} 这一种发现")
    for item in {item.code: item for each in lists for item in each.items}.values():
        if item.finding not in findings:
            rules.fault(f"check_items({item.code}).finding", f"没有 {item.finding} 这一种发现")
        if item.entry and item.entry not in known:
            rules.fault(f"check_items({item.code}).entry", f"hazard_entries 里没有 {item.entry}")
    for code in labels:
        if code not in findings:
            rules.fault(f"finding_labels.{code}", "没有这一种发现")
    if lists:
        for code in sorted(set(findings) - set(labels)):
            rules.fault(f"finding_labels.{code}", "缺少这一种发现的中文名称")


def _items(rules: Table, reader: ConditionReader) -> list[CheckItem]:
    items = []
    for table in rules.tables("check_items"):
        items.append(
            CheckItem(
                code=table.text("code"),
                label=table.text("label"),
                group=_group(table),
                article=table.text("article", ""),
                finding=table.text("finding"),
                entry=table.text("entry", ""),
                help=table.text("help", ""),
                when=reader.read(table.raw_value("when"), f"{table.where}.when"),
            )
        )
        table.close()
    return items


def _check_list(table: Table, items: Mapping[str, CheckItem]) -> CheckList:
    named = table.texts("items")
    for code in named:
        if code not in items:
            table.fault("items", f"check_items 里没有 {code}")
    if not named:
        table.fault("items", "检查表没有项目")
    for code, count in Counter(named).items():
        if count > 1:
            table.fault("items", f"{code} 重复")
    risk = table.raw_value("high_risk")
    if risk is not None and not isinstance(risk, bool):
        table.fault("high_risk", "应为 true 或 false")
    return CheckList(
        code=table.text("code"),
        label=table.text("label"),
        kinds=_among(table, "kinds", _KINDS),
        patrol_kinds=tuple(PatrolKind(kind) for kind in _among(table, "patrol_kinds", _PATROL_KINDS)),
        is_high_risk=risk if isinstance(risk, bool) else None,
        items=tuple(items[code] for code in dict.fromkeys(named) if code in items),
    )


def _among(table: Table, key: str, known: Collection[str]) -> tuple[str, ...]:
    named = table.texts(key)
    for name in named:
        if name not in known:
            table.fault(key, f"没有 {name} 这一类，应为 {'、'.join(known)}")
    return tuple(name for name in named if name in known)


def _group(table: Table) -> CheckGroup:
    text = table.text("group")
    if text not in _GROUPS:
        table.fault("group", f"应为 {'、'.join(_GROUPS)} 之一")
    return _GROUPS.get(text, CheckGroup.SAFETY)


def _each_once(rules: Table, key: str, listed: list[Coded]) -> list[Coded]:
    for code, count in Counter(each.code for each in listed).items():
        if count > 1:
            rules.fault(key, f"{code} 重复")
    return listed
