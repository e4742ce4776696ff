"""Taking a report down: under its number, with its term and its slip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper
from desktop.documents.papers.report_slip import report_slip
from desktop.documents.site_paper import SitePaper
from desktop.domain.access import Right
from desktop.domain.acts import FieldFault
from desktop.domain.errors import ClerkError
from desktop.domain.public_report import (
    SOURCE_WORDS,
    ReportDraft,
    ReportMove,
    ReportState,
    TakenDown,
    report_faults,
)
from desktop.domain.register_number import Series
from desktop.domain.site import Site, SiteRef
from desktop.domain.typed_text import clean_text
from desktop.models.issued_document import IssuedDocument
from desktop.models.public_report import PublicReport
from desktop.services.numbered_act import Written
from desktop.services.once import row_of_act
from desktop.services.reach import require_any_in_area
from desktop.services.report_base import ReportBase
from desktop.services.report_steps import slip_of
from desktop.services.review_steps import name_at_work
from desktop.services.site import require_any_on_site, site_of
from desktop.services.touched import REPORT

# Who comes to complain stands at the window as often as before the patroller.
TAKERS: Final = (Right.PATROL_FEEDBACK, Right.REGISTER)
_VERIFY_DAYS: Final = "report_verify_working_days"
_NO_SITE: Final = SiteRef()


class TakingReports(ReportBase):
    """Takes reports down."""

    def verify_by(self, received_on: date) -> date | None:
        """Give the day until which to verify what came on a day: the setting's working days (未核实).

        None where the rules name no such number: then nothing is overdue.
        """
        days = self._station.pack().number(_VERIFY_DAYS)
        due = self._calendar.calendar().term(received_on, None if days is None else int(days))
        return None if due is None else due.day

    def faults(self, draft: ReportDraft) -> tuple[FieldFault, ...]:
        """Say what is wrong with a report as typed."""
        return report_faults(draft, self._station.today())

    def take_down(self, draft: ReportDraft, *, act_id: str) -> TakenDown:
        """Take a report down under its number and print its slip; the same ``act_id`` twice counts once.

        Raises ``ClerkError``: not_permitted, outside_scope, report_unfit (field, why), no_such_filing,
        no_such_found_site, act_id_used, missing_characters, office_not_set_up, database_locked, disk_full, read_only.
        """
        self._station.actor.require(*TAKERS)
        fault = next(iter(self.faults(draft)), None)
        if fault is not None:
            raise ClerkError("report_unfit", field=fault.field, why=fault.message)
        assert draft.received_on is not None
        draft = replace(_cleaned(draft), verify_by=draft.verify_by or self.verify_by(draft.received_on))

        def compose(session: Session, number: str) -> Sequence[Paper]:
            return (self._slip(self._site(session, draft, number), draft, number),)

        def write(session: Session, number: str, documents: Sequence[IssuedDocument]) -> tuple[TakenDown, Written]:
            site = self._site(session, draft, number)
            report = self._stored(draft, site, number=number, act_id=act_id)
            for document in documents:
                document.filing_id, document.community = None, report.community
            session.add_all((report, *documents))
            session.flush()
            what = f"收到{SOURCE_WORDS[draft.source]}反映，编号 {number}"
            self._steps.add(session, report, ReportMove.RECEIVED, act_id=act_id, text=SOURCE_WORDS[draft.source])
            taken = TakenDown(report_id=report.id, number=number, paper_id=documents[0].id)
            # The slip stays with the report, not with the filing: not everybody who sees a filing hears of reports.
            return taken, Written(
                act="report_taken", summary=what, community=report.community, touched=[(REPORT, report.id)]
            )

        return self._acts.carry_out(Series.REPORT, done=lambda s: _done(s, act_id, draft), compose=compose, write=write)

    def _site(self, session: Session, draft: ReportDraft, number: str) -> Site:
        actor = self._station.actor
        if draft.site != _NO_SITE:
            require_any_on_site(session, actor, TAKERS, draft.site)
            return site_of(session, draft.site)
        require_any_in_area(actor, TAKERS, draft.community)
        return Site(ref=_NO_SITE, number=number, project_name="", place=draft.place, community=draft.community)

    def _slip(self, site: Site, draft: ReportDraft, number: str) -> Paper:
        ctx = SitePaper(
            office=self._station.known_office(),
            pack=self._station.pack(),
            site=site,
            number=number,
            issued_on=self._station.today(),
        )
        return report_slip(ctx, draft, verify_by=draft.verify_by)

    def _stored(self, draft: ReportDraft, site: Site, *, number: str, act_id: str) -> PublicReport:
        return PublicReport(
            act_id=act_id,
            number=number,
            filing_id=site.ref.filing_id,
            found_site_id=site.ref.found_site_id,
            community=site.community,
            source=draft.source.value,
            source_body=draft.source_body,
            received_on=draft.received_on,
            is_anonymous=draft.is_anonymous,
            reporter_name=draft.reporter_name,
            reporter_phone=draft.reporter_phone,
            place=draft.place or site.place,
            content=draft.content,
            state=ReportState.RECEIVED.value,
            assigned_to="",
            verify_by=draft.verify_by,
            verdict="",
            result="",
            reply="",
            reward_yuan="",
            recorded_at=self._station.now(),
            recorded_by=name_at_work(self._station),
            recorded_by_id=self._station.actor.account_id,
        )


def _cleaned(draft: ReportDraft) -> ReportDraft:
    return replace(
        draft,
        source_body=clean_text(draft.source_body),
        reporter_name=clean_text(draft.reporter_name),
        reporter_phone=clean_text(draft.reporter_phone),
        community=clean_text(draft.community),
        place=clean_text(draft.place),
        content=clean_text(draft.content),
    )


def _done(session: Session, act_id: str, draft: ReportDraft) -> TakenDown | None:
    # What was told never changes; where it was may be put right when the site is found.
    names = ("source_body", "received_on", "is_anonymous", "reporter_name", "reporter_phone", "content")
    told = {"source": draft.source.value, **{name: getattr(draft, name) for name in names}}
    report = row_of_act(session, PublicReport, act_id, told)
    if report is None:
        return None
    return TakenDown(report_id=report.id, number=report.number, paper_id=slip_of(session, report) or 0)
