"""Letters by which a matter is handed on: 移交单, 上报单, 函告函, each with its reply slip on the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.documents.blocks import (
    Block,
    FactTable,
    Heading,
    Item,
    NumberedItems,
    Paper,
    Paragraph,
    Shape,
    Signatures,
    Spacer,
)
from desktop.documents.site_paper import Row, SitePaper, closing, opening, row, site_paper, site_rows
from desktop.documents.wording import day
from desktop.domain.bodies import TransferKind
from desktop.domain.local_rules import in_brackets
from desktop.domain.transfer import TransferRequest

CODE_OF: Final = {
    TransferKind.TRANSFER: "handed_over",
    TransferKind.REPORT: "reported_upward",
    TransferKind.LETTER: "letter_of_notice",
}
_SENT_WORDS: Final = {
    TransferKind.TRANSFER: "移交",
    TransferKind.REPORT: "上报",
    TransferKind.LETTER: "发函",
}
_ROOM_FOR_DATE: Final = "　　　　年　　月　　日"


def transfer_letter(ctx: SitePaper, request: TransferRequest, *, addressee: str) -> Paper:
    """Compose the letter of a kind to a body; phones stand open, because the body has to reach the parties."""
    code = CODE_OF[request.kind]
    shape: Shape = "letter" if request.kind is TransferKind.LETTER else "notice"
    return site_paper(ctx, code, _blocks(ctx, request, code, addressee), shape=shape)


def _blocks(ctx: SitePaper, request: TransferRequest, code: str, addressee: str) -> Iterator[Block]:
    yield Paragraph(text=f"{addressee}：", indent=False, bold=True)
    yield from opening(ctx, code)
    yield FactTable(rows=tuple(_rows(ctx, request)))
    yield Heading(text="查明的事实")
    yield Paragraph(text=_sentence(request.facts))
    if request.measures:
        yield Heading(text="已采取的措施")
        yield Paragraph(text=_sentence(request.measures))
    yield Heading(text="依据")
    yield NumberedItems(items=tuple(Item(text=ground) for ground in request.grounds))
    yield Heading(text="请求事项")
    yield Paragraph(text=_sentence(request.request))
    if request.evidence:
        yield Heading(text="附：证据材料")
        yield NumberedItems(items=tuple(Item(text=one) for one in request.evidence))
    yield Signatures(seal=ctx.office.station_name or ctx.office.street_name, date=day(ctx.issued_on))
    yield from _reply_slip(ctx, request, code, addressee)


def _rows(ctx: SitePaper, request: TransferRequest) -> Iterator[Row]:
    office, word = ctx.office, _SENT_WORDS[request.kind]
    yield row((f"{word}单位", office.station_name or office.street_name), ("经办人", office.clerk_name))
    yield row(("联系电话", office.phone), (f"{word}日期", day(ctx.issued_on)))
    if request.is_same_day:
        yield row(("上报时限", f"当日上报{in_brackets(request.article)}"))
    if ctx.site.project_name:
        yield from site_rows(ctx, has_phones=True)
    else:
        yield row(("地点", ctx.site.place), ("社区", ctx.site.community))
    if violation := ctx.pack.label_of("violation_kind", request.violation):
        yield row(("涉嫌违法行为", violation))


def _reply_slip(ctx: SitePaper, request: TransferRequest, code: str, addressee: str) -> Iterator[Block]:
    """Give the slip that comes back: received, what was done, what penalty."""
    yield Heading(text="回执联")
    yield from closing(ctx, code)
    by = f"{day(request.reply_by)}前" if request.reply_by else "办结后"
    yield FactTable(
        rows=(
            row(("接收单位", addressee), ("编号", ctx.number)),
            row(("接收人", ""), ("接收日期", _ROOM_FOR_DATE)),
            row(("请求反馈", by), ("反馈日期", _ROOM_FOR_DATE)),
            row(("处理结果", "\n")),
            row(("处罚情况", "\n")),
        ),
        tall=True,
    )
    yield Spacer(millimetres=2)


def _sentence(typed: str) -> str:
    return typed if typed.endswith(("。", "！", "？", "”", "：")) else f"{typed}。"
