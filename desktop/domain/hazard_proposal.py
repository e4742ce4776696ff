"""What the rules ask after a finding, in words with its article: actions, paper, clock and body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from desktop.domain.after_registration import Aftermath, follow_up
from desktop.domain.conditions import evaluate
from desktop.domain.facts import Facts
from desktop.domain.hazard import HazardLevel, Measure
from desktop.domain.local_catalogue import LocalCatalogue
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import FollowUp, MaterialRule

SAME_DAY: Final = "same_day_report_to_street_enforcement"
STOP: Final = "stop_immediately"
ESCALATE: Final = "escalate_to_high_risk"
NOTICE_PAPER: Final = "rectification_notice"
_NO_BODY: Final = ""
# The days are settings of the pack: the documents name none of the two.
_TERM_DAYS: Final = "rectification_days"
_REPORT_DAYS: Final = "upward_report_days"

ACTION_WORDS: Final[Mapping[str, str]] = LocalCatalogue(
    {
        "urge_update_personnel_on_platform": "督促指导施工单位在纳管平台上变更人员信息",
        "urge_rectification": "督促整改",
        STOP: "立即制止",
        "report": "报告、上报",
        "urge_registration": "督促指导建设单位或者业主办理安全生产信息登记",
        "urge_supplement_information": "督促指导建设单位补充完善有关信息和条件",
        SAME_DAY: "于当日上报街道相关执法机构",
        ESCALATE: "提级参照高风险小型工程管理",
    },
    local,
)
_MEASURE_OF: Final[Mapping[str, Measure]] = MappingProxyType(
    {
        "urge_update_personnel_on_platform": Measure.URGE_PERSONNEL,
        "urge_rectification": Measure.URGE,
        STOP: Measure.HALT,
        "report": Measure.REPORT,
        "urge_registration": Measure.URGE_REGISTRATION,
        "urge_supplement_information": Measure.URGE_SUPPLEMENT,
        SAME_DAY: Measure.REPORT,
        ESCALATE: Measure.REPORT,
    }
)
# What has to be put right within a term; other findings go to another body at once.
URGING: Final = frozenset(
    {Measure.URGE, Measure.URGE_PERSONNEL, Measure.URGE_REGISTRATION, Measure.URGE_SUPPLEMENT, Measure.STOP_WORK}
)
# Which reason for revocation a finding may turn out to be.
_REVOCATION_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "permit_missing_or_split": "permit_evasion",
        "land_or_planning_violation": "illegal_construction",
        "out_of_scope": "beyond_registered_scope",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedAction:
    """One thing to do, in words, with the article that asks it."""

    code: str
    text: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What follows from one finding.  ``report_by`` is None while nobody outside the office must know."""

    finding: str
    label: str
    article: str
    actions: tuple[ProposedAction, ...]
    measures: tuple[Measure, ...]
    due_on: date | None  # a term of rectification to offer
    report_by: date | None
    report_to: str
    report_article: str
    is_same_day: bool  # the article says 当日
    paper: str  # code of the paper that tells the responsible party, empty when none is to be given
    offers_transfer: bool  # a letter to the body belongs to it now
    offers_order: bool  # an enforcement officer may order the work stopped
    offers_escalation: bool
    offers_revocation: str  # code of the reason, empty for none
    offers_change: bool  # a change of the registered persons or information
    offers_registration: bool
    if_refused: str  # what a refusal leads to, in words; empty when the article names nothing
    if_late: str  # and what not putting it right in time leads to

    @property
    def sentences(self) -> tuple[str, ...]:
        """Give it as the sentences a patroller reads, each with its article."""
        said = [f"{each.text}{in_brackets(each.article)}。" for each in self.actions if not self._is_said_below(each)]
        if self.report_by is not None:
            when = f"当日（{self.report_by.month}月{self.report_by.day}日24:00前）" if self.is_same_day else "及时"
            said.append(f"{when}上报{self.report_to}{in_brackets(self.report_article)}。")
        if self.if_refused:
            said.append(f"拒不执行的，{self.if_refused}。")
        if self.if_late:
            said.append(f"未按期整改的，{self.if_late}。")
        return tuple(said)

    def _is_said_below(self, action: ProposedAction) -> bool:
        """Say whether the sentence on the body and its clock says the same."""
        if self.report_by is None:
            return False
        return action.code == SAME_DAY or (action.code == "report" and action.text.endswith(self.report_to))


