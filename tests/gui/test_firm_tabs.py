"""The registers of firms, bad records and demands by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.demands import DemandState
from desktop.domain.firms import CertificateKind, FirmCertificate, FirmKind
from desktop.services.desk import Desk
from desktop.views.registers.conduct_tab import ConductTab
from desktop.views.registers.demands_tab import DemandsTab
from desktop.views.registers.firm_dialog import FirmDialog
from desktop.views.registers.firms_tab import FirmsTab
from desktop.views.registers.list_dialog import ListDialog
from desktop.views.registers.register_tab import RegisterTab
from desktop.views.registers.registers_page import RegistersPage
from desktop.views.workbench import Workbench
from tests.factories import OTHER_COMPANY_CODE, PERSON_ID
from tests.gui.at_the_intake import CTRL, press
from tests.gui.input_method import write
from tests.integration.test_conduct_service import bad
from tests.integration.test_demands_service import demand
from tests.integration.test_firms_service import craftsman, firm

Show = Callable[[type[RegisterTab]], RegisterTab]


@pytest.fixture
def show(workbench: Workbench, qtbot: QtBot) -> Show:
    """Show one register, the keyboard on its table."""

    def run(kind: Callable[[Workbench], RegisterTab]) -> RegisterTab:
        tab = kind(workbench)
        qtbot.addWidget(tab)
        tab.resize(1240, 640)
        with qtbot.waitActive(tab):
            tab.show()
            tab.activateWindow()
        tab.table.setFocus()
        return tab

    return run


def press_at(tab: RegisterTab, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key on the table of a register, in the active window."""
    tab.activateWindow()
    QTest.qWaitForWindowActive(tab)
    tab.table.setFocus()
    press(tab.table, key, held)


def in_dialog(work: Callable[[QDialog], None]) -> None:
    """Work the next dialog when it comes; one that is left open is closed, so that nobody waits for ever."""

    def begin() -> None:
        dialog, has_keyboard = QApplication.activeModalWidget(), QApplication.focusWidget()
        # On a busy machine a dialog is there before it has the keyboard.
        if not isinstance(dialog, QDialog) or has_keyboard is None or has_keyboard.window() is not dialog:
            QTimer.singleShot(20, begin)
            return
        try:
            work(dialog)
        finally:
            if dialog.isVisible():
                QDialog.reject(dialog)

    QTimer.singleShot(50, begin)


def type_into(dialog: QDialog, **texts: str) -> None:
    """Type into fields by their names."""
    for name, text in texts.items():
        editor = dialog.findChild(QWidget, name.replace("__", "."))
        assert editor is not None, name
        editor.setFocus()
        QTest.keyClick(editor, Qt.Key.Key_A, CTRL)
        if text.isascii():
            QTest.keyClicks(editor, text)
        else:
            write(editor, text)


@pytest.mark.requirement("YC-4b", "YC-4i")
def test_a_craftsman_is_registered_by_keys_and_what_lacks_is_said_at_its_field(show: Show, desk: Desk) -> None:
    tab = show(FirmsTab)
    faults: list[str] = []

    def work(dialog: QDialog) -> None:
        assert isinstance(dialog, FirmDialog)
        type_into(dialog, kind="工匠", name="何平", id_number=PERSON_ID)
        press(dialog, Qt.Key.Key_S, CTRL)
        faults.append(dialog.rows["trade"].fault)
        assert dialog.texts["trade"].hasFocus()
        type_into(dialog, trade="水电工", certificates__0__number="T4400", certificates__0__valid_to="2026-4-1")
        press(dialog, Qt.Key.Key_S, CTRL)

    in_dialog(work)
    press_at(tab, Qt.Key.Key_Insert)
    assert faults == ["请填写工种或者专业。"]
    [row] = desk.firms.all()
    assert (row.kind, row.name, row.valid_to) == (FirmKind.CRAFTSMAN, "何平", date(2026, 4, 1))
    assert tab.table.rowCount() == 1


