"""Which of several buttons is the one that ends the work as it stands."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QPushButton


def mark_primary(buttons: Iterable[QPushButton | None], *, meant: str) -> None:
    """Mark the button of that name as the primary one, and the others not."""
    for button in buttons:
        if button is None:
            continue
        role = "primary" if button.objectName() == meant else ""
        if (button.property("role") or "") != role:
            button.setProperty("role", role)
            button.style().unpolish(button)
            button.style().polish(button)
