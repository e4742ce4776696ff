"""The decision beside the form and the acts under it, by keys on a real ledger."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.pack import PolicyPack
from desktop.services.desk import Desk
from desktop.views.intake.intake_page import IntakePage
from desktop.views.workbench import Workbench
from tests import factories
from tests.gui.at_the_intake import (
    answered,
    decide,
    field_with_focus,
    fill,
    focus,
    judge_all,
    press,
    ready,
    shown,
)


@pytest.fixture
def page(qtbot: QtBot, workbench: Workbench) -> IntakePage:
    return shown(qtbot, workbench)


# --- the decision at the side ---


@pytest.mark.requirement("LG-3-1")
def test_the_panel_says_what_it_is_who_takes_it_and_why(page: IntakePage, pack: PolicyPack) -> None:
    high = factories.small_work_facts(contract_amount_yuan=Decimal(1_200_000))
    fill(page, factories.walk_in(answered(pack, high)))
    assert page.decision.what.text() == "高风险小型工程"
    assert "街道办事处受理" in page.decision.who.text()
    assert any("第三条(一)" in line.line.article for line in page.decision.why_lines())


@pytest.mark.requirement("LG-3-0")
def test_what_is_unknown_and_decides_is_reached_by_f4(page: IntakePage) -> None:
    fill(page, factories.walk_in())
    assert page.decision.what.text() == "还不能判定"
    assert not page.decision.missing.isHidden()
    unknown = {f"facts.{fact}" for fact in page.refresh().assessment.missing_facts}
    in_reading_order = [path for group in page.form.groups for path in group.rows if path in unknown]
    page.form.kind.category.setFocus()
    for path in in_reading_order[:3]:
        press(focus(), Qt.Key.Key_F4)
        assert field_with_focus() == path


@pytest.mark.requirement("LG-3-0")
def test_an_unknown_fact_is_a_link_to_its_field(page: IntakePage) -> None:
    fill(page, factories.walk_in())
    page.decision.missing.linkActivated.emit("illegal_acts")
    assert field_with_focus() == "facts.illegal_acts"


@pytest.mark.requirement("LG-3-6")
def test_pointing_at_a_reason_lights_the_fields_it_came_from(page: IntakePage, pack: PolicyPack, qtbot: QtBot) -> None:
    deep = factories.small_work_facts(earthwork=True, excavation_depth_m=Decimal("3.2"))
    fill(page, factories.walk_in(answered(pack, deep)))
    line = next(line for line in page.decision.why_lines() if "第三条(六)" in line.line.article)
    row = page.form.row("facts.excavation_depth_m")
    assert row is not None
    line.lit.emit(line.line.facts)
    assert row.label.property("lit")
    line.lit.emit(())
    assert not row.label.property("lit")


# --- typed data ---


@pytest.mark.requirement("LG-28-2a")
def test_a_wrong_number_is_said_under_its_field_with_the_reason(page: IntakePage, pack: PolicyPack) -> None:
    wrong = factories.company(id_number="91350100M000100Y44")
    fill(page, replace(ready(pack), owner=wrong))
    page.form.focus_on("owner.id_number")
    page.form.owner.phone.setFocus()
    row = page.form.row("owner.id_number")
    assert row is not None
    assert "校验码" in row.fault


@pytest.mark.requirement("LG-28-1")
def test_an_act_that_typed_data_stop_puts_the_keyboard_on_the_mistake(page: IntakePage, pack: PolicyPack) -> None:
    fill(page, replace(ready(pack), project_name=""))
    judge_all(page)
    press(focus(), Qt.Key.Key_F9)
    assert field_with_focus() == "project_name"
    assert "名称" in page.actions_bar.why.text()
    assert page.form.walk_in().owner == factories.company(), "nothing typed is lost"


# --- acts ---


@pytest.mark.requirement("LG-27-3a")
def test_f9_accepts_and_the_number_stands_large(page: IntakePage, pack: PolicyPack, qtbot: QtBot, desk: Desk) -> None:
    fill(page, ready(pack))
    judge_all(page)
    decide(page, qtbot, Qt.Key.Key_F9)
    assert page.done.number.text().startswith("PA")
    assert page.done.act.text() == "已受理，已登记"
    assert page.done.papers.count() > 1
    assert desk.drafts.all() == ()


@pytest.mark.requirement("LG-27-3a")
def test_the_next_person_begins_with_an_empty_form(page: IntakePage, pack: PolicyPack, qtbot: QtBot) -> None:
    fill(page, ready(pack))
    page.form.others.signed.click()
    judge_all(page)
    decide(page, qtbot, Qt.Key.Key_F9)
    press(focus(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.form.isVisible()
    assert page.walk_in().project_name == ""
    assert page.walk_in().materials == ()
    assert not page.form.others.signed.isChecked()
    assert field_with_focus() == "facts.kind"


@pytest.mark.requirement("LG-27-3a")
def test_papers_of_the_decision_are_opened_by_one_key(
    page: IntakePage, pack: PolicyPack, qtbot: QtBot, workbench: Workbench
) -> None:
    fill(page, ready(pack))
    judge_all(page)
    decide(page, qtbot, Qt.Key.Key_F9)
    with qtbot.waitSignal(workbench.papers_asked) as asked:
        press(focus(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert asked.args is not None
    assert len(asked.args[0]) == page.done.papers.count()


@pytest.mark.requirement("LG-6-1")
def test_an_act_that_needs_a_reason_asks_for_it_in_the_page(page: IntakePage, pack: PolicyPack, qtbot: QtBot) -> None:
    indoors = factories.minor_facts(in_public_area=False, inside_residence=True)
    fill(page, factories.walk_in(answered(pack, indoors)))
    press(focus(), Qt.Key.Key_F5)
    assert field_with_focus() == "act.reason"
    press(focus(), Qt.Key.Key_Return)
    assert "理由" in page.actions_bar.why.text()
    QTest.keyClicks(focus(), "inside a flat")
    decide(page, qtbot, Qt.Key.Key_Return)
    assert "inside a flat" in page.done.reason.text()


@pytest.mark.requirement("LG-27-3d")
def test_an_act_that_is_not_allowed_says_why_when_pressed(page: IntakePage, pack: PolicyPack) -> None:
    fill(page, ready(pack))
    press(focus(), Qt.Key.Key_F7)
    assert "不属于应当办理施工许可" in page.actions_bar.why.text()


@pytest.mark.requirement("LG-27-3d")
def test_trouble_while_deciding_is_said_and_the_same_act_can_be_tried_again(
    page: IntakePage, pack: PolicyPack, qtbot: QtBot, desk: Desk
) -> None:
    fill(page, replace(ready(pack), project_name="名称里有没有字体的字\U0010fffd"))
    judge_all(page)
    press(focus(), Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: page.form.isEnabled() and "办理" not in page.actions_bar.why.text(), timeout=20_000)
    assert page.actions_bar.why.text()
    assert page.walk_in().project_name.startswith("名称里")
    assert desk.ledger.decided_today() == 0
