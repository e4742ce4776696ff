"""What depends on the acceptance point and on matters that end at the window: bar, decision, papers, settings."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.acts import Act, StationKind
from desktop.domain.facts import FactValue
from desktop.services.desk import Desk
from desktop.views.intake.intake_page import IntakePage
from desktop.views.shared.side_by_side import SideBySide
from desktop.views.theme import LARGEST_TEXT, USUAL_TEXT, apply_theme
from desktop.views.workbench import Workbench
from tests import factories
from tests.gui.at_the_intake import answered, fill, ready, shown

HIGH_RISK: dict[str, FactValue] = {"contract_amount_yuan": Decimal(1_200_000)}
OVER_THE_LIMIT: dict[str, FactValue] = {"contract_amount_yuan": Decimal(9_000_000), "floor_area_m2": Decimal(9000)}


@pytest.fixture
def page(qtbot: QtBot, workbench: Workbench) -> IntakePage:
    """The page of a street office, shown."""
    return shown(qtbot, workbench)


def button(page: IntakePage, act: Act) -> QPushButton:
    """The button of an act."""
    found = page.actions_bar.findChild(QPushButton, f"act.{act.value}")
    assert isinstance(found, QPushButton)
    return found


def becomes(desk: Desk, workbench: Workbench, **settings: Any) -> None:
    """Change the office as the settings page does."""
    office = desk.office.office()
    assert office is not None
    workbench.changed.emit(desk.office.set_up(replace(office, **settings)))


def test_a_matter_for_the_street_office_has_its_button_on_the_bar(
    page: IntakePage, desk: Desk, workbench: Workbench
) -> None:
    becomes(desk, workbench, station_kind=StationKind.COMMUNITY_STATION)

    fill(page, factories.walk_in(factories.small_work_facts(**HIGH_RISK)))

    assert button(page, Act.TO_STREET_OFFICE).isVisible()
    assert button(page, Act.TO_STREET_OFFICE).property("role") == "primary"
    assert "Shift+F9" in button(page, Act.TO_STREET_OFFICE).text()
    assert "未核对" not in button(page, Act.ONE_TIME_NOTICE).text()


def test_what_is_not_the_usual_end_is_on_the_bar_only_when_the_rules_say_so(page: IntakePage) -> None:
    fill(page, factories.walk_in())

    assert not button(page, Act.TO_STREET_OFFICE).isVisible()
    assert not button(page, Act.NOT_APPLICABLE).isVisible()


def test_a_button_that_is_no_longer_the_first_choice_is_no_longer_bold(page: IntakePage, desk: Desk) -> None:
    pack = desk.intake.pack()
    accept = button(page, Act.ACCEPT)
    usual = accept.fontInfo().bold()
    fill(page, factories.all_in_order(ready(pack), pack))
    assert accept.property("role") == "primary"
    assert accept.fontInfo().bold()

    page.new_matter()

    assert accept.property("role") != "primary"
    assert accept.fontInfo().bold() is usual is False


def test_a_matter_that_is_not_registered_takes_no_papers_and_names_no_supervision(page: IntakePage, desk: Desk) -> None:
    above = answered(desk.intake.pack(), factories.small_work_facts(**OVER_THE_LIMIT))
    fill(page, factories.walk_in(above))

    assert page.decision.what.text() == "限额以上，应办施工许可"
    assert page.materials.empty.isVisible()
    assert page.materials.empty.text() == "本件不予登记，不收材料。"
    headings = {line.line.heading for line in page.decision.why_lines()}
    assert not headings & {"监理", "受理反馈", "受理地点", "首次检查"}
    page.new_matter()
    assert page.materials.empty.text() == "填写类别和事实后，这里列出应交的材料。"


def test_changed_settings_reach_the_form_in_the_middle_of_a_matter(
    page: IntakePage, desk: Desk, workbench: Workbench
) -> None:
    fill(page, factories.walk_in(factories.small_work_facts(**HIGH_RISK)))
    typed = page.walk_in()
    assert page.decision.who.text() == "由街道办事处受理，本窗口可以受理"

    becomes(desk, workbench, station_kind=StationKind.COMMUNITY_STATION, communities=("新禾社区", "河湾社区"))

    assert page.decision.who.text() == "由街道办事处受理，请转街道办理"
    assert [name for name, _label in page.form.place.community.options] == ["新禾社区", "河湾社区"]
    assert page.walk_in() == typed


@pytest.mark.parametrize("text_px", [USUAL_TEXT, LARGEST_TEXT])
@pytest.mark.parametrize("width", [1180 - 80, 1366 - 80])
def test_no_number_is_clipped_and_no_field_leaves_the_form(
    qtbot: QtBot, workbench: Workbench, text_px: int, width: int, qapp: QApplication
) -> None:
    apply_theme(qapp, text_px)
    try:
        page = shown(qtbot, workbench)
        page.resize(width, 500)
        fill(page, factories.walk_in())
        form = page.form
        # The largest text in the smallest window is wider than the form; then it can be scrolled.
        fits = (text_px, width) != (LARGEST_TEXT, 1180 - 80)
        qtbot.waitUntil(lambda: form.horizontalScrollBar().isVisible() is not fits, timeout=5_000)
        for field in (form.amounts.amount.field, form.amounts.area.field):
            field.setText("123456789012.3456")
            room = field.contentsRect().width() - 20
            assert field.fontMetrics().horizontalAdvance(field.text()) <= room
    finally:
        apply_theme(qapp, USUAL_TEXT)


def test_fields_beside_each_other_go_below_each_other_when_there_is_no_room(qtbot: QtBot, page: IntakePage) -> None:
    line = page.form.amounts.findChildren(SideBySide)[0]
    page.resize(1900, 640)
    qtbot.waitUntil(lambda: not line.is_stacked)

    page.resize(944, 500)

    qtbot.waitUntil(lambda: line.is_stacked)
    first, second = (page.form.row(f"facts.{fact}") for fact in ("contract_amount_yuan", "floor_area_m2"))
    assert first is not None
    assert second is not None
    qtbot.waitUntil(lambda: second.y() > first.y())
    assert first.editor.x() == second.editor.x()
