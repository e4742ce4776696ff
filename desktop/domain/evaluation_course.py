"""A round of evaluation as it stands: who handed in, what was scored, what is to be put right.  Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from desktop.domain.evaluation import (
    Dimension,
    EvaluationItem,
    EvaluationLine,
    EvaluationRound,
    SampledProject,
    Stage,
)
from desktop.domain.measure import Figure, Measure
from desktop.domain.period import Period
from desktop.domain.sampling import rank

# The line of an organisation that is about the stage as a whole: its day of handing in, or of the visit.
WHOLE: Final = "whole"
DRAWN_SHARE: Final = Decimal("0.5")  # half of the organisations are visited
# Subjects that rule documents must speak of; money and approval alone are a known defect.
RULE_SUBJECTS: Final[Mapping[str, str]] = {"survey": "排摸", "patrol": "巡查", "daily": "日常监管"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDraft:
    """A round to be opened, with the table of items as it is now."""

    act_id: str
    name: str
    period: Period
    self_due_on: date | None
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDraft:
    """A project seen on site as typed; ``filing_number`` is empty for one without registration."""

    act_id: str
    round_id: int
    organisation: str
    filing_number: str
    project: str
    seen_on: date
    findings: tuple[tuple[str, str], ...]
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedProject:
    """A registration drawn to be looked at on site; numbers of persons covered."""

    filing_id: int
    number: str
    project: str
    place: str
    community: str


@dataclass(frozen=True, slots=True)
class Score:
    """Marks given and how many items have them; ``full`` is None while one of the items has no full marks."""

    given: Decimal | None
    full: Decimal | None
    scored: int
    items: int

    @property
    def is_whole(self) -> bool:
        """Say whether every item has its mark."""
        return self.scored == self.items

    @property
    def words(self) -> str:
        """Write the score: 18.5 / 20; a dash while nothing is given, and how many items have none."""
        if self.given is None:
            return "—"
        shown = f"{number_words(self.given)} / {number_words(self.full)}" if self.full else number_words(self.given)
        return shown if self.is_whole else f"{shown}（缺{self.items - self.scored}项）"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationStanding:
    """How one organisation stands in a round; ``is_late`` also holds where nothing came by the day."""

    organisation: str
    handed_in_on: date | None
    is_late: bool
    is_visited: bool
    visited_on: date | None
    own: Score
    field: Score
    problems: int
    open_measures: int
    overdue_measures: int
    projects: int

    @property
    def handed_in_words(self) -> str:
        """Say whether the report of the self-evaluation came, and when."""
        if self.handed_in_on is None:
            return "逾期未交" if self.is_late else "未交"
        return f"{self.handed_in_on.isoformat()} 交{'（逾期）' if self.is_late else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A problem with what is to be done about it."""

    line: EvaluationLine
    item: str
    is_overdue: bool

    @property
    def state(self) -> str:
        """Say how it stands."""
        if self.line.done_on is not None:
            return "已完成"
        if not self.line.measure:
            return "没有措施"
        return "逾期" if self.is_overdue else "进行中"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingCount:
    """How often one kind of finding was seen, and in how many projects."""

    code: str
    times: int
    projects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A round whole, as at a day; ``figures`` are those of the ledger by organisation and measure.

    ``rules`` are the subjects of the rule documents of an organisation that the library holds.
    """

    round: EvaluationRound
    today: date
    lines: tuple[EvaluationLine, ...]
    projects: tuple[SampledProject, ...]
    figures: Mapping[tuple[str, str], Figure] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    rules: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def line(self, organisation: str, item: str, stage: Stage) -> EvaluationLine:
        """Give what is said; an empty line where nothing is."""
        found = (
            each for each in self.lines if (each.organisation, each.item, each.stage) == (organisation, item, stage)
        )
        return next(found, None) or EvaluationLine(
            round_id=self.round.id, organisation=organisation, item=item, stage=stage, score=None
        )

    def standing(self, organisation: str) -> OrganisationStanding:
        """Sum up one organisation."""
        whole = self.line(organisation, WHOLE, Stage.SELF)
        due_on, handed_in = self.round.self_due_on, whole.done_on
        ups = [each for each in self.follow_ups() if each.line.organisation == organisation]
        is_open = [each for each in ups if each.line.done_on is None]
        return OrganisationStanding(
            organisation=organisation,
            handed_in_on=handed_in,
            is_late=due_on is not None and (handed_in or self.today) > due_on,
            is_visited=organisation in self.round.visited,
            visited_on=self.line(organisation, WHOLE, Stage.FIELD).done_on,
            own=self.score(organisation, Stage.SELF),
            field=self.score(organisation, Stage.FIELD),
            problems=len(ups),
            open_measures=len(is_open),
            overdue_measures=sum(each.is_overdue for each in is_open),
            projects=sum(project.organisation == organisation for project in self.projects),
        )

    def standings(self) -> tuple[OrganisationStanding, ...]:
        """Sum up every organisation, in the order of the round."""
        return tuple(self.standing(organisation) for organisation in self.round.organisations)

    def score(self, organisation: str, stage: Stage, dimension: Dimension | None = None) -> Score:
        """Add up the marks of an organisation, of one dimension or of all."""
        items = [item for item in self.round.items_at(stage) if dimension in (None, item.dimension)]
        return score_of(items, [self.line(organisation, item.code, stage) for item in items])

    def follow_ups(self) -> tuple[FollowUp, ...]:
        """List the problems named, and the measures promised, by organisation and item."""
        order = {name: place for place, name in enumerate(self.round.organisations)}
        found = [line for line in self.lines if line.problem or line.measure]
        found.sort(key=lambda line: (order.get(line.organisation, len(order)), self._place(line.item), line.stage))
        return tuple(
            FollowUp(
                line=line,
                item=item.text if (item := self.round.item(line.item)) else "总体情况",
                is_overdue=line.done_on is None and line.due_on is not None and line.due_on < self.today,
            )
            for line in found
        )

    def findings(self) -> tuple[FindingCount, ...]:
        """Count the findings at sampled projects by entry of the dictionary of hazards, the most frequent first."""
        times = Counter(code for project in self.projects for code, _said in project.findings)
        in_projects = Counter(code for project in self.projects for code in {one for one, _said in project.findings})
        counted = [FindingCount(code=code, times=times[code], projects=in_projects[code]) for code in times]
        return tuple(sorted(counted, key=lambda each: (-each.times, each.code)))

    def lacking_rules(self, organisation: str) -> tuple[str, ...]:
        """Name the subjects that the rule documents of an organisation say nothing of, of those that must be there."""
        held = self.rules.get(organisation, frozenset())
        return tuple(word for code, word in RULE_SUBJECTS.items() if code not in held)

    def _place(self, code: str) -> int:
        return next((place for place, item in enumerate(self.round.items) if item.code == code), -1)


def score_of(items: Sequence[EvaluationItem], lines: Iterable[EvaluationLine]) -> Score:
    """Add up marks: nothing given is no zero."""
    given = [line.score for line in lines if line.score is not None]
    full = [item.full_marks for item in items]
    known = [marks for marks in full if marks is not None]
    return Score(
        given=sum(given, Decimal(0)) if given else None,
        full=sum(known, Decimal(0)) if known and len(known) == len(full) else None,
        scored=len(given),
        items=len(items),
    )


def drawn_of(names: Sequence[str], *, seed: str, count: int) -> tuple[str, ...]:
    """Draw some names, each once; the order in which they are listed does not matter (see ``domain.sampling``)."""
    return tuple(sorted(set(names), key=lambda name: (rank(seed, name), name))[:count])


def number_words(value: Decimal) -> str:
    """Write marks without needless zeros."""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
