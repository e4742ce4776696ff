"""The rules of a pack as one list in the order of the tests, and their answers for one matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from desktop.domain.assess import assess
from desktop.domain.assessment_course import Course
from desktop.domain.assessment_result import UNDETERMINED, Assessment
from desktop.domain.conditions import AnyOf, Condition, Verdict, setting_key
from desktop.domain.explanation import Answer, Step
from desktop.domain.facts import SMALL_WORK, UNKNOWN, Facts, FactValue
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import DepartmentRule, Outcome
from desktop.domain.workdays import WorkdayCalendar

OPEN_OUTCOMES: Final = frozenset({Outcome.REGISTER, Outcome.TREAT_AS_HIGH_RISK, Outcome.NEEDS_REVIEW, UNDETERMINED})
# What rules by investment measure: the first where it was said, else the second.
EFFECTIVE: Final[Mapping[str, tuple[str, str]]] = {
    "effective_investment_yuan": ("investment_yuan", "contract_amount_yuan"),
    "effective_building_area_m2": ("building_area_m2", "floor_area_m2"),
}
_ANSWERS: Final[Mapping[bool | None, Answer]] = {True: Answer.HOLDS, False: Answer.FAILS, None: Answer.UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: ``when`` is what is asked, ``optional`` what makes a paper that is not required welcome."""

    key: str
    step: Step
    article: str
    label: str
    sentence: str
    when: Condition
    item: int | None = None
    optional: Condition | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer of one rule and the declared facts and settings it waits for."""

    answer: Answer
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """An assessment with the answer of every rule; ``facts`` hold what was derived as well."""

    assessment: Assessment
    facts: Facts
    answers: Mapping[str, Answered]


def rules_of(pack: PolicyPack, kind: str | None) -> tuple[Rule, ...]:
    """List the rules that may concern a kind of matter."""
    return tuple(_rules(pack, kind))


def _rules(pack: PolicyPack, kind: str | None) -> Iterator[Rule]:
    for stop in pack.stops:
        if kind in stop.kinds:
            yield Rule(
                key=f"stop.{stop.code}",
                step=Step.STOPS,
                article=stop.article,
                label="",
                sentence=stop.because,
                when=stop.when,
            )
    for scope in pack.scopes:
        if scope.kind == kind:
            yield Rule(
                key="scope", step=Step.SCOPE, article=scope.article, label="在限额以内", sentence="", when=scope.within
            )
    for above in pack.above_limit_kinds:
        yield Rule(
            key=f"above.{above.code}",
            step=Step.ABOVE_LIMIT,
            article=above.article,
            label=above.label,
            sentence="",
            when=above.when,
            item=above.item,
        )
    for risk in pack.high_risk:
        yield Rule(
            key=f"risk.{risk.item}",
            step=Step.HIGH_RISK,
            article=risk.article,
            label=risk.label,
            sentence=risk.because,
            when=risk.when,
            item=risk.item,
        )
    if pack.supervision is not None:
        yield Rule(
            key="supervision",
            step=Step.SUPERVISION,
            article=pack.supervision_article,
            label="应当委托监理",
            sentence=pack.supervision_because,
            when=pack.supervision,
        )
    for place, counter in enumerate(pack.counters):
        if kind in counter.kinds and not counter.told_at_counter:
            yield Rule(
                key=f"counter.{place}",
                step=Step.COUNTER,
                article=counter.article,
                label="",
                sentence=counter.because,
                when=counter.when,
            )
    for place, department in enumerate(pack.departments):
        yield _department(place, department)
    for rule in pack.materials:
        if kind in rule.kinds:
            yield Rule(
                key=f"material.{rule.code}",
                step=Step.MATERIALS,
                article=rule.article,
                label=rule.label,
                sentence="",
                when=rule.required,
                optional=rule.optional,
            )


def _department(place: int, rule: DepartmentRule) -> Rule:
    word = "主管部门" if rule.lead else "协同部门"
    return Rule(
        key=f"department.{place}",
        step=Step.DEPARTMENTS,
        article=rule.article,
        label=f"{word}：{rule.department}",
        sentence="",
        when=rule.when,
        item=rule.row,
    )


def traced(facts: Facts, pack: PolicyPack, calendar: WorkdayCalendar, rules: Iterable[Rule]) -> Trace:
    """Assess a matter and answer each rule as the assessment answers it, in the same order."""
    assessment = assess(facts, pack, calendar)
    course = Course(facts, pack)
    _derive_effective(course)
    by_step: dict[Step, list[Rule]] = {}
    for rule in rules:
        by_step.setdefault(rule.step, []).append(rule)
    answers: dict[str, Answered] = {}
    is_open = assessment.outcome in OPEN_OUTCOMES
    within = _answer_scope(course, by_step, answers)
    _answer_risk(course, by_step, answers, assessment, is_above=is_open and within is Answer.FAILS)
    _ask(course, by_step.get(Step.SUPERVISION, ()), answers)
    missing = answers["supervision"].missing if "supervision" in answers else frozenset[str]()
    _derive(course, "supervision_required", assessment.supervision_required, missing)
    points = assessment.acceptance_point != "none"
    _ask(course, by_step.get(Step.COUNTER, ()), answers, is_asked=points, is_first_only=True)
    _answer_departments(course, by_step.get(Step.DEPARTMENTS, ()), answers, is_open=is_open)
    _ask(course, by_step.get(Step.MATERIALS, ()), answers, is_asked=is_open)
    return Trace(assessment=assessment, facts=course.facts, answers=answers)


def _answer_scope(course: Course, by_step: Mapping[Step, list[Rule]], answers: dict[str, Answered]) -> Answer:
    """Answer the stops up to the one that holds, and the limits; they are asked first, as later rules build on them."""
    scope = next(iter(by_step.get(Step.SCOPE, ())), None)
    within = course.ask(scope.when) if scope is not None else Verdict(None, frozenset({"kind"}))
    above = UNKNOWN if within.holds is None else not within.holds
    course.derive("above_limit", above, for_want_of=within.missing)
    has_stopped = False
    for rule in by_step.get(Step.STOPS, ()):
        answers[rule.key] = Answered(Answer.NOT_ASKED) if has_stopped else _answered(course, rule)
        has_stopped = has_stopped or answers[rule.key].answer is Answer.HOLDS
    if scope is not None:
        answers[scope.key] = Answered(Answer.NOT_ASKED) if has_stopped else _answered(course, scope)
    return answers[scope.key].answer if scope is not None else Answer.NOT_ASKED


def _answer_risk(
    course: Course,
    by_step: Mapping[Step, list[Rule]],
    answers: dict[str, Answered],
    assessment: Assessment,
    *,
    is_above: bool,
) -> None:
    _ask(course, by_step.get(Step.ABOVE_LIMIT, ()), answers, is_asked=is_above, is_first_only=True)
    asks_risk = course.facts.text("kind") == SMALL_WORK and assessment.outcome in OPEN_OUTCOMES
    items = by_step.get(Step.HIGH_RISK, ())
    _ask(course, items, answers, is_asked=asks_risk)
    missing = frozenset().union(*(answers[rule.key].missing for rule in items), _open_lists(course.pack))
    _derive(course, "high_risk", assessment.high_risk, missing | frozenset(assessment.missing_facts))


def _open_lists(pack: PolicyPack) -> frozenset[str]:
    return frozenset(setting_key(opened.code) for opened in pack.open_lists)


def _answer_departments(course: Course, rules: Iterable[Rule], answers: dict[str, Answered], *, is_open: bool) -> None:
    is_settled = False
    for rule, department in zip(rules, course.pack.departments, strict=False):
        if not is_open or (department.lead and is_settled):
            answers[rule.key] = Answered(Answer.NOT_ASKED)
            continue
        answers[rule.key] = _answered(course, rule)
        if department.lead and answers[rule.key].answer is not Answer.FAILS:
            is_settled = True


def _derive_effective(course: Course) -> None:
    for name, (first, second) in EFFECTIVE.items():
        measured = first if isinstance(course.facts[first], Decimal) or course.facts[first] is UNKNOWN else second
        course.derive(name, course.facts[measured], for_want_of=(measured,))


def _derive(course: Course, name: str, value: object, missing: Iterable[str]) -> None:
    known: FactValue = value if isinstance(value, bool) else UNKNOWN
    course.derive(name, known, for_want_of=missing)


def _ask(
    course: Course,
    rules: Iterable[Rule],
    answers: dict[str, Answered],
    *,
    is_asked: bool = True,
    is_first_only: bool = False,
) -> None:
    has_held = False
    for rule in rules:
        skipped = not is_asked or (is_first_only and has_held)
        answers[rule.key] = Answered(Answer.NOT_ASKED) if skipped else _answered(course, rule)
        has_held = has_held or answers[rule.key].answer is Answer.HOLDS


def _answered(course: Course, rule: Rule) -> Answered:
    verdict = course.ask(rule.when)
    return Answered(_ANSWERS[verdict.holds], course.declared(verdict.missing))


def sentences_of(rule: Rule, facts: Facts, pack: PolicyPack) -> str:
    """Give the sentence of a rule; where each alternative has its own (``｜``), only of those that hold."""
    parts = rule.sentence.split("｜")
    if not isinstance(rule.when, AnyOf) or len(parts) != len(rule.when.parts):
        return rule.sentence
    course = Course(facts, pack)
    pairs = zip(rule.when.parts, parts, strict=True)
    return "".join(sentence for part, sentence in pairs if course.ask(part).holds) or rule.label
