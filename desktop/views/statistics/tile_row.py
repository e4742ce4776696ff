"""Figures beside each other: one stop of the Tab key, the arrow keys go from figure to figure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.views.statistics.figure_tile import FigureTile, TileFigure
from desktop.views.theme import SPACE_2, base_px


class TileRow(QWidget):
    """As many in a line as there is room for; ``asked`` gives the figure that was pressed."""

    asked = Signal(object)  # TileFigure
    stood_on = Signal(object)  # TileFigure

    def __init__(
        self, name: str, *, times: float = 2.6, least_characters: int = 9, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._times, self._least = times, least_characters
        self.tiles: list[FigureTile] = []
        self._here = 0
        self._columns = 0
        self._room: int | None = None
        self.setObjectName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE_2)
        # Never a stop itself, but the tiles that come later take its place in the order of the Tab key.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_figures(self, figures: Sequence[TileFigure]) -> None:
        """Show these figures; where they are as many as before they only change their words."""
        if len(figures) == len(self.tiles):
            for tile, shown in zip(self.tiles, figures, strict=True):
                tile.show_figure(shown)
            return
        for tile in self.tiles:
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = [FigureTile(shown, times=self._times, parent=self) for shown in figures]
        for tile in self.tiles:
            tile.pressed_for.connect(self.asked)
            tile.installEventFilter(self)
        self._here = 0
        self._columns = 0
        self._mark()
        self._arrange()
        before: QWidget = self
        for tile in self.tiles:
            QWidget.setTabOrder(before, tile)
            tile.show()
            before = tile

    def set_times(self, times: float) -> None:
        """Show the numbers so many times as large as other text."""
        if times != self._times:
            self._times = times
            for tile in self.tiles:
                tile.set_times(times)

    def set_room(self, width: int) -> None:
        """Arrange for a width that somebody else knows; a bar for scrolling that comes and goes changes nothing."""
        if width != self._room:
            self._room = width
            self._arrange()

    def focus_figure(self) -> None:
        """Put the keyboard on the figure one was on."""
        if self.tiles:
            self.tiles[self._here].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.gotFocus() and watched in self.tiles:
            self._here = self.tiles.index(watched)
            self._mark()
            self.stood_on.emit(self.tiles[self._here].shown)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Left.value: -1,
            Qt.Key.Key_Right.value: 1,
            Qt.Key.Key_Up.value: -max(self._columns, 1),
            Qt.Key.Key_Down.value: max(self._columns, 1),
        }.get(event.key())
        to = self._here + (step or 0)
        if step is None:
            super().keyPressEvent(event)
        elif 0 <= to < len(self.tiles):
            self.tiles[to].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            QTimer.singleShot(0, self, self._arrange)

    def _mark(self) -> None:
        for place, tile in enumerate(self.tiles):
            is_stop = place == self._here
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)

    def _arrange(self) -> None:
        if not self.tiles:
            return
        room = self.width() if self._room is None else self._room
        fit = max(1, (room + SPACE_2) // (base_px() * self._least + SPACE_2))
        lines = -(-len(self.tiles) // min(fit, len(self.tiles)))
        columns = -(-len(self.tiles) // lines)  # the lines are as even as can be
        if columns == self._columns:
            return
        for column in range(max(self._columns, columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for place, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
        self.updateGeometry()
