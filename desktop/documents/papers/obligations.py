"""The obligation sheet of a site (义务清单): what the owner does by which day, each with its article.

It is handed over with the receipt, so that nobody has to read the rules to know what comes next.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.documents.blocks import Block, FactTable, Heading, ItemTable, NumberedItems, Paper
from desktop.documents.context import PaperContext
from desktop.documents.papers.parts import closing, compose, duties, opening, row, signatures
from desktop.documents.wording import day
from desktop.domain.local_rules import local

_CODE: Final = "obligations"
_HEADERS: Final = ("日期", "要做的", "依据")
_WIDTHS: Final = (52, 92, 26)
_LEANING: Final = "（该年放假安排尚未公布，暂按周一至周五推算）"


def obligations(ctx: PaperContext) -> Paper:
    """Compose the sheet; days that do not concern the matter are left out."""
    return compose(ctx, _CODE, _blocks(ctx), shape="notice")


def _blocks(ctx: PaperContext) -> Iterator[Block]:
    walk_in, word = ctx.walk_in, "作业" if ctx.is_minor else "工程"
    yield from opening(ctx, _CODE)
    yield FactTable(
        rows=(
            row((f"{word}名称", walk_in.project_name)),
            row((f"{word}地点", walk_in.place.text)),
            row((ctx.owner_word, walk_in.owner.name)),
        )
    )
    yield Heading(text="到期要做的")
    yield ItemTable(headers=_HEADERS, rows=tuple(_dated(ctx)), widths=_WIDTHS)
    always = tuple(duties(ctx, _CODE))
    if always:
        yield Heading(text=local("登记后始终要做到的"))
        yield NumberedItems(items=always)
    yield from closing(ctx, _CODE)
    yield signatures(ctx, _CODE, sealed=True)


def _verified(ctx: PaperContext) -> str:
    """Say that somebody comes to look, where the rules of the close-out ask for it."""
    asked = any(rule.article == ctx.pack.deadlines.closeout_article for rule in ctx.pack.closeout_needs)
    return "，由巡查人员到现场核实" if asked else ""


def _dated(ctx: PaperContext) -> Iterator[tuple[str, str, str]]:
    terms, body = ctx.pack.deadlines, ctx.pack.labels.get("site_check_body", "街道办事处")
    word = "作业" if ctx.is_minor else "施工"
    if ctx.site_check_by:
        leaning = _LEANING if ctx.provisional else ""
        asked = f"{body}组织首次现场检查，现场安全管理人员到场配合"
        yield f"最迟{day(ctx.site_check_by)}{leaning}", f"{asked}。", terms.site_check_article
    if ctx.extension_first and ctx.extension_last:
        window = f"{day(ctx.extension_first)}至{day(ctx.extension_last)}"
        yield f"{window}（含首尾两日）", "到期不能完工的，在这些日子里到受理点申请延期。", terms.extension_article
    if ctx.valid_until:
        last = local(f"登记有效期的最后一日；此后还要{word}而没有延期的，应当重新登记。")
        yield day(ctx.valid_until), last, terms.validity_article
    planned = f"（计划{day(ctx.walk_in.planned_end_on)}完工）" if ctx.walk_in.planned_end_on else ""
    days = "" if terms.closeout_working_days is None else f"{terms.closeout_working_days}个工作日内"
    yield (
        f"完工后{days}{planned}",
        f"{local('到受理点申报注销')}{_verified(ctx)}。",
        terms.closeout_article,
    )
