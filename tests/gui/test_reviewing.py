"""Review, orders, verified data and the home page on the screen: what is shown to whom, and by which key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.access import Actor, Role
from desktop.domain.acts import Act, Status
from desktop.domain.verification import Datum, Finding
from desktop.services.desk import Desk
from desktop.services.review_settings import OwnReview
from desktop.views.admin.review_settings import ReviewSettings
from desktop.views.filing.order_dialog import OrderDialog
from desktop.views.pages import PAGES, landing_of
from desktop.views.workbench import Workbench
from tests.factories import all_in_order, walk_in
from tests.gui.filings import decide, registered, shown
from tests.integration.at_work import BOTH, CLERK, MANAGER, OFFICER, REVIEWER, SECOND_REVIEWER, person, work_as

PATIENCE_MS = 10_000


@pytest.fixture(autouse=True)
def work_ends(qtbot: QtBot, workbench: Workbench) -> Iterator[None]:
    """Work under way is waited for."""
    yield
    qtbot.waitUntil(lambda: not workbench.runner.is_busy, timeout=PATIENCE_MS)


def sent(desk: Desk) -> int:
    """Send a small work for review as the clerk; gives the filing."""
    desk.review_settings.keep(OwnReview(other_small=1))
    work_as(desk, CLERK)
    return decide(desk, all_in_order(walk_in(), desk.intake.pack()), Act.SUBMIT_FOR_REVIEW).filing_id


def press(qtbot: QtBot, key: Qt.Key) -> None:
    """Press a key where the keyboard is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key)


@pytest.mark.requirement("YC-2c")
def test_only_a_reviewer_is_offered_to_pass_and_to_send_back(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    filing_id = sent(desk)
    page = shown(qtbot, workbench, filing_id)
    assert "林晓" in page.review._who.text()
    assert page.review.approve_button.isHidden()
    page.review.approve()
    page.review.ask_return()
    assert not page.review.field.isVisible()
    work_as(desk, REVIEWER)
    page.show_filing(filing_id)
    assert page.review.approve_button.isVisible()
    press(qtbot, Qt.Key.Key_F8)
    assert page.review.field.hasFocus()
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(page.review.fault.isVisible, timeout=PATIENCE_MS)
    assert "请写明意见" in page.review.fault.text()
    assert desk.ledger.file(filing_id).row.status is Status.AWAITING_REVIEW


@pytest.mark.requirement("YC-2c")
def test_the_slower_reviewer_is_told_who_was_quicker(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    filing_id = sent(desk)
    work_as(desk, REVIEWER)
    page = shown(qtbot, workbench, filing_id)
    work_as(desk, SECOND_REVIEWER)
    desk.reviews.return_with(filing_id, "缺一页")
    work_as(desk, REVIEWER)
    press(qtbot, Qt.Key.Key_F9)
    qtbot.waitUntil(page.review.fault.isVisible, timeout=PATIENCE_MS)
    assert "吴复已经处理" in page.review.fault.text()
    assert page.file is not None
    assert page.file.row.status is Status.RETURNED, "shown as it stands now"


@pytest.mark.requirement("LG-21-4d")
def test_an_opinion_stands_in_amber_until_it_is_answered(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    filing_id = registered(desk).filing_id
    work_as(desk, BOTH)
    page = shown(qtbot, workbench, filing_id)
    press(qtbot, Qt.Key.Key_F7)
    qtbot.keyClicks(page.review.field, "address to the door")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "address to the door" in page.review.banner.text, timeout=PATIENCE_MS)
    assert page.review.banner.property("role") == "banner-amber"
    page.review.ask_answer()
    qtbot.keyClicks(page.review.field, "done")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.review.banner.text, timeout=PATIENCE_MS)


@pytest.mark.requirement("LG-30-4a")
@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.AUDITOR, Role.ADMINISTRATOR)])
def test_the_key_of_orders_is_there_for_officers_only(
    qtbot: QtBot, desk: Desk, workbench: Workbench, role: Role
) -> None:
    filing_id = registered(desk).filing_id
    work_as(desk, person(9, "某人", role))
    page = shown(qtbot, workbench, filing_id)
    assert page.order_button.isVisible() == (role is Role.ENFORCEMENT_OFFICER)
    if role is not Role.ENFORCEMENT_OFFICER:
        press(qtbot, Qt.Key.Key_F6)
        assert page.findChild(OrderDialog) is None


