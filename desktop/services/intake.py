"""One person at the window: what the rules say while typing, and the decision that is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desktop.domain.access import Right
from desktop.domain.acts import (
    Decided,
    DecisionRequest,
    Preview,
    SimilarFiling,
    StationKind,
)
from desktop.domain.assess import assess
from desktop.domain.conduct import ConductWarning
from desktop.domain.counter import preview as preview_of
from desktop.domain.pack import PolicyPack
from desktop.domain.progress import SILENT, Progress
from desktop.domain.review import ReviewRule, rule_of
from desktop.domain.splitting import SplitSuspicion
from desktop.domain.walk_in import Contractor, Party, WalkIn
from desktop.domain.walk_in_json import party_from_plain, walk_in_from_plain
from desktop.models.database import Database
from desktop.models.gate import SeenBy, see_as
from desktop.queries.decisions import decided_before
from desktop.queries.filing_file import stored_filing
from desktop.queries.resemblance import parties_like, similar_filings
from desktop.services.audit import record_event
from desktop.services.calendar import CalendarService
from desktop.services.deciding import Deciding, facts_of
from desktop.services.filing_keys import party_key, place_key
from desktop.services.parted_works import parted_works
from desktop.services.press import Press
from desktop.services.recording import CONTRACTOR_ROLE, PARTY_ROLE
from desktop.services.review_steps import Reviewed
from desktop.services.revisits import Revisit, revisit_of
from desktop.services.station import Station


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
        self._deciding = Deciding(
            database, station, calendar=calendar, press=press, preview=self.preview, review_rule=review_rule
        )

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
        # What comes again goes on being judged by the rules of its filing day.
        pack = revisit.pack if revisit else self.pack()
        judged = preview_of(
            walk_in,
            pack=pack,
            calendar=self._calendar.calendar(),
            filed_on=self._station.today(),
            station_kind=office.station_kind if office else StationKind.STREET_OFFICE,
            previous=revisit.previous if revisit else None,
            communities=office.communities if office else (),
            suspicion=suspicion,
            conduct=conduct,
            before=revisit.walk_in if revisit else None,
            # What a reviewer passes is accepted, whatever the settings say by now.
            review=None if is_reviewed else self._review_rule(pack),
        )
        if not pack.unreadable:
            return judged
        refused = (replace(act, allowed=False, needs_reason=False, why=f"{pack.unreadable}。") for act in judged.acts)
        return replace(judged, acts=tuple(refused))

    def foreseen(self, request: DecisionRequest, revisit: Revisit | None = None) -> Preview:
        """Say what the rules make of a matter if it is decided so today, with the days that follow from it."""
        office, pack = self._station.known_office(), revisit.pack if revisit else self.pack()
        judged = self.preview(request.walk_in, revisit=revisit)
        facts = facts_of(request, office, self._station)
        return replace(judged, assessment=assess(facts, pack, self._calendar.calendar()))

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
        """Say whether the ledger holds works that with this one exceed the limits; None when not.

        ``filing_id`` leaves the matter's own earlier visit out.
        """
        self._station.actor.require(Right.REGISTER)
        with self._database.reading() as session:
            pack = self._station.pack_of(stored_filing(session, filing_id)) if filing_id is not None else self.pack()
            return parted_works(session, walk_in, filing_id, pack=pack, on=self._station.today())

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
            opened = revisit_of(session, self._station, filing_id)
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
        return self._deciding.decide(request, progress)

    def accept_reviewed(self, request: DecisionRequest, reviewed: Reviewed, progress: Progress = SILENT) -> Decided:
        """Accept a filing whose last step of review is passed herewith, in the names of its clerk and reviewers.

        Raises ``ClerkError`` as ``decide`` does, and review_done when somebody else closed the step meanwhile.
        """
        self._station.actor.require(Right.REVIEW_FILING)
        return self._deciding.decide(request, progress, reviewed)

    def _known(self, role: str, text: str, limit: int) -> tuple[dict[str, Any], ...]:
        actor = self._station.actor
        actor.require(Right.REGISTER)
        grants = actor.grants_for(Right.REGISTER)
        sees_all = any(grant.is_whole for grant in grants)
        with self._database.reading() as session:
            # Offered with whole numbers: from where one registers, not from all that one sees.
            see_as(session, SeenBy(grants, actor.account_id, sees_trail=False))
            return parties_like(session, role, text, limit=limit, sees_all=sees_all)
