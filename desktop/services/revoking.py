"""Revoking a registration (撤销) and noting how the owner was told."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from desktop.documents.blocks import Paper
from desktop.documents.papers.revocation import RevocationWords, revocation_notice
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.life_acts import OTHER_GROUND, Delivery, Ground, LifeDone, RevocationRequest
from desktop.domain.life_words import DELIVERY_WORDS
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.register_number import Series
from desktop.domain.registration_life import RIGHTS_OF_LIFE, LifeAct
from desktop.domain.revoking import grounds_of
from desktop.domain.walk_in_json import walk_in_from_plain
from desktop.models.filing import Filing
from desktop.models.issued_document import IssuedDocument
from desktop.models.registration_life import Revocation
from desktop.queries.registration_life import revocation_of
from desktop.services.audit import record_event
from desktop.services.life_base import LifeBase, fit_texts, move
from desktop.services.numbered_act import Written
from desktop.services.review_steps import name_at_work


class Revoking(LifeBase):
    """Revocations; nothing of a revoked registration changes afterwards but how it was delivered."""

    def grounds(self, filing_id: int) -> tuple[Ground, ...]:
        """List the grounds on which a registration can be revoked, with their articles.

        Raises ``ClerkError``: no_such_filing, not_permitted, outside_scope, not_in_this_state.
        """
        self._station.actor.require(*RIGHTS_OF_LIFE[LifeAct.REVOKE])
        with self._database.reading() as session:
            return self._grounds(self._filing(session, LifeAct.REVOKE, filing_id)[0])

    def revoke(self, request: RevocationRequest) -> LifeDone:
        """Revoke a registration and print the notice; the same ``act_id`` twice gives the same notice.

        Raises ``ClerkError``: as ``grounds``, life_incomplete, rectify_first where the rules have rectification
        offered before, act_id_used, missing_characters, office_not_set_up, database_locked,
        disk_full, read_only.
        """
        self._station.actor.require(*RIGHTS_OF_LIFE[LifeAct.REVOKE])
        fit = fit_texts(facts=request.facts, evidence=request.evidence, ground_text_=request.ground_text)

        def compose(session: Session, number: str) -> Sequence[Paper]:
            filing, ground = self._ground(session, request, fit)
            words = RevocationWords(
                ground=ground,
                ground_text=fit["ground_text"] if ground.code == OTHER_GROUND else "",
                facts=fit["facts"],
                evidence=fit["evidence"],
                decided_by=name_at_work(self._station),
            )
            return (revocation_notice(self._context(session, filing, number), words),)

        def write(session: Session, number: str, documents: Sequence[IssuedDocument]) -> tuple[LifeDone, Written]:
            filing, ground = self._ground(session, request, fit)
            paper_id = self._keep(session, filing, number, documents)
            session.add(self._revocation_row(request, ground, fit, number=number, paper_id=paper_id))
            before = filing.status
            move(filing, LifeAct.REVOKE)
            filing.revoked_on = self._station.today()
            session.flush()
            said = fit["ground_text"] if ground.code == OTHER_GROUND else ground.label
            written = Written(
                act="revocation",
                summary=f"{local('撤销登记')}，编号 {number}：{said}{in_brackets(ground.article)}",
                filing_id=filing.id,
                reason=fit["facts"],
                changes=(("status", before, filing.status),),
            )
            return self._result(session, filing.id, number), written

        told = {"filing_id": request.filing_id, "ground": request.ground, "evidence": fit["evidence"]}
        return self._acts.carry_out(
            Series.REVOCATION,
            done=lambda session: self._done(session, Revocation, request.act_id, **told),
            compose=compose,
            write=write,
        )

    def deliver(self, delivery: Delivery) -> frozenset[Change]:
        """Note how the notice reached the owner; the same again changes nothing.

        Raises ``ClerkError``: no_such_filing, not_permitted, outside_scope, not_in_this_state, life_incomplete,
        delivery_day, already_delivered, database_locked, disk_full, read_only.
        """
        self._station.actor.require(*RIGHTS_OF_LIFE[LifeAct.DELIVER])
        fit = fit_texts(receiver=delivery.receiver, note_=delivery.note)
        with self._database.writing() as session:
            filing, _registration = self._filing(session, LifeAct.DELIVER, delivery.filing_id)
            row = revocation_of(session, filing.id)
            assert row is not None
            told = (delivery.delivered_on, delivery.manner.value, fit["receiver"], fit["note"])
            if row.delivered_on is not None:
                if (row.delivered_on, row.delivery, row.receiver, row.delivery_note) == told:
                    return frozenset()
                raise ClerkError("already_delivered", on=row.delivered_on)
            if not row.decided_on <= delivery.delivered_on <= self._station.today():
                raise ClerkError("delivery_day", first=row.decided_on)
            row.delivered_on, row.delivery, row.receiver, row.delivery_note = told
            manner = DELIVERY_WORDS[delivery.manner]
            record_event(
                session,
                self._station,
                act="revocation_delivered",
                summary=(
                    f"{local('撤销登记告知书')} {row.number} 于 {delivery.delivered_on} {manner}，"
                    f"收件人 {fit['receiver']}"
                ),
                reason=fit["note"],
                filing_id=filing.id,
            )
        return frozenset({Change.FILINGS})

    def _grounds(self, filing: Filing) -> tuple[Ground, ...]:
        return grounds_of(self._pack_of(filing), walk_in_from_plain(filing.walk_in).facts)

    def _ground(self, session: Session, request: RevocationRequest, fit: dict[str, str]) -> tuple[Filing, Ground]:
        filing, _registration = self._filing(session, LifeAct.REVOKE, request.filing_id)
        ground = next((each for each in self._grounds(filing) if each.code == request.ground), None)
        if ground is None:
            raise ClerkError("life_incomplete", fields=("ground",))
        if ground.code == OTHER_GROUND and not fit["ground_text"]:
            raise ClerkError("life_incomplete", fields=("ground_text",))
        if ground.needs_refusal and not request.has_refused:
            raise ClerkError("rectify_first", article=ground.first_article)
        return filing, ground

    def _revocation_row(
        self, request: RevocationRequest, ground: Ground, fit: dict[str, str], *, number: str, paper_id: int | None
    ) -> Revocation:
        is_other = ground.code == OTHER_GROUND
        return Revocation(
            act_id=request.act_id,
            number=number,
            filing_id=request.filing_id,
            ground=ground.code,
            article=ground.article,
            facts=f"{fit['ground_text']}：{fit['facts']}" if is_other else fit["facts"],
            evidence=fit["evidence"],
            decided_on=self._station.today(),
            decided_by=name_at_work(self._station),
            document_id=paper_id,
            delivered_on=None,
            delivery="",
            receiver="",
            delivery_note="",
            done_at=self._station.now(),
            done_by_id=self._station.actor.account_id,
        )
