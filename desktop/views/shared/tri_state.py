"""Yes, no or not yet known: three answers by one key each."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton, QWidget

from desktop.views.actions import plain_keys

_ANSWERS: Final[tuple[tuple[bool | None, str], ...]] = ((True, "是"), (False, "否"), (None, "未知"))
_ACTIONS: Final = {"form.yes": True, "form.no": False, "form.unknown": None}
_KEYS: Final[dict[int, bool | None]] = {key: answer for name, answer in _ACTIONS.items() for key in plain_keys(name)}


class TriState(QFrame):
    """Three joined buttons with one focus: Y 是, N 否, 空格 未知, ← → to the neighbour.

    ``None`` is unknown, which is not no.
    """

    changed = Signal()

    def __init__(self, value: bool | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "tristate")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._buttons: dict[bool | None, QToolButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 1, 1, 1)
        row.setSpacing(0)
        for answer, word in _ANSWERS:
            row.addWidget(self._button(answer, word))
        row.addStretch(1)
        self.setToolTip("Y 是　N 否　空格 未知")
        self.set_value(value)

    def value(self) -> bool | None:
        """Give the answer, None while it is unknown."""
        return next((answer for answer, button in self._buttons.items() if button.isChecked()), None)

    def set_value(self, value: bool | None) -> None:
        """Show an answer, without signals."""
        self._buttons[value].setChecked(True)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
        elif event.key() in _KEYS:
            self._answer(_KEYS[event.key()])
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def _button(self, answer: bool | None, word: str) -> QToolButton:
        button = QToolButton()
        button.setText(word)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setProperty("role", "segment")
        button.setProperty("first", "true" if answer is _ANSWERS[0][0] else "false")
        button.setProperty("unknown", "true" if answer is None else "false")
        button.clicked.connect(lambda _checked=False, chosen=answer: self._clicked(chosen))
        self._group.addButton(button)
        self._buttons[answer] = button
        return button

    def _clicked(self, answer: bool | None) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._tell()
        self.changed.emit()
        self._buttons[answer].setChecked(True)

    def _answer(self, answer: bool | None) -> None:
        if answer is not self.value():
            self.set_value(answer)
            self.changed.emit()

    def _step(self, by: int) -> None:
        answers = [answer for answer, _word in _ANSWERS]
        place = min(max(answers.index(self.value()) + by, 0), len(answers) - 1)
        self._answer(answers[place])

    def _tell(self) -> None:
        self.setAccessibleDescription(dict(_ANSWERS)[self.value()])
