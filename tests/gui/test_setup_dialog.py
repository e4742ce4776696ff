"""The first start: the office is named by keyboard, faults stand in words, samples are a choice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.acts import StationKind
from desktop.domain.ledger import LedgerCriteria
from desktop.services.desk import Desk
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


@pytest.mark.requirement("LG-22-1")
def test_an_office_is_set_up_by_keyboard_alone(qtbot: QtBot, dialog: SetupDialog, bare_desk: Desk) -> None:
    type_on(qtbot, dialog, "坪安街道办事处", "", "", "pa", "受理窗口2", "林晓")

    with qtbot.waitSignal(dialog.ready, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    office = bare_desk.office.office()
    assert office is not None
    assert (office.street_name, office.station_name) == ("坪安街道办事处", "坪安街道办事处")
    assert (office.code, office.window, office.clerk_name) == ("PA", "受理窗口2", "林晓")
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

    with qtbot.waitSignal(dialog.ready, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog.start, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert len(bare_desk.ledger.ids(LedgerCriteria())) > 5


def test_esc_leaves_and_sets_nothing(qtbot: QtBot, dialog: SetupDialog, bare_desk: Desk) -> None:
    type_on(qtbot, dialog, "坪安街道办事处")

    with qtbot.waitSignal(dialog.rejected, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert bare_desk.office.office() is None
