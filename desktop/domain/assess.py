"""Assessing a matter by a pack: a pure function from facts to an `Assessment` with its reasons.

Order of tests: exclusions, prohibitions, scope and limits, above-limit kinds, high-risk items.
"""

from __future__ import annotations

from decimal import Decimal

from desktop.domain.after_registration import follow_up
from desktop.domain.assessment_course import Course
from desktop.domain.assessment_outcome import outcome_of
from desktop.domain.assessment_result import UNDETERMINED, Assessment, Undetermined
from desktop.domain.conditions import AnyOf, setting_key
from desktop.domain.counter_rules import ANY_POINT, CounterAnswer, counter_of, may_take
from desktop.domain.dates_of_matter import dates_of
from desktop.domain.facts import NOT_APPLICABLE, SMALL_WORK, UNKNOWN, Facts
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.materials import MaterialList, breaks_one_time_rule, list_materials
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import DepartmentRule, HighRiskItem, IntakeResult, Outcome
from desktop.domain.workdays import WorkdayCalendar

# A matter that may still be registered here: its risk, counter and department matter.
_OPEN_OUTCOMES = (Outcome.REGISTER, Outcome.TREAT_AS_HIGH_RISK, Outcome.NEEDS_REVIEW, UNDETERMINED)
_PLAIN_INTAKE = {
    Outcome.NOT_APPLICABLE: (IntakeResult.NOT_APPLICABLE, "不属于登记范围，说明原因和去处。"),
    Outcome.PERMIT_REQUIRED: (IntakeResult.INFORM_PERMIT, "告知向有关部门申请办理施工许可手续。"),
    Outcome.PROHIBITED: (IntakeResult.TRANSFER, "告知不得开工建设和生产作业，转街道相关执法机构跟进处理。"),
    Outcome.NEEDS_REVIEW: (IntakeResult.REFER, "规则没有定论，由管理人员写明理由决定。"),
}
# What rules by investment measure: the first where it was said, else the second.
_EFFECTIVE = (
    ("effective_investment_yuan", "investment_yuan", "contract_amount_yuan"),
    ("effective_building_area_m2", "building_area_m2", "floor_area_m2"),
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
    course = Course(facts, pack)
    _take_measures(course)
    outcome = outcome_of(course)
    items, high_risk = _high_risk(course, outcome)
    supervision = _supervision(course)
    department, row, co_departments = _departments(course, outcome)
    materials = list_materials(course.facts, pack, registrable=_may_register(outcome))
    after = follow_up(course.facts, pack)
    managed = outcome is Outcome.TREAT_AS_HIGH_RISK or after.managed_as_high_risk
    dates = dates_of(course.facts, pack, calendar, high_risk=True if managed else high_risk)
    course.lack(dates.contradicting)
    counter = counter_of(course.facts, pack, course.ask)
    point = _acceptance_point(course, outcome, high_risk, counter)
    intake = _intake(course, outcome, high_risk, materials, counter)
    breached = breaks_one_time_rule(course.facts, materials.deficient)
    if breached:
        course.say(
            "one_time_rule_breached", pack.notice_article, local("事实没有变化，出现了上次没有一次性告知的事项。")
        )
    transfer_to = after.transfer_to or _transfer_of(course, outcome)
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
        one_time_rule_breached=breached,
        patrol_actions=after.patrol_actions,
        if_refused=after.if_refused,
        if_not_rectified=after.if_not_rectified,
        report_to=after.report_to,
        transfer_to=transfer_to,
        status_change=after.status_change,
        basis=after.basis,
        escalation_article=after.escalation_article,
        re_registration_required=dates.extension_result == "expired",
        reminders=_sentences(course, "reminders") if _may_register(outcome) else (),
        inform_zh="；".join(f"{r.because}{in_brackets(r.article)}" for r in reasons if r.decides == "outcome"),
        provisional_dates=dates.provisional,
        reasons=reasons,
        missing_facts=tuple(sorted(course.missing)),
        pack_id=pack.id,
        pack_version=pack.version,
    )


def _may_register(outcome: Outcome | Undetermined) -> bool:
    return outcome in _OPEN_OUTCOMES


