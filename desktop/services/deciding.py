"""One decision: judged anew, papers made, numbers taken and all of it written in one transaction."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import CHANNEL_OF, Act, Decided, DecisionRequest, Office, Preview
from desktop.domain.assess import assess
from desktop.domain.errors import ClerkError
from desktop.domain.facts import Facts
from desktop.domain.pack import PolicyPack
from desktop.domain.progress import Progress
from desktop.domain.register_number import SERIES_OF_ACT, Series
from desktop.domain.review import ReviewRule
from desktop.domain.walk_in import decisive_facts
from desktop.models.database import Database
from desktop.queries.decisions import decided_before, notices_of
from desktop.queries.filing_file import stored_filing
from desktop.services.bundling import Numbers, paper_context, render_bundle
from desktop.services.calendar import CalendarService
from desktop.services.conduct_at_intake import conduct_decided_on
from desktop.services.entrustments import refuse_beyond_entrustment
from desktop.services.filing_keys import storable
from desktop.services.found_site_registering import found_begun_from
from desktop.services.judging import check_decision
from desktop.services.numbering import next_number, take_number
from desktop.services.parted_works import parted_works
from desktop.services.press import Press
from desktop.services.recording import Decision, departments_asked, write_decision
from desktop.services.review_steps import Reviewed
from desktop.services.revisits import Revisit, revisit_of
from desktop.services.station import Station

_LOG = logging.getLogger(__name__)
_MOST_ATTEMPTS: Final = 20


class Deciding:
    """Writes decisions of one program one after another; ``preview`` judges as ``IntakeService.preview`` does."""

    def __init__(
        self,
        database: Database,
        station: Station,
        *,
        calendar: CalendarService,
        press: Press,
        preview: Callable[..., Preview],
        review_rule: Callable[[PolicyPack], ReviewRule],
    ) -> None:
        self._database, self._station = database, station
        self._calendar, self._press = calendar, press
        self._preview, self._review_rule = preview, review_rule
        # Decisions of one program wait for each other, so that a number foreseen is the number taken.
        self._deciding = threading.Lock()

    def decide(self, request: DecisionRequest, progress: Progress, reviewed: Reviewed | None = None) -> Decided:
        """Judge and write, again and again while somebody else takes the numbers; raises as ``IntakeService`` says."""
        office = self._station.known_office()
        if reviewed is not None:
            # The papers name who received them; the reviewer has a place of their own there.
            office = replace(office, clerk_name=reviewed.clerk)
        with self._deciding:
            for _ in range(_MOST_ATTEMPTS):
                decided = self._attempt(request, office, progress, reviewed)
                if decided is not None:
                    _LOG.info("decided %s filing %s", request.act.value, decided.filing_id)
                    return decided
        raise ClerkError("database_locked", why="numbers were taken by another program again and again")

    def _attempt(
        self, request: DecisionRequest, office: Office, progress: Progress, reviewed: Reviewed | None
    ) -> Decided | None:
        """Decide with the number foreseen; None when somebody else took it while the papers were made."""
        with self._database.reading() as session:
            done = decided_before(session, request.act_id)
            if done is not None:
                return done
            revisit = (
                revisit_of(session, self._station, request.filing_id, reviewed)
                if request.filing_id is not None
                else None
            )
            numbers = self._foresee(session, request, office)
            if revisit is None:
                self._station.require_readable()
            pack, on = revisit.pack if revisit else self._station.pack(), self._station.today()
            parted = parted_works(session, request.walk_in, request.filing_id, pack=pack, on=on)
            conduct = conduct_decided_on(session, request, self._station)
            refuse_beyond_entrustment(session, self._station, request)
            if request.follows_id is not None:
                stored_filing(session, request.follows_id)  # one that is not to be seen is not named
            if request.found_site_id is not None:
                found_begun_from(session, self._station.actor, request.found_site_id)
        judged = self._preview(
            request.walk_in,
            revisit=revisit,
            suspicion=parted,
            conduct=conduct,
            is_reviewed=reviewed is not None,
        )
        decision = self._prepare(
            request,
            office,
            revisit=revisit,
            pack=pack,
            judged=judged,
            numbers=numbers,
            reviewed=reviewed,
            progress=progress,
        )
        # Parties, acts and drafts of others are met here that who is signed in does not see.
        with self._database.writing(is_whole=True) as session:
            if not self._still_holds(session, decision, revisit):
                session.rollback()
                return None
            write_decision(session, decision, self._station)
            session.flush()
            return decided_before(session, request.act_id)

    def _prepare(
        self,
        request: DecisionRequest,
        office: Office,
        *,
        revisit: Revisit | None,
        pack: PolicyPack,
        judged: Preview,
        numbers: Numbers,
        reviewed: Reviewed | None,
        progress: Progress,
    ) -> Decision:
        """Make the papers, which takes the time, before the ledger is locked."""
        override = check_decision(request, judged)
        on, facts = self._station.today(), facts_of(request, office, self._station)
        settled = replace(judged, assessment=assess(facts, pack, self._calendar.calendar()))
        community, departments = storable(request.walk_in.place.community), departments_asked(settled.assessment)
        right = Right.REVIEW_FILING if reviewed else Right.REGISTER
        self._station.actor.require_for(right, community, departments)
        visit = revisit.visit - bool(reviewed) if revisit else 1
        context = paper_context(request, settled, office=office, pack=pack, numbers=numbers, visit=visit, on=on)
        if reviewed is not None:
            context = replace(context, reviewer=reviewed.reviewers)
        papers = render_bundle(request.act, context, press=self._press, progress=progress)
        return Decision(
            request=request,
            preview=settled,
            facts=facts,
            pack=pack,
            office=office,
            numbers=numbers,
            papers=papers,
            override=override,
            visit=visit,
            on=on,
            at=self._station.now(),
            ordinal=revisit.ordinal if revisit else 1,
            levels=self._review_rule(pack).levels_for(settled.assessment, facts.text("kind")),
            reviewed=reviewed,
        )

    def _foresee(self, session: Session, request: DecisionRequest, office: Office) -> Numbers:
        year = self._station.today().year

        def number_of(series: Series) -> str:
            return next_number(session, office.code, series=series, year=year)

        return Numbers(
            own=number_of(SERIES_OF_ACT[request.act]),
            transfer=number_of(Series.TRANSFER) if request.act is Act.MUST_NOT_START else "",
            earlier=notices_of(session, request.filing_id) if request.filing_id is not None else (),
        )

    def _still_holds(self, session: Session, decision: Decision, revisit: Revisit | None) -> bool:
        """Take the numbers; say whether they are the printed ones and nobody else decided the filing meanwhile."""
        request, office, year = decision.request, decision.office, decision.on.year
        if decided_before(session, request.act_id) is not None:
            return False
        if revisit is not None:
            now = revisit_of(session, self._station, revisit.filing_id, decision.reviewed)
            if now.ordinal != revisit.ordinal:
                return False
        own = take_number(session, office.code, series=SERIES_OF_ACT[request.act], year=year)
        transfer = ""
        if decision.numbers.transfer:
            transfer = take_number(session, office.code, series=Series.TRANSFER, year=year)
        return (own, transfer) == (decision.numbers.own, decision.numbers.transfer)


def facts_of(request: DecisionRequest, office: Office, station: Station) -> Facts:
    """Give the facts of a matter if it is decided so today at this office."""
    on = station.today()
    facts = decisive_facts(request.walk_in, filed_on=on, channel=CHANNEL_OF[office.station_kind])
    return facts.with_facts(accepted_on=on) if request.act is Act.ACCEPT else facts
