"""A form for one record of a register: fields below each other, saved by key, nothing typed lost by one Esc."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import ClerkError
from desktop.views.actions import keys_of, shortcut
from desktop.views.shared.banner import Banner
from desktop.views.shared.chips import Tone
from desktop.views.shared.field import FieldRow
from desktop.views.shared.messages import describe
from desktop.views.theme import SPACE_2, SPACE_3, SPACE_4, base_px

_LABEL: Final = 8


class RecordDialog(QDialog):
    """Collects fields by name; ``save`` is called with Ctrl+S, and its trouble stands at the field it concerns.

    ``fields_of`` says for the code of a trouble which field it is about.
    """

    def __init__(
        self,
        name: str,
        title: str,
        *,
        save: Callable[[], object],
        fields_of: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self._save, self._fields_of = save, fields_of or {}
        self.rows: dict[str, FieldRow] = {}
        self.banner = Banner()
        self.save_button = QPushButton(f"保存（{keys_of('registers.save')}）")
        self._column = QVBoxLayout()
        self._column.setSpacing(SPACE_2)
        self._saved_state: tuple[str, ...] = ()
        self._was_warned = False
        self._build()

    def add_field(self, name: str, label: str, editor: QWidget, *, article: str = "", help: str = "") -> None:
        """Put one more labelled field below the others."""
        editor.setObjectName(name)
        row = FieldRow(label, editor, article=article, help=help, label_characters=_LABEL)
        self.rows[name] = row
        self._column.addWidget(row)

    def add_line(self, *fields: tuple[str, str, QWidget]) -> None:
        """Put several labelled fields beside each other."""
        line = QHBoxLayout()
        line.setSpacing(SPACE_3)
        for name, label, editor in fields:
            editor.setObjectName(name)
            row = FieldRow(label, editor, label_characters=_LABEL)
            self.rows[name] = row
            line.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(line)

    def ready(self) -> None:
        """Remember the fields as unchanged and begin in the first one."""
        self._saved_state = self.state()
        first = next(iter(self.rows.values()), None)
        if first is not None:
            first.editor.setFocus()

    @abstractmethod
    def state(self) -> tuple[str, ...]:
        """Give what stands in the fields, to tell whether something was typed."""

    def save(self) -> None:
        """Save, and close when that went well."""
        for row in self.rows.values():
            row.set_fault("")
        try:
            self._save()
        except ClerkError as error:
            self.say_trouble(error)
            return
        self.accept()

    def say_trouble(self, error: ClerkError) -> None:
        """Say a trouble at the field it concerns, or above the form."""
        trouble = describe(error)
        listed = error.details.get("fields", ())
        names = [str(name) for name in listed] if isinstance(listed, tuple) else []
        names += [self._fields_of[error.code]] if error.code in self._fields_of else []
        known = [name for name in names if name in self.rows]
        for name in known:
            words = "请填写。" if error.code == "register_incomplete" else trouble.text
            self.rows[name].set_fault(words)
            self.rows[name].reveal()
        self.banner.say(trouble.text, Tone.RED, mark="没有保存")
        if known:
            self.rows[known[0]].editor.setFocus()

    def reject(self) -> None:
        if self.state() != self._saved_state and not self._was_warned:
            self._was_warned = True
            self.banner.say(
                f"改动还没有保存：{keys_of('registers.save')} 保存，再按一次 Esc 放弃。", Tone.AMBER, mark="注意"
            )
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.setMinimumWidth(base_px() * 50)
        self.save_button.setProperty("role", "primary")
        close = QPushButton("取消（Esc）")
        for button in (self.save_button, close):
            button.setAutoDefault(False)
        self.save_button.clicked.connect(self.save)
        close.clicked.connect(self.reject)
        QShortcut(shortcut("registers.save"), self).activated.connect(self.save)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save_button)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_3)
        column.addWidget(self.banner)
        column.addLayout(self._column)
        column.addStretch(1)
        column.addLayout(foot)
