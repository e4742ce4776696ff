"""Reports from the public and of other bodies (第二十一条(八)、第三十一、四十四条): from taking down to the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper
from desktop.documents.papers.report_slip import report_slip
from desktop.documents.site_paper import SitePaper
from desktop.domain.access import Right
from desktop.domain.acts import Change, FieldFault
from desktop.domain.errors import ClerkError
from desktop.domain.found_site import FoundSiteDraft, FoundSource
from desktop.domain.public_report import (
    SOURCE_WORDS,
    VERDICT_WORDS,
    ReportCriteria,
    ReportDraft,
    Reporter,
    ReportFile,
    ReportMove,
    ReportRow,
    ReportState,
    RewardDraft,
    TakenDown,
    VerifyDraft,
    report_faults,
    reward_faults,
    verify_faults,
)
from desktop.domain.register_number import Series
from desktop.domain.site import Site, SiteRef
from desktop.domain.typed_text import clean_text
from desktop.models.database import Database
from desktop.models.issued_document import IssuedDocument
from desktop.models.patrol import Patrol
from desktop.models.public_report import PublicReport
from desktop.queries.papers import papers_by_id
from desktop.queries.reports import count_reports, report_row, report_steps, reports
from desktop.services.audit import record_event
from desktop.services.calendar import CalendarService
from desktop.services.firms import needed_reason
from desktop.services.numbered_act import NumberedActs, Written
from desktop.services.once import row_of_act
from desktop.services.reach import require_in_area
from desktop.services.report_steps import ReportSteps, slip_of, stored_report
from desktop.services.revealing import stated_purpose
from desktop.services.review_steps import name_at_work
from desktop.services.site import require_on_site, site_of
from desktop.services.station import Station
from desktop.services.touched import REPORT

CHANGED: Final = frozenset({Change.ON_SITE, Change.PAPERS})
_VERIFY_DAYS: Final = "report_verify_working_days"
_NO_SITE: Final = SiteRef()


class ReportService:
    """The register of reports; the person who reported is told to nobody without the right and a purpose."""

    def __init__(self, database: Database, station: Station, *, acts: NumberedActs, calendar: CalendarService) -> None:
        self._database, self._station = database, station
        self._acts, self._calendar = acts, calendar
        self._steps = ReportSteps(station)

    def find(self, criteria: ReportCriteria) -> tuple[ReportRow, ...]:
        """List reports, the last received first."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return reports(session, criteria, as_of=self._station.today())

    def count(self, criteria: ReportCriteria) -> int:
        """Count reports, whatever the limit of the list."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return count_reports(session, criteria, as_of=self._station.today())

    def file(self, report_id: int) -> ReportFile:
        """Give one report with its steps and slip; raises ``ClerkError``: not_permitted, no_such_report."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            report = stored_report(session, report_id)
            row = _row(session, report_id)
            slip = slip_of(session, report)
            papers = papers_by_id(session, [] if slip is None else [slip])
            return ReportFile(row=row, steps=report_steps(session, report_id), papers=papers)

    def verify_by(self, received_on: date) -> date:
        """Give the day until which to verify what came on a day: the setting's working days (未核实)."""
        days = int(self._station.pack().numbers().get(_VERIFY_DAYS, 0))
        return self._calendar.calendar().add_working_days(received_on, days).day if days else received_on

    def faults(self, draft: ReportDraft) -> tuple[FieldFault, ...]:
        """Say what is wrong with a report as typed."""
        return report_faults(draft, self._station.today())

    def take_down(self, draft: ReportDraft, *, act_id: str) -> TakenDown:
        """Take a report down under its number and print its slip; the same ``act_id`` twice counts once.

        Raises ``ClerkError``: not_permitted, outside_scope, report_unfit (field, why), no_such_filing,
        no_such_found_site, act_id_used, missing_characters, office_not_set_up, database_locked, disk_full, read_only.
        """
        self._station.actor.require(Right.PATROL_FEEDBACK)
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

        return self._acts.carry_out(Series.REPORT, done=lambda s: _done(s, act_id), compose=compose, write=write)

    def assign(self, report_id: int, *, to: str, act_id: str, verify_by: date | None = None) -> ReportRow:
        """Give a report to somebody to look into, at once or again; ``verify_by`` moves the term.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_report, report_closed (number), reason_required
        for nobody, report_unfit (field, why), act_id_used, database_locked.
        """
        who, today = needed_reason(to), self._station.today()
        if verify_by is not None and verify_by < today:
            raise ClerkError("report_unfit", field="verify_by", why="核查期限早于今天。")
        with self._database.writing() as session:
            report = self._steps.begin(session, report_id, act_id, allowed=(ReportState.RECEIVED, ReportState.ASSIGNED))
            if report is not None:
                report.assigned_to, report.assigned_on = who, today
                report.verify_by = verify_by or report.verify_by
                text = f"交{who}核查" + (f"，期限 {report.verify_by.isoformat()}" if report.verify_by else "")
                self._steps.finish(
                    session, report, ReportMove.ASSIGNED, act_id=act_id, text=text, state=ReportState.ASSIGNED
                )
            return _row(session, report_id)

    def verify(self, report_id: int, draft: VerifyDraft) -> ReportRow:
        """Enter what verifying brought; a patrol may be named as the visit.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_report, report_closed (number), no_such_patrol,
        report_unfit (field, why), act_id_used, database_locked.
        """
        allowed = (ReportState.RECEIVED, ReportState.ASSIGNED, ReportState.VERIFIED)
        with self._database.writing() as session:
            report = self._steps.begin(session, report_id, draft.act_id, allowed=allowed)
            if report is None:
                return _row(session, report_id)
            faults = verify_faults(draft, received_on=report.received_on, on=self._station.today())
            _refuse(faults)
            visit = _patrol_word(session, draft.patrol_id)
            report.verified_on, report.verdict = draft.on, draft.verdict.value
            report.result = clean_text(draft.result)
            text = "：".join((VERDICT_WORDS[draft.verdict], report.result)) + visit
            self._steps.finish(
                session,
                report,
                ReportMove.VERIFIED,
                act_id=draft.act_id,
                text=text,
                state=ReportState.VERIFIED,
                on=draft.on,
            )
            return _row(session, report_id)

    def answer(self, report_id: int, reply: str, *, act_id: str) -> ReportRow:
        """Enter the answer given: to the person, or to the department that fed back.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_report, report_closed (number), report_unverified
        (number), reason_required for an empty answer, act_id_used, database_locked.
        """
        said = needed_reason(reply)
        with self._database.writing() as session:
            report = self._steps.begin(session, report_id, act_id, allowed=tuple(ReportState))
            if report is None:
                return _row(session, report_id)
            if report.state == ReportState.ANSWERED.value:
                raise ClerkError("report_closed", number=report.number, state=report.state)
            if report.state != ReportState.VERIFIED.value:
                raise ClerkError("report_unverified", number=report.number)
            report.replied_on, report.reply = self._station.today(), said
            self._steps.finish(
                session, report, ReportMove.ANSWERED, act_id=act_id, text=said, state=ReportState.ANSWERED
            )
            return _row(session, report_id)

    def reward(self, report_id: int, draft: RewardDraft) -> ReportRow:
        """Enter whether a report that was borne out deserves a reward, how much, and when it was paid (第四十四条).

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_report, report_unfit (field, why), act_id_used,
        database_locked.
        """
        with self._database.writing() as session:
            report = self._steps.begin(session, report_id, draft.act_id, allowed=tuple(ReportState))
            if report is None:
                return _row(session, report_id)
            row = _row(session, report_id)
            _refuse(reward_faults(draft, verdict=row.verdict, on=self._station.today()))
            report.deserves_reward, report.rewarded_on = draft.deserves, draft.rewarded_on
            report.reward_yuan = "" if draft.yuan is None else str(draft.yuan)
            self._steps.finish(session, report, ReportMove.REWARD, act_id=draft.act_id, text=_reward_word(draft))
            return _row(session, report_id)

    def link(self, report_id: int, site: SiteRef, *, act_id: str) -> ReportRow:
        """Tie a report to the filing or the unregistered work that it is about.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_report, no_such_filing, no_such_found_site,
        site_required, act_id_used, database_locked.
        """
        with self._database.writing() as session:
            report = self._steps.begin(session, report_id, act_id, allowed=tuple(ReportState))
            if report is None:
                return _row(session, report_id)
            require_on_site(session, self._station.actor, Right.PATROL_FEEDBACK, site)
            known = site_of(session, site)
            report.filing_id, report.found_site_id = site.filing_id, site.found_site_id
            # Scopes are drawn by it: the report goes to who looks after the site.
            report.community = known.community
            self._steps.finish(session, report, ReportMove.LINKED, act_id=act_id, text=f"关联 {known.number}")
            return _row(session, report_id)

    def found_site_draft(self, report_id: int) -> FoundSiteDraft:
        """Give what a report says as the beginning of a record of an unregistered work.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_report.
        """
        with self._database.reading() as session:
            report = stored_report(session, report_id)
            self._steps.require(session, report)
            return FoundSiteDraft(
                community=report.community,
                place=report.place,
                found_on=report.verified_on or self._station.today(),
                found_by=report.assigned_to or name_at_work(self._station),
                source=FoundSource.REPORT,
                report_id=report.id,
            )

    def reveal(self, report_id: int, purpose: str) -> Reporter:
        """Give who reported whole, and record for what it was asked.

        Raises ``ClerkError``: not_permitted, outside_scope, purpose_required, no_such_report, database_locked.
        """
        actor = self._station.actor
        actor.require(Right.SEE_WHOLE)
        reason = stated_purpose(purpose)
        with self._database.writing() as session:
            report = stored_report(session, report_id)
            self._steps.require(session, report, Right.SEE_WHOLE)
            record_event(
                session,
                self._station,
                act="reporter_seen",
                summary=f"查看举报人信息：{report.number}",
                reason=reason,
                touched=[(REPORT, report.id)],
            )
            return Reporter(name=report.reporter_name, phone=report.reporter_phone)

    def _site(self, session: Session, draft: ReportDraft, number: str) -> Site:
        actor = self._station.actor
        if draft.site != _NO_SITE:
            require_on_site(session, actor, Right.PATROL_FEEDBACK, draft.site)
            return site_of(session, draft.site)
        require_in_area(actor, Right.PATROL_FEEDBACK, draft.community)
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


