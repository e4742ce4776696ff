"""A ledger over a period on paper: of a community, of a property company, of the street."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from desktop.documents.blocks import Block, FactTable, Paper, Signatures
from desktop.documents.papers.dossier import table_blocks
from desktop.documents.site_paper import SitePaper, row, site_paper
from desktop.documents.wording import day
from desktop.domain.ledger_table import AREA_ARTICLES, AreaCriteria, AreaKind, AreaLedger
from desktop.domain.local_rules import local

CODE: Final = "area_ledger"
TITLES_OF: Final = {
    AreaKind.COMMUNITY: "社区小型工程和零星作业台账",
    AreaKind.PROPERTY: "物业小型工程和零星作业巡查台账",
    AreaKind.STREET: "街道小型工程和零星作业管理台账",
}


def area_ledger_paper(ctx: SitePaper, ledger: AreaLedger) -> Paper:
    """Compose the ledger across the sheet, totals by month first."""
    kind = ledger.criteria.kind
    return replace(site_paper(ctx, CODE, _blocks(ledger), shape="wide"), title=local(TITLES_OF[kind]))


def asked_words(criteria: AreaCriteria) -> tuple[tuple[str, str], ...]:
    """Say which ledger it is: period, community, company, article."""
    rows = (
        ("期间", f"{day(criteria.first_on)}至{day(criteria.last_on)}"),
        ("社区", criteria.community or "全部（本人可见范围）"),
        ("物业服务企业", criteria.organisation),
        ("依据", AREA_ARTICLES[criteria.kind]),
    )
    return tuple((name, value) for name, value in rows if value)


def _blocks(ledger: AreaLedger) -> Iterator[Block]:
    yield FactTable(rows=tuple(row(pair) for pair in asked_words(ledger.criteria)))
    for table in ledger.tables:
        yield from table_blocks(table, table.title)
    yield Signatures(lines=("制表人（签名）：", "审核人（签名）："))
