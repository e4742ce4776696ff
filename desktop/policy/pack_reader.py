"""Reading the tables of a pack file into a `PolicyPack`, section by section."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from desktop.domain.facts import FACT_SPECS, spec_of
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_numbers import number_fault
from desktop.domain.pack_rules import Choice, Deadlines, Standing
from desktop.domain.pack_version import LONGEST_VERSION
from desktop.policy import rule_readers
from desktop.policy.body_reader import power_question, transfer_body
from desktop.policy.condition_reader import ConditionReader
from desktop.policy.counter_reader import counter_rule, filing_channels
from desktop.policy.department_reader import guiding_departments
from desktop.policy.gap_reader import open_list, read_parameter
from desktop.policy.local_reader import local_rules
from desktop.policy.near_names import meant
from desktop.policy.order_reader import order_clause
from desktop.policy.paper_reader import papers_of
from desktop.policy.patrol_reader import (
    check_lists,
    check_patrol_references,
    finding_labels,
    hazard_entries,
    patrol_plan,
)
from desktop.policy.platform_reader import platform_template
from desktop.policy.table import Table

# Read only where they stand; known all the same, so that a misspelt one is told its right name.
_MAY_BE_ABSENT = frozenset(
    {
        "articles",
        "deadlines",
        "finding_labels",
        "patrol_plan",
        "platform_template",
        "power_question",
        "supervision",
        "words",
    }
)
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
_T = TypeVar("_T")


def read_pack(rules: Table, papers: Table) -> PolicyPack:
    """Read a whole pack; faults gather in the tables' lists, the pack is only good when both are empty."""
    parameters = {name: read_parameter(table) for name, table in rules.named_tables("parameters")}
    reader = ConditionReader(frozenset(parameters), rules.faults)
    for name, raw in rules.table("conditions").raw.items():
        reader.named[name] = reader.read(raw, f"conditions.{name}")
    head = rules.table("pack")
    supervision = rules.table("supervision") if "supervision" in rules.raw else None

    def each(key: str, read: Callable[[Table, ConditionReader], _T]) -> tuple[_T, ...]:
        return tuple(_closed(table, reader, read) for table in rules.tables(key))

    pack = PolicyPack(
        id=head.text("id"),
        version=head.text("version"),
        title=head.text("title"),
        document_number=head.text("document_number", ""),
        standing=rule_readers.member_of(head, "standing", Standing, Standing.DRAFT),
        effective_from=head.day("effective_from"),
        effective_to=head.day("effective_to"),
        effective_note=head.text("effective_note", ""),
        interpreted_by=head.text("interpreted_by", ""),
        legal_nature=head.text("legal_nature", ""),
        legal_nature_article=head.text("legal_nature_article", ""),
        hotlines=head.texts("hotlines"),
        street_documents=head.texts("street_documents"),
        counter_article=head.text("counter_article", ""),
        notice_article=head.text("notice_article", ""),
        labels=_labels(rules.table("labels")),
        local_rules=local_rules(rules),
        parameters=parameters,
        choices={name: _choices(rules.table("choices"), name) for name in rules.table("choices").raw},
        categories=each("categories", rule_readers.category),
        questions=each("questions", rule_readers.question),
        scopes=each("scopes", rule_readers.scope),
        stops=each("stops", rule_readers.stop),
        above_limit_kinds=each("above_limit_kinds", rule_readers.above_limit_kind),
        high_risk=each("high_risk", rule_readers.high_risk),
        supervision=rule_readers.condition_of(supervision, reader) if supervision else None,
        supervision_article=supervision.text("article") if supervision else "",
        supervision_because=supervision.text("because") if supervision else "",
        departments=each("departments", rule_readers.department),
        materials=each("materials", rule_readers.material),
        reminders=each("reminders", rule_readers.reminder),
        findings=each("findings", rule_readers.follow_up),
        revocations=each("revocations", rule_readers.follow_up),
        transfers=each("transfers", rule_readers.follow_up),
        closeout_needs=each("closeout_needs", rule_readers.reminder),
        deadlines=_deadlines(rules.table("deadlines")) if "deadlines" in rules.raw else Deadlines(),
        papers=papers_of(papers, reader),
        order_clauses=tuple(order_clause(table) for table in rules.tables("order_clauses")),
        check_lists=check_lists(rules, reader),
        hazard_entries=hazard_entries(rules),
        finding_labels=finding_labels(rules),
        patrol_plan=patrol_plan(rules),
        bodies=tuple(transfer_body(table) for table in rules.tables("bodies")),
        power_question=power_question(rules),
        open_lists=tuple(open_list(table) for table in rules.tables("open_lists")),
        counters=each("counters", counter_rule),
        platform_template=platform_template(rules),
        guiding_departments=guiding_departments(rules),
    )
    rules.taken |= _MAY_BE_ABSENT
    if "papers" in rules.raw:
        rules.taken.add("papers")
        rules.fault("papers", "文书用语写进旁边同名的 .papers.toml 文件")
    _check_head(pack, head)
    _check_references(pack, rules)
    for table in (head, supervision, rules):
        if table is not None:
            table.close()
    return pack