def _row(session: Session, report_id: int) -> ReportRow:
    session.flush()
    row = report_row(session, report_id)
    if row is None:
        raise ClerkError("no_such_report", report_id=report_id)
    return row


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


def _done(session: Session, act_id: str) -> TakenDown | None:
    report = row_of_act(session, PublicReport, act_id)
    if report is None:
        return None
    return TakenDown(report_id=report.id, number=report.number, paper_id=slip_of(session, report) or 0)


def _refuse(faults: tuple[FieldFault, ...]) -> None:
    fault = next(iter(faults), None)
    if fault is not None:
        raise ClerkError("report_unfit", field=fault.field, why=fault.message)


def _patrol_word(session: Session, patrol_id: int | None) -> str:
    if patrol_id is None:
        return ""
    visited_on = session.scalar(select(Patrol.visited_on).where(Patrol.id == patrol_id))
    if visited_on is None:
        raise ClerkError("no_such_patrol", patrol_id=patrol_id)
    return f"（{visited_on.isoformat()}现场核查）"


def _reward_word(draft: RewardDraft) -> str:
    if not draft.deserves:
        return "不符合奖励办法"
    amount = "" if draft.yuan is None else f"，{draft.yuan:f}元"
    paid = "" if draft.rewarded_on is None else f"，{draft.rewarded_on.isoformat()}发放"
    return f"符合奖励办法{amount}{paid}"
