"""The standing ledgers leave the program as Excel, CSV and paper: whole or not at all, covered, on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.acts import Decided
from desktop.domain.bodies import TransferKind
from desktop.domain.errors import ClerkError
from desktop.domain.hazard import HazardDraft, HazardRequest, Measure, StepKind, StepRequest
from desktop.domain.patrol_kinds import PatrolResult
from desktop.domain.progress import Cancelled
from desktop.domain.site import SiteRef
from desktop.domain.standing_ledger import (
    STANDING_LEDGERS,
    SheetFormat,
    StandingCriteria,
    StandingLedger,
)
from desktop.domain.transfer import TransferRequest
from desktop.domain.walk_in import Place, WalkIn
from desktop.models.record import AuditEvent
from desktop.services.desk import Desk
from tests import factories
from tests.integration.conftest import Clock, Decide, count_of
from tests.integration.test_close_out import application
from tests.integration.test_site_papers import patrolled, said

ON = factories.FILED_ON
FIVE_PARTS = ["工程基本信息", "日常检查记录", "违法违规行为查处情况", "安全事故隐患清单", "整改跟踪督办结果"]
PRIVATE = (factories.PERSON_ID, "13800002719", "13800009999", "13800003344", "13800005566")
RARE = "𠮷野家门店"


def asked(ledger: StandingLedger, **changes: Any) -> StandingCriteria:
    return StandingCriteria(**{"ledger": ledger, "first_on": ON, "last_on": ON + timedelta(days=30), **changes})


def sheet_rows(file: Path, name: str) -> list[dict[str, Any]]:
    """Give the rows of a sheet by their headings, without title, period and totals."""
    _title, _period, headings, *rows = load_workbook(file)[name].iter_rows(values_only=True)
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows[:-1]]


def everything(file: Path) -> str:
    return repr([list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(file)])


def last_event(desk: Desk) -> AuditEvent:
    with desk.database.reading(is_whole=True) as session:
        return session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()  # type: ignore[return-value]


@pytest.fixture
def case(desk: Desk, decide: Decide, complete: WalkIn, clock: Clock) -> Decided:
    """A natural person's shop: two visits, a hazard put right, a letter to enforcement, an asked close-out."""
    matter = replace(complete, owner=factories.person(), project_name=RARE, remark="=HYPERLINK(1) 电话13800002719")
    accepted = decide(matter)
    clock.day = ON + timedelta(days=1)
    site = SiteRef(filing_id=accepted.filing_id)
    patrolled(desk, accepted.filing_id, remark="+86 13800002719 不在现场")
    second = patrolled(desk, accepted.filing_id, result=PatrolResult.FINDINGS, visited_on=ON + timedelta(days=1))
    draft = HazardDraft(
        finding="below_safety_standard",
        description="临边未设防护栏杆，工头电话13800009999",
        measures=(Measure.HALT, Measure.URGE),
        due_on=ON + timedelta(days=3),
    )
    recorded = desk.hazards.record(
        HazardRequest(act_id="h1", site=site, hazards=(draft,), found_on=ON, patrol_id=second, issues_notice=False)
    )
    for place, (kind, text) in enumerate(((StepKind.FEEDBACK, "已装栏杆"), (StepKind.PASSED, "现场复查合格"))):
        desk.hazards.step(StepRequest(act_id=f"s{place}", hazard_id=recorded.ids[0], kind=kind, on=ON, text=text))
    desk.transfers.send(
        TransferRequest(
            act_id="t1",
            site=site,
            kind=TransferKind.TRANSFER,
            to_body="街道综合执法机构",
            facts="拒不整改",
            grounds=("第三十六条(一)",),
            request="请依法查处",
        )
    )
    clock.day = date(2026, 7, 1)
    desk.life.apply_closeout(application(accepted.filing_id))
    return accepted