def propose(
    facts: Facts,
    pack: PolicyPack,
    finding: str,
    *,
    level: HazardLevel,
    on: date,
    is_refused: bool = False,
    is_overdue: bool = False,
) -> Proposal:
    """Say what a finding asks for on a day; ``facts`` are the site's, empty for a work found unregistered.

    Raises ``KeyError`` for a finding the pack does not know.
    """
    if all(rule.code != finding for rule in pack.findings):
        raise KeyError(finding)
    asked = facts.with_facts(patrol_finding=finding, refuses_rectification=is_refused)
    found = follow_up(asked, pack)
    strict = _strict_rule(pack)
    is_same_day, article = _same_day(found, strict, level=level, is_refused=is_refused, is_overdue=is_overdue)
    reports = is_same_day or found.transfer_to is not None or (is_refused and found.if_refused is not None)
    measures = _measures(found, level)
    terms = not is_refused and not URGING.isdisjoint(measures)
    return Proposal(
        finding=finding,
        label=label_of(pack, finding),
        article=found.basis or "",
        actions=_actions(found, same_day_article=article if is_same_day else ""),
        measures=measures,
        due_on=_after(on, pack.number(_TERM_DAYS)) if terms else None,
        report_by=_report_by(on, pack, is_same_day=is_same_day) if reports else None,
        report_to=_body(found, strict, is_same_day=is_same_day) if reports else _NO_BODY,
        report_article=article or found.basis or "",
        is_same_day=is_same_day,
        paper=NOTICE_PAPER if terms else "",
        offers_transfer=reports,
        offers_order=level is HazardLevel.MAJOR or STOP in found.patrol_actions,
        offers_escalation=found.managed_as_high_risk,
        offers_revocation=_revocation(asked, pack, finding),
        offers_change="urge_update_personnel_on_platform" in found.patrol_actions
        or "urge_supplement_information" in found.patrol_actions,
        offers_registration="urge_registration" in found.patrol_actions,
        if_refused=_led_to(found.if_refused, found),
        if_late=_led_to(found.if_not_rectified, found) or _late_by(strict, found),
    )


def late_findings(pack: PolicyPack) -> frozenset[str]:
    """Name the findings which, not put right in time, must be reported on the same day."""
    strict = _strict_rule(pack)
    return frozenset(
        rule.code for rule in pack.findings if rule.if_not_rectified == SAME_DAY or _is_covered(strict, rule)
    )


def label_of(pack: PolicyPack, finding: str) -> str:
    """Give a finding in words."""
    return pack.finding_label(finding)


def finding_article(pack: PolicyPack, finding: str, kind: str | None) -> str:
    """Give the article of a finding on a work of a kind, empty for a finding the pack does not know.

    Some findings stand under another article for minor operations; ``kind`` is None where it is not known.
    """
    facts = Facts({"patrol_finding": finding, **({"kind": kind} if kind else {})})
    return follow_up(facts, pack).basis or ""


def supplements(facts: Facts, pack: PolicyPack) -> tuple[MaterialRule, ...]:
    """List the materials that are asked for only because a work is now managed as high-risk."""
    kind, numbers = facts.text("kind"), pack.numbers()
    as_high, as_low = facts.with_facts(high_risk=True), facts.with_facts(high_risk=False)
    return tuple(
        rule
        for rule in pack.materials
        if kind in rule.kinds
        and not rule.is_information
        and evaluate(rule.required, as_high, numbers).holds
        and not evaluate(rule.required, as_low, numbers).holds
    )


def _strict_rule(pack: PolicyPack) -> FollowUp | None:
    """Find the rule on dangers: stop them, and report the same day what stays or is major."""
    strict = (rule for rule in pack.findings if STOP in rule.actions and rule.if_not_rectified == SAME_DAY)
    return next(strict, None)


