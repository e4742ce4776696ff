"""What one window remembers for its clerk: text size, printer, size of the window, who signed in last."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings

from desktop.views.theme import LARGEST_TEXT, SMALLEST_TEXT, base_px

_FILE: Final = "window.ini"


class Remembered:
    """Settings of the window, kept beside the ledger; losing them loses nothing of the office's business."""

    def __init__(self, data_folder: Path) -> None:
        self._settings = QSettings(str(data_folder / _FILE), QSettings.Format.IniFormat)

    @property
    def base_px(self) -> int:
        """Give the text size in pixels, 12 to 18; the one in force where none is remembered."""
        kept = str(self._settings.value("text/base_px", ""))
        size = int(kept) if kept.isascii() and kept.isdigit() else base_px()
        return min(max(size, SMALLEST_TEXT), LARGEST_TEXT)

    @base_px.setter
    def base_px(self, size: int) -> None:
        self._settings.setValue("text/base_px", size)

    @property
    def printer(self) -> str:
        """Give the name of the printer used last, empty before the first print."""
        return str(self._settings.value("print/printer", "") or "")

    @printer.setter
    def printer(self, name: str) -> None:
        self._settings.setValue("print/printer", name)

    @property
    def user_name(self) -> str:
        """Give the user name signed in with last, empty before the first time; never a password."""
        return str(self._settings.value("people/user_name", "") or "")

    @user_name.setter
    def user_name(self, name: str) -> None:
        self._settings.setValue("people/user_name", name)

    @property
    def geometry(self) -> QByteArray:
        """Give where the window stood, empty at first."""
        kept = self._settings.value("window/geometry")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("window/geometry", geometry)

    def keep(self) -> None:
        """Write what is remembered to disk now."""
        self._settings.sync()
