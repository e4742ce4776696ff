"""The papers on the intake page by keys: verdicts, papers to come, blank forms, information to correct."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.ledger import LedgerCriteria
from desktop.domain.pack import PolicyPack
from desktop.domain.walk_in import Correction, MaterialCheck, PaperForm, Verdict
from desktop.services.desk import Desk
from desktop.views.intake.intake_page import IntakePage
from desktop.views.papers.sheets_dialog import SheetsDialog
from desktop.views.workbench import Workbench
from tests import factories
from tests.gui.at_the_intake import (
    ALT,
    CTRL,
    PATIENCE_MS,
    field_with_focus,
    fill,
    focus,
    judge_all,
    press,
    ready,
    shown,
)


@pytest.fixture
def page(qtbot: QtBot, workbench: Workbench) -> IntakePage:
    return shown(qtbot, workbench)


# --- papers ---


@pytest.mark.requirement("LG-27-3b1")
def test_a_verdict_is_one_key_and_goes_on_to_the_next_paper(page: IntakePage, pack: PolicyPack) -> None:
    fill(page, ready(pack))
    press(focus(), Qt.Key.Key_M, ALT)
    papers = page.materials.list
    codes = page.refresh().unjudged
    for key in (Qt.Key.Key_Space, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5):
        press(papers, key)
    verdicts = [page.walk_in().check_of(code).verdict for code in codes[:6]]
    assert verdicts == [
        Verdict.IN_ORDER,
        Verdict.MISSING,
        Verdict.UNREADABLE,
        Verdict.UNSIGNED,
        Verdict.EXPIRED,
        Verdict.INCONSISTENT,
    ]
    assert page.materials.count.text() == f"已核对 6/{len(codes)}"


@pytest.mark.requirement("LG-27-3b1")
def test_other_asks_for_its_words_and_zero_takes_a_verdict_back(page: IntakePage, pack: PolicyPack) -> None:
    fill(page, ready(pack))
    press(focus(), Qt.Key.Key_M, ALT)
    code = page.refresh().unjudged[0]
    press(page.materials.list, Qt.Key.Key_6)
    assert field_with_focus() == "material.remark"
    QTest.keyClicks(focus(), "page 2")
    check = page.walk_in().check_of(code)
    assert (check.verdict, check.remark) == (Verdict.OTHER, "page 2")
    press(focus(), Qt.Key.Key_Escape)
    assert field_with_focus() == "materials"
    press(page.materials.list, Qt.Key.Key_0)
    assert page.walk_in().check_of(code).verdict is Verdict.UNJUDGED


@pytest.mark.requirement("LG-28-T")
def test_form_copies_and_pages_belong_to_the_current_paper(page: IntakePage, pack: PolicyPack) -> None:
    fill(page, ready(pack))
    press(focus(), Qt.Key.Key_M, ALT)
    code = page.refresh().unjudged[0]
    press(page.materials.list, Qt.Key.Key_V)
    press(page.materials.list, Qt.Key.Key_Return)
    press(focus(), Qt.Key.Key_Tab)
    QTest.keyClicks(focus(), "2")
    press(focus(), Qt.Key.Key_Tab)
    QTest.keyClicks(focus(), "5")
    assert page.walk_in().check_of(code) == MaterialCheck(code=code, form=PaperForm.ORIGINAL_SEEN, copies=2, pages=5)


@pytest.mark.requirement("LG-27-3b1")
def test_the_notice_waits_for_every_paper_and_says_how_many(page: IntakePage, pack: PolicyPack) -> None:
    fill(page, ready(pack))
    left = len(page.refresh().unjudged)
    button = page.findChild(QPushButton, "act.one_time_notice")
    assert isinstance(button, QPushButton)
    assert button.isEnabled()
    assert f"还有 {left} 项未核对" in button.text()
    press(focus(), Qt.Key.Key_F8)
    assert f"还有 {left} 项未核对" in page.actions_bar.why.text()
    assert field_with_focus() == "materials"
    assert not page.done.isVisible()


# --- papers before any decision ---


def dialog_of(page: IntakePage, qtbot: QtBot, key: Qt.Key) -> SheetsDialog:
    """The dialog a key opens, with its sheets loaded."""
    opened: list[SheetsDialog] = []
    page.paper_asks.shown.connect(opened.append)
    press(focus(), key, CTRL)
    qtbot.waitUntil(lambda: bool(opened), timeout=PATIENCE_MS)
    dialog = opened[0]
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.waitUntil(lambda: dialog.view.is_showing, timeout=PATIENCE_MS)
    return dialog


def test_ctrl_p_shows_the_papers_to_come_marked_as_drafts_and_saves_them(
    page: IntakePage, pack: PolicyPack, qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    fill(page, factories.all_in_order(ready(pack), pack))
    dialog = dialog_of(page, qtbot, Qt.Key.Key_P)
    titles = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert "安全生产信息登记回执" in titles
    assert "草稿" in dialog.banner.text
    with qtbot.waitSignal(dialog.saved, timeout=PATIENCE_MS):
        dialog.save_to(tmp_path)
    receipt = pypdf.PdfReader(tmp_path / "草稿 安全生产信息登记回执.pdf")
    assert "草稿" in receipt.pages[0].extract_text()
    press(dialog.list, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not desk.ledger.ids(LedgerCriteria())
    dialog.deleteLater()


def test_ctrl_b_lists_the_blank_forms_and_a_digit_goes_to_one(
    page: IntakePage, qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    dialog = dialog_of(page, qtbot, Qt.Key.Key_B)
    blanks = desk.issuing.blanks()
    assert dialog.list.count() == len(blanks)
    press(dialog.list, Qt.Key.Key_3)
    assert dialog.list.currentRow() == 2
    assert "打印当前这份" in dialog.print_button.text()
    with qtbot.waitSignal(dialog.saved, timeout=PATIENCE_MS):
        dialog.save_to(tmp_path)
    code, title = blanks[2]
    assert [file.name for file in tmp_path.glob("*.pdf")] == [f"空白 {title}.pdf"]
    assert (tmp_path / f"空白 {title}.pdf").read_bytes() == desk.issuing.blank(code)
    dialog.reject()
    dialog.deleteLater()


def test_ticked_blank_forms_are_printed_instead_of_the_one_looked_at(page: IntakePage, qtbot: QtBot) -> None:
    dialog = dialog_of(page, qtbot, Qt.Key.Key_B)
    press(dialog.list, Qt.Key.Key_Space)
    press(dialog.list, Qt.Key.Key_Down)
    press(dialog.list, Qt.Key.Key_Space)
    press(dialog.list, Qt.Key.Key_Down)
    assert dialog.chosen() == (0, 1)
    assert "打印 2 份" in dialog.print_button.text()
    dialog.reject()
    dialog.deleteLater()


@pytest.mark.requirement("LG-27-3b1")
def test_information_to_correct_is_told_beside_the_papers(page: IntakePage, pack: PolicyPack) -> None:
    fill(page, ready(pack))
    judge_all(page)
    add = page.findChild(QPushButton, "corrections.add")
    assert isinstance(add, QPushButton)
    QTest.mouseClick(add, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QTest.keyClicks(focus(), "area")
    press(focus(), Qt.Key.Key_Tab)
    QTest.keyClicks(focus(), "measure")
    assert page.walk_in().corrections == (Correction(item="area", asked="measure"),)
    found = page.refresh().deficiencies
    assert [item.code for item in found] == ["info-area"]
