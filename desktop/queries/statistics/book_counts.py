"""What the measures of activities, surveys, accidents, money and supervision count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from sqlalchemy import ColumnElement, String, and_, exists, not_, select, type_coerce
from sqlalchemy.orm import aliased

from desktop.domain.book import BookKind
from desktop.domain.facts import MINOR_OPERATION, SMALL_WORK
from desktop.domain.measure import WORKS_TYPE_JOINT, Breakdown
from desktop.domain.period import Period
from desktop.models.book_entry import BookEntry
from desktop.queries.statistics.book_rows import (
    CENTS,
    Counting,
    Entry,
    cents,
    count,
    entries_of,
    in_period,
    standing,
    text,
    value,
)
from desktop.queries.statistics.source import Count

TRAINING_KINDS: Final = ("training", "drill", "case_study")
PUBLICITY_KINDS: Final = ("publicity", "warning", "media")
_COVERED_WORKS: Final = (SMALL_WORK, MINOR_OPERATION)  # of accidents that the rules are about

_ACTIVITY: Final = entries_of(
    BookKind.ACTIVITY, title="topic", word="培训宣传", members={Breakdown.ACTIVITY_KIND: text("kind")}
)
_SURVEY: Final = entries_of(
    BookKind.SURVEY, title="opinions", word="公众评价", members={Breakdown.ACTIVITY_KIND: text("kind")}
)
_ACCIDENT: Final = entries_of(
    BookKind.ACCIDENT,
    title="summary",
    word="事故",
    members={
        Breakdown.ACCIDENT_TYPE: text("type"),
        Breakdown.WORKS_KIND: text("works"),
        Breakdown.WORKS_AND_TYPE: text("works").concat(WORKS_TYPE_JOINT).concat(text("type")),
    },
)
_TOTAL: Final = entries_of(BookKind.ACCIDENT_TOTAL, title="field", word="全部事故数")
# Money belongs to the year that it is for, whenever it was granted.
_FUND: Final = entries_of(BookKind.FUND, title="purpose", word="专项工作经费", members={Breakdown.YEAR: text("year")})
_SUPERVISION: Final = entries_of(
    BookKind.SUPERVISION,
    title="subject",
    word="督导检查",
    members={Breakdown.INSPECTING: text("body"), Breakdown.INSPECTED: text("inspected")},
)

_activity: Final = Counting(_ACTIVITY)
_attendance: Final = Counting(entries_of(BookKind.ATTENDANCE, title="topic", word="参训"))
_survey: Final = Counting(_SURVEY)
_accident: Final = Counting(_ACCIDENT)
_supervision: Final = Counting(_SUPERVISION)
_IS_TRAINING: Final = text("kind").in_(TRAINING_KINDS)
_DEMANDS: Final = text("demand") != ""


def _last_on(entry: Entry) -> ColumnElement[str]:
    return value("last_on", entry)


def _is_total(entry: Entry, period: Period, known_by: datetime | None) -> ColumnElement[bool]:
    """Say that an entry tells the accidents of days that all lie in the period."""
    days = and_(entry.happened_on >= period.first_on, _last_on(entry) <= str(period.last_on))
    return and_(entry.kind == BookKind.ACCIDENT_TOTAL.value, days, standing(entry, known_by))


def _total(period: Period, known_by: datetime | None = None) -> ColumnElement[bool]:
    """Leave out what a longer span of the same field, told by the same body, holds already."""
    longer = aliased(BookEntry)
    same = and_(text("field", longer) == text("field"), longer.organisation == BookEntry.organisation)
    spans = and_(longer.happened_on <= BookEntry.happened_on, _last_on(longer) >= _last_on(BookEntry))
    is_more = not_(and_(longer.happened_on == BookEntry.happened_on, _last_on(longer) == _last_on(BookEntry)))
    held = select(longer.id).where(_is_total(longer, period, known_by), same, spans, is_more)
    held = held.where(longer.community == BookEntry.community)
    return and_(_is_total(BookEntry, period, known_by), not_(exists(held)))


def _compared(period: Period, known_by: datetime | None = None) -> ColumnElement[bool]:
    """Say that an accident lies in days for which all accidents are known."""
    total = aliased(BookEntry)
    on = type_coerce(BookEntry.happened_on, String)
    of_days = and_(total.happened_on <= BookEntry.happened_on, _last_on(total) >= on)
    told = exists(select(total.id).where(_is_total(total, period, known_by), of_days))
    return and_(in_period(period, known_by), text("works").in_(_COVERED_WORKS), told)


def _funded(period: Period, known_by: datetime | None = None) -> ColumnElement[bool]:
    years = count("year").between(period.first_on.year, period.last_on.year)
    return and_(years, standing(BookEntry, known_by))


def _closed(period: Period, known_by: datetime | None = None) -> ColumnElement[bool]:
    is_done = and_(text("done_on") != "", text("done_on") <= str(period.last_on))
    return and_(in_period(period, known_by), _DEMANDS, is_done)


BOOK_COUNTS: Final[Mapping[str, Count]] = MappingProxyType(
    {
        "activities": _activity(),
        "trainings": _activity(only=_IS_TRAINING),
        "trained_persons": _activity(only=_IS_TRAINING, amount=count("persons")),
        "publicity": _activity(only=text("kind").in_(PUBLICITY_KINDS)),
        "copies": _activity(amount=count("copies")),
        "media_reach": _activity(only=text("kind") == "media", amount=count("reach")),
        "attendances": _attendance(amount=count("persons")),
        "surveys": _survey(),
        "asked": _survey(amount=count("asked")),
        "aware": _survey(amount=count("aware")),
        "asked_if_aware": _survey(only=value("aware").is_not(None), amount=count("asked")),
        "satisfied": _survey(amount=count("satisfied")),
        "asked_if_satisfied": _survey(only=value("satisfied").is_not(None), amount=count("asked")),
        "accidents": _accident(),
        "dead": _accident(amount=count("dead")),
        "injured": _accident(amount=count("injured")),
        "accident_loss": _accident(amount=cents("loss"), parts=CENTS),
        "accidents_of_all": Count(source=_TOTAL, when=_total, known_when=_total, amount=count("accidents")),
        "accidents_compared": Count(source=_ACCIDENT, when=_compared, known_when=_compared),
        "funds": Count(source=_FUND, when=_funded, known_when=_funded, amount=cents("amount"), parts=CENTS),
        "supervisions": _supervision(),
        "supervisions_demanding": _supervision(only=_DEMANDS),
        "supervisions_closed": Count(source=_SUPERVISION, when=_closed, known_when=_closed),
    }
)
