"""Personal data whole on the filing page, and the list as a file, both by key."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.domain.access import Actor, Grant, Role
from desktop.services.desk import Desk
from desktop.views.admin.masking_settings import MaskingSettings
from desktop.views.ledger.export_dialog import ExportDialog
from desktop.views.ledger.ledger_page import LedgerPage
from desktop.views.shared.purpose_dialog import PurposeDialog
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON, PERSON_ID
from tests.gui.filings import registered, shown
from tests.gui.input_method import write

PATIENCE_MS = 10_000
WHOLE = (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
EXPORT = (Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)


def work_as(desk: Desk, role: Role) -> None:
    desk.ledger._station.work_as(Actor(account_id=3, user_name="zhou", name="周", grants=(Grant(role=role),)))


def ledger_page(qtbot: QtBot, workbench: Workbench) -> LedgerPage:
    page = LedgerPage(workbench, today=lambda: FILED_ON)
    qtbot.addWidget(page)
    page.resize(1282, 640)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: not workbench.runner.is_busy, timeout=PATIENCE_MS)
    return page


@pytest.mark.requirement("LG-P1")
def test_whole_is_shown_for_a_purpose_and_covered_again_when_the_page_is_left(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    decided = registered(desk)
    page = shown(qtbot, workbench, decided.filing_id)
    qtbot.keyClick(page, *WHOLE)
    dialog = page.findChild(PurposeDialog)
    assert dialog is not None
    write(dialog.field, "看看")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "至少 4 个字" in dialog.row.fault
    write(dialog.field, "电话通知业主")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: PERSON_ID in page.overview.words(), timeout=PATIENCE_MS)
    assert "13800003344" in page.overview.words()
    assert "查看完整个人信息" in page.timeline.words()
    page.hide()
    page.show()
    assert PERSON_ID not in page.overview.words()
    assert page.whole.walk_in is None


@pytest.mark.requirement("LG-P1")
def test_the_same_key_covers_again_and_esc_shows_nothing(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    page = shown(qtbot, workbench, registered(desk).filing_id)
    qtbot.keyClick(page, *WHOLE)
    dialog = page.findChild(PurposeDialog)
    assert dialog is not None
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert PERSON_ID not in page.overview.words()
    page.whole._reveal("电话通知业主")
    qtbot.waitUntil(lambda: PERSON_ID in page.overview.words(), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not workbench.runner.is_busy, timeout=PATIENCE_MS)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=PATIENCE_MS)
    qtbot.keyClick(page, *WHOLE)
    assert PERSON_ID not in page.overview.words()


@pytest.mark.requirement("LG-34-0", "LG-P1")
def test_a_patroller_is_not_offered_to_see_whole(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    decided = registered(desk)
    work_as(desk, Role.PATROLLER)
    page = shown(qtbot, workbench, decided.filing_id)
    assert page.whole.isHidden()
    qtbot.keyClick(page, *WHOLE)
    assert page.findChild(PurposeDialog) is None


@pytest.mark.requirement("LG-P1")
def test_the_list_is_exported_by_key_and_covered_by_default(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(desk)
    page, file = ledger_page(qtbot, workbench), tmp_path / "ledger.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(file), ""))
    qtbot.keyClick(page, *EXPORT)
    dialog = page.findChild(ExportDialog)
    assert dialog is not None
    with qtbot.waitSignal(workbench.told, timeout=PATIENCE_MS) as told:
        qtbot.keyClick(dialog.covered, Qt.Key.Key_Return)
    assert told.args == [f"已导出 1 件到 {file}"]
    words = repr(list(load_workbook(file)["台账"].iter_rows(values_only=True)))
    assert "138****3344" in words
    assert "13800003344" not in words
    assert page.export.text() == "导出（Ctrl+E）"


@pytest.mark.requirement("LG-P1")
def test_a_whole_export_waits_for_its_purpose(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(desk)
    page, file = ledger_page(qtbot, workbench), tmp_path / "ledger.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(file), ""))
    qtbot.keyClick(page, *EXPORT)
    dialog = page.findChild(ExportDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow, timeout=PATIENCE_MS)
    qtbot.keyClick(dialog.covered, Qt.Key.Key_Down)
    assert dialog.whole.isChecked()
    qtbot.keyClick(dialog.whole, Qt.Key.Key_Return)
    assert "用途" in dialog.row.fault
    write(dialog.purpose, "报送区住建部门")
    with qtbot.waitSignal(workbench.told, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog.purpose, Qt.Key.Key_Return)
    assert "13800003344" in repr(list(load_workbook(file)["台账"].iter_rows(values_only=True)))


@pytest.mark.requirement("LG-34-0")
def test_a_patroller_exports_covered_only_and_who_may_not_export_has_no_button(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    registered(desk)
    work_as(desk, Role.PATROLLER)
    page = ledger_page(qtbot, workbench)
    qtbot.keyClick(page, *EXPORT)
    dialog = page.findChild(ExportDialog)
    assert dialog is not None
    assert dialog.whole.isHidden()
    work_as(desk, Role.CITY_GOVERNMENT_USER)
    assert ledger_page(qtbot, workbench).export.isHidden()


@pytest.mark.requirement("LG-P1")
def test_the_street_chooses_by_key_how_much_of_a_number_stays(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    page = shown(qtbot, workbench, registered(desk).filing_id)
    assert "110***********002X" in page.overview.words()
    settings = MaskingSettings(workbench)
    qtbot.addWidget(settings)
    with qtbot.waitExposed(settings):
        settings.show()
    assert settings.usual.isChecked()
    settings.with_area.setFocus()
    qtbot.keyClick(settings.with_area, Qt.Key.Key_Space)
    assert "110105********002X" in page.overview.words()
    assert MaskingSettings(workbench).with_area.isChecked()


def test_an_empty_list_is_not_exported(qtbot: QtBot, workbench: Workbench) -> None:
    page = ledger_page(qtbot, workbench)
    with qtbot.waitSignal(workbench.told, timeout=PATIENCE_MS) as told:
        qtbot.keyClick(page, *EXPORT)
    assert "没有可以导出" in told.args[0]
    assert page.findChild(ExportDialog) is None
