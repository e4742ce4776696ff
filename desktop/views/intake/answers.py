"""Editors that questions of a pack need beside the shared ones: several of a list, and a measure or 不适用."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QToolButton, QWidget

from desktop.domain.facts import NOT_APPLICABLE, UNKNOWN, Blank
from desktop.views.intake.named import named
from desktop.views.shared.editors import AmountEdit, NumberEdit

_MOST_COLUMNS: Final = 3


class SeveralChoice(QFrame):
    """Ticks of a closed list, each by its digit; N says none, and nothing ticked stays unknown."""

    changed = Signal()

    def __init__(self, options: Sequence[tuple[str, str]], *, has_none: bool = True) -> None:
        super().__init__()
        self.setProperty("role", "tristate")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip("数字键勾选，N 无" if has_none else "数字键勾选")
        self._foreign: tuple[str, ...] = ()
        self._none = self._box("N 无")
        self._has_none = has_none
        self._boxes = {code: self._box(f"{place} {label}") for place, (code, label) in enumerate(options, 1)}
        self._lay_out()

    def value(self) -> tuple[str, ...] | Blank:
        """Give the ticked codes, nothing for a plain none, ``UNKNOWN`` when nobody answered."""
        ticked = (*(code for code, box in self._boxes.items() if box.isChecked()), *self._foreign)
        return ticked if ticked or self._none.isChecked() else UNKNOWN

    def set_value(self, value: tuple[str, ...] | Blank) -> None:
        """Show an answer, without signals."""
        known = value if isinstance(value, tuple) else ()
        # Codes of another version of the pack are kept, not dropped.
        self._foreign = tuple(code for code in known if code not in self._boxes)
        self._set({code: code in known for code in self._boxes}, none=value == ())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by digit, none by N."""
        digit = event.key() - Qt.Key.Key_1
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_N, Qt.Key.Key_0) and self._has_none:
            self._none.click()
        elif 0 <= digit < len(self._boxes):
            list(self._boxes.values())[digit].click()
        else:
            super().keyPressEvent(event)

    def _box(self, words: str) -> QCheckBox:
        box = QCheckBox(words, self)
        box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box.clicked.connect(lambda on, box=box: self._clicked(box, is_on=on))
        return box

    def _clicked(self, box: QCheckBox, *, is_on: bool) -> None:
        if box is self._none and is_on:
            self._foreign = ()
            self._set(dict.fromkeys(self._boxes, False), none=True)
        elif is_on:
            self._none.setChecked(False)
        self.changed.emit()

    def _set(self, ticks: dict[str, bool], *, none: bool) -> None:
        for code, on in ticks.items():
            self._boxes[code].setChecked(on)
        self._none.setChecked(none)

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(2, 1, 1, 1)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(0)
        self._none.setVisible(self._has_none)
        self._shown_boxes = (*([self._none] if self._has_none else []), *self._boxes.values())
        self._columns = 0
        self._place(_MOST_COLUMNS - 1)

    def minimumSizeHint(self) -> QSize:
        """Give way down to one column."""
        return QSize(self._widest() + 8, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in as many columns as there is room for."""
        super().resizeEvent(event)
        self._place(min(max((self.width() - 8) // (self._widest() + 4), 1), _MOST_COLUMNS))

    def _widest(self) -> int:
        return max(box.sizeHint().width() for box in self._shown_boxes)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._grid.setColumnStretch(self._columns, 0)
        self._columns = columns
        for place, box in enumerate(self._shown_boxes):
            self._grid.addWidget(box, place // columns, place % columns)
        self._grid.setColumnStretch(columns, 1)
        self.updateGeometry()


class MeasureEdit(QWidget):
    """A measured number, or 不适用 by its tick or the key N; an empty field is unknown."""

    changed = Signal()

    def __init__(self, unit: str, *, what: str, in_yuan: bool = False) -> None:
        super().__init__()
        self.number: NumberEdit | AmountEdit = AmountEdit() if in_yuan else NumberEdit(unit, what=what)
        self.not_applicable = named(QCheckBox("不适用"), "not_applicable")
        self.not_applicable.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.not_applicable.setToolTip("N 不适用")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.number, 1)
        row.addWidget(self.not_applicable)
        self.setFocusProxy(self.number.field)
        self.number.field.installEventFilter(self)
        self.number.changed.connect(self._typed)
        self.not_applicable.clicked.connect(self._ticked)

    def value(self) -> Decimal | Blank:
        """Give the number, ``NOT_APPLICABLE`` when so ticked, ``UNKNOWN`` when empty or unreadable."""
        if self.not_applicable.isChecked():
            return NOT_APPLICABLE
        number = self.number.yuan() if isinstance(self.number, AmountEdit) else self.number.number()
        return UNKNOWN if number is None else number

    def set_value(self, value: Decimal | Blank) -> None:
        """Show a value, without signals."""
        self.not_applicable.setChecked(value is NOT_APPLICABLE)
        number = value if isinstance(value, Decimal) else None
        if isinstance(self.number, AmountEdit):
            self.number.set_yuan(number)
        else:
            self.number.set_number(number)

    def problem(self) -> str:
        """Say in words why the text is no number, empty when it is one, empty or not applicable."""
        return "" if self.not_applicable.isChecked() else self.number.problem()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take N for 不适用; a number has no letters."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_N:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            if plain:
                self.not_applicable.click()
                return True
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        self.not_applicable.setChecked(False)
        self.changed.emit()

    def _ticked(self, is_on: bool) -> None:
        if is_on:
            self.set_value(NOT_APPLICABLE)
        self.changed.emit()


class OneOfKeys(QFrame):
    """A choice between a few words by their digits, all in sight; nothing is chosen beforehand."""

    changed = Signal()

    def __init__(self, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "tristate")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 1, 1, 1)
        row.setSpacing(0)
        for place, (code, label) in enumerate(options, 1):
            button = QToolButton()
            button.setText(f"{place} {label}")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setProperty("role", "segment")
            button.setProperty("first", "true" if place == 1 else "false")
            button.clicked.connect(lambda _=False, code=code: self._choose(code))
            self._buttons[code] = button
            row.addWidget(button)
        row.addStretch(1)

    def value(self) -> str:
        """Give the chosen code, nothing while none is."""
        return next((code for code, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Show a choice, without signals."""
        for code, button in self._buttons.items():
            button.setChecked(code == value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by digit, or step by ← and →."""
        codes = list(self._buttons)
        place = event.key() - Qt.Key.Key_1
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            here = codes.index(self.value()) if self.value() else -1
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._choose(codes[min(max(here + step, 0), len(codes) - 1)])
        elif 0 <= place < len(codes) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._choose(codes[place])
        else:
            super().keyPressEvent(event)

    def _choose(self, code: str) -> None:
        is_new = code != self.value()
        self.set_value(code)
        if is_new:
            self.changed.emit()
