"""The dossier of one case (一案一档): four kinds of supervision at a glance, then the five parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.documents.blocks import Block, FactTable, Heading, ItemTable, Paper, Paragraph
from desktop.documents.site_paper import Row, SitePaper, closing, row, site_paper
from desktop.domain.ledger_table import Dossier, LedgerTable

CODE: Final = "dossier"
_NUMERALS: Final = "一二三四五六七八九"


def dossier_paper(ctx: SitePaper, dossier: Dossier) -> Paper:
    """Compose the dossier across the sheet."""
    return site_paper(ctx, CODE, _blocks(ctx, dossier), shape="wide")


def table_blocks(table: LedgerTable, title: str) -> Iterator[Block]:
    """Give one table under its heading; where it has no row, the reason."""
    yield Heading(text=title)
    if table.rows:
        yield ItemTable(headers=table.headers, rows=table.rows, widths=table.widths)
    if table.note:
        yield Paragraph(text=table.note, indent=False, small=bool(table.rows))


def _blocks(ctx: SitePaper, dossier: Dossier) -> Iterator[Block]:
    yield from table_blocks(dossier.at_a_glance, dossier.at_a_glance.title)
    basics, *others = dossier.parts
    yield Heading(text=f"{_NUMERALS[0]}、{basics.title}")
    yield FactTable(rows=tuple(_paired(basics)))
    for numeral, part in zip(_NUMERALS[1:], others, strict=False):
        yield from table_blocks(part, f"{numeral}、{part.title}")
    yield from closing(ctx, CODE)


def _paired(basics: LedgerTable) -> Iterator[Row]:
    """Give the rows of name and value two by two."""
    pairs = [(name, value) for name, value in basics.rows]
    for start in range(0, len(pairs), 2):
        yield row(*pairs[start : start + 2])
