"""The assessment in the clerk's words: what the matter is, who takes it, and the lines of why; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.acts import StationKind
from desktop.domain.assessment_result import UNDETERMINED, Assessment
from desktop.domain.facts import MINOR_OPERATION
from desktop.domain.gap_words import declared_missing
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import IntakeResult, Outcome
from desktop.views.shared.chips import Tone
from desktop.views.wording import kind_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The largest words on the page: what it is, and who takes it."""

    what: str
    who: str
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of why: a heading word or none, the sentence, its article and the facts it came from."""

    heading: str
    text: str
    article: str
    facts: tuple[str, ...] = ()


_ENDS = {
    Outcome.PERMIT_REQUIRED: ("限额以上，应办施工许可", "不予登记，告知向有关部门办理施工许可"),
    Outcome.PROHIBITED: ("不得开工", "告知不得开工，转街道执法机构"),
}
# Of a matter that is not registered nobody asks where it is accepted, supervised and checked.
_ONLY_WHEN_REGISTERED = frozenset({"acceptance_point", "supervision_required", "acceptance_feedback", "site_check_by"})
_TAKES_NO_PAPERS = frozenset({Outcome.PERMIT_REQUIRED, Outcome.PROHIBITED, Outcome.NOT_APPLICABLE})
_AT_STREET = "street_office"
_ELSEWHERE = {
    _AT_STREET: "由街道办事处受理，请转街道办理",
    "property_company": "由物业服务企业受理，请到物业服务企业申报",
    "street_or_property": "由街道办事处或者物业服务企业受理，请转去办理",
}
# What makes a matter high-risk is asked for first at the window.
_OF_THE_OUTCOME = ("high_risk", "outcome", "article4_item")
_ROWS = (
    ("industry_department", "主管部门"),
    ("co_departments", "协同部门"),
    ("acceptance_point", "受理地点"),
    ("supervision_required", "监理"),
    ("acceptance_feedback", "受理反馈"),
    ("site_check_by", "首次检查"),
)


def headline(assessment: Assessment, pack: PolicyPack, *, kind: str | None, station: StationKind) -> Headline:
    """Say what the matter is and who takes it, in words that fit on one line each."""
    if kind is None:
        offered = "，".join(f"{place} {kind_word(each)}" for place, each in enumerate(pack.kinds(), start=1))
        return Headline(what="请选择类别", who=offered, tone=Tone.GREY)
    if assessment.outcome in _ENDS:
        what, who = _ENDS[Outcome(assessment.outcome)]
        return Headline(what=local(what), who=local(who), tone=Tone.RED)
    if assessment.outcome is Outcome.NOT_APPLICABLE:
        return Headline(what=local("不属于登记范围"), who=local("不适用本细则，说明原因和去处"), tone=Tone.RED)
    if assessment.outcome is Outcome.NEEDS_REVIEW:
        return Headline(what="规则没有定论", who="由管理人员写明理由决定", tone=Tone.AMBER)
    if assessment.outcome == UNDETERMINED and not assessment.is_high_risk:
        return Headline(what="还不能判定", who=_still_open(assessment), tone=Tone.GREY)
    return _registrable(assessment, pack, kind=kind, station=station)


def _registrable(assessment: Assessment, pack: PolicyPack, *, kind: str, station: StationKind) -> Headline:
    labels = pack.labels
    if assessment.outcome is Outcome.TREAT_AS_HIGH_RISK:
        what, tone = labels.get("treat_as_high_risk", "参照纳管") + local("（按高风险管理）"), Tone.AMBER
    elif assessment.is_high_risk:
        what, tone = labels.get("high_risk", local("高风险小型工程")), Tone.AMBER
    elif assessment.high_risk == UNDETERMINED:
        return Headline(what=local("小型工程，是否高风险未定"), who=_still_open(assessment), tone=Tone.GREY)
    else:
        what, tone = labels.get(kind, kind), Tone.GREEN
    return Headline(what=what, who=_who(assessment, kind=kind, station=station), tone=tone)


def _who(assessment: Assessment, *, kind: str, station: StationKind) -> str:
    point, is_street = assessment.acceptance_point, station is StationKind.STREET_OFFICE
    is_elsewhere = assessment.intake_result is IntakeResult.REDIRECT or (point == _AT_STREET and not is_street)
    if is_elsewhere:
        return local(_ELSEWHERE.get(point, "本窗口不受理，去处见“受理地点”"))
    if point == UNDETERMINED:
        return f"由谁受理未定，{_still_open(assessment)}"
    if point == _AT_STREET:
        return local("由街道办事处受理，本窗口可以受理")
    if assessment.is_high_risk:
        return "本窗口可以受理"
    matter = local("零星作业") if kind == MINOR_OPERATION else local("非高风险小型工程")
    return f"{matter}，本窗口可以受理"


def _still_open(assessment: Assessment) -> str:
    left, gaps = len(declared_missing(assessment)), len(assessment.missing_settings)
    told = [f"还差 {left} 项事实"] if left else []
    told += [f"本规则有 {gaps} 项尚未填写"] if gaps else []
    return "，".join(told) or "还有事实未填"


def takes_no_papers(assessment: Assessment) -> bool:
    """Say whether the matter ends at the window without registration, so that no papers are taken."""
    return assessment.outcome in _TAKES_NO_PAPERS


def why_lines(assessment: Assessment) -> tuple[Line, ...]:
    """List the reasons of the outcome and of each high-risk item, then department, counter and supervision."""
    return (*_reasons(assessment), *_rows(assessment))


def _reasons(assessment: Assessment) -> Iterator[Line]:
    seen: set[tuple[str, str]] = set()
    reasons = [reason for decides in _OF_THE_OUTCOME for reason in assessment.reasons_for(decides)]
    if assessment.high_risk is not True:
        reasons.sort(key=lambda reason: reason.decides == "high_risk")
    for reason in reasons:
        if (reason.because, reason.article) not in seen:
            seen.add((reason.because, reason.article))
            yield Line(heading="", text=reason.because, article=reason.article, facts=reason.facts)


def _rows(assessment: Assessment) -> Iterator[Line]:
    for decides, heading in _ROWS:
        if takes_no_papers(assessment) and decides in _ONLY_WHEN_REGISTERED:
            continue
        for index, reason in enumerate(assessment.reasons_for(decides)):
            text = reason.because.removeprefix(f"{heading}：")
            yield Line(heading="" if index else heading, text=text, article=reason.article, facts=reason.facts)
