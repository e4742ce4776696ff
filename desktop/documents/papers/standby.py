"""The record of a stand-by beside dangerous work (旁站记录): who stood there, from when to when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.documents.blocks import Block, FactTable, Heading, Paper
from desktop.documents.papers.on_site import PatrolOnPaper, as_typed, duty_rows, sheet_of, visit_head
from desktop.documents.papers.patrol_record import hazard_table
from desktop.documents.site_paper import Row, SitePaper, closing, opening, row, signatures
from desktop.domain.patrol_details import StandbyDetails

CODE: Final = "standby_record"


def standby_record(ctx: SitePaper, patrol: PatrolOnPaper | None = None) -> Paper:
    """Compose the record of one stand-by, or a blank."""
    return sheet_of(ctx, CODE, _blocks(ctx, patrol))


def _blocks(ctx: SitePaper, patrol: PatrolOnPaper | None) -> Iterator[Block]:
    details = patrol.details if patrol and isinstance(patrol.details, StandbyDetails) else None
    is_blank = details is None
    yield from opening(ctx, CODE)
    yield visit_head(ctx, patrol)
    yield FactTable(rows=tuple(_watch(details)), tall=is_blank)
    table = duty_rows(ctx, CODE, details)
    if table is not None:
        yield Heading(text="重点检查")
        yield table
    if patrol is None or patrol.hazards:
        yield Heading(text="发现的问题和处理")
        yield hazard_table(patrol.hazards if patrol else ())
    if patrol is not None and patrol.remark:
        yield FactTable(rows=(row(("备注", as_typed(patrol.remark))),))
    yield from closing(ctx, CODE)
    yield signatures(ctx, CODE)


def _watch(details: StandbyDetails | None) -> Iterator[Row]:
    if details is None:
        yield row(("旁站人员", ""), ("旁站时间", "　　时　　分 至 　　时　　分"))
        yield row(("旁站的作业", "\n"))
        return
    yield row(("旁站人员", details.watcher), ("旁站时间", f"{details.begins} 至 {details.ends}"))
    if details.work:
        yield row(("旁站的作业", as_typed(details.work)))
