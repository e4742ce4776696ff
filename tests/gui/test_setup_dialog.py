"""The first start: the office is named by keyboard, faults stand in words, samples are a choice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.access import Role
from desktop.domain.acts import StationKind
from desktop.domain.ledger import LedgerCriteria
from desktop.services.desk import Desk
from desktop.views.people.secret_dialog import SecretDialog
from desktop.views.setup.setup_dialog import SetupDialog
from desktop.views.workbench import Workbench
from tests.gui.input_method import write

PATIENCE_MS = 30_000


@pytest.fixture
def dialog(qtbot: QtBot, bare_desk: Desk) -> Iterator[SetupDialog]:
    """The dialog of a first start, on the screen."""
    bench = Workbench(bare_desk)
    shown = SetupDialog(bench)
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    yield shown
    bench.runner.finish()


def type_on(qtbot: QtBot, dialog: SetupDialog, *texts: str) -> None:
    """Type texts into one field after the other, as Enter leads."""
    for text in texts:
        focus = QApplication.focusWidget()
        assert focus is not None
        write(focus, text) if text else None
        qtbot.keyClick(focus, Qt.Key.Key_Return)


PASSWORD = "Herbst-Laub7 am Fluss"


def name_the_administrator(dialog: SetupDialog, *, name: str = "高远") -> None:
    """Type the first administrator with a password that can stand."""
    write(dialog.administrator.name, name)
    for field in (dialog.administrator.password.first, dialog.administrator.password.again):
        QTest.keyClicks(field, PASSWORD)


@pytest.mark.requirement("LG-22-1")
def test_an_office_is_set_up_by_keyboard_alone(qtbot: QtBot, dialog: SetupDialog, bare_desk: Desk) -> None:
    type_on(qtbot, dialog, "坪安街道办事处", "", "", "pa", "受理窗口2", "林晓")
    name_the_administrator(dialog)

    with qtbot.waitSignal(dialog.ready, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    office = bare_desk.office.office()
    assert office is not None
    assert (office.street_name, office.station_name) == ("坪安街道办事处", "坪安街道办事处")
    assert (office.code, office.window) == ("PA", "受理窗口2")
    assert office.clerk_name == "高远", "papers bear the name of who is signed in"
    assert office.station_kind is StationKind.STREET_OFFICE


def test_what_is_missing_is_said_under_each_field_and_nothing_is_set(
    qtbot: QtBot, dialog: SetupDialog, bare_desk: Desk
) -> None:
    qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)

    assert "街道名称" in dialog.form.rows["street_name"].fault
    assert "编号代码" in dialog.form.rows["code"].fault
    assert dialog.form.texts["street_name"].hasFocus()
    assert bare_desk.office.office() is None


def test_a_code_of_other_characters_is_refused_in_words(qtbot: QtBot, dialog: SetupDialog) -> None:
    code = dialog.form.texts["code"]
    code.setFocus()
    write(code, "坪安1")
    dialog.start.setFocus()

    assert "大写字母或者数字" in dialog.form.rows["code"].fault


def test_the_standing_of_the_rules_and_the_data_folder_are_shown(dialog: SetupDialog, bare_desk: Desk) -> None:
    words = "\n".join(label.text() for label in dialog.findChildren(QLabel))

    assert "征求意见" in words
    assert str(bare_desk.data_folder) in words


def test_a_community_station_is_asked_where_the_street_office_is(qtbot: QtBot, dialog: SetupDialog) -> None:
    row = dialog.form.rows["street_office_phone"]
    assert not row.isVisible()

    kind = dialog.form.station_kind
    kind.setFocus()
    kind.selectAll()
    write(kind, "社区")
    qtbot.keyClick(kind, Qt.Key.Key_Return)

    assert row.isVisible()


def test_sample_data_fills_the_ledger_when_chosen(qtbot: QtBot, dialog: SetupDialog, bare_desk: Desk) -> None:
    qtbot.mouseClick(dialog.example, Qt.MouseButton.LeftButton)
    assert dialog.samples.isChecked()
    for field in (dialog.administrator.password.first, dialog.administrator.password.again):
        QTest.keyClicks(field, PASSWORD)

    with qtbot.waitSignal(dialog.ready, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog.start, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert len(bare_desk.ledger.ids(LedgerCriteria())) > 5


def test_esc_leaves_and_sets_nothing(qtbot: QtBot, dialog: SetupDialog, bare_desk: Desk) -> None:
    type_on(qtbot, dialog, "坪安街道办事处")

    with qtbot.waitSignal(dialog.rejected, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert bare_desk.office.office() is None


@pytest.mark.requirement("YC-1a")
def test_the_first_administrator_chooses_the_password_and_is_signed_in(
    qtbot: QtBot, dialog: SetupDialog, bare_desk: Desk
) -> None:
    type_on(qtbot, dialog, "坪安街道办事处", "", "", "pa")
    name_the_administrator(dialog)
    assert dialog.administrator.user_name.value() == "gaoyuan", "proposed from the name"
    assert dialog.administrator.is_clerk_too.isChecked()

    with qtbot.waitSignal(dialog.ready, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    actor = bare_desk.sign_in.actor
    assert (actor.user_name, actor.name) == ("gaoyuan", "高远")
    assert {grant.role for grant in actor.grants} == {Role.ADMINISTRATOR, Role.WINDOW_CLERK}
    bare_desk.sign_in.sign_out()
    assert not bare_desk.sign_in.sign_in("gaoyuan", PASSWORD).must_change, "the password is the person's own"


@pytest.mark.requirement("YC-1a")
def test_a_weak_password_is_told_while_typing_and_begins_nothing(
    qtbot: QtBot, dialog: SetupDialog, bare_desk: Desk
) -> None:
    type_on(qtbot, dialog, "坪安街道办事处", "", "", "pa")
    write(dialog.administrator.name, "高远")
    fields = dialog.administrator.password
    QTest.keyClicks(fields.first, "gaoyuan#2026Q")
    assert fields.strength.text() == "还不行：不能含有用户名、姓名拼音、电话或者单位名称。"
    fields.first.clear()
    QTest.keyClicks(fields.first, PASSWORD)
    assert fields.strength.text().startswith("强度：好")

    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert fields.again_row.fault == "两次输入的密码不一致，请重新输入。"
    assert fields.again.hasFocus()
    assert not bare_desk.sign_in.has_accounts()
    assert bare_desk.office.office() is None


@pytest.mark.requirement("YC-1a")
def test_the_example_fills_in_a_person_but_never_a_password(qtbot: QtBot, dialog: SetupDialog) -> None:
    qtbot.mouseClick(dialog.example, Qt.MouseButton.LeftButton)

    assert (dialog.administrator.name.value(), dialog.administrator.user_name.value()) == ("高远", "gaoyuan")
    assert dialog.administrator.password.first.value() == ""
    assert dialog.administrator.password.first.hasFocus()


@pytest.mark.requirement("YC-2b")
def test_sample_data_needs_somebody_who_may_register(qtbot: QtBot, dialog: SetupDialog) -> None:
    qtbot.mouseClick(dialog.example, Qt.MouseButton.LeftButton)

    dialog.administrator.is_clerk_too.setChecked(False)

    assert dialog.empty.isChecked()
    assert not dialog.samples.isEnabled()
    assert "我也在窗口受理" in dialog.samples.toolTip()


def test_what_no_encryption_means_is_said_plainly(dialog: SetupDialog) -> None:
    words = "\n".join(label.text() for label in dialog.protection.findChildren(QLabel) if label.isVisible())
    assert "不用登录就能读出" in words

    dialog.protection.protected.setChecked(True)
    QTest.keyClicks(dialog.protection.passphrase.first, "kurz")

    assert dialog.protection.passphrase.strength.text() == "还不行：至少 12 个字符，现在 4 个。"


@pytest.mark.requirement("YC-2d")
def test_a_chosen_passphrase_encrypts_the_ledger_and_the_recovery_code_is_shown_once(
    qtbot: QtBot, dialog: SetupDialog, bare_desk: Desk
) -> None:
    type_on(qtbot, dialog, "坪安街道办事处", "", "", "pa")
    name_the_administrator(dialog)
    dialog.protection.protected.setChecked(True)
    for field in (dialog.protection.passphrase.first, dialog.protection.passphrase.again):
        QTest.keyClicks(field, "wo der Fluss leise geht")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.findChild(SecretDialog) is not None, timeout=PATIENCE_MS)
    sheet = dialog.findChild(SecretDialog)
    assert isinstance(sheet, SecretDialog)
    assert len(sheet.secret.text().split("-")) == 8

    sheet.noted.setChecked(True)
    with qtbot.waitSignal(dialog.ready, timeout=PATIENCE_MS):
        sheet.accept()

    assert bare_desk.protecting.state().is_encrypted
    assert bare_desk.office.office() is not None