@pytest.mark.requirement("LG-22-2a", "LG-34-4")
@pytest.mark.parametrize(
    ("ledger", "wanted"),
    [
        (StandingLedger.REGISTRATION, {"工程（作业）名称": RARE, "业主联系电话": "138****2719", "社区": "坪安社区"}),
        (StandingLedger.PATROL, {"日期": ON, "工程（作业）名称": RARE, "巡查单位": "坪安社区工作站（社区）"}),
        (StandingLedger.HAZARD, {"发现日期": ON, "现场措施": "立即制止、督促整改", "状态": "已销项", "销项日期": ON}),
        (StandingLedger.TRANSFER, {"文书": "移交单", "接收机构": "坪安街道综合行政执法队", "状态": "已移交"}),
        (StandingLedger.CLOSE_OUT, {"情形": "完工", "工程（作业）名称": RARE, "结果": "待现场核实"}),
    ],
)
def test_each_ledger_holds_what_was_recorded_in_its_layout(
    desk: Desk, case: Decided, tmp_path: Path, ledger: StandingLedger, wanted: dict[str, Any]
) -> None:
    file = tmp_path / "ledger.xlsx"
    period = asked(ledger, last_on=date(2026, 12, 31))
    written = desk.standing_ledgers.write(period, file)
    spec = STANDING_LEDGERS[ledger]
    rows = sheet_rows(file, spec.sheets[0].name)
    assert written.count == len(rows) > 0
    assert list(rows[0]) == [column.heading for column in spec.sheets[0].columns]
    found = {name: rows[0][name].date() if isinstance(value, date) else rows[0][name] for name, value in wanted.items()}
    assert found == wanted
    sheet = load_workbook(file)[spec.sheets[0].name]
    assert sheet["A1"].value == spec.title
    assert "坪安街道" in sheet["A2"].value
    assert "期间：2026年3月2日至2026年12月31日" in sheet["A2"].value
    assert not any(number in everything(file) for number in PRIVATE)


@pytest.mark.requirement("LG-22-2a")
def test_totals_stand_below_the_rows(desk: Desk, case: Decided, tmp_path: Path) -> None:
    file = tmp_path / "ledger.xlsx"
    desk.standing_ledgers.write(asked(StandingLedger.REGISTRATION), file)
    headings, row, totals = list(load_workbook(file)["登记台账"].iter_rows(min_row=3, values_only=True))
    amount = headings.index("合同金额（元）")
    assert (totals[0], totals[amount]) == (1, row[amount]) == (1, 300000)
    desk.standing_ledgers.write(asked(StandingLedger.PATROL), file)
    *_, totals = load_workbook(file)["巡查台账"].iter_rows(values_only=True)
    assert (totals[0], totals[10]) == (2, 1)


@pytest.mark.requirement("SJ-5.4a", "LG-34-4")
def test_the_ledger_of_supervision_has_its_five_parts(desk: Desk, case: Decided, tmp_path: Path) -> None:
    file = tmp_path / "five.xlsx"
    period = asked(StandingLedger.FIVE_PARTS, last_on=date(2026, 12, 31))
    written = desk.standing_ledgers.write(period, file)
    assert load_workbook(file).sheetnames == [*FIVE_PARTS, "说明"]
    parts = {name: sheet_rows(file, name) for name in FIVE_PARTS}
    assert written.count == sum(map(len, parts.values()))
    assert [row["登记编号"] for row in parts["工程基本信息"]] == [case.number]
    assert [row["发现隐患"] for row in parts["日常检查记录"]] == [None, 1]
    assert [row["处理"] for row in parts["违法违规行为查处情况"]] == [
        "立即制止、督促整改",
        "移交单，坪安街道综合行政执法队",
    ]
    assert [row["状态"] for row in parts["安全事故隐患清单"]] == ["已销项"]
    steps = [row["步骤"] for row in parts["整改跟踪督办结果"]]
    assert {"反馈已整改", "复查合格，销项", "注销：待现场核实"} <= set(steps)
    days = [row["日期"] for row in parts["整改跟踪督办结果"]]
    assert days == sorted(days)
    assert not any(number in everything(file) for number in PRIVATE)


