"""What a form is begun from, by keys: an unregistered work, a registration that is over; and the link afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.acts import BegunFrom, Change, Decided
from desktop.domain.found_site import FoundRecorded, FoundSiteDraft, FoundState
from desktop.domain.walk_in import Place, Verdict
from desktop.services.desk import Desk, open_desk
from desktop.views.filing.filing_page import FilingPage
from desktop.views.intake.intake_page import IntakePage
from desktop.views.main_window import MainWindow
from desktop.views.theme import apply_theme
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON, LIGHT, all_in_order, office
from tests.gui.at_the_intake import decide, fill, focus, press, ready, shown
from tests.gui.filings import decide as decided_by_the_desk

SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class Today:
    """The day of the window, which a test moves on."""

    day = FILED_ON


@pytest.fixture
def today() -> Today:
    return Today()


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication, today: Today) -> Iterator[Desk]:
    """A desk whose day moves on."""
    apply_theme(qapp)
    now = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    opened = open_desk(tmp_path / "data", today=lambda: today.day, now=lambda: now, effort=LIGHT)
    opened.office.set_up(office())
    yield opened
    opened.close()


def found(desk: Desk, act_id: str = "found-1", place: str = "坪安路22号一层") -> FoundRecorded:
    """A shop that is being decorated without registration."""
    draft = FoundSiteDraft(
        community="坪安社区",
        place=place,
        work="商铺室内装修",
        kind="small_work",
        owner_name="李青禾",
        found_on=desk.office.today(),
        found_by="郭巡",
    )
    return desk.found_sites.record(draft, act_id=act_id)


def at_work(page: IntakePage, desk: Desk, place: str) -> None:
    """Stand before the last key of a complete matter at a place."""
    pack = desk.intake.pack()
    matter = replace(all_in_order(ready(pack), pack), place=Place(community="坪安社区", detail=place))
    fill(page, matter)
    page.form.others.signed.setChecked(True)


@pytest.mark.requirement("LG-30-3a")
def test_a_form_begun_from_an_unregistered_work_says_so_and_ties_it_by_itself(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    recorded = found(desk)
    page = shown(qtbot, workbench)
    page.open_found(recorded.found_site_id)
    assert page.head.title.text() == "未登记工地来办"
    assert recorded.number in page.head.banner.text
    assert page.walk_in().owner.name == "李青禾"

    changes: list[frozenset[Change]] = []
    workbench.changed.connect(changes.append)
    at_work(page, desk, "坪安路22号一层")
    decide(page, qtbot, Qt.Key.Key_F9)

    assert desk.found_sites.row(recorded.found_site_id).is_registered
    assert page.done.found_said.text() == f"已关联未登记工地 {recorded.number}。"
    assert page.done.found.isHidden()
    assert any(Change.ON_SITE in told for told in changes), "the other pages read anew"


@pytest.mark.requirement("LG-30-3a")
def test_its_draft_is_gone_on_with_and_still_ties_it(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    recorded = found(desk)
    page = shown(qtbot, workbench)
    page.open_found(recorded.found_site_id)
    at_work(page, desk, "坪安路22号一层")
    page.new_matter()
    assert page.head.title.text() == "新的来件"
    assert "未登记工地" in page.head.drafts.list.item(0).text()

    page.open_found(recorded.found_site_id)
    assert page.walk_in().project_name, "what was typed is there again"
    assert page.keeper.begun_from == BegunFrom(found_site_id=recorded.found_site_id)
    page.form.others.signed.setChecked(True)
    decide(page, qtbot, Qt.Key.Key_F9)
    assert desk.found_sites.row(recorded.found_site_id).state is FoundState.LINKED


@pytest.mark.requirement("LG-30-3a")
def test_the_next_person_is_tied_to_nothing(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    recorded = found(desk)
    page = shown(qtbot, workbench)
    page.open_found(recorded.found_site_id)
    page.new_matter()
    at_work(page, desk, "田心路7号")
    decide(page, qtbot, Qt.Key.Key_F9)
    assert desk.found_sites.row(recorded.found_site_id).state is FoundState.FOUND
    assert page.done.found_said.isHidden()


@pytest.mark.requirement("LG-30-3a")
def test_an_acceptance_at_the_place_of_an_unregistered_work_offers_it_and_one_key_ties_it(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    first, second = found(desk), found(desk, "found-2", "坪安路22号")
    found(desk, "found-3", "田心路7号")
    page = shown(qtbot, workbench)
    at_work(page, desk, "坪安路22号一层")
    decide(page, qtbot, Qt.Key.Key_F9)
    assert "同一地点有 2 处未登记工地" in page.done.found_said.text()
    offered = [page.done.found.item(row).text() for row in range(page.done.found.count())]
    assert [text.split("　")[0] for text in offered] == [second.number, first.number]

    press(focus(), Qt.Key.Key_F2)
    assert desk.found_sites.row(second.found_site_id).is_registered
    assert f"已关联未登记工地 {second.number}" in page.done.found_said.text()
    press(focus(), Qt.Key.Key_F2)
    assert desk.found_sites.row(first.found_site_id).is_registered
    assert page.done.found.isHidden()
    press(focus(), Qt.Key.Key_F2)
    assert focus() is not page.done.found


@pytest.mark.requirement("LG-30-3a")
def test_one_settled_by_somebody_else_meanwhile_is_said_and_stays_as_it_is(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    recorded = found(desk)
    page = shown(qtbot, workbench)
    at_work(page, desk, "坪安路22号一层")
    decide(page, qtbot, Qt.Key.Key_F9)
    desk.found_sites.dismiss(recorded.found_site_id, "已拆除")
    press(focus(), Qt.Key.Key_F2)
    assert page.done.found_said.text().startswith("没有关联：")
    assert desk.found_sites.row(recorded.found_site_id).state is FoundState.DISMISSED


def registered(desk: Desk) -> Decided:
    """A registered small work."""
    pack = desk.intake.pack()
    return decided_by_the_desk(desk, all_in_order(ready(pack), pack))


@pytest.mark.requirement("LG-25-2b", "LG-G2")
def test_a_registration_past_its_end_is_registered_again_from_its_page_and_tied_to_the_old(
    qtbot: QtBot, desk: Desk, workbench: Workbench, today: Today
) -> None:
    old = registered(desk)
    today.day = date(2027, 6, 1)
    window = MainWindow(workbench)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    workbench.filing_asked.emit(old.filing_id)
    filing = window.page("filing")
    assert isinstance(filing, FilingPage)
    press(focus(), Qt.Key.Key_F2)
    press(focus(), Qt.Key.Key_F12, SHIFT)

    assert window.page_key == "intake"
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    assert page.head.title.text() == "重新登记"
    assert old.number in page.head.banner.text
    assert page.walk_in().owner.name
    assert all(check.verdict is Verdict.UNJUDGED for check in page.walk_in().materials)

    planned = replace(page.walk_in(), planned_start_on=date(2027, 6, 2), planned_end_on=date(2027, 8, 1))
    fill(page, all_in_order(planned, desk.intake.pack()))
    page.form.others.signed.setChecked(True)
    decide(page, qtbot, Qt.Key.Key_F9)
    assert page.done.found_said.text() == f"已接续原登记 {old.number}。"
    assert desk.life.of(old.filing_id).followed_by == page.done.number.text()
    window.close()


@pytest.mark.requirement("LG-25-2b")
def test_a_draft_of_a_registration_begun_again_keeps_the_old_one(
    qtbot: QtBot, desk: Desk, workbench: Workbench, today: Today
) -> None:
    old = registered(desk)
    today.day = date(2027, 6, 1)
    page = shown(qtbot, workbench)
    page.open_again(old.filing_id)
    page.form.others.remark.set_value("业主下午补签字")
    page.form.changed.emit()
    page.new_matter()
    press(focus(), Qt.Key.Key_K, ALT)
    assert "重新登记" in page.head.drafts.list.item(0).text()
    press(focus(), Qt.Key.Key_Return)
    assert page.walk_in().remark == "业主下午补签字"
    assert page.keeper.begun_from == BegunFrom(follows_id=old.filing_id)
    assert old.number in page.head.banner.text
