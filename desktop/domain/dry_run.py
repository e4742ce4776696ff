"""Trying a version of the rules over filings that were judged by another: what would be different, filing by filing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from desktop.domain.assessment_result import UNDETERMINED, Assessment
from desktop.domain.explanation_effects import OPEN, outcome_words, point_words, risk_words
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_rules import Outcome


class ChangeKind(StrEnum):
    """In what a filing would be judged differently."""

    SCOPE = "scope"
    RISK = "risk"
    COUNTER = "counter"
    MATERIALS = "materials"
    DEPARTMENT = "department"
    DEADLINES = "deadlines"

    @property
    def label(self) -> str:
        """Give the word shown."""
        return _LABELS[self]


_LABELS: Final = {
    ChangeKind.SCOPE: "登记范围",
    ChangeKind.RISK: "风险",
    ChangeKind.COUNTER: "受理点",
    ChangeKind.MATERIALS: "申报材料",
    ChangeKind.DEPARTMENT: "主管部门",
    ChangeKind.DEADLINES: "期限",
}
# Each day with its words, and the result whose reason names its article.
_DAYS: Final[Mapping[str, tuple[str, str]]] = {
    "validity_end": ("有效期至", "validity_end"),
    "extension_first": ("可申请延期自", "extension_window"),
    "site_check_by": ("首次现场检查期限", "site_check_by"),
    "acceptance_feedback_by": ("受理反馈期限", "acceptance_feedback"),
}
# What may still be registered, by a decision of its own: its risk, counter and papers matter too.
_OPEN: Final = (Outcome.NEEDS_REVIEW, UNDETERMINED)
# The results that are compared, as they stand in the plain form of an assessment.
COMPARED: Final = (
    "outcome",
    "high_risk",
    "acceptance_point",
    "required_materials",
    "industry_department",
    "validity_end",
    "extension_window",
    "site_check_by",
    "acceptance_feedback",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRunChange:
    """One thing that would be different: what it is now, what it would be, and the article that would say so."""

    kind: ChangeKind
    before: str
    after: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRunRow:
    """One filing that would be judged differently; nobody's name is in it."""

    filing_id: int
    number: str
    filed_on: date
    community: str
    category: str
    version: str  # what it was judged by and keeps
    changes: tuple[DryRunChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What a version would do to the filings of a period; nothing was written."""

    pack_id: str
    version: str
    first_on: date
    last_on: date
    judged: int
    unreadable: int = 0  # filings whose facts this program does not read; never counted as unchanged
    rows: tuple[DryRunRow, ...] = ()
    transitions: Mapping[tuple[ChangeKind, str, str], int] = field(default_factory=dict)

    def count(self, kind: ChangeKind) -> int:
        """Give how many filings would change in one thing."""
        return sum(any(change.kind is kind for change in row.changes) for row in self.rows)


def differences(before: Assessment, after: Assessment, *, old: PolicyPack, new: PolicyPack) -> tuple[DryRunChange, ...]:
    """Compare what two versions make of the same facts."""
    return tuple(_differences(before, after, old, new))


def _differences(before: Assessment, after: Assessment, old: PolicyPack, new: PolicyPack) -> Iterator[DryRunChange]:
    if before.outcome != after.outcome:
        yield _change(ChangeKind.SCOPE, after, "outcome", outcome_words(before), outcome_words(after))
    is_open_still = before.outcome == after.outcome and before.outcome in _OPEN
    if is_open_still or (before.registrable and after.registrable):
        if before.high_risk != after.high_risk:
            yield _change(ChangeKind.RISK, after, "high_risk", risk_words(before), risk_words(after))
        if before.acceptance_point != after.acceptance_point:
            yield _change(ChangeKind.COUNTER, after, "acceptance_point", point_words(before), point_words(after))
        yield from _materials(before, after, old, new)
        if before.industry_department != after.industry_department:
            sides = (_department(before), _department(after))
            yield _change(ChangeKind.DEPARTMENT, after, "industry_department", *sides)
        for name, (label, decides) in _DAYS.items():
            days = getattr(before, name), getattr(after, name)
            if days[0] != days[1]:
                sides = (f"{label}{days[0] or '不设'}", f"{label}{days[1] or '不设'}")
                yield _change(ChangeKind.DEADLINES, after, decides, *sides)


def _department(assessment: Assessment) -> str:
    found = assessment.industry_department
    return OPEN if found == UNDETERMINED else found or "未列出"


def _materials(before: Assessment, after: Assessment, old: PolicyPack, new: PolicyPack) -> Iterator[DryRunChange]:
    gone = [old.material(code).label for code in before.required_materials if code not in after.required_materials]
    come = [new.material(code) for code in after.required_materials if code not in before.required_materials]
    if gone or come:
        yield DryRunChange(
            kind=ChangeKind.MATERIALS,
            before=f"不再需要：{'、'.join(gone)}" if gone else "",
            after=f"另需：{'、'.join(rule.label for rule in come)}" if come else "",
            article="、".join(dict.fromkeys(rule.article for rule in come)),
        )


def _change(kind: ChangeKind, after: Assessment, decides: str, said_before: str, said_after: str) -> DryRunChange:
    return DryRunChange(kind=kind, before=said_before, after=said_after, article=after.article_for(decides))


def transitions_of(rows: Iterable[DryRunRow]) -> Mapping[tuple[ChangeKind, str, str], int]:
    """Count the same change over all filings, the commonest first; days and papers only by kind."""
    counted: Counter[tuple[ChangeKind, str, str]] = Counter()
    for row in rows:
        for change in row.changes:
            is_plain = change.kind not in (ChangeKind.DEADLINES, ChangeKind.MATERIALS)
            counted[(change.kind, change.before if is_plain else "", change.after if is_plain else "")] += 1
    return dict(counted.most_common())
