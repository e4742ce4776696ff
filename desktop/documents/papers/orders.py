"""Orders of enforcement: stop the work, put right within a term; in the name of the enforcement body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desktop.documents.blocks import Block, Decision, FactTable, Heading, Item, NumberedItems, Paper, Paragraph
from desktop.documents.context import PaperContext
from desktop.documents.papers.parts import PhonesShown, compose, matter_rows, opening, row, signatures
from desktop.documents.wording import day
from desktop.domain.order import PAPER_OF, OrderKind, OrderWords


def order_paper(ctx: PaperContext) -> Paper:
    """Compose the order that the context holds; the enforcement body stands where the acceptance point does else."""
    order = ctx.order
    assert order is not None
    code = PAPER_OF[order.kind]
    paper = compose(ctx, code, _blocks(ctx, order, code), shape="notice")
    return replace(paper, issuer="\n".join(dict.fromkeys((ctx.office.street_name, order.body))))


def _blocks(ctx: PaperContext, order: OrderWords, code: str) -> Iterator[Block]:
    yield from opening(ctx, code)
    yield FactTable(rows=tuple(matter_rows(ctx, phones=PhonesShown.OPEN)))
    yield Decision(text=_ordered(order))
    yield Heading(text="查明的事实")
    yield Paragraph(text=_sentence(order.facts))
    yield Heading(text="依据")
    yield NumberedItems(items=(Item(text=order.clause.text, article=order.clause.article),))
    yield Heading(text="要求")
    yield Paragraph(text=_sentence(order.asked))
    yield FactTable(
        rows=(
            *((row(("期限", f"{day(order.due_on)}前")),) if order.due_on else ()),
            row(("执法人员", order.officer), ("执法证号", order.certificate_number)),
        )
    )
    yield replace(signatures(ctx, code, sealed=True), seal=order.body)


def _ordered(order: OrderWords) -> str:
    if order.kind is OrderKind.STOP:
        return "责令自收到本通知书时起停止施工（作业）。"
    return f"责令于{day(order.due_on)}前改正。"


def _sentence(typed: str) -> str:
    return typed if typed.endswith(("。", "！", "？", "”", "：")) else f"{typed}。"
