"""One labelled field of a form: label with key, editor, article, and its fault in words below it."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from desktop.views.shared.text_field import TextField
from desktop.views.shared.word_room import make_room
from desktop.views.theme import SPACE_1, SPACE_2, base_px

# The width that every label of a form shares, in characters of the label's face.
LABEL_CHARACTERS = 6
_TAKEN = "带入的内容"


class FieldRow(QWidget):
    """Label, editor and fault of one datum.

    A label with ``&`` gives the editor a key (Alt+letter).  A fault is kept back while the clerk is in the field
    and stands under it, in words, once it is left.
    """

    def __init__(
        self,
        label: str,
        editor: QWidget,
        *,
        help: str = "",
        article: str = "",
        label_characters: int = LABEL_CHARACTERS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.label = QLabel(label)
        self._fault = QLabel()
        self._message, self._blocking = "", True
        self._was_left = False
        self._taken: QLabel | None = None
        self._label_characters, self._widened = label_characters, 0
        self._build(label, help, article)
        if isinstance(editor, TextField):
            editor.objected.connect(self._objection)
        for widget in (editor, *editor.findChildren(QWidget)):
            widget.installEventFilter(self)

    @property
    def fault(self) -> str:
        """Give the sentence shown under the field, empty while none is shown."""
        return self._fault.text() if not self._fault.isHidden() else ""

    def set_fault(self, message: str, blocking: bool = True) -> None:
        """Say what is wrong, or nothing; shown when the field is left, taken away at once when it is put right."""
        self._message, self._blocking = message, blocking
        self._refresh()

    def reveal(self) -> None:
        """Show the fault even of a field that was never visited or is being typed in, as when an act needs it."""
        self._was_left = True
        self._paint(self._message, self._blocking)

    def set_label(self, label: str) -> None:
        """Name the field anew, as when the kind of matter changes its word."""
        self.label.setText(label)
        self.editor.setAccessibleName(label.replace("&", ""))

    @property
    def is_taken(self) -> bool:
        """Say whether what stands here was carried over from elsewhere and is still as it was."""
        return self._taken is not None and not self._taken.isHidden()

    def mark_taken(self, taken: bool) -> None:
        """Say in a word beside the field that its value was carried over, or take the word away."""
        if taken == self.is_taken:
            return
        if self._taken is None:
            # Made when first needed: nearly every form goes without.
            self._taken = QLabel("带入", self)
            self._taken.setProperty("role", "faint")
            cast("QGridLayout", self.layout()).addWidget(self._taken, 0, 2)
        self._taken.setVisible(taken)
        about = self.editor.accessibleDescription().removeprefix(_TAKEN).strip()
        self.editor.setAccessibleDescription(f"{_TAKEN} {about}".strip() if taken else about)

    def widen_label(self, characters: int) -> None:
        """Give the label at least this width, so that fields below each other are in line; 0 for its own."""
        if characters != self._widened:
            self._widened = characters
            self._fit_label()

    def is_inside(self) -> bool:
        """Say whether the clerk is in the field."""
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self.editor or self.editor.isAncestorOf(focus))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.FocusIn):
            opens_popup = isinstance(event, QFocusEvent) and event.reason() is Qt.FocusReason.PopupFocusReason
            self._was_left = self._was_left or (event.type() is QEvent.Type.FocusOut and not opens_popup)
            self._refresh(is_inside=event.type() is QEvent.Type.FocusIn or opens_popup)
        return super().eventFilter(watched, event)

    def _build(self, label: str, help_words: str, article: str) -> None:
        self.label.setProperty("role", "soft")
        self.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.label.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self._fit_label()
        self.label.setBuddy(self.editor)
        self.editor.setAccessibleName(label.replace("&", ""))
        about = "\n".join(part for part in (help_words, article) if part)
        if about:
            self.editor.setToolTip(about)
            self.label.setToolTip(about)
            self.editor.setAccessibleDescription(about)
        self._fault.setWordWrap(True)
        self._fault.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._fault.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_2)
        grid.setVerticalSpacing(SPACE_1 // 2)
        grid.addWidget(self.label, 0, 0)
        grid.addWidget(self.editor, 0, 1)
        grid.addWidget(self._fault, 1, 1)
        grid.setColumnStretch(1, 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit_label()

    def _fit_label(self) -> None:
        characters = max(self._label_characters, self._widened)
        # Not measured on the label, which takes a new text size only after its row.
        self.label.setMinimumWidth(base_px() * characters)

    def _objection(self, message: str) -> None:
        self._paint(message, False)

    def _refresh(self, *, is_inside: bool | None = None) -> None:
        inside = self.is_inside() if is_inside is None else is_inside
        if not self._message or (self._was_left and not inside):
            self._paint(self._message, self._blocking)

    def _paint(self, message: str, blocking: bool) -> None:
        tone = ("blocking" if blocking else "doubt") if message else ""
        self._fault.setText(message)
        self._fault.setVisible(bool(message))
        if message:
            make_room(self)
        _restyle(self._fault, "role", "fault" if blocking else "doubt")
        for line in (self.editor, *self.editor.findChildren(QLineEdit)):
            _restyle(line, "fault", tone)


def _restyle(widget: QWidget, name: str, value: str) -> None:
    if (widget.property(name) or "") == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
