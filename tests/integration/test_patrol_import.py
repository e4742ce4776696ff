"""A day's patrols from an Excel sheet: one act, per-row faults, nothing half-imported, and the way back out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from desktop.domain.access import FOUNDER, Role
from desktop.domain.acts import Act, Change, DecisionRequest
from desktop.domain.errors import ClerkError, FaultyInput
from desktop.domain.first_check_points import POINT_WORDS, first_check_in
from desktop.domain.patrol import CheckVerdict, PatrolCriteria, PatrolKind, PatrolLevel, PatrolRow, PatrolSource
from desktop.domain.patrol_details import FirstCheckDetails, StandbyDetails
from desktop.exchange.patrol_sheet import read_patrol_sheet
from desktop.models.record import AuditEvent
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.factories import LIGHT
from tests.integration.at_work import person, work_as
from tests.integration.conftest import Clock, Decide, count_of

HOME, AWAY = "坪安社区", "新禾社区"
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
    "社区",
    "道路",
    "旁站人员",
    "旁站开始",
    "旁站结束",
    "旁站作业",
    "首次检查已查",
    "首次检查缺项",
    "方案签字人",
    "方案审批人",
)
Line = Sequence[Any]


def line(number: str = "1", time: str = "", **more: str) -> Line:
    cells = {
        "登记编号": number,
        "巡查日期": "2026-03-02",
        "时间": time,
        "巡查层级": "社区",
        "巡查单位": "坪安社区工作站",
        "巡查人员": "何巡、罗旁",
        **more,
    }
    return [cells.get(heading, "") for heading in HEADINGS]


def sheet(file: Path, *lines: Line) -> Path:
    book = Workbook()
    page = book.worksheets[0]
    for each in (HEADINGS, *lines):
        page.append(list(each))
    book.save(file)
    return file


def faults(ask: Callable[[], object]) -> list[str]:
    with pytest.raises(FaultyInput) as caught:
        ask()
    return [f"{fault.where}：{fault.what}" for fault in caught.value.faults]


@pytest.fixture
def sites(desk: Desk, decide: Decide) -> None:
    """Three registered works, the last of them in another community."""
    for place, community in enumerate((HOME, HOME, AWAY), 1):
        matter = factories.all_in_order(factories.walk_in(project_name=f"第{place}间铺面"), desk.intake.pack())
        decide(replace(matter, place=replace(matter.place, community=community)))


def everything(desk: Desk) -> tuple[PatrolRow, ...]:
    return desk.patrols.page(desk.patrols.ids(PatrolCriteria(is_descending=False)))


@pytest.mark.requirement("LG-34-1", "LG-30-0", "LG-29-2")
@pytest.mark.usefixtures("sites")
def test_sixty_patrols_are_one_act_and_one_event(desk: Desk, tmp_path: Path) -> None:
    lines = [line(str(place % 3 + 1), f"{8 + place // 10:02}:{place % 10:02}") for place in range(60)]
    lines[7] = line("2", "15:00", 不符合项目="未正确佩戴；安全帽：两人\n拖线板", 巡查类型="专项")
    lines[8] = line("", 道路="坪安路", 社区=HOME, 巡查类型="扫街")
    lines[9] = line("3", 巡查类型="旁站", 巡查层级="物业", 旁站人员="罗旁", 旁站开始="9:00", 旁站结束="11点半")
    file = sheet(tmp_path / "day.xlsx", *[each for place, each in enumerate(lines) if place != 7], lines[7])
    events = count_of(desk, "audit_event")
    assert faults(lambda: desk.patrol_import.plan(file))[0].startswith("第 61 行（不符合项目）：")
    lines[7] = line("2", "15:00", 不符合项目="安全帽：两人\n拖线板", 巡查类型="专项")
    file = sheet(tmp_path / "day.xlsx", *lines)

    planned = desk.patrol_import.plan(file)
    assert (len(planned), planned[0].project_name, planned[0].is_known) == (60, "第1间铺面", False)
    assert (count_of(desk, "patrol"), count_of(desk, "audit_event")) == (0, events)
    done = desk.patrol_import.take_in(file, act_id="day-1")
    assert (len(done.patrol_ids), done.changes) == (60, frozenset({Change.ON_SITE}))
    assert [finding.item for _patrol, finding in done.suggestions] == ["gear", "power"]
    assert done.suggestions[0][0] == done.patrol_ids[7]
    assert (count_of(desk, "patrol"), count_of(desk, "audit_event")) == (60, events + 1)
    with desk.database.reading() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert last is not None
    assert (last.act, len(last.touched)) == ("patrols_in", 60)
    assert desk.ledger_check.verify().findings == ()

    by_id = {row.id: row for row in everything(desk)}
    special, road, standby = (by_id[done.patrol_ids[place]] for place in (7, 8, 9))
    assert (special.kind, special.check_list, special.source) == (
        PatrolKind.SPECIAL,
        "small_work",
        PatrolSource.IMPORTED,
    )
    assert [(a.item, a.verdict, a.remark) for a in special.answers] == [
        ("gear", CheckVerdict.FAILED, "两人"),
        ("power", CheckVerdict.FAILED, ""),
    ]
    assert (road.place, road.community, road.kind) == ("坪安路", HOME, PatrolKind.SWEEP)
    assert standby.details == StandbyDetails(watcher="罗旁", begins="09:00", ends="11:30")
    assert (standby.level, standby.community) == (PatrolLevel.PROPERTY, AWAY)


@pytest.mark.requirement("LG-34-1")
@pytest.mark.usefixtures("sites")
def test_cells_that_cannot_be_read_and_lines_that_do_not_fit_are_told_together_by_line(
    desk: Desk, tmp_path: Path
) -> None:
    file = sheet(tmp_path / "day.xlsx", line("77"), line("1", 巡查日期="3月32日"), line("2", 巡查日期="2026-03-09"))
    told = faults(lambda: desk.patrol_import.plan(file))
    assert [each.partition(" 行")[0] for each in told] == ["第 2", "第 3", "第 4"]
    assert faults(lambda: desk.patrol_import.take_in(file, act_id="day-1")) == told
    assert count_of(desk, "patrol") == 0


@pytest.mark.requirement("LG-34-1")
@pytest.mark.usefixtures("sites")
def test_one_faulty_line_keeps_the_whole_sheet_out_and_every_fault_is_told(desk: Desk, tmp_path: Path) -> None:
    file = sheet(
        tmp_path / "day.xlsx",
        line("1"),
        line("77"),
        line("铺面", "10:00"),
        line("2", 巡查日期="2026-03-09"),
        line("", 道路="坪安路", 社区="别处社区"),
        line("2", 巡查类型="旁站", 旁站人员="罗旁", 旁站开始="11:00", 旁站结束="09:00"),
        line("2", 不符合项目="飞碟"),
        line("1"),
    )
    told = faults(lambda: desk.patrol_import.take_in(file, act_id="day-1"))
    expected = (
        ("第 3 行（登记编号）", "台账里没有“77”"),
        ("第 4 行（登记编号）", "请写全编号"),
        ("第 5 行（巡查日期）", "还没有到"),
        ("第 6 行（社区）", "本受理点没有“别处社区”"),
        ("第 7 行（旁站结束）", "早于开始时间"),
        ("第 8 行（不符合项目）", "没有“飞碟”"),
        ("第 9 行（登记编号）", "与第 2 行是同一次巡查"),
    )
    assert len(told) == len(expected)
    for sentence, (where, what) in zip(told, expected, strict=True):
        assert sentence.startswith(where)
        assert what in sentence
    assert count_of(desk, "patrol") == 0


@pytest.mark.requirement("LG-34-1")
@pytest.mark.usefixtures("sites")
def test_the_same_act_counts_once_and_the_same_sheet_is_recognised(desk: Desk, tmp_path: Path) -> None:
    file = sheet(tmp_path / "day.xlsx", line("1", 不符合项目="安全帽"), line("2"))
    first = desk.patrol_import.take_in(file, act_id="day-1")
    again = desk.patrol_import.take_in(file, act_id="day-1")
    assert (again.patrol_ids, again.suggestions, again.changes) == (first.patrol_ids, first.suggestions, frozenset())
    assert [each.is_known for each in desk.patrol_import.plan(file)] == [True, True]
    with pytest.raises(ClerkError, match="patrols_known") as caught:
        desk.patrol_import.take_in(file, act_id="day-2")
    assert (caught.value.details["rows"], caught.value.details["count"]) == ((2, 3), 2)
    assert count_of(desk, "patrol") == 2
    desk.patrol_import.take_in(file, act_id="day-2", may_repeat=True)
    assert count_of(desk, "patrol") == 4


@pytest.mark.requirement("LG-34-0")
@pytest.mark.usefixtures("sites")
def test_a_patroller_takes_in_only_what_is_inside_the_own_scope(desk: Desk, tmp_path: Path) -> None:
    work_as(desk, person(21, "何巡", Role.PATROLLER, areas=frozenset({HOME})))
    away = sheet(tmp_path / "a.xlsx", line("1"), line("3"), line("", 道路="新禾路", 社区=AWAY))
    told = faults(lambda: desk.patrol_import.take_in(away, act_id="day-1"))
    assert [sentence.partition("：")[0] for sentence in told] == ["第 3 行（登记编号）", "第 4 行（登记编号）"]
    assert "台账里没有" in told[0]
    assert "不在您负责的范围内" in told[1]
    assert desk.patrol_import.take_in(sheet(tmp_path / "b.xlsx", line("1")), act_id="day-2").patrol_ids
    work_as(desk, person(22, "林晓", Role.WINDOW_CLERK))
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.patrol_import.plan(away)


@pytest.mark.requirement("LG-34-1", "LG-22-2a")
@pytest.mark.usefixtures("sites")
def test_an_exported_sheet_taken_in_elsewhere_gives_the_same_visits(desk: Desk, tmp_path: Path, clock: Clock) -> None:
    lines = (
        line("1", "08:30", 不符合项目="安全帽：两人；临边"),
        line("2", 巡查类型="抽查", 结果="停工"),
        line("3", 巡查类型="旁站", 旁站人员="罗旁", 旁站开始="9:00", 旁站结束="11:30"),
        line("", 道路="坪安路", 社区=HOME, 巡查类型="扫街"),
    )
    desk.patrol_import.take_in(sheet(tmp_path / "in.xlsx", *lines), act_id="day-1")
    ids = desk.patrols.ids(PatrolCriteria(is_descending=False))
    assert desk.patrol_import.export(ids, tmp_path / "out.xlsx") == 4
    other = open_desk(tmp_path / "other", today=clock.today, now=clock.now, effort=LIGHT)
    try:
        other.office.set_up(factories.office())
        for place, community in enumerate((HOME, HOME, AWAY), 1):
            matter = factories.all_in_order(factories.walk_in(project_name=f"第{place}间铺面"), desk.intake.pack())
            placed = replace(matter, place=replace(matter.place, community=community))
            other.intake.decide(DecisionRequest(act_id=f"o{place}", act=Act.ACCEPT, walk_in=placed))
        other.patrol_import.take_in(tmp_path / "out.xlsx", act_id="day-1")
        same = [replace(row, recorded_at=clock.moment) for row in everything(other)]
    finally:
        other.close()
    assert same == [replace(row, recorded_at=clock.moment) for row in everything(desk)]
    work_as(desk, person(21, "何巡", Role.PATROLLER, areas=frozenset({AWAY})))
    assert desk.patrol_import.export(ids, tmp_path / "part.xlsx") == 1
    work_as(desk, FOUNDER)


@pytest.mark.requirement("LG-32-3a", "LG-32-4", "LG-23-3")
@pytest.mark.usefixtures("sites")
def test_a_first_check_and_the_work_of_a_stand_by_are_taken_in_and_given_out_again(desk: Desk, tmp_path: Path) -> None:
    lines = (
        line(
            "1",
            巡查类型="首次检查",
            首次检查已查="施工方案；书面交底\n安全许可证",
            首次检查缺项="双方签字",
            方案签字人="沈知远",
            方案审批人="匠新公司",
        ),
        line("2", 巡查类型="首次检查"),
        line("3", 巡查类型="旁站", 旁站人员="罗旁", 旁站开始="9:00", 旁站结束="11:30", 旁站作业="外墙高处作业"),
    )
    desk.patrol_import.take_in(sheet(tmp_path / "in.xlsx", *lines), act_id="day-1")
    first, plain, standby = everything(desk)

    assert isinstance(first.details, FirstCheckDetails)
    scheme = first.details.scheme
    assert (scheme.plan, scheme.emergency, scheme.is_sealed) == (True, True, None), "what nobody looked at stays open"
    assert (scheme.signed_by, scheme.approved_by) == ("沈知远", "匠新公司")
    assert (first.details.is_briefed_in_writing, first.details.is_briefing_signed) == (True, False)
    assert first.details.licence_in_force
    assert plain.details is None, "the columns may stay empty"
    assert isinstance(standby.details, StandbyDetails)
    assert standby.details.work == "外墙高处作业"

    desk.patrol_import.export([first.id], tmp_path / "out.xlsx")
    (written,) = read_patrol_sheet(tmp_path / "out.xlsx", today=factories.FILED_ON)
    assert first_check_in(written) == (first.details, ())


@pytest.mark.requirement("LG-34-1", "LG-32-3a")
@pytest.mark.usefixtures("sites")
def test_every_point_of_a_first_check_that_cannot_be_taken_is_told(desk: Desk, tmp_path: Path) -> None:
    lines = (
        line("1", 巡查类型="首次检查", 首次检查已查="飞碟；施工方案", 首次检查缺项="应急处置"),
        line("2", 方案签字人="沈知远"),
    )
    told = faults(lambda: desk.patrol_import.plan(sheet(tmp_path / "day.xlsx", *lines)))
    assert len(told) == 3
    assert told[0].startswith("第 2 行（首次检查已查）：首次检查没有“飞碟”，应为 施工计划、")
    assert told[1].startswith("第 2 行（首次检查缺项）：“应急处置”在已查和缺项中都写了")
    assert told[2].startswith("第 3 行（方案签字人）：“定期巡查”没有这一栏")


@pytest.mark.requirement("LG-34-3")
def test_the_template_explains_the_columns_that_few_visits_need(desk: Desk, tmp_path: Path) -> None:
    desk.patrol_import.template(tmp_path / "empty.xlsx")
    book = load_workbook(tmp_path / "empty.xlsx")
    headings = {cell.value for cell in book["巡查记录"][1]}
    assert {"旁站开始", "旁站结束", "旁站作业", "首次检查已查", "首次检查缺项"} <= headings
    notes = "\n".join(str(row[0]) for row in book["填写说明"].iter_rows(values_only=True))
    assert all(point in notes for point in POINT_WORDS)
    assert "旁站作业" in notes


@pytest.mark.requirement("LG-34-3")
def test_the_template_names_every_list_and_reads_as_empty(desk: Desk, tmp_path: Path) -> None:
    desk.patrol_import.template(tmp_path / "empty.xlsx")
    assert load_workbook(tmp_path / "empty.xlsx").sheetnames == ["巡查记录", "填写说明", "检查项目"]
    with pytest.raises(FaultyInput):
        read_patrol_sheet(tmp_path / "empty.xlsx", today=factories.FILED_ON)
    with pytest.raises(ClerkError, match="cannot_save_file"):
        desk.patrol_import.template(tmp_path / "nowhere" / "empty.xlsx")
