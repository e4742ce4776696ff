"""Trying a version of the rules over the filings of the last months (试算): what would change, counted and listed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QSpinBox, QVBoxLayout, QWidget

from desktop.domain.dry_run import ChangeKind, DryRun
from desktop.domain.ledger import LedgerRow
from desktop.domain.local_rules import local
from desktop.domain.pack import PolicyPack
from desktop.domain.progress import Progress
from desktop.services.dry_run import MOST_MONTHS
from desktop.views.actions import keys_of, shortcut
from desktop.views.registers.register_table import RegisterTable
from desktop.views.rules.dry_run_table import DryRunTable, Line, transition_texts
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.screen_room import room_on_screen
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.working_dialog import WorkingDialog
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px, row_px
from desktop.views.workbench import Workbench

USUAL_MONTHS: Final = 12
NOTHING_WRITTEN: Final = "试算只看不写：台账没有改动，已经办理的件仍按当时的规则版本办理。"
_BEFORE: Final = f"填往前几个月，按 {keys_of('dry_run.begin')} 开始。"
_HINT: Final = "　".join(
    f"{keys_of(f'dry_run.{key}')} {words}"
    for key, words in (("kinds", "种类"), ("transitions", "合计"), ("lines", "清单"), ("sort", "排序"))
)
_NOTHING: Final = "这一期的申报件按这个版本判定，没有一件与原来不同。"
_SIZE: Final = (94, 46)  # in characters
_ROWS_ABOVE: Final = 8  # of the two tables of counts, with their headings
_ALL: Final = 0


@dataclass(frozen=True, slots=True)
class _Tried:
    """What was worked out for somebody, so that going to a filing of the list does not lose it."""

    pack: PolicyPack
    result: DryRun


class DryRunWindow(WorkingDialog):
    """Counts by kind, the commonest changes and the list; Esc stops the work under way, otherwise it closes."""

    stopped_words = "试算已停止，台账没有改动。"

    def __init__(self, workbench: Workbench, pack: PolicyPack, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent, named="试算进度")
        self.pack = pack
        self.tried: DryRun | None = None
        self.months = QSpinBox()
        self.begin_button = QPushButton(f"开始试算（{keys_of('dry_run.begin')}）")
        self.save_button = QPushButton(f"存为 Excel（{keys_of('dry_run.workbook')}）")
        self.open_button, self.close_button = QPushButton("打开选中的一件（Enter）"), QPushButton("关闭（Esc）")
        self.count_line, self.left_out, self.whole_line = QLabel(), Banner(), QLabel()
        self.kinds = RegisterTable("dry_run_kinds", ("变化", "件数"), (9,))
        self.transitions = RegisterTable(
            "dry_run_transitions", ("变化", "现在", "试算以后", "件数"), (7, 16, 16), roomy=(1, 2)
        )
        self.table = DryRunTable()
        self._commonest: tuple[tuple[ChangeKind, str, str], ...] = ()
        self._whose = ("dry_run", workbench.desk.sign_in.actor.account_id)
        self._build()
        self._bind()
        self._show_counts()
        left = workbench.unfinished.get(self._whose)
        if isinstance(left, _Tried) and left.pack == pack:
            self._show(left.result)
            self.banner.say(f"这是刚才试算的结果；再试一次按 {keys_of('dry_run.begin')}。", Tone.BLUE, mark="说明")

    def begin(self) -> None:
        """Try the version over the months asked for."""
        if self.is_busy:
            return
        self.months.interpretText()
        months, pack, service = self.months.value(), self.pack, self.bench.desk.dry_run
        self.banner.say("")

        def work(progress: Progress) -> DryRun:
            return service.run(pack, months=months, progress=progress)

        self.run(work, self._show, errand=Errand.LOOK_UP, beginning="正在试算…", counted="已试算 {done} / {total} 件")

    def save(self) -> None:
        """Ask where the workbook goes, then write it."""
        if self.tried is None or self.is_busy:
            return
        result, service = self.tried, self.bench.desk.dry_run
        wanted = f"规则试算 {result.version} {result.first_on:%Y%m%d}-{result.last_on:%Y%m%d}.xlsx"
        name, _kind = QFileDialog.getSaveFileName(self, "试算结果存为 Excel", wanted, "Excel（*.xlsx）")
        if name:
            file = Path(name) if Path(name).suffix else Path(name).with_suffix(".xlsx")
            self.run(lambda _progress: service.write(result, file), lambda _: self._saved(file), beginning="正在保存…")

    def open_filing(self, filing_id: int) -> None:
        """Open a filing of the list where the one at work may see it; the list is there when the window opens again."""

        def work(_progress: Progress) -> tuple[LedgerRow, ...]:
            return self.bench.desk.ledger.page((filing_id,))

        self.run(work, lambda rows: self._opened(filing_id, rows), errand=Errand.LOOK_UP)

    def entered(self) -> None:
        """Begin from the field of months."""
        if self.months.hasFocus():
            self.begin()

    def allow(self) -> None:
        is_there = self.tried is not None and not self.is_busy
        self.begin_button.setEnabled(not self.is_busy)
        self.months.setEnabled(not self.is_busy)
        self.save_button.setEnabled(is_there)
        chosen = self.table.chosen()
        self.open_button.setEnabled(is_there and chosen is not None)
        self.whole_line.setText(chosen.in_words() if chosen is not None else "")

    def _show(self, result: DryRun) -> None:
        self.tried = result
        self.bench.unfinished[self._whose] = _Tried(self.pack, result)
        self.table.say_when_empty(_NOTHING if result.judged else "这一期没有申报件。")
        self.table.show_rows(result.rows)
        self._show_counts()
        same = result.judged - len(result.rows) - result.unreadable
        self.count_line.setText(
            f"{result.first_on} 至 {result.last_on} 申报的 {result.judged:,} 件："
            f"有变化 {len(result.rows):,} 件，没有变化 {same:,} 件，未能试算 {result.unreadable:,} 件"
        )
        words = f"有 {result.unreadable:,} 件未能试算，没有算作“没有变化”：原规则版本不在本机，或者由更新的程序录入。"
        self.left_out.say(words if result.unreadable else "", Tone.RED, mark="未能试算")
        target = self.table if result.rows else self.months
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_counts(self) -> None:
        result = self.tried
        kinds = tuple(ChangeKind)
        counts = [(_ALL, ("全部变化", f"{len(result.rows):,}" if result else ""), True)]
        counts += [
            (place, (kind.label, f"{result.count(kind):,}" if result else ""), True)
            for place, kind in enumerate(kinds, start=1)
        ]
        self.kinds.setCurrentCell(_ALL, 0)
        self.kinds.show_rows(counts)
        self.kinds.setCurrentCell(_ALL, 0)
        self._commonest = tuple(result.transitions) if result else ()
        told = [
            (place, transition_texts(*key, result.transitions[key]), True)
            for place, key in enumerate(self._commonest)
            if result
        ]
        self.transitions.show_rows(told)
        self.transitions.say_when_empty("" if result else "试算以后，最常见的变化列在这里。")

    def _only_kind(self) -> None:
        chosen = self.kinds.chosen_id()
        if not chosen:
            self.table.only(None)
        else:
            wanted = tuple(ChangeKind)[chosen - 1]
            self.table.only(lambda line: line.change.kind is wanted)
        self.table.say_when_empty(self._words_when_empty())
        self.allow()

    def _only_transition(self, place: int) -> None:
        kind, before, after = self._commonest[place]
        self.kinds.setCurrentCell(tuple(ChangeKind).index(kind) + 1, 0)

        def is_wanted(line: Line) -> bool:
            sides = (line.change.before, line.change.after)
            return line.change.kind is kind and (not (before or after) or sides == (before, after))

        self.table.only(is_wanted)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.allow()

    def _words_when_empty(self) -> str:
        if self.tried is None:
            return _BEFORE
        if self.tried.rows:
            return "没有这一种变化。"
        return _NOTHING if self.tried.judged else "这一期没有申报件。"

    def _opened(self, filing_id: int, rows: tuple[LedgerRow, ...]) -> None:
        if not rows:
            self.banner.say("这一件不在您的辖区或者行业之内，不能打开。", Tone.AMBER, mark="看不到")
            return
        self.accept()
        self.bench.filing_asked.emit(filing_id)

    def _saved(self, file: Path) -> None:
        self.banner.say(f"已存为 {file}", Tone.GREEN, mark="已保存")

    def _bind(self) -> None:
        for button, act in (
            (self.begin_button, self.begin),
            (self.save_button, self.save),
            (self.open_button, self._open_chosen),
            (self.close_button, self.reject),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        for key, act in (
            ("begin", self.begin),
            ("workbook", self.save),
            ("sort", self.table.sort_by_current),
            ("kinds", self.kinds.setFocus),
            ("transitions", self.transitions.setFocus),
            ("lines", self.table.setFocus),
        ):
            QShortcut(shortcut(f"dry_run.{key}"), self).activated.connect(act)
        self.table.opened.connect(self.open_filing)
        self.table.moved.connect(self.allow)
        self.kinds.itemSelectionChanged.connect(self._only_kind)
        self.transitions.opened.connect(self._only_transition)

    def _open_chosen(self) -> None:
        line = self.table.chosen()
        if line is not None:
            self.open_filing(line.row.filing_id)

    def _build(self) -> None:
        self.setObjectName("dry_run")
        self.setWindowTitle("规则试算")
        room = room_on_screen(self)
        self.resize(
            min(base_px() * _SIZE[0], room.width() - SPACE_4), min(base_px() * _SIZE[1], room.height() * 9 // 10)
        )
        title = QLabel(f"{self.pack.title}　{self.pack.version}")
        title.setProperty("role", "title")
        about = QLabel(local(NOTHING_WRITTEN))
        about.setProperty("role", "soft")
        for label in (title, about, self.count_line, self.whole_line):
            label.setWordWrap(True)
        self.count_line.setProperty("role", "heading")
        self.kinds.setAccessibleName("变化的种类和件数，选中一种只列这一种")
        self.transitions.setAccessibleName("最常见的变化，Enter 只列这一类")
        self.table.say_when_empty(_BEFORE)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_2)
        for widget in (title, about, self.banner):
            column.addWidget(widget)
        column.addLayout(self._head())
        for widget in (self.left_out, self.count_line):
            column.addWidget(widget)
        column.addLayout(self._counts())
        column.addWidget(self.table, 1)
        column.addLayout(self._foot())
        self.months.setFocus(Qt.FocusReason.OtherFocusReason)
        self.allow()

    def _head(self) -> QHBoxLayout:
        self.months.setRange(1, MOST_MONTHS)
        self.months.setValue(USUAL_MONTHS)
        self.months.setSuffix(" 个月")
        self.months.setObjectName("dry_run.months")
        self.months.setAccessibleName("往前几个月的申报件")
        label = QLabel("往前(&M)")
        label.setBuddy(self.months)
        self.begin_button.setProperty("role", "primary")
        line = QHBoxLayout()
        line.setSpacing(SPACE_3)
        for widget in (label, self.months, self.begin_button, self.bar):
            line.addWidget(widget)
        line.addStretch(1)
        hint = QLabel(_HINT)
        hint.setProperty("role", "faint")
        line.addWidget(hint)
        return line

    def _counts(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(SPACE_3)
        for table in (self.kinds, self.transitions):
            table.setFixedHeight(row_px() * _ROWS_ABOVE + SPACE_3)
        self.kinds.setFixedWidth(base_px() * 18)
        line.addWidget(self.kinds)
        line.addWidget(self.transitions, 1)
        return line

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        # Two lines of it, so that nothing moves when one line says more than another.
        self.whole_line.setMinimumHeight(row_px() * 3 // 2)
        self.whole_line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        foot.addWidget(self.whole_line, 1)
        for button in (self.open_button, self.save_button, self.close_button):
            foot.addWidget(button)
        return foot
