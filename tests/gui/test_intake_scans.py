"""Scans picked by key at the papers of a matter that is still typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.domain.acts import Act
from desktop.domain.walk_in import Verdict
from desktop.models.attachment_store import FOLDER_NAME
from desktop.services.desk import Desk
from desktop.views.intake.intake_page import IntakePage
from desktop.views.intake.material_delegate import SCANS_ROLE
from desktop.views.workbench import Workbench
from tests import factories
from tests.gui.at_the_intake import CTRL, PATIENCE_MS, SHIFT, fill, press, ready, shown
from tests.scans import photo, scan

CONTRACT = "28-4"


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, workbench: Workbench) -> IntakePage:
    page = shown(qtbot, workbench)
    fill(page, ready(desk.intake.pack()))
    page.materials.list.focus_on(CONTRACT)
    return page


def choose(monkeypatch: pytest.MonkeyPatch, *files: Path) -> None:
    """The file dialog gives these files; it has keys of its own, which are the system's."""
    names = [str(file) for file in files]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: (names, ""))


def count_at(page: IntakePage) -> int:
    return int(page.materials.list.currentItem().data(SCANS_ROLE))


@pytest.mark.requirement("LG-10-3a")
def test_one_key_attaches_files_to_the_paper_under_the_cursor(
    qtbot: QtBot, desk: Desk, page: IntakePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = tmp_path / "contract.pdf", tmp_path / "page two.jpg"
    files[0].write_bytes(scan(pages=2))
    files[1].write_bytes(photo())
    choose(monkeypatch, *files)

    press(page.materials.list, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: count_at(page) == 2, timeout=PATIENCE_MS)

    picked = desk.staging.staged(page.keeper.draft_id)
    assert sorted(row.pages for row in picked) == [1, 2]
    assert {row.material for row in picked} == {CONTRACT}
    assert {row.title for row in picked} == {"工程委托合同或者协议书"}
    line = page.materials.list.current()
    assert line is not None
    assert line[1].verdict is Verdict.UNJUDGED, "a scan is no verdict"


def test_a_copied_picture_and_copied_files_are_pasted(qtbot: QtBot, page: IntakePage, tmp_path: Path) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.blue)
    QGuiApplication.clipboard().setImage(picture)
    press(page.materials.list, Qt.Key.Key_V, CTRL)
    qtbot.waitUntil(lambda: count_at(page) == 1, timeout=PATIENCE_MS)

    file = tmp_path / "scan.pdf"
    file.write_bytes(scan())
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(file))])
    QGuiApplication.clipboard().setMimeData(copied)
    press(page.materials.list, Qt.Key.Key_V, CTRL)
    qtbot.waitUntil(lambda: count_at(page) == 2, timeout=PATIENCE_MS)


def test_files_are_dropped_on_a_line(qtbot: QtBot, page: IntakePage, tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(scan())
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    papers = page.materials.list
    place = papers.visualItemRect(papers.currentItem()).center()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(place), Qt.DropAction.CopyAction, dropped, buttons, keys)
    QApplication.sendEvent(papers.viewport(), entered)
    assert entered.isAccepted()
    QApplication.sendEvent(
        papers.viewport(), QDropEvent(QPointF(place), Qt.DropAction.CopyAction, dropped, buttons, keys)
    )

    qtbot.waitUntil(lambda: count_at(page) == 1, timeout=PATIENCE_MS)


def test_a_file_of_another_kind_is_named_and_not_taken(
    qtbot: QtBot, desk: Desk, page: IntakePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "scan.pdf"
    program.write_bytes(b"MZ\x90 not a scan")
    choose(monkeypatch, program)

    with qtbot.waitSignal(page.scans.said, timeout=PATIENCE_MS) as said:
        press(page.materials.list, Qt.Key.Key_A)

    assert "不是 PDF、JPEG 或者 PNG" in str(said.args)
    assert desk.staging.staged(page.keeper.draft_id) == ()
    assert count_at(page) == 0


def test_the_last_scan_goes_by_the_same_key_twice(
    qtbot: QtBot, desk: Desk, page: IntakePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(scan())
    choose(monkeypatch, file)
    press(page.materials.list, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: count_at(page) == 1, timeout=PATIENCE_MS)

    with qtbot.waitSignal(page.scans.said) as said:
        press(page.materials.list, Qt.Key.Key_A, SHIFT)
    assert "再按一次" in str(said.args)
    assert count_at(page) == 1
    press(page.materials.list, Qt.Key.Key_A, SHIFT)

    assert count_at(page) == 0
    assert desk.staging.staged(page.keeper.draft_id) == ()
    assert [file for file in (desk.data_folder / FOLDER_NAME).rglob("*") if file.is_file()] == []


def test_scans_come_back_with_the_draft_and_go_into_the_filing(
    qtbot: QtBot, desk: Desk, workbench: Workbench, page: IntakePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(scan())
    choose(monkeypatch, file)
    press(page.materials.list, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: count_at(page) == 1, timeout=PATIENCE_MS)
    page.flush()
    (draft,) = desk.drafts.all()

    page.new_matter()
    assert page.materials.list.count() == 0 or count_at(page) == 0
    assert page.open_draft(draft)
    page.refresh()
    page.materials.list.focus_on(CONTRACT)
    assert count_at(page) == 1

    fill(page, factories.all_in_order(ready(desk.intake.pack()), desk.intake.pack()))
    page.form.others.signed.setChecked(True)
    with qtbot.waitSignal(page.deciding.decided, timeout=PATIENCE_MS) as decided:
        page.actions_bar.press(Act.ACCEPT)
    (attached,) = desk.attachments.of_filing(decided.args[0].filing_id)
    assert attached.material == CONTRACT
