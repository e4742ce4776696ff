"""The life of a registration (在建管理): how it stands, what is due, what was done, and every act on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.access import Right
from desktop.domain.acts import Status
from desktop.domain.errors import ClerkError
from desktop.domain.life_acts import LifeDue, LifeFile, OpenMatters
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.registration_life import (
    RIGHTS_OF_LIFE,
    LifeAct,
    LifeState,
    Registration,
    extension_count,
    knows_extension,
    life_state,
    may_be_done,
)
from desktop.models.filing import Filing
from desktop.queries.filing_file import departments_of, stored_filing
from desktop.queries.outstanding_papers import OUTSTANDING_PAPERS, outstanding_papers
from desktop.queries.registration_life import (
    awaiting_of,
    entries_of,
    last_closeout,
    open_matters,
    patrols_of,
    registration_of,
    revocation_of,
)
from desktop.services.changing import Changing
from desktop.services.closing_check import CheckingCloseOuts
from desktop.services.extension import Extending
from desktop.services.revoking import Revoking


class LifeService(Extending, Changing, CheckingCloseOuts, Revoking):
    """Everything done with a registration after it was accepted."""

    def of(self, filing_id: int) -> LifeFile:
        """Say how a registration stands today, what is due, what was done, and what who is at work may do.

        Of one judged by a version that is not here, or does not read, nothing is reckoned and nothing can be done.
        Raises ``ClerkError("no_such_filing")``.
        """
        self._station.actor.require(Right.SEE)
        today = self._station.today()
        with self._database.reading() as session:
            filing, still_open = stored_filing(session, filing_id), open_matters(session, filing_id)
            registration = registration_of(session, filing)
            try:
                pack = self._pack_of(filing)
            except ClerkError as error:
                return self._without_rules(session, filing, registration, still_open, error)
            state = life_state(registration, today, pack=pack, calendar=self._calendar.calendar())
            closeout = last_closeout(session, filing_id)
            revoked = revocation_of(session, filing_id)
            is_awaiting = closeout is not None and registration.status is Status.AWAITING_CLOSEOUT
            return LifeFile(
                registration=registration,
                state=state,
                due=(
                    *self._due(registration, state, today, filing),
                    *_papers_due(session, filing, registration, pack),
                    *_hazards_due(still_open, pack),
                ),
                entries=entries_of(session, filing_id),
                open_matters=still_open,
                may=self._may(session, filing, registration, today),
                may_except=self._may_except(session, filing),
                pack=pack,
                awaiting=awaiting_of(closeout) if closeout is not None and is_awaiting else None,
                in_time_until=self._in_time_until(filing),
                is_extension_left=knows_extension(pack) and registration.extensions < extension_count(pack),
                is_delivered=None if revoked is None else revoked.delivered_on is not None,
                follows=_number_of(session, filing.follows_id),
                followed_by=_followed_by(session, filing_id),
                patrols=patrols_of(session, filing_id),
            )

    def _without_rules(
        self,
        session: Session,
        filing: Filing,
        registration: Registration,
        still_open: OpenMatters,
        unknown: ClerkError,
    ) -> LifeFile:
        """Show what was done and the days that are stored; what follows from the rules is said to be open."""
        here, calendar = self._station.pack(), self._calendar.calendar()
        why = unknown.details.get("why", "本机没有这个版本")
        text = f"本件按规则版本 {filing.pack_id} {filing.pack_version} 判定，{why}：期限不作推算，不能在本机办理"
        revoked = revocation_of(session, filing.id)
        return LifeFile(
            registration=registration,
            state=life_state(registration, self._station.today(), pack=here, calendar=calendar),
            due=(LifeDue(text=text, by=None, article=""), *_hazards_due(still_open, here)),
            entries=entries_of(session, filing.id),
            open_matters=still_open,
            may=frozenset(),
            may_except=False,
            pack=here,
            awaiting=None,
            in_time_until=filing.valid_until,
            is_extension_left=False,
            is_delivered=None if revoked is None else revoked.delivered_on is not None,
            follows=_number_of(session, filing.follows_id),
            followed_by=_followed_by(session, filing.id),
            patrols=patrols_of(session, filing.id),
        )

    def _may(self, session: Session, filing: Filing, registration: Registration, on: date) -> frozenset[LifeAct]:
        actor, departments = self._station.actor, departments_of(session, filing.id)
        # A registration in place of this one comes once its printed end is past, a lapse once it is overdue.
        ends = ((LifeAct.BEGIN_AGAIN, registration.valid_until), (LifeAct.CLOSE_LAPSED, self._in_time_until(filing)))
        too_soon = {act for act, end in ends if not registration.is_over and end is not None and end >= on}
        if self._never_ends(filing, registration):
            too_soon |= {LifeAct.BEGIN_AGAIN, LifeAct.CLOSE_LAPSED}
        if not knows_extension(self._pack_of(filing)):
            too_soon.add(LifeAct.EXTEND)
        return frozenset(
            act
            for act in LifeAct
            if act not in too_soon
            and may_be_done(act, registration)
            and any(actor.may_for(right, filing.community, departments) for right in RIGHTS_OF_LIFE[act])
        )

    def _due(self, registration: Registration, state: LifeState, on: date, filing: Filing) -> Iterator[LifeDue]:
        pack, until = self._pack_of(filing), registration.valid_until
        terms = pack.deadlines
        is_going_on = state in (LifeState.UNDER_WAY, LifeState.EXPIRING, LifeState.EXTENDABLE)
        if is_going_on and not knows_extension(pack):
            yield _not_extended(registration, pack)
        elif is_going_on and until is not None:
            by = self._in_time_until(filing)
            text = _extension_words(registration, pack, by)
            yield LifeDue(text=text, by=by, article=terms.extension_article)
        if state is LifeState.OVERDUE:
            text = local("已过有效期，没有延期也没有注销：申报注销，重新登记，或者由分管领导例外延期")
            yield LifeDue(text=text, by=until, article=terms.validity_article, is_late=True)
        if state is LifeState.COMPLETED and registration.completed_on is not None:
            due = self._calendar.calendar().term(registration.completed_on, terms.closeout_working_days)
            by = due.day if due else None
            text = local(f"{registration.completed_on} 完工，{f'{by} 前' if by else ''}申报注销")
            yield LifeDue(text=text, by=by, article=terms.closeout_article, is_late=by is not None and on > by)
        if state is LifeState.AWAITING_CLOSEOUT:
            yield LifeDue(text="由巡查人员到现场核实完工情况", by=None, article=terms.closeout_article)
        if registration.is_stopped:
            yield LifeDue(text=f"{registration.stopped_on} 起停工", by=None, article="")
        if registration.is_escalated and not registration.is_over:
            text = local(f"{registration.escalated_on} 起提级，参照高风险小型工程管理")
            yield LifeDue(text=text, by=None, article="")


def _papers_due(session: Session, filing: Filing, registration: Registration, pack: PolicyPack) -> Iterator[LifeDue]:
    """Name the papers that a change left to be brought, while they can still be taken in."""
    codes = outstanding_papers(session, filing) if may_be_done(LifeAct.CHANGE, registration) else ()
    if codes:
        papers = "、".join(pack.material(code).label for code in codes)
        yield LifeDue(
            text=f"变更后待补材料：{papers}，备齐后办理变更补交", by=None, article=pack.article(OUTSTANDING_PAPERS)
        )


def _hazards_due(still_open: OpenMatters, pack: PolicyPack) -> Iterator[LifeDue]:
    """Name the hazards not cleared, of before the registration too: with any it is not closed out."""
    if still_open.hazards:
        yield LifeDue(
            text=f"未销项的隐患：{'、'.join(still_open.hazards)}", by=None, article=pack.article("patrol_findings")
        )


def _not_extended(registration: Registration, pack: PolicyPack) -> LifeDue:
    """Say why no extension is offered: the rules end no registration by a day, or know no further term."""
    if registration.valid_until is None or pack.deadlines.validity_months is None:
        return LifeDue(text="本规则没有规定有效期，不需要延期", by=None, article="")
    text = local("本规则没有规定延期：到期前申报注销，到期后还要施工的重新登记")
    return LifeDue(text=text, by=registration.valid_until, article=pack.deadlines.validity_article)


def _extension_words(registration: Registration, pack: PolicyPack, in_time: date | None) -> str:
    span, had = f"{registration.extension_first} 至 {registration.valid_until}", registration.extensions
    if had < extension_count(pack):
        is_rest_day = in_time is not None and in_time != registration.valid_until
        return f"可申请延期：{span}" + (f"，届满之日为休息日，{in_time} 申请仍算按期" if is_rest_day else "")
    return local(f"已延期 {had} 次，次数已用完：再延须由分管领导例外同意（{span} 申请），否则到期前申报注销")


def _number_of(session: Session, filing_id: int | None) -> str:
    filing = session.get(Filing, filing_id) if filing_id is not None else None
    return (filing.registration_number or filing.number) if filing is not None else ""


def _followed_by(session: Session, filing_id: int) -> str:
    later = session.scalars(select(Filing).where(Filing.follows_id == filing_id).order_by(Filing.id.desc())).first()
    return (later.registration_number or later.number) if later is not None else ""
