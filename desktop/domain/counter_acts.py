"""Which acts an assessment allows at this counter, which need a reason, and why the others are closed."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.acts import CHANNEL_OF, Act, AllowedAct, StationKind
from desktop.domain.assessment_result import UNDETERMINED, Assessment
from desktop.domain.conditions import Condition, Verdict, evaluate
from desktop.domain.counter_rules import PROPERTY_POINT, STREET_POINTS, counter_of, may_take, told_rules_against
from desktop.domain.facts import NOT_APPLICABLE, UNKNOWN, Facts
from desktop.domain.gap_words import still_open
from desktop.domain.local_rules import article, in_brackets, local
from desktop.domain.one_time_notice import Deficiency
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import CounterRule, Outcome

_KEPT = "仍要在本窗口受理的，须写明理由，理由随件保存。"
_STREET = CHANNEL_OF[StationKind.STREET_OFFICE]
_MAY_BE_TAKEN_IN = (Outcome.REGISTER, Outcome.TREAT_AS_HIGH_RISK, Outcome.NEEDS_REVIEW, UNDETERMINED)
_BY_RULE = {
    Outcome.PERMIT_REQUIRED: Act.INFORM_PERMIT,
    Outcome.PROHIBITED: Act.MUST_NOT_START,
    Outcome.NOT_APPLICABLE: Act.NOT_APPLICABLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counter:
    """The matter at one counter: its assessment, and why this counter must send it on (empty when it need not)."""

    assessment: Assessment
    pack: PolicyPack
    station: StationKind
    elsewhere: str = ""
    rule: CounterRule | None = None  # by which it must

    @property
    def is_street(self) -> bool:
        return self.station is StationKind.STREET_OFFICE

    @property
    def is_for_street(self) -> bool:
        """Say whether the street office is among those that take the matter in."""
        return self.rule is not None and may_take(self.rule, _STREET)

    @property
    def is_for_property_company(self) -> bool:
        """Say whether the rules send the matter from here to the property company, whichever counter this is."""
        is_there = self.assessment.acceptance_point == PROPERTY_POINT
        return is_there and self.rule is not None and not self.rule.told_at_counter

    def open(self, sentence: str) -> str:
        return still_open(self.assessment, self.pack, local(sentence))


def acts_allowed(
    assessment: Assessment,
    facts: Facts,
    station: StationKind,
    *,
    pack: PolicyPack,
    found: tuple[Deficiency, ...],
    left: int,
    blocked: str,
) -> tuple[AllowedAct, ...]:
    """Say of each act whether the assessment allows it, needs a reason, or forbids it; in the order of the keys."""
    if _rules_are_silent(assessment, facts):
        return tuple(_by_manager(act, station) for act in Act if act is not Act.SUBMIT_FOR_REVIEW)
    rule = _rule_against(assessment, facts, station, pack)
    elsewhere = f"{rule.redirect_because}{in_brackets(rule.article)}" if rule is not None else ""
    here = _Counter(assessment=assessment, pack=pack, station=station, elsewhere=elsewhere, rule=rule)
    return (
        _accept(here, found=found, left=left, blocked=blocked),
        _notice(here, found=found, left=left),
        *(_ending(here, act) for act in (Act.INFORM_PERMIT, Act.MUST_NOT_START, Act.NOT_APPLICABLE)),
        _redirect(here),
    )


def _act(act: Act, *, allowed: bool, why: str = "", needs_reason: bool = False, primary: bool = False) -> AllowedAct:
    return AllowedAct(act=act, allowed=allowed, needs_reason=needs_reason, why=why, primary=primary)


def _rules_are_silent(assessment: Assessment, facts: Facts) -> bool:
    """Say whether nothing is left to fill in and the rules still give no answer.

    A work without a building area above the amount limit is such a matter: the manager decides.
    """
    if assessment.outcome != UNDETERMINED or assessment.missing_settings:
        # What the rules leave open because nobody filled it in is the office's to fill in, not the manager's to guess.
        return False
    return all(facts[name] is NOT_APPLICABLE for name in assessment.missing_facts)


def _by_manager(act: Act, station: StationKind) -> AllowedAct:
    if act in (Act.INFORM_PERMIT, Act.NOT_APPLICABLE):
        why = "规则没有定论，由管理人员决定：请写明理由和确认人，理由随件保存。"
        return _act(act, allowed=True, needs_reason=True, why=why)
    if act is Act.TO_STREET_OFFICE and station is not StationKind.STREET_OFFICE:
        return _act(
            act, allowed=True, needs_reason=True, why="规则没有定论，可以转街道决定：请写明理由。", primary=True
        )
    return _act(act, allowed=False, why="“不适用”的数值使规则没有定论：由管理人员认定数值后填写，再作判定。")


def _closed_by(here: _Counter) -> str:
    """Say why the matter cannot go on to acceptance or a notice; empty when it can."""
    assessment = here.assessment
    if assessment.outcome == UNDETERMINED:
        return here.open("还有决定性的事实未填，不能作出判定。")
    return {
        Outcome.PERMIT_REQUIRED: "限额以上，应告知办理施工许可。",
        Outcome.PROHIBITED: "属于禁止的行为，应告知不得开工并转执法。",
        Outcome.NOT_APPLICABLE: local("不属于登记范围。"),
    }.get(Outcome(assessment.outcome), "")


def _rule_against(assessment: Assessment, facts: Facts, station: StationKind, pack: PolicyPack) -> CounterRule | None:
    """Give the rule by which this counter must send the matter on; None when it need not."""
    if assessment.outcome not in _MAY_BE_TAKEN_IN:
        return None
    risk = UNKNOWN if assessment.high_risk == UNDETERMINED else assessment.high_risk is True
    known = facts.with_facts(high_risk=assessment.is_high_risk or risk)
    numbers, channel = pack.numbers(), CHANNEL_OF[station]

    def ask(condition: Condition) -> Verdict:
        return evaluate(condition, known, numbers)

    rule = counter_of(known, pack, ask).rule
    if rule is not None and not may_take(rule, channel):
        return rule
    told = told_rules_against(known, pack, ask, channel=channel) if assessment.registrable else ()
    return told[0] if told else None


def _accept(here: _Counter, *, found: tuple[Deficiency, ...], left: int, blocked: str) -> AllowedAct:
    act, assessment = Act.ACCEPT, here.assessment
    if closed := _closed_by(here):
        return _act(act, allowed=False, why=closed)
    if here.elsewhere and not here.is_street:
        return _act(act, allowed=False, why=here.elsewhere)
    if assessment.high_risk == UNDETERMINED:
        return _act(act, allowed=False, why=here.open("是否高风险还不能判定，请先填完决定性的事实。"))
    if assessment.acceptance_point == UNDETERMINED:
        return _act(act, allowed=False, why=here.open("由谁受理还不能判定，请先填完决定性的事实。"))
    if assessment.undetermined_materials:
        return _act(act, allowed=False, why=here.open("还有材料是否需要不能判定，请先填完有关事实。"))
    if left:
        return _act(act, allowed=False, why=f"还有 {left} 项材料未核对。")
    if found:
        return _act(act, allowed=False, why=local(f"有 {len(found)} 项不符合，应一次性告知。"))
    if blocked:
        return _act(act, allowed=False, why=blocked)
    if here.elsewhere:
        # Nobody can send the street office's matters on; that it takes one in all the same is to be answered for.
        return _act(act, allowed=True, needs_reason=True, why=f"{here.elsewhere}{_KEPT}")
    if assessment.outcome is Outcome.NEEDS_REVIEW or assessment.article4_item == 4:
        why = "须管理人员确认：请写明理由和确认人，理由随件保存。"
        return _act(act, allowed=True, needs_reason=True, why=why, primary=assessment.article4_item == 4)
    return _act(act, allowed=True, primary=True)


def _notice(here: _Counter, *, found: tuple[Deficiency, ...], left: int) -> AllowedAct:
    act, assessment = Act.ONE_TIME_NOTICE, here.assessment
    if closed := _closed_by(here):
        return _act(act, allowed=False, why=closed)
    if here.elsewhere and not here.is_street:
        return _act(act, allowed=False, why=here.elsewhere)
    if assessment.high_risk == UNDETERMINED or assessment.undetermined_materials:
        why = here.open("应交哪些材料还不能判定，请先填完决定性的事实，以免漏告。")
        return _act(act, allowed=False, why=why)
    if left:
        return _act(act, allowed=False, why=f"还有 {left} 项未核对；全部核对后才能一次告知清楚。")
    if not found:
        return _act(act, allowed=False, why="没有需要补正的事项。")
    forgotten = [item for item in found if not item.newly_visible]
    if forgotten:
        names = "、".join(item.label for item in forgotten)
        why = f"上次告知没有列出：{names}。再次告知须写明理由，并记为“{local('一次性告知')}不到位”。"
        return _act(act, allowed=True, needs_reason=True, why=why, primary=True)
    if here.elsewhere:
        return _act(act, allowed=True, needs_reason=True, why=f"{here.elsewhere}{_KEPT}")
    return _act(act, allowed=True, primary=True)


def _ending(here: _Counter, act: Act) -> AllowedAct:
    assessment = here.assessment
    if assessment.outcome == UNDETERMINED:
        return _act(act, allowed=False, why=_closed_by(here))
    if _BY_RULE.get(Outcome(assessment.outcome)) is act:
        return _act(act, allowed=True, primary=True, needs_reason=act is Act.NOT_APPLICABLE)
    if assessment.outcome is Outcome.NEEDS_REVIEW:
        return _act(act, allowed=True, needs_reason=True, why="规则没有定论：请写明理由，理由随件保存。")
    if act is Act.NOT_APPLICABLE:
        why = local("按已填事实属于登记范围；仍要按不适用办结的，须写明理由。")
        return _act(act, allowed=assessment.registrable, needs_reason=True, why=why)
    return _act(act, allowed=False, why=_why_not(act, assessment))


def _why_not(act: Act, assessment: Assessment) -> str:
    if act is Act.INFORM_PERMIT:
        return "按已填金额和面积，不属于应当办理施工许可的情形。"
    if assessment.registrable:
        return f"已填事实中没有{article('prohibition')}禁止的情形。"
    return "按已填事实，不是这一种结论。"


def _redirect(here: _Counter) -> AllowedAct:
    act, assessment = Act.TO_STREET_OFFICE, here.assessment
    if here.is_for_property_company:
        return _act(act, allowed=True, primary=True)
    if here.is_street:
        return _act(act, allowed=False, why=local("本窗口就是街道办事处。"))
    if here.rule is not None and not here.is_for_street:
        why = f"{here.elsewhere}仍要转街道的，须写明理由。"
        return _act(act, allowed=True, needs_reason=True, why=why)
    if here.rule is not None:
        # The slip cites the rule of the matter; of what is only told at the counter it knows what the clerk says.
        told = here.rule.told_at_counter or assessment.acceptance_point not in STREET_POINTS
        return _act(act, allowed=True, primary=True, needs_reason=told, why=here.elsewhere if told else "")
    if assessment.registrable or assessment.outcome is Outcome.NEEDS_REVIEW:
        return _act(act, allowed=True, needs_reason=True, why="本受理点可以受理；仍要转街道的，须写明理由。")
    return _act(act, allowed=False, why=_closed_by(here) or "不需要转街道。")
