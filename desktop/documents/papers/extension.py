"""Extension (延期): the application to be signed, and the receipt with the new end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop.documents.blocks import Block, Decision, FactTable, Paper
from desktop.documents.context import PaperContext
from desktop.documents.papers.site_blank import blank_site_paper
from desktop.documents.site_paper import (
    Row,
    SitePaper,
    closing,
    duty_list,
    opening,
    registration_paper,
    row,
    signatures,
    site_rows,
)
from desktop.documents.wording import day
from desktop.domain.life_acts import ExtensionAhead

APPLICATION = "extension_application"
RECEIPT = "extension_receipt"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionWords:
    """What an extension is granted for: the days, and the reasons of the owner and of the manager."""

    ahead: ExtensionAhead
    reason: str
    exception_reason: str = ""


def extension_application(ctx: SitePaper, words: ExtensionWords) -> Paper:
    """Compose the application, filled in for the owner to sign."""
    return registration_paper(ctx, APPLICATION, _application(ctx, words), shape="form")


def extension_blank(ctx: PaperContext) -> Paper:
    """Compose the application with room to write."""
    blank = blank_site_paper(ctx)
    paper = registration_paper(blank, APPLICATION, _application(blank, None), shape="form")
    return replace(paper, issued_on="")


def extension_receipt(ctx: SitePaper, words: ExtensionWords) -> Paper:
    """Compose the receipt that goes with the registration from now on."""

    def blocks() -> Iterator[Block]:
        ahead = words.ahead
        yield from opening(ctx, RECEIPT)
        yield Decision(text=f"有效期延至{day(ahead.valid_until)}（当日仍有效）。")
        yield FactTable(rows=(*site_rows(ctx), *_days(words)))
        yield from duty_list(ctx, RECEIPT)
        yield from closing(ctx, RECEIPT)
        yield signatures(ctx, RECEIPT, sealed=True)

    return registration_paper(ctx, RECEIPT, blocks(), shape="notice")


def _application(ctx: SitePaper, words: ExtensionWords | None) -> Iterator[Block]:
    ahead = words.ahead if words is not None else None
    yield from opening(ctx, APPLICATION)
    yield FactTable(
        rows=(
            *site_rows(ctx, has_phones=words is not None),
            row(
                ("原有效期至", day(ahead.valid_before) if ahead else ""),
                ("可申请期间", f"{day(ahead.first)}至{day(ahead.last)}" if ahead else ""),
            ),
            row(
                ("申请延长", f"{ahead.months}个月，至{day(ahead.valid_until)}" if ahead else ""),
                ("申请日期", day(ctx.issued_on) if words is not None else ""),
            ),
            row(("延期的实际情况", words.reason if words is not None else "\n\n\n")),
        ),
        tall=words is None,
    )
    yield from closing(ctx, APPLICATION)
    yield signatures(ctx, APPLICATION)


def _days(words: ExtensionWords) -> Iterator[Row]:
    ahead = words.ahead
    yield row(("原有效期至", day(ahead.valid_before)), ("延长", f"{ahead.months}个月（从原有效期届满之日起算）"))
    yield row(("现有效期至", day(ahead.valid_until)), ("第几次延期", f"第{ahead.used + 1}次"))
    yield row(("延期理由", words.reason))
    if words.exception_reason:
        yield row(("例外同意的理由", words.exception_reason))
