"""The home page (今日): what waits for who is signed in, each in their own scope (LG-P2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from desktop.domain.access import Right
from desktop.domain.home import HomeLine, HomePart, HomeSection
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.review import AwaitedReview
from desktop.models.database import Database
from desktop.queries.home import MOST_LINES, criteria_of, part_of
from desktop.services.reviews import ReviewService
from desktop.services.station import Station

_CLERK: Final = (
    HomeSection.RETURNED,
    HomeSection.OPINIONS,
    HomeSection.FEEDBACK_TODAY,
    HomeSection.SITE_CHECK_TODAY,
    HomeSection.CORRECTIONS,
    HomeSection.AWAITS_PLATFORM,
)
_MANAGER: Final = (
    HomeSection.FEEDBACK_OVERDUE,
    HomeSection.OVERRIDDEN,
    HomeSection.INCOMPLETE_NOTICE,
    HomeSection.EXPIRING,
)
# Only a manager judges conduct; by that right the exceptions are theirs to look at.
HOME_RIGHTS: Final = frozenset({Right.REGISTER, Right.REVIEW_FILING, Right.JUDGE_CONDUCT})


class HomeService:
    """Gives the sections of whoever is signed in; changes nothing."""

    def __init__(self, database: Database, station: Station, *, reviews: ReviewService) -> None:
        self._database, self._station, self._reviews = database, station, reviews

    def parts(self) -> tuple[HomePart, ...]:
        """List the sections by role: the review queue, the clerk's own, the manager's exceptions.

        Raises ``ClerkError("not_permitted")`` for who has none of the three.
        """
        actor = self._station.actor
        actor.require(Right.REGISTER, Right.REVIEW_FILING, Right.JUDGE_CONDUCT)
        queue = self._reviews.queue() if actor.may(Right.REVIEW_FILING) else None
        today = self._station.today()
        with self._database.reading() as session:
            rest = tuple(_covered(part_of(session, section, today)) for section in self._sections())
        return rest if queue is None else (self._queue_part(queue), *rest)

    def _sections(self) -> Iterator[HomeSection]:
        if self._station.actor.may(Right.REGISTER):
            yield from _CLERK
        if self._station.actor.may(Right.JUDGE_CONDUCT):
            yield from _MANAGER

    def _queue_part(self, queue: tuple[AwaitedReview, ...]) -> HomePart:
        return HomePart(
            section=HomeSection.REVIEWS,
            count=len(queue),
            lines=tuple(_line(awaited) for awaited in queue[:MOST_LINES]),
            criteria=criteria_of(HomeSection.REVIEWS, self._station.today()),
            is_urgent=bool(queue),
        )


def _covered(part: HomePart) -> HomePart:
    """Cover what somebody typed of numbers into names, places and reasons."""
    return replace(
        part,
        lines=tuple(
            replace(
                line,
                project_name=cover_numbers(line.project_name),
                place=cover_numbers(line.place),
                remark=cover_numbers(line.remark),
            )
            for line in part.lines
        ),
    )


def _line(awaited: AwaitedReview) -> HomeLine:
    level = f"第 {awaited.level} 级，共 {awaited.levels} 级" if awaited.levels > 1 else "一级审核"
    when = f"{awaited.asked_at.astimezone():%m-%d %H:%M}"
    return HomeLine(
        filing_id=awaited.filing_id,
        number=awaited.number,
        project_name=awaited.project_name,
        place=awaited.place,
        remark="　".join(part for part in (level, f"{awaited.asked_by} {when} 送审".strip()) if part),
    )
