"""The large figures above a report, and on the first page: what they show and which rows they open."""

from __future__ import annotations

from typing import Final

from desktop.domain.dashboard import HEADLINE_MEASURES, DashboardFigure
from desktop.domain.measure import Figure, Measure, RowsAsked
from desktop.domain.report import Report
from desktop.views.shared.chips import Tone
from desktop.views.statistics.figure_tile import TileFigure
from desktop.views.statistics.figure_words import change_text, definition_text, figure_text, misses_target

_MOST_TILES: Final = 7


def tile_of(
    measure: Measure, figure: Figure, before: Figure | None, asked: RowsAsked, *, against: str = ""
) -> TileFigure:
    """Give one large figure; what is not known leads nowhere."""
    text = figure_text(measure, figure)
    return TileFigure(
        key=measure.key,
        label=measure.label,
        value=text.removesuffix("%"),
        unit="" if figure.value is None else measure.unit,
        change=change_text(measure, figure, before) if before is not None else None,
        against=against,
        tone=Tone.RED if misses_target(measure, figure) else Tone.GREY,
        help=definition_text(measure),
        asked=asked if figure.value is not None else None,
    )


def tile_on_first_page(shown: DashboardFigure, against: str) -> TileFigure:
    """Give a figure of the first page."""
    return tile_of(shown.measure, shown.figure, shown.before, shown.asked, against=against)


def tiles_of(report: Report) -> list[TileFigure]:
    """Give the large figures of a report: those of the first page that it has, then its own, in their order."""
    found = {}
    for table in report.tables:
        if table.spec.by is None and table.spec.across is None:
            found.update({row.member.code: row for row in table.rows})
    keys = [key for key in HEADLINE_MEASURES if key in found] + [key for key in found if key not in HEADLINE_MEASURES]
    tiles = []
    for key in keys[:_MOST_TILES]:
        now, before, *_year = found[key].figures
        asked = RowsAsked(measure=key, period=report.period, within=report.definition.within)
        tiles.append(tile_of(report.measures[key], now, before, asked))
    return tiles
