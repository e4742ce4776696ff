"""The bar for work of unknown length: it moves, it measures, and Qt never animates it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.views.shared.busy_bar import BusyBar
from desktop.views.theme import apply_theme, base_px


def test_the_bar_moves_until_the_work_is_measured(qtbot: QtBot, qapp: QApplication) -> None:
    bar = BusyBar("核验进度")
    qtbot.addWidget(bar)
    bar.begin("正在核验…")
    bar.show()
    assert bar.maximum() > 0, "a range of nothing is animated by Qt, which dies when the bar is deleted"
    qtbot.waitUntil(lambda: bar.value() > 1)
    bar.step(3, 7, "3 / 7")
    assert (bar.value(), bar.maximum(), bar.text()) == (3, 7, "3 / 7")
    qtbot.wait(200)
    assert bar.value() == 3, "what is measured does not move of itself"
    bar.step(0, 0)
    assert bar.maximum() > 0, "nothing to do is no work of unknown length"


def test_no_view_asks_qt_for_an_animated_bar() -> None:
    views = Path(__file__).parents[2] / "desktop"
    named = [file.name for file in views.rglob("*.py") if "QProgressBar" in file.read_text("utf-8")]
    assert named == ["busy_bar.py"]


def test_another_size_of_text_keeps_the_style(qtbot: QtBot, qapp: QApplication) -> None:
    gone: list[None] = []
    qapp.style().destroyed.connect(lambda: gone.append(None))
    usual = base_px()
    apply_theme(qapp, usual + 1)
    apply_theme(qapp, usual)
    assert gone == [], "a style that is replaced takes down what it still moves"
