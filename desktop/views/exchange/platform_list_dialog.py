"""What awaits entry in the platform: checked, filled into its import sheet, numbers scanned back, its list compared."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.errors import ClerkError
from desktop.domain.platform_entries import AwaitingFiling, CheckedFiling, ListPlan, WrittenSheet
from desktop.domain.progress import Progress
from desktop.domain.search_keys import normalise
from desktop.views.actions import keys_of, shortcut
from desktop.views.exchange.platform_columns_dialog import PlatformColumnsDialog
from desktop.views.exchange.platform_compare_dialog import PlatformCompareDialog
from desktop.views.exchange.platform_words import awaiting_texts, faults_in_full, taken_words, template_words
from desktop.views.exchange.scan_line import LABEL_CHARACTERS, ScanLine
from desktop.views.registers.register_table import RegisterTable
from desktop.views.shared.chips import Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.text_field import TextField
from desktop.views.shared.working_dialog import WorkingDialog
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_COLUMNS: Final = ("选", "登记编号", "类别", "工程（作业）", "业主", "社区", "受理日期", "导入表核对")
_WIDTHS: Final = (3, 11, 8, 18, 14, 7, 8, 14)
_FILES: Final = "Excel 表格、CSV（*.xlsx *.csv）"


class PlatformListDialog(WorkingDialog):
    """The table has the keyboard: Space ticks; in the scan line Enter chooses or notes a number."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._filings: dict[int, AwaitingFiling] = {}
        self._checked: dict[int, CheckedFiling] = {}
        self._ticked: set[int] = set()
        self._act_id = uuid4().hex
        self.heading, self.template_line, self.detail = QLabel(), QLabel(), QLabel()
        self.table = RegisterTable("platform_list", _COLUMNS, _WIDTHS, roomy=(3, 4, 7))
        self.line, self.purpose = ScanLine(workbench), TextField()
        self.purpose_row = FieldRow("用途(&P)", self.purpose, label_characters=LABEL_CHARACTERS)
        self.buttons: dict[str, QPushButton] = {}
        self.close_button = QPushButton("关闭（Esc）")
        self._build()
        self._connect()
        self.look_up()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_up(self) -> None:
        """Read what awaits entry, and check it against the import sheet."""
        lists = self.bench.desk.platform_lists

        def work(progress: Progress) -> tuple[Any, ...]:
            filings = lists.awaiting()
            checked = lists.check([filing.filing_id for filing in filings], progress)
            return filings, checked, lists.template(), lists.is_own()

        self.run(work, self._show, errand=Errand.LOOK_UP)

    def tick(self) -> None:
        """Tick the chosen filing for the sheet, or not any more."""
        chosen = self.table.chosen_id()
        if chosen is not None:
            self._ticked ^= {chosen}
            self._show_rows()

    def note_scanned(self) -> None:
        """Choose the filing whose number was scanned, or note what was scanned as the platform's number."""
        typed = self.line.scan.value().strip()
        meant = next((one for one in self._filings.values() if normalise(one.number) == normalise(typed)), None)
        if not typed:
            return
        if meant is not None:
            self._choose(meant.filing_id)
            self.line.clear()
            self.banner.say(
                f"已选中 {meant.number} {meant.project_name}，请扫描或者输入平台编号。", Tone.BLUE, mark="下一步"
            )
            return
        chosen, day = self.table.chosen_id(), self.line.day.day()
        if self.line.day.problem():
            self.line.say_fault("day", self.line.day.problem())
            return
        if chosen is None:
            return
        platform, act_id = self.bench.desk.platform, self._act_id
        self.run(
            lambda _progress: platform.record(chosen, typed, act_id=act_id, entered_on=day),
            lambda _changes: self._noted(chosen, typed),
            failed=self._not_noted,
        )

    def fill(self) -> None:
        """Ask where the filled sheet goes."""
        if not self._ticked:
            self.banner.say(f"没有勾选。{keys_of('platform_list.tick')} 勾选要填入的申报件。", Tone.AMBER, mark="注意")
            return
        if not self.purpose.value().strip():
            self.purpose_row.set_fault("请写明用途：文件含完整证件号码和电话，记入审计记录。")
            self.purpose_row.reveal()
            self.purpose.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        wanted = f"平台导入表 {self.bench.desk.office.today():%Y%m%d}.xlsx"
        name, _kind = QFileDialog.getSaveFileName(self, "填写导入表", wanted, "Excel 表格（*.xlsx）")
        if name:
            file = Path(name)
            self.fill_to(file if file.suffix else file.with_suffix(".xlsx"))

    def fill_to(self, file: Path) -> None:
        """Write the ticked filings into the sheet."""
        ids = [filing_id for filing_id in self._filings if filing_id in self._ticked]
        lists, purpose = self.bench.desk.platform_lists, self.purpose.value()
        self.run(
            lambda progress: lists.write_sheet(file, ids, purpose=purpose, progress=progress),
            self._filled,
            errand=Errand.PAPERS,
        )

    def ask_list(self) -> None:
        """Ask for the platform's list."""
        name, _kind = QFileDialog.getOpenFileName(self, "平台清单", "", _FILES)
        if name:
            self.compare(Path(name))

    def compare(self, file: Path, mapped: Any = None) -> None:
        """Hold a list against the ledger and show it; a list of unknown headings asks what they mean."""
        returns = self.bench.desk.platform_returns
        self.run(
            lambda _progress: returns.plan(file, mapped),
            lambda plan: self._compared(file, plan),
            failed=lambda error: self._ask_columns(file, error),
            errand=Errand.LOOK_UP,
        )

    def ask_template(self) -> None:
        """Ask for the platform's own empty import sheet."""
        name, _kind = QFileDialog.getOpenFileName(self, "平台的空白导入表", "", _FILES)
        if name:
            self.keep_template(Path(name))

    def keep_template(self, file: Path) -> None:
        """Take an empty sheet as the one to fill."""
        lists = self.bench.desk.platform_lists
        self.run(lambda _progress: lists.keep_template(file), lambda _template: self.look_up())

    def drop_template(self) -> None:
        """Go back to the shipped sheet."""
        lists = self.bench.desk.platform_lists
        self.run(lambda _progress: lists.drop_template(), lambda _changes: self.look_up())

    def _show(self, found: tuple[Any, ...]) -> None:
        filings, checked, template, is_own = found
        fresh = {filing.filing_id for filing in filings} - set(self._filings)
        self._filings = {filing.filing_id: filing for filing in filings}
        self._checked = {one.filing_id: one for one in checked}
        # What the platform would take goes into the sheet unless somebody says otherwise.
        self._ticked &= set(self._filings)
        self._ticked |= {one.filing_id for one in checked if one.filing_id in fresh and not one.faults}
        self.template_line.setText(template_words(template, is_own=is_own))
        self._show_rows()

    def _show_rows(self) -> None:
        self.table.show_rows(
            [
                (key, awaiting_texts(one, self._checked.get(key), is_ticked=key in self._ticked), True)
                for key, one in self._filings.items()
            ]
        )
        self.table.say_when_empty("受理的申报件都已录入平台。")
        lacking = sum(bool(one.faults) for one in self._checked.values())
        self.heading.setText(
            f"待录入平台 {len(self._filings)} 件，已勾选 {len(self._ticked)} 件"
            + (f"，{lacking} 件要补" if lacking else "")
        )
        self._show_detail()

    def _show_detail(self) -> None:
        chosen = self.table.chosen_id()
        self.detail.setText(faults_in_full(self._checked.get(chosen)) if chosen is not None else "")

    def _choose(self, filing_id: int) -> None:
        for row, known in enumerate(self._filings):
            if known == filing_id:
                self.table.setCurrentCell(row, 0)

    def _noted(self, filing_id: int, number: str) -> None:
        self._act_id = uuid4().hex
        filing = self._filings.pop(filing_id)
        self._ticked.discard(filing_id)
        self._checked.pop(filing_id, None)
        self.line.clear()
        self._show_rows()
        self.banner.say(f"{filing.number} 的平台编号 {number} 已记下。", Tone.GREEN, mark="回录")
        self.bench.changed.emit(frozenset({Change.FILINGS}))

    def _not_noted(self, error: Exception) -> None:
        code = error.code if isinstance(error, ClerkError) else ""
        self.line.say_fault("day" if code == "platform_day_unfit" else "scan", describe(error).text)

    def _filled(self, written: WrittenSheet) -> None:
        parts = (
            f"已填 {written.count} 件到 {written.file}，含完整证件号码和电话，上传后请删除。",
            f"其中 {written.faulty} 件有要补的内容，平台可能退回。" if written.faulty else "",
            f"另有 {written.left_out} 件不在您的范围内，没有填入。" if written.left_out else "",
        )
        self.banner.say("".join(parts), Tone.GREEN, mark="导入表")

    def _compared(self, file: Path, plan: ListPlan) -> None:
        dialog = PlatformCompareDialog(self.bench, file, plan, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.taken.connect(self._taken)
        dialog.open()

    def _taken(self, taken: Any) -> None:
        self.banner.say(taken_words(taken), Tone.GREEN, mark="核对")
        self.bench.changed.emit(taken.changes)
        self.look_up()

    def _ask_columns(self, file: Path, error: Exception) -> None:
        headings = error.details.get("headings") if isinstance(error, ClerkError) else None
        if not isinstance(error, ClerkError) or error.code != "no_list_headings" or not headings:
            self.say_trouble(error)
            return
        assert isinstance(headings, tuple)
        dialog = PlatformColumnsDialog(headings, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.mapped.connect(lambda mapped: self.compare(file, mapped))
        dialog.open()

    def _connect(self) -> None:
        acts = {
            "platform_list.fill": ("填写导入表", self.fill),
            "platform_list.read_in": ("核对平台清单", self.ask_list),
        }
        if self.bench.desk.sign_in.actor.may(Right.KEEP_SETTINGS):
            acts["platform_list.template"] = ("换导入表", self.ask_template)
            acts["platform_list.shipped"] = ("用自带的", self.drop_template)
        for key, (title, act) in acts.items():
            button = self.buttons[key] = QPushButton(f"{title}（{keys_of(key)}）")
            button.setAutoDefault(False)
            button.clicked.connect(act)
            self._foot.insertWidget(self._foot.count() - 1, button)
            QShortcut(shortcut(key), self).activated.connect(act)
        self.buttons["platform_list.fill"].setProperty("role", "primary")
        ticks = QShortcut(shortcut("platform_list.tick"), self.table)
        ticks.setContext(Qt.ShortcutContext.WidgetShortcut)
        ticks.activated.connect(self.tick)
        QShortcut(shortcut("platform_list.scan"), self).activated.connect(self.line.take_keyboard)
        self.line.entered.connect(self.note_scanned)
        self.line.changed.connect(self._typed)
        self.purpose.returnPressed.connect(self.fill)
        self.purpose.changed.connect(self._typed)
        self.table.currentCellChanged.connect(self._show_detail)
        self.close_button.clicked.connect(self.reject)
        order = (self.table, self.line.scan, self.line.day, self.purpose, *self.buttons.values(), self.close_button)
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _typed(self) -> None:
        # Another number is another act; the same one tried again counts once.
        self._act_id = uuid4().hex
        self.purpose_row.set_fault("")

    def _build(self) -> None:
        self.setObjectName("platform_list_dialog")
        self.setWindowTitle("平台录入")
        self.resize(base_px() * 84, base_px() * 42)
        self.heading.setProperty("role", "heading")
        for label in (self.template_line, self.detail):
            label.setProperty("role", "soft")
            label.setWordWrap(True)
        self.table.setAccessibleName("待录入平台的申报件")
        self.purpose.setPlaceholderText("例如：纳管平台批量录入（填写导入表时必填）")
        self.purpose.setObjectName("platform_list.purpose")
        self._foot = QHBoxLayout()
        self._foot.setSpacing(SPACE_2)
        self._foot.addStretch(1)
        self.close_button.setAutoDefault(False)
        self._foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        for part in (self.heading, self.template_line, self.banner):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addWidget(self.line)
        column.addWidget(self.purpose_row)
        column.addWidget(self.bar)
        column.addLayout(self._foot)
