"""Sample filings for a first look: invented, and entered by the ordinary decisions."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any, Final

from desktop.domain.acts import DecisionRequest
from desktop.domain.fact_reading import read_facts
from desktop.domain.facts import Facts
from desktop.domain.progress import Progress
from desktop.domain.walk_in import MaterialCheck, Verdict, WalkIn
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.services.intake import IntakeService
from desktop.services.proposing import proposed_act
from desktop.services.resources import resources_folder
from desktop.services.revisits import Revisit

_OWN_KEYS: Final = frozenset({"sample", "again", "reason", "faulty_papers"})
# Days of the samples are written for this day and moved along, so that no certificate has run out.
_WRITTEN_FOR: Final = date(2026, 3, 2)


def enter_samples(intake: IntakeService, progress: Progress, *, today: date) -> int:
    """Decide every sample as the assessment proposes; gives how many decisions that were.

    A sample has its own act id, so that entering the samples twice doubles nothing.
    """
    samples = _read_samples()
    filings: dict[str, int] = {}
    for done, sample in enumerate(samples):
        progress.step(done, len(samples))
        earlier = filings.get(sample.get("again", ""))
        filings.setdefault(sample["sample"], _enter(intake, sample, earlier, today=today))
    progress.step(len(samples), len(samples))
    return len(samples)


def _enter(intake: IntakeService, sample: dict[str, Any], earlier: int | None, *, today: date) -> int:
    act_id = f"sample-{sample['sample']}"
    done = intake.decided_before(act_id)
    if done is not None:
        return done.filing_id
    revisit = intake.revisit(earlier) if earlier is not None else None
    typed = {key: value for key, value in sample.items() if key not in _OWN_KEYS}
    walk_in = walk_in_from_plain(_moved(typed, today - _WRITTEN_FOR), where=act_id, facts_reader=_declared)
    judged = _with_verdicts(intake, walk_in, sample.get("faulty_papers", {}), revisit)
    request = DecisionRequest(
        act_id=act_id,
        act=proposed_act(intake.preview(judged, revisit=revisit)),
        walk_in=judged,
        reason=sample.get("reason", ""),
        filing_id=earlier,
        signed=True,
        video_watched=True,
    )
    return intake.decide(request).filing_id


def _with_verdicts(intake: IntakeService, walk_in: WalkIn, faulty: dict[str, str], revisit: Revisit | None) -> WalkIn:
    """Find every paper of the list in order but the faulty ones."""
    for line in intake.preview(walk_in, revisit=revisit).lines:
        verdict = Verdict(faulty.get(line.code, Verdict.IN_ORDER.value))
        walk_in = walk_in.with_check(MaterialCheck(code=line.code, verdict=verdict))
    return walk_in


def _declared(raw: object, where: str) -> Facts:
    return read_facts(raw, where=where)


def _moved(value: Any, by: timedelta) -> Any:
    """Move every day of a sample along with today."""
    if isinstance(value, dict):
        return {
            key: (date.fromisoformat(part) + by).isoformat()
            if isinstance(part, str) and key.endswith(("_on", "valid_to", "valid_from"))
            else _moved(part, by)
            for key, part in value.items()
        }
    return [_moved(part, by) for part in value] if isinstance(value, list) else value


def _read_samples() -> list[dict[str, Any]]:
    text = (resources_folder() / "samples" / "filings.json").read_text(encoding="utf-8")
    samples: list[dict[str, Any]] = json.loads(text)
    return samples
