"""What the window shows while the clerk types, and which acts the assessment allows."""

from __future__ import annotations

from datetime import date

from desktop.domain.acts import CHANNEL_OF, Act, AllowedAct, MaterialLine, Preview, StationKind
from desktop.domain.assess import assess
from desktop.domain.assessment_result import UNDETERMINED, Assessment
from desktop.domain.facts import NOT_APPLICABLE, Facts
from desktop.domain.materials import objection
from desktop.domain.one_time_notice import Deficiency, PreviousNotice, deficiencies, fingerprint, unjudged
from desktop.domain.pack import Outcome, PolicyPack
from desktop.domain.typed_faults import typed_faults
from desktop.domain.walk_in import Verdict, WalkIn, decisive_facts
from desktop.domain.workdays import WorkdayCalendar

_BY_RULE = {
    Outcome.PERMIT_REQUIRED: Act.INFORM_PERMIT,
    Outcome.PROHIBITED: Act.MUST_NOT_START,
    Outcome.NOT_APPLICABLE: Act.NOT_APPLICABLE,
}


def preview(
    walk_in: WalkIn,
    *,
    pack: PolicyPack,
    calendar: WorkdayCalendar,
    filed_on: date,
    station_kind: StationKind,
    previous: PreviousNotice | None = None,
) -> Preview:
    """Assess what is typed so far; pure, so that it may run at every keystroke."""
    facts = decisive_facts(walk_in, filed_on=filed_on, channel=CHANNEL_OF[station_kind])
    assessment = assess(facts, pack, calendar)
    found = deficiencies(walk_in, assessment, pack=pack, facts=facts, previous=previous)
    left = unjudged(walk_in, assessment)
    faults = typed_faults(walk_in, today=filed_on, kind=facts.text("kind"), high_risk=assessment.high_risk is True)
    blocked = next((fault.message for fault in faults if fault.blocking), "")
    return Preview(
        assessment=assessment,
        lines=_lines(walk_in, assessment, pack=pack, facts=facts, previous=previous),
        acts=_acts(assessment, facts, station_kind, found=found, left=len(left), blocked=blocked),
        deficiencies=found,
        unjudged=left,
        invalid=faults,
    )


def _lines(
    walk_in: WalkIn, assessment: Assessment, *, pack: PolicyPack, facts: Facts, previous: PreviousNotice | None
) -> tuple[MaterialLine, ...]:
    unchanged = previous is not None and previous.facts_fingerprint == fingerprint(facts)
    listed = {*assessment.required_materials, *assessment.optional_materials, *assessment.undetermined_materials}
    return tuple(
        MaterialLine(
            code=rule.code,
            label=rule.label,
            article=rule.article,
            help=rule.help or rule.cure,
            required=rule.code in assessment.required_materials,
            undetermined=rule.code in assessment.undetermined_materials,
            problem=objection(rule, facts, pack) if rule.code in assessment.required_materials else "",
            settled=unchanged
            and previous is not None
            and rule.code in previous.settled
            and walk_in.check_of(rule.code).verdict is Verdict.IN_ORDER,
        )
        for rule in pack.materials
        if rule.code in listed
    )


def _acts(
    assessment: Assessment,
    facts: Facts,
    station: StationKind,
    *,
    found: tuple[Deficiency, ...],
    left: int,
    blocked: str,
) -> tuple[AllowedAct, ...]:
    """Say of each act whether the assessment allows it, needs a reason, or forbids it; in the order of the keys."""
    if _rules_are_silent(assessment, facts):
        return tuple(_by_manager(act, station) for act in Act)
    return (
        _accept(assessment, station, found=found, left=left, blocked=blocked),
        _notice(assessment, station, found=found, left=left),
        *(_ending(assessment, act) for act in (Act.INFORM_PERMIT, Act.MUST_NOT_START, Act.NOT_APPLICABLE)),
        _redirect(assessment, station),
    )


def _act(act: Act, *, allowed: bool, why: str = "", needs_reason: bool = False, primary: bool = False) -> AllowedAct:
    return AllowedAct(act=act, allowed=allowed, needs_reason=needs_reason, why=why, primary=primary)


def _rules_are_silent(assessment: Assessment, facts: Facts) -> bool:
    """Say whether nothing is left to fill in and the rules still give no answer.

    A work without a building area above the amount limit (第二条) is such a matter: the manager decides.
    """
    left = [facts[name] for name in assessment.missing_facts]
    return assessment.outcome == UNDETERMINED and all(value is NOT_APPLICABLE for value in left)


def _by_manager(act: Act, station: StationKind) -> AllowedAct:
    if act in (Act.INFORM_PERMIT, Act.NOT_APPLICABLE):
        why = "规则没有定论，由管理人员决定：请写明理由和确认人，理由随件保存。"
        return _act(act, allowed=True, needs_reason=True, why=why)
    if act is Act.TO_STREET_OFFICE and station is not StationKind.STREET_OFFICE:
        return _act(
            act, allowed=True, needs_reason=True, why="规则没有定论，可以转街道决定：请写明理由。", primary=True
        )
    return _act(act, allowed=False, why="“不适用”的数值使规则没有定论：由管理人员认定数值后填写，再作判定。")


