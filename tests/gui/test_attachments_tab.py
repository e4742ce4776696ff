"""The attachments of a filing, by keys: looking, adding, seeing an identity document whole, copies with a watermark."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.domain.attachments import AttachedKind
from desktop.services.desk import Desk
from desktop.views.filing.filing_page import FilingPage
from desktop.views.shared.purpose_dialog import PurposeDialog
from desktop.views.workbench import Workbench
from tests.gui.filings import registered, shown
from tests.gui.input_method import write
from tests.scans import photo, scan

PATIENCE_MS = 20_000
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
IDENTITY = "28-2.1-id"


@pytest.fixture
def filing_id(desk: Desk) -> int:
    filing_id = registered(desk).filing_id
    desk.attachments.add(filing_id, scan(pages=2), act_id="a", material="28-4", title="工程委托合同或者协议书")
    desk.attachments.add(
        filing_id, photo(), act_id="b", material=IDENTITY, title="申报登记人员的身份证", is_identity=True
    )
    return filing_id


def opened(qtbot: QtBot, workbench: Workbench, filing_id: int) -> FilingPage:
    """The page with its attachments on the screen, the first one drawn."""
    page = shown(qtbot, workbench, filing_id)
    qtbot.keyClick(page, Qt.Key.Key_F, ALT)
    qtbot.waitUntil(lambda: page.attachments.view.is_showing, timeout=PATIENCE_MS)
    return page


@pytest.mark.requirement("LG-10-3a")
def test_one_key_shows_the_list_and_the_first_page(qtbot: QtBot, workbench: Workbench, filing_id: int) -> None:
    page = opened(qtbot, workbench, filing_id)

    assert page.tabs.tabText(page.tabs.currentIndex()) == "附件 2"
    assert QApplication.focusWidget() is page.attachments.list
    assert page.attachments.words().splitlines()[0] == "工程委托合同或者协议书"
    assert "申报登记人员的身份证（证件）" in page.attachments.words()
    assert page.attachments.view.pages == 2


def test_enter_goes_to_the_page_and_pgdn_turns_it(qtbot: QtBot, workbench: Workbench, filing_id: int) -> None:
    page = opened(qtbot, workbench, filing_id)
    view = page.attachments.view

    qtbot.keyClick(page.attachments.list, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is view
    for _ in range(20):
        if view.page == 1:
            break
        qtbot.keyClick(view, Qt.Key.Key_PageDown)

    assert view.page == 1


def test_an_identity_document_is_covered_until_its_purpose_is_stated(
    qtbot: QtBot, desk: Desk, workbench: Workbench, filing_id: int
) -> None:
    page = opened(qtbot, workbench, filing_id)
    tab = page.attachments
    qtbot.keyClick(tab.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: tab.view.pages == 1 and tab.view.is_showing, timeout=PATIENCE_MS)
    assert tab.view._content is not None
    assert tab.view._content.is_watermarked

    qtbot.keyClick(tab.list, Qt.Key.Key_O, ALT)
    dialog = page.findChild(PurposeDialog)
    assert dialog is not None
    write(dialog.field, "核对签名笔迹")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.view._content is not None and not tab.view._content.is_watermarked, timeout=PATIENCE_MS)

    last = desk.ledger.file(filing_id).timeline[-1]
    assert (last.summary, last.reason) == ("查看身份证件附件《申报登记人员的身份证》原图", "核对签名笔迹")


def test_a_photo_of_the_site_is_added_by_keys(
    qtbot: QtBot, desk: Desk, workbench: Workbench, filing_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "site.jpg"
    file.write_bytes(photo("green"))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(file)], ""))
    page = opened(qtbot, workbench, filing_id)
    tab = page.attachments

    qtbot.keyClick(tab.list, Qt.Key.Key_A, ALT)
    assert tab.fault.text() == "请先选择附件是什么。"
    assert QApplication.focusWidget() is tab.what
    write(tab.what, "现场照片")
    with qtbot.waitSignal(workbench.changed, timeout=PATIENCE_MS):
        qtbot.keyClick(tab.what, Qt.Key.Key_A, ALT)

    added = desk.attachments.of_filing(filing_id)[-1]
    assert (added.kind, added.title) == (AttachedKind.SITE_PHOTO, "现场照片")
    assert page.tabs.tabText(page.tabs.currentIndex()) == "附件 3"
    assert tab.list.currentRow() == 2


def test_a_file_that_is_refused_is_said_beside_the_field(
    qtbot: QtBot, workbench: Workbench, filing_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "site.jpg"
    file.write_bytes(b"GIF89a")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(file)], ""))
    tab = opened(qtbot, workbench, filing_id).attachments
    tab.what.set_value("kind:site_photo")

    qtbot.keyClick(tab.list, Qt.Key.Key_A, ALT)
    qtbot.waitUntil(tab.fault.isVisible, timeout=PATIENCE_MS)

    assert "不是 PDF、JPEG 或者 PNG" in tab.fault.text()


def test_what_is_saved_has_a_watermark_and_a_name_that_says_nothing(
    qtbot: QtBot, workbench: Workbench, filing_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = []

    def choose(_parent: object, _title: str, name: str) -> tuple[str, str]:
        offered.append(name)
        return str(tmp_path / "copy.jpg"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    tab = opened(qtbot, workbench, filing_id).attachments
    qtbot.keyClick(tab.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(workbench.told, timeout=PATIENCE_MS):
        qtbot.keyClick(tab.list, Qt.Key.Key_S, CTRL)

    assert offered[0].endswith("-附件2.jpg")
    assert (tmp_path / "copy.jpg").read_bytes() != photo()
