"""Printed reports: under a number, kept as they were, held against the ledger later, each within its scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from desktop.domain.access import Role
from desktop.domain.errors import ClerkError
from desktop.domain.measure import Breakdown, Figure
from desktop.domain.report import IssuedReportRow, Report, ReportKind
from desktop.domain.report_json import fingerprint_of_report
from desktop.domain.trail import TrailCriteria
from desktop.domain.walk_in import WalkIn
from desktop.queries.statistics.tally import tally
from desktop.services import statistics_reckoning
from desktop.services.desk import Desk
from tests.integration.at_work import CLERK, MANAGER, person, work_as
from tests.integration.conftest import Decide, count_of
from tests.integration.test_statistics_reports import MARCH, at, one_table

_HERE, _THERE = "坪安社区", "新禾社区"
_BY_COMMUNITY = one_table("registered", by=Breakdown.COMMUNITY)
_HERE_ONLY = person(21, "社区统计", Role.PATROLLER, areas=frozenset({_HERE}))


def counted(desk: Desk) -> Report:
    return desk.statistics.report(_BY_COMMUNITY, MARCH)


def issue(
    desk: Desk, report: Report, texts: Mapping[str, str] | None = None, act_id: str = "print-1"
) -> IssuedReportRow:
    return desk.statistics.issue(report, texts=texts or {}, act_id=act_id)


@pytest.mark.requirement("LG-21-2d")
def test_a_printed_report_has_a_number_and_is_kept_as_it_was(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    decide(complete)
    report = counted(desk)
    row = issue(desk, report, {"情况说明": "本月平稳。", "存在问题": "  "})
    assert row.number == "PA-TJ-2026-000001"
    assert (row.period, row.as_of, row.scope) == (MARCH, report.as_of, report.scope)
    stored = desk.statistics.issued_report(row.id)
    assert stored == replace(report, texts={"情况说明": "本月平稳。"})
    assert fingerprint_of_report(stored) == row.fingerprint


def test_printing_twice_under_one_act_prints_once(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    decide(complete)
    report = counted(desk)
    assert issue(desk, report) == issue(desk, report)
    assert len(desk.statistics.issued()) == 1
    another = desk.statistics.report(one_table("visits"), MARCH)
    with pytest.raises(ClerkError, match="act_id_used"):
        issue(desk, another)


def test_printing_is_on_record_and_the_ledger_stays_sound(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    decide(complete)
    row = issue(desk, counted(desk))
    desk.statistics.pdf(row.id)
    acts = [line.act for line in desk.trail.page(desk.trail.ids(TrailCriteria()))]
    assert {"report_issued", "report_reprint"} <= set(acts)
    assert desk.ledger_check.verify().is_sound


@pytest.mark.requirement("LG-21-2d")
def test_a_report_printed_again_says_the_same(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    decide(complete)
    row = issue(desk, counted(desk))
    comparison = desk.statistics.compare(row.id)
    assert comparison.same_then
    assert (comparison.changes, comparison.late) == ((), ())
    original = desk.statistics.pdf(row.id, is_reprint=False)
    assert original == desk.statistics.pdf(row.id, is_reprint=False)
    assert desk.statistics.pdf(row.id).startswith(b"%PDF")


@pytest.mark.requirement("LG-21-2d")
def test_what_was_entered_late_is_listed_with_the_figures_it_changes(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    decide(complete)
    row = issue(desk, counted(desk))
    late = decide(at(complete, _THERE))
    comparison = desk.statistics.compare(row.id)
    assert comparison.same_then
    changed = {(change.row, change.then.value, change.now.value) for change in comparison.changes}
    assert changed == {(_THERE, 0, 1), ("合计", 1, 2)}
    assert late.number in {entry.number for entry in comparison.late}
    assert all(entry.known_at > row.as_of for entry in comparison.late)


def test_a_figure_changed_by_hand_in_the_stored_report_shows(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    from desktop.models.issued_report import IssuedReport

    decide(complete)
    row = issue(desk, counted(desk))
    with desk.database.writing() as session:
        stored = session.get(IssuedReport, row.id)
        assert stored is not None
        plain = dict(stored.report)
        plain["tables"][0]["total"] = [[7]]
        stored.report = {**plain, "notes": []}
    assert not desk.statistics.compare(row.id).same_then
    assert not desk.ledger_check.verify().is_sound


def test_a_report_that_no_longer_comes_out_so_is_not_printed(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    decide(complete)
    report = counted(desk)
    table = report.tables[0]
    wrong = replace(report, tables=(replace(table, total=(Figure(9),)),))
    with pytest.raises(ClerkError, match="report_not_current"):
        issue(desk, wrong)
    assert count_of(desk, "issued_report") == 0


def test_a_report_is_counted_again_for_printing_only_where_something_was_recorded_since(
    desk: Desk, complete: WalkIn, decide: Decide, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(complete)
    times = 0

    def counting(*asked: Any, **more: Any) -> Any:
        nonlocal times
        times += 1
        return tally(*asked, **more)

    report, before = counted(desk), counted(desk)
    monkeypatch.setattr(statistics_reckoning, "tally", counting)
    issue(desk, report)
    assert times == 0
    issue(desk, before, act_id="print-2")
    assert times > 0  # the first printing is on record


def test_what_came_after_the_count_does_not_keep_it_from_being_printed(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    decide(complete)
    report = counted(desk)
    decide(complete)
    assert desk.statistics.issued_report(issue(desk, report).id).tables == report.tables


@pytest.mark.requirement("LG-14-4")
def test_the_words_of_the_last_report_are_offered_for_the_next(desk: Desk) -> None:
    assert desk.statistics.texts_before(ReportKind.PERIOD) == {}
    issue(desk, counted(desk), {"情况说明": "本月平稳。"})
    assert desk.statistics.texts_before(ReportKind.PERIOD) == {"情况说明": "本月平稳。"}
    assert desk.statistics.texts_before(ReportKind.CIRCULAR) == {}


def test_who_sees_one_community_finds_and_prints_the_own_reports_only(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    decide(complete)
    decide(at(complete, _THERE))
    work_as(desk, MANAGER)
    whole = issue(desk, counted(desk), {"情况说明": "两个社区。"})
    work_as(desk, _HERE_ONLY)
    own = issue(desk, counted(desk), act_id="print-2")
    assert [row.id for row in desk.statistics.issued()] == [own.id]
    assert desk.statistics.pdf(own.id, is_reprint=False).startswith(b"%PDF")
    assert desk.statistics.texts_before(ReportKind.PERIOD) == {}
    for ask in (desk.statistics.issued_report, desk.statistics.pdf, desk.statistics.compare):
        with pytest.raises(ClerkError, match="no_such_statistics"):
            ask(whole.id)
    with pytest.raises(ClerkError, match="act_id_used"):
        issue(desk, counted(desk))
    work_as(desk, MANAGER)
    assert {row.id for row in desk.statistics.issued()} == {whole.id, own.id}


def test_a_report_of_one_community_is_compared_within_it_by_who_sees_all(
    desk: Desk, complete: WalkIn, decide: Decide
) -> None:
    decide(complete)
    work_as(desk, _HERE_ONLY)
    own = issue(desk, counted(desk))
    work_as(desk, CLERK)
    elsewhere = decide(at(complete, _THERE))
    work_as(desk, MANAGER)
    comparison = desk.statistics.compare(own.id)
    assert comparison.same_then
    assert comparison.changes == ()
    assert elsewhere.number not in {entry.number for entry in comparison.late}


def test_who_lost_a_community_does_not_count_it_again(desk: Desk, complete: WalkIn, decide: Decide) -> None:
    decide(complete)
    work_as(desk, _HERE_ONLY)
    own = issue(desk, counted(desk))
    work_as(desk, person(21, "社区统计", Role.PATROLLER, areas=frozenset({_THERE})))
    with pytest.raises(ClerkError, match="report_scope_differs"):
        desk.statistics.compare(own.id)


def test_a_draft_takes_no_number(desk: Desk) -> None:
    assert desk.statistics.draft_pdf(counted(desk), texts={"情况说明": "待核"}).startswith(b"%PDF")
    assert count_of(desk, "issued_document") == 0


@pytest.mark.requirement("LG-21-2d")
def test_a_workbook_holds_the_figures_and_its_leaving_is_on_record(
    desk: Desk, complete: WalkIn, decide: Decide, tmp_path: Path
) -> None:
    decide(complete)
    row = issue(desk, counted(desk))
    file = tmp_path / "报表.xlsx"
    desk.statistics.save_issued_workbook(row.id, file)
    cells = [cell for sheet in load_workbook(file) for line in sheet.iter_rows(values_only=True) for cell in line]
    assert {_HERE, _THERE} <= set(cells)
    assert any(row.number in str(cell) for cell in cells)
    lines = desk.trail.page(desk.trail.ids(TrailCriteria()))
    assert "report_out" in {line.act for line in lines}


def test_a_workbook_that_cannot_be_written_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ClerkError, match="cannot_save_file"):
        desk.statistics.save_workbook(counted(desk), tmp_path / "nowhere" / "报表.xlsx")
    assert list(tmp_path.glob("*.xlsx*")) == []
