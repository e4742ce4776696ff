"""The slip that hands a first password over: printed straight, stored nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextDocument

from desktop.views.theme import text_font

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_TEXT_PT = 12


def print_slip(printer: QPrinter, *, title: str, lines: Sequence[str], secret: str) -> None:
    """Print one slip: a title, sentences, and the secret in large figures."""
    document = QTextDocument()
    font = text_font()
    font.setPointSize(_TEXT_PT)
    document.setDefaultFont(font)
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    document.setHtml(
        f"<h2>{escape(title)}</h2>{told}"
        f'<p style="font-family:JetBrains Mono;font-size:20pt;font-weight:bold">{escape(secret)}</p>'
    )
    document.print_(printer)
