"""Handing matters to other bodies: proposed by the rules, sent as a numbered letter, followed to the reply."""

from __future__ import annotations

from typing import Final

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.transfer import (
    TransferCriteria,
    TransferFile,
    TransferRow,
    TransferStepDraft,
)
from desktop.models.transfer import Transfer
from desktop.queries.papers import papers_by_id
from desktop.queries.transfers import count_transfers, transfer_row, transfer_steps, transfers
from desktop.services.measures_of_replies import MeasureProposal, proposed_measure
from desktop.services.transfer_register import GivingOutTheRegister
from desktop.services.transfer_sending import SendingTransfers
from desktop.services.transfer_steps import take_step

CHANGED: Final = frozenset({Change.ON_SITE, Change.PAPERS, Change.FILINGS})


class TransferService(SendingTransfers, GivingOutTheRegister):
    """The register of matters handed on; the penalty itself is decided elsewhere and typed here."""

    def find(self, criteria: TransferCriteria) -> tuple[TransferRow, ...]:
        """List matters handed on, the last sent first."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return transfers(session, criteria, as_of=self._station.today())

    def count(self, criteria: TransferCriteria) -> int:
        """Count matters handed on, whatever the limit of the list."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            return count_transfers(session, criteria, as_of=self._station.today())

    def file(self, transfer_id: int) -> TransferFile:
        """Give one matter with its steps and papers; raises ``ClerkError``: not_permitted, no_such_transfer."""
        self._station.actor.require(Right.SEE)
        with self._database.reading() as session:
            sent, row = session.get(Transfer, transfer_id), transfer_row(session, transfer_id)
            if sent is None or row is None:
                raise ClerkError("no_such_transfer", transfer_id=transfer_id)
            return TransferFile(
                row=row,
                facts=sent.facts,
                evidence=tuple(sent.evidence),
                grounds=tuple(sent.grounds),
                steps=transfer_steps(session, transfer_id),
                papers=papers_by_id(session, [sent.document_id] if sent.document_id else []),
            )

    def step(self, transfer_id: int, draft: TransferStepDraft) -> TransferRow:
        """Enter a step: received, in progress, a reminder, joint removal of danger, or the reply with its result.

        The same ``act_id`` twice counts once.  Raises ``ClerkError``: not_permitted, outside_scope, no_such_transfer,
        transfer_replied (number), transfer_unfit (field, why), act_id_used, database_locked, disk_full, read_only.
        """
        self._station.actor.require(Right.PATROL_FEEDBACK)
        with self._database.writing() as session:
            take_step(session, self._station, transfer_id, draft)
            row = transfer_row(session, transfer_id)
            assert row is not None
            return row

    def measure_of(self, transfer_id: int) -> MeasureProposal:
        """Give the measure that follows from a replied penalty, for the firm's page in the register.

        Raises ``ClerkError``: not_permitted, no_such_transfer, no_penalty.
        """
        self._station.actor.require(Right.JUDGE_CONDUCT)
        with self._database.reading() as session:
            sent = session.get(Transfer, transfer_id)
            if sent is None:
                raise ClerkError("no_such_transfer", transfer_id=transfer_id)
            return proposed_measure(session, sent, transfer_steps(session, transfer_id))
