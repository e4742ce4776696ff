"""Everything that is done with versions of the rules, each by a key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.acts import Change
from desktop.domain.dry_run import DryRun
from desktop.domain.pack import PolicyPack
from desktop.domain.pack_version import PackVersionLine
from desktop.views.actions import keys_of
from desktop.views.people.sure_dialog import SureDialog
from desktop.views.registers.reason_dialog import ReasonDialog
from desktop.views.rules.comparison_dialog import ComparisonDialog
from desktop.views.rules.decision_dialog import DecisionDialog
from desktop.views.rules.dry_run_window import DryRunWindow
from desktop.views.rules.editor_window import EditorWindow
from desktop.views.rules.gap_dialog import GapDialog
from desktop.views.rules.preview_dialog import PreviewDialog
from desktop.views.rules.versions_list import VersionsList
from desktop.views.shared.chips import Tone
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench

_SIGNED: Final = ".swrules"
_FILES: Final = "规则文件（*.swrules *.toml）"


class VersionsPanel(VersionsList):
    """Enter opens the draft one is on, or compares what cannot be changed; what cannot be done says why."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._tried: dict[str, DryRun] = {}  # by the hash of what was tried
        self._acts: dict[str, Callable[[PackVersionLine], None]] = {
            "fill": self._fill,
            "draft": self._draft,
            "edit": self._edit,
            "compare": self._compare,
            "papers": self._papers,
            "dry_run": self._dry_run,
            "submit": self._submit,
            "recall": self._recall,
            "decide": self._decide,
            "send_back": self._decide,
            "withdraw": self._withdraw,
            "give_out": self._give_out,
            "discard": self._discard,
        }

    def do(self, key: str, line: PackVersionLine | None) -> None:
        if key == "take":
            self._take()
        elif line is not None:
            self._acts[key](line)

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

    # The acts, each for the version chosen

    def _fill(self, line: PackVersionLine) -> None:
        dialog = GapDialog(self.bench, line, self)
        if dialog.exec():
            self._after(dialog.outcome, tone=dialog.tone)
        dialog.deleteLater()

    def _draft(self, line: PackVersionLine) -> None:
        versions, act_id = self.bench.desk.pack_versions, uuid4().hex
        self._work(
            lambda: versions.begin(line.pack_id, line.version, act_id=act_id),
            f"已由 {line.version} 起草新版本，按 {keys_of('rules.edit')} 修改。",
        )

    def _edit(self, line: PackVersionLine) -> None:
        window = EditorWindow(self.bench, line, self)
        window.exec()
        window.deleteLater()
        self._after(window.outcome)

    def _compare(self, line: PackVersionLine) -> None:
        dialog = ComparisonDialog(self.bench, self.lines(), line, self)
        dialog.exec()
        dialog.deleteLater()

    def _papers(self, line: PackVersionLine) -> None:
        preview = self.bench.desk.pack_preview
        self.bench.runner.run(
            lambda _progress: preview.titles(line.pack_id, line.version),
            done=while_there(self, lambda papers: PreviewDialog(self.bench, line, papers, self).open()),
            failed=while_there(self, self.say_trouble),
            errand=Errand.PAPERS,
        )

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
        dialog.deleteLater()

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

    def _try(self, line: PackVersionLine, parent: QWidget, then: Callable[[DryRun], object] | None = None) -> None:
        versions = self.bench.desk.pack_versions

        def open_window(pack: PolicyPack) -> None:
            window = DryRunWindow(self.bench, pack, parent)
            window.exec()
            window.deleteLater()
            if window.tried is not None and line.sha256:
                self._tried[line.sha256] = window.tried
            # A window closed without trying anew takes nothing of what is known back.
            if then is not None and window.tried is not None:
                then(window.tried)

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


def _id(line: PackVersionLine) -> int:
    """Give the id of a version kept here; only such come this far."""
    assert line.id is not None
    return line.id
