"""Asks for one day, and for a line of words where they are wanted."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.errors import ClerkError
from desktop.services.desk import Desk
from desktop.views.registers.record_dialog import RecordDialog
from desktop.views.shared.editors import DayEdit


class DayDialog(RecordDialog):
    """One sentence of what will happen, and the day; ``day`` is there once it was accepted."""

    def __init__(
        self, desk: Desk, title: str, words: str, *, label: str, begun: date | None, parent: QWidget | None = None
    ) -> None:
        super().__init__("day", title, save=self._check, fields_of={"day_required": "day"}, parent=parent)
        said = QLabel(words)
        said.setWordWrap(True)
        self._column.addWidget(said)
        self._day = DayEdit(today=desk.office.today)
        self._day.set_day(begun)
        self.add_field("day", label, self._day)
        self.ready()

    def day(self) -> date:
        """Give the day; only after the dialog was accepted."""
        day = self._day.day()
        assert day is not None
        return day

    def state(self) -> tuple[str, ...]:
        """Nothing is lost that one line could not say again."""
        return ()

    def _check(self) -> None:
        if self._day.day() is None:
            raise ClerkError("day_required", why=self._day.problem() or "请填写日期。")
