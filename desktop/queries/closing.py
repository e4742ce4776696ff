"""What the ledger says of one day: counts of the trail, numbers given and void, accounts, backups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.register_number import RegisterNumber, parse_number
from desktop.models.account import Account
from desktop.models.filing import FilingVisit
from desktop.models.issued_document import IssuedDocument
from desktop.models.record import AuditEvent, VoidNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesOfDay:
    """The numbers of one series given in a day, in order, and those made void."""

    label: str
    numbers: tuple[str, ...]
    void: tuple[str, ...]


def acts_between(session: Session, first: datetime, end: datetime) -> Counter[tuple[str, str]]:
    """Count the events of a time by act and person."""
    asked = select(AuditEvent.act, AuditEvent.who, func.count()).where(AuditEvent.at >= first, AuditEvent.at < end)
    return Counter({(act, who): count for act, who, count in session.execute(asked.group_by("act", "who"))})


def numbers_of_day(session: Session, day: date, first: datetime, end: datetime) -> tuple[SeriesOfDay, ...]:
    """Give the numbers that visits and papers of a day took, series by series."""
    visits = session.scalars(select(FilingVisit.number).where(FilingVisit.visited_on == day))
    issued = select(IssuedDocument.number).where(IssuedDocument.issued_at >= first, IssuedDocument.issued_at < end)
    voided = select(VoidNumber.number).where(VoidNumber.voided_at >= first, VoidNumber.voided_at < end)
    given = _by_series({*visits, *session.scalars(issued)})
    void = _by_series(session.scalars(voided))
    return tuple(
        SeriesOfDay(
            label=key[2],
            numbers=tuple(str(number) for number in given.get(key, ())),
            void=tuple(str(number) for number in void.get(key, ())),
        )
        for key in sorted({*given, *void})
    )


def last_event_of(session: Session, act: str) -> datetime | None:
    """Give when an act was last on record."""
    asked = select(AuditEvent.at).where(AuditEvent.act == act)
    return session.scalar(asked.order_by(AuditEvent.id.desc()).limit(1))


def count_accounts_locked(session: Session) -> int:
    """Count the accounts that are locked now."""
    return session.scalar(select(func.count()).select_from(Account).where(Account.is_locked)) or 0


def _by_series(numbers: Iterable[str]) -> dict[tuple[str, int, str], list[RegisterNumber]]:
    found: dict[tuple[str, int, str], list[RegisterNumber]] = defaultdict(list)
    for number in numbers:
        parsed = parse_number(number)
        if parsed is not None:
            found[parsed.office_code, parsed.year, parsed.series.label].append(parsed)
    for run in found.values():
        run.sort(key=lambda number: number.serial)
    return found
