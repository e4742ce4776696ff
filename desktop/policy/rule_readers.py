"""Reading the rules of a pack, entry by entry: scope, stops, high-risk items, departments, materials and others."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from desktop.domain.conditions import Condition
from desktop.domain.facts import FACT_SPECS, MINOR_OPERATION, SMALL_WORK, spec_of
from desktop.domain.pack_rules import (
    AboveLimitKind,
    Category,
    DepartmentRule,
    FollowUp,
    HighRiskItem,
    IntakeResult,
    MaterialRule,
    Outcome,
    Question,
    Reminder,
    Scope,
    Stop,
)
from desktop.policy.condition_reader import NEVER, ConditionReader
from desktop.policy.near_names import meant
from desktop.policy.table import Table

_KINDS = (SMALL_WORK, MINOR_OPERATION)
_E = TypeVar("_E", bound=StrEnum)


def member_of(table: Table, key: str, members: type[_E], fallback: _E) -> _E:
    """Take a word of a closed list."""
    text = table.text(key)
    try:
        return members(text)
    except ValueError:
        table.fault(key, f"应为 {'、'.join(member.value for member in members)} 之一")
        return fallback


def condition_of(table: Table, reader: ConditionReader, key: str = "when") -> Condition:
    """Take a condition."""
    return reader.read(table.raw_value(key), f"{table.where}.{key}")


def kinds_of(table: Table) -> tuple[str, ...]:
    """Take the kinds of matter that a rule is for; both when it names none."""
    kinds = table.texts("kinds", _KINDS)
    for kind in kinds:
        if kind not in _KINDS:
            table.fault("kinds", f"没有 {kind} 这一类，应为 {'、'.join(_KINDS)}")
    return kinds


def category(table: Table, _reader: ConditionReader) -> Category:
    """Read a category of works."""
    return Category(
        code=table.text("code"),
        kind=table.text("kind"),
        label=table.text("label"),
        article=table.text("article"),
        asks=table.texts("asks"),
        null_area_does_not_apply=table.flag("null_area_does_not_apply"),
        help=table.text("help", ""),
    )


def question(table: Table, reader: ConditionReader) -> Question:
    """Read a question of the form."""
    fact = table.text("fact")
    if spec_of(fact) is None:
        table.fault("fact", f"没有名为 {fact} 的事实{meant(fact, FACT_SPECS)}")
    return Question(
        fact=fact,
        group=table.text("group"),
        label=table.text("label"),
        article=table.text("article", ""),
        kinds=kinds_of(table),
        when=condition_of(table, reader),
        help=table.text("help", ""),
        unit=table.text("unit", ""),
    )


def scope(table: Table, reader: ConditionReader) -> Scope:
    """Read the tests of scope of one kind."""
    return Scope(
        kind=table.text("kind"),
        article=table.text("article"),
        within=condition_of(table, reader, "within"),
        because_within=table.text("because_within"),
        because_above=table.text("because_above", ""),
        permit_article=table.text("permit_article", ""),
    )


def stop(table: Table, reader: ConditionReader) -> Stop:
    """Read a rule that ends the ordinary course."""
    return Stop(
        code=table.text("code"),
        outcome=member_of(table, "outcome", Outcome, Outcome.NEEDS_REVIEW),
        intake=member_of(table, "intake", IntakeResult, IntakeResult.REFER),
        article=table.text("article"),
        because=table.text("because"),
        when=condition_of(table, reader),
        kinds=kinds_of(table),
    )


def above_limit_kind(table: Table, reader: ConditionReader) -> AboveLimitKind:
    """Read a kind of above-limit project that is registered all the same."""
    return AboveLimitKind(
        code=table.text("code"),
        item=table.integer("item") or 0,
        article=table.text("article"),
        label=table.text("label"),
        when=condition_of(table, reader),
    )


def high_risk(table: Table, reader: ConditionReader) -> HighRiskItem:
    """Read an item of the high-risk list."""
    return HighRiskItem(
        item=table.integer("item") or 0,
        article=table.text("article"),
        label=table.text("label"),
        because=table.text("because"),
        when=condition_of(table, reader),
    )


def department(table: Table, reader: ConditionReader) -> DepartmentRule:
    """Read who leads or stands beside."""
    return DepartmentRule(
        department=table.text("department"),
        article=table.text("article"),
        when=condition_of(table, reader),
        lead=table.flag("lead", True),
        row=table.integer("row", optional=True),
    )


def material(table: Table, reader: ConditionReader) -> MaterialRule:
    """Read a material."""

    def when_given(key: str) -> Condition:
        return reader.read(table.raw[key], f"{table.where}.{key}") if key in table.raw else NEVER

    rule = MaterialRule(
        code=table.text("code"),
        article=table.text("article"),
        label=table.text("label"),
        cure=table.text("cure"),
        kinds=kinds_of(table),
        required=condition_of(table, reader, "required"),
        optional=when_given("optional"),
        expired=when_given("expired"),
        unusable=when_given("unusable"),
        expired_because=table.text("expired_because", ""),
        unusable_because=table.text("unusable_because", ""),
        help=table.text("help", ""),
        is_information=table.flag("is_information"),
    )
    table.taken.update({"optional", "expired", "unusable"})
    return rule


def reminder(table: Table, reader: ConditionReader) -> Reminder:
    """Read a sentence said when a condition holds."""
    return Reminder(article=table.text("article"), text=table.text("text"), when=condition_of(table, reader))


def follow_up(table: Table, reader: ConditionReader) -> FollowUp:
    """Read what follows from a finding."""
    return FollowUp(
        code=table.text("code"),
        article=table.text("article", ""),
        actions=table.texts("actions"),
        if_refused=table.optional_text("if_refused"),
        if_not_rectified=table.optional_text("if_not_rectified"),
        report_to=table.optional_text("report_to"),
        transfer_to=table.optional_text("transfer_to"),
        status_change=table.optional_text("status_change"),
        managed_as_high_risk=table.flag("managed_as_high_risk"),
        when=condition_of(table, reader),
    )
