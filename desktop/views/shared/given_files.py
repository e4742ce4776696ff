"""Scans as they are given to a page: files that were chosen, dropped or copied, and pictures on the clipboard."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

_KINDS: Final = "扫描件和照片（*.pdf *.jpg *.jpeg *.png）;;所有文件（*）"


def ask_files(parent: QWidget, title: str) -> tuple[Path, ...]:
    """Let files be chosen; gives none when nothing is."""
    names, _kind = QFileDialog.getOpenFileNames(parent, title, "", _KINDS)
    return tuple(Path(name) for name in names)


def given(mime: QMimeData) -> tuple[bytes | Path, ...]:
    """Give what was pasted or dropped: files of this computer, else a picture as PNG; nothing else counts."""
    files = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if files or not mime.hasImage():
        return files
    picture = mime.imageData()
    return (_png(picture),) if isinstance(picture, QImage) and not picture.isNull() else ()


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # The stub of Qt asks for bytes where it takes a string.
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
