"""The register of matters handed on, on paper across the sheet (移交登记簿); numbers covered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.documents.blocks import Block, FactTable, ItemTable, Paper, Paragraph, Signatures
from desktop.documents.site_paper import SitePaper, closing, row, site_paper
from desktop.documents.wording import day
from desktop.domain.ledger_table import LedgerTable
from desktop.domain.transfer_register import RegisterPeriod

CODE: Final = "transfer_register"


def transfer_register(ctx: SitePaper, period: RegisterPeriod, table: LedgerTable) -> Paper:
    """Compose the register of a period; a period without a matter says so."""
    return site_paper(ctx, CODE, _blocks(ctx, period, table), shape="wide")


def asked_of_register(period: RegisterPeriod) -> tuple[tuple[str, str], ...]:
    """Say which part of the register it is: days, community, body."""
    return (
        ("期间", f"{day(period.first_on)}至{day(period.last_on)}"),
        ("社区", period.community or "全部（本人可见范围）"),
        ("接收机构", period.to_body or "全部"),
    )


def _blocks(ctx: SitePaper, period: RegisterPeriod, table: LedgerTable) -> Iterator[Block]:
    yield FactTable(rows=(row(*asked_of_register(period)),))
    if table.rows:
        yield ItemTable(headers=table.headers, rows=table.rows, widths=table.widths)
    yield Paragraph(text=table.note, indent=False)
    yield from closing(ctx, CODE)
    yield Signatures(lines=("制表人（签名）：", "审核人（签名）："))
