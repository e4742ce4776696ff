"""Recording a work found without registration under its own number, with the notice if one is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper
from desktop.domain.access import Right
from desktop.domain.acts import FieldFault
from desktop.domain.errors import ClerkError
from desktop.domain.found_site import FoundRecorded, FoundSiteDraft, FoundState, found_site_faults
from desktop.domain.local_rules import local
from desktop.domain.register_number import Series
from desktop.domain.search_keys import normalise
from desktop.domain.site import SiteRef
from desktop.domain.typed_text import clean_text
from desktop.models.found_site import FoundSite
from desktop.models.issued_document import IssuedDocument
from desktop.models.public_report import PublicReport
from desktop.services.found_site_base import FoundSiteBase, notices_of_site
from desktop.services.found_site_states import drafted_site, kind_word
from desktop.services.numbered_act import Written
from desktop.services.once import row_of_act
from desktop.services.reach import require_in_area
from desktop.services.review_steps import name_at_work
from desktop.services.touched import FOUND_SITE
from desktop.services.visits import visit_finding


class RecordingFoundSites(FoundSiteBase):
    """Records unregistered works."""

    def faults(self, draft: FoundSiteDraft) -> tuple[FieldFault, ...]:
        """Say what is wrong with a typed record."""
        return found_site_faults(draft, self._station.today())

    def term(self) -> date | None:
        """Give the day until which to register if urged today: the setting's days, of the calendar (未核实).

        None where the rules name no such number: then whoever urges says until when.
        """
        days = self._station.pack().number("found_site_register_days")
        return None if days is None else self._station.today() + timedelta(days=int(days))

    def record(self, draft: FoundSiteDraft, *, act_id: str) -> FoundRecorded:
        """Record an unregistered work under its own number; with ``register_by`` the notice is printed at once.

        Raises ``ClerkError``: not_permitted, outside_scope, found_site_unfit (field, why), no_such_patrol,
        no_such_report, act_id_used, missing_characters, office_not_set_up, database_locked, disk_full, read_only.
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
                summary=f"{local('发现未登记')}{kind_word(draft.kind)}，编号 {number}：{draft.place}",
                community=found.community,
                touched=[(FOUND_SITE, found.id)],
            )

        return self._acts.carry_out(
            Series.FOUND_SITE, done=lambda s: _done(s, act_id, draft), compose=compose, write=write
        )


def _columns(draft: FoundSiteDraft) -> dict[str, Any]:
    names = ("community", "grid", "place", "work", "kind", "owner_name", "owner_phone", "contractor_name", "found_on")
    more = ("found_by", "patrol_id", "report_id", "campaign", "register_by")
    return {"source": draft.source.value, **{name: getattr(draft, name) for name in (*names, *more)}}


def _cleaned(draft: FoundSiteDraft) -> FoundSiteDraft:
    return replace(
        draft,
        community=clean_text(draft.community),
        grid=clean_text(draft.grid),
        place=clean_text(draft.place),
        work=clean_text(draft.work),
        owner_name=clean_text(draft.owner_name),
        owner_phone=clean_text(draft.owner_phone),
        contractor_name=clean_text(draft.contractor_name),
        found_by=clean_text(draft.found_by),
        campaign=clean_text(draft.campaign),
    )


def _check_origin(session: Session, draft: FoundSiteDraft) -> None:
    """See that the patrol and the report it came from are there, may be seen, and are about no other site."""
    if draft.patrol_id is not None:
        # It was no site before, so that whoever found it was on a road of its community.
        visit_finding(session, draft.patrol_id, SiteRef(), draft.community)
    of_report = select(PublicReport.id).where(PublicReport.id == draft.report_id)
    if draft.report_id is not None and not session.scalar(of_report):
        raise ClerkError("no_such_report", report_id=draft.report_id)


def _done(session: Session, act_id: str, draft: FoundSiteDraft) -> FoundRecorded | None:
    told = _columns(draft)
    term = told.pop("register_by")
    del told["kind"]  # put right later, as what is being done there becomes known
    found = row_of_act(session, FoundSite, act_id, told)
    if found is None:
        return None
    papers = session.scalars(notices_of_site(found.number)).all()
    # A term moved by a later notice says nothing of what was recorded first.
    if len(papers) <= (term is not None) and found.register_by != term:
        raise ClerkError("act_id_used", act_id=act_id, number=found.number)
    paper_id = next(iter(papers), None)
    return FoundRecorded(found_site_id=found.id, number=found.number, paper_id=paper_id)
