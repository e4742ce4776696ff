"""The page 名录 by keys: organisations, persons, import, entrustments, and what whoever may only read sees."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.organisations import AcceptanceScope, Level, Organisation, OrganisationKind, Person, Post
from desktop.services.desk import Desk
from desktop.views.actions import actions_of, shortcut
from desktop.views.registers.import_dialog import ImportDialog
from desktop.views.registers.organisation_dialog import OrganisationDialog
from desktop.views.registers.organisations_tab import OrganisationsTab
from desktop.views.registers.person_dialog import PersonDialog
from desktop.views.registers.persons_tab import PersonsTab
from desktop.views.registers.register_tab import RegisterTab
from desktop.views.registers.registers_page import RegistersPage
from desktop.views.registers.trust_dialogs import EntrustmentDialog
from desktop.views.workbench import Workbench
from tests.gui.input_method import write
from tests.integration.test_person_lists import STREET_ROW, streets

PATIENCE_MS = 10_000


def street(desk: Desk) -> int:
    return desk.organisations.add(
        Organisation(kind=OrganisationKind.STREET_OFFICE, name="坪安街道办事处", level=Level.STREET)
    )


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def cells(tab: RegisterTab, column: int) -> list[str]:
    items = [tab.table.item(row, column) for row in range(tab.table.rowCount())]
    return [item.text().strip("　") for item in items if item is not None]


def ctrl_s(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.keyClick(widget, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.requirement("LG-14-2", "YC-2a")
def test_an_organisation_is_entered_by_keys_alone(qtbot: QtBot, desk: Desk) -> None:
    dialog = OrganisationDialog(desk, None)
    shown(qtbot, dialog)
    assert dialog.kind.hasFocus()

    write(dialog.kind, "社区工作站")
    qtbot.keyClick(dialog.kind, Qt.Key.Key_Return)
    assert dialog.level.value() == Level.COMMUNITY.value
    write(dialog.name_field, "新禾社区工作站")
    write(dialog.texts["areas"], "新禾社区，坪西社区")
    ctrl_s(qtbot, dialog.texts["areas"])

    (row,) = desk.organisations.all()
    assert row.name == "新禾社区工作站"
    assert row.organisation.areas == ("新禾社区", "坪西社区")


def test_a_trouble_stands_at_its_field_with_the_keyboard_in_it(qtbot: QtBot, desk: Desk) -> None:
    street(desk)
    dialog = OrganisationDialog(desk, None)
    shown(qtbot, dialog)
    dialog.kind.set_value(OrganisationKind.STREET_OFFICE.value)
    write(dialog.name_field, "坪安街道办事处")
    ctrl_s(qtbot, dialog)

    assert dialog.isVisible()
    assert "已有" in dialog.rows["name"].fault
    assert dialog.name_field.hasFocus()


def test_one_esc_loses_nothing_that_was_typed(qtbot: QtBot, desk: Desk) -> None:
    dialog = OrganisationDialog(desk, None)
    shown(qtbot, dialog)
    write(dialog.texts["tasks"], "登记由城建办承办")

    qtbot.keyClick(dialog.texts["tasks"], Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "再按一次 Esc" in dialog.banner.text
    qtbot.keyClick(dialog.texts["tasks"], Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.requirement("YC-2a")
def test_a_person_without_telephone_is_not_saved_and_the_field_says_so(qtbot: QtBot, desk: Desk) -> None:
    made = street(desk)
    dialog = PersonDialog(desk, None, made)
    shown(qtbot, dialog)
    write(dialog.name_field, "陈小满")
    qtbot.keyClick(dialog.posts[Post.HEAD], Qt.Key.Key_Space)
    ctrl_s(qtbot, dialog)
    assert dialog.rows["phone"].fault == "请填写。"

    write(dialog.phone, "138 0000 0001")
    ctrl_s(qtbot, dialog)
    assert [(row.person.name, row.person.phone) for row in desk.persons.all()] == [("陈小满", "13800000001")]


def test_typing_finds_rows_and_the_chosen_one_is_among_them(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    made = street(desk)
    for name, phone in (("陈小满", "13800000001"), ("周望", "13800000002")):
        desk.persons.add(Person(organisation_id=made, name=name, phone=phone, posts=frozenset({Post.HEAD})))
    tab = PersonsTab(workbench)
    shown(qtbot, tab)

    qtbot.keyClick(tab.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert tab.find_line.hasFocus()
    write(tab.find_line, "周望")

    assert tab.count.text() == "1 / 2 条"
    chosen = tab.table.item(tab.table.currentRow(), 0)
    assert chosen is not None
    assert chosen.text() == "周望"


@pytest.mark.requirement("YC-2e")
def test_a_list_is_shown_before_it_is_taken_in(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[list[str]] = []

    def accept(dialog: ImportDialog) -> int:
        items = [dialog.table.item(row, 1) for row in range(dialog.table.rowCount())]
        looked_at.append([item.text() for item in items if item is not None])
        assert desk.organisations.all() == ()
        return 1

    monkeypatch.setattr(ImportDialog, "exec", accept)
    tab = PersonsTab(workbench)
    shown(qtbot, tab)

    tab.read_in(streets(tmp_path / "a.xlsx", STREET_ROW))
    qtbot.waitUntil(lambda: "已导入" in tab.banner.text, timeout=PATIENCE_MS)

    assert looked_at == [["西山县", "西山县", "坪安街道", "坪安街道", "坪安街道", "坪安街道", "坪安街道", "坪安街道"]]
    assert cells(tab, 0) == ["高原", "陈小满", "周望", "林河", "方圆"]


@pytest.mark.requirement("YC-2e")
def test_a_faulty_list_names_its_cells_on_the_page(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path
) -> None:
    tab = PersonsTab(workbench)
    shown(qtbot, tab)

    tab.read_in(streets(tmp_path / "a.xlsx", ("坪安街道", "陈小满", "", "", "")))
    qtbot.waitUntil(lambda: bool(tab.banner.text), timeout=PATIENCE_MS)

    assert "第 4 行 B 列" in tab.banner.text
    assert "没有改动任何内容" in tab.banner.text


@pytest.mark.requirement("YC-2f")
def test_the_lists_are_given_out_as_a_file(qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path) -> None:
    street(desk)
    tab = PersonsTab(workbench)
    shown(qtbot, tab)

    tab.give_out(tmp_path / "out.xlsx")
    qtbot.waitUntil(lambda: "已导出 1 行" in tab.banner.text, timeout=PATIENCE_MS)
    assert (tmp_path / "out.xlsx").exists()


@pytest.mark.requirement("LG-23-1b", "JS-2.3d")
def test_an_entrustment_is_entered_by_keys(qtbot: QtBot, desk: Desk) -> None:
    made = desk.organisations.add(
        Organisation(
            kind=OrganisationKind.PROPERTY_COMPANY,
            name="新禾花园物业公司",
            level=Level.COMMUNITY,
            scope=AcceptanceScope.NON_HIGH_RISK,
        )
    )
    dialog = EntrustmentDialog(desk)
    shown(qtbot, dialog)
    write(dialog.party, "新禾花园物业公司")
    qtbot.keyClick(dialog.party, Qt.Key.Key_Return)
    write(dialog.areas, "新禾花园")
    write(dialog.first, "2026-3-2")
    write(dialog.last, "2027-3-1")
    ctrl_s(qtbot, dialog)

    (row,) = desk.entrustments.all()
    assert (row.entrustment.organisation_id, row.entrustment.scope) == (made, AcceptanceScope.MINOR_OPERATIONS)


@pytest.mark.requirement("LG-14-2")
def test_what_is_lacking_is_said_above_the_organisations(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    street(desk)
    tab = OrganisationsTab(workbench)
    shown(qtbot, tab)

    assert "没有责任单位（第十四条(二)）" in tab.banner.text


def test_who_may_only_read_gets_no_button_that_changes(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    made = street(desk)
    person = Person(organisation_id=made, name="陈小满", phone="13800002719", posts=frozenset({Post.HEAD}))
    desk.persons.add(person)
    clerk = Actor(account_id=1, user_name="clerk", name="周望", grants=(Grant(role=Role.WINDOW_CLERK),))
    desk.persons._station.work_as(clerk)
    tab = PersonsTab(workbench)
    shown(qtbot, tab)

    assert tab.findChild(QWidget, "registers.new") is None
    assert cells(tab, 5) == ["138****2719"]


def test_ctrl_tab_walks_through_the_registers(qtbot: QtBot, workbench: Workbench) -> None:
    page = RegistersPage(workbench)
    shown(qtbot, page)
    page.setFocus()
    assert page.tabs.tabText(page.tabs.currentIndex()) == "组织"

    qtbot.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)

    assert page.tabs.tabText(page.tabs.currentIndex()) == "人员"


def test_no_key_of_the_registers_means_two_things() -> None:
    keys = [shortcut(spec.key).toString() for spec in actions_of("registers")]

    # One key saves a form and confirms an import, never on the page itself.
    assert len(keys) == len(set(keys))
