"""How figures are painted on the page 统计: nothing is cut, nothing scrolls sideways, a scale is for one unit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.report import ChartKind
from desktop.views.registers.register_table import RegisterTable
from desktop.views.statistics.chart_lines import paint_lines
from desktop.views.statistics.chart_paint import Mark
from desktop.views.statistics.chart_shape import ChartShape, Series
from desktop.views.statistics.figure_grid import Cell, FigureGrid
from desktop.views.statistics.figure_table import FigureTable, heat_colour
from desktop.views.statistics.figure_tile import FigureTile, TileFigure

MONTHS = ("1月", "2月", "3月")


def shown(qtbot: QtBot, widget: QWidget, width: int, height: int = 300) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()


def marks(*series: Series) -> list[Mark]:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    found = paint_lines(
        painter, QRectF(0, 0, 400, 300), ChartShape(kind=ChartKind.LINES, categories=MONTHS, series=series)
    )
    painter.end()
    return found


def line(name: str, column: int, unit: str, *values: float) -> Series:
    return Series(name=name, column=column, values=values, texts=tuple(f"{each:g}" for each in values), unit=unit)


@pytest.mark.parametrize("width", range(700, 1000, 23))
def test_a_last_column_without_a_width_never_makes_a_register_scroll_sideways(
    qtbot: QtBot, themed: None, width: int
) -> None:
    table = RegisterTable("t", ("表", "行", "栏", "当时", "现在"), (14, 14, 14, 8), roomy=(0, 1, 2))
    table.show_rows([(place, ("甲", "乙", "丙", "丁", "戊"), True) for place in range(100)])
    shown(qtbot, table, width)
    assert table.horizontalScrollBar().maximum() == 0


def test_a_table_a_little_too_narrow_gives_of_its_air_rather_than_scroll(qtbot: QtBot, themed: None) -> None:
    table = FigureTable("t", "表")
    cells = tuple(Cell(text="8") for _ in range(5))
    table.show_grid(FigureGrid(heads=("社区", *("安全生产",) * 5), rows=((Cell(text="坪安社区"), *cells),)))
    shown(qtbot, table, table.wanted_width() - 50)
    assert table.horizontalScrollBar().maximum() == 0


def test_the_chosen_cell_keeps_its_heat(qtbot: QtBot, themed: None) -> None:
    table = FigureTable("t", "表")
    table.show_grid(FigureGrid(heads=("社区", "隐患"), rows=((Cell(text="坪安"), Cell(text="9", heat=1.0)),)))
    shown(qtbot, table, 400)
    table.setCurrentCell(0, 1)
    room = table.visualRect(table.model().index(0, 1))
    colour = table.viewport().grab().toImage().pixelColor(room.left() + room.width() // 4, room.center().y())
    assert colour == heat_colour(1.0)


def test_the_end_of_a_long_label_is_read_on_a_narrow_tile(qtbot: QtBot, themed: None) -> None:
    pictures = []
    for label in ("首次现场检查按期率", "首次现场检查按期数"):
        tile = FigureTile(TileFigure(key="k", label=label, value="9"))
        shown(qtbot, tile, 130, 90)
        pictures.append(tile.grab().toImage())
    assert pictures[0] != pictures[1]


def test_figures_of_different_units_do_not_share_a_scale(qtbot: QtBot, themed: None) -> None:
    found = marks(line("登记", 0, "件", 0, 20, 40), line("巡查次数", 1, "次", 300, 350, 400))
    heights = {column: [mark.room.center().y() for mark in found if mark.column == column] for column in (0, 1)}
    assert max(heights[0]) < min(heights[1]), "each in a field of its own"
    assert max(heights[0]) - min(heights[0]) > 60, "works in tens rise as high as their field"


def test_figures_of_one_unit_share_a_scale(qtbot: QtBot, themed: None) -> None:
    found = marks(line("发现隐患", 0, "处", 10, 10, 10), line("整改销项", 1, "处", 10, 5, 10))
    tops = [mark.room.center().y() for mark in found if mark.row != 1]
    assert tops == pytest.approx([tops[0]] * 4)
