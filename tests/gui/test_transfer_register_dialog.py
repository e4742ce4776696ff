"""The register of matters handed on, asked for by keys and given out as Excel or paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.domain.access import Role
from desktop.services.desk import Desk
from desktop.views.patrol.transfer_register_dialog import TransferRegisterDialog
from desktop.views.registers.list_dialog import ListDialog
from desktop.views.workbench import Workbench
from tests.gui.at_the_patrol import CTRL, PATIENCE_MS, in_dialog, press, shown
from tests.integration.at_work import person, work_as
from tests.integration.test_transfer_register import sent_about_a_refusal


@pytest.mark.requirement("LG-21-6")
def test_the_register_of_this_month_is_one_key_and_its_file_another(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = sent_about_a_refusal(desk, "t-1")
    file = tmp_path / "register.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(file), ""))
    shown(qtbot, workbench, tab="transfers")

    def give_out(dialog: TransferRegisterDialog) -> None:
        press(Qt.Key.Key_E, CTRL)
        qtbot.waitUntil(lambda: "已存 1 件" in dialog.banner.text, timeout=PATIENCE_MS)
        press(Qt.Key.Key_P, CTRL)
        paper = dialog.findChild(ListDialog)
        assert paper is not None
        qtbot.waitUntil(lambda: paper.print_button.isEnabled(), timeout=PATIENCE_MS)
        paper.close()
        dialog.reject()

    in_dialog(TransferRegisterDialog, give_out)
    press(Qt.Key.Key_R, CTRL)
    assert load_workbook(file).worksheets[0]["B2"].value == number


@pytest.mark.requirement("LG-21-6")
def test_days_the_wrong_way_round_are_said_at_the_field(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    dialog = TransferRegisterDialog(workbench)
    qtbot.addWidget(dialog)
    dialog.last_on.set_day(desk.office.today().replace(year=2025))
    assert dialog.period() is None
    assert dialog.rows["last_on"].fault == "截止日期早于起始日期。"


@pytest.mark.requirement("LG-34-0")
def test_who_may_not_export_is_not_offered_the_register(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    work_as(desk, person(9, "区里", Role.CITY_GOVERNMENT_USER))
    page = shown(qtbot, workbench, tab="transfers")
    assert page.transfers.button("patrol.transfer_register") is None
