"""The first system administrator: no account and no password is there before this person chooses them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.domain.passwords import weakness
from desktop.views.people.new_password import NewPasswordFields
from desktop.views.shared.field import FieldRow
from desktop.views.shared.text_field import TextField
from desktop.views.theme import SPACE_2

_LABEL_CHARACTERS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAdministrator:
    """What the first administrator chose."""

    user_name: str
    name: str
    password: str = field(repr=False)
    is_clerk_too: bool


class AdministratorForm(QWidget):
    """Name, proposed user name, password twice, and whether the person also works at the window."""

    changed = Signal()

    def __init__(self, suggest: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggest = suggest
        self._proposed = ""
        self.name, self.user_name = TextField(), TextField()
        self.name_row = FieldRow("管理员姓名(&X)", self.name, label_characters=_LABEL_CHARACTERS)
        self.user_row = FieldRow("用户名(&U)", self.user_name, label_characters=_LABEL_CHARACTERS)
        self.password = NewPasswordFields(
            ("密码(&M)", "再输一次(&A)"),
            weakness=lambda typed: weakness(typed, own=(self.user_name.value(), self.name.value())),
            name="admin_password",
            label_characters=_LABEL_CHARACTERS,
        )
        self.is_clerk_too = QCheckBox("我也在窗口受理(&I)")
        self._build()
        self.name.changed.connect(self._propose)
        self.user_name.changed.connect(self._typed)
        self.password.changed.connect(self.changed)
        self.is_clerk_too.toggled.connect(lambda _on: self.changed.emit())

    def administrator(self) -> FirstAdministrator:
        """Give the administrator as typed; ask ``check`` first."""
        return FirstAdministrator(
            user_name=self.user_name.value(),
            name=self.name.value(),
            password=self.password.value(),
            is_clerk_too=self.is_clerk_too.isChecked(),
        )

    def show_person(self, name: str) -> None:
        """Show somebody's name and the user name proposed for it; a password is never filled in."""
        self.name.set_value(name)
        self.user_name.clear()
        self._propose()

    def check(self) -> bool:
        """Say under its field what is wanting and go to the first; says whether nothing is."""
        empty = [
            (row, words)
            for row, field_, words in (
                (self.name_row, self.name, "请填写姓名。"),
                (self.user_row, self.user_name, "请填写用户名，一般是姓名的全拼。"),
            )
            if not field_.value()
        ]
        for row in (self.name_row, self.user_row):
            row.set_fault(next((words for each, words in empty if each is row), ""))
            row.reveal()
        is_fit = self.password.check()
        if empty:
            empty[0][0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return is_fit and not empty

    def _propose(self) -> None:
        # A user name that somebody typed stays; one that was only proposed follows the name.
        if self.user_name.value() in ("", self._proposed):
            self._proposed = self._suggest(self.name.value()) if self.name.value() else ""
            self.user_name.set_value(self._proposed)
        self._typed()

    def _typed(self) -> None:
        if self.name.value():
            self.name_row.set_fault("")
        if self.user_name.value():
            self.user_row.set_fault("")
        self.password.judge()
        self.changed.emit()

    def _build(self) -> None:
        self.name.setObjectName("admin_name")
        self.user_name.setObjectName("admin_user_name")
        self.name.setPlaceholderText("例：高远")
        self.user_name.setPlaceholderText("登录用，一般是姓名的全拼")
        self.is_clerk_too.setObjectName("is_clerk_too")
        self.is_clerk_too.setChecked(True)
        self.is_clerk_too.setToolTip("只管账号和设置、不受理的，请去掉勾选；以后可以改。")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        for widget in (self.name_row, self.user_row, self.password):
            column.addWidget(widget)
        ticked = QVBoxLayout()
        ticked.setContentsMargins(self.name_row.label.minimumWidth() + SPACE_2, 0, 0, 0)
        ticked.addWidget(self.is_clerk_too)
        column.addLayout(ticked)
        column.addStretch(1)
