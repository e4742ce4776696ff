"""Shops of one mall: what the next one begins with, lists of shops, and works that are not parted ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.batch import landlord, mall_name, may_be_shop, next_shop, shared_values
from desktop.domain.facts import Facts
from desktop.domain.shop_list import MOST_SHOPS, Shop, shops_of_rows, shops_of_text
from desktop.domain.splitting import EarlierWork, PresentWork, SplitLimits, SplitSuspicion, suspected_splitting
from desktop.domain.splitting_radar import shops_apart, suspected_groups
from desktop.domain.typed_texts import text_faults
from desktop.domain.walk_in import Batch, Place, WalkIn
from desktop.domain.walk_in_json import walk_in_from_plain, walk_in_to_plain
from tests.factories import company, person, small_work_facts, walk_in

pytestmark = pytest.mark.requirement("SJ-3j")

MALL = Batch(name="世纪广场", began_with="PA-1")
LIMITS = SplitLimits(amount_yuan=Decimal(1_000_000), area_m2=Decimal(300))
LANDLORD = company("世纪商业管理有限公司")
SHOP = walk_in(
    small_work_facts(property_managed=True, property_ownership="legal", hot_work=True),
    place=Place(community="坪安社区", grid="3", estate="世纪广场", building="A座", room="201", detail="扶梯旁"),
    property_owner=LANDLORD,
    property_company="世纪物业",
    batch=MALL,
)


def work(filing_id: int, owner: str, *, batch: Batch = MALL, **changes: Any) -> EarlierWork:
    values: dict[str, Any] = {
        "filing_id": filing_id,
        "number": f"PA-{filing_id}",
        "first_number": f"PA-{filing_id}",
        "place_key": "世纪广场a座",
        "owner_key": owner,
        "amount_yuan": Decimal(600_000),
        "area_m2": Decimal(200),
        "filed_on": date(2026, 3, 1),
        "contractor_key": "匠新",
        "category": "nonresidential_decoration",
        "batch": batch,
    }
    return EarlierWork(**{**values, **changes})


def suspicion(owner: str, *works: EarlierWork, batch: Batch = MALL) -> SplitSuspicion | None:
    present = PresentWork(
        place_key="世纪广场a座",
        owner_key=owner,
        amount_yuan=Decimal(600_000),
        area_m2=Decimal(200),
        filed_on=date(2026, 3, 2),
        contractor_key="匠新",
        batch=batch,
    )
    return suspected_splitting(present, works, limits=LIMITS)


def test_the_next_shop_begins_with_what_is_shared_and_nothing_else() -> None:
    begun = next_shop(SHOP, MALL)
    assert begun == WalkIn(
        facts=Facts({"property_managed": True, "property_ownership": "legal"}),
        place=Place(community="坪安社区", grid="3", estate="世纪广场", building="A座"),
        property_owner=LANDLORD,
        property_company="世纪物业",
        batch=MALL,
    )
    assert set(shared_values(begun)) >= {
        "place.estate",
        "property_owner.name",
        "property_company",
        "facts.property_managed",
    }
    assert "place.room" not in shared_values(begun)


def test_an_address_without_an_estate_keeps_the_rest_of_it_for_the_clerk_to_mend() -> None:
    begun = next_shop(replace(SHOP, place=Place(community="坪安社区", detail="坪安路18号", room="1")), MALL)
    assert begun.place == Place(community="坪安社区", detail="坪安路18号")
    assert "place.detail" not in shared_values(begun)


def test_a_firm_that_owns_its_premises_is_the_landlord_and_a_person_never_is() -> None:
    owned = replace(SHOP, property_owner=None, owner=LANDLORD)
    assert landlord(owned) == LANDLORD
    assert landlord(replace(owned, owner=person())) is None


def test_a_mall_is_named_by_itself_else_by_its_estate_else_by_the_address() -> None:
    assert mall_name(SHOP) == "世纪广场"
    assert mall_name(replace(SHOP, batch=Batch(name="世纪天地"))) == "世纪天地"
    assert mall_name(WalkIn(place=Place(community="坪安社区", detail="坪安路18号", room="3"))) == "坪安路18号"
    assert not may_be_shop(WalkIn())
    flat = replace(SHOP, batch=Batch(), facts=small_work_facts(category="residential_decoration"))
    assert not may_be_shop(flat)
    assert may_be_shop(replace(flat, batch=MALL))


def test_a_matter_of_a_mall_comes_back_from_the_store_and_an_older_one_is_of_none() -> None:
    plain = walk_in_to_plain(SHOP)
    assert walk_in_from_plain(plain) == SHOP
    del plain["batch"]
    assert walk_in_from_plain(plain).batch == Batch()


def test_a_name_that_no_paper_can_hold_is_a_fault() -> None:
    assert [fault.field for fault in text_faults(WalkIn(batch=Batch(name="世纪🏬")))] == ["batch.name"]


def test_a_pasted_list_is_read_line_by_line_whatever_stands_between() -> None:
    found = shops_of_text("木棉茶室\t2-015\t苏晓\t13800001111\n\n青禾书店，2-016\n木棉茶室,2-015\n")
    assert found.shops == (
        Shop(name="木棉茶室", unit="2-015", contact="苏晓", phone="13800001111"),
        Shop(name="青禾书店", unit="2-016"),
    )
    assert found.repeated == ("木棉茶室，2-015",)
    assert not found.faults


def test_a_first_row_that_names_the_columns_says_what_they_hold() -> None:
    rows = [("序号", "铺位", "商户名称", "联系电话"), ("1", "2-015", "木棉茶室", "13800001111"), ("2", "2-016", "", "")]
    found = shops_of_rows(rows)
    assert found.shops == (Shop(name="木棉茶室", unit="2-015", phone="13800001111"),)
    assert found.faults == ("第 3 行：没有名称",)


def test_a_list_that_is_too_long_says_from_which_line_nothing_is_taken() -> None:
    found = shops_of_text("\n".join(f"商户{number}" for number in range(MOST_SHOPS + 5)))
    assert len(found.shops) == MOST_SHOPS
    assert found.faults == (f"第 {MOST_SHOPS + 1} 行起：一次最多 {MOST_SHOPS} 户，其余请另行办理",)


def test_a_shop_of_the_list_is_the_owner_of_its_own_filing() -> None:
    taken = Shop(name="木棉茶室", unit="2-015", contact="苏晓", phone="13800001111").taken_into(next_shop(SHOP, MALL))
    assert (taken.owner.name, taken.owner.contact_name, taken.place.room) == ("木棉茶室", "苏晓", "2-015")
    assert taken.property_owner == LANDLORD


def test_shops_of_different_owners_in_one_mall_are_told_apart_and_need_no_reason() -> None:
    found = suspicion("b", work(1, "a", batch=Batch()))
    assert found is not None
    assert found.batch == "世纪广场"
    assert not found.needs_reason


def test_shops_of_one_owner_in_a_mall_still_look_parted() -> None:
    found = suspicion("a", work(1, "a"))
    assert found is not None
    assert (found.batch, found.needs_reason) == ("", True)


@pytest.mark.parametrize(
    ("present", "earlier"),
    [
        pytest.param(Batch(), MALL, id="the new one is in no mall"),
        pytest.param(MALL, Batch(name="别的商场"), id="another mall"),
    ],
)
def test_shops_that_are_not_of_one_mall_look_parted(present: Batch, earlier: Batch) -> None:
    found = suspicion("b", work(9, "a", batch=earlier), batch=present)
    assert found is not None
    assert found.needs_reason


def test_an_owner_that_is_not_known_is_nobody_else() -> None:
    found = suspicion("", work(2, "a"))
    assert found is not None
    assert found.needs_reason


def test_the_radar_adds_up_the_shops_of_one_owner_only() -> None:
    apart = [work(1, "a", batch=Batch()), work(2, "b"), work(3, "c")]
    assert suspected_groups(apart, LIMITS) == ()
    assert shops_apart(apart) == {"世纪广场": 3}
    one_owner = [*apart, work(4, "c")]
    assert [group.filing_ids for group in suspected_groups(one_owner, LIMITS)] == [(3, 4)]


def test_the_radar_still_finds_works_beside_the_shops_of_a_mall() -> None:
    stranger = work(5, "d", batch=Batch())
    groups = suspected_groups([work(2, "b"), work(3, "c"), stranger], LIMITS)
    assert {group.filing_ids for group in groups} == {(2, 5), (3, 5)}
    assert shops_apart([stranger]) == {}
