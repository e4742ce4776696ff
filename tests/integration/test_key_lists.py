"""The key lists: which works stand on each and why, on paper and as a workbook, within the scope of who asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from desktop.documents.blocks import texts_of
from desktop.documents.papers.key_list import key_list
from desktop.domain.access import Role
from desktop.domain.acts import Act, Decided
from desktop.domain.errors import ClerkError
from desktop.domain.key_lists import LIST_TITLES, KeyList
from desktop.domain.walk_in import Place, WalkIn
from desktop.models.filing import Filing
from desktop.services.desk import Desk
from tests import factories
from tests.integration.at_work import person, work_as

Decide = Callable[..., Decided]
HERE, THERE = "坪安社区", "新禾社区"
PATROLLER = person(9, "陈巡", Role.PATROLLER, areas=frozenset({HERE}))


def works(desk: Desk, decide: Decide, community: str = HERE, **facts: bool | str) -> Decided:
    """Register a small work with some facts."""
    matter = factories.walk_in(
        factories.small_work_facts(**facts), place=Place(community=community, estate="和宁巷3号")
    )
    return decide(factories.all_in_order(matter, desk.office.pack()))


def numbers(desk: Desk, kind: KeyList) -> list[str]:
    return [row.number for row in desk.key_lists.sheet(kind).rows]


@pytest.mark.requirement("LG-15-10", "LG-21-4b")
def test_high_risk_works_are_listed_with_the_items_or_the_escalation(desk: Desk, decide: Decide) -> None:
    works(desk, decide)
    hoisting, escalated = works(desk, decide, hoisting=True), works(desk, decide)
    with desk.database.writing() as session:
        session.execute(update(Filing).where(Filing.id == escalated.filing_id).values(escalated_on=date(2026, 3, 1)))
    rows = {row.number: row for row in desk.key_lists.sheet(KeyList.HIGH_RISK).rows}
    assert rows[hoisting.number].why == "第三条(八)"
    assert rows[hoisting.number].site_check_by is not None
    assert rows[escalated.number].why == "提级（第三十条(七)，2026-03-01）"
    assert len(rows) == 2


@pytest.mark.requirement("SJ-5.5b", "SJ-5.5c")
def test_works_in_crowded_places_are_listed_by_statement_or_by_kind_of_place(desk: Desk, decide: Decide) -> None:
    works(desk, decide)
    works(desk, decide, crowded_place=False)
    stated = works(desk, decide, crowded_place=True)
    market = works(desk, decide, place_kind="farm_market")
    assert set(numbers(desk, KeyList.CROWDED)) == {stated.number, market.number}


@pytest.mark.requirement("SJ-5.5a", "SJ-5.5c")
def test_works_with_insulation_are_listed(desk: Desk, decide: Decide) -> None:
    works(desk, decide)
    listed = works(desk, decide, insulation_material=True)
    assert numbers(desk, KeyList.INSULATION) == [listed.number]


@pytest.mark.requirement("SJ-5.5b", "SJ-5.5c")
def test_hot_work_in_crowded_places_is_listed_as_stated_or_as_place_and_work_say(desk: Desk, decide: Decide) -> None:
    works(desk, decide, THERE, hot_work=True)
    works(desk, decide, THERE, crowded_place=True)
    works(desk, decide, crowded_place=True, hot_work=True, crowded_place_hot_work=False)
    stated = works(desk, decide, crowded_place_hot_work=True)
    derived = works(desk, decide, place_kind="farm_market", hot_work=True)
    rows = {row.number: row.why for row in desk.key_lists.sheet(KeyList.HOT_WORK).rows}
    assert set(rows) == {stated.number, derived.number}
    assert rows[stated.number] == "人员密集场所动火"
    assert rows[derived.number].endswith("，动火")


@pytest.mark.requirement("LG-22-4")
def test_works_in_the_property_of_a_joint_stock_company_are_listed_company_by_company(
    desk: Desk, decide: Decide, tmp_path: Path
) -> None:
    def owned(owner: str, property_owner: str = "", room: str = "1", community: str = HERE) -> str:
        matter = factories.walk_in(
            place=Place(community=community, estate="和宁巷3号", room=room),
            owner=factories.company(owner),
            property_owner=factories.company(property_owner) if property_owner else None,
        )
        return decide(factories.all_in_order(matter, desk.office.pack())).number

    first, second = "深圳市坪安股份合作公司", "深圳市新禾股份合作公司"
    theirs = owned(second, room="2")
    let = owned("深圳市和顺餐饮管理有限公司", first, room="3")
    own = owned(first, room="4", community=THERE)
    owned("深圳市大建股份有限公司", room="5")
    owned("深圳市和顺餐饮管理有限公司", "赵丰年", room="6")
    rows = [(row.number, row.why) for row in desk.key_lists.sheet(KeyList.JOINT_STOCK).rows]
    assert rows == [
        (let, f"{first}（产权人）"),
        (own, f"{first}（建设单位）"),
        (theirs, f"{second}（建设单位）"),
    ]
    file = tmp_path / "股份公司.xlsx"
    assert desk.key_lists.workbook(file, (KeyList.JOINT_STOCK,)) == 3
    assert "第二十二条(四)" in str(list(load_workbook(file).worksheets[0].values)[-1])
    work_as(desk, PATROLLER)
    assert set(numbers(desk, KeyList.JOINT_STOCK)) == {let, theirs}


def test_key_supervision_is_empty_and_says_why(desk: Desk, decide: Decide) -> None:
    works(desk, decide, hoisting=True)
    sheet = desk.key_lists.sheet(KeyList.KEY_SUPERVISION)
    assert sheet.rows == ()
    assert "未核实" in sheet.note
    words = "\n".join(texts_of(key_list(sheet, office=factories.office(), pack=desk.office.pack())))
    assert sheet.note in words


def test_what_never_came_to_be_or_is_over_is_on_no_list(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    hoisting = replace(complete, facts=complete.facts.with_facts(hoisting=True, insulation_material=True))
    decide(hoisting, Act.NOT_APPLICABLE, reason="业主当场撤回")
    over = works(desk, decide, hoisting=True, insulation_material=True)
    with desk.database.writing() as session:
        session.execute(update(Filing).where(Filing.id == over.filing_id).values(status="closed"))
    assert numbers(desk, KeyList.HIGH_RISK) == numbers(desk, KeyList.INSULATION) == []


@pytest.mark.requirement("LG-15-10", "SJ-5.5a", "SJ-5.5b")
def test_lists_go_out_as_paper_and_as_a_workbook_on_record_and_covered(
    desk: Desk, decide: Decide, tmp_path: Path
) -> None:
    matter = factories.walk_in(
        factories.small_work_facts(hoisting=True), project_name="=1+1 商铺 13800002719", owner=factories.person()
    )
    decided = decide(factories.all_in_order(matter, desk.office.pack()))
    file = tmp_path / "重点.xlsx"
    assert desk.key_lists.workbook(file) == 1
    book = load_workbook(file)
    assert book.sheetnames == list(LIST_TITLES.values())
    cells = [cell for row in book["高风险工程清单"].iter_rows(values_only=True) for cell in row if cell]
    assert decided.number in cells
    assert not any("13800002719" in str(cell) or factories.PERSON_ID in str(cell) for cell in cells)
    assert desk.key_lists.pdf(KeyList.HIGH_RISK).startswith(b"%PDF")
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.requirement("LG-21-4b")
def test_a_community_reads_its_high_risk_works_for_patrol_and_may_not_decide_on_them(
    desk: Desk, decide: Decide
) -> None:
    ours, _theirs = works(desk, decide, hoisting=True), works(desk, decide, THERE, hoisting=True)
    work_as(desk, PATROLLER)
    assert numbers(desk, KeyList.HIGH_RISK) == [ours.number]
    with pytest.raises(ClerkError, match="not_permitted"):
        works(desk, decide, hoisting=True)


@pytest.mark.requirement("LG-10-2b", "LG-10-2")
def test_supervision_of_ones_own_will_is_counted_beside_that_which_must_be(desk: Desk, decide: Decide) -> None:
    works(desk, decide)
    works(desk, decide, voluntary_supervision=True)
    count = desk.key_lists.supervision()
    assert (count.works, count.required, count.voluntary) == (2, 0, 1)
