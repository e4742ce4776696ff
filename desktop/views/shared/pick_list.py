"""A pick list that filters while one types, in Chinese or pinyin initials; its values are codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.views.shared.initials import begins, is_match
from desktop.views.shared.screen_room import room_on_screen
from desktop.views.shared.text_field import TextField
from desktop.views.theme import icon, row_px

_CODE: Final = Qt.ItemDataRole.UserRole
_MOST_ROWS: Final = 12


class PickList(TextField):
    """A field with a list below it: typing filters, ↑ ↓ choose, Enter takes, Esc restores.

    With ``allows_other`` a text that is not in the list stays as its own value, unless exactly one label begins so.
    ``aliases`` are further pairs of code and word: typed where no label is meant, they find the code.
    ``picked`` follows a choice, ``changed`` every change of the value by hand.
    """

    picked = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
        *,
        allows_other: bool = False,
        aliases: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__("", parent)
        self._options: tuple[tuple[str, str], ...] = tuple(options)
        self._aliases = tuple(aliases)
        self._allows_other = allows_other
        self._value = ""
        self._list = _Choices(self)
        self._list.taken.connect(self._take)
        arrow = self.addAction(icon("down"), QLineEdit.ActionPosition.TrailingPosition)
        arrow.triggered.connect(self._toggle)

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """Give the pairs of code and label."""
        return self._options

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other pairs of code and label; the value stays when it is among them or others are allowed."""
        self._options = tuple(options)
        self.set_value(self._value)

    def value(self) -> str:
        """Give the chosen code, the typed text where others are allowed, or nothing."""
        return self._value

    def set_value(self, text: str) -> None:
        """Show the label of a code, without signals."""
        known = next((label for code, label in self._options if code == text), None)
        if known is None and not self._allows_other:
            text = ""
        self._value = text
        super().set_value(known if known is not None else text)

    def settle(self) -> bool:
        """Take what was typed, as when the field is left: an exact label, the only match, or nothing new.

        Says whether what was typed stood for a choice; where it did not the present one is restored.
        """
        typed = self.text().strip()
        meant = self._meant(typed)
        if meant is not None and (meant != self._value or self._is_unsettled()):
            self._take(meant)
        elif not typed:
            if self._is_unsettled():
                self._take("")
        elif self._is_unsettled() and not self._allows_other:
            self.set_value(self._value)
            self.objected.emit(f"“{typed}”不在可选项中，已恢复原来的选择。")
            return False
        return True

    def is_open(self) -> bool:
        """Say whether the list is shown."""
        return self._list.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.is_open():
            self._list.take_current()
        elif key == Qt.Key.Key_Escape and (self.is_open() or self._is_unsettled()):
            self._list.hide()
            self.set_value(self._value)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.is_open() and not self.isReadOnly():
            self._open("")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._list.hide()
            self.settle()
            self.setCursorPosition(0)  # what it is called stands at the beginning
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._list.hide()
        super().hideEvent(event)

    def _matches(self, typed: str) -> list[tuple[str, str]]:
        by_label = [(code, label) for code, label in self._options if is_match(label, typed)]
        return by_label or [(code, label) for code, label in self._options if code in self._by_alias(typed)]

    def _by_alias(self, typed: str) -> list[str]:
        """Give the codes an alias finds, one of exactly these words before those that hold them."""
        exact = [code for code, alias in self._aliases if alias == typed.strip()]
        return exact or list(dict.fromkeys(code for code, alias in self._aliases if is_match(alias, typed)))

    def _meant(self, typed: str) -> str | None:
        """Give the code that a typed text stands for, None where it stands for none or for several."""
        if not typed:
            return None
        exact = [code for code, label in self._options if label == typed]
        fits = begins if self._allows_other else is_match
        found = exact or [code for code, label in self._options if fits(label, typed)] or self._by_alias(typed)
        return found[0] if len(found) == 1 else None

    def _after_typing(self, text: str) -> None:
        # Typing is a change only where the typed text is itself a value.
        if self._allows_other:
            self._value = next((code for code, label in self._options if label == text.strip()), text.strip())
            self.changed.emit()
        self._open(text)

    def _open(self, typed: str) -> None:
        matches = self._matches(typed)
        if not matches:
            self._list.hide()
            return
        # What is typed whole, or begins so, is meant before what merely holds it: 发现问题 before 未发现问题.
        whole = [code for code, label in matches if typed and label == typed.strip()]
        meant = whole or [code for code, label in matches if begins(label, typed)] or [code for code, _ in matches]
        marked: str | None = self._value if self._value in meant else meant[0]
        if marked != self._value and self._allows_other and typed:
            # What is already a value of its own is only replaced by what it clearly begins.
            marked = self._meant(typed)
        self._list.show_under(self, matches, marked=marked)

    def _toggle(self) -> None:
        if self.is_open():
            self._list.hide()
        else:
            self._open("")

    def _move(self, by: int) -> None:
        if self.is_open():
            self._list.mark_next(by)
        else:
            self._open("" if not self._is_unsettled() else self.text())

    def _is_unsettled(self) -> bool:
        return self.text().strip() != next((label for code, label in self._options if code == self._value), self._value)

    def _take(self, code: str) -> None:
        is_new = code != self._value or self._is_unsettled()
        self.set_value(code)
        self.setCursorPosition(len(self.text()))
        self._list.hide()
        if is_new:
            self.picked.emit(code)
            self.changed.emit()


class _Choices(QListWidget):
    """The list under the field; it never takes the keyboard, so an input method stays with the field."""

    taken = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("role", "popup")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.itemClicked.connect(lambda item: self.taken.emit(item.data(_CODE)))

    def show_under(self, field: QWidget, options: Sequence[tuple[str, str]], *, marked: str | None) -> None:
        """Show the options below the field, one of them or none marked."""
        self.clear()
        for code, label in options:
            item = QListWidgetItem(label, self)
            item.setData(_CODE, code)
        codes = [code for code, _label in options]
        self.setCurrentRow(codes.index(marked) if marked in codes else -1)
        row = max(self.sizeHintForRow(0), row_px())
        widest = max(self.sizeHintForColumn(0) + 24, field.width())
        self.resize(widest, row * min(len(options), _MOST_ROWS) + 4)
        self.move_to(field)
        self.show()

    def move_to(self, field: QWidget) -> None:
        """Stand below the field, or above it where the screen ends."""
        corner = field.mapToGlobal(QPoint(0, field.height()))
        room = room_on_screen(field)
        if corner.y() + self.height() > room.bottom():
            corner.setY(field.mapToGlobal(QPoint(0, 0)).y() - self.height())
        corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
        self.move(corner)

    def mark_next(self, by: int) -> None:
        """Mark the next or previous option."""
        self.setCurrentRow(min(max(self.currentRow() + by, 0), self.count() - 1))

    def take_current(self) -> None:
        """Take the marked option, or none when nothing is marked."""
        if self.currentRow() < 0:
            self.hide()
        else:
            self.taken.emit(self.currentItem().data(_CODE))