@pytest.mark.requirement("LG-30-4a")
def test_an_order_is_issued_by_key_and_a_gap_is_named(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    filing_id = registered(desk).filing_id
    work_as(desk, OFFICER)
    dialog = OrderDialog(workbench, filing_id, "一件")
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    dialog.clause.set_value("below_standard")
    dialog.facts.set_value("现场没有防护")
    press(qtbot, Qt.Key.Key_F9)
    qtbot.waitUntil(dialog.fault.isVisible, timeout=PATIENCE_MS)
    assert "执法证号" in dialog.fault.text()
    assert dialog.asked.hasFocus()
    dialog.asked.set_value("立即停止作业")
    dialog.certificate_number.set_value("粤LG00001")
    with qtbot.waitSignal(dialog.issued, timeout=PATIENCE_MS) as issued:
        press(qtbot, Qt.Key.Key_F9)
    assert issued.args is not None
    assert issued.args[0].number == "PA-ZL-2026-000001"


@pytest.mark.requirement("JS-3.1a")
def test_a_check_is_noted_in_its_tab(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    filing_id = registered(desk).filing_id
    work_as(desk, CLERK)
    page = shown(qtbot, workbench, filing_id)
    press(qtbot, Qt.Key.Key_F4)
    assert page.verification.datum.hasFocus()
    page.verification.datum.set_value(Datum.CONTRACTOR.value)
    page.verification.manner.set_value("certificate")
    page.verification.finding.set_value(Finding.TRUE.value)
    page.verification.note.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "证照查询" in page.verification.words(), timeout=PATIENCE_MS)
    assert "林晓" in page.verification.words()
    assert "核实生产经营单位证照（证照查询）：属实" in page.timeline.words()


@pytest.mark.requirement("HL-1.3d", "LG-21-2a")
def test_the_filing_says_who_checked_each_paper_and_who_is_in_charge(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    filing_id = sent(desk)
    work_as(desk, REVIEWER)
    desk.reviews.approve(filing_id, "pass")
    page = shown(qtbot, workbench, filing_id)
    assert "林晓　审核 周审" in page.materials.words()
    assert page.links.text().startswith("信息登记：坪安街道办事处 林晓　→　日常巡查：")
    assert page.links.text().endswith("组织执法查处：坪安街道综合行政执法队")


@pytest.mark.requirement("LG-P2")
@pytest.mark.parametrize(
    ("actor", "key"),
    [
        (CLERK, "intake"),
        (BOTH, "intake"),
        (REVIEWER, "worklist"),
        (MANAGER, "statistics"),
        (person(9, "巡查", Role.PATROLLER), "worklist"),
        (OFFICER, "worklist"),
        (person(9, "兼任", Role.PATROLLER, Role.WINDOW_CLERK), "intake"),
        (person(9, "区里", Role.CITY_GOVERNMENT_USER), "worklist"),
        (person(9, "审计", Role.AUDITOR), "audit"),
    ],
)
def test_each_role_lands_on_its_page(actor: Actor, key: str) -> None:
    open_to = [page.key for page in PAGES if any(actor.may(right) for right in page.rights)]
    assert landing_of(actor, open_to) == key


@pytest.mark.requirement("LG-21-4e")
def test_levels_are_set_in_the_settings(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    tab = ReviewSettings(workbench)
    qtbot.addWidget(tab)
    tab.levels[next(iter(tab.levels))].set_value("2")
    tab.same_person.set_value("no")
    tab.save.click()
    assert desk.review_settings.own() == OwnReview(high_risk=2, same_person=False)
    assert "已保存" in tab.banner.text
