"""The standing ledgers, asked for from the ledger page by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.domain.access import Actor, Grant, Role
from desktop.domain.standing_ledger import STANDING_LEDGERS, SheetFormat, StandingLedger
from desktop.services.desk import Desk
from desktop.views.ledger.export_dialog import ExportDialog
from desktop.views.ledger.ledger_page import LedgerPage
from desktop.views.ledger.standing_ledger_dialog import StandingLedgerDialog
from desktop.views.workbench import Workbench
from tests.factories import PERSON_ID
from tests.gui.filings import registered
from tests.gui.input_method import write
from tests.gui.test_whole_and_export import EXPORT, PATIENCE_MS, ledger_page

STANDING = (Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


def asked(qtbot: QtBot, page: LedgerPage) -> StandingLedgerDialog:
    qtbot.keyClick(page, *STANDING)
    dialog = page.findChild(StandingLedgerDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.ledger.hasFocus, timeout=PATIENCE_MS)
    return dialog


@pytest.mark.requirement("LG-22-2a")
def test_the_registration_ledger_of_this_month_is_written_by_two_keys(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided = registered(desk)
    file = tmp_path / "ledger"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(file), ""))
    dialog = asked(qtbot, ledger_page(qtbot, workbench))
    qtbot.keyClick(dialog, *EXPORT)
    qtbot.waitUntil(lambda: "已导出 1 行" in dialog.banner.text, timeout=PATIENCE_MS)
    sheet = load_workbook(file.with_suffix(".xlsx"))["登记台账"]
    assert sheet["A1"].value == STANDING_LEDGERS[StandingLedger.REGISTRATION].title
    assert sheet["B4"].value == decided.number
    assert PERSON_ID not in repr(list(sheet.iter_rows(values_only=True)))


@pytest.mark.requirement("SJ-5.4a")
def test_the_ledger_of_supervision_is_chosen_and_comes_as_pdf(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(desk)
    file = tmp_path / "five.pdf"
    named: list[str] = []

    def choose(_parent: object, _title: str, wanted: str, _filters: str) -> tuple[str, str]:
        named.append(wanted)
        return str(file), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialog = asked(qtbot, ledger_page(qtbot, workbench))
    dialog.ledger.set_value(StandingLedger.FIVE_PARTS.value)
    dialog.form.set_value(SheetFormat.PDF.value)
    qtbot.keyClick(dialog, *EXPORT)
    qtbot.waitUntil(lambda: "已导出" in dialog.banner.text, timeout=PATIENCE_MS)
    assert named[0].startswith("监管工作台账")
    assert named[0].endswith(".pdf")
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.requirement("LG-P1")
def test_whole_numbers_wait_for_a_purpose_at_its_field(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    dialog = asked(qtbot, ledger_page(qtbot, workbench))
    dialog.whole.setChecked(True)
    write(dialog.purpose, "看看")
    assert dialog.criteria() is None
    assert "至少 4 个字" in dialog.rows["purpose"].fault
    assert dialog.purpose.hasFocus()
    write(dialog.purpose, "报送区住建部门")
    assert dialog.criteria() is not None


def test_days_the_wrong_way_round_are_said_at_the_field(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    dialog = asked(qtbot, ledger_page(qtbot, workbench))
    dialog.last_on.set_day(desk.office.today().replace(year=2025))
    assert dialog.criteria() is None
    assert dialog.rows["last_on"].fault == "截止日期早于起始日期。"
    assert dialog.last_on.hasFocus()


@pytest.mark.requirement("LG-34-0")
def test_who_may_not_export_has_neither_button_nor_dialog(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    grants = (Grant(role=Role.CITY_GOVERNMENT_USER),)
    desk.ledger._station.work_as(Actor(account_id=3, user_name="zhou", name="周", grants=grants))
    page = ledger_page(qtbot, workbench)
    qtbot.keyClick(page, *STANDING)
    assert "台账导出" not in page.more.offered()
    assert page.findChild(StandingLedgerDialog) is None


@pytest.mark.requirement("SJ-5.6b")
@pytest.mark.parametrize(("form", "begins"), [(SheetFormat.CSV, b"\xef\xbb\xbf"), (SheetFormat.PDF, b"%PDF")])
def test_the_list_itself_leaves_as_csv_and_pdf_as_well(
    qtbot: QtBot,
    desk: Desk,
    workbench: Workbench,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: SheetFormat,
    begins: bytes,
) -> None:
    decided = registered(desk)
    file = tmp_path / f"list.{form.value}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(file), ""))
    page = ledger_page(qtbot, workbench)
    qtbot.keyClick(page, *EXPORT)
    dialog = page.findChild(ExportDialog)
    assert dialog is not None
    dialog.form.set_value(form.value)
    with qtbot.waitSignal(workbench.told, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog.covered, Qt.Key.Key_Return)
    assert file.read_bytes().startswith(begins)
    if form is SheetFormat.CSV:
        assert decided.number in file.read_text(encoding="utf-8-sig")