def _check_head(pack: PolicyPack, head: Table) -> None:
    """Report names that no list, no file and no printed paper could bear, and days in the wrong order."""
    for key, name in (("id", pack.id), ("version", pack.version)):
        if name and (not _NAME.fullmatch(name) or len(name) > LONGEST_VERSION):
            head.fault(key, f"用字母、数字、点、短横和下划线，以字母或者数字开头，最多 {LONGEST_VERSION} 个字")
    if pack.effective_from and pack.effective_to and pack.effective_to < pack.effective_from:
        head.fault("effective_to", f"早于 effective_from（{pack.effective_from}），改正其中一个日期")


def _closed(table: Table, reader: ConditionReader, read: Callable[[Table, ConditionReader], _T]) -> _T:
    value = read(table, reader)
    table.close()
    return value


def _labels(table: Table) -> Mapping[str, str]:
    return {key: table.text(key) for key in table.raw}


def _choices(table: Table, name: str) -> tuple[Choice, ...]:
    if spec_of(name) is None:
        table.fault(name, f"没有这个事实{meant(name, FACT_SPECS)}")
    choices = []
    for entry in table.tables(name):
        choices.append(Choice(code=entry.text("code"), label=entry.text("label")))
        entry.close()
    return tuple(choices)


def _deadlines(table: Table) -> Deadlines:
    def period(name: str) -> int | None:
        count = table.integer(name, optional=True)
        if count is not None and (why := number_fault(name, Decimal(count))):
            table.fault(name, why)
        return count

    def article(name: str, of: int | None) -> str:
        # A period without its article would be an invented one.
        return table.text(name, "") if of is None else table.text(name)

    validity, window = period("validity_months"), period("extension_window_days")
    feedback, check = period("feedback_working_days"), period("site_check_working_days")
    closeout = period("closeout_working_days")
    deadlines = Deadlines(
        validity_months=validity,
        validity_article=article("validity_article", validity),
        extension_window_days=window,
        extension_article=article("extension_article", window),
        feedback_working_days=feedback,
        feedback_article=article("feedback_article", feedback),
        on_the_spot_channels=filing_channels(table, "on_the_spot_channels"),
        site_check_working_days=check,
        site_check_article=article("site_check_article", check),
        closeout_working_days=closeout,
        closeout_article=article("closeout_article", closeout),
    )
    table.close()
    return deadlines


def _check_references(pack: PolicyPack, rules: Table) -> None:
    """Report what no single table can see: doubles, unknown kinds, missing scopes and choices."""
    listed: dict[str, Sequence[tuple[object, ...]]] = {
        "categories": [(category.kind, category.code) for category in pack.categories],
        "materials": [(rule.code,) for rule in pack.materials],
        "questions": [(question.fact,) for question in pack.questions],
        "high_risk": [(item.item,) for item in pack.high_risk],
        "stops": [(stop.code,) for stop in pack.stops],
        "above_limit_kinds": [(kind.code,) for kind in pack.above_limit_kinds],
        "scopes": [(scope.kind,) for scope in pack.scopes],
    }
    for key, codes in listed.items():
        for code in {code for code in codes if codes.count(code) > 1}:
            rules.fault(key, f"{code[-1]} 重复，改掉或者删去其中一条")
    scoped = {scope.kind for scope in pack.scopes}
    for category in pack.categories:
        if category.kind not in scoped:
            cure = f'，加上一节 [[scopes]]，写 kind = "{category.kind}"，或者改正 kind'
            rules.fault("categories", f"{category.code} 的 kind {category.kind} 没有 [[scopes]]{cure}")
        for fact in category.asks:
            if spec_of(fact) is None:
                rules.fault("categories", f"{category.code} 的 asks 里没有名为 {fact} 的事实")
    if not pack.materials:
        rules.fault("materials", "没有申报材料，至少写一节 [[materials]]；文件没有列材料的，写登记表")
    check_patrol_references(
        rules,
        pack.check_lists,
        entries=pack.hazard_entries,
        labels=pack.finding_labels,
        findings={rule.code for rule in pack.findings},
    )
