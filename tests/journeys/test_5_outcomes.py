"""Each of the six outcomes by its key, what stands in the way of one, second visits, overrides, blank forms."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from desktop.domain.acts import Act, StationKind, Status
from tests.factories import office
from tests.journeys import people
from tests.journeys.conftest import Journey

# The screen that is none has no windows to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def codes(journey: Journey, number: str) -> list[str]:
    """The codes of the papers that came of a decision."""
    return [paper.code for paper in journey.file(number).papers]


def noticed(journey: Journey) -> str:
    """Serve a shop whose second and third papers are missing, as far as the notice; gives its number."""
    journey.keys("{Ctrl+N}")
    journey.fill(*people.ordinary_shop())
    journey.judge(" 11{Shift+Space}")
    return journey.decide("{F8}")


def come_again(journey: Journey, number: str) -> None:
    """The person comes back some days later with the notice in hand."""
    journey.next_day(3)
    journey.find(number)
    journey.open_found()
    journey.keys("{F5}")
    journey.see(lambda: journey.window.page_key == "intake", "the next visit")


@pytest.mark.requirement("LG-27-3b1", "LG-27-3b2", "LG-27-4a", "LG-27-4d", "LG-27-4e", "LG-10-3b")
def test_f9_accepts_and_the_whole_bundle_is_previewed_by_one_more_key(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    journey.fill(*people.ordinary_shop(), ("workers.0.name", "何平"), ("signed", "{Space}"))
    journey.judge("{Shift+Space}")
    number = journey.decide("{F9}")
    assert number == "PA-DJ-2026-000001"
    file = journey.file(number)
    assert file.row.status is Status.REGISTERED
    assert {
        "receipt",
        "obligations",
        "owner_commitment",
        "contractor_commitment",
        "risk_notice",
        "safety_guide",
        "papers_received",
        "posting",
    } <= set(codes(journey, number))

    journey.keys("{Ctrl+P}")
    dialog = journey.sheets()
    assert dialog.ticked() == tuple(range(len(file.papers))), "the whole bundle is to be printed in one act"
    journey.keys("{Down}", "{Space}")
    assert len(dialog.ticked()) == len(file.papers) - 1
    journey.fold_sheets()
    journey.keys("{Ctrl+N}")
    assert journey.here() == "facts.kind"
    assert journey.typed().project_name == ""


@pytest.mark.requirement("LG-27-3a", "LG-27-3c1")
def test_the_notice_waits_until_every_paper_is_judged_and_lists_every_gap(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    journey.fill(*people.ordinary_shop())
    button = journey.intake.actions_bar.findChild(QPushButton, "act.one_time_notice")
    journey.keys("{F8}")
    assert "还有 6 项未核对" in journey.label("act.why").text()
    assert journey.here() == "materials", "the key leads to what stands in its way"
    journey.keys("11 ", "{F8}")
    assert button is not None
    journey.see(lambda: "还有 3 项未核对" in button.text(), "the count on the notice's button")
    assert not journey.label("done.number").isVisible()
    journey.keys("{F9}")
    assert "还有 3 项材料未核对" in journey.label("act.why").text()
    journey.judge("  ")
    journey.keys("3", "{F9}")
    assert "应一次性告知" in journey.label("act.why").text()
    number = journey.decide("{F8}")
    assert number == "PA-GZ-2026-000001"
    file = journey.file(number)
    assert file.row.status is Status.AWAITING_CORRECTION
    assert codes(journey, number) == ["one_time_notice"]
    told = journey.desk.intake.revisit(file.row.id).open_items
    assert [item.problem for item in told] == ["未提交", "未提交", "未签名或者未盖章"]
    assert all(item.article and item.cure for item in told)


@pytest.mark.requirement("LG-27-3c4", "LG-27-3h")
def test_the_second_visit_asks_only_for_what_was_open(journey: Journey) -> None:
    told = noticed(journey)
    notice = journey.file(told).papers[0]
    as_issued = journey.desk.issuing.pdf(notice.id)
    come_again(journey, told)
    assert "第 2 次来窗" in journey.intake.head.banner.text
    assert "还有 2 项未补正" in journey.intake.head.banner.text
    assert journey.here() == "materials"
    assert len(journey.intake.refresh().unjudged) == 2
    assert journey.typed().project_name == "坪安路18号一层商铺装修", "nothing is typed twice"
    journey.keys("  ")
    number = journey.decide("{F9}")
    assert number == "PA-DJ-2026-000001"
    assert journey.file(told).registration_number == number, "found by either number"
    assert journey.file(number).row.visits == 2
    assert journey.desk.issuing.pdf(notice.id) == as_issued, "the notice stays as it was issued"


@pytest.mark.requirement("LG-27-3c2")
def test_an_item_forgotten_in_the_notice_needs_a_reason_and_is_marked(journey: Journey) -> None:
    told = noticed(journey)
    come_again(journey, told)
    journey.keys("  ", "{End}{Enter}{Up}")  # the open papers are in order; unfold what was in order before
    papers = journey.intake.materials.list
    while (here := papers.current()) is None or not here[0].settled:
        before = papers.currentRow()
        journey.keys("{Down}")
        assert papers.currentRow() > before, "what was settled is on the list"
    forgotten = here[1].code
    journey.keys("1", "{F8}")
    assert journey.here() == "act.reason", journey.label("act.why").text()
    assert "一次性告知不到位" in journey.label("act.why").text()
    journey.keys("{Enter}")
    assert "理由" in journey.label("act.why").text()
    second = journey.decide("上次核对时漏看{Enter}")
    file = journey.file(second)
    assert file.row.notice_not_complete
    assert [item.code for item in journey.desk.intake.revisit(file.row.id).open_items] == [forgotten]
    assert any("一次性告知不到位" in entry.summary and entry.reason == "上次核对时漏看" for entry in file.timeline)
    journey.find(second)
    journey.open_found()
    assert "告知不到位" in journey.words(), "the mark stays to be seen"


@pytest.mark.requirement("LG-27-3c2", "LG-27-3c4")
def test_a_fault_that_only_a_new_paper_shows_needs_no_reason(journey: Journey) -> None:
    come_again(journey, noticed(journey))
    journey.keys("3 ")  # one of the two came unsigned
    second = journey.decide("{F8}")
    file = journey.file(second)
    assert not file.row.notice_not_complete
    assert [item.problem for item in journey.desk.intake.revisit(file.row.id).open_items] == ["未签名或者未盖章"]
    come_again(journey, second)
    assert "第 3 次来窗" in journey.intake.head.banner.text
    assert len(journey.intake.refresh().unjudged) == 1


@pytest.mark.requirement("LG-27-3d")
def test_f7_tells_to_apply_for_the_permit(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    journey.fill(*people.shop(amount="260", area="1200"), ("facts.art4_kind", "{Ctrl+0}"), *people.NO_RISKS)
    journey.fill(*people.owner_company(), ("contractor.party.name", "深圳市禾川建筑安装有限公司"))
    journey.keys("{F9}")
    assert "限额以上" in journey.label("act.why").text()
    number = journey.decide("{F7}")
    assert number == "PA-XK-2026-000001"
    assert codes(journey, number) == ["permit_notice"]
    assert journey.file(number).row.status is Status.REFUSED_PERMIT


@pytest.mark.requirement("LG-27-3e")
def test_f6_tells_not_to_start_and_transfers_to_enforcement(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    journey.fill(*people.shop(), *people.NO_RISKS, ("facts.illegal_acts", "1"), *people.owner_person())
    number = journey.decide("{F6}")
    assert number == "PA-JZ-2026-000001"
    assert codes(journey, number) == ["must_not_start", "transfer_sheet"]
    assert journey.file(number).row.status is Status.TRANSFERRED


@pytest.mark.requirement("LG-6-1")
def test_f5_ends_what_is_not_applicable_with_the_reason(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    journey.fill(*people.signboard(), ("facts.in_public_area", "N"), ("facts.inside_residence", "Y"))
    journey.keys("{F5}")
    assert journey.here() == "act.reason"
    number = journey.decide("居民住宅内部作业，已当面说明{Enter}")
    assert number == "PA-BS-2026-000001"
    assert "居民住宅内部作业" in journey.label("done.reason").text()
    assert journey.file(number).row.status is Status.NOT_APPLICABLE


@pytest.mark.requirement("LG-26-2a")
def test_shift_f9_sends_a_high_risk_work_to_the_street_office(closed: Journey) -> None:
    closed.start(
        office(
            station_name="坪安社区工作站",
            station_kind=StationKind.COMMUNITY_STATION,
            code="PA1",
            street_office_address="坪安路2号",
        )
    )
    closed.keys("{Ctrl+N}")
    closed.fill(*people.shop(), *people.NO_RISKS, ("facts.hoisting", "Y"), *people.owner_company(), *people.BUILDER)
    closed.keys("{F9}")
    assert "请转街道" in closed.label("act.why").text()
    number = closed.decide("{Shift+F9}")
    assert number == "PA1-ZB-2026-000001"
    file = closed.file(number)
    assert file.row.status is Status.REDIRECTED
    assert file.walk_in.contractor.party.name == "深圳市匠新装饰工程有限公司", "what was typed is kept"


@pytest.mark.requirement("LG-27-3h")
def test_an_override_needs_a_reason_and_stays_visible_in_the_filing(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    journey.fill(*people.ordinary_shop())
    journey.keys("{F5}")
    assert journey.here() == "act.reason"
    assert "仍要按不适用办结的，须写明理由" in journey.label("act.why").text()
    journey.keys("半句", "{Esc}")
    assert journey.here() != "act.reason", "Esc goes back one step"
    journey.keys("{F5}", "{Ctrl+A}业主撤回申报，负责人林晓确认{Enter}")
    journey.see(journey.label("done.number").isVisible, "the decision")
    number = journey.label("done.number").text()
    journey.keys("{Ctrl+O}")
    journey.see(lambda: journey.window.page_key == "filing", "the filing")
    assert "业主撤回申报，负责人林晓确认" in journey.words(), "seen as soon as the filing is opened"
    assert "理由：业主撤回申报，负责人林晓确认" in journey.filing.timeline.words()
    assert journey.file(number).overrides


@pytest.mark.requirement("LG-28-2b", "LG-28-2d", "LG-28-6c", "LG-28-1")
def test_blank_forms_are_offered_to_people_who_came_without(journey: Journey) -> None:
    journey.keys("{Ctrl+N}", "{Ctrl+B}")
    forms = journey.sheets()
    words = "\n".join(forms.list.item(row).text() for row in range(forms.list.count()))
    for form in ("登记表（小型工程）", "登记表（零星作业）", "授权委托书", "产权人", "项目负责人"):
        assert form in words
    journey.keys("3")
    assert "授权委托书" in forms.list.currentItem().text()
    assert forms.chosen() == (2,), "what is looked at is printed"
    assert forms.print_button.isEnabled()
    journey.fold_sheets()
    assert journey.desk.ledger.decided_today() == 0


def test_a_look_at_the_papers_before_deciding_is_marked_draft_and_stores_nothing(journey: Journey) -> None:
    journey.keys("{Ctrl+N}")
    journey.fill(*people.ordinary_shop())
    journey.judge("{Shift+Space}")
    journey.keys("{Ctrl+P}")
    drafts = journey.sheets()
    assert "草稿" in drafts.banner.text
    journey.fold_sheets()
    assert journey.desk.ledger.decided_today() == 0
    assert Act.ACCEPT in [each.act for each in journey.intake.refresh().acts if each.primary]
