"""Shops of one mall by keys: the next one, the window of malls, lists of shops, marks of what was carried over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import Batch, Party, Place, WalkIn
from desktop.services.desk import Desk
from desktop.views.intake.intake_page import IntakePage
from desktop.views.intake.malls_dialog import MallsDialog
from desktop.views.intake.notices_dialog import NoticesDialog
from desktop.views.main_window import MainWindow
from desktop.views.shared.field import FieldRow
from desktop.views.workbench import Workbench
from tests import factories
from tests.gui.at_the_intake import (
    ALT,
    CTRL,
    decide,
    field_with_focus,
    fill,
    focus,
    judge_all,
    press,
    ready,
    shown,
)
from tests.gui.filings import decide as decided

pytestmark = pytest.mark.requirement("SJ-3j")

PLACE = Place(community="坪安社区", grid="3", estate="世纪广场", building="A座", room="201")
LANDLORD = factories.company("世纪商业管理有限公司")


def shop(pack: PolicyPack, **changes: object) -> WalkIn:
    """A whole matter of a shop, every paper in order."""
    base = ready(pack)
    base = replace(
        base,
        facts=base.facts.with_facts(property_managed=True),
        place=PLACE,
        property_owner=LANDLORD,
        property_company="世纪物业",
    )
    return factories.all_in_order(replace(base, **changes), pack)  # type: ignore[arg-type]


@pytest.fixture
def page(qtbot: QtBot, workbench: Workbench) -> IntakePage:
    return shown(qtbot, workbench)


@pytest.fixture
def window(qtbot: QtBot, workbench: Workbench) -> MainWindow:
    made = MainWindow(workbench)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def malls(page: IntakePage, qtbot: QtBot) -> MallsDialog:
    with qtbot.waitSignal(page.mall_ask.shown) as opened:
        press(focus(), Qt.Key.Key_N, ALT)
    dialog = opened.args[0]
    assert isinstance(dialog, MallsDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def row(page: IntakePage, path: str) -> FieldRow:
    found = page.form.row(path)
    assert found is not None
    return found


def test_one_key_after_a_decision_takes_in_the_next_shop(window: MainWindow, qtbot: QtBot, pack: PolicyPack) -> None:
    page = window.findChild(IntakePage)
    assert isinstance(page, IntakePage)
    fill(page, shop(pack))
    judge_all(page)
    decide(page, qtbot, Qt.Key.Key_F9)
    press(focus(), Qt.Key.Key_F3)
    assert page.form.place.estate.value() == "世纪广场"
    assert page.form.place.room.value() == ""
    assert page.form.owner.name.value() == ""
    assert page.form.others.property_company.value() == "世纪物业"
    assert page.walk_in().batch.name == "世纪广场"
    assert row(page, "place.estate").is_taken
    assert not row(page, "place.room").is_taken
    assert "世纪广场" in page.head.banner.text
    assert "已带入地址、房屋产权人、物业企业、房屋和管理情况" in page.head.banner.text


def test_the_file_of_a_filing_begins_the_next_shop_by_its_key(
    window: MainWindow, workbench: Workbench, desk: Desk, pack: PolicyPack
) -> None:
    first = decided(desk, shop(pack))
    workbench.filing_asked.emit(first.filing_id)
    press(focus(), Qt.Key.Key_U, CTRL)
    page = window.findChild(IntakePage)
    assert isinstance(page, IntakePage)
    assert page.isVisible()
    assert page.walk_in().batch == Batch(name="世纪广场", began_with=first.number)


def test_enter_passes_over_what_was_carried_over(page: IntakePage, desk: Desk, pack: PolicyPack) -> None:
    page.open_next_shop(decided(desk, shop(pack)).filing_id)
    page.form.work.content.setFocus()
    for _ in range(20):
        if field_with_focus() == "place.room":
            break
        press(focus(), Qt.Key.Key_Return)
        assert not field_with_focus().startswith(("place.community", "place.grid", "place.estate", "place.building"))
    assert field_with_focus() == "place.room"


def test_what_is_typed_over_loses_its_mark(page: IntakePage, desk: Desk, pack: PolicyPack) -> None:
    page.open_next_shop(decided(desk, shop(pack)).filing_id)
    page.form.place.building.setFocus()
    page.form.place.building.selectAll()
    QTest.keyClicks(focus(), "B")
    assert not row(page, "place.building").is_taken
    assert row(page, "place.estate").is_taken


def test_the_next_person_after_a_shop_has_nothing_carried_over(page: IntakePage, desk: Desk, pack: PolicyPack) -> None:
    page.open_next_shop(decided(desk, shop(pack)).filing_id)
    page.new_matter()
    assert page.walk_in().batch == Batch()
    assert not row(page, "place.estate").is_taken
    assert page.head.banner.text == ""


def test_the_window_of_malls_takes_in_the_next_shop_by_enter(
    page: IntakePage, qtbot: QtBot, desk: Desk, pack: PolicyPack
) -> None:
    decided(desk, shop(pack, batch=Batch(name="世纪天地")))
    dialog = malls(page, qtbot)
    assert dialog.chosen is not None
    assert dialog.chosen.name == "世纪天地"
    press(dialog.table, Qt.Key.Key_Return)
    assert page.walk_in().batch == Batch(name="世纪天地")
    assert page.form.place.estate.value() == "世纪广场"


def test_the_matter_on_the_form_joins_a_mall_and_keeps_what_was_typed(
    page: IntakePage, qtbot: QtBot, desk: Desk, pack: PolicyPack
) -> None:
    typed = shop(pack)
    fill(page, typed)
    dialog = malls(page, qtbot)
    assert dialog.name.value() == "世纪广场"
    dialog.name.setFocus()
    dialog.name.selectAll()
    QTest.keyClicks(dialog.name, "Century")
    press(dialog.name, Qt.Key.Key_F6)
    assert page.walk_in() == replace(typed, batch=Batch(name="Century"))
    assert not row(page, "place.estate").is_taken
    page.flush()
    [draft] = desk.drafts.all()
    assert draft.walk_in.batch.name == "Century"


def test_a_list_of_shops_becomes_drafts_that_the_page_offers(page: IntakePage, qtbot: QtBot, pack: PolicyPack) -> None:
    fill(page, shop(pack))
    dialog = malls(page, qtbot)
    press(dialog.table, Qt.Key.Key_G, CTRL)
    assert field_with_focus() == "malls.shops"
    QTest.keyClicks(dialog.shops, "Tea,2-015")
    press(dialog.shops, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.shops, "Books,2-016")
    assert dialog.count.text() == "名单 2 户。"
    with qtbot.waitSignal(dialog.drafted):
        press(dialog.shops, Qt.Key.Key_S, CTRL)
    assert "已建草稿 2 份" in dialog.banner.text
    press(dialog.shops, Qt.Key.Key_Escape)
    with qtbot.waitActive(page):
        page.activateWindow()
    page.setFocus()
    press(focus(), Qt.Key.Key_K, ALT)
    assert "Tea 2-015" in page.head.drafts.list.item(0).text() + page.head.drafts.list.item(1).text()
    assert "世纪广场" in page.head.drafts.list.item(0).text()


def test_a_line_without_a_name_is_said_and_begins_nothing(page: IntakePage, qtbot: QtBot, pack: PolicyPack) -> None:
    fill(page, shop(pack))
    dialog = malls(page, qtbot)
    dialog.shops.setPlainText("，2-015")
    assert "第 1 行：没有名称" in dialog.count.text()
    assert not dialog.buttons["drafts"].isEnabled()
    assert not dialog.buttons["notices"].isEnabled()


def test_a_sheet_of_shops_comes_into_the_list(page: IntakePage, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "shops.csv").write_text("商户名称,铺位\n木棉茶室,2-015\n,2-016\n", encoding="utf-8")
    dialog = malls(page, qtbot)
    dialog.read(tmp_path / "shops.csv")
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert dialog.shops.toPlainText() == "木棉茶室，2-015"
    assert "没有读入：第 3 行：没有名称" in dialog.banner.text


def test_the_notices_are_looked_at_and_saved_a_sheet_a_shop(page: IntakePage, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = malls(page, qtbot)
    dialog.shops.setPlainText("木棉茶室，2-015\n青禾书店，2-016")
    press(dialog.shops, Qt.Key.Key_P, CTRL)
    notices = dialog.findChild(NoticesDialog)
    assert isinstance(notices, NoticesDialog)
    with qtbot.waitSignal(notices.loaded, timeout=20_000):
        pass
    assert [notices.list.item(place).text() for place in range(2)] == ["木棉茶室 2-015", "青禾书店 2-016"]
    with qtbot.waitSignal(notices.saved, timeout=20_000):
        notices.save_to(tmp_path)
    assert [file.name for file in tmp_path.glob("*.pdf")] == ["商户告知单 2 份.pdf"]
    assert notices.view.pages == 2
    notices.list.setCurrentRow(1)
    assert notices.view.page == 1
    notices.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    with qtbot.waitSignal(notices.saved, timeout=20_000):
        notices.save_to(tmp_path)
    assert (tmp_path / "商户告知单 2-016.pdf").exists()


def test_closing_the_notices_while_they_are_made_stops_that(page: IntakePage, qtbot: QtBot) -> None:
    dialog = malls(page, qtbot)
    dialog.shops.setPlainText("\n".join(f"木棉茶室，2-{unit:03d}" for unit in range(300)))
    press(dialog.shops, Qt.Key.Key_P, CTRL)
    notices = dialog.findChild(NoticesDialog)
    assert isinstance(notices, NoticesDialog)
    task = notices._task
    assert task is not None
    with qtbot.waitSignal(notices.finished, timeout=20_000):
        press(notices, Qt.Key.Key_Escape)
    assert task._stop.is_set()
    assert notices._made is None


def test_without_a_list_there_is_one_notice_for_all(page: IntakePage, qtbot: QtBot) -> None:
    dialog = malls(page, qtbot)
    dialog.name.setFocus()
    QTest.keyClicks(dialog.name, "Century")
    press(dialog.name, Qt.Key.Key_P, CTRL)
    notices = dialog.findChild(NoticesDialog)
    assert isinstance(notices, NoticesDialog)
    with qtbot.waitSignal(notices.loaded, timeout=20_000):
        pass
    assert notices.list.item(0).text() == "Century各商户（通用）"


def test_an_owner_of_another_shop_is_never_carried_over(page: IntakePage, desk: Desk, pack: PolicyPack) -> None:
    first = shop(pack, property_owner=None, owner=factories.person())
    page.open_next_shop(decided(desk, first).filing_id)
    assert page.walk_in().owner == replace(
        Party(), kind=page.walk_in().owner.kind, id_kind=page.walk_in().owner.id_kind
    )
    assert page.walk_in().property_owner is None
