"""Registers as sheets: read whole or not at all, nothing doubled, the template and the export read back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from desktop.domain.access import Role
from desktop.domain.book import BookDraft, BookKind
from desktop.domain.books import BOOKS
from desktop.domain.errors import ClerkError
from desktop.domain.progress import Cancelled
from desktop.services.desk import Desk
from tests.integration.at_work import person, work_as
from tests.integration.conftest import count_of
from tests.integration.test_books import ACCIDENT, TRAINING, write

FUNDS = (
    (1, 2023, "2023-01-05", 695, "纳管工作", "区住房建设部门"),
    (2, 2024, date(2024, 1, 8), 782, "纳管工作", "区住房建设部门"),
)
HEADS = ("序号", "年度", "下达日期", "金额（万元）", "用途", "使用单位")


def sheet_of(file: Path, *rows: Sequence[object], heads: Sequence[str] = HEADS) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["专项工作经费一览表"])
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    book.save(file)
    return file


def take(desk: Desk, file: Path, kind: BookKind = BookKind.FUND, act_id: str = "in1") -> tuple[int, int]:
    plan = desk.books.plan_sheet(kind, file)
    taken = desk.books.take_sheet(kind, file, sha256=plan.sha256, act_id=act_id)
    return taken.taken, taken.known


def test_an_offices_own_list_of_funds_is_taken_in_and_nothing_twice(desk: Desk, tmp_path: Path) -> None:
    file = sheet_of(tmp_path / "经费.xlsx", *FUNDS, ("合计", "", "", 1477))
    plan = desk.books.plan_sheet(BookKind.FUND, file)
    assert plan.unused == ("序号",)
    assert (plan.new, plan.known, plan.faulty) == (2, 0, ())
    assert count_of(desk, "book_entry") == 0, "nothing is written by looking"
    assert take(desk, file) == (2, 0)
    later, first = desk.books.all(BookKind.FUND)
    assert (first.values["amount"], later.values["amount"]) == (Decimal(6950000), Decimal(7820000))
    assert (first.happened_on, first.values["year"], first.organisation) == (date(2023, 1, 5), 2023, "区住房建设部门")
    assert take(desk, file) == (2, 0), "the same act again"
    assert take(desk, file, act_id="in2") == (0, 2), "the same rows again"
    assert count_of(desk, "book_entry") == 2
    assert desk.ledger_check.verify().findings == ()


def test_a_row_that_was_put_right_or_typed_before_is_known(desk: Desk, tmp_path: Path) -> None:
    typed = {"year": "2023", "year_from": "2023-01-05", "amount": "695万元", "purpose": "纳管工作"}
    write(desk, BookKind.FUND, "typed", **typed, organisation="区住房建设部门")
    file = sheet_of(tmp_path / "经费.xlsx", *FUNDS, FUNDS[1])
    assert take(desk, file) == (1, 2), "one typed before, one twice in the sheet"
    row = desk.books.all(BookKind.FUND)[0]
    texts = {**typed, "year": "2024", "year_from": "2024-01-08", "amount": "790万元", "organisation": "街道"}
    desk.books.put_right(row.uid, BookDraft(kind=BookKind.FUND, texts=texts), version=1, act_id="r1")
    assert take(desk, file, act_id="in2") == (0, 3), "what a sheet brought and was put right is not brought again"


def test_one_faulty_row_keeps_the_whole_sheet_out_and_every_fault_is_told(desk: Desk, tmp_path: Path) -> None:
    file = sheet_of(tmp_path / "经费.xlsx", *FUNDS, (3, 26, "2026-02-30", "七百", "纳管工作", ""))
    plan = desk.books.plan_sheet(BookKind.FUND, file)
    (row,) = plan.faulty
    assert row.line == 5
    assert {fault.field for fault in row.faults} == {"year", "year_from", "amount", "organisation"}
    with pytest.raises(ClerkError) as caught:
        desk.books.take_sheet(BookKind.FUND, file, sha256=plan.sha256, act_id="in1")
    assert (caught.value.code, caught.value.details["line"]) == ("book_sheet_faulty", 5)
    assert count_of(desk, "book_entry") == count_of(desk, "sheet_import") == 0


def test_a_sheet_without_what_is_needed_or_changed_since_is_refused(desk: Desk, tmp_path: Path) -> None:
    bare = sheet_of(tmp_path / "缺.xlsx", (1, 2023, "2023-01-05"), heads=("序号", "年度", "下达日期"))
    with pytest.raises(ClerkError) as caught:
        desk.books.plan_sheet(BookKind.FUND, bare)
    assert caught.value.code == "no_list_headings"
    assert caught.value.details["missing"] == ("金额", "用途", "使用单位")
    file = sheet_of(tmp_path / "经费.xlsx", *FUNDS)
    plan = desk.books.plan_sheet(BookKind.FUND, file)
    sheet_of(file, FUNDS[0])
    with pytest.raises(ClerkError, match="file_changed"):
        desk.books.take_sheet(BookKind.FUND, file, sha256=plan.sha256, act_id="in1")


class _Stops:
    """Lets so many steps pass, then asks to stop."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def step(self, done: int, total: int) -> None:
        self._left -= 1
        if self._left < 0:
            raise Cancelled