def _high_risk(course: Course, outcome: Outcome | Undetermined) -> tuple[tuple[int, ...], bool | Undetermined]:
    """Ask every item; while the outcome is open they hold for the case that it is registered."""
    kind = course.facts.text("kind")
    if kind is None:
        course.derive("high_risk", UNKNOWN, for_want_of=("kind",))
        return (), UNDETERMINED
    if kind != SMALL_WORK or not _may_register(outcome):
        why = "零星作业不是小型工程" if kind != SMALL_WORK else "本件不予登记"
        return (), _not_high_risk(course, local(f"{why}，不作高风险小型工程判定。"))
    fired: list[int] = []
    doubtful: set[str] = set()
    for item in course.pack.high_risk:
        verdict = course.ask(item.when)
        if verdict.holds:
            fired.append(item.item)
            course.say("high_risk", item.article, _because_of(course, item), item=item.item, on=item.when)
        doubtful |= verdict.missing
    # A list that nobody has filled in leaves every work open that no known item catches.
    doubtful |= {setting_key(opened.code) for opened in course.pack.open_lists}
    if outcome is Outcome.TREAT_AS_HIGH_RISK:
        for decides in ("high_risk", "managed_as_high_risk"):
            course.say(
                decides,
                course.article_for("article4_item"),
                local("限额以上而参照纳管的工程，按照高风险小型工程管理。"),
            )
    if fired or outcome is Outcome.TREAT_AS_HIGH_RISK:
        course.derive("high_risk", True)
        return tuple(fired), True
    if doubtful or outcome == UNDETERMINED:
        course.lack(doubtful)
        course.derive("high_risk", UNKNOWN, for_want_of=doubtful | course.missing)
        return (), UNDETERMINED
    none = "没有高风险情形中的任何一项。" if course.pack.high_risk else "本规则没有列出高风险情形。"
    return (), _not_high_risk(course, local(none))


def _because_of(course: Course, item: HighRiskItem) -> str:
    """Say only what fires: where each alternative of the condition has its sentence, ``｜`` stands between them."""
    sentences = item.because.split("｜")
    if not isinstance(item.when, AnyOf) or len(sentences) != len(item.when.parts):
        return item.because
    pairs = zip(item.when.parts, sentences, strict=True)
    return "".join(sentence for part, sentence in pairs if course.ask(part).holds)


def _not_high_risk(course: Course, because: str) -> bool:
    course.derive("high_risk", False)
    course.say("high_risk", _whole_article(course.pack.high_risk), because)
    return False


def _whole_article(items: tuple[HighRiskItem, ...]) -> str:
    """Name the article that the items stand in, without their numbers below it."""
    return "、".join(dict.fromkeys(item.article.partition("(")[0] for item in items))


def _take_measures(course: Course) -> None:
    """Note what the limits by investment measure: what was said apart, else the contract and the area of the work."""
    for name, first, second in _EFFECTIVE:
        # A measure said to be unknown stays unknown; only one that nobody mentioned has the other in its place.
        measured = first if isinstance(course.facts[first], Decimal) or course.facts[first] is UNKNOWN else second
        course.derive(name, course.facts[measured], for_want_of=(measured,))


def _supervision(course: Course) -> bool | Undetermined:
    pack = course.pack
    if pack.supervision is None:
        # The document asks nobody to have the work supervised: no duty is claimed and none denied.
        course.derive("supervision_required", False)
        return False
    verdict = course.ask(pack.supervision)
    if verdict.holds is None:
        course.lack(verdict.missing)
        course.derive("supervision_required", UNKNOWN, for_want_of=verdict.missing)
        return UNDETERMINED
    course.derive("supervision_required", verdict.holds)
    because = pack.supervision_because if verdict.holds else local("没有同时达到高风险和规模标准，不强制委托监理。")
    course.say("supervision_required", pack.supervision_article, because, on=pack.supervision)
    return verdict.holds


