"""What the rules make of a finding after registration: actions, reports, transfers, revocation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop.domain.assessment_result import Reason
from desktop.domain.conditions import evaluate
from desktop.domain.facts import Facts
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import FollowUp

_TEXTS = ("if_refused", "if_not_rectified", "report_to", "transfer_to", "status_change")


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """What follows from the findings of one matter."""

    patrol_actions: tuple[str, ...] = ()
    if_refused: str | None = None
    if_not_rectified: str | None = None
    report_to: str | None = None
    transfer_to: str | None = None
    status_change: str | None = None
    managed_as_high_risk: bool = False
    basis: str | None = None
    escalation_article: str | None = None
    reasons: tuple[Reason, ...] = ()


_NOTHING = Aftermath()


def follow_up(facts: Facts, pack: PolicyPack) -> Aftermath:
    """Look up patrol finding, finding and violation in the pack's tables; the first of each that holds."""
    patrol = _first(pack.findings, facts.text("patrol_finding"), facts, pack)
    revocation = _first(pack.revocations, facts.text("finding"), facts, pack)
    transfer = _first(pack.transfers, _violation(facts, patrol), facts, pack)
    rules = [rule for rule in (revocation, patrol, transfer) if rule is not None]
    if not rules:
        return _NOTHING
    escalates = patrol is not None and patrol.managed_as_high_risk
    found = Aftermath(
        patrol_actions=tuple(dict.fromkeys(action for rule in rules for action in rule.actions)),
        if_refused=next((rule.if_refused for rule in rules if rule.if_refused), None),
        if_not_rectified=next((rule.if_not_rectified for rule in rules if rule.if_not_rectified), None),
        report_to=next((rule.report_to for rule in rules if rule.report_to), None),
        transfer_to=next((rule.transfer_to for rule in reversed(rules) if rule.transfer_to), None),
        status_change=next((rule.status_change for rule in rules if rule.status_change), None),
        managed_as_high_risk=escalates,
        basis=rules[0].article,
        escalation_article=patrol.article if patrol is not None and escalates else None,
    )
    return replace(found, reasons=tuple(_reasons(found, rules)))


def _reasons(found: Aftermath, rules: list[FollowUp]) -> Iterator[Reason]:
    """Name under each thing that follows the rules it came from."""
    for rule in rules:
        set_by = {"patrol_actions": rule.actions, "managed_as_high_risk": rule.managed_as_high_risk}
        set_by |= {name: getattr(rule, name) for name in _TEXTS if getattr(found, name) == getattr(rule, name)}
        for decides, value in set_by.items():
            if value:
                yield Reason(decides=decides, article=rule.article, because=f"发现的情形：{rule.code}。")
    yield Reason(decides="basis", article=rules[0].article, because=f"发现的情形：{rules[0].code}。")
    if found.escalation_article:
        because = local("提级参照高风险小型工程管理。")
        yield Reason(decides="escalation_article", article=found.escalation_article, because=because)


def _violation(facts: Facts, patrol: FollowUp | None) -> str | None:
    """Name the violation to route: only one that is persisted in goes to another body."""
    if facts.is_stated("refuses_rectification") and not facts.flag("refuses_rectification"):
        return None
    named = facts.text("violation_kind")
    if named is not None or patrol is None:
        return named
    return "work_safety" if facts.flag("refuses_rectification") and patrol.transfer_to is None else None


def _first(rules: tuple[FollowUp, ...], code: str | None, facts: Facts, pack: PolicyPack) -> FollowUp | None:
    if code is None:
        return None
    numbers = pack.numbers()
    return next((rule for rule in rules if rule.code == code and evaluate(rule.when, facts, numbers).holds), None)
