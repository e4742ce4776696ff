"""The page of data quality: what it lists, what must agree, what may be left out, and for whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.access import Role
from desktop.domain.acts import Decided
from desktop.domain.errors import ClerkError
from desktop.domain.facts import FactValue
from desktop.domain.measure import Breakdown, RowsAsked
from desktop.domain.period import PeriodKind, period_of
from desktop.domain.report import Report, ReportDefinition, ReportKind, TableSpec
from desktop.domain.report_tables import FILES_BY_STATION, KEY_LISTS
from desktop.domain.walk_in import WalkIn
from desktop.models.attachment import Attachment
from desktop.models.filing import Filing
from desktop.models.registration_life import CloseOut
from desktop.services.desk import Desk
from tests import factories
from tests.integration.at_work import person, work_as
from tests.integration.conftest import Decide
from tests.integration.site_rows import change, put

YEAR = period_of(PeriodKind.YEAR, factories.FILED_ON)
Figures = dict[str, dict[str, object]]


def counted(desk: Desk, spec: TableSpec) -> Figures:
    """The figures of one table by row and measure."""
    definition = ReportDefinition(kind=ReportKind.PERIOD, name="测试表", period_kind=PeriodKind.YEAR, tables=(spec,))
    report: Report = desk.statistics.report(definition, YEAR)
    (table,) = report.tables
    keys = [column.code for column in table.columns]
    return {
        row.member.code: dict(zip(keys, (figure.value for figure in row.figures), strict=True)) for row in table.rows
    }


def numbers(desk: Desk, measure: str, **within: str) -> list[str]:
    """The numbers of the works that a figure opens."""
    asked = RowsAsked(measure=measure, period=YEAR, within=tuple((Breakdown(by), code) for by, code in within.items()))
    return [row.number for row in desk.statistics.rows(asked).rows]


def scanned(desk: Desk, filing_id: int) -> None:
    """Keep a scan of a material."""
    put(desk, Attachment, filing_id=filing_id)


@pytest.fixture
def three(desk: Desk, complete: WalkIn, decide: Decide) -> list[Decided]:
    """Three works, one of them accepted by a special decision and without scans."""
    made = [decide(replace(complete, place=replace(complete.place, room=str(place)))) for place in (1, 2, 3)]
    for one in (made[0], made[2]):
        scanned(desk, one.filing_id)
    change(desk, Filing, made[1].filing_id, overrides=[{"why": "负责人决定"}])
    return made


@pytest.mark.requirement("SJ-3b", "SJ-3b2")
def test_each_point_has_its_share_of_full_files_and_the_cases_that_lack_are_listed(
    desk: Desk, three: list[Decided]
) -> None:
    (station,) = counted(desk, FILES_BY_STATION)
    figures = counted(desk, FILES_BY_STATION)[station]
    assert round(float(str(figures["files_complete_rate"])), 1) == 66.7
    assert (figures["files_incomplete"], figures["scans_missing"]) == (1, 1)
    assert numbers(desk, "files_incomplete", station=station) == [three[1].number]
    assert numbers(desk, "scans_missing", station=station) == [three[1].number]
    scanned(desk, three[1].filing_id)
    assert numbers(desk, "scans_missing") == []


@pytest.mark.requirement("SJ-3b")
def test_the_share_of_closings_that_were_recorded_is_shown_by_point(desk: Desk, three: list[Decided]) -> None:
    for one in three[:2]:
        change(desk, Filing, one.filing_id, status="closed", closed_on=factories.FILED_ON)
    put(desk, CloseOut, filing_id=three[0].filing_id, kind="completed", state="verified")
    (figures,) = counted(desk, FILES_BY_STATION).values()
    assert figures["closed_recorded_rate"] == 50
    assert numbers(desk, "closed_recorded") == [three[0].number]


@pytest.mark.requirement("SJ-5.5c")
def test_hot_work_in_crowded_places_and_insulation_are_counted_month_by_month(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    cases: tuple[dict[str, FactValue], ...] = (
        {},
        {"insulation_material": True},
        {"place_kind": "farm_market", "hot_work": True},
        {"crowded_place": True, "hot_work": True, "crowded_place_hot_work": False},
        {"hot_work": True},
    )
    for house, stated in enumerate(cases):
        place = replace(complete.place, estate=f"坪安路{house}号")
        decide(replace(complete, place=place, facts=complete.facts.with_facts(**stated)))
    months = counted(desk, KEY_LISTS)
    march = months[f"{factories.FILED_ON:%Y-%m}"]
    keys = ("registered", "registered_crowded", "registered_hot_work", "registered_insulation")
    assert [march[key] for key in keys] == [5, 2, 1, 1]
    assert months["2026-01"]["registered_insulation"] == 0


@pytest.mark.requirement("SJ-5.3a")
def test_every_list_of_the_page_opens_as_many_works_as_it_tells(desk: Desk, three: list[Decided]) -> None:
    told = {one.measure.key: one for one in desk.statistics.quality(YEAR).lists}
    assert {"files_incomplete", "scans_missing", "funding_missing", "grid_missing", "stale_open", "doubles"} <= set(
        told
    )
    for one in told.values():
        if not one.measure.is_ratio:
            assert desk.statistics.rows(one.asked).total == one.figure.value, one.measure.key
    assert told["files_incomplete"].figure.value == 1


@pytest.mark.requirement("SJ-5.3a")
def test_totals_agree_until_a_row_says_otherwise(desk: Desk, three: list[Decided]) -> None:
    quality = desk.statistics.quality(YEAR)
    assert len(quality.agreements) > 10
    assert quality.disagreeing == ()
    for one in quality.agreements:
        for asked, value in ((one.first_rows, one.first_value), (one.second_rows, one.second_value)):
            assert asked is None or desk.statistics.rows(asked).total == value, one.key
    change(desk, Filing, three[0].filing_id, visits=5)
    (wrong,) = desk.statistics.quality(YEAR).disagreeing
    assert (wrong.label, wrong.first_value, wrong.second_value) == ("全部到场次数", 7, 3)


@pytest.mark.requirement("SJ-5.3a")
def test_the_page_is_of_the_communities_of_whoever_asks(desk: Desk, three: list[Decided]) -> None:
    work_as(desk, person(11, "甲站", Role.MANAGER, areas=frozenset({factories.walk_in().place.community})))
    here = desk.statistics.quality(YEAR)
    work_as(desk, person(12, "乙站", Role.MANAGER, areas=frozenset({"新禾社区"})))
    elsewhere = desk.statistics.quality(YEAR)
    totals = [{one.key: one.second_value for one in page.agreements} for page in (here, elsewhere)]
    assert [total["registered_in_ledger"] for total in totals] == [3, 0]
    assert here.disagreeing == elsewhere.disagreeing == ()
    work_as(desk, person(13, "管账", Role.ADMINISTRATOR))
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.statistics.quality(YEAR)


@pytest.mark.requirement("SJ-3d2", "SJ-3n")
def test_the_page_warns_of_a_source_of_money_of_which_nothing_is_registered(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    assert desk.statistics.quality(YEAR).funding_warning == ""
    for funding in ("government", "collective"):
        decide(replace(complete, funding=funding))
    warned = desk.statistics.quality(YEAR).funding_warning
    assert warned == "统计期内没有登记过社会投资的工程（作业），请核对是否漏管。"
    decide(replace(complete, funding="social"))
    assert desk.statistics.quality(YEAR).funding_warning == ""