@pytest.mark.requirement("SJ-5.4a")
def test_the_ledger_of_supervision_prints_its_five_parts(desk: Desk, case: Decided, tmp_path: Path) -> None:
    file = tmp_path / "five.pdf"
    desk.standing_ledgers.write(asked(StandingLedger.FIVE_PARTS), file, form=SheetFormat.PDF)
    words = said(file.read_bytes())
    for numeral, part in zip("一二三四五", FIVE_PARTS, strict=True):
        assert f"{numeral}、{part}" in words
    assert "安全生产监管工作台账" in words
    assert not any(number in words for number in PRIVATE)


def test_works_managed_as_high_risk_are_listed_with_how_they_are_looked_after(
    desk: Desk, decide: Decide, tmp_path: Path, clock: Clock
) -> None:
    risky = factories.walk_in(factories.small_work_facts(hoisting=True))
    decided = decide(factories.all_in_order(risky, desk.intake.pack()))
    clock.day = ON + timedelta(days=2)
    patrolled(desk, decided.filing_id, visited_on=clock.day)
    file = tmp_path / "risk.xlsx"
    desk.standing_ledgers.write(asked(StandingLedger.HIGH_RISK), file)
    [row] = sheet_rows(file, "高风险台账")
    assert (row["登记编号"], row["风险"], row["巡查次数"], row["未销项隐患"]) == (decided.number, "高风险", 1, 0)
    assert row["最近巡查"].date() == ON + timedelta(days=2)


@pytest.mark.requirement("SJ-5.6b")
def test_the_ledger_as_csv_opens_anywhere_and_computes_nothing(desk: Desk, case: Decided, tmp_path: Path) -> None:
    file = tmp_path / "ledger.csv"
    desk.standing_ledgers.write(asked(StandingLedger.REGISTRATION), file, form=SheetFormat.CSV)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    headings, row = file.read_text(encoding="utf-8-sig").splitlines()
    assert headings.split(",")[:3] == ["序号", "登记编号", "受理日期"]
    assert row.startswith(f"1,{case.number},{ON}")
    assert RARE in row
    assert "'=HYPERLINK(1) 电话138****2719" in row


@pytest.mark.requirement("LG-22-2a")
def test_the_period_and_the_community_narrow_the_ledger(
    desk: Desk, case: Decided, decide: Decide, tmp_path: Path
) -> None:
    elsewhere = factories.walk_in(place=Place(community="新禾社区", estate="新禾巷2号"))
    other = decide(factories.all_in_order(elsewhere, desk.intake.pack()))
    file = tmp_path / "ledger.xlsx"

    def numbers(**changes: Any) -> list[str]:
        period = {"last_on": date(2026, 12, 31), **changes}
        desk.standing_ledgers.write(asked(StandingLedger.REGISTRATION, **period), file)
        return [row["登记编号"] for row in sheet_rows(file, "登记台账")]

    assert numbers() == [case.number, other.number]
    assert numbers(community="新禾社区") == [other.number]
    assert numbers(first_on=ON + timedelta(days=1)) == [other.number]
    desk.standing_ledgers.write(asked(StandingLedger.PATROL, last_on=ON), file)
    assert [row["日期"].date() for row in sheet_rows(file, "巡查台账")] == [ON]


