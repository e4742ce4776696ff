"""Matters handed to other bodies, as the register lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.bodies import TransferKind
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.site import SiteRef
from desktop.domain.transfer import (
    Penalty,
    PenaltyKind,
    TransferCriteria,
    TransferMove,
    TransferRow,
    TransferState,
    TransferStepRow,
)
from desktop.models.filing import Filing
from desktop.models.found_site import FoundSite
from desktop.models.public_report import PublicReport
from desktop.models.transfer import Transfer, TransferStep

_Joined = Select[Transfer, Filing, FoundSite, PublicReport]


def transfers(session: Session, criteria: TransferCriteria, *, as_of: date) -> tuple[TransferRow, ...]:
    """List the matters asked for, the last sent first."""
    asked = _joined().where(*_filters(criteria, as_of)).order_by(Transfer.sent_on.desc(), Transfer.id.desc())
    return tuple(_row(*found) for found in session.execute(asked.limit(criteria.limit)))


def count_transfers(session: Session, criteria: TransferCriteria, *, as_of: date) -> int:
    """Count the matters asked for, whatever the limit."""
    asked = _joined().where(*_filters(criteria, as_of))
    return session.scalar(select(func.count()).select_from(asked.with_only_columns(Transfer.id).subquery())) or 0


def transfer_row(session: Session, transfer_id: int) -> TransferRow | None:
    """Give one matter, None when there is none to be seen."""
    found = session.execute(_joined().where(Transfer.id == transfer_id)).first()
    return None if found is None else _row(*found)


def transfer_steps(session: Session, transfer_id: int) -> tuple[TransferStepRow, ...]:
    """Give the steps of one matter in the order in which they were entered."""
    asked = select(TransferStep).where(TransferStep.transfer_id == transfer_id).order_by(TransferStep.id)
    return tuple(_step(step) for step in session.scalars(asked))


def _joined() -> _Joined:
    return (
        select(Transfer, Filing, FoundSite, PublicReport)
        .outerjoin(Filing, Transfer.filing_id == Filing.id)
        .outerjoin(FoundSite, Transfer.found_site_id == FoundSite.id)
        .outerjoin(PublicReport, Transfer.report_id == PublicReport.id)
    )


def _filters(criteria: TransferCriteria, as_of: date) -> Iterator[ColumnElement[bool]]:
    if text := criteria.text.strip():
        places = (
            Transfer.number,
            Transfer.to_body,
            Transfer.facts,
            Filing.number,
            Filing.registration_number,
            Filing.project_name,
            Filing.place,
            FoundSite.number,
            FoundSite.place,
        )
        yield or_(*(column.contains(text, autoescape=True) for column in places))
    if criteria.state is not None:
        yield Transfer.state == criteria.state.value
    if criteria.kind is not None:
        yield Transfer.kind == criteria.kind.value
    for column, wanted in (
        (Transfer.to_body, criteria.to_body),
        (Transfer.community, criteria.community),
        (Transfer.hazard_id, criteria.hazard_id),
    ):
        if wanted is not None:
            yield column == wanted
    if criteria.site is not None:
        yield Transfer.filing_id.is_not_distinct_from(criteria.site.filing_id)
        yield Transfer.found_site_id.is_not_distinct_from(criteria.site.found_site_id)
    yield from _days(criteria, as_of)


def _days(criteria: TransferCriteria, as_of: date) -> Iterator[ColumnElement[bool]]:
    if criteria.sent_from is not None:
        yield Transfer.sent_on >= criteria.sent_from
    if criteria.sent_to is not None:
        yield Transfer.sent_on <= criteria.sent_to
    is_open = Transfer.state != TransferState.REPLIED.value
    if criteria.is_open is not None:
        yield is_open if criteria.is_open else ~is_open
    if criteria.is_overdue is not None:
        late = and_(is_open, func.coalesce(Transfer.reply_by, as_of) < (criteria.as_of or as_of))
        yield late if criteria.is_overdue else ~late


def _row(sent: Transfer, filing: Filing | None, found: FoundSite | None, report: PublicReport | None) -> TransferRow:
    number, name, place = "", "", ""
    if filing is not None:
        number, name, place = filing.registration_number or filing.number, filing.project_name, filing.place
    elif found is not None:
        number, name, place = found.number, found.work, found.place
    elif report is not None:
        number, place = report.number, report.place
    return TransferRow(
        id=sent.id,
        number=sent.number,
        kind=TransferKind(sent.kind),
        site=SiteRef(filing_id=sent.filing_id, found_site_id=sent.found_site_id),
        site_number=number,
        site_name=cover_numbers(name),
        place=cover_numbers(place),
        community=sent.community,
        hazard_id=sent.hazard_id,
        report_id=sent.report_id,
        to_body=sent.to_body,
        route=sent.route,
        article=sent.article,
        violation=sent.violation,
        is_same_day=sent.is_same_day,
        sent_on=sent.sent_on,
        sent_by=sent.sent_by,
        reply_by=sent.reply_by,
        state=TransferState(sent.state),
        received_on=sent.received_on,
        replied_on=sent.replied_on,
        result=cover_numbers(sent.result),
        penalty=sent.penalty,
        is_joint=sent.is_joint,
    )


def _step(step: TransferStep) -> TransferStepRow:
    details = step.details
    return TransferStepRow(
        move=TransferMove(step.state),
        on=step.on,
        who=step.who,
        text=cover_numbers(step.text),
        penalty=penalty_from_plain(details.get("penalty")),
        documents=tuple(details.get("documents", ())),
        bodies=tuple(details.get("bodies", ())),
        done_at=step.done_at,
        done_by=step.done_by,
    )


def penalty_from_plain(plain: Mapping[str, Any] | None) -> Penalty | None:
    """Read a stored penalty."""
    if plain is None:
        return None
    amount, decided_on = plain.get("amount_yuan"), plain.get("decided_on")
    return Penalty(
        kind=PenaltyKind(plain["kind"]),
        amount_yuan=Decimal(amount) if amount else None,
        document=str(plain.get("document", "")),
        decided_on=date.fromisoformat(decided_on) if decided_on else None,
    )
