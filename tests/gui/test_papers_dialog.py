"""Issued papers are looked at, printed, saved; printing again is marked and recorded."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.domain.acts import Decided
from desktop.domain.errors import ClerkError
from desktop.domain.site import SiteRef
from desktop.services.desk import Desk
from desktop.views.papers.papers_dialog import PapersDialog
from desktop.views.papers.printing import fitted, for_a4, open_printer, print_papers
from desktop.views.workbench import Workbench
from tests.gui.filings import registered

PATIENCE_MS = 20_000


def shown(qtbot: QtBot, workbench: Workbench, decided: Decided, *, reprint: bool = False) -> PapersDialog:
    """Give the dialog on the screen with its papers loaded."""
    dialog = PapersDialog(workbench, decided.papers, decided.number, reprint=reprint)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.loaded, timeout=PATIENCE_MS):
        dialog.show()
    return dialog


def test_every_paper_is_ticked_and_the_first_is_shown(qtbot: QtBot, desk: Desk, workbench: Workbench) -> None:
    decided = registered(desk)

    dialog = shown(qtbot, workbench, decided)

    assert dialog.ticked() == tuple(range(len(decided.papers)))
    assert dialog.view.is_showing
    assert f"{len(decided.papers)} 份" in dialog.print_button.text()


def test_until_the_papers_are_there_the_page_says_that_they_are_being_made(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    decided = registered(desk)

    dialog = PapersDialog(workbench, decided.papers, decided.number)
    qtbot.addWidget(dialog)

    assert [label.text() for label in dialog.view.findChildren(QLabel)] == ["正在生成…"]
    qtbot.waitUntil(lambda: dialog.view.is_showing, timeout=PATIENCE_MS)


def test_space_takes_the_tick_from_a_paper_and_arrow_goes_to_the_next(
    qtbot: QtBot, desk: Desk, workbench: Workbench
) -> None:
    dialog = shown(qtbot, workbench, registered(desk))

    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)

    assert 0 not in dialog.ticked()
    assert dialog.list.currentRow() == 1


def test_saved_files_are_named_by_number_and_title_and_hold_the_issued_bytes(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path
) -> None:
    decided = registered(desk)
    dialog = shown(qtbot, workbench, decided)

    with qtbot.waitSignal(dialog.saved, timeout=PATIENCE_MS):
        dialog.save_to(tmp_path)

    first = decided.papers[0]
    assert (tmp_path / f"{first.number} {first.title}.pdf").read_bytes() == desk.issuing.pdf(first.id)


def test_a_folder_that_cannot_be_written_is_told_and_loses_nothing(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path
) -> None:
    dialog = shown(qtbot, workbench, registered(desk))

    dialog.save_to(tmp_path / "missing")
    qtbot.waitUntil(lambda: "没有存成" in dialog.banner.text, timeout=PATIENCE_MS)

    assert dialog.view.is_showing


@pytest.mark.requirement("LG-27-3b2")
def test_a_reprint_bears_its_mark_and_is_counted(
    qtbot: QtBot, desk: Desk, workbench: Workbench, tmp_path: Path
) -> None:
    decided = registered(desk)
    dialog = shown(qtbot, workbench, decided, reprint=True)

    assert dialog.ticked() == (0,)
    with qtbot.waitSignal(dialog.saved, timeout=PATIENCE_MS):
        dialog.save_to(tmp_path)

    file = next(tmp_path.glob("*.pdf"))
    assert "补打" in pypdf.PdfReader(file).pages[0].extract_text()
    assert desk.ledger.file(decided.filing_id).papers[0].reprints == 1


def printer_to_file(path: Path) -> QPrinter:
    """The way of the paper, without paper: a PDF of pictures."""
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return for_a4(printer)


def test_pages_go_to_the_printer_one_by_one(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    decided = registered(desk)
    papers = [desk.issuing.pdf(paper.id) for paper in decided.papers[:2]]
    out = tmp_path / "printed.pdf"

    sent = print_papers(printer_to_file(out), papers)

    printed = pypdf.PdfReader(out)
    assert len(printed.pages) == sent
    width, height = printed.pages[0].mediabox.width, printed.pages[0].mediabox.height
    assert (round(float(width)), round(float(height))) == (595, 842)


@pytest.mark.requirement("LG-10-3b", "SJ-5.4c", "JS-2.2c")
def test_the_sheet_is_turned_and_enlarged_as_each_page_lies(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    decided = registered(desk)
    upright = desk.issuing.pdf(decided.papers[0].id)
    board = desk.site_papers.sheet("risk_board", SiteRef(filing_id=decided.filing_id))  # A3 across
    large = desk.site_papers.posting_set(decided.filing_id, is_a3=True)
    across = desk.dossiers.preview(decided.filing_id)
    asked = [page.mediabox for pdf in (across, board, upright, large) for page in pypdf.PdfReader(BytesIO(pdf)).pages]

    sent = print_papers(printer_to_file(tmp_path / "printed.pdf"), [across, board, upright, large])

    printed = [page.mediabox for page in pypdf.PdfReader(tmp_path / "printed.pdf").pages]
    assert sent == len(printed) == len(asked)
    for got, wanted in zip(printed, asked, strict=True):
        assert abs(got.width - wanted.width) <= 2
        assert abs(got.height - wanted.height) <= 2


def test_a_page_keeps_its_proportions_on_a_printer_that_has_only_a4() -> None:
    sheet, picture = QRectF(0, 0, 210, 297), QImage(420, 297, QImage.Format.Format_RGB32)

    placed = fitted(sheet, picture)

    assert (placed.width(), round(placed.height(), 2)) == (210, 148.5)
    assert placed.center() == sheet.center()


def test_a_printer_that_is_not_there_is_named_as_trouble(qtbot: QtBot) -> None:
    with pytest.raises(ClerkError) as trouble:
        open_printer("没有这台打印机")

    assert trouble.value.code == "no_printer"
