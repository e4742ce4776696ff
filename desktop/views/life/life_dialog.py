"""The frame of every act on a registration: fields, what the act would bring, one key to do it, nothing typed lost."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import Final
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.domain.progress import Progress
from desktop.views.actions import keys_of
from desktop.views.shared.banner import Banner
from desktop.views.shared.bound_keys import bind_keys
from desktop.views.shared.chips import Tone
from desktop.views.shared.editors import DayEdit
from desktop.views.shared.field import FieldRow
from desktop.views.shared.late_answers import while_there
from desktop.views.shared.messages import describe
from desktop.views.shared.pick_list import PickList
from desktop.views.shared.task_runner import Errand
from desktop.views.shared.text_field import TextField
from desktop.views.shared.word_room import make_room
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px
from desktop.views.workbench import Workbench

_LABEL: Final = 8
_WIDTH: Final = 54
LONGEST: Final = 800


class LifeDialog(QDialog):
    """Collects fields by name; ``carried_out`` follows with what came of the act.

    A subclass adds its fields and gives ``job``; ``effect`` says before the act what it brings, with the article.
    """

    carried_out = Signal(object)  # LifeDone, or the kinds of change where no paper came

    def __init__(self, workbench: Workbench, name: str, *, title: str, heading: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.bench, self.act_id = workbench, uuid4().hex
        self.rows: dict[str, FieldRow] = {}
        self.effect, self.banner = QLabel(), Banner()
        self.commit_button = QPushButton(f"{title}（{keys_of('life.commit')}）")
        self._fields = QVBoxLayout()
        self._was_warned = False
        self._first_state: tuple[object, ...] = ()
        self.setObjectName(name)
        self.setWindowTitle(title)
        self._build(heading)
        bind_keys(self, {"life.commit": self.commit})

    def add(self, name: str, label: str, editor: QWidget, *, article: str = "") -> None:
        """Put one more labelled field below the others."""
        self._fields.addWidget(self._row(name, label, editor, article))

    def add_pair(self, *fields: tuple[str, str, QWidget]) -> None:
        """Put labelled fields beside each other."""
        line = QHBoxLayout()
        line.setSpacing(SPACE_3)
        for name, label, editor in fields:
            line.addWidget(self._row(name, label, editor), 1, Qt.AlignmentFlag.AlignTop)
        self._fields.addLayout(line)

    def add_tick(self, name: str, text: str) -> QCheckBox:
        """Put one box to tick below the others."""
        box = QCheckBox(text)
        box.setObjectName(name)
        box.toggled.connect(lambda _on: self._edited())
        line = QHBoxLayout()
        line.addSpacing(base_px() * _LABEL + SPACE_2)
        line.addWidget(box, 1)
        self._fields.addLayout(line)
        return box

    def ready(self) -> None:
        """Remember the fields as they are and begin in the first one."""
        self._first_state = self._state()
        self.show_effect()
        self.resize(base_px() * _WIDTH, self.sizeHint().height())
        first = next(iter(self.rows.values()), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @abstractmethod
    def job(self) -> Callable[[], object]:
        """Give the act as typed, ready to run aside; may raise ``ClerkError``."""

    @abstractmethod
    def told_effect(self) -> tuple[str, Tone]:
        """Say what the act would bring, with the article, and how it looks; may raise ``ClerkError``."""

    def show_effect(self) -> None:
        """Show what the act would bring as it is typed now."""
        try:
            said, tone = self.told_effect()
        except ClerkError as error:
            said, tone = describe(error).text, Tone.RED
        self.effect.setText(said)
        self.effect.setProperty("role", {Tone.RED: "fault", Tone.AMBER: "doubt"}.get(tone, "strong"))
        self.effect.style().unpolish(self.effect)
        self.effect.style().polish(self.effect)
        make_room(self)

    def commit(self) -> None:
        """Do the act aside, and close when that went well."""
        if not self.commit_button.isEnabled():
            return
        for row in self.rows.values():
            row.set_fault("")
            if isinstance(row.editor, PickList):
                row.editor.settle()
        for name, row in self.rows.items():
            if isinstance(row.editor, DayEdit) and row.editor.problem():
                self.say(row.editor.problem(), (name,))
                return
        try:
            job = self.job()
        except ClerkError as error:
            self.say_trouble(error)
            return
        self.commit_button.setEnabled(False)

        def run(_progress: Progress) -> object:
            return job()

        self.bench.runner.run(
            run, done=while_there(self, self._done), failed=while_there(self, self._failed), errand=Errand.ACT
        )

    def say_trouble(self, error: ClerkError) -> None:
        """Say a trouble, and go to the first field it concerns."""
        listed = error.details.get("fields", ())
        names = tuple(str(name) for name in listed) if isinstance(listed, tuple) else ()
        self.say(describe(error).text, names)

    def say(self, sentence: str, names: Iterable[str] = ()) -> None:
        """Say what is wrong above the fields and at the field, where the keyboard goes."""
        self.banner.say(sentence, Tone.RED, mark="没有办理")
        known = [name for name in names if name in self.rows]
        for name in known:
            self.rows[name].set_fault("请填写或者改正。")
            self.rows[name].reveal()
        if known:
            self.rows[known[0]].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        make_room(self)

    def reject(self) -> None:
        if self._state() != self._first_state and not self._was_warned:
            self._was_warned = True
            keys = keys_of("life.commit")
            self.banner.say(f"还没有办理：{keys} 办理，再按一次 Esc 放弃已录入的内容。", Tone.AMBER, mark="注意")
            make_room(self)
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _row(self, name: str, label: str, editor: QWidget, article: str = "") -> FieldRow:
        editor.setObjectName(name)
        row = FieldRow(label, editor, article=article, label_characters=_LABEL)
        self.rows[name] = row
        if isinstance(editor, TextField):
            editor.changed.connect(self._edited)
        if isinstance(editor, PickList):
            editor.picked.connect(lambda _code: self._edited())
        return row

    def _done(self, result: object) -> None:
        self.commit_button.setEnabled(True)
        self.carried_out.emit(result)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.commit_button.setEnabled(True)
        if isinstance(error, ClerkError):
            self.say_trouble(error)
        else:
            self.say(describe(error).text)

    def _edited(self) -> None:
        self.banner.say("")
        self.show_effect()

    def _state(self) -> tuple[object, ...]:
        texts = tuple(field.text() for field in self.findChildren(TextField))
        return (*texts, *(box.isChecked() for box in self.findChildren(QCheckBox)))

    def _build(self, heading: str) -> None:
        title = QLabel(heading)
        title.setProperty("role", "heading")
        title.setWordWrap(True)
        self.effect.setWordWrap(True)
        self.effect.setAccessibleName("办理后的结果")
        self.commit_button.setProperty("role", "primary")
        close = QPushButton("不办理（Esc）")
        for button in (self.commit_button, close):
            button.setAutoDefault(False)
        self.commit_button.clicked.connect(self.commit)
        close.clicked.connect(self.reject)
        self._fields.setSpacing(SPACE_2)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.commit_button)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(title)
        column.addWidget(self.banner)
        column.addLayout(self._fields)
        column.addWidget(self.effect)
        column.addStretch(1)
        column.addLayout(foot)
