"""Taking an office's old Excel ledger in: columns first, then a dry run of every line, then the import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import FaultyInput
from desktop.domain.old_registration import LedgerMapping
from desktop.domain.progress import Progress
from desktop.domain.sheet_import import SheetFindings, SheetLook, SheetTaken
from desktop.domain.sheet_layout import HeadingLines
from desktop.views.actions import keys_of
from desktop.views.exchange.old_ledger_findings import FindingsPart
from desktop.views.exchange.old_ledger_mapping import MappingPart
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.text_field import TextField
from desktop.views.shared.working_dialog import WorkingDialog
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_KINDS: Final = "表格（*.xlsx *.xlsm *.csv *.txt）;;所有文件（*）"
_WIDTH, _HEIGHT = 88, 46
_LABEL: Final = 5


def ask_old_ledger(workbench: Workbench, host: QWidget) -> None:
    """Ask for the file of an old ledger and show it; nothing happens to who may not take ledgers in."""
    if not workbench.desk.sheet_imports.may_import():
        return
    name, _kind = QFileDialog.getOpenFileName(host, "导入旧台账", "", _KINDS)
    if name:
        dialog = OldLedgerDialog(workbench, Path(name), host)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


class OldLedgerDialog(WorkingDialog):
    """Two steps in one window; Esc stops what runs, goes back from the dry run, then closes.

    Nothing is written before the import itself, and that as one transaction.
    """

    def __init__(self, workbench: Workbench, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._file = file
        self._look: SheetLook | None = None
        self._mapping: LedgerMapping | None = None
        self.sheet = PickList()
        self.headings = TextField()
        self.notes = QLabel()
        office = workbench.desk.office.office()
        self.columns = MappingPart(office.communities if office else ())
        self.found = FindingsPart()
        self._steps = QStackedWidget()
        self.examine_button = QPushButton(f"检查，不写入（{keys_of('old_ledger.examine')}）")
        self.faults_button = QPushButton(f"存出标明错误的表格（{keys_of('old_ledger.faults')}）")
        self.take_button = QPushButton()
        self.close_button = QPushButton("关闭（Esc）")
        self._build()
        self._connect()
        self.read(file)

    def read(self, file: Path, *, sheet: str = "", headings: HeadingLines | None = None) -> None:
        """Read a file and show its columns."""
        self._file = file
        service = self.bench.desk.sheet_imports
        self._run(
            lambda progress: service.look(file, sheet=sheet, headings=headings, progress=progress), self._show_look
        )

    def ask_file(self) -> None:
        """Ask for another file."""
        name, _kind = ("", "") if self.is_busy else QFileDialog.getOpenFileName(self, "导入旧台账", "", _KINDS)
        if name:
            self._to_columns()
            self.read(Path(name))

    def examine(self) -> None:
        """Judge every line without writing anything."""
        mapping = None if self.is_busy else self.columns.mapping()
        if mapping is None:
            return
        file, service = self._file, self.bench.desk.sheet_imports
        self._mapping = mapping
        self._run(lambda progress: service.examine(file, mapping, progress=progress), self._show_findings)

    def ask_faults(self) -> None:
        """Ask where the sheet with the marked cells goes."""
        if self.is_busy or not self._has_faults():
            return
        wanted = f"{self._file.stem} 要改的地方.xlsx"
        name, _kind = QFileDialog.getSaveFileName(self, "存出标明错误的表格", wanted, "Excel 表格（*.xlsx）")
        if name:
            self.write_faults(Path(name) if Path(name).suffix else Path(name).with_suffix(".xlsx"))

    def write_faults(self, target: Path) -> None:
        """Write the sheet with the marked cells."""
        mapping, file, service = self._mapping, self._file, self.bench.desk.sheet_imports
        if mapping is None:
            return
        self._run(
            lambda progress: service.write_faults(file, mapping, target, progress=progress),
            lambda count: self._say(f"已存出“{target.name}”，标明 {count} 格。改好后按 Ctrl+O 导入。", Tone.GREEN),
            errand=Errand.PAPERS,
        )

    def take(self) -> None:
        """Take the lines over in one transaction."""
        findings, mapping = self.found.findings, self._mapping
        if self.is_busy or self._steps.currentWidget() is not self.found or mapping is None or findings is None:
            return
        if not self.found.can_take:
            self._say(_why_not(findings), Tone.AMBER)
            return
        file, service, act_id = self._file, self.bench.desk.sheet_imports, uuid4().hex
        is_whole = self.found.all_or_nothing.isChecked() or not findings.faulty
        self._run(
            lambda progress: service.take(
                file, mapping, all_or_nothing=is_whole, act_id=act_id, sha256=findings.sha256, progress=progress
            ),
            self._taken,
            errand=Errand.ACT,
        )

    def reject(self) -> None:
        if self.stop():
            return
        if self._steps.currentWidget() is self.found:
            self._to_columns()
        else:
            super().reject()

    def say_trouble(self, error: Exception) -> None:
        if isinstance(error, FaultyInput):
            self._say("；".join(fault.what for fault in error.faults) + "。", Tone.AMBER)
        else:
            self._say(describe(error).text, Tone.RED)

    def _say(self, words: str, tone: Tone) -> None:
        self.banner.say(words, tone, mark="好了" if tone is Tone.GREEN else "注意")

    def _run(
        self, work: Callable[[Progress], Any], done: Callable[[Any], None], *, errand: Errand = Errand.LOOK_UP
    ) -> None:
        self.banner.say("")
        beginning = "正在读取…" if errand is Errand.LOOK_UP else "正在写…"
        self.run(work, done, errand=errand, beginning=beginning, counted="{done} / {total}　停止（Esc）")

    def _show_look(self, look: SheetLook) -> None:
        self._look = look
        self.setWindowTitle(f"导入旧台账：{self._file.name}")
        self.sheet.set_options(
            [(sheet.name, f"{sheet.name}{'（隐藏）' if sheet.is_hidden else ''}") for sheet in look.sheets]
        )
        self.sheet.set_value(look.sheet)
        lines = look.headings
        self.headings.set_value(_lines_words(lines))
        self.notes.setText("　".join(note.label for note in look.notes))
        self.notes.setVisible(bool(look.notes))
        self.columns.show_look(look)
        if lines is None:
            self._say("没有认出表头。请填表头在第几行，如 3 或者 3-4，再按 Enter。", Tone.AMBER)
            self.headings.setFocus()
            return
        if look.is_saved:
            self._say("这样的表头以前导入过，列的对应照当时确认的。", Tone.GREEN)
        self.columns.focus_first()

    def _show_findings(self, findings: SheetFindings) -> None:
        self._steps.setCurrentWidget(self.found)
        self.found.show_findings(findings)
        self.allow()

    def _taken(self, taken: SheetTaken) -> None:
        known = f"，{taken.known} 行以前导入过" if taken.known else ""
        left = f"，{taken.refused} 行有误没有导入" if taken.refused else ""
        self.bench.changed.emit(taken.changes)
        self.bench.told.emit(f"已从“{self._file.name}”导入 {taken.taken} 件{known}{left}。")
        self.accept()

    def _to_columns(self) -> None:
        self._steps.setCurrentIndex(0)
        self.banner.say("")
        self.allow()
        self.columns.focus_first()

    def _choose_sheet(self, name: str) -> None:
        if not self.is_busy and self._look is not None and name and name != self._look.sheet:
            self.read(self._file, sheet=name)

    def _set_headings(self) -> None:
        lines = heading_lines(self.headings.value())
        if self.is_busy or self._look is None:
            return
        if lines is None or lines.last > self._look.lines:
            self._say("表头所在的行请写成 3 或者 3-4，最多三行。", Tone.AMBER)
        elif lines != self._look.headings:
            self.read(self._file, sheet=self._look.sheet, headings=lines)

    def _has_faults(self) -> bool:
        found = self.found.findings
        return self._steps.currentWidget() is self.found and found is not None and found.faulty > 0

    def allow(self) -> None:
        """Let be pressed what can be done now."""
        is_idle, is_found = not self.is_busy, self._steps.currentWidget() is self.found
        found = self.found.findings
        self._steps.setEnabled(is_idle)
        self.sheet.setEnabled(is_idle and not is_found)
        self.headings.setEnabled(is_idle and not is_found)
        self.examine_button.setVisible(not is_found)
        self.examine_button.setEnabled(is_idle and self._look is not None and self._look.headings is not None)
        self.faults_button.setVisible(is_found and found is not None and found.faulty > 0)
        self.faults_button.setEnabled(is_idle)
        self.take_button.setVisible(is_found)
        self.take_button.setEnabled(is_idle and self.found.can_take)
        count = found.ready if found is not None else 0
        self.take_button.setText(f"导入 {count} 件（{keys_of('old_ledger.take')}）")
        self.close_button.setText("停止（Esc）" if not is_idle else "返回（Esc）" if is_found else "关闭（Esc）")

    def _connect(self) -> None:
        self.sheet.picked.connect(self._choose_sheet)
        self.headings.returnPressed.connect(self._set_headings)
        self.examine_button.clicked.connect(self.examine)
        self.faults_button.clicked.connect(self.ask_faults)
        self.take_button.clicked.connect(self.take)
        self.close_button.clicked.connect(self.reject)
        self.found.only_good.toggled.connect(self.allow)
        bind_keys(
            self,
            {
                "old_ledger.file": self.ask_file,
                "old_ledger.examine": self.examine,
                "old_ledger.faults": self.ask_faults,
                "old_ledger.take": self.take,
            },
        )

    def _build(self) -> None:
        self.setObjectName("old_ledger")
        self.setWindowTitle("导入旧台账")
        self.resize(base_px() * _WIDTH, base_px() * _HEIGHT)
        self.sheet.setObjectName("old_ledger.sheet")
        self.headings.setObjectName("old_ledger.headings")
        self.headings.setPlaceholderText("如 3 或者 3-4，Enter")
        self.notes.setProperty("role", "soft")
        self.notes.setWordWrap(True)
        self._steps.addWidget(self.columns)
        self._steps.addWidget(self.found)
        for button in (self.examine_button, self.take_button):
            button.setProperty("role", "primary")
        for button in (self.examine_button, self.faults_button, self.take_button, self.close_button):
            button.setAutoDefault(False)
        head = QHBoxLayout()
        head.setSpacing(SPACE_4)
        head.addWidget(FieldRow("工作表(&W)", self.sheet, label_characters=_LABEL), 2)
        head.addWidget(FieldRow("表头在第几行(&L)", self.headings, label_characters=_LABEL + 3), 1)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(self.bar, 1)
        foot.addStretch(1)
        for button in (self.faults_button, self.examine_button, self.take_button, self.close_button):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addWidget(self.banner)
        column.addLayout(head)
        column.addWidget(self.notes)
        column.addWidget(self._steps, 1)
        column.addLayout(foot)
        self.allow()


def heading_lines(text: str) -> HeadingLines | None:
    """Read where the headings stand, as 3 or 3-4; None when it says nothing of the kind."""
    first, _, last = text.strip().replace("－", "-").replace("至", "-").partition("-")
    if not first.isascii() or not first.isdigit() or (last and not (last.isascii() and last.isdigit())):
        return None
    lines = HeadingLines(first=int(first), last=int(last or first))
    return lines if 1 <= lines.first <= lines.last <= lines.first + 2 else None


def _lines_words(lines: HeadingLines | None) -> str:
    return "" if lines is None else "-".join(dict.fromkeys((str(lines.first), str(lines.last))))


def _why_not(findings: SheetFindings) -> str:
    if findings.faulty and findings.ready:
        return "有的行有误。请改好再导入，或者选“只导入没有错误的行”（Alt+G）。"
    return "没有可以导入的行。"
