"""A group of like blocks, as many as needed: added by Ctrl+Enter, taken away by Ctrl+Delete."""

from __future__ import annotations

from abc import abstractmethod
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from desktop.views.actions import keys_of, plain_keys
from desktop.views.intake.form_group import FormGroup
from desktop.views.intake.named import named

T = TypeVar("T")


class Block(FormGroup, Generic[T]):
    """The fields of one value in the list."""

    def __init__(self) -> None:
        super().__init__("")
        self.heading.hide()
        self.body.setContentsMargins(0, 0, 0, 4)

    @abstractmethod
    def read(self) -> T:
        """Give the value as typed."""

    @abstractmethod
    def write(self, value: T) -> None:
        """Show a value, without signals."""


class RepeatGroup(FormGroup, Generic[T]):
    """Blocks of fields in order; empty ones at the end are not sent."""

    def __init__(
        self,
        title: str,
        key: str,
        prefix: str,
        *,
        add_words: str,
        empty: T,
        at_least: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, key, parent)
        self._prefix = prefix
        self._empty = empty
        self._at_least = at_least
        self.blocks: list[Block[T]] = []
        self.add_button = named(QPushButton(f"＋ {add_words}  {keys_of('form.add')}"), f"{prefix}.add")
        self.add_button.setProperty("role", "quiet")
        self.add_button.clicked.connect(self.add)
        self.head.addWidget(self.add_button)

    @abstractmethod
    def make_block(self, path: str) -> Block[T]:
        """Make the fields of one value under its path."""

    def read(self) -> tuple[T, ...]:
        """Give the values as typed."""
        values = [block.read() for block in self.blocks]
        while values and values[-1] == self._empty:
            values.pop()
        return tuple(values)

    def write(self, values: tuple[T, ...]) -> None:
        """Show these values, without signals; some empty blocks stand ready."""
        values = (*values, *(self._empty for _ in range(self._at_least - len(values))))
        while len(self.blocks) > len(values):
            self._drop_last()
        while len(self.blocks) < len(values):
            self._append()
        for block, value in zip(self.blocks, values, strict=True):
            block.write(value)

    def add(self) -> None:
        """Add an empty block and go there."""
        self._append()
        self.blocks[-1].focus_first()
        self.changed.emit()

    def remove_current(self) -> None:
        """Take away the block that has the keyboard."""
        here = self._here()
        if here is None:
            return
        values = [block.read() for block in self.blocks]
        del values[here]
        self.write(tuple(values))
        if self.blocks:
            self.blocks[min(here, len(self.blocks) - 1)].focus_first()
        else:
            self.add_button.setFocus()
        self.changed.emit()

    def focus_first(self) -> None:
        """Go to the first block, or to the key that adds one."""
        if self.blocks:
            self.blocks[0].focus_first()
        else:
            self.add_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Ctrl+Enter."""
        if event.key() in plain_keys("form.add") and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.add()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Ctrl+Delete before a line of text takes it for a word."""
        if is_delete_line(event):
            self.remove_current()
            return True
        return super().eventFilter(watched, event)

    def _here(self) -> int | None:
        focus = QApplication.focusWidget()
        return next(
            (place for place, block in enumerate(self.blocks) if focus is not None and block.isAncestorOf(focus)), None
        )

    def _append(self) -> None:
        block = self.make_block(f"{self._prefix}.{len(self.blocks)}")
        block.changed.connect(self.changed)
        self.body.addWidget(block)
        block.show()  # at once, so that the keyboard can go there
        for line in block.findChildren(QLineEdit):
            line.installEventFilter(self)
        self.rows.update(block.rows)
        self._chain(block)
        self.blocks.append(block)

    def _drop_last(self) -> None:
        block = self.blocks.pop()
        for path in block.rows:
            del self.rows[path]
        self.body.removeWidget(block)
        block.hide()
        block.deleteLater()

    def _chain(self, block: Block[T]) -> None:
        """Keep Tab in reading order: a block made later would otherwise come last on the page."""
        before: QWidget = self.add_button
        if self.blocks:
            *_, last = self.blocks[-1].rows.values()
            before = last.editor
        for row in block.rows.values():
            QWidget.setTabOrder(before, row.editor)
            before = row.editor


def is_delete_line(event: QEvent) -> bool:
    """Say whether an event is the key that takes a whole line away."""
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.KeyPress
        and event.key() in plain_keys("form.remove")
        and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    )
