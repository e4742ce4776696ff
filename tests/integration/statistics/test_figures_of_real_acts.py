"""Figures of what people really did at the desk: each line of a story with the figures that it moves, and no others.

After the story every figure is counted again as of each of its moments: a printed report must come out as printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from desktop.domain.access import Role
from desktop.domain.acts import Act
from desktop.domain.book import BookDraft, BookKind
from desktop.domain.hazard import HazardLevel, StepKind
from desktop.domain.life_acts import (
    ChangeKind,
    ChangeRequest,
    ChangeSource,
    CompletionRequest,
    ExtensionRequest,
)
from desktop.domain.measure import Number, RowsAsked
from desktop.domain.patrol import PatrolKind, PatrolLevel, PatrolRequest, PatrolResult
from desktop.domain.period import Period, PeriodKind, parse_period, period_of
from desktop.domain.registration_life import CompletionSource
from desktop.domain.site import SiteRef
from desktop.domain.walk_in import MaterialCheck, Verdict, WalkIn
from desktop.queries.statistics.late import ALTERED, late_entries
from desktop.queries.statistics.rows import counted_rows
from desktop.queries.statistics.tally import ALL_COUNTS, tally
from desktop.services.desk import Desk
from desktop.services.statistics_reckoning import clipped
from tests import factories
from tests.integration import hazard_desk, outward
from tests.integration.at_work import CLERK, MANAGER, person, work_as
from tests.integration.conftest import Clock, Decide
from tests.integration.test_close_out import application, check
from tests.integration.test_revocation import revocation

pytestmark = pytest.mark.requirement("LG-21-2d", "LG-N1", "LG-N2", "JS-N1")
PATROLLER = person(11, "何巡", Role.PATROLLER)
YEAR = period_of(PeriodKind.YEAR, factories.FILED_ON)
KEYS = tuple(ALL_COUNTS)


def counted(desk: Desk, period: Period, known_by: datetime | None = None) -> dict[str, Number]:
    with desk.database.reading(is_whole=True) as session:
        return dict(tally(session, KEYS, period, known_by=known_by)["", ""])


@dataclass
class Story:
    """What happens day by day, and what the figures of the year were after each act."""

    desk: Desk
    clock: Clock
    moments: list[tuple[datetime, Period, dict[str, Number]]] = field(default_factory=list)
    acts: int = 0

    def act(self) -> str:
        self.acts += 1
        return f"story-{self.acts}"

    def on(self, month: int, day: int, *, at_work: Any = None) -> None:
        self.clock.day = date(2026, month, day)
        self.clock.moment = max(self.clock.moment, datetime(2026, month, day, 1, tzinfo=UTC))
        if at_work is not None:
            work_as(self.desk, at_work)
        self.moved()

    def moved(self) -> dict[str, Number]:
        """Give by how much each figure of the year has moved since the last look."""
        period = clipped(YEAR, self.clock.day)
        now, moment = counted(self.desk, period), self.clock.now()
        before = self.moments[-1][2] if self.moments else dict.fromkeys(KEYS, 0)
        self.moments.append((moment, period, now))
        return {key: now[key] - before[key] for key in KEYS if now[key] != before[key]}

    def differs_as_of_then(self) -> list[tuple[str, dict[str, tuple[Number, Number]]]]:
        """Count again as of each moment and give what does not come out as it did."""
        found = []
        for moment, period, then in self.moments:
            again = counted(self.desk, period, moment)
            wrong = {key: (then[key], again[key]) for key in KEYS if then[key] != again[key]}
            if wrong:
                found.append((str(period.last_on), wrong))
        return found


@pytest.fixture
def story(desk: Desk, clock: Clock) -> Story:
    return Story(desk, clock)


def some(moved: dict[str, Number], *keys: str) -> dict[str, Number]:
    """The figures asked for, 0 where one did not move."""
    return {key: moved.get(key, 0) for key in keys}


def raise_risk(story: Story, filing_id: int) -> None:
    matter = story.desk.life.matter_to_change(filing_id)
    after = replace(matter, facts=matter.facts.with_facts(hoisting=True))
    story.desk.life.change(
        ChangeRequest(
            act_id=story.act(),
            filing_id=filing_id,
            kind=ChangeKind.SCOPE,
            source=ChangeSource.APPLICATION,
            reason="加吊装",
            walk_in=factories.all_in_order(after, story.desk.intake.pack()),
        )
    )


def first_check(story: Story, filing_id: int, **more: Any) -> None:
    values: dict[str, Any] = {
        "act_id": story.act(),
        "visited_on": story.clock.day,
        "patrollers": ("何巡", "罗旁"),
        "level": PatrolLevel.STREET,
        "organisation": "坪安街道应急办",
        "site": SiteRef(filing_id=filing_id),
        "kind": PatrolKind.FIRST_CHECK,
    }
    story.desk.patrols.record(PatrolRequest(**{**values, **more}))


def test_two_notices_then_accepted_a_month_later(story: Story, complete: WalkIn, decide: Decide) -> None:
    gap = complete.with_check(MaterialCheck(code=complete.materials[0].code, verdict=Verdict.MISSING))
    filing = decide(gap, Act.ONE_TIME_NOTICE).filing_id
    assert story.moved() == {"visits": 1, "one_time_notices": 1, "noticed_filings": 1, "gaps": 1}
    story.on(3, 3)
    decide(gap, Act.ONE_TIME_NOTICE, filing_id=filing)
    assert story.moved() == {"visits": 1, "one_time_notices": 1, "second_notices": 1, "gaps": 1}
    story.on(4, 7)
    decide(complete, Act.ACCEPT, filing_id=filing)
    moved = story.moved()
    assert some(moved, "registered", "accepted", "visits", "visits_of_registered", "days_waited") == {
        "registered": 1,
        "accepted": 1,
        "visits": 1,
        "visits_of_registered": 3,
        "days_waited": 36,
    }
    assert some(moved, "accepted_after_notice", "days_after_notice") == {
        "accepted_after_notice": 1,
        "days_after_notice": 36,
    }
    assert story.differs_as_of_then() == []


@pytest.mark.requirement("LG-32-1")
def test_a_work_that_a_change_makes_high_risk_is_a_key_work_from_then_on(
    story: Story, complete: WalkIn, decide: Decide
) -> None:
    filing = decide(complete).filing_id
    story.on(4, 7)
    raise_risk(story, filing)
    once = ("changed", "registered_high_risk", "key_site_months", "key_site_months_missed")
    assert story.moved() == dict.fromkeys(once, 1), "not of March"
    story.on(4, 8, at_work=PATROLLER)
    first_check(story, filing, result=PatrolResult.NO_ACCESS, remark="锁门")
    assert some(story.moved(), "patrols", "patrol_persons", "key_site_months_checked") == {
        "patrols": 1,
        "patrol_persons": 2,
        "key_site_months_checked": 0,
    }
    first_check(story, filing)
    assert some(story.moved(), "patrols", "patrolled_sites", "key_site_months_checked") == {
        "patrols": 1,
        "patrolled_sites": 0,
        "key_site_months_checked": 1,
    }
    story.on(4, 30)
    assert some(counted(story.desk, YEAR), "site_checks_due", "site_checks_in_time") == {
        "site_checks_due": 1,
        "site_checks_in_time": 1,
    }
    assert story.differs_as_of_then() == []


@pytest.mark.requirement("LG-30-4b")
def test_hazards_on_the_spot_late_moved_and_withdrawn(story: Story, complete: WalkIn, decide: Decide) -> None:
    site = SiteRef(filing_id=decide(complete).filing_id)
    story.on(3, 3, at_work=PATROLLER)

    def found(**changes: Any) -> int:
        request = hazard_desk.asked(site, hazard_desk.draft(**changes), act_id=story.act(), found_on=story.clock.day)
        return story.desk.hazards.record(request).ids[0]

    def step(hazard: int, kind: StepKind, **more: Any) -> dict[str, Number]:
        story.desk.hazards.step(hazard_desk.step(story.desk, hazard, kind, act_id=story.act(), **more))
        return story.moved()

    late = found(due_on=date(2026, 3, 5))
    assert story.moved() == {"hazards_found": 1, "hazards_open": 1}
    found(due_on=None, is_on_the_spot=True)
    on_spot = ("hazards_found", "hazards_on_the_spot", "hazards_found_cleared", "hazards_cleared", "hazards_in_time")
    assert story.moved() == dict.fromkeys(on_spot, 1)
    mistaken = found(due_on=date(2026, 3, 5), level=HazardLevel.MAJOR)
    assert story.moved() == dict.fromkeys(("hazards_found", "hazards_major", "hazards_open", "reports_due"), 1)
    work_as(story.desk, MANAGER)
    assert step(mistaken, StepKind.WITHDRAWN) == dict.fromkeys(
        ("hazards_found", "hazards_major", "hazards_open", "reports_due"), -1
    )
    story.on(3, 5, at_work=PATROLLER)
    assert some(counted(story.desk, clipped(YEAR, story.clock.day)), "hazards_overdue") == {"hazards_overdue": 0}
    story.on(3, 7)
    assert story.moments[-1][2]["hazards_overdue"] == 1, "a Saturday counts"
    story.on(3, 9)
    assert step(late, StepKind.FEEDBACK)["hazards_overdue"] == -1, "put right, not yet looked at"
    assert step(late, StepKind.PASSED) == {
        "hazards_cleared": 1,
        "hazards_late": 1,
        "hazards_found_cleared": 1,
        "hazards_open": -1,
    }
    assert story.differs_as_of_then() == []


@pytest.mark.requirement("LG-30-3c")
def test_a_work_found_that_comes_to_the_window_after_its_term_was_to_be_reported(
    story: Story, complete: WalkIn, decide: Decide
) -> None:
    found = outward.found_site(story.desk, found_on=date(2026, 3, 2), register_by=date(2026, 3, 5)).found_site_id
    assert story.moved() == {"found_unregistered": 1, "found_open": 1}
    story.on(3, 9)
    assert story.moments[-1][2]["found_reports_due"] == 1, "of the day after the term, a Friday"
    filing = decide(complete).filing_id
    story.moved()
    story.desk.found_sites.link(found, filing)
    assert story.moved() == {"found_registered": 1, "found_open": -1}, "coming late does not undo the duty"


@pytest.mark.requirement("LG-33-1")
def test_a_completion_noted_late_or_refuted_is_no_lie_of_the_report_printed_before(
    story: Story, complete: WalkIn, decide: Decide
) -> None:
    filing = decide(complete).filing_id
    story.on(6, 10)
    story.desk.life.note_completion(
        CompletionRequest(
            act_id=story.act(), filing_id=filing, completed_on=date(2026, 5, 29), source=CompletionSource.OWNER
        )
    )
    assert story.moved() == {"close_outs_due": 1}
    story.on(6, 12)
    story.desk.life.apply_closeout(
        application(filing, act_id=story.act(), completed_on=date(2026, 5, 29), applied_on=date(2026, 6, 2))
    )
    assert story.moved() == {"close_outs_in_time": 1}
    assert story.differs_as_of_then() == []
    printed_at = story.clock.now()
    work_as(story.desk, PATROLLER)
    story.desk.life.verify_closeout(check(filing, act_id=story.act(), is_complete=False, checked_on=story.clock.day))
    assert some(story.moved(), "close_outs_due", "closed") == {"close_outs_due": -1, "closed": 0}
    may = parse_period("2026-05")
    assert may is not None
    with story.desk.database.reading(is_whole=True) as session:
        (entry,) = late_entries(session, may, printed_at)
    assert (entry.kind, entry.what, entry.on) == ("核实未完工", ALTERED, date(2026, 5, 29))


def test_extended_twice_over_closed_and_revoked(story: Story, complete: WalkIn, decide: Decide) -> None:
    filing = decide(complete).filing_id
    story.on(8, 20)
    story.desk.life.extend(ExtensionRequest(act_id=story.act(), filing_id=filing, reason="材料推迟"))
    assert story.moved() == {"extended": 1}
    story.on(9, 3)
    assert story.moments[-1][2]["overdue_open"] == 0, "extended beyond the former end"
    story.on(9, 4, at_work=MANAGER)
    story.desk.life.revoke(revocation(filing, act_id=story.act()))
    moved = story.moved()
    assert some(moved, "revoked", "in_progress", "drawable", "registered") == {
        "revoked": 1,
        "in_progress": -1,
        "drawable": -1,
        "registered": 0,
    }
    assert story.differs_as_of_then() == []


@pytest.mark.requirement("LG-21-9")
def test_an_accident_put_right_into_another_month_and_withdrawn(story: Story) -> None:
    work_as(story.desk, MANAGER)
    told = {
        "happened_on": "2026-02-05",
        "works": "零星作业",
        "type": "高处坠落",
        "community": "坪安社区",
        "place": "坪安路某商铺",
        "is_registered": "否",
        "dead": "0",
        "injured": "1",
        "loss": "3.5万元",
        "state": "已上报",
        "summary": "从二层坠落。",
    }
    row = story.desk.books.write(BookDraft(kind=BookKind.ACCIDENT, texts=told), act_id=story.act()).row
    assert story.moved() == {"accidents": 1, "injured": 1, "accident_loss": 35000}, "none dead"
    right = BookDraft(kind=BookKind.ACCIDENT, texts={**told, "happened_on": "2026-01-31", "dead": "1", "injured": "0"})
    story.desk.books.put_right(row.uid, right, version=1, act_id=story.act())
    assert story.moved() == {"dead": 1, "injured": -1}
    story.desk.books.withdraw(row.uid, "误登", version=2)
    assert story.moved() == {"accidents": -1, "dead": -1, "accident_loss": -35000}
    assert story.differs_as_of_then() == []


@pytest.mark.parametrize("code", ["2025", "2026-03-01", "2026-03-03", "2026-W09", "2025-W53", "2027", "2026-04"])
def test_a_day_outside_the_period_counts_nothing(desk: Desk, complete: WalkIn, decide: Decide, code: str) -> None:
    decide(complete)
    period = parse_period(code)
    if period is None:
        assert code == "2025-W53", "2025 has 52 weeks"
        return
    stocks = {key for key, count in ALL_COUNTS.items() if count.is_stock}
    assert not {key for key, value in counted(desk, period).items() if value} - stocks


@pytest.mark.parametrize("code", ["2026-03-02", "2026-W10", "2026-02-01..2026-03-02", "2026-03-02..2026-12-31"])
def test_both_ends_of_a_period_are_inside(desk: Desk, complete: WalkIn, decide: Decide, code: str) -> None:
    decide(complete)
    period = parse_period(code)
    assert period is not None
    figures = counted(desk, period)
    assert (figures["registered"], figures["in_progress"], figures["visits"]) == (1, 1, 1)


def test_an_empty_ledger_and_a_moment_before_anything_count_nothing(
    desk: Desk, clock: Clock, complete: WalkIn, decide: Decide
) -> None:
    assert not any(counted(desk, YEAR).values())
    before = clock.now()
    decide(complete)
    assert not any(counted(desk, YEAR, before).values())


def test_every_figure_opens_rows_that_add_up_to_it(story: Story, complete: WalkIn, decide: Decide) -> None:
    test_hazards_on_the_spot_late_moved_and_withdrawn(story, complete, decide)
    work_as(story.desk, CLERK)
    with story.desk.database.reading(is_whole=True) as session:
        figures = tally(session, KEYS, YEAR)["", ""]
        for key in (key for key in KEYS if ALL_COUNTS[key].distinct is None):
            rows = counted_rows(session, RowsAsked(measure=key, period=YEAR), limit=1000)
            assert sum(row.amount for row in rows) == figures[key], key
