"""The receipt for papers that go to review (收件回执): what was handed in, when the answer comes; no registration."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.documents.blocks import Block, Decision, Heading, Paper, Paragraph
from desktop.documents.context import PaperContext
from desktop.documents.papers.parts import closing, compose, matter_table, opening, signatures
from desktop.documents.papers.received import received_table
from desktop.documents.wording import day
from desktop.domain.local_rules import in_brackets, local

_CODE = "submission_receipt"


def submission_receipt(ctx: PaperContext) -> Paper:
    """Compose the receipt; it names the day by which the point answers."""
    return compose(ctx, _CODE, _blocks(ctx))


def _blocks(ctx: PaperContext) -> Iterator[Block]:
    yield from opening(ctx, _CODE)
    yield matter_table(ctx)
    yield Decision(text=local("已收到下列材料，正在审核；尚未登记，请不要开工作业。") + _answer(ctx))
    yield Heading(text="收到的材料")
    yield from received_table(ctx)
    yield Paragraph(text=f"收件人：{ctx.office.clerk_name}", indent=False)
    yield from closing(ctx, _CODE)
    yield signatures(ctx, _CODE, sealed=True)


def _answer(ctx: PaperContext) -> str:
    article = ctx.pack.deadlines.feedback_article
    if ctx.pack.deadlines.feedback_working_days is None:
        # Where the rules set no term, none is promised.
        return ""
    if ctx.feedback_by is not None:
        return f"最迟于{day(ctx.feedback_by)}答复{in_brackets(article)}。"
    return f"当场答复{in_brackets(article)}：请在窗口等候。"
