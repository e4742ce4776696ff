"""What the window shows while the clerk types, and which acts the assessment allows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from desktop.domain.acts import CHANNEL_OF, Act, AllowedAct, MaterialLine, Preview, StationKind
from desktop.domain.assess import assess
from desktop.domain.assessment_result import UNDETERMINED, Assessment
from desktop.domain.changed_facts import changed_since, facts_behind
from desktop.domain.conduct import ConductWarning, with_conduct
from desktop.domain.facts import NOT_APPLICABLE, Facts
from desktop.domain.one_time_notice import Deficiency, PreviousNotice, deficiencies, paper_problem, unjudged, waived
from desktop.domain.pack import Outcome, PolicyPack
from desktop.domain.review import ReviewRule
from desktop.domain.splitting import SplitSuspicion
from desktop.domain.typed_faults import CORRECTION_INCOMPLETE, typed_faults
from desktop.domain.typed_texts import TEXT_FAULT
from desktop.domain.walk_in import Verdict, WalkIn, decisive_facts, is_another_matter
from desktop.domain.workdays import WorkdayCalendar

_BY_RULE = {
    Outcome.PERMIT_REQUIRED: Act.INFORM_PERMIT,
    Outcome.PROHIBITED: Act.MUST_NOT_START,
    Outcome.NOT_APPLICABLE: Act.NOT_APPLICABLE,
}


# What would be printed wrongly whatever is decided.
_ON_EVERY_PAPER = frozenset({TEXT_FAULT, CORRECTION_INCOMPLETE})


def preview(
    walk_in: WalkIn,
    *,
    pack: PolicyPack,
    calendar: WorkdayCalendar,
    filed_on: date,
    station_kind: StationKind,
    previous: PreviousNotice | None = None,
    communities: Collection[str] = (),
    suspicion: SplitSuspicion | None = None,
    conduct: ConductWarning | None = None,
    before: WalkIn | None = None,
    review: ReviewRule | None = None,
) -> Preview:
    """Assess what is typed so far; pure, so that it may run at every keystroke.

    ``communities`` are those of the street; ``suspicion`` is what the ledger says of works parted (第十条(十一));
    ``conduct`` are the bad records about the contractor (宜昌 四);
    ``before`` is the matter as it stood at the earlier visit; ``review`` the levels of review before acceptance.
    """
    facts = decisive_facts(walk_in, filed_on=filed_on, channel=CHANNEL_OF[station_kind])
    assessment = assess(facts, pack, calendar)
    found = deficiencies(walk_in, assessment, pack=pack, facts=facts, previous=previous)
    left = unjudged(walk_in, assessment)
    faults = typed_faults(
        walk_in,
        today=filed_on,
        kind=facts.text("kind"),
        high_risk=assessment.high_risk is True,
        communities=communities,
    )
    blocked = next((fault.message for fault in faults if fault.blocking), "")
    unprintable = next((fault.message for fault in faults if fault.code in _ON_EVERY_PAPER), "")
    acts = _acts(assessment, facts, station_kind, found=found, left=len(left), blocked=blocked)
    if before is not None and is_another_matter(before, walk_in):
        acts = tuple(_with_doubt(act) for act in acts)
    if left_out := waived(walk_in, assessment):
        acts = tuple(
            _with_waiver(act, [f"{pack.material(code).label}（{pack.material(code).article}）" for code in left_out])
            for act in acts
        )
    if suspicion is not None and suspicion.needs_reason:
        acts = tuple(_with_suspicion(act, suspicion) for act in acts)
    if conduct is not None:
        acts = tuple(with_conduct(act, conduct) for act in acts)
    if unprintable:
        acts = tuple(_unprintable(act, unprintable) for act in acts)
    if review is not None and review.levels_for(assessment, facts.text("kind")):
        acts = tuple(_sent_for_review(act) for act in acts)
    return Preview(
        assessment=assessment,
        lines=_lines(walk_in, assessment, pack=pack, facts=facts, previous=previous),
        acts=acts,
        deficiencies=found,
        unjudged=left,
        invalid=faults,
    )


def _lines(
    walk_in: WalkIn, assessment: Assessment, *, pack: PolicyPack, facts: Facts, previous: PreviousNotice | None
) -> tuple[MaterialLine, ...]:
    changes = changed_since(previous.facts_fingerprint, facts) if previous is not None else frozenset()
    listed = {*assessment.required_materials, *assessment.optional_materials, *assessment.undetermined_materials}
    return tuple(
        MaterialLine(
            code=rule.code,
            label=rule.label,
            article=rule.article,
            help=rule.help or rule.cure,
            required=rule.code in assessment.required_materials,
            undetermined=rule.code in assessment.undetermined_materials,
            problem=paper_problem(
                walk_in.check_of(rule.code),
                rule,
                required=rule.code in assessment.required_materials,
                facts=facts,
                pack=pack,
            ),
            settled=previous is not None
            and not changes & facts_behind(rule, pack)
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
        return tuple(_by_manager(act, station) for act in Act if act is not Act.SUBMIT_FOR_REVIEW)
    elsewhere = _elsewhere(assessment, facts, station)
    return (
        _accept(assessment, elsewhere, found=found, left=left, blocked=blocked),
        _notice(assessment, elsewhere, found=found, left=left),
        *(_ending(assessment, act) for act in (Act.INFORM_PERMIT, Act.MUST_NOT_START, Act.NOT_APPLICABLE)),
        _redirect(assessment, elsewhere, station),
    )


def _act(act: Act, *, allowed: bool, why: str = "", needs_reason: bool = False, primary: bool = False) -> AllowedAct:
    return AllowedAct(act=act, allowed=allowed, needs_reason=needs_reason, why=why, primary=primary)


def _with_suspicion(act: AllowedAct, suspicion: SplitSuspicion) -> AllowedAct:
    """Let works that look parted be accepted only with a reason, which stays with the filing."""
    if act.act is not Act.ACCEPT or not act.allowed:
        return act
    why = f"{act.why}疑似分解工程（{suspicion.article}）：{suspicion.because}仍要受理的，须写明理由，理由随件保存。"
    return replace(act, needs_reason=True, why=why)


def _with_doubt(act: AllowedAct) -> AllowedAct:
    """Let what looks like another matter be decided under the old filing only with a reason."""
    if not act.allowed:
        return act
    why = f"{act.why}与上次来窗相比，类别或者业主和地点都变了：不是同一件的，请另起一件；确是同一件的，须写明理由。"
    return replace(act, needs_reason=True, why=why)


def _with_waiver(act: AllowedAct, labels: list[str]) -> AllowedAct:
    """Let a matter without papers that the rules require be accepted only with a reason."""
    if act.act is not Act.ACCEPT or not act.allowed:
        return act
    named = "、".join(labels)
    why = f"{act.why}按规则应当提交而标为“不适用”：{named}。仍要受理的，须写明理由，理由随件保存。"
    return replace(act, needs_reason=True, why=why)


def _sent_for_review(act: AllowedAct) -> AllowedAct:
    """Let what could be accepted at the counter go to the reviewer instead, under the same conditions."""
    return replace(act, act=Act.SUBMIT_FOR_REVIEW) if act.act is Act.ACCEPT else act


def _unprintable(act: AllowedAct, why: str) -> AllowedAct:
    """Close every act while a text cannot stand on its papers; what the rules close keeps its own reason."""
    return replace(act, allowed=False, needs_reason=False, why=why, primary=False) if act.allowed else act


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


def _elsewhere(assessment: Assessment, facts: Facts, station: StationKind) -> str:
    """Say why this counter must send the matter on to the street office; empty when it need not."""
    if assessment.is_high_risk and station is not StationKind.STREET_OFFICE:
        return "高风险小型工程由街道办事处受理，请转街道办理。"
    is_outside = facts.stated.get("property_managed") is False
    if station is StationKind.PROPERTY_COMPANY and is_outside and assessment.registrable:
        return "物业服务企业只受理其物业管理区域内的登记（第二十三条(一)），请转街道办理。"
    return ""


def _accept(
    assessment: Assessment, elsewhere: str, *, found: tuple[Deficiency, ...], left: int, blocked: str
) -> AllowedAct:
    act = Act.ACCEPT
    if closed := _closed_by(assessment):
        return _act(act, allowed=False, why=closed)
    if elsewhere:
        return _act(act, allowed=False, why=elsewhere)
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


def _notice(assessment: Assessment, elsewhere: str, *, found: tuple[Deficiency, ...], left: int) -> AllowedAct:
    act = Act.ONE_TIME_NOTICE
    if closed := _closed_by(assessment):
        return _act(act, allowed=False, why=closed)
    if elsewhere:
        return _act(act, allowed=False, why=elsewhere)
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


def _redirect(assessment: Assessment, elsewhere: str, station: StationKind) -> AllowedAct:
    act = Act.TO_STREET_OFFICE
    if station is StationKind.STREET_OFFICE:
        return _act(act, allowed=False, why="本窗口就是街道办事处。")
    if elsewhere:
        # The slip cites 第二十六条(二) for high risk; of a property company's area it only knows what the clerk says.
        told = not assessment.is_high_risk
        return _act(act, allowed=True, primary=True, needs_reason=told, why=elsewhere if told else "")
    if assessment.registrable or assessment.outcome is Outcome.NEEDS_REVIEW:
        return _act(act, allowed=True, needs_reason=True, why="本受理点可以受理；仍要转街道的，须写明理由。")
    return _act(act, allowed=False, why=_closed_by(assessment) or "不需要转街道。")
