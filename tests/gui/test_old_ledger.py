"""An office's old Excel ledger taken in by keys: columns, dry run, faults, import; nothing before the last key."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.domain.access import Role
from desktop.domain.ledger import LedgerCriteria
from desktop.domain.old_ledger_fields import OldField
from desktop.services.desk import Desk
from desktop.views.exchange.old_ledger_dialog import OldLedgerDialog, heading_lines
from desktop.views.ledger.ledger_page import LedgerPage
from desktop.views.workbench import Workbench
from tests.gui.input_method import write
from tests.gui.test_whole_and_export import ledger_page, work_as
from tests.old_ledgers import HEADINGS, lines, messy_sheet, old_line, plain_sheet

PATIENCE_MS = 20_000
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def settled(qtbot: QtBot, dialog: OldLedgerDialog) -> OldLedgerDialog:
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=PATIENCE_MS)
    return dialog


def opened(qtbot: QtBot, workbench: Workbench, file: Path) -> OldLedgerDialog:
    dialog = OldLedgerDialog(workbench, file)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=PATIENCE_MS)
    return settled(qtbot, dialog)


def key(qtbot: QtBot, of: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    qtbot.keyClick(target, of, held)


def texts(dialog: OldLedgerDialog) -> list[str]:
    table = dialog.found.table
    items = [table.item(row, 0) for row in range(table.rowCount())]
    return [item.text() for item in items if item is not None]


def count(desk: Desk) -> int:
    return len(desk.ledger.ids(LedgerCriteria()))


def test_a_sheet_without_faults_is_examined_and_taken_in_by_two_keys(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path
) -> None:
    dialog = opened(qtbot, workbench, plain_sheet(tmp_path / "台账.xlsx", lines(3)))

    key(qtbot, Qt.Key.Key_F5)
    settled(qtbot, dialog)
    assert dialog.found.summary.text() == "共 3 行：可以导入 3 件。现在还没有写入台账。"
    assert count(workbench.desk) == 0
    with qtbot.waitSignal(workbench.changed, timeout=PATIENCE_MS):
        key(qtbot, Qt.Key.Key_S, CTRL)

    assert count(workbench.desk) == 3
    assert not dialog.isVisible()


def test_the_columns_are_shown_with_what_they_are_taken_for(qtbot: QtBot, workbench: Workbench, tmp_path: Path) -> None:
    dialog = opened(qtbot, workbench, messy_sheet(tmp_path / "旧台账.xlsx"))

    assert dialog.headings.value() == "3-4"
    assert [pick.value() for pick in dialog.columns.picks][5:9] == [
        OldField.OWNER.value,
        OldField.OWNER_PHONE.value,
        OldField.CONTRACTOR.value,
        OldField.CONTRACTOR_PHONE.value,
    ]
    assert dialog.examine_button.isEnabled()


def test_a_column_is_given_another_field_by_typing_and_the_other_column_loses_it(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path
) -> None:
    dialog = opened(qtbot, workbench, plain_sheet(tmp_path / "台账.xlsx", lines(1)))
    pick, other = dialog.columns.picks[HEADINGS.index("旧系统批次")], dialog.columns.picks[HEADINGS.index("类别")]

    pick.setFocus(Qt.FocusReason.TabFocusReason)
    write(pick, "类别")
    key(qtbot, Qt.Key.Key_Return)

    assert (pick.value(), other.value()) == (OldField.CATEGORY.value, "")
    assert count(workbench.desk) == 0


def test_faults_keep_everything_out_until_the_good_lines_alone_are_asked_for(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path
) -> None:
    dialog = opened(qtbot, workbench, plain_sheet(tmp_path / "台账.xlsx", [*lines(2), old_line(备案日期="3月5日")]))
    key(qtbot, Qt.Key.Key_F5)
    settled(qtbot, dialog)

    key(qtbot, Qt.Key.Key_S, CTRL)
    assert texts(dialog) == ["■ 第 4 行 P 列（备案日期）"]
    assert "只导入没有错误的行" in dialog.banner.text
    assert count(workbench.desk) == 0
    key(qtbot, Qt.Key.Key_G, ALT)
    qtbot.waitUntil(dialog.found.only_good.isChecked, timeout=PATIENCE_MS)
    with qtbot.waitSignal(workbench.changed, timeout=PATIENCE_MS):
        key(qtbot, Qt.Key.Key_S, CTRL)

    assert count(workbench.desk) == 2


def test_the_sheet_with_the_marked_cells_is_saved_by_a_key(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(qtbot, workbench, plain_sheet(tmp_path / "台账.xlsx", [old_line(备案日期="3月5日")]))
    key(qtbot, Qt.Key.Key_F5)
    settled(qtbot, dialog)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(tmp_path / "错误"), ""))

    key(qtbot, Qt.Key.Key_E, CTRL)
    settled(qtbot, dialog)

    comment = load_workbook(tmp_path / "错误.xlsx").worksheets[0].cell(2, HEADINGS.index("备案日期") + 1).comment
    assert comment is not None
    assert "标明 1 格" in dialog.banner.text


def test_esc_goes_back_to_the_columns_and_then_closes_without_writing(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path
) -> None:
    dialog = opened(qtbot, workbench, plain_sheet(tmp_path / "台账.xlsx", lines(2)))
    key(qtbot, Qt.Key.Key_F5)
    settled(qtbot, dialog)

    key(qtbot, Qt.Key.Key_Escape)
    assert dialog.columns.isVisible()
    key(qtbot, Qt.Key.Key_Escape)

    assert not dialog.isVisible()
    assert count(workbench.desk) == 0


def test_a_mapping_that_will_not_do_says_what_it_wants(qtbot: QtBot, workbench: Workbench, tmp_path: Path) -> None:
    dialog = opened(qtbot, workbench, plain_sheet(tmp_path / "台账.xlsx", lines(1)))
    dialog.columns.picks[HEADINGS.index("工程名称")].set_value("")

    key(qtbot, Qt.Key.Key_F5)
    settled(qtbot, dialog)

    assert "请指明哪一列是“工程名称”" in dialog.banner.text


def test_where_no_headings_are_seen_the_lines_are_shown_and_one_says_where_they_stand(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path
) -> None:
    workbook = Workbook()
    for row in (["甲", "乙"], ["某工程", "2024-3-1"]):
        workbook.worksheets[0].append(row)
    workbook.save(tmp_path / "怪表.xlsx")
    dialog = opened(qtbot, workbench, tmp_path / "怪表.xlsx")
    assert dialog.columns.table.rowCount() == 2
    assert "没有认出表头" in dialog.banner.text

    qtbot.keyClicks(dialog.headings, "1")
    qtbot.keyClick(dialog.headings, Qt.Key.Key_Return)
    settled(qtbot, dialog)

    assert len(dialog.columns.picks) == 2


def test_a_file_that_is_no_table_is_told_in_a_sentence(qtbot: QtBot, workbench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").write_bytes(b"<html><table><tr><td>1</td></tr></table></html>")

    dialog = opened(qtbot, workbench, tmp_path / "台账.xlsx")

    assert "其实是网页" in dialog.banner.text
    assert not dialog.examine_button.isEnabled()


def test_the_ledger_page_opens_the_import_by_a_key(
    qtbot: QtBot, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = plain_sheet(tmp_path / "台账.xlsx", lines(1))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(file), ""))
    page = ledger_page(qtbot, workbench)

    qtbot.keyClick(page.text, Qt.Key.Key_I, CTRL)

    dialog = page.findChild(OldLedgerDialog)
    assert dialog is not None
    settled(qtbot, dialog).close()


def test_who_may_not_register_is_not_offered_the_import(qtbot: QtBot, workbench: Workbench) -> None:
    work_as(workbench.desk, Role.AUDITOR)
    page = LedgerPage(workbench)
    qtbot.addWidget(page)

    assert "导入旧台账" not in page.more.offered()


@pytest.mark.parametrize(("typed", "first", "last"), [("3", 3, 3), (" 3-4 ", 3, 4), ("2至3", 2, 3), ("1－2", 1, 2)])
def test_the_lines_of_the_headings_are_read_as_they_are_typed(typed: str, first: int, last: int) -> None:
    found = heading_lines(typed)
    assert found is not None
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("typed", ["", "三", "0", "4-3", "1-9", "-2", "1-x"])
def test_other_words_are_no_lines(typed: str) -> None:
    assert heading_lines(typed) is None
