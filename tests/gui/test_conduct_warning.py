"""A contractor of the register at intake: offered with its papers, warned of when it is on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.acts import Act
from desktop.domain.pack import PolicyPack
from desktop.services.desk import Desk
from desktop.views.intake.firm_chips import ON_RECORD_CHIP, PAPERS_CHIPS, firm_chips
from desktop.views.intake.intake_page import IntakePage
from desktop.views.shared.chips import Tone
from desktop.views.workbench import Workbench
from tests import factories
from tests.gui.at_the_intake import fill, judge_all, press, ready, shown
from tests.integration.test_conduct_service import bad
from tests.integration.test_firms_service import firm


@pytest.fixture
def page(workbench: Workbench, qtbot: QtBot) -> IntakePage:
    return shown(qtbot, workbench)


def needs_reason(page: IntakePage) -> bool:
    acts = page.refresh().acts
    return next(act.needs_reason for act in acts if act.act in (Act.ACCEPT, Act.SUBMIT_FOR_REVIEW))


@pytest.mark.requirement("YC-4f")
def test_a_contractor_on_record_is_shown_in_red_and_acceptance_asks_for_a_reason(
    page: IntakePage, desk: Desk, pack: PolicyPack, qtbot: QtBot
) -> None:
    desk.conduct.enter(bad(desk.firms.add(firm(), act_id="a")), act_id="b")
    fill(page, ready(pack))
    qtbot.waitUntil(page.decision.conduct.isVisible)
    assert page.decision.conduct.text().startswith("■ 不良档案")
    assert Tone.RED.ink.name() in page.decision.conduct.styleSheet()
    assert "逾期不整改" in page.decision.conduct.text()
    judge_all(page)
    qtbot.waitUntil(lambda: needs_reason(page))
    page.actions_bar.press(Act.ACCEPT)
    assert page.actions_bar.is_asking
    assert "负责人" in page.actions_bar.why.text()


@pytest.mark.requirement("YC-4f")
def test_a_name_alone_is_shown_in_amber(page: IntakePage, desk: Desk, pack: PolicyPack, qtbot: QtBot) -> None:
    desk.conduct.enter(bad(desk.firms.add(firm(), act_id="a")), act_id="b")
    matter = ready(pack)
    party = replace(matter.contractor.party, id_number="")
    fill(page, replace(matter, contractor=replace(matter.contractor, party=party)))
    qtbot.waitUntil(page.decision.conduct.isVisible)
    assert page.decision.conduct.text().startswith("▲ 疑似不良档案")
    assert Tone.AMBER.ink.name() in page.decision.conduct.styleSheet()


@pytest.mark.requirement("YC-4f")
def test_the_warning_goes_with_the_contractor_and_with_the_next_person(
    page: IntakePage, desk: Desk, pack: PolicyPack, qtbot: QtBot
) -> None:
    desk.conduct.enter(bad(desk.firms.add(firm(), act_id="a")), act_id="b")
    matter = ready(pack)
    fill(page, matter)
    qtbot.waitUntil(page.decision.conduct.isVisible)
    other = factories.company("深圳市别家装饰有限公司", id_number=factories.COMPANY_CODE)
    fill(page, replace(matter, contractor=replace(matter.contractor, party=other)))
    qtbot.waitUntil(page.decision.conduct.isHidden)
    fill(page, matter)
    qtbot.waitUntil(page.decision.conduct.isVisible)
    page.new_matter()
    assert page.decision.conduct.isHidden()
    assert page.look_ups.conduct is None


@pytest.mark.requirement("LG-10-1c", "LG-13-2")
def test_a_registered_contractor_taken_over_fills_certificates_and_the_checklist_without_judging_it(
    page: IntakePage, desk: Desk, pack: PolicyPack, qtbot: QtBot
) -> None:
    desk.firms.add(firm(), act_id="a")
    matter = ready(pack)
    fill(page, replace(matter, contractor=factories.contractor(party=factories.company("", id_number=""))))
    name = page.form.contractor.name
    name.setFocus()
    QTest.keyClicks(name, "szsjx")
    qtbot.waitUntil(lambda: name.offers == 1)
    press(name, Qt.Key.Key_Down)
    press(name, Qt.Key.Key_Return)
    taken = page.walk_in()
    assert taken.contractor.party.id_number == factories.OTHER_COMPANY_CODE
    assert taken.contractor.qualification.valid_to == date(2028, 5, 31)
    assert taken.contractor.safety_licence.valid_to == date(2026, 4, 1)
    licence = taken.check_of("28-6-safety-licence")
    assert (licence.valid_to, licence.verdict.value) == (date(2026, 4, 1), "unjudged")


@pytest.mark.requirement("LG-10-1c")
def test_offers_show_the_state_of_papers_and_bad_records_as_chips_that_are_read_out(
    page: IntakePage, desk: Desk, qtbot: QtBot
) -> None:
    desk.conduct.enter(bad(desk.firms.add(firm(), act_id="a")), act_id="b")
    [offered] = desk.firms.offers("匠新")
    chips = firm_chips(offered)
    assert chips == (PAPERS_CHIPS[offered.papers or next(iter(PAPERS_CHIPS))], ON_RECORD_CHIP)
    name = page.form.contractor.name
    name.setFocus()
    QTest.keyClicks(name, "szsjx")
    qtbot.waitUntil(lambda: name.offers == 1)
    read_out = name._list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "将到期" in read_out
    assert "不良档案" in read_out
