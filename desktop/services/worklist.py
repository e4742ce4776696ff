"""The worklist (待办): what is due for who is signed in, each in their own scope; changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.hazard_proposal import finding_article, late_findings
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.pack import PolicyPack
from desktop.domain.registration_life import extension_count
from desktop.domain.review import ReviewOutcome
from desktop.domain.site import SiteRef
from desktop.domain.worklist import (
    LOOKS_AHEAD_DAYS,
    RIGHT_OF,
    ROLES_OF,
    WORKLIST_RIGHTS,
    Task,
    TaskGroup,
    TaskKind,
    Urgency,
    Worklist,
    WorklistCounts,
    WorklistCriteria,
    in_order,
    urgency_on,
)
from desktop.models.database import Database
from desktop.models.review import Review
from desktop.queries.worklist import (
    Found,
    SiteNames,
    count_by_urgency,
    matters_of,
    names_of,
    newest_reviews,
    page_of,
    sources,
    sources_by_version,
    within,
)
from desktop.queries.worklist_source import Source, Terms
from desktop.services.calendar import CalendarService
from desktop.services.duties import DutyService
from desktop.services.patrol_plan import PatrolPlanService
from desktop.services.press import Press
from desktop.services.station import Station
from desktop.services.worklist_printing import WorklistPrinting
from desktop.services.worklist_words import OF_HAZARDS, Known, article_of, remark_of, who_of

MOST_LINES: Final = 20  # of a group, before all of it is asked for
# A kind with fewer tasks than this is counted by its rows, in one question.
_COUNTED_BY_ROWS: Final = 200
_ALL: Final = WorklistCriteria()
_OUTCOME_OF: Final = {
    TaskKind.REVIEW: ReviewOutcome.OPEN,
    TaskKind.RETURNED: ReviewOutcome.RETURNED,
    TaskKind.OPINION: ReviewOutcome.OPINION,
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """One kind as it is asked for: its source with what narrows it down."""

    source: Source
    only: tuple[ColumnElement[bool], ...]


class WorklistService:
    """Gives tasks and counts; a kind is one's own by the rights of its roles, within the areas of those rights."""

    def __init__(
        self,
        database: Database,
        station: Station,
        *,
        calendar: CalendarService,
        plan: PatrolPlanService,
        duties: DutyService,
        press: Press,
    ) -> None:
        self._database, self._station = database, station
        self._calendar, self._plan, self._duties = calendar, plan, duties
        self._printing = WorklistPrinting(database, station, press=press, read=self.worklist)

    def worklist(self, criteria: WorklistCriteria = _ALL, *, most: int = MOST_LINES) -> Worklist:
        """Give the groups in the order of the list, each with its first tasks, and all counts.

        Raises ``ClerkError("not_permitted")`` for who has none of the rights.
        """
        counts = Counter[tuple[TaskKind, Urgency]]()
        shown: list[Found] = []
        with self._database.reading() as session:
            # The counts stand beside the filters: they say what another kind or urgency would show.
            for asked in self._asked(replace(criteria, kind=None)):
                kind = asked.source.kind
                for urgency, (count, found) in self._of_source(session, asked, most).items():
                    counts[kind, urgency] += count
                    if criteria.urgency in (None, urgency) and criteria.kind in (None, kind):
                        shown += found
            told = self._told(session, shown)
        today, lines = self._station.today(), defaultdict[tuple[TaskKind, Urgency], list[Task]](list)
        for task in told:
            lines[task.kind, task.urgency(today)].append(task)
        groups = (
            TaskGroup(kind=kind, urgency=how, count=counts[kind, how], tasks=_earliest(tasks)[:most])
            for (kind, how), tasks in lines.items()
        )
        return Worklist(
            day=today, groups=in_order(groups), counts=WorklistCounts(by=+counts), notes=self._duties.notes()
        )

    def page(
        self, kind: TaskKind, urgency: Urgency, criteria: WorklistCriteria = _ALL, *, after: int = 0, most: int = 200
    ) -> tuple[Task, ...]:
        """Give further tasks of one group; raises as ``worklist``."""
        today, asked = self._station.today(), list(self._asked(replace(criteria, kind=kind)))
        # Several sources of a kind are one list: each gives as many as the page could need.
        skipped = after if len(asked) == 1 else 0
        whole = after - skipped + most
        with self._database.reading() as session:
            found = [
                each
                for one in asked
                for each in page_of(
                    session, one.source, one.only, urgency=urgency, today=today, most=whole, after=skipped
                )
            ]
            return self._told(session, sorted(found, key=_by_day)[after - skipped : whole])

    def counts(self, criteria: WorklistCriteria = _ALL) -> WorklistCounts:
        """Count without reading the rows, for the rail; raises as ``worklist``."""
        today, counts = self._station.today(), Counter[tuple[TaskKind, Urgency]]()
        with self._database.reading() as session:
            for asked in self._asked(criteria):
                for urgency, count in count_by_urgency(session, asked.source, asked.only, today).items():
                    counts[asked.source.kind, urgency] += count
        return WorklistCounts(by=+counts)

    def pdf(self, criteria: WorklistCriteria = _ALL) -> bytes:
        """Give the list as a paper to be taken along (待办清单), and put on record that it left the program.

        Raises as ``worklist``, and ``ClerkError``: list_too_long (count, most), office_not_set_up, missing_characters,
        database_locked, disk_full, read_only.
        """
        return self._printing.pdf(criteria)

    def _asked(self, criteria: WorklistCriteria) -> Iterator[_Asked]:
        self._station.actor.require(*sorted(WORKLIST_RIGHTS))
        away = self._duties.kinds_away()
        for source in sources_by_version(self._terms(self._station.pack()), tuple(self._other_terms())):
            if source.kind in away:
                continue
            rights = [
                RIGHT_OF[role]
                for role in ROLES_OF[source.kind]
                if criteria.role in (None, role) and self._station.actor.may(RIGHT_OF[role])
            ]
            if not rights or criteria.kind not in (None, source.kind):
                continue
            in_community = () if criteria.community is None else (source.community == criteria.community,)
            yield _Asked(source, (*self._in_reach(source, rights), *in_community))

    def _other_terms(self) -> Iterator[tuple[Terms, frozenset[str]]]:
        """Give the versions that reckon days otherwise than the one at work, those that reckon alike together.

        None, and the list as quick as ever, where all reckon alike.  A version to come has no filings.
        """
        here, today = self._station.pack(), self._station.today()
        alike: dict[tuple[object, ...], list[Terms]] = defaultdict(list)
        for pack in self._station.packs.versions(here.id):
            if pack.version != here.version and (pack.effective_from or date.min) <= today:
                terms = self._terms(pack)
                alike[terms.reckoning].append(terms)
        own = self._terms(here).reckoning
        for reckoning, several in alike.items():
            if reckoning != own:
                yield several[0], frozenset(terms.pack.version for terms in several)

    def _terms(self, pack: PolicyPack) -> Terms:
        return Terms(
            today=self._station.today(),
            calendar=self._calendar.calendar(),
            pack=pack,
            plan=self._plan.plan(),
            # Lateness that must be reported is asked of all hazards at once, by the rules at work: of one that was
            # rechecked late the day is stored, and it is that of the rules of its filing.
            late_findings=late_findings(pack),
        )

    def _in_reach(self, source: Source, rights: Sequence[Right]) -> Iterator[ColumnElement[bool]]:
        """Narrow down to where the rights count; where one is seen wherever one may act, the gate does it."""
        actor = self._station.actor
        grants = {grant for right in rights for grant in actor.grants_for(right)}
        if not grants.issuperset(actor.grants_for(Right.SEE)):
            yield within(source, sorted(grants, key=repr))

    def _of_source(self, session: Session, asked: _Asked, most: int) -> Mapping[Urgency, tuple[int, tuple[Found, ...]]]:
        """Give count and first tasks of each urgency of a source."""
        today, source, only = self._station.today(), asked.source, asked.only
        first = page_of(session, source, only, urgency=None, today=today, most=_COUNTED_BY_ROWS)
        by_urgency = {how: tuple(one for one in first if urgency_on(one.by, today) is how) for how in Urgency}
        counts = Counter({how: len(found) for how, found in by_urgency.items()})
        if len(first) == _COUNTED_BY_ROWS:
            counts = count_by_urgency(session, source, only, today)
        given = {}
        for how, count in counts.items():
            found = by_urgency[how]
            if len(found) < min(count, most):
                found = page_of(session, source, only, urgency=how, today=today, most=most)
            if count:
                given[how] = (count, found[:most])
        return given

    def _told(self, session: Session, found: Sequence[Found]) -> tuple[Task, ...]:
        """Put tasks into words, numbers of persons covered."""
        names, known = names_of(session, found), self._known(session, found)
        here = self._station.pack()
        by_rules = {(here.id, here.version): known}
        told = []
        for each in found:
            named = names.get((each.filing_id, each.found_site_id))
            rules = named.rules if named is not None and named.rules is not None else (here.id, here.version)
            if rules not in by_rules:
                by_rules[rules] = self._known_by(known, self._station.rules_of(*rules), found)
            told.append(_task(each, named, by_rules[rules]))
        return tuple(told)

    def _known_by(self, known: Known, pack: PolicyPack, found: Sequence[Found]) -> Known:
        """Say it in the words and articles of another version: a filing keeps the one it was judged by."""
        if pack is self._station.pack():
            return known
        return replace(
            known,
            extensions=extension_count(pack),
            findings={asked: finding_article(pack, *asked) for asked in dict.fromkeys(_findings(found))},
            papers={rule.code: rule.label for rule in pack.materials},
            articles={source.kind: source.article for source in sources(self._terms(pack))},
        )

    def _known(self, session: Session, found: Sequence[Found]) -> Known:
        opinions: dict[tuple[TaskKind, int], Review] = {}
        pack = self._station.pack()
        for kind, outcome in _OUTCOME_OF.items():
            for filing_id, review in newest_reviews(session, _filings(found, kind), outcome).items():
                opinions[kind, filing_id] = review
        return Known(
            ahead=self._station.today() + timedelta(days=LOOKS_AHEAD_DAYS),
            extensions=extension_count(pack),
            known_years=self._calendar.calendar().known_years,
            findings={asked: finding_article(pack, *asked) for asked in dict.fromkeys(_findings(found))},
            papers={rule.code: rule.label for rule in pack.materials},
            opinions=opinions,
            matters=matters_of(session, _filings(found, TaskKind.CERTIFICATE)),
        )


