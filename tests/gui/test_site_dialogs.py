"""Sheets for a site, the posting, the dossier and the ledgers of a period: looked at and given out by keys."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.domain.access import Role
from desktop.domain.acts import Act, Decided
from desktop.domain.ledger_table import AreaKind
from desktop.services.desk import Desk
from desktop.views.filing.filing_page import FilingPage
from desktop.views.ledger.area_ledger_dialog import AreaLedgerDialog
from desktop.views.papers.dossier_dialogs import AreaLedgerPaper, DossierDialog
from desktop.views.papers.papers_dialog import PapersDialog
from desktop.views.papers.patrol_paper import open_patrol_paper
from desktop.views.papers.sheets_dialog import SheetsDialog
from desktop.views.papers.site_dialogs import PostingDialog, SiteSheetsDialog
from desktop.views.workbench import Workbench
from tests.factories import FILED_ON, walk_in
from tests.gui.at_the_patrol import patrolled, press
from tests.gui.at_the_patrol import shown as patrol_page
from tests.gui.filings import decide, registered, shown
from tests.gui.input_method import write
from tests.gui.test_whole_and_export import ledger_page, work_as

PATIENCE_MS = 20_000
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
D = TypeVar("D", bound=SheetsDialog)
FIVE_PARTS = ["工程基本信息", "日常检查记录", "违法违规行为查处情况", "安全事故隐患清单", "整改跟踪督办结果"]


def opened(qtbot: QtBot, page: FilingPage, kind: type[D]) -> D:
    """Give the dialog of a page once its sheets stand."""
    dialog = page.findChild(kind)
    assert dialog is not None
    qtbot.waitUntil(partial(_is_showing, dialog), timeout=PATIENCE_MS)
    return dialog


def _is_showing(dialog: SheetsDialog) -> bool:
    return dialog.view.is_showing


def acts(desk: Desk, decided: Decided) -> list[str]:
    """Name what happened to a filing."""
    return [entry.act for entry in desk.ledger.file(decided.filing_id).timeline]


def to_folder(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Answer the question for a folder."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: str(folder))


def to_file(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """Answer the question for a file."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(file), ""))


