"""Works found unregistered (第三十条(三)): recorded, urged, refused, registered, passed on; surveys (排摸)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper
from desktop.documents.papers.found_site_notice import urge_registration
from desktop.documents.site_paper import SitePaper
from desktop.domain.access import Right
from desktop.domain.acts import Change, FieldFault, IssuedPaper
from desktop.domain.errors import ClerkError
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.found_site import (
    ABOVE_LIMIT,
    REGISTRABLE,
    WAITING,
    CampaignSummary,
    FoundRecorded,
    FoundSiteCriteria,
    FoundSiteDraft,
    FoundSiteRow,
    FoundState,
    found_site_faults,
)
from desktop.domain.register_number import Series
from desktop.domain.search_keys import normalise
from desktop.domain.site import Site, SiteRef
from desktop.domain.typed_text import clean_text
from desktop.domain.walk_in import WalkIn
from desktop.models.database import Database
from desktop.models.found_site import FoundSite
from desktop.models.issued_document import IssuedDocument
from desktop.models.patrol import Patrol
from desktop.models.public_report import PublicReport
from desktop.queries.filing_file import stored_filing
from desktop.queries.found_sites import (
    campaign_summary,
    campaigns,
    count_found_sites,
    found_at,
    found_site_row,
    found_sites,
)
from desktop.queries.papers import papers_by_id
from desktop.services.audit import FieldChange, record_event
from desktop.services.firms import needed_reason
from desktop.services.found_site_states import (
    begun_walk_in,
    drafted_site,
    kind_word,
    put_into,
    require_state,
    unsuccessful,
)
from desktop.services.numbered_act import NumberedActs, Written
from desktop.services.once import row_of_act
from desktop.services.reach import require_for_filing, require_in_area
from desktop.services.review_steps import name_at_work
from desktop.services.site import site_of, stored_found_site
from desktop.services.station import Station
from desktop.services.touched import FOUND_SITE

CHANGED: Final = frozenset({Change.ON_SITE, Change.PAPERS})
_KEEPERS: Final = (Right.PATROL_FEEDBACK, Right.REGISTER)


class FoundSiteService:
    """The ledger of unregistered works; each belongs to a community and is seen where that is seen."""

    def __init__(self, database: Database, station: Station, *, acts: NumberedActs) -> None:
        self._database, self._station, self._acts = database, station, acts

    def find(self, criteria: FoundSiteCriteria) -> tuple[FoundSiteRow, ...]:
        """List unregistered works, the last found first."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return found_sites(session, criteria, as_of=self._station.today())

    def count(self, criteria: FoundSiteCriteria) -> int:
        """Count unregistered works, whatever the limit of the list."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return count_found_sites(session, criteria, as_of=self._station.today())

    def row(self, found_site_id: int) -> FoundSiteRow:
        """Give one unregistered work; raises ``ClerkError``: not_permitted, no_such_found_site."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return _row(session, found_site_id)

    def papers(self, found_site_id: int) -> tuple[IssuedPaper, ...]:
        """List the notices given out about a work; raises as ``row``."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            number = _row(session, found_site_id).number
            return papers_by_id(session, tuple(session.scalars(_notices(number))))

    def faults(self, draft: FoundSiteDraft) -> tuple[FieldFault, ...]:
        """Say what is wrong with a typed record."""
        return found_site_faults(draft, self._station.today())

    def term(self) -> date:
        """Give the day until which to register if urged today: the setting's days, of the calendar (未核实)."""
        days = int(self._station.pack().numbers().get("found_site_register_days", 0))
        return self._station.today() + timedelta(days=days)

    def record(self, draft: FoundSiteDraft, *, act_id: str) -> FoundRecorded:
        """Record an unregistered work under its own number; with ``register_by`` the notice is printed at once.

        Raises ``ClerkError``: not_permitted, outside_scope, found_site_unfit (field, why), no_such_patrol,
        no_such_report, missing_characters, office_not_set_up, database_locked, disk_full, read_only.
        """
        require_in_area(self._station.actor, Right.PATROL_FEEDBACK, clean_text(draft.community))
        fault = next(iter(self.faults(draft)), None)
        if fault is not None:
            raise ClerkError("found_site_unfit", field=fault.field, why=fault.message)
        draft = _cleaned(draft)
        at = self._station.now()

        def compose(_session: Session, number: str) -> Sequence[Paper]:
            return (self._notice(drafted_site(draft, number), draft),) if draft.register_by is not None else ()

        def write(session: Session, number: str, documents: Sequence[IssuedDocument]) -> tuple[FoundRecorded, Written]:
            _check_origin(session, draft)
            found = FoundSite(
                act_id=act_id,
                number=number,
                place_key=normalise(draft.place),
                state=(FoundState.URGED if draft.register_by else FoundState.FOUND).value,
                state_on=self._station.today(),
                state_reason="",
                recorded_at=at,
                recorded_by=name_at_work(self._station),
                recorded_by_id=self._station.actor.account_id,
                **_columns(draft),
            )
            for document in documents:
                document.filing_id, document.community = None, draft.community
            session.add_all((found, *documents))
            session.flush()
            paper_id = documents[0].id if documents else None
            recorded = FoundRecorded(found_site_id=found.id, number=number, paper_id=paper_id)
            return recorded, Written(
                act="found_site",
                summary=f"发现未登记{kind_word(draft.kind)}，编号 {number}：{draft.place}",
                community=found.community,
                touched=[(FOUND_SITE, found.id)],
            )

        return self._acts.carry_out(Series.FOUND_SITE, done=lambda s: _done(s, act_id), compose=compose, write=write)

    def urge(self, found_site_id: int, *, register_by: date) -> FoundRecorded:
        """Urge the owner to register by a day and print the notice (督促登记通知); may be repeated.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_found_site, found_site_closed (state),
        found_site_unfit (field, why), missing_characters, database_locked, disk_full, read_only.
        """
        today = self._station.today()
        with self._database.writing() as session:
            found = self._within_reach(session, found_site_id, Right.PATROL_FEEDBACK)
            require_state(found, WAITING | {FoundState.REFUSED})
            if found.kind == ABOVE_LIMIT:
                why = "限额以上的工程应当办理施工许可，不督促登记，请移送。"
                raise ClerkError("found_site_unfit", field="kind", why=why)
            if register_by < today:
                raise ClerkError("found_site_unfit", field="register_by", why="登记期限早于今天。")
            changes = put_into(found, FoundState.URGED, on=today, register_by=register_by, refused_on=None)
            site = site_of(session, SiteRef(found_site_id=found.id))
            draft = FoundSiteDraft(found_on=found.found_on, found_by=found.found_by, register_by=register_by)
            document = self._acts.issue(
                session,
                self._notice(site, draft),
                Written(
                    act="found_site_urged",
                    summary=f"督促登记，{found.number}，期限 {register_by.isoformat()}",
                    community=found.community,
                    changes=changes,
                    touched=[(FOUND_SITE, found.id)],
                ),
            )
            return FoundRecorded(found_site_id=found.id, number=found.number, paper_id=document.id)

    def refuse(self, found_site_id: int, reason: str) -> FoundSiteRow:
        """Record that registration is refused: enforcement must know within the same day (当日, 第三十条(三)).

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_found_site, found_site_closed (state),
        reason_required, database_locked.
        """
        today, why = self._station.today(), needed_reason(reason)
        with self._database.writing() as session:
            found = self._within_reach(session, found_site_id, Right.PATROL_FEEDBACK)
            require_state(found, WAITING)
            changes = put_into(found, FoundState.REFUSED, on=today, refused_on=today, report_by=today, state_reason=why)
            self._record(session, found, "found_site_refused", "拒不登记，须当日上报", changes=changes, reason=why)
            return _row(session, found_site_id)

    def dismiss(self, found_site_id: int, reason: str) -> FoundSiteRow:
        """Record that no registration is needed after all, with the reason; raises as ``refuse``."""
        today, why = self._station.today(), needed_reason(reason)
        with self._database.writing() as session:
            found = self._within_reach(session, found_site_id, Right.PATROL_FEEDBACK)
            require_state(found, REGISTRABLE)
            changes = put_into(found, FoundState.DISMISSED, on=today, state_reason=why)
            self._record(session, found, "found_site_dismissed", "无需登记", changes=changes, reason=why)
            return _row(session, found_site_id)

    def set_kind(self, found_site_id: int, kind: str) -> FoundSiteRow:
        """Say what kind of work it is once that is known, above the limits too.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_found_site, found_site_unfit (field, why).
        """
        if kind not in (SMALL_WORK, MINOR_OPERATION, ABOVE_LIMIT):
            raise ClerkError("found_site_unfit", field="kind", why="请选择小型工程、零星作业或者限额以上。")
        with self._database.writing() as session:
            found = self._within_reach(session, found_site_id, Right.PATROL_FEEDBACK)
            changes = (("kind", found.kind, kind),)
            found.kind = kind
            self._record(session, found, "found_site_kind", f"认定为{kind_word(kind)}", changes=changes)
            return _row(session, found_site_id)

    def begin_walk_in(self, found_site_id: int) -> WalkIn:
        """Give what is known of the work as the beginning of a form; ``link`` ties what comes of it.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_found_site, found_site_closed (state).
        """
        self._station.actor.require(*_KEEPERS)
        with self._database.reading() as session:
            found = self._within_reach(session, found_site_id, self._held())
            require_state(found, REGISTRABLE)
            return begun_walk_in(found)

    def proposals(self, filing_id: int) -> tuple[FoundSiteRow, ...]:
        """List the unregistered works at the place of a filing, of which it may be the registration.

        Raises ``ClerkError``: not_permitted, no_such_filing.
        """
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            filing = stored_filing(session, filing_id)
            return found_at(session, community=filing.community, place_key=filing.place_key)

    def link(self, found_site_id: int, filing_id: int) -> FoundSiteRow:
        """Tie an unregistered work to the filing in which it came to be registered; once accepted it is registered.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_found_site, no_such_filing, found_site_closed.
        """
        self._station.actor.require(*_KEEPERS)
        with self._database.writing() as session:
            right = self._held()
            found = self._within_reach(session, found_site_id, right)
            filing = stored_filing(session, filing_id)
            require_for_filing(session, self._station.actor, right, filing)
            if found.state == FoundState.LINKED.value and found.filing_id == filing_id:
                return _row(session, found_site_id)
            require_state(found, REGISTRABLE | unsuccessful(session, found))
            changes = (
                *put_into(found, FoundState.LINKED, on=self._station.today()),
                ("filing_id", found.filing_id, filing_id),
            )
            found.filing_id = filing_id
            self._record(session, found, "found_site_linked", f"已来办理，申报件 {filing.number}", changes=changes)
            return _row(session, found_site_id)

    def campaigns(self) -> tuple[str, ...]:
        """Name the surveys (排摸) there were, the last first."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return campaigns(session)

    def campaign_summary(self, campaign: str) -> CampaignSummary:
        """Sum up one survey: where, when, found, registered or not, above the limits (松江 三)."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return campaign_summary(session, campaign)

    def _held(self) -> Right:
        return next(right for right in _KEEPERS if self._station.actor.may(right))

    def _within_reach(self, session: Session, found_site_id: int, right: Right) -> FoundSite:
        found = stored_found_site(session, found_site_id)
        require_in_area(self._station.actor, right, found.community)
        return found

    def _notice(self, site: Site, draft: FoundSiteDraft) -> Paper:
        assert draft.found_on is not None
        assert draft.register_by is not None
        ctx = SitePaper(
            office=self._station.known_office(),
            pack=self._station.pack(),
            site=site,
            number=site.number,
            issued_on=self._station.today(),
        )
        return urge_registration(ctx, found_on=draft.found_on, found_by=draft.found_by, register_by=draft.register_by)

    def _record(
        self,
        session: Session,
        found: FoundSite,
        act: str,
        what: str,
        *,
        changes: Sequence[FieldChange],
        reason: str = "",
    ) -> None:
        summary, touched = f"{what}：{found.number}", [(FOUND_SITE, found.id)]
        record_event(session, self._station, act=act, summary=summary, reason=reason, changes=changes, touched=touched)


