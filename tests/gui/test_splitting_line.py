"""The amber line under the address: works that together exceed the limits."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.acts import Act, Preview
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import WalkIn
from desktop.services.desk import Desk
from desktop.views.intake.action_bar import ActionBar
from desktop.views.intake.intake_page import IntakePage
from desktop.views.workbench import Workbench
from tests import factories
from tests.gui.at_the_intake import answered
from tests.gui.filings import decide

pytestmark = pytest.mark.requirement("LG-10-11")


@pytest.fixture
def page(workbench: Workbench, qtbot: QtBot) -> IntakePage:
    made = IntakePage(workbench)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    return made


def part(pack: PolicyPack) -> WalkIn:
    """Half of a work: within the limits alone, beyond both with the other half."""
    facts = factories.small_work_facts(contract_amount_yuan=Decimal(600_000), floor_area_m2=Decimal(300))
    return factories.all_in_order(factories.walk_in(answered(pack, facts)), pack)


def needs_reason(found: Preview) -> bool:
    return next(act.needs_reason for act in found.acts if act.act is Act.ACCEPT)


def test_the_line_names_works_sums_and_article_and_acceptance_asks_for_a_reason(
    page: IntakePage, desk: Desk, pack: PolicyPack, qtbot: QtBot
) -> None:
    first = decide(desk, part(pack))
    page.form.set_walk_in(part(pack))
    page.materials.write(part(pack).materials, ())
    assert page.form.similar.suspicion.isHidden()
    page.form.changed.emit()
    qtbot.waitUntil(lambda: not page.form.similar.suspicion.isHidden())
    said = page.form.similar.suspicion.text()
    for word in ("第十条(十一)", first.number, "1,200,000 元", "600 平方米", "告知办理施工许可", "写明理由"):
        assert word in said
    qtbot.waitUntil(lambda: needs_reason(page.refresh()))
    bar = page.findChild(ActionBar)
    assert isinstance(bar, ActionBar)
    bar.press(Act.ACCEPT)
    assert bar.is_asking


def test_the_line_goes_when_the_place_is_another(page: IntakePage, desk: Desk, pack: PolicyPack, qtbot: QtBot) -> None:
    decide(desk, part(pack))
    page.form.set_walk_in(part(pack))
    page.form.changed.emit()
    qtbot.waitUntil(lambda: page.look_ups.suspicion is not None)
    other = replace(part(pack), owner=factories.person(), place=replace(part(pack).place, building="C栋"))
    page.form.set_walk_in(other)
    page.form.changed.emit()
    qtbot.waitUntil(lambda: page.look_ups.suspicion is None)
    assert page.form.similar.suspicion.isHidden()


def test_the_next_person_sees_nothing_of_the_last_ones_line(
    page: IntakePage, desk: Desk, pack: PolicyPack, qtbot: QtBot
) -> None:
    decide(desk, part(pack))
    page.form.set_walk_in(part(pack))
    page.form.changed.emit()
    qtbot.waitUntil(lambda: page.look_ups.suspicion is not None)
    page.new_matter()
    assert page.look_ups.suspicion is None
    assert page.form.similar.isHidden()
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
