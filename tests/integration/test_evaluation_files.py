"""What leaves and enters a round of evaluation: papers of eighteen organisations, the workbook, the filled table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from desktop.domain.access import Role
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.evaluation import EvaluationLine, Stage
from desktop.domain.evaluation_course import ProjectDraft, RoundDraft
from desktop.domain.evaluation_items import STANDARD_ITEMS
from desktop.domain.period import parse_period
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.integration.at_work import person, work_as

STREETS = ("坪安街道", *(f"参评{place:02}镇" for place in range(2, 19)))
OWN = STREETS[0]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", today=lambda: factories.FILED_ON)
    opened.office.set_up(factories.office())
    opened.evaluations.keep_items([replace(item, full_marks=Decimal(5)) for item in STANDARD_ITEMS])
    yield opened
    opened.close()


@pytest.fixture
def round_id(desk: Desk) -> int:
    period = parse_period("2026-Q1")
    assert period is not None
    made = desk.evaluations.begin(
        RoundDraft(act_id="r", name="上半年专项评价", period=period, self_due_on=None, organisations=STREETS)
    )
    desk.evaluations.choose(made, STREETS[:9], reason="就近")
    said = line(made, "A1", score=Decimal("4.5"), text="已成立领导小组", evidence="成立文件")
    wrong = line(made, "D2", score=Decimal(3), text="有排摸", problem="排摸不及时", measure="每周扫街")
    desk.evaluations.note_all(made, [said, replace(wrong, due_on=date(2026, 4, 30))])
    desk.evaluations.hand_in(made, OWN, date(2026, 2, 27), said="总体良好")
    return made


def line(round_id: int, item: str, **said: Any) -> EvaluationLine:
    empty = EvaluationLine(round_id=round_id, organisation=OWN, item=item, stage=Stage.SELF, score=None)
    return replace(empty, **said)


def text_of(pdf: bytes, tmp_path: Path) -> str:
    file = tmp_path / f"{hashlib.sha256(pdf).hexdigest()}.pdf"
    file.write_bytes(pdf)
    # Lines of a cell are broken anywhere.
    return "".join("".join(page.extract_text() for page in PdfReader(file).pages).split())


def filled(desk: Desk, round_id: int, file: Path, cells: dict[tuple[str, str], Any]) -> Path:
    """Write the template of one organisation and fill cells by item and heading."""
    desk.evaluation_files.template(round_id, [OWN], Stage.SELF, file)
    book = load_workbook(file)
    sheet = book["评价表"]
    heads = {cell.value: place for place, cell in enumerate(sheet[1], 1)}
    rows = {sheet.cell(row, heads["序号"]).value: row for row in range(2, sheet.max_row + 1)}
    for (code, heading), value in cells.items():
        sheet.cell(rows[code], heads[heading]).value = value
    book.save(file)
    return file


@pytest.mark.requirement("SJ-1a", "SJ-2c")
def test_eighteen_organisations_stand_side_by_side_on_paper(desk: Desk, round_id: int, tmp_path: Path) -> None:
    said = text_of(desk.evaluation_files.summary_pdf(round_id), tmp_path)

    assert all(said.count(name) >= 2 for name in STREETS)
    assert "1/18个单位交了" in said
    assert "7.5/95" in said


@pytest.mark.requirement("SJ-2b", "SJ-2d")
def test_the_self_evaluation_report_compares_item_by_item_and_names_problems_with_measures(
    desk: Desk, round_id: int, tmp_path: Path
) -> None:
    said = text_of(desk.evaluation_files.self_report_pdf(round_id, OWN), tmp_path)

    assert "总体良好" in said
    assert all(item.text in said for item in desk.evaluations.open(round_id).round.items_at(Stage.SELF))
    assert "排摸不及时每周扫街2026-04-30" in said
    assert "负责人（签名）" in said


@pytest.mark.requirement("SJ-2c")
def test_the_table_shows_figures_of_the_ledger_and_what_they_count(desk: Desk, round_id: int, tmp_path: Path) -> None:
    said = text_of(desk.evaluation_files.table_pdf(round_id, OWN, Stage.SELF), tmp_path)

    assert "登记0件" in said
    assert "台账数据的口径" in said


def test_an_organisation_the_ledger_does_not_know_has_a_dash_for_every_figure(
    desk: Desk, round_id: int, tmp_path: Path
) -> None:
    said = text_of(desk.evaluation_files.table_pdf(round_id, STREETS[1], Stage.FIELD), tmp_path)

    assert "登记—" in said
    assert "登记0件" not in said


@pytest.mark.requirement("SJ-1c", "SJ-4d")
def test_a_sampled_project_has_its_own_sheet(desk: Desk, round_id: int, tmp_path: Path) -> None:
    entry = desk.intake.pack().hazard_entries[0]
    project_id = desk.evaluations.keep_project(
        ProjectDraft(
            act_id="p",
            round_id=round_id,
            organisation=OWN,
            filing_number="",
            project="临街商铺装修",
            seen_on=date(2026, 2, 27),
            findings=((entry.code, "二楼临边没有防护"),),
            result="当场整改",
        )
    )
    said = text_of(desk.evaluation_files.project_pdf(round_id, project_id), tmp_path)

    assert all(part in said for part in (entry.label, "二楼临边没有防护", "当场整改", "被检查单位（签名）"))
    assert entry.label in text_of(desk.evaluation_files.summary_pdf(round_id), tmp_path)


def test_those_named_by_hand_are_not_printed_as_drawn(desk: Desk, round_id: int, tmp_path: Path) -> None:
    said = text_of(desk.evaluation_files.draw_pdf(round_id), tmp_path)

    assert "由人指定" in said
    assert "种子" not in said


def test_the_follow_up_list_counts_what_is_done(desk: Desk, round_id: int, tmp_path: Path) -> None:
    assert "1项，已完成0项，逾期0项" in text_of(desk.evaluation_files.follow_ups_pdf(round_id), tmp_path)


@pytest.mark.requirement("SJ-2b", "SJ-2c")
def test_a_filled_table_is_read_back_whole(desk: Desk, round_id: int, tmp_path: Path) -> None:
    cells: dict[tuple[str, str], Any] = {
        ("A2", "得分"): 4.5,
        ("A2", "情况"): "两人专职",
        ("B1", "问题"): "个别缺照片",
        ("B1", "改进措施"): "补拍",
        ("B1", "完成时限"): date(2026, 5, 1),
    }
    file = filled(desk, round_id, tmp_path / "filled.xlsx", cells)
    plan = desk.evaluation_files.look(round_id, file, organisation="", stage=Stage.SELF)

    assert plan.faults == ()
    assert [one.item for one in plan.lines] == ["A2", "B1"]
    assert desk.evaluation_files.take(plan, file) == 2
    asked = desk.evaluations.open(round_id)
    assert asked.line(OWN, "A2", Stage.SELF).score == Decimal("4.5")
    assert asked.line(OWN, "B1", Stage.SELF).due_on == date(2026, 5, 1)
    assert asked.line(OWN, "A1", Stage.SELF).text == "已成立领导小组"
    assert desk.evaluation_files.look(round_id, file, organisation="", stage=Stage.SELF).lines == ()


def test_a_table_with_one_fault_brings_nothing_and_names_every_faulty_line(
    desk: Desk, round_id: int, tmp_path: Path
) -> None:
    cells: dict[tuple[str, str], Any] = {
        ("A1", "得分"): 9,
        ("A2", "得分"): "优",
        ("A3", "得分"): 5,
        ("A4", "阶段"): "第三次",
        ("B1", "单位"): "外省的镇",
    }
    file = filled(desk, round_id, tmp_path / "faulty.xlsx", cells)
    plan = desk.evaluation_files.look(round_id, file, organisation="", stage=Stage.SELF)

    assert [fault.where for fault in plan.faults] == ["2", "3", "5", "6"]
    with pytest.raises(FaultyInput):
        desk.evaluation_files.take(plan, file)
    assert desk.evaluations.open(round_id).line(OWN, "A3", Stage.SELF).score is None


def test_a_file_changed_after_it_was_looked_at_is_refused(desk: Desk, round_id: int, tmp_path: Path) -> None:
    file = filled(desk, round_id, tmp_path / "filled.xlsx", {("A2", "得分"): 4})
    plan = desk.evaluation_files.look(round_id, file, organisation="", stage=Stage.SELF)
    filled(desk, round_id, file, {("A2", "得分"): 5})

    with pytest.raises(ClerkError, match="sheet_changed"):
        desk.evaluation_files.take(plan, file)


@pytest.mark.requirement("SJ-2c")
def test_a_round_goes_into_a_workbook_with_scores_as_numbers(desk: Desk, round_id: int, tmp_path: Path) -> None:
    book = load_workbook(desk.evaluation_files.workbook(round_id, tmp_path / "round.xlsx"))
    beside = book["属地自评逐项"]

    headings = next(beside.iter_rows(max_row=1, values_only=True))
    assert list(headings)[4:] == list(STREETS)
    assert beside.cell(2, 5).value == 4.5
    assert beside.cell(2, 6).value is None
    assert book["整改跟踪"].cell(2, 5).value == "每周扫街"
    (event,) = [one for one in events(desk) if one == "evaluation_out"]
    assert event


def test_who_may_not_take_files_out_gets_neither_template_nor_workbook(
    desk: Desk, round_id: int, tmp_path: Path
) -> None:
    work_as(desk, person(9, "何局", Role.AUDITOR))

    with pytest.raises(ClerkError, match="not_permitted"):
        desk.evaluation_files.workbook(round_id, tmp_path / "a.xlsx")
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.evaluation_files.template(round_id, (), Stage.SELF, tmp_path / "b.xlsx")
    assert not list(tmp_path.glob("*.xlsx"))


def events(desk: Desk) -> list[str]:
    from sqlalchemy import select

    from desktop.models.record import AuditEvent

    with desk.database.reading(is_whole=True) as session:
        return list(session.scalars(select(AuditEvent.act)))