def _is_covered(strict: FollowUp | None, rule: FollowUp) -> bool:
    # The rule on dangers names works below the standards and without protection too, which another has alone.
    # What is reported on the day it is found waits for no term.
    is_told_at_once = SAME_DAY in rule.actions
    return strict is not None and STOP in rule.actions and rule.transfer_to is None and not is_told_at_once


def _same_day(
    found: Aftermath, strict: FollowUp | None, *, level: HazardLevel, is_refused: bool, is_overdue: bool
) -> tuple[bool, str]:
    """Say whether it must be reported on the day, and by which article."""
    own = found.basis or ""
    if SAME_DAY in found.patrol_actions or (is_refused and found.if_refused == SAME_DAY):
        return True, own
    if is_overdue and found.if_not_rectified == SAME_DAY:
        return True, own
    if strict is None:
        return False, ""
    is_danger = STOP in found.patrol_actions and found.transfer_to is None
    # Who refuses does not put it right in time either.
    if level is HazardLevel.MAJOR or (is_danger and (is_overdue or (is_refused and found.if_refused is None))):
        return True, strict.article
    return False, ""


def _actions(found: Aftermath, *, same_day_article: str) -> tuple[ProposedAction, ...]:
    codes = dict.fromkeys(found.patrol_actions, found.basis or "")
    if same_day_article:
        codes.setdefault(SAME_DAY, same_day_article)
    words = {**ACTION_WORDS, "report": _reported_to(found)}
    return tuple(ProposedAction(code=code, text=words.get(code, code), article=at) for code, at in codes.items())


def _reported_to(found: Aftermath) -> str:
    """Say whom an ordinary report goes to; the pack parts one's own unit and the body in case of refusal by "；"."""
    first = (found.report_to or "").partition("；")[0]
    if first == "本单位":
        return "向本单位报告"
    return f"按规定上报{first}" if first else ACTION_WORDS["report"]


def _measures(found: Aftermath, level: HazardLevel) -> tuple[Measure, ...]:
    measures = [_MEASURE_OF[code] for code in found.patrol_actions if code in _MEASURE_OF]
    if level is HazardLevel.MAJOR:
        measures += [Measure.HALT, Measure.STOP_WORK, Measure.REPORT]
    return tuple(dict.fromkeys(measures))


def _body(found: Aftermath, strict: FollowUp | None, *, is_same_day: bool) -> str:
    if found.transfer_to:
        return found.transfer_to
    if is_same_day and strict is not None and strict.report_to:
        return strict.report_to
    return found.report_to or ""


def _report_by(on: date, pack: PolicyPack, *, is_same_day: bool) -> date:
    return on if is_same_day else _after(on, pack.number(_REPORT_DAYS))


def _after(on: date, days: Decimal | None) -> date:
    # Without a number in the rules it is due at once; the form lets the officer put another day.
    return on + timedelta(days=int(days or 0))


def _revocation(facts: Facts, pack: PolicyPack, finding: str) -> str:
    code, numbers = _REVOCATION_OF.get(finding, ""), pack.numbers()
    rules = (rule for rule in pack.revocations if rule.code == code and evaluate(rule.when, facts, numbers).holds)
    rule = next(rules, None)
    return code if rule is not None and rule.status_change == "revoked" else ""


def _led_to(code: str | None, found: Aftermath) -> str:
    if code is None:
        return ""
    body = found.report_to or "街道相关执法机构"
    words = f"上报{body.rpartition('，')[2]}" if code == "report" else ACTION_WORDS.get(code, code)
    return f"{words}{in_brackets(found.basis or '')}"


def _late_by(strict: FollowUp | None, found: Aftermath) -> str:
    if strict is None or STOP not in found.patrol_actions or found.transfer_to is not None:
        return ""
    return f"{ACTION_WORDS[SAME_DAY]}{in_brackets(strict.article)}"


def finding_codes(pack: PolicyPack) -> tuple[str, ...]:
    """List the findings that can be chosen, in the order of the articles."""
    return tuple(dict.fromkeys(_codes(pack)))


def _codes(pack: PolicyPack) -> Iterator[str]:
    for rule in pack.findings:
        yield rule.code
