"""The versions of the rules with everything that is done with them, each by a key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.access import Right
from desktop.domain.acts import Change
from desktop.domain.dry_run import DryRun
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_version import PackVersionLine
from desktop.views.actions import keys_of
from desktop.views.people.sure_dialog import SureDialog
from desktop.views.registers.reason_dialog import ReasonDialog
from desktop.views.registers.register_table import RegisterTable
from desktop.views.rules.comparison_dialog import ComparisonDialog
from desktop.views.rules.decision_dialog import DecisionDialog
from desktop.views.rules.dry_run_window import DryRunWindow
from desktop.views.rules.editor_window import EditorWindow
from desktop.views.rules.gap_dialog import GapDialog
from desktop.views.rules.version_words import COLUMNS, ROOMY, WIDTHS, Asker, cells, told, why_not
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.flowing import FlowingLines
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.theme import SPACE_2
from desktop.views.workbench import Workbench

_ACTS: Final = (
    ("fill", "补齐待填项"),
    ("draft", "起草新版本"),
    ("edit", "修改"),
    ("compare", "比较"),
    ("dry_run", "试算"),
    ("submit", "提交复核"),
    ("recall", "收回"),
    ("decide", "复核"),
    ("send_back", "退回"),
    ("withdraw", "撤回"),
    ("give_out", "导出"),
    ("take", "导入"),
    ("discard", "删除草稿"),
)
_SIGNED: Final = ".swrules"
_FILES: Final = "规则文件（*.swrules *.toml）"


class VersionsPanel(QWidget):
    """Enter opens the draft one is on, or compares what cannot be changed; what cannot be done says why."""

    read = Signal()  # the list was read

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bench = workbench
        self.banner, self.about = Banner(), QLabel()
        self.table = RegisterTable("rules.versions", COLUMNS, WIDTHS, roomy=ROOMY)
        self.buttons: dict[str, QPushButton] = {}
        self._lines: dict[int, PackVersionLine] = {}
        self._tried: dict[str, DryRun] = {}  # by the hash of what was tried
        self._asked = 0
        self._build()
        workbench.changed.connect(self._changed)

    def lines(self) -> tuple[PackVersionLine, ...]:
        """Give the versions as listed."""
        return tuple(self._lines.values())

    def chosen(self) -> PackVersionLine | None:
        """Give the version one is on."""
        place = self.table.chosen_id()
        return None if place is None else self._lines.get(place)

    def choose(self, version: str) -> None:
        """Stand on a version, where it is listed."""
        for row, line in enumerate(self._lines.values()):
            if line.version == version:
                self.table.setCurrentCell(row, 0)

    def read_anew(self, then: Callable[[], object] | None = None) -> None:
        """Read the versions off the GUI thread."""
        self._asked += 1
        asked, versions = self._asked, self.bench.desk.pack_versions

        def show(lines: tuple[PackVersionLine, ...]) -> None:
            if asked == self._asked:
                self._show(lines)
            if then is not None:
                then()

        self.bench.runner.run(
            lambda _progress: versions.all(),
            done=while_there(self, show),
            failed=while_there(self, self.say_trouble),
            errand=Errand.UNSEEN,
        )

    def act(self, key: str) -> None:
        """Do one of the acts with the chosen version, or say why it is not possible."""
        line = self.chosen()
        if why := why_not(key, line, self._asker()):
            self.banner.say(why, Tone.AMBER, mark="不能办理")
            return
        self.banner.say("")
        doing: Callable[..., None] = getattr(self, f"_{key}")
        doing(*(() if line is None or key == "take" else (line,)))

    def take_file(self, file: Path) -> None:
        """Take in a signed file or a pack file."""
        versions, act_id = self.bench.desk.pack_versions, uuid4().hex
        is_signed = file.suffix.lower() == _SIGNED
        take = versions.take_signed if is_signed else versions.take_file
        words = "签名已核对，须由一人复核后才适用。" if is_signed else "已作为草稿，请核对后提交复核。"
        self._work(lambda: take(file, act_id=act_id), f"已导入 {file.name}。{words}")

    def give_out(self, line: PackVersionLine, file: Path) -> None:
        """Save a version as a signed file."""
        versions, version_id = self.bench.desk.pack_versions, _id(line)
        self._work(lambda: versions.export(version_id, file), f"已存为 {file}，对方核对签名、复核以后适用。")

    def say_trouble(self, error: Exception) -> None:
        """Say what went wrong, with every detail."""
        trouble = describe(error)
        self.banner.say("\n".join(part for part in (trouble.text, trouble.details) if part), Tone.RED, mark="没有办成")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read_anew()

    # The acts, each for the version chosen

    def _fill(self, line: PackVersionLine) -> None:
        dialog = GapDialog(self.bench, line, self)
        if dialog.exec():
            self._after(dialog.outcome, tone=dialog.tone)

    def _draft(self, line: PackVersionLine) -> None:
        versions, act_id = self.bench.desk.pack_versions, uuid4().hex
        self._work(
            lambda: versions.begin(line.pack_id, line.version, act_id=act_id),
            f"已由 {line.version} 起草新版本，按 {keys_of('rules.edit')} 修改。",
        )

    def _edit(self, line: PackVersionLine) -> None:
        window = EditorWindow(self.bench, line, self)
        window.exec()
        self._after(window.outcome)

    def _compare(self, line: PackVersionLine) -> None:
        ComparisonDialog(self.bench, self.lines(), line, self).exec()

    def _dry_run(self, line: PackVersionLine) -> None:
        self._try(line, self)

    def _submit(self, line: PackVersionLine) -> None:
        versions, version_id = self.bench.desk.pack_versions, _id(line)
        self._work(lambda: versions.submit(version_id), f"{line.version} 已提交，等另一人复核。")

    def _recall(self, line: PackVersionLine) -> None:
        versions, version_id = self.bench.desk.pack_versions, _id(line)
        self._work(lambda: versions.recall(version_id), f"{line.version} 已收回，可以继续修改。")

    def _decide(self, line: PackVersionLine) -> None:
        dialog = DecisionDialog(self.bench, self.lines(), line, self, tried=self._tried.get(line.sha256))
        dialog.try_asked.connect(lambda: self._try(line, dialog, dialog.show_tried))
        if dialog.exec():
            self._after(dialog.outcome)

    def _send_back(self, line: PackVersionLine) -> None:
        self._decide(line)

    def _withdraw(self, line: PackVersionLine) -> None:
        words = f"{line.version} 原定自 {line.effective_from} 起施行。撤回以后不再施行，之前的版本继续适用。"
        if (reason := self._reason("撤回", words)) is not None:
            versions, version_id = self.bench.desk.pack_versions, _id(line)
            self._work(lambda: versions.withdraw(version_id, reason=reason), f"{line.version} 已撤回。")

    def _give_out(self, line: PackVersionLine) -> None:
        wanted = f"规则 {line.pack_id} {line.version}{_SIGNED}"
        name, _kind = QFileDialog.getSaveFileName(self, "导出规则版本", wanted, f"签名的规则文件（*{_SIGNED}）")
        if name:
            file = Path(name)
            self.give_out(line, file if file.suffix else file.with_suffix(_SIGNED))

    def _take(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "导入规则版本", "", _FILES)
        if name:
            self.take_file(Path(name))

    def _discard(self, line: PackVersionLine) -> None:
        if SureDialog("删除草稿", f"草稿 {line.version} 删除以后不能恢复，删除会记入审计记录。", self).exec():
            versions, version_id = self.bench.desk.pack_versions, _id(line)
            self._work(lambda: versions.discard(version_id), f"草稿 {line.version} 已删除。")

    # What they have in common

    def _reason(self, title: str, words: str) -> str | None:
        dialog = ReasonDialog(title, words, self)
        dialog.ask_as("理由(&R)", title)
        return dialog.reason() if dialog.exec() else None

    def _try(
        self, line: PackVersionLine, parent: QWidget, then: Callable[[DryRun | None], object] | None = None
    ) -> None:
        versions = self.bench.desk.pack_versions

        def open_window(pack: PolicyPack) -> None:
            window = DryRunWindow(self.bench, pack, parent)
            window.exec()
            if window.result is not None and line.sha256:
                self._tried[line.sha256] = window.result
            if then is not None:
                then(window.result)

        self.bench.runner.run(
            lambda _progress: versions.exact(line.pack_id, line.version),
            # When the reading has ended: what is read counts as under way until then.
            done=while_there(self, lambda pack: QTimer.singleShot(0, parent, lambda: open_window(pack))),
            failed=while_there(self, self.say_trouble),
        )

    def _work(self, work: Callable[[], Any], words: str) -> None:
        self.bench.runner.run(
            lambda _progress: work(),
            done=while_there(self, lambda _result: self._after(words)),
            failed=while_there(self, self.say_trouble),
            errand=Errand.ACT,
        )

    def _after(self, words: str, tone: Tone = Tone.GREEN) -> None:
        if words:
            self.banner.say(words, tone, mark="好了" if tone is Tone.GREEN else "注意")
        self.read_anew(lambda: self.bench.changed.emit(frozenset({Change.SETTINGS})))

    @Slot(object)
    def _changed(self, changes: object) -> None:
        if isinstance(changes, frozenset) and Change.SETTINGS in changes and self.isVisible():
            self.read_anew()

    def _show(self, lines: tuple[PackVersionLine, ...]) -> None:
        is_first = not self._lines
        # What comes with the program has no id in the ledger: it stands under numbers below nought.
        self._lines = {_place(at, line): line for at, line in enumerate(lines)}
        self.table.show_rows([(place, cells(line), True) for place, line in self._lines.items()])
        if is_first:
            self.choose(next((line.version for line in lines if line.is_today), ""))
        self._show_chosen()
        self.read.emit()

    def _show_chosen(self) -> None:
        line, asker = self.chosen(), self._asker()
        self.about.setText(told(line) if line is not None else "")
        for key, button in self.buttons.items():
            why = why_not(key, line, asker)
            button.setEnabled(not why)
            button.setToolTip(why)
            button.setAccessibleDescription(why)

    def _asker(self) -> Asker:
        actor = self.bench.desk.sign_in.actor
        return Asker(
            keeps=actor.may(Right.KEEP_SETTINGS),
            decides=actor.may(Right.DECIDE_EXCEPTIONS),
            today=self.bench.desk.office.today(),
        )

    def _open(self) -> None:
        self.act("compare" if why_not("edit", self.chosen(), self._asker()) else "edit")

    def _build(self) -> None:
        self.table.setAccessibleName("规则版本")
        self.table.say_when_empty("正在读取…")
        self.about.setWordWrap(True)
        self.about.setProperty("role", "soft")
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        foot = FlowingLines()
        for key, title in _ACTS:
            button = QPushButton(f"{title}（{keys_of(f'rules.{key}')}）")
            button.setObjectName(f"rules.{key}")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, key=key: self.act(key))
            foot.addWidget(button)
            self.buttons[key] = button
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self.banner)
        column.addWidget(self.table, 1)
        column.addWidget(self.about)
        column.addLayout(foot)
        bind_keys(self, {f"rules.{key}": partial(self.act, key) for key, _title in _ACTS})
        self.table.opened.connect(lambda _place: self._open())
        self.table.currentCellChanged.connect(lambda *_cells: self._show_chosen())
        self.setFocusProxy(self.table)


def _place(at: int, line: PackVersionLine) -> int:
    return line.id if line.id is not None else -1 - at


def _id(line: PackVersionLine) -> int:
    """Give the id of a version kept here; only such come this far."""
    assert line.id is not None
    return line.id
