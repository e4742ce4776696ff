"""Sending a letter to another body: proposed by the rules, filled in from the record, under its register number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper
from desktop.documents.papers.transfer_letters import transfer_letter
from desktop.documents.site_paper import SitePaper
from desktop.domain.access import Right
from desktop.domain.acts import FieldFault
from desktop.domain.bodies import TransferKind
from desktop.domain.errors import ClerkError
from desktop.domain.register_number import Series
from desktop.domain.site import SiteRef
from desktop.domain.transfer import (
    KIND_WORDS,
    Sent,
    TransferMatter,
    TransferProposal,
    TransferRequest,
    TransferState,
)
from desktop.domain.transfer_faults import transfer_faults
from desktop.domain.transfer_routing import propose_transfer
from desktop.domain.typed_text import clean_text
from desktop.models.issued_document import IssuedDocument
from desktop.models.transfer import Transfer
from desktop.queries.filing_file import departments_of
from desktop.services.numbered_act import Written
from desktop.services.once import row_of_act
from desktop.services.review_steps import name_at_work
from desktop.services.touched import TRANSFER, Subject
from desktop.services.transfer_base import TransferBase
from desktop.services.transfer_matters import (
    MatterRows,
    evidence_of,
    matter_rows,
    told_facts,
    told_measures,
    usual_finding,
)
from desktop.services.transfer_traces import leave_traces

_SERIES: Final = {
    TransferKind.TRANSFER: Series.TRANSFER,
    TransferKind.REPORT: Series.TRANSFER,
    TransferKind.LETTER: Series.LETTER,
}
_REPLY_DAYS: Final = "transfer_reply_working_days"


class SendingTransfers(TransferBase):
    """Sends letters."""

    def propose(self, matter: TransferMatter) -> TransferProposal:
        """Say which letter to which body the rules propose, and who else may be chosen.

        Raises ``ClerkError``: not_permitted, outside_scope, no_such_filing, no_such_found_site, no_such_hazard,
        no_such_report, site_required.
        """
        self._station.actor.require(Right.PATROL_FEEDBACK)
        with self._database.reading() as session:
            rows = matter_rows(session, self._station.actor, matter)
            return self._proposal(session, matter, rows)

    def draft(self, matter: TransferMatter) -> TransferRequest:
        """Give the letter about a matter filled in from the record, to be read and sent; raises as ``propose``."""
        self._station.actor.require(Right.PATROL_FEEDBACK)
        with self._database.reading() as session:
            rows = matter_rows(session, self._station.actor, matter)
            proposal = self._proposal(session, matter, rows)
            return self._filled(session, matter, rows, proposal=proposal)

    def after_refusal(
        self, hazard_id: int, *, violation: str = "", is_within_power: bool | None = None
    ) -> TransferRequest:
        """Give the filled letter about a hazard whose rectification is refused; raises as ``propose``."""
        matter = TransferMatter(hazard_id=hazard_id, violation=violation, is_within_power=is_within_power)
        return self.draft(matter)

    def reply_by(self) -> date | None:
        """Give the day until which to ask for a reply to what is sent today; None where the setting asks for none."""
        days = int(self._station.pack().numbers().get(_REPLY_DAYS, 0))
        return self._calendar.calendar().add_working_days(self._station.today(), days).day if days else None

    def faults(self, request: TransferRequest) -> tuple[FieldFault, ...]:
        """Say what is wrong with a letter."""
        return transfer_faults(request, self._station.today())

    def send(self, request: TransferRequest) -> Sent:
        """Send a letter under its register number; the same ``act_id`` twice sends one.

        Raises ``ClerkError``: not_permitted, outside_scope, transfer_unfit (field, why), what ``propose`` raises,
        act_id_used, missing_characters, office_not_set_up, database_locked, disk_full, read_only.
        """
        self._station.actor.require(Right.PATROL_FEEDBACK)
        fault = next(iter(self.faults(request)), None)
        if fault is not None:
            raise ClerkError("transfer_unfit", field=fault.field, why=fault.message)
        request = _cleaned(request)

        def compose(session: Session, number: str) -> Sequence[Paper]:
            rows = matter_rows(session, self._station.actor, _matter(request))
            return (self._letter(rows, request, number),)

        def write(session: Session, number: str, documents: Sequence[IssuedDocument]) -> tuple[Sent, Written]:
            rows = matter_rows(session, self._station.actor, _matter(request))
            return self._write(session, rows, request, number=number, document=documents[0])

        return self._acts.carry_out(
            _SERIES[request.kind], done=lambda s: self._done(s, request), compose=compose, write=write
        )

    def _done(self, session: Session, request: TransferRequest) -> Sent | None:
        """Give what the same letter gave before; raises ``ClerkError("act_id_used")`` for another."""
        told = _told(request, self._addressee(request.to_body))
        if request.site != SiteRef():
            told |= {"filing_id": request.site.filing_id, "found_site_id": request.site.found_site_id}
        sent = row_of_act(session, Transfer, request.act_id, told)
        return None if sent is None else Sent(transfer_id=sent.id, number=sent.number, paper_id=sent.document_id or 0)

    def _proposal(self, session: Session, matter: TransferMatter, rows: MatterRows) -> TransferProposal:
        if not (matter.violation or matter.finding):
            matter = replace(matter, finding=usual_finding(rows))
        filing_id = rows.site.ref.filing_id
        departments = departments_of(session, filing_id) if filing_id is not None else ()
        return propose_transfer(matter, self._station.pack(), facts=rows.facts, departments=departments)

    def _filled(
        self, session: Session, matter: TransferMatter, rows: MatterRows, *, proposal: TransferProposal
    ) -> TransferRequest:
        pack, hazard = self._station.pack(), rows.hazard
        article = proposal.article
        return TransferRequest(
            site=rows.site.ref,
            hazard_id=hazard.id if hazard is not None else None,
            report_id=matter.report_id,
            kind=proposal.kind,
            to_body=proposal.to_body,
            route=proposal.route,
            article=article,
            violation=matter.violation,
            facts=told_facts(rows, pack.finding_labels, on=self._station.today()),
            measures=told_measures(rows),
            evidence=evidence_of(session, rows),
            grounds=(f"{pack.title}{article}",) if article else (),
            request="请依法查处，并将处理结果反馈我单位。",
            is_same_day=proposal.is_same_day,
            reply_by=self.reply_by(),
        )

    def _letter(self, rows: MatterRows, request: TransferRequest, number: str) -> Paper:
        ctx = SitePaper(
            office=self._station.known_office(),
            pack=self._station.pack(),
            site=rows.site,
            number=number,
            issued_on=self._station.today(),
        )
        return transfer_letter(ctx, request, addressee=self._addressee(request.to_body))

    def _addressee(self, to_body: str) -> str:
        """Call the street's enforcement body by its own name where the pack only says what it is."""
        own = self._station.known_office().enforcement_body
        is_own = any(body.name == to_body and body.is_street_enforcement for body in self._station.pack().bodies)
        return own if is_own and own else to_body

    def _write(
        self, session: Session, rows: MatterRows, request: TransferRequest, *, number: str, document: IssuedDocument
    ) -> tuple[Sent, Written]:
        today, ref = self._station.today(), rows.site.ref
        document.filing_id, document.community = ref.filing_id, None if ref.filing_id else rows.community
        session.add(document)
        session.flush()
        sent = Transfer(
            act_id=request.act_id,
            number=number,
            filing_id=ref.filing_id,
            found_site_id=ref.found_site_id,
            community=rows.community,
            **_told(request, self._addressee(request.to_body)),
            sent_on=today,
            state=TransferState.SENT.value,
            result="",
            penalty="",
            is_joint=False,
            document_id=document.id,
            sent_at=self._station.now(),
            sent_by=name_at_work(self._station),
            sent_by_id=self._station.actor.account_id,
        )
        session.add(sent)
        session.flush()
        touched: list[Subject] = [(TRANSFER, sent.id)]
        touched += leave_traces(session, sent, rows=rows, document_id=document.id)
        written = Written(
            act="transfer",
            summary=f"{KIND_WORDS[request.kind]} {number}，送{sent.to_body}",
            filing_id=ref.filing_id,
            community=None if ref.filing_id else rows.community,
            touched=touched,
        )
        return Sent(transfer_id=sent.id, number=number, paper_id=document.id), written


def _told(request: TransferRequest, to_body: str) -> dict[str, Any]:
    """Give what a letter says as it is kept, and never changed."""
    names = ("hazard_id", "report_id", "route", "article", "violation", "facts", "is_same_day", "reply_by")
    return {
        **{name: getattr(request, name) for name in names},
        "kind": request.kind.value,
        "to_body": to_body,
        "evidence": list(request.evidence),
        "grounds": list(request.grounds),
    }


def _matter(request: TransferRequest) -> TransferMatter:
    return TransferMatter(site=request.site, hazard_id=request.hazard_id, report_id=request.report_id)


def _cleaned(request: TransferRequest) -> TransferRequest:
    return replace(
        request,
        to_body=clean_text(request.to_body),
        facts=clean_text(request.facts),
        measures=clean_text(request.measures),
        request=clean_text(request.request),
        evidence=tuple(line for line in map(clean_text, request.evidence) if line),
        grounds=tuple(line for line in map(clean_text, request.grounds) if line),
    )