@pytest.mark.requirement("LG-30-0", "LG-32-4", "LG-32-5b")
def test_a_digit_goes_to_a_sheet_of_the_site_and_it_alone_is_given_out(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided = registered(desk)
    page = shown(qtbot, workbench, decided.filing_id)
    to_folder(monkeypatch, tmp_path)

    qtbot.keyClick(page, Qt.Key.Key_B, CTRL)
    dialog = opened(qtbot, page, SiteSheetsDialog)
    qtbot.keyClick(dialog.list, Qt.Key.Key_5)
    assert dialog.list.currentItem().text() == "5 安全技术交底记录"
    assert "打印当前这份" in dialog.print_button.text()
    with qtbot.waitSignal(dialog.saved, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog, Qt.Key.Key_S, CTRL)

    assert [file.name for file in tmp_path.glob("*.pdf")] == [f"{decided.number} 安全技术交底记录.pdf"]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.requirement("LG-10-3b")
def test_the_posting_is_on_record_once_it_left_and_not_before(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided = registered(desk)
    page = shown(qtbot, workbench, decided.filing_id)
    to_folder(monkeypatch, tmp_path)

    qtbot.keyClick(page, Qt.Key.Key_B, CTRL | SHIFT)
    dialog = opened(qtbot, page, PostingDialog)
    assert "posting_out" not in acts(desk, decided)
    qtbot.keyClick(dialog.list, Qt.Key.Key_2)
    with qtbot.waitSignal(dialog.saved, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog, Qt.Key.Key_S, CTRL)

    assert [file.name for file in tmp_path.glob("*.pdf")] == [f"{decided.number} 入口公示 A3.pdf"]
    assert acts(desk, decided).count("posting_out") == 1
    assert "入口公示张贴文书（A3）" in page.timeline.words()


@pytest.mark.requirement("LG-10-3b")
def test_a_matter_without_receipt_has_neither_sheets_nor_posting(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    refused = decide(desk, walk_in(), Act.NOT_APPLICABLE, reason="业主当场撤回")
    page = shown(qtbot, workbench, refused.filing_id)

    qtbot.keyClick(page, Qt.Key.Key_B, CTRL)
    qtbot.keyClick(page, Qt.Key.Key_B, CTRL | SHIFT)

    assert page.findChild(SiteSheetsDialog) is None
    assert page.findChild(PostingDialog) is None
    offered = {key for key, button in page.outgoing.buttons.items() if not button.isHidden()}
    assert offered == {"filing.next_shop", "filing.explain", "filing.dossier"}


@pytest.mark.requirement("LG-10-3b", "LG-P1")
def test_a_patroller_prints_sheets_and_what_is_posted_covered(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    decided = registered(desk)
    work_as(desk, Role.PATROLLER)
    page = shown(qtbot, workbench, decided.filing_id)

    qtbot.keyClick(page, Qt.Key.Key_B, CTRL | SHIFT)
    posted = opened(qtbot, page, PostingDialog)
    qtbot.keyClick(posted, Qt.Key.Key_Escape)
    with qtbot.waitActive(page):
        page.activateWindow()
    qtbot.keyClick(page, Qt.Key.Key_B, CTRL)
    assert opened(qtbot, page, SiteSheetsDialog).list.count() == len(desk.site_papers.sheets())


@pytest.mark.requirement("SJ-5.4c")
def test_the_dossier_is_looked_at_saved_as_excel_and_each_time_on_record(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided = registered(desk)
    page, file = shown(qtbot, workbench, decided.filing_id), tmp_path / "case"
    to_file(monkeypatch, file)

    qtbot.keyClick(page, Qt.Key.Key_D, CTRL)
    dialog = opened(qtbot, page, DossierDialog)
    assert "dossier_out" not in acts(desk, decided)
    with qtbot.waitSignal(dialog.saved, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog, Qt.Key.Key_E, CTRL)
    assert load_workbook(file.with_suffix(".xlsx")).sheetnames == [*FIVE_PARTS, "说明"]
    assert str(file.with_suffix(".xlsx")) in dialog.banner.text
    to_folder(monkeypatch, tmp_path)
    with qtbot.waitSignal(dialog.saved, timeout=PATIENCE_MS):
        qtbot.keyClick(dialog, Qt.Key.Key_S, CTRL)

    assert (tmp_path / f"一案一档 {decided.number}.pdf").exists()
    assert acts(desk, decided).count("dossier_out") == 2


@pytest.mark.requirement("SJ-5.4c")
def test_a_workbook_that_cannot_be_saved_is_told_in_the_dialog(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(qtbot, workbench, registered(desk).filing_id)
    to_file(monkeypatch, tmp_path / "missing" / "case.xlsx")

    qtbot.keyClick(page, Qt.Key.Key_D, CTRL)
    dialog = opened(qtbot, page, DossierDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_E, CTRL)

    qtbot.waitUntil(lambda: "没有存成" in dialog.banner.text, timeout=PATIENCE_MS)


def area_dialog(qtbot: QtBot, workbench: Workbench) -> AreaLedgerDialog:
    """Open the dialog from the ledger's page by its key."""
    page = ledger_page(qtbot, workbench)
    qtbot.keyClick(page, Qt.Key.Key_P, CTRL)
    dialog = page.findChild(AreaLedgerDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow, timeout=PATIENCE_MS)
    return dialog


@pytest.mark.requirement("LG-22-2a")
def test_the_communitys_ledger_of_a_period_is_asked_for_and_shown_by_keys(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    decided = registered(desk)
    patrolled(desk, decided.filing_id)
    dialog = area_dialog(qtbot, workbench)
    assert dialog.kind.hasFocus()
    assert dialog.rows["organisation"].isHidden()
    assert (dialog.first_on.day(), dialog.last_on.day()) == (FILED_ON.replace(day=1), FILED_ON)

    qtbot.keyClick(dialog, Qt.Key.Key_P, CTRL)
    assert dialog.rows["community"].fault == "请选择社区。"
    assert dialog.community.hasFocus()
    write(dialog.community, "坪安社区")
    qtbot.keyClick(dialog, Qt.Key.Key_P, CTRL)

    qtbot.waitUntil(lambda: dialog.findChild(AreaLedgerPaper) is not None, timeout=PATIENCE_MS)
    paper = dialog.findChild(AreaLedgerPaper)
    assert paper is not None
    qtbot.waitUntil(lambda: paper.view.is_showing, timeout=PATIENCE_MS)
    assert paper.windowTitle() == "坪安社区 社区台账"
    assert dialog.bar.isHidden()


@pytest.mark.requirement("LG-23-3")
def test_the_property_companys_ledger_asks_its_name_and_goes_to_excel(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(desk)
    file = tmp_path / "property.xlsx"
    to_file(monkeypatch, file)
    dialog = area_dialog(qtbot, workbench)

    write(dialog.kind, "物业")
    qtbot.keyClick(dialog.kind, Qt.Key.Key_Return)
    assert dialog.organisation.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_E, CTRL)
    assert dialog.rows["organisation"].fault == "请填写物业服务企业。"
    write(dialog.organisation, "坪安物业服务有限公司")
    qtbot.keyClick(dialog, Qt.Key.Key_E, CTRL)

    qtbot.waitUntil(lambda: str(file) in dialog.banner.text, timeout=PATIENCE_MS)
    said = repr(list(load_workbook(file)["说明"].iter_rows(values_only=True)))
    assert "坪安物业服务有限公司" in said
    assert "物业小型工程和零星作业巡查台账" in said


@pytest.mark.requirement("LG-21-2b")
def test_the_street_ledger_asks_no_community_and_a_period_the_right_way_round(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    dialog = area_dialog(qtbot, workbench)
    dialog.kind.set_value(AreaKind.STREET.value)
    dialog.kind.changed.emit()
    assert dialog.rows["community"].isHidden()

    dialog.last_on.clear()
    write(dialog.last_on, "2026-02-01")
    assert dialog.criteria() is None
    assert dialog.rows["last_on"].fault == "截止日期早于起始日期。"
    assert dialog.last_on.hasFocus()
    dialog.last_on.clear()
    write(dialog.last_on, "2026-03-31")
    asked = dialog.criteria()
    assert asked is not None
    assert (asked.kind, asked.community, asked.organisation) == (AreaKind.STREET, None, "")


@pytest.mark.requirement("LG-22-2a")
def test_esc_stops_a_ledger_that_is_being_made_and_leaves_no_file(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path
) -> None:
    registered(desk)
    dialog = area_dialog(qtbot, workbench)
    dialog.community.set_value("坪安社区")
    asked = dialog.criteria()
    assert asked is not None

    dialog.save_workbook(asked, tmp_path / "stopped.xlsx")
    assert not dialog.workbook_button.isEnabled()
    assert not dialog.bar.isHidden()
    assert dialog.close_button.text() == "停止（Esc）"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "已停止" in dialog.banner.text, timeout=PATIENCE_MS)

    assert dialog.isVisible()
    assert not list(tmp_path.glob("stopped*"))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.requirement("LG-22-2a")
def test_a_ledger_too_long_for_paper_is_told_and_excel_is_next(
    qtbot: QtBot, desk: Desk, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(desk)
    monkeypatch.setattr("desktop.services.dossiers.LONGEST_PAPER", 1)
    dialog = area_dialog(qtbot, workbench)
    write(dialog.community, "坪安社区")

    qtbot.keyClick(dialog, Qt.Key.Key_P, CTRL)

    qtbot.waitUntil(lambda: bool(dialog.banner.text), timeout=PATIENCE_MS)
    assert "Excel" in dialog.banner.text
    assert dialog.workbook_button.hasFocus()


@pytest.mark.requirement("LG-30-0")
def test_the_record_of_a_visit_is_issued_at_the_first_asking_and_marked_when_it_is_printed_again(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    decided = registered(desk)
    patrol_id = patrolled(desk, decided.filing_id)
    page = shown(qtbot, workbench, decided.filing_id)
    met: list[str] = []

    for _time in range(2):
        open_patrol_paper(workbench, patrol_id, "坪安路18号", parent=page, failed=lambda error: met.append(str(error)))
        qtbot.waitUntil(lambda: page.findChild(PapersDialog) is not None, timeout=PATIENCE_MS)
        dialog = page.findChild(PapersDialog)
        assert dialog is not None
        qtbot.waitUntil(partial(_is_showing, dialog), timeout=PATIENCE_MS)
        met.append(dialog.windowTitle())
        dialog.close()
        qtbot.waitUntil(lambda: page.findChild(PapersDialog) is None, timeout=PATIENCE_MS)

    assert met == ["文书 · 坪安路18号", "补打 · 坪安路18号"]
    assert acts(desk, decided).count("patrol_paper") == 1


@pytest.mark.requirement("LG-30-0")
def test_the_record_of_the_chosen_visit_comes_by_key_from_the_list_of_the_day(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    decided = registered(desk)
    patrolled(desk, decided.filing_id)
    page = patrol_page(qtbot, workbench)

    press(Qt.Key.Key_P, CTRL)

    qtbot.waitUntil(lambda: page.findChild(PapersDialog) is not None, timeout=PATIENCE_MS)
    dialog = page.findChild(PapersDialog)
    assert dialog is not None
    qtbot.waitUntil(partial(_is_showing, dialog), timeout=PATIENCE_MS)
    assert dialog.list.item(0).text() == "安全生产巡查记录表\nPA-XC-2026-000001"
    assert "打印 1 份" in dialog.print_button.text()
