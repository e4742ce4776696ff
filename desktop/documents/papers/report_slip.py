"""受理单 of a report: what was taken down under which number, for whoever brought it; who reported is not named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from desktop.documents.blocks import Block, FactTable, Heading, Paper, Paragraph
from desktop.documents.site_paper import Row, SitePaper, closing, duty_list, opening, row, signatures, site_paper
from desktop.documents.wording import day
from desktop.domain.local_rules import local
from desktop.domain.masked_walk_in import cover_numbers
from desktop.domain.public_report import FROM_BODIES, SOURCE_WORDS, ReportDraft

CODE: Final = "report_slip"


def report_slip(ctx: SitePaper, draft: ReportDraft, *, verify_by: date | None) -> Paper:
    """Compose the slip of one report; numbers of persons typed into the text stand covered."""
    return site_paper(ctx, CODE, _blocks(ctx, draft, verify_by))


def _blocks(ctx: SitePaper, draft: ReportDraft, verify_by: date | None) -> Iterator[Block]:
    yield from opening(ctx, CODE)
    yield FactTable(rows=tuple(_rows(ctx, draft, verify_by)))
    yield Heading(text="反映的内容")
    yield Paragraph(text=cover_numbers(draft.content))
    yield Heading(text="接下来")
    yield from duty_list(ctx, CODE)
    yield from closing(ctx, CODE)
    yield signatures(ctx, CODE, sealed=True)


def _rows(ctx: SitePaper, draft: ReportDraft, verify_by: date | None) -> Iterator[Row]:
    yield row(("来源", SOURCE_WORDS[draft.source]), ("收到日期", day(draft.received_on)))
    if draft.source in FROM_BODIES or draft.source_body:
        yield row(("来件单位", draft.source_body))
    yield row(("地点", ctx.site.place), ("社区", ctx.site.community))
    if ctx.site.is_registered:
        yield row((local("登记编号"), ctx.site.number))
    yield row(("署名", "匿名" if draft.is_anonymous else "实名，姓名和电话依法保密"))
    if verify_by is not None:
        yield row(("核查期限", f"{day(verify_by)}前"), ("受理人", ctx.office.clerk_name))
