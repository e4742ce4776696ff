"""The whole intake page by keys on a real ledger: drafts, a fast clerk, room on the screen, next visits."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.acts import Act, Decided, DecisionRequest, Status
from desktop.domain.errors import ClerkError
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import MaterialCheck, Verdict, WalkIn
from desktop.services.desk import Desk
from desktop.views.intake.intake_page import IntakePage
from desktop.views.main_window import MainWindow
from desktop.views.theme import apply_theme
from desktop.views.workbench import Workbench
from tests import factories
from tests.gui.at_the_intake import (
    ALT,
    CTRL,
    SHIFT,
    answered,
    decide,
    fill,
    focus,
    judge_all,
    press,
    ready,
    shown,
)
from tests.gui.input_method import write


@pytest.fixture
def page(qtbot: QtBot, workbench: Workbench) -> IntakePage:
    return shown(qtbot, workbench)


# --- drafts ---


@pytest.mark.requirement("LG-28-1")
def test_a_draft_is_kept_within_a_second_of_typing(page: IntakePage, qtbot: QtBot, desk: Desk) -> None:
    page.form.work.project_name.setFocus()
    with qtbot.waitSignal(page.keeper.saved, timeout=800):
        QTest.keyClicks(focus(), "shop")
    assert [draft.walk_in.project_name for draft in desk.drafts.all()] == ["shop"]
    assert "草稿已保存" in page.head.draft.text()
    assert not page.keeper.is_waiting


@pytest.mark.requirement("LG-28-1")
def test_an_unfinished_form_is_offered_at_the_next_start(
    page: IntakePage, qtbot: QtBot, workbench: Workbench, pack: PolicyPack
) -> None:
    fill(page, ready(pack))
    judge_all(page)
    page.flush()
    typed = page.walk_in()
    page.close()
    again = shown(qtbot, workbench)
    assert "1 份未办完" in again.head.drafts.head.text()
    press(focus(), Qt.Key.Key_K, ALT)
    press(focus(), Qt.Key.Key_Return)
    assert again.walk_in() == typed
    assert again.head.drafts.isHidden()


@pytest.mark.requirement("LG-28-1")
def test_a_draft_is_discarded_only_by_the_second_press(page: IntakePage, qtbot: QtBot, desk: Desk) -> None:
    desk.drafts.save("one", factories.walk_in())
    page.new_matter()
    press(focus(), Qt.Key.Key_K, ALT)
    press(focus(), Qt.Key.Key_Delete)
    assert len(desk.drafts.all()) == 1
    press(focus(), Qt.Key.Key_Delete)
    assert desk.drafts.all() == ()


@pytest.mark.requirement("LG-28-1")
def test_the_next_person_costs_no_typing_of_an_unfinished_form(page: IntakePage, desk: Desk) -> None:
    page.form.work.project_name.setFocus()
    QTest.keyClicks(focus(), "shop")
    page.new_matter()
    assert [draft.walk_in.project_name for draft in desk.drafts.all()] == ["shop"]
    assert "1 份未办完" in page.head.drafts.head.text()


# --- a fast clerk: no pause between the keys ---


@pytest.mark.requirement("LG-28-1")
def test_papers_are_judged_by_the_facts_typed_a_moment_ago(page: IntakePage, pack: PolicyPack) -> None:
    fill(page, replace(ready(pack), facts=ready(pack).facts.with_facts(hot_work=False)))
    before = page.refresh().assessment.required_materials
    row = page.form.row("facts.hot_work")
    assert row is not None
    row.editor.setFocus()
    press(focus(), Qt.Key.Key_Y)
    press(focus(), Qt.Key.Key_M, ALT)
    press(focus(), Qt.Key.Key_Space, SHIFT)
    judged = {check.code for check in page.walk_in().materials}
    after = set(page.refresh().assessment.required_materials)
    assert judged == after
    assert after >= set(before)


@pytest.mark.requirement("LG-28-1")
@pytest.mark.parametrize("modifier", [ALT, CTRL])
def test_a_choice_half_typed_is_taken_before_the_papers_are_listed(
    page: IntakePage, pack: PolicyPack, modifier: Qt.KeyboardModifier
) -> None:
    fill(page, ready(pack))
    page.form.kind.category.setFocus()
    page.form.kind.category.selectAll()
    code, label = page.form.kind.category.options[-1]
    write(page.form.kind.category, label[:-1])
    press(focus(), Qt.Key.Key_M, modifier)
    assert focus() is page.materials.list
    press(focus(), Qt.Key.Key_Space, SHIFT)
    assert page.walk_in().facts.text("category") == code
    assert not page.refresh().unjudged


def test_a_community_begun_is_registered_whole(page: IntakePage, pack: PolicyPack, qtbot: QtBot, desk: Desk) -> None:
    fill(page, ready(pack))
    judge_all(page)
    page.form.place.community.setFocus()
    page.form.place.community.selectAll()
    write(page.form.place.community, "新禾")
    decide(page, qtbot, Qt.Key.Key_F9)
    (filing,) = desk.ledger.page(desk.ledger.ids(LedgerCriteria()))
    assert filing.community == "新禾社区"


# --- room on the screen ---


@pytest.mark.parametrize("size", [14, 18])
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
def test_no_field_is_cut_off_at_any_text_size(
    qtbot: QtBot, workbench: Workbench, pack: PolicyPack, qapp: QApplication, size: int, width: int, height: int
) -> None:
    apply_theme(qapp, size)
    window = MainWindow(workbench)
    qtbot.addWidget(window)
    window.resize(width, height)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    fill(page, replace(ready(pack), project_name="名" * 50, owner=factories.company("名" * 50)))
    body = page.form.widget()
    assert body is not None
    assert window.width() == width
    qtbot.waitUntil(lambda: body.width() <= page.form.viewport().width())
    assert body.minimumSizeHint().width() <= page.form.viewport().width()
    window.close()


@pytest.mark.requirement("LG-3-1")
def test_every_reason_is_in_sight_on_a_small_screen(page: IntakePage, pack: PolicyPack, qtbot: QtBot) -> None:
    # What the frame of the window leaves at 1366 × 768.
    page.resize(1282, 688)
    high = factories.small_work_facts(contract_amount_yuan=Decimal(1_200_000))
    fill(page, factories.walk_in(answered(pack, high)))
    last = page.decision.why_lines()[-1]
    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())
    assert len(page.decision.why_lines()) >= 5
    assert last.visibleRegion().boundingRect().height() >= last.height() - 2


# --- next visit, earlier filings ---


def notice(desk: Desk, pack: PolicyPack) -> Decided:
    """A filing that was told what is missing: the second and the third paper, and an area to correct."""
    matter = ready(pack)
    codes = desk.intake.preview(matter).unjudged
    for place, code in enumerate(codes):
        verdict = Verdict.MISSING if place in (1, 2) else Verdict.IN_ORDER
        matter = matter.with_check(MaterialCheck(code=code, verdict=verdict))
    request = DecisionRequest(act_id="notice", act=Act.ONE_TIME_NOTICE, walk_in=matter)
    return desk.intake.decide(request)


@pytest.mark.requirement("LG-27-3c1")
def test_a_next_visit_asks_only_for_the_open_items(
    page: IntakePage, pack: PolicyPack, desk: Desk, qtbot: QtBot
) -> None:
    told = notice(desk, pack)
    page.open_revisit(told.filing_id)
    assert "第 2 次来窗" in page.head.banner.text
    assert "还有 2 项未补正" in page.head.banner.text
    assert len(page.refresh().unjudged) == 2
    judge_all(page)
    decide(page, qtbot, Qt.Key.Key_F9)
    assert desk.ledger.file(told.filing_id).row.status is Status.REGISTERED


@pytest.mark.requirement("LG-27-3c1")
def test_a_filing_that_awaits_nothing_cannot_be_visited_again(page: IntakePage, pack: PolicyPack, desk: Desk) -> None:
    told = notice(desk, pack)
    page.open_revisit(told.filing_id)
    finished = DecisionRequest(
        act_id="done",
        act=Act.ACCEPT,
        walk_in=factories.all_in_order(page.walk_in(), pack),
        filing_id=told.filing_id,
    )
    desk.intake.decide(finished)
    with pytest.raises(ClerkError, match="not_awaiting_correction"):
        page.open_revisit(told.filing_id)


@pytest.mark.requirement("LG-27-3c4")
def test_a_next_visit_begun_earlier_is_gone_on_with(page: IntakePage, pack: PolicyPack, desk: Desk) -> None:
    told = notice(desk, pack)
    typed = replace(desk.intake.revisit(told.filing_id).walk_in, remark="上次说下周补来")
    desk.drafts.save("begun", typed, filing_id=told.filing_id)
    page.open_revisit(told.filing_id)
    assert page.walk_in().remark == "上次说下周补来"
    assert "第 2 次来窗" in page.head.banner.text


def test_a_draft_whose_filing_was_decided_meanwhile_is_told_and_opens_nothing(
    page: IntakePage, pack: PolicyPack, desk: Desk
) -> None:
    told = notice(desk, pack)
    matter = factories.all_in_order(desk.intake.revisit(told.filing_id).walk_in, pack)
    done = DecisionRequest(act_id="done", act=Act.ACCEPT, walk_in=matter, filing_id=told.filing_id)
    desk.intake.decide(done)
    desk.drafts.save("late", matter, filing_id=told.filing_id)
    assert not page.open_draft(desk.drafts.all()[0])
    assert "待补正" in page.actions_bar.why.text()


@pytest.mark.requirement("LG-10-11")
def test_an_earlier_filing_at_the_address_is_offered_while_typing(
    page: IntakePage, pack: PolicyPack, desk: Desk, qtbot: QtBot, workbench: Workbench
) -> None:
    told = notice(desk, pack)
    fill(page, WalkIn(place=factories.walk_in().place))
    qtbot.waitUntil(lambda: not page.form.similar.isHidden())
    assert "1 件相近（同一地址）" in page.form.similar.head.text()
    press(focus(), Qt.Key.Key_D, ALT)
    with qtbot.waitSignal(workbench.filing_asked) as asked:
        press(focus(), Qt.Key.Key_Return)
    assert asked.args == [told.filing_id]


@pytest.mark.requirement("LG-28-1")
def test_an_earlier_party_is_taken_over_whole(page: IntakePage, pack: PolicyPack, desk: Desk, qtbot: QtBot) -> None:
    notice(desk, pack)
    page.form.owner.name.setFocus()
    owner = factories.company()
    page.form.owner.name.setText(owner.name[:5])
    page.form.owner.name.textEdited.emit(owner.name[:5])
    qtbot.waitUntil(lambda: page.form.owner.name.offers == 1)
    press(focus(), Qt.Key.Key_Down)
    press(focus(), Qt.Key.Key_Return)
    assert page.walk_in().owner == owner
