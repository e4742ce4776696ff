"""Totals that must agree as a table: both sides with their rows, what does not agree first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from desktop.domain.agreement import Agreement
from desktop.domain.measure import Number, RowsAsked
from desktop.views.shared.chips import Tone
from desktop.views.statistics.figure_grid import Cell, FigureGrid
from desktop.views.statistics.figure_words import number_text

TITLE: Final = "总数核对"
_HEADS: Final = ("项目", "左边", "右边", "结果")
_AGREES, _DIFFERS = "相符", "不符"
_OPENS: Final = "同一总数用两种办法各数一遍，应当相符。回车列出这一边的明细。"
_OPENS_NOTHING: Final = "同一总数用两种办法各数一遍，应当相符。"


def agreement_grid(agreements: Sequence[Agreement]) -> FigureGrid:
    """Lay out totals held against each other."""
    ordered = sorted(agreements, key=lambda one: one.agrees)
    return FigureGrid(heads=_HEADS, rows=tuple(_row(one) for one in ordered))


def agreement_title(agreements: Sequence[Agreement]) -> str:
    """Name the table, with how many do not agree."""
    wrong = sum(not one.agrees for one in agreements)
    return f"{TITLE}（{wrong} 项不符）" if wrong else TITLE


def warning_words(disagreeing: Sequence[Agreement], funding_warning: str) -> str:
    """Say what needs somebody's attention; empty where nothing does."""
    said = [f"{one.label}{_DIFFERS}：{_side(one.first, one.first_value)}，{_second(one)}。" for one in disagreeing]
    return "\n".join([*said, *([funding_warning] if funding_warning else [])])


def _row(one: Agreement) -> tuple[Cell, ...]:
    tone = Tone.GREY if one.agrees else Tone.RED
    said = f"{one.label}：{one.working} ＝ {_side(one.first, one.first_value)}。" if one.working else ""

    def side(words: str, value: Number, asked: RowsAsked | None) -> Cell:
        return Cell(text=_side(words, value), asked=asked, tone=tone, said=said + (_OPENS if asked else _OPENS_NOTHING))

    return (
        Cell(text=one.label, is_head=True, said=said + _OPENS_NOTHING),
        side(one.first, one.first_value, one.first_rows),
        side(one.second, one.second_value, one.second_rows),
        Cell(text=_AGREES if one.agrees else _DIFFERS, tone=tone, is_strong=not one.agrees, said=said + _OPENS_NOTHING),
    )


def _side(words: str, value: Number) -> str:
    return f"{words} {number_text(value)}"


def _second(one: Agreement) -> str:
    return _side(one.second, one.second_value)
