"""What a district and a street read from their reports: by station, department, person and month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.documents.blocks import FigureTable
from desktop.documents.papers.report import report_paper
from desktop.domain.access import FOUNDER
from desktop.domain.acts import StationKind
from desktop.domain.book import BookKind
from desktop.domain.books import BookCriteria
from desktop.domain.key_lists import KeyList
from desktop.domain.measure import Breakdown, Figure, RowsAsked
from desktop.domain.period import Period, PeriodKind, period_of, span
from desktop.domain.report import Report, ReportDefinition, ReportKind, ReportTable, TableSpec
from desktop.domain.walk_in import Insurance, WalkIn
from desktop.models.found_site import FoundSite
from desktop.models.hazard import Hazard
from desktop.models.patrol import Patrol
from desktop.services.desk import Desk
from tests import factories
from tests.integration.at_work import CLERK, work_as
from tests.integration.conftest import Clock, Decide
from tests.integration.site_rows import change_filing, put
from tests.integration.test_books import words_of, write
from tests.scans import scan

DAY = factories.FILED_ON
MARCH, QUARTER, YEAR = (period_of(kind, DAY) for kind in (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR))
HERE, THERE = "坪安社区", "新禾社区"


def made(desk: Desk, kind: ReportKind, period: Period = MARCH) -> Report:
    """The standard report of a kind."""
    return desk.statistics.report(desk.statistics.standard(kind, period.kind), period)


def table_of(report: Report, key: str) -> ReportTable:
    return next(table for table in report.tables if table.spec.key == key)


def cells(report: Report, key: str) -> dict[str, dict[str, Any]]:
    """The figures of a table by the codes of row and column; of a ratio rounded as it is printed."""
    table = table_of(report, key)
    return {
        row.member.code: {
            column.code: _plain(figure) for column, figure in zip(table.columns, row.figures, strict=True)
        }
        for row in table.rows
    }


def _plain(figure: Figure) -> object:
    return round(figure.value, 1) if isinstance(figure.value, Decimal) else figure.value


def now(report: Report, measure: str) -> object:
    """The figure of a measure in the comparisons with earlier periods."""
    rows: Iterator[Figure] = (
        row.figures[0]
        for table in report.tables
        if table.spec.by is None
        for row in table.rows
        if row.member.code == measure
    )
    return _plain(next(rows))


def numbers_behind(desk: Desk, measure: str, period: Period, *within: tuple[Breakdown, str]) -> list[str]:
    return [row.number for row in desk.statistics.rows(RowsAsked(measure=measure, period=period, within=within)).rows]


def at(walk_in: WalkIn, community: str, grid: str = "") -> WalkIn:
    return replace(walk_in, place=replace(walk_in.place, community=community, grid=grid))


@pytest.mark.requirement("LG-14-1", "LG-15-9", "LG-16-3")
def test_inspections_from_above_are_listed_and_told_by_who_was_inspected_and_by_whom(desk: Desk) -> None:
    special = {
        "happened_on": "2026-03-01",
        "kind": "专项督导",
        "body": "区住房建设部门",
        "inspected": "坪安街道",
        "subject": "纳管履职情况",
        "findings": "两处未巡查",
        "demand": "限期补查",
        "due_on": "2026-03-10",
    }
    open_one = write(desk, BookKind.SUPERVISION, "s1", **special)
    closed = {**special, "body": "区水务部门", "kind": "日常督导", "done_on": "2026-03-02"}
    write(desk, BookKind.SUPERVISION, "s2", **closed)
    report = made(desk, ReportKind.DISTRICT)
    assert cells(report, "supervisions") == {
        "坪安街道": {
            "supervisions": 2,
            "supervisions_demanding": 2,
            "supervisions_closed": 1,
            "supervision_closed_rate": Decimal("50.0"),
        }
    }
    by_body = cells(report, "supervising_bodies")
    assert {body: row["supervision_closed_rate"] for body, row in by_body.items()} == {
        "区住房建设部门": 0,
        "区水务部门": 100,
    }
    behind = numbers_behind(desk, "supervisions", MARCH, (Breakdown.INSPECTING, "区住房建设部门"))
    assert behind == [open_one.number]
    words = words_of(desk.books.list_pdf(BookKind.SUPERVISION, BookCriteria()))
    assert all(said in words for said in ("专项督导", "日常督导", "纳管履职情况", "共 2 条"))


@pytest.mark.requirement("LG-14-1", "JS-2.4b", "LG-16-3")
def test_the_district_reads_each_station_and_each_lead_department(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    own, other = decide(complete), decide(at(complete, THERE))
    change_filing(desk, other.filing_id, first_number="XH-SQ-2026-000001")
    for filing_id, cleared_on in ((own.filing_id, DAY), (other.filing_id, None)):
        put(desk, Patrol, filing_id=filing_id)
        put(desk, Hazard, filing_id=filing_id, cleared_on=cleared_on, state="cleared" if cleared_on else "rectifying")
    report = made(desk, ReportKind.DISTRICT)
    assert {code: row["registered"] for code, row in cells(report, "by_station").items()} == {"PA": 1, "XH": 1}
    on_site = cells(report, "stations_on_site")
    assert {code: row["hazard_clearing_rate"] for code, row in on_site.items()} == {"PA": 100, "XH": 0}
    assert {code: row["patrols"] for code, row in on_site.items()} == {"PA": 1, "XH": 1}
    registered, of_site = cells(report, "by_department"), cells(report, "departments_on_site")
    (department,) = registered
    assert department, "a shop's decoration has its lead department"
    assert registered[department]["registered"] == 2
    assert of_site[department] | {"patrols": 2, "hazards_found": 2, "hazards_cleared": 1} == of_site[department]


@pytest.mark.requirement("LG-14-4")
def test_the_district_ranks_communities_and_shows_each_month(
    desk: Desk, clock: Clock, complete: WalkIn, decide: Decide
) -> None:
    for month, community, cleared in ((1, HERE, False), (2, THERE, True), (3, THERE, True)):
        clock.day = date(2026, month, 2)
        filing_id = decide(at(complete, community)).filing_id
        course: dict[str, Any] = {"found_on": clock.day, "community": community}
        course |= {"cleared_on": clock.day, "state": "cleared"} if cleared else {}
        put(desk, Hazard, filing_id=filing_id, **course)
    report = made(desk, ReportKind.DISTRICT, QUARTER)
    trend = {month: (row["registered"], row["hazards_cleared"]) for month, row in cells(report, "trend").items()}
    assert trend == {"2026-01": (1, 0), "2026-02": (1, 1), "2026-03": (1, 1)}
    rate = report.measures[table_of(report, "ranking").spec.measures[0]].label
    tables = [block for block in report_paper(report, number="", on=DAY).blocks if isinstance(block, FigureTable)]
    ranked = next(each for each in tables if each.headers[:2] == ("名次", "社区") and rate in each.headers[2])
    assert [line.cells[:2] for line in ranked.lines][:2] == [("1", THERE), ("2", HERE)]


@pytest.mark.requirement("LG-14-5", "JS-4.1", "HL-1.4a")
def test_work_stands_against_the_people_who_do_it_and_the_money_entered(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    work_as(desk, CLERK)
    filing_ids = [decide(complete).filing_id for _time in range(3)]
    work_as(desk, FOUNDER)
    put(desk, Patrol, filing_id=filing_ids[0], patrollers=["周望", "何田"])
    put(desk, Patrol, filing_id=filing_ids[1], patrollers=["周望"], gave_publicity=True)
    write(
        desk,
        BookKind.FUND,
        "f1",
        year_from="2026-01-01",
        year="2026",
        amount="50万元",
        purpose="巡查",
        organisation="x",
    )
    district, annual = made(desk, ReportKind.DISTRICT), made(desk, ReportKind.ANNUAL, YEAR)
    assert now(district, "registered_per_person") == 3
    assert now(district, "patrols_per_person") == Decimal("1.5")
    assert now(district, "funds") == Decimal(500000)
    for report in (district, annual):
        assert cells(report, "by_clerk")[CLERK.name]["accepted"] == 3
        people = {who: (row["patrols"], row["patrolled_sites"]) for who, row in cells(report, "by_patroller").items()}
        assert people == {"周望": (2, 2), "何田": (1, 1)}
    assert len(numbers_behind(desk, "patrols", YEAR, (Breakdown.PATROLLER, "周望"))) == 2


@pytest.mark.requirement("LG-N1", "HL-1.4a")
def test_terms_kept_stand_by_point_and_by_person_with_the_list_behind_each(
    desk: Desk, clock: Clock, complete: WalkIn, decide: Decide
) -> None:
    desk.office.set_up(factories.office(station_kind=StationKind.COMMUNITY_STATION))
    work_as(desk, CLERK)
    in_time = decide(complete)
    late = decide(replace(complete, project_name="坪安路20号装修"))
    change_filing(desk, late.filing_id, feedback_by=date(2026, 3, 1))
    work_as(desk, FOUNDER)
    clock.day = date(2026, 3, 20)
    period, annual = made(desk, ReportKind.PERIOD), made(desk, ReportKind.ANNUAL, YEAR)
    (station,) = cells(period, "deadlines_by_station").values()
    persons = [cells(report, "deadlines_by_clerk")[CLERK.name] for report in (period, annual)]
    for row in (station, *persons):
        assert (row["acceptance_due"], row["acceptance_in_time_rate"]) == (2, 50)
    behind = numbers_behind(desk, "acceptance_in_time_rate", MARCH, (Breakdown.CLERK, CLERK.name))
    assert behind == [in_time.number]


@pytest.mark.requirement("LG-21-1")
def test_coverage_stands_by_community_and_grid_with_what_was_found_and_patrolled(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    gone_to = decide(at(complete, HERE, "第1网格")).filing_id
    decide(at(complete, HERE, "第2网格"))
    put(desk, Patrol, filing_id=gone_to, grid="第1网格")
    put(desk, Patrol, filing_id=gone_to, grid="第1网格")
    put(desk, FoundSite, grid="第2网格")
    put(desk, FoundSite, community=THERE, grid="第9网格")
    report = made(desk, ReportKind.COMMUNITY)
    wanted = ("registered", "patrolled_sites", "found_unregistered", "found_open")
    by_community = cells(report, "coverage_by_community")
    assert {code: tuple(row[key] for key in wanted) for code, row in by_community.items()} == {
        HERE: (2, 1, 1, 1),
        THERE: (0, 0, 1, 1),
    }
    by_grid = cells(report, "coverage_by_grid")
    assert {code: tuple(row[key] for key in wanted) for code, row in by_grid.items()} == {
        "第1网格": (1, 1, 0, 0),
        "第2网格": (1, 0, 1, 1),
        "第9网格": (0, 0, 1, 1),
    }


@pytest.mark.requirement("JS-4.2", "LG-43")
def test_the_annual_sheet_counts_what_was_missed_and_opens_the_list(desk: Desk, clock: Clock, decide: Decide) -> None:
    risky = factories.all_in_order(factories.walk_in(factories.small_work_facts(hoisting=True)), desk.intake.pack())
    checked, missed = decide(risky), decide(risky)
    put(desk, Patrol, filing_id=checked.filing_id, kind="first_check")
    clock.day = date(2026, 3, 31)
    report = made(desk, ReportKind.ANNUAL, YEAR)
    neglected = cells(report, "neglected")[HERE]
    assert (neglected["site_checks_missed"], neglected["key_site_months_missed"]) == (1, 1)
    for measure in ("site_checks_missed", "key_site_months_missed"):
        assert numbers_behind(desk, measure, YEAR, (Breakdown.COMMUNITY, HERE)) == [missed.number]
    required = cells(report, "required")
    assert next(iter(required["monthly_check_rate"].values())) == 50


@pytest.mark.requirement("SJ-3b", "SJ-3b2")
def test_each_station_reads_how_complete_its_files_are_and_which_lack_scans(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    whole, bare, other = decide(complete), decide(complete), decide(complete)
    change_filing(desk, other.filing_id, first_number="XH-SQ-2026-000001", overrides=["unpaid"])
    desk.attachments.add(whole.filing_id, scan("contract"), act_id="a1", material="28-4", title="施工合同")
    report = made(desk, ReportKind.CIRCULAR)
    of_station = cells(report, "files_by_station")
    assert {code: (row["files_complete_rate"], row["scans_missing"]) for code, row in of_station.items()} == {
        "PA": (100, 1),
        "XH": (0, 1),
    }
    lacking = {row.filing_id for row in desk.statistics.rows(RowsAsked(measure="scans_missing", period=MARCH)).rows}
    assert lacking == {bare.filing_id, other.filing_id}
    incomplete = desk.statistics.rows(RowsAsked(measure="files_incomplete", period=MARCH)).rows
    assert [row.filing_id for row in incomplete] == [other.filing_id]


@pytest.mark.requirement("SJ-5.5c")
def test_the_key_lists_are_counted_month_by_month_as_the_lists_read_them(
    desk: Desk, clock: Clock, complete: WalkIn, decide: Decide
) -> None:
    said: tuple[tuple[int, dict[str, Any]], ...] = (
        (2, {"crowded_place": True, "hot_work": True}),
        (2, {"crowded_place": True, "hot_work": True, "crowded_place_hot_work": False}),
        (3, {"place_kind": "farm_market", "hot_work_tools_zh": ("电焊",)}),
        (3, {"insulation_material": True, "crowded_place": False}),
        (3, {}),
    )
    for number, (month, facts) in enumerate(said, start=1):
        clock.day = date(2026, month, 2)
        place = replace(complete.place, estate=f"和宁巷{number}号")
        decide(replace(complete, place=place, facts=complete.facts.with_facts(**facts)))
    months = cells(made(desk, ReportKind.CIRCULAR, YEAR), "key_lists")
    wanted = {
        KeyList.CROWDED: "registered_crowded",
        KeyList.HOT_WORK: "registered_hot_work",
        KeyList.INSULATION: "registered_insulation",
    }
    counted = {month: tuple(months[month][key] for key in wanted.values()) for month in ("2026-02", "2026-03")}
    assert counted == {"2026-02": (2, 1, 0), "2026-03": (1, 1, 1)}
    for kind, measure in wanted.items():
        listed = {row.filing_id for row in desk.key_lists.sheet(kind).rows}
        rows = desk.statistics.rows(RowsAsked(measure=measure, period=YEAR)).rows
        assert {row.filing_id for row in rows} == listed, kind


@pytest.mark.requirement("YC-3a")
def test_accidents_are_told_by_kind_with_their_share_of_all_that_somebody_told(desk: Desk) -> None:
    accident = {"works": "小型工程", "type": "高处坠落", "is_registered": "否", "state": "已上报", "summary": "坠落。"}
    where = {"community": HERE, "place": "坪安路"}
    told = (("2026-01-05", "小型工程", "2", "1"), ("2026-02-06", "零星作业", "1", "0"))
    for act, (on, works, dead, injured) in enumerate(told):
        texts = {**accident, **where, "happened_on": on, "works": works, "dead": dead, "injured": injured}
        write(desk, BookKind.ACCIDENT, f"a{act}", **texts)
    year = span(date(2026, 1, 1), date(2026, 2, 28))
    definition = ReportDefinition(
        kind=ReportKind.PERIOD,
        name="事故",
        period_kind=PeriodKind.SPAN,
        tables=(TableSpec(key="all", title="事故", measures=("accidents", "dead", "injured", "accident_share")),),
    )
    first = desk.statistics.report(definition, year)
    assert now(first, "accident_share") is None, "nobody told how many there were in all"
    total = {
        "first_on": "2026-01-01",
        "last_on": "2026-02-28",
        "field": "建设领域",
        "accidents": "5",
        "organisation": "区应急管理部门",
    }
    write(desk, BookKind.ACCIDENT_TOTAL, "t1", **total, dead="6", injured="3", source="全区事故月报")
    report = desk.statistics.report(definition, year)
    assert [now(report, key) for key in ("accidents", "dead", "injured", "accident_share")] == [2, 3, 1, 40]
    (share,) = [row.figures[0] for row in report.tables[0].rows if row.member.code == "accident_share"]
    assert (share.numerator, share.denominator) == (2, 5)
    casualties = cells(made(desk, ReportKind.ANNUAL, YEAR), "casualties")
    assert {works: (row["dead"], row["injured"]) for works, row in casualties.items()} == {
        "small_work": (2, 1),
        "minor_operation": (1, 0),
    }


@pytest.mark.requirement("HL-3", "SJ-5.6a")
def test_what_people_say_and_how_many_are_insured_is_said_in_the_reports(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    visit = {
        "happened_on": "2026-03-01",
        "kind": "实地走访",
        "place": "坪安社区",
        "organisation": "坪安街道",
        "asked": "50",
    }
    write(desk, BookKind.SURVEY, "v1", **visit, aware="40", satisfied="45")
    write(desk, BookKind.SURVEY, "v2", **{**visit, "kind": "问卷调查", "asked": "150"}, aware="100")
    insured = Insurance(kind="安全生产责任保险", insurer="鹏安", policy_number="P1", valid_to=date(2027, 3, 10))
    decide(replace(complete, insurances=(insured,)))
    decide(complete)
    report = made(desk, ReportKind.IMPLEMENTATION, YEAR)
    told = [now(report, key) for key in ("surveys", "asked", "awareness_rate", "satisfaction_rate")]
    assert told == [2, 200, 70, 90]
    assert now(made(desk, ReportKind.CIRCULAR), "insurance_rate") == 50
