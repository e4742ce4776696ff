"""What is seen stays readable: edges, chips, contrast, text size, shortened names, and Qt in Chinese."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop.views.shared.chips import Chip, Tone
from desktop.views.shared.elided import ElidedLabel
from desktop.views.shared.remembered import Remembered
from desktop.views.shared.tri_state import TriState
from desktop.views.theme import COLOURS, apply_theme, base_px, prepare_environment, style_sheet
from tests.gui.side_by_side import side_by_side

pytestmark = pytest.mark.usefixtures("themed")


def test_the_first_of_three_answers_has_its_left_edge(qtbot: QtBot) -> None:
    answers = TriState(None)
    side_by_side(qtbot, answers)
    first = answers.findChildren(QToolButton)[0]
    edge = first.grab().toImage()

    colours = {edge.pixelColor(column, edge.height() // 2).name() for column in range(2)}

    assert COLOURS.edge in colours


def test_chips_differ_in_shape_when_all_colour_is_gone(qtbot: QtBot) -> None:
    pictures = set()
    for tone in Tone:
        chip = Chip("同", tone)
        qtbot.addWidget(chip)
        grey = chip.grab().toImage().convertToFormat(chip.grab().toImage().Format.Format_Grayscale8)
        dark = [
            (x, y)
            for x in range(grey.width() // 2)
            for y in range(grey.height())
            if grey.pixelColor(x, y).value() < 150
        ]
        pictures.add(tuple(dark))

    assert len(pictures) == len(Tone)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *((tone, f"{tone}_ground") for tone in ("red", "amber", "green", "blue", "grey")),
        *((tone, "paper") for tone in ("ink", "ink_soft", "ink_faint", "red", "amber", "accent")),
        *((tone, "desk") for tone in ("ink", "ink_soft", "ink_faint")),
        ("rail_ink", "rail"),
        ("ink", "picked"),
    ],
)
def test_every_text_has_the_contrast_of_wcag_aa(ink: str, ground: str) -> None:
    lighter, darker = sorted((_light(getattr(COLOURS, ink)), _light(getattr(COLOURS, ground))), reverse=True)

    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def _light(colour: str) -> float:
    parts = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("asked", "got"), [(5, 12), (16, 16), (40, 18)])
def test_the_text_size_stays_between_12_and_18(qapp: QApplication, asked: int, got: int) -> None:
    apply_theme(qapp, asked)

    assert base_px() == got
    assert qapp.font().pixelSize() == got


def test_no_token_of_the_style_sheet_is_left_open() -> None:
    assert "$" not in style_sheet(14)


def test_qt_speaks_chinese(qapp: QApplication) -> None:
    assert QLocale().name() == "zh_CN"
    assert qapp.translate("QPlatformTheme", "Cancel") == "取消"


def test_fcitx_is_mapped_to_ibus_before_the_application_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_IM_MODULE", "fcitx5")

    prepare_environment()

    assert os.environ["QT_IM_MODULE"] == "ibus"


def test_a_long_name_is_shortened_and_told_whole(qtbot: QtBot) -> None:
    label = ElidedLabel("坪" * 50)
    qtbot.addWidget(label)
    label.resize(120, 24)
    label.show()

    assert label.is_shortened
    assert label.toolTip() == "坪" * 50


def test_text_size_and_printer_are_remembered(tmp_path: Path, qapp: QApplication) -> None:
    first = Remembered(tmp_path)
    first.base_px, first.printer = 16, "窗口打印机"
    first.keep()

    again = Remembered(tmp_path)

    assert (again.base_px, again.printer) == (16, "窗口打印机")


def test_a_spoiled_memory_gives_the_usual_text_size(tmp_path: Path, qapp: QApplication) -> None:
    (tmp_path / "window.ini").write_text("[text]\nbase_px=²\n", encoding="utf-8")

    assert Remembered(tmp_path).base_px == 14
