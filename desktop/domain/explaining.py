"""Explaining an assessment: the whole derivation rule by rule, and what single change would turn each answer.

A change is claimed only when the matter, assessed again with that one fact changed, really gives another result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from desktop.domain.assess import assess
from desktop.domain.assessment_result import UNDETERMINED, Assessment
from desktop.domain.conditions import Condition, facts_of, parameters_of
from desktop.domain.explained_reasons import open_lists_seen, reasons_seen
from desktop.domain.explained_rules import EFFECTIVE, OPEN_OUTCOMES, Answered, Rule, Trace, rules_of, traced
from desktop.domain.explained_sentences import answer_words, is_decisive, note_of, sentence_of
from desktop.domain.explanation import (
    Answer,
    Conclusion,
    Explanation,
    FactSeen,
    RuleSeen,
    SettingSeen,
    SingleChange,
    Step,
)
from desktop.domain.explanation_effects import (
    department_words,
    effects_of,
    intake_words,
    outcome_words,
    point_words,
    risk_words,
    supervision_words,
)
from desktop.domain.fact_words import fact_label, fact_words, number_words
from desktop.domain.facts import DERIVED_SPECS, SMALL_WORK, UNKNOWN, Facts
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.single_changes import Candidate, candidates, compares_of
from desktop.domain.workdays import WorkdayCalendar

_OPPOSITE: Final[Mapping[Answer, Answer]] = {Answer.HOLDS: Answer.FAILS, Answer.FAILS: Answer.HOLDS}
_NOTHING_SINGLE: Final = "单独改变一项不会改变这一结论。"
_NOTHING_OF_RULE: Final = "单独改变一项不会改变这一条的结论。"
_WEIGHED: Final = frozenset({Step.STOPS, Step.SCOPE, Step.ABOVE_LIMIT, Step.HIGH_RISK, Step.SUPERVISION})
_BROUGHT: Final = "provided_materials"
_FOLLOWED: Final = frozenset(DERIVED_SPECS) - frozenset(EFFECTIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    """One other value and the derivation under it."""

    candidate: Candidate
    trace: Trace
    change: SingleChange


def explain(facts: Facts, pack: PolicyPack, calendar: WorkdayCalendar) -> Explanation:
    """Give the whole derivation of what ``assess`` makes of the facts, with what would change it."""
    rules = rules_of(pack, facts.text("kind"))
    here = traced(facts, pack, calendar, rules)
    tried = _tries(facts, pack, calendar, rules=rules, here=here)
    seen = [_seen(rule, here, tried, pack) for rule in rules]
    seen += open_lists_seen(here, pack)
    follow_up = reasons_seen(here.assessment, facts, pack)
    return Explanation(
        assessment=here.assessment,
        pack_title=pack.title,
        banner=pack.banner_on(filed_on) if (filed_on := facts.day("filed_on")) is not None else "",
        conclusions=_conclusions(here, tried, pack),
        rules=(*seen, *(_with_direct_changes(rule, tried) for rule in follow_up)),
    )


def _tries(
    facts: Facts, pack: PolicyPack, calendar: WorkdayCalendar, *, rules: tuple[Rule, ...], here: Trace
) -> tuple[_Tried, ...]:
    """Assess again under every other value worth trying; those that change nothing are left out."""
    conditions: list[Condition] = [condition for rule in rules for condition in (rule.when, rule.optional) if condition]
    conditions += [c for paper in pack.materials for c in (paper.unusable, paper.expired)]
    deficient = here.assessment.deficiency_items
    wanted = () if deficient == UNDETERMINED else tuple(deficient)
    found = []
    for candidate in candidates(facts, pack, conditions, wanted_papers=wanted):
        other = facts.with_facts(**{candidate.fact: candidate.value})
        effects = effects_of(here.assessment, assess(other, pack, calendar), pack)
        if effects:
            change = SingleChange(
                fact=candidate.fact, value=candidate.value, words=local(candidate.words), effects=effects
            )
            found.append(_Tried(candidate=candidate, trace=traced(other, pack, calendar, rules), change=change))
    return tuple(sorted(found, key=lambda one: one.candidate.distance))


def _seen(rule: Rule, here: Trace, tried: Iterable[_Tried], pack: PolicyPack) -> RuleSeen:
    answered = here.answers[rule.key]
    names = tuple(dict.fromkeys(compare.fact for compare in compares_of(rule.when)))
    kind = here.facts.text("kind")
    changes = _changes_of(rule, answered, tried)
    decisive = is_decisive(rule, here)
    return RuleSeen(
        key=rule.key,
        step=rule.step,
        article=rule.article,
        label=rule.label,
        sentence=sentence_of(rule, here, pack),
        answer=answered.answer,
        answer_words=answer_words(rule, here),
        is_decisive=decisive,
        facts=tuple(_fact_seen(name, here.facts, pack, answered) for name in names),
        settings=tuple(_setting_seen(name, here.facts, pack) for name in sorted(parameters_of(rule.when))),
        wanting=tuple(fact_label(name, pack, kind=kind) for name in sorted(answered.missing)),
        follows=tuple(fact_label(name, pack) for name in names if name in _FOLLOWED),
        changes=changes,
        note=_NOTHING_OF_RULE if decisive and not changes and rule.step in _WEIGHED else note_of(rule, here),
    )


def _changes_of(rule: Rule, answered: Answered, tried: Iterable[_Tried]) -> tuple[SingleChange, ...]:
    """Give for each fact that the rule itself looks at the nearest value that turns its answer."""
    wanted = _OPPOSITE.get(answered.answer)
    own = frozenset(name for fact in facts_of(rule.when) for name in EFFECTIVE.get(fact, (fact,)))
    turning = (one for one in tried if one.candidate.fact in own and one.trace.answers[rule.key].answer is wanted)
    return _nearest(turning)


def _nearest(tried: Iterable[_Tried]) -> tuple[SingleChange, ...]:
    nearest: dict[str, SingleChange] = {}
    for one in tried:
        nearest.setdefault(one.candidate.fact, one.change)
    return tuple(nearest.values())


def _with_direct_changes(rule: RuleSeen, tried: Iterable[_Tried]) -> RuleSeen:
    """Add to what is decided at the counter the changes that do not come by way of another class."""
    if rule.key not in ("acceptance_point", "intake_result"):
        return rule
    direct = (
        one
        for one in tried
        if one.change.changes(rule.key) and not one.change.changes("outcome", "high_risk") and _settles(one, rule.key)
    )
    return replace(rule, changes=_nearest(direct))


def _settles(one: _Tried, what: str) -> bool:
    return bool(getattr(one.trace.assessment, what) != UNDETERMINED)


def _fact_seen(name: str, facts: Facts, pack: PolicyPack, answered: Answered) -> FactSeen:
    return FactSeen(
        name=name,
        label=fact_label(name, pack, kind=facts.text("kind")),
        value=fact_words(name, facts, pack),
        is_wanting=facts[name] is UNKNOWN and bool(answered.missing),
    )


def _setting_seen(name: str, facts: Facts, pack: PolicyPack) -> SettingSeen:
    parameter, number = pack.parameters[name], facts.config.get(name, pack.number(name))
    return SettingSeen(
        name=name,
        label=parameter.label,
        value=None if number is None else _setting_words(name, number, pack),
        article=parameter.article,
        is_unverified=parameter.unverified,
    )


def _setting_words(name: str, number: Decimal, pack: PolicyPack) -> str:
    word = next((word.label for word in pack.parameters[name].words if word.value == number), "")
    return word or number_words(name, number, pack)


def _conclusions(here: Trace, tried: tuple[_Tried, ...], pack: PolicyPack) -> tuple[Conclusion, ...]:
    assessment, kind = here.assessment, here.facts.text("kind")
    labels = {name: fact_label(name, pack, kind=kind) for name in assessment.missing_facts}
    said = [
        ("outcome", "总的判定", outcome_words(assessment)),
        ("high_risk", "风险", risk_words(assessment)),
        ("acceptance_point", "受理地点", point_words(assessment)),
        ("intake_result", "窗口办理", intake_words(assessment)),
        ("supervision_required", "监理", supervision_words(assessment)),
        ("industry_department", "主管部门", department_words(assessment)),
    ]
    # Of a matter that is not registered nothing more is judged, and only a small work can be high-risk.
    is_open = assessment.outcome in OPEN_OUTCOMES
    unsaid = set() if kind == SMALL_WORK else {"high_risk"}
    said = [one for one in said if one[0] not in unsaid and (is_open or one[0] in ("outcome", "intake_result"))]
    return tuple(
        _conclusion(what, label, value, assessment, tried=tried, wanting=_wanting(what, labels))
        for what, label, value in said
    )


def _wanting(what: str, labels: Mapping[str, str]) -> str:
    """Name what is wanting; what was brought only says what the window does."""
    return "、".join(label for name, label in labels.items() if what == "intake_result" or name != _BROUGHT)


def _conclusion(
    what: str, label: str, value: str, assessment: Assessment, *, tried: tuple[_Tried, ...], wanting: str
) -> Conclusion:
    reasons = assessment.reasons_for(what)
    articles = tuple(dict.fromkeys(reason.article for reason in reasons if reason.article))
    changes: tuple[SingleChange, ...] = ()
    note = ""
    if getattr(assessment, what) == UNDETERMINED:
        note = f"还缺：{wanting}" if wanting else "还差决定判定的事实，先补齐。"
    elif what in ("outcome", "high_risk"):
        changing = [one for one in tried if one.change.changes(what) and _settles(one, what)]
        # A measure that is a little less or more comes before what would be another work.
        changes = _nearest(sorted(changing, key=lambda one: not one.candidate.distance))
        note = "" if changes else _NOTHING_SINGLE
    return Conclusion(what=what, label=local(label), value=value, articles=articles, changes=changes, note=note)
