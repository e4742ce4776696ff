"""The one-time notice (一次性告知书): every gap at once, and how to cure each."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.documents.blocks import Block, Decision, ItemTable, Paper, Paragraph
from desktop.documents.context import PaperContext
from desktop.documents.papers.parts import (
    closing,
    compose,
    matter_table,
    opening,
    reason_paragraph,
    signatures,
)
from desktop.domain.local_rules import local
from desktop.domain.one_time_notice import Deficiency
from desktop.domain.walk_in import Verdict

_CODE = "one_time_notice"


def one_time_notice(ctx: PaperContext) -> Paper:
    """Compose the notice; on a later visit it names the earlier ones and what they failed to tell."""
    return compose(ctx, _CODE, _blocks(ctx), shape="notice")


def _blocks(ctx: PaperContext) -> Iterator[Block]:
    yield from opening(ctx, _CODE)
    yield matter_table(ctx)
    yield Decision(text=local(f"共有 {len(ctx.deficiencies)} 项需要补正，补齐后即可办理登记。"))
    yield ItemTable(
        headers=("序号", "材料或者信息", "存在的问题", "怎样补正", "条款"),
        rows=tuple(_row(number, gap) for number, gap in enumerate(ctx.deficiencies, start=1)),
        widths=(13, 39, 31, 52, 35),
    )
    yield from _earlier(ctx)
    yield from _settled(ctx)
    yield from reason_paragraph(ctx)
    yield from closing(ctx, _CODE)
    yield signatures(ctx, _CODE, sealed=True)


def _row(number: int, gap: Deficiency) -> tuple[str, ...]:
    mark = "" if gap.newly_visible else "（上次未告知）"
    return str(number), f"{gap.label}{mark}", gap.problem, gap.cure, gap.article


def _earlier(ctx: PaperContext) -> Iterator[Block]:
    if ctx.visit > 1:
        numbers = "、".join(ctx.previous_numbers)
        yield Paragraph(text=f"本次为第 {ctx.visit} 次申报{f'，此前的告知书：{numbers}' if numbers else ''}。")
    if any(not gap.newly_visible for gap in ctx.deficiencies):
        yield Paragraph(text=local("标有“上次未告知”的事项，上次告知时没有一并提出，属于一次性告知不到位，特此说明。"))


def _settled(ctx: PaperContext) -> Iterator[Block]:
    """Name the papers found in order, so that nobody brings them twice."""
    assessment = ctx.assessment
    asked = (*assessment.required_materials, *assessment.optional_materials)
    wanting = {gap.code for gap in ctx.deficiencies}
    labels = [
        ctx.pack.material(code).label
        for code in asked
        if code not in wanting and ctx.walk_in.check_of(code).verdict is Verdict.IN_ORDER
    ]
    if labels:
        yield Paragraph(text=f"已核对齐全、事实不变时不必再交的材料：{'、'.join(labels)}。")
