"""Assessing a matter by a pack: a pure function from facts to an `Assessment` with its reasons.

Order of tests: exclusions, prohibitions, scope and limits, above-limit kinds, high-risk items
(for 龙岗: 第六条, 第七条, 第二条, 第四条, 第三条).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from desktop.domain.after_registration import follow_up
from desktop.domain.assessment_result import UNDETERMINED, Assessment, Reason, Undetermined
from desktop.domain.conditions import Condition, Verdict, evaluate, facts_of
from desktop.domain.dates_of_matter import dates_of
from desktop.domain.facts import NOT_APPLICABLE, SMALL_WORK, UNKNOWN, Facts, FactValue
from desktop.domain.materials import MaterialList, breaks_one_time_rule, list_materials
from desktop.domain.pack import IntakeResult, Outcome, PolicyPack, Scope
from desktop.domain.sentences import fill_in
from desktop.domain.workdays import WorkdayCalendar

_OTHER_COUNTERS = ("walk_in_community", "walk_in_property")
# A matter that may still be registered here: its risk, counter and department matter.
_OPEN_OUTCOMES = (Outcome.REGISTER, Outcome.TREAT_AS_HIGH_RISK, Outcome.NEEDS_REVIEW, UNDETERMINED)
_PLAIN_INTAKE = {
    Outcome.NOT_APPLICABLE: IntakeResult.NOT_APPLICABLE,
    Outcome.PERMIT_REQUIRED: IntakeResult.INFORM_PERMIT,
    Outcome.PROHIBITED: IntakeResult.TRANSFER,
    Outcome.NEEDS_REVIEW: IntakeResult.REFER,
}


@dataclass(slots=True)
class _Course:
    """What has been found so far while the tests run in their order."""

    facts: Facts
    pack: PolicyPack
    reasons: list[Reason] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)

    def ask(self, condition: Condition) -> Verdict:
        return evaluate(condition, self.facts, self.pack.numbers())

    def derive(self, name: str, value: FactValue) -> None:
        self.facts = self.facts.with_facts(**{name: value})

    def say(self, decides: str, article: str, because: str, *, item: int | None = None, on: Condition | None) -> None:
        looked_at = tuple(sorted(facts_of(on))) if on is not None else ()
        self.reasons.append(
            Reason(decides=decides, article=article, because=fill_in(because, self.facts), item=item, facts=looked_at)
        )


def facts_as_declared(facts: Facts, pack: PolicyPack) -> Facts:
    """Read a null area as "does not apply" for the categories that have no building area by nature.

    Only for declared data of the command line, where null means unknown or not applicable; the window
    keeps the two apart by its own tick.
    """
    category = pack.category(facts.text("category"))
    if category is not None and category.null_area_does_not_apply and facts["floor_area_m2"] is UNKNOWN:
        return facts.with_facts(floor_area_m2=NOT_APPLICABLE)
    return facts


def assess(facts: Facts, pack: PolicyPack, calendar: WorkdayCalendar) -> Assessment:
    """Say what the pack makes of the facts, each decision with its article and reason.

    ``facts`` hold amounts in yuan, areas in m², lengths in m; dates are ISO days.  Never raises for
    missing facts: what cannot be decided is ``"undetermined"`` and named in ``missing_facts``.
    """
    course = _Course(facts, pack)
    outcome = _outcome(course)
    items, high_risk = _high_risk(course, outcome)
    supervision = _supervision(course)
    department, row, co_departments = _departments(course, outcome)
    materials = list_materials(course.facts, pack, registrable=_may_register(outcome))
    after = follow_up(course.facts, pack)
    managed = outcome is Outcome.TREAT_AS_HIGH_RISK or after.managed_as_high_risk
    dates = dates_of(course.facts, pack, calendar, high_risk=True if managed else high_risk)
    point = _acceptance_point(course, outcome, high_risk)
    intake = _intake(course, outcome, high_risk, materials)
    reasons = (*course.reasons, *materials.reasons, *after.reasons, *dates.reasons)
    return Assessment(
        outcome=outcome,
        intake_result=intake,
        high_risk=high_risk,
        high_risk_items=items,
        article4_item=next((r.item for r in reasons if r.decides == "article4_item"), None),
        managed_as_high_risk=managed,
        acceptance_point=point,
        required_materials=materials.required,
        optional_materials=materials.optional,
        undetermined_materials=materials.undetermined,
        deficiency_items=materials.deficient,
        supervision_required=supervision,
        industry_department=department,
        classification_table_row=row,
        co_departments=co_departments,
        validity_end=dates.validity_end,
        extension_first=dates.extension_first,
        extension_last=dates.extension_last,
        extension_result=dates.extension_result,
        acceptance_feedback_mode=dates.feedback_mode,
        acceptance_feedback_by=dates.feedback_by,
        site_check_by=dates.site_check_by,
        closeout_by=dates.closeout_by,
        closeout_result=dates.closeout_result,
        closeout_needs=_sentences(course, "closeout_needs") if course.facts.day("completed_on") else (),
        one_time_rule_breached=breaks_one_time_rule(course.facts, materials.deficient),
        patrol_actions=after.patrol_actions,
        if_refused=after.if_refused,
        if_not_rectified=after.if_not_rectified,
        report_to=after.report_to,
        transfer_to=after.transfer_to or _transfer_of(course, outcome),
        status_change=after.status_change,
        basis=after.basis,
        escalation_article=after.escalation_article,
        re_registration_required=dates.extension_result == "expired",
        reminders=_sentences(course, "reminders") if _may_register(outcome) else (),
        inform_zh="；".join(f"{r.because}（{r.article}）" for r in reasons if r.decides == "outcome"),
        provisional_dates=dates.provisional,
        reasons=reasons,
        missing_facts=tuple(sorted(course.missing)),
        pack_id=pack.id,
        pack_version=pack.version,
    )


def _may_register(outcome: Outcome | Undetermined) -> bool:
    return outcome in _OPEN_OUTCOMES


def _outcome(course: _Course) -> Outcome | Undetermined:
    kind = course.facts.text("kind")
    if kind is None:
        course.missing.add("kind")
        return UNDETERMINED
    in_doubt: set[str] = set()
    for stop in course.pack.stops:
        if kind not in stop.kinds:
            continue
        verdict = course.ask(stop.when)
        if verdict.holds:
            course.say("outcome", stop.article, stop.because, on=stop.when)
            return stop.outcome
        if verdict.holds is None:
            in_doubt |= verdict.missing
    scope = next(scope for scope in course.pack.scopes if scope.kind == kind)
    outcome = _by_limits(course, scope)
    course.missing |= in_doubt
    return UNDETERMINED if in_doubt else outcome


def _by_limits(course: _Course, scope: Scope) -> Outcome | Undetermined:
    within = course.ask(scope.within)
    course.derive("above_limit", UNKNOWN if within.holds is None else not within.holds)
    if within.holds is None:
        course.missing |= within.missing
        return UNDETERMINED
    if within.holds:
        course.say("outcome", scope.article, scope.because_within, on=scope.within)
        return Outcome.REGISTER
    doubtful: set[str] = set()
    for kind in course.pack.above_limit_kinds:
        verdict = course.ask(kind.when)
        if verdict.holds:
            course.say("article4_item", kind.article, kind.label, item=kind.item, on=kind.when)
            course.say(
                "outcome", kind.article, f"{scope.because_above}{kind.label}，按高风险小型工程纳管。", on=kind.when
            )
            return Outcome.TREAT_AS_HIGH_RISK
        doubtful |= verdict.missing
    if doubtful:
        course.missing |= doubtful
        return UNDETERMINED
    because = f"{scope.because_above}应当向有关部门申请办理施工许可手续。"
    course.say("outcome", f"{scope.article}、{scope.permit_article}", because, on=scope.within)
    return Outcome.PERMIT_REQUIRED


def _high_risk(course: _Course, outcome: Outcome | Undetermined) -> tuple[tuple[int, ...], bool | Undetermined]:
    if course.facts.text("kind") != SMALL_WORK or not _may_register(outcome):
        course.derive("high_risk", False)
        return (), False
    fired: list[int] = []
    doubtful: set[str] = set()
    for item in course.pack.high_risk:
        verdict = course.ask(item.when)
        if verdict.holds:
            fired.append(item.item)
            course.say("high_risk", item.article, item.because, item=item.item, on=item.when)
        doubtful |= verdict.missing
    if fired or outcome is Outcome.TREAT_AS_HIGH_RISK:
        course.derive("high_risk", True)
        return tuple(fired), True
    if doubtful or outcome == UNDETERMINED:
        course.missing |= doubtful
        course.derive("high_risk", UNKNOWN)
        return (), UNDETERMINED
    course.derive("high_risk", False)
    return (), False


def _supervision(course: _Course) -> bool | Undetermined:
    facts = course.facts
    course.derive("effective_investment_yuan", _either(facts, "investment_yuan", "contract_amount_yuan"))
    course.derive("effective_building_area_m2", _either(facts, "building_area_m2", "floor_area_m2"))
    verdict = course.ask(course.pack.supervision)
    if verdict.holds is None:
        course.derive("supervision_required", UNKNOWN)
        return UNDETERMINED
    course.derive("supervision_required", verdict.holds)
    if verdict.holds:
        pack = course.pack
        course.say("supervision_required", pack.supervision_article, pack.supervision_because, on=pack.supervision)
    return verdict.holds


def _either(facts: Facts, first: str, second: str) -> FactValue:
    return facts[first] if isinstance(facts[first], Decimal) else facts[second]


def _departments(course: _Course, outcome: Outcome | Undetermined) -> tuple[str | None, int | None, tuple[str, ...]]:
    if not _may_register(outcome):
        return None, None, ()
    lead: tuple[str | None, int | None] = (None, None)
    found, doubtful = False, set[str]()
    beside: list[str] = []
    for rule in course.pack.departments:
        if rule.lead and (found or doubtful):
            continue
        verdict = course.ask(rule.when)
        if rule.lead and verdict.holds is None:
            doubtful |= verdict.missing
        elif verdict.holds and rule.lead:
            found, lead = True, (rule.department, rule.row)
            course.say(
                "industry_department", rule.article, f"主管部门：{rule.department}。", item=rule.row, on=rule.when
            )
        elif verdict.holds:
            beside.append(rule.department)
            course.say("co_departments", rule.article, f"协同部门：{rule.department}。", on=rule.when)
    if doubtful:
        # The department waits for whatever the outcome waits for; only its own questions are named.
        course.missing |= doubtful - {"above_limit", "category"}
        lead = (UNDETERMINED, None)
    return *lead, tuple(dict.fromkeys(name for name in beside if name != lead[0]))


def _acceptance_point(course: _Course, outcome: Outcome | Undetermined, high_risk: bool | Undetermined) -> str:
    if outcome == UNDETERMINED and high_risk is not True:
        return UNDETERMINED
    if outcome not in (Outcome.REGISTER, Outcome.TREAT_AS_HIGH_RISK, UNDETERMINED):
        return "none"
    if high_risk == UNDETERMINED:
        return UNDETERMINED
    article = course.pack.counter_article
    if high_risk:
        course.say("acceptance_point", article, "高风险小型工程由街道办事处受理。", on=None)
        return "street_office"
    course.say(
        "acceptance_point", article, "非高风险小型工程和零星作业由街道设立的受理点受理，街道办事处也可以受理。", on=None
    )
    return "community_or_property"


def _intake(
    course: _Course, outcome: Outcome | Undetermined, high_risk: bool | Undetermined, materials: MaterialList
) -> IntakeResult | Undetermined:
    if outcome == UNDETERMINED:
        return UNDETERMINED
    if outcome in _PLAIN_INTAKE:
        return _PLAIN_INTAKE[outcome]
    channel = course.facts.text("filing_channel")
    if high_risk is True and channel in _OTHER_COUNTERS:
        course.say(
            "intake_result", course.pack.counter_article, "高风险小型工程应到街道办事处办理，请转街道。", on=None
        )
        return IntakeResult.REDIRECT
    if high_risk == UNDETERMINED or materials.undetermined:
        course.missing |= materials.missing
        return UNDETERMINED
    if materials.deficient == UNDETERMINED:
        course.missing.add("provided_materials")
        return UNDETERMINED
    return IntakeResult.ONE_TIME_NOTICE if materials.deficient else IntakeResult.ACCEPT


def _transfer_of(course: _Course, outcome: Outcome | Undetermined) -> str | None:
    return course.pack.labels.get("enforcement_body") if outcome is Outcome.PROHIBITED else None


def _sentences(course: _Course, which: str) -> tuple[str, ...]:
    rules = course.pack.reminders if which == "reminders" else course.pack.closeout_needs
    return tuple(f"{rule.text}（{rule.article}）" for rule in rules if course.ask(rule.when).holds)
