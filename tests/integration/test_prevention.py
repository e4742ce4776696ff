"""Insurers' lists of prevention services: matched to filings, taken in once, faults told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop.domain.acts import Decided
from desktop.domain.errors import ClerkError
from desktop.domain.prevention import Match
from desktop.domain.walk_in import Insurance, WalkIn
from desktop.services.desk import Desk
from tests.integration.conftest import count_of

Decide = Callable[..., Decided]
HEADINGS = ("序号", "保险公司", "保单号码", "项目名称", "地址", "服务时间", "服务内容", "发现问题")
POLICY = "ABX2026000077"


def sheet_of(file: Path, *rows: Sequence[object]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["安全生产责任保险事故预防服务清单"])
    sheet.append(list(HEADINGS))
    for row in rows:
        sheet.append(list(row))
    book.save(file)
    return file


@pytest.fixture
def insured(decide: Decide, complete: WalkIn) -> Decided:
    insurance = Insurance(kind="安全生产责任保险", insurer="鹏安财产保险", policy_number=POLICY)
    return decide(replace(complete, insurances=(insurance,)))


@pytest.fixture
def other(decide: Decide, complete: WalkIn) -> Decided:
    return decide(replace(complete, project_name="坪安路20号招牌更换"))


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return sheet_of(
        tmp_path / "服务清单.xlsx",
        (
            1,
            "鹏安财产保险",
            "ABX 2026000077",
            "商铺装修",
            "",
            "2026-02-26 09:30",
            "现场隐患排查",
            "用电不规范",
        ),
        (2, "鹏安财产保险", "", "坪安路20号招牌更换", "坪安路18号A栋", "2026年2月27日", "安全培训", ""),
        (3, "鹏安财产保险", "ZZZ1", "不在册的工程", "", "2026-02-27", "安全培训", ""),
        (4, "鹏安财产保险", "ZZZ2", "不在册的工程", "", "2026-02-30", "安全培训", ""),
    )


@pytest.mark.requirement("LG-24-3")
def test_rows_are_matched_by_policy_and_by_name_and_place(
    desk: Desk, insured: Decided, other: Decided, listed: Path
) -> None:
    rows = desk.prevention_services.plan(listed).rows

    assert [row.match for row in rows] == [Match.POLICY, Match.NAME_AND_PLACE, Match.NONE, Match.NONE]
    assert [row.filing_id for row in rows[:3]] == [insured.filing_id, other.filing_id, None]
    assert "服务日期" in rows[3].row.fault
    assert count_of(desk, "prevention_service") == 0


@pytest.mark.requirement("LG-24-3")
def test_a_list_taken_in_stands_at_its_sites_and_never_twice(
    desk: Desk, insured: Decided, other: Decided, listed: Path
) -> None:
    sha256 = desk.prevention_services.plan(listed).sha256

    taken = desk.prevention_services.take_in(listed, sha256=sha256, act_id="p1")
    again = desk.prevention_services.take_in(listed, sha256=sha256, act_id="p2")

    assert (taken.taken, taken.matched, taken.refused) == (3, 2, 1)
    assert (again.taken, again.known, again.refused) == (0, 3, 1)
    (service,) = desk.prevention_services.of_filing(insured.filing_id)
    assert (service.served_on, service.service, service.findings) == (date(2026, 2, 26), "现场隐患排查", "用电不规范")
    assert len(desk.prevention_services.all()) == 3
    assert desk.ledger_check.verify().findings == ()


@pytest.mark.requirement("LG-24-3")
def test_a_service_is_put_to_a_filing_by_hand(desk: Desk, insured: Decided, listed: Path) -> None:
    sha256 = desk.prevention_services.plan(listed).sha256
    desk.prevention_services.take_in(listed, sha256=sha256, act_id="p1")
    loose = next(row for row in desk.prevention_services.all() if row.project_name == "不在册的工程")

    assert desk.prevention_services.assign(loose.id, insured.number)
    assert not desk.prevention_services.assign(loose.id, insured.number)

    assert len(desk.prevention_services.of_filing(insured.filing_id)) == 2
    with pytest.raises(ClerkError, match="no_such_number"):
        desk.prevention_services.assign(loose.id, "PA-DJ-2026-999999")


def test_a_list_without_days_is_no_list(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["保险公司", "保单号"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(ClerkError, match="no_list_headings") as refused:
        desk.prevention_services.plan(tmp_path / "a.xlsx")
    assert refused.value.details["missing"] == ("服务日期", "服务内容")
