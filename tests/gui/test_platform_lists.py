"""The platform's dialogs by keys: the sheet filled, numbers scanned back, its list compared and written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.ledger import LedgerCriteria
from desktop.domain.platform_comparison import Decision
from desktop.services.desk import Desk
from desktop.views.exchange.platform_columns_dialog import PlatformColumnsDialog
from desktop.views.exchange.platform_compare_dialog import PlatformCompareDialog
from desktop.views.exchange.platform_list_dialog import PlatformListDialog
from desktop.views.registers.register_table import RegisterTable
from desktop.views.workbench import Workbench
from tests.gui.filings import registered
from tests.gui.input_method import write
from tests.integration.test_platform_lists import ONLINE_ROW, row_of, sheet_of

PATIENCE_MS = 10_000
CONTROL = Qt.KeyboardModifier.ControlModifier


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def opened(qtbot: QtBot, workbench: Workbench) -> PlatformListDialog:
    dialog = PlatformListDialog(workbench)
    shown(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog.table.rowCount() > 0, timeout=PATIENCE_MS)
    return dialog


def texts(table: RegisterTable, column: int) -> list[str]:
    items = [table.item(row, column) for row in range(table.rowCount())]
    return [item.text() for item in items if item is not None]


@pytest.mark.requirement("LG-27-1")
def test_what_the_platform_takes_is_ticked_and_filled_for_a_purpose(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path
) -> None:
    filing = registered(desk)
    dialog = opened(qtbot, workbench)
    assert dialog.table.hasFocus()
    assert texts(dialog.table, 0) == ["✓"]
    assert texts(dialog.table, 7) == ["● 齐全"]

    qtbot.keyClick(dialog.table, Qt.Key.Key_E, CONTROL)
    assert "用途" in dialog.purpose_row.fault
    assert dialog.purpose.hasFocus()
    write(dialog.purpose, "平台批量录入")
    dialog.fill_to(tmp_path / "导入.xlsx")
    qtbot.waitUntil((tmp_path / "导入.xlsx").exists, timeout=PATIENCE_MS)

    sheet = load_workbook(tmp_path / "导入.xlsx").worksheets[0]
    assert sheet["A2"].value == filing.number


def test_space_takes_a_filing_off_the_sheet(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    registered(desk)
    dialog = opened(qtbot, workbench)

    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.table, Qt.Key.Key_E, CONTROL)

    assert texts(dialog.table, 0) == [""]
    assert "没有勾选" in dialog.banner.text


@pytest.mark.requirement("LG-27-1")
def test_our_number_and_then_the_platforms_are_scanned(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    filing = registered(desk)
    dialog = opened(qtbot, workbench)

    qtbot.keyClick(dialog.table, Qt.Key.Key_G, CONTROL)
    assert dialog.line.scan.hasFocus()
    write(dialog.line.scan, filing.number)
    qtbot.keyClick(dialog.line.scan, Qt.Key.Key_Return)
    assert filing.number in dialog.banner.text
    write(dialog.line.scan, "NG-2026-0007")
    with qtbot.waitSignal(workbench.changed, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog.line.scan, Qt.Key.Key_Return)

    entry = desk.ledger.file(filing.filing_id).platform
    assert entry is not None
    assert (entry.number, entry.entered_on) == ("NG-2026-0007", desk.office.today())
    assert dialog.table.rowCount() == 0
    assert dialog.line.scan.hasFocus()


@pytest.mark.requirement("LG-27-1", "LG-26-3")
def test_a_list_is_compared_and_written_by_keys(qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path) -> None:
    filing = registered(desk)
    file = sheet_of(tmp_path / "清单.xlsx", row_of(desk, filing.filing_id), ONLINE_ROW)
    dialog = PlatformCompareDialog(workbench, file, desk.platform_returns.plan(file))
    shown(qtbot, dialog)
    assert texts(dialog.table, 1) == ["▲ 平台较新", "▲ 台账没有"]

    dialog.table.setCurrentCell(1, 0)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert texts(dialog.table, 0) == ["回录编号、日期", "不处理"]
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.taken, timeout=PATIENCE_MS) as taken:
        qtbot.keyClick(dialog.table, Qt.Key.Key_S, CONTROL)

    assert (taken.args[0].numbers, taken.args[0].registered) == (1, 1)
    assert len(desk.ledger.ids(LedgerCriteria())) == 2


def test_a_kind_that_is_unsaid_is_asked_at_its_field(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path
) -> None:
    file = sheet_of(tmp_path / "清单.xlsx", (*ONLINE_ROW[:4], "", *ONLINE_ROW[5:]))
    plan = desk.platform_returns.plan(file)
    dialog = PlatformCompareDialog(workbench, file, plan)
    shown(qtbot, dialog)
    assert dialog.decision_of(plan.lines[0]) is Decision.REGISTER

    qtbot.keyClick(dialog.table, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: bool(dialog.rows["kind"].fault), timeout=PATIENCE_MS)
    assert dialog.kind.hasFocus()
    dialog.kind.set_value("minor_operation")
    with qtbot.waitSignal(dialog.taken, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog.kind, Qt.Key.Key_S, CONTROL)


@pytest.mark.requirement("LG-26-3")
def test_headings_that_say_nothing_are_asked_for(qtbot: QtBot, themed: None) -> None:
    dialog = PlatformColumnsDialog(("编号", "名目", "类别"))
    shown(qtbot, dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_S, CONTROL)
    assert dialog.rows["name"].fault
    dialog.rows["name"].editor.set_value("名目")  # type: ignore[attr-defined]
    with qtbot.waitSignal(dialog.mapped) as mapped:
        qtbot.keyClick(dialog, Qt.Key.Key_S, CONTROL)
    assert {field.value: heading for field, heading in mapped.args[0].items()} == {
        "number": "编号",
        "name": "名目",
        "kind": "类别",
    }


@pytest.mark.requirement("LG-27-1")
def test_the_day_of_entry_is_typed_beside_the_number(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    from tests.gui.filings import shown as page_of

    filing_id = registered(desk).filing_id
    page = page_of(qtbot, workbench, filing_id)
    qtbot.keyClick(page, Qt.Key.Key_E, CONTROL)
    write(page.platform.field, "NG-9")
    page.platform.day.clear()
    write(page.platform.day, "2026-03-09")
    qtbot.keyClick(page.platform.day, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "晚于今天" in page.platform.fault.text(), timeout=PATIENCE_MS)
    assert page.platform.day.hasFocus()

    page.platform.day.clear()
    write(page.platform.day, "2026-03-01")
    with qtbot.waitSignal(workbench.changed, timeout=PATIENCE_MS):
        qtbot.keyClick(page.platform.day, Qt.Key.Key_Return)
    entry = desk.ledger.file(filing_id).platform
    assert entry is not None
    assert entry.entered_on == date(2026, 3, 1)
