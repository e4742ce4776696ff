"""The change of a registration (变更登记表): what was, what is, and what more is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop.documents.blocks import Block, Decision, FactTable, Heading, ItemTable, Paper, Paragraph
from desktop.documents.context import PaperContext
from desktop.documents.papers.site_blank import blank_site_paper
from desktop.documents.site_paper import (
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
from desktop.domain.life_acts import ChangeAhead, ChangedField
from desktop.domain.life_words import WANTING
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.masked_walk_in import cover_numbers

CODE = "change_form"
_EMPTY_ROWS = 8
_WIDTHS = (12, 40, 56, 56)
_NONE = "无"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWords:
    """What is changed and why; ``materials`` are label, article and verdict of the papers newly needed."""

    kind: str
    source: str
    reason: str
    ahead: ChangeAhead
    materials: tuple[tuple[str, str, str], ...]


def change_form(ctx: SitePaper, words: ChangeWords) -> Paper:
    """Compose the form with old and new; numbers of persons are covered, the file keeps them."""
    return registration_paper(ctx, CODE, _blocks(ctx, words), shape="form")


def change_blank(ctx: PaperContext) -> Paper:
    """Compose the form with room to write."""
    blank = blank_site_paper(ctx)
    return replace(registration_paper(blank, CODE, _blank(blank), shape="form"), issued_on="")


def _blocks(ctx: SitePaper, words: ChangeWords) -> Iterator[Block]:
    yield from opening(ctx, CODE)
    yield FactTable(rows=tuple(site_rows(ctx)))
    yield Heading(text="变更内容")
    yield FactTable(
        rows=(
            row(("变更事项", words.kind), ("来源", words.source)),
            row(("变更日期", day(ctx.issued_on)), ("理由", words.reason)),
        )
    )
    yield ItemTable(
        headers=("序号", "项目", local("原登记"), "变更后"),
        rows=tuple(_field(number, field) for number, field in enumerate(words.ahead.fields, 1)),
        widths=_WIDTHS,
    )
    yield Heading(text="变更后的判定")
    yield Decision(text=_judged(words.ahead))
    for text, article in _consequences(ctx, words.ahead):
        yield Paragraph(text=f"{text}{in_brackets(article)}")
    if words.materials:
        yield Heading(text="因变更补充的材料")
        yield ItemTable(
            headers=("序号", "材料", "依据", "核对"),
            rows=tuple((str(number), *parts) for number, parts in enumerate(words.materials, 1)),
            widths=(12, 90, 38, 24),
        )
        if any(verdict == WANTING for _label, _article, verdict in words.materials):
            yield from opening(ctx, "change_wanting")
    yield from duty_list(ctx, CODE)
    yield from closing(ctx, CODE)
    yield signatures(ctx, CODE, sealed=True)


def _blank(ctx: SitePaper) -> Iterator[Block]:
    yield from opening(ctx, CODE)
    yield FactTable(rows=tuple(site_rows(ctx)), tall=True)
    yield ItemTable(
        headers=("序号", "项目", local("原登记"), "变更后"),
        rows=tuple((str(number), "", "", "") for number in range(1, _EMPTY_ROWS + 1)),
        widths=_WIDTHS,
        tall=True,
    )
    yield FactTable(rows=(row(("变更理由", "\n\n")),), tall=True)
    yield from closing(ctx, CODE)
    yield signatures(ctx, CODE)


def _field(number: int, field: ChangedField) -> tuple[str, ...]:
    return str(number), field.label, cover_numbers(field.before) or _NONE, cover_numbers(field.after) or _NONE


def _judged(ahead: ChangeAhead) -> str:
    if ahead.raises_class:
        return local("变更后属于高风险，按高风险小型工程管理。")
    if ahead.lowers_class:
        return local("变更后不再属于高风险。")
    return local("变更后仍为高风险。") if ahead.after.is_high_risk else "变更后的风险等级不变。"


def _consequences(ctx: SitePaper, ahead: ChangeAhead) -> Iterator[tuple[str, str]]:
    terms = ctx.pack.deadlines
    if ahead.site_check_by is not None:
        text = f"街道办事处在{day(ahead.site_check_by)}前组织现场检查，请配合。"
        yield text, terms.site_check_article
    if ahead.moves_point and ahead.after.acceptance_point == "street_office":
        article = ahead.after.article_for("acceptance_point")
        yield local("此后由街道办事处受理延期、变更和注销。"), article
    if ahead.no_longer_needed:
        yield f"不再需要：{'、'.join(ahead.no_longer_needed)}。", ctx.pack.notice_article
