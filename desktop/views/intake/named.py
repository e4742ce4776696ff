"""Gives a widget the name by which tests, faults and style sheets find it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str) -> W:
    """Return the widget with its object name set."""
    widget.setObjectName(name)
    return widget


def restyle(widget: QWidget, **properties: object) -> None:
    """Set properties that the style sheet looks at, and let it look again."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed:
        widget.style().unpolish(widget)
        # What the style sheet once made bold stays so for Qt, unless the face is the inherited one again.
        widget.setFont(QFont())
        widget.style().polish(widget)
