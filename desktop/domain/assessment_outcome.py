"""What a matter is: exclusions, prohibitions, scope and limits, above-limit kinds, in this order."""

from __future__ import annotations

from desktop.domain.assessment_course import Course
from desktop.domain.assessment_result import UNDETERMINED, Undetermined
from desktop.domain.conditions import Verdict
from desktop.domain.facts import UNKNOWN
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.pack_rules import Outcome, Scope

Doubt = tuple[Outcome, frozenset[str]]


def outcome_of(course: Course) -> Outcome | Undetermined:
    """Classify the matter; an earlier test that is in doubt leaves a later, different answer undetermined."""
    kind = course.facts.text("kind")
    scope = next((scope for scope in course.pack.scopes if scope.kind == kind), None)
    if kind is None or scope is None:
        return _without_scope(course, kind)
    within = course.ask(scope.within)
    above = UNKNOWN if within.holds is None else not within.holds
    course.derive("above_limit", above, for_want_of=within.missing)
    doubts: list[Doubt] = []
    for stop in course.pack.stops:
        if kind not in stop.kinds:
            continue
        verdict = course.ask(stop.when)
        if verdict.holds is None:
            doubts.append((stop.outcome, verdict.missing))
        elif verdict.holds:
            if _in_doubt(course, doubts, stop.outcome):
                return UNDETERMINED
            course.say("outcome", stop.article, stop.because, on=stop.when)
            return stop.outcome
    if _in_doubt(course, doubts, None):
        course.lack(within.missing)
        return UNDETERMINED
    return _of_other_kind(course, kind, scope) or _by_limits(course, scope, within)


def _without_scope(course: Course, kind: str | None) -> Outcome | Undetermined:
    course.derive("above_limit", UNKNOWN, for_want_of=("kind",))
    if kind is None:
        course.lack(("kind",))
        return UNDETERMINED
    pack = course.pack
    course.say("outcome", pack.legal_nature_article, local("规则包没有规定这一类事项，由管理人员决定。"))
    return Outcome.NEEDS_REVIEW


def _in_doubt(course: Course, doubts: list[Doubt], settled: Outcome | None) -> bool:
    """Say whether an earlier test, once answered, could give another outcome; name what it lacks."""
    others = [missing for outcome, missing in doubts if outcome is not settled]
    for missing in others:
        course.lack(missing)
    return bool(others)


def _of_other_kind(course: Course, kind: str, scope: Scope) -> Outcome | None:
    """Hold a category of the other kind: it must not slip past the tests of its own kind."""
    category = course.pack.category(course.facts.text("category"))
    if category is None or category.kind == kind:
        return None
    named = f"申报类别“{category.label}”{in_brackets(category.article)}"
    because = f"{named}{local('不属于所选的登记种类，请核对后重新选择。')}"
    course.say("outcome", scope.article, because)
    return Outcome.NEEDS_REVIEW


def _by_limits(course: Course, scope: Scope, within: Verdict) -> Outcome | Undetermined:
    if within.holds is None:
        course.lack(within.missing)
        return UNDETERMINED
    if within.holds:
        course.say("outcome", scope.article, scope.because_within, on=scope.within)
        return Outcome.REGISTER
    doubtful: set[str] = set()
    for kind in course.pack.above_limit_kinds:
        verdict = course.ask(kind.when)
        if verdict.holds:
            course.say("article4_item", kind.article, kind.label, item=kind.item, on=kind.when)
            because = f"{scope.because_above}{kind.label}{local('，按高风险小型工程纳管。')}"
            course.say("outcome", kind.article, because, on=kind.when)
            return Outcome.TREAT_AS_HIGH_RISK
        doubtful |= verdict.missing
    if doubtful:
        course.lack(doubtful)
        return UNDETERMINED
    because = f"{scope.because_above}{local('应当向有关部门申请办理施工许可手续。')}"
    articles = "、".join(dict.fromkeys(filter(None, (scope.article, scope.permit_article))))
    course.say("outcome", articles, because, on=scope.within)
    return Outcome.PERMIT_REQUIRED
