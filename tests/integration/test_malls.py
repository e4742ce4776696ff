"""Shops of one mall on a real ledger: the next one, drafts for a list, scopes, splitting, the notices on one page."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from desktop.domain.acts import Act
from desktop.domain.errors import ClerkError
from desktop.domain.shop_list import Shop
from desktop.domain.trail import TrailCriteria
from desktop.domain.walk_in import Batch, Party, PartyKind, Place, WalkIn
from desktop.services.desk import Desk, open_desk
from desktop.services.office import OfficeService
from tests import factories
from tests.integration.conftest import Clock, Decide
from tests.integration.people import OWN_PASSWORD, clerk, found, hire

pytestmark = pytest.mark.requirement("SJ-3j")

PLACE = Place(community="坪安社区", grid="3", estate="世纪广场", building="A座", room="201")
LANDLORD = factories.company("世纪商业管理有限公司")
LIST = (Shop(name="木棉茶室", unit="2-015", contact="苏晓", phone="13800001111"), Shop(name="青禾书店", unit="2-016"))


def shop(desk: Desk, begun: WalkIn | None = None, *, owner: str = "和顺餐饮", unit: str = "201") -> WalkIn:
    """A whole matter of a shop in the mall, or what was begun made whole; each owner has a number of its own."""
    facts = factories.small_work_facts(contract_amount_yuan=Decimal(600_000), floor_area_m2=Decimal(300))
    base = begun or WalkIn(place=PLACE, property_owner=LANDLORD, property_company="世纪物业")
    whole = factories.walk_in(
        facts.with_facts(**base.facts.stated),
        place=replace(base.place, room=unit),
        property_owner=base.property_owner,
        property_company=base.property_company,
        batch=base.batch,
        owner=Party(kind=PartyKind.ORGANISATION, name=owner, phone="13800003344"),
    )
    return factories.all_in_order(whole, desk.intake.pack())


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        return str(document[0].get_textpage().get_text_bounded()).replace("\r\n", "")
    finally:
        document.close()


def test_the_next_shop_is_a_filing_of_its_own_with_its_own_papers(desk: Desk, decide: Decide) -> None:
    first = decide(shop(desk))
    begun = desk.malls.after(first.filing_id)
    assert begun.place == replace(PLACE, room="")
    assert (begun.property_owner, begun.property_company) == (LANDLORD, "世纪物业")
    assert begun.batch == Batch(name="世纪广场", began_with=first.number)
    assert (begun.owner, begun.materials, begun.project_name) == (Party(), (), "")
    second = decide(shop(desk, begun, owner="木棉茶室", unit="202"))
    assert second.number != first.number
    assert [paper.code for paper in second.papers] == [paper.code for paper in first.papers]
    [mall] = desk.malls.all()
    assert (mall.name, mall.filings, mall.last_filing_id) == ("世纪广场", 2, second.filing_id)
    third = desk.malls.next_of("世纪广场")
    assert third.batch == begun.batch
    assert third.place == begun.place


def test_that_particulars_were_carried_over_is_on_record(desk: Desk, decide: Decide) -> None:
    first = decide(shop(desk))
    desk.malls.after(first.filing_id)
    [event_id] = desk.trail.ids(TrailCriteria(act="next_shop"))
    event = desk.trail.event(event_id).row
    assert "世纪广场" in event.summary
    assert desk.ledger_check.verify().findings == ()


def test_shops_of_different_owners_do_not_look_parted_and_that_is_said(desk: Desk, decide: Decide) -> None:
    first = decide(shop(desk))
    begun = desk.malls.after(first.filing_id)
    matter = shop(desk, begun, owner="木棉茶室", unit="201")
    found = desk.intake.suspected_splitting(matter)
    assert found is not None
    assert (found.batch, found.needs_reason) == ("世纪广场", False)
    preview = desk.intake.preview(matter, suspicion=found)
    accept = next(act for act in preview.acts if act.act is Act.ACCEPT)
    assert (accept.allowed, accept.needs_reason) == (True, False)
    decide(matter)
    report = desk.splitting_radar.scan()
    assert report.suspicions == ()
    assert report.apart == {"世纪广场": 2}
    again = desk.intake.suspected_splitting(shop(desk, begun, owner="和顺餐饮", unit="201"))
    assert again is not None
    assert again.needs_reason


def test_a_list_begins_a_draft_for_each_shop_and_never_a_second_one(desk: Desk, decide: Decide) -> None:
    first = decide(shop(desk))
    begun = desk.malls.after(first.filing_id)
    decide(shop(desk, begun, owner="青禾书店", unit="2-016"))
    made = desk.malls.begin_drafts(LIST, mall="世纪广场")
    assert (made.begun, made.known) == (1, ("青禾书店，2-016",))
    [draft] = desk.drafts.all()
    assert (draft.walk_in.owner.name, draft.walk_in.place.room) == ("木棉茶室", "2-015")
    assert draft.walk_in.property_owner == LANDLORD
    assert desk.malls.begin_drafts(LIST, mall="世纪广场").begun == 0


def test_a_list_beside_a_matter_that_is_only_typed_begins_drafts_of_its_mall(desk: Desk) -> None:
    typed = replace(shop(desk), batch=Batch(name="世纪天地"))
    assert desk.malls.begin_drafts(LIST, beside=typed).begun == 2
    assert {draft.walk_in.batch.name for draft in desk.drafts.all()} == {"世纪天地"}
    assert [draft.walk_in.owner.name for draft in desk.drafts.all()] == ["木棉茶室", "青禾书店"]
    assert desk.malls.all() == ()


def test_a_mall_nobody_registered_in_begins_nothing(desk: Desk) -> None:
    with pytest.raises(ClerkError, match="no_such_filing"):
        desk.malls.begin_drafts(LIST, mall="没有的商场")
    assert desk.drafts.all() == ()


def test_what_lies_outside_the_clerks_area_is_not_carried_over(desk: Desk, decide: Decide) -> None:
    first = decide(shop(desk))
    decide(shop(desk, desk.malls.after(first.filing_id), owner="木棉茶室"))
    found(desk)
    hire(desk, "xinhe", clerk(frozenset({"新禾社区"})))
    desk.sign_in.sign_in("xinhe", OWN_PASSWORD)
    assert desk.malls.all() == ()
    for asked in (
        lambda: desk.malls.after(first.filing_id),
        lambda: desk.malls.next_of("世纪广场"),
        lambda: desk.malls.begin_drafts(LIST, mall="世纪广场"),
    ):
        with pytest.raises(ClerkError, match="no_such_filing"):
            asked()


def test_a_list_is_read_from_a_workbook(desk: Desk, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (
        ("商户名称", "铺位", "联系人", "电话"),
        ("木棉茶室", "2-015", "苏晓", 13800001111),
        (None, None),
        ("青禾书店", "2-016"),
    ):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "shops.xlsx")
    assert desk.malls.read_list(tmp_path / "shops.xlsx").shops == LIST


@pytest.mark.parametrize(
    ("pack_id", "said"),
    [
        ("songjiang", ("“开店一件事”商户告知单", "先备案，后开工", "增设钢结构夹层", "小微工程开工备案登记表")),
        ("longgang", ("商户告知单", "先登记，后开工", "登记有效期6个月", "12350", "完工后3个工作日内申报注销")),
        ("junshan", ("商户告知单", "完工后3个工作日内", "0730-8178006")),
        ("yichang", ("商户告知单", "先备案，后开工", "备案表")),
        ("huli", ("商户告知单", "信息登记表")),
    ],
)
def test_the_notice_of_every_place_is_one_page_in_its_words(
    data_folder: Path, clock: Clock, pack_id: str, said: tuple[str, ...]
) -> None:
    clock.day = clock.day.replace(month=11)
    desk = open_desk(data_folder, today=clock.today, now=clock.now, effort=factories.LIGHT)
    try:
        assert isinstance(desk.office, OfficeService)
        desk.office.set_up(factories.office(pack_id=pack_id))
        made = desk.malls.notices(LIST, mall="世纪广场")
        general = desk.malls.notices((), mall="世纪广场").pdf
        assert made.starts == (0, 1)
        text = text_of(desk.malls.notices(LIST[:1], mall="世纪广场").pdf)
        assert "木棉茶室（世纪广场2-015）" in text
        assert [words for words in said if words not in text] == []
        assert "13800001111" not in text
        assert "世纪广场各商户" in text_of(general)
        if pack_id in ("songjiang", "yichang", "huli"):
            assert "办理期限" not in text  # the document sets none
    finally:
        desk.close()


def test_that_notices_were_given_out_is_on_record(desk: Desk) -> None:
    desk.malls.note_notices("世纪广场", 2)
    [event_id] = desk.trail.ids(TrailCriteria(act="merchant_notice_out"))
    assert "2 份" in desk.trail.event(event_id).row.summary