@pytest.mark.requirement("YC-4b")
def test_a_number_known_already_is_said_at_the_number(show: Show, desk: Desk) -> None:
    desk.firms.add(firm(), act_id="a")
    tab = show(FirmsTab)
    faults: list[str] = []

    def work(dialog: QDialog) -> None:
        assert isinstance(dialog, FirmDialog)
        type_into(dialog, name="另一个名称", id_number=OTHER_COMPANY_CODE, trade="土建")
        dialog.certificates.write(firm().certificates)
        press(dialog, Qt.Key.Key_S, CTRL)
        faults.append(dialog.rows["id_number"].fault)

    in_dialog(work)
    press_at(tab, Qt.Key.Key_Insert)
    assert "匠新" in faults[0]
    assert len(desk.firms.all()) == 1


@pytest.mark.requirement("YC-4b")
def test_editing_a_craftsman_leaves_the_covered_number_as_it_is(show: Show, desk: Desk) -> None:
    certificate = FirmCertificate(kind=CertificateKind.SKILL, title="电工", number="1")
    desk.firms.add(craftsman(certificates=(certificate,)), act_id="a")
    tab = show(FirmsTab)

    def work(dialog: QDialog) -> None:
        assert isinstance(dialog, FirmDialog)
        assert PERSON_ID not in dialog.texts["id_number"].text()
        type_into(dialog, trade="电工")
        press(dialog, Qt.Key.Key_S, CTRL)

    in_dialog(work)
    press_at(tab, Qt.Key.Key_Return)
    [offer] = desk.firms.offers("何平")
    assert offer.contractor.party.id_number == PERSON_ID
    assert desk.firms.all()[0].trade == "电工"


@pytest.mark.requirement("LG-13-2")
def test_the_expiry_list_by_its_key_shows_only_certificates_that_run_out(show: Show, desk: Desk) -> None:
    desk.firms.add(firm(), act_id="a")
    desk.firms.add(craftsman(), act_id="b")
    tab = show(FirmsTab)
    assert "1 份证照" in tab.banner.text
    assert tab.table.rowCount() == 2
    press_at(tab, Qt.Key.Key_T, CTRL)
    assert tab.table.rowCount() == 1
    shown = tab.table.item(0, 4)
    assert shown is not None
    assert "安全生产许可证" in shown.text()
    assert "2026-04-01" in shown.text()


@pytest.mark.requirement("LG-41-4", "HL-1.4b", "YC-4f")
def test_the_page_of_a_party_shows_its_records_and_measures(show: Show, desk: Desk) -> None:
    firm_id = desk.firms.add(firm(), act_id="a")
    desk.conduct.enter(bad(firm_id), act_id="b")
    tab = show(FirmsTab)
    assert isinstance(tab, FirmsTab)
    assert "不良档案：逾期不整改" in tab.page.text

    def work(dialog: QDialog) -> None:
        type_into(dialog, kind="约谈", taken_by="区住房建设局")
        press(dialog, Qt.Key.Key_S, CTRL)

    in_dialog(work)
    press_at(tab, Qt.Key.Key_M, CTRL)
    assert "约谈警示：2026-03-02，区住房建设局" in tab.page.text


@pytest.mark.requirement("YC-4f")
def test_a_record_is_entered_and_lifted_by_keys_and_stays_to_be_seen(show: Show, desk: Desk) -> None:
    firm_id = desk.firms.add(firm(), act_id="a")
    firms, conduct = show(FirmsTab), show(ConductTab)

    def enter(dialog: QDialog) -> None:
        type_into(dialog, ground="整改不彻底", decided_by="街道办", document="坪安街〔2026〕1号")
        press(dialog, Qt.Key.Key_S, CTRL)

    in_dialog(enter)
    press_at(firms, Qt.Key.Key_B, CTRL)
    assert conduct.table.rowCount() == 1

    def lift(dialog: QDialog) -> None:
        type_into(dialog, reason="整改到位")
        press(dialog, Qt.Key.Key_S, CTRL)

    in_dialog(lift)
    press_at(conduct, Qt.Key.Key_Delete, CTRL)
    assert conduct.table.rowCount() == 0
    conduct.with_inactive.setChecked(True)
    assert conduct.table.rowCount() == 1
    assert desk.firms.file(firm_id).records[0].lift_reason == "整改到位"


