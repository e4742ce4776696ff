"""The platform's sheet as data: headings matched, values mapped, faults named; and lists held side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.pack import PolicyPack
from desktop.domain.platform_comparison import Decision, KnownFiling, Standing, compare
from desktop.domain.platform_list import PlatformRow
from desktop.domain.platform_template import (
    CellKind,
    Headed,
    PlatformColumn,
    PlatformTemplate,
    best_headed,
    matched,
    template_from_plain,
    template_to_plain,
)
from desktop.domain.platform_values import SOURCES, PlatformMatter, cells_of, faults_of
from tests import factories

MATTER = PlatformMatter(
    filing_id=1,
    number="PA-DJ-2026-000001",
    walk_in=factories.walk_in(),
    high_risk=False,
    accepted_on=date(2026, 3, 2),
    valid_until=date(2026, 9, 2),
)
KNOWN = KnownFiling(
    filing_id=1,
    numbers=("PA-DJ-2026-000001",),
    name="坪安路18号装修",
    owner="和顺餐饮",
    place="坪安路18号",
    contractor="匠新装饰",
    accepted_on=date(2026, 3, 1),
    changed_on=date(2026, 3, 1),
)
ROW = PlatformRow(row=3, number="PT-1", name="坪安路18号装修", owner="和顺餐饮", entered_on=date(2026, 3, 2))


@pytest.mark.requirement("LG-27-1")
def test_the_shipped_sheet_is_marked_as_not_verified_and_every_source_is_known(pack: PolicyPack) -> None:
    template = pack.platform_template
    assert template is not None
    assert template.is_unverified
    assert {column.source for column in template.columns} <= set(SOURCES)
    assert faults_of(template, MATTER, pack) == ()


@pytest.mark.requirement("LG-27-1")
def test_a_value_the_mapping_does_not_know_is_a_fault_and_no_cell(pack: PolicyPack) -> None:
    column = PlatformColumn(heading="资金", source="funding", values={"fiscal": "财政"}, is_required=True)
    template = PlatformTemplate(title="表", columns=(column,))
    (fault,) = faults_of(template, MATTER, pack)
    assert "对照表里没有" in fault.what
    assert cells_of(template, MATTER, pack) == (None,)
    known = replace(column, values={"social": "社会资金"})
    assert cells_of(PlatformTemplate(title="表", columns=(known,)), MATTER, pack) == ("社会资金",)


@pytest.mark.requirement("LG-27-1")
def test_what_is_too_long_or_not_of_this_kind_is_told_apart(pack: PolicyPack) -> None:
    long = PlatformColumn(heading="名称", source="project_name", longest=3)
    other = PlatformColumn(heading="作业", source="content", kinds=("minor_operation",), is_required=True)
    fixed = PlatformColumn(heading="街道", source="=坪安街道")
    wan = PlatformColumn(heading="万元", source="contract_amount_wan", kind=CellKind.NUMBER)
    template = PlatformTemplate(title="表", columns=(long, other, fixed, wan))
    assert [fault.heading for fault in faults_of(template, MATTER, pack)] == ["名称"]
    assert list(cells_of(template, MATTER, pack)[1:]) == [None, "坪安街道", 30]


@pytest.mark.requirement("LG-27-1")
def test_headings_of_the_platforms_own_sheet_are_matched_by_their_meaning(pack: PolicyPack) -> None:
    shipped = pack.platform_template
    assert shipped is not None
    title = Headed(sheet="表", row=1, headings=("纳管平台",))
    headings = Headed(sheet="表", row=3, headings=("序号", "＊项目名称（必填）", "业主", "", "备案文号*"))
    found = best_headed(shipped, (title, headings))
    assert found is headings
    own = matched(shipped, found, title="平台表")
    assert [(c.source, c.place, c.is_required) for c in own.columns] == [
        ("", 1, False),
        ("project_name", 2, True),
        ("owner.name", 3, True),
        ("", 5, True),
    ]
    assert template_from_plain(template_to_plain(own)) == own


def test_what_is_known_by_another_number_of_the_list_is_another_matter() -> None:
    entered = replace(KNOWN, platform_number="PT-9", entered_on=date(2026, 2, 1))
    lines = compare((ROW, replace(ROW, row=4, number="PT-9")), (entered,))
    assert [line.standing for line in lines] == [Standing.MISSING_HERE, Standing.THEIRS_NEWER]


@pytest.mark.requirement("LG-27-1")
def test_two_that_could_be_meant_are_left_to_a_person() -> None:
    twin = replace(KNOWN, filing_id=2, numbers=("PA-DJ-2026-000002",))
    (line,) = compare((ROW,), (KNOWN, twin))
    assert (line.standing, line.choices) == (Standing.UNCLEAR, (Decision.LEAVE,))


def test_a_second_row_of_the_same_filing_is_unclear() -> None:
    lines = compare((ROW, replace(ROW, row=4)), (KNOWN,))
    assert [line.standing for line in lines] == [Standing.THEIRS_NEWER, Standing.UNCLEAR]
    assert "第 3 行" in lines[1].why


@pytest.mark.requirement("LG-27-1")
def test_a_number_noted_later_here_is_the_newer_one() -> None:
    ours = replace(KNOWN, platform_number="PT-2", entered_on=date(2026, 3, 3))
    (line,) = compare((replace(ROW, own_number="PA-DJ-2026-000001"),), (ours,))
    assert line.standing is Standing.OURS_NEWER
    assert line.choices[0] is Decision.LEAVE
