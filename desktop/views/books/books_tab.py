"""The registers beside the ledger on the page 统计: which one, its entries, the whole of the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.book import BookKind, BookRow, BookSpec
from desktop.domain.book_sheet import BooksTaken
from desktop.domain.errors import ClerkError
from desktop.domain.insured import InsuranceWarning
from desktop.views.actions import keys_of
from desktop.views.books.book_dialog import BookDialog
from desktop.views.books.book_words import page_of
from desktop.views.books.books_frame import BooksFrame
from desktop.views.books.insurance_dialog import InsuranceDialog
from desktop.views.books.photos_dialog import EntryPhotosDialog
from desktop.views.books.reading import BookReading, read_book
from desktop.views.books.sheet_dialog import BookSheetDialog
from desktop.views.registers.list_dialog import ListDialog
from desktop.views.registers.reason_dialog import ReasonDialog
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench

_SHEET: Final = "Excel 表格（*.xlsx）"
# What lets a register look different: its entries, the community names, who insures what.
_OURS: Final = frozenset({Change.BOOKS, Change.FILINGS, Change.SETTINGS})


class BooksTab(BooksFrame):
    """One list for whichever register is chosen; read off the GUI thread each time the tab is shown or one changed."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench.desk.books.specs(), parent)
        self.bench, self._books = workbench, workbench.desk.books
        self._shown: dict[int, BookRow] = {}
        self._warnings: tuple[InsuranceWarning, ...] = ()
        self._asked, self._wanted = 0, 0
        self._is_stale = True
        self._buttons: dict[str, QPushButton] = {}
        self._bind_acts()
        self.kinds.currentRowChanged.connect(self._turn)
        self.this_year.toggled.connect(self._turn)
        self.find_line.textChanged.connect(self._count)
        self.table.currentCellChanged.connect(self._show_page)
        self.table.opened.connect(self._open)
        workbench.changed.connect(self._after)
        self._allow()

    def show_row(self, entry_id: int) -> bool:
        """Stand on an entry, whichever register it is in; says whether it may be seen here."""
        try:
            row = self._books.entry(entry_id)
        except ClerkError:
            return False
        self.this_year.setChecked(False)
        self.find_line.clear()
        self._wanted = row.id
        self.choose_kind(row.kind)
        self.read_anew()
        return True

    def choose_kind(self, kind: BookKind) -> None:
        """Show another register."""
        self.kinds.setCurrentRow([spec.kind for spec in self.specs].index(kind))

    def read_anew(self) -> None:
        """Read the chosen register; what is shown stays until the answer comes."""
        books, spec, today = self._books, self.spec, self._today()
        # What is looked for hides rows only: taking it away must not wait for another reading.
        criteria = replace(self.criteria(today), text="")
        self._asked += 1
        asked, self._is_stale = self._asked, False

        def done(reading: BookReading) -> None:
            if asked == self._asked:
                self._show(reading)

        self.bench.runner.run(
            lambda _progress: read_book(books, spec, criteria, today),
            done=while_there(self, done),
            failed=while_there(self, self.say_trouble),
            errand=Errand.LOOK_UP,
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.read_anew()

    def new(self) -> None:
        """Write an entry."""
        self._write(None)

    def edit(self) -> None:
        """Open the chosen entry and put it right."""
        row = self.chosen()
        if row is not None and self._books.may_write(self.spec.kind):
            self._write(row)

    def withdraw(self) -> None:
        """Withdraw the chosen entry, with a reason."""
        row = self.chosen()
        if row is None or not self._books.may_write(row.kind):
            return
        words = f"撤销 {row.number}：不再计入统计，记录和原因仍留在台账中。内容有错的请改用更正。"
        dialog = ReasonDialog("撤销登记簿记录", words, self)
        if not dialog.exec():
            return
        try:
            written = self._books.withdraw(row.uid, dialog.reason(), version=row.version)
        except ClerkError as error:
            self.say_trouble(error)
            return
        self.bench.changed.emit(written.changes)
        self.say(f"已撤销 {row.number}。")

    def read_in(self) -> None:
        """Take the register in from Excel."""
        if not self._books.may_write(self.spec.kind):
            return
        dialog = BookSheetDialog(self.bench, self.spec, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.taken.connect(self._taken)
        dialog.open()

    def ask_give_out(self) -> None:
        """Ask where the register goes."""
        if not self._may_give_out():
            return
        name, _kind = QFileDialog.getSaveFileName(self, f"存{self.spec.title}", f"{self.spec.title}.xlsx", _SHEET)
        if name:
            self.give_out(Path(name))

    def give_out(self, file: Path) -> None:
        """Write what is listed into a file."""
        books, kind, criteria = self._books, self.spec.kind, self.criteria(self._today())
        self.bench.runner.run(
            lambda _progress: books.save_sheet(kind, file, criteria),
            done=while_there(self, lambda count: self.say(f"已存 {count} 条：{file.name}", mark="导出")),
            failed=while_there(self, self.say_trouble),
            errand=Errand.PAPERS,
        )

    def print_list(self) -> None:
        """Show the register as a paper."""
        kind, criteria = self.spec.kind, self.criteria(self._today())
        ListDialog(self.bench, self.spec.title, lambda: self._books.list_pdf(kind, criteria), self).exec()

    def print_case(self) -> None:
        """Show the chosen typical case as a summary that names nobody."""
        row = self.chosen()
        if row is not None and row.kind is BookKind.TYPICAL_CASE:
            ListDialog(self.bench, "典型案例摘要", lambda: self._books.case_pdf(row.uid), self).exec()

    def show_warnings(self) -> None:
        """List the small works that lack 安责险."""
        if self.spec.kind is BookKind.INSURANCE:
            InsuranceDialog(self.bench, self._warnings, self).exec()

    def show_photos(self) -> None:
        """Show the photos and documents of the chosen entry, and add some."""
        row = self.chosen()
        if row is not None and self.bench.desk.sign_in.actor.may(Right.SEE):
            EntryPhotosDialog(self.bench, row, may_add=self._books.may_write(row.kind), parent=self).exec()

    def open_filing(self) -> None:
        """Open the filing the chosen entry is about."""
        row = self.chosen()
        if row is not None and row.filing_id is not None:
            self.bench.filing_asked.emit(row.filing_id)

    def chosen(self) -> BookRow | None:
        """Give the entry one is on."""
        return self._shown.get(self.table.chosen_id() or 0)

    def say_trouble(self, error: Exception) -> None:
        """Say what went wrong, with every detail."""
        trouble = describe(error)
        self.banner.say("\n".join(part for part in (trouble.text, trouble.details) if part), Tone.RED, mark="没有办成")

    def _write(self, row: BookRow | None) -> None:
        if not self._books.may_write(self.spec.kind):
            return
        dialog = BookDialog(self.bench.desk, self.spec, row, self)
        if not dialog.exec() or dialog.written is None:
            return
        written = dialog.written
        self._wanted = written.row.id
        self.bench.changed.emit(written.changes)
        self.say(f"已{'更正' if row is not None else '记入'} {written.row.number}。")

    def _taken(self, taken: BooksTaken) -> None:
        if taken.changes:
            self.bench.changed.emit(taken.changes)
        known = f"，{taken.known} 行以前已有" if taken.known else ""
        self.say(f"已导入 {taken.taken} 条{known}。", mark="导入")

    def _show(self, reading: BookReading) -> None:
        self._shown = {row.id: row for row in reading.rows}
        self._warnings = reading.warnings
        self.table.show_book(reading.spec, reading.rows)
        if self._wanted and self.table.choose(self._wanted):
            self._wanted = 0
        self.say_note(reading.note)
        self._count()
        self._show_page()

    def _count(self) -> None:
        left = self.table.find_text(self.find_line.value())
        whole = self.table.rowCount()
        self.count.setText(f"{left} 条" if left == whole else f"{left} / {whole} 条")
        self.table.say_when_empty(self._words_when_empty())

    def _words_when_empty(self) -> str:
        if self.table.rowCount():
            return f"没有找到“{self.find_line.value()}”。{keys_of('books.find')} 改查找的字。"
        if self.this_year.isChecked():
            return f"本年度没有记录。{keys_of('books.this_year')} 列出全部。"
        may_write = self._books.may_write(self.spec.kind)
        first = f"\n{keys_of('books.new')} 记一条，{keys_of('books.read_in')} 导入 Excel。" if may_write else ""
        return f"{self.spec.empty}{first}"

    def _turn(self) -> None:
        self.banner.say("")
        self._allow()
        self.read_anew()

    def _after(self, changes: object) -> None:
        if isinstance(changes, frozenset) and changes & _OURS:
            self._is_stale = True
            if self.isVisible():
                self.read_anew()

    def _open(self, _entry_id: int) -> None:
        self.edit()

    def _show_page(self) -> None:
        row = self.chosen()
        self.page.say(page_of(self.spec, row) if row is not None and row.kind is self.spec.kind else "")
        self._buttons["books.filing"].setVisible(row is not None and row.filing_id is not None)

    def _allow(self) -> None:
        """Show the acts that this register has, and that the one at work may do."""
        spec: BookSpec = self.spec
        may_write = self._books.may_write(spec.kind)
        shown = {
            **dict.fromkeys(("books.new", "books.edit", "books.withdraw", "books.read_in"), may_write),
            "books.give_out": self._may_give_out(),
            "books.case": spec.kind is BookKind.TYPICAL_CASE,
            "books.warnings": spec.kind is BookKind.INSURANCE,
            "books.photos": self.bench.desk.sign_in.actor.may(Right.SEE),
            "books.filing": False,
        }
        for key, is_shown in shown.items():
            self._buttons[key].setVisible(is_shown)

    def _may_give_out(self) -> bool:
        return self.bench.desk.sign_in.actor.may(Right.EXPORT)

    def _bind_acts(self) -> None:
        acts: Mapping[str, tuple[str, Callable[[], object]]] = {
            "books.new": ("记一条", self.new),
            "books.edit": ("更正", self.edit),
            "books.withdraw": ("撤销", self.withdraw),
            "books.read_in": ("导入", self.read_in),
            "books.give_out": ("存为 Excel", self.ask_give_out),
            "books.print": ("打印", self.print_list),
            "books.case": ("案例摘要", self.print_case),
            "books.warnings": ("安责险提醒", self.show_warnings),
            "books.photos": ("照片和材料", self.show_photos),
            "books.filing": ("一件一档", self.open_filing),
        }
        self._buttons = self.add_buttons(acts, primary="books.new")
        bind_keys(
            self,
            {
                **{key: act for key, (_word, act) in acts.items()},
                "books.kinds": self.to_kinds,
                "books.find": self.to_find,
                "books.this_year": self.this_year.toggle,
            },
        )

    def _today(self) -> date:
        return self.bench.desk.office.today()
