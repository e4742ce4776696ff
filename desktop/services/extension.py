"""Extending a registration (延期): in the window by the clerk, else by the manager's exception."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper
from desktop.documents.papers.extension import ExtensionWords, extension_application, extension_receipt
from desktop.domain.access import Right
from desktop.domain.deadlines import extension_window
from desktop.domain.extending import extension_ahead, require_extendable
from desktop.domain.life_acts import ExtensionAhead, ExtensionRequest, LifeDone
from desktop.domain.local_rules import in_brackets
from desktop.domain.register_number import Series
from desktop.domain.registration_life import RIGHTS_OF_LIFE, LifeAct, Registration
from desktop.models.filing import Filing
from desktop.models.issued_document import IssuedDocument
from desktop.models.registration_life import Extension
from desktop.services.life_base import LifeBase, fit_texts
from desktop.services.numbered_act import Written
from desktop.services.review_steps import name_at_work


class Extending(LifeBase):
    """Extensions, each kept with what it changed."""

    def extension_ahead(self, filing_id: int, months: int | None = None) -> ExtensionAhead:
        """Say what an extension applied for today would bring.

        Raises ``ClerkError``: no_such_filing, not_permitted, outside_scope, not_extendable (why: finished, awaiting
        close-out, closed, revoked), not_in_this_state, no_extension_here, extension_months.
        """
        self._station.actor.require(*RIGHTS_OF_LIFE[LifeAct.EXTEND])
        with self._database.reading() as session:
            filing, registration = self._filing(session, LifeAct.EXTEND, filing_id)
            return self._ahead_of(filing, registration, months)

    def extend(self, request: ExtensionRequest) -> LifeDone:
        """Extend a registration by the application taken in today; the same ``act_id`` twice gives the same receipt.

        Raises ``ClerkError``: as ``extension_ahead``, extension_too_early, re_registration_needed,
        extension_used_up, reason_required, life_incomplete, act_id_used, missing_characters, office_not_set_up,
        database_locked, disk_full, read_only.
        """
        self._station.actor.require(*RIGHTS_OF_LIFE[LifeAct.EXTEND])
        fit = fit_texts(reason=request.reason, exception_reason_=request.exception_reason)

        def compose(session: Session, number: str) -> Sequence[Paper]:
            filing, ahead = self._granted(session, request)
            context = self._context(session, filing, number)
            words = ExtensionWords(ahead=ahead, reason=fit["reason"], exception_reason=_exception(ahead, fit))
            return extension_application(context, words), extension_receipt(context, words)

        def write(session: Session, number: str, documents: Sequence[IssuedDocument]) -> tuple[LifeDone, Written]:
            filing, ahead = self._granted(session, request)
            paper_id = self._keep(session, filing, number, documents)
            session.add(self._extension_row(request, ahead, fit, number=number, paper_id=paper_id))
            filing.valid_until = ahead.valid_until
            window = self._pack_of(filing).deadlines.extension_window_days
            filing.extension_first = None if window is None else extension_window(ahead.valid_until, window)[0]
            session.flush()
            days = f"由 {ahead.valid_before} 延至 {ahead.valid_until}"
            written = Written(
                act="extension",
                summary=f"延期，编号 {number}：有效期{days}{in_brackets(ahead.article)}",
                filing_id=filing.id,
                reason="；".join(part for part in (fit["reason"], _exception(ahead, fit)) if part),
                changes=(("valid_until", ahead.valid_before.isoformat(), ahead.valid_until.isoformat()),),
            )
            return self._result(session, filing.id, number), written

        told = {"filing_id": request.filing_id, "reason": fit["reason"]}
        return self._acts.carry_out(
            Series.EXTENSION,
            done=lambda session: self._done(session, Extension, request.act_id, **told),
            compose=compose,
            write=write,
        )

    def _ahead_of(self, filing: Filing, registration: Registration, months: int | None) -> ExtensionAhead:
        today, calendar = self._station.today(), self._calendar.calendar()
        return extension_ahead(registration, today, pack=self._pack_of(filing), calendar=calendar, months=months)

    def _granted(self, session: Session, request: ExtensionRequest) -> tuple[Filing, ExtensionAhead]:
        filing, registration = self._filing(session, LifeAct.EXTEND, request.filing_id)
        ahead = self._ahead_of(filing, registration, request.months)
        may_except = self._may_except(session, filing)
        require_extendable(ahead, may_except=may_except, exception_reason=request.exception_reason)
        if not ahead.exceptions:
            # In time it is the counter's; only an exception is the manager's alone.
            self._require_reach(session, filing, (Right.REGISTER,))
        return filing, ahead

    def _extension_row(
        self,
        request: ExtensionRequest,
        ahead: ExtensionAhead,
        fit: dict[str, str],
        *,
        number: str,
        paper_id: int | None,
    ) -> Extension:
        return Extension(
            act_id=request.act_id,
            number=number,
            filing_id=request.filing_id,
            applied_on=self._station.today(),
            timing=ahead.timing,
            valid_before=ahead.valid_before,
            valid_until=ahead.valid_until,
            months=ahead.months,
            reason=fit["reason"],
            exception_reason=_exception(ahead, fit),
            document_id=paper_id,
            done_at=self._station.now(),
            done_by=name_at_work(self._station),
            done_by_id=self._station.actor.account_id,
        )


def _exception(ahead: ExtensionAhead, fit: dict[str, str]) -> str:
    return fit["exception_reason"] if ahead.exceptions else ""
