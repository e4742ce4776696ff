"""What is wanting in hazards and steps as entered, field by field, in the patroller's words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Final

from desktop.domain.acts import FieldFault
from desktop.domain.hazard import (
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    LONGEST_SPOT,
    MOST_AT_ONCE,
    HazardDraft,
    HazardRequest,
    StepKind,
    StepRequest,
)
from desktop.domain.hazard_proposal import URGING
from desktop.domain.local_rules import cited
from desktop.domain.typed_text import clean_text
from desktop.domain.unprintable import unprintable_fault

# Steps that say nothing without a sentence: what was seen, why, how it was checked.
_NEEDS_TEXT: Final = frozenset(
    {
        StepKind.TERM,
        StepKind.FEEDBACK,
        StepKind.FAILED,
        StepKind.REFUSED,
        StepKind.STOPPED,
        StepKind.RESUMED,
        StepKind.SUPERVISED,
        StepKind.ESCALATED,
        StepKind.ESCALATION_LIFTED,
        StepKind.WITHDRAWN,
    }
)


def hazard_faults(request: HazardRequest, *, findings: Collection[str], today: date) -> tuple[FieldFault, ...]:
    """List every fault of hazards as entered; paths such as "hazards.0.description"."""
    return tuple(_of_request(request, findings, today))


def step_faults(
    request: StepRequest, *, found_on: date, today: date, has_term: bool, follows: date | None = None
) -> tuple[FieldFault, ...]:
    """List every fault of one step as entered.

    ``has_term`` says that a term of rectification was set before, ``follows`` is the day of what the step answers.
    """
    return tuple(_of_step(request, found_on, today, has_term=has_term, follows=follows))


def _of_request(request: HazardRequest, findings: Collection[str], today: date) -> Iterator[FieldFault]:
    if not request.hazards:
        yield _fault("hazards", "missing", "没有填写隐患")
    if len(request.hazards) > MOST_AT_ONCE:
        yield _fault("hazards", "too_many", f"一次最多记 {MOST_AT_ONCE} 条，请分次记录")
    if request.found_on > today:
        yield _fault("found_on", "in_future", "发现日期在今天以后，请核对")
    has_no_site = request.site.filing_id is None and request.site.found_site_id is None
    if has_no_site and not clean_text(request.community):
        yield _fault("community", "missing", "没有对应的工地，请填写社区")
    for place, draft in enumerate(request.hazards):
        yield from _of_draft(draft, f"hazards.{place}", findings, request.found_on)


def _of_draft(draft: HazardDraft, path: str, findings: Collection[str], found_on: date) -> Iterator[FieldFault]:
    if draft.finding not in findings:
        yield _fault(f"{path}.finding", "missing", f"请选择发现的情形{cited('patrol_findings')}")
    if not clean_text(draft.description):
        yield _fault(f"{path}.description", "missing", "请写明隐患情况")
    for name, text, longest in (
        ("description", draft.description, LONGEST_DESCRIPTION),
        ("spot", draft.spot, LONGEST_SPOT),
        ("responsible_name", draft.responsible_name, LONGEST_NAME),
    ):
        if fault := unprintable_fault(text.strip(), longest=longest):
            yield _fault(f"{path}.{name}", "text_unfit", fault)
    if draft.is_on_the_spot and draft.is_refused:
        yield _fault(f"{path}.is_refused", "contradicting", "当场整改和拒不整改只能选一项")
    if draft.is_on_the_spot:
        return
    if draft.due_on is not None and draft.due_on < found_on:
        yield _fault(f"{path}.due_on", "before_found", "整改期限早于发现日期，请核对")
    if draft.due_on is None and not draft.is_refused and not URGING.isdisjoint(draft.measures):
        yield _fault(f"{path}.due_on", "missing", "督促整改的，请填写整改期限；当场整改的，请勾选“当场整改”")


def _of_step(
    request: StepRequest, found_on: date, today: date, *, has_term: bool, follows: date | None
) -> Iterator[FieldFault]:
    if request.on > today:
        yield _fault("on", "in_future", "日期在今天以后，请核对")
    if request.on < found_on:
        yield _fault("on", "before_found", "日期早于发现隐患的日期，请核对")
    elif follows is not None and request.on < follows:
        yield _fault("on", "before_step", f"日期早于上一步的日期（{follows.isoformat()}），请核对")
    if not clean_text(request.text) and request.kind in _NEEDS_TEXT:
        yield _fault("text", "missing", "请写明情况")
    if fault := unprintable_fault(request.text.strip(), longest=LONGEST_DESCRIPTION):
        yield _fault("text", "text_unfit", fault)
    for place, name in enumerate(request.names):
        if fault := unprintable_fault(name.strip(), longest=LONGEST_NAME):
            yield _fault(f"names.{place}", "text_unfit", fault)
    if request.kind is StepKind.SUPERVISED and not any(clean_text(name) for name in request.names):
        yield _fault("names", "missing", "请填写督办级别，例如“区级督办”")
    if request.kind is StepKind.REPORTED and not any(clean_text(name) for name in request.names):
        yield _fault("names", "missing", "请填写上报的机构")
    if request.kind is StepKind.MEASURES and not request.measures:
        yield _fault("measures", "missing", "请选择采取的措施")
    needs_term = request.kind is StepKind.TERM or (request.kind is StepKind.NOTICE and not has_term)
    if request.due_on is None and needs_term:
        yield _fault("due_on", "missing", "请填写整改期限")
    if request.due_on is not None and request.due_on < request.on:
        yield _fault("due_on", "before_step", "整改期限早于本次日期，请核对")


def _fault(field: str, code: str, message: str) -> FieldFault:
    return FieldFault(field=field, code=code, message=message)
