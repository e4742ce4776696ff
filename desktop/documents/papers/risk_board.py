"""The board of safety risks at a site (安全风险公示牌): A3, read from a step away; nobody's numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from desktop.documents.blocks import Block, Decision, FactTable, Heading, Item, NumberedItems, Paper
from desktop.documents.papers.on_site import sheet_of
from desktop.documents.site_paper import Row, SitePaper, closing, duty_list, row
from desktop.documents.wording import BY_HAND, day
from desktop.domain.conditions import evaluate
from desktop.domain.local_rules import local
from desktop.domain.masking import mask_name

CODE: Final = "risk_board"
_RISKS: Final = "risk_notice"
_USUAL: Final = "usual_risks"
_ROOM: Final = 5


def risk_board(ctx: SitePaper, *, is_owner_firm: bool = False, is_contractor_firm: bool = False) -> Paper:
    """Compose the board: what is built, its dangers with what they ask for, whom to call; blank without a site.

    Names of parties are covered unless they are known to be those of firms.
    """
    site = ctx.site
    shown = replace(
        site,
        facts=site.facts.with_facts(high_risk=site.is_managed_as_high_risk),
        owner_name=site.owner_name if is_owner_firm else mask_name(site.owner_name),
        contractor_name=site.contractor_name if is_contractor_firm else mask_name(site.contractor_name),
    )
    return sheet_of(ctx, CODE, _blocks(replace(ctx, site=shown)), shape="board")


def _blocks(ctx: SitePaper) -> Iterator[Block]:
    site = ctx.site
    if site.is_managed_as_high_risk:
        yield Decision(text=local("本工程按高风险小型工程管理。"))
    yield FactTable(rows=tuple(_site(ctx)))
    yield Heading(text="主要安全风险和防范要求")
    yield _risks(ctx) if site.number else NumberedItems(items=tuple(Item(text=BY_HAND * 11) for _ in range(_ROOM)))
    yield Heading(text="现场要求")
    yield from duty_list(ctx, CODE)
    yield FactTable(rows=tuple(_contacts(ctx)))
    yield from closing(ctx, CODE)


def _risks(ctx: SitePaper) -> NumberedItems:
    items = tuple(_items(ctx, _RISKS)) or tuple(_items(ctx, _USUAL))
    return NumberedItems(items=items)


def _items(ctx: SitePaper, code: str) -> Iterator[Item]:
    for duty in ctx.texts(code).duties:
        if evaluate(duty.when, ctx.site.facts, ctx.pack.numbers()).holds is True:
            yield Item(text=ctx.fill(duty.text), article=duty.article)


def _site(ctx: SitePaper) -> Iterator[Row]:
    site, word = ctx.site, "作业" if ctx.is_minor else "工程"
    yield row((f"{word}名称", site.project_name), (local("登记编号"), site.number))
    ends = (("有效期至", day(site.valid_until)),) if site.valid_until else ()
    yield row((f"{word}地点", site.place), *ends)
    yield row((ctx.owner_word, site.owner_name), (ctx.contractor_word, site.contractor_name))


def _contacts(ctx: SitePaper) -> Iterator[Row]:
    site, office = ctx.site, ctx.office
    yield row(("现场负责人", site.manager_name), ("现场应急电话", BY_HAND * 2))
    yield row(("受理点电话", office.phone or BY_HAND), ("投诉举报", "、".join(ctx.pack.hotlines) or BY_HAND))
