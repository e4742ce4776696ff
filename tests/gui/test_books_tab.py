"""The registers on their tab by keys: choosing, writing, putting right, withdrawing, taking a sheet in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.book import BookDraft, BookKind
from desktop.domain.books import BOOKS
from desktop.domain.firms import FirmDraft, FirmKind
from desktop.domain.walk_in import IdKind
from desktop.services.desk import Desk
from desktop.views.books.book_dialog import BookDialog
from desktop.views.books.books_tab import BooksTab
from desktop.views.books.field_editor import set_text
from desktop.views.books.insurance_dialog import InsuranceDialog
from desktop.views.books.sheet_dialog import BookSheetDialog
from desktop.views.registers.firms_tab import FirmsTab
from desktop.views.registers.reason_dialog import ReasonDialog
from desktop.views.shared.pick_list import PickList
from desktop.views.workbench import Workbench
from tests.factories import COMPANY_CODE
from tests.gui.filings import registered
from tests.gui.input_method import write
from tests.gui.test_platform_lists import shown, texts
from tests.integration.test_book_sheets import FUNDS, sheet_of
from tests.integration.test_books import ACCIDENT, TRAINING

PATIENCE_MS = 10_000
CONTROL = Qt.KeyboardModifier.ControlModifier


def keep(desk: Desk, book: BookKind, act_id: str, /, **said: str) -> int:
    return desk.books.write(BookDraft(kind=book, texts=said), act_id=act_id).row.id


def opened(qtbot: QtBot, workbench: Workbench, kind: BookKind, rows: int) -> BooksTab:
    tab = BooksTab(workbench)
    shown(qtbot, tab)
    tab.choose_kind(kind)
    heading = BOOKS[kind].spec_of(BOOKS[kind].columns[0]).label

    def is_read() -> bool:
        head = tab.table.horizontalHeaderItem(1)
        return tab.table.rowCount() == rows and head is not None and head.text() == heading

    qtbot.waitUntil(is_read, timeout=PATIENCE_MS)
    return tab


@pytest.mark.requirement("LG-21-7", "JS-2.4a")
def test_an_activity_is_written_by_keys_and_the_years_training_is_told(
    qtbot: QtBot, desk: Desk, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = opened(qtbot, workbench, BookKind.ACTIVITY, 0)
    qtbot.waitUntil(lambda: "尚未组织" in tab.note.text(), timeout=PATIENCE_MS)

    def type_in(dialog: BookDialog) -> int:
        assert dialog.focusWidget() is dialog.rows["kind"].editor
        for key, text in TRAINING.items():
            write(dialog.rows[key].editor, text)
        dialog.save_button.click()
        return dialog.result()

    monkeypatch.setattr(BookDialog, "exec", type_in)
    qtbot.keyClick(tab.kinds, Qt.Key.Key_Insert)
    qtbot.waitUntil(lambda: tab.table.rowCount() == 1, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "已组织 1 次" in tab.note.text(), timeout=PATIENCE_MS)
    assert texts(tab.table, 0) == ["PA-BC-2026-000001"]
    assert "已记入 PA-BC-2026-000001" in tab.banner.text
    assert "发放资料：安全须知" in tab.page.text


@pytest.mark.requirement("LG-21-9")
def test_every_fault_stands_at_its_field_and_the_keyboard_at_the_first(qtbot: QtBot, desk: Desk) -> None:
    dialog = BookDialog(desk, BOOKS[BookKind.ACCIDENT])
    shown(qtbot, dialog)
    for key, text in {**ACCIDENT, "injured": "一个"}.items():
        set_text(dialog.rows[key].editor, text)
    write(dialog.rows["works"].editor, "零星作业")
    write(dialog.rows["type"].editor, "高处坠落")
    write(dialog.rows["is_registered"].editor, "否")
    qtbot.keyClick(dialog.rows["dead"].editor, Qt.Key.Key_S, CONTROL)
    assert "整数" in dialog.rows["injured"].fault
    assert "请选择调查状态" in dialog.rows["state"].fault
    assert dialog.rows["injured"].editor.hasFocus()
    assert dialog.result() == 0
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "one Esc loses nothing"


@pytest.mark.parametrize("kind", list(BookKind))
def test_the_form_of_every_register_shows_an_entry_as_it_can_be_saved_again(
    qtbot: QtBot, desk: Desk, kind: BookKind
) -> None:
    dialog = BookDialog(desk, BOOKS[kind])
    shown(qtbot, dialog)
    assert list(dialog.rows) == [field.key for field in BOOKS[kind].fields]
    assert dialog.height() <= 768
    keys = [row.label.text().partition("&")[2][:1] for row in dialog.rows.values()]
    assert len(set(keys)) == len(keys), "each field has a key of its own"
    assert all(row.editor.accessibleName() for row in dialog.rows.values())


@pytest.mark.requirement("LG-21-9", "LG-41-3")
def test_an_accident_is_put_right_and_withdrawn_by_keys(
    qtbot: QtBot, desk: Desk, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(desk, BookKind.ACCIDENT, "b1", **ACCIDENT)
    tab = opened(qtbot, workbench, BookKind.ACCIDENT, 1)
    assert texts(tab.table, 9) == ["▲ 已上报"]

    def put_right(dialog: BookDialog) -> int:
        kind, state = dialog.rows["type"].editor, dialog.rows["state"].editor
        assert isinstance(kind, PickList)
        assert isinstance(state, PickList)
        assert kind.text() == "高处坠落"
        write(dialog.rows["report_document"].editor, "区应急〔2026〕3号")
        state.clear()
        write(state, "已结案")
        dialog.save_button.click()
        return dialog.result()

    monkeypatch.setattr(BookDialog, "exec", put_right)
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: texts(tab.table, 9) == ["已结案"], timeout=PATIENCE_MS)
    assert "更正过" in tab.page.text

    monkeypatch.setattr(ReasonDialog, "exec", lambda _dialog: 1)
    monkeypatch.setattr(ReasonDialog, "reason", lambda _dialog: "与另一条重复")
    qtbot.keyClick(tab.table, Qt.Key.Key_Delete, CONTROL)
    qtbot.waitUntil(lambda: tab.table.rowCount() == 0, timeout=PATIENCE_MS)
    assert "已撤销" in tab.banner.text
    assert desk.books.all(BookKind.ACCIDENT) == ()


def test_a_sheet_is_looked_at_with_its_faults_and_taken_in_when_it_is_whole(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path
) -> None:
    dialog = BookSheetDialog(workbench, BOOKS[BookKind.FUND])
    shown(qtbot, dialog)
    dialog.read(sheet_of(tmp_path / "经费.xlsx", *FUNDS, (3, 26, "2026-02-30", "七百", "纳管工作", "")))
    qtbot.waitUntil(lambda: dialog.plan is not None and not dialog.is_busy, timeout=PATIENCE_MS)
    assert texts(dialog.table, 0) == ["5", "3", "4"], "what is wrong comes first"
    assert "经费年度" in dialog.fault.text()
    assert not dialog.take.isEnabled()

    dialog.read(sheet_of(tmp_path / "经费.xlsx", *FUNDS))
    qtbot.waitUntil(dialog.take.isEnabled, timeout=PATIENCE_MS)
    with qtbot.waitSignal(dialog.taken, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog.table, Qt.Key.Key_S, CONTROL)
    assert len(desk.books.all(BookKind.FUND)) == 2


@pytest.mark.requirement("LG-13-10a")
def test_works_without_insurance_open_from_the_register_of_policies(
    qtbot: QtBot, desk: Desk, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    filing = registered(desk)
    tab = opened(qtbot, workbench, BookKind.INSURANCE, 0)
    qtbot.waitUntil(lambda: "1 件在建小型工程" in tab.note.text(), timeout=PATIENCE_MS)

    def open_first(dialog: InsuranceDialog) -> int:
        shown(qtbot, dialog)
        assert texts(dialog.table, 4) == ["■ 未投保安责险"]
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
        return dialog.result()

    monkeypatch.setattr(InsuranceDialog, "exec", open_first)
    with qtbot.waitSignal(workbench.filing_asked, timeout=PATIENCE_MS) as asked:
        qtbot.keyClick(tab.kinds, Qt.Key.Key_T, CONTROL)
    assert asked.args == [filing.filing_id]


def test_finding_looks_at_all_an_entry_says_and_a_row_behind_a_figure_is_stood_on(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    keep(desk, BookKind.ACTIVITY, "b1", **TRAINING)
    other = keep(desk, BookKind.ACTIVITY, "b2", **{**TRAINING, "note": "播放警示片"})
    tab = opened(qtbot, workbench, BookKind.ACTIVITY, 2)
    write(tab.find_line, "警示片")
    assert tab.count.text() == "1 / 2 条"
    chosen = tab.chosen()
    assert chosen is not None
    assert chosen.id == other
    first = keep(desk, BookKind.ACCIDENT, "b3", **ACCIDENT)
    keep(desk, BookKind.ACCIDENT, "b4", **{**ACCIDENT, "happened_on": "2026-02-20"})
    assert tab.show_row(first)
    qtbot.waitUntil(lambda: (row := tab.chosen()) is not None and row.id == first, timeout=PATIENCE_MS)
    assert tab.spec.kind is BookKind.ACCIDENT
    assert not tab.show_row(999)


@pytest.mark.requirement("YC-4a")
def test_the_page_of_a_firm_tells_the_trainings_it_attended(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    draft = FirmDraft(
        kind=FirmKind.ENTERPRISE,
        name="鹏程装饰工程",
        id_kind=IdKind.CREDIT_CODE,
        id_number=COMPANY_CODE,
        trade="装修",
        contact_name="陈小满",
        phone="13800002719",
    )
    desk.firms.add(draft, act_id="f1")
    tab = FirmsTab(workbench)
    shown(qtbot, tab)
    assert "参训：没有记录" in tab.page.text
    said = {"held_on": "2026-02-01", "topic": "高处作业安全", "organisation": "街道应急办", "persons": "12"}
    keep(desk, BookKind.ATTENDANCE, "t1", **said, firm="鹏程装饰工程", result="合格")
    tab.show_rows()
    assert "参训 1 次：2026-02-01 高处作业安全 12 人 合格" in tab.page.text
