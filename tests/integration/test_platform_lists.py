"""The platform's bulk-import sheet filled and checked, and its own list taken in and held against the ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.acts import Decided, Status
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.platform_comparison import Decision, Standing
from desktop.domain.platform_entries import ListOrder, ListPlan, ListTaken
from desktop.domain.platform_list import ListField
from desktop.domain.platform_template import unknown_headings
from desktop.domain.progress import Cancelled
from desktop.domain.trail import TrailCriteria
from desktop.domain.walk_in import ONLINE, WalkIn
from desktop.services.desk import Desk
from desktop.services.online_filing import write_online_filing
from tests import factories
from tests.factories import COMPANY_CODE
from tests.integration.conftest import count_of

Decide = Callable[..., Decided]
PURPOSE = "平台批量录入"
HEADINGS = ("平台编号", "登记编号", "工程名称", "建设单位", "类别", "所属社区", "工程地址", "录入日期", "更新时间")
NUMBER = "LG-NG-2026-000123"


def sheet_of(file: Path, *rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["深圳市限额以下小型工程和零星作业登记纳管平台"])
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    book.save(file)
    return file


def row_of(desk: Desk, filing_id: int, number: str = NUMBER, **changes: Any) -> list[object]:
    file = desk.ledger.file(filing_id)
    values: dict[str, object] = {
        "number": number,
        "own": file.row.number,
        "name": file.walk_in.project_name,
        "owner": file.walk_in.owner.name,
        "kind": "限额以下小型工程",
        "community": file.walk_in.place.community,
        "place": file.walk_in.place.text,
        "entered_on": "2026-03-01",
        "changed_on": None,
    }
    return list({**values, **changes}.values())


ONLINE_ROW = (
    "LG-NG-2026-000200",
    "",
    "新禾路2号围墙粉刷",
    "深圳市新禾餐饮店",
    "零星作业",
    "新禾",
    "新禾路2号",
    "2026-02-27",
    "",
)


def take(desk: Desk, file: Path, act_id: str = "list-1", **more: Any) -> ListTaken:
    plan = desk.platform_returns.plan(file)
    decisions = more.pop("decisions", {line.key: line.choices[0] for line in plan.lines})
    order = ListOrder(act_id=act_id, sha256=plan.sha256, mapped=plan.mapped, decisions=decisions, **more)
    return desk.platform_returns.take(file, order)


def standings(plan: ListPlan) -> list[Standing]:
    return [line.standing for line in plan.lines]


@pytest.fixture
def filing(decide: Decide, complete: WalkIn) -> Decided:
    return decide(complete)


@pytest.mark.requirement("LG-27-1")
def test_the_sheet_holds_what_the_platform_wants_whole_and_on_record(
    desk: Desk, filing: Decided, tmp_path: Path
) -> None:
    (awaiting,) = desk.platform_lists.awaiting()
    file = tmp_path / "导入.xlsx"

    written = desk.platform_lists.write_sheet(file, [awaiting.filing_id], purpose=PURPOSE)

    sheet = load_workbook(file).worksheets[0]
    cells = dict(zip([cell.value for cell in sheet[1]], [cell.value for cell in sheet[2]], strict=True))
    assert (written.count, written.left_out) == (1, 0)
    assert cells["*登记编号"] == filing.number
    assert cells["*类别"] == "限额以下小型工程"
    assert cells["*是否高风险"] == "否"
    assert cells["合同金额（元）"] == 300000
    assert cells["*建设单位（业主）证件号码"] == COMPANY_CODE
    assert str(cells["*计划开始日期"]).startswith("2026-03-09")
    (event,) = [line for line in desk.trail.page(desk.trail.ids(TrailCriteria())) if line.act == "platform_list_out"]
    assert "1 件" in event.summary


@pytest.mark.requirement("LG-27-1")
def test_missing_required_values_are_named_before_the_upload(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    filing = decide(replace(complete, planned_end_on=None, content=""))

    (checked,) = desk.platform_lists.check([filing.filing_id])

    assert {fault.heading for fault in checked.faults} == {"工程（作业）内容", "计划结束日期"}
    assert all("必填" in fault.what for fault in checked.faults)


@pytest.mark.requirement("LG-27-1")
def test_a_copy_of_the_platforms_own_sheet_is_filled_under_its_headings(
    desk: Desk, filing: Decided, tmp_path: Path
) -> None:
    own = sheet_of(tmp_path / "平台模板.xlsx", headings=("序号", "*项目名称", "*业主", "*受理日期", "*消防备案号"))

    template = desk.platform_lists.keep_template(own)
    file = tmp_path / "上传.xlsx"
    desk.platform_lists.write_sheet(file, [filing.filing_id], purpose=PURPOSE)

    assert not template.is_unverified
    assert unknown_headings(template) == ("序号", "*消防备案号")
    rows = [[cell.value for cell in row] for row in load_workbook(file).worksheets[0].iter_rows()]
    assert rows[0][0] == "深圳市限额以下小型工程和零星作业登记纳管平台"
    assert rows[2][1:3] == ["坪安路18号一层商铺装修", "深圳市和顺餐饮管理有限公司"]
    (checked,) = desk.platform_lists.check([filing.filing_id])
    assert [fault.heading for fault in checked.faults] == ["*消防备案号"]
    desk.platform_lists.drop_template()
    assert desk.platform_lists.template().is_unverified


def test_a_sheet_without_known_headings_is_no_template(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ClerkError, match="no_platform_headings"):
        desk.platform_lists.keep_template(sheet_of(tmp_path / "a.xlsx", headings=("甲", "乙")))


def test_a_sheet_that_is_stopped_leaves_neither_file_nor_record(desk: Desk, filing: Decided, tmp_path: Path) -> None:
    class Stop:
        def step(self, done: int, total: int) -> None:
            raise Cancelled

    before = count_of(desk, "audit_event")
    with pytest.raises(Cancelled):
        desk.platform_lists.write_sheet(tmp_path / "a.xlsx", [filing.filing_id], purpose=PURPOSE, progress=Stop())

    assert list(tmp_path.glob("a.xlsx*")) == []
    assert count_of(desk, "audit_event") == before


def test_a_sheet_without_a_purpose_or_without_the_right_is_refused(desk: Desk, filing: Decided, tmp_path: Path) -> None:
    with pytest.raises(ClerkError, match="purpose_required"):
        desk.platform_lists.write_sheet(tmp_path / "a.xlsx", [filing.filing_id], purpose="")
    desk.ledger._station.work_as(
        Actor(account_id=None, user_name="p", name="周巡", grants=(Grant(role=Role.PATROLLER),))
    )
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.platform_lists.write_sheet(tmp_path / "a.xlsx", [filing.filing_id], purpose=PURPOSE)


@pytest.mark.requirement("LG-27-1", "LG-20-3")
def test_number_and_day_of_entry_come_back_by_the_platforms_list(desk: Desk, filing: Decided, tmp_path: Path) -> None:
    file = sheet_of(tmp_path / "清单.xlsx", row_of(desk, filing.filing_id))

    plan = desk.platform_returns.plan(file)
    taken = take(desk, file)

    assert standings(plan) == [Standing.THEIRS_NEWER]
    assert (taken.numbers, taken.registered) == (1, 0)
    stored = desk.ledger.file(filing.filing_id)
    assert stored.platform is not None
    assert (stored.platform.number, stored.platform.entered_on) == (NUMBER, date(2026, 3, 1))
    assert stored.row.number == filing.number
    assert not stored.awaits_platform
    assert desk.ledger.ids(LedgerCriteria(text=NUMBER)) == (filing.filing_id,)


@pytest.mark.requirement("LG-27-1")
def test_a_list_taken_in_again_finds_everything_the_same(desk: Desk, filing: Decided, tmp_path: Path) -> None:
    file = sheet_of(tmp_path / "清单.xlsx", row_of(desk, filing.filing_id), ONLINE_ROW)
    take(desk, file)
    entries, filings = count_of(desk, "platform_entry"), count_of(desk, "filing")

    same_act = take(desk, file)
    again = take(desk, file, act_id="list-2")

    assert standings(desk.platform_returns.plan(file)) == [Standing.SAME, Standing.SAME]
    assert not same_act.changes
    assert (again.numbers, again.registered, again.notes) == (0, 0, 0)
    assert (count_of(desk, "platform_entry"), count_of(desk, "filing")) == (entries, filings)


@pytest.mark.requirement("LG-27-1")
def test_each_side_may_be_the_newer_one(desk: Desk, decide: Decide, complete: WalkIn, tmp_path: Path) -> None:
    ids = [decide(replace(complete, project_name=f"坪安路{place}号装修")).filing_id for place in (1, 2, 3, 4)]
    for place, filing_id in enumerate(ids, 1):
        desk.platform.record(filing_id, f"PT-{place}", act_id=f"n{place}", entered_on=date(2026, 3, 1))
    file = sheet_of(
        tmp_path / "清单.xlsx",
        row_of(desk, ids[0], "PT-1"),
        row_of(desk, ids[1], "PT-2", owner="深圳市另一家店", changed_on="2026-02-28"),
        row_of(desk, ids[2], "PT-99", entered_on="2026-03-02"),
        ("PT-77", "", "没有登记的一件", "某店", "零星作业", "坪安社区", "坪安路7号", "2026-03-01", ""),
        ("", "", "没有编号的", "", "", "", "", "", ""),
    )

    plan = desk.platform_returns.plan(file)

    assert standings(plan) == [
        Standing.SAME,
        Standing.OURS_NEWER,
        Standing.THEIRS_NEWER,
        Standing.MISSING_HERE,
        Standing.UNREADABLE,
        Standing.MISSING_THERE,
    ]
    assert plan.lines[1].choices[0] is Decision.NOTE
    assert plan.lines[5].filing is not None
    assert plan.lines[5].filing.filing_id == ids[3]


@pytest.mark.requirement("LG-26-3")
def test_what_was_filed_online_becomes_a_filing_of_that_channel(desk: Desk, tmp_path: Path) -> None:
    file = sheet_of(tmp_path / "清单.xlsx", ONLINE_ROW)

    taken = take(desk, file)

    (filing_id,) = desk.ledger.ids(LedgerCriteria(text="LG-NG-2026-000200"))
    stored = desk.ledger.file(filing_id)
    assert taken.registered == 1
    assert stored.walk_in.facts.text("filing_channel") == ONLINE
    assert (stored.row.status, stored.accepted_on) == (Status.REGISTERED, date(2026, 2, 27))
    assert (stored.walk_in.place.community, stored.walk_in.owner.name) == ("新禾社区", "深圳市新禾餐饮店")
    assert not stored.awaits_platform
    assert stored.papers == ()
    verdict = desk.ledger_check.verify()
    assert verdict.findings == ()


def test_a_number_that_stands_twice_in_the_list_is_registered_once(desk: Desk, tmp_path: Path) -> None:
    again = (ONLINE_ROW[0], "", "新禾路3号围墙粉刷", *ONLINE_ROW[3:])
    file = sheet_of(tmp_path / "清单.xlsx", ONLINE_ROW, again)

    assert standings(desk.platform_returns.plan(file)) == [Standing.MISSING_HERE, Standing.UNCLEAR]
    assert take(desk, file).registered == 1


def test_a_number_that_another_filing_bears_is_named_and_nothing_is_written(desk: Desk, tmp_path: Path) -> None:
    file = sheet_of(tmp_path / "清单.xlsx", ONLINE_ROW)
    plan = desk.platform_returns.plan(file)
    with desk.database.writing() as session:
        row = plan.lines[0].row
        assert row is not None
        calendar = desk.calendar.calendar()
        station = desk.platform_returns._station
        write_online_filing(
            session, station, row, kind="minor_operation", community="新禾社区", calendar=calendar, act_id="other"
        )
        with pytest.raises(ClerkError, match="number_is_held"):
            write_online_filing(
                session, station, row, kind="minor_operation", community="新禾社区", calendar=calendar, act_id="again"
            )
        session.rollback()
    assert count_of(desk, "filing") == 0


@pytest.mark.requirement("LG-26-3")
def test_a_kind_that_the_list_does_not_say_has_to_be_said(desk: Desk, tmp_path: Path) -> None:
    row = (*ONLINE_ROW[:4], "", *ONLINE_ROW[5:])
    file = sheet_of(tmp_path / "清单.xlsx", row)

    with pytest.raises(ClerkError, match="kind_unsaid"):
        take(desk, file)
    assert count_of(desk, "filing") == 0
    assert count_of(desk, "sheet_import") == 0
    assert take(desk, file, kind_if_unsaid="minor_operation").registered == 1


@pytest.mark.requirement("LG-26-3")
def test_a_mapping_of_columns_is_kept_for_the_next_list(desk: Desk, tmp_path: Path) -> None:
    file = sheet_of(tmp_path / "清单.xlsx", ("PT-5", "坪安路5号招牌", "零星作业"), headings=("编号", "名目", "类别"))
    with pytest.raises(ClerkError, match="no_list_headings"):
        desk.platform_returns.plan(file)
    mapped = {ListField.NUMBER: "编号", ListField.NAME: "名目", ListField.KIND: "类别"}
    plan = desk.platform_returns.plan(file, mapped)
    order = ListOrder(act_id="list-1", sha256=plan.sha256, mapped=mapped, decisions={}, keep_as="市平台导出")
    desk.platform_returns.take(file, order)

    known = desk.platform_returns.plan(file)

    assert desk.platform_returns.profiles() == ("市平台导出",)
    assert (known.profile, dict(known.mapped)) == ("市平台导出", mapped)


def test_a_csv_in_the_national_encoding_is_read_too(desk: Desk, filing: Decided, tmp_path: Path) -> None:
    file = tmp_path / "清单.csv"
    cells = [str(cell or "") for cell in row_of(desk, filing.filing_id)]
    file.write_bytes("\n".join((",".join(HEADINGS), ",".join(cells))).encode("gb18030"))

    assert take(desk, file).numbers == 1


def test_a_file_that_changed_after_the_comparison_is_not_taken(desk: Desk, filing: Decided, tmp_path: Path) -> None:
    file = sheet_of(tmp_path / "清单.xlsx", row_of(desk, filing.filing_id))
    plan = desk.platform_returns.plan(file)
    sheet_of(file, row_of(desk, filing.filing_id, "LG-NG-2026-000999"))
    order = ListOrder(
        act_id="list-1",
        sha256=plan.sha256,
        mapped=plan.mapped,
        decisions={line.key: Decision.TAKE_NUMBER for line in plan.lines},
    )

    with pytest.raises(ClerkError, match="file_changed"):
        desk.platform_returns.take(file, order)
    assert desk.ledger.file(filing.filing_id).awaits_platform


def test_what_lies_outside_the_scope_is_not_registered_a_second_time(
    desk: Desk, filing: Decided, tmp_path: Path
) -> None:
    file = sheet_of(tmp_path / "清单.xlsx", row_of(desk, filing.filing_id))
    grant = Grant(role=Role.WINDOW_CLERK, areas=frozenset({"新禾社区"}))
    desk.ledger._station.work_as(Actor(account_id=None, user_name="c", name="何窗", grants=(grant,)))

    plan = desk.platform_returns.plan(file)

    assert (plan.lines, plan.elsewhere) == ((), 1)


@pytest.mark.requirement("LG-27-1")
def test_a_day_of_entry_is_noted_by_hand_and_may_be_given_later(desk: Desk, filing: Decided) -> None:
    desk.platform.record(filing.filing_id, NUMBER, act_id="n1")
    assert desk.platform.record(filing.filing_id, NUMBER, act_id="n2", entered_on=date(2026, 3, 1))
    assert not desk.platform.record(filing.filing_id, NUMBER, act_id="n3")

    entry = desk.ledger.file(filing.filing_id).platform
    assert entry is not None
    assert entry.entered_on == date(2026, 3, 1)
    with pytest.raises(ClerkError, match="platform_day_unfit"):
        desk.platform.record(filing.filing_id, NUMBER, act_id="n4", entered_on=factories.FILED_ON.replace(day=3))
