"""The editor of a draft of the rules: sections, their entries, the fields of one, and every fault with its cure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Fault
from desktop.domain.pack_draft import Key, PackDraft
from desktop.domain.pack_version import PackTree, PackVersionLine, VersionHead
from desktop.views.actions import keys_of
from desktop.views.rules.comparison_dialog import ComparisonDialog
from desktop.views.rules.draft_saving import DraftSaving, Kept
from desktop.views.rules.editor_view import EditorView
from desktop.views.rules.entry_form import is_listed
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.messages import describe
from desktop.views.shared.task_runner import Errand
from desktop.views.workbench import Workbench

_HEAD: Final = {"version": "version", "effective_from": "day", "note": "note"}


class EditorWindow(EditorView):
    """What is typed is kept by itself, sound or not; F9 checks all of it, F7 puts it to a second person."""

    def __init__(self, workbench: Workbench, line: PackVersionLine, parent: QWidget | None = None) -> None:
        assert line.id is not None
        super().__init__(workbench, parent)
        self._line, self._version_id = line, line.id
        self.outcome = ""
        head = VersionHead(version=line.version, effective_from=line.effective_from, note=line.note)
        self._last = head
        self.saving = DraftSaving(workbench, line.id, head, self._as_typed, self)
        self.setWindowTitle(f"修改规则版本 · {line.version}")
        self._show_head(head)
        self._bind()
        self._read()

    # What a key does

    def check(self) -> None:
        """Keep the draft and check all of it."""
        self.saving.save(self._say_checked)

    def submit(self) -> None:
        """Keep the draft, and put it to a second person when it is sound."""
        self.saving.save(self._submit)

    def compare(self) -> None:
        """Keep the draft and compare it with what it was made of."""
        self.saving.save(lambda: QTimer.singleShot(0, self, self._compare))

    def add(self, *, copied: bool = False) -> None:
        """Put one more entry behind the chosen one, empty or a copy of it, and begin in it."""
        section = self.sections.chosen()
        if self.draft is None or section is None:
            return
        if not is_listed(section):
            self.banner.say(f"“{section.label}”只有一份，不能加。", Tone.AMBER, mark="不能办理")
            return
        key = self.draft.add(section, self.entries.chosen(), copied=copied)
        self._changed_entries(key)
        self.form.begin()

    def remove(self) -> None:
        """Take the chosen entry out."""
        section, key = self.sections.chosen(), self.entries.chosen()
        if self.draft is not None and section is not None and key is not None and is_listed(section):
            name = next((each.name for each in self.draft.entries(section) if each.key == key), "")
            self.draft.remove(section, key)
            self._changed_entries(key)
            self.banner.say(
                f"已删去“{name}”；删错的，照 {keys_of('rules_editor.compare')} 比较补回。", Tone.AMBER, mark="已删去"
            )
            self.entries.setFocus()

    def shift(self, by: int) -> None:
        """Move the chosen entry up or down."""
        section, key = self.sections.chosen(), self.entries.chosen()
        if self.draft is not None and section is not None and key is not None:
            self._changed_entries(self.draft.move(section, key, by))

    def entered(self) -> None:
        self.focusNextChild()

    def reject(self) -> None:
        """Keep what was typed, then close."""
        if self.is_busy:
            return
        if self.draft is None or not self.saving.is_dirty:
            self._close()
        else:
            self.saving.save(self._close)

    # What comes of it

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.sections.setFocus()

    def _read(self) -> None:
        versions, line = self.bench.desk.pack_versions, self._line

        def work(_progress: object) -> tuple[PackTree, tuple[Fault, ...]]:
            tree = versions.tree(line.pack_id, line.version)
            return tree, versions.faults(tree)

        self.run(work, self._show, errand=Errand.LOOK_UP, beginning="正在读取…")

    def _show(self, found: Any) -> None:
        tree, faults = found
        self.draft = PackDraft(tree)
        self._show_faults(faults)
        self._show_entries(None)
        self.sections.setFocus()

    def _as_typed(self) -> tuple[PackTree, VersionHead]:
        assert self.draft is not None
        day = self._last.effective_from if self.day.problem() else self.day.day()
        head = VersionHead(version=self.version.value(), effective_from=day, note=self.note.value())
        return self.draft.tree(), head

    def _touched(self) -> None:
        if self.draft is not None:
            self.saving.touch()
            self.state_line.setText("有改动，正在保存…")

    def _kept(self, kept: Kept) -> None:
        self._last = kept.head
        self.state_line.setText(f"已保存，还有 {len(kept.faults)} 处错误" if kept.faults else "已保存，没有错误")
        field = _HEAD.get(str(kept.trouble.details.get("field", "version"))) if kept.trouble is not None else None
        for name, row in self.head_rows.items():
            words = describe(kept.trouble).text if kept.trouble is not None and name == field else ""
            row.set_fault(words or (self.day.problem() if name == "day" else ""))
            if words:
                row.reveal()
        self._show_faults(kept.faults)

    def _not_kept(self, error: Exception) -> None:
        self.state_line.setText("没有保存")
        self.say_trouble(error)

    def _say_checked(self) -> None:
        if self.faults:
            keys = keys_of("rules_editor.faults")
            words = f"检查出 {len(self.faults)} 处错误，列在下面；{keys} 到清单，回车到错误所在的栏。"
            self.banner.say(words, Tone.RED, mark="有错误")
            self.fault_table.setFocus()
        elif self.day.day() is None:
            self.banner.say("内容没有错误。还没有写施行日期，写明以后才能提交。", Tone.AMBER, mark="注意")
        else:
            self.banner.say(
                f"内容没有错误，可以按 {keys_of('rules_editor.submit')} 提交复核。", Tone.GREEN, mark="没有错误"
            )

    def _submit(self) -> None:
        if self.faults or self.day.day() is None or any(row.fault for row in self.head_rows.values()):
            self._say_checked()
            if not self.faults:
                self.day.setFocus()
            return
        versions, version_id = self.bench.desk.pack_versions, self._version_id
        self.run(lambda _progress: versions.submit(version_id), self._submitted, errand=Errand.ACT)

    def _submitted(self, _changes: object) -> None:
        self.outcome = f"{self._last.version} 已提交，等另一人复核。"
        self.accept()

    def _close(self) -> None:
        if not self.saving.is_dirty:
            self.done(EditorWindow.DialogCode.Rejected)

    def _compare(self) -> None:
        desk = self.bench.desk

        def work(_progress: object) -> tuple[PackVersionLine, ...]:
            return desk.pack_versions.all()

        def open_window(lines: tuple[PackVersionLine, ...]) -> None:
            own = next((each for each in lines if each.id == self._version_id), None)
            if own is not None:
                QTimer.singleShot(0, self, lambda: ComparisonDialog(self.bench, lines, own, self).exec())

        self.run(work, open_window, errand=Errand.LOOK_UP)

    def _changed_entries(self, key: Key | None) -> None:
        # Where a fault lies is counted in entries: those of before no longer say where.
        self._show_faults(())
        self._show_entries(key)
        self._touched()

    def _show_head(self, head: VersionHead) -> None:
        self.version.set_value(head.version)
        self.day.set_day(head.effective_from)
        self.note.set_value(head.note)

    def _bind(self) -> None:
        self.form.changed.connect(self._touched)
        for field in (self.version, self.day, self.note):
            field.changed.connect(self._touched)
        self.saving.kept.connect(self._kept)
        self.saving.failed.connect(self._not_kept)
        acts: dict[str, Callable[[], object]] = {
            "check": self.check,
            "submit": self.submit,
            "compare": self.compare,
            "save": self.saving.save,
            "faults": self.fault_table.setFocus,
            "parts": self.next_part,
            "head": self.version.setFocus,
            "find": self.entries.finder.setFocus,
            "add": self.add,
            "copy": lambda: self.add(copied=True),
            "remove": self.remove,
            "earlier": lambda: self.shift(-1),
            "later": lambda: self.shift(1),
        }
        bind_keys(self, {f"rules_editor.{key}": act for key, act in acts.items()})
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, act=acts[key]: act())
        self.close_button.clicked.connect(self.reject)
