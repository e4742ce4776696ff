"""A new password typed twice, with live words about its strength."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from desktop.domain.passwords import LONG
from desktop.views.people.password_field import PasswordField
from desktop.views.shared.field import LABEL_CHARACTERS, FieldRow
from desktop.views.theme import SPACE_1, SPACE_2

USUAL_RULE: Final = "至少 10 个字符，大写、小写、数字、符号中有三种；或者用 16 个字符以上的一句话。"


class NewPasswordFields(QWidget):
    """Two hidden lines and one line of words.

    ``weakness`` says why a password cannot stand, empty when it can; ``rule`` is shown before anything is typed.
    """

    changed = Signal()

    def __init__(
        self,
        labels: tuple[str, str] = ("新密码(&N)", "再输一次(&A)"),
        *,
        weakness: Callable[[str], str],
        rule: str = USUAL_RULE,
        what: str = "密码",
        name: str = "password",
        label_characters: int = LABEL_CHARACTERS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._weakness, self._rule, self._what = weakness, rule, what
        self.first, self.again = PasswordField(), PasswordField()
        self.first.setObjectName(name)
        self.again.setObjectName(f"{name}_again")
        self.first_row = FieldRow(labels[0], self.first, label_characters=label_characters)
        self.again_row = FieldRow(labels[1], self.again, label_characters=label_characters)
        self.strength, self.plain = QLabel(rule), QCheckBox(f"显示{what}")
        self._build()
        self.plain.toggled.connect(self.first.show_plainly)
        self.plain.toggled.connect(self.again.show_plainly)
        for field in (self.first, self.again):
            field.changed.connect(self._typed)

    def value(self) -> str:
        """Give the password; ask ``check`` first whether it can stand."""
        return self.first.value()

    def weakness(self) -> str:
        """Say in words why the password typed cannot stand, empty when it can."""
        if not self.first.value():
            return f"请填写{self._what}"
        return self._weakness(self.first.value())

    def check(self) -> bool:
        """Say what is wrong under the fields and go to the first one at fault; says whether nothing is."""
        why = self.weakness()
        self.first_row.set_fault(f"{why}。" if why else "")
        self.again_row.set_fault(self._difference())
        for row in (self.first_row, self.again_row):
            row.reveal()
        if why or self._difference():
            (self.first if why else self.again).setFocus(Qt.FocusReason.OtherFocusReason)
        return not why and not self._difference()

    def refuse(self, why: str) -> None:
        """Say under the first field why the password was refused, and go there."""
        self.first_row.set_fault(why)
        self.first_row.reveal()
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget what was typed."""
        for field in (self.first, self.again):
            field.clear()
        self._typed()

    def judge(self) -> None:
        """Say anew how strong the password is, as when the person's own words changed."""
        if not self.first.value():
            self._say(self._rule, "soft")
            return
        why = self.weakness()
        if why:
            self._say(f"还不行：{why}。", "doubt")
        elif len(self.first.value()) >= LONG:
            self._say(f"强度：好。请记牢，不要写在窗口上。{self._repeat_words()}", "good")
        else:
            self._say(f"强度：可以。{self._repeat_words()}", "good")

    def _repeat_words(self) -> str:
        if not self.again.value():
            return ""
        return "两次输入一致。" if self.first.value() == self.again.value() else "两次输入还不一致。"

    def _difference(self) -> str:
        return "" if self.first.value() == self.again.value() else f"两次输入的{self._what}不一致，请重新输入。"

    def _typed(self) -> None:
        self.first_row.set_fault("")
        if not self._difference():
            self.again_row.set_fault("")
        self.judge()
        self.changed.emit()

    def _say(self, words: str, role: str) -> None:
        self.strength.setText(words)
        if self.strength.property("role") != role:
            self.strength.setProperty("role", role)
            self.strength.style().unpolish(self.strength)
            self.strength.style().polish(self.strength)

    def _build(self) -> None:
        self.strength.setProperty("role", "soft")
        self.strength.setWordWrap(True)
        indent = self.first_row.label.minimumWidth() + SPACE_2
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        below = QVBoxLayout()
        below.setContentsMargins(indent, 0, 0, 0)
        below.setSpacing(SPACE_1)
        below.addWidget(self.strength)
        below.addWidget(self.plain)
        column.addWidget(self.first_row)
        column.addWidget(self.again_row)
        column.addLayout(below)
