"""Taking a register in from Excel: the file, every row with its fault, then all of it or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from desktop.domain.book import BookSpec
from desktop.domain.book_sheet import BookSheetPlan, BookSheetRow, BooksTaken
from desktop.views.actions import keys_of
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.plan_dialog import PlanDialog
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench

_KINDS: Final = "表格（*.xlsx *.xlsm *.csv *.txt）;;所有文件（*）"
_SHEET: Final = "Excel 表格（*.xlsx）"
_SIZE: Final = (88, 42)
_LINE, _WHAT, _CELL = 5, 26, 10


class BookSheetDialog(PlanDialog):
    """Faulty rows first; nothing can be taken in while there is one.  ``taken`` gives what came of it."""

    taken = Signal(object)  # BooksTaken

    take_key = "book_sheet.take"

    def __init__(self, workbench: Workbench, spec: BookSpec, parent: QWidget | None = None) -> None:
        title = f"导入{spec.title}"
        super().__init__(workbench, parent, name="book_sheet", title=title, size=_SIZE, words=("全部导入", "不导入"))
        self.spec = spec
        self.plan: BookSheetPlan | None = None
        self._file: Path | None = None
        self._act_id = ""
        self.unused, self.fault = QLabel(), QLabel()
        self.fault.setProperty("role", "fault")
        self.fault.setWordWrap(True)
        self.unused.setProperty("role", "soft")
        self.unused.setWordWrap(True)
        columns = ("行", "处理", *(spec.spec_of(key).label for key in spec.columns))
        widths = (_LINE, _WHAT, *(_CELL for _key in spec.columns[:-1]))
        self.table = RegisterTable("book_sheet_rows", columns, widths, roomy=(1,))
        self.table.setAccessibleName("表格各行")
        self.table.say_when_empty(
            f"{keys_of('book_sheet.file')} 选取表格；没有表格的，{keys_of('book_sheet.template')} 存空白模板来填。"
        )
        self.choose = QPushButton(f"选取表格（{keys_of('book_sheet.file')}）")
        self.blank = QPushButton(f"存空白模板（{keys_of('book_sheet.template')}）")
        self.table.currentCellChanged.connect(self._say_fault)
        beside = ((self.choose, self.ask_file), (self.blank, self.ask_template))
        self.lay_out(self.table, above=(self.unused,), below=(self.fault,), beside=beside)
        bind_keys(self, {"book_sheet.file": self.ask_file, "book_sheet.template": self.ask_template})
        self._say_heading()
        self.choose.setFocus()

    def can_take(self) -> bool:
        """Let the sheet be taken in when it is whole."""
        return self.plan is not None and not self.plan.faulty and self.plan.new > 0

    def allow(self) -> None:
        super().allow()
        for button in (self.choose, self.blank):
            button.setEnabled(not self.is_busy)

    def ask_file(self) -> None:
        """Ask which sheet to read."""
        name, _kind = QFileDialog.getOpenFileName(self, f"导入{self.spec.title}", "", _KINDS)
        if name:
            self.read(Path(name))

    def read(self, file: Path) -> None:
        """Read a sheet; nothing is written."""
        books, kind = self.bench.desk.books, self.spec.kind
        self._file, self._act_id, self.plan = file, uuid4().hex, None
        self.banner.say("")
        self.run(
            lambda progress: books.plan_sheet(kind, file, progress=progress),
            self._show,
            errand=Errand.LOOK_UP,
            beginning="正在读取表格…",
            counted="正在核对第 {done} 行，共 {total} 行",
        )

    def ask_template(self) -> None:
        """Ask where the empty sheet goes."""
        name, _kind = QFileDialog.getSaveFileName(self, "存空白模板", f"{self.spec.title}模板.xlsx", _SHEET)
        if name:
            self.save_template(Path(name))

    def save_template(self, file: Path) -> None:
        """Write the empty sheet."""
        books, kind = self.bench.desk.books, self.spec.kind
        self.run(
            lambda _progress: books.template(kind, file),
            lambda _nothing: self.banner.say(f"已存空白模板：{file.name}", Tone.GREEN, mark="已保存"),
            errand=Errand.PAPERS,
            beginning="正在存空白模板…",
        )

    def take_in(self) -> None:
        """Take in every new row."""
        books, kind, plan, file = self.bench.desk.books, self.spec.kind, self.plan, self._file
        if plan is None or file is None or not self.take.isEnabled():
            return
        act_id = self._act_id
        self.run(
            lambda progress: books.take_sheet(kind, file, sha256=plan.sha256, act_id=act_id, progress=progress),
            self._taken,
            beginning="正在导入…",
            counted="正在导入第 {done} 行，共 {total} 行",
        )

    def _show(self, plan: BookSheetPlan) -> None:
        self.plan = plan
        ordered = sorted(plan.rows, key=lambda row: (not row.faults, row.line))
        texts = [(row.line, self._texts(row), bool(row.faults) or not row.is_known) for row in ordered]
        self.table.show_rows(texts)
        self.table.say_when_empty("表格里没有内容。")
        self._say_heading()
        self._say_fault()
        self.table.setFocus()

    def _say_heading(self) -> None:
        plan = self.plan
        if plan is None:
            self.heading.setText("先核对，再写入；有一行不对，整个文件都不导入。")
            self.unused.setText("")
            return
        known = f"，{plan.known} 行以前已有" if plan.known else ""
        if plan.faulty:
            self.heading.setText(f"{plan.file_name}：{len(plan.faulty)} 行不对，改好后再选取一次。现在还没有写入。")
        else:
            self.heading.setText(f"{plan.file_name}：将导入 {plan.new} 条{known}。现在还没有写入。")
        self.unused.setText(f"没有用到的列：{'、'.join(plan.unused)}" if plan.unused else "")

    def _say_fault(self) -> None:
        """Say every fault of the row one is on, whole."""
        line = self.table.chosen_id()
        row = next((row for row in self.plan.rows if row.line == line), None) if self.plan is not None else None
        told = "；".join(fault.message for fault in row.faults) if row is not None else ""
        self.fault.setText(f"第 {line} 行：{told}。" if told else "")

    def _texts(self, row: BookSheetRow) -> tuple[str, ...]:
        cells = (" ".join(row.texts.get(key, "").split()) for key in self.spec.columns)
        return (str(row.line), _what(row), *cells)

    def _taken(self, taken: BooksTaken) -> None:
        self.accept()
        self.taken.emit(taken)


def _what(row: BookSheetRow) -> str:
    if row.faults:
        return f"■ {'；'.join(fault.message for fault in row.faults)}"
    return "以前已有，不再导入" if row.is_known else "● 导入"
