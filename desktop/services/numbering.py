"""Giving numbers without gaps: taken only in the transaction that uses them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from desktop.domain.register_number import Series, format_number
from desktop.models.record import SequenceRow, VoidNumber


def next_number(session: Session, office_code: str, *, series: Series, year: int) -> str:
    """Say which number would be taken now, without taking it."""
    last = session.scalar(select(SequenceRow.last).where(*_of(office_code, series, year))) or 0
    return format_number(office_code=office_code, series=series, year=year, serial=last + 1)


def take_number(session: Session, office_code: str, *, series: Series, year: int) -> str:
    """Take the next number of a station's series in a year; it is given back when the transaction fails.

    Must be called in a writing session, which holds the lock of the whole ledger.
    """
    number = next_number(session, office_code, series=series, year=year)
    counted = update(SequenceRow).where(*_of(office_code, series, year)).values(last=SequenceRow.last + 1)
    found = session.scalar(counted.returning(SequenceRow.last).execution_options(synchronize_session=False))
    if found is None:
        session.add(SequenceRow(station=office_code, series=series.value, year=year, last=1))
        session.flush()
    return number


def void_number(session: Session, number: str, *, why: str, at: datetime) -> None:
    """Explain a number that no filing holds (作废登记)."""
    session.add(VoidNumber(number=number, why=why, voided_at=at))


def _of(office_code: str, series: Series, year: int) -> tuple[ColumnElement[bool], ...]:
    return SequenceRow.station == office_code, SequenceRow.series == series.value, SequenceRow.year == year
