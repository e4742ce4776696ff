"""Sheets to look at, print and save: the window that issued papers, drafts and blank forms share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import ClerkError
from desktop.domain.progress import Progress
from desktop.views.actions import keys_of, shortcut
from desktop.views.papers.page_images import page_image
from desktop.views.papers.paper_view import PaperView
from desktop.views.papers.printing import open_printer, print_papers, printer_names
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.remembered import Remembered
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_THUMBNAIL_DPI: Final = 12


class SheetsDialog(QDialog):
    """Choose by tick, look at every page, print or save.

    A subclass says where the PDFs come from (``fetch``), what leaves the printer (``final``) and the files' names.
    ``printed`` gives the count of pages sent, ``saved`` the files written.
    """

    loaded = Signal()
    printed = Signal(int)
    saved = Signal(object)

    print_word = "打印"
    picture_share = 1.0
    size_px = (1080, 690)

    def __init__(
        self,
        workbench: Workbench,
        title: str,
        lines: Sequence[str],
        *,
        ticked: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._remembered = Remembered(workbench.desk.data_folder)
        self._pdfs: list[bytes] = []
        self.list, self.view, self.banner = QListWidget(), PaperView(), Banner()
        self.printer, self.page_line, self.foot = QComboBox(), QLabel(), QHBoxLayout()
        self.print_button, self.save_button = QPushButton(), QPushButton(f"存为 PDF（{keys_of('papers.save')}）")
        self._build(title)
        self._fill_list(lines, ticked)
        self._fill_printers()
        self._connect()
        self._count()
        self._load()
        self.list.setFocus()

    def what_is_printed(self) -> str:
        """Say what the button prints as things are ticked now."""
        return f"{self.print_word} {len(self.chosen())} 份"

    @abstractmethod
    def fetch(self) -> list[bytes]:
        """Give the PDF of every line, in order; called off the GUI thread."""

    @abstractmethod
    def file_name(self, row: int) -> str:
        """Give the name under which a sheet is saved, without its ending; never the name of a person."""

    def final(self, chosen: Sequence[int]) -> list[bytes]:
        """Give the PDFs that are printed or saved; called off the GUI thread."""
        return [self._pdfs[row] for row in chosen]

    def after_giving_out(self) -> None:
        """Note that sheets were printed or saved."""

    def ticked(self) -> tuple[int, ...]:
        """Give the places of the sheets that are ticked."""
        rows = range(self.list.count())
        return tuple(row for row in rows if self.list.item(row).checkState() is Qt.CheckState.Checked)

    def chosen(self) -> tuple[int, ...]:
        """Give the places of the sheets to print or save."""
        return self.ticked()

    def print_ticked(self) -> None:
        """Print the chosen sheets on the chosen printer."""
        try:
            printer = open_printer(self.printer.currentText())
        except ClerkError as error:
            self._trouble(error)
            return
        chosen = self.chosen()
        self._say("正在打印…", Tone.BLUE, "打印")
        self._bench.runner.run(
            lambda progress: print_papers(printer, self.final(chosen), progress),
            done=while_there(self, self._after_print),
            failed=while_there(self, self._trouble),
            errand=Errand.ACT,
        )

    def save_to(self, folder: Path) -> None:
        """Save the chosen sheets into a folder."""
        chosen = self.chosen()

        def work(_progress: Progress) -> tuple[Path, ...]:
            files = []
            for row, pdf in zip(chosen, self.final(chosen), strict=True):
                file = folder / f"{file_word(self.file_name(row))}.pdf"
                try:
                    file.write_bytes(pdf)
                except OSError as error:
                    raise ClerkError("cannot_save_file", why=error.strerror or "") from error
                files.append(file)
            return tuple(files)

        self._bench.runner.run(
            work,
            done=while_there(self, self._after_save),
            failed=while_there(self, self._trouble),
            errand=Errand.ACT,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.view.keyPressEvent(event)
            self._say_page()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _load(self) -> None:
        def work(_progress: Progress) -> list[tuple[bytes, QImage]]:
            return [(pdf, page_image(pdf, 0, dpi=_THUMBNAIL_DPI)) for pdf in self.fetch()]

        self.view.say("正在生成…")
        self._bench.runner.run(
            work,
            done=while_there(self, self._show),
            failed=while_there(self, self._not_loaded),
            errand=Errand.PAPERS,
        )

    def _not_loaded(self, error: Exception) -> None:
        self.view.say("")
        self._trouble(error)

    def _show(self, found: list[tuple[bytes, QImage]]) -> None:
        self._pdfs = [pdf for pdf, _picture in found]
        for row, (_pdf, picture) in enumerate(found):
            self.list.item(row).setIcon(QIcon(QPixmap.fromImage(picture)))
        self._choose(self.list.currentRow())
        self._count()
        self.loaded.emit()

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._pdfs):
            self.view.show_paper(self._pdfs[row])
            self._say_page()

    def _say_page(self) -> None:
        self.page_line.setText(f"第 {self.view.page + 1} 页，共 {self.view.pages} 页")

    def _count(self) -> None:
        count = len(self.chosen())
        self.print_button.setText(f"{self.what_is_printed()}（{keys_of('papers.print')}）")
        for button in (self.print_button, self.save_button):
            button.setEnabled(bool(count) and bool(self._pdfs))

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "存到哪个文件夹")
        if folder:
            self.save_to(Path(folder))

    def _after_print(self, pages: int) -> None:
        self._remembered.printer = self.printer.currentText()
        self._say(f"已送打印机：{pages} 页。", Tone.GREEN, "打印")
        self.after_giving_out()
        self.printed.emit(pages)

    def _after_save(self, files: tuple[Path, ...]) -> None:
        self._say(f"已存 {len(files)} 份到 {files[0].parent}。", Tone.GREEN, "保存")
        self.after_giving_out()
        self.saved.emit(files)

    def _trouble(self, error: Exception) -> None:
        trouble = describe(error)
        self.banner.say(f"{trouble.text}{trouble.details}", Tone.RED, mark="没有办成")

    def _say(self, text: str, tone: Tone, mark: str) -> None:
        self.banner.say(text, tone, mark=mark)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._choose)
        self.list.itemChanged.connect(lambda _item: self._count())
        self.print_button.clicked.connect(self.print_ticked)
        self.save_button.clicked.connect(self._ask_folder)
        for key, button in (("papers.print", self.print_button), ("papers.save", self.save_button)):
            QShortcut(shortcut(key), self).activated.connect(button.click)

    def _build(self, title: str) -> None:
        self.resize(*self.size_px)
        heading = QLabel(title)
        heading.setProperty("role", "title")
        self.print_button.setProperty("role", "primary")
        self.page_line.setProperty("role", "soft")
        close = QPushButton("关闭（Esc）")
        close.clicked.connect(self.reject)
        for button in (self.print_button, self.save_button, close):
            button.setAutoDefault(False)
        self.foot.setSpacing(SPACE_2)
        self.foot.addWidget(self.page_line)
        self.foot.addStretch(1)
        self.foot.addWidget(QLabel("打印机"))
        for widget in (self.printer, self.print_button, self.save_button, close):
            self.foot.addWidget(widget)
        body = QHBoxLayout()
        body.setSpacing(SPACE_3)
        body.addWidget(self.list)
        body.addWidget(self.view, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(heading)
        column.addWidget(self.banner)
        column.addLayout(body, 1)
        column.addLayout(self.foot)

    def _fill_list(self, lines: Sequence[str], ticked: Sequence[int]) -> None:
        self.list.setProperty("role", "pages")
        self.list.setAccessibleName("文书")
        self.list.setIconSize(QSize(base_px() * 5, base_px() * 7) * self.picture_share)
        self.list.setFixedWidth(base_px() * 21)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for row, words in enumerate(lines):
            item = QListWidgetItem(words, self.list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if row in ticked else Qt.CheckState.Unchecked)
        if lines:
            self.list.setCurrentRow(0)

    def _fill_printers(self) -> None:
        names = printer_names()
        self.printer.addItems(names)
        self.printer.setAccessibleName("打印机")
        self.printer.setMinimumWidth(base_px() * 12)
        if not names:
            self.printer.setPlaceholderText("没有打印机，请存为 PDF")
        self.printer.setEnabled(bool(names))
        if self._remembered.printer in names:
            self.printer.setCurrentText(self._remembered.printer)


def file_word(text: str) -> str:
    """Give a text as it may stand in the name of a file."""
    return "".join("-" if char in '\\/:*?"<>|' or ord(char) < 32 else char for char in text).strip(" .")
