"""The one-time notice: every gap at once, and how a later notice may differ."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.assessment_result import Assessment
from desktop.domain.changed_facts import changed_since, facts_behind
from desktop.domain.facts import Facts
from desktop.domain.local_rules import local
from desktop.domain.materials import objection
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import MaterialRule
from desktop.domain.walk_in import DEFICIENT, MaterialCheck, Verdict, WalkIn

_PROBLEMS = {
    Verdict.MISSING: "未提交",
    Verdict.UNREADABLE: "不清晰，无法辨认",
    Verdict.UNSIGNED: "未签名或者未盖章",
    Verdict.EXPIRED: "已过有效期",
    Verdict.INCONSISTENT: "与申报信息不一致",
    Verdict.OTHER: "不符合要求",
}
# How to put right a paper that was brought; one that is wanting, or wrong otherwise, by the cure of its rule.
_CURES = {
    Verdict.UNREADABLE: "带清晰的原件或者复印件来。",
    Verdict.UNSIGNED: "补签名、盖章后带来。",
    Verdict.EXPIRED: "带有效期内的材料来。",
    Verdict.INCONSISTENT: "与申报信息核对，更正后带来。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deficiency:
    """One gap of a filing: the paper or the datum, what is wrong, how to cure it, and the article."""

    code: str  # material code, or "info-N" for information to be corrected
    label: str
    problem: str
    cure: str
    article: str
    newly_visible: bool = True  # false marks an item that the earlier notice failed to name


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousNotice:
    """What the person was told before: the items named, the papers then found in order, and the facts."""

    items: tuple[str, ...]
    settled: tuple[str, ...]
    facts_fingerprint: str


def deficiencies(
    walk_in: WalkIn, assessment: Assessment, *, pack: PolicyPack, facts: Facts, previous: PreviousNotice | None = None
) -> tuple[Deficiency, ...]:
    """List every gap: papers judged deficient or objected to by the rules, then information to correct.

    With an earlier notice, a gap that it did not name is ``newly_visible`` only where a fact behind that paper
    changed or a paper handed in since then shows it; a paper that was missing then and was not named is not.
    """
    changes = changed_since(previous.facts_fingerprint, facts) if previous is not None else frozenset()
    found: list[Deficiency] = []
    for code in (*assessment.required_materials, *assessment.optional_materials):
        check = walk_in.check_of(code)
        problem = _problem(check, code, required=code in assessment.required_materials, facts=facts, pack=pack)
        if not problem:
            continue
        rule = pack.material(code)
        known = previous is not None and code in previous.items
        handed_in = check.verdict not in (Verdict.MISSING, Verdict.UNJUDGED) and (
            previous is None or code not in previous.settled
        )
        found.append(
            Deficiency(
                code=code,
                label=rule.label,
                problem=problem,
                cure=_cure(check, rule, facts=facts, pack=pack),
                article=rule.article,
                newly_visible=previous is None or known or handed_in or bool(changes & facts_behind(rule, pack)),
            )
        )
    for correction in walk_in.corrections:
        known = previous is not None and f"info-{correction.item}" in previous.items
        found.append(
            Deficiency(
                code=f"info-{correction.item}",
                label=f"{local('登记信息')}：{correction.item}",
                problem="需要更正",
                cure=correction.asked,
                article=pack.notice_article,
                newly_visible=previous is None or known or bool(changes),
            )
        )
    return tuple(found)


def paper_problem(check: MaterialCheck, rule: MaterialRule, *, required: bool, facts: Facts, pack: PolicyPack) -> str:
    """Say what stands against a paper that the clerk found in order: its own date, then the rules; else empty."""
    filed_on = facts.day("filed_on")
    if check.verdict is Verdict.IN_ORDER and check.valid_to is not None and filed_on and check.valid_to < filed_on:
        return f"{_PROBLEMS[Verdict.EXPIRED]}（至{check.valid_to.isoformat()}）"
    return objection(rule, facts, pack) if required else ""


def waived(walk_in: WalkIn, assessment: Assessment) -> tuple[str, ...]:
    """Name the required materials that the clerk holds not applicable against the rules."""
    return tuple(
        code for code in assessment.required_materials if walk_in.check_of(code).verdict is Verdict.NOT_APPLICABLE
    )


def settled_items(walk_in: WalkIn, found: tuple[Deficiency, ...]) -> tuple[str, ...]:
    """Name the papers that were in order when the notice was given."""
    gaps = {deficiency.code for deficiency in found}
    return tuple(
        check.code for check in walk_in.materials if check.verdict is Verdict.IN_ORDER and check.code not in gaps
    )


def unjudged(walk_in: WalkIn, assessment: Assessment) -> tuple[str, ...]:
    """Name the required materials that nobody has judged; a notice may not go out while there is one."""
    return tuple(code for code in assessment.required_materials if walk_in.check_of(code).verdict is Verdict.UNJUDGED)


def _cure(check: MaterialCheck, rule: MaterialRule, *, facts: Facts, pack: PolicyPack) -> str:
    """Say how to put a paper right: by what is wrong with it; by its rule where that says nothing."""
    if rule.is_information:
        return rule.cure
    if check.verdict is Verdict.IN_ORDER and objection(rule, facts, pack) != rule.unusable_because:
        # Found in order by the clerk, a paper stands here for its last valid day, unless its holder cannot do.
        return _CURES[Verdict.EXPIRED]
    return _CURES.get(check.verdict, rule.cure)


def _problem(check: MaterialCheck, code: str, *, required: bool, facts: Facts, pack: PolicyPack) -> str:
    if check.verdict in DEFICIENT:
        # An optional paper that was not brought is no gap.
        if not required and check.verdict is Verdict.MISSING:
            return ""
        words = _PROBLEMS[check.verdict]
        return f"{words}：{check.remark}" if check.remark else words
    return paper_problem(check, pack.material(code), required=required, facts=facts, pack=pack)
