"""Hazards at the desk: what the rules ask, recording those of a visit, each further step, and the lists."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import IssuedPaper
from desktop.domain.errors import ClerkError
from desktop.domain.facts import Facts
from desktop.domain.hazard import (
    HazardLevel,
    HazardRequest,
    HazardsRecorded,
    StepDone,
    StepKind,
    StepRequest,
)
from desktop.domain.hazard_course import chain_of, steps_from
from desktop.domain.hazard_proposal import Proposal, finding_codes, label_of, propose
from desktop.domain.hazard_rows import EscalationCheck, HazardCounts, HazardCriteria, HazardFile, HazardRow
from desktop.domain.pack import PolicyPack
from desktop.domain.patrol import PatrolRequest
from desktop.domain.register_number import Series
from desktop.domain.site import SiteRef
from desktop.domain.typed_text import clean_text
from desktop.models.database import Database
from desktop.models.hazard import Hazard, HazardStep
from desktop.models.issued_document import IssuedDocument
from desktop.models.patrol import Patrol
from desktop.queries.hazard_file import steps_of
from desktop.queries.hazards import escalation_checks, hazard_counts, hazard_ids, hazard_page
from desktop.queries.papers import papers_by_id
from desktop.services.audit import record_event
from desktop.services.calendar import CalendarService
from desktop.services.hazard_papers import (
    needs_notice,
    notice_for_request,
)
from desktop.services.hazard_step_acts import HAZARD_CHANGES, PAPER_CHANGES, HazardSteps, number_filing
from desktop.services.hazard_steps import (
    standing_of,
    stored_hazard,
)
from desktop.services.hazard_writing import NO_SITE, done_hazards, numbers_of_hazards, require_reach, write_hazards
from desktop.services.numbered_act import NumberedActs, Written
from desktop.services.once import row_of_act
from desktop.services.patrol_writing import checked_list, new_patrol
from desktop.services.records_of_hazards import BadRecordProposal, proposed_record
from desktop.services.site import pack_on_site, require_on_site, site_of
from desktop.services.station import Station
from desktop.services.touched import HAZARD, PATROL, Subject

_LOG = logging.getLogger(__name__)


class HazardService:
    """Keeps hazards from finding to clearing; nobody here orders anything, enforcement has its own service."""

    def __init__(self, database: Database, station: Station, *, calendar: CalendarService, acts: NumberedActs) -> None:
        self._database, self._station = database, station
        self._calendar, self._acts = calendar, acts
        self._steps = HazardSteps(database, station, calendar=calendar, acts=acts)

    def pack_for(self, site: SiteRef) -> PolicyPack:
        """Give the rules by which hazards of a site are named: those of its filing, else those at work.

        Raises ``ClerkError("no_such_filing")``.
        """
        with self._database.reading() as session:
            return pack_on_site(session, self._station, site)

    def findings(self, site: SiteRef = NO_SITE) -> tuple[tuple[str, str], ...]:
        """List the findings that can be chosen on a site, each with its words; raises as ``pack_for``."""
        pack = self.pack_for(site)
        return tuple((code, label_of(pack, code)) for code in finding_codes(pack))

    def propose(
        self,
        site: SiteRef,
        finding: str,
        *,
        level: HazardLevel = HazardLevel.GENERAL,
        is_refused: bool = False,
        is_overdue: bool = False,
    ) -> Proposal:
        """Say what the rules ask after a finding made today.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_filing, no_such_found_site; ``KeyError`` for a
        finding the pack does not know.
        """
        facts = self._facts(site)
        on, pack = self._station.today(), self.pack_for(site)
        return propose(facts, pack, finding, level=level, on=on, is_refused=is_refused, is_overdue=is_overdue)

    def record(self, request: HazardRequest) -> HazardsRecorded:
        """Record the hazards of one visit, with one notice for those not put right on the spot.

        The same ``act_id`` twice gives the same hazards.  Raises ``ClerkError``: hazard_incomplete, not_permitted,
        outside_scope, no_such_filing, no_such_found_site, act_id_used, missing_characters, office_not_set_up,
        database_locked, disk_full, read_only.
        """
        return self._record(request, None)

    def record_visit(self, visit: PatrolRequest, request: HazardRequest) -> HazardsRecorded:
        """Record a visit together with what it found and the notice: all of it or nothing.

        Both are about the same site.  Raises as ``record``, and ``ClerkError("patrol_unfit")``.
        """
        if visit.site != request.site:
            raise ValueError("a visit and its hazards are on one site")
        return self._record(request, visit)

    def step(self, request: StepRequest) -> StepDone:
        """Take one step with a hazard; a notice, a recheck and an escalation give their paper.

        Raises ``ClerkError``: step_incomplete, step_not_allowed, no_such_hazard, not_permitted, outside_scope,
        act_id_used, no_such_paper, missing_characters, office_not_set_up, database_locked, disk_full, read_only.
        """
        return self._steps.take(request)

    def ids(self, criteria: HazardCriteria) -> tuple[int, ...]:
        """List the ids of hazards by criteria: the open first, of them the first to be due."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return hazard_ids(session, criteria, self._station.today(), self._station.pack())

    def page(self, ids: Collection[int]) -> tuple[HazardRow, ...]:
        """Give the rows of some ids in their order."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return hazard_page(session, ids, self._station.today(), self._station.pack())

    def counts(self, criteria: HazardCriteria) -> HazardCounts:
        """Count the hazards that the criteria find."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return hazard_counts(session, criteria, self._station.today(), self._station.pack())

    def file(self, hazard_id: int) -> HazardFile:
        """Give one hazard whole; raises ``ClerkError("no_such_hazard")``."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            hazard = stored_hazard(session, hazard_id)
            [row] = hazard_page(session, [hazard_id], self._station.today(), self._station.pack())
            steps = steps_of(session, hazard_id)
            return HazardFile(
                row=row,
                steps=steps,
                papers=tuple(step.paper for step in steps if step.paper is not None),
                chain=chain_of(found_on=row.found_on, steps=[(step.kind, step.on) for step in steps]),
                next_steps=steps_from(standing_of(session, hazard)),
            )

    def bad_record_of(self, hazard_id: int) -> BadRecordProposal:
        """Prepare the bad record of a contractor who refused, was late or did it badly; writes nothing.

        Raises ``ClerkError``: not_permitted, no_such_hazard, no_bad_conduct.
        """
        self._station.actor.require(Right.PATROL_FEEDBACK, Right.JUDGE_CONDUCT)
        file = self.file(hazard_id)
        with self._database.reading() as session:
            return proposed_record(session, file.row, file.steps, today=self._station.today())

    def escalation_checks(self) -> tuple[EscalationCheck, ...]:
        """List the first checks that escalations of works under way ask for, done or not."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return escalation_checks(session, self._calendar.calendar(), self._station.rules_of)

    def _facts(self, site: SiteRef) -> Facts:
        actor = self._station.actor
        actor.require(Right.PATROL_FEEDBACK)
        if site == NO_SITE:
            return Facts({})
        with self._database.reading() as session:
            require_on_site(session, actor, Right.PATROL_FEEDBACK, site)
            return site_of(session, site).facts

    def _record(self, request: HazardRequest, visit: PatrolRequest | None) -> HazardsRecorded:
        self._station.actor.require(Right.PATROL_FEEDBACK)
        if visit is not None:
            self._checked(visit)
        if not needs_notice(request):
            return self._record_plain(request, visit)
        return self._acts.carry_out(
            Series.RECTIFICATION,
            done=lambda session: _recorded(session, done_hazards(session, request.act_id, request.site)),
            compose=lambda session, number: notice_for_request(
                session, self._station, request, number, visitors=visit.patrollers if visit is not None else ()
            ),
            write=lambda session, number, documents: self._noticed(session, request, visit, number, documents[0]),
        )

    def _checked(self, visit: PatrolRequest) -> None:
        checked_list(self._station, visit, self.pack_for(visit.site))

    def _record_plain(self, request: HazardRequest, visit: PatrolRequest | None) -> HazardsRecorded:
        with self._database.writing() as session:
            if (done := _recorded(session, done_hazards(session, request.act_id, request.site))) is not None:
                return done
            hazards, touched = self._write(session, request, visit, None)
            record_event(session, self._station, act="hazards", summary=_summary(hazards), touched=touched)
            recorded = _recorded(session, hazards)
        assert recorded is not None
        _LOG.info("recorded %s hazards", len(recorded.ids))
        return recorded

    def _noticed(
        self,
        session: Session,
        request: HazardRequest,
        visit: PatrolRequest | None,
        number: str,
        notice: IssuedDocument,
    ) -> tuple[HazardsRecorded, Written]:
        hazards, touched = self._write(session, request, visit, notice)
        filing_id = request.site.filing_id
        number_filing(session, filing_id, number)
        written = Written(
            act="hazards",
            summary=f"{_summary(hazards)}，整改通知 {number}",
            filing_id=filing_id,
            community=hazards[0].community if filing_id is None else None,
            touched=touched,
        )
        recorded = _recorded(session, hazards)
        assert recorded is not None
        return recorded, written

    def _write(
        self,
        session: Session,
        request: HazardRequest,
        visit: PatrolRequest | None,
        notice: IssuedDocument | None,
    ) -> tuple[tuple[Hazard, ...], list[Subject]]:
        patrol = self._patrol(session, request, visit) if visit is not None else None
        patrol_id = patrol.id if patrol is not None else None
        hazards = write_hazards(session, self._station, request, patrol_id=patrol_id, notice=notice)
        visited: list[Subject] = [(PATROL, patrol_id)] if patrol_id is not None else []
        return hazards, [*visited, *((HAZARD, hazard.id) for hazard in hazards)]

    def _patrol(self, session: Session, request: HazardRequest, visit: PatrolRequest) -> Patrol:
        if row_of_act(session, Patrol, visit.act_id) is not None:
            raise ClerkError("act_id_used", act_id=visit.act_id)
        site = require_reach(session, self._station, request)
        community = site.community if site is not None else clean_text(visit.community)
        return new_patrol(session, self._station, visit, community)


def _recorded(session: Session, hazards: Sequence[Hazard]) -> HazardsRecorded | None:
    if not hazards:
        return None
    notice = _notice_of(session, [hazard.id for hazard in hazards])
    return HazardsRecorded(
        patrol_id=hazards[0].patrol_id,
        ids=tuple(hazard.id for hazard in hazards),
        numbers=tuple(hazard.number for hazard in hazards),
        notice=notice,
        changes=HAZARD_CHANGES if notice is None else PAPER_CHANGES,
    )


def _notice_of(session: Session, ids: Sequence[int]) -> IssuedPaper | None:
    asked = select(HazardStep.document_id).where(
        HazardStep.hazard_id.in_(ids),
        HazardStep.kind == StepKind.NOTICE.value,
        HazardStep.document_id.is_not(None),
    )
    first = session.scalars(asked.order_by(HazardStep.id).limit(1)).first()
    return next(iter(papers_by_id(session, [first])), None) if first is not None else None


def _summary(hazards: Sequence[Hazard]) -> str:
    return f"记录隐患 {numbers_of_hazards(hazards)}"
