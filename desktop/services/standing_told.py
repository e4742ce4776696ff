"""The two parts of the five-part ledger that are recorded in many places: what was dealt with, what was followed up."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import Final

from sqlalchemy.orm import Session

from desktop.domain.bodies import TransferKind
from desktop.domain.hazard import STATE_WORDS, STEP_WORDS, HazardState, StepKind
from desktop.domain.hazard_proposal import finding_article
from desktop.domain.life_acts import CloseOutState
from desktop.domain.life_words import CLOSEOUT_STATE_WORDS
from desktop.domain.local_rules import local
from desktop.domain.order import OrderKind
from desktop.domain.pack import PolicyPack
from desktop.domain.revoking import GROUND_WORDS
from desktop.domain.standing_ledger import StandingCriteria
from desktop.domain.transfer import KIND_WORDS, MOVE_WORDS, TransferMove
from desktop.queries import standing_ledgers as reads
from desktop.services.standing_cells import Told, measure_words

_ORDERS: Final = {OrderKind.STOP: "责令停止施工（作业）", OrderKind.RECTIFY: "责令限期改正"}


def dealt_with(session: Session, asked: StandingCriteria, pack: PolicyPack) -> Iterator[Told]:
    """Give what was dealt with in the period by its day: measures, orders, letters, revocations."""
    streams = (
        _measures(session, asked, pack),
        _orders(session, asked),
        _letters(session, asked),
        _revocations(session, asked),
    )
    return heapq.merge(*streams, key=lambda told: told.on)


def followed_up(session: Session, asked: StandingCriteria) -> Iterator[Told]:
    """Give what became of it in the period by its day: steps of hazards, answers to letters, close-outs."""
    streams = (_steps(session, asked), _answers(session, asked), _close_outs(session, asked))
    return heapq.merge(*streams, key=lambda told: told.on)


def _measures(session: Session, asked: StandingCriteria, pack: PolicyPack) -> Iterator[Told]:
    for row in reads.hazards(session, asked):
        one = row.Hazard
        if not (one.measures or one.refused_on or one.stopped_on):
            continue
        stopped = f"停工 {one.stopped_on}" if one.stopped_on else ""
        refused = f"拒不整改 {one.refused_on}" if one.refused_on else ""
        yield Told(
            on=one.found_on,
            site_number=row.site_number,
            site_name=row.site_name,
            community=row.community,
            number=one.number,
            violation="：".join(filter(None, (pack.finding_label(one.finding), one.description))),
            article=finding_article(pack, one.finding, row.kind),
            measures=measure_words(one.measures),
            result="，".join(filter(None, (stopped, refused, STATE_WORDS[HazardState(one.state)]))),
        )


def _orders(session: Session, asked: StandingCriteria) -> Iterator[Told]:
    for row in reads.orders(session, asked):
        order = row.Order
        on = order.ordered_at.astimezone().date()
        if asked.first_on <= on <= asked.last_on:
            yield Told(
                on=on,
                site_number=row.site_number,
                site_name=row.site_name,
                community=row.community,
                number=order.number,
                violation="执法机构签发责令文书",
                article=order.article,
                measures=_ORDERS[OrderKind(order.kind)],
                result=f"限{order.due_on}前" if order.due_on else "",
            )


def _letters(session: Session, asked: StandingCriteria) -> Iterator[Told]:
    for row in reads.transfers(session, asked):
        letter = row.Transfer
        yield Told(
            on=letter.sent_on,
            site_number=row.site_number,
            site_name=row.site_name,
            community=row.community,
            number=letter.number,
            violation="：".join(filter(None, (letter.violation, letter.facts))),
            article=letter.article,
            measures=f"{KIND_WORDS[TransferKind(letter.kind)]}，{letter.to_body}",
            result="；".join(filter(None, (letter.result, letter.penalty))) or "待反馈",
        )


def _revocations(session: Session, asked: StandingCriteria) -> Iterator[Told]:
    for row in reads.revocations(session, asked):
        one = row.Revocation
        yield Told(
            on=one.decided_on,
            site_number=row.site_number,
            site_name=row.site_name,
            community=row.community,
            number=one.number,
            violation=f"{GROUND_WORDS.get(one.ground, one.ground)}：{one.facts}",
            article=one.article,
            measures=local("撤销登记"),
            result=f"{one.delivered_on}送达" if one.delivered_on else "待送达",
        )


def _steps(session: Session, asked: StandingCriteria) -> Iterator[Told]:
    for row in reads.hazard_steps(session, asked):
        step = row.HazardStep
        yield Told(
            on=step.on,
            site_number=row.site_number,
            site_name=row.site_name,
            community=row.community,
            number=row.number,
            step=STEP_WORDS[StepKind(step.kind)],
            text=step.text,
            due_on=step.due_on,
            who=step.done_by,
        )


def _answers(session: Session, asked: StandingCriteria) -> Iterator[Told]:
    for row in reads.transfer_steps(session, asked):
        move = row.TransferStep
        is_known = move.state in set(TransferMove)
        yield Told(
            on=move.on,
            site_number=row.site_number,
            site_name=row.site_name,
            community=row.community,
            number=row.number,
            step=MOVE_WORDS[TransferMove(move.state)] if is_known else move.state,
            text=move.text,
            who=move.who or move.done_by,
        )


def _close_outs(session: Session, asked: StandingCriteria) -> Iterator[Told]:
    for row in reads.close_outs(session, asked):
        close = row.CloseOut
        yield Told(
            on=close.applied_on,
            site_number=row.site_number,
            site_name=row.site_name,
            community=row.community,
            number=close.number,
            step=local(f"注销：{CLOSEOUT_STATE_WORDS[CloseOutState(close.state)]}"),
            text=close.check_text,
            who=close.checked_by or close.done_by,
        )
