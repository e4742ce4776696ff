"""The sheet of a day's patrols: what is written is read back, however people fill it in, and every fault is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from desktop.domain.checking import list_of
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.first_check_points import POINT_WORDS
from desktop.domain.pack import PolicyPack
from desktop.domain.patrol import CheckVerdict, PatrolKind, PatrolLevel, PatrolResult
from desktop.domain.patrol_sheet import SheetAnswer, SheetRow
from desktop.domain.sheet_answers import answers_in
from desktop.exchange.patrol_sheet import read_patrol_sheet
from desktop.exchange.patrol_template import write_patrol_sheet, write_patrol_template

TODAY = date(2026, 3, 2)
HEADINGS = (
    "登记编号",
    "巡查日期",
    "时间",
    "巡查类型",
    "巡查层级",
    "巡查单位",
    "巡查人员",
    "结果",
    "不符合项目",
    "备注",
)
ROW = SheetRow(
    row=2, visited_on=TODAY, patrollers=("何巡",), organisation="坪安社区工作站", level=PatrolLevel.COMMUNITY
)

_HAN = st.text("坪安新禾田心何平罗旁吴技一二三AB1=+-@", min_size=1, max_size=8).filter(
    lambda text: text not in {"-", "1"}
)
_ITEM = _HAN.map(lambda text: f"查{text}")
_MAYBE = st.just("") | _HAN
_TIMES = st.just("") | st.builds(lambda hour, minute: f"{hour:02}:{minute:02}", st.integers(0, 23), st.integers(0, 59))
ROWS = st.builds(
    SheetRow,
    row=st.just(0),
    number=st.just("") | st.just("PA-DJ-2026-000001") | st.just("000123"),
    visited_on=st.dates(date(2024, 1, 1), TODAY),
    visited_time=_TIMES,
    kind=st.sampled_from(PatrolKind),
    level=st.sampled_from(PatrolLevel),
    organisation=_HAN,
    patrollers=st.lists(_HAN, min_size=1, max_size=3).map(tuple),
    result=st.sampled_from(PatrolResult),
    failed=st.lists(st.builds(SheetAnswer, item=_ITEM, remark=_MAYBE), max_size=3).map(tuple),
    not_applicable=st.lists(_ITEM, max_size=2).map(tuple),
    remark=_MAYBE,
    community=_MAYBE,
    grid=_MAYBE,
    road=_MAYBE,
    gave_publicity=st.booleans(),
    campaign=_MAYBE,
    watcher=_MAYBE,
    begins=_TIMES,
    ends=_TIMES,
    work=_MAYBE,
    checked=st.lists(st.sampled_from(POINT_WORDS), max_size=3).map(tuple),
    wanting=st.lists(st.sampled_from(POINT_WORDS), max_size=3).map(tuple),
    signed_by=_MAYBE,
    approved_by=_MAYBE,
)


def sheet(file: Path, *lines: Sequence[Any], headings: Sequence[str] = HEADINGS) -> Path:
    book = Workbook()
    page = book.worksheets[0]
    for line in (headings, *lines):
        page.append(list(line))
    book.save(file)
    return file


def faults(file: Path) -> list[str]:
    with pytest.raises(FaultyInput) as caught:
        read_patrol_sheet(file, today=TODAY)
    return [f"{fault.where}：{fault.what}" for fault in caught.value.faults]


@pytest.mark.requirement("LG-34-1")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROWS, min_size=1, max_size=8))
def test_what_is_written_is_read_back_the_same(tmp_path: Path, rows: list[SheetRow]) -> None:
    numbered = tuple(replace(row, row=place) for place, row in enumerate(rows, 2))
    write_patrol_sheet(numbered, tmp_path / "day.xlsx")
    assert read_patrol_sheet(tmp_path / "day.xlsx", today=TODAY) == numbered


@pytest.mark.requirement("LG-34-1")
def test_a_sheet_is_read_however_people_fill_it_in(tmp_path: Path) -> None:
    headings = ("序号", "检查日期", "登记号", "时刻", "类型", "级别", "检查单位", "巡查员", "检查情况", "存在问题")
    file = sheet(
        tmp_path / "day.xlsx",
        ("二月底的巡查",),
        headings,
        (
            1,
            "２０２６年２月２８日",
            " pa－dj－2026－000001 ",
            "９点半",
            "",
            "社区工作站",
            "坪安社区",
            "何巡，罗旁",
            "正常",
            "",
        ),
        (
            2,
            datetime.combine(date(2026, 2, 28), time(8)),
            7.0,
            time(14, 5),
            "日常巡查",
            "同上",
            "同上",
            "同上",
            "",
            "未戴安全帽：两人；拖线板",
        ),
        (None,) * 10,
        (3, "2.28", 8, "下午3:05", "扫街", "〃", "〃", "〃", "无", "无"),
        headings=("坪安社区巡查日报",),
    )
    first, second, third = read_patrol_sheet(file, today=TODAY)
    assert (first.visited_on, first.visited_time, first.number) == (date(2026, 2, 28), "09:30", "pa－dj－2026－000001")
    assert (first.patrollers, first.result, first.kind) == (("何巡", "罗旁"), PatrolResult.IN_ORDER, PatrolKind.REGULAR)
    assert (second.number, second.visited_time, second.patrollers) == ("7", "14:05", ("何巡", "罗旁"))
    assert second.failed == (SheetAnswer(item="未戴安全帽", remark="两人"), SheetAnswer(item="拖线板"))
    assert second.result is PatrolResult.FINDINGS
    assert (third.row, third.visited_time, third.level, third.failed) == (7, "15:05", PatrolLevel.COMMUNITY, ())


@pytest.mark.requirement("LG-34-1")
def test_every_faulty_cell_is_told_with_its_line_and_cure(tmp_path: Path) -> None:
    good = ("", "2026-03-02", "", "", "社区", "坪安社区", "何巡", "", "", "")
    told = faults(
        sheet(
            tmp_path / "day.xlsx",
            good,
            ("", "2026-02-30", "25:10", "散步", "外星", "", "", "不知道", "", ""),
            ("", "", "", "", "社区", "坪安社区", "何巡", "", "", ""),
        )
    )
    assert [line.partition("：")[0] for line in told] == [
        "第 3 行 B 列（巡查日期）",
        "第 3 行 E 列（巡查层级）",
        "第 3 行 D 列（巡查类型）",
        "第 3 行 H 列（结果）",
        "第 3 行 C 列（时间）",
        "第 3 行 G 列（巡查人员）",
        "第 3 行 F 列（巡查单位）",
        "第 4 行 B 列（巡查日期）",
    ]
    assert "应为 区、街道、社区" in told[1]
    assert "同上" in told[5]


@pytest.mark.requirement("LG-34-1")
def test_merged_cells_hold_for_every_line_they_span(tmp_path: Path) -> None:
    file = sheet(
        tmp_path / "day.xlsx",
        ("000001", "2026-03-02", "", "", "网格", "坪安社区", "何巡", "", "", ""),
        ("000002", None, "", "", None, None, None, "", "", ""),
    )
    book = load_workbook(file)
    for letter in "BEFG":
        book.worksheets[0].merge_cells(f"{letter}2:{letter}3")
    book.save(file)
    first, second = read_patrol_sheet(file, today=TODAY)
    assert (second.visited_on, second.level, second.patrollers) == (first.visited_on, PatrolLevel.GRID, ("何巡",))


def test_a_sheet_without_headings_or_lines_is_refused_with_how_to_go_on(tmp_path: Path) -> None:
    assert "请用本程序给出的模板" in faults(sheet(tmp_path / "a.xlsx", (1, 2), headings=("甲", "乙")))[0]
    assert "表头下面没有内容" in faults(sheet(tmp_path / "b.xlsx"))[0]
    (tmp_path / "c.xlsx").write_bytes(b"no workbook")
    with pytest.raises(ClerkError, match="no_workbook"):
        read_patrol_sheet(tmp_path / "c.xlsx", today=TODAY)
    with pytest.raises(ClerkError, match="cannot_read_file"):
        read_patrol_sheet(tmp_path / "d.xlsx", today=TODAY)


@pytest.mark.requirement("LG-34-3")
def test_the_template_is_a_sheet_that_can_be_filled_in_and_read(tmp_path: Path, pack: PolicyPack) -> None:
    file = tmp_path / "template.xlsx"
    write_patrol_template(file, pack.check_lists)
    book = load_workbook(file)
    assert book.sheetnames == ["巡查记录", "填写说明", "检查项目"]
    words = [str(cell) for row in book["检查项目"].iter_rows(values_only=True) for cell in row if cell]
    assert {each.label for each in pack.check_lists} <= set(words)
    assert all(len(choice.formula1) <= 257 for choice in book["巡查记录"].data_validations.dataValidation)
    page = book["巡查记录"]
    places = {str(cell.value): place for place, cell in enumerate(page[1], 1)}
    for heading, value in (
        ("巡查日期", TODAY),
        ("巡查层级", "物业"),
        ("巡查单位", "同心物业"),
        ("巡查人员", "罗旁"),
        ("巡查类型", "旁站"),
    ):
        page.cell(2, places[heading], value)
    book.save(file)
    (row,) = read_patrol_sheet(file, today=TODAY)
    assert (row.kind, row.level) == (PatrolKind.STANDBY, PatrolLevel.PROPERTY)


@pytest.mark.requirement("LG-30-0")
@pytest.mark.parametrize(
    ("said", "item"),
    [
        ("gear", "gear"),
        ("8", "gear"),
        ("安全帽、安全带等防护用品配备齐全，正确佩戴", "gear"),
        ("安全帽", "gear"),
        ("移动操作脚手架缺防护栏", "mobile_scaffold"),
        ("临边", "edges"),
    ],
)
def test_an_item_is_named_by_place_code_words_or_its_hazard(pack: PolicyPack, said: str, item: str) -> None:
    row = replace(ROW, failed=(SheetAnswer(item=said, remark="两处"),))
    answers, troubles = answers_in(row, list_of(pack.check_lists, "small_work"), pack.hazard_entries)
    assert troubles == ()
    assert [(answer.item, answer.verdict, answer.remark) for answer in answers] == [(item, CheckVerdict.FAILED, "两处")]


@pytest.mark.requirement("LG-30-0")
@pytest.mark.parametrize(("said", "words"), [("飞碟", "没有“飞碟”"), ("99", "没有“99”"), ("作业", "请写全")])
def test_words_that_name_no_item_or_several_are_asked_back(pack: PolicyPack, said: str, words: str) -> None:
    row = replace(ROW, failed=(SheetAnswer(item=said),))
    answers, ((_column, trouble),) = answers_in(row, list_of(pack.check_lists, "small_work"), pack.hazard_entries)
    assert answers == ()
    assert words in trouble


@pytest.mark.requirement("LG-34-1")
@pytest.mark.parametrize("typed", ["晚上12点", "晚上12:30", "晚上0点", "晚上1点"])
def test_an_hour_of_the_night_that_belongs_to_either_day_is_asked_back(tmp_path: Path, typed: str) -> None:
    line = ("PA-DJ-2026-000001", "2026-03-02", typed, "", "社区", "坪安社区工作站", "何巡", "", "", "")
    [said] = faults(sheet(tmp_path / "day.xlsx", line))
    assert f"“{typed}”看不出是当天还是第二天" in said


@pytest.mark.requirement("LG-34-1")
@pytest.mark.parametrize(("typed", "read"), [("晚上11点半", "23:30"), ("晚上5点", "17:00"), ("下午12点", "12:00")])
def test_an_hour_of_the_evening_is_read(tmp_path: Path, typed: str, read: str) -> None:
    line = ("PA-DJ-2026-000001", "2026-03-02", typed, "", "社区", "坪安社区工作站", "何巡", "", "", "")
    [row] = read_patrol_sheet(sheet(tmp_path / "day.xlsx", line), today=TODAY)
    assert row.visited_time == read


@pytest.mark.requirement("LG-34-1")
@pytest.mark.parametrize("names", ["#REF!", "何巡、#N/A"])
def test_what_a_broken_formula_leaves_is_no_name(tmp_path: Path, names: str) -> None:
    line = ("PA-DJ-2026-000001", "2026-03-02", "", "", "社区", "坪安社区工作站", names, "", "", "")
    [said] = faults(sheet(tmp_path / "day.xlsx", line))
    assert "巡查人员" in said
    assert "公式出错（#" in said