def _departments(course: Course, outcome: Outcome | Undetermined) -> tuple[str | None, int | None, tuple[str, ...]]:
    if not _may_register(outcome):
        return None, None, ()
    lead: tuple[str | None, int | None] = (None, None)
    found, doubtful = False, set[str]()
    beside: list[DepartmentRule] = []
    for rule in course.pack.departments:
        if rule.lead and (found or doubtful):
            continue
        verdict = course.ask(rule.when)
        if rule.lead and verdict.holds is None:
            doubtful |= verdict.missing
        elif verdict.holds and rule.lead:
            found, lead = True, (rule.department, rule.row)
            because = f"主管部门：{rule.department}。"
            for decides in ("industry_department", "classification_table_row"):
                course.say(decides, rule.article, because, item=rule.row, on=rule.when)
        elif verdict.holds and rule.department not in {lead[0], *(other.department for other in beside)}:
            beside.append(rule)
            course.say("co_departments", rule.article, f"协同部门：{rule.department}。", on=rule.when)
    if doubtful:
        course.lack(doubtful)
        lead = (UNDETERMINED, None)
    elif not found:
        category = course.pack.category(course.facts.text("category"))
        article = category.article if category is not None else course.pack.notice_article
        because = local("主管部门的规定没有列出这种情形，由受理人员按行业选定。")
        if not course.pack.departments:
            article, because = "", local("本规则没有规定主管部门，由受理人员按行业选定。")
        course.say("industry_department", article, because)
    return *lead, tuple(rule.department for rule in beside)


def _acceptance_point(
    course: Course, outcome: Outcome | Undetermined, high_risk: bool | Undetermined, counter: CounterAnswer
) -> str:
    if outcome == UNDETERMINED and high_risk is not True:
        return UNDETERMINED
    if outcome not in (Outcome.REGISTER, Outcome.TREAT_AS_HIGH_RISK, UNDETERMINED):
        course.say("acceptance_point", course.article_for("outcome"), local("本件不在受理点登记。"))
        return "none"
    if counter.is_open:
        course.lack(counter.missing)
        return UNDETERMINED
    if high_risk == UNDETERMINED:
        return UNDETERMINED
    rule = counter.rule
    if rule is None:
        course.say("acceptance_point", "", local("本规则没有规定由谁受理，街道和受理点均可受理。"))
        return ANY_POINT
    course.say("acceptance_point", rule.article, rule.because, on=rule.when)
    return rule.point


def _intake(
    course: Course,
    outcome: Outcome | Undetermined,
    high_risk: bool | Undetermined,
    materials: MaterialList,
    counter: CounterAnswer,
) -> IntakeResult | Undetermined:
    course.lack(materials.missing)
    if materials.deficient == UNDETERMINED and course.facts["provided_materials"] is UNKNOWN:
        course.lack(("provided_materials",))
    if outcome == UNDETERMINED:
        return UNDETERMINED
    pack = course.pack
    if outcome in _PLAIN_INTAKE:
        result, because = _PLAIN_INTAKE[outcome]
        course.say("intake_result", course.article_for("outcome"), local(because))
        return result
    rule = counter.rule
    if rule is not None and not may_take(rule, course.facts.text("filing_channel")):
        course.say("intake_result", rule.article, rule.redirect_because, on=rule.when)
        return IntakeResult.REDIRECT
    if high_risk == UNDETERMINED or counter.is_open or materials.undetermined or materials.deficient == UNDETERMINED:
        return UNDETERMINED
    if materials.deficient:
        because = local(f"有{len(materials.deficient)}项材料不齐全，应一次性告知。")
        course.say("intake_result", pack.notice_article, because)
        return IntakeResult.ONE_TIME_NOTICE
    course.say("intake_result", pack.notice_article, local("申报信息和材料完整，应快速受理并发放登记回执。"))
    return IntakeResult.ACCEPT


def _transfer_of(course: Course, outcome: Outcome | Undetermined) -> str | None:
    body = course.pack.labels.get("enforcement_body") if outcome is Outcome.PROHIBITED else None
    if body:
        course.say("transfer_to", course.pack.notice_article, local(f"告知不得开工，转{body}跟进处理。"))
    return body


def _sentences(course: Course, which: str) -> tuple[str, ...]:
    rules = course.pack.reminders if which == "reminders" else course.pack.closeout_needs
    return tuple(f"{rule.text}{in_brackets(rule.article)}" for rule in rules if course.ask(rule.when).holds)
