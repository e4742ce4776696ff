"""Escalation notice (提级管理通知书): why, from when, what now applies, which materials are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.documents.blocks import Block, Decision, FactTable, Heading, Item, NumberedItems, Paper, Paragraph
from desktop.documents.site_paper import SitePaper, closing, duty_list, opening, row, signatures, site_paper, site_rows
from desktop.documents.wording import day
from desktop.domain.covered_text import covered_text
from desktop.domain.local_rules import in_brackets, local
from desktop.domain.pack_rules import MaterialRule

CODE: Final = "escalation_notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationWords:
    """All that one escalation notice says; ``materials`` are asked for as supplements, the registration stands."""

    hazard_number: str
    label: str
    article: str
    description: str
    why: str
    escalated_on: date
    check_by: date | None
    check_article: str
    materials: tuple[MaterialRule, ...]


def escalation_notice(ctx: SitePaper, words: EscalationWords) -> Paper:
    """Compose the notice to owner and contractor."""
    return site_paper(ctx, CODE, _blocks(ctx, words))


def _blocks(ctx: SitePaper, words: EscalationWords) -> Iterator[Block]:
    site = ctx.site
    named = "、".join(dict.fromkeys(name for name in (site.owner_name, site.contractor_name) if name))
    yield Paragraph(text=f"{named}：", indent=False, bold=True)
    yield from opening(ctx, CODE)
    found = row(("隐患编号", words.hazard_number), ("提级日期", day(words.escalated_on)))
    yield FactTable(rows=(*site_rows(ctx), found))
    yield Decision(
        text=f"自{day(words.escalated_on)}起，{local('参照高风险小型工程管理')}{in_brackets(words.article)}。"
    )
    yield Heading(text="理由")
    yield Paragraph(text=f"{words.label}：{_sentence(covered_text(words.description))}")
    if words.why:
        yield Paragraph(text=_sentence(covered_text(words.why)))
    yield Heading(text="提级后的要求")
    yield NumberedItems(items=tuple(_duties(ctx, words)))
    if words.materials:
        yield Heading(text="请补充的材料")
        yield NumberedItems(items=tuple(Item(text=rule.label, article=rule.article) for rule in words.materials))
    yield from closing(ctx, CODE)
    yield signatures(ctx, CODE, sealed=True)


def _duties(ctx: SitePaper, words: EscalationWords) -> Iterator[Item]:
    if words.check_by is not None:
        first = f"{ctx.office.street_name}不晚于{day(words.check_by)}组织现场检查，请配合。"
        yield Item(text=first, article=words.check_article)
    for block in duty_list(ctx, CODE):
        if isinstance(block, NumberedItems):
            yield from block.items


def _sentence(typed: str) -> str:
    return typed if typed.endswith(("。", "！", "？", "”", "：")) else f"{typed}。"
