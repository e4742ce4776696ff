"""Briefings to be written on site: technical safety before the works, and the gang before each shift."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.documents.blocks import Block, FactTable, Heading, ItemTable, Paper
from desktop.documents.papers.on_site import head_rows, sheet_of
from desktop.documents.site_paper import SitePaper, closing, duty_list, opening, row, signatures

TECHNICAL: Final = "technical_briefing"
SHIFT: Final = "shift_briefing"
_BRIEFED: Final = 12
_GANG: Final = 10


def technical_briefing(ctx: SitePaper) -> Paper:
    """Compose the blank of the written technical safety briefing, signed by both sides."""
    return sheet_of(ctx, TECHNICAL, _technical(ctx))


def shift_briefing(ctx: SitePaper) -> Paper:
    """Compose the blank of the daily briefing before work, with the gear of each."""
    return sheet_of(ctx, SHIFT, _shift(ctx))


def _technical(ctx: SitePaper) -> Iterator[Block]:
    yield from opening(ctx, TECHNICAL)
    yield FactTable(rows=(*head_rows(ctx), row(("部位、工序", ""), ("交底日期", ""))), tall=True)
    yield FactTable(
        rows=(
            row(("工程特点和\n施工方法", "\n")),
            row(("危险事项", "\n\n")),
            row(("安全管理要点", "\n\n")),
            row(("应急处置", "\n")),
        )
    )
    yield from duty_list(ctx, TECHNICAL)
    yield Heading(text="被交底人签名")
    rows = tuple((str(n), "", "", str(n + 1), "", "") for n in range(1, _BRIEFED + 1, 2))
    headers = ("序号", "姓名（签名）", "岗位、工种", "序号", "姓名（签名）", "岗位、工种")
    yield ItemTable(headers=headers, rows=rows, widths=(12, 42, 31, 12, 42, 31), tall=True)
    yield from closing(ctx, TECHNICAL)
    yield signatures(ctx, TECHNICAL)


def _shift(ctx: SitePaper) -> Iterator[Block]:
    yield from opening(ctx, SHIFT)
    yield FactTable(
        rows=(
            *head_rows(ctx),
            row(("日期", "　　　年　　月　　日"), ("时间", "　　时　　分")),
            row(("当班任务", "\n")),
            row(("完成标准", "\n")),
            row(("安全注意事项", "\n\n\n")),
        ),
        tall=True,
    )
    yield from duty_list(ctx, SHIFT)
    yield Heading(text="班组人员和防护用品")
    gear = "□安全帽　□安全带　□其他"
    rows = tuple((str(n), "", "", gear, "") for n in range(1, _GANG + 1))
    headers = ("序号", "姓名（签名）", "工种", "防护用品", "身体状况")
    yield ItemTable(headers=headers, rows=rows, widths=(12, 40, 26, 64, 28), tall=True)
    yield from closing(ctx, SHIFT)
    yield signatures(ctx, SHIFT)
