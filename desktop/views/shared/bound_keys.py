"""Joins the keys of the one table to what they do on one widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from desktop.views.actions import shortcuts


def bind_keys(widget: QWidget, acts: Mapping[str, Callable[[], object]]) -> None:
    """Let each action of the table do its act while the keyboard is on the widget or inside it."""
    for key, act in acts.items():
        for keys in shortcuts(key):
            on_key = QShortcut(keys, widget)
            on_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            # The act is told nothing, whatever it could take.
            on_key.activated.connect(lambda act=act: act())
