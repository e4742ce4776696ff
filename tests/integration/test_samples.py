"""The sample data: a ledger with a past, entered by the ordinary acts and only as far as one's rights go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.domain.access import FOUNDER, Role
from desktop.domain.acts import Act, DecisionRequest, StationKind, Status
from desktop.domain.book import BookKind, BookRow
from desktop.domain.found_site import FoundSiteCriteria, FoundState
from desktop.domain.hazard import HazardState
from desktop.domain.hazard_rows import HazardCriteria, HazardRow
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.patrol import PatrolCriteria
from desktop.domain.patrol_kinds import PatrolKind, PatrolResult
from desktop.domain.period import Period, PeriodKind
from desktop.domain.public_report import ReportCriteria, ReportState
from desktop.domain.registration_life import LifeAct, LifeState
from desktop.domain.report import ReportKind
from desktop.domain.transfer import TransferCriteria, TransferState
from desktop.domain.worklist import TaskKind
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.integration.at_work import person, work_as

TODAY = date(2026, 3, 2)
ENTRIES = dict.fromkeys(BookKind, 0) | {
    BookKind.ACTIVITY: 3,
    BookKind.SURVEY: 1,
    BookKind.INSURANCE: 2,
    BookKind.ACCIDENT: 1,
    BookKind.CLAIM: 1,
    BookKind.FUND: 1,
    BookKind.SUPERVISION: 1,
}
# Who sets the program up and serves at the window, as the first start lets it be.
FIRST = person(1, "高远", Role.ADMINISTRATOR, Role.WINDOW_CLERK)


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The window of a street with the samples, as anybody sees it who looks first."""
    desk = begun(tmp_path_factory.mktemp("sampled"), StationKind.STREET_OFFICE)
    desk.office.add_samples()
    yield desk
    desk.close()


def begun(folder: Path, kind: StationKind, *, today: date = TODAY) -> Desk:
    """A fresh ledger of one kind of acceptance point."""
    desk = open_desk(folder, today=lambda: today)
    desk.office.set_up(factories.office(station_kind=kind))
    return desk


def books(desk: Desk) -> list[BookRow]:
    return [row for spec in desk.books.specs() for row in desk.books.all(spec.kind)]


def hazards(desk: Desk) -> tuple[HazardRow, ...]:
    return desk.hazards.page(desk.hazards.ids(HazardCriteria()))


def statuses(desk: Desk) -> set[Status]:
    return set(desk.ledger.facets(LedgerCriteria()).by_status)


def test_hazards_stand_in_every_state_one_of_them_late(sampled: Desk) -> None:
    found = hazards(sampled)

    assert {hazard.state for hazard in found} == set(HazardState)
    assert any(hazard.is_overdue for hazard in found)
    assert any(hazard.escalated_on for hazard in found)


def test_patrols_lie_in_the_weeks_before_and_a_first_check_failed(sampled: Desk) -> None:
    visits = sampled.patrols.page(sampled.patrols.ids(PatrolCriteria()))

    days = {visit.visited_on for visit in visits}
    assert (max(days) - min(days)).days > 100
    assert max(days) < TODAY
    checks = {visit.result for visit in visits if visit.kind is PatrolKind.FIRST_CHECK}
    assert checks == {PatrolResult.FINDINGS, PatrolResult.IN_ORDER}


def test_registrations_are_in_every_stage_of_their_life(sampled: Desk) -> None:
    files = [sampled.life.of(filing_id) for filing_id in sampled.ledger.ids(LedgerCriteria())]

    wanted = {
        LifeState.UNDER_WAY,
        LifeState.EXTENDABLE,
        LifeState.COMPLETED,
        LifeState.AWAITING_CLOSEOUT,
        LifeState.CLOSED,
        LifeState.REVOKED,
    }
    assert wanted <= {file.state for file in files}
    assert [entry.act for file in files for entry in file.entries].count(LifeAct.EXTEND) == 1


def test_a_letter_waits_for_its_reply_and_a_report_and_an_unregistered_work_for_somebody(sampled: Desk) -> None:
    assert [letter.state for letter in sampled.transfers.find(TransferCriteria())] == [TransferState.RECEIVED]
    assert [report.state for report in sampled.reports.find(ReportCriteria())] == [ReportState.ASSIGNED]
    assert [site.state for site in sampled.found_sites.find(FoundSiteCriteria())] == [FoundState.URGED]
    assert len(sampled.draws.all()) == 1


def test_the_worklist_has_something_of_every_kind_that_comes_of_sites(sampled: Desk) -> None:
    kinds = {group.kind for group in sampled.worklist.worklist().groups}

    assert kinds >= {
        TaskKind.RECTIFICATION,
        TaskKind.RECHECK,
        TaskKind.FIRST_CHECK,
        TaskKind.ESCALATION_CHECK,
        TaskKind.FOUND_SITE,
        TaskKind.REPORT_VERIFY,
        TaskKind.REPLY,
        TaskKind.CLOSE_OUT,
        TaskKind.CLOSE_OUT_CHECK,
        TaskKind.EXTENSION,
        TaskKind.DRAWN,
        TaskKind.DELIVERY,
    }