def _closed_by(assessment: Assessment) -> str:
    """Say why the matter cannot go on to acceptance or a notice; empty when it can."""
    if assessment.outcome == UNDETERMINED:
        return "还有决定性的事实未填，不能作出判定。"
    return {
        Outcome.PERMIT_REQUIRED: "限额以上，应告知办理施工许可。",
        Outcome.PROHIBITED: "属于禁止的行为，应告知不得开工并转执法。",
        Outcome.NOT_APPLICABLE: "不属于登记范围。",
    }.get(Outcome(assessment.outcome), "")


def _must_redirect(assessment: Assessment, station: StationKind) -> bool:
    return assessment.is_high_risk and station is not StationKind.STREET_OFFICE


def _accept(
    assessment: Assessment, station: StationKind, *, found: tuple[Deficiency, ...], left: int, blocked: str
) -> AllowedAct:
    act = Act.ACCEPT
    if closed := _closed_by(assessment):
        return _act(act, allowed=False, why=closed)
    if _must_redirect(assessment, station):
        return _act(act, allowed=False, why="高风险小型工程由街道办事处受理，请转街道办理。")
    if assessment.high_risk == UNDETERMINED:
        return _act(act, allowed=False, why="是否高风险还不能判定，请先填完决定性的事实。")
    if assessment.undetermined_materials:
        return _act(act, allowed=False, why="还有材料是否需要不能判定，请先填完有关事实。")
    if left:
        return _act(act, allowed=False, why=f"还有 {left} 项材料未核对。")
    if found:
        return _act(act, allowed=False, why=f"有 {len(found)} 项不符合，应一次性告知。")
    if blocked:
        return _act(act, allowed=False, why=blocked)
    if assessment.outcome is Outcome.NEEDS_REVIEW or assessment.article4_item == 4:
        why = "须管理人员确认：请写明理由和确认人，理由随件保存。"
        return _act(act, allowed=True, needs_reason=True, why=why, primary=assessment.article4_item == 4)
    return _act(act, allowed=True, primary=True)


def _notice(assessment: Assessment, station: StationKind, *, found: tuple[Deficiency, ...], left: int) -> AllowedAct:
    act = Act.ONE_TIME_NOTICE
    if closed := _closed_by(assessment):
        return _act(act, allowed=False, why=closed)
    if _must_redirect(assessment, station):
        return _act(act, allowed=False, why="高风险小型工程由街道办事处受理，请转街道办理。")
    if assessment.high_risk == UNDETERMINED or assessment.undetermined_materials:
        return _act(act, allowed=False, why="应交哪些材料还不能判定，请先填完决定性的事实，以免漏告。")
    if left:
        return _act(act, allowed=False, why=f"还有 {left} 项未核对；全部核对后才能一次告知清楚。")
    if not found:
        return _act(act, allowed=False, why="没有需要补正的事项。")
    forgotten = [item for item in found if not item.newly_visible]
    if forgotten:
        names = "、".join(item.label for item in forgotten)
        why = f"上次告知没有列出：{names}。再次告知须写明理由，并记为“一次性告知不到位”。"
        return _act(act, allowed=True, needs_reason=True, why=why, primary=True)
    return _act(act, allowed=True, primary=True)


def _ending(assessment: Assessment, act: Act) -> AllowedAct:
    if assessment.outcome == UNDETERMINED:
        return _act(act, allowed=False, why="还有决定性的事实未填，不能作出判定。")
    if _BY_RULE.get(Outcome(assessment.outcome)) is act:
        return _act(act, allowed=True, primary=True, needs_reason=act is Act.NOT_APPLICABLE)
    if assessment.outcome is Outcome.NEEDS_REVIEW:
        return _act(act, allowed=True, needs_reason=True, why="规则没有定论：请写明理由，理由随件保存。")
    if act is Act.NOT_APPLICABLE:
        why = "按已填事实属于登记范围；仍要按不适用办结的，须写明理由。"
        return _act(act, allowed=assessment.registrable, needs_reason=True, why=why)
    return _act(act, allowed=False, why=_why_not(act, assessment))


def _why_not(act: Act, assessment: Assessment) -> str:
    if act is Act.INFORM_PERMIT:
        return "按已填金额和面积，不属于应当办理施工许可的情形。"
    return "已填事实中没有第七条禁止的情形。" if assessment.registrable else "按已填事实，不是这一种结论。"


def _redirect(assessment: Assessment, station: StationKind) -> AllowedAct:
    act = Act.TO_STREET_OFFICE
    if station is StationKind.STREET_OFFICE:
        return _act(act, allowed=False, why="本窗口就是街道办事处。")
    if _must_redirect(assessment, station):
        return _act(act, allowed=True, primary=True)
    if assessment.registrable or assessment.outcome is Outcome.NEEDS_REVIEW:
        return _act(act, allowed=True, needs_reason=True, why="本受理点可以受理；仍要转街道的，须写明理由。")
    return _act(act, allowed=False, why=_closed_by(assessment) or "不需要转街道。")
