"""The course of a hazard: which steps may follow, what each leads to, what is overdue.  Nothing here is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from desktop.domain.hazard import OPEN_STATES, ChainStage, HazardState, Responsible, StepKind

_S, _K = HazardState, StepKind

# What leaves the state as it is, and may happen to every open hazard.
_ASIDE: Final = (_K.REPORTED, _K.TRANSFERRED, _K.SUPERVISED, _K.MATERIALS_ASKED)
_AFTER: Final[Mapping[HazardState, Mapping[StepKind, HazardState]]] = MappingProxyType(
    {
        _S.FOUND: {
            _K.MEASURES: _S.RECTIFYING,
            _K.NOTICE: _S.RECTIFYING,
            _K.FEEDBACK: _S.AWAITING_RECHECK,
            _K.PASSED: _S.CLEARED,
            _K.REFUSED: _S.REFUSED,
        },
        _S.RECTIFYING: {
            _K.MEASURES: _S.RECTIFYING,
            _K.NOTICE: _S.RECTIFYING,
            _K.TERM: _S.RECTIFYING,
            _K.FEEDBACK: _S.AWAITING_RECHECK,
            _K.PASSED: _S.CLEARED,
            _K.FAILED: _S.RECTIFYING,
            _K.REFUSED: _S.REFUSED,
        },
        _S.AWAITING_RECHECK: {
            _K.PASSED: _S.CLEARED,
            _K.FAILED: _S.RECTIFYING,
            _K.REFUSED: _S.REFUSED,
        },
        # Who refused may still give in.
        _S.REFUSED: {
            _K.MEASURES: _S.REFUSED,
            _K.FEEDBACK: _S.AWAITING_RECHECK,
            _K.PASSED: _S.CLEARED,
            _K.FAILED: _S.REFUSED,
        },
        _S.CLEARED: {},
        _S.WITHDRAWN: {},
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a hazard stands, as far as it decides what may follow."""

    state: HazardState
    is_stopped: bool = False
    is_escalated: bool = False
    is_escalatable: bool = False  # a small work that is not high-risk and not escalated
    has_refused: bool = False  # somebody refused to put it right, at any time
    awaits_report: bool = False  # enforcement must know and does not yet


def steps_from(standing: Standing) -> frozenset[StepKind]:
    """Give the steps that may follow."""
    return frozenset(_steps_from(standing))


def state_after(standing: Standing, step: StepKind) -> HazardState:
    """Give the state that a step leads to; raises ``ValueError`` for one that may not follow."""
    if step not in steps_from(standing):
        raise ValueError(f"{step} may not follow {standing}")
    if step is StepKind.WITHDRAWN:
        return HazardState.WITHDRAWN
    if step is StepKind.FAILED and standing.has_refused:
        # Who refused, then said it was done, and had not done it, still refuses.
        return HazardState.REFUSED
    return _AFTER[standing.state].get(step, standing.state)


def is_overdue(state: HazardState, due_on: date | None, on: date) -> bool:
    """Say whether the term has passed: its last day counts in full, and what is said to be put right is not late."""
    waits = state in (HazardState.FOUND, HazardState.RECTIFYING, HazardState.REFUSED)
    return waits and due_on is not None and due_on < on


def days_open(found_on: date, ended_on: date | None, on: date) -> int:
    """Count the calendar days from finding to clearing, or to a day; 0 when both are one day."""
    return max(((ended_on or on) - found_on).days, 0)


def chain_of(*, found_on: date, steps: Iterable[tuple[StepKind, date]]) -> tuple[tuple[ChainStage, date], ...]:
    """Give the stages of 发现、查处、整改、销项 that were reached, each with its day."""
    days: dict[ChainStage, date] = {ChainStage.FOUND: found_on}
    for kind, on in steps:
        for stage in _STAGES.get(kind, ()):
            # Dealt with counts from the first step; put right and cleared from the last that held.
            days[stage] = days.get(stage, on) if stage is ChainStage.DEALT_WITH else on
        if kind is StepKind.FAILED:
            days.pop(ChainStage.RECTIFIED, None)
        if kind is StepKind.PASSED:
            # Nobody said it was put right before: whoever looked found it so.
            days.setdefault(ChainStage.RECTIFIED, on)
    return tuple((stage, days[stage]) for stage in ChainStage if stage in days)


def responsible_names(responsible: Responsible, *, owner: str, contractor: str) -> str:
    """Give the name of the responsible party as the site has it, empty where only the patroller knows it."""
    return {Responsible.OWNER: owner, Responsible.CONTRACTOR: contractor}.get(responsible, "")


_STAGES: Final[Mapping[StepKind, tuple[ChainStage, ...]]] = MappingProxyType(
    {
        _K.MEASURES: (ChainStage.DEALT_WITH,),
        _K.NOTICE: (ChainStage.DEALT_WITH,),
        _K.REFUSED: (ChainStage.DEALT_WITH,),
        _K.STOPPED: (ChainStage.DEALT_WITH,),
        _K.REPORTED: (ChainStage.DEALT_WITH,),
        _K.TRANSFERRED: (ChainStage.DEALT_WITH,),
        _K.FEEDBACK: (ChainStage.RECTIFIED,),
        _K.PASSED: (ChainStage.CLEARED,),
    }
)


def _steps_from(standing: Standing) -> Iterator[StepKind]:
    yield from _AFTER[standing.state]
    if standing.is_escalated:
        yield StepKind.ESCALATION_LIFTED
    if standing.state in OPEN_STATES:
        yield from _ASIDE
        yield StepKind.WITHDRAWN
        if not standing.is_stopped:
            yield StepKind.STOPPED
        if standing.is_escalatable:
            yield StepKind.ESCALATED
        return
    if standing.is_stopped:
        # Work goes on again only after what it was stopped for is gone.
        yield StepKind.RESUMED
    if standing.awaits_report and standing.state is HazardState.CLEARED:
        # What must be known to enforcement must be so also when it was put right at once.
        yield StepKind.REPORTED
        yield StepKind.TRANSFERRED
