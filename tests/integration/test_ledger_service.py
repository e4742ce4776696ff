"""Filings are found again by everything a clerk may know of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.acts import Act, Decided, DecisionRequest, Status
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerColumn, LedgerCriteria
from desktop.domain.walk_in import MaterialCheck, Place, Verdict, WalkIn
from desktop.services.desk import Desk, open_desk
from tests import factories
from tests.integration.conftest import Clock, Decide


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[tuple[Desk, dict[str, int]]]:
    """A desk with three filings of three days: a shop, a signboard of a person, a refused one."""
    desk = open_desk(tmp_path_factory.mktemp("stocked"), today=clock.today, now=clock.now)
    desk.office.set_up(factories.office())

    def decide(walk_in: WalkIn, act: Act = Act.ACCEPT, reason: str = "") -> Decided:
        act_id = walk_in.project_name
        return desk.intake.decide(DecisionRequest(act_id=act_id, act=act, walk_in=walk_in, reason=reason))

    complete = factories.all_in_order(factories.walk_in(), desk.intake.pack())
    sign = factories.walk_in(
        factories.minor_facts(),
        project_name="新禾街药店招牌安装",
        place=Place(community="新禾社区", estate="新禾街3号", room="一层"),
        owner=factories.person("赵䶮", id_number=factories.OTHER_PERSON_ID, phone="13800009876"),
        contractor=factories.contractor(party=factories.company("深圳市宁川广告标识有限公司", phone="13800005555")),
        workers=(),
    )
    big = replace(
        factories.walk_in(factories.small_work_facts(temporary_building=True)),
        project_name="景望大厦十二层改造",
        place=Place(community="坪安社区", estate="景望大厦", room="1201"),
        owner=factories.company("深圳市云望仓储有限公司", phone="13800001212", id_number=""),
    )
    found = {"shop": decide(complete).filing_id}
    clock.day = date(2026, 3, 3)
    found["sign"] = decide(factories.all_in_order(sign, desk.intake.pack())).filing_id
    clock.day = date(2026, 3, 4)
    found["big"] = decide(big, Act.NOT_APPLICABLE, reason="临时建筑").filing_id
    yield desk, found
    desk.close()


@pytest.fixture
def filings(stocked: tuple[Desk, dict[str, int]], clock: Clock) -> dict[str, int]:
    clock.day = date(2026, 3, 4)
    return stocked[1]


@pytest.fixture
def stock(stocked: tuple[Desk, dict[str, int]]) -> Desk:
    return stocked[0]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("PA-DJ-2026-000001", {"shop"}),
        ("padj2026000001", {"shop"}),
        ("ＰＡ－ＤＪ－２０２６－０００００２", {"sign"}),
        ("BS-2026", {"big"}),
        ("000002", {"sign"}),
        ("药店", {"sign"}),
        ("坪", {"shop", "big"}),
        ("赵䶮", {"sign"}),
        ("䶮", {"sign"}),
        ("宁川", {"sign"}),
        ("景望大厦", {"big"}),
        ("坪安路18号", {"shop"}),
        ("18号A栋", {"shop"}),
        ("nc", {"sign"}),
        ("NCGG", {"sign"}),
        ("jwds", {"big"}),
        ("0014", {"sign"}),
        ("9876", {"sign"}),
        ("13800009876", {"sign"}),
        (factories.OTHER_PERSON_ID, {"sign"}),
        ("药店 新禾", {"sign"}),
        ("药店 景望", set()),
        ("街药", {"sign"}),
        ("药街", set()),
        ("没有这个", set()),
        ("%", set()),
        ('"', set()),
        ("NEAR(", set()),
        ("   ", {"shop", "sign", "big"}),
        ("", {"shop", "sign", "big"}),
    ],
)
def test_any_part_that_is_known_finds_the_filing(
    stock: Desk, filings: dict[str, int], typed: str, wanted: set[str]
) -> None:
    found = stock.ledger.ids(LedgerCriteria(text=typed))
    assert set(found) == {filings[name] for name in wanted}


def test_a_page_of_pasted_text_is_answered(stock: Desk, filings: dict[str, int]) -> None:
    assert stock.ledger.ids(LedgerCriteria(text="长" * 10_000 + " 文 " * 500)) == ()


@pytest.mark.parametrize(
    ("criteria", "wanted"),
    [
        (LedgerCriteria(kind="minor_operation"), {"sign"}),
        (LedgerCriteria(status=Status.NOT_APPLICABLE), {"big"}),
        (LedgerCriteria(high_risk=True), set()),
        (LedgerCriteria(high_risk=False, kind="small_work"), {"shop", "big"}),
        (LedgerCriteria(community="新禾社区"), {"sign"}),
        (LedgerCriteria(filed_from=date(2026, 3, 3)), {"sign", "big"}),
        (LedgerCriteria(filed_from=date(2026, 3, 3), filed_to=date(2026, 3, 3)), {"sign"}),
        (LedgerCriteria(text="社区", status=Status.REGISTERED), {"shop", "sign"}),
    ],
)
def test_filters_narrow_the_result(
    stock: Desk, filings: dict[str, int], criteria: LedgerCriteria, wanted: set[str]
) -> None:
    assert set(stock.ledger.ids(criteria)) == {filings[name] for name in wanted}


@pytest.mark.parametrize("column", LedgerColumn)
def test_every_column_sorts_both_ways(stock: Desk, filings: dict[str, int], column: LedgerColumn) -> None:
    up = stock.ledger.ids(LedgerCriteria(sort_by=column, descending=False))
    down = stock.ledger.ids(LedgerCriteria(sort_by=column, descending=True))
    assert up == down[::-1]
    assert len(up) == 3


def test_chinese_names_stand_in_the_order_of_their_pinyin(stock: Desk, filings: dict[str, int]) -> None:
    rows = stock.ledger.page(stock.ledger.ids(LedgerCriteria(sort_by=LedgerColumn.PROJECT, descending=False)))
    # jing, ping, xin; by code points 坪 would come before 新 before 景
    assert [row.project_name[:2] for row in rows] == ["景望", "坪安", "新禾"]


def test_the_newest_stands_first_unless_asked_otherwise(stock: Desk, filings: dict[str, int]) -> None:
    assert stock.ledger.ids(LedgerCriteria()) == (filings["big"], filings["sign"], filings["shop"])


def test_a_page_comes_in_the_order_asked_and_without_what_is_gone(stock: Desk, filings: dict[str, int]) -> None:
    rows = stock.ledger.page([filings["shop"], 999, filings["big"]])
    assert [row.id for row in rows] == [filings["shop"], filings["big"]]
    assert rows[0].category_label == "非住宅房屋装饰装修"
    assert rows[0].valid_until == date(2026, 9, 2)
    assert rows[1].valid_until is None


def test_rows_hold_no_numbers_of_people(stock: Desk, filings: dict[str, int]) -> None:
    told = repr(stock.ledger.page(list(filings.values())))
    for private in (factories.OTHER_PERSON_ID, "13800009876", factories.COMPANY_CODE):
        assert private not in told


def test_each_chip_counts_over_the_other_filters(stock: Desk, filings: dict[str, int]) -> None:
    facets = stock.ledger.facets(LedgerCriteria(status=Status.REGISTERED, kind="small_work"))
    assert facets.by_status == {Status.REGISTERED: 1, Status.NOT_APPLICABLE: 1}
    assert facets.by_kind == {"small_work": 1, "minor_operation": 1}
    assert facets.communities == (("坪安社区", 1),)
    assert stock.ledger.facets(LedgerCriteria(text="药店")).by_kind == {"minor_operation": 1}


def test_today_is_counted_by_visits(stock: Desk, filings: dict[str, int], clock: Clock) -> None:
    assert stock.ledger.decided_today() == 1
    clock.day = date(2026, 3, 5)
    assert stock.ledger.decided_today() == 0


@pytest.mark.requirement("LG-27-3c4")
def test_the_file_shows_every_visit_with_its_papers(desk: Desk, decide: Decide, complete: WalkIn) -> None:
    gap = complete.with_check(MaterialCheck(code="28-4", verdict=Verdict.MISSING))
    filing_id = decide(gap, Act.ONE_TIME_NOTICE).filing_id
    assert desk.ledger.file(filing_id).can_correct
    decide(complete, filing_id=filing_id)
    file = desk.ledger.file(filing_id)
    assert not file.can_correct
    assert [len(entry.paper_ids) for entry in file.timeline] == [1, len(file.papers) - 1]
    assert "第 2 次到场" in file.timeline[1].summary
    assert file.assessment["outcome"] == "register"


def test_a_filing_that_is_not_there_is_told(desk: Desk) -> None:
    with pytest.raises(ClerkError, match="no_such_filing"):
        desk.ledger.file(1)