@pytest.mark.requirement("LG-P1")
def test_whole_numbers_ask_a_purpose_and_the_record_says_whose_went_out(
    desk: Desk, case: Decided, tmp_path: Path
) -> None:
    file = tmp_path / "ledger.xlsx"
    period = asked(StandingLedger.REGISTRATION)
    with pytest.raises(ClerkError, match="purpose_required"):
        desk.standing_ledgers.write(period, file, whole=True)
    assert not file.exists()
    desk.standing_ledgers.write(period, file, whole=True, purpose="报送区住建部门")
    [row] = sheet_rows(file, "登记台账")
    assert (row["业主证件号码"], row["业主联系电话"]) == (factories.PERSON_ID, "13800002719")
    event = last_event(desk)
    assert (event.act, event.reason) == ("standing_ledger_out", "报送区住建部门")
    assert event.summary == "导出小型工程和零星作业登记台账 1 行（完整个人信息）"
    assert ["filings", None, [case.filing_id]] in event.changes


@pytest.mark.requirement("LG-P1")
def test_what_one_sees_but_may_not_take_out_stays_out(desk: Desk, case: Decided, tmp_path: Path) -> None:
    grants = (
        Grant(role=Role.DISTRICT_GOVERNMENT_USER),
        Grant(role=Role.WINDOW_CLERK, areas=frozenset({"新禾社区"})),
    )
    desk.ledger._station.work_as(Actor(account_id=9, user_name="wang", name="王岚", grants=grants))
    file = tmp_path / "ledger.xlsx"
    for ledger in StandingLedger:
        for whole in (False, True):
            period = asked(ledger, last_on=date(2026, 12, 31))
            assert desk.standing_ledgers.write(period, file, whole=whole, purpose="报送区住建部门").count == 0
            assert case.number not in everything(file)
    of_trail = Grant(role=Role.AUDITOR)
    desk.ledger._station.work_as(Actor(account_id=8, user_name="wu", name="吴", grants=(of_trail,)))
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.standing_ledgers.write(asked(StandingLedger.PATROL), file)


class _Stopping:
    """Progress of a clerk who stops after some steps."""

    def __init__(self, after: int) -> None:
        self._after, self.steps = after, 0

    def step(self, done: int, total: int) -> None:
        """Count, and stop in time."""
        assert done <= total
        self.steps += 1
        if self.steps > self._after:
            raise Cancelled


@pytest.mark.parametrize("form", SheetFormat)
@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_ledger_that_is_stopped_leaves_neither_file_nor_record(
    desk: Desk, case: Decided, tmp_path: Path, form: SheetFormat, after: int
) -> None:
    before = count_of(desk, "audit_event")
    file = tmp_path / f"ledger.{form.value}"
    with pytest.raises(Cancelled):
        desk.standing_ledgers.write(asked(StandingLedger.PATROL), file, form=form, progress=_Stopping(after))
    assert [each for each in tmp_path.iterdir() if "ledger." in each.name and each.is_file()] == []
    assert count_of(desk, "audit_event") == before


def test_a_ledger_too_long_for_paper_says_so_and_leaves_no_file(
    desk: Desk, case: Decided, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.services.paper_rows.LONGEST_PAPER", 1)
    file = tmp_path / "ledger.pdf"
    with pytest.raises(ClerkError, match="list_too_long"):
        desk.standing_ledgers.write(asked(StandingLedger.PATROL), file, form=SheetFormat.PDF)
    assert not file.exists()
    assert desk.standing_ledgers.write(asked(StandingLedger.PATROL), tmp_path / "ledger.xlsx").count == 2


def test_a_period_that_runs_backwards_and_a_folder_that_is_none_are_refused(
    desk: Desk, case: Decided, tmp_path: Path
) -> None:
    with pytest.raises(ClerkError, match="period_reversed"):
        desk.standing_ledgers.write(asked(StandingLedger.PATROL, last_on=ON - timedelta(days=1)), tmp_path / "a.xlsx")
    (tmp_path / "there").write_text("a file in the way", encoding="utf-8")
    before = count_of(desk, "audit_event")
    with pytest.raises(ClerkError, match="cannot_save_file"):
        desk.standing_ledgers.write(asked(StandingLedger.PATROL), tmp_path / "there" / "a.xlsx")
    assert count_of(desk, "audit_event") == before
