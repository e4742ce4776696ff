"""Samples for a first look: invented, and entered by the ordinary acts on days of the past weeks and today."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from desktop.domain.access import FOUNDER
from desktop.domain.acts import Act, Decided, DecisionRequest
from desktop.domain.errors import ClerkError
from desktop.domain.fact_reading import read_facts
from desktop.domain.facts import Facts
from desktop.domain.progress import Progress
from desktop.domain.walk_in import MaterialCheck, Verdict, WalkIn
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.domain.workdays import WorkdayCalendar
from desktop.services.intake import IntakeService
from desktop.services.proposing import proposed_act
from desktop.services.resources import resources_folder
from desktop.services.revisits import Revisit
from desktop.services.sample_acts import SampleActs, SampleServices
from desktop.services.sample_books import SampleBooks
from desktop.services.sample_fitting import faulty_papers, fitted, said_here
from desktop.services.station import Station

_OWN_KEYS: Final = frozenset({"sample", "ago", "again", "reason", "faulty_papers", "rests_on"})
# What the rules of the place leave open or do not know yet: the sample is left out.
_UNDECIDED: Final = frozenset({"no_pack_in_force", "act_not_allowed"})
# Days of the samples are written for this day and moved along, so that no certificate has run out.
_GAPS_NAMED: Final = 3
_WRITTEN_FOR: Final = date(2026, 3, 2)


@dataclass(frozen=True, slots=True)
class _Step:
    """One sample or one act, and the day on which it is entered."""

    on: date
    take: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplesEntered:
    """How many samples were decided, how many left out, and what the rules of the place leave open."""

    entered: int
    left_out: int
    gaps: tuple[str, ...]

    def why_left_out(self) -> str:
        """Say how many were left out and why; empty where none was."""
        if not self.left_out:
            return ""
        if not self.gaps:
            return f"示例放入 {self.entered} 件，另 {self.left_out} 件是本地规则没有的类别或者情形，没有放入。"
        named = "、".join(self.gaps[:_GAPS_NAMED]) + ("等" if len(self.gaps) > _GAPS_NAMED else "")
        return (
            f"示例放入 {self.entered} 件，{self.left_out} 件没有放入：规则的 {len(self.gaps)} 项空缺"
            f"（{named}）没有填写，不能判断，或者本地没有这一类。填写后可以另建台账再放入。"
        )


def enter_samples(
    station: Station, services: SampleServices, progress: Progress, *, calendar: WorkdayCalendar, is_fresh: bool
) -> SamplesEntered:
    """Decide every sample as the assessment proposes and let its life begin; gives how many decisions that were.

    A sample goes into the categories and the materials of the place; what its rules do not know, or cannot decide
    before their gaps are filled in, is left out with all that would follow from it.

    A sample and each later act has its own act id, so that entering the samples twice doubles nothing.  They are
    entered in the order of their days, so that numbers follow the days; the trail has the moment they were entered.
    In a ``is_fresh`` ledger, which holds nothing but what is invented here, everything is entered; later on what who
    is at work may not do is left out.
    """
    usual, samples = station.today(), _read_samples()
    later = tomllib.loads((_folder() / "later.toml").read_text(encoding="utf-8"))
    filings, registered, entered = dict[str, int](), dict[str, int](), list[int]()
    acts = SampleActs(station, services, registered, patrollers=tuple(later["patrollers"]))
    books = SampleBooks(station, services.books, services.life, filings=registered)

    def enter(sample: dict[str, Any]) -> None:
        decided = _decided(services.intake, sample, filings, today=station.today())
        if decided is None:
            return
        entered.append(decided.filing_id)
        filings.setdefault(sample["sample"], decided.filing_id)
        if decided.act is Act.ACCEPT:
            registered[sample["sample"]] = decided.filing_id

    def do(act: dict[str, Any]) -> None:
        with _with_every_right(station) if is_fresh else nullcontext():
            acts.do(said_here(act))

    def write(entry: dict[str, Any]) -> None:
        with _with_every_right(station) if is_fresh else nullcontext():
            books.write(said_here(entry))

    steps = [_Step(_window_day(usual, sample.get("ago", 0), calendar), partial(enter, sample)) for sample in samples]
    steps += [_Step(usual - timedelta(days=act["ago"]), partial(do, act)) for act in _each_visit(later["acts"])]
    steps += [_Step(usual - timedelta(days=entry["ago"]), partial(write, entry)) for entry in later["books"]]
    # What is entered on one day stays in the order of the files: registrations first.
    steps.sort(key=lambda step: step.on)
    for done, step in enumerate(steps):
        progress.step(done, len(steps))
        with _on_day(station, step.on):
            step.take()
    progress.step(len(steps), len(steps))
    return SamplesEntered(entered=len(entered), left_out=len(samples) - len(entered), gaps=_gap_labels(services.intake))


def _gap_labels(intake: IntakeService) -> tuple[str, ...]:
    pack = intake.pack()
    return tuple(pack.gap_label(name) for name in pack.gaps())


@contextmanager
def _on_day(station: Station, day: date) -> Iterator[None]:
    """Let the window work on another day; the moments on record stay those of the clock."""
    usual = station.today
    station.today = lambda: day
    try:
        yield
    finally:
        station.today = usual


@contextmanager
def _with_every_right(station: Station) -> Iterator[None]:
    """Let who is at work do what patrollers and managers do, still under their own name."""
    at_work = station.actor
    station.work_as(replace(at_work, grants=FOUNDER.grants))
    try:
        yield
    finally:
        station.work_as(at_work)


def _window_day(usual: date, ago: int, calendar: WorkdayCalendar) -> date:
    """Give the day so many days before, or the working day before that; today stays today."""
    day = usual - timedelta(days=ago)
    while ago and not calendar.is_workday(day):
        day -= timedelta(days=1)
    return day


def _each_visit(acts: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for act in acts:
        if isinstance(act["ago"], int):
            yield act
        else:
            yield from ({**act, "ago": ago, "name": f"{act['name']}-{ago}"} for ago in act["ago"])


def _act_id(sample: dict[str, Any]) -> str:
    return f"sample-{sample['sample']}"


def _decided(intake: IntakeService, sample: dict[str, Any], filings: dict[str, int], *, today: date) -> Decided | None:
    """Decide a sample by the rules of the day; None where they do not know it or leave it open."""
    done = intake.decided_before(_act_id(sample))
    if done is not None:
        return done
    earlier = sample.get("again", "")
    if earlier and earlier not in filings:
        return None
    try:
        fit = fitted(sample, intake.pack())
        return None if fit is None else _enter(intake, fit, filings.get(earlier), today=today)
    except ClerkError as error:
        if error.code not in _UNDECIDED:
            raise
        return None


def _enter(intake: IntakeService, sample: dict[str, Any], earlier: int | None, *, today: date) -> Decided:
    act_id = _act_id(sample)
    revisit = intake.revisit(earlier) if earlier is not None else None
    typed = {key: value for key, value in sample.items() if key not in _OWN_KEYS}
    walk_in = walk_in_from_plain(_moved(typed, today - _WRITTEN_FOR), where=act_id, facts_reader=_declared)
    judged = _with_verdicts(intake, walk_in, sample, revisit)
    request = DecisionRequest(
        act_id=act_id,
        act=proposed_act(intake.preview(judged, revisit=revisit)),
        walk_in=judged,
        reason=sample.get("reason", ""),
        filing_id=earlier,
        signed=True,
        video_watched=True,
    )
    return intake.decide(request)


def _with_verdicts(intake: IntakeService, walk_in: WalkIn, sample: dict[str, Any], revisit: Revisit | None) -> WalkIn:
    """Find every paper of the list in order but the faulty ones."""
    lines = intake.preview(walk_in, revisit=revisit).lines
    faulty = faulty_papers(sample, lines)
    for line in lines:
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
    samples: list[dict[str, Any]] = json.loads((_folder() / "filings.json").read_text(encoding="utf-8"))
    return samples


def _folder() -> Path:
    return resources_folder() / "samples"