@pytest.mark.requirement("YC-A4o", "YC-1b")
def test_a_demand_is_taken_in_and_published_by_keys(show: Show, desk: Desk) -> None:
    tab = show(DemandsTab)

    def take(dialog: QDialog) -> None:
        type_into(dialog, works="外墙修补", community="坪安", owner_name="陈小满", owner_phone="13800002719")
        press(dialog, Qt.Key.Key_S, CTRL)

    in_dialog(take)
    press_at(tab, Qt.Key.Key_Insert)
    [row] = desk.demands.all()
    assert (row.community, row.state) == ("坪安社区", DemandState.OPEN)
    in_dialog(lambda dialog: press(dialog, Qt.Key.Key_S, CTRL))
    press_at(tab, Qt.Key.Key_Return)
    assert desk.demands.all()[0].state is DemandState.PUBLISHED


@pytest.mark.requirement("YC-A4o")
def test_the_whole_phone_is_shown_only_after_a_purpose(show: Show, desk: Desk) -> None:
    desk.demands.take_in(demand(), act_id="a")
    tab = show(DemandsTab)
    in_dialog(lambda dialog: press(dialog, Qt.Key.Key_S, CTRL))
    press_at(tab, Qt.Key.Key_H, CTRL)
    assert "13800002719" not in tab.banner.text

    def work(dialog: QDialog) -> None:
        type_into(dialog, reason="回复业主")
        press(dialog, Qt.Key.Key_S, CTRL)

    in_dialog(work)
    press_at(tab, Qt.Key.Key_H, CTRL)
    assert "13800002719" in tab.banner.text


@pytest.mark.requirement("YC-4b", "YC-4f")
@pytest.mark.parametrize("kind", [FirmsTab, ConductTab, DemandsTab])
def test_each_list_is_printed_by_its_key(show: Show, desk: Desk, kind: type[RegisterTab], qtbot: QtBot) -> None:
    desk.conduct.enter(bad(desk.firms.add(firm(), act_id="a")), act_id="b")
    tab = show(kind)
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, ListDialog)
        qtbot.waitUntil(lambda: bool(dialog._pdfs))
        seen.append(dialog.windowTitle())

    in_dialog(look)
    press_at(tab, Qt.Key.Key_P, CTRL)
    assert len(seen) == 1


@pytest.mark.requirement("YC-4f", "LG-41-4")
def test_who_may_not_judge_has_no_keys_for_it_and_an_auditor_no_tabs(workbench: Workbench, qtbot: QtBot) -> None:
    def titles(role: Role) -> tuple[set[str], set[str]]:
        actor = Actor(account_id=None, user_name="t", name="测", grants=(Grant(role=role),))
        workbench.desk.firms._station.work_as(actor)
        page = RegistersPage(workbench)
        qtbot.addWidget(page)
        tabs = page.findChild(QTabWidget)
        assert tabs is not None
        shown = {tabs.tabText(place) for place in range(tabs.count())}
        buttons = {each.objectName() for each in page.findChildren(QWidget)}
        return shown & {"企业和工匠", "不良档案", "业主需求"}, buttons & {"registers.record", "registers.measure"}

    everything = {"企业和工匠", "不良档案", "业主需求"}
    assert titles(Role.MANAGER) == (everything, {"registers.record", "registers.measure"})
    assert titles(Role.WINDOW_CLERK) == (everything, set())
    assert titles(Role.ADMINISTRATOR) == ({"企业和工匠"}, set())


@pytest.mark.requirement("YC-4b")
def test_typed_fields_survive_the_first_esc(show: Show, desk: Desk) -> None:
    tab = show(FirmsTab)
    seen: list[bool] = []

    def work(dialog: QDialog) -> None:
        type_into(dialog, name="何平")
        press(dialog, Qt.Key.Key_Escape)
        seen.append(dialog.isVisible())
        press(dialog, Qt.Key.Key_Escape)
        seen.append(dialog.isVisible())

    in_dialog(work)
    press_at(tab, Qt.Key.Key_Insert)
    assert seen == [True, False]
    assert replace(firm(), name="何平").name not in [row.name for row in desk.firms.all()]
