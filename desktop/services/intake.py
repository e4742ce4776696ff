"""One person at the window: what the rules say while typing, and the decision that is written."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import (
    CHANNEL_OF,
    OPEN_TO_THE_CLERK,
    Act,
    Decided,
    DecisionRequest,
    Office,
    Preview,
    SimilarFiling,
    StationKind,
    Status,
)
from desktop.domain.assess import assess
from desktop.domain.assessment_result import Assessment
from desktop.domain.conduct import ConductWarning
from desktop.domain.counter import preview as preview_of
from desktop.domain.errors import ClerkError
from desktop.domain.facts import SMALL_WORK, Facts
from desktop.domain.one_time_notice import Deficiency, PreviousNotice
from desktop.domain.pack import PolicyPack
from desktop.domain.progress import SILENT, Progress
from desktop.domain.register_number import SERIES_OF_ACT, Series
from desktop.domain.review import ReviewRule, rule_of
from desktop.domain.splitting import PresentWork, SplitSuspicion, split_limits, suspected_splitting
from desktop.domain.walk_in import Contractor, Party, Verdict, WalkIn, decisive_facts
from desktop.domain.walk_in_json import party_from_plain, walk_in_from_plain
from desktop.models.database import Database
from desktop.queries.decisions import decided_before, last_visit, notices_of, told_before
from desktop.queries.filing_file import stored_filing
from desktop.queries.resemblance import earlier_works, parties_like, similar_filings
from desktop.services.audit import record_event
from desktop.services.bundling import Numbers, paper_context, render_bundle
from desktop.services.calendar import CalendarService
from desktop.services.conduct_at_intake import conduct_decided_on
from desktop.services.entrustments import refuse_beyond_entrustment
from desktop.services.filing_keys import party_key, place_key, storable
from desktop.services.judging import check_decision
from desktop.services.numbering import next_number, take_number
from desktop.services.press import Press
from desktop.services.reach import require_for_filing
from desktop.services.recording import CONTRACTOR_ROLE, PARTY_ROLE, Decision, departments_asked, write_decision
from desktop.services.review_steps import Reviewed, open_review, returned_with
from desktop.services.station import Station

_LOG = logging.getLogger(__name__)
_MOST_ATTEMPTS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisit:
    """A filing that comes again after a one-time notice or a review; ``visit`` is 2 for the second visit.

    ``previous`` is what notices told so far, None while none was given: what a reviewer found was never left out of
    one.  ``opinion`` is the reviewer's, of a filing that was sent back.
    """

    filing_id: int
    number: str
    walk_in: WalkIn
    previous: PreviousNotice | None
    open_items: tuple[Deficiency, ...]
    visit: int
    ordinal: int = 2  # of the decision that comes next, among all that was decided of the filing
    opinion: str = ""

    def to_judge_anew(self) -> WalkIn:
        """Give the earlier matter with the papers of the notice to be judged anew, and no other."""
        walk_in = self.walk_in
        for item in self.open_items:
            check = walk_in.check_of(item.code)
            if check.verdict is not Verdict.UNJUDGED:
                walk_in = walk_in.with_check(replace(check, verdict=Verdict.UNJUDGED, remark=""))
        return walk_in


class IntakeService:
    """The clerk's work on one matter."""

    def __init__(
        self,
        database: Database,
        station: Station,
        *,
        calendar: CalendarService,
        press: Press,
        review_rule: Callable[[PolicyPack], ReviewRule] = rule_of,
    ) -> None:
        self._review_rule = review_rule
        self._database = database
        self._station = station
        self._calendar = calendar
        self._press = press
        # Decisions of one program wait for each other, so that a number foreseen is the number taken.
        self._deciding = threading.Lock()

    def pack(self) -> PolicyPack:
        """Give the pack that applies today."""
        return self._station.pack()

    def preview(
        self,
        walk_in: WalkIn,
        *,
        revisit: Revisit | None = None,
        suspicion: SplitSuspicion | None = None,
        conduct: ConductWarning | None = None,
        is_reviewed: bool = False,
    ) -> Preview:
        """Say what the rules make of what is typed so far; never touches the database.

        ``suspicion`` is what ``suspected_splitting`` answered last, ``conduct`` what is on record of the contractor.
        """
        office = self._station.office
        return preview_of(
            walk_in,
            pack=self.pack(),
            calendar=self._calendar.calendar(),
            filed_on=self._station.today(),
            station_kind=office.station_kind if office else StationKind.STREET_OFFICE,
            previous=revisit.previous if revisit else None,
            communities=office.communities if office else (),
            suspicion=suspicion,
            conduct=conduct,
            before=revisit.walk_in if revisit else None,
            # What a reviewer passes is accepted, whatever the settings say by now.
            review=None if is_reviewed else self._review_rule(self.pack()),
        )

    def foreseen(self, request: DecisionRequest) -> Preview:
        """Say what the rules make of a matter if it is decided so today, with the days that follow from it."""
        office = self._station.known_office()
        judged = self.preview(request.walk_in)
        return replace(judged, assessment=self._assessed(self._facts(request, office)))

    def similar(self, walk_in: WalkIn, *, limit: int = 8) -> tuple[SimilarFiling, ...]:
        """List earlier filings at the same address, of the same owner or the same contractor."""
        self._station.actor.require(Right.REGISTER)
        with self._database.reading() as session:
            return similar_filings(
                session,
                place_key=place_key(walk_in),
                owner_key=party_key(walk_in.owner),
                contractor_key=party_key(walk_in.contractor.party),
                limit=limit,
            )

    def suspected_splitting(self, walk_in: WalkIn, *, filing_id: int | None = None) -> SplitSuspicion | None:
        """Say whether the ledger holds works that with this one exceed the limits (第十条(十一)); None when not.

        ``filing_id`` leaves the matter's own earlier visit out.
        """
        self._station.actor.require(Right.REGISTER)
        with self._database.reading() as session:
            return self._suspicion(session, walk_in, filing_id)

    def parties_like(self, text: str, *, limit: int = 8) -> tuple[Party, ...]:
        """List earlier owners, agents and property owners whose name, number or initials hold the text."""
        return tuple(party_from_plain(Party, typed) for typed in self._known(PARTY_ROLE, text, limit))

    def contractors_like(self, text: str, *, limit: int = 8) -> tuple[Contractor, ...]:
        """List earlier contractors, with their certificates, whose name, number or initials hold the text."""
        return tuple(party_from_plain(Contractor, typed) for typed in self._known(CONTRACTOR_ROLE, text, limit))

    def revisit(self, filing_id: int) -> Revisit:
        """Open the next visit with the matter whole, and record that.

        Raises ``ClerkError``: no_such_filing, not_awaiting_correction, outside_scope.
        """
        self._station.actor.require(Right.REGISTER)
        with self._database.writing() as session:
            opened = self._revisit(session, filing_id)
            summary = f"打开第 {opened.visit} 次到场的申报内容（含完整证件号码和电话）"
            record_event(session, self._station, act="revisit", summary=summary, filing_id=filing_id)
        return opened

    def is_as_stored(self, filing_id: int, walk_in: WalkIn) -> bool:
        """Say whether a filing holds exactly this matter; raises ``ClerkError("no_such_filing")``."""
        self._station.actor.require(Right.REGISTER)
        with self._database.reading() as session:
            return walk_in_from_plain(stored_filing(session, filing_id).walk_in) == walk_in

    def decided_before(self, act_id: str) -> Decided | None:
        """Give the result of an act that is done already, None when it is not; raises ``ClerkError("act_id_used")``."""
        self._station.actor.require(Right.REGISTER)
        with self._database.reading() as session:
            return decided_before(session, act_id)

    def decide(self, request: DecisionRequest, progress: Progress = SILENT) -> Decided:
        """Judge again, then write the decision with its number and papers, whole or not at all.

        The same ``act_id`` twice gives the same answer.  Raises ``ClerkError``: act_not_allowed, reason_required,
        unjudged_materials, blocked_by_typed_data, not_awaiting_correction, missing_characters, not_permitted,
        outside_scope, entrustment_lapsed, beyond_point_scope, act_id_used, database_locked, disk_full, read_only;
        ``Cancelled`` while the papers are made, and then nothing is written.
        """
        self._station.actor.require(Right.REGISTER)
        return self._decide(request, progress)

    def accept_reviewed(self, request: DecisionRequest, reviewed: Reviewed, progress: Progress = SILENT) -> Decided:
        """Accept a filing whose last step of review is passed herewith, in the names of its clerk and reviewers.

        Raises ``ClerkError`` as ``decide`` does, and review_done when somebody else closed the step meanwhile.
        """
        self._station.actor.require(Right.REVIEW_FILING)
        return self._decide(request, progress, reviewed)

    def _decide(self, request: DecisionRequest, progress: Progress, reviewed: Reviewed | None = None) -> Decided:
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
            revisit = self._revisit(session, request.filing_id, reviewed) if request.filing_id is not None else None
            numbers = self._foresee(session, request, office)
            parted = self._suspicion(session, request.walk_in, request.filing_id)
            conduct = conduct_decided_on(session, request, self._station)
            refuse_beyond_entrustment(session, self._station, request)
        judged = self.preview(
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
        judged: Preview,
        numbers: Numbers,
        reviewed: Reviewed | None,
        progress: Progress,
    ) -> Decision:
        """Make the papers, which takes the time, before the ledger is locked."""
        override = check_decision(request, judged)
        pack, on, facts = self.pack(), self._station.today(), self._facts(request, office)
        settled = replace(judged, assessment=self._assessed(facts))
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

    def _suspicion(self, session: Session, walk_in: WalkIn, filing_id: int | None) -> SplitSuspicion | None:
        limits = split_limits(self.pack())
        if limits is None or walk_in.facts.text("kind") != SMALL_WORK:
            return None
        on = self._station.today()
        present = PresentWork(
            place_key=place_key(walk_in),
            owner_key=party_key(walk_in.owner),
            amount_yuan=walk_in.facts.number("contract_amount_yuan"),
            area_m2=walk_in.facts.number("floor_area_m2"),
            filed_on=on,
            filing_id=filing_id,
        )
        first, last = limits.around(on)
        works = earlier_works(session, place_key=present.place_key, owner_key=present.owner_key, first=first, last=last)
        return suspected_splitting(present, works, limits=limits)

    def _assessed(self, facts: Facts) -> Assessment:
        return assess(facts, self.pack(), self._calendar.calendar())

    def _facts(self, request: DecisionRequest, office: Office) -> Facts:
        on = self._station.today()
        facts = decisive_facts(request.walk_in, filed_on=on, channel=CHANNEL_OF[office.station_kind])
        return facts.with_facts(accepted_on=on) if request.act is Act.ACCEPT else facts

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
            now = self._revisit(session, revisit.filing_id, decision.reviewed)
            if now.ordinal != revisit.ordinal:
                return False
        own = take_number(session, office.code, series=SERIES_OF_ACT[request.act], year=year)
        transfer = ""
        if decision.numbers.transfer:
            transfer = take_number(session, office.code, series=Series.TRANSFER, year=year)
        return (own, transfer) == (decision.numbers.own, decision.numbers.transfer)

    def _revisit(self, session: Session, filing_id: int, reviewed: Reviewed | None = None) -> Revisit:
        filing = stored_filing(session, filing_id)
        right = Right.REVIEW_FILING if reviewed else Right.REGISTER
        require_for_filing(session, self._station.actor, right, filing)
        if reviewed is not None:
            open_review(session, filing)
        elif Status(filing.status) not in OPEN_TO_THE_CLERK:
            raise ClerkError("not_awaiting_correction", number=filing.number)
        previous, open_items = told_before(session, filing_id)
        return Revisit(
            filing_id=filing_id,
            number=filing.number,
            walk_in=walk_in_from_plain(filing.walk_in),
            previous=previous if previous.items else None,
            open_items=open_items,
            visit=filing.visits + 1,
            ordinal=last_visit(session, filing_id).ordinal + 1,
            opinion=returned_with(session, filing) if filing.status == Status.RETURNED.value else "",
        )

    def _known(self, role: str, text: str, limit: int) -> tuple[dict[str, Any], ...]:
        actor = self._station.actor
        actor.require(Right.REGISTER)
        sees_all = any(grant.is_whole for grant in actor.grants_for(Right.SEE))
        with self._database.reading() as session:
            return parties_like(session, role, text, limit=limit, sees_all=sees_all)
