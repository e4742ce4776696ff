"""The register of matters handed on and the worklist as papers: in scope, covered, every copy on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.errors import ClerkError
from desktop.domain.site import SiteRef
from desktop.domain.transfer import TransferMatter, TransferMove, TransferStepDraft
from desktop.domain.transfer_register import RegisterPeriod
from desktop.domain.worklist import TaskKind, Urgency, WorklistCriteria
from desktop.models.record import AuditEvent
from desktop.services.desk import Desk
from tests.integration.at_work import CLERK, SETTER, person, work_as
from tests.integration.conftest import Clock
from tests.integration.outward import HERE, PATROLLER, PATROLLER_THERE, THERE, days_later, found_site

MARCH = RegisterPeriod(first_on=date(2026, 3, 1), last_on=date(2026, 3, 31))
PHONE = "13800004455"


def sent_about_a_refusal(desk: Desk, act_id: str, *, community: str = "坪安社区", place: str = "坪安路22号") -> str:
    """Pass an unregistered work on after its owner refused, and give the number of the letter."""
    site_id = found_site(desk, f"found-{act_id}", community=community, place=place).found_site_id
    desk.found_sites.refuse(site_id, f"业主（{PHONE}）称不需要登记")
    letter = desk.transfers.draft(TransferMatter(site=SiteRef(found_site_id=site_id)))
    return desk.transfers.send(replace(letter, act_id=act_id)).number


def out_of(desk: Desk) -> list[tuple[str, str]]:
    """Give the acts by which lists left the program, with what was said of them."""
    with desk.database.reading(is_whole=True) as session:
        asked = select(AuditEvent).where(AuditEvent.act.in_(("transfer_register_out", "worklist_out")))
        return [(event.act, event.summary) for event in session.scalars(asked.order_by(AuditEvent.id))]


def words_on(pdf: bytes) -> str:
    """Give the words of a paper without the breaks of its lines."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


@pytest.mark.requirement("LG-21-6")
def test_the_register_of_a_period_has_every_matter_in_the_order_it_was_sent(desk: Desk, clock: Clock) -> None:
    first = sent_about_a_refusal(desk, "t-1")
    days_later(clock, 3)
    second = sent_about_a_refusal(desk, "t-2", community="新禾社区", place="新禾路3号")
    days_later(clock, 60)
    sent_about_a_refusal(desk, "t-3", place="坪安路90号")
    replied = TransferStepDraft(act_id="r-1", move=TransferMove.REPLIED, on=clock.day, text=f"已立案，见 {PHONE}")
    desk.transfers.step(1, replied)

    table = desk.transfers.register(MARCH)
    assert [row[1] for row in table.rows] == [first, second]
    assert table.rows[0][10:12] == (clock.day.isoformat(), "已反馈")
    assert table.rows[1][11].startswith("■"), "late without a colour"
    assert "共 2 件，未反馈 1 件，其中已逾期 1 件" in table.note
    assert PHONE not in repr(table), "numbers of persons are covered"
    only = replace(MARCH, community="新禾社区")
    assert [row[1] for row in desk.transfers.register(only).rows] == [second]
    assert desk.transfers.register(replace(MARCH, to_body="别的机构")).rows == ()
    with pytest.raises(ClerkError, match="period_reversed"):
        desk.transfers.register(RegisterPeriod(first_on=MARCH.last_on, last_on=MARCH.first_on))


@pytest.mark.requirement("LG-21-6", "LG-34-0")
def test_paper_and_workbook_hold_the_register_and_are_on_record(desk: Desk, tmp_path: Path) -> None:
    number = sent_about_a_refusal(desk, "t-1")
    words = words_on(desk.transfers.register_pdf(MARCH))
    for said in ("移交登记簿", number, "2026年3月1日至2026年3月31日", "第二十一条(六)"):
        assert said in words, said
    file = tmp_path / "register.xlsx"
    assert desk.transfers.register_workbook(MARCH, file) == 1
    book = load_workbook(file)
    assert book.sheetnames == ["移交登记簿", "说明"]
    assert book["移交登记簿"]["B2"].value == number
    assert out_of(desk) == [
        ("transfer_register_out", "打印移交登记簿 1 件（个人信息已遮盖）"),
        ("transfer_register_out", "导出移交登记簿 1 件（个人信息已遮盖）"),
    ]


@pytest.mark.requirement("LG-34-0", "LG-P1")
def test_the_register_holds_only_what_may_be_given_out(desk: Desk) -> None:
    here = sent_about_a_refusal(desk, "t-1")
    there = sent_about_a_refusal(desk, "t-2", community="新禾社区", place="新禾路3号")
    work_as(desk, PATROLLER_THERE)
    assert [row[1] for row in desk.transfers.register(MARCH).rows] == [there]
    # Annex 4: who looks after the other community sees it, and exports nothing of it.
    sees_there = Grant(role=Role.CITY_GOVERNMENT_USER, areas=THERE)
    exports_here = Grant(role=Role.PATROLLER, areas=HERE)
    work_as(desk, Actor(account_id=41, user_name="user41", name="于巡", grants=(exports_here, sees_there)))
    assert [row[1] for row in desk.transfers.register(MARCH).rows] == [here]
    work_as(desk, person(42, "区里", Role.CITY_GOVERNMENT_USER))
    with pytest.raises(ClerkError, match="not_permitted"):
        desk.transfers.register(MARCH)


@pytest.mark.requirement("LG-21-6")
def test_a_period_without_a_matter_is_a_paper_that_says_so(desk: Desk) -> None:
    assert "期间没有移交" in words_on(desk.transfers.register_pdf(MARCH))


@pytest.mark.requirement("LG-30-3c", "LG-34-0")
def test_the_worklist_of_the_day_is_a_paper_to_take_along(desk: Desk) -> None:
    site = found_site(desk)
    desk.found_sites.refuse(site.found_site_id, f"业主（{PHONE}）称不需要登记")
    work_as(desk, PATROLLER)
    words = words_on(desk.worklist.pdf())
    for said in ("待办清单", "▲今日", "未登记工地当日上报执法", site.number, "第三十条(三)", "办结", "打印人", "郭巡"):
        assert said in words, said
    assert PHONE not in words
    nothing = WorklistCriteria(kind=TaskKind.REPLY, urgency=Urgency.OVERDUE)
    narrowed = words_on(desk.worklist.pdf(nothing))
    assert "没有待办" in narrowed
    assert "移交待反馈" in narrowed, "the paper says what it was narrowed down to"
    assert out_of(desk)[0] == ("worklist_out", "打印待办清单 1 件（个人信息已遮盖）")


@pytest.mark.requirement("LG-34-0", "LG-P1")
def test_the_printed_worklist_is_ones_own_and_needs_the_right(desk: Desk) -> None:
    site = found_site(desk)
    desk.found_sites.refuse(site.found_site_id, "拒不登记")
    for actor in (PATROLLER_THERE, CLERK):
        work_as(desk, actor)
        assert site.number not in words_on(desk.worklist.pdf())
    for actor in (SETTER, person(42, "区里", Role.CITY_GOVERNMENT_USER)):
        work_as(desk, actor)
        with pytest.raises(ClerkError, match="not_permitted"):
            desk.worklist.pdf()