def _by_day(found: Found) -> tuple[bool, date, int]:
    return found.by is None, found.by or date.min, found.subject_id


def _earliest(tasks: list[Task]) -> tuple[Task, ...]:
    """Put the tasks of several sources in one order, the earliest term first."""
    return tuple(sorted(tasks, key=lambda task: (task.by is None, task.by or date.min)))


def _findings(found: Sequence[Found]) -> Iterator[tuple[str, str | None]]:
    """Give finding and kind of work of the tasks on hazards."""
    for each in found:
        if each.source.kind in OF_HAZARDS:
            yield each.details[0], each.details[3]


def _filings(found: Sequence[Found], kind: TaskKind) -> list[int]:
    return [each.filing_id for each in found if each.source.kind is kind and each.filing_id is not None]


def _task(found: Found, names: SiteNames | None, known: Known) -> Task:
    named = names or SiteNames("", "", "")
    return Task(
        kind=found.source.kind,
        site=SiteRef(filing_id=found.filing_id, found_site_id=None if found.filing_id else found.found_site_id),
        subject_id=found.subject_id,
        number=named.number,
        project_name=cover_numbers(named.project_name),
        place=cover_numbers(named.place),
        community=found.community,
        by=found.by,
        why=article_of(found, known),
        remark=cover_numbers(remark_of(found, known)),
        who=who_of(found),
    )
