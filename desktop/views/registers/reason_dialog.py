"""Asks for the reason of an act that stays on record."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.errors import ClerkError
from desktop.views.actions import keys_of
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.shared.text_field import TextField


class ReasonDialog(RecordDialog):
    """One sentence of what will happen, and a line for the reason."""

    def __init__(self, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__("reason", title, save=self._check, fields_of={"reason_required": "reason"}, parent=parent)
        said = QLabel(words)
        said.setWordWrap(True)
        self._column.addWidget(said)
        self._reason = TextField()
        self.add_field("reason", "原因(&R)", self._reason)
        self.ready()

    def reason(self) -> str:
        """Give the reason as typed."""
        return self._reason.value()

    def ask_as(self, label: str, act: str) -> None:
        """Name the line and the button after what is asked for, where it is no reason of a change."""
        self.rows["reason"].set_label(label)
        self.save_button.setText(f"{act}（{keys_of('registers.save')}）")

    def state(self) -> tuple[str, ...]:
        """Nothing is lost that one line could not say again."""
        return ()

    def _check(self) -> None:
        if not self.reason():
            raise ClerkError("reason_required", why="原因会留在记录中。")
