"""Dealing with a report: given to somebody, verified, answered, rewarded, tied to its site."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import FieldFault
from desktop.domain.errors import ClerkError
from desktop.domain.public_report import (
    VERDICT_WORDS,
    ReportMove,
    ReportRow,
    ReportState,
    RewardDraft,
    VerifyDraft,
    reward_faults,
    verify_faults,
)
from desktop.domain.site import SiteRef
from desktop.domain.typed_text import clean_text
from desktop.models.patrol import Patrol
from desktop.models.public_report import PublicReport
from desktop.services.firms import needed_reason
from desktop.services.report_base import ReportBase
from desktop.services.report_steps import shown_report
from desktop.services.site import require_on_site, site_of
from desktop.services.visits import visit_finding, visit_to


class DealingWithReports(ReportBase):
    """Brings reports from hand to hand until they are answered."""

    def assign(self, report_id: int, *, to: str, act_id: str, verify_by: date | None = None) -> ReportRow:
        """Give a report to somebody to look into, at once or again; ``verify_by`` moves the term.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_report, report_closed (number), reason_required
        for nobody, report_unfit (field, why), act_id_used, database_locked.
        """
        who, today = needed_reason(to), self._station.today()
        if verify_by is not None and verify_by < today:
            raise ClerkError("report_unfit", field="verify_by", why="核查期限早于今天。")
        with self._database.writing() as session:
            text = f"交{who}核查" + (f"，期限 {verify_by.isoformat()}" if verify_by else "")
            report = self._steps.begin(
                session,
                report_id,
                act_id,
                move=ReportMove.ASSIGNED,
                allowed=(ReportState.RECEIVED, ReportState.ASSIGNED),
                told={"text": text},
            )
            if report is not None:
                report.assigned_to, report.assigned_on = who, today
                report.verify_by = verify_by or report.verify_by
                self._steps.finish(
                    session, report, ReportMove.ASSIGNED, act_id=act_id, text=text, state=ReportState.ASSIGNED
                )
            return shown_report(session, report_id)

    def verify(self, report_id: int, draft: VerifyDraft) -> ReportRow:
        """Enter what verifying brought; a patrol may be named as the visit.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_report, report_closed (number), no_such_patrol,
        report_unfit (field, why), act_id_used, database_locked.
        """
        allowed = (ReportState.RECEIVED, ReportState.ASSIGNED, ReportState.VERIFIED)
        with self._database.writing() as session:
            patrol = _patrol(session, draft.patrol_id)
            result = clean_text(draft.result)
            text = "：".join((VERDICT_WORDS[draft.verdict], result)) + _visit_words(patrol)
            report = self._steps.begin(
                session,
                report_id,
                draft.act_id,
                move=ReportMove.VERIFIED,
                allowed=allowed,
                told={"on": draft.on, "text": text},
            )
            if report is None:
                return shown_report(session, report_id)
            faults = verify_faults(draft, received_on=report.received_on, on=self._station.today())
            _refuse(faults)
            if patrol is not None:
                _require_of_report(session, report, patrol)
            report.verified_on, report.verdict, report.result = draft.on, draft.verdict.value, result
            self._steps.finish(
                session,
                report,
                ReportMove.VERIFIED,
                act_id=draft.act_id,
                text=text,
                state=ReportState.VERIFIED,
                on=draft.on,
            )
            return shown_report(session, report_id)

    def answer(self, report_id: int, reply: str, *, act_id: str) -> ReportRow:
        """Enter the answer given: to the person, or to the department that fed back.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_report, report_closed (number), report_unverified
        (number), reason_required for an empty answer, act_id_used, database_locked.
        """
        said = needed_reason(reply)
        with self._database.writing() as session:
            report = self._steps.begin(
                session,
                report_id,
                act_id,
                move=ReportMove.ANSWERED,
                allowed=tuple(ReportState),
                told={"text": said},
            )
            if report is None:
                return shown_report(session, report_id)
            if report.state == ReportState.ANSWERED.value:
                raise ClerkError("report_closed", number=report.number, state=report.state)
            if report.state != ReportState.VERIFIED.value:
                raise ClerkError("report_unverified", number=report.number)
            report.replied_on, report.reply = self._station.today(), said
            self._steps.finish(
                session, report, ReportMove.ANSWERED, act_id=act_id, text=said, state=ReportState.ANSWERED
            )
            return shown_report(session, report_id)

    def reward(self, report_id: int, draft: RewardDraft) -> ReportRow:
        """Enter whether a report that was borne out deserves a reward, how much, and when it was paid.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_report, report_unfit (field, why), act_id_used,
        database_locked.
        """
        with self._database.writing() as session:
            report = self._steps.begin(
                session,
                report_id,
                draft.act_id,
                move=ReportMove.REWARD,
                allowed=tuple(ReportState),
                told={"text": _reward_word(draft)},
            )
            if report is None:
                return shown_report(session, report_id)
            row = shown_report(session, report_id)
            _refuse(reward_faults(draft, verdict=row.verdict, on=self._station.today(), paid_on=row.rewarded_on))
            report.deserves_reward, report.rewarded_on = draft.deserves, draft.rewarded_on
            report.reward_yuan = "" if draft.yuan is None else str(draft.yuan)
            self._steps.finish(session, report, ReportMove.REWARD, act_id=draft.act_id, text=_reward_word(draft))
            return shown_report(session, report_id)

    def link(self, report_id: int, site: SiteRef, *, act_id: str) -> ReportRow:
        """Tie a report to the filing or the unregistered work that it is about.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_report, no_such_filing, no_such_found_site,
        site_required, act_id_used, database_locked.
        """
        with self._database.writing() as session:
            known = site_of(session, site)
            text = f"关联 {known.number}"
            report = self._steps.begin(
                session,
                report_id,
                act_id,
                move=ReportMove.LINKED,
                allowed=tuple(ReportState),
                told={"text": text},
            )
            if report is None:
                return shown_report(session, report_id)
            require_on_site(session, self._station.actor, Right.PATROL_FEEDBACK, site)
            report.filing_id, report.found_site_id = site.filing_id, site.found_site_id
            # Scopes are drawn by it: the report goes to who looks after the site.
            report.community = known.community
            self._steps.finish(session, report, ReportMove.LINKED, act_id=act_id, text=text)
            return shown_report(session, report_id)


def _refuse(faults: tuple[FieldFault, ...]) -> None:
    fault = next(iter(faults), None)
    if fault is not None:
        raise ClerkError("report_unfit", field=fault.field, why=fault.message)


def _patrol(session: Session, patrol_id: int | None) -> Patrol | None:
    patrol = session.get(Patrol, patrol_id) if patrol_id is not None else None
    if patrol is None and patrol_id is not None:
        raise ClerkError("no_such_patrol", patrol_id=patrol_id)
    return patrol


def _require_of_report(session: Session, report: PublicReport, patrol: Patrol) -> None:
    """See that a visit was made for the report, to its site, or while no site is known on a road of its community."""
    if patrol.report_id == report.id:
        return
    site = SiteRef(filing_id=report.filing_id, found_site_id=report.found_site_id)
    if site == SiteRef():
        visit_finding(session, patrol.id, site, report.community)
    else:
        visit_to(session, patrol.id, site)


def _visit_words(patrol: Patrol | None) -> str:
    return "" if patrol is None else f"（{patrol.visited_on.isoformat()}现场核查）"


def _reward_word(draft: RewardDraft) -> str:
    if not draft.deserves:
        return "不符合奖励办法"
    amount = "" if draft.yuan is None else f"，{draft.yuan:f}元"
    paid = "" if draft.rewarded_on is None else f"，{draft.rewarded_on.isoformat()}发放"
    return f"符合奖励办法{amount}{paid}"
