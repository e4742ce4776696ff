"""What the columns of an old ledger are taken for, and where its headings and its entries stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.column_mapping import Confidence, propose
from desktop.domain.old_ledger_fields import OldField
from desktop.domain.sheet_grid import CellValue, Grid, SheetName
from desktop.domain.sheet_layout import HeadingLines, Skipped, entries, find_headings, joined_headings, skipped_as


def targets(*headings: str, samples: dict[int, list[str]] | None = None) -> list[OldField | None]:
    given_samples = [(samples or {}).get(place, []) for place in range(len(headings))]
    return [proposal.target for proposal in propose(headings, given_samples)]


def grid(*rows: tuple[CellValue, ...]) -> Grid:
    return Grid(sheet="表", rows=rows, sheets=(SheetName(name="表"),))


@pytest.mark.parametrize("field", OldField)
def test_every_field_is_found_by_its_own_name(field: OldField) -> None:
    assert targets(field.label) == [field]


def test_a_telephone_belongs_to_the_party_before_it() -> None:
    found = targets("业主", "联系电话", "施工单位", "联系电话", "证件号码")
    assert found[1::2] == [OldField.OWNER_PHONE, OldField.CONTRACTOR_PHONE]
    assert found[4] is OldField.CONTRACTOR_CODE


def test_the_heading_above_says_whose_it_is() -> None:
    found = targets("施工单位\n名称", "施工单位\n负责人", "建设单位\n名称", "建设单位\n电话")
    assert found == [OldField.CONTRACTOR, OldField.CONTRACTOR_CONTACT, OldField.OWNER, OldField.OWNER_PHONE]


def test_the_unit_of_money_is_taken_from_the_heading_else_guessed_from_the_cells_and_doubted() -> None:
    assert targets("造价\n（万元）") == [OldField.AMOUNT_WAN]
    assert targets("投资额(元)") == [OldField.AMOUNT_YUAN]
    assert targets("合同金额", samples={0: ["12.5", "30"]}) == [OldField.AMOUNT_WAN]
    assert targets("合同金额", samples={0: ["125,000", "300000"]}) == [OldField.AMOUNT_YUAN]
    assert propose(["合同金额"], [["12.5"]])[0].confidence is Confidence.GUESS


def test_no_field_is_given_twice_and_the_surest_heading_has_it() -> None:
    assert targets("主要工程名称及说明", "工程名称") == [None, OldField.PROJECT]
    assert targets("合同金额（元）", "合同金额（万元）") == [OldField.AMOUNT_YUAN, None]


def test_numbers_of_lines_and_unknown_headings_are_left_out() -> None:
    assert targets("序号", "经办人", "天气", "") == [None] * 4


def test_what_was_confirmed_wins_also_when_the_columns_changed_places() -> None:
    saved = [("编号", "remark"), ("甲", None), ("乙", "project_name")]
    same = propose(["编号", "甲", "乙"], [[], [], []], saved=saved)
    moved = propose(["乙", "编号"], [[], []], saved=saved)
    new = propose(["编号", "丙"], [[], []], saved=saved)
    assert [one.target for one in same] == [OldField.REMARK, None, OldField.PROJECT]
    assert [one.target for one in moved] == [OldField.PROJECT, OldField.REMARK]
    assert [one.target for one in new] == [OldField.NUMBER, None]


@given(st.lists(st.text(), max_size=12))
def test_whatever_the_headings_each_column_has_an_answer_and_no_field_two(headings: list[str]) -> None:
    found = targets(*headings)
    named = [target for target in found if target is not None]
    assert len(found) == len(headings)
    assert len(named) == len(set(named))


def test_headings_are_found_below_titles_and_joined_from_two_lines() -> None:
    sheet = grid(
        ("某街道台账", "某街道台账", "某街道台账", "某街道台账"),
        (),
        ("编号", "工程名称", "建设单位", "建设单位"),
        ("编号", "工程名称", "名称", "电话"),
        ("1", "某工程", "某人", "13800000000"),
    )
    lines = find_headings(sheet)
    assert lines == HeadingLines(first=3, last=4)
    assert joined_headings(sheet, lines) == ("编号", "工程名称", "建设单位\n名称", "建设单位\n电话")


def test_a_sheet_without_known_headings_has_none() -> None:
    assert find_headings(grid(("甲", "乙"), ("1", "2"))) is None


@pytest.mark.parametrize(
    ("row", "skipped"),
    [
        ((), Skipped.BLANK),
        ((None, " "), Skipped.BLANK),
        (("合计", None, 35), Skipped.TOTAL),
        (("合  计：", None, 35), Skipped.TOTAL),
        ((None, "本页小计", 3), Skipped.TOTAL),
        (("一、坪安社区",) * 4, Skipped.TITLE),
        (("填表人：某某", None, "审核人：某某"), Skipped.FOOT),
        (("备注：本表一式两份",), Skipped.FOOT),
        (("编号", "工程名称", "社区"), Skipped.HEADINGS),
        (("1", "合计广场装修", "坪安"), None),
        (("1",), None),
    ],
)
def test_lines_that_are_no_entries_are_told_from_those_that_are(
    row: tuple[CellValue, ...], skipped: Skipped | None
) -> None:
    assert skipped_as(row, ("编号", "工程名称", "社区")) is skipped


def test_entries_keep_the_number_of_their_line() -> None:
    sheet = grid(("编号", "工程名称"), ("1", "甲"), (), ("合计", "2"), ("2", "乙"))
    assert [entry.line for entry in entries(sheet, HeadingLines(first=1, last=1))] == [2, 5]
