"""A standing ledger on paper: across the sheet, its parts one after the other, signed below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from desktop.documents.blocks import Block, FactTable, ItemTable, Paper, Paragraph, Signatures
from desktop.documents.papers.dossier import table_blocks
from desktop.documents.site_paper import SitePaper, row, site_paper
from desktop.domain.ledger_table import LedgerTable

CODE: Final = "standing_ledger"
_NUMERALS: Final = "一二三四五六七八九"


def standing_ledger_paper(
    ctx: SitePaper, title: str, tables: Sequence[LedgerTable], *, said: Sequence[tuple[str, str]]
) -> Paper:
    """Compose the ledger; ``said`` is what stands above it: period, area, article."""
    return replace(site_paper(ctx, CODE, _blocks(tables, said), shape="wide"), title=title)


def _blocks(tables: Sequence[LedgerTable], said: Sequence[tuple[str, str]]) -> Iterator[Block]:
    yield FactTable(rows=(row(*said),))
    if len(tables) == 1:
        yield from _alone(tables[0])
    else:
        for numeral, table in zip(_NUMERALS, tables, strict=False):
            yield from table_blocks(table, f"{numeral}、{table.title}")
    yield Signatures(lines=("制表人（签名）：", "审核人（签名）："))


def _alone(table: LedgerTable) -> Iterator[Block]:
    if table.rows:
        yield ItemTable(headers=table.headers, rows=table.rows, widths=table.widths)
    yield Paragraph(text=table.note, indent=False, small=bool(table.rows))
