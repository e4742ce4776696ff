"""The obligation sheet: every day with its article, only what concerns the matter, on one page."""

from __future__ import annotations

import pytest

from desktop.documents.blocks import ItemTable
from desktop.documents.pdf import page_count, render
from desktop.domain.acts import Act
from tests import factories
from tests.paper_desk import Desk, high_risk_work, minor_operation, words_of


@pytest.mark.requirement("LG-25-2b", "LG-33-1", "LG-32-1")
def test_the_sheet_says_what_the_owner_does_by_which_day_and_why(desk: Desk) -> None:
    paper = desk.paper(Act.ACCEPT, "obligations", high_risk_work())
    table = next(block for block in paper.blocks if isinstance(block, ItemTable))
    assert [(row[0], row[2]) for row in table.rows] == [
        ("最迟2026年3月5日", "第三十二条(一)"),
        ("2026年8月18日至2026年9月2日（含首尾两日）", "第二十五条"),
        ("2026年9月2日", "第二十五条"),
        ("完工后3个工作日内（计划2026年6月30日完工）", "第三十三条"),
    ]
    said = words_of(paper)
    for part in (
        "张贴",
        "第十条(三)",
        "变更登记",
        "第三十条(一)(三)",
        "建筑废弃物",
        "第十三条(十一)",
        "承重结构",
        "注销",
    ):
        assert part in said, part
    assert "第三十二条(二)(四)" in said


def test_what_does_not_concern_a_minor_operation_is_left_out(desk: Desk) -> None:
    said = words_of(desk.paper(Act.ACCEPT, "obligations", minor_operation()))
    assert "首次现场检查" not in said
    assert "承重结构" not in said
    assert "第十一条(二)" in said
    assert "业主" in said


@pytest.mark.requirement("LG-8-1")
def test_the_sheet_never_speaks_of_a_permit_given(desk: Desk) -> None:
    said = words_of(desk.paper(Act.ACCEPT, "obligations", high_risk_work())).replace("施工许可证", "")
    assert not [word for word in ("许可", "批准", "审批通过") if word in said.replace("准许", "")]


@pytest.mark.parametrize("matter", [high_risk_work(), minor_operation(), factories.walk_in()])
def test_the_sheet_fits_on_one_page(desk: Desk, matter: object) -> None:
    assert page_count(render(desk.paper(Act.ACCEPT, "obligations", matter))) == 1  # type: ignore[arg-type]