@pytest.mark.parametrize("steps", range(4))
def test_an_import_that_is_stopped_leaves_nothing(desk: Desk, tmp_path: Path, steps: int) -> None:
    rows = [(n, 2023, "2023-01-05", n, "纳管工作", "街道") for n in range(1, 251)]
    file = sheet_of(tmp_path / "经费.xlsx", *rows)
    sha256 = desk.books.plan_sheet(BookKind.FUND, file).sha256
    with pytest.raises(Cancelled):
        desk.books.take_sheet(BookKind.FUND, file, sha256=sha256, act_id="in1", progress=_Stops(steps))
    assert count_of(desk, "book_entry") == count_of(desk, "sheet_import") == 0


@pytest.mark.parametrize("kind", list(BookKind))
def test_the_template_of_every_register_has_its_columns_and_is_understood(
    desk: Desk, tmp_path: Path, kind: BookKind
) -> None:
    file = tmp_path / "模板.xlsx"
    desk.books.template(kind, file)
    book = load_workbook(file)
    sheet, spec = book.worksheets[0], BOOKS[kind]
    assert [str(cell.value).partition("（")[0] for cell in sheet[1]] == [field.label for field in spec.fields]
    assert book.sheetnames == [spec.title, "填写说明"]
    listed = [pick.formula1 for pick in sheet.data_validations.dataValidation]
    assert any("坪安社区" in words for words in listed)
    plan = desk.books.plan_sheet(kind, file)
    assert set(plan.mapped) == {field.key for field in spec.fields}
    assert plan.rows == ()


def test_a_filled_template_and_an_export_are_read_back_as_they_were(desk: Desk, tmp_path: Path) -> None:
    write(desk, BookKind.ACTIVITY, "b1", **{**TRAINING, "topic": "=1+1 用电安全"})
    write(desk, BookKind.ACCIDENT, "b2", **ACCIDENT)
    for kind in (BookKind.ACTIVITY, BookKind.ACCIDENT):
        file = tmp_path / f"{kind.value}.xlsx"
        assert desk.books.save_sheet(kind, file) == 1
        plan = desk.books.plan_sheet(kind, file)
        assert (plan.new, plan.known, plan.faulty) == (0, 1, ()), "what goes out is known when it comes back"
        assert plan.unused == ("编号",)
    sheet = load_workbook(tmp_path / "activity.xlsx").worksheets[0]
    assert "=1+1 用电安全" in [cell.value for cell in sheet[2]]
    assert all(cell.data_type != "f" for cell in sheet[2]), "no formula comes of what somebody typed"


def test_rows_outside_the_own_area_are_faults_and_others_entries_do_not_go_out(desk: Desk, tmp_path: Path) -> None:
    write(desk, BookKind.ACTIVITY, "b1", **TRAINING, community="坪安社区")
    heads = ("类型", "日期", "层级", "主办单位", "主题", "社区", "人次")
    rows = (
        ("宣传", "2026-02-01", "社区", "社区工作站", "用电安全", "新禾社区", 20),
        ("宣传", "2026-02-02", "社区", "社区工作站", "用电安全", "坪安社区", 20),
        ("宣传", "2026-02-03", "街道", "街道办", "用电安全", "", 20),
    )
    file = sheet_of(tmp_path / "宣传.xlsx", *rows, heads=heads)
    work_as(desk, person(71, "簿戊", Role.WINDOW_CLERK, areas=frozenset({"新禾社区"})))
    plan = desk.books.plan_sheet(BookKind.ACTIVITY, file)
    assert [(row.line, row.faults[0].code) for row in plan.faulty] == [(4, "outside_scope"), (5, "outside_scope")]
    assert desk.books.save_sheet(BookKind.ACTIVITY, tmp_path / "出.xlsx") == 0
    work_as(desk, person(72, "簿己", Role.AUDITOR))
    for ask in (
        lambda: desk.books.plan_sheet(BookKind.ACTIVITY, file),
        lambda: desk.books.template(BookKind.ACTIVITY, tmp_path / "模板.xlsx"),
        lambda: desk.books.save_sheet(BookKind.ACTIVITY, tmp_path / "不出.xlsx"),
    ):
        with pytest.raises(ClerkError, match="not_permitted"):
            ask()
    assert not (tmp_path / "不出.xlsx").exists()