def test_the_registers_have_entries_that_the_page_of_statistics_counts(sampled: Desk) -> None:
    statistics = sampled.statistics
    half_year = Period(kind=PeriodKind.SPAN, first_on=TODAY - timedelta(days=180), last_on=TODAY)
    report = statistics.report(statistics.standard(ReportKind.PERIOD, PeriodKind.SPAN), half_year)
    measures = [row for table in report.tables if table.spec.by is None for row in table.rows]
    counted = {row.member.code: row.figures[0].value for row in measures}

    assert {spec.kind: len(sampled.books.all(spec.kind)) for spec in sampled.books.specs()} == ENTRIES
    wanted = {"trainings": 2, "trained_persons": 128, "copies": 600, "claims_paid": 18000, "dead": 0, "injured": 1}
    assert {key: counted[key] for key in wanted} == wanted
    [claim], [accident] = sampled.books.all(BookKind.CLAIM), sampled.books.all(BookKind.ACCIDENT)
    assert claim.values["accident"] == accident.number


def test_numbers_follow_the_days_and_the_ledger_is_sound(sampled: Desk) -> None:
    rows = sampled.ledger.page(sampled.ledger.ids(LedgerCriteria()))
    accepted = sorted(
        (row.number, sampled.life.of(row.id).registration.accepted_on) for row in rows if "-DJ-2026-" in row.number
    )

    days = [on for _number, on in accepted if on is not None]
    assert days == sorted(days)
    assert sampled.office.today() == TODAY, "the window is back on its own day"
    verdict = sampled.ledger_check.verify()
    assert verdict.is_sound, verdict.findings


def test_entered_again_on_another_day_nothing_is_doubled(tmp_path: Path) -> None:
    desk = begun(tmp_path, StationKind.PROPERTY_COMPANY)
    desk.office.add_samples()
    before = (hazards(desk), desk.patrols.ids(PatrolCriteria()), desk.ledger.ids(LedgerCriteria()), books(desk))
    desk.close()

    desk = open_desk(tmp_path, today=lambda: date(2026, 3, 5))
    desk.office.add_samples()
    after = (hazards(desk), desk.patrols.ids(PatrolCriteria()), desk.ledger.ids(LedgerCriteria()), books(desk))
    desk.close()
    assert [replace(row, days_open=0, is_overdue=False, is_report_overdue=False) for row in after[0]] == [
        replace(row, days_open=0, is_overdue=False, is_report_overdue=False) for row in before[0]
    ]
    assert after[1:] == before[1:]


def test_in_an_empty_ledger_the_first_look_shows_everything_whoever_asks_for_it(tmp_path: Path) -> None:
    desk = begun(tmp_path, StationKind.STREET_OFFICE)
    try:
        work_as(desk, FIRST)
        desk.office.add_samples()
        assert desk.sign_in.actor == FIRST, "the rights of the moment are gone again"
        assert {hazard.state for hazard in hazards(desk)} == set(HazardState)
        assert statuses(desk) >= {Status.CLOSED, Status.REVOKED}
    finally:
        desk.close()


def test_beside_real_filings_who_has_no_right_on_sites_gets_what_the_window_does(tmp_path: Path) -> None:
    desk = begun(tmp_path, StationKind.COMMUNITY_STATION)
    try:
        matter = factories.all_in_order(factories.walk_in(), desk.intake.pack())
        desk.intake.decide(DecisionRequest(act_id="real", act=Act.ACCEPT, walk_in=matter))
        work_as(desk, FIRST)
        desk.office.add_samples()
        assert hazards(desk) == ()
        assert desk.patrols.ids(PatrolCriteria()) == ()
        assert desk.draws.all() == ()
        assert Status.AWAITING_CLOSEOUT in statuses(desk)
        assert statuses(desk).isdisjoint({Status.CLOSED, Status.REVOKED})

        work_as(desk, FOUNDER)
        desk.office.add_samples()
        assert statuses(desk) >= {Status.CLOSED, Status.REVOKED, Status.REDIRECTED}
        assert {hazard.state for hazard in hazards(desk)} == set(HazardState)
    finally:
        desk.close()


@pytest.mark.parametrize("today", [date(2026, 2, 26), date(2026, 8, 31)])
def test_whatever_the_day_they_can_be_entered(tmp_path: Path, today: date) -> None:
    desk = begun(tmp_path, StationKind.COMMUNITY_STATION, today=today)
    try:
        assert desk.office.add_samples().entered == 24
        assert statuses(desk) >= {Status.CLOSED, Status.REVOKED, Status.AWAITING_CLOSEOUT}
    finally:
        desk.close()
