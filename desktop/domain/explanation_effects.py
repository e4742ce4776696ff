"""The results of an assessment in words, and in which of them two assessments differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from desktop.domain.assessment_result import UNDETERMINED, Assessment
from desktop.domain.explained_rules import OPEN_OUTCOMES
from desktop.domain.explanation import Effect
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import IntakeResult, Outcome

OPEN: Final = "未定"
NONE: Final = "无"
_OUTCOMES: Final[Mapping[str, str]] = {
    Outcome.REGISTER: "属于登记范围，予以登记",
    Outcome.PERMIT_REQUIRED: "限额以上，应当办理施工许可",
    Outcome.TREAT_AS_HIGH_RISK: "限额以上，参照小型工程纳管",
    Outcome.NOT_APPLICABLE: "不属于登记范围",
    Outcome.PROHIBITED: "不得开工，转有关机构处理",
    Outcome.NEEDS_REVIEW: "规则没有定论，由管理人员决定",
    UNDETERMINED: "还不能判定",
}
_INTAKE: Final[Mapping[str, str]] = {
    IntakeResult.ACCEPT: "受理",
    IntakeResult.ONE_TIME_NOTICE: "一次性告知补正",
    IntakeResult.REDIRECT: "转街道办理",
    IntakeResult.INFORM_PERMIT: "告知办理施工许可",
    IntakeResult.TRANSFER: "告知不得开工并转处理",
    IntakeResult.NOT_APPLICABLE: "告知不适用",
    IntakeResult.REFER: "转管理人员决定",
    UNDETERMINED: OPEN,
}
_POINTS: Final[Mapping[str, str]] = {
    "street_office": "街道办事处",
    "community_or_property": "社区、物业受理点或者街道办事处",
    "property_company": "物业服务企业",
    "community": "社区",
    "street_or_property": "街道办事处或者物业服务企业",
    "any": "街道和受理点均可",
    "none": "不在受理点登记",
    UNDETERMINED: OPEN,
}
_OF_AN_END: Final = frozenset({"outcome", "intake_result"})
Say = Callable[[Assessment, PolicyPack], str]


def outcome_words(assessment: Assessment) -> str:
    """Say what the matter is."""
    return local(_OUTCOMES.get(assessment.outcome, assessment.outcome))


def risk_words(assessment: Assessment) -> str:
    """Say whether the matter is high-risk."""
    if assessment.high_risk == UNDETERMINED:
        return OPEN
    return local("高风险小型工程") if assessment.high_risk else local("不是高风险小型工程")


def point_words(assessment: Assessment) -> str:
    """Say where the matter is accepted."""
    return local(_POINTS.get(assessment.acceptance_point, assessment.acceptance_point))


def intake_words(assessment: Assessment) -> str:
    """Say what the window does now."""
    return local(_INTAKE.get(assessment.intake_result, assessment.intake_result))


def supervision_words(assessment: Assessment) -> str:
    """Say whether supervision has to be entrusted."""
    if assessment.supervision_required == UNDETERMINED:
        return OPEN
    return "应当委托监理" if assessment.supervision_required else "不强制委托监理"


def department_words(assessment: Assessment) -> str:
    """Say which department leads."""
    department = assessment.industry_department
    return OPEN if department == UNDETERMINED else department or NONE


def _items(assessment: Assessment, pack: PolicyPack) -> str:
    articles = [item.article for item in pack.high_risk if item.item in assessment.high_risk_items]
    return "、".join(articles) or NONE


def _check(assessment: Assessment, _pack: PolicyPack) -> str:
    return f"最迟{assessment.site_check_by}" if assessment.site_check_by else NONE


_SAID: Final[tuple[tuple[str, str, Say], ...]] = (
    ("outcome", "总的判定", lambda a, _p: outcome_words(a)),
    ("high_risk", "风险", lambda a, _p: risk_words(a)),
    ("high_risk_items", "高风险情形", _items),
    ("acceptance_point", "受理地点", lambda a, _p: point_words(a)),
    ("intake_result", "窗口办理", lambda a, _p: intake_words(a)),
    ("supervision_required", "监理", lambda a, _p: supervision_words(a)),
    ("industry_department", "主管部门", lambda a, _p: department_words(a)),
    ("co_departments", "协同部门", lambda a, _p: "、".join(a.co_departments) or NONE),
    ("site_check_by", "首次检查", _check),
)


def effects_of(before: Assessment, after: Assessment, pack: PolicyPack) -> tuple[Effect, ...]:
    """List the results that differ, in the order of the tests.

    Of a matter that is not registered any more nothing else is said than what it is and what the window does.
    """
    ends = after.outcome not in OPEN_OUTCOMES
    found = [
        Effect(what=what, label=local(label), before=say(before, pack), after=say(after, pack))
        for what, label, say in _SAID
        if say(before, pack) != say(after, pack) and not (ends and what not in _OF_AN_END)
    ]
    if any(effect.what == "high_risk_items" for effect in found) and before.high_risk is after.high_risk is True:
        found = [_still_high_risk(effect) for effect in found]
    return (*found, *(() if ends else _papers(before, after, pack)))


def _still_high_risk(effect: Effect) -> Effect:
    if effect.what != "high_risk_items":
        return effect
    return replace(effect, after=effect.after + local("（仍是高风险小型工程）"))


def _papers(before: Assessment, after: Assessment, pack: PolicyPack) -> Iterator[Effect]:
    for what, label in (("required_materials", "应交材料"), ("deficiency_items", "缺件")):
        old, new = _codes(before, what), _codes(after, what)
        if old is None or new is None or set(old) == set(new):
            continue
        come = [pack.material(code).label for code in new if code not in old]
        gone = [pack.material(code).label for code in old if code not in new]
        parts = [f"{word}{'、'.join(labels)}" for word, labels in (("增加", come), ("减少", gone)) if labels]
        after_words = f"{len(new)}份（{'；'.join(parts)}）"
        yield Effect(what=what, label=label, before=f"{len(old)}份", after=after_words)
        # What is asked for anew is wanting too: said once.
        return


def _codes(assessment: Assessment, what: str) -> tuple[str, ...] | None:
    codes = assessment.required_materials if what == "required_materials" else assessment.deficiency_items
    return None if codes == UNDETERMINED else tuple(codes)
