"""What the window shows while the clerk types, and what else makes an act need a reason or closes it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from desktop.domain.acts import CHANNEL_OF, Act, AllowedAct, MaterialLine, Preview, StationKind
from desktop.domain.assess import assess
from desktop.domain.assessment_result import Assessment
from desktop.domain.changed_facts import changed_since, facts_behind
from desktop.domain.conduct import ConductWarning, with_conduct
from desktop.domain.counter_acts import acts_allowed
from desktop.domain.facts import Facts
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.one_time_notice import PreviousNotice, deficiencies, paper_problem, unjudged, waived
from desktop.domain.pack import PolicyPack
from desktop.domain.review import ReviewRule
from desktop.domain.splitting import SplitSuspicion
from desktop.domain.typed_faults import CORRECTION_INCOMPLETE, typed_faults
from desktop.domain.typed_texts import TEXT_FAULT
from desktop.domain.walk_in import Verdict, WalkIn, decisive_facts, is_another_matter
from desktop.domain.workdays import WorkdayCalendar

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

    ``communities`` are those of the street; ``suspicion`` is what the ledger says of works parted;
    ``conduct`` are the bad records about the contractor;
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
        terms=pack.deadlines,
        communities=communities,
    )
    blocked = next((fault.message for fault in faults if fault.blocking), "")
    unprintable = next((fault.message for fault in faults if fault.code in _ON_EVERY_PAPER), "")
    acts = acts_allowed(assessment, facts, station_kind, pack=pack, found=found, left=len(left), blocked=blocked)
    if before is not None and is_another_matter(before, walk_in):
        acts = tuple(_with_doubt(act) for act in acts)
    if left_out := waived(walk_in, assessment):
        acts = tuple(
            _with_waiver(
                act, [f"{pack.material(code).label}{in_brackets(pack.material(code).article)}" for code in left_out]
            )
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


def _with_suspicion(act: AllowedAct, suspicion: SplitSuspicion) -> AllowedAct:
    """Let works that look parted be accepted only with a reason, which stays with the filing."""
    if act.act is not Act.ACCEPT or not act.allowed:
        return act
    doubt = f"疑似分解工程{in_brackets(suspicion.article)}：{suspicion.because}"
    why = f"{act.why}{doubt}仍要受理的，须写明理由，理由随件保存。"
    return replace(act, needs_reason=True, why=why)


def _with_doubt(act: AllowedAct) -> AllowedAct:
    """Let what looks like another matter be decided under the old filing only with a reason."""
    if not act.allowed:
        return act
    changed = local("与上次来窗相比，类别或者业主和地点都变了：")
    why = f"{act.why}{changed}不是同一件的，请另起一件；确是同一件的，须写明理由。"
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