def _columns(draft: FoundSiteDraft) -> dict[str, object]:
    names = ("community", "grid", "place", "work", "kind", "owner_name", "owner_phone", "contractor_name", "found_on")
    more = ("found_by", "patrol_id", "report_id", "campaign", "register_by")
    return {"source": draft.source.value, **{name: getattr(draft, name) for name in (*names, *more)}}


def _cleaned(draft: FoundSiteDraft) -> FoundSiteDraft:
    names = ("community", "grid", "place", "work", "owner_name", "owner_phone", "contractor_name", "found_by")
    texts: dict[str, str] = {name: clean_text(getattr(draft, name)) for name in (*names, "campaign")}
    return replace(draft, **texts)  # type: ignore[arg-type]


def _check_origin(session: Session, draft: FoundSiteDraft) -> None:
    """See that the patrol and the report it came from are there and may be seen."""
    if draft.patrol_id is not None and not session.scalar(select(Patrol.id).where(Patrol.id == draft.patrol_id)):
        raise ClerkError("no_such_patrol", patrol_id=draft.patrol_id)
    of_report = select(PublicReport.id).where(PublicReport.id == draft.report_id)
    if draft.report_id is not None and not session.scalar(of_report):
        raise ClerkError("no_such_report", report_id=draft.report_id)


def _done(session: Session, act_id: str) -> FoundRecorded | None:
    found = row_of_act(session, FoundSite, act_id)
    if found is None:
        return None
    paper_id = session.scalars(_notices(found.number)).first()
    return FoundRecorded(found_site_id=found.id, number=found.number, paper_id=paper_id)


def _notices(number: str) -> Select[int]:
    return select(IssuedDocument.id).where(IssuedDocument.number == number).order_by(IssuedDocument.id)


def _row(session: Session, found_site_id: int) -> FoundSiteRow:
    session.flush()
    row = found_site_row(session, found_site_id)
    if row is None:
        raise ClerkError("no_such_found_site", found_site_id=found_site_id)
    return row
