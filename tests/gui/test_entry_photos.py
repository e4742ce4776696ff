"""Photos and documents of an entry of a register by keys: opened from the list, added, looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.attachments import AttachedTo
from desktop.domain.book import BookDraft, BookKind
from desktop.services.desk import Desk
from desktop.views.books import photos_dialog
from desktop.views.books.photos_dialog import EntryPhotosDialog
from desktop.views.workbench import Workbench
from tests.gui.test_books_tab import CONTROL, PATIENCE_MS, opened
from tests.gui.test_platform_lists import shown
from tests.integration.test_books import ACCIDENT
from tests.scans import scan


@pytest.mark.requirement("LG-21-7", "LG-18-6")
def test_the_report_on_an_accident_is_added_and_read_by_keys(
    qtbot: QtBot, desk: Desk, workbench: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk.books.write(BookDraft(kind=BookKind.ACCIDENT, texts=ACCIDENT), act_id="b1")
    file = tmp_path / "调查报告.pdf"
    file.write_bytes(scan())
    monkeypatch.setattr(photos_dialog, "ask_files", lambda _parent, _title: (file,))
    tab = opened(qtbot, workbench, BookKind.ACCIDENT, 1)
    seen: list[str] = []

    def look(dialog: EntryPhotosDialog) -> int:
        dialog.setModal(True)
        shown(qtbot, dialog)
        dialog.activateWindow()
        qtbot.waitUntil(dialog.list.hasFocus, timeout=PATIENCE_MS)
        qtbot.keyClick(dialog.list, Qt.Key.Key_Insert)
        qtbot.waitUntil(lambda: dialog.view.is_showing, timeout=PATIENCE_MS)
        seen.append(dialog.list.item(0).text())
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
        assert dialog.view.hasFocus()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        return dialog.result()

    monkeypatch.setattr(EntryPhotosDialog, "exec", look)
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_J, CONTROL)

    assert len(seen) == 1
    assert seen[0].startswith("调查报告　1 页")


def test_a_file_that_cannot_be_taken_says_why_and_the_dialog_stays(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path
) -> None:
    row = desk.books.write(BookDraft(kind=BookKind.ACCIDENT, texts=ACCIDENT), act_id="b1").row
    file = tmp_path / "表格.xlsx"
    file.write_bytes(b"PK")
    dialog = EntryPhotosDialog(workbench, row, may_add=True)
    shown(qtbot, dialog)

    dialog.add((file,))

    qtbot.waitUntil(lambda: dialog.fault.isVisible(), timeout=PATIENCE_MS)
    assert dialog.fault.text()
    assert dialog.list.count() == 0


def test_who_only_reads_is_not_offered_to_add(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    row = desk.books.write(BookDraft(kind=BookKind.ACCIDENT, texts=ACCIDENT), act_id="b1").row
    desk.attachments.add_to(AttachedTo.BOOK_ENTRY, row.id, scan(), act_id="p1", title="调查报告")
    dialog = EntryPhotosDialog(workbench, row, may_add=False)
    shown(qtbot, dialog)

    assert dialog.add_button.isHidden()
    qtbot.waitUntil(lambda: dialog.view.is_showing, timeout=PATIENCE_MS)
