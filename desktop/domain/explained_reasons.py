"""What an assessment decides without a condition of the pack: the counter, the days, and what follows later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.domain.assessment_result import UNDETERMINED, Assessment, Reason
from desktop.domain.explained_rules import OPEN_OUTCOMES, Trace
from desktop.domain.explanation import Answer, FactSeen, RuleSeen, Step
from desktop.domain.fact_words import fact_label, fact_words
from desktop.domain.facts import FACT_SPECS, SMALL_WORK, UNKNOWN, Facts
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack

# Decisions that the rules of the pack show themselves, and copies of such.
_SHOWN: Final = frozenset(
    {
        "high_risk",
        "article4_item",
        "supervision_required",
        "industry_department",
        "classification_table_row",
        "co_departments",
        "required_materials",
        "optional_materials",
        "deficiency_items",
    }
)
_LABELS: Final[Mapping[str, str]] = {
    "outcome": "总的判定",
    "managed_as_high_risk": "按高风险管理",
    "acceptance_point": "受理地点",
    "intake_result": "窗口办理",
    "transfer_to": "转办",
    "one_time_rule_breached": "一次性告知",
    "validity_end": "有效期",
    "extension_window": "可以申请延期的期间",
    "extension_result": "申请延期",
    "re_registration_required": "重新登记",
    "acceptance_feedback": "受理反馈",
    "site_check_by": "首次检查",
    "closeout_by": "完工后申报注销",
    "closeout_result": "申报注销",
}
_STEPS: Final[Mapping[str, Step]] = {
    "managed_as_high_risk": Step.HIGH_RISK,
    "acceptance_point": Step.COUNTER,
    "intake_result": Step.COUNTER,
    "transfer_to": Step.COUNTER,
    "one_time_rule_breached": Step.COUNTER,
    "outcome": Step.SCOPE,
    **dict.fromkeys(
        (
            "validity_end",
            "extension_window",
            "extension_result",
            "re_registration_required",
            "acceptance_feedback",
            "site_check_by",
            "closeout_by",
            "closeout_result",
        ),
        Step.DATES,
    ),
}
_FACTS: Final[Mapping[str, tuple[str, ...]]] = {
    "acceptance_point": ("filing_channel",),
    "intake_result": ("filing_channel", "provided_materials"),
    "one_time_rule_breached": ("visits", "provided_materials"),
    "validity_end": ("accepted_on",),
    "extension_window": ("accepted_on",),
    "extension_result": ("accepted_on", "extension_applied_on"),
    "re_registration_required": ("accepted_on", "extension_applied_on"),
    "acceptance_feedback": ("filing_channel", "filed_on"),
    "site_check_by": ("accepted_on",),
    "closeout_by": ("completed_on",),
    "closeout_result": ("completed_on", "closeout_applied_on"),
}
_MAY_BE_SHOWN: Final = frozenset({"outcome", "acceptance_point"})
_ALWAYS_SAID: Final = ("acceptance_point", "intake_result")


def reasons_seen(assessment: Assessment, facts: Facts, pack: PolicyPack) -> tuple[RuleSeen, ...]:
    """Give the decisions that no condition shows, in the order of the tests; those of the counter even while open."""
    shown_articles = {
        *(stop.article for stop in pack.stops),
        *(scope.article for scope in pack.scopes),
        *(above.article for above in pack.above_limit_kinds),
        *(counter.article for counter in pack.counters),
    }
    told = [
        _seen(reason, facts, pack)
        for reason in assessment.reasons
        if reason.decides not in _SHOWN and not (reason.decides in _MAY_BE_SHOWN and _is_shown(reason, shown_articles))
    ]
    decided = {reason.decides for reason in assessment.reasons}
    told += [_still_open(what, facts, pack) for what in _ALWAYS_SAID if _is_open(what, assessment, decided)]
    order = list(Step)
    return tuple(sorted(told, key=lambda rule: order.index(rule.step)))


def open_lists_seen(here: Trace, pack: PolicyPack) -> tuple[RuleSeen, ...]:
    """Give the lists that the documents name and nobody has filled in: they leave open what no known item catches."""
    if here.facts.text("kind") != SMALL_WORK or here.assessment.outcome not in OPEN_OUTCOMES:
        return ()
    return tuple(
        RuleSeen(
            key=f"open.{opened.code}",
            step=Step.HIGH_RISK,
            article=opened.article,
            label=opened.label,
            sentence=opened.why,
            answer=Answer.UNKNOWN,
            answer_words="未定",
            is_decisive=False,
            wanting=(opened.label,),
        )
        for opened in pack.open_lists
    )


def _is_shown(reason: Reason, articles: set[str]) -> bool:
    return reason.article in articles or any(reason.article.startswith(f"{article}、") for article in articles)


def _is_open(what: str, assessment: Assessment, decided: set[str]) -> bool:
    return what not in decided and getattr(assessment, what) == UNDETERMINED


def _seen(reason: Reason, facts: Facts, pack: PolicyPack) -> RuleSeen:
    names = _FACTS.get(reason.decides, tuple(name for name in reason.facts if name in FACT_SPECS))
    return RuleSeen(
        key=reason.decides,
        step=_STEPS.get(reason.decides, Step.AFTERWARDS),
        article=reason.article,
        label=local(_LABELS.get(reason.decides, "")),
        sentence=reason.because,
        answer=Answer.HOLDS,
        answer_words="已定",
        is_decisive=True,
        facts=_facts(names, facts, pack),
    )


def _still_open(what: str, facts: Facts, pack: PolicyPack) -> RuleSeen:
    return RuleSeen(
        key=what,
        step=Step.COUNTER,
        article="",
        label=local(_LABELS[what]),
        sentence="",
        answer=Answer.UNKNOWN,
        answer_words="未定",
        is_decisive=False,
        facts=_facts(_FACTS[what], facts, pack),
        note="前面还有未定的规则",
    )


def _facts(names: tuple[str, ...], facts: Facts, pack: PolicyPack) -> tuple[FactSeen, ...]:
    return tuple(
        FactSeen(
            name=name,
            label=fact_label(name, pack, kind=facts.text("kind")),
            value=fact_words(name, facts, pack),
            is_wanting=facts[name] is UNKNOWN,
        )
        for name in names
    )
